"""Text that was decoded wrongly, or not at all: found, mended where that is safe, told.

Three things happen to city data. Bytes without any stated encoding come raw; UTF-8 was
read as Latin-1 (``IndiffÃ©renciÃ©e``); Latin-1 was called UTF-8 (invalid bytes).
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.errors import SourceError
from commonplace.report import Finding, Severity

FALLBACK: Final = "cp1252"

# A lead byte of UTF-8 read as Latin-1, then a continuation byte read as Latin-1 or cp1252.
_CONTINUATION: Final = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "".join(
    chr(one) for one in range(0x80, 0xC0)
)
_MOJIBAKE: Final = f"[\u00c2-\u00f4][{_CONTINUATION}]"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text column as valid UTF-8, and what was odd about it."""

    column: pa.Array
    findings: tuple[Finding, ...] = ()


def known_encoding(name: str) -> str:
    """An encoding's usual name.

    Raises
    ------
    SourceError
        When nobody knows it.
    """
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise SourceError(
            f"no encoding is known as {name!r}", hint="for example UTF-8, ISO-8859-1, cp1252"
        ) from None


def decode(
    column: pa.Array, *, layer: str, name: str, stated: str | None, raw: bool, first_row: int = 0
) -> Decoded:
    """Make a text column valid and report doubts.

    Parameters
    ----------
    column
        Text as the driver gave it; maybe not valid UTF-8.
    stated
        The encoding that the job states.
    raw
        True when the bytes are the file's own: the driver knew no encoding.
    first_row
        The number, in the layer, of the column's first row; findings name rows.
    """
    if raw and stated is not None and codecs.lookup(stated).name != "utf-8":
        column = _each(column, lambda value: value.decode(stated, "replace"))
        return Decoded(column, tuple(_mojibake(column, layer, name)))
    findings: list[Finding] = []
    broken = _invalid(column)
    if broken:
        column = _each(column, lambda value: _mended(value, replace=stated is not None))
        findings.append(_broken(column, layer, name, stated, broken, first_row))
    elif raw and stated is None:
        findings.extend(_unstated(column, layer, name))
    findings.extend(_mojibake(column, layer, name))
    return Decoded(column, tuple(findings))


def _invalid(column: pa.Array) -> list[int]:
    """Rows that are not valid UTF-8; cheap when there are none."""
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        values = column.cast(pa.binary()).to_pylist()
        return [row for row, value in enumerate(values) if value is not None and not _valid(value)]
    return []


def _valid(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _mended(value: bytes, *, replace: bool) -> str:
    if _valid(value):
        return value.decode()
    return value.decode("utf-8", "replace") if replace else value.decode(FALLBACK, "replace")


def _each(column: pa.Array, function: Callable[[bytes], str]) -> pa.Array:
    values = column.cast(pa.binary()).to_pylist()
    return pa.array([None if one is None else function(one) for one in values], pa.string())


def _broken(
    column: pa.Array, layer: str, name: str, stated: str | None, rows: list[int], first_row: int
) -> Finding:
    example = column[rows[0]].as_py()
    listed = f"rows {', '.join(str(first_row + row) for row in rows[:5])} …"
    if stated is None:
        return Finding(
            code="ENCODING_ASSUMED",
            severity=Severity.WARNING,
            message=f"no encoding is stated and it isn't UTF-8: read as {FALLBACK} ({listed})",
            layer=layer,
            attribute=name,
            value=example,
            fix="state the encoding in the job, for example encoding: ISO-8859-1",
            count=len(rows),
        )
    return Finding(
        code="ENCODING_BROKEN",
        severity=Severity.ERROR,
        message=f"text is not valid {stated}: characters are lost ({listed})",
        layer=layer,
        attribute=name,
        value=example,
        fix=f"state the right encoding in the job, maybe {FALLBACK}",
        count=len(rows),
    )


def _unstated(column: pa.Array, layer: str, name: str) -> list[Finding]:
    text = pc.fill_null(pc.invert(pc.string_is_ascii(column)), False)
    count = pc.sum(text).as_py() or 0
    if not count:
        return []
    return [
        Finding(
            code="ENCODING_SUSPECT",
            severity=Severity.INFO,
            message="the file states no encoding; its text is valid UTF-8 and was read as that",
            layer=layer,
            attribute=name,
            value=column.filter(text)[0].as_py(),
            fix="make it certain: encoding: UTF-8",
            count=count,
        )
    ]


def _mojibake(column: pa.Array, layer: str, name: str) -> list[Finding]:
    beyond_ascii = column.filter(pc.invert(pc.string_is_ascii(column)))  # cheap, and mostly empty
    candidates = beyond_ascii.filter(pc.match_substring_regex(beyond_ascii, _MOJIBAKE))
    if not len(candidates):
        return []
    counts = pc.value_counts(candidates).to_pylist()
    garbled = [(one["values"], one["counts"]) for one in counts if unmojibake(one["values"])]
    if not garbled:
        return []
    return [
        Finding(
            code="ENCODING_SUSPECT",
            severity=Severity.WARNING,
            message=f"UTF-8 was read as another encoding: it should be {unmojibake(garbled[0][0])}",
            layer=layer,
            attribute=name,
            value=garbled[0][0],
            fix="state in the job: encoding: UTF-8",
            count=sum(count for _, count in garbled),
        )
    ]


def unmojibake(text: str) -> str | None:
    """What the text was before UTF-8 was read as Latin-1 or cp1252; None when it was not."""
    for encoding in ("latin-1", FALLBACK):
        try:
            return text.encode(encoding).decode()
        except UnicodeError:
            continue
    return None
