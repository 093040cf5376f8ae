"""What a GeoPackage's own tables tell (OGC 12-128r18). GDAL leaves files beside what it opens."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa

from commonplace.batch import GEOMETRY
from commonplace.bounds import Bounds


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        yield database


def is_spatial(path: Path) -> bool:
    """Whether it opens and has a table with a geometry column."""
    try:
        with _opened(path) as database:
            return bool(
                database.execute("SELECT count(*) FROM gpkg_geometry_columns").fetchone()[0]
            )
    except sqlite3.Error:
        return False


def ids(
    path: Path, table: str, column: str, *, geometry: bool, most: int | None = None
) -> pa.Table:
    """The ids of a table in row order, and its geometries as they are kept (clause 2.1.3)."""
    with _opened(path) as database:
        shape = _geometry_column(database, table) if geometry else None
        names = [column] if shape is None else [column, shape]
        chosen = ", ".join(_quoted(one) for one in names)
        ordered = f"SELECT {chosen} FROM {_quoted(table)} ORDER BY rowid LIMIT ?"
        rows = database.execute(ordered, (-1 if most is None else most,)).fetchall()
    columns: dict[str, Any] = {"id": pa.array([one[0] for one in rows], pa.string())}
    if shape is not None:
        columns[GEOMETRY] = pa.array([one[1] for one in rows], pa.binary())
    return pa.table(columns)


def place(path: Path, table: str) -> tuple[Bounds | None, bool]:
    """A table's extent in its CRS (``gpkg_contents``), and whether it has geometries."""
    with _opened(path) as database:
        located = _geometry_column(database, table) is not None
        row = database.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?", (table,)
        ).fetchone()
    if row is None or None in row:
        return None, located
    return (float(row[0]), float(row[1]), float(row[2]), float(row[3])), located


def _geometry_column(database: sqlite3.Connection, table: str) -> str | None:
    row = database.execute(
        "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", (table,)
    ).fetchone()
    return None if row is None else str(row[0])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
