"""Findings of reading: what was in a document that batches don't hold, and what was taken
for what. Codes are stable.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from commonplace.report import Finding, Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

MESSAGES: Final[dict[str, tuple[Severity, str, str]]] = {
    "GEOMETRY_BROKEN": (
        _E,
        "coordinates can't be read: the feature has no such geometry",
        "mend the coordinates: pairs (or triples) of numbers, rings that close",
    ),
    "GEOMETRY_TOO_SHORT": (
        _E,
        "a line or ring has too few points",
        "lines need two points, rings four",
    ),
    "GEOMETRY_BY_REFERENCE": (
        _W,
        "a part is given by xlink:href only: the geometry is left out",
        "ask for a document with geometries inline",
    ),
    "GEOMETRY_NOT_READ": (_W, "this kind of geometry is not read", "ask for a simple one"),
    "GEOMETRY_LINEARISED": (_I, "arcs became lines, within a millimetre", ""),
    "GEOMETRY_SOLID_AS_SURFACES": (_I, "a solid is read as the surfaces around it", ""),
    "GEOMETRY_SHELL_OPEN": (
        _W,
        "the surfaces around a solid don't close, or their normals point inwards",
        "each edge belongs to two surfaces, once in each direction",
    ),
    "MEMBER_BY_REFERENCE": (_W, "a member is given by xlink:href only: not read", ""),
    "FEATURE_WITHOUT_ID": (_W, "features bear no gml:id: they are numbered", "give them ids"),
    "PROPERTY_UNKNOWN": (
        _I,
        "the model has no such property here: kept as the document shows it",
        "",
    ),
    "PROPERTY_NAME_TAKEN": (
        _W,
        "two properties have the same name: the one of the feature type's own schema is kept",
        "",
    ),
    "PROPERTY_REPEATED": (_W, "occurs more often than the schema allows", "keep one"),
    "STRUCTURE_DIFFERS": (
        _I,
        "holds something else than the schema says: kept as the document shows it",
        "",
    ),
    "CONTENT_LEFT": (_W, "holds more than can be kept", ""),
    "VALUE_NOT_OF_TYPE": (_E, "a text is no value of the property's type", "mend the value"),
    "TIME_ZONE_MISSING": (_I, "times without a zone are taken for UTC", "state the zone"),
    "TYPE_MAPPED": (
        _W,
        "the model doesn't hold this namespace: read as the newest version's type",
        "",
    ),
    "TYPE_INFERRED": (
        _W,
        "the model has no such feature type: read as the document shows it",
        "",
    ),
    "VERSIONS_MIXED": (_W, "the document mixes versions of a schema", "use one version"),
    "SCHEMA_NOT_FETCHED": (_I, "schema addresses are not visited; the model is used", ""),
    "CRS_NOT_STATED": (_E, "no srsName anywhere: coordinates are taken as they stand", "state it"),
    "CRS_UNKNOWN": (_E, "nobody knows this srsName: coordinates are taken as they stand", ""),
    "CRS84_AS_ETRS89": (
        _I,
        "GeoJSON's longitude and latitude are taken for ETRS89, as INSPIRE's encoding rule does",
        "state the CRS if it is another one",
    ),
    "CRS_MIXED": (_W, "geometries of another CRS were transformed to the document's", ""),
}


@dataclass(slots=True)
class Troubles:
    """Counts by (code, feature type, attribute), each with the first value seen."""

    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def add(self, code: str, feature: str, attribute: str, count: int = 1, value: str = "") -> None:
        if count:
            key = (code, feature, attribute)
            self.counts[key] += count
            self.examples.setdefault(key, value)

    def merge(self, other: Troubles) -> None:
        for (code, feature, attribute), count in other.counts.items():
            value = other.examples[code, feature, attribute]
            self.add(code, feature, attribute, count, value)

    def findings(self) -> list[Finding]:
        return [
            Finding(
                code=code,
                severity=MESSAGES[code][0],
                message=MESSAGES[code][1],
                layer=feature or None,
                attribute=attribute or None,
                value=self.examples[code, feature, attribute] or None,
                fix=MESSAGES[code][2] or None,
                count=count,
            )
            for (code, feature, attribute), count in self.counts.items()
        ]


@dataclass(frozen=True, slots=True)
class TypeTroubles:
    """Troubles of one feature type, which go to those of all."""

    every: Troubles
    feature: str

    def add(self, code: str, attribute: str, count: int = 1, value: str = "") -> None:
        self.every.add(code, self.feature, attribute, count, value)
