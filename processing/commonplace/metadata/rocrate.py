"""``ro-crate-metadata.json``: the package as an RO-Crate 1.2 (w3id.org/ro/crate/1.2).

It tells the run (a CreateAction), what it read and what it made.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from commonplace.metadata.bundle import Bundle, BundledFile, BundledSource
from commonplace.metadata.vocabulary import licence_of

NAME: Final = "ro-crate-metadata.json"
CRATE: Final = "https://w3id.org/ro/crate/1.2"
HOMEPAGE: Final = "https://example.org/commonplace"  # as metadata.txt says
RUN: Final = "#run"
ENGINE: Final = "#commonplace"
PUBLISHER: Final = "#publisher"
EXTENT: Final = "#extent"

Entity = dict[str, Any]


def ro_crate(bundle: Bundle) -> str:
    """The text of the metadata file; addresses of files are relative to it."""
    graph = [
        {
            "@id": NAME,
            "@type": "CreativeWork",
            "conformsTo": _ref(CRATE),
            "about": _ref("./"),
        },
        _root(bundle),
        _licence(bundle),
        *_publisher(bundle),
        *_place(bundle),
        {
            "@id": ENGINE,
            "@type": "SoftwareApplication",
            "name": "Commonplace",
            "version": bundle.engine,
            "url": HOMEPAGE,
        },
        _run(bundle),
        *map(_source, bundle.sources),
        *_models(bundle),
        *map(_file, bundle.files),
    ]
    document = {"@context": f"{CRATE}/context", "@graph": [_stated(one) for one in graph]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _ref(identifier: str) -> Entity:
    return {"@id": identifier}


def _stated(entity: Entity) -> Entity:
    return {key: value for key, value in entity.items() if value not in (None, "", [])}


def _root(bundle: Bundle) -> Entity:
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": bundle.title,
        "description": bundle.description or bundle.title,
        "datePublished": bundle.as_of,
        "license": _ref(_licence(bundle)["@id"]),
        "creditText": bundle.publisher,
        "publisher": _ref(PUBLISHER),
        "keywords": list(bundle.keywords),
        "spatialCoverage": _ref(EXTENT) if bundle.extent else None,
        "hasPart": [_ref(_path(one)) for one in bundle.files],
        "mentions": _ref(RUN),
    }


def _licence(bundle: Bundle) -> Entity:
    known = licence_of(bundle.licence)
    return {
        "@id": "#licence" if known is None else known.uri,
        "@type": "CreativeWork",
        "name": bundle.licence,
        "description": f"The licence of the data: {bundle.licence}. Name: {bundle.publisher}.",
    }


def _publisher(bundle: Bundle) -> Iterator[Entity]:
    yield {
        "@id": PUBLISHER,
        "@type": "Organization",
        "name": bundle.contact or bundle.publisher,
        "url": bundle.url,
        "contactPoint": None if bundle.email is None else _ref(f"mailto:{bundle.email}"),
    }
    if bundle.email is not None:
        yield {
            "@id": f"mailto:{bundle.email}",
            "@type": "ContactPoint",
            "name": bundle.contact or bundle.publisher,
            "contactType": "publisher",
            "email": bundle.email,
        }


def _place(bundle: Bundle) -> Iterator[Entity]:
    if bundle.extent is None:
        return
    west, south, east, north = (f"{one:.6f}" for one in bundle.extent)
    ring = f"{west} {south}, {east} {south}, {east} {north}, {west} {north}, {west} {south}"
    box = {
        "@id": "#box",
        "@type": ["Geometry", "GeoShape"],
        "name": "box",
        "asWKT": f"POLYGON(({ring}))",
    }
    yield {"@id": EXTENT, "@type": "Place", "name": "where it lies", "geo": _ref("#box")}
    yield box


def _run(bundle: Bundle) -> Entity:
    documents = [one for one in bundle.files if one.path.endswith(".yaml")]
    return {
        "@id": RUN,
        "@type": "CreateAction",
        "name": f"Commonplace ran the job {bundle.name}",
        "description": "Sources were read, reprojected, mapped, checked and written.",
        "endTime": bundle.as_of,
        "instrument": _ref(ENGINE),
        "object": [
            *(_ref(_source_id(one)) for one in bundle.sources),
            *(_ref(_path(one)) for one in documents),
        ],
        "result": [_ref(_path(one)) for one in bundle.data],
    }


def _source_id(source: BundledSource) -> str:
    return f"#source/{quote(source.name, safe='')}"


def _source(source: BundledSource) -> Entity:
    return {
        "@id": _source_id(source),
        "@type": "CreativeWork",
        "name": source.name,
        "description": f"read as {source.kind} from {source.address}",
        "url": source.address if source.address.startswith(("http://", "https://")) else None,
    }


def _models(bundle: Bundle) -> Iterator[Entity]:
    for one in dict.fromkeys(file.model for file in bundle.data if file.model is not None):
        yield {"@id": one.uri, "@type": "CreativeWork", "name": one.title}


def _path(file: BundledFile) -> str:
    return quote(file.path)


def _file(file: BundledFile) -> Entity:
    counts = ", ".join(f"{count:,} {name}" for name, count in file.counts.items())
    return {
        "@id": _path(file),
        "@type": "File",
        "name": file.path.rpartition("/")[2],
        "description": "; ".join(filter(None, (file.title, counts, file.crs))),
        "encodingFormat": file.media_type.partition(";")[0],
        "contentSize": None if file.size is None else str(file.size),
        "sha256": file.sha256,
        "conformsTo": None if file.model is None else _ref(file.model.uri),
    }
