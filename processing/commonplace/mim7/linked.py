"""What the links of an OGC API lead to: data models, metadata records, a publisher.

INSPIRE's good practice (``gp-ogc-api-features`` 1.0): ``tag`` leads from a collection to its
feature concept, ``describedby`` from the data set to its metadata in ISO 19139.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Client, shown_url
from commonplace.ngsi.entities import FEATURE_CONCEPT

MOST_RECORDS: Final = 5
ISO: Final = ("MD_Metadata", "MI_Metadata")
_XML: Final = ("application/xml", "text/xml", "application/vnd.iso.19139+xml")
_PUBLISHER: Final = ".//{*}contact//{*}organisationName/*"

Link = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Linked:
    """Models by collection (the addresses of concepts), addresses of records, who publishes."""

    models: Mapping[str, str] = field(default_factory=dict)
    records: tuple[str, ...] = ()
    publisher: str | None = None


def linked(client: Client, url: str) -> Linked:
    """Follow the links of a service; what can't be followed tells nothing."""
    try:
        answer = client.get(
            f"{url.rstrip('/')}/collections", headers={"Accept": "application/json"}
        )
        document = answer.json()
    except (SourceError, MalformedAnswer):
        return Linked()
    if not isinstance(document, dict):
        return Linked()
    listed = [one for one in document.get("collections") or [] if isinstance(one, dict)]
    models = {str(one.get("id")): concept for one in listed if (concept := _concept(one))}
    own, every = list(_links(document)), [each for one in listed for each in _links(one)]
    found = [
        record
        for address in _described((*own, *every))[:MOST_RECORDS]
        if (record := _record(client, address)) is not None
    ]
    publisher = next((who for _, who in found if who), None)
    return Linked(models, tuple(address for address, _ in found), publisher)


def _links(document: Mapping[str, Any]) -> Iterator[Link]:
    for one in document.get("links") or []:
        if isinstance(one, dict) and one.get("href"):
            yield one


def _concept(collection: Mapping[str, Any]) -> str | None:
    """The feature concept of the model's register that a collection names."""
    bare = FEATURE_CONCEPT.partition("://")[2]
    for one in _links(collection):
        address = str(one["href"])
        if one.get("rel") == "tag" and address.partition("://")[2].startswith(bare):
            return address
    return None


def _described(links: Sequence[Link]) -> list[str]:
    """Addresses of documents that may be metadata, each once."""
    found = (
        str(one["href"])
        for one in links
        if one.get("rel") == "describedby"
        and str(one.get("type", "")).partition(";")[0].strip() in _XML
    )
    return list(dict.fromkeys(found))


def _record(client: Client, address: str) -> tuple[str, str | None] | None:
    """A record's address and its organisation; None where it is none."""
    try:
        answer = client.get(address)
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root = etree.fromstring(answer.body, parser)
    except (SourceError, etree.XMLSyntaxError):
        return None
    records = [root] if etree.QName(root).localname in ISO else list(root.iter("{*}MD_Metadata"))
    if not records:
        return None
    name = records[0].find(_PUBLISHER)
    return shown_url(answer.url), (name.text or "").strip() or None if name is not None else None
