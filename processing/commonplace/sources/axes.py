"""In which order a server writes coordinates, whatever it ought to do."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyproj
import shapely

from commonplace.bounds import Bounds
from commonplace.errors import CrsError
from commonplace.sources.crsname import CRS84, parsed, transform_bounds
from commonplace.sources.geojson import geometries, swapped

Features = list[dict[str, Any]]


def northing_first_in(
    stored: Features, lonlat: Features, crs: str, extent: Bounds | None
) -> bool | None:
    """Whether coordinates in ``crs`` come as y, x; None where that can't be told.

    Parameters
    ----------
    stored, lonlat
        The same features in ``crs`` and in longitude, latitude.
    extent
        Of the collection, x before y, in ``crs``: a server may misread its own data and
        be wrong in both, so the extent has the last word.
    """
    return _fitting(stored, extent, _compared(lonlat, stored, crs))


def _fitting(
    stored: Features,
    extent: Bounds | None,
    compared: bool | None,
) -> bool | None:
    """The axis order that puts the features into the extent, where only one does."""
    if extent is None:
        return compared
    shapes = geometries([one.get("geometry") for one in stored])[0]
    box = shapely.box(*extent).buffer(max(extent[2] - extent[0], extent[3] - extent[1]) / 10)
    straight, crossed = (
        bool(shapely.intersects(box, one[~shapely.is_missing(one)]).any())
        for one in (shapes, swapped(shapes))
    )
    if straight == crossed:
        return compared
    return crossed


def _compared(lonlat: Features, stored: Features, crs: str) -> bool | None:
    """Whether the stored coordinates are y, x: the order that fits the lon/lat ones."""
    by_id = {one.get("id"): one.get("geometry") for one in lonlat}
    pairs = [
        (by_id[one.get("id")], one.get("geometry"))
        for one in stored
        if one.get("id") is not None and by_id.get(one.get("id")) and one.get("geometry")
    ]
    if not pairs:
        return None
    expected = shapely.get_coordinates(geometries([one for one, _ in pairs])[0])
    shapes = geometries([one for _, one in pairs])[0]
    if len(expected) != len(shapely.get_coordinates(shapes)) or not len(expected):
        return None
    transformer = pyproj.Transformer.from_crs(parsed(CRS84), parsed(crs), always_xy=True)
    moved = np.column_stack(transformer.transform(expected[:, 0], expected[:, 1]))
    straight = np.abs(shapely.get_coordinates(shapes) - moved).max()
    crossed = np.abs(shapely.get_coordinates(swapped(shapes)) - moved).max()
    return None if not np.isfinite(straight) or straight == crossed else bool(crossed < straight)


def moved_extent(extent: Bounds | None, crs: str) -> Bounds | None:
    """An extent in lon/lat as one in ``crs``; None where it has no place there."""
    if extent is None:
        return None
    try:
        moved = transform_bounds(extent, CRS84, crs)
    except CrsError:
        return None
    return moved if all(np.isfinite(moved)) else None
