"""A feature's place on the map."""

from __future__ import annotations

import numpy as np

from commonplace.crs import to_lonlat
from commonplace.validate.columns import GML, Node
from commonplace.validate.srs import System, system


def first_point(feature: Node, default: str | None) -> tuple[float, float] | None:
    """Longitude and latitude of a feature's first ordinates; None where there are none."""
    for element in feature.iter(f"{{{GML}}}pos", f"{{{GML}}}posList"):
        words = (element.text or "").split(maxsplit=2)[:2]
        named = (one.get("srsName") for one in element.iterancestors())
        name = next((one for one in named if one), default)
        if len(words) < 2 or name is None:
            return None
        try:
            first, second = float(words[0]), float(words[1])
        except ValueError:
            return None
        return _degrees(system(name), first, second)
    return None


def _degrees(found: System, first: float, second: float) -> tuple[float, float] | None:
    if found.code is None:
        return None
    x, y = (second, first) if found.swap else (first, second)
    longitude, latitude = to_lonlat(found.code, np.array([[x, y]]))[0]
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        return None
    return round(float(longitude), 6), round(float(latitude), 6)
