"""Time: what ends after it began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from commonplace.validate.columns import Column
from commonplace.validate.rules import ERROR, INFO, Rule
from commonplace.validate.sheet import Sheet

ORDER: Final = Rule(
    "TIME_ORDER",
    ERROR,
    "something ends before it begins",
    "IR Art. 10(3), 12(3); ETS dc.a.1, dc.b.1",
    "correct the earlier or the later of the two",
)
ZONE: Final = Rule(
    "TIME_ZONE",
    INFO,
    "a time without a zone",
    "IR Art. 11(1) (ISO 8601); ISO 8601-1, 5.3.4",
    "add Z or the offset: without it a reader can only guess",
)
FRAME: Final = Rule(
    "TIME_FRAME",
    ERROR,
    "a temporal reference system other than ISO 8601 in the Gregorian calendar",
    "IR Art. 11(1); ETS rs.a.3",
    "leave the frame out, or write http://www.opengis.net/def/trs/ISO-8601 (no slash behind)",
)

RULES: Final = (ORDER, ZONE, FRAME)

PAIRS: Final = (
    ("beginLifespanVersion", "endLifespanVersion"),
    ("validFrom", "validTo"),
    ("beginning", "end"),
    ("beginning", "anyPoint"),
    ("anyPoint", "end"),
    ("beginPosition", "endPosition"),
)
FRAMES: Final = frozenset({"http://www.opengis.net/def/trs/ISO-8601", "#ISO-8601"})
_ENDS: Final = frozenset(one for _, one in PAIRS)
_POINTS: Final = frozenset(one for pair in PAIRS for one in pair)


def check(sheet: Sheet) -> None:
    """All rules of the family."""
    for column in sheet.all():
        if column.local in _ENDS and column.parent is not None:
            for begin, end in _pairs(column):
                _order(sheet, begin, end)
        if column.type is not None and column.type.text == "dateTime":
            _zones(sheet, column)
        if not column.distinct("frame") - FRAMES:
            continue
        numbers, values = column.attribute("frame")
        bad = [at for at, one in enumerate(values) if one not in FRAMES]
        if bad:
            sheet.report(
                FRAME, column, [numbers[at] for at in bad], values=[values[at] for at in bad]
            )


def _pairs(end: Column) -> Iterator[tuple[Column, Column]]:
    assert end.parent is not None
    for first, second in PAIRS:
        if second == end.local:
            begin = end.parent.child(first)
            if begin is not None:
                yield begin, end


def _order(sheet: Sheet, begin: Column, end: Column) -> None:
    starts = dict(zip(begin.owners, begin.texts(), strict=True))
    bad, values = [], []
    for number, (owner, text) in enumerate(zip(end.owners, end.texts(), strict=True)):
        start = starts.get(owner)
        if start and text and text < start:  # dates as text sort rightly in most cases
            first, last = moment(start), moment(text)
            if first is not None and last is not None and last < first:
                bad.append(number)
                values.append(f"{start} … {text}")
    if bad:
        message = f"{end.local} lies before {begin.local}"
        sheet.report(ORDER, end, bad, message, values=values)


def _zones(sheet: Sheet, column: Column) -> None:
    if all(one.endswith("Z") for one in column.distinct_texts()):
        return
    texts = column.texts()
    bare = [
        at
        for at, one in enumerate(texts)
        if one and one[-1] != "Z" and one[-6:-5] not in ("+", "-")
    ]
    bare = [at for at in bare if "T" in texts[at]]
    if bare:
        sheet.report(ZONE, column, bare, values=[texts[at] for at in bare])


@lru_cache(maxsize=10_000)
def moment(text: str) -> datetime | None:
    """A date or time; without a zone it counts as UTC. None where it is neither."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
