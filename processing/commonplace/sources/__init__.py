"""Where layers come from: one module a protocol or file family.

A new kind of source is a class that satisfies :class:`commonplace.batch.Source` and an
entry in :data:`SOURCES`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from commonplace.batch import Source
from commonplace.job import LdesSpec, NgsiSpec, SensorThingsSpec, SourceKind, SourceSpec
from commonplace.report import Observer
from commonplace.sources.sniff import is_database, is_remote_file, local_kind
from commonplace.sources.wfsaddress import service_kind

XML_SUFFIXES: Final = (".gml", ".xml")
_VERSIONS: Final = frozenset(("v1.0", "v1.1"))  # of SensorThings, as its addresses end
Opener = Callable[[SourceSpec, Observer | None], Source]

# The module and class of each kind; imported when first used, since a job seldom needs all.
SOURCES: Final[dict[SourceKind, tuple[str, str]]] = {
    "file": ("commonplace.sources.file", "FileSource"),
    "gml": ("commonplace.sources.gml", "GmlSource"),
    "ogcapi": ("commonplace.sources.ogcapi", "OgcApiSource"),
    "ngsild": ("commonplace.sources.ngsild", "NgsiLdSource"),
    "postgis": ("commonplace.sources.postgis", "PostgisSource"),
    "cityjson": ("commonplace.sources.cityjson", "CityJsonSource"),
    "citygml": ("commonplace.sources.citygml", "CityGmlSource"),
    "gtfs": ("commonplace.sources.gtfs", "GtfsSource"),
    "remote": ("commonplace.sources.remote", "RemoteSource"),
    "wfs": ("commonplace.sources.wfs", "WfsSource"),
    "csw": ("commonplace.sources.csw", "CswSource"),
    "records": ("commonplace.sources.records", "RecordsSource"),
    "atom": ("commonplace.sources.atom", "AtomSource"),
    "sensorthings": ("commonplace.sources.sensorthings", "SensorThingsSource"),
    "ldes": ("commonplace.sources.ldes", "LdesSource"),
}


def open_source(spec: SourceSpec, observer: Observer | None = None) -> Source:
    """The source that a job states. Nothing is opened or asked before its first use.

    Parameters
    ----------
    spec
        Where it is; its ``kind`` is recognised when it isn't stated.
    observer
        Asked between batches and pages whether to stop.

    Raises
    ------
    SourceError
        When the statement can't be right (an unknown encoding or CRS).
    """
    module, name = SOURCES[spec.kind or recognise(spec)]
    opener: Opener = getattr(importlib.import_module(module), name)
    return opener(spec, observer)


def recognise(spec: SourceSpec) -> SourceKind:
    """The kind of a source, from its address; of files, from their first bytes."""
    if spec.url is None:
        kind = None if spec.path is None else local_kind(spec.path)
        return kind or ("gml" if _is_inspire_gml(spec.path) else "file")
    named = _asked_for(spec, spec.url) or service_kind(spec.url)
    return named or ("remote" if is_remote_file(spec.url) else "ogcapi")


def _asked_for(spec: SourceSpec, url: str) -> SourceKind | None:
    """The kind that an address, or what is stated besides it, can only mean."""
    steps = set(urlsplit(url).path.split("/"))
    if is_database(url):
        return "postgis"
    if spec.tenant or spec.context or spec.ngsi != NgsiSpec() or "ngsi-ld" in steps:
        return "ngsild"
    if spec.ldes != LdesSpec():
        return "ldes"
    stated = spec.sensorthings != SensorThingsSpec()
    return "sensorthings" if stated or _VERSIONS & steps else None


def _is_inspire_gml(path: Path | None) -> bool:
    if path is None or path.suffix.lower() not in XML_SUFFIXES:
        return False
    from commonplace.sources.gml import is_inspire_gml

    return is_inspire_gml(path)
