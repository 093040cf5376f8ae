"""JSON-FG: what stands beside GeoJSON's members. Used by :mod:`commonplace.validate.geojson`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import shapely
from shapely.errors import GEOSException

from commonplace.geometry import sound
from commonplace.report import Findings
from commonplace.validate import srs, systems
from commonplace.validate.geometry_rules import INVALID
from commonplace.validate.rules import ERROR, WARNING, Rule

CONFORMS: Final = Rule(
    "JSONFG_CONFORMANCE",
    WARNING,
    "members of JSON-FG, but no conformsTo that names its core",
    "OGC 21-045r1, 7.2",
    "write conformsTo with http://www.opengis.net/spec/json-fg-1/1.0/conf/core",
)
CRS: Final = Rule(
    "JSONFG_CRS",
    ERROR,
    "a place whose reference system isn't told: coordRefSys is missing",
    "OGC 21-045r1, 7.6",
    "write coordRefSys with the URI of the places' CRS",
)
PLACE: Final = Rule(
    "JSONFG_PLACE",
    ERROR,
    "a place that is no geometry",
    "OGC 21-045r1, 7.5",
    "write a geometry of GeoJSON or JSON-FG, or null",
)
TIME: Final = Rule(
    "JSONFG_TIME",
    ERROR,
    "a time that is no date, timestamp or interval",
    "OGC 21-045r1, 7.4",
    "write date (yyyy-mm-dd), timestamp (in UTC, with Z) or interval (two of these, or ..)",
)

RULES: Final = (CONFORMS, CRS, PLACE, TIME)

BATCH: Final = 2000
EXAMPLES: Final = 20
PLAIN: Final = frozenset(
    "Point MultiPoint LineString MultiLineString Polygon MultiPolygon GeometryCollection".split()
)
MORE: Final = frozenset(
    "Polyhedron MultiPolyhedron Prism MultiPrism CircularString CompoundCurve CurvePolygon "
    "MultiCurve MultiSurface".split()
)
_INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?Z)?")


@dataclass(slots=True)
class Places:
    """The places of a document, checked by batches."""

    name: str
    findings: Findings
    seen: bool = False
    types: dict[str, int] = field(default_factory=dict)
    _names: list[str] = field(default_factory=list)
    _texts: list[str] = field(default_factory=list)
    _boxes: list[Any] = field(default_factory=list)

    def feature(self, feature: Mapping[str, Any], name: str, line: int) -> None:
        """Look at a feature's own members."""
        kind = feature.get("featureType")
        if isinstance(kind, str):
            self.types[kind] = self.types.get(kind, 0) + 1
        if feature.get("time") is not None and not _is_time(feature["time"]):
            value = json.dumps(feature["time"])
            found = TIME.finding(self.name, feature=name, attribute="time", value=value, line=line)
            self.findings.add(found)
        place = feature.get("place")
        if place is None:
            return
        self.seen = True
        written = place.get("type") if isinstance(place, dict) else None
        if written not in PLAIN and written not in MORE:
            message = f"the place is {written}"
            self.findings.add(PLACE.finding(self.name, message, feature=name, line=line))
        elif written in PLAIN:
            self._names.append(name)
            self._texts.append(json.dumps(place))
            if len(self._texts) >= BATCH:
                self._flush()

    def _flush(self) -> None:
        names, texts = self._names, self._texts
        self._names, self._texts = [], []
        if not texts:
            return
        made = shapely.from_geojson(texts, on_invalid="ignore")
        lost = np.flatnonzero(shapely.is_missing(made))
        for at in lost[:EXAMPLES].tolist():
            message = "coordinates that make no geometry"
            found = PLACE.finding(self.name, message, feature=names[at], attribute="place")
            self.findings.add(found)
        bad = np.flatnonzero(~shapely.is_missing(made) & ~sound(made))
        reasons = shapely.is_valid_reason(made[bad])
        for at, reason in zip(bad.tolist(), reasons.tolist(), strict=True):
            found = INVALID.finding(
                self.name, str(reason), feature=names[at], attribute="place", value=str(reason)
            )
            self.findings.add(found)
        boxes = shapely.bounds(made)
        boxes = boxes[np.isfinite(boxes).all(axis=1)]
        if len(boxes):
            self._boxes.append(np.r_[boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])

    def whole(self, head: Mapping[str, Any]) -> None:
        """The collection's members, and whether all places lie where their CRS is used."""
        try:
            self._flush()
        except GEOSException as error:
            self.findings.add(PLACE.finding(self.name, str(error)[:200]))
        named = head.get("coordRefSys")
        if not self.seen and named is None and "conformsTo" not in head:
            return
        stated = head.get("conformsTo")
        if not isinstance(stated, list) or not any("json-fg" in str(one) for one in stated):
            self.findings.add(CONFORMS.finding(self.name))
        if not isinstance(named, str):
            if self.seen:
                self.findings.add(
                    CRS.finding(self.name, value=None if named is None else str(named))
                )
            return
        known = srs.system(named)
        if known.rule is not None:
            self.findings.add(
                known.rule.finding(
                    self.name, known.message, value=named, fix=known.fix, severity=WARNING
                )
            )
        if known.code is not None and self._boxes:
            boxes = np.array(self._boxes)
            low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
            order = (1, 0) if known.swap else (0, 1)
            box = (*low[list(order)].tolist(), *high[list(order)].tolist())
            self.findings.extend(systems.fitting(self.name, known.code, box))


def _is_time(value: Any) -> bool:
    if not isinstance(value, dict) or not value.keys() & {"date", "timestamp", "interval"}:
        return False
    given = [value[one] for one in ("date", "timestamp") if one in value]
    interval = value.get("interval", [])
    if not isinstance(interval, list) or len(interval) not in (0, 2):
        return False
    given += [one for one in interval if one != ".."]
    return all(isinstance(one, str) and _INSTANT.fullmatch(one) for one in given)
