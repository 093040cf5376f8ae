"""Texts of elements and attributes as values: unescaped, typed, ids and codes decoded."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.pieces import Array, content, worth_encoding
from commonplace.gml.reading.tokens import Elements, Ints

_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_CHARACTER: Final = re.compile(r"&#(x?)([0-9a-fA-F]+);")
_INTEGERS: Final = frozenset(
    "integer int long short byte nonNegativeInteger positiveInteger negativeInteger "
    "nonPositiveInteger unsignedInt unsignedLong unsignedShort unsignedByte".split()
)
_REALS: Final = frozenset(("double", "float", "decimal"))
_BLANK: Final = r"^[ \t\n]*$"
_ZONE: Final = r"(?:Z|[+-]\d\d:?\d\d)$"
_TIME: Final = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?"
_ESCAPE: Final = re.compile(r"_x([0-9A-F]+)_")
TIMESTAMP: Final = pa.timestamp("us", tz="UTC")
_TRUTH: Final = {"true": True, "1": True, "false": False, "0": False}
_VOID_ADDRESS: Final = re.compile(
    r"^https?://inspire\.ec\.europa\.eu/codelist/VoidReasonValue/", re.IGNORECASE
)
_VOID_WORDS: Final = {one.lower(): one for one in ("Unknown", "Unpopulated", "Withheld")}
_NO_TEXT: Final = pa.scalar(None, pa.string())


def texts_of(segments: Array, chosen: Ints) -> Array:
    """Segments as text; null where ``chosen`` is negative, or nothing but blanks is there."""
    taken = segments.take(pa.array(chosen, mask=chosen < 0))
    taken = unescaped(taken)
    least = pc.min(pc.binary_length(taken)).as_py()
    if least is None:
        return taken
    if not least or pc.any(pc.match_substring_regex(taken, _BLANK)).as_py():
        return pc.if_else(pc.match_substring_regex(taken, _BLANK), _NO_TEXT, taken)
    return taken


def text_at(elements: Elements, path: int) -> Array:
    """The text of each element of a path."""
    return texts_of(elements.segments, elements.text[elements.of(path)])


def attribute_at(elements: Elements, path: int, name: str) -> Array:
    """An attribute's value of each element of a path."""
    ranks, segments = elements.attribute(path, name)
    order = np.argsort(ranks)
    texts = texts_of(elements.segments, segments).take(pa.array(order))
    return scattered(texts, ranks[order], len(elements.of(path)))


def unescaped(column: Array) -> Array:
    """Character data with its references resolved."""
    if b"&" not in content(column).tobytes():
        return column
    if pc.any(pc.match_substring(column, "&#")).as_py():
        odd = pc.fill_null(pc.match_substring(column, "&#"), False)
        mended = [_CHARACTER.sub(_character, one) for one in column.filter(odd).to_pylist()]
        column = pc.replace_with_mask(column, odd, pa.array(mended, pa.string()))
    for entity, character in _ENTITIES:
        column = pc.replace_substring(column, entity, character)
    return column


def _character(match: re.Match[str]) -> str:
    """A character reference resolved; an ampersand stays escaped until the end."""
    found = chr(int(match[2], 16 if match[1] else 10))
    return "&amp;" if found == "&" else found


def typed(column: Array, value_type: str | None) -> tuple[Array, Array | None]:
    """Texts as values of the Arrow type that batches have for an XSD built-in.

    Returns
    -------
    The values, null where a text is none of the type; and those texts, None if there are none.
    """
    if value_type is None or len(column) == 0:
        return _empty_of(column, value_type)
    if value_type not in _CASTS:
        return column, None
    if not worth_encoding(column):
        return _cast(column, value_type)
    encoded = column.dictionary_encode()
    values, wrong = _cast(encoded.dictionary, value_type)
    return values.take(encoded.indices), wrong


