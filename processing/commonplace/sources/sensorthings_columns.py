"""Entities of SensorThings as columns: one list a member, related entities flattened.

``properties`` become ``properties_x``, ``unitOfMeasurement`` ``unit_x``, a related entity
``thing_id`` and ``thing_name``; times that are intervals get a second column, ``…_end``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.batch import GEOMETRY
from commonplace.sources.geojson import Geometries, column, geometries, wkb
from commonplace.sources.rows import unique_names

ID: Final = "@iot.id"
INSTANT: Final = pa.timestamp("us", "UTC")
TIMES: Final = ("phenomenonTime", "resultTime", "validTime", "time")
_UNITS: Final = "unitOfMeasurement"
_PREFIXES: Final = {_UNITS: "unit"}
_RELATED: Final = ("name", "definition")
#: Where each set has its geometry: its own member, and those that lead to a location.
_SHAPES: Final = frozenset(("location", "feature"))
_INTERVAL: Final = r"^([^/]*)/(.*)$"
_LONG_FRACTION: Final = r"(\.\d{6})\d+"
_NO_ZONE: Final = r"^(.*T[^Z+-]*)$"
_ONLY_DATE: Final = r"^(\d{4}-\d{2}-\d{2})$"

Values = Sequence[Any]


@dataclass(slots=True)
class Columns:
    """Columns of one page. ``paths`` tell how the server calls them in filters."""

    arrays: dict[str, pa.Array] = field(default_factory=dict)
    paths: dict[str, str] = field(default_factory=dict)
    mixed: list[str] = field(default_factory=list)
    bad_times: int = 0
    unreadable: int = 0

    def batch(self) -> pa.RecordBatch:
        return pa.RecordBatch.from_pydict(self.arrays)

    def add(self, name: str, path: str, values: Values) -> None:
        """A column of JSON values."""
        made, alike = column(list(values))
        self.arrays[name] = made
        self.paths[name] = path
        if not alike:
            self.mixed.append(name)


def entity_columns(entities: Sequence[Mapping[str, Any]], *, located: bool) -> Columns:
    """Entities as they come in JSON, maybe with related ones expanded."""
    names = dict.fromkeys(name for one in entities for name in one if "@" not in name)
    members = {name: [one.get(name) for one in entities] for name in names}
    ids = [one.get(ID, one.get("id")) for one in entities]
    made = member_columns({"id": ids, **{n: v for n, v in members.items() if n != "id"}})
    if located:
        shapes, made.unreadable = shapes_of([location_of(one) for one in entities])
        made.arrays[GEOMETRY] = wkb(shapes, swap=False)
    return made


def member_columns(members: Mapping[str, Values]) -> Columns:
    """Columns of members, in their order."""
    made = Columns()
    for name, values in members.items():
        if name in TIMES:
            _add_times(made, name, values)
        elif name in _SHAPES:
            _add_other_location(made, name, values)
        elif name != "result" and _are_objects(values):
            _add_objects(made, name, values)
        elif not _are_entities(values):
            made.add(name, name, values)
    new = unique_names(list(made.arrays))
    made.paths = {one: made.paths[old] for one, old in zip(new, made.arrays, strict=True)}
    made.arrays = dict(zip(new, made.arrays.values(), strict=True))
    return made


def _are_objects(values: Values) -> bool:
    there = [one for one in values if one is not None]
    return bool(there) and all(isinstance(one, dict) for one in there)


def _are_entities(values: Values) -> bool:
    """Lists of related entities (Locations) are no attribute."""
    first = next((one[0] for one in values if isinstance(one, list) and one), None)
    return isinstance(first, dict) and ID in first


def _add_objects(made: Columns, name: str, values: Values) -> None:
    objects = [one if isinstance(one, dict) else {} for one in values]
    related = any(ID in one for one in objects)
    prefix = _PREFIXES.get(name, name[0].lower() + name[1:])
    if related:
        made.add(f"{prefix}_id", f"{name}/id", [one.get(ID) for one in objects])
        inner = [one for one in _RELATED if any(one in each for each in objects)]
    else:
        inner = list(dict.fromkeys(key for one in objects for key in one))
    for key in inner:
        made.add(f"{prefix}_{key}", f"{name}/{key}", [one.get(key) for one in objects])


def _add_other_location(made: Columns, name: str, values: Values) -> None:
    """A location that is no geometry (an address) stays as text."""
    others = [None if _as_geometry(one) is not None else one for one in values]
    if any(one is not None for one in others):
        made.add(f"{name}_text", name, [_text(one) for one in others])


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


# -- times ---------------------------------------------------------------------------------


def _add_times(made: Columns, name: str, values: Values) -> None:
    begins, ends, bad = times(values)
    made.bad_times += bad
    made.arrays[name] = begins
    made.paths[name] = name
    if ends is not None:
        made.arrays[f"{name}_end"] = ends
        made.paths[f"{name}_end"] = name


def times(values: Values) -> tuple[pa.Array, pa.Array | None, int]:
    """Instants, or beginnings and ends of intervals (ISO 8601, §8.2.6), in UTC.

    Returns the ends only where there are intervals, and how many values are no times.
    """
    texts = pa.array([one if isinstance(one, str) else None for one in values], pa.string())
    odd = sum(one is not None and not isinstance(one, str) for one in values)
    between = pc.fill_null(pc.match_substring(texts, "/"), False)
    if not pc.any(between).as_py():
        begins, bad = _instants(texts)
        return begins, None, odd + bad
    first = pc.replace_substring_regex(texts, _INTERVAL, r"\1")
    second = pc.if_else(between, pc.replace_substring_regex(texts, _INTERVAL, r"\2"), None)
    begins, bad = _instants(first)
    ends, worse = _instants(second)
    return begins, ends, odd + bad + worse


def _instants(texts: pa.Array) -> tuple[pa.Array, int]:
    tidy = pc.replace_substring_regex(texts, _LONG_FRACTION, r"\1")
    tidy = pc.replace_substring_regex(tidy, _ONLY_DATE, r"\1T00:00:00Z")
    tidy = pc.replace_substring_regex(tidy, _NO_ZONE, r"\1Z")
    try:
        return pc.cast(tidy, INSTANT), 0
    except pa.ArrowInvalid:
        made = [_instant(one) for one in tidy.to_pylist()]
        bad = sum(one is None for one in made) - texts.null_count
        return pa.array(made, INSTANT), bad


def _instant(text: str | None) -> Any:
    try:
        return None if text is None else pa.scalar(text).cast(INSTANT).as_py()
    except pa.ArrowInvalid:
        return None


# -- geometries ----------------------------------------------------------------------------


def location_of(entity: Mapping[str, Any]) -> Any:
    """An entity's geometry: its own, else that of what it belongs to."""
    for name in ("location", "feature"):
        if name in entity:
            return entity[name]
    for one in entity.get("Locations") or ():
        if isinstance(one, dict) and _as_geometry(one.get("location")) is not None:
            return one["location"]
    for name in ("Thing", "FeatureOfInterest"):
        if isinstance(entity.get(name), dict):
            return location_of(entity[name])
    return None


