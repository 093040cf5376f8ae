"""A GeoPackage that is kept in step: rows replaced and removed by id, one transaction a time.

GDAL writes the file first, with its spatial index; afterwards rows change through SQLite,
whose triggers keep index and counts right. What was removed stands in a table beside
(``<layer>_tombstones``: id and time) until the id comes back.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from commonplace.batch import GEOMETRY, Layer
from commonplace.errors import OutputError, TargetBusy, disk_errors
from commonplace.formats.gpkg.tables import VERSION

ID: Final = "id"
ROW_ID: Final = "commonplace_fid"  # an attribute may be called fid
TOMBSTONES: Final = "_tombstones"
WGS84: Final = 4326
PATIENCE: Final = 5.0  # seconds to wait for another program that holds the file
_HEADER: Final = struct.Struct("<2sBBi")
_LITTLE: Final = 0b00001
_EMPTY: Final = 0b10000
_ENVELOPES: Final = (0, 32, 48, 48, 64)
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


@dataclass(frozen=True, slots=True)
class Content:
    """A layer to write: its rows, all of one schema, and what geometries they have."""

    layer: Layer
    schema: pa.Schema
    batches: Sequence[pa.RecordBatch]

    @property
    def geometry_type(self) -> str | None:
        if GEOMETRY not in self.schema.names:
            return None
        kinds = {name for batch in self.batches for name in _kinds(batch)}
        if not kinds and self.layer.geometry_type:
            return self.layer.geometry_type
        return kinds.pop() if len(kinds) == 1 else "Unknown"


def write_mirror(
    path: Path, contents: Sequence[Content], tombstones: Mapping[str, Mapping[str, str]]
) -> None:
    """Write the file anew, whole, in place of the old one.

    Parameters
    ----------
    tombstones
        By layer, ids and times of what is gone.

    Raises
    ------
    OutputError, DiskFull
    """
    temporary = path.with_name(f".{path.stem}.part.gpkg")
    with disk_errors(path.name):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.unlink(missing_ok=True)
        try:
            for one in contents:
                _write_layer(temporary, one)
            with closing(sqlite3.connect(temporary, isolation_level=None)) as database:
                for one in contents:
                    _prepare(database, one.layer.name, tombstones.get(one.layer.name, {}))
            temporary.replace(path)
        except sqlite3.Error as error:
            raise OutputError(f"{path.name} can't be written: {error}") from error
        finally:
            temporary.unlink(missing_ok=True)


def _write_layer(path: Path, content: Content) -> None:
    geometry = content.geometry_type
    located = {"GEOMETRY_NAME": GEOMETRY, "SPATIAL_INDEX": "YES"} if geometry else {}
    pyogrio.write_arrow(
        pa.RecordBatchReader.from_batches(content.schema, content.batches),
        path,
        layer=content.layer.name,
        driver="GPKG",
        geometry_name=GEOMETRY if geometry else None,
        geometry_type=geometry,
        crs=f"EPSG:{WGS84}" if geometry else None,
        layer_options={"FID": ROW_ID, **located},
        dataset_options=None if path.exists() else {"VERSION": VERSION},
        append=path.exists(),
    )


def _prepare(database: sqlite3.Connection, layer: str, gone: Mapping[str, str]) -> None:
    """Ids unique, the table of tombstones; geometries may have heights or not."""
    buried = layer + TOMBSTONES
    database.execute(
        f"CREATE UNIQUE INDEX {_name(f'{layer}_{ID}')} ON {_name(layer)} ({_name(ID)})"
    )
    database.execute("UPDATE gpkg_geometry_columns SET z = 2 WHERE table_name = ?", (layer,))
    database.execute(
        f"CREATE TABLE {_name(buried)} ({ROW_ID} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        f"{ID} TEXT NOT NULL UNIQUE, deleted_at TEXT NOT NULL)"
    )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
        " VALUES (?, 'attributes', ?, ?, ?)",
        (buried, buried, f"what was removed from {layer}", _now()),
    )
    database.executemany(
        f"INSERT INTO {_name(buried)} ({ID}, deleted_at) VALUES (?, ?)", list(gone.items())
    )


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
        for name, function in _FUNCTIONS.items():
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
            rows = self._database.execute(f"SELECT {_name(ID)} FROM {_name(layer)}")
            return {row[0] for row in rows}

    def tombstones(self, layer: str) -> dict[str, str]:
        """Ids and times of what is gone."""
        with self._told():
            rows = self._database.execute(
                f"SELECT {ID}, deleted_at FROM {_name(layer + TOMBSTONES)} ORDER BY {ROW_ID}"
            )
            return dict(rows.fetchall())

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
                    f"ALTER TABLE {_name(layer)} ADD COLUMN {_name(field.name)} "
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
        assigned = [f"{_name(one)} = ?" for one in names] + [f"{_name(one)} = NULL" for one in lost]
        self._database.executemany(
            f"UPDATE {_name(layer)} SET {', '.join(assigned)} WHERE {_name(ID)} = ?", known
        )
        self._database.executemany(
            f"INSERT INTO {_name(layer)} ({', '.join(map(_name, names))}) "
            f"VALUES ({', '.join('?' * len(names))})",
            new,
        )
        self._database.executemany(
            f"DELETE FROM {_name(layer + TOMBSTONES)} WHERE {ID} = ?", [(one,) for one in ids]
        )
        return len(new)

    def _remove(self, layer: str, gone: Mapping[str, str]) -> int:
        before = self._count(layer)
        self._database.executemany(
            f"DELETE FROM {_name(layer)} WHERE {_name(ID)} = ?", [(one,) for one in gone]
        )
        self._database.executemany(
            f"INSERT OR REPLACE INTO {_name(layer + TOMBSTONES)} ({ID}, deleted_at) VALUES (?, ?)",
            list(gone.items()),
        )
        return before - self._count(layer)

    def _count(self, layer: str) -> int:
        return int(self._database.execute(f"SELECT count(*) FROM {_name(layer)}").fetchone()[0])

    def _stamp(self, layer: str, batch: pa.RecordBatch | None) -> None:
        """When the layer changed, and the rectangle it now reaches over."""
        self._database.execute(
            "UPDATE gpkg_contents SET last_change = ? WHERE table_name IN (?, ?)",
            (_now(), layer, layer + TOMBSTONES),
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
        rows = self._database.execute(f"PRAGMA table_info({_name(layer)})")
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
    kinds = _kinds(batch)
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
    found = f"SELECT 1 FROM {_name(layer)} WHERE {_name(ID)} = ?"
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


def _kinds(batch: pa.RecordBatch) -> set[str]:
    if GEOMETRY not in batch.schema.names:
        return set()
    shapes = shapely.from_wkb(batch.column(GEOMETRY).to_numpy(zero_copy_only=False))
    return {str(one.geom_type) for one in shapes if one is not None}


def geometry_blobs(column: pa.Array) -> list[bytes | None]:
    """WKB as GeoPackage's binary (OGC 12-128r18 §2.1.3): header, no envelope, ISO WKB."""
    shapes = shapely.from_wkb(column.to_numpy(zero_copy_only=False))
    bodies = shapely.to_wkb(shapes, flavor="iso", byte_order=1)
    empty = shapely.is_empty(shapes)
    return [
        None
        if body is None
        else _HEADER.pack(b"GP", 0, _LITTLE | _EMPTY * int(hollow), WGS84) + body
        for body, hollow in zip(bodies, empty, strict=True)
    ]


