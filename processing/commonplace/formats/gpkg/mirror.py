"""A GeoPackage that is kept in step: rows replaced and removed by id, one transaction a time.

GDAL writes the file first, with its spatial index (:mod:`commonplace.formats.gpkg.mirrorfile`);
afterwards rows change through SQLite, whose triggers keep index and counts right. What was
removed stands in a table beside (``<layer>_tombstones``: id and time) until the id is back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY
from commonplace.errors import OutputError, TargetBusy
from commonplace.formats.gpkg.blobs import FUNCTIONS, bodies, body, geometry_blobs, kinds_of
from commonplace.formats.gpkg.mirrorfile import ID, ROW_ID, TOMBSTONES, as_text, quoted

PATIENCE: Final = 5.0  # seconds to wait for another program that holds the file
_SQL_TYPES: Final[tuple[tuple[Callable[[pa.DataType], bool], str], ...]] = (
    (pa.types.is_boolean, "BOOLEAN"),
    (pa.types.is_integer, "INTEGER"),
    (pa.types.is_floating, "REAL"),
    (pa.types.is_timestamp, "DATETIME"),
)
# What a column, once declared, takes without loss.
_TAKES: Final = {
    "BOOLEAN": {"BOOLEAN"},
    "INTEGER": {"INTEGER", "BOOLEAN"},
    "REAL": {"REAL", "INTEGER", "BOOLEAN"},
    "TEXT": {"TEXT"},
    "DATETIME": {"DATETIME"},
}


@dataclass(slots=True)
class Counts:
    """How many rows came, changed and went."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def plus(self, other: Counts) -> None:
        self.added += other.added
        self.changed += other.changed
        self.removed += other.removed


