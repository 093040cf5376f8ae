"""OGC API - Features (OGC 17-069r4 part 1, 18-058r1 part 2, 19-079r2 part 3 queryables)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Evidence, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import MalformedAnswer
from commonplace.http import Client, with_parameters
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.collector import collector_paused
from commonplace.sources.cql import Filter
from commonplace.sources.crsname import CRS84, same_crs, transform_bounds
from commonplace.sources.geojson import parse_features
from commonplace.sources.notes import find_layer
from commonplace.sources.ogcfilter import may_push, stated_filter, to_layer
from commonplace.sources.ogcpages import Pager, Tally, Unpaged, with_limit
from commonplace.sources.ogcservice import Collection, Page, Service
from commonplace.sources.ogctiles import read_tiles
from commonplace.sources.paging import final_schema, spooled
from commonplace.sources.rows import chosen_columns, filtered, known_where, limited
from commonplace.sources.service import ServiceSource

PAGE_SIZE: Final = 10_000
EVERYTHING: Final = 1_000_000
DESCRIBED_AT_ONCE: Final = 200  # collections: each costs a few requests
CONNECTIONS: Final = 4

# Parameters with a meaning of their own: no property filter by these names.
RESERVED: Final = frozenset(
    "f limit offset startindex bbox bbox-crs crs datetime filter filter-lang sortby properties"
    " skipgeometry resulttype lang".split()
)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a collection. ``whole`` says that nothing is filtered."""

    collection: Collection
    query: Query
    where: tuple[tuple[str, str], ...]
    whole: bool
    filter: Filter | None = None

    def bounds(self) -> Bounds | None:
        """The bbox in the layer's CRS."""
        layer = self.collection.layer
        if self.query.bbox is None or layer.geometry_type is None:
            return None
        if self.query.bbox_crs is None or layer.crs is None:
            return self.query.bbox
        return transform_bounds(self.query.bbox, self.query.bbox_crs, layer.crs)


