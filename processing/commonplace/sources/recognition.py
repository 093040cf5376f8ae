"""Which kind of source an address is, as far as it tells by itself."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from commonplace.job import EdrSpec, LdesSpec, NgsiSpec, SensorThingsSpec, SourceKind, SourceSpec
from commonplace.sources.sniff import is_database, is_remote_file, local_kind
from commonplace.sources.wfsaddress import service_kind

XML_SUFFIXES: Final = (".gml", ".xml")
# SensorThings: an address that ends with the version, or goes on with an entity set.
_SENSORTHINGS: Final = re.compile(
    r"/v1\.[01](?:/?$|/(?:Things|(?:Historical)?Locations|(?:Multi)?Datastreams|Sensors"
    r"|ObservedProperties|Observations|FeaturesOfInterest)\b)"
)


def recognise(spec: SourceSpec) -> SourceKind | None:
    """The kind that an address alone tells (of files: their first bytes); None: ask."""
    if spec.url is None:
        kind = None if spec.path is None else local_kind(spec.path)
        return kind or ("gml" if _is_inspire_gml(spec.path) else "file")
    named = _asked_for(spec, spec.url) or service_kind(spec.url)
    if named is None and is_remote_file(spec.url):
        return "remote"
    steps = urlsplit(spec.url).path.rstrip("/").split("/")
    return named or ("ogcapi" if "collections" in steps and steps[-1] == "items" else None)


def _asked_for(spec: SourceSpec, url: str) -> SourceKind | None:
    """The kind that an address, or what is stated besides it, can only mean."""
    parts = urlsplit(url)
    steps = set(parts.path.split("/"))
    if is_database(url):
        return "postgis"
    if spec.tenant or spec.context or spec.ngsi != NgsiSpec() or "ngsi-ld" in steps:
        return "ngsild"
    if spec.ldes != LdesSpec():
        return "ldes"
    if spec.edr != EdrSpec():
        return "edr"
    named = _SENSORTHINGS.search(parts.path) and "service=" not in parts.query.lower()
    return "sensorthings" if named or spec.sensorthings != SensorThingsSpec() else None


def _is_inspire_gml(path: Path | None) -> bool:
    if path is None or path.suffix.lower() not in XML_SUFFIXES:
        return False
    from commonplace.sources.gml import is_inspire_gml

    return is_inspire_gml(path)
