"""GeoJSON: RFC 7946, and what the INSPIRE encoding rule adds. Read feature by feature."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from json.decoder import JSONDecodeError
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from shapely.errors import GEOSException

from commonplace.geometry import sound
from commonplace.report import Findings
from commonplace.validate import codes, identifiers
from commonplace.validate.geojson_reading import FeatureReader
from commonplace.validate.geojson_rules import (
    BBOX,
    BROKEN,
    CRS,
    EMPTY,
    FEATURE,
    GEOMETRY,
    ID,
    ID_TWICE,
    ORDINATES,
    RANGE,
    TYPE,
    WINDING,
)
from commonplace.validate.geometry_rules import INVALID
from commonplace.validate.jsonfg import PLAIN, Places
from commonplace.validate.rules import Rule
from commonplace.validate.tables import A_BATCH, MOST_POINTS, places_of

CRS84: Final = "OGC:CRS84"
BATCH: Final = 2000
EXAMPLES: Final = 20


def check(
    path: Path, name: str, findings: Findings, points: list[tuple[float, float]]
) -> dict[str, int]:
    """All rules; how many features of each type there are (else the type is the file's).
    ``points`` takes a sample of places.
    """
    try:
        with path.open(encoding="utf-8-sig") as stream:
            return _Checking(name, findings, points).run(FeatureReader(stream))
    except (JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, JSONDecodeError) else None
        offset = error.start if isinstance(error, UnicodeDecodeError) else None
        findings.add(BROKEN.finding(name, str(error)[:200], line=line, offset=offset))
        return {}


@dataclass(slots=True)
class _Checking:
    """Features are checked as they come, geometries by batches."""

    name: str
    findings: Findings
    points: list[tuple[float, float]]
    count: int = 0
    head: dict[str, Any] = field(default_factory=dict)
    ids: array[int] = field(default_factory=lambda: array("q"))
    keys: array[int] = field(default_factory=lambda: array("q"))
    names: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    low: tuple[float, float] = (math.inf, math.inf)
    high: tuple[float, float] = (-math.inf, -math.inf)
    places: Places = field(init=False)

    def __post_init__(self) -> None:
        self.places = Places(self.name, self.findings)

    def run(self, reader: FeatureReader) -> dict[str, int]:
        for key, value in reader.members():
            if key == "features":
                self._feature(value, reader.line)
            else:
                self.head[key] = value
        if self.head.get("type") == "Feature":
            self._feature(self.head, 1)
        elif self.head.get("type") != "FeatureCollection":
            self._tell(TYPE, value=str(self.head.get("type")))
        self._geometries()
        self._whole()
        self.places.whole(self.head)
        if self.places.types:
            return self.places.types
        kind = self.head.get("featureType") or self.head.get("name") or "Feature"
        return {str(kind): self.count}

    def _tell(self, rule: Rule, message: str = "", **more: Any) -> None:
        self.findings.add(rule.finding(self.name, message, **more))

    def _feature(self, feature: Any, line: int) -> None:
        self.count += 1
        if not isinstance(feature, dict):
            self._tell(FEATURE, "a feature that is no object", line=line)
            return
        given = feature.get("id")
        name = str(given) if given is not None else f"feature {self.count}"
        lacking = [one for one in ("geometry", "properties") if one not in feature]
        if feature.get("type") != "Feature" or lacking:
            message = f"{', '.join(lacking)} is missing" if lacking else "its type is not Feature"
            self._tell(FEATURE, message, feature=name, line=line)
        if given is None:
            self._tell(ID, line=line, feature=name)
        else:
            self.ids.append(hash(str(given)))
        properties = feature.get("properties")
        if isinstance(properties, dict):
            self._properties(properties, name, line)
        geometry = feature.get("geometry")
        if geometry is not None:
            self._geometry(geometry, name, line)
        self.places.feature(feature, name, line)

    def _properties(self, properties: dict[str, Any], name: str, line: int) -> None:
        local = properties.get("inspireId_localId") or properties.get("inspireId_localid")
        if local is not None:
            self.keys.append(hash((properties.get("inspireId_namespace"), local)))
        for key, value in properties.items():
            if isinstance(value, str) and "/codelist/" in value.casefold():
                verdict = codes.judge(None, value)
                if verdict is not None:
                    self._tell(
                        verdict.rule,
                        verdict.message,
                        feature=name,
                        attribute=key,
                        value=value,
                        fix=verdict.fix,
                        line=line,
                    )

    def _geometry(self, geometry: Any, name: str, line: int) -> None:
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        inside = "geometries" if kind == "GeometryCollection" else "coordinates"
        if kind not in PLAIN or not isinstance(geometry.get(inside), list):
            self._tell(GEOMETRY, f"the geometry is {kind}", feature=name, line=line)
            return
        if _ordinates(geometry[inside]) > 3:
            self._tell(ORDINATES, feature=name, line=line)
        self.names.append(name)
        self.texts.append(json.dumps(geometry))
        if len(self.texts) >= BATCH:
            self._geometries()

    def _geometries(self) -> None:
        """The batch's geometries, as one column."""
        names, texts = self.names, self.texts
        self.names, self.texts = [], []
        if not texts:
            return
        try:
            made = shapely.from_geojson(texts)
        except GEOSException:
            made = self._one_by_one(names, texts)
        lost = np.flatnonzero(shapely.is_missing(made))
        self._many(GEOMETRY, names, lost, "coordinates that make no geometry")
        present = np.flatnonzero(~shapely.is_missing(made))
        shown = made[present]
        boxes = shapely.bounds(shown)
        where = places_of(CRS84, boxes)
        free = max(0, MOST_POINTS - len(self.points))
        sampled = [one for one in where[:: max(1, len(where) // A_BATCH)] if one is not None]
        self.points += sampled[:free]
        off = (np.abs(boxes[:, [0, 2]]) > 180).any(axis=1) | (np.abs(boxes[:, [1, 3]]) > 90).any(
            axis=1
        )
        self._many(RANGE, names, present[off], "outside of ±180 and ±90 degrees")
        bad = np.flatnonzero(~sound(shown))
        for at, reason in zip(
            bad[:EXAMPLES], shapely.is_valid_reason(shown[bad[:EXAMPLES]]), strict=True
        ):
            self._tell(
                INVALID,
                str(reason),
                feature=names[present[at]],
                attribute="geometry",
                value=str(reason),
                place=where[at],
            )
        self._many(INVALID, [], bad[EXAMPLES:], "")
        self._winding(names, present, shown, where)
        finite = boxes[np.isfinite(boxes).all(axis=1)]
        if len(finite):
            low, high = finite[:, :2].min(axis=0), finite[:, 2:].max(axis=0)
            self.low = (min(self.low[0], float(low[0])), min(self.low[1], float(low[1])))
            self.high = (max(self.high[0], float(high[0])), max(self.high[1], float(high[1])))

    def _one_by_one(self, names: list[str], texts: list[str]) -> Any:
        made = np.full(len(texts), None, dtype=object)
        for at, text in enumerate(texts):
            try:
                made[at] = shapely.from_geojson(text)
            except GEOSException:
                made[at] = None
        return made

    def _winding(
        self,
        names: list[str],
        present: Any,
        shown: Any,
        where: Sequence[tuple[float, float] | None],
    ) -> None:
        parts, of = shapely.get_parts(shown, return_index=True)
        areas = shapely.get_type_id(parts) == 3
        parts, of = parts[areas], of[areas]
        rings = shapely.get_exterior_ring(parts)
        wrong = np.unique(of[~shapely.is_ccw(rings)])
        inner, owner = shapely.get_rings(parts, return_index=True)
        first = np.r_[True, owner[1:] != owner[:-1]] if len(owner) else np.empty(0, dtype=bool)
        holes = np.unique(of[owner[~first & shapely.is_ccw(inner)]])
        turned = np.union1d(wrong, holes)
        places = [where[at] for at in turned.tolist()]
        self._many(WINDING, names, present[turned], "", places)

    def _many(
        self,
        rule: Rule,
        names: list[str],
        numbers: Any,
        message: str,
        places: Sequence[tuple[float, float] | None] = (),
    ) -> None:
        for rank, at in enumerate(numbers[:EXAMPLES] if names else ()):
            place = places[rank] if places else None
            self._tell(rule, message, feature=names[at], attribute="geometry", place=place)
        rest = len(numbers) - (EXAMPLES if names else 0)
        if rest > 0:
            self._tell(rule, message, attribute="geometry", count=rest)

    def _whole(self) -> None:
        if self.count == 0:
            self._tell(EMPTY)
        if "crs" in self.head:
            self._tell(CRS, value=json.dumps(self.head["crs"]))
        for rule, values in ((ID_TWICE, self.ids), (identifiers.REPEATED, self.keys)):
            numbers = np.frombuffer(values, dtype=np.int64)
            twice = len(numbers) - len(np.unique(numbers))
            if twice:
                self._tell(
                    rule, f"{twice} features have an id that an earlier one has", count=twice
                )
        box = self.head.get("bbox")
        if isinstance(box, list) and len(box) in (4, 6) and self.low[0] < math.inf:
            half = len(box) // 2
            told = (*box[:2], *box[half : half + 2])
            if not np.allclose(told, (*self.low, *self.high), atol=1e-5):
                self._tell(BBOX, value=json.dumps(box))


def _ordinates(coordinates: Any) -> int:
    """How many ordinates the first position has."""
    while isinstance(coordinates, list) and coordinates and isinstance(coordinates[0], list):
        coordinates = coordinates[0]
    return len(coordinates) if isinstance(coordinates, list) else 0
