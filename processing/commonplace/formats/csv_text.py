"""CSV by RFC 4180: one file a feature type that has features, UTF-8, with a header.

Columns are those of :mod:`commonplace.formats.flat`: no value is an empty field, an empty
text is ``""``, lists are JSON. Geometries stand in the column ``WKT``, or where all are
points in ``x`` and ``y``; ``dataset.options["csv.geometry"]`` chooses ``wkt``, ``xy`` or
``none`` instead. Coordinates are x, y in the target CRS, which the package names.

A field's text depends on its value alone. Workers make whole columns of such texts;
joining them to lines is all that is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.formats import flat, rows
from commonplace.formats.base import Encoder, Piece, one_file_a_type
from commonplace.gml.ordinates import ordinate_lists
from commonplace.gml.pieces import Array, content, join, join_or_null, texts
from commonplace.gml.values import value_texts
from commonplace.report import OutputFile
from commonplace.target import Dataset, Geometries, Shape, TargetBatch

OPTION: Final = "csv.geometry"
WKT: Final = "WKT"
X: Final = "x"
Y: Final = "y"
LINE: Final = "\r\n"
SPECIAL: Final = b'",\r\n'
POINT: Final = "Point"


class Csv:
    """The format; see the module."""

    name = "csv"
    suffix = ".csv"
    media_type = "text/csv; charset=utf-8; header=present"

    def losses(self, shape: Shape) -> list[str]:
        lost = [*flat.losses(shape), "types of columns are not written"]
        default = flat.default_geometry(shape)
        lost += [
            f"{'_'.join(path)}: not written, a line has one geometry"
            for path in flat.geometry_paths(shape)
            if path != default
        ]
        if default is not None:
            lost.append("the CRS is not written; the package's manifest names it")
        return lost

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> Encoder:
        return CsvEncoder(dataset, path)

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        def write(_: str, mine: Sequence[Piece], path: Path) -> None:
            _write_file(dataset, mine, path)

        return one_file_a_type(self, dataset, shapes, pieces, folder, write)


class CsvEncoder:
    """Writes columns of fields, ready to be joined, to an Arrow IPC file."""

    def __init__(self, dataset: Dataset, path: Path) -> None:
        self._dataset = dataset
        self._path = path
        self._batches: list[pa.RecordBatch] = []
        self._kinds: set[str] = set()

    def write(self, batch: TargetBatch) -> None:
        made = flat.flatten(self._dataset, batch)
        builder = rows.RowsBuilder(WKT, X, Y)
        builder.add(rows.FEATURE_ID, fields(made.ids), sort="")
        for column in made.columns:
            texts_ = fields(flat.plain(column, made.rows))
            builder.add(column.name, texts_, language=column.language or "")
        table = builder.batch()
        if made.geometry is not None:
            geometries = flat.pooled(batch.geometries, made.geometry)
            self._kinds |= _families(geometries)
            decimals = self._dataset.crs.decimals
            for name, column in zip((X, Y), _positions(geometries, decimals), strict=True):
                table = _with_last(table, name, column)
            table = _with_last(table, WKT, _wkt(geometries, decimals))
        self._batches.append(table)

    def close(self) -> Mapping[str, object]:
        if self._batches:
            rows.write_rows(self._batches, self._path)
        self._batches = []
        return {"geometry": sorted(self._kinds)}


def _families(geometries: Geometries) -> set[str]:
    """Points, and whatever else."""
    found = np.unique(shapely.get_type_id(geometries[~shapely.is_missing(geometries)]))
    return {POINT if one == shapely.GeometryType.POINT else "other" for one in found.tolist()}


def _with_last(table: pa.RecordBatch, name: str, column: Array) -> pa.RecordBatch:
    field = pa.field(name, column.type, metadata={rows.SORT: f"~{table.num_columns:06d}"})
    return table.append_column(field, column)


def fields(column: Array) -> Array:
    """Values of any type a flat column may have, as CSV fields; null stays null."""
    kind = column.type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        return value_texts(column, None)
    column = texts(column)
    raw = content(column).tobytes()
    if any(one in raw for one in SPECIAL):
        marked = pc.match_substring_regex(column, '[",\r\n]')
        quoted = join_or_null(['"', pc.replace_substring(column, '"', '""'), '"'], len(column))
        column = pc.if_else(marked, quoted, column)
    return pc.if_else(pc.equal(column, ""), '""', column)


def _positions(geometries: Geometries, decimals: int) -> list[Array]:
    """The x and y of points; null for anything else."""
    points = (shapely.get_type_id(geometries) == 0) & ~shapely.is_empty(geometries)
    if not points.any():
        return [pa.nulls(len(geometries), pa.string())] * 2
    index = pa.array(np.cumsum(points) - 1, mask=~points)
    coordinates = shapely.get_coordinates(geometries[points])
    bounds = np.arange(len(coordinates) + 1, dtype=np.int64)
    found = [ordinate_lists(axis[:, np.newaxis], bounds, decimals) for axis in coordinates.T]
    return [pc.utf8_slice_codeunits(text, 1).take(index) for text in found]


def _wkt(geometries: Geometries, decimals: int) -> Array:
    text = shapely.to_wkt(geometries, rounding_precision=decimals, trim=True)
    return fields(pa.array(text, pa.string()))


def _write_file(dataset: Dataset, pieces: Sequence[Piece], path: Path) -> None:
    schema = rows.common_schema(rows.read_rows(piece).schema for piece in pieces)
    left_out = _left_out(dataset, rows.geometry_kinds(pieces))
    schema = pa.schema([one for one in schema if one.name not in left_out])
    header = fields(pa.array(schema.names, pa.string())).to_pylist()
    with path.open("wb") as file:
        file.write((",".join(header) + LINE).encode())
        for batch in rows.fitted_batches(pieces, schema):
            parts = [part for column in batch.columns for part in (",", column)]
            file.write(content(join([*parts[1:], LINE], batch.num_rows)))


def _left_out(dataset: Dataset, kinds: set[str]) -> set[str]:
    """The geometry columns that aren't wanted."""
    chosen = dataset.options.get(OPTION) or ("xy" if kinds == {POINT} else "wkt")
    wanted = {"wkt": {WKT}, "xy": {X, Y}}.get(chosen, set())
    return {WKT, X, Y} - wanted
