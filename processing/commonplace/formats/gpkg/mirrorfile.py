"""Writes a GeoPackage that is kept in step afterwards (:mod:`commonplace.formats.gpkg.mirror`)."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyogrio

from commonplace.batch import GEOMETRY, Layer
from commonplace.errors import OutputError, disk_errors
from commonplace.formats.gpkg.blobs import WGS84, kinds_of
from commonplace.formats.gpkg.tables import VERSION

ID: Final = "id"
ROW_ID: Final = "commonplace_fid"  # an attribute may be called fid
TOMBSTONES: Final = "_tombstones"


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
        kinds = {name for batch in self.batches for name in kinds_of(batch)}
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
        f"CREATE UNIQUE INDEX {quoted(f'{layer}_{ID}')} ON {quoted(layer)} ({quoted(ID)})"
    )
    database.execute("UPDATE gpkg_geometry_columns SET z = 2 WHERE table_name = ?", (layer,))
    database.execute(
        f"CREATE TABLE {quoted(buried)} ({ROW_ID} INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        f"{ID} TEXT NOT NULL UNIQUE, deleted_at TEXT NOT NULL)"
    )
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
        " VALUES (?, 'attributes', ?, ?, ?)",
        (buried, buried, f"what was removed from {layer}", as_text(datetime.now(UTC))),
    )
    database.executemany(
        f"INSERT INTO {quoted(buried)} ({ID}, deleted_at) VALUES (?, ?)", list(gone.items())
    )


def quoted(text: str) -> str:
    """An identifier in SQL."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def as_text(when: datetime) -> str:
    """A moment as GeoPackage writes it."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
