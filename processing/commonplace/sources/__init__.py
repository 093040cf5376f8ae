"""Where layers come from: one module a protocol or file family.

A new kind of source is a class that satisfies :class:`commonplace.batch.Source`, an entry
in :data:`SOURCES`, and the signs it is recognised by (:mod:`commonplace.sources.recognition`).
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from commonplace.batch import Source
from commonplace.errors import SourceError
from commonplace.job import SourceKind, SourceSpec
from commonplace.report import Observer, Silent
from commonplace.sources.recognition import recognise

__all__ = ["SOURCES", "open_source", "recognise"]

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
    "edr": ("commonplace.sources.edr", "EdrSource"),
    "tiles": ("commonplace.sources.tiles", "TilesSource"),
    "coverages": ("commonplace.sources.coverages", "CoveragesSource"),
}

FILTERING: Final = ("ogcapi",)  # kinds that see to CQL2 filters themselves


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
        When the statement can't be right (an unknown encoding or CRS, a kind that is not
        read yet).
    """
    kind = spec.kind or recognise(spec)
    if kind is not None:
        return _opened(kind, spec, observer)

    from commonplace.sources.probing import Recognised  # with HTTP, that files do without

    def opened_as(kind: SourceKind) -> Source:
        return _opened(kind, replace(spec, kind=kind), observer)

    return Recognised(spec, observer or Silent(), opened_as)


def _opened(kind: SourceKind, spec: SourceSpec, observer: Observer | None) -> Source:
    if kind not in SOURCES:
        raise SourceError(f"sources of kind {kind!r} can't be read", hint=", ".join(SOURCES))
    module, name = SOURCES[kind]
    opener: Opener = getattr(importlib.import_module(module), name)
    source = opener(spec, observer)
    if kind in FILTERING or (spec.filter is None and spec.since is None):
        return source
    from commonplace.sources.filtering import Filtered

    return Filtered(source, spec, observer)
