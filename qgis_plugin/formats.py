"""The encodings that a package may hold, in the job's order: names and what each is good for.

Standard library only, save for the translation of texts.
"""

from __future__ import annotations

from typing import Final

from .texts import tr

FORMATS: Final = {
    "gml": "INSPIRE GML",
    "gpkg": "GeoPackage",
    "geojson": "GeoJSON",
    "jsonfg": "JSON-FG",
    "geoparquet": "GeoParquet",
    "flatgeobuf": "FlatGeobuf",
    "csv": "CSV",
    "cityjson": "CityJSON",
    "cityjsonseq": "CityJSON Text Sequences",
    "ngsild": "NGSI-LD",
}
#: Where there is no room for more.
SHORT: Final = {**FORMATS, "gml": "GML", "cityjsonseq": "CityJSONSeq"}
USUAL: Final = ("gml", "gpkg", "geojson")


def good_for(name: str) -> str:
    """What an encoding is good for, in a line."""
    return {
        "gml": tr("what the INSPIRE directive asks for: the whole model, nested as it is"),
        "gpkg": tr("for QGIS and other GIS; styles come with it"),
        "geojson": tr("for web maps and scripts, in longitude and latitude"),
        "jsonfg": tr("GeoJSON that keeps the target CRS, times and solids"),
        "geoparquet": tr("for data science and large data sets, small and fast"),
        "flatgeobuf": tr("for web maps over large data sets, read by parts"),
        "csv": tr("a table for spreadsheets; geometry as text"),
        "cityjson": tr("3D city models: buildings and what is around them"),
        "cityjsonseq": tr("the same in lines, for streaming and large cities"),
        "ngsild": tr("entities for context brokers and digital twins"),
    }[name]
