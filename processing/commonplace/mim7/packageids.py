"""Ids of a package's objects, from whichever of its encodings gives them soonest."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from commonplace.batch import GEOMETRY
from commonplace.errors import MalformedAnswer
from commonplace.mim7 import gpkg
from commonplace.sources.ogr import safe_options

#: Encodings whose ids can be read: with geometries first, those in spatial order after.
READABLE: Final = ("gpkg", "geoparquet", "flatgeobuf", "csv", "gml", "ngsild")
COLUMN: Final = "gml_id"
_ENTITY: Final = re.compile(rb'^\{"id":"([^"]+)"', re.MULTILINE)
_CHUNK: Final = 8 << 20
_LONGEST_TAG: Final = 4096


@dataclass(frozen=True, slots=True)
class TypeIds:
    """The ids of a feature type in the order they are written, with geometries if asked for.

    ``table`` has the columns ``id`` and maybe ``geometry``; ``extent`` is in the file's CRS.
    """

    feature_type: str
    path: str
    table: pa.Table
    crs: str | None
    extent: tuple[float, float, float, float] | None = None
    located: bool = True


def ids_of(
    folder: Path, outputs: Sequence[Mapping[str, Any]], *, geometry: bool = False
) -> Iterator[TypeIds]:
    """The ids of all feature types; those of encodings that can't be read are left out."""
    for feature_type in dict.fromkeys(name for one in outputs for name in one["feature_types"]):
        holding = [one for one in outputs if feature_type in one["feature_types"]]
        holding.sort(key=lambda one: _order(one["format"]))
        files = [one for one in holding if one["format"] == holding[0]["format"]]
        if _order(files[0]["format"]) == len(READABLE):
            continue
        parts = []
        for one in files:
            with _readable(folder / one["path"]):
                parts.append(_read(folder / one["path"], one["format"], feature_type, geometry))
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


def _read(path: Path, name: str, feature_type: str, geometry: bool) -> pa.Table:
    if name == "geoparquet":
        there = pa.parquet.read_schema(path).names
        columns = [COLUMN, *([GEOMETRY] if geometry and GEOMETRY in there else [])]
        return pa.parquet.read_table(path, columns=columns).rename_columns(
            {COLUMN: "id"} if len(columns) == 1 else {COLUMN: "id", GEOMETRY: GEOMETRY}
        )
    if name == "gpkg":
        return gpkg.ids(path, feature_type, COLUMN, geometry=geometry)
    if name == "flatgeobuf":
        return _by_gdal(path, geometry)
    if name == "csv":
        options = pa.csv.ConvertOptions(
            include_columns=[COLUMN], column_types={COLUMN: pa.string()}
        )
        parsing = pa.csv.ParseOptions(newlines_in_values=True)
        read = pa.csv.read_csv(path, parse_options=parsing, convert_options=options)
        return read.rename_columns(["id"])
    if name == "gml":
        ids = [one.decode() for one in _in_text(path, _gml_pattern(feature_type))]
    else:
        ids = [one.decode() for one in _ENTITY.findall(path.read_bytes())]
    return pa.table({"id": pa.array(ids, pa.string())})


def _by_gdal(path: Path, geometry: bool) -> pa.Table:
    with safe_options():
        meta, table = pyogrio.read_arrow(path, columns=[COLUMN], read_geometry=geometry)
    shape = meta.get("geometry_name") or "wkb_geometry"
    found = {"id": table.column(COLUMN)}
    if geometry and shape in table.column_names:
        found[GEOMETRY] = pc.cast(table.column(shape), pa.binary())
    return pa.table(found)


def _gml_pattern(feature_type: str) -> re.Pattern[bytes]:
    name = re.escape(feature_type.encode())
    return re.compile(rb"<(?:[\w.\-]+:)?" + name + rb'\s[^<>]*?\bgml:id="([^"]*)"')


def _in_text(path: Path, pattern: re.Pattern[bytes]) -> Iterator[bytes]:
    """Matches in a file of any size, read in pieces that overlap at a tag's start."""
    kept = b""
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            text = kept + piece
            end = 0
            for match in pattern.finditer(text):
                end = match.end()
                yield match[1]
            last = text.rfind(b"<", max(end, len(text) - _LONGEST_TAG))
            kept = text[last:] if last >= 0 else b""


def _place(
    folder: Path, files: Sequence[Mapping[str, Any]], feature_type: str
) -> tuple[str | None, tuple[float, float, float, float] | None, bool]:
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
