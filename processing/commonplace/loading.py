"""A layer of any source as a GeoPackage of its own, and quickly its first features.

What a desktop shows: nothing is mapped or reprojected. Of a service the first features are
asked for alone and written to a file beside, so that there is something to see while the
rest is read.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from pyproj import CRS
from pyproj.exceptions import CRSError

from commonplace.batch import Evidence, Layer, Query, Source
from commonplace.errors import TargetExists
from commonplace.formats.gpkg.plain import Written, write_plain
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources import open_source

#: Kinds of source that give a few features without giving all.
GIVE_A_FEW: Final = frozenset(("ogcapi", "wfs", "ngsild", "sensorthings", "postgis"))


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded, with where it came from and what was odd."""

    layer: Layer
    written: Written
    evidence: Evidence
    findings: tuple[Finding, ...]


def load(
    spec: SourceSpec,
    name: str | None,
    target: Path,
    *,
    replace_target: bool = False,
    first: int = 0,
    told: Callable[[Written], None] | None = None,
    observer: Observer | None = None,
) -> Loaded:
    """Write a layer to ``target``.

    Parameters
    ----------
    spec
        The source; its ``bbox``, ``limit``, ``filter`` and the like choose what is read.
    name
        The layer's; None for the only one.
    first
        How many features are read alone before all, of kinds that can (:data:`GIVE_A_FEW`).
    told
        Called with what was written of them, to ``NAME.first.gpkg`` beside the target; who
        asked removes that file.

    Raises
    ------
    SourceError, OutputError
    """
    if target.exists() and not replace_target:
        raise TargetExists(f"{target.name} exists", hint="name another file")
    watching = observer or Silent()
    source = open_source(spec, watching)
    layer = source.layer(name)
    query = Query(
        bbox=spec.bbox, bbox_crs=spec.bbox_crs, where=tuple(spec.where.items()), limit=spec.limit
    )
    if told is not None and _few_first(source, first, query.limit):
        few = replace(query, limit=first)
        beside = target.with_name(f"{target.stem}.first.gpkg")
        some = _write(source, layer, few, beside)
        if some.count >= first:
            told(some)
        else:  # these are all: no need to ask again
            beside.replace(target)
            some.path = target
            return _loaded(source, layer, some)
    return _loaded(source, layer, _write(source, layer, query, target))


def _few_first(source: Source, first: int, limit: int | None) -> bool:
    kind = source.evidence().kind
    return first > 0 and kind in GIVE_A_FEW and (limit is None or limit > first)


def _write(source: Source, layer: Layer, query: Query, target: Path) -> Written:
    return write_plain(target, layer, source.batches(layer, query), degrees=_in_degrees(layer.crs))


def _in_degrees(crs: str | None) -> bool:
    try:
        return crs is None or bool(CRS(crs).is_geographic)
    except CRSError:
        return False


def _loaded(source: Source, layer: Layer, written: Written) -> Loaded:
    findings = list(source.findings())
    for count, code, text in (
        (written.lost, "GEOMETRY_UNREADABLE", "geometries could not be read and are empty"),
        (written.curved, "CURVE_LINEARISED", "curves became lines"),
    ):
        if count:
            one = Finding(code, Severity.WARNING, text, layer=layer.name, count=count)
            findings.append(one)
    return Loaded(layer, written, source.evidence(), tuple(findings))
