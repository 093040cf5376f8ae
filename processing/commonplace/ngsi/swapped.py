"""Latitude before longitude: how swapped coordinates are noticed (§4.7.1).

NGSI-LD has no CRS: WGS 84, longitude first. Several official examples of Smart Data Models
have it the other way round. Whether a position is swapped can't be known from it alone, so
this is a suspicion: it lies outside where data are expected, and inside once swapped.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from commonplace.bounds import Bounds

Mask = npt.NDArray[np.bool_]
Ordinates = npt.NDArray[np.float64]

EUROPE: Final[Bounds] = (-25.0, 34.0, 45.0, 72.0)
# Beyond these latitudes nobody has a city, Svalbard's settlements apart.
SETTLED: Final = (-56.0, 72.0)
SVALBARD: Final[Bounds] = (11.0, 78.0, 18.0, 79.2)


def swapped(x: Ordinates, y: Ordinates, expected: Bounds | None = None) -> Mask:
    """Which positions look like (latitude, longitude).

    Parameters
    ----------
    x, y
        Longitudes and latitudes as they were read, in degrees; NaN is never suspected.
    expected
        (west, south, east, north) where the data should lie. Without it, Europe is where
        a swapped position is recognised, and so is a place beyond where cities are.

    Returns
    -------
    A mask, True where the position is suspected.
    """
    if expected is not None:
        return ~_inside(x, y, expected) & _inside(y, x, expected)
    possible = (np.abs(x) <= 90) & (np.abs(y) <= 180)
    strayed = _inside(y, x, EUROPE) & ~_inside(x, y, EUROPE)
    uninhabited = ((y > SETTLED[1]) | (y < SETTLED[0])) & ~_inside(x, y, SVALBARD)
    return possible & (strayed | (uninhabited & (x > SETTLED[0]) & (x < SETTLED[1])))


def out_of_range(x: Ordinates, y: Ordinates) -> Mask:
    """Which positions are no longitude and latitude at all (projected metres, for one)."""
    return (np.abs(x) > 180) | (np.abs(y) > 90)


def _inside(x: Ordinates, y: Ordinates, bounds: Bounds) -> Mask:
    west, south, east, north = bounds
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)
