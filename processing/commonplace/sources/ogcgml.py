"""Items of an OGC API collection as GML (OGC 17-069r4, §8.3 and §8.4): INSPIRE's features as
they are, nested properties made flat as in :mod:`commonplace.sources.gml`.

The next page is where the ``Link`` header or the collection's ``next`` leads; where neither
does though the server counts more, it is asked for by ``offset``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urljoin

import pyarrow as pa

from commonplace.batch import GEOMETRY, Layer, Query
from commonplace.errors import Cancelled, MalformedAnswer, SourceError
from commonplace.http import Response, with_parameters
from commonplace.report import Observer
from commonplace.sources.crsname import transform_bounds
from commonplace.sources.notes import Notebook
from commonplace.sources.paging import located
from commonplace.sources.rows import chosen_columns, conform, filtered, known_where, limited
from commonplace.sources.wfspages import Tally
from commonplace.sources.wfsstore import GmlStore, Stored, completed_schema

SAMPLE: Final = 10
_NEXT: Final = re.compile(r'<([^>]*)>\s*(?:;[^,<]*)?;\s*rel="?next"?', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GmlItems:
    """Reads the items of one collection as GML.

    ``ask`` answers an address of items; ``own`` brings a link back to the server that was
    asked.
    """

    ask: Callable[[str], Response]
    own: Callable[[str], str]
    notebook: Notebook
    observer: Observer

    def described(self, plain: Layer, items: str) -> Layer:
        """The layer with fields, geometry, CRS and count, as its first features show them.

        Raises
        ------
        SourceError
        """
        with TemporaryDirectory(prefix="commonplace-") as folder:
            store = GmlStore(None, Path(folder), None, {})
            page = _taken(store, self.ask, with_parameters(items, [("limit", str(SAMPLE))]))[1]
            found = store.layer(Notebook())
        if found is None:
            return replace(plain, geometry_type=None, crs=None, count=page.total or 0)
        return replace(
            plain,
            fields=found.fields,
            geometry_type=found.geometry_type,
            crs=found.crs,
            extent=None,
            count=plain.count if page.total is None else page.total,
        )

    def batches(self, layer: Layer, first: str, query: Query) -> Iterator[pa.RecordBatch]:
        """Rows of all pages from the address ``first``, filtered as the query says."""
        return limited(self._rows(layer, first, query), query.limit, self.observer)

    def _rows(self, layer: Layer, first: str, query: Query) -> Iterator[pa.RecordBatch]:
        known = layer.field_names
        columns = list(chosen_columns(layer.name, known, query.columns))
        where = known_where(layer.name, known, query.where)
        bounds = query.bbox if layer.geometry_type is not None else None
        if bounds is not None and query.bbox_crs and layer.crs:
            bounds = transform_bounds(bounds, query.bbox_crs, layer.crs)
        most = None if where or bounds else query.limit
        with TemporaryDirectory(prefix="commonplace-") as folder:
            store = GmlStore(None, Path(folder), None, {})
            tally = self._pages(layer, first, store, most)
            if store.layer(self.notebook) is None:
                return
            schema = completed_schema(store.schema(), layer, known)
            if query.columns is None:
                columns += [one for one in schema.names if one not in (*columns, GEOMETRY)]
            kept = [*columns, *([GEOMETRY] if GEOMETRY in schema.names else [])]
            for rows in tally.first_rows(store):
                yield filtered(conform(rows, schema), where, bounds).select(kept)

    def _pages(self, layer: Layer, first: str, store: GmlStore, most: int | None) -> Tally:
        tally = Tally()
        address: str | None = first
        while address is not None:
            if self.observer.cancelled():
                raise Cancelled("cancelled between pages")
            try:
                answer, page = _taken(store, self.ask, address)
            except SourceError as error:
                raise located(error, tally.number, tally.done) from error
            tally.total = tally.total if page.total is None else page.total
            fresh = tally.take(page)
            self.observer.progress(f"read {layer.name}", tally.done, most or tally.total)
            if not page.rows or not fresh or (most is not None and tally.done >= most):
                break
            address = self._following(first, answer, page, tally)
        if most is None and tally.total is not None and tally.distinct != tally.total:
            self.notebook.count_differs(tally.total, tally.distinct, layer=layer.name)
        return tally

    def _following(self, first: str, answer: Response, page: Stored, tally: Tally) -> str | None:
        for header in answer.all_headers("link"):
            if match := _NEXT.search(header):
                return self.own(urljoin(answer.url, match[1]))
        if page.next is not None:
            return self.own(urljoin(answer.url, page.next))
        if tally.total is not None and tally.done < tally.total:
            return with_parameters(first, [("offset", str(tally.done))])
        return None


def _taken(
    store: GmlStore, ask: Callable[[str], Response], address: str
) -> tuple[Response, Stored]:
    """A page that is stored; one that is broken is asked for once more."""
    answer = ask(address)
    try:
        return answer, store.add(answer)
    except MalformedAnswer:
        answer = ask(address)
        return answer, store.add(answer)
