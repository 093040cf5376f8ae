"""What pygeoapi asks for the EDR queries of places, which none of its own providers answers.

pygeoapi takes the requests, checks and parses them; the cells are picked here. ``data`` is a
JSON file of rows ``[longitude, latitude, value]``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyproj
import shapely
from pygeoapi.provider.base_edr import BaseEDRProvider

METRES = {"m": 1.0, "km": 1_000.0}


class PlacesProvider(BaseEDRProvider):
    """One parameter, ``no2``, in cells."""

    def __init__(self, definition: dict[str, Any]) -> None:
        super().__init__(definition)
        self._cells = json.loads(Path(self.data).read_text(encoding="utf-8"))

    def get_fields(self) -> dict[str, Any]:
        return {"no2": {"type": "number", "title": "NO2", "x-ogc-unit": "ug/m3"}}

    def get_instance(self, instance: str) -> bool:
        return instance == "midnight"

    def position(self, *, wkt: Any, instance: str | None = None, **_: Any) -> dict[str, Any]:
        cell = self._nearest(wkt)
        return _covering([[*cell[:2], -cell[2]] if instance else cell])

    def radius(self, *, wkt: Any, within: str, within_units: str, **_: Any) -> dict[str, Any]:
        most, ellipsoid = float(within) * METRES[within_units], pyproj.Geod(ellps="WGS84")
        return _covering(
            [one for one in self._cells if ellipsoid.inv(wkt.x, wkt.y, *one[:2])[2] <= most]
        )

    def area(self, *, wkt: Any, **_: Any) -> dict[str, Any]:
        return _covering([one for one in self._cells if wkt.covers(shapely.Point(one[:2]))])

    def trajectory(self, *, wkt: Any, **_: Any) -> dict[str, Any]:
        return _covering([self._nearest(shapely.Point(one)) for one in wkt.coords])

    def _nearest(self, place: Any) -> list[float]:
        return min(self._cells, key=lambda one: place.distance(shapely.Point(one[:2])))


def _covering(cells: list[list[float]]) -> dict[str, Any]:
    values = [one[2] for one in cells]
    about = {"type": "NdArray", "dataType": "float", "axisNames": ["composite"]}
    listed = [["2026-01-01", *one[:2]] for one in cells]
    places = {"dataType": "tuple", "coordinates": ["t", "x", "y"], "values": listed}
    return {
        "type": "Coverage",
        "domain": {"type": "Domain", "domainType": "MultiPoint", "axes": {"composite": places}},
        "ranges": {"no2": {**about, "shape": [len(values)], "values": values}},
    }
