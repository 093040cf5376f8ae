"""Layers of a package as a SQLite file: every feature by its id, and by place.

pygeoapi's own provider for GeoJSON reads the whole file at each request. Here a feature is a
row: its text as the GeoJSON file has it, its id with an index, its bounds in an R-tree.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
import shapely

from commonplace.errors import SourceError, disk_errors
from commonplace.publish.layers import read_features
from commonplace.report import Observer, Silent
from commonplace.serving.contents import ServedLayer

AT_ONCE: Final = 5_000
KINDS: Final = {bool: "boolean", int: "integer", float: "number", str: "string"}
TABLES: Final = """
CREATE TABLE "{0}" (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, feature TEXT NOT NULL);
CREATE VIRTUAL TABLE "{0}_place" USING rtree (n, west, east, south, north);
"""
FIELDS: Final = "CREATE TABLE fields (layer TEXT, name TEXT, type TEXT, PRIMARY KEY (layer, name))"


def build_store(layers: Iterable[ServedLayer], path: Path, observer: Observer | None = None) -> int:
    """Write the layers' features to ``path``, whole or not at all; gives how many there are.

    Raises
    ------
    SourceError
        A file is no GeoJSON, or a feature has no id, or one that another has.
    OutputError
    """
    watched = observer or Silent()
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    total = 0
    try:
        with disk_errors(path.name), closing(sqlite3.connect(temporary)) as database:
            database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
            database.execute(FIELDS)
            for layer in layers:
                database.executescript(TABLES.format(layer.id.replace('"', '""')))
                for count in _filled(database, layer):
                    total += count
                    watched.progress("index", total, None)
            database.commit()
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return total


def _filled(database: sqlite3.Connection, layer: ServedLayer) -> Iterator[int]:
    table = layer.id.replace('"', '""')
    features = enumerate(read_features(layer.data), start=1)
    known: dict[str, str] = {}
    while some := list(islice(features, AT_ONCE)):
        rows = [(n, str(one["id"]), orjson.dumps(one).decode()) for n, one in some]
        try:
            database.executemany(f'INSERT INTO "{table}" VALUES (?, ?, ?)', rows)
        except sqlite3.IntegrityError as error:
            raise SourceError(
                f"{layer.data.name} has two features of one id",
                hint="commonplace validate tells which",
            ) from error
        database.executemany(f'INSERT INTO "{table}_place" VALUES (?, ?, ?, ?, ?)', _places(some))
        for _, one in some:
            _learn(known, one.get("properties") or {})
        yield len(rows)
    database.executemany(
        "INSERT INTO fields VALUES (?, ?, ?)",
        [(layer.id, name, kind) for name, kind in known.items()],
    )


def _places(some: list[tuple[int, dict[str, Any]]]) -> list[tuple[float, ...]]:
    """Rows of the R-tree; features without geometry have none."""
    texts = [orjson.dumps(one.get("geometry")) for _, one in some]
    bounds = shapely.bounds(shapely.from_geojson(texts, "ignore"))  # null is no geometry
    numbers = np.array([n for n, _ in some])
    there = np.isfinite(bounds).all(axis=1)
    found = bounds[there][:, [0, 2, 1, 3]].tolist()
    return [(int(n), *box) for n, box in zip(numbers[there], found, strict=True)]


def _learn(known: dict[str, str], properties: dict[str, Any]) -> None:
    """Names and JSON types of properties; of two kinds of number the wider, else text."""
    for name, value in properties.items():
        if value is None:
            continue
        kind = KINDS.get(type(value), "array" if isinstance(value, list) else "object")
        before = known.setdefault(name, kind)
        if before != kind:
            known[name] = "number" if {before, kind} == {"integer", "number"} else "string"
