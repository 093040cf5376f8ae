"""``provenance.jsonld``: from the sources to the files, layer by layer (W3C PROV-O).

Each layer is read, reprojected and mapped; each data set is written. What differs from run
to run without changing the data (requests repeated, seconds) is in ``report.json`` only, so
that the same job and answers give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final
from urllib.parse import quote

from commonplace.report import CrsOperation, LayerLedger, OutputFile, Report

CONTEXT: Final = {
    "prov": "http://www.w3.org/ns/prov#",
    "dct": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "schema": "https://schema.org/",
    "cp": "urn:commonplace:provenance:",
    "label": "rdfs:label",
    "used": {"@id": "prov:used", "@type": "@id"},
    "generatedBy": {"@id": "prov:wasGeneratedBy", "@type": "@id"},
    "derivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    "informedBy": {"@id": "prov:wasInformedBy", "@type": "@id"},
    "associatedWith": {"@id": "prov:wasAssociatedWith", "@type": "@id"},
    "hadPlan": {"@id": "prov:hadPlan", "@type": "@id"},
    "agent": {"@id": "prov:agent", "@type": "@id"},
    "qualifiedAssociation": "prov:qualifiedAssociation",
    "generatedAt": {"@id": "prov:generatedAtTime", "@type": "xsd:dateTime"},
    "startedAt": {"@id": "prov:startedAtTime", "@type": "xsd:dateTime"},
    "sha256": "cp:sha256",
    "address": "cp:address",
    "kind": "cp:kind",
    "bytes": "dcat:byteSize",
    "mediaType": "dct:format",
    "licence": "dct:license",
    "version": "schema:softwareVersion",
    "details": {"@id": "cp:details", "@type": "@json"},
    "request": {"@id": "cp:request", "@type": "@json"},
    "operation": {"@id": "cp:crsOperation", "@type": "@json"},
    "parameters": {"@id": "cp:parameters", "@type": "@json"},
    "rows": {"@id": "cp:rows", "@type": "@json"},
    "losses": {"@id": "cp:losses", "@type": "@json"},
}
CHANGING: Final = frozenset({"requests", "bytes", "retries", "seconds", "cached", "kept"})


@dataclass(frozen=True, slots=True)
class LayerCourse:
    """What happened to one layer; ``request`` is what was asked, in JSON types.

    ``joined`` are the sources whose columns were joined to its rows.
    """

    label: str
    source: str
    name: str
    request: Mapping[str, Any]
    types: tuple[str, ...]
    ledger: LayerLedger
    operation: CrsOperation | None = None
    joined: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to one data set. ``mappings`` are paths of documents in the package."""

    name: str
    schema: str
    mappings: tuple[str, ...]
    parameters: Mapping[str, Any]
    layers: tuple[LayerCourse, ...]
    outputs: tuple[OutputFile, ...]
    counts: Mapping[str, int] = field(default_factory=dict)


def provenance(
    report: Report, courses: Sequence[Course], documents: Sequence[tuple[str, bytes]]
) -> str:
    """The text of ``provenance.jsonld``; addresses are relative to the package."""
    graph = [
        *_agents(report),
        *(_document(name, content) for name, content in documents),
        *(_source(report, one) for one in report.inputs),
    ]
    for course in courses:
        for layer in course.layers:
            graph.extend(_layer(report, course, layer))
        graph.extend(_written(report, course))
    written = {"@context": CONTEXT, "@graph": graph}
    return json.dumps(written, ensure_ascii=False, indent=1, default=str) + "\n"


def _id(kind: str, *names: str) -> str:
    return f"#{kind}/{'/'.join(quote(one, safe='') for one in names)}"


