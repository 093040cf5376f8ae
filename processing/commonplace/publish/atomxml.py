"""Feeds of an INSPIRE download service by ATOM, as documents.

RFC 4287, GeoRSS Simple, OpenSearch 1.1 and the Technical Guidance for INSPIRE Download
Services 3.1, section 5. Every document depends on what it is given alone: no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

from lxml import etree

from commonplace.bounds import Bounds

ATOM: Final = "http://www.w3.org/2005/Atom"
GEORSS: Final = "http://www.georss.org/georss"
DLS: Final = "http://inspire.ec.europa.eu/schemas/inspire_dls/1.0"
SEARCH: Final = "http://a9.com/-/spec/opensearch/1.1/"
FEED_TYPE: Final = "application/atom+xml"
SEARCH_TYPE: Final = "application/opensearchdescription+xml"
CONCEPTS: Final = "http://inspire.ec.europa.eu/featureconcept/"
SERVICE: Final = "service.xml"
DESCRIPTION: Final = "opensearch.xml"
_NAMES: Final[Any] = {None: ATOM, "georss": GEORSS, "inspire_dls": DLS}
_XML: Final = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Download:
    """A file: its path below the service's address, and what it is."""

    path: str
    media_type: str
    format: str
    title: str
    size: int
    crs: tuple[str, str]  # URI and name


@dataclass(frozen=True, slots=True)
class AtomDataset:
    """A data set of a service."""

    code: str
    namespace: str
    title: str
    summary: str
    rights: str
    updated: str
    language: str
    author: str
    email: str | None
    bounds: Bounds | None
    feature_types: tuple[str, ...]
    metadata: str | None
    downloads: tuple[Download, ...]

    @property
    def feed(self) -> str:
        return f"{self.code}.xml"


@dataclass(frozen=True, slots=True)
class AtomService:
    """A service of one or several data sets; ``metadata`` is its record's address."""

    url: str
    title: str
    metadata: str | None
    datasets: tuple[AtomDataset, ...]

    def at(self, path: str) -> str:
        """The address of a path below the service's."""
        return f"{self.url.rstrip('/')}/{quote(path)}"


def service_feed(service: AtomService) -> bytes:
    """The feed of the service: an entry a data set (TG requirements 5 to 12)."""
    first = service.datasets[0]
    feed = _feed(
        service, SERVICE, service.title, f"INSPIRE download service: {service.title}", first
    )
    _link(feed, service.at(SERVICE), "self", FEED_TYPE, "This feed", language=first.language)
    if service.metadata:
        _link(feed, service.metadata, "describedby", "application/xml", "Service metadata")
    _link(feed, service.at(DESCRIPTION), "search", SEARCH_TYPE, f"Search in {service.title}")
    _head(feed, [one.updated for one in service.datasets], first)
    for one in service.datasets:
        entry = _under(feed, "entry")
        _text(entry, "title", one.title)
        _text(entry, f"{{{DLS}}}spatial_dataset_identifier_code", one.code)
        _text(entry, f"{{{DLS}}}spatial_dataset_identifier_namespace", one.namespace)
        if one.metadata:
            address = service.at(one.metadata)
            _link(entry, address, "describedby", "application/xml", f"Metadata of {one.title}")
        address = service.at(one.feed)
        _link(entry, address, "alternate", FEED_TYPE, f"Feed of {one.title}", one.language)
        _text(entry, "id", address)
        _text(entry, "rights", one.rights)
        _text(entry, "updated", one.updated)
        _text(entry, "summary", one.summary)
        _polygon(entry, one.bounds)
        _systems(entry, dict(each.crs for each in one.downloads).items())
    return _bytes(feed)


def dataset_feed(service: AtomService, one: AtomDataset) -> bytes:
    """The feed of a data set: an entry a format and CRS (TG requirements 13 to 20)."""
    feed = _feed(service, one.feed, one.title, one.summary, one)
    for kind in one.feature_types:
        _link(feed, f"{CONCEPTS}{kind}", "describedby", "text/html", kind)
    _link(feed, service.at(one.feed), "self", FEED_TYPE, "This feed", language=one.language)
    _link(feed, service.at(SERVICE), "up", FEED_TYPE, "The service", language=one.language)
    _head(feed, [one.updated], one)
    offers: dict[tuple[str, tuple[str, str]], list[Download]] = {}
    for file in one.downloads:
        offers.setdefault((file.format, file.crs), []).append(file)
    for (format_, crs), files in offers.items():
        entry = _under(feed, "entry")
        _text(entry, "title", f"{one.title} in {crs[1]}, {format_}")
        several = len(files) > 1
        for file in files:
            relation = "section" if several else "alternate"
            kind, title = file.media_type, file.title
            link = _link(entry, service.at(file.path), relation, kind, title, one.language)
            link.set("length", str(file.size))
            if several and one.bounds is not None:
                west, south, east, north = one.bounds
                link.set("bbox", f"{south} {west} {north} {east}")
        _text(entry, "id", f"{service.at(one.feed)}#{format_}-{crs[0].rpartition('/')[2]}")
        _text(entry, "rights", one.rights)
        _text(entry, "updated", one.updated)
        if several:
            names = ", ".join(file.title for file in files)
            _text(entry, "content", f"One file a feature type: {names}")
        _systems(entry, [crs])
    return _bytes(feed)


