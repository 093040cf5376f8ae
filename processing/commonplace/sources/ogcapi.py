"""OGC API - Features (OGC 17-069r4 part 1, 18-058r1 part 2, 19-079r2 part 3 queryables)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import numpy as np
import pyarrow as pa
import pyproj
import shapely

from commonplace.batch import GEOMETRY, Evidence, Field, Layer, Query
from commonplace.crs import identify
from commonplace.errors import CrsError, CrsUnknown, MalformedAnswer, SourceError
from commonplace.http import Client, Response, shown_url, with_parameters
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources.connect import client_for, same_server
from commonplace.sources.crsname import CRS84, northing_first, parsed, same_crs, transform_bounds
from commonplace.sources.geojson import geometries, id_column, parse_features, swapped
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.paging import final_schema, linked_pages, located, object_of, spooled
from commonplace.sources.rows import chosen_columns, filtered, limited, unique_names

PAGE_SIZE: Final = 1_000
SAMPLE: Final = 10
DESCRIBED_AT_ONCE: Final = 30  # collections: each costs a few requests

GEOJSON: Final = "application/geo+json"
ACCEPT_ITEMS: Final = {"Accept": "application/geo+json, application/json;q=0.8"}
ACCEPT_JSON: Final = {"Accept": "application/json"}
ACCEPT_SCHEMA: Final = {"Accept": "application/schema+json, application/json;q=0.8"}
RELATIONS: Final = (
    "http://www.opengis.net/def/rel/ogc/1.0/schema",
    "http://www.opengis.net/def/rel/ogc/1.0/queryables",
)
DATA: Final = ("data", "http://www.opengis.net/def/rel/ogc/1.0/data")
# Parameters with a meaning of their own: no property filter by these names.
RESERVED: Final = frozenset(
    "f limit offset startindex bbox bbox-crs crs datetime filter filter-lang sortby properties"
    " skipgeometry resulttype lang".split()
)
_TYPES: Final = {"integer": "int64", "number": "double", "boolean": "bool", "string": "string"}
_GLOBAL_CRS: Final = "#/crs"


@dataclass(frozen=True, slots=True)
class _Collection:
    """A collection as described: how its items are asked for, and what is known of them.

    ``trusted`` is False when the server mixes up axes, maybe in its own search too.
    """

    layer: Layer
    items: str
    crs_uri: str | None = None
    swap: bool = False
    trusted: bool = True
    id_name: str | None = None
    queryables: frozenset[str] = frozenset()
    declared: Mapping[str, str] = field(default_factory=dict)
    stored: Mapping[str, str] = field(default_factory=dict)

    @property
    def renamed(self) -> dict[str, str]:
        """Properties that got other names, by their own."""
        return {old: new for new, old in self.stored.items() if old != new}


@dataclass(frozen=True, slots=True)
class _Page:
    features: list[dict[str, Any]]
    next: str | None
    total: int | None
    crs: str | None


class OgcApiSource:
    """The collections of one service. See :class:`commonplace.batch.Source`."""

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        if spec.url is None:
            raise SourceError("an OGC API source needs a url")
        self._spec = spec
        self._url, self._only = _landing(spec.url)
        self._observer = observer or Silent()
        self._client = client or client_for(spec, self._observer)
        self._stated_crs = identify(spec.crs) if spec.crs else None
        self._collections: list[dict[str, Any]] | None = None
        self._global_crs: list[str] = []
        self._known: dict[str, _Collection] = {}
        self._pushed: dict[str, dict[str, object]] = {}
        self._notebook = Notebook()

    # --- layers ---

    def layers(self) -> list[Layer]:
        """All collections; with fields and counts where there are not too many."""
        described = self._listed()
        if len(described) <= DESCRIBED_AT_ONCE:
            return [self._described(one["id"]).layer for one in described]
        return [self._plain(one).layer for one in described]

    def layer(self, name: str | None = None) -> Layer:
        known = [Layer(one["id"]) for one in self._listed()]
        return self._described(find_layer(known, name, shown_url(self._url)).name).layer

    def _listed(self) -> list[dict[str, Any]]:
        if self._collections is None:
            self._collections = self._one() if self._only else self._all()
        return self._collections

    def _all(self) -> list[dict[str, Any]]:
        address = self._collections_address()
        answer = self._client.get(address, headers=ACCEPT_JSON)
        body = answer.json()
        found = object_of(body, shown_url(address), "collections", list)
        self._global_crs = [one for one in body.get("crs", ()) if isinstance(one, str)]
        return [
            {**one, "_at": answer.url}
            for one in found
            if isinstance(one, dict)
            and isinstance(one.get("id"), str)
            and one.get("itemType", "feature") == "feature"
            and _has_items(one)
        ]

    def _collections_address(self) -> str:
        """From the landing page's ``data`` link (part 1, §7.2), else the usual place."""
        answer = self._client.get(self._url, headers=ACCEPT_JSON)
        body = answer.json()
        if isinstance(body, dict) and isinstance(body.get("collections"), list):
            return answer.url
        for one in _links(body):
            if one.get("rel") in DATA and "html" not in str(one.get("type", "")):
                return urljoin(answer.url, str(one["href"]))
        return _below(answer.url, "collections")

    def _one(self) -> list[dict[str, Any]]:
        answer = self._client.get(str(self._only), headers=ACCEPT_JSON)
        body = answer.json()
        object_of(body, shown_url(answer.url), "id", str)
        return [{**body, "_at": answer.url}]

    def _plain(self, described: Mapping[str, Any]) -> _Collection:
        """What the list of collections itself says."""
        bbox = described.get("extent", {}).get("spatial", {})
        items = _link(described, "items", described["_at"])
        base = self._only or _below(_collections_base(described["_at"]), quote(described["id"], ""))
        return _Collection(
            layer=Layer(
                name=described["id"],
                title=described.get("title"),
                geometry_type="Unknown",
                crs=CRS84,
                extent=_extent(bbox),
                count=_count(described.get("itemCount")),
                licence=_licence(described),
            ),
            items=items or _below(base, "items"),
        )

    def _described(self, name: str) -> _Collection:
        if name not in self._known:
            raw = next(one for one in self._listed() if one["id"] == name)
            self._known[name] = self._describe(raw)
        return self._known[name]

    def _describe(self, raw: Mapping[str, Any]) -> _Collection:
        plain = self._plain(raw)
        schemas = [self._schema(raw, relation) for relation in RELATIONS]
        sample, crs, crs_uri, swap = self._sample(plain, raw)
        promised = crs_uri is not None and northing_first(crs)
        properties = {name: one for schema in reversed(schemas) for name, one in schema.items()}
        names = [one for one in properties if not _is_geometry(properties[one])]
        seen = [name for one in sample.features for name in (one.get("properties") or {})]
        # A schema's own "id" is the feature's id, unless the properties do have one.
        stored = [one for one in dict.fromkeys((*names, *seen)) if one != "id" or one in seen]
        id_name = id_column(sample.features, stored)
        attributes = unique_names(stored, taken=(GEOMETRY, id_name or GEOMETRY))
        declared = {
            new: _TYPES.get(str(properties.get(old, {}).get("type")), "")
            for new, old in zip(attributes, stored, strict=True)
        }
        own_id = (Field(id_name, "string"),) if id_name else ()
        fields = tuple(
            Field(new, declared[new] or "string", _title(properties, old))
            for new, old in zip(attributes, stored, strict=True)
        )
        layer = replace(
            plain.layer,
            fields=(*own_id, *fields),
            geometry_type=_geometry_type(properties, sample.features),
            crs=crs,
            extent=_moved(plain.layer.extent, crs),
            count=plain.layer.count if plain.layer.count is not None else sample.total,
        )
        return replace(
            plain,
            layer=layer,
            crs_uri=crs_uri,
            swap=swap,
            trusted=swap == promised,
            id_name=id_name,
            queryables=frozenset(schemas[1]),
            declared=declared,
            stored=dict(zip(attributes, stored, strict=True)),
        )

    def _schema(self, raw: Mapping[str, Any], relation: str) -> dict[str, Any]:
        """Properties from a schema or queryables document, empty where there is none."""
        address = _link(raw, relation, raw["_at"])
        if address is None:
            return {}
        answer = self._client.get(address, headers=ACCEPT_SCHEMA, allowed=(404, 406, 501))
        if answer.status != 200 or "html" in answer.media_type:
            return {}
        properties = answer.json()
        properties = properties.get("properties") if isinstance(properties, dict) else None
        return properties if isinstance(properties, dict) else {}

    def _sample(
        self, plain: _Collection, raw: Mapping[str, Any]
    ) -> tuple[_Page, str, str | None, bool]:
        """The first features, in the storage CRS if the server keeps its word."""
        lonlat = self._page(self._items_url(plain, SAMPLE))
        if self._stated_crs is not None:
            return lonlat, self._stated_crs, None, False
        uri = self._storage_crs(raw)
        if uri is None:
            return lonlat, CRS84, None, False
        crs = identify(uri)
        if same_crs(crs, CRS84):
            return lonlat, CRS84, None, False
        stored = self._page(with_parameters(self._items_url(plain, SAMPLE), [("crs", uri)]))
        if stored.crs is None or not same_crs(stored.crs, crs):
            self._note(
                plain,
                "CRS_NOT_HONOURED",
                Severity.WARNING,
                f"the server offers {crs}, but did not confirm it when asked: read as {CRS84}",
                fix="tell the server's owner: Content-Crs is required (OGC 18-058, §6.2.2.4)",
            )
            return lonlat, CRS84, None, False
        return stored, crs, uri, self._axes(plain, crs, lonlat, stored)

    def _storage_crs(self, raw: Mapping[str, Any]) -> str | None:
        """``storageCrs``, if it is among the CRSs that items may be asked in."""
        stored = raw.get("storageCrs")
        offered = [one for one in raw.get("crs", ()) if isinstance(one, str)]
        if _GLOBAL_CRS in offered:
            offered.extend(self._global_crs)
        if not isinstance(stored, str) or stored not in offered:
            return None
        try:
            identify(stored)
        except CrsUnknown:
            return None
        return stored

    def _axes(self, plain: _Collection, crs: str, lonlat: _Page, stored: _Page) -> bool:
        """Whether coordinates must be swapped to be x, y.

        They come in the axis order of the CRS (part 2, §6.2.2). Some servers don't keep to
        that, so the same features in both CRSs are compared, and the order must put them
        into the collection's extent (a server may misread its own data).
        """
        promised = northing_first(crs)
        actual = _compared(lonlat, stored, crs)
        actual = _fitting(stored, _moved(plain.layer.extent, crs), actual)
        if actual is None or actual == promised:
            return promised
        self._note(
            plain,
            "AXIS_ORDER_WRONG",
            Severity.WARNING,
            f"coordinates in {crs} come as {'y, x' if actual else 'x, y'}, against the standard",
            fix="tell the server's owner; the coordinates were put right here",
        )
        return actual

    # --- rows ---

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        collection = self._described(layer.name)
        known = collection.layer.field_names
        columns = chosen_columns(layer.name, known, query.columns)
        filters = chosen_columns(layer.name, known, [name for name, _ in query.where])
        where = tuple((name, text) for name, (_, text) in zip(filters, query.where, strict=True))
        reading = _Reading(collection, query, where, whole=not where and query.bbox is None)
        finish = partial(self._final, collection, columns, everything=query.columns is None)
        pages = self._pages(reading)
        total = collection.layer.count if reading.whole else None
        step = f"read {layer.name}"
        ready = spooled(pages, finish, self._observer, step, query.limit or total)
        return limited(ready, query.limit, self._observer)

    def _final(
        self,
        collection: _Collection,
        columns: tuple[str, ...],
        found: pa.Schema,
        texts: list[str],
        *,
        everything: bool,
    ) -> pa.Schema:
        for name in texts:
            self._types_differ(collection, name)
        late = [one for one in found.names if one not in columns and one != GEOMETRY]
        if everything and late:
            self._note(
                collection,
                "COLUMNS_APPEARED",
                Severity.INFO,
                f"columns that the service did not announce: {', '.join(late)}",
            )
            columns = (*columns, *late)
        geometry = collection.layer.geometry_type is not None
        return final_schema(found, columns, dict(collection.declared), geometry=geometry)

    def _pages(self, reading: _Reading) -> Iterator[pa.RecordBatch]:
        """Batches, a page each, filtered; stops as soon as the limit is reached."""
        collection = reading.collection
        url = self._first_url(reading)
        done = taken = number = 0
        total: int | None = None
        seen = {url}
        last_ids: list[Any] | None = None
        pages = linked_pages(url, self._ask, partial(self._parsed, base=collection.items))
        while True:
            number += 1
            try:
                page = next(pages, None)
            except SourceError as error:
                raise located(error, number, done) from error
            if page is None:
                break
            ids = [one.get("id") for one in page.features]
            repeats = bool(ids) and ids == last_ids and any(one is not None for one in ids)
            if repeats or (page.next is not None and page.next in seen):
                self._repeats(collection, number, done + len(ids))
            seen.add(page.next or "")
            last_ids = ids
            total = page.total if page.total is not None else total
            self._check_crs(collection, page, number)
            batch = self._batch(reading, page)
            done += len(page.features)
            taken += batch.num_rows
            if batch.num_columns:
                yield batch
            if reading.query.limit is not None and taken >= reading.query.limit:
                pages.close()
                return
        self._check_count(reading, total, done)

    def _batch(self, reading: _Reading, page: _Page) -> pa.RecordBatch:
        collection = reading.collection
        layer = collection.layer
        made = parse_features(
            page.features,
            id_name=collection.id_name,
            swap=collection.swap,
            with_geometry=layer.geometry_type is not None,
            renamed=collection.renamed,
        )
        if made.unreadable:
            self._note(
                collection,
                "GEOMETRY_UNREADABLE",
                Severity.ERROR,
                "a geometry is no GeoJSON geometry: the row has none",
                count=len(made.unreadable),
            )
        for name in made.mixed:
            self._types_differ(collection, name)
        return filtered(made.batch, reading.where, reading.bounds())

    def _first_url(self, reading: _Reading) -> str:
        """The first page's address, with all that the server can do itself."""
        collection, query = reading.collection, reading.query
        size = self._spec.page_size or PAGE_SIZE
        if query.limit is not None and reading.whole:
            size = min(size, query.limit)
        parameters: list[tuple[str, str]] = []
        bounds = reading.bounds()
        if bounds is not None and collection.trusted:
            lonlat = transform_bounds(bounds, collection.layer.crs or CRS84, CRS84)
            parameters.append(("bbox", ",".join(f"{one:.9g}" for one in lonlat)))
        stored = collection.stored
        pushed = [
            (stored.get(name, name), text)
            for name, text in reading.where
            if stored.get(name, name) in collection.queryables
            and stored.get(name, name).casefold() not in RESERVED
        ]
        parameters.extend(pushed)
        if collection.crs_uri is not None:
            parameters.append(("crs", collection.crs_uri))
        self._pushed[collection.layer.name] = {
            "bbox": None if bounds is None else "pushed" if collection.trusted else "here",
            "pushed_filters": [name for name, _ in pushed],
            "filtered_here": len(reading.where) - len(pushed),
            "page_size": size,
        }
        return with_parameters(self._items_url(collection, size), parameters)

    def _items_url(self, collection: _Collection, size: int) -> str:
        return with_parameters(collection.items, [("limit", str(size))])

    def _page(self, url: str) -> _Page:
        return self._parsed(self._ask(url), base=url)

    def _ask(self, url: str) -> Response:
        return self._client.get(url, headers=ACCEPT_ITEMS)

    def _parsed(self, answer: Response, *, base: str) -> _Page:
        body = answer.json()
        features = object_of(body, shown_url(answer.url), "features", list)
        stated = answer.header("content-crs")
        following = _link(body, "next", answer.url)
        return _Page(
            features=[one for one in features if isinstance(one, dict)],
            next=None if following is None else self._own(following, base),
            total=_count(body.get("numberMatched")),
            crs=None if stated is None else _stated_crs(stated),
        )

    def _own(self, link: str, base: str) -> str:
        own = same_server(link, base)
        if own != link:
            self._notebook.note(
                "LINK_ORIGIN_DIFFERS",
                Severity.INFO,
                f"next links lead elsewhere ({shown_url(link.partition('?')[0])}): "
                "followed where the service was asked",
            )
        return own

    def _check_crs(self, collection: _Collection, page: _Page, number: int) -> None:
        wanted = collection.layer.crs
        if collection.crs_uri is None or wanted is None:
            return
        if page.crs is None or not same_crs(page.crs, wanted):
            raise MalformedAnswer(
                f"page {number} of {collection.layer.name!r} is in {page.crs or 'no stated CRS'}, "
                f"the first was in {wanted}",
                hint="the server's next links lose the crs parameter: state crs: OGC:CRS84",
            )

    def _repeats(self, collection: _Collection, number: int, done: int) -> None:
        name = collection.layer.name
        self._note(
            collection,
            "PAGES_REPEAT",
            Severity.ERROR,
            f"page {number} leads back to a page that was read before",
            fix="tell the server's owner: its next links loop",
        )
        raise MalformedAnswer(
            f"the next links of {name!r} go round in circles at page {number}, "
            f"after {done} features"
        )

    def _check_count(self, reading: _Reading, total: int | None, done: int) -> None:
        if total is None or total == done:
            return
        self._note(
            reading.collection,
            "COUNT_DIFFERS",
            Severity.WARNING,
            f"the server counts {total} features and sent {done}",
            fix="read again: the data may have changed meanwhile",
            count=abs(total - done),
        )

    def _types_differ(self, collection: _Collection, name: str) -> None:
        self._note(
            collection,
            "TYPES_DIFFER",
            Severity.INFO,
            "features disagree on the property's type: it is read as text",
            attribute=name,
        )

    def _note(
        self,
        collection: _Collection,
        code: str,
        severity: Severity,
        message: str,
        *,
        attribute: str | None = None,
        fix: str | None = None,
        count: int = 1,
    ) -> None:
        self._notebook.note(
            code,
            severity,
            message,
            layer=collection.layer.name,
            attribute=attribute,
            fix=fix,
            count=count,
        )

    # --- account ---

    def findings(self) -> list[Finding]:
        return self._notebook.findings()

    def evidence(self) -> Evidence:
        tally = self._client.tally
        details: dict[str, object] = {
            "requests": tally.requests,
            "bytes": tally.bytes,
            "retries": tally.retries,
            "layers": dict(self._pushed),
        }
        return Evidence("ogcapi", shown_url(self._spec.url or ""), details)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a collection. ``whole`` says that nothing is filtered."""

    collection: _Collection
    query: Query
    where: tuple[tuple[str, str], ...]
    whole: bool

    def bounds(self) -> tuple[float, float, float, float] | None:
        """The bbox in the layer's CRS."""
        layer = self.collection.layer
        if self.query.bbox is None or layer.geometry_type is None:
            return None
        if self.query.bbox_crs is None or layer.crs is None:
            return self.query.bbox
        return transform_bounds(self.query.bbox, self.query.bbox_crs, layer.crs)


