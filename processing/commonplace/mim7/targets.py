"""Evidence from a target that is no package of ours: a file, or a service's endpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from commonplace.batch import Layer, Source
from commonplace.errors import AccessRefused, MalformedAnswer, ServerFault
from commonplace.http import Client, Response, shown_url
from commonplace.job import SourceSpec
from commonplace.mim7.evidence import Evidence, FileFacts, LayerFacts, ServiceFacts
from commonplace.mim7.files import encoding_faults, judged
from commonplace.mim7.identifiers import Comparison, change
from commonplace.mim7.layers import MOST_LAYERS, PAGE, Looked, Options, chosen, look
from commonplace.mim7.linked import Linked, linked
from commonplace.mim7.models import model_of
from commonplace.mim7.oasc import conformance_of, tests_of_files, tests_of_service
from commonplace.report import Finding, Observer, Silent
from commonplace.sources import open_source
from commonplace.sources.connect import client_for
from commonplace.validate.outcome import Validation

#: Kinds of sources that are services, and what their protocols are called.
PROTOCOLS: Final = {
    "ogcapi": "OGC API - Features",
    "wfs": "WFS",
    "ngsild": "NGSI-LD",
    "sensorthings": "SensorThings API",
}


def of_file(
    spec: SourceSpec,
    options: Options,
    validation: Validation | None = None,
    previous: Path | None = None,
    observer: Observer | None = None,
) -> Evidence:
    """What a file's layers show.

    Parameters
    ----------
    validation
        The outcome of validating it; None where there are no rules for its encoding.
    previous
        An earlier file of the same data.

    Raises
    ------
    SourceError
        It can't be read.
    """
    source = open_source(spec, observer)
    looked = [look(source, one, options) for one in chosen(source.layers(), options)]
    told = source.evidence()
    schemas = told.details.get("schemas")
    path = spec.path
    name = path.name if path is not None else shown_url(spec.url or "")
    return Evidence(
        target=name,
        kind="file",
        layers=_modelled(looked, told.kind, schemas if isinstance(schemas, list) else []),
        files=_files(name, told.details, validation),
        licence=next((one.facts.licence for one in looked if one.facts.licence), None),
        findings=(*source.findings(), *_told(validation)),
        comparison=None if previous is None else _compared(looked, previous, options),
        old_tests=tests_of_files([] if path is None else [path]),
    )


def _told(validation: Validation | None) -> list[Finding]:
    """A validation's findings, one of a kind, counted."""
    found = [] if validation is None else validation.findings.grouped()
    return [replace(first, count=count) for first, count, _ in found]


def _files(
    name: str, details: dict[str, object], validation: Validation | None
) -> tuple[FileFacts, ...]:
    drivers = details.get("drivers")
    format_ = ", ".join(map(str, drivers)) if isinstance(drivers, list) else "unknown"
    if validation is None or not validation.files:
        return (FileFacts(name, format_),)
    return tuple(
        judged(one.name, one.kind, encoding_faults(validation, one.name), one.schema)
        for one in validation.files
    )


def _compared(looked: Sequence[Looked], previous: Path, options: Options) -> Comparison:
    source = open_source(SourceSpec(path=previous))
    found = [look(source, one, options) for one in chosen(source.layers(), options)]
    before = {one.facts.name: one.ids for one in found if one.ids is not None}
    changes = []
    for one in looked:
        old = before.get(one.facts.name)
        if old is not None and one.ids is not None:
            changes.append(change(one.facts.name, old, one.ids))
    missing = sorted(before.keys() - {one.facts.name for one in looked})
    return Comparison(previous.name, tuple(changes), tuple(missing))


def of_service(spec: SourceSpec, options: Options, observer: Observer | None = None) -> Evidence:
    """What a service declares, and what its first pages hold.

    Raises
    ------
    Unreachable
        Nobody answers. What answers wrongly is evidence.
    """
    observer = observer or Silent()
    url = spec.url or ""
    options = replace(options, own_host=urlsplit(url).hostname)
    source = open_source(replace(spec, page_size=spec.page_size or PAGE), observer)
    problem, layers = _listed(source)
    with client_for(spec, observer) as client:
        told = source.evidence() if problem is None else None
        kind = told.kind if told is not None else spec.kind or "unknown"
        capabilities = _capabilities(client, url, kind)
        conformance = conformance_of(client, url)
        found = linked(client, url) if kind == "ogcapi" else Linked()
    if problem is None and kind not in PROTOCOLS:
        return of_file(spec, options, observer=observer)
    picked = chosen(layers, options)
    looked = [look(source, one, options) for one in picked[:MOST_LAYERS]]
    looked += [Looked(_unread(one)) for one in picked[MOST_LAYERS:]]
    version = None if told is None else told.details.get("version")
    return Evidence(
        target=shown_url(url),
        kind=kind,
        layers=tuple(
            replace(one, model=one.model or found.models.get(one.name))
            for one in _modelled(looked, kind, [])
        ),
        service=ServiceFacts(
            protocol=PROTOCOLS.get(kind, kind),
            address=shown_url(url),
            version=str(version) if version else None,
            conformance=_classes(conformance),
            credential=bool(spec.auth or spec.token_env),
            problem=problem,
        ),
        licence=next((one.facts.licence for one in looked if one.facts.licence), None),
        publisher=found.publisher,
        records=found.records,
        findings=tuple(source.findings()),
        old_tests=tests_of_service(capabilities, conformance),
    )


def _listed(source: Source) -> tuple[str | None, list[Layer]]:
    """The layers, or why there are none."""
    try:
        return None, source.layers()
    except (MalformedAnswer, ServerFault, AccessRefused) as error:
        return f"{error.code}: {error.message}", []


def _unread(layer: Layer) -> LayerFacts:
    return LayerFacts(
        layer.name,
        layer.name,
        layer.field_names,
        count=layer.count,
        crs=layer.crs,
        licence=layer.licence,
        problem=None,
        located=layer.geometry_type is not None,
    )


def _capabilities(client: Client, url: str, kind: str) -> Response:
    pairs = [("service", "WFS"), ("request", "GetCapabilities")] if kind == "wfs" else []
    return client.get(url, pairs if "service=" not in url.lower() else [], allowed=range(400, 600))


def _classes(conformance: Response) -> tuple[str, ...]:
    if conformance.status != 200:
        return ()
    try:
        body: Any = conformance.json()
    except MalformedAnswer:
        return ()
    found = body.get("conformsTo") if isinstance(body, dict) else None
    return tuple(sorted(map(str, found))) if isinstance(found, list) else ()


def _modelled(looked: Sequence[Looked], kind: str, schemas: list[Any]) -> tuple[LayerFacts, ...]:
    return tuple(
        replace(one.facts, model=model_of(one.facts, kind, [str(each) for each in schemas]))
        for one in looked
    )
