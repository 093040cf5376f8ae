"""Reading the JSON documents of OGC APIs: links, addresses, extents, schemas."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urljoin, urlsplit, urlunsplit

import orjson

from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import CrsUnknown
from commonplace.http import Response

DATA: Final = ("data", "http://www.opengis.net/def/rel/ogc/1.0/data")
_WEB_PAGE: Final = re.compile(r"([?&]f=)(?:html|text/html)(?=&|$)", re.IGNORECASE)


def read_json(answer: Response) -> Any:
    """An answer's JSON, by the fast reader; what it refuses (``NaN``, …) by Python's own.

    Raises
    ------
    MalformedAnswer
    """
    try:
        return orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return answer.json()


def for_machines(url: str) -> str:
    """An address from a browser: what asks for a web page asks for JSON."""
    return _WEB_PAGE.sub(r"\g<1>json", url)


def landing(url: str) -> tuple[str, str | None]:
    """A landing page's address, or the address of one collection (its items too)."""
    parts = urlsplit(url)
    steps = parts.path.rstrip("/").split("/")
    if "collections" not in steps:
        return url, None
    position = len(steps) - 1 - steps[::-1].index("collections")
    if position == len(steps) - 1:
        return url, None
    one = urlunsplit(parts._replace(path="/".join(steps[: position + 2])))
    return url, one


def collections_base(url: str) -> str:
    """``…/collections`` of the address where a collection's description was found."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if "/collections" in path:
        path = path[: path.rindex("/collections") + len("/collections")]
    return urlunsplit(parts._replace(path=path, query=_kept_query(parts.query)))


def below(url: str, step: str) -> str:
    """An address one step below, without what asked for a format."""
    parts = urlsplit(url)
    path = f"{parts.path.rstrip('/')}/{step}"
    return urlunsplit(parts._replace(path=path, query=_kept_query(parts.query)))


def _kept_query(query: str) -> str:
    """A query without what asked for a format: the rest (keys, map names) goes along."""
    return "&".join(one for one in query.split("&") if one and not one.startswith(("f=", "limit=")))


def links_of(value: Any) -> list[dict[str, Any]]:
    """The links of a document that have an address."""
    found = value.get("links") if isinstance(value, dict) else None
    return [
        one for one in found or () if isinstance(one, dict) and isinstance(one.get("href"), str)
    ]


def link_of(value: Any, relation: str, base: str) -> str | None:
    """A link's absolute address; JSON before others, never HTML."""
    short = relation.rpartition("/")[2] if relation.startswith("http") else relation
    names = (relation, short, f"[ogc-rel:{short}]", f"ogc-rel:{short}")
    found = [one for one in links_of(value) if one.get("rel") in names]
    chosen = [one for one in found if "json" in str(one.get("type", "json"))]
    return urljoin(base, str(chosen[0]["href"])) if chosen else None


def page_title(page: Any) -> str | None:
    """What a landing page calls the service."""
    title = page.get("title") if isinstance(page, dict) else None
    return " ".join(title.split()) or None if isinstance(title, str) else None


def data_address(page: Any, url: str) -> str:
    """Where the collections are, by a landing page's ``data`` link (OGC 17-069r4, §7.2), else
    the usual place below the page.
    """
    for one in links_of(page):
        if one.get("rel") in DATA and "html" not in str(one.get("type", "")):
            return urljoin(url, str(one["href"]))
    return below(url, "collections")


def has_items(collection: Mapping[str, Any]) -> bool:
    """Collections of tiles or coverages have no items; those without any link get a try."""
    links = links_of(collection)
    return not links or any(one.get("rel") == "items" for one in links)


def other_kind(collection: Mapping[str, Any]) -> str | None:
    """The kind of source that reads a collection which has no features."""
    if has_items(collection) and collection.get("itemType", "feature") == "feature":
        return None
    if isinstance(collection.get("data_queries"), dict):
        return "edr"
    relations = {str(one.get("rel", "")).rpartition("/")[2] for one in links_of(collection)}
    if "coverage" in relations:
        return "coverages"
    return "tiles" if "tilesets-vector" in relations else None


def licence_of(collection: Mapping[str, Any]) -> str | None:
    """What a collection says of its licence."""
    found = next((one for one in links_of(collection) if one.get("rel") == "license"), None)
    if found is not None:
        return str(found.get("title") or found["href"])
    stated = collection.get("license")
    return stated if isinstance(stated, str) else None


def extent_of(spatial: Any) -> Bounds | None:
    """The first bbox, in CRS84; None when its CRS is another or its numbers are odd."""
    if not isinstance(spatial, dict) or not spatial.get("bbox"):
        return None
    box = spatial["bbox"][0]
    if not isinstance(box, list) or len(box) not in (4, 6):
        return None
    half = len(box) // 2
    numbers = (box[0], box[1], box[half], box[half + 1])
    if not all(isinstance(one, (int, float)) for one in numbers):
        return None
    west, south, east, north = map(float, numbers)
    return west, south, east, north


def count_of(value: Any) -> int | None:
    """A count that can be one."""
    return value if isinstance(value, int) and value >= 0 else None


def storage_crs(raw: Mapping[str, Any], shared: list[str]) -> str | None:
    """``storageCrs``, if it is among the CRSs that items may be asked in.

    ``shared`` are those that all collections offer (part 2, §6.2.1).
    """
    stored = raw.get("storageCrs")
    offered = [one for one in raw.get("crs", ()) if isinstance(one, str)]
    if "#/crs" in offered:
        offered.extend(shared)
    if not isinstance(stored, str) or stored not in offered:
        return None
    try:
        identify(stored)
    except CrsUnknown:
        return None
    return stored


def content_crs(header: str) -> str | None:
    """The CRS that a Content-Crs header names, if it is known."""
    try:
        return identify(header.strip().strip("<>"))
    except CrsUnknown:
        return None


def is_geometry(described: Any) -> bool:
    """Whether a schema's property is a geometry."""
    if not isinstance(described, dict):
        return False
    text = f"{described.get('$ref', '')} {described.get('format', '')}".casefold()
    return (
        "geojson.org" in text
        or "geometry" in text
        or str(described.get("x-ogc-role", "")).endswith("geometry")
    )


def title_of(properties: Mapping[str, Any], name: str) -> str | None:
    """A property's title, where it says more than its name."""
    title = properties.get(name, {}).get("title")
    return title if isinstance(title, str) and title != name else None


def value_type_of(features: list[dict[str, Any]], name: str) -> str:
    """The type of a property's values in the sample, where no schema says it."""
    values = [(one.get("properties") or {}).get(name) for one in features]
    kinds = {type(one) for one in values if one is not None}
    if kinds == {bool}:
        return "bool"
    if kinds == {int}:
        return "int64"
    return "double" if kinds and kinds <= {int, float} else "string"


def geometry_type_of(properties: Mapping[str, Any], features: list[dict[str, Any]]) -> str | None:
    """The one kind seen in the sample; ``Unknown`` when there are several or none was seen."""
    kinds = {
        one["geometry"].get("type") for one in features if isinstance(one.get("geometry"), dict)
    }
    if len(kinds) == 1:
        return str(next(iter(kinds)))
    announced = any(is_geometry(one) for one in properties.values())
    return None if features and not kinds and not announced else "Unknown"
