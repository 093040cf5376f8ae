"""The encodings there are, by the name a job calls them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from commonplace.formats.base import Format
from commonplace.formats.cityjson import CityJson, CityJsonSeq
from commonplace.formats.csv_text import Csv
from commonplace.formats.flatgeobuf import FlatGeobuf
from commonplace.formats.geojson import GeoJson
from commonplace.formats.geoparquet import GeoParquet
from commonplace.formats.gml import GmlFormat
from commonplace.formats.gpkg import GeoPackage
from commonplace.formats.jsonfg import JsonFg
from commonplace.formats.ngsild import NgsiLd

_ALL: Final[tuple[Format, ...]] = (
    GmlFormat(),
    GeoPackage(),
    GeoJson(),
    JsonFg(),
    FlatGeobuf(),
    GeoParquet(),
    Csv(),
    CityJson(),
    CityJsonSeq(),
    NgsiLd(),
)
FORMATS: Final[Mapping[str, Format]] = MappingProxyType({one.name: one for one in _ALL})
