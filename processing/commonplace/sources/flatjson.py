"""GeoJSON (INSPIRE's encoding rule) and JSON-FG that hold features of the model, as flat rows.

Features are taken from the text one after another, whatever the size of the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final, TextIO

import numpy as np
import pyarrow as pa
import shapely

from commonplace.crs import target_crs
from commonplace.errors import MalformedAnswer
from commonplace.sources.flatrows import (
    Array,
    Attached,
    FlatLayer,
    FlatRows,
    Ints,
    Shapes,
    names_in,
)
from commonplace.sources.geojson import column, geometries, swapped
from commonplace.sources.jsonfgitems import system_of

LONLAT: Final = "OGC:CRS84"
ROWS: Final = 8_192
_BLOCK: Final = 1 << 20
_LARGEST: Final = 256 << 20
_HEAD_MOST: Final = 16 << 20
_FEATURES: Final = re.compile(r'"features"\s*:\s*\[')
_BETWEEN: Final = re.compile(r"[\s,]*")
_JSON_FG: Final = re.compile(r'"(coordRefSys|conformsTo|featureType)"\s*:')
_DECODER: Final = json.JSONDecoder()

Feature = dict[str, Any]


def is_json_fg(path: Path) -> bool:
    """Whether a JSON file says of itself, before its features, that it is JSON-FG."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        head = file.read(_BLOCK)
    return _JSON_FG.search(_FEATURES.split(head)[0]) is not None


def json_layers(path: Path) -> list[FlatLayer]:
    """The one feature type of a feature collection.

    Raises
    ------
    MalformedAnswer
        It is no feature collection.
    CrsUnknown
        ``coordRefSys`` names a CRS that nobody knows.
    """
    head = _head(path)
    names = [head[key] for key in ("featureType", "name") if isinstance(head.get(key), str)]
    system = system_of(head)
    swap = target_crs(system).swap if system else False

    def rows(known: bool) -> Iterator[FlatRows]:
        features = _features(path)
        while some := list(islice(features, ROWS)):
            yield _rows(some, known=known, placed=system is not None, swap=swap)

    systems = (system, LONLAT) if system else (LONLAT,)
    return [FlatLayer((*names, *names_in(path.stem)), systems, rows, lonlat=system is None)]


# -- the text ----------------------------------------------------------------------------


def _head(path: Path) -> Feature:
    """The members of a collection that stand before its features."""
    with _opened(path) as file:
        text, match = _until_features(path, file)
    try:
        head = json.loads(text[: match.start()].rstrip().removesuffix(",") + "}")
    except (ValueError, RecursionError):
        return {}
    return head if isinstance(head, dict) else {}


def _opened(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig")


def _until_features(path: Path, file: TextIO) -> tuple[str, re.Match[str]]:
    text = ""
    try:
        while block := file.read(_BLOCK):
            text += block
            if match := _FEATURES.search(text):
                return text, match
            if len(text) > _HEAD_MOST:
                break
    except UnicodeDecodeError as error:
        raise _malformed(path, f"it is not in UTF-8 ({error.reason})") from error
    raise _malformed(path, 'it has no "features"')


def _malformed(path: Path, what: str) -> MalformedAnswer:
    return MalformedAnswer(
        f"{path.name} is no GeoJSON feature collection: {what}", hint="see RFC 7946, section 3.3"
    )


def _features(path: Path) -> Iterator[Feature]:
    """The features of a collection, one after another."""
    with _opened(path) as file:
        text, match = _until_features(path, file)
        at = match.end()
        while True:
            between = _BETWEEN.match(text, at)
            at = between.end() if between else at
            if at < len(text) and text[at] == "]":
                return
            try:
                feature, end = _DECODER.raw_decode(text, at)
            except RecursionError as error:
                raise _malformed(path, "it is nested too deeply") from error
            except ValueError as error:
                more = file.read(max(_BLOCK, len(text) - at))
                if not more or len(text) - at > _LARGEST:
                    raise _malformed(path, f"{error}") from error
                text, at = text[at:] + more, 0
                continue
            if not isinstance(feature, dict):
                raise _malformed(path, "a feature is no object")
            yield feature
            at = end
            if at > _BLOCK:
                text, at = text[at:], 0


# -- rows --------------------------------------------------------------------------------


def _rows(features: list[Feature], *, known: bool, placed: bool, swap: bool) -> FlatRows:
    """Features as rows. ``placed``: the geometry is ``place`` where there is one."""
    properties = [one.get("properties") or {} for one in features]
    names = list(dict.fromkeys(name for one in properties for name in one))
    columns: dict[str, Array] = {}
    attached: dict[str, Attached] = {}
    for name in names:
        values = [one.get(name) for one in properties]
        nested = _nested(values, system=int(placed)) if known else None
        if nested is not None:
            attached[name] = nested
        else:
            columns[name] = column(values)[0]
    shapes, systems, broken = _shapes(features, placed=placed, swap=swap)
    ids = [None if one.get("id") is None else str(one["id"]) for one in features]
    there = not shapely.is_missing(shapes).all()
    return FlatRows(
        ids=pa.array(ids, pa.string()),
        columns=columns,
        geometries=shapes if there else None,
        systems=systems,
        attached=attached,
        broken=broken,
    )


def _shapes(features: list[Feature], *, placed: bool, swap: bool) -> tuple[Shapes, Ints, int]:
    """The geometries, the number of each one's CRS, and how many could not be read."""
    plain, unreadable = geometries([one.get("geometry") for one in features])
    if not placed:
        return plain, np.zeros(len(features), dtype=np.int64), len(unreadable)
    shapes, unread = geometries([one.get("place") for one in features])
    shapes = swapped(shapes) if swap else shapes
    missing = shapely.is_missing(shapes)
    return np.where(missing, plain, shapes), missing.astype(np.int64), len(unread)


def _nested(values: list[Any], *, system: int) -> Attached | None:
    """Geometries, or lists of objects, as rows of their own; None for anything else."""
    found = [(row, one) for row, one in enumerate(values) if one is not None]
    if found and all(_is_geometry(one) for _, one in found):
        return _attached([(row, {"": one}) for row, one in found], system)
    if not found or not all(isinstance(one, list) for _, one in found):
        return None
    items = [(row, item) for row, one in found for item in one]
    if items and all(_is_geometry(item) for _, item in items):
        return _attached([(row, {"": item}) for row, item in items], system)
    if items and all(isinstance(item, dict) for _, item in items):
        return _attached(items, system)
    return None


def _is_geometry(value: Any) -> bool:
    return isinstance(value, dict) and ("coordinates" in value or "geometries" in value)


def _attached(items: list[tuple[int, dict[str, Any]]], system: int) -> Attached:
    """Rows of objects; a geometry among their members is the rows' geometry."""
    objects = [one for _, one in items]
    names = list(dict.fromkeys(name for one in objects for name in one))
    drawn = next((n for n in names if any(_is_geometry(one.get(n)) for one in objects)), None)
    columns = {
        name: column([one.get(name) for one in objects])[0] for name in names if name != drawn
    }
    shapes = None
    if drawn is not None:
        shapes, _ = geometries([one.get(drawn) for one in objects])
    parents = np.array([row for row, _ in items], dtype=np.int64)
    return Attached(parents, columns, shapes, system)