def search_description(service: AtomService) -> bytes:
    """The OpenSearch description, whose queries a server of plain files answers.

    What a query names stands in the path; the rest, which there is one of, in the query
    string, which such a server passes over (TG requirements 21 to 28).
    """
    first = service.datasets[0]
    names: Any = {None: SEARCH, "inspire_dls": DLS}
    root = etree.Element(f"{{{SEARCH}}}OpenSearchDescription", nsmap=names)
    _text(root, f"{{{SEARCH}}}ShortName", service.title[:16])
    _text(root, f"{{{SEARCH}}}Description", f"Data sets of {service.title}"[:1024])
    _url(root, SEARCH_TYPE, "self", service.at(DESCRIPTION))
    _url(root, FEED_TYPE, "results", f"{service.at(SERVICE)}?q={{searchTerms?}}")
    named = (
        "spatial_dataset_identifier_namespace={inspire_dls:spatial_dataset_identifier_namespace?}"
        "&crs={inspire_dls:crs?}&language={language?}"
    )
    code = "{inspire_dls:spatial_dataset_identifier_code?}"
    base = service.url.rstrip("/")
    _url(root, FEED_TYPE, "describedby", f"{base}/{code}.xml?{named}&q={{searchTerms?}}")
    for kind, ending in _kinds(service).items():
        _url(root, kind, "results", f"{base}/data/{code}{ending}?{named}&q={{searchTerms?}}")
    if first.email:
        _text(root, f"{{{SEARCH}}}Contact", first.email)
    _text(root, f"{{{SEARCH}}}Tags", "INSPIRE download"[:256])
    _text(root, f"{{{SEARCH}}}LongName", service.title[:48])
    for one in service.datasets:
        for uri in dict.fromkeys(each.crs[0] for each in one.downloads):
            query = etree.SubElement(root, f"{{{SEARCH}}}Query")
            query.set("role", "example")
            query.set(f"{{{DLS}}}spatial_dataset_identifier_namespace", one.namespace)
            query.set(f"{{{DLS}}}spatial_dataset_identifier_code", one.code)
            query.set(f"{{{DLS}}}crs", uri)
            query.set("language", one.language)
            query.set("title", one.title[:256])
            query.set("count", "1")
    _text(root, f"{{{SEARCH}}}Developer", first.author[:64])
    for language in dict.fromkeys(one.language for one in service.datasets):
        _text(root, f"{{{SEARCH}}}Language", language)
    _text(root, f"{{{SEARCH}}}InputEncoding", "UTF-8")
    _text(root, f"{{{SEARCH}}}OutputEncoding", "UTF-8")
    return _bytes(root)


def _kinds(service: AtomService) -> dict[str, str]:
    """Media types that every data set has one file of, with the file's ending."""
    found: dict[str, str] = {}
    for one in service.datasets[0].downloads:
        ending = one.path.rpartition("/")[2][len(service.datasets[0].code) :]
        fitting = all(
            any(each.path == f"data/{other.code}{ending}" for each in other.downloads)
            for other in service.datasets
        )
        if fitting:
            found[one.media_type] = ending
    return found


def _feed(
    service: AtomService, path: str, title: str, subtitle: str, one: AtomDataset
) -> etree._Element:
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap=_NAMES)
    feed.set(_XML, one.language)
    _text(feed, "title", title)
    _text(feed, "subtitle", subtitle)
    _text(feed, "id", service.at(path))
    return feed


def _head(feed: etree._Element, updated: Sequence[str], one: AtomDataset) -> None:
    _text(feed, "rights", one.rights)
    _text(feed, "updated", max(updated))
    author = _under(feed, "author")
    _text(author, "name", one.author)
    if one.email:
        _text(author, "email", one.email)


def _polygon(entry: etree._Element, bounds: Bounds | None) -> None:
    """GeoRSS Simple: latitude first, closed."""
    if bounds is None:
        return
    west, south, east, north = bounds
    corners = ((south, west), (south, east), (north, east), (north, west), (south, west))
    _text(entry, f"{{{GEORSS}}}polygon", " ".join(f"{lat} {lon}" for lat, lon in corners))


def _systems(entry: etree._Element, systems: Iterable[tuple[str, str]]) -> None:
    for uri, name in systems:
        category = _under(entry, "category")
        category.set("term", uri)
        category.set("label", name)


def _under(parent: etree._Element, name: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{ATOM}}}{name}")


def _text(parent: etree._Element, name: str, text: str) -> None:
    tag = name if name.startswith("{") else f"{{{ATOM}}}{name}"
    etree.SubElement(parent, tag).text = text


def _link(
    parent: etree._Element, href: str, relation: str, kind: str, title: str, language: str = ""
) -> etree._Element:
    link = _under(parent, "link")
    link.set("href", href)
    link.set("rel", relation)
    link.set("type", kind)
    if language:
        link.set("hreflang", language)
    link.set("title", title)
    return link


def _url(root: etree._Element, kind: str, relation: str, template: str) -> None:
    url = etree.SubElement(root, f"{{{SEARCH}}}Url")
    url.set("type", kind)
    url.set("rel", relation)
    url.set("template", template)


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return found + b"\n"
