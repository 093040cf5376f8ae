"""What the values of a column look like: signs, as words, of a sample of rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

_DATE: Final = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}([T ].*)?|\d{1,2}[./-]\d{1,2}[./-]\d{4}.*|(19|20)\d{6}"
)
_YEAR: Final = re.compile(r"(1[0-9]|20)\d\d(\.0)?")
_URL: Final = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_POSTCODE: Final = re.compile(r"\d{4} ?[A-Z]{2}|\d{5}(\.0)?|\d{2}-\d{3}|\d{3} ?\d{2}|\d{4}")
_HOUSE: Final = re.compile(r"\d{1,5}(\.0)?( ?[A-Za-z]|[/-]\d+.*)?")
_INTEGER: Final = re.compile(r"-?\d+(\.0+)?")
_NUMBER: Final = re.compile(r"-?\d+([.,]\d+)?([eE][+-]?\d+)?")
_FLAGS: Final = frozenset(
    "true false yes no ja nein nee oui non si sí kyllä ei tak nie y n j t f 0 1".split()
)
_MOST: Final = 0.9
_FEW_CODES: Final = 60
_MOST_DISTINCT: Final = 400
_LOOKED_AT: Final = 100


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its Arrow type, distinct values as text, and signs.

    Signs are ``empty``, ``unique``, ``constant``, ``few`` (few distinct values), ``text``,
    ``number``, ``integer``, ``date``, ``year``, ``url``, ``postcode``, ``housenumber``,
    ``letter``, ``flag``, ``nested``, ``positive``.
    """

    name: str
    type: str
    values: tuple[str, ...]
    counts: tuple[int, ...]
    signs: frozenset[str]


def read_columns(sample: pa.Table, leave_out: Sequence[str] = ()) -> tuple[Column, ...]:
    """The columns of a sample of rows, but those named."""
    return tuple(
        _column(name, sample.column(name)) for name in sample.column_names if name not in leave_out
    )


def _column(name: str, values: pa.ChunkedArray) -> Column:
    kind = values.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
        values = values.cast(kind)
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        texts = [str(one) for one in values.to_pylist() if one is not None]
        return Column(name, str(kind), tuple(texts[:20]), (), frozenset({"nested"}))
    texts = values.cast(pa.string()).drop_null()
    texts = texts.filter(pc.not_equal(texts, ""))
    counted = pc.value_counts(texts.combine_chunks())
    pairs = sorted(
        ((one["counts"].as_py(), one["values"].as_py()) for one in counted), reverse=True
    )
    distinct = tuple(text for _, text in pairs[:_MOST_DISTINCT])
    return Column(
        name,
        str(kind),
        distinct,
        tuple(count for count, _ in pairs[:_MOST_DISTINCT]),
        frozenset(_signs(kind, distinct, len(pairs), len(texts))),
    )


def _signs(kind: Any, distinct: Sequence[str], kinds: int, filled: int) -> set[str]:
    if not filled:
        return {"empty"}
    found = {sign for sign, looks in _SHAPES.items() if _mostly(distinct[:_LOOKED_AT], looks)}
    if pa.types.is_temporal(kind):
        return found - {"text"} | {"date"} | ({"constant"} if kinds == 1 else set())
    if pa.types.is_boolean(kind):
        found.add("flag")
    if not _mostly(distinct, _is_number):
        found.add("text")
    elif all(not one.startswith("-") for one in distinct):
        found.add("positive")
    if kinds == filled:
        found.add("unique")
    if kinds == 1 and filled > 1:
        found.add("constant")
    if kinds <= _FEW_CODES and (kinds < filled * 0.5 or filled < 20):
        found.add("few")
    return found


def _mostly(values: Sequence[str], looks: Callable[[str], bool]) -> bool:
    return sum(map(looks, values)) >= _MOST * len(values)


def _full(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text.strip()) is not None


_is_number: Final = _full(_NUMBER)
_SHAPES: Final[Mapping[str, Callable[[str], bool]]] = {
    "date": _full(_DATE),
    "year": _full(_YEAR),
    "url": _full(_URL),
    "postcode": _full(_POSTCODE),
    "housenumber": _full(_HOUSE),
    "integer": _full(_INTEGER),
    "number": _is_number,
    "letter": lambda text: len(text.strip()) <= 4,
    "flag": lambda text: text.strip().casefold() in _FLAGS,
}

#: Of each kind of values that concepts have: signs that agree, and signs that contradict.
_EXPECTED: Final[Mapping[str, tuple[frozenset[str], frozenset[str]]]] = {
    "identifier": (frozenset({"unique"}), frozenset({"date", "flag", "url"})),
    "name": (frozenset({"text"}), frozenset({"number", "url", "date", "flag"})),
    "text": (frozenset({"text"}), frozenset()),
    "code": (frozenset({"few"}), frozenset({"date", "url"})),
    "number": (frozenset({"number"}), frozenset({"text"})),
    "height": (frozenset({"number"}), frozenset({"text"})),
    "area": (frozenset({"number"}), frozenset({"text"})),
    "length": (frozenset({"number"}), frozenset({"text"})),
    "count": (frozenset({"integer"}), frozenset({"text", "date"})),
    "year": (frozenset({"year", "date"}), frozenset({"text", "number"})),
    "date": (frozenset({"date"}), frozenset({"text", "number"})),
    "flag": (frozenset({"flag"}), frozenset({"date", "url"})),
    "url": (frozenset({"url"}), frozenset({"text", "number", "date"})),
    "postcode": (frozenset({"postcode"}), frozenset({"text", "number", "date"})),
    "housenumber": (frozenset({"housenumber"}), frozenset({"text", "date"})),
    "letter": (frozenset({"letter"}), frozenset({"date", "url"})),
}


def agreement(column: Column, kind: str) -> tuple[int, str]:
    """Whether values look like a kind: 1, 0 (no telling) or -1, and how, in words."""
    agrees, contradicts = _EXPECTED.get(kind, (frozenset(), frozenset()))
    if "empty" in column.signs:
        return 0, "it has no values"
    if agrees & column.signs:
        return 1, f"its values look like {_WORDS.get(kind, kind)}"
    if "nested" in column.signs or contradicts & column.signs:
        return -1, f"but its values don't look like {_WORDS.get(kind, kind)}"
    return 0, ""


_WORDS: Final = {
    "identifier": "identifiers, all different",
    "name": "names",
    "text": "text",
    "code": "codes, few different ones",
    "number": "numbers",
    "height": "numbers",
    "area": "numbers",
    "length": "numbers",
    "count": "counts",
    "year": "years or dates",
    "date": "dates",
    "flag": "yes and no",
    "url": "web addresses",
    "postcode": "postcodes",
    "housenumber": "house numbers",
    "letter": "short additions",
}
