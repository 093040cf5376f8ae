"""INSPIRE download services by ATOM: feeds read (RFC 4287, TG Download Services 3.1 §5).

A service feed has an entry a data set, which leads to a data set feed; that has an entry a
CRS and format, which leads to files. An OpenSearch description says how to ask for either.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urljoin

from lxml import etree

from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import CrsUnknown, MalformedAnswer
from commonplace.http import Response, shown_url
from commonplace.sources.wfsxml import child, local, root_of, text_of

FEED: Final = "application/atom+xml"
SEARCH: Final = "application/opensearchdescription+xml"
_FILES: Final = frozenset(("alternate", "section", "enclosure"))
_CODE: Final = "spatial_dataset_identifier_code"
_NAMESPACE: Final = "spatial_dataset_identifier_namespace"


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A link; ``address`` is absolute, ``type`` without its parameters."""

    address: str
    relation: str
    type: str
    title: str = ""
    language: str = ""
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A data set of a service, or a data set in one CRS and format."""

    id: str
    title: str
    code: str | None
    namespace: str | None
    crs: tuple[str, ...]
    extent: Bounds | None
    rights: str | None
    links: tuple[FeedLink, ...]

    @property
    def feed(self) -> FeedLink | None:
        """The link to the data set's own feed."""
        found = [one for one in self.links if one.type == FEED and one.relation in _FILES]
        return found[0] if found else None

    @property
    def files(self) -> tuple[FeedLink, ...]:
        """Links to files; those of sections belong together."""
        pages = (FEED, "text/html", "application/xml", "application/vnd.iso.19139+xml")
        return tuple(one for one in self.links if one.relation in _FILES and one.type not in pages)


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. ``search`` is the address of its OpenSearch description."""

    address: str
    title: str | None
    rights: str | None
    entries: tuple[Entry, ...]
    search: str | None

    @property
    def is_service(self) -> bool:
        """Whether its entries are data sets: they lead to feeds, or have codes and no files."""
        return any(one.feed is not None for one in self.entries) or any(
            one.code is not None and not one.files for one in self.entries
        )


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """An OpenSearch description: templates by media type, and the queries it gives."""

    title: str | None
    templates: Mapping[str, str]
    queries: tuple[Mapping[str, str], ...]

    def dataset_feed(self, code: str, namespace: str) -> str | None:
        """Where a data set's feed is asked for."""
        template = self.templates.get(FEED)
        if template is None:
            return None
        values = {_CODE: code, _NAMESPACE: namespace}
        return _filled(template, values)


def feed_of(response: Response) -> Feed:
    """Read a feed.

    Raises
    ------
    MalformedAnswer
        It is something else.
    """
    where = shown_url(response.url)
    root = root_of(response.body, where)
    if local(root) != "feed":
        raise MalformedAnswer(
            f"{where} answered {local(root)}, no ATOM feed",
            hint="give the address of a download service's feed",
        )
    links = list(_links(root, response.url))
    return Feed(
        address=response.url,
        title=text_of(root, "title"),
        rights=text_of(root, "rights"),
        entries=tuple(_entry(one, response.url) for one in root.iterchildren("{*}entry")),
        search=next((one.address for one in links if one.type == SEARCH), None),
    )


def open_search_of(response: Response) -> OpenSearch:
    """Read an OpenSearch description (OpenSearch 1.1).

    Raises
    ------
    MalformedAnswer
    """
    where = shown_url(response.url)
    root = root_of(response.body, where)
    if local(root) != "OpenSearchDescription":
        raise MalformedAnswer(f"{where} answered {local(root)}, no OpenSearch description")
    templates = {
        _plain(one.get("type")): urljoin(response.url, one.get("template") or "")
        for one in reversed(list(root.iterchildren("{*}Url")))
        if one.get("template") and one.get("rel", "results") in ("results", "describedby")
    }
    queries = tuple(
        {str(etree.QName(str(name)).localname): str(value) for name, value in one.attrib.items()}
        for one in root.iterchildren("{*}Query")
    )
    return OpenSearch(text_of(root, "ShortName"), templates, queries)


def _entry(element: etree._Element, base: str) -> Entry:
    return Entry(
        id=text_of(element, "id") or "",
        title=text_of(element, "title") or "",
        code=text_of(element, _CODE),
        namespace=text_of(element, _NAMESPACE),
        crs=tuple(dict.fromkeys(_systems(element))),
        extent=_extent(element),
        rights=text_of(element, "rights"),
        links=tuple(_links(element, base)),
    )


def _links(element: etree._Element, base: str) -> Iterator[FeedLink]:
    for one in element.iterchildren("{*}link"):
        href = one.get("href")
        if href:
            length = one.get("length") or ""
            yield FeedLink(
                urljoin(base, href.strip()),
                one.get("rel") or "alternate",
                _plain(one.get("type")),
                one.get("title") or "",
                one.get("hreflang") or "",
                int(length) if length.isdigit() else None,
            )


def _plain(media_type: str | None) -> str:
    return (media_type or "").partition(";")[0].strip().lower()


def _systems(element: etree._Element) -> Iterator[str]:
    """CRSs that an entry's categories name."""
    for one in element.iterchildren("{*}category"):
        for said in (one.get("term"), one.get("label")):
            try:
                if said:
                    yield identify(said)
                    break
            except CrsUnknown:
                continue


def _extent(element: etree._Element) -> Bounds | None:
    """From GeoRSS: latitudes first (``polygon``, ``box``)."""
    shape = child(element, "polygon")
    shape = child(element, "box") if shape is None else shape
    try:
        numbers = [float(one) for one in (text_of(shape) or "").replace(",", " ").split()]
    except ValueError:
        return None
    if len(numbers) < 4 or len(numbers) % 2:
        return None
    south, north = min(numbers[::2]), max(numbers[::2])
    west, east = min(numbers[1::2]), max(numbers[1::2])
    sound = -90 <= south <= north <= 90 and -180 <= west <= east <= 180
    return (west, south, east, north) if sound else None


def _filled(template: str, values: Mapping[str, str]) -> str:
    """A template with its parameters put in; optional ones that nobody knows are empty."""
    pieces = template.split("{")
    filled = [pieces[0]]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}")
        known = values.get(name.rstrip("?").rpartition(":")[2], "")
        filled.append(f"{quote(known, safe='')}{rest}")
    return "".join(filled)
