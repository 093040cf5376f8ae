"""Surfaces in space: walls and roofs of buildings, which rules of the plane don't fit.

Seen from above a wall is nothing and a roof covers its floor, so such a MultiPolygon is never
valid in the plane. It must not be repaired or turned there.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.target import Geometries

_MULTIPOLYGON: Final = 6
_THIN: Final = 1e-6  # of the hull, area by squared length, below which a surface is upright


def in_space(geometries: Geometries) -> npt.NDArray[np.bool_]:
    """Which geometries are surfaces in space.

    MultiPolygons of differing heights that are invalid in the plane though each polygon is
    valid there, or stands upright.
    """
    found: npt.NDArray[np.bool_] = shapely.get_type_id(geometries) == _MULTIPOLYGON
    found &= shapely.has_z(geometries)
    found[found] = ~shapely.is_valid(geometries[found])
    rows = np.flatnonzero(found)
    if not len(rows):
        return found
    chosen = geometries[rows]
    heights = shapely.get_coordinates(chosen, include_z=True)[:, 2]
    starts = np.cumsum(shapely.get_num_coordinates(chosen)) - shapely.get_num_coordinates(chosen)
    level = np.minimum.reduceat(heights, starts) == np.maximum.reduceat(heights, starts)
    parts, index = shapely.get_parts(chosen, return_index=True)
    upright = shapely.area(shapely.convex_hull(parts)) <= _THIN * shapely.length(parts) ** 2
    odd = ~(upright | shapely.is_valid(parts))
    found[rows[level]] = False
    found[rows[np.unique(index[odd])]] = False
    return found


def sound(geometries: Geometries) -> npt.NDArray[np.bool_]:
    """Which geometries are valid in the plane, or surfaces in space; nothing is neither."""
    valid: npt.NDArray[np.bool_] = shapely.is_valid(geometries)
    doubtful = np.flatnonzero(~valid)
    valid[doubtful] = in_space(geometries[doubtful])
    return valid
