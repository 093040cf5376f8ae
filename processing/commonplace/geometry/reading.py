"""A column of WKB becomes a column of geometries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from commonplace.geometry.curves import (
    CIRCULAR,
    COLLECTION,
    CURVED,
    PATCHED,
    linearised,
)
from commonplace.target import Geometries

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Column:
    """Geometries with what was found in reading them, a mask each."""

    geometries: Geometries
    null: Mask
    unreadable: Mask
    curved: Mask
    patched: Mask
    unclosed: Mask


def read_column(wkb: pa.Array | pa.ChunkedArray, tolerance: float) -> Column:
    """Read WKB; curves are linearised, rings that aren't closed are closed.

    Parameters
    ----------
    wkb
        binary, large_binary or an extension over them (GeoArrow's WKB); nulls may be.
    tolerance
        For curves, in the coordinates' unit. See :func:`commonplace.geometry.curves`.
    """
    array = _binary(wkb)
    values = array.to_numpy(zero_copy_only=False)
    null = array.is_null().to_numpy(zero_copy_only=False)
    kinds = _kinds(array)
    curved, patched = np.zeros(len(values), dtype=bool), np.zeros(len(values), dtype=bool)
    unusual = np.isin(kinds, [COLLECTION, *CURVED, *PATCHED])
    if unusual.any():
        values = values.copy()
        for row in np.flatnonzero(unusual):
            try:
                values[row], found = linearised(values[row], tolerance)
            except ValueError:
                values[row] = b""
                continue
            curved[row] = CIRCULAR in found
            patched[row] = not PATCHED.isdisjoint(found)
    with np.errstate(invalid="ignore"):  # NaN is found, and told, later
        geometries = shapely.from_wkb(values, on_invalid="ignore")
    unclosed = shapely.is_missing(geometries) & ~null
    if unclosed.any():
        rows = np.flatnonzero(unclosed)
        geometries[rows] = shapely.from_wkb(values[rows], on_invalid="fix")
        unclosed &= ~shapely.is_missing(geometries)
    unreadable = shapely.is_missing(geometries) & ~null
    return Column(
        geometries, null, unreadable, curved & ~unreadable, patched & ~unreadable, unclosed
    )


def _binary(wkb: pa.Array | pa.ChunkedArray) -> pa.Array:
    array = wkb.combine_chunks() if isinstance(wkb, pa.ChunkedArray) else wkb
    if isinstance(array, pa.ChunkedArray):  # what is too large for one array of int32 offsets
        array = pa.concat_arrays([one.cast(pa.large_binary()) for one in array.chunks])
    if isinstance(array, pa.ExtensionArray):
        array = array.storage
    if pa.types.is_binary(array.type) or pa.types.is_large_binary(array.type):
        return array
    return array.cast(pa.large_binary())


def _kinds(array: pa.Array) -> npt.NDArray[np.int64]:
    """The kind of each geometry, read from the bytes that begin it; 0 where there is none."""
    result = np.zeros(len(array), dtype=np.int64)
    _, offset_buffer, data_buffer = array.buffers()
    if len(array) == 0 or data_buffer is None:
        return result
    width = np.int64 if pa.types.is_large_binary(array.type) else np.int32
    offsets = np.frombuffer(offset_buffer, dtype=width)[
        array.offset : array.offset + len(array) + 1
    ]
    rows = np.flatnonzero(np.diff(offsets) >= 5)
    data = np.frombuffer(data_buffer, dtype=np.uint8)
    starts = offsets[:-1][rows].astype(np.int64)
    head = np.stack([data[starts + at] for at in range(1, 5)], axis=1)
    little = head.copy().view("<u4")[:, 0].astype(np.int64)
    big = head.copy().view(">u4")[:, 0].astype(np.int64)
    codes = np.where(data[starts] == 1, little, big)
    result[rows] = (codes & 0x0FFFFFFF) % 1000
    return result
