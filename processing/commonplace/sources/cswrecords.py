"""Records of a CSW: ISO 19139 and 19115-3, and Dublin Core (OGC 07-006r1 §10.2.5, 07-045)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from commonplace.bounds import Bounds
from commonplace.sources.recordsmodel import Link, Record
from commonplace.sources.wfsxml import child, local, text_of

_EDGES: Final = (
    "westBoundLongitude",
    "southBoundLatitude",
    "eastBoundLongitude",
    "northBoundLatitude",
)
_XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"


def record_of(element: etree._Element) -> Record:
    """A record in whichever of the schemas."""
    return _iso(element) if local(element) == "MD_Metadata" else _dublin_core(element)


def _iso(element: etree._Element) -> Record:
    about = child(element, "identificationInfo")
    inner = None if about is None else next(about.iterchildren(), None)
    scope = next(_named(element, "MD_ScopeCode"), None)
    language = next(_named(element, "LanguageCode"), None)
    names = _everywhere(inner, "organisationName") or _everywhere(element, "organisationName")
    identifiers = (("fileIdentifier",), ("metadataIdentifier", "MD_Identifier", "code"))
    return Record(
        id=_first(_texts(element, *identifiers)),
        title=_first(_texts(inner, ("citation", "CI_Citation", "title"))),
        abstract=_first(_texts(inner, ("abstract",))),
        type=_code(scope),
        themes=tuple(dict.fromkeys(_keywords(inner))),
        modified=_first(_texts(element, ("dateStamp",), ("dateInfo", "CI_Date", "date"))),
        language=_code(language) or _first(_texts(element, ("language",))),
        organisation=_first(names),
        licence=_licence(inner),
        extent=_extent(inner),
        links=tuple(dict.fromkeys(_links(element))),
    )


def _dublin_core(element: etree._Element) -> Record:
    def texts(name: str) -> list[str]:
        return [text for one in element.iterchildren(f"{{*}}{name}") if (text := text_of(one))]

    box = next(element.iterchildren("{*}BoundingBox", "{*}WGS84BoundingBox"), None)
    links = [
        Link(url, one.get("scheme") or one.get("protocol") or "", one.get("name") or "")
        for one in element.iterchildren("{*}references", "{*}URI")
        if (url := text_of(one))
    ]
    return Record(
        id=_first(texts("identifier")),
        title=_first(texts("title")),
        abstract=_first(texts("abstract") or texts("description")),
        type=_first(texts("type")),
        themes=tuple(dict.fromkeys(texts("subject"))),
        modified=_first(texts("modified") or texts("date")),
        language=_first(texts("language")),
        organisation=_first(texts("publisher") or texts("creator") or texts("contributor")),
        licence="; ".join(texts("rights")),
        extent=_box(box),
        links=tuple(dict.fromkeys(links)),
    )


def _named(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    return iter(()) if element is None else element.iter(f"{{*}}{name}")


def _texts(element: etree._Element | None, *paths: tuple[str, ...]) -> list[str]:
    found = [_own_text(child(element, *path)) for path in paths] if element is not None else []
    return [one for one in found if one]


def _own_text(element: etree._Element | None) -> str | None:
    """A property's text in the record's own language, without its translations."""
    if element is None:
        return None
    for name in ("CharacterString", "Anchor", "LocalisedCharacterString"):
        own = next(element.iter(f"{{*}}{name}"), None)
        if own is not None and text_of(own):
            return text_of(own)
    return text_of(element)


def _everywhere(element: etree._Element | None, name: str) -> list[str]:
    return [text for one in _named(element, name) if (text := _own_text(one))]


def _first(texts: Iterable[str]) -> str:
    return next(iter(texts), "")


def _code(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return element.get("codeListValue") or text_of(element) or ""


def _keywords(element: etree._Element | None) -> Iterator[str]:
    yield from _everywhere(element, "keyword")
    for one in _named(element, "MD_TopicCategoryCode"):
        text = text_of(one)
        if text:
            yield text


def _licence(element: etree._Element | None) -> str:
    said = [
        text
        for group in _named(element, "resourceConstraints")
        for name in ("otherConstraints", "useLimitation")
        for text in _everywhere(group, name)
    ]
    return "; ".join(dict.fromkeys(said))


def _extent(element: etree._Element | None) -> Bounds | None:
    """The hull of all bounding boxes."""
    boxes = [
        box
        for one in _named(element, "EX_GeographicBoundingBox")
        if (box := _numbers([text_of(child(one, edge)) for edge in _EDGES])) is not None
    ]
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _box(element: etree._Element | None) -> Bounds | None:
    """An ``ows:BoundingBox``: x, y in WGS84, y, x where it says EPSG:4326 by URN."""
    if element is None:
        return None
    lower = (text_of(element, "LowerCorner") or "").split()
    upper = (text_of(element, "UpperCorner") or "").split()
    if len(lower) < 2 or len(upper) < 2:
        return None
    crs = (element.get("crs") or "").lower()
    if local(element) == "BoundingBox" and crs.startswith("urn") and crs.endswith(":4326"):
        lower, upper = lower[1::-1], upper[1::-1]
    return _numbers([*lower[:2], *upper[:2]])


def _numbers(texts: list[str | None]) -> Bounds | None:
    try:
        west, south, east, north = (float(one or "") for one in texts)
    except ValueError:
        return None
    sound = -90 <= south <= north <= 90 and west <= east
    return (west, south, east, north) if sound else None


def _links(element: etree._Element) -> Iterator[Link]:
    """Online resources of distributions, and where a service's operations connect."""
    for group in ("onLine", "onlineResource", "connectPoint"):
        for one in _named(element, group):
            if group == "onlineResource" and _in_contact(one):
                continue
            resource = child(one, "CI_OnlineResource")
            url = text_of(child(resource, "linkage")) if resource is not None else None
            if resource is None or not url:
                continue
            protocol = _own_text(child(resource, "protocol")) or ""
            if group == "connectPoint":
                protocol = protocol or _service_type(one)
            anchor = next(_named(child(resource, "protocol"), "Anchor"), None)
            if anchor is not None and anchor.get(_XLINK_HREF):
                protocol = f"{protocol} {anchor.get(_XLINK_HREF)}"
            name = _own_text(child(resource, "name")) or ""
            yield Link(url, protocol, name, _own_text(child(resource, "description")) or "")


def _in_contact(element: etree._Element) -> bool:
    return next(element.iterancestors("{*}CI_Contact", "{*}CI_ResponsibleParty"), None) is not None


def _service_type(element: etree._Element) -> str:
    service = next(element.iterancestors("{*}SV_ServiceIdentification"), None)
    version = _first(_everywhere(service, "serviceTypeVersion"))
    kind = text_of(child(service, "serviceType")) if service is not None else None
    return f"{kind or ''} {version}".strip()
