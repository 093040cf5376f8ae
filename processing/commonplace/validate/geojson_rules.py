"""The rules of GeoJSON; :mod:`commonplace.validate.geojson` checks them."""

from __future__ import annotations

from typing import Final

from commonplace.validate.rules import ERROR, INFO, WARNING, Rule

BROKEN: Final = Rule(
    "JSON_BROKEN",
    ERROR,
    "no JSON in UTF-8",
    "RFC 8259, 2 and 8.1",
    "the place tells where it breaks: mostly the file was cut off",
)
TYPE: Final = Rule(
    "GEOJSON_TYPE",
    ERROR,
    "no FeatureCollection or Feature",
    "RFC 7946, 3",
    'write {"type": "FeatureCollection", "features": […]}',
)
FEATURE: Final = Rule(
    "GEOJSON_FEATURE",
    ERROR,
    "a feature without type, geometry or properties",
    "RFC 7946, 3.2",
    "write all three; geometry and properties may be null",
)
GEOMETRY: Final = Rule(
    "GEOJSON_GEOMETRY",
    ERROR,
    "a geometry that is none of GeoJSON's",
    "RFC 7946, 3.1",
    "write one of the seven types with its coordinates",
)
RANGE: Final = Rule(
    "GEOJSON_NOT_DEGREES",
    ERROR,
    "coordinates that are not longitude and latitude in degrees",
    "RFC 7946, 4; INSPIRE GeoJSON rule (CRS84)",
    "transform to CRS84: longitude first, then latitude",
)
ORDINATES: Final = Rule(
    "GEOJSON_ORDINATES",
    WARNING,
    "positions with more than three ordinates",
    "RFC 7946, 3.1.1",
    "write longitude, latitude and, if need be, height",
)
WINDING: Final = Rule(
    "GEOJSON_WINDING",
    WARNING,
    "rings against the right-hand rule",
    "RFC 7946, 3.1.6",
    "write exteriors counter-clockwise, interiors clockwise",
)
CRS: Final = Rule(
    "GEOJSON_CRS",
    WARNING,
    "a crs member, which RFC 7946 took out: readers take the coordinates for degrees",
    "RFC 7946, 4 and B.1",
    "leave it out and write CRS84, or use JSON-FG with coordRefSys",
)
ID: Final = Rule(
    "GEOJSON_ID_MISSING",
    INFO,
    "a feature without id",
    "INSPIRE GeoJSON rule (gml:id becomes id)",
    "write the feature's id",
)
ID_TWICE: Final = Rule(
    "GEOJSON_ID_REPEATED",
    ERROR,
    "an id that occurs twice",
    "RFC 7946, 3.2 (an identifier)",
    "make it unique",
)
EMPTY: Final = Rule(
    "GEOJSON_NO_FEATURES",
    WARNING,
    "a collection without features",
    "practice",
    "leave the file out",
)
BBOX: Final = Rule(
    "GEOJSON_BBOX",
    WARNING,
    "the bbox is not the data's",
    "RFC 7946, 5",
    "correct it, or leave it out",
)

RULES: Final = (
    BROKEN,
    TYPE,
    FEATURE,
    GEOMETRY,
    RANGE,
    ORDINATES,
    WINDING,
    CRS,
    ID,
    ID_TWICE,
    EMPTY,
    BBOX,
)
