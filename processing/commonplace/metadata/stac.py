"""STAC 1.1: an item a data set and a collection of them, as a static catalogue in ``stac/``.

Checksums and sizes by the file extension 2.1, CRSs by the projection extension 2.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, Final
from urllib.parse import quote

from commonplace.bounds import Bounds
from commonplace.metadata.record import Record
from commonplace.metadata.vocabulary import licence_of
from commonplace.report import OutputFile

VERSION: Final = "1.1.0"
EXTENSIONS: Final = (
    "https://stac-extensions.github.io/file/v2.1.0/schema.json",
    "https://stac-extensions.github.io/projection/v2.0.0/schema.json",
)
COLLECTION: Final = "collection.json"
SHA256: Final = "1220"  # multihash: sha2-256, 32 bytes
RECORDS: Final = {
    "xml": ("application/xml", "ISO 19139"),
    "ttl": ("text/turtle", "DCAT-AP"),
    "json": ("application/json", "OGC API record"),
}


def stac_item(record: Record) -> str:
    """The text of ``stac/items/<dataset>.json``."""
    facts = record.facts
    document: dict[str, Any] = {
        "type": "Feature",
        "stac_version": VERSION,
        "stac_extensions": list(EXTENSIONS),
        "id": facts.name,
        "geometry": None if facts.extent is None else _polygon(facts.extent),
        "properties": _stated(
            {
                "datetime": facts.as_of,
                "title": record.title,
                "description": record.abstract,
                "keywords": list(record.keywords),
                "license": _licence(facts.licence),
                "providers": _providers(record),
            }
        ),
        "collection": facts.job,
        "links": [
            _link("root", f"../{COLLECTION}"),
            _link("parent", f"../{COLLECTION}"),
            _link("collection", f"../{COLLECTION}"),
            *_licence_links(facts.licence),
        ],
        "assets": dict(_assets(record)),
    }
    if facts.extent is not None:
        document["bbox"] = [round(one, 6) for one in facts.extent]
    return _text(document)


def stac_collection(records: Sequence[Record], title: str, description: str) -> str:
    """The text of ``stac/collection.json``."""
    first = records[0]
    boxes = [one.facts.extent for one in records if one.facts.extent is not None]
    document = {
        "type": "Collection",
        "stac_version": VERSION,
        "id": first.facts.job,
        "title": title,
        "description": description,
        "keywords": list(dict.fromkeys(word for one in records for word in one.keywords)),
        "license": _licence(first.facts.licence),
        "providers": _providers(first),
        "extent": {
            "spatial": {"bbox": [_around(boxes)]},
            "temporal": {"interval": [_interval(first)]},
        },
        "links": [
            _link("root", COLLECTION),
            *(_link("item", f"items/{quote(one.facts.name)}.json", one.title) for one in records),
            *_licence_links(first.facts.licence),
        ],
    }
    return _text(_stated(document))


def _text(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _stated(document: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if value not in (None, "", [])}


def _polygon(box: Bounds) -> dict[str, Any]:
    west, south, east, north = (round(one, 6) for one in box)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _around(boxes: Sequence[Bounds]) -> list[float]:
    """The box around all; the world where nothing has a place."""
    if not boxes:
        return [-180, -90, 180, 90]
    west, south, east, north = zip(*boxes, strict=True)
    return [round(one, 6) for one in (min(west), min(south), max(east), max(north))]


def _interval(record: Record) -> list[str | None]:
    """The time that the data are about, else the state of the package."""
    stated = record.form.temporal
    if stated.begin is None:
        return [record.facts.as_of, record.facts.as_of]
    end = None if stated.end is None else f"{stated.end}T00:00:00Z"
    return [f"{stated.begin}T00:00:00Z", end]


def _licence(text: str) -> str:
    """An SPDX identifier, else ``other``: the link leads to it."""
    known = licence_of(text) is not None and not text.startswith(("http", "IODL"))
    return text.strip() if known else "other"


def _licence_links(text: str) -> list[dict[str, str]]:
    known = licence_of(text)
    return [] if known is None else [{"rel": "license", "href": known.uri}]


def _providers(record: Record) -> list[dict[str, Any]]:
    contact = record.form.contact
    name = contact.organisation or record.facts.attribution
    return [_stated({"name": name, "roles": ["licensor", "producer"], "url": contact.url})]


def _link(rel: str, href: str, title: str | None = None) -> dict[str, str]:
    link = {"rel": rel, "href": href, "type": "application/json"}
    return link if title is None else {**link, "type": "application/geo+json", "title": title}


def _assets(record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    base = record.form.published_at
    root = "../.." if base is None else base.rstrip("/")
    for one in record.facts.outputs:
        yield PurePosixPath(one.path).name, _asset(one, root)
    for suffix, (media_type, title) in RECORDS.items():
        href = f"{root}/metadata/{quote(record.facts.name)}.{suffix}"
        yield (
            f"metadata.{suffix}",
            {"href": href, "type": media_type, "title": title, "roles": ["metadata"]},
        )


def _asset(output: OutputFile, root: str) -> dict[str, Any]:
    return _stated(
        {
            "href": f"{root}/{quote(output.path)}",
            "type": output.media_type,
            "title": ", ".join(output.feature_types),
            "roles": ["data"],
            "file:size": output.size,
            "file:checksum": f"{SHA256}{output.sha256}" if output.sha256 else None,
            "proj:code": output.crs,
        }
    )
