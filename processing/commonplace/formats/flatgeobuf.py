"""FlatGeobuf 3: one file a feature type that has features, by GDAL's own writer.

Columns are those of :mod:`commonplace.formats.flat`, coordinates x, y in the target CRS.
GDAL sorts features by a Hilbert curve over the file's bounds and packs an R-tree of them;
the order it is fed in is the rows', so the bytes do not depend on how they were cut.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyogrio
import pyogrio.errors
import shapely

from commonplace.errors import DiskFull, OutputError
from commonplace.formats import flat, rows
from commonplace.formats.base import Encoder, Piece, one_file_a_type
from commonplace.report import OutputFile
from commonplace.target import Dataset, Shape, TargetBatch

SPARE_BYTES: Final = 1 << 20


class FlatGeobuf:
    """The format; see the module."""

    name = "flatgeobuf"
    suffix = ".fgb"
    media_type = "application/vnd.flatgeobuf"

    def losses(self, shape: Shape) -> list[str]:
        lost = flat.losses(shape)
        default = flat.default_geometry(shape)
        lost += [
            f"{'_'.join(path)}: not written, a feature has one geometry"
            for path in flat.geometry_paths(shape)
            if path != default
        ]
        if default is not None:
            lost.append("without a spatial index where a feature has no geometry")
        return lost

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> Encoder:
        return FlatGeobufEncoder(dataset, path)

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        def write(feature_type: str, mine: Sequence[Piece], path: Path) -> None:
            with _gdal_errors(folder / f"{dataset.name}_{feature_type}{self.suffix}"):
                _write_file(dataset, feature_type, mine, path)

        return one_file_a_type(self, dataset, shapes, pieces, folder, write)


class FlatGeobufEncoder:
    """Writes flat rows to an Arrow IPC file, geometries as WKB."""

    def __init__(self, dataset: Dataset, path: Path) -> None:
        self._dataset = dataset
        self._path = path
        self._batches: list[pa.RecordBatch] = []
        self._kinds: set[str] = set()
        self._everywhere = True

    def write(self, batch: TargetBatch) -> None:
        made, geometries = rows.flat_rows(self._dataset, batch)
        if geometries is None:
            self._everywhere = False
        else:
            kinds = rows.kinds(made.column(rows.geometry_column(made.schema)))
            _, several = rows.geometry_type(kinds)
            if several:  # a worker's time, not the writer's
                made = _with_multiple(made)
                kinds = {f"Multi{one.removeprefix('Multi')}" for one in kinds}
            self._kinds |= kinds
            absent = shapely.is_missing(geometries) | shapely.is_empty(geometries)
            self._everywhere &= not absent.any()
        self._batches.append(_dates_as_text(made))

    def close(self) -> Mapping[str, object]:
        if self._batches:
            rows.write_rows(self._batches, self._path)
        self._batches = []
        return {"geometry": sorted(self._kinds), "everywhere": bool(self._everywhere)}


def _dates_as_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Dates as ISO 8601 text: a FlatGeobuf column can't hold a date without a time."""
    for at, field in enumerate(batch.schema):
        if pa.types.is_date(field.type):
            text = batch.column(at).cast(pa.string())
            batch = batch.set_column(at, field.with_type(pa.string()), text)
    return batch


def _write_file(dataset: Dataset, feature_type: str, pieces: Sequence[Piece], path: Path) -> None:
    schema = rows.common_schema(rows.read_rows(piece).schema for piece in pieces)
    geometry = rows.geometry_column(schema)
    kind, several = rows.geometry_type(rows.geometry_kinds(pieces))
    indexed = all(piece.details["everywhere"] for piece in pieces)
    about = {"TITLE": dataset.title, "DESCRIPTION": _rights(dataset)}
    made = path.with_suffix(FlatGeobuf.suffix)  # GDAL makes a folder of a name it doesn't know
    made.unlink(missing_ok=True)
    try:
        pyogrio.write_arrow(
            pa.RecordBatchReader.from_batches(schema, _batches(pieces, schema, several)),
            made,
            layer=feature_type,
            driver="FlatGeobuf",
            geometry_name=geometry,
            geometry_type=kind if geometry else None,
            crs=dataset.crs.code if geometry else None,
            layer_options={
                "SPATIAL_INDEX": "YES" if indexed else "NO",
                "TEMPORARY_DIR": str(path.parent),
                **{key: text for key, text in about.items() if text},
            },
        )
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _rights(dataset: Dataset) -> str:
    return "; ".join(one for one in (dataset.licence, dataset.attribution) if one)


def _batches(pieces: Sequence[Piece], schema: pa.Schema, several: bool) -> Iterator[pa.RecordBatch]:
    for piece in pieces:
        single = several and any(
            not one.startswith("Multi") for one in rows.geometry_kinds([piece])
        )
        for batch in rows.fitted_batches([piece], schema):
            yield _with_multiple(batch) if single else batch


def _with_multiple(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Rows whose single geometries are multi-geometries of one."""
    at = batch.schema.get_field_index(rows.geometry_column(batch.schema))
    return batch.set_column(at, batch.schema.field(at), rows.as_multi(batch.column(at)))


@contextmanager
def _gdal_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        if shutil.disk_usage(path.parent).free < SPARE_BYTES:
            raise DiskFull(f"no space left while writing {path.name}") from error
        raise OutputError(f"{path.name} can't be written: {error}") from error
