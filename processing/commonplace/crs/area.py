"""Where a CRS may be used, where data lie, and what it means when the two don't meet."""

from __future__ import annotations

import functools
import math
import re
from typing import Final

import numpy as np
from pyproj import CRS, Transformer
from pyproj.database import get_codes
from pyproj.enums import PJType
from pyproj.exceptions import CRSError, ProjError

from commonplace.bounds import Bounds
from commonplace.crs.names import CRS84, identify
from commonplace.crs.operation import Coordinates
from commonplace.report import Finding, Severity

WORLD: Final[Bounds] = (-180.0, -90.0, 180.0, 90.0)
NEIGHBOURS: Final = 12


def horizontal(code: str) -> CRS:
    """The two-dimensional part of a CRS: heights are never touched."""
    crs = CRS.from_user_input(code)
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    if crs.is_bound and crs.source_crs is not None:
        crs = crs.source_crs
    return crs.to_2d()


def area_of_use(crs: CRS) -> Bounds | None:
    """West, south, east, north in degrees; None where unknown."""
    area = crs.area_of_use
    if area is None:
        return None
    if area.west > area.east:  # over the antimeridian
        return (-180.0, area.south, 180.0, area.north)
    return (area.west, area.south, area.east, area.north)


def lonlat(crs: CRS, extent: Bounds | None) -> Bounds | None:
    """An extent in degrees; None where it is none or makes no sense in ``crs``."""
    if extent is None or not all(math.isfinite(one) for one in extent):
        return None
    xmin, ymin, xmax, ymax = extent
    if xmin > xmax or ymin > ymax:
        return None
    if crs.is_geographic and (max(abs(xmin), abs(xmax)) > 400 or max(abs(ymin), abs(ymax)) > 100):
        return None
    return bounds_between(crs, CRS.from_user_input(CRS84), extent)


def bounds_between(source: CRS, target: CRS, bounds: Bounds) -> Bounds | None:
    """Bounds roughly transformed, edges densified; None where it fails."""
    try:
        transformer = Transformer.from_crs(source, target, always_xy=True)
        result = transformer.transform_bounds(*bounds, densify_pts=21)
    except ProjError:
        return None
    xmin, ymin, xmax, ymax = (float(one) for one in result)
    return (xmin, ymin, xmax, ymax) if all(map(math.isfinite, result)) else None


def to_lonlat(code: str, coordinates: Coordinates) -> Coordinates:
    """Points of a CRS, x before y, in degrees, to show them: within some metres."""
    result = _to_lonlat(code).transform(coordinates[:, 0], coordinates[:, 1])
    return np.stack(result, axis=1)


def bounds_to_lonlat(code: str, bounds: Bounds) -> Bounds | None:
    """A box of a CRS as the box in degrees around it; None where it makes no sense."""
    return lonlat(horizontal(code), bounds)


@functools.lru_cache(maxsize=16)
def _to_lonlat(code: str) -> Transformer:
    return Transformer.from_crs(horizontal(code), CRS84, always_xy=True)


def widened(crs: CRS) -> Bounds | None:
    """Where data in a CRS may lie: its area of use with a margin, in degrees.

    A projected CRS gets its own width on either side and half its height above and
    below: national data of several zones are often kept in one, and that is no error.
    """
    area = area_of_use(crs)
    if area is None:
        return None
    if not crs.is_projected:
        return padded(area, 1.0)
    west, south, east, north = area
    across, up = max(1.0, east - west), max(1.0, (north - south) / 2)
    return (west - across, south - up, east + across, north + up)


def padded(area: Bounds, by: float) -> Bounds:
    """Bounds moved outward on all sides."""
    return (area[0] - by, area[1] - by, area[2] + by, area[3] + by)


def intersection(one: Bounds, other: Bounds) -> Bounds | None:
    """What two bounds have in common; None where nothing."""
    xmin, ymin = max(one[0], other[0]), max(one[1], other[1])
    xmax, ymax = min(one[2], other[2]), min(one[3], other[3])
    return (xmin, ymin, xmax, ymax) if xmin <= xmax and ymin <= ymax else None


def share_inside(extent: Bounds, area: Bounds) -> float:
    """Which share of an extent lies in an area, 0 to 1."""
    solid = padded(extent, 1e-9)
    common = intersection(solid, area)
    return 0.0 if common is None else _size(common) / _size(solid)


def _size(bounds: Bounds) -> float:
    return (bounds[2] - bounds[0]) * (bounds[3] - bounds[1])


def outside_area(source: str, extent: Bounds | None, *, layer: str) -> list[Finding]:
    """Say when a layer's extent doesn't fit the CRS stated for it.

    Returns
    -------
    Nothing, or one ``CRS_OUTSIDE_AREA``: a warning where some of the data lie far
    outside the CRS's area of use, an error where all do; ``fix`` says what the
    coordinates look like instead (swapped, degrees, metres, a neighbouring zone).
    """
    crs = horizontal(identify(source))
    limits = widened(crs)
    if extent is None or limits is None:
        return []
    where = lonlat(crs, extent)
    if where is not None and share_inside(where, limits) > 1 - 1e-6:
        return []
    all_outside = where is None or share_inside(where, limits) == 0
    return [
        Finding(
            code="CRS_OUTSIDE_AREA",
            severity=Severity.ERROR if all_outside else Severity.WARNING,
            message=f"{'the' if all_outside else 'some'} coordinates lie outside the area of use "
            f"of {crs.name} ({_area_name(crs)})",
            layer=layer,
            value=", ".join(f"{one:g}" for one in extent),
            fix=_guess(crs, extent) or "state the right CRS in the job: sources.<name>.crs",
        )
    ]


def _area_name(crs: CRS) -> str:
    return crs.area_of_use.name[:100] if crs.area_of_use else "unknown"


def _guess(crs: CRS, extent: Bounds) -> str | None:
    xmin, ymin, xmax, ymax = extent
    area = widened(crs) or WORLD
    if not crs.is_geographic and max(map(abs, extent)) <= 180:
        return "the coordinates look like degrees: EPSG:4258 or EPSG:4326?"
    if crs.is_geographic and max(map(abs, extent)) > 400:
        return "the coordinates look like metres: state the projected CRS"
    swapped = lonlat(crs, (ymin, xmin, ymax, xmax))
    if swapped is not None and share_inside(swapped, area) > 0.5:
        return "the coordinates look swapped (y before x)"
    for code in _zones(crs):
        other = CRS.from_user_input(code)
        where, own = lonlat(other, extent), area_of_use(other)
        if where is not None and own is not None and share_inside(where, own) > 0.99:
            return f"the coordinates would fit {code} ({other.name})"
    return None


def _zones(crs: CRS) -> list[str]:
    """The CRSs whose names differ from this one's in numbers only, nearest code first."""
    authority = crs.to_authority(auth_name="EPSG", min_confidence=100)
    if authority is None:
        return []
    own = int(authority[1])
    pattern = re.sub(r"\d+", "#", crs.name)
    known = set(get_codes("EPSG", PJType.PROJECTED_CRS))
    found = []
    for step in range(1, NEIGHBOURS + 1):
        for code in (str(own - step), str(own + step)):
            if code not in known:
                continue
            try:
                name = CRS.from_epsg(int(code)).name
            except CRSError:
                continue
            if re.sub(r"\d+", "#", name) == pattern:
                found.append(f"EPSG:{code}")
    return found
