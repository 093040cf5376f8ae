"""Where layers come from: one module a protocol or file family.

A new kind of source is a class that satisfies :class:`commonplace.batch.Source` and an
entry in :data:`SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from commonplace.batch import Source
from commonplace.job import SourceKind, SourceSpec
from commonplace.report import Observer
from commonplace.sources.file import FileSource
from commonplace.sources.ngsild import NgsiLdSource
from commonplace.sources.ogcapi import OgcApiSource

Opener = Callable[[SourceSpec, Observer | None], Source]

SOURCES: Final[dict[SourceKind, Opener]] = {
    "file": FileSource,
    "ogcapi": OgcApiSource,
    "ngsild": NgsiLdSource,
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
    return SOURCES[spec.kind or recognise(spec)](spec, observer)


def recognise(spec: SourceSpec) -> SourceKind:
    """The kind of a source, from its address alone."""
    if spec.url is None:
        return "file"
    if spec.tenant or spec.context or "ngsi-ld" in urlsplit(spec.url).path.split("/"):
        return "ngsild"
    return "ogcapi"
