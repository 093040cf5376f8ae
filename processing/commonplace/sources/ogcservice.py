"""An OGC API - Features service: its collections described, its pages parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final
from urllib.parse import quote

from commonplace.batch import GEOMETRY, Field, Layer
from commonplace.crs import identify
from commonplace.http import Client, Response, shown_url, with_parameters
from commonplace.report import Observer, Severity, Silent
from commonplace.sources.axes import moved_extent, northing_first_in
from commonplace.sources.collector import collector_paused
from commonplace.sources.connect import same_server
from commonplace.sources.crsname import CRS84, northing_first, same_crs
from commonplace.sources.geojson import id_column
from commonplace.sources.jsonfgitems import as_geojson, is_json_fg
from commonplace.sources.notes import Notebook
from commonplace.sources.ogcforms import ACCEPT, Form, chosen_form, items_address
from commonplace.sources.ogcgml import GmlItems
from commonplace.sources.ogcjson import (
    below,
    collections_base,
    content_crs,
    count_of,
    data_address,
    extent_of,
    for_machines,
    geometry_type_of,
    has_items,
    is_geometry,
    landing,
    licence_of,
    link_of,
    other_kind,
    page_title,
    read_json,
    storage_crs,
    title_of,
    value_type_of,
)
from commonplace.sources.paging import object_of
from commonplace.sources.rows import unique_names

SAMPLE: Final = 10

ACCEPT_JSON: Final = {"Accept": "application/json"}
ACCEPT_SCHEMA: Final = {"Accept": "application/schema+json, application/json;q=0.8"}
RELATIONS: Final = (
    "http://www.opengis.net/def/rel/ogc/1.0/schema",
    "http://www.opengis.net/def/rel/ogc/1.0/queryables",
)
_TYPES: Final = {"integer": "int64", "number": "double", "boolean": "bool", "string": "string"}


@dataclass(frozen=True, slots=True)
class Collection:
    """A collection as described: how its items are asked for, and what is known of them.

    ``trusted`` is False when the server mixes up axes, maybe in its own search too; ``placed``
    is the CRS of JSON-FG's places, which every page has to keep to.
    """

    layer: Layer
    items: str
    form: Form = "geojson"
    placed: str | None = None
    crs_uri: str | None = None
    swap: bool = False
    trusted: bool = True
    id_name: str | None = None
    queryables: frozenset[str] = frozenset()
    declared: Mapping[str, str] = field(default_factory=dict)
    stored: Mapping[str, str] = field(default_factory=dict)

    def page_url(self, size: int) -> str:
        """The address of the first page of ``size`` items."""
        return with_parameters(self.items, [("limit", str(size))])

    @property
    def renamed(self) -> dict[str, str]:
        """Properties that got other names, by their own."""
        return {old: new for new, old in self.stored.items() if old != new}


@dataclass(frozen=True, slots=True)
class Page:
    """A page of items. ``crs`` is what Content-Crs says, ``placed`` the CRS of JSON-FG's
    places; ``rows`` how many the server sent.
    """

    features: list[dict[str, Any]]
    next: str | None
    total: int | None
    crs: str | None
    placed: str | None = None
    rows: int = 0


class Service:
    """Asks a service for its collections and their items; describes each once."""

    def __init__(
        self,
        url: str,
        client: Client,
        notebook: Notebook,
        stated_crs: str | None,
        *,
        wanted_form: str | None = None,
        observer: Observer | None = None,
    ) -> None:
        self._url, self._only = landing(for_machines(url))
        self._client = client
        self._notebook = notebook
        self._stated_crs = stated_crs
        self._wanted_form = wanted_form
        self._observer = observer or Silent()
        self.title: str | None = None
        self._collections: list[dict[str, Any]] | None = None
        self._global_crs: list[str] = []
        self._known: dict[str, Collection] = {}
        self._conformance: frozenset[str] | None = None

    def listed(self) -> list[dict[str, Any]]:
        """The collections that have items, as the service describes them."""
        if self._collections is None:
            self._collections = self._one() if self._only else self._all()
        return self._collections

    def _all(self) -> list[dict[str, Any]]:
        address = self._collections_address()
        answer = self._client.get(address, headers=ACCEPT_JSON)
        body = answer.json()
        found = object_of(body, shown_url(address), "collections", list)
        self._global_crs = [one for one in body.get("crs", ()) if isinstance(one, str)]
        self._tell_others(found)
        return [
            {**one, "_at": answer.url}
            for one in found
            if isinstance(one, dict)
            and isinstance(one.get("id"), str)
            and one.get("itemType", "feature") == "feature"
            and has_items(one)
        ]

    def _tell_others(self, found: list[Any]) -> None:
        """Collections that have no features, and as what they can be read."""
        for one in found:
            kind = other_kind(one) if isinstance(one, dict) else None
            if kind is not None:
                self._notebook.note(
                    "OTHER_COLLECTION",
                    Severity.INFO,
                    f"a collection without features was left out; it can be read by kind: {kind}",
                    layer=str(one.get("id")),
                    fix=f"state kind: {kind} for the source",
                )

    def conformance(self) -> frozenset[str]:
        """The conformance classes that the service declares (part 1, §7.4); asked for once."""
        if self._conformance is None:
            base = collections_base(self.listed()[0]["_at"]).rpartition("/collections")[0]
            answer = self._client.get(
                below(base, "conformance"), headers=ACCEPT_JSON, allowed=range(400, 600)
            )
            body = answer.json() if answer.status == 200 else {}
            found = body.get("conformsTo") if isinstance(body, dict) else None
            self._conformance = frozenset(map(str, found or ()))
        return self._conformance

    def _collections_address(self) -> str:
        answer = self._client.get(self._url, headers=ACCEPT_JSON)
        body = answer.json()
        self.title = page_title(body)
        if isinstance(body, dict) and isinstance(body.get("collections"), list):
            return answer.url
        return data_address(body, answer.url)

    def _one(self) -> list[dict[str, Any]]:
        answer = self._client.get(str(self._only), headers=ACCEPT_JSON)
        body = answer.json()
        object_of(body, shown_url(answer.url), "id", str)
        return [{**body, "_at": answer.url}]

    def plain(self, described: Mapping[str, Any]) -> Collection:
        """What the list of collections itself says."""
        bbox = described.get("extent", {}).get("spatial", {})
        form = chosen_form(described, self._wanted_form)
        items = items_address(described, form) or link_of(described, "items", described["_at"])
        base = self._only or below(collections_base(described["_at"]), quote(described["id"], ""))
        return Collection(
            layer=Layer(
                name=described["id"],
                title=described.get("title"),
                geometry_type="Unknown",
                crs=CRS84,
                extent=extent_of(bbox),
                count=count_of(described.get("itemCount")),
                licence=licence_of(described),
            ),
            items=items or below(base, "items"),
            form=form,
        )

    def described(self, name: str) -> Collection:
        """A collection with its fields, CRS and count; asked for once."""
        if name not in self._known:
            raw = next(one for one in self.listed() if one["id"] == name)
            self._known[name] = self._describe(raw)
        return self._known[name]

    def _describe(self, raw: Mapping[str, Any]) -> Collection:
        plain = self.plain(raw)
        if plain.form == "gml":
            return replace(plain, layer=self.gml(plain).described(plain.layer, plain.items))
        schemas = [self._schema(raw, relation) for relation in RELATIONS]
        sample, crs, crs_uri, swap = self._sample(plain, raw)
        promised = (crs_uri or sample.placed) is not None and northing_first(crs)
        properties = {name: one for schema in reversed(schemas) for name, one in schema.items()}
        names = [one for one in properties if not is_geometry(properties[one])]
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
            Field(
                new,
                declared[new] or value_type_of(sample.features, old),
                title_of(properties, old),
            )
            for new, old in zip(attributes, stored, strict=True)
        )
        layer = replace(
            plain.layer,
            fields=(*own_id, *fields),
            geometry_type=geometry_type_of(properties, sample.features),
            crs=crs,
            extent=moved_extent(plain.layer.extent, crs),
            count=plain.layer.count if plain.layer.count is not None else sample.total,
        )
        return replace(
            plain,
            layer=layer,
            crs_uri=crs_uri,
            swap=swap,
            trusted=swap == promised,
            placed=sample.placed,
            id_name=id_name,
            queryables=frozenset(schemas[1]),
            declared=declared,
            stored=dict(zip(attributes, stored, strict=True)),
        )

    def _schema(self, raw: Mapping[str, Any], relation: str) -> dict[str, Any]:
        """Properties from a schema or queryables document, empty where there is none."""
        address = link_of(raw, relation, raw["_at"])
        if address is None:
            return {}
        answer = self._client.get(address, headers=ACCEPT_SCHEMA, allowed=(404, 406, 501))
        if answer.status != 200 or "html" in answer.media_type:
            return {}
        properties = answer.json()
        properties = properties.get("properties") if isinstance(properties, dict) else None
        return properties if isinstance(properties, dict) else {}

    def _sample(
        self, plain: Collection, raw: Mapping[str, Any]
    ) -> tuple[Page, str, str | None, bool]:
        """The first features, in the storage CRS if the server keeps its word."""
        lonlat = self._page(plain.page_url(SAMPLE), plain.form)
        if lonlat.placed is not None:
            return lonlat, lonlat.placed, None, northing_first(lonlat.placed)
        if self._stated_crs is not None:
            return lonlat, self._stated_crs, None, False
        uri = storage_crs(raw, self._global_crs)
        if uri is None:
            return lonlat, CRS84, None, False
        crs = identify(uri)
        if same_crs(crs, CRS84):
            return lonlat, CRS84, None, False
        stored = self._page(with_parameters(plain.page_url(SAMPLE), [("crs", uri)]), plain.form)
        if stored.crs is None or not same_crs(stored.crs, crs):
            self._notebook.note(
                "CRS_NOT_HONOURED",
                Severity.WARNING,
                f"the server offers {crs}, but did not confirm it when asked: read as {CRS84}",
                layer=plain.layer.name,
                fix="tell the server's owner: Content-Crs is required (OGC 18-058, §6.2.2.4)",
            )
            return lonlat, CRS84, None, False
        return stored, crs, uri, self._axes(plain, crs, lonlat, stored)

    def _axes(self, plain: Collection, crs: str, lonlat: Page, stored: Page) -> bool:
        """Whether coordinates must be swapped to be x, y.

        They come in the axis order of the CRS (part 2, §6.2.2); some servers don't keep to
        that.
        """
        promised = northing_first(crs)
        extent = moved_extent(plain.layer.extent, crs)
        actual = northing_first_in(stored.features, lonlat.features, crs, extent)
        if actual is None or actual == promised:
            return promised
        self._notebook.note(
            "AXIS_ORDER_WRONG",
            Severity.WARNING,
            f"coordinates in {crs} come as {'y, x' if actual else 'x, y'}, against the standard",
            layer=plain.layer.name,
            fix="tell the server's owner; the coordinates were put right here",
        )
        return actual

    def gml(self, collection: Collection) -> GmlItems:
        """What reads a collection's items as GML."""
        return GmlItems(
            partial(self.ask, form="gml"),
            partial(self._own, base=collection.items),
            self._notebook,
            self._observer,
        )

    def _page(self, url: str, form: Form) -> Page:
        return self.parsed_page(self.ask(url, form=form), base=url)

    def ask(self, url: str, allowed: tuple[int, ...] = (), *, form: Form) -> Response:
        """Ask for a page of items."""
        return self._client.get(url, headers={"Accept": ACCEPT[form]}, allowed=allowed)

    def takes(self, url: str) -> bool:
        """Whether the service answers an address at all, at the first try."""
        answer = self._client.send(
            "GET",
            url,
            headers={"Accept": ACCEPT["geojson"]},
            allowed=range(400, 600),
            retried=False,
            query=True,
        )
        return answer.status == 200

    def parsed_page(self, answer: Response, *, base: str) -> Page:
        """A page of the items at ``base``."""
        with collector_paused():
            body = read_json(answer)
        features = object_of(body, shown_url(answer.url), "features", list)
        placed = None
        if is_json_fg(body):
            features, placed = as_geojson(body)
        stated = answer.header("content-crs")
        following = link_of(body, "next", answer.url)
        return Page(
            features=[one for one in features if isinstance(one, dict)],
            next=None if following is None else self._own(following, base),
            total=count_of(body.get("numberMatched")),
            crs=None if stated is None else content_crs(stated),
            placed=placed,
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
