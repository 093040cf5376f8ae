"""Entities of an NGSI-LD broker (ETSI GS CIM 009 v1.9.1), a layer a type.

Asked for as GeoJSON in simplified form where the broker has that, else as JSON; read in
whatever form comes. There is no CRS in NGSI-LD: coordinates are WGS 84, longitude first
(§4.7.1), so layers are in OGC:CRS84. Filters are applied here: brokers differ in what
their geo-queries find (3D points, for one).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Evidence, Layer, Query
from commonplace.crs import identify
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Client, shown_url, with_parameters
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources.connect import client_for
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.entity import as_feature, further_instances
from commonplace.sources.geojson import parse_features
from commonplace.sources.ngsibroker import Broker, EntityType, Page
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.paging import final_schema, linked_pages, located, spooled
from commonplace.sources.rows import Bounds, chosen_columns, filtered, known_where, limited

PAGE_SIZE: Final = 1_000  # the most that Orion-LD and Scorpio give
DESCRIBED_AT_ONCE: Final = 30  # types: each costs a request


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
        self._observer = observer or Silent()
        self._client = client or client_for(spec, self._observer)
        self._notebook = Notebook()
        self._crs = identify(spec.crs) if spec.crs else CRS84
        self._broker = Broker(spec, self._client, self._notebook, self._crs)
        self._read: dict[str, dict[str, object]] = {}

    def layers(self) -> list[Layer]:
        """All types; with fields and counts where there are not too many."""
        names = self._broker.listed()
        if len(names) <= DESCRIBED_AT_ONCE:
            return [self._broker.described(name).layer for name in names]
        return [self._broker.plain(name, attributes) for name, attributes in names.items()]

    def layer(self, name: str | None = None) -> Layer:
        known = [Layer(one) for one in self._broker.listed()]
        return self._broker.described(
            find_layer(known, name, shown_url(self._broker.base)).name
        ).layer

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        kind = self._broker.described(layer.name)
        known = kind.layer.field_names
        columns = chosen_columns(layer.name, known, query.columns)
        where = known_where(layer.name, known, query.where)
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
        kind: EntityType,
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
        kind: EntityType,
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

    def _pages(self, kind: EntityType) -> Iterator[list[dict[str, Any]]]:
        """New entities of each page; ends at the last link, or when nothing new comes.

        An offset past the end gives the last entity again (§6.4.7.2): waiting for an empty
        page would never end.
        """
        name = kind.layer.name
        size = self._spec.page_size or PAGE_SIZE
        url = self._broker.entities_url(name, kind.form, size)
        seen: set[str] = set()
        visited = {url}
        total: int | None = None
        pages = linked_pages(url, partial(self._broker.ask, kind.form), self._broker.parsed)
        number = 0
        last: Page | None = None
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
        self, kind: EntityType, done: int, total: int | None, last: Page, size: int
    ) -> Page | None:
        """The next page of a broker that sends no links; None when there is none.

        A broker that counts is believed. One that doesn't is asked once more.
        """
        if not last.entities or (total is not None and done >= total):
            return None
        url = with_parameters(
            self._broker.entities_url(kind.layer.name, kind.form, size), [("offset", str(done))]
        )
        return self._broker.parsed(self._broker.ask(kind.form, url))

    def _told(self, name: str, page: Page, new: Sequence[object]) -> None:
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
