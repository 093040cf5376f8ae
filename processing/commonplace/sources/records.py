"""OGC API - Records (OGC 20-004r1): catalogues searched, their records layers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final
from urllib.parse import urljoin

import pyarrow as pa
import shapely

from commonplace.batch import Evidence, Layer, Query
from commonplace.bounds import Bounds
from commonplace.errors import MalformedAnswer
from commonplace.http import Client, shown_url, with_parameters
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.connect import same_server
from commonplace.sources.notes import find_layer
from commonplace.sources.ogcjson import (
    below,
    count_of,
    landing,
    licence_of,
    link_of,
    links_of,
    page_title,
)
from commonplace.sources.paging import object_of
from commonplace.sources.recordsmodel import Link, Record, Search, records_layer
from commonplace.sources.recordsrows import found_rows
from commonplace.sources.service import ServiceSource

PAGE_SIZE: Final = 100
_JSON: Final = {"Accept": "application/geo+json, application/json;q=0.9"}
_DATA: Final = ("data", "http://www.opengis.net/def/rel/ogc/1.0/data")
_OWN: Final = frozenset(("self", "alternate", "collection", "next", "prev", "canonical", "license"))


class RecordsSource(ServiceSource):
    """The catalogues of one service. See :class:`commonplace.batch.Source`."""

    WHAT = "an OGC API Records source"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        self._known: list[dict[str, Any]] | None = None
        self._layers: list[Layer] | None = None
        self._title: str | None = None

    def layers(self) -> list[Layer]:
        if self._layers is None:
            self._layers = [self._layer(one) for one in self._catalogues()]
        return self._layers

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._address)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        chosen = next(one for one in self._catalogues() if one["id"] == layer.name)
        return found_rows(_One(self.found, chosen), layer, query, self._observer)

    def search(self, search: Search) -> Iterator[Record]:
        """The records found in all of the service's catalogues."""
        found = (record for one in self._catalogues() for record in self.found(one, search))
        yield from islice(found, search.limit)

    def _get(self, url: str) -> tuple[str, Any]:
        answer = self._client.get(url, headers=_JSON)
        return answer.url, answer.json()

    def _catalogues(self) -> list[dict[str, Any]]:
        """Collections of records; asked for once.

        Raises
        ------
        MalformedAnswer
            There are none.
        """
        if self._known is None:
            top, only = landing(self._url)
            found = [self._described(only)] if only else self._all(top)
            self._known = [one for one in found if one.get("itemType") == "record"]
            if not self._known:
                raise MalformedAnswer(
                    f"{self._address} has no collection of records",
                    hint="kind: ogcapi reads its features",
                )
        return self._known

    def _described(self, url: str) -> dict[str, Any]:
        address, body = self._get(url)
        object_of(body, shown_url(address), "id", str)
        return {**body, "_at": address}

    def _all(self, url: str) -> list[dict[str, Any]]:
        address, body = self._get(url)
        self._title = page_title(body)
        if not isinstance(body, dict) or "collections" not in body:
            links = [one for one in links_of(body) if one.get("rel") in _DATA]
            plain = [one for one in links if "html" not in str(one.get("type", ""))]
            following = urljoin(address, plain[0]["href"]) if plain else below(url, "collections")
            address, body = self._get(same_server(following, below(url, "collections")))
        found = object_of(body, shown_url(address), "collections", list)
        return [
            {**one, "_at": address}
            for one in found
            if isinstance(one, dict) and isinstance(one.get("id"), str)
        ]

    def _items(self, one: Mapping[str, Any]) -> str:
        address = str(one["_at"])
        base = (
            address
            if not address.rstrip("/").endswith("collections")
            else below(address, one["id"])
        )
        own = below(base, "items")
        return same_server(link_of(one, "items", address) or own, own)

    def _layer(self, one: Mapping[str, Any]) -> Layer:
        _, body = self._get(with_parameters(self._items(one), [("limit", "1")]))
        count = count_of(body.get("numberMatched")) if isinstance(body, dict) else None
        return records_layer(one["id"], one.get("title"), count, licence_of(one))

    def found(self, one: Mapping[str, Any], search: Search) -> Iterator[Record]:
        """Records of one catalogue; bbox and theme are applied here again."""
        size = self._spec.page_size or PAGE_SIZE
        pairs = [("limit", str(size))]
        if search.text:
            pairs.append(("q", search.text))
        if search.bbox is not None:
            pairs.append(("bbox", ",".join(f"{part:.7g}" for part in search.bbox)))
        yield from search.chosen(self._records(one, with_parameters(self._items(one), pairs)))

    def _records(self, one: Mapping[str, Any], url: str) -> Iterator[Record]:
        """Records of all pages, each once; pages that lead back are an end."""
        seen: set[str] = set()
        visited: set[str] = set()
        following: str | None = url
        matched: int | None = None
        while following is not None and following not in visited:
            visited.add(following)
            address, body = self._get(following)
            features = object_of(body, shown_url(address), "features", list)
            fresh = [
                record
                for feature in features
                if isinstance(feature, dict)
                and (record := _record(feature, address)).id not in seen
            ]
            seen.update(record.id for record in fresh)
            yield from fresh
            matched = count_of(body.get("numberMatched"))
            self._observer.progress(f"read {one['id']}", len(seen), matched)
            link = link_of(body, "next", address)
            following = same_server(link, url) if link and (fresh or not features) else None
        if matched is not None and matched != len(seen):
            self._notebook.note(
                "COUNT_DIFFERS",
                Severity.WARNING,
                f"the catalogue counts {matched} records and sent {len(seen)}",
                layer=str(one["id"]),
                count=abs(matched - len(seen)),
            )

    def evidence(self) -> Evidence:
        return Evidence("records", self._address, {"title": self._title, **self._traffic()})


