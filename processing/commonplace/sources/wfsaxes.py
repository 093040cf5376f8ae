"""Which axis comes first in what a WFS answers: found by looking, not by trusting.

By the standards ``EPSG:4258`` is x, y and ``urn:ogc:def:crs:EPSG::4258`` in the authority's
order. Servers differ: one writes y, x under the short name, another answers in another order
when the CRS is asked for than when it isn't.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.bounds import Bounds
from commonplace.errors import CrsError
from commonplace.sources.crsname import CRS84, parsed, transform_bounds

Shapes = npt.NDArray[np.object_]


def exchanged(shapes: Shapes, crs: str, extent: Bounds | None) -> bool | None:
    """Whether x and y of a layer's geometries stand in each other's place.

    Parameters
    ----------
    shapes
        Some of its geometries, as they were read.
    crs
        What they are said to be in.
    extent
        The layer's, in lon/lat, as the service states it.

    Returns
    -------
    The order that fits the extent or, where both or neither do, the area in which the CRS is
    used; None where that doesn't tell either.
    """
    present = shapes[~shapely.is_missing(shapes) & ~shapely.is_empty(shapes)]
    if not len(present):
        return None
    for area in (extent, _area_of_use(crs)):
        found = None if area is None else _fitting(present, area, crs)
        if found is not None:
            return found
    return None


def _area_of_use(crs: str) -> Bounds | None:
    area = parsed(crs).area_of_use
    return None if area is None else area.bounds


def _fitting(shapes: Shapes, area: Bounds, crs: str) -> bool | None:
    try:
        west, south, east, north = transform_bounds(area, CRS84, crs)
    except CrsError:
        return None
    if not np.isfinite([west, south, east, north]).all():
        return None
    margin = max(east - west, north - south) / 10
    bounds = shapely.bounds(shapes)
    straight = _inside(bounds, (west - margin, south - margin, east + margin, north + margin))
    crossed = _inside(bounds, (south - margin, west - margin, north + margin, east + margin))
    return None if straight == crossed else crossed


def _inside(bounds: npt.NDArray[np.float64], box: Bounds) -> bool:
    """Whether most of the geometries meet the box."""
    west, south, east, north = box
    meets = (
        (bounds[:, 0] <= east)
        & (bounds[:, 2] >= west)
        & (bounds[:, 1] <= north)
        & (bounds[:, 3] >= south)
    )
    return bool(meets.mean() > 0.5)
