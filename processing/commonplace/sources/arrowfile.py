"""GeoParquet and GeoArrow files, read by pyarrow (GDAL's wheels have no Parquet driver)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.dataset as ds
import shapely

from commonplace.batch import BATCH_ROWS, GEOMETRY, Field, Layer
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import MalformedAnswer
from commonplace.sources.archive import DataFile
from commonplace.sources.crsname import CRS84
from commonplace.sources.ogr import plain
from commonplace.sources.rows import unique_names
from commonplace.sources.table import Table, Want

FORMATS: Final = {
    ".parquet": "parquet",
    ".geoparquet": "parquet",
    ".arrow": "ipc",
    ".feather": "ipc",
    ".ipc": "ipc",
}
_SHAPES: Final = {
    "point": shapely.GeometryType.POINT,
    "linestring": shapely.GeometryType.LINESTRING,
    "polygon": shapely.GeometryType.POLYGON,
    "multipoint": shapely.GeometryType.MULTIPOINT,
    "multilinestring": shapely.GeometryType.MULTILINESTRING,
    "multipolygon": shapely.GeometryType.MULTIPOLYGON,
}


def is_one(file: DataFile) -> bool:
    """Whether the file's name says that it is of this family, and lies plainly on disk."""
    return _format(file) is not None and not file.address.startswith("/vsi")


def _format(file: DataFile) -> str | None:
    folded = file.name.casefold()
    return next((kind for suffix, kind in FORMATS.items() if folded.endswith(suffix)), None)


def tables(file: DataFile) -> list[Table]:
    """The one table of a file.

    Raises
    ------
    MalformedAnswer
    """
    try:
        data = ds.dataset(file.address, format=_format(file))
        count = data.count_rows()
    except (pa.ArrowException, OSError) as error:
        raise MalformedAnswer(f"{file.name} can't be read: {error}") from error
    primary, described = _geometry(data.schema)
    stored = [name for name in data.schema.names if name != primary]
    fields = tuple(
        Field(new, str(_plain_type(data.schema.field(name).type)))
        for new, name in zip(unique_names(stored), stored, strict=True)
    )
    layer = Layer(
        name=file.stem,
        fields=fields,
        geometry_type=None if primary is None else _geometry_type(described),
        crs=None if primary is None else _crs(described),
        extent=_extent(described),
        count=count,
        encoding="UTF-8",
    )
    driver = {"parquet": "Parquet", "ipc": "Arrow"}[_format(file) or "ipc"]
    return [Table(file, "arrow", driver, tuple(stored), layer, key=primary or "")]


def _plain_type(kind: pa.DataType) -> pa.DataType:
    return plain(pa.nulls(0, kind)).type if not pa.types.is_dictionary(kind) else kind.value_type


def _geometry(schema: pa.Schema) -> tuple[str | None, Mapping[str, Any]]:
    """The geometry column and its description, from the file's or the field's metadata."""
    stated = (schema.metadata or {}).get(b"geo")
    if stated is not None:
        described = json.loads(stated)
        primary = described["primary_column"]
        return primary, described["columns"][primary]
    for field in schema:
        metadata = field.metadata or {}
        name = metadata.get(b"ARROW:extension:name", b"").decode()
        if isinstance(field.type, pa.BaseExtensionType):
            name = field.type.extension_name
        if name.startswith(("geoarrow.", "ogc.wkb")):
            stated = metadata.get(b"ARROW:extension:metadata", b"{}")
            return field.name, {
                "encoding": name.rpartition(".")[2],
                **json.loads(stated or b"{}"),
                "arrow": True,
            }
    return None, {}


def _geometry_type(described: Mapping[str, Any]) -> str:
    kinds = described.get("geometry_types") or []
    return kinds[0] if len(kinds) == 1 else "Unknown"


def _crs(described: Mapping[str, Any]) -> str | None:
    """GeoParquet 1.1: no ``crs`` means OGC:CRS84, null means unknown; GeoArrow: none is none."""
    if "crs" not in described:
        return None if described.get("arrow") else CRS84
    crs = described["crs"]
    if crs is None:
        return None
    return identify(crs if isinstance(crs, str) else json.dumps(crs))


def _extent(described: Mapping[str, Any]) -> Bounds | None:
    box = described.get("bbox")
    if not box:
        return None
    half = len(box) // 2
    return float(box[0]), float(box[1]), float(box[half]), float(box[half + 1])


def read(
    table: Table, want: Want, encoding: str | None, notes: list[str]
) -> Iterator[pa.RecordBatch]:
    """Batches with the wanted columns, then the geometry as WKB.

    Raises
    ------
    MalformedAnswer
    """
    primary = str(table.key) or None
    stored = dict(zip(table.layer.field_names, table.stored_names, strict=True))
    order = [name for name in table.layer.field_names if name in set(want.columns)]
    names = [stored[name] for name in order]
    try:
        data = ds.dataset(table.file.address, format=_format(table.file))
        _, described = _geometry(data.schema)
        wanted = names if primary is None else [*names, primary]
        for batch in data.to_batches(columns=wanted, batch_size=BATCH_ROWS):
            if batch.num_rows:
                yield _arranged(batch, order, primary, str(described.get("encoding", "WKB")))
    except (pa.ArrowException, OSError) as error:
        raise MalformedAnswer(f"{table.file.name} can't be read: {error}") from error


def _arranged(
    batch: pa.RecordBatch, order: list[str], primary: str | None, encoding: str
) -> pa.RecordBatch:
    columns = [_value(column) for column in batch.columns[: len(order)]]
    if primary is None:
        return pa.RecordBatch.from_arrays(columns, names=order)
    geometry = plain(batch.column(len(order)))
    if encoding.casefold() != "wkb":
        geometry = _wkb(geometry, encoding.casefold())
    return pa.RecordBatch.from_arrays([*columns, geometry], names=[*order, GEOMETRY])


def _value(column: pa.Array) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        return plain(column.dictionary_decode())
    return plain(column)


def _wkb(column: pa.Array, encoding: str) -> pa.Array:
    """Native GeoArrow coordinates (separated or interleaved) as WKB."""
    valid = column.is_valid().to_numpy(zero_copy_only=False)
    inner = column.drop_null()
    offsets: list[npt.NDArray[np.int64]] = []
    while pa.types.is_list(inner.type) or pa.types.is_large_list(inner.type):
        starts = inner.offsets.to_numpy().astype(np.int64)
        offsets.append(starts - starts[0])
        inner = inner.flatten()
    shapes = np.full(len(column), None, dtype=object)
    shapes[valid] = shapely.from_ragged_array(
        _SHAPES[encoding], _coordinates(inner), tuple(reversed(offsets)) or None
    )
    return pa.array(shapely.to_wkb(shapes), pa.binary())


def _coordinates(column: pa.Array) -> npt.NDArray[np.float64]:
    if pa.types.is_struct(column.type):
        parts = [one.to_numpy(zero_copy_only=False) for one in column.flatten()]
        return np.column_stack(parts[:3]).astype(np.float64)
    size = column.type.list_size
    return np.asarray(column.flatten(), dtype=np.float64).reshape(-1, size)
