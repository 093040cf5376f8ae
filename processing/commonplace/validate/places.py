"""A place on the map."""

from __future__ import annotations

import numpy as np

from commonplace.crs import to_lonlat
from commonplace.validate.srs import system


def degrees(srs_name: str | None, ordinates: str) -> tuple[float, float] | None:
    """Longitude and latitude of the first of some ordinates; None where it can't be told."""
    words = ordinates.split(maxsplit=2)[:2]
    if len(words) < 2 or srs_name is None:
        return None
    found = system(srs_name)
    try:
        first, second = float(words[0]), float(words[1])
    except ValueError:
        return None
    if found.code is None:
        return None
    x, y = (second, first) if found.swap else (first, second)
    longitude, latitude = to_lonlat(found.code, np.array([[x, y]]))[0]
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        return None
    return round(float(longitude), 6), round(float(latitude), 6)
