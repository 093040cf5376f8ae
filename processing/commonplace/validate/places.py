"""A place on the map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from commonplace.crs import to_lonlat
from commonplace.validate.srs import system

Place = tuple[float, float]
LONGEST: Final = 100  # characters that two ordinates may take


def degrees(srs_name: str | None, ordinates: str) -> Place | None:
    """Longitude and latitude of the first of some ordinates; None where it can't be told."""
    return many_degrees([(srs_name, ordinates)])[0]


def many_degrees(given: Sequence[tuple[str | None, str]]) -> list[Place | None]:
    """The same of several: pairs of an ``srsName`` and ordinates."""
    found: list[Place | None] = [None] * len(given)
    by_code: dict[str, list[tuple[int, float, float]]] = {}
    for at, (srs_name, ordinates) in enumerate(given):
        words = ordinates[:LONGEST].split(maxsplit=2)[:2]
        known = system(srs_name) if srs_name is not None else None
        if known is None or known.code is None or len(words) < 2:
            continue
        try:
            first, second = float(words[0]), float(words[1])
        except ValueError:
            continue
        x, y = (second, first) if known.swap else (first, second)
        by_code.setdefault(known.code, []).append((at, x, y))
    for code, points in by_code.items():
        numbers, *xy = zip(*points, strict=True)
        placed = to_lonlat(code, np.array(xy).T)
        for at, (longitude, latitude) in zip(numbers, placed.tolist(), strict=True):
            if abs(longitude) <= 180 and abs(latitude) <= 90:
                found[at] = round(longitude, 6), round(latitude, 6)
    return found
