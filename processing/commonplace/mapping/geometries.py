"""The geometry operators of the mapping language: shapely over whole columns, never SQL."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.batch import GEOMETRY
from commonplace.errors import ExpressionRefused

Geometries = npt.NDArray[Any]
Operator = Callable[[Geometries], Geometries]

#: Unites the geometries of all rows of one key; done before a linked object is evaluated.
DISSOLVE: Final = "dissolve"

_CALL: Final = re.compile(r"\s*([a-z_0-9]+)\s*\((.*)\)\s*", re.DOTALL)

#: The GML elements a geometry of each shapely type may be written as.
ELEMENTS: Final = {
    0: ("Point",),
    1: ("LineString", "Curve"),
    2: ("LineString", "Curve"),
    3: ("Polygon", "Surface"),
    4: ("MultiPoint",),
    5: ("MultiCurve",),
    6: ("MultiSurface",),
    7: ("MultiGeometry",),
}
_MULTIPLE: Final[dict[int, tuple[int, Callable[..., Geometries]]]] = {
    0: (4, shapely.multipoints),
    1: (5, shapely.multilinestrings),
    2: (5, shapely.multilinestrings),
    3: (6, shapely.multipolygons),
}


def _polygonal(geometries: Geometries) -> Geometries:
    """The polygons of collections, as multipolygons; nothing where there are none."""
    result = geometries.copy()
    for position in np.flatnonzero(shapely.get_type_id(geometries) == 7):
        parts = shapely.get_parts(shapely.get_parts(geometries[position : position + 1]))
        polygons = parts[shapely.get_type_id(parts) == 3]
        result[position] = shapely.multipolygons(polygons) if len(polygons) else None
    return result


def _same(geometries: Geometries) -> Geometries:
    return geometries


OPERATORS: Final[dict[str, Operator]] = {
    "boundary": shapely.boundary,
    "centroid": shapely.centroid,
    "convex_hull": shapely.convex_hull,
    DISSOLVE: _same,
    "envelope": shapely.envelope,
    "force_2d": shapely.force_2d,
    "point_on_surface": shapely.point_on_surface,
    "polygonal": _polygonal,
}


def parse_operators(text: str) -> tuple[str, ...] | None:
    """The operators of ``a(b(geometry))``, innermost first; None if it isn't a geometry.

    Raises
    ------
    ExpressionRefused
        An operator nobody knows around ``geometry``.
    """
    names: list[str] = []
    rest = text
    while (call := _CALL.fullmatch(rest)) is not None:
        names.append(call[1])
        rest = call[2]
    if rest.strip() != GEOMETRY:
        return None
    unknown = [name for name in names if name not in OPERATORS]
    if unknown:
        raise ExpressionRefused(
            f"{unknown[0]}(geometry) is not in the language",
            hint=f"geometry operators are {', '.join(OPERATORS)}",
        )
    return tuple(reversed(names))


def apply(operators: Sequence[str], geometries: Geometries) -> Geometries:
    """Apply operators, innermost first."""
    for name in operators:
        geometries = OPERATORS[name](geometries)
    return geometries


def fit(
    geometries: Geometries, allowed: frozenset[str]
) -> tuple[Geometries, npt.NDArray[np.bool_]]:
    """Make geometries of a type a property allows, where nothing is lost by it.

    A single geometry becomes a multiple of one and the other way round. Returns the
    geometries and the mask of those that do not fit.
    """
    kinds = shapely.get_type_id(geometries)
    fitting = [kind for kind, names in ELEMENTS.items() if allowed.intersection(names)]
    wrong = ~np.isin(kinds, [-1, *fitting])
    if not wrong.any():
        return geometries, wrong
    result = geometries.copy()
    for single, (multiple, collect) in _MULTIPLE.items():
        widen = wrong & (kinds == single)
        if multiple in fitting and widen.any():
            result[widen] = collect(geometries[widen][:, np.newaxis])
            wrong &= ~widen
        narrow = wrong & (kinds == multiple) & (shapely.get_num_geometries(geometries) == 1)
        if single in fitting and single != 2 and narrow.any():
            result[narrow] = shapely.get_geometry(geometries[narrow], 0)
            wrong &= ~narrow
    return result, wrong


def united(geometries: Geometries, groups: npt.NDArray[np.int64], count: int) -> Geometries:
    """The union of each group's geometries, in the order in which they stand.

    ``groups`` are group numbers (0 to ``count`` - 1). A group of one is left untouched.
    """
    order = np.argsort(groups, kind="stable")
    bounds = np.searchsorted(groups[order], np.arange(count + 1))
    result: Geometries = np.empty(count, dtype=object)
    for group in range(count):
        members = geometries[order[bounds[group] : bounds[group + 1]]]
        members = members[~shapely.is_missing(members)]
        if len(members) == 1:
            result[group] = members[0]
        elif len(members) > 1:
            result[group] = shapely.orient_polygons(shapely.union_all(members))
    return result