def _landing(url: str) -> tuple[str, str | None]:
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


def _collections_base(url: str) -> str:
    """``…/collections`` of the address where a collection's description was found."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if "/collections" in path:
        path = path[: path.rindex("/collections") + len("/collections")]
    return urlunsplit(parts._replace(path=path, query=_kept_query(parts.query)))


def _below(url: str, step: str) -> str:
    parts = urlsplit(url)
    path = f"{parts.path.rstrip('/')}/{step}"
    return urlunsplit(parts._replace(path=path, query=_kept_query(parts.query)))


def _kept_query(query: str) -> str:
    """A query without what asked for a format: the rest (keys, map names) goes along."""
    return "&".join(one for one in query.split("&") if one and not one.startswith(("f=", "limit=")))


def _links(value: Any) -> list[dict[str, Any]]:
    found = value.get("links") if isinstance(value, dict) else None
    return [
        one for one in found or () if isinstance(one, dict) and isinstance(one.get("href"), str)
    ]


def _link(value: Any, relation: str, base: str) -> str | None:
    """A link's absolute address; JSON before others, never HTML."""
    short = relation.rpartition("/")[2] if relation.startswith("http") else relation
    names = (relation, f"[ogc-rel:{short}]", f"ogc-rel:{short}")
    found = [one for one in _links(value) if one.get("rel") in names]
    chosen = [one for one in found if "json" in str(one.get("type", "json"))]
    return urljoin(base, str(chosen[0]["href"])) if chosen else None


