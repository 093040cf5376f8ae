"""GeoPackage 1.3: one file a dataset, one table a feature type.

Rules of ``INSPIRE-MIF/gp-geopackage-encodings`` and ``IAAA-Lab/U2G``: table and column
names are those of type and property, coordinates x, y, an R-tree on each geometry column.
Workers write flat Arrow files; GDAL makes the GeoPackage of them, in batches of a fixed
size, since its transactions (one a batch) show in the file's bytes.
"""

from __future__ import annotations

import shutil
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import pyogrio.errors
import shapely

from commonplace.errors import DiskFull, OutputError
from commonplace.formats import flat
from commonplace.formats.base import Encoder, Piece, whole
from commonplace.gml.pieces import Array
from commonplace.report import OutputFile
from commonplace.target import Dataset, Geometries, Shape, TargetBatch

VERSION: Final = "1.3"
BATCH_ROWS: Final = 16_384
FEATURE_ID: Final = "gml_id"
ROW_ID: Final = "fid"
SORT: Final = "sort"
GEOMETRY: Final = "#"  # sorts behind the id, before the columns
SINGLE: Final = (1, 2, 3, 1001, 1002, 1003)  # ISO WKB of points, lines, polygons, also with Z
SPARE_BYTES: Final = 1 << 20
CLOCK: Final = "OGR_CURRENT_DATE"

_TYPES: Final = (
    "Point",
    "LineString",
    "LineString",
    "Polygon",
    "MultiPoint",
    "MultiLineString",
    "MultiPolygon",
    "GeometryCollection",
)


class GeoPackage:
    """The format; see the module."""

    name = "gpkg"
    suffix = ".gpkg"
    media_type = "application/geopackage+sqlite3"

    def losses(self, shape: Shape) -> list[str]:
        lost = flat.losses(shape)
        default = flat.default_geometry(shape)
        lost += [
            f"{'_'.join(path)}: not written, a table has one geometry"
            for path in flat.geometry_paths(shape)
            if path != default
        ]
        return lost

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> Encoder:
        return GeoPackageEncoder(dataset, path)

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        counts = {
            name: sum(one.count for one in pieces if one.feature_type == name) for name in shapes
        }
        if not any(counts.values()):
            return []
        path = folder / f"{dataset.name}{self.suffix}"
        with _whole(path) as temporary, _gdal_errors(path), _clock(dataset):
            for feature_type, count in counts.items():
                if count:
                    mine = [one for one in pieces if one.feature_type == feature_type]
                    _write_table(dataset, feature_type, mine, temporary)
        return [
            OutputFile(
                path=path.name,
                format=self.name,
                media_type=self.media_type,
                feature_types=tuple(counts),
                counts=counts,
                crs=dataset.crs.code,
                model=dataset.schema,
            )
        ]


class GeoPackageEncoder:
    """Writes flat rows to an Arrow IPC file, geometries as WKB."""

    def __init__(self, dataset: Dataset, path: Path) -> None:
        self._dataset = dataset
        self._path = path
        self._batches: list[pa.RecordBatch] = []
        self._kinds: set[str] = set()

    def write(self, batch: TargetBatch) -> None:
        made = flat.flatten(self._dataset, batch)
        names, arrays, sorts = [FEATURE_ID], [made.ids], [""]
        taken = {ROW_ID, FEATURE_ID}
        default = flat.default_geometry(batch.shape)
        if made.geometry is not None and default is not None:
            geometries = flat.pooled(batch.geometries, made.geometry)
            self._kinds |= _kinds(geometries)
            wkb = pa.array(shapely.to_wkb(geometries, flavor="iso", byte_order=1), pa.binary())
            names.append(default[0])
            arrays.append(wkb)
            sorts.append(GEOMETRY)
            taken.add(default[0].lower())
        position = 0
        for column in made.columns:
            position += column.language is None
            names.append(_free(column.name, taken))
            arrays.append(flat.plain(column, made.rows))
            sorts.append(f"{position:06d}{column.language or ''}")
        fields = [
            pa.field(name, array.type, metadata={SORT: sort})
            for name, array, sort in zip(names, arrays, sorts, strict=True)
        ]
        self._batches.append(pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields)))

    def close(self) -> Mapping[str, object]:
        if self._batches:
            schema = _common_schema([one.schema for one in self._batches])
            with pa.OSFile(str(self._path), "wb") as sink, pa.ipc.new_file(sink, schema) as writer:
                for batch in self._batches:
                    writer.write(_fitted(batch, schema))
        self._batches = []
        return {"geometry": sorted(self._kinds)}


def _free(name: str, taken: set[str]) -> str:
    """A column name nobody has; SQLite compares them without case."""
    free = name
    number = 1
    while free.lower() in taken:
        number += 1
        free = f"{name}_{number}"
    taken.add(free.lower())
    return free


