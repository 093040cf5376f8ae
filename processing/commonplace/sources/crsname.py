"""Small questions about CRSs that sources ask (:mod:`commonplace.crs` has the large ones)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import pyproj
from pyproj.exceptions import ProjError

from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import CrsError

CRS84: Final = "OGC:CRS84"


@lru_cache(maxsize=256)
def parsed(text: str) -> pyproj.CRS:
    """A CRS as pyproj has it.

    Raises
    ------
    CrsUnknown
    """
    return pyproj.CRS.from_user_input(identify(text))


def same_crs(one: str, other: str) -> bool:
    """Whether two CRSs give the same coordinates, x before y."""
    return one == other or bool(parsed(one).equals(parsed(other), ignore_axis_order=True))


def northing_first(crs: str) -> bool:
    """Whether the authority writes y (north, latitude) before x."""
    axes = parsed(crs).axis_info
    return len(axes) > 1 and axes[0].direction.lower() in ("north", "south")


def transform_bounds(bounds: Bounds, source: str, target: str) -> Bounds:
    """A rectangle around the transformed rectangle. x before y in both.

    Raises
    ------
    CrsError
        When the rectangle has no place in the target CRS.
    """
    if same_crs(source, target):
        return bounds
    transformer = pyproj.Transformer.from_crs(parsed(source), parsed(target), always_xy=True)
    try:
        west, south, east, north = transformer.transform_bounds(*bounds)
    except ProjError as error:
        raise CrsError(f"the bbox {bounds} can't be transformed to {target}") from error
    return west, south, east, north
