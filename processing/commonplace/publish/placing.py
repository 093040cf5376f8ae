"""Features of GeoJSON in another CRS, in the axis order of its authority.

GeoJSON is in CRS84. INSPIRE's encoding rule takes ETRS89 for CRS84, so what is in ETRS89 is
projected and not moved.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
from pyproj import CRS

from commonplace.crs import Operation, choose, identify, target_crs

CRS84: Final = "OGC:CRS84"
ETRS89: Final = "EPSG:4258"


def is_etrs89(code: str) -> bool:
    """Whether a CRS is of the datum ETRS89."""
    geodetic = CRS.from_user_input(code).geodetic_crs
    return geodetic is not None and geodetic.to_2d().to_epsg() == 4258


def moved(feature: dict[str, Any], crs: str) -> dict[str, Any]:
    """A feature with its geometry in another CRS (a URI), in that CRS's axis order."""
    if feature.get("geometry") is None:
        return feature
    code = identify(crs)
    known = target_crs(code)
    operation = between(CRS84, code)

    def placed(positions: list[Any]) -> list[Any]:
        if positions and not isinstance(positions[0], (int, float)):
            if positions[0] and isinstance(positions[0][0], (int, float)):
                return _line(positions, operation, swap=known.swap, decimals=known.decimals)
            return [placed(one) for one in positions]
        (point,) = _line([positions], operation, swap=known.swap, decimals=known.decimals)
        return point

    return {**feature, "geometry": _each(feature["geometry"], placed)}


def _each(geometry: dict[str, Any], placed: Any) -> dict[str, Any]:
    if "geometries" in geometry:
        return {**geometry, "geometries": [_each(one, placed) for one in geometry["geometries"]]}
    return {**geometry, "coordinates": placed(geometry["coordinates"])}


def _line(
    positions: list[Any], operation: Operation, *, swap: bool, decimals: int
) -> list[list[Any]]:
    """Positions of one line, transformed at once; heights stay."""
    plane = np.array([one[:2] for one in positions], dtype=np.float64).reshape(-1, 2)
    there = np.round(operation.transform(plane), decimals)
    if swap:
        there = there[:, ::-1]
    return [[*xy, *one[2:]] for xy, one in zip(there.tolist(), positions, strict=True)]


@cache
def between(source: str, target: str) -> Operation:
    """The best operation; between CRS84 and ETRS89 nothing moves."""
    if source == CRS84 and is_etrs89(target):
        source = ETRS89
    elif target == CRS84 and is_etrs89(source):
        target = ETRS89
    return choose(source, target, layer="served", allow_ballpark=True)
