"""What Mapbox vector tiles hold, as rows; and the pieces of a feature put together again.

Until all pieces are there, coordinates are whole numbers: :data:`UNITS` a tile, from the
matrix's upper left corner. So neighbouring tiles agree to the bit on the edge that they share.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from commonplace.batch import GEOMETRY
from commonplace.sources.rows import conform, unified
from commonplace.sources.tilematrix import Matrix

STEPS: Final = 4_096  # a tile's own grid, as nearly all have it
UNITS: Final = 16 * STEPS
ID: Final = "mvt_id"
SUBLAYER: Final = "layer"
HALF: Final = 20_037_508.342789244  # of the tile 0/0/0, as which GDAL is given each


def read_tile(
    folder: Path, matrix: Matrix, column: int, row: int, body: bytes
) -> Iterator[pa.RecordBatch]:
    """The rows of each layer of a tile, by GDAL, which wants a tile's place in its path."""
    down = matrix.rows - 1 - row if matrix.upward else row
    path = folder / "0" / "0" / "0.pbf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    for name, _ in pyogrio.list_layers(path):
        _, table = pyogrio.read_arrow(path, layer=str(name))
        geometry = table.schema.names[-1]
        columns = {SUBLAYER: pa.array([str(name)] * table.num_rows, pa.string())}
        for column_name in table.schema.names:
            if column_name != geometry:
                columns[column_name] = table.column(column_name).combine_chunks()
        columns[GEOMETRY] = _placed(table.column(geometry), column, down)
        yield pa.RecordBatch.from_pydict(columns)
    path.unlink()


def _placed(column: pa.ChunkedArray, left: int, top: int) -> pa.Array:
    """Geometries in units of the matrix, downward as a tile's own are."""
    place = np.array([left, top], np.float64)

    def moved(ordinates: Any) -> Any:
        share = np.column_stack([ordinates[:, 0] + HALF, HALF - ordinates[:, 1]]) / (2 * HALF)
        return np.rint((place + share) * UNITS)

    shapes = shapely.transform(shapely.from_wkb(column.to_numpy()), moved)
    return pa.array(shapely.to_wkb(shapes), pa.binary())


def together(pieces: Sequence[pa.RecordBatch], matrix: Matrix) -> tuple[pa.Table, bool]:
    """Rows of all tiles in one schema and in the CRS, and whether pieces could be united."""
    if not pieces:
        none = pa.schema([(SUBLAYER, pa.string()), (GEOMETRY, pa.binary())])
        return none.empty_table(), True
    schema, _ = unified([one.schema for one in pieces])
    table = pa.Table.from_batches([conform(one, schema) for one in pieces])
    identified = ID in schema.names and not table.column(ID).null_count
    if identified:
        table = _united(table)
    else:
        table = _without_repeats(table.drop_columns([ID]) if ID in schema.names else table)
    return _in_crs(table, matrix), identified


def _in_crs(table: pa.Table, matrix: Matrix) -> pa.Table:
    left, _, _, top = matrix.extent
    corner = np.array([left, top])
    size = np.array([matrix.width, -matrix.height]) / UNITS

    def moved(units: Any) -> Any:
        return corner + units * size

    shapes = shapely.transform(shapely.from_wkb(table.column(GEOMETRY).to_numpy()), moved)
    at = table.schema.get_field_index(GEOMETRY)
    return table.set_column(at, GEOMETRY, pa.array(shapely.to_wkb(shapes), pa.binary()))


def _without_repeats(table: pa.Table) -> pa.Table:
    """Rows that two tiles have alike, as points on an edge are, once."""
    seen: dict[tuple[Any, ...], int] = {}
    columns = [one.to_pylist() for one in table.columns]
    for number, row in enumerate(zip(*columns, strict=True)):
        seen.setdefault(tuple(str(one) for one in row), number)
    return table.take(list(seen.values()))


def _united(table: pa.Table) -> pa.Table:
    """One row a feature: all pieces that have its id and its values.

    The id alone is not enough: some services number the features of each tile anew.
    """
    values = [one.to_pylist() for one in table.drop_columns([GEOMETRY]).columns]
    rows: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(zip(*values, strict=True)):
        rows.setdefault(tuple(str(one) for one in row), []).append(number)
    shapes = shapely.from_wkb(table.column(GEOMETRY).to_numpy())
    whole = [_one(shapes[numbers]) for numbers in rows.values()]
    first = table.take([numbers[0] for numbers in rows.values()])
    at = first.schema.get_field_index(GEOMETRY)
    return first.set_column(at, GEOMETRY, pa.array(shapely.to_wkb(whole), pa.binary()))


def _one(pieces: Sequence[Any]) -> Any:
    if len(pieces) == 1:
        return pieces[0]
    found = shapely.union_all(np.asarray(pieces, object), grid_size=1.0)
    return shapely.line_merge(found) if shapely.get_dimensions(found) == 1 else found