def shapes_of(values: Values) -> tuple[Geometries, int]:
    """GeoJSON geometries, features with or without properties, and WKT.

    Returns them, and how many values should be a geometry and are none.
    """
    found = [_as_geometry(one) for one in values]
    texts = [row for row, one in enumerate(found) if isinstance(one, str)]
    shapes, bad = geometries([one if isinstance(one, dict) else None for one in found])
    if texts:
        made = shapely.from_wkt([found[row] for row in texts], on_invalid="ignore")
        shapes[texts] = made
    unreadable = len(bad) + int(np.sum(shapely.is_missing(shapes[texts])))
    return shapes, unreadable


def _as_geometry(value: Any) -> dict[str, Any] | str | None:
    """What is, or holds, a geometry; None for addresses and the like."""
    if isinstance(value, str):
        start = value.lstrip()[:12].upper()
        known = ("POINT", "LINESTRING", "POLYGON", "MULTI", "GEOMETRYCOLL", "SRID=")
        return value if start.startswith(known) else None
    if not isinstance(value, dict):
        return None
    if value.get("type") == "Feature":
        return _as_geometry(value.get("geometry"))
    if value.get("type") == "FeatureCollection":
        inner = [_as_geometry(one) for one in value.get("features") or ()]
        parts = [one for one in inner if isinstance(one, dict)]
        if len(parts) == 1:
            return parts[0]
        return {"type": "GeometryCollection", "geometries": parts} if parts else None
    return value if "coordinates" in value or "geometries" in value else None
