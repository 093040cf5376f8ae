"""Metres where coordinates are degrees: operators that measure work on a local plane.

Around a latitude a degree is as long as the radii of curvature of the ellipsoid GRS 80 say
(EPSG Guidance Note 7-2, 4.1.1). For what a town maps (some kilometres) that is exact to a
thousandth. Projected coordinates stay as they are: their metres are the projection's.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.target import Geometries

_A: Final = 6_378_137.0
_E2: Final = 0.00669438002290
_POLES: Final = 89.0  # beyond it a degree of longitude is too short to measure by

Factors = npt.NDArray[np.float64]


def metres_a_degree(latitude: npt.NDArray[np.float64]) -> Factors:
    """Shape (n, 2): the metres of a degree of longitude and of latitude."""
    phi = np.radians(np.clip(np.nan_to_num(latitude), -_POLES, _POLES))
    w2 = 1 - _E2 * np.sin(phi) ** 2
    east = _A / np.sqrt(w2) * np.cos(phi) * np.radians(1)
    north = _A * (1 - _E2) / w2**1.5 * np.radians(1)
    return np.column_stack([east, north])


def row_factors(geometries: Geometries) -> Factors:
    """The factors of each geometry by itself, at the middle of its latitudes."""
    box = shapely.bounds(geometries)
    return metres_a_degree((box[:, 1] + box[:, 3]) / 2)


def scaled(geometries: Geometries, factors: Factors) -> Geometries:
    """Plane coordinates times the factors of their row (shape (n, 2)); heights stay."""
    result = geometries.copy()
    high = shapely.has_z(geometries)
    for rows in (np.flatnonzero(high), np.flatnonzero(~high)):
        if not len(rows):
            continue
        chosen = geometries[rows]
        coordinates = shapely.get_coordinates(chosen, include_z=bool(high[rows[0]]))
        each = np.repeat(factors[rows], shapely.get_num_coordinates(chosen), axis=0)
        coordinates[:, :2] *= each
        result[rows] = shapely.set_coordinates(chosen, coordinates)
    return result
