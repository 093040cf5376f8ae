"""Arrow columns as JSON text, whole columns at once (RFC 8259).

A row's text depends on that row alone, never on its neighbours in the batch.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.pieces import Array, Piece, content, join, join_or_null, texts, unlist
from commonplace.gml.values import value_texts

_SPECIAL: Final = bytes(range(32)) + b'"\\'
_SHORT: Final = {"\\": r"\\", '"': r"\"", "\b": r"\b", "\f": r"\f", "\n": r"\n", "\r": r"\r",
                 "\t": r"\t"}  # fmt: skip


def quoted(column: Array) -> Array:
    """Strings as JSON strings; null stays null. One look at the bytes tells what to escape."""
    column = texts(column)
    raw = content(column).tobytes()
    if len(raw.translate(None, _SPECIAL)) < len(raw):
        for character in ("\\", '"', *map(chr, range(32))):  # the backslash first
            if character.encode() in raw:
                escape = _SHORT.get(character, f"\\u{ord(character):04x}")
                column = pc.replace_substring(column, character, escape)
    return join_or_null(['"', column, '"'], len(column))


def values(column: Array) -> Array:
    """Values of any type a flat column may have, as JSON; null (and not-a-number) is null."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return values(column.dictionary).take(column.indices)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return quoted(column)
    text = value_texts(column, None)
    if pa.types.is_temporal(kind):
        return join_or_null(['"', text, '"'], len(text))
    return text


def scalar(value: pa.Scalar) -> str:
    """One value as JSON text (``null`` for null)."""
    return values(pa.array([value.as_py()], value.type))[0].as_py() or "null"


def arrays(column: Array) -> Array:
    """A list column of plain values as JSON arrays; null items are left out, [] is null."""
    items, offsets = unlist(column)
    return bracketed(values(items), offsets)


def bracketed(items: Array, offsets: Iterable[int]) -> Array:
    """JSON texts gathered into arrays by offsets; null items are left out, [] is null."""
    lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), items)
    if items.null_count:
        lists = without_nulls(lists)
    joined = pc.binary_join(lists, ",")
    joined = pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)
    return join_or_null(["[", joined, "]"], len(joined))


def without_nulls(column: Array) -> Array:
    """A list column without its null items; null lists become empty."""
    items, offsets = unlist(column)
    valid = items.is_valid()
    counts = [0, *pc.cumulative_sum(valid.cast(pa.int32())).to_pylist()]
    kept = pa.array(counts, pa.int32()).take(pa.array(offsets))
    return pa.ListArray.from_arrays(kept, items.filter(valid))


def members(named: Sequence[tuple[str, Piece]], rows: int) -> Array:
    """``"a":1,"b":"x"``: the members of objects, null ones left out.

    Parameters
    ----------
    named
        Names with JSON text: a string for all rows, or a column of ``rows`` texts.
    """
    keys = [f"{json.dumps(name, ensure_ascii=False)}:" for name, _ in named]
    certain = next(
        (i for i, (_, text) in enumerate(named) if isinstance(text, str) or not text.null_count),
        None,
    )
    pieces: list[Piece] = []
    for index, (key, (_, text)) in enumerate(zip(keys, named, strict=True)):
        before = "," if certain is None or index > certain else ""
        behind = "," if certain is not None and index < certain else ""
        if isinstance(text, str) or not text.null_count:
            pieces += [before + key, text, behind]
        else:
            pieces.append(join_or_null([before + key, text, behind], rows))
    joined = join(pieces, rows)
    return joined if certain is not None else pc.utf8_slice_codeunits(joined, 1)