def _agents(report: Report) -> Iterator[dict[str, Any]]:
    libraries = {
        name: version for name, version in report.versions.items() if name != "commonplace"
    }
    yield {
        "@id": "#engine",
        "@type": "prov:SoftwareAgent",
        "label": "Commonplace",
        "version": report.versions.get("commonplace", ""),
        "parameters": {"libraries": libraries},
    }
    if any(one.decided_by for one in report.personal):
        yield {
            "@id": "#privacy",
            "@type": "prov:Activity",
            "label": "what became of columns with personal data",
            "parameters": {"columns": [asdict(one) for one in report.personal]},
        }


def _document(name: str, content: bytes) -> dict[str, Any]:
    return {
        "@id": quote(name),
        "@type": ["prov:Entity", "prov:Plan"],
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _source(report: Report, told: Mapping[str, object]) -> dict[str, Any]:
    name = str(told["source"])
    details = {
        key: value
        for key, value in told.items()
        if key not in ("source", "kind", "address") and key not in CHANGING and value is not None
    }
    return {
        "@id": _id("source", name),
        "@type": "prov:Entity",
        "label": name,
        "kind": told["kind"],
        "address": told["address"],
        "generatedAt": report.as_of,
        "details": details,
    }


def _layer(report: Report, course: Course, layer: LayerCourse) -> Iterator[dict[str, Any]]:
    reading, mapping = _id("read", layer.label), _id("map", layer.label)
    sources = [_id("source", one) for one in dict.fromkeys((layer.source, *layer.joined))]
    rows, objects = _id("layer", layer.label), _id("objects", layer.label)
    yield {
        **_activity(report, reading, f"read {layer.label}"),
        "used": [*sources, "job.yaml"],
        "request": {"layer": layer.name, **layer.request},
    }
    yield {
        "@id": rows,
        "@type": "prov:Entity",
        "label": f"rows of {layer.label}",
        "generatedBy": reading,
        "derivedFrom": sources,
        "rows": {"read": layer.ledger.read},
    }
    before = rows
    if layer.operation is not None:
        before = _id("reprojected", layer.label)
        moving = _id("reproject", layer.label)
        yield {
            **_activity(report, moving, f"reproject {layer.label}"),
            "used": rows,
            "operation": asdict(layer.operation),
        }
        yield {
            "@id": before,
            "@type": "prov:Entity",
            "generatedBy": moving,
            "derivedFrom": rows,
        }
    yield {
        **_activity(report, mapping, f"map {layer.label} to {', '.join(layer.types)}"),
        "used": [before, *map(quote, course.mappings)],
        "qualifiedAssociation": {
            "@type": "prov:Association",
            "agent": "#engine",
            "hadPlan": list(map(quote, course.mappings)),
        },
        "parameters": dict(course.parameters),
        "rows": asdict(layer.ledger),
    }
    yield {
        "@id": objects,
        "@type": "prov:Entity",
        "label": f"objects of {', '.join(layer.types)}, {course.schema}",
        "generatedBy": mapping,
        "derivedFrom": before,
    }


def _written(report: Report, course: Course) -> Iterator[dict[str, Any]]:
    writing = _id("write", course.name)
    objects = [_id("objects", one.label) for one in course.layers]
    yield {
        **_activity(report, writing, f"write {course.name}"),
        "used": [*objects, "job.yaml"],
        "informedBy": [_id("map", one.label) for one in course.layers],
        "rows": dict(course.counts),
    }
    for output in course.outputs:
        entity = {
            "@id": quote(output.path),
            "@type": ["prov:Entity", "dcat:Distribution"],
            "mediaType": output.media_type,
            "bytes": output.size,
            "sha256": output.sha256,
            "licence": report.licence,
            "generatedBy": writing,
            "generatedAt": report.as_of,
            "derivedFrom": objects,
            "rows": dict(output.counts),
            "losses": report.losses.get(output.format, []),
        }
        yield {key: value for key, value in entity.items() if value not in ([], {})}


def _activity(report: Report, name: str, label: str) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "prov:Activity",
        "label": label,
        "startedAt": report.as_of,
        "associatedWith": "#engine",
    }