class Mirror:
    """An open GeoPackage written by :func:`write_mirror`.

    Raises
    ------
    OutputError
        When the file is none of these.
    TargetBusy
        When another program holds it. Nothing has changed then.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._database = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        for name, function in FUNCTIONS.items():
            self._database.create_function(name, 1, function, deterministic=True)

    def __enter__(self) -> Mirror:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._database.close()

    def has(self, layer: str) -> bool:
        """Whether the file keeps this layer in step."""
        with self._told():
            return bool(self._columns(layer)) and bool(self._columns(layer + TOMBSTONES))

    def ids(self, layer: str) -> set[str]:
        with self._told():
            rows = self._database.execute(f"SELECT {quoted(ID)} FROM {quoted(layer)}")
            return {row[0] for row in rows}

    def tombstones(self, layer: str) -> dict[str, str]:
        """Ids and times of what is gone."""
        with self._told():
            rows = self._database.execute(
                f"SELECT {ID}, deleted_at FROM {quoted(layer + TOMBSTONES)} ORDER BY {ROW_ID}"
            )
            return dict(rows.fetchall())

    def fingerprints(self, layer: str) -> Iterator[tuple[str, int]]:
        """Ids and :func:`fingerprints` of the rows that the file holds."""
        with self._told():
            rows = self._database.execute(f"SELECT * FROM {quoted(layer)}")
            names = [one[0] for one in rows.description]
            identity = names.index(ID)
            for row in rows:
                told = (
                    (name, body(value) if name == GEOMETRY and value is not None else value)
                    for name, value in zip(names, row, strict=True)
                    if name != ROW_ID
                )
                yield str(row[identity]), _mark(told)

    def fits(self, layer: str, batch: pa.RecordBatch) -> bool:
        """Whether rows can be put without loss: columns of other types need a new file."""
        with self._told():
            declared = {name.lower(): kind for name, kind in self._columns(layer).items()}
            for field in batch.schema:
                if field.name == GEOMETRY or pa.types.is_null(field.type):
                    continue
                kind = declared.get(field.name.lower())
                if kind is not None and sql_type(field.type) not in _TAKES.get(kind, ()):
                    return False
            return _fits_geometry(self._database, layer, batch)

    def apply(self, layer: str, batch: pa.RecordBatch | None, gone: Mapping[str, str]) -> Counts:
        """Put rows (by id) and remove others, all or nothing.

        Parameters
        ----------
        gone
            Ids and times of deletion. Those that aren't there are no error.
        """
        counts = Counts()
        with self._told(), _transaction(self._database):
            if batch is not None and batch.num_rows:
                self._widen(layer, batch.schema)
                counts.added = self._put(layer, batch)
                counts.changed = batch.num_rows - counts.added
            if gone:
                counts.removed = self._remove(layer, gone)
            self._stamp(layer, batch)
        return counts

    def _widen(self, layer: str, schema: pa.Schema) -> None:
        known = {one.lower() for one in self._columns(layer)}
        for field in schema:
            if field.name.lower() not in known:
                self._database.execute(
                    f"ALTER TABLE {quoted(layer)} ADD COLUMN {quoted(field.name)} "
                    f"{sql_type(field.type)}"
                )

    def _put(self, layer: str, batch: pa.RecordBatch) -> int:
        """Insert or update by id; how many rows are new.

        Not as one upsert: its conflict clause would overrule that of the index's triggers
        (SQLite: CREATE TRIGGER), which then fail.
        """
        names = batch.schema.names
        columns = [
            geometry_blobs(column) if name == GEOMETRY else _values(column)
            for name, column in zip(names, batch.columns, strict=True)
        ]
        # A row is the whole entity: what it doesn't hold any more is nothing.
        kept = {one.lower() for one in names} | {ROW_ID}
        lost = [one for one in self._columns(layer) if one.lower() not in kept]
        ids = batch.column(ID).to_pylist()
        there = _there(self._database, layer, ids)
        rows = list(zip(*columns, strict=True))
        new = [row for row, one in zip(rows, ids, strict=True) if one not in there]
        known = [(*row, one) for row, one in zip(rows, ids, strict=True) if one in there]
        assigned = [f"{quoted(one)} = ?" for one in names] + [
            f"{quoted(one)} = NULL" for one in lost
        ]
        self._database.executemany(
            f"UPDATE {quoted(layer)} SET {', '.join(assigned)} WHERE {quoted(ID)} = ?", known
        )
        self._database.executemany(
            f"INSERT INTO {quoted(layer)} ({', '.join(map(quoted, names))}) "
            f"VALUES ({', '.join('?' * len(names))})",
            new,
        )
        self._database.executemany(
            f"DELETE FROM {quoted(layer + TOMBSTONES)} WHERE {ID} = ?", [(one,) for one in ids]
        )
        return len(new)

    def _remove(self, layer: str, gone: Mapping[str, str]) -> int:
        before = self._count(layer)
        self._database.executemany(
            f"DELETE FROM {quoted(layer)} WHERE {quoted(ID)} = ?", [(one,) for one in gone]
        )
        self._database.executemany(
            f"INSERT OR REPLACE INTO {quoted(layer + TOMBSTONES)} ({ID}, deleted_at) VALUES (?, ?)",
            list(gone.items()),
        )
        return before - self._count(layer)

    def _count(self, layer: str) -> int:
        return int(self._database.execute(f"SELECT count(*) FROM {quoted(layer)}").fetchone()[0])

    def _stamp(self, layer: str, batch: pa.RecordBatch | None) -> None:
        """When the layer changed, and the rectangle it now reaches over."""
        self._database.execute(
            "UPDATE gpkg_contents SET last_change = ? WHERE table_name IN (?, ?)",
            (as_text(datetime.now(UTC)), layer, layer + TOMBSTONES),
        )
        if batch is None or GEOMETRY not in batch.schema.names or not batch.num_rows:
            return
        shapes = shapely.from_wkb(batch.column(GEOMETRY).to_numpy(zero_copy_only=False))
        west, south, east, north = shapely.total_bounds(shapes).tolist()
        if np.isfinite(west):
            self._database.execute(
                "UPDATE gpkg_contents SET min_x = min(ifnull(min_x, ?1), ?1),"
                " min_y = min(ifnull(min_y, ?2), ?2), max_x = max(ifnull(max_x, ?3), ?3),"
                " max_y = max(ifnull(max_y, ?4), ?4) WHERE table_name = ?5",
                (west, south, east, north, layer),
            )

    def _columns(self, layer: str) -> dict[str, str]:
        rows = self._database.execute(f"PRAGMA table_info({quoted(layer)})")
        return {row[1]: _declared(row[2]) for row in rows}

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "") in ("SQLITE_BUSY", "SQLITE_LOCKED"):
                raise TargetBusy(
                    f"{self._path.name} is held by another program",
                    hint="it is tried again; close the program if it goes on",
                ) from error
            raise OutputError(f"{self._path.name}: {error}") from error


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def _fits_geometry(database: sqlite3.Connection, layer: str, batch: pa.RecordBatch) -> bool:
    kinds = kinds_of(batch)
    if not kinds:
        return True
    row = database.execute(
        "SELECT geometry_type_name FROM gpkg_geometry_columns WHERE table_name = ?", (layer,)
    ).fetchone()
    if row is None:
        return False
    allowed = row[0].upper()
    return allowed == "GEOMETRY" or {one.upper() for one in kinds} <= {allowed}


def _there(database: sqlite3.Connection, layer: str, ids: Sequence[str]) -> set[str]:
    """Which of some ids the layer has."""
    found = f"SELECT 1 FROM {quoted(layer)} WHERE {quoted(ID)} = ?"
    return {one for one in ids if database.execute(found, (one,)).fetchone()}


def sql_type(kind: pa.DataType) -> str:
    """A column's type in GeoPackage."""
    return next((name for is_kind, name in _SQL_TYPES if is_kind(kind)), "TEXT")


def _declared(text: str) -> str:
    """The family of a declared type: GDAL writes MEDIUMINT, TEXT(20) and the like."""
    upper = text.upper()
    if upper.endswith("INT") or upper == "INTEGER":
        return "INTEGER"
    if upper in ("REAL", "FLOAT", "DOUBLE"):
        return "REAL"
    return upper.partition("(")[0]


def fingerprints(batch: pa.RecordBatch) -> Iterator[tuple[str, int]]:
    """Ids and fingerprints of rows; alike for rows alike, in a batch or in a file, in one run."""
    names = batch.schema.names
    columns = [
        bodies(column) if name == GEOMETRY else _values(column)
        for name, column in zip(names, batch.columns, strict=True)
    ]
    ids = batch.column(ID).to_pylist()
    for name, row in zip(ids, zip(*columns, strict=True), strict=True):
        yield str(name), _mark(zip(names, row, strict=True))


def _mark(told: Iterable[tuple[str, Any]]) -> int:
    return hash(frozenset(pair for pair in told if pair[1] is not None))


def _values(column: pa.Array) -> list[Any]:
    if pa.types.is_timestamp(column.type):
        return [None if one is None else as_text(one) for one in column.to_pylist()]
    found: list[Any] = column.to_pylist()
    return found