@dataclass(frozen=True, slots=True)
class _One:
    """One catalogue of the service."""

    found: Callable[[Mapping[str, Any], Search], Iterator[Record]]
    described: Mapping[str, Any]

    def search(self, search: Search) -> Iterator[Record]:
        return self.found(self.described, search)


def _record(feature: Mapping[str, Any], address: str) -> Record:
    """A record (OGC 20-004r1 §7.1), or one of the drafts that servers still write."""
    said = feature.get("properties")
    properties: Mapping[str, Any] = said if isinstance(said, dict) else {}
    links = [*links_of(feature), *links_of({"links": properties.get("associations")})]
    return Record(
        id=str(feature.get("id", properties.get("externalId", ""))),
        title=_text(properties.get("title")),
        abstract=_text(properties.get("description")),
        type=_text(properties.get("type")),
        themes=tuple(dict.fromkeys(_themes(properties))),
        modified=_text(properties.get("updated") or properties.get("recordUpdated")),
        language=_language(properties.get("language")),
        organisation=_organisation(properties),
        licence=_text(properties.get("license") or properties.get("rights")),
        extent=_extent(feature.get("geometry")),
        links=tuple(
            Link(
                urljoin(address, str(one["href"])),
                " ".join(str(one[key]) for key in ("protocol", "type") if one.get(key)),
                str(one.get("name") or ""),
                str(one.get("title") or ""),
            )
            for one in links
            if one.get("rel") not in _OWN
        ),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _language(value: Any) -> str:
    return _text(value.get("code")) if isinstance(value, dict) else _text(value)


def _themes(properties: Mapping[str, Any]) -> Iterator[str]:
    for one in properties.get("keywords") or ():
        if isinstance(one, str):
            yield one
    for theme in properties.get("themes") or ():
        for concept in theme.get("concepts") or () if isinstance(theme, dict) else ():
            if isinstance(concept, dict):
                yield _text(concept.get("title")) or _text(concept.get("id"))
            elif isinstance(concept, str):
                yield concept


def _organisation(properties: Mapping[str, Any]) -> str:
    for name in ("contacts", "providers"):
        for one in properties.get(name) or ():
            if isinstance(one, dict) and (one.get("organization") or one.get("name")):
                return _text(one.get("organization") or one.get("name"))
    return _text(properties.get("publisher"))


def _extent(geometry: Any) -> Bounds | None:
    if not isinstance(geometry, dict):
        return None
    shape = shapely.from_geojson(json.dumps(geometry), on_invalid="ignore")
    if shape is None or shape.is_empty:
        return None
    west, south, east, north = shape.bounds
    return west, south, east, north