def _has_items(collection: Mapping[str, Any]) -> bool:
    """Collections of tiles or coverages have no items; those without any link get a try."""
    links = _links(collection)
    return not links or any(one.get("rel") == "items" for one in links)


def _licence(collection: Mapping[str, Any]) -> str | None:
    found = next((one for one in _links(collection) if one.get("rel") == "license"), None)
    if found is not None:
        return str(found.get("title") or found["href"])
    stated = collection.get("license")
    return stated if isinstance(stated, str) else None


def _extent(spatial: Any) -> tuple[float, float, float, float] | None:
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


def _moved(
    extent: tuple[float, float, float, float] | None, crs: str
) -> tuple[float, float, float, float] | None:
    if extent is None:
        return None
    try:
        moved = transform_bounds(extent, CRS84, crs)
    except CrsError:
        return None
    return moved if all(np.isfinite(moved)) else None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None


def _stated_crs(header: str) -> str | None:
    try:
        return identify(header.strip().strip("<>"))
    except CrsUnknown:
        return None


def _is_geometry(described: Any) -> bool:
    if not isinstance(described, dict):
        return False
    text = f"{described.get('$ref', '')} {described.get('format', '')}".casefold()
    return (
        "geojson.org" in text
        or "geometry" in text
        or str(described.get("x-ogc-role", "")).endswith("geometry")
    )