def _empty_of(column: Array, value_type: str | None) -> tuple[Array, Array | None]:
    kind = arrow_type(value_type)
    return (column if kind == pa.string() else pa.nulls(len(column), kind)), None


def arrow_type(value_type: str | None) -> pa.DataType:
    """The Arrow type of an XSD built-in's values in batches that are read."""
    return _CASTS.get(value_type or "", pa.string())


_CASTS: Final[dict[str, pa.DataType]] = {
    **dict.fromkeys(_INTEGERS, pa.int64()),
    **dict.fromkeys(_REALS, pa.float64()),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "dateTime": TIMESTAMP,
}


def _cast(column: Array, value_type: str) -> tuple[Array, Array | None]:
    kind = _CASTS[value_type]
    plain = pc.utf8_trim_whitespace(column)
    if kind == pa.bool_():
        known = pa.array(list(_TRUTH))
        values = pa.array(list(_TRUTH.values())).take(pc.index_in(plain, known))
    elif kind == TIMESTAMP:
        values = _tried(_instants(plain), kind)
    elif kind == pa.date32():
        values = _tried(pc.utf8_slice_codeunits(plain, 0, 10), kind)
    else:
        values = _tried(plain, kind)
    wrong = pc.and_(values.is_null(), column.is_valid())
    return values, column.filter(wrong) if pc.any(wrong).as_py() else None


def _instants(column: Array) -> Array:
    """Times that state no zone are taken for UTC; the seconds may be missing."""
    column = pc.replace_substring_regex(column, r"(T\d\d:\d\d)($|Z|\+|-)", r"\1:00\2")
    zoned = pc.match_substring_regex(column, _ZONE)
    timed = pc.match_substring_regex(column, _TIME)
    naive = pc.binary_join_element_wise(column, "Z", "")
    dated = pc.binary_join_element_wise(pc.utf8_slice_codeunits(column, 0, 10), "T00:00:00Z", "")
    return pc.if_else(timed, pc.if_else(zoned, column, naive), dated)


def without_zone(column: Array) -> int:
    """How many times state no zone."""
    zoned = pc.match_substring_regex(column, _ZONE)
    return int(pc.sum(pc.invert(zoned)).as_py() or 0)


def _tried(column: Array, kind: pa.DataType) -> Array:
    """A cast of the whole column, or, if one item is in the way, of each."""
    try:
        return column.cast(kind)
    except pa.ArrowInvalid:
        return pa.array([_tried_one(one, kind) for one in column.to_pylist()], kind)


def _tried_one(text: str | None, kind: pa.DataType) -> Any:
    try:
        return pa.scalar(text, pa.string()).cast(kind).as_py()
    except pa.ArrowInvalid:
        return None


def void_words(reasons: Array) -> Array:
    """Void reasons in any of the forms of the years, as batches have them."""
    encoded = reasons.dictionary_encode()
    words = [_VOID_ADDRESS.sub("", one) for one in encoded.dictionary.to_pylist()]
    known = [_VOID_WORDS.get(one.lower().removeprefix("other:"), one) for one in words]
    return pa.array(known, pa.string()).take(encoded.indices)


def without_escapes(ids: Array) -> Array:
    """Ids as they were before :func:`commonplace.gml.names.ncnames`."""
    odd = pc.fill_null(pc.match_substring(ids, "_x"), False)
    if not pc.any(odd).as_py():
        return ids
    plain = [_ESCAPE.sub(_escaped_character, one) for one in ids.filter(odd).to_pylist()]
    return pc.replace_with_mask(ids, odd, pa.array(plain, pa.string()))


def _escaped_character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code < 0x110000 else match[0]


def scattered(values: Array, at: npt.NDArray[Any], rows: int) -> Array:
    """An array of ``rows`` items with ``values`` at some places, null at the others."""
    if len(at) == rows:
        return values
    index = np.full(rows, -1, dtype=np.int64)
    index[at] = np.arange(len(at))
    return values.take(pa.array(index, mask=index < 0))