class OgcApiSource(ServiceSource):
    """The collections of one service. See :class:`commonplace.batch.Source`."""

    WHAT = "an OGC API source"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        stated_crs = identify(spec.crs) if spec.crs else None
        self._service = Service(
            self._url,
            self._client,
            self._notebook,
            stated_crs,
            wanted_form=spec.format,
            observer=self._observer,
        )
        self._pushed: dict[str, dict[str, object]] = {}

    def layers(self) -> list[Layer]:
        """All collections; with fields and counts where there are not too many."""
        plain = {str(one["id"]): one for one in self._service.listed()}
        if len(plain) > DESCRIBED_AT_ONCE:
            return [self._service.plain(one).layer for one in plain.values()]
        return self._every_layer(
            list(plain),
            lambda name: self._service.described(name).layer,
            lambda name: self._service.plain(plain[name]).layer,
            at_once=CONNECTIONS,
        )

    def layer(self, name: str | None = None) -> Layer:
        known = [Layer(one["id"]) for one in self._service.listed()]
        return self._service.described(find_layer(known, name, self._address).name).layer

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        collection = self._service.described(layer.name)
        known = collection.layer.field_names
        columns = chosen_columns(layer.name, known, query.columns)
        where = known_where(layer.name, known, query.where)
        stated = stated_filter(self._spec, layer.name, known)
        whole = not where and query.bbox is None and stated is None and not self._spec.datetime
        reading = _Reading(collection, query, where, whole, stated)
        if collection.form == "gml":
            return self._gml_batches(reading)
        finish = partial(self._final, collection, columns, everything=query.columns is None)
        pages = self._pages(reading)
        total = collection.layer.count if reading.whole else None
        step = f"read {layer.name}"
        ready = spooled(pages, finish, self._observer, step, query.limit or total)
        return limited(ready, query.limit, self._observer)

    def _gml_batches(self, reading: _Reading) -> Iterator[pa.RecordBatch]:
        layer, query = reading.collection.layer, reading.query
        items = self._service.gml(reading.collection)
        first = self._first_url(reading)
        if reading.filter is None:
            return items.batches(layer, first, query)
        stated, onto = reading.filter, to_layer(layer.crs)
        rows = items.batches(layer, first, replace(query, limit=None))
        chosen = (one.filter(stated.mask(one, onto)) for one in rows)
        return limited(chosen, query.limit, self._observer)

    def _final(
        self,
        collection: Collection,
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
        pager = Pager(
            partial(self._service.ask, form=collection.form),
            partial(self._service.parsed_page, base=collection.items),
            self._notebook,
            collection.layer.name,
        )
        taken = 0
        with collector_paused():  # from a page's arrival until its features are columns
            for page in self._all_pages(reading, pager):
                self._check_crs(collection, page, pager.tally.pages)
                batch = self._batch(reading, page)
                taken += batch.num_rows
                if batch.num_columns and (batch.num_rows or pager.tally.pages == 1):
                    yield batch
                if reading.query.limit is not None and taken >= reading.query.limit:
                    return
        self._check_count(reading, pager.tally)

    def _all_pages(self, reading: _Reading, pager: Pager) -> Iterator[Page]:
        """Page by page; where the server can't, in one answer; else tile by tile."""
        collection, first = reading.collection, self._first_url(reading)
        small = reading.query.limit is not None and reading.whole
        try:
            yield from pager.pages(first, ahead=not small)
        except Unpaged:
            most = pager.tally.done
            size = pager.tally.total or EVERYTHING
            page = pager.whole(with_limit(first, size))
            yield page
            if page.rows <= most or page.rows < (pager.tally.total or 0):
                most = max(most, page.rows)
                yield from read_tiles(pager, collection, with_limit(first, most), most)
            else:
                self._note(
                    collection,
                    "PAGES_NOT_OFFERED",
                    Severity.WARNING,
                    "the server ignores offset: the layer was read in one answer",
                    fix="tell the server's owner",
                )

    def _batch(self, reading: _Reading, page: Page) -> pa.RecordBatch:
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
        batch = filtered(made.batch, reading.where, reading.bounds())
        if reading.filter is None or not batch.num_columns:
            return batch
        return batch.filter(reading.filter.mask(batch, to_layer(layer.crs)))

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
        if self._spec.datetime is not None:
            parameters.append(("datetime", self._spec.datetime))
        url = with_parameters(collection.page_url(size), parameters)
        return url if reading.filter is None else self._filtered_url(reading, reading.filter, url)

    def _filtered_url(self, reading: _Reading, stated: Filter, url: str) -> str:
        """The address with the filter, if the server takes it."""
        collection = reading.collection
        asked = [("filter", stated.text), ("filter-lang", stated.language)]
        pushed = may_push(stated, collection, self._service.conformance())
        if pushed:
            pushed_url = with_parameters(url, asked)
            pushed = self._service.takes(with_limit(pushed_url, 1))
        if not pushed:
            self._note(
                collection,
                "FILTER_NOT_PUSHED",
                Severity.INFO,
                "the server doesn't take the filter: all was read and chosen here",
            )
        told = self._pushed[collection.layer.name]
        told |= {"filter": stated.text, "filter_evaluated": "server" if pushed else "here"}
        return with_parameters(url, asked) if pushed else url

    def _check_crs(self, collection: Collection, page: Page, number: int) -> None:
        wanted = collection.layer.crs
        if page.placed != collection.placed and page.features:
            raise MalformedAnswer(
                f"page {number} of {collection.layer.name!r} has places in "
                f"{page.placed or 'no stated CRS'}, the first in {collection.placed}",
                hint="state format: geojson, which is in OGC:CRS84",
            )
        if collection.crs_uri is None or wanted is None:
            return
        if page.crs is None or not same_crs(page.crs, wanted):
            raise MalformedAnswer(
                f"page {number} of {collection.layer.name!r} is in {page.crs or 'no stated CRS'}, "
                f"the first was in {wanted}",
                hint="the server's next links lose the crs parameter: state crs: OGC:CRS84",
            )

    def _check_count(self, reading: _Reading, tally: Tally) -> None:
        """Tell where the server counts other than what came, deleted features aside."""
        if tally.repeated and not tally.vanished and not tally.shared_ids:
            self._note(
                reading.collection,
                "FEATURES_REPEATED",
                Severity.INFO,
                "features came with several pages: each was taken once",
                count=tally.repeated,
            )
        total = tally.total
        if total is None or total <= tally.done <= total + tally.vanished:
            return
        self._notebook.count_differs(total, tally.done, layer=reading.collection.layer.name)

    def _types_differ(self, collection: Collection, name: str) -> None:
        self._note(
            collection,
            "TYPES_DIFFER",
            Severity.INFO,
            "features disagree on the property's type: it is read as text",
            attribute=name,
        )

    def _note(
        self,
        collection: Collection,
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

    def evidence(self) -> Evidence:
        details: dict[str, object] = {
            "title": self._service.title,
            **self._traffic(),
            "layers": dict(self._pushed),
        }
        return Evidence("ogcapi", self._address, details)