def _title(properties: Mapping[str, Any], name: str) -> str | None:
    title = properties.get(name, {}).get("title")
    return title if isinstance(title, str) and title != name else None


def _geometry_type(properties: Mapping[str, Any], features: list[dict[str, Any]]) -> str | None:
    """The one kind seen in the sample; ``Unknown`` when there are several or none was seen."""
    kinds = {
        one["geometry"].get("type") for one in features if isinstance(one.get("geometry"), dict)
    }
    if len(kinds) == 1:
        return str(next(iter(kinds)))
    announced = any(_is_geometry(one) for one in properties.values())
    return None if features and not kinds and not announced else "Unknown"


def _fitting(
    stored: _Page,
    extent: tuple[float, float, float, float] | None,
    compared: bool | None,
) -> bool | None:
    """The axis order that puts the features into the extent, where only one does."""
    if extent is None:
        return compared
    shapes = geometries([one.get("geometry") for one in stored.features])[0]
    box = shapely.box(*extent).buffer(max(extent[2] - extent[0], extent[3] - extent[1]) / 10)
    straight, crossed = (
        bool(shapely.intersects(box, one[~shapely.is_missing(one)]).any())
        for one in (shapes, swapped(shapes))
    )
    if straight == crossed:
        return compared
    return crossed


def _compared(lonlat: _Page, stored: _Page, crs: str) -> bool | None:
    """Whether the stored coordinates are y, x: the order that fits the lon/lat ones."""
    by_id = {one.get("id"): one.get("geometry") for one in lonlat.features}
    pairs = [
        (by_id[one.get("id")], one.get("geometry"))
        for one in stored.features
        if one.get("id") is not None and by_id.get(one.get("id")) and one.get("geometry")
    ]
    if not pairs:
        return None
    expected = shapely.get_coordinates(geometries([one for one, _ in pairs])[0])
    shapes = geometries([one for _, one in pairs])[0]
    if len(expected) != len(shapely.get_coordinates(shapes)) or not len(expected):
        return None
    transformer = pyproj.Transformer.from_crs(parsed(CRS84), parsed(crs), always_xy=True)
    moved = np.column_stack(transformer.transform(expected[:, 0], expected[:, 1]))
    straight = np.abs(shapely.get_coordinates(shapes) - moved).max()
    crossed = np.abs(shapely.get_coordinates(swapped(shapes)) - moved).max()
    return None if not np.isfinite(straight) or straight == crossed else bool(crossed < straight)
