"""Footprints made solid: walls up to one height, a floor and a flat roof (LoD1)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.target import Geometries

_POLYGON, _MULTIPOLYGON = 3, 6

Numbers = npt.NDArray[np.float64]


def extrude(geometries: Geometries, heights: Numbers, bases: Numbers) -> Geometries:
    """The shell over each polygon, as a MultiPolygon whose surfaces face outwards.

    Parameters
    ----------
    geometries
        Object array of shape (n,); heights of its points count for nothing.
    heights, bases
        Shape (n,), metres: how high above its base each is, and the height of the base.

    Returns
    -------
    Object array of shape (n,): floor, roof and one surface a wall. None for what is no single
    polygon, and where a height is no positive number.
    """
    result = np.full(len(geometries), None, dtype=object)
    flat = shapely.force_2d(geometries)
    kinds = shapely.get_type_id(flat)
    lone = (kinds == _MULTIPOLYGON) & (shapely.get_num_geometries(flat) == 1)
    flat[lone] = shapely.get_geometry(flat[lone], 0)
    able = ((kinds == _POLYGON) | lone) & (np.nan_to_num(heights) > 0) & np.isfinite(bases)
    able &= ~shapely.is_empty(flat)
    rows = np.flatnonzero(able)
    if not len(rows):
        return result
    floors = shapely.remove_repeated_points(flat[rows])
    floors = shapely.orient_polygons(floors, exterior_cw=False)
    low, high = bases[rows], bases[rows] + heights[rows]
    walls, owner = _walls(floors, low, high)
    number = np.arange(len(rows))
    parts = np.concatenate([shapely.reverse(_at(floors, low)), _at(floors, high), walls])
    owners = np.concatenate([number, number, owner])
    order = np.argsort(owners, kind="stable")
    result[rows] = shapely.multipolygons(parts[order], indices=owners[order])
    return result


def _at(polygons: Geometries, heights: Numbers) -> Geometries:
    """Polygons, all of whose points get their row's height."""
    each = np.repeat(heights, shapely.get_num_coordinates(polygons))
    points = np.column_stack([shapely.get_coordinates(polygons), each])
    lifted: Geometries = shapely.set_coordinates(shapely.force_3d(polygons), points)
    return lifted


def _walls(
    polygons: Geometries, low: Numbers, high: Numbers
) -> tuple[Geometries, npt.NDArray[np.int64]]:
    """A rectangle over each edge, and the polygon it is of.

    Exteriors run counter-clockwise, holes clockwise: outside is to the right of each edge.
    """
    rings, polygon = shapely.get_rings(polygons, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    start = np.flatnonzero(ring[:-1] == ring[1:])
    owner = polygon[ring[start]]
    corners = np.empty((len(start), 5, 3))
    for place, (at, level) in enumerate(((0, low), (1, low), (1, high), (0, high), (0, low))):
        corners[:, place, :2] = points[start + at]
        corners[:, place, 2] = level[owner]
    return shapely.polygons(corners), owner
