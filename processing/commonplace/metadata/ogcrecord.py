"""The record as OGC API - Records Part 1 (20-004r1, record core) has it: a GeoJSON feature."""

from __future__ import annotations

import json
from typing import Any, Final
from urllib.parse import quote

from commonplace.metadata.record import Record
from commonplace.metadata.vocabulary import (
    CODE_LISTS,
    HVD_LAW,
    HVD_SCHEME,
    LANGUAGE_NAMES,
    THEMES,
    encoding_of,
    licence_of,
    theme_label,
    two_letters,
)

CORE: Final = "http://www.opengis.net/spec/ogcapi-records-1/1.0/conf/record-core"


def ogc_record(record: Record) -> str:
    """The text of ``<dataset>.json``; addresses of files are relative to ``metadata/``."""
    facts, stated = record.facts, record.form.temporal
    document: dict[str, Any] = {
        "id": record.file_identifier,
        "type": "Feature",
        "conformsTo": [CORE],
        "geometry": _geometry(record),
        "time": None if stated.begin is None else {"interval": [stated.begin, stated.end or ".."]},
        "properties": _properties(record),
        "links": _links(record),
    }
    if facts.extent is not None:
        document["bbox"] = [round(one, 6) for one in facts.extent]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _geometry(record: Record) -> dict[str, Any] | None:
    if record.facts.extent is None:
        return None
    west, south, east, north = (round(one, 6) for one in record.facts.extent)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def _properties(record: Record) -> dict[str, Any]:
    licence = licence_of(record.facts.licence)
    dates = {kind: day for day, kind in record.dates}
    contact = record.form.contact
    properties: dict[str, Any] = {
        "type": record.facts.scope,
        "title": record.title,
        "description": record.abstract,
        "created": dates.get("creation"),
        "updated": dates["revision"],
        "language": {
            "code": two_letters(record.language),
            "name": LANGUAGE_NAMES[record.language],
        },
        "resourceLanguages": [{"code": two_letters(one)} for one in record.languages],
        "keywords": list(record.keywords),
        "themes": _themes(record),
        "formats": [
            {"name": encoding.name}
            for one in dict.fromkeys(one.format for one in record.facts.outputs)
            if (encoding := encoding_of(one)) is not None
        ],
        "contacts": [],
        "license": record.facts.licence if licence is None else licence.uri,
        "rights": record.facts.attribution,
        "externalIds": [{"value": record.identifier}],
        "crs": list(record.facts.crs),
        "accessRights": record.form.limitations,
    }
    if contact.organisation is not None:
        one: dict[str, Any] = {"organization": contact.organisation, "roles": [contact.role]}
        if contact.email is not None:
            one["emails"] = [{"value": contact.email}]
        if contact.url is not None:
            one["links"] = [{"href": contact.url, "rel": "about"}]
        properties["contacts"] = [one]
    return {key: value for key, value in properties.items() if value not in (None, [])}


def _themes(record: Record) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    concepts: list[dict[str, Any]] = [
        {"id": theme, "title": label, "url": f"{THEMES}/{theme}"}
        for theme in record.facts.themes
        if (label := theme_label(theme, record.language)) is not None
    ]
    if concepts:
        found.append({"scheme": THEMES, "concepts": concepts})
    if record.topics:
        concepts = [{"id": one} for one in record.topics]
        found.append({"scheme": f"{CODE_LISTS}/TopicCategory", "concepts": concepts})
    if record.high_value is not None:
        category = record.high_value
        words = category.labels[record.language]
        concept = {"id": category.uri.rsplit("/", 1)[-1], "title": words, "url": category.uri}
        found.append({"scheme": HVD_SCHEME, "concepts": [concept]})
    return found


def _links(record: Record) -> list[dict[str, Any]]:
    name, base = record.facts.name, record.form.published_at
    root = ".." if base is None else base.rstrip("/")
    links: list[dict[str, Any]] = [
        {"rel": "alternate", "href": f"{quote(name)}.xml", "type": "application/xml"},
        {"rel": "alternate", "href": f"{quote(name)}.ttl", "type": "text/turtle"},
        {"rel": "alternate", "href": f"{quote(name)}.jsonld", "type": "application/ld+json"},
    ]
    if record.facts.series is not None:
        links.append({"rel": "collection", "href": f"{quote(record.facts.series)}.json"})
    for member in record.facts.members:
        links.append({"rel": "item", "href": f"{quote(member.name)}.json"})
    for one in () if record.facts.members else record.facts.outputs:
        links.append(
            {
                "rel": "enclosure",
                "href": f"{root}/{quote(one.path)}",
                "type": one.media_type,
                "title": one.path.rsplit("/", 1)[-1],
                "length": one.size,
            }
        )
    licence = licence_of(record.facts.licence)
    if licence is not None:
        links.append({"rel": "license", "href": licence.uri})
    if record.high_value is not None:
        links.append({"rel": "tag", "href": HVD_LAW})
    kinds = {"information": "about", "view": "service", "download": "service"}
    for link in record.form.links:
        entry = {"rel": kinds.get(link.kind, "related"), "href": link.url}
        links.append(entry | ({"title": link.name} if link.name else {}))
    return links
