"""Values as XML text: types formatted, markup escaped, forbidden characters dropped."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.pieces import Array, content, texts

_FORBIDDEN: Final = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
_SPECIAL: Final = bytes(range(32)) + b'&<>"'
_IN_TEXT: Final = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_IN_ATTRIBUTE: Final = (*_IN_TEXT, ('"', "&quot;"), ("\t", "&#9;"), ("\n", "&#10;"))
_MICROS: Final = 1_000_000


def escaped(column: Array, attribute: bool = False) -> Array:
    """Strings as XML character data (or an attribute's value); empty ones become null.

    Characters that XML 1.0 (section 2.2) has no place for are dropped. One look at the
    bytes tells whether there is anything to do at all.
    """
    column = texts(column)
    raw = content(column).tobytes()
    if not raw.isascii():
        column.validate(full=True)
    if len(raw.translate(None, _SPECIAL)) < len(raw) or b"\xef\xbf" in raw:
        column = pc.replace_substring_regex(column, _FORBIDDEN, "")
        for character, entity in _IN_ATTRIBUTE if attribute else _IN_TEXT:
            if character.encode() in raw:
                column = pc.replace_substring(column, character, entity)
    return _without_empty(column)


def _without_empty(column: Array) -> Array:
    if len(column) == column.null_count or pc.min(pc.binary_length(column)).as_py() > 0:
        return column
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, pa.string()), column)


def value_texts(column: Array, value_type: str | None) -> Array:
    """Values of any type a batch may hold, in the lexical form of an XSD built-in.

    Parameters
    ----------
    value_type
        The built-in's local name: tells dates from times where Arrow's type differs.
    """
    kind = column.type
    if pa.types.is_floating(kind):
        return decimals(column)
    if pa.types.is_date(kind):
        return _dates(column, value_type)
    if pa.types.is_timestamp(kind):
        return _times(column, value_type)
    if pa.types.is_boolean(kind) or pa.types.is_integer(kind):
        return column.cast(pa.string())
    return escaped(column)


def decimals(column: Array) -> Array:
    """Doubles as plain decimals, as short as they read back; not-a-number becomes null."""
    column = column.cast(pa.float64())
    column = pc.if_else(pc.is_finite(column), pc.add(column, 0.0), pa.scalar(None, pa.float64()))
    written = column.cast(pa.string())
    odd = pc.match_substring_regex(written, r"e|\.0$|^-0$")
    if not pc.any(odd).as_py():
        return written
    plain = [_plain(one) for one in written.filter(odd).to_pylist()]
    return pc.replace_with_mask(written, pc.fill_null(odd, False), pa.array(plain, pa.string()))


def _plain(text: str) -> str:
    plain = format(Decimal(text), "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain == "-0" else plain


def _dates(column: Array, value_type: str | None) -> Array:
    written = column.cast(pa.date32()).cast(pa.string())
    if value_type == "dateTime":
        return pc.binary_join_element_wise(written, "T00:00:00Z", "")
    return pc.utf8_slice_codeunits(written, 0, 4) if value_type == "gYear" else written


def _times(column: Array, value_type: str | None) -> Array:
    """Instants in UTC: ``2020-01-31T12:00:00Z``, fractions only where there are any."""
    micros = column.cast(pa.timestamp("us", column.type.tz)).cast(pa.int64())
    seconds = pc.divide(micros, _MICROS)
    whole = bool(pc.all(pc.equal(pc.multiply(seconds, _MICROS), micros)).as_py())
    unit, count = ("s", seconds) if whole else ("us", micros)
    written = count.cast(pa.timestamp(unit)).cast(pa.string())
    if value_type in ("date", "gYear"):
        return pc.utf8_slice_codeunits(written, 0, 10 if value_type == "date" else 4)
    written = pc.replace_substring(written, " ", "T")
    if not whole:
        written = pc.replace_substring_regex(written, r"\.?0+$", "")
    return pc.binary_join_element_wise(written, "Z", "")


def escaped_text(text: str, attribute: bool = False) -> str:
    """:func:`escaped` of one text."""
    return escaped(pa.array([text], pa.string()), attribute)[0].as_py() or ""