def _kinds(geometries: Geometries) -> set[str]:
    """The geometry types that occur, such as ``Polygon`` or ``MultiPolygon Z``."""
    present = geometries[~shapely.is_missing(geometries)]
    kinds = np.unique(shapely.get_type_id(present) * 2 + shapely.has_z(present))
    return {_TYPES[kind // 2] + (" Z" if kind % 2 else "") for kind in kinds.tolist()}


def _common_schema(schemas: Sequence[pa.Schema]) -> pa.Schema:
    """All columns that occur; those of languages in alphabetical order."""
    fields: dict[str, pa.Field] = {}
    for schema in schemas:
        for field in schema:
            fields.setdefault(field.name, field)
    return pa.schema(sorted(fields.values(), key=_sort))


def _sort(field: pa.Field) -> str:
    text: bytes = field.metadata[SORT.encode()]
    return text.decode()


def _fitted(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """A batch with the columns of a schema; those it lacks are null."""
    if batch.schema.names == schema.names:
        return batch.cast(schema)
    there = dict(zip(batch.schema.names, batch.columns, strict=True))
    arrays = [
        there[field.name] if field.name in there else pa.nulls(batch.num_rows, field.type)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _write_table(dataset: Dataset, feature_type: str, pieces: Sequence[Piece], path: Path) -> None:
    schema = _common_schema([_read(piece).schema for piece in pieces])
    geometry = next((one.name for one in schema if _sort(one) == GEOMETRY), None)
    kind, several = _geometry_type(pieces)
    first = not path.exists()
    about = {key: getattr(dataset, key) for key in ("title", "licence", "attribution")}
    pyogrio.write_arrow(
        pa.RecordBatchReader.from_batches(schema, _batches(pieces, schema, geometry, several)),
        path,
        layer=feature_type,
        driver="GPKG",
        geometry_name=geometry,
        geometry_type=kind if geometry else None,
        crs=dataset.crs.code if geometry else None,
        dataset_metadata={key: text for key, text in about.items() if text} if first else None,
        dataset_options={"VERSION": VERSION} if first else None,
        layer_options={
            "FID": ROW_ID,
            "IDENTIFIER": feature_type,
            "DESCRIPTION": dataset.title,
            **({"GEOMETRY_NAME": geometry, "SPATIAL_INDEX": "YES"} if geometry else {}),
        },
    )


def _geometry_type(pieces: Sequence[Piece]) -> tuple[str, bool]:
    """The table's geometry type, and whether single geometries become multiple ones."""
    kinds: set[str] = set()
    for piece in pieces:
        found = piece.details["geometry"]
        assert isinstance(found, list)
        kinds.update(found)
    height = " Z" if any(one.endswith(" Z") for one in kinds) else ""
    bare = {one.removesuffix(" Z") for one in kinds}
    families = {one.removeprefix("Multi") for one in bare}
    if len(bare) == 1:
        return bare.pop() + height, False
    if len(families) == 1:
        return f"Multi{families.pop()}{height}", True
    return "Unknown", False


def _read(piece: Piece) -> pa.Table:
    with pa.memory_map(str(piece.path), "r") as source:
        return pa.ipc.open_file(source).read_all()


def _batches(
    pieces: Sequence[Piece], schema: pa.Schema, geometry: str | None, several: bool
) -> Iterator[pa.RecordBatch]:
    """The rows of all pieces in batches of :data:`BATCH_ROWS`, however they were cut."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for piece in pieces:
        for batch in _read(piece).to_batches():
            fitted = _fitted(batch, schema)
            if geometry and several:
                at = schema.get_field_index(geometry)
                fitted = fitted.set_column(at, schema.field(at), _as_multi(fitted.column(at)))
            waiting.append(fitted)
            rows += batch.num_rows
        while rows >= BATCH_ROWS:
            table = pa.Table.from_batches(waiting)
            yield _one_batch(table.slice(0, BATCH_ROWS))
            waiting = table.slice(BATCH_ROWS).to_batches()
            rows -= BATCH_ROWS
    if rows:
        yield _one_batch(pa.Table.from_batches(waiting))


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    batch: pa.RecordBatch = table.combine_chunks().to_batches()[0]
    return batch


def _as_multi(wkb: Array) -> Array:
    """Single geometries as multi-geometries of one: a head before the same bytes."""
    offsets = np.frombuffer(wkb.buffers()[1], np.int32)[wkb.offset : wkb.offset + len(wkb)]
    data = np.frombuffer(wkb.buffers()[2], np.uint8)
    there = wkb.is_valid().to_numpy(zero_copy_only=False)
    types = np.zeros(len(wkb), dtype=np.int64)
    types[there] = data[offsets[there] + 1] + 256 * data[offsets[there] + 2].astype(np.int64)
    heads = pa.array([struct.pack("<BII", 1, one + 3, 1) for one in SINGLE], pa.binary())
    which = np.searchsorted(SINGLE, types)
    single = np.isin(types, SINGLE)
    head = pc.fill_null(heads.take(pa.array(which, mask=~single)), b"")
    return pc.binary_join_element_wise(head, wkb, b"")


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    """A temporary file with the suffix GDAL wants, renamed when the block ends well."""
    with whole(path) as temporary:
        made = temporary.with_suffix(path.suffix)
        try:
            made.unlink(missing_ok=True)
            yield made
            made.replace(temporary)
        finally:
            for left in path.parent.glob(f"{made.name}*"):
                if left != temporary:
                    left.unlink()


@contextmanager
def _clock(dataset: Dataset) -> Iterator[None]:
    """GDAL's clock stands at the dataset's time, so that the same rows give the same bytes."""
    time = datetime.fromisoformat(dataset.as_of).astimezone(UTC)
    pyogrio.set_gdal_config_options({CLOCK: time.strftime("%Y-%m-%dT%H:%M:%S.000Z")})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({CLOCK: None})


@contextmanager
def _gdal_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        if "disk is full" in str(error) or shutil.disk_usage(path.parent).free < SPARE_BYTES:
            raise DiskFull(f"no space left while writing {path.name}") from error
        raise OutputError(f"{path.name} can't be written: {error}") from error
