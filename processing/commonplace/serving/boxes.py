"""Areas that a ``bbox`` asks for."""

from __future__ import annotations

from typing import Any, Final

import shapely

from commonplace.crs import identify, target_crs
from commonplace.publish.placing import CRS84, between

STEPS: Final = 20  # pieces of a box's edge: it is a curve in another CRS


def box_of(numbers: list[float], crs: str | None) -> Any:
    """The area, in CRS84, of a ``bbox``.

    Parameters
    ----------
    numbers
        Four or six, in the axis order of ``crs`` (OGC API Features 2, 7.4.2); the first
        may be larger than the third where the box crosses the antimeridian.
    crs
        A URI; None is CRS84.
    """
    half = len(numbers) // 2
    (west, south), (east, north) = numbers[:2], numbers[half : half + 2]
    code = CRS84 if crs is None else identify(crs)
    if code == CRS84:
        if west <= east:
            return shapely.box(west, south, east, north)
        return shapely.union(
            shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)
        )
    if target_crs(code).swap:
        west, south, east, north = south, west, north, east
    longest = max(east - west, north - south)
    area = shapely.box(west, south, east, north)
    if longest > 0:
        area = shapely.segmentize(area, longest / STEPS)
    return shapely.transform(area, between(code, CRS84).transform)
