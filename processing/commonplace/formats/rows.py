"""Flat rows on disk between the workers and the writers of whole files.

A piece is an Arrow IPC file: the feature's id, its default geometry as WKB, the flat
columns. Which languages occur differs from piece to piece; :func:`common_schema` finds the
columns of all of them. Nothing here depends on where rows were cut.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.formats import flat
from commonplace.formats.base import Piece
from commonplace.gml.pieces import Array
from commonplace.target import Dataset, Geometries, TargetBatch

FEATURE_ID: Final = "gml_id"
SORT: Final = b"sort"
GEOMETRY: Final = "#"  # sorts behind the id, before the columns
MULTI: Final = 3  # WKB's code of a multi-geometry less its members'
SINGLE: Final = (1, 2, 3, 1001, 1002, 1003)  # ISO WKB of points, lines, polygons, also with Z

_TYPES: Final = (  # by ISO WKB's code
    "Geometry",
    "Point",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
)


class RowsBuilder:
    """Named columns of one batch; names are unique without regard to case."""

    def __init__(self, *reserved: str) -> None:
        self._taken = {one.lower() for one in reserved}
        self._fields: list[pa.Field] = []
        self._arrays: list[Array] = []
        self._position = 0

    def add(self, name: str, array: Array, *, sort: str | None = None, language: str = "") -> None:
        """Add a column; ``sort`` places it before the others, languages sort among themselves."""
        if sort is None:
            self._position += not language
            sort = f"{self._position:06d}{language}"
        free = free_name(name, self._taken)
        self._fields.append(pa.field(free, array.type, metadata={SORT: sort}))
        self._arrays.append(array)

    def batch(self) -> pa.RecordBatch:
        return pa.RecordBatch.from_arrays(self._arrays, schema=pa.schema(self._fields))


def free_name(name: str, taken: set[str]) -> str:
    """A name nobody has, which is then taken; SQLite compares names without case."""
    free, number = name, 1
    while free.lower() in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(free.lower())
    return free


def flat_rows(
    dataset: Dataset, batch: TargetBatch, *reserved: str
) -> tuple[pa.RecordBatch, Geometries | None]:
    """A batch as id, WKB and flat columns (lists as JSON), and its default geometries."""
    made = flat.flatten(dataset, batch)
    builder = RowsBuilder(*reserved)
    builder.add(FEATURE_ID, made.ids, sort="")
    geometries = None
    default = flat.default_geometry(batch.shape)
    if made.geometry is not None and default is not None:
        geometries = flat.pooled(batch.geometries, made.geometry)
        builder.add(default[0], wkb(geometries), sort=GEOMETRY)
    for column in made.columns:
        builder.add(column.name, flat.plain(column, made.rows), language=column.language or "")
    return builder.batch(), geometries


def wkb(geometries: Geometries) -> Array:
    """ISO WKB, little-endian; null where there is no geometry."""
    return pa.array(shapely.to_wkb(geometries, flavor="iso", byte_order=1), pa.binary())


def kinds(column: Array) -> set[str]:
    """The geometry types in a column of our WKB, such as ``Polygon`` or ``MultiPolygon Z``."""
    codes = np.unique(_codes(column))
    return {_TYPES[code % 1000] + (" Z" if code >= 1000 else "") for code in codes.tolist() if code}


def _codes(column: Array) -> npt.NDArray[np.int64]:
    """The type code of each geometry, 0 where there is none."""
    codes = np.zeros(len(column), dtype=np.int64)
    if column.null_count == len(column):
        return codes
    offsets = np.frombuffer(column.buffers()[1], np.int32)[column.offset :][: len(column)]
    data = np.frombuffer(column.buffers()[2], np.uint8)
    if column.null_count:
        there = column.is_valid().to_numpy(zero_copy_only=False)
        at = offsets[there]
        codes[there] = data[at + 1] + 256 * data[at + 2].astype(np.int64)
    else:
        codes += data[offsets + 1] + 256 * data[offsets + 2].astype(np.int64)
    return codes


def write_rows(batches: Sequence[pa.RecordBatch], path: Path) -> None:
    """Write batches as one Arrow IPC file with the columns of all of them."""
    schema = common_schema([one.schema for one in batches])
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
        for batch in batches:
            writer.write(fitted(batch, schema))


def read_rows(piece: Piece) -> pa.Table:
    """A piece, memory-mapped."""
    with pa.memory_map(str(piece.path), "r") as source:
        return pa.ipc.open_file(source).read_all()


def common_schema(schemas: Iterable[pa.Schema]) -> pa.Schema:
    """All columns that occur; those of languages in alphabetical order."""
    fields: dict[str, pa.Field] = {}
    for schema in schemas:
        for field in schema:
            fields.setdefault(field.name, field)
    return pa.schema(sorted(fields.values(), key=_sort))


def geometry_column(schema: pa.Schema) -> str | None:
    """The name of the default geometry's column."""
    return next((one.name for one in schema if _sort(one) == GEOMETRY.encode()), None)


def _sort(field: pa.Field) -> bytes:
    """Where a column stands; those that say nothing stand as they come."""
    place: bytes = (field.metadata or {}).get(SORT, b"")
    return place


def fitted(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """A batch with the columns of a schema; those it lacks are null."""
    if batch.schema.names == schema.names:
        return batch.cast(schema)
    there = dict(zip(batch.schema.names, batch.columns, strict=True))
    arrays = [
        there[field.name] if field.name in there else pa.nulls(batch.num_rows, field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def fitted_batches(pieces: Sequence[Piece], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows of all pieces in order."""
    for piece in pieces:
        for batch in read_rows(piece).to_batches():
            yield fitted(batch, schema)


def geometry_kinds(pieces: Sequence[Piece]) -> set[str]:
    """The geometry types of all pieces, from their ``details``."""
    found: set[str] = set()
    for piece in pieces:
        names = piece.details["geometry"]
        assert isinstance(names, list)
        found.update(names)
    return found


def geometry_type(found: set[str]) -> tuple[str, bool]:
    """A layer's geometry type, and whether single geometries become multiple ones."""
    height = " Z" if any(one.endswith(" Z") for one in found) else ""
    bare = {one.removesuffix(" Z") for one in found}
    families = {one.removeprefix("Multi") for one in bare}
    if len(bare) == 1:
        return bare.pop() + height, False
    if len(families) == 1:
        return f"Multi{families.pop()}{height}", True
    return "Unknown", False


def as_multi(column: Array) -> Array:
    """WKB of single geometries as multi-geometries of one: a head before the same bytes."""
    if column.null_count == len(column):
        return column
    types = _codes(column)
    heads = pa.array([struct.pack("<BII", 1, one + MULTI, 1) for one in SINGLE], pa.binary())
    which = np.searchsorted(SINGLE, types)
    single = np.isin(types, SINGLE)
    head = pc.fill_null(heads.take(pa.array(which, mask=~single)), b"")
    return pc.binary_join_element_wise(head, column, b"")
