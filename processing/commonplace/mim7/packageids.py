"""Ids of a package's objects, from whichever of its encodings gives them soonest."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from commonplace.batch import GEOMETRY
from commonplace.bounds import Bounds
from commonplace.errors import MalformedAnswer
from commonplace.mim7 import gpkg
from commonplace.sources.ogr import safe_options

#: Encodings whose ids can be read: with geometries first, those in spatial order after.
READABLE: Final = ("gpkg", "geoparquet", "flatgeobuf", "csv", "gml", "ngsild")
COLUMN: Final = "gml_id"
_ENTITY: Final = re.compile(rb'^\{"id":"([^"]+)"', re.MULTILINE)
_CHUNK: Final = 8 << 20
_LONGEST_TAG: Final = 4096
_LONGEST_LINE: Final = 4096  # up to the id of an entity
_BATCH: Final = 65_536


@dataclass(frozen=True, slots=True)
class TypeIds:
    """The ids of a feature type in the order they are written, with geometries if asked for.

    ``table`` has the columns ``id`` and maybe ``geometry``; ``extent`` is in the file's CRS.
    """

    feature_type: str
    path: str
    table: pa.Table
    crs: str | None
    extent: Bounds | None = None
    located: bool = True


def ids_of(
    folder: Path,
    outputs: Sequence[Mapping[str, Any]],
    *,
    geometry: bool = False,
    most: int | None = None,
) -> Iterator[TypeIds]:
    """The ids of all feature types; those of encodings that can't be read are left out.

    ``most`` bounds the rows of a file and type that are read: the first ones.
    """
    for feature_type in dict.fromkeys(name for one in outputs for name in one["feature_types"]):
        holding = [one for one in outputs if feature_type in one["feature_types"]]
        holding.sort(key=lambda one: _order(one["format"]))
        files = [one for one in holding if one["format"] == holding[0]["format"]]
        if _order(files[0]["format"]) == len(READABLE):
            continue
        parts = []
        for one in files:
            with _readable(folder / one["path"]):
                path = folder / one["path"]
                parts.append(_read(path, one["format"], feature_type, geometry, most))
        same = all(one.column_names == parts[0].column_names for one in parts)
        table = pa.concat_tables(parts if same else [one.select(["id"]) for one in parts])
        with _readable(folder / files[0]["path"]):
            crs, extent, located = _place(folder, holding, feature_type)
        yield TypeIds(feature_type, files[0]["path"], table, crs, extent, located)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Errors of the libraries as ours, with the file's name."""
    try:
        yield
    except (OSError, pa.ArrowException, sqlite3.Error, DataSourceError, DataLayerError) as error:
        raise MalformedAnswer(
            f"{path.name} of the package can't be read: {error}",
            hint="commonplace validate tells whether the package is whole",
        ) from error


def _order(name: str) -> int:
    return READABLE.index(name) if name in READABLE else len(READABLE)


def _read(path: Path, name: str, feature_type: str, geometry: bool, most: int | None) -> pa.Table:
    match name:
        case "geoparquet":
            return _parquet(path, geometry, most)
        case "gpkg":
            return gpkg.ids(path, feature_type, COLUMN, geometry=geometry, most=most)
        case "flatgeobuf":
            return _by_gdal(path, geometry, most)
        case "csv":
            return _csv(path, most)
        case "gml":
            found = _in_text(path, _gml_pattern(feature_type), b"<", _LONGEST_TAG)
        case _:
            found = _in_text(path, _ENTITY, b"\n", _LONGEST_LINE)
    ids = [one.decode() for one in islice(found, most)]
    return pa.table({"id": pa.array(ids, pa.string())})


def _parquet(path: Path, geometry: bool, most: int | None) -> pa.Table:
    with pa.parquet.ParquetFile(path) as file:
        there = file.schema_arrow.names
        columns = [COLUMN, *([GEOMETRY] if geometry and GEOMETRY in there else [])]
        batches = file.iter_batches(most or _BATCH, columns=columns)
        read = list(batches if most is None else islice(batches, 1))
        schema = pa.schema([file.schema_arrow.field(one) for one in columns])
    return pa.Table.from_batches(read, schema).rename_columns(["id", *columns[1:]])


def _csv(path: Path, most: int | None) -> pa.Table:
    options = pa.csv.ConvertOptions(include_columns=[COLUMN], column_types={COLUMN: pa.string()})
    parsing = pa.csv.ParseOptions(newlines_in_values=True)
    batches = []
    with pa.csv.open_csv(path, parse_options=parsing, convert_options=options) as reader:
        rows = 0
        for batch in reader:
            batches.append(batch)
            rows += len(batch)
            if most is not None and rows >= most:
                break
        read = pa.Table.from_batches(batches, reader.schema)
    return read.slice(0, most).rename_columns(["id"])


def _by_gdal(path: Path, geometry: bool, most: int | None) -> pa.Table:
    with safe_options():
        meta, table = pyogrio.read_arrow(
            path, columns=[COLUMN], read_geometry=geometry, max_features=most
        )
    shape = meta.get("geometry_name") or "wkb_geometry"
    found = {"id": table.column(COLUMN)}
    if geometry and shape in table.column_names:
        found[GEOMETRY] = pc.cast(table.column(shape), pa.binary())
    return pa.table(found)


def _gml_pattern(feature_type: str) -> re.Pattern[bytes]:
    name = re.escape(feature_type.encode())
    return re.compile(rb"<(?:[\w.\-]+:)?" + name + rb'\s[^<>]*?\bgml:id="([^"]*)"')


def _in_text(
    path: Path, pattern: re.Pattern[bytes], starts: bytes, longest: int
) -> Iterator[bytes]:
    """Matches in a file of any size, read in pieces that overlap where a match may start."""
    kept = b""
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            text = kept + piece
            end = 0
            for match in pattern.finditer(text):
                end = match.end()
                yield match[1]
            last = text.rfind(starts, max(end, len(text) - longest))
            kept = text[last:] if last >= 0 else b""


def _place(
    folder: Path, files: Sequence[Mapping[str, Any]], feature_type: str
) -> tuple[str | None, Bounds | None, bool]:
    """CRS, extent and whether there are geometries, from an encoding that knows at once."""
    known = next((one for one in files if one["format"] in ("gpkg", "flatgeobuf")), None)
    if known is None:
        return files[0]["crs"], None, True
    if known["format"] == "gpkg":
        return known["crs"], *gpkg.place(folder / known["path"], feature_type)
    with safe_options():
        told = pyogrio.read_info(folder / known["path"], force_total_bounds=True)
    bounds = told.get("total_bounds")
    located = told.get("geometry_type") is not None
    if bounds is None or not all(abs(one) < float("inf") for one in bounds):
        return known["crs"], None, located
    extent = (float(bounds[0]), float(bounds[1]), float(bounds[2]), float(bounds[3]))
    return known["crs"], extent, located
