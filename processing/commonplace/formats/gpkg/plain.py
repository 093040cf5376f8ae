"""A layer as it was read into a GeoPackage of its own: the table a desktop shows.

Nothing is harmonised. Values that a table can't hold (lists, objects) become JSON; names that
differ by case alone are numbered; single lines and polygons become multi-geometries, since
later batches may hold some.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
import pyarrow as pa
import pyogrio
import shapely

from commonplace.batch import GEOMETRY, Layer
from commonplace.errors import CommonplaceError, OutputError, disk_errors
from commonplace.formats.base import whole
from commonplace.formats.gpkg.instep import schema_of
from commonplace.formats.gpkg.mirrorfile import ROW_ID
from commonplace.formats.gpkg.tables import VERSION
from commonplace.formats.rows import as_multi, free_name
from commonplace.geometry.reading import read_column

GEOMETRY_COLUMN: Final = "geom"
LONGITUDE_LATITUDE: Final = {"OGC:CRS84": "EPSG:4326", "OGC:CRS84h": "EPSG:4979"}
TOLERANCE_DEGREES: Final = 1e-7
TOLERANCE: Final = 0.01
_NAMES: Final = (
    *("Point", "LineString", "LinearRing", "Polygon", "MultiPoint", "MultiLineString"),
    *("MultiPolygon", "GeometryCollection"),
)
_MULTIPLE: Final = {"LineString": "MultiLineString", "Polygon": "MultiPolygon"}


@dataclass(slots=True)
class Written:
    """What was written. ``lost`` counts geometries that could not be read."""

    path: Path
    table: str
    count: int = 0
    lost: int = 0
    curved: int = 0
    geometry_type: str | None = None
    columns: dict[str, str] = field(default_factory=dict)


def write_plain(
    path: Path, layer: Layer, batches: Iterator[pa.RecordBatch], *, degrees: bool
) -> Written:
    """Write a layer's batches, whole or not at all.

    Parameters
    ----------
    batches
        All of one schema; see :class:`commonplace.batch.Source`.
    degrees
        Whether coordinates are degrees: curves become lines more finely then.

    Returns
    -------
    Written
        ``columns`` are the table's, by the names they had.

    Raises
    ------
    OutputError, DiskFull
    """
    first = next(batches, None)
    found = schema_of(layer) if first is None else first.schema
    written = Written(path, layer.name)
    taken = {ROW_ID, GEOMETRY_COLUMN}
    written.columns = {
        one.name: free_name(one.name, taken) for one in found if one.name != GEOMETRY
    }
    located = GEOMETRY in found.names
    table = _Table(written, TOLERANCE_DEGREES if degrees else TOLERANCE)
    remembered = _Remembered(map(table.batch, chain(() if first is None else (first,), batches)))
    begun = next(remembered, None)
    schema = table.schema(found) if begun is None else begun.schema
    kind = layer.geometry_type or "Unknown" if begun is None else table.kind
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as temporary, disk_errors(path.name):
        # GDAL goes by the name's end
        database = temporary.with_name(f"{temporary.name}.gpkg")
        database.unlink(missing_ok=True)
        try:
            pyogrio.write_arrow(
                pa.RecordBatchReader.from_batches(
                    schema, chain(() if begun is None else (begun,), remembered)
                ),
                database,
                layer=layer.name,
                driver="GPKG",
                geometry_name=GEOMETRY_COLUMN if located else None,
                geometry_type=kind if located else None,
                crs=LONGITUDE_LATITUDE.get(layer.crs or "", layer.crs) if located else None,
                dataset_options={"VERSION": VERSION},
                layer_options={
                    "FID": ROW_ID,
                    "IDENTIFIER": layer.title or layer.name,
                    **({"GEOMETRY_NAME": GEOMETRY_COLUMN} if located else {}),
                },
            )
            database.replace(temporary)
        except (pyogrio.errors.DataSourceError, pa.ArrowException) as error:
            if remembered.error is not None:
                raise remembered.error from None
            raise OutputError(f"{path.name} can't be written: {error}") from error
        finally:
            database.unlink(missing_ok=True)
    written.geometry_type = kind if located else None
    return written


class _Remembered:
    """An iterator that keeps the error it ended with, which GDAL's reader loses."""

    def __init__(self, batches: Iterator[pa.RecordBatch]) -> None:
        self.error: Exception | None = None
        self._batches = batches

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        return self

    def __next__(self) -> pa.RecordBatch:
        try:
            return next(self._batches)
        except CommonplaceError as error:
            self.error = error
            raise


class _Table:
    """Makes batches that GDAL takes; counts, and settles the geometry type by the first."""

    def __init__(self, written: Written, tolerance: float) -> None:
        self.kind = "Unknown"
        self._written = written
        self._tolerance = tolerance
        self._multiple = False
        self._settled = False

    def batch(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """One batch, ready."""
        columns = self._written.columns
        arrays = [
            self._geometries(column) if name == GEOMETRY else plain(column)
            for name, column in zip(batch.schema.names, batch.columns, strict=True)
        ]
        names = [columns.get(one, GEOMETRY_COLUMN) for one in batch.schema.names]
        self._written.count += batch.num_rows
        return pa.RecordBatch.from_arrays(arrays, names=names)

    def schema(self, found: pa.Schema) -> pa.Schema:
        """The schema of a table without rows."""
        empty = [pa.array([], one.type) for one in found]
        return self.batch(pa.RecordBatch.from_arrays(empty, schema=found)).schema

    def _geometries(self, column: pa.Array) -> pa.Array:
        read = read_column(column, self._tolerance)
        self._written.lost += int(read.unreadable.sum())
        self._written.curved += int(read.curved.sum())
        if not self._settled and len(column) > int(read.null.sum()):
            self._settle(read.geometries)
        wkb = pa.array(shapely.to_wkb(read.geometries, flavor="iso", byte_order=1), pa.binary())
        return as_multi(wkb) if self._multiple else wkb

    def _settle(self, geometries: Any) -> None:
        there = geometries[~shapely.is_missing(geometries)]
        kinds = {_NAMES[one] for one in np.unique(shapely.get_type_id(there)) if one >= 0}
        families = {_MULTIPLE.get(one, one) for one in kinds}
        self._settled = True
        if len(families) != 1:
            return
        (family,) = families
        self._multiple = family in _MULTIPLE.values()
        self.kind = f"{family} Z" if bool(shapely.has_z(there).any()) else family


def plain(column: pa.Array) -> pa.Array:
    """A column of a type that tables have: nested values as JSON, odd types as text."""
    if pa.types.is_dictionary(column.type):
        return plain(column.dictionary_decode())
    return next((make(column) for holds, make in _PLAIN if holds(column.type)), column)


def _json(column: pa.Array) -> pa.Array:
    texts = [
        None if one is None else orjson.dumps(one, default=str).decode()
        for one in column.to_pylist()
    ]
    return pa.array(texts, pa.string())


_PLAIN: Final[tuple[tuple[Callable[[pa.DataType], bool], Callable[[pa.Array], pa.Array]], ...]] = (
    (pa.types.is_nested, _json),
    (pa.types.is_null, lambda one: one.cast(pa.string())),
    (pa.types.is_duration, lambda one: one.cast(pa.int64()).cast(pa.string())),
    (pa.types.is_decimal, lambda one: one.cast(pa.float64())),
    (pa.types.is_uint64, lambda one: one.cast(pa.float64())),
    (pa.types.is_time, lambda one: one.cast(pa.string())),
    (pa.types.is_timestamp, lambda one: one.cast(pa.timestamp("ms", one.type.tz), safe=False)),
)
