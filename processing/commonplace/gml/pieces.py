"""Pieces of text, column-wise: what the encoder strings together.

A piece is a constant or a string array with one item per row; a null item is empty text.
Pieces are joined once per object level, lists by new offsets over the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Array: TypeAlias = Any  # pa.Array; pyarrow carries no types
Piece: TypeAlias = Any  # str | Array
Offsets: TypeAlias = npt.NDArray[np.int64]

_EMPTY = pa.scalar("", pa.string())
_NONE = pa.scalar(None, pa.string())


def join(pieces: Iterable[Piece], rows: int) -> Array:
    """One string per row, never null: the pieces side by side.

    Parameters
    ----------
    pieces
        Constants and string arrays of ``rows`` items; nulls count as empty.
    """
    return _join(merged(pieces), rows, "replace")


def join_or_null(pieces: Iterable[Piece], rows: int) -> Array:
    """As :func:`join`, but null where any piece is null."""
    return _join(merged(pieces), rows, "emit_null")


def _join(pieces: Sequence[Piece], rows: int, nulls: str) -> Array:
    arguments = [pa.scalar(one, pa.string()) if isinstance(one, str) else one for one in pieces]
    if all(isinstance(one, str) for one in pieces):
        return pa.repeat(arguments[0] if arguments else _EMPTY, rows)
    return pc.binary_join_element_wise(*arguments, _EMPTY, null_handling=nulls, null_replacement="")


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces with neighbouring constants made one and empty ones left out."""
    result: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str):
            if piece and result and isinstance(result[-1], str):
                result[-1] += piece
            elif piece:
                result.append(piece)
        else:
            result.append(piece)
    return result


def pick(mask: Array, yes: str, no: str) -> Piece:
    """``yes`` where the mask holds, else ``no``."""
    return yes if yes == no else pc.if_else(mask, yes, no)


def where(mask: Array | None, pieces: Sequence[Piece], rows: int) -> list[Piece]:
    """The pieces, empty in rows where the mask does not hold (None: it holds everywhere)."""
    if mask is None:
        return list(pieces)
    if all(isinstance(one, str) for one in pieces):
        return [pick(mask, "".join(pieces), "")]
    return [pc.if_else(mask, join(pieces, rows), _NONE)]


def validity(array: Array) -> Array | None:
    """Which items are not null; None when all are."""
    return None if array.null_count == 0 else array.is_valid()


def both(left: Array | None, right: Array | None) -> Array | None:
    """Rows where both masks hold; None holds everywhere."""
    if left is None or right is None:
        return right if left is None else left
    return pc.and_(left, right)


def unlist(column: Array) -> tuple[Array, Offsets]:
    """A list column's items, and where each row's begin (rows + 1 offsets).

    Values that lie under null lists, or outside a slice, are left behind.
    """
    lengths = pc.fill_null(pc.list_value_length(column), 0)
    return pc.list_flatten(column), offsets_of(lengths.to_numpy(zero_copy_only=False))


def offsets_of(lengths: npt.NDArray[Any]) -> Offsets:
    """Where runs of these lengths begin, and the end: one number more."""
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def parents_of(offsets: Offsets) -> npt.NDArray[np.int64]:
    """For each item the row it belongs to."""
    return np.repeat(np.arange(len(offsets) - 1, dtype=np.int64), np.diff(offsets))


def gathered(items: Array, offsets: Offsets) -> Array:
    """One string per row: its items one after the other, without copying a byte.

    Items lie next to each other in their buffer, so only the offsets change.
    """
    _, starts, data = items.buffers()
    inner = np.frombuffer(starts, dtype=np.int32)[items.offset : items.offset + len(items) + 1]
    outer = pa.py_buffer(inner[offsets])
    return pa.StringArray.from_buffers(len(offsets) - 1, outer, data)


def content(array: Array) -> memoryview:
    """The bytes of a string array without nulls, in row order."""
    _, starts, data = array.buffers()
    if len(array) == 0 or data is None:
        return memoryview(b"")
    bounds = np.frombuffer(starts, dtype=np.int32)[[array.offset, array.offset + len(array)]]
    return memoryview(data)[int(bounds[0]) : int(bounds[1])]


def texts(column: Array) -> Array:
    """A column of any string type as plain strings."""
    return column if column.type == pa.string() else column.cast(pa.string())


def worth_encoding(column: Array) -> bool:
    """True when values repeat so much that work on the distinct ones pays."""
    if len(column) < 64 or column.null_count == len(column):
        return False
    sample = column.slice(0, 256)
    return 4 * int(pc.count_distinct(sample).as_py()) <= len(sample)
