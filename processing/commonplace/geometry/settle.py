"""What every geometry goes through before it is written: rounded, valid, oriented.

A geometry's result depends on itself alone, never on its neighbours.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.bounds import Bounds
from commonplace.geometry.space import in_space
from commonplace.target import Geometries

LINEAR: Final = (1, 2, 5)  # shapely's type ids
POLYGON: Final = 3
POLYGONAL: Final = (3, 6)
COLLECTED: Final = 7
PUNCTUAL: Final = (-1, 0, 4)

Mask = npt.NDArray[np.bool_]


def rounded(coordinates: npt.NDArray[np.float64], decimals: int) -> npt.NDArray[np.float64]:
    """Ordinates as decimal numbers of so many places; minus nought becomes nought."""
    result = np.round(coordinates, decimals)
    result += 0.0
    return result


def settle(geometries: Geometries, decimals: int) -> Geometries:
    """Round, repair and orient geometries that an operator made.

    What collapses when rounded, or can't be repaired, becomes None. Surfaces in space are
    rounded only.
    """
    result = geometries.copy()
    high = shapely.has_z(geometries)
    for rows in (high, ~high):
        coordinates = shapely.get_coordinates(geometries[rows], include_z=bool(high[rows].any()))
        result[rows] = shapely.set_coordinates(result[rows], rounded(coordinates, decimals))
    invalid = ~shapely.is_valid(result) & ~shapely.is_missing(result)
    if not invalid.any():
        return oriented(result)
    standing = in_space(result)
    aside = result[standing]
    result[standing] = None
    invalid &= ~standing
    result[invalid] = repaired(result[invalid], decimals)
    result = oriented(result)
    result[standing] = aside
    return result


def without_repeats(
    geometries: Geometries, coordinates: npt.NDArray[np.float64], invalid: Mask
) -> Geometries:
    """Drop points that equal the one before them, as rounding leaves them.

    ``coordinates`` are those of ``geometries``; the array is changed in place. Invalid
    ones are left to repair: a ring of one point can't do without repeats.
    """
    same = (coordinates[1:, :2] == coordinates[:-1, :2]).all(axis=1)
    if not same.any():
        return geometries
    row = np.repeat(np.arange(len(geometries)), shapely.get_num_coordinates(geometries))
    rows = np.unique(row[1:][same & (row[1:] == row[:-1])])
    rows = rows[~np.isin(shapely.get_type_id(geometries[rows]), PUNCTUAL) & ~invalid[rows]]
    geometries[rows] = shapely.remove_repeated_points(geometries[rows])
    return geometries


def repaired(geometries: Geometries, decimals: int) -> Geometries:
    """Make geometries valid on the grid of ``decimals``.

    Rings are repaired by structure (holes stay holes, what overlaps is merged); of a
    polygon only polygons are kept, of a line only lines. None where nothing is left.
    """
    kinds = shapely.get_type_id(geometries)
    result = np.full(len(geometries), None, dtype=object)
    for at, geometry in enumerate(geometries):
        result[at] = _repaired(geometry, int(kinds[at]), decimals)
    return result


def _repaired(geometry: shapely.Geometry, kind: int, decimals: int) -> shapely.Geometry | None:
    try:
        valid = shapely.make_valid(geometry, method="structure", keep_collapsed=False)
        # New corners fall anywhere; on the grid they must be valid too.
        valid = shapely.set_precision(valid, 10.0**-decimals, mode="valid_output")
    except shapely.GEOSException:
        return None
    if shapely.get_type_id(valid) == COLLECTED and kind != COLLECTED:
        valid = _only(valid, POLYGONAL if kind in POLYGONAL else LINEAR)
    if valid is None or shapely.is_empty(valid):
        return None
    z = bool(shapely.has_z(valid))
    return shapely.transform(valid, lambda points: rounded(points, decimals), include_z=z)


def _only(collection: shapely.Geometry, kinds: tuple[int, ...]) -> shapely.Geometry | None:
    parts = shapely.get_parts(shapely.get_parts(collection))
    parts = parts[np.isin(shapely.get_type_id(parts), kinds)]
    if len(parts) == 0:
        return None
    return shapely.union_all(parts)


def oriented(geometries: Geometries) -> Geometries:
    """Exteriors counter-clockwise, holes clockwise, as drawn with x to the right, y up."""
    kinds = shapely.get_type_id(geometries)
    doubtful = np.isin(kinds, (*POLYGONAL, COLLECTED))
    simple = (kinds == POLYGON) & (shapely.get_num_interior_rings(geometries) == 0)
    doubtful[simple] = ~_surely_counter_clockwise(geometries[simple])
    if not doubtful.any():
        return geometries
    result = geometries.copy()
    result[doubtful] = shapely.orient_polygons(geometries[doubtful], exterior_cw=False)
    return result


def _surely_counter_clockwise(polygons: Geometries) -> npt.NDArray[np.bool_]:
    """Whether the area of polygons of one ring, as signed, is well above nothing.

    Most sources are drawn one way round; asking whole columns spares GEOS the copying.
    """
    sizes = shapely.get_num_coordinates(polygons)
    if len(sizes) == 0:
        return np.zeros(0, dtype=bool)
    starts = np.cumsum(sizes) - sizes
    points = shapely.get_coordinates(polygons)
    points -= np.repeat(points[starts], sizes, axis=0)
    x, y = points[:, 0], points[:, 1]
    crossed = np.zeros(len(points))
    crossed[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    crossed[starts + sizes - 1] = 0.0  # from one ring's end to the next one's begin
    twice_the_area = np.add.reduceat(crossed, starts)
    certain = 1e-9 * np.add.reduceat(np.abs(crossed), starts)
    return twice_the_area > certain


def bounds(geometries: Geometries) -> Bounds | None:
    """(xmin, ymin, xmax, ymax) of all geometries together, None where there are none."""
    if len(geometries) == 0:
        return None
    xmin, ymin, xmax, ymax = (float(one) for one in shapely.total_bounds(geometries))
    return None if np.isnan(xmin) else (xmin, ymin, xmax, ymax)
