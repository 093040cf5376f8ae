"""Tables in files that only GDAL's row interface reads (fiona), about 30 times slower."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

import fiona
import pyarrow as pa
import shapely
from fiona.errors import FionaError, FionaValueError

from commonplace.batch import BATCH_ROWS, GEOMETRY, Field, Layer
from commonplace.bounds import Bounds
from commonplace.errors import MalformedAnswer
from commonplace.sources.archive import DataFile
from commonplace.sources.ogr import crs_name, heard
from commonplace.sources.rows import unique_names
from commonplace.sources.table import Table, Want

_TYPES: Final[Mapping[str, pa.DataType]] = {
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int": pa.int64(),
    "int64": pa.int64(),
    "float": pa.float64(),
    "str": pa.string(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "time": pa.time32("ms"),
    "datetime": pa.timestamp("ms"),
    "bytes": pa.binary(),
    "List[str]": pa.list_(pa.string()),
}


def tables(file: DataFile, encoding: str | None, notes: list[str]) -> list[Table]:
    """The tables of a file, in its order.

    Raises
    ------
    MalformedAnswer
    """
    try:
        with heard(notes):
            found = [_table(file, name, encoding, notes) for name in fiona.listlayers(file.address)]
    except (FionaError, FionaValueError, OSError, UnicodeError) as error:
        raise MalformedAnswer(f"{file.name} can't be read: {error}") from error
    if not found:
        raise MalformedAnswer(f"{file.name} has no layer")
    return found


def _table(file: DataFile, name: str, encoding: str | None, notes: list[str]) -> Table:
    with fiona.open(file.address, layer=name, encoding=encoding) as opened:
        stored = tuple(opened.schema["properties"])
        kinds = [_type(kind) for kind in opened.schema["properties"].values()]
        geometry = opened.schema["geometry"]
        wkt = opened.crs_wkt
        fields = tuple(
            Field(new, str(kind)) for new, kind in zip(unique_names(stored), kinds, strict=True)
        )
        layer = Layer(
            name=name,
            fields=fields,
            geometry_type=None if geometry == "None" else geometry,
            crs=crs_name(wkt, notes),
            extent=_bounds(opened) if geometry != "None" else None,
            count=len(opened),
            encoding=encoding,
        )
    return Table(file, "fiona", opened.driver, stored, layer, key=name, encoding=encoding)


def _bounds(opened: fiona.Collection) -> Bounds | None:
    if not len(opened):
        return None
    west, south, east, north = map(float, opened.bounds)
    return west, south, east, north


def _type(kind: str) -> pa.DataType:
    return _TYPES.get(kind, _TYPES.get(kind.partition(":")[0], pa.string()))


def read(
    table: Table, want: Want, encoding: str | None, notes: list[str]
) -> Iterator[pa.RecordBatch]:
    """Batches with the wanted columns, then the geometry. See :func:`commonplace.sources.ogr.read`.

    Raises
    ------
    MalformedAnswer
    """
    stored = dict(zip(table.layer.field_names, table.stored_names, strict=True))
    order = [name for name in table.layer.field_names if name in set(want.columns)]
    try:
        with fiona.open(table.file.address, layer=table.key, encoding=table.encoding) as opened:
            kinds = {name: _type(kind) for name, kind in opened.schema["properties"].items()}
            columns = [(name, stored[name], kinds[stored[name]]) for name in order]
            rows: Iterator[Any] = iter(opened.filter(bbox=want.bounds))
            rows = islice(rows, want.rows) if want.rows is not None else rows
            while chunk := _next_rows(rows, notes):
                yield _batch(chunk, columns, with_geometry=table.layer.geometry_type is not None)
    except (FionaError, FionaValueError, OSError) as error:
        where = f"{table.file.name}, layer {table.layer.name!r}"
        raise MalformedAnswer(f"{where} can't be read: {error}") from error


def _next_rows(rows: Iterator[Any], notes: list[str]) -> list[Any]:
    with heard(notes):
        return list(islice(rows, BATCH_ROWS))


def _batch(
    rows: list[Any], columns: list[tuple[str, str, pa.DataType]], *, with_geometry: bool
) -> pa.RecordBatch:
    arrays = [
        _column((row.properties[stored] for row in rows), kind) for _, stored, kind in columns
    ]
    names = [name for name, _, _ in columns]
    if with_geometry:
        shapes = [
            None if row.geometry is None else shapely.geometry.shape(row.geometry) for row in rows
        ]
        arrays.append(pa.array(shapely.to_wkb(shapes), pa.binary()))
        names.append(GEOMETRY)
    return pa.RecordBatch.from_arrays(arrays, names=names)


def _column(values: Iterable[object], kind: pa.DataType) -> pa.Array:
    if pa.types.is_date(kind):
        return pa.array([_parsed(value, date) for value in values], kind)
    if pa.types.is_timestamp(kind):
        return pa.array([_parsed(value, datetime) for value in values], kind)
    if pa.types.is_time(kind):
        return pa.array([_parsed(value, time) for value in values], kind)
    if pa.types.is_string(kind):
        return pa.array([None if one is None else str(one) for one in values], kind)
    return pa.array(list(values), kind)


def _parsed(value: object, kind: type[date] | type[datetime] | type[time]) -> object:
    return kind.fromisoformat(value) if isinstance(value, str) else value
