"""The format: what it loses, its encoder, and the file made of the pieces."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyogrio.errors

from commonplace.errors import DiskFull, OutputError
from commonplace.formats import flat
from commonplace.formats.base import Begun, Encoder, Piece, whole
from commonplace.formats.gpkg.about import describe
from commonplace.formats.gpkg.early import EarlyTable
from commonplace.formats.gpkg.pieces import GeoPackageEncoder
from commonplace.formats.gpkg.tables import Table, tables, write_table
from commonplace.model.types import Kind
from commonplace.report import OutputFile
from commonplace.target import Dataset, Shape

SPARE_BYTES: Final = 1 << 20


class GeoPackage:
    """The format; see the package."""

    name = "gpkg"
    suffix = ".gpkg"
    media_type = "application/geopackage+sqlite3"

    def losses(self, shape: Shape) -> list[str]:
        lost = flat.losses(shape, column_reasons=True, related=True)
        return lost + list(_geometry_losses(shape))

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> Encoder:
        return GeoPackageEncoder(dataset, path)

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        return self.begin(dataset, shapes, folder).finish(pieces, folder)

    def begin(self, dataset: Dataset, shapes: Mapping[str, Shape], folder: Path) -> Begun:
        return _Begun(self, dataset, shapes, folder)


class _Begun:
    """A GeoPackage under way: its first table may be written before the last piece is there."""

    def __init__(
        self, form: GeoPackage, dataset: Dataset, shapes: Mapping[str, Shape], folder: Path
    ) -> None:
        self._form = form
        self._dataset = dataset
        self._shapes = shapes
        first = next(iter(shapes), "")
        self._early = EarlyTable(dataset, first, folder / f".{dataset.name}.early{form.suffix}")

    def add(self, piece: Piece) -> None:
        self._early.add(piece)

    def discard(self) -> None:
        self._early.discard()

    def finish(self, pieces: Sequence[Piece], folder: Path) -> list[OutputFile]:
        dataset, shapes = self._dataset, self._shapes
        every = {
            name: sum(one.count for one in pieces if one.feature_type == name) for name in shapes
        }
        counts = {name: count for name, count in every.items() if count}  # others have no table
        if not counts:
            return []
        path = folder / f"{dataset.name}{self._form.suffix}"
        with _whole(path) as temporary, _errors(path):
            written: list[Table] = list(tables(shapes, pieces))
            for table in written:
                begun = self._early.file_of(table)
                if begun is not None:
                    begun.replace(temporary)
                else:
                    write_table(dataset, table, temporary)
            describe(dataset, shapes, written, temporary)
        return [
            OutputFile(
                path=path.name,
                format=self._form.name,
                media_type=self._form.media_type,
                feature_types=tuple(counts),
                counts=counts,
                crs=dataset.crs.code,
                model=dataset.schema,
            )
        ]


def _geometry_losses(shape: Shape) -> Iterator[str]:
    """Where the geometries are that a feature is not drawn with."""
    default = flat.default_geometry(shape)
    lists: list[tuple[str, ...]] = []
    for path, node in flat.nodes(shape):
        if node.kind is Kind.GEOMETRY and not node.void and path != default:
            name = "_".join(path)
            inside = any(path[: len(one)] == one for one in lists)
            which = "that of the first object" if inside else "it"
            yield f"{name}: a table has one geometry; {which} is in table {shape.name}_{name}"
        if node.kind is Kind.OBJECT and node.repeated:
            lists.append(path)


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
def _errors(path: Path) -> Iterator[None]:
    """GDAL's and SQLite's errors as ours."""
    try:
        yield
    except (
        pyogrio.errors.DataSourceError,
        pyogrio.errors.DataLayerError,
        sqlite3.Error,
    ) as error:
        full = "disk is full" in str(error)  # SQLite says it so, GDAL repeats it
        if full or shutil.disk_usage(path.parent).free < SPARE_BYTES:
            raise DiskFull(f"no space left while writing {path.name}") from error
        raise OutputError(f"{path.name} can't be written: {error}") from error