def _values(column: pa.Array) -> list[Any]:
    if pa.types.is_timestamp(column.type):
        return [None if one is None else _moment(one) for one in column.to_pylist()]
    found: list[Any] = column.to_pylist()
    return found


def _moment(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def _now() -> str:
    return _moment(datetime.now(UTC))


def _name(text: str) -> str:
    """A quoted identifier."""
    quoted = text.replace('"', '""')
    return f'"{quoted}"'


# --- what the triggers of the spatial index call ---


def _shape(blob: bytes) -> shapely.Geometry:
    return shapely.from_wkb(blob[8 + _ENVELOPES[(blob[3] >> 1) & 0b111] :])


def _is_empty(blob: bytes | None) -> int | None:
    return None if blob is None else int(_shape(blob).is_empty)


def _bound(position: int) -> Callable[[bytes | None], float | None]:
    def bound(blob: bytes | None) -> float | None:
        return None if blob is None else float(_shape(blob).bounds[position])

    return bound


_FUNCTIONS: Final[dict[str, Callable[[bytes | None], float | int | None]]] = {
    "ST_IsEmpty": _is_empty,
    "ST_MinX": _bound(0),
    "ST_MinY": _bound(1),
    "ST_MaxX": _bound(2),
    "ST_MaxY": _bound(3),
}
