"""Entities of an NGSI-LD broker (ETSI GS CIM 009 v1.9.1), a layer a type.

Asked for as GeoJSON in simplified form where the broker has that, else as JSON; read in
whatever form comes. There is no CRS in NGSI-LD: coordinates are WGS 84, longitude first
(§4.7.1), so layers are in OGC:CRS84. Filters are applied here: brokers differ in what
their geo-queries find (3D points, for one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

import pyarrow as pa

from commonplace.batch import GEOMETRY, Evidence, Field, Layer, Query
from commonplace.crs import identify
from commonplace.errors import MalformedAnswer, ServerFault, SourceError
from commonplace.http import Client, Response, fault, shown_url, with_parameters
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources.connect import client_for, same_server
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.entity import LOCATION, as_feature, further_instances
from commonplace.sources.geojson import parse_features
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.paging import final_schema, linked_pages, located, spooled
from commonplace.sources.rows import Bounds, chosen_columns, filtered, limited, unique_names

PREFIX: Final = "/ngsi-ld/v1"
PAGE_SIZE: Final = 1_000  # the most that Orion-LD and Scorpio give
SAMPLE: Final = 20
DESCRIBED_AT_ONCE: Final = 30

GEOJSON: Final = "application/geo+json"
JSON: Final = "application/json"
UNSUPPORTED: Final = (400, 404, 405, 406, 422, 501)

_LINK: Final = re.compile(r"<([^>]*)>((?:\s*;\s*[^,;=\"]+(?:=(?:\"[^\"]*\"|[^,;\"]*))?)*)")
_REL: Final = re.compile(r"rel\s*=\s*\"?([^\";,\s]+)")


@dataclass(frozen=True, slots=True)
class _Form:
    """How entities are asked for: media type and whether ``options`` and ``count`` go along."""

    media_type: str
    options: bool = True
    count: bool = True


FORMS: Final = (
    _Form(GEOJSON),
    _Form(JSON),
    _Form(GEOJSON, count=False),
    _Form(JSON, options=False, count=False),
)


@dataclass(frozen=True, slots=True)
class _Page:
    entities: list[dict[str, Any]]
    next: str | None
    total: int | None
    url: str


@dataclass(frozen=True, slots=True)
class _Type:
    """An entity type as described."""

    layer: Layer
    form: _Form
    stored: Mapping[str, str] = field(default_factory=dict)

    @property
    def renamed(self) -> dict[str, str]:
        return {old: new for new, old in self.stored.items() if old != new}


class NgsiLdSource:
    """The entity types of one broker. See :class:`commonplace.batch.Source`."""

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        if spec.url is None:
            raise SourceError("an NGSI-LD source needs a url")
        self._spec = spec
        self._base, self._asked = _entry_point(spec.url)
        self._observer = observer or Silent()
        self._client = client or client_for(spec, self._observer)
        self._headers = _headers(spec)
        self._crs = identify(spec.crs) if spec.crs else CRS84
        self._types: dict[str, tuple[str, ...]] | None = None
        self._known: dict[str, _Type] = {}
        self._read: dict[str, dict[str, object]] = {}
        self._notebook = Notebook()

    # --- layers ---

    def layers(self) -> list[Layer]:
        """All types; with fields and counts where there are not too many."""
        names = self._listed()
        if len(names) <= DESCRIBED_AT_ONCE:
            return [self._described(name).layer for name in names]
        return [self._plain(name, attributes) for name, attributes in names.items()]

    def layer(self, name: str | None = None) -> Layer:
        known = [Layer(one) for one in self._listed()]
        return self._described(find_layer(known, name, shown_url(self._base)).name).layer

    def _listed(self) -> dict[str, tuple[str, ...]]:
        """Type names with their attributes."""
        if self._types is None:
            asked = dict(self._asked).get("type")
            self._types = {asked: ()} if asked else self._discovered()
        return self._types

    def _discovered(self) -> dict[str, tuple[str, ...]]:
        url = f"{self._base}/types?details=true"
        answer = self._get(url, JSON, allowed=UNSUPPORTED)
        if answer.status in UNSUPPORTED:
            raise ServerFault(
                f"the broker does not list its types: {fault(answer).message}",
                hint="name a type in the url: …/ngsi-ld/v1/entities?type=Building",
            )
        body = answer.json()
        if isinstance(body, dict) and isinstance(body.get("typeList"), list):
            return {str(one): () for one in body["typeList"]}
        if not isinstance(body, list):
            raise MalformedAnswer(f"{shown_url(url)} answered no list of types")
        return {
            str(one.get("typeName") or one["id"]): tuple(map(str, one.get("attributeNames", ())))
            for one in body
            if isinstance(one, dict) and (one.get("typeName") or one.get("id"))
        }

    def _plain(self, name: str, attributes: Sequence[str]) -> Layer:
        names = unique_names(["id", "type", *(one for one in attributes if one != LOCATION)])
        fields = tuple(Field(one, "string") for one in names)
        return Layer(name=name, fields=fields, geometry_type="Unknown", crs=self._crs)

    def _described(self, name: str) -> _Type:
        if name not in self._known:
            self._known[name] = self._describe(name, self._listed()[name])
        return self._known[name]

    def _describe(self, name: str, attributes: Sequence[str]) -> _Type:
        form, sample = self._sample(name)
        features = [as_feature(one) for one in sample.entities]
        seen = [one for each in features for one in each["properties"]]
        stored = list(dict.fromkeys(("id", "type", *attributes, *seen)))
        # The location is the geometry; names of another context's long form are kept.
        stored = [one for one in stored if one != LOCATION]
        names = unique_names(stored)
        made = parse_features(features, id_name="id", swap=False, with_geometry=False).batch
        kinds = {one.name: str(one.type) for one in made.schema if not pa.types.is_null(one.type)}
        located_kinds = {one["geometry"]["type"] for one in features if one["geometry"]}
        layer = Layer(
            name=name,
            fields=tuple(
                Field(new, kinds.get(old, "string")) for new, old in zip(names, stored, strict=True)
            ),
            geometry_type=self._geometry_type(located_kinds, attributes, features),
            crs=self._crs,
            count=sample.total,
        )
        return _Type(layer, form, dict(zip(names, stored, strict=True)))

    def _geometry_type(
        self, kinds: set[str], attributes: Sequence[str], features: Sequence[object]
    ) -> str | None:
        if len(kinds) == 1:
            return min(kinds)
        announced = LOCATION in attributes or not features
        return "Unknown" if kinds or announced else None

    def _sample(self, name: str) -> tuple[_Form, _Page]:
        """The first entities, in the first form that the broker understands."""
        answer: Response | None = None
        for form in FORMS:
            url = self._entities_url(name, form, SAMPLE)
            answer = self._get(url, form.media_type, allowed=UNSUPPORTED)
            if answer.status == 200:
                return form, self._parsed(answer)
            if answer.status == 404:
                break
        assert answer is not None
        raise fault(answer)

    # --- rows ---

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        kind = self._described(layer.name)
        known = kind.layer.field_names
        columns = chosen_columns(layer.name, known, query.columns)
        filters = chosen_columns(layer.name, known, [name for name, _ in query.where])
        where = tuple((name, text) for name, (_, text) in zip(filters, query.where, strict=True))
        bounds = None
        if query.bbox is not None and kind.layer.geometry_type is not None:
            bounds = transform_bounds(query.bbox, query.bbox_crs or self._crs, self._crs)
        read = self._batches(kind, where, bounds, query.limit)
        everything = query.columns is None
        finish = partial(self._final, kind, columns, everything=everything)
        step = f"read {layer.name}"
        ready = spooled(read, finish, self._observer, step, query.limit or kind.layer.count)
        return limited(ready, query.limit, self._observer)

    def _final(
        self,
        kind: _Type,
        columns: tuple[str, ...],
        found: pa.Schema,
        texts: list[str],
        *,
        everything: bool,
    ) -> pa.Schema:
        layer = kind.layer
        for name in texts:
            self._types_differ(layer.name, name)
        late = [one for one in found.names if one not in layer.field_names and one != GEOMETRY]
        if everything and late:
            self._notebook.note(
                "COLUMNS_APPEARED",
                Severity.INFO,
                f"attributes that the broker did not announce: {', '.join(late)}",
                layer=layer.name,
            )
            columns = (*columns, *late)
        declared = {one.name: one.type for one in layer.fields}
        return final_schema(found, columns, declared, geometry=layer.geometry_type is not None)

    def _batches(
        self,
        kind: _Type,
        where: tuple[tuple[str, str], ...],
        bounds: Bounds | None,
        limit: int | None,
    ) -> Iterator[pa.RecordBatch]:
        taken = 0
        for entities in self._pages(kind):
            features = [as_feature(one) for one in entities]
            self._told_instances(kind.layer.name, entities)
            made = parse_features(
                features,
                id_name="id",
                swap=False,
                with_geometry=kind.layer.geometry_type is not None,
                renamed=kind.renamed,
            )
            if made.unreadable:
                self._notebook.note(
                    "GEOMETRY_UNREADABLE",
                    Severity.ERROR,
                    "a location is no GeoJSON geometry: the row has none",
                    layer=kind.layer.name,
                    count=len(made.unreadable),
                )
            for name in made.mixed:
                self._types_differ(kind.layer.name, name)
            batch = filtered(made.batch, where, bounds)
            taken += batch.num_rows
            yield batch
            if limit is not None and taken >= limit:
                return

    def _pages(self, kind: _Type) -> Iterator[list[dict[str, Any]]]:
        """New entities of each page; ends at the last link, or when nothing new comes.

        An offset past the end gives the last entity again (§6.4.7.2): waiting for an empty
        page would never end.
        """
        name = kind.layer.name
        size = self._spec.page_size or PAGE_SIZE
        url = self._entities_url(name, kind.form, size)
        seen: set[str] = set()
        visited = {url}
        total: int | None = None
        pages = linked_pages(url, partial(self._ask, kind.form), self._parsed)
        number = 0
        last: _Page | None = None
        while True:
            number += 1
            try:
                page = next(pages, None) if last is None or last.next else None
                if page is None and last is not None:
                    page = self._unlinked(kind, len(seen), total, last, size)
            except SourceError as error:
                raise located(error, number, len(seen)) from error
            if page is None:
                break
            total = page.total if page.total is not None else total
            new = [one for one in page.entities if str(one.get("id")) not in seen]
            new = list({str(one.get("id")): one for one in new}.values())
            seen.update(str(one.get("id")) for one in new)
            self._told(name, page, new)
            yield new
            if page.next in visited:
                pages.close()
                self._circles(name, number, len(seen))
            if not new:
                break
            visited.add(page.next or "")
            last = page
        pages.close()
        self._read[name] = {"entities": len(seen), "pages": number - 1, "snapshot": False}
        self._check_count(name, total, len(seen))

    def _unlinked(
        self, kind: _Type, done: int, total: int | None, last: _Page, size: int
    ) -> _Page | None:
        """The next page of a broker that sends no links; None when there is none.

        A broker that counts is believed. One that doesn't is asked once more.
        """
        if not last.entities or (total is not None and done >= total):
            return None
        url = with_parameters(
            self._entities_url(kind.layer.name, kind.form, size), [("offset", str(done))]
        )
        return self._parsed(self._ask(kind.form, url))

    def _told(self, name: str, page: _Page, new: Sequence[object]) -> None:
        repeated = len(page.entities) - len(new)
        if repeated and new:
            self._notebook.note(
                "DUPLICATES_DROPPED",
                Severity.INFO,
                "entities came on more than one page: kept once",
                layer=name,
                count=repeated,
            )

    def _circles(self, name: str, number: int, done: int) -> None:
        self._notebook.note(
            "PAGES_REPEAT",
            Severity.ERROR,
            f"page {number} leads back to a page that was read before",
            layer=name,
            fix="tell the broker's owner: its next links loop",
        )
        raise MalformedAnswer(
            f"the next links of {name!r} go round in circles at page {number}, "
            f"after {done} entities"
        )

    def _types_differ(self, layer: str, name: str) -> None:
        self._notebook.note(
            "TYPES_DIFFER",
            Severity.INFO,
            "entities disagree on the attribute's type: it is read as text",
            layer=layer,
            attribute=name,
        )

    def _told_instances(self, layer: str, entities: Sequence[Mapping[str, Any]]) -> None:
        for attribute, count in further_instances(entities).items():
            self._notebook.note(
                "INSTANCES_LEFT_OUT",
                Severity.INFO,
                "an attribute has several instances (datasetId): the default one is read",
                layer=layer,
                attribute=attribute,
                count=count,
            )

    def _check_count(self, name: str, total: int | None, done: int) -> None:
        """Fewer than counted is told; more is not: brokers count only their own (federation)."""
        if total is not None and done < total:
            self._notebook.note(
                "COUNT_DIFFERS",
                Severity.WARNING,
                f"the broker counts {total} entities and sent {done}",
                layer=name,
                fix="read again: the data may have changed meanwhile",
                count=total - done,
            )

    # --- requests ---

    def _entities_url(self, name: str, form: _Form, size: int) -> str:
        parameters = [("type", name), *((n, v) for n, v in self._asked if n != "type")]
        named = {one for one, _ in parameters}
        if form.options and not named & {"options", "format"}:
            parameters.append(("options", "keyValues"))
        if form.count:
            parameters.append(("count", "true"))
        parameters.append(("limit", str(size)))
        return with_parameters(f"{self._base}/entities", parameters)

    def _ask(self, form: _Form, url: str) -> Response:
        return self._get(url, form.media_type)

    def _get(self, url: str, media_type: str, allowed: Sequence[int] = ()) -> Response:
        headers = {**self._headers, "Accept": media_type}
        answer = self._client.get(url, headers=headers, allowed=allowed)
        for warning in answer.all_headers("ngsild-warning"):
            self._notebook.note(
                "PARTIAL_RESULT",
                Severity.WARNING,
                "a source behind the broker did not answer: entities may be missing",
                value=warning[:200],
                fix="read again when all sources are up",
            )
        return answer

    def _parsed(self, answer: Response) -> _Page:
        body = answer.json()
        if isinstance(body, dict) and isinstance(body.get("features"), list):
            body = body["features"]
        if not isinstance(body, list):
            raise MalformedAnswer(f"{shown_url(answer.url)} answered no list of entities")
        counted = answer.header("ngsild-results-count") or ""
        following = next_link(answer.all_headers("link"))
        if following is not None:
            following = same_server(urljoin(answer.url, following), answer.url)
        return _Page(
            entities=[one for one in body if isinstance(one, dict)],
            next=following,
            total=int(counted) if counted.isdigit() else None,
            url=answer.url,
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
            "tenant": self._spec.tenant,
            "filters": "applied here",
            "layers": dict(self._read),
        }
        return Evidence("ngsild", shown_url(self._spec.url or ""), details)


def next_link(headers: Sequence[str]) -> str | None:
    """The target of ``rel="next"`` among all ``Link`` headers (RFC 8288)."""
    for header in headers:
        for target, parameters in _LINK.findall(header):
            relation = _REL.search(parameters)
            if relation is not None and relation[1] == "next":
                return str(target)
    return None


def _headers(spec: SourceSpec) -> dict[str, str]:
    headers = {}
    if spec.tenant:
        headers["NGSILD-Tenant"] = spec.tenant
    if spec.context:
        relation = 'rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
        headers["Link"] = f"<{spec.context}>; {relation}"
    return headers


def _entry_point(url: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """``…/ngsi-ld/v1`` of any of a broker's addresses, and the query to go along."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if PREFIX in path:
        path = path[: path.index(PREFIX) + len(PREFIX)]
    elif path.endswith("/ngsi-ld"):
        path = f"{path}/v1"
    else:
        path = f"{path}{PREFIX}"
    dropped = ("limit", "offset", "count")
    asked = tuple(pair for pair in parse_qsl(parts.query) if pair[0] not in dropped)
    return urlunsplit((parts.scheme, parts.netloc, path, "", "")), asked
