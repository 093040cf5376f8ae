"""Operators for whole layers, whose result for a row depends on the rows around it.

They take all geometries of a layer, in metres on a plane (see :mod:`commonplace.geometry.metres`),
and give as many; None where nothing is left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import shapely

from commonplace.geometry.anchors import anchors
from commonplace.geometry.operators import Operator, Parameter, repair
from commonplace.target import Geometries

_POLYGONAL: Final = (3, 6)
_LINEAR: Final = (1, 2, 5)


def snap(geometries: Geometries, tolerance: float) -> Geometries:
    """Points of all geometries that are nearer than the tolerance become one."""
    there = np.flatnonzero(~shapely.is_missing(geometries))
    if not len(there):
        return geometries
    chosen = geometries[there]
    places, index = anchors(shapely.get_coordinates(chosen), tolerance)
    high = shapely.has_z(chosen)
    moved = np.empty(len(there), dtype=object)
    row = np.repeat(np.arange(len(there)), shapely.get_num_coordinates(chosen))
    for rows in (high, ~high):
        if not rows.any():
            continue
        points = shapely.get_coordinates(chosen[rows], include_z=bool(high[rows].any()))
        points[:, :2] = places[index[rows[row]]]
        moved[rows] = shapely.set_coordinates(chosen[rows], points)
    moved = _with_own_dimension(repair(shapely.remove_repeated_points(moved)), chosen)
    result = geometries.copy()
    result[there] = moved
    return result


def coverage_clean(geometries: Geometries, gap: float) -> Geometries:
    """Polygons without overlaps, and without gaps narrower than so many metres.

    What overlaps goes to the neighbour with the longest common border, and so do gaps; borders
    are then the same, point by point. Other geometries stay.
    """
    return _polygons(geometries, lambda one: shapely.coverage_clean(one, gap_width=gap))


def coverage_simplify(geometries: Geometries, tolerance: float) -> Geometries:
    """Fewer points, the same for both sides of a common border (Visvalingam-Whyatt).

    ``tolerance`` is the square root of the area of the largest triangle that is cut off.
    """
    return _polygons(geometries, lambda one: shapely.coverage_simplify(one, tolerance))


def _polygons(geometries: Geometries, change: Callable[[Geometries], Any]) -> Geometries:
    """A function of polygons over those there are, repaired first."""
    rows = np.flatnonzero(
        np.isin(shapely.get_type_id(geometries), _POLYGONAL) & ~shapely.is_empty(geometries)
    )
    if not len(rows):
        return geometries
    sound = _with_own_dimension(repair(geometries[rows]), geometries[rows])
    kept = rows[~shapely.is_missing(sound)]
    result = geometries.copy()
    result[rows] = None
    result[kept] = change(sound[~shapely.is_missing(sound)])
    return result


def clip(geometries: Geometries, areas: Geometries) -> Geometries:
    """What lies in the union of areas; parts of fewer dimensions are left out."""
    area = shapely.union_all(areas[~shapely.is_missing(areas)])
    shapely.prepare(area)
    result = geometries.copy()
    inside = shapely.contains_properly(area, geometries) | shapely.is_missing(geometries)
    cut = np.flatnonzero(~inside)
    sound = repair(geometries[cut])
    result[cut] = _with_own_dimension(shapely.intersection(sound, area), sound)
    return result


def _with_own_dimension(made: Geometries, before: Geometries) -> Geometries:
    """Of collections the parts of the dimension there was; None where there are none."""
    result = made.copy()
    dimension = shapely.get_dimensions(before)
    lower = (shapely.get_dimensions(made) < dimension) | shapely.is_empty(made)
    for row in np.flatnonzero((shapely.get_type_id(made) == _COLLECTION) & ~lower):
        parts = shapely.get_parts(shapely.get_parts(made[row]))
        kept = parts[shapely.get_dimensions(parts) == dimension[row]]
        result[row] = shapely.union_all(kept)
    result[lower] = None
    return result


_COLLECTION: Final = 7

#: Operators over whole layers by one number; :func:`clip` takes another layer instead.
LAYER_OPERATORS: Final[Mapping[str, Operator]] = {
    "coverage_clean": Operator(
        coverage_clean, (Parameter("gap", 0, 100),), measures=True, keeps_area=True
    ),
    "coverage_simplify": Operator(
        coverage_simplify,
        (Parameter("tolerance", 0, 1_000, above_low=True),),
        measures=True,
        keeps_area=True,
    ),
    "snap": Operator(
        snap, (Parameter("tolerance", 0, 100, above_low=True),), measures=True, keeps_area=True
    ),
}
CLIP: Final = "clip"
