"""Where an EDR service is asked: a place, and how far from it (OGC 19-086r6, §8.2).

The place is WKT, as the standard has it, in the CRS that the service works in: longitude,
latitude unless the source states another. It is sent as it is written, ``Z`` and ``M`` too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import shapely

from commonplace.documents import did_you_mean
from commonplace.errors import SourceError
from commonplace.job import EdrSpec

AREA: Final = "area"
CUBE: Final = "cube"
#: The queries of a place, each with the kinds of geometry that it takes.
TAKES: Final[Mapping[str, tuple[str, ...]]] = {
    "position": ("Point", "MultiPoint"),
    "radius": ("Point", "MultiPoint"),
    AREA: ("Polygon", "MultiPolygon"),
    "trajectory": ("LineString", "MultiLineString"),
    "corridor": ("LineString", "MultiLineString"),
}
_WITH_LEVELS: Final = frozenset({"position", "radius", AREA, CUBE})
# A distance's parameter, that of its unit, and whether the query can't do without.
_DISTANCES: Final[Mapping[str, tuple[tuple[str, str, bool], ...]]] = {
    "radius": (("within", "within-units", True),),
    "corridor": (
        ("corridor-width", "width-units", True),
        ("corridor-height", "height-units", False),
    ),
}


def place_of(stated: EdrSpec) -> shapely.Geometry | None:
    """The geometry that a source states, if it does.

    Raises
    ------
    SourceError
        It is no WKT, or empty.
    """
    if stated.coords is None:
        return None
    try:
        found = shapely.from_wkt(stated.coords)
    except shapely.errors.GEOSException as error:
        raise SourceError(
            f"edr.coords is no WKT: {stated.coords[:60]!r}", hint="such as POINT(11.35 46.5)"
        ) from error
    if found.is_empty:
        raise SourceError("edr.coords is an empty geometry")
    return found


def takes(query: str, place: shapely.Geometry | None) -> bool:
    """Whether a query is one of a place of this kind."""
    return place is not None and place.geom_type in TAKES.get(query, ())


def parameters(
    query: str, stated: EdrSpec, offered: Mapping[str, Any] | None
) -> list[tuple[str, str]]:
    """A query's own parameters, besides where, when and what.

    ``offered`` are the variables that the collection describes it by.

    Raises
    ------
    SourceError
        A distance or its unit is missing, or the service doesn't know the unit.
    """
    found = [pair for one in _DISTANCES.get(query, ()) for pair in _distance(stated, one, offered)]
    if stated.z is not None and query in _WITH_LEVELS:
        found.append(("z", stated.z))
    return found


def _distance(
    stated: EdrSpec, names: tuple[str, str, bool], offered: Mapping[str, Any] | None
) -> Iterator[tuple[str, str]]:
    name, unit_name, required = names
    key, unit_key = name.replace("-", "_"), unit_name.replace("-", "_")
    value, unit = getattr(stated, key), getattr(stated, unit_key)
    if value is None and unit is None and not required:
        return
    listed = (offered or {}).get(unit_key)
    units = [str(one) for one in listed] if isinstance(listed, list) else []
    hint = f"units of the service: {', '.join(units)}" if units else "such as 10 and km"
    if value is None or unit is None:
        raise SourceError(f"state edr.{key} and edr.{unit_key}", hint=hint)
    if units and unit not in units:
        raise SourceError(
            f"the service doesn't take {unit!r} for edr.{unit_key}",
            hint=did_you_mean(unit, units) or hint,
        )
    yield name, f"{value:.12g}"
    yield unit_name, unit
