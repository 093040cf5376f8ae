"""The encodings there are, by the name a job calls them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from commonplace.formats.base import Format
from commonplace.formats.geojson import GeoJson
from commonplace.formats.gml import GmlFormat
from commonplace.formats.gpkg import GeoPackage

FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {one.name: one for one in (GmlFormat(), GeoPackage(), GeoJson())}
)
