"""Geometries in GeoPackage's binary (OGC 12-128r18 §2.1.3), and what its index's triggers call."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final

import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY

WGS84: Final = 4326
_HEADER: Final = struct.Struct("<2sBBi")
_LITTLE: Final = 0b00001
_EMPTY: Final = 0b10000
_ENVELOPES: Final = (0, 32, 48, 48, 64)


def geometry_blobs(column: pa.Array) -> list[bytes | None]:
    """WKB as GeoPackage's binary (OGC 12-128r18 §2.1.3): header, no envelope, ISO WKB."""
    found = bodies(column)
    empty = shapely.is_empty(shapely.from_wkb(column.to_numpy(zero_copy_only=False)))
    return [
        None
        if body is None
        else _HEADER.pack(b"GP", 0, _LITTLE | _EMPTY * int(hollow), WGS84) + body
        for body, hollow in zip(found, empty, strict=True)
    ]


def bodies(column: pa.Array) -> list[bytes | None]:
    """Geometries as ISO WKB."""
    shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False))
    found: list[bytes | None] = shapely.to_wkb(shapes, flavor="iso", byte_order=1).tolist()
    return found


def body(blob: bytes) -> bytes:
    """The WKB of a geometry in GeoPackage's binary."""
    return blob[8 + _ENVELOPES[(blob[3] >> 1) & 0b111] :]


def kinds_of(batch: pa.RecordBatch) -> set[str]:
    """The geometry types of a batch."""
    if GEOMETRY not in batch.schema.names:
        return set()
    shapes = shapely.from_wkb(batch.column(GEOMETRY).to_numpy(zero_copy_only=False))
    return {str(one.geom_type) for one in shapes if one is not None}


# --- what the triggers of the spatial index call ---


def _shape(blob: bytes) -> shapely.Geometry:
    return shapely.from_wkb(body(blob))


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(_shape(blob).is_empty)


def _bound(position: int) -> Callable[[bytes | None], float | None]:
    def bound(blob: bytes | None) -> float | None:
        return None if blob is None else float(_shape(blob).bounds[position])

    return bound


FUNCTIONS: Final[dict[str, Callable[[bytes | None], float | int | None]]] = {
    "ST_IsEmpty": _is_empty,
    "ST_MinX": _bound(0),
    "ST_MinY": _bound(1),
    "ST_MaxX": _bound(2),
    "ST_MaxY": _bound(3),
}
