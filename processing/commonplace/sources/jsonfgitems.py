"""JSON-FG features (OGC 21-045) as GeoJSON's: what they add becomes what a layer can hold.

``place`` is the geometry, in ``coordRefSys``; where no feature has one it is ``geometry``, in
OGC:CRS84. A polyhedron becomes its faces, a prism its base with ``lower`` and ``upper`` as
properties; ``time`` becomes one or two properties.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from commonplace.crs import identify
from commonplace.errors import CrsUnknown

TIME: Final = "time"
INTERVAL: Final = ("time_start", "time_end")
HEIGHTS: Final = ("lower", "upper")

Feature = dict[str, Any]


def is_json_fg(body: Mapping[str, Any]) -> bool:
    """Whether a collection has what only JSON-FG has."""
    features = body.get("features")
    some = features[:1] if isinstance(features, list) else []
    return "coordRefSys" in body or any(isinstance(one, dict) and "place" in one for one in some)


def as_geojson(body: Mapping[str, Any]) -> tuple[list[Feature], str | None]:
    """The features of a collection as GeoJSON, and the CRS of their geometries.

    None for the CRS is OGC:CRS84, GeoJSON's own.

    Raises
    ------
    CrsUnknown
        ``coordRefSys`` names a CRS that nobody knows, or several.
    """
    features = [one for one in body["features"] if isinstance(one, dict)]
    placed = any(one.get("place") is not None for one in features)
    systems = {system_of(one) or system_of(body) for one in features} if placed else set()
    if len(systems) > 1:
        raise CrsUnknown(
            "features of a page are in several CRSs",
            hint="state format: geojson, which is in OGC:CRS84",
        )
    return [_plain(one, placed=placed) for one in features], next(iter(systems), None)


def system_of(told: Mapping[str, Any]) -> str | None:
    """The CRS of ``place`` (JSON-FG 1.0, 7.5): an address, or an object with one.

    Raises
    ------
    CrsUnknown
    """
    stated = told.get("coordRefSys")
    if isinstance(stated, dict):
        stated = stated.get("href")
    if stated is None:
        return None
    if not isinstance(stated, str):
        raise CrsUnknown("coordRefSys of several CRSs is not read", hint="name one CRS")
    return identify(stated)


def _plain(feature: Feature, *, placed: bool) -> Feature:
    properties = dict(feature.get("properties") or {})
    shape = feature.get("place" if placed else "geometry")
    if isinstance(shape, dict):
        shape, heights = _drawable(shape)
        for name, value in heights.items():
            properties.setdefault(name, value)
    for name, value in _time(feature.get("time")).items():
        properties.setdefault(name, value)
    return {**feature, "geometry": shape, "properties": properties}


def _drawable(shape: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """A geometry that GeoJSON knows too, and the heights that it can't hold."""
    match shape.get("type"):
        case "Polyhedron" if shape.get("coordinates"):
            return {"type": "MultiPolygon", "coordinates": shape["coordinates"][0]}, {}
        case "MultiPolyhedron" if isinstance(shape.get("coordinates"), list):
            outer = [face for solid in shape["coordinates"] if solid for face in solid[0]]
            return {"type": "MultiPolygon", "coordinates": outer}, {}
        case "Prism" if isinstance(shape.get("base"), dict):
            heights = {name: shape[name] for name in HEIGHTS if shape.get(name) is not None}
            return shape["base"], heights
        case _:
            return shape, {}


def _time(time: Any) -> dict[str, str]:
    """``date`` and ``timestamp`` as they are; an open end of an interval is nothing."""
    if not isinstance(time, dict):
        return {}
    interval = time.get("interval")
    if isinstance(interval, list) and len(interval) == len(INTERVAL):
        ends = zip(INTERVAL, interval, strict=True)
        return {name: one for name, one in ends if isinstance(one, str) and one != ".."}
    instant = time.get("timestamp") or time.get("date")
    return {TIME: instant} if isinstance(instant, str) else {}
