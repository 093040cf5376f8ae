"""WFS 2.0 and 1.1 (OGC 09-025r2, 04-094): a layer a feature type.

Simple features and GML application schemas alike are read by the engine's own GML reader;
nested properties are flat columns (:mod:`commonplace.sources.gml`). What the server can
filter is tried on a feature that is known before it is relied upon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Evidence, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.documents import suggestion
from commonplace.errors import ColumnNotFound
from commonplace.http import Client
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.crsname import transform_bounds
from commonplace.sources.notes import find_layer
from commonplace.sources.rows import conform, filtered, limited
from commonplace.sources.service import ServiceSource
from commonplace.sources.wfspages import Pager, Tally
from commonplace.sources.wfsreading import Reading
from commonplace.sources.wfsselect import Selection, selected
from commonplace.sources.wfsservice import Kind, Service, put_right
from commonplace.sources.wfsstore import Store, completed_schema
from commonplace.sources.wfsxml import Asker

PAGE_SIZE: Final = 5_000
DESCRIBED_AT_ONCE: Final = 15  # feature types: each costs three requests


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked of a layer, in its own terms; ``bounds`` are in its CRS."""

    columns: tuple[str, ...]
    where: tuple[tuple[str, str], ...]
    bounds: Bounds | None
    limit: int | None
    everything: bool


class WfsSource(ServiceSource):
    """The feature types of one service. See :class:`commonplace.batch.Source`."""

    WHAT = "a WFS source"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        self._service = Service(
            self._url,
            Asker(self._client),
            self._notebook,
            stated_crs=identify(spec.crs) if spec.crs else None,
            wanted_format=spec.format,
        )
        self._pushed: dict[str, dict[str, object]] = {}

    def layers(self) -> list[Layer]:
        """All feature types; with fields and counts where there are not too many."""
        kinds = self._service.kinds()
        if len(kinds) > DESCRIBED_AT_ONCE:
            return [self._service.plain(one) for one in kinds]
        named = {self._service.shown(one): one for one in kinds}
        return self._every_layer(
            list(named),
            lambda name: self._service.described(named[name]).layer,
            lambda name: self._service.plain(named[name]),
        )

    def layer(self, name: str | None = None) -> Layer:
        return self._kind(name).layer

    def _kind(self, name: str | None) -> Kind:
        """A feature type by its layer's name, or its own with the prefix."""
        kinds = {self._service.shown(one): one for one in self._service.kinds()}
        full = {one.name: shown for shown, one in kinds.items()}
        known = [Layer(one) for one in kinds]
        found = find_layer(known, full.get(name or "", name), self._address)
        return self._service.described(kinds[found.name])

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        kind = self._kind(layer.name)
        wanted = self._wanted(kind, query)
        return limited(self._rows(kind, wanted), query.limit, self._observer)

    def _wanted(self, kind: Kind, query: Query) -> _Wanted:
        layer = kind.layer
        names = layer.field_names if query.columns is None else query.columns
        columns = tuple(dict.fromkeys(_column(kind, one) for one in names))
        where = tuple((_column(kind, name), text) for name, text in query.where)
        bounds = query.bbox if layer.geometry_type is not None else None
        if bounds is not None and query.bbox_crs is not None and layer.crs is not None:
            bounds = transform_bounds(bounds, query.bbox_crs, layer.crs)
        return _Wanted(columns, where, bounds, query.limit, query.columns is None)

    def _rows(self, kind: Kind, wanted: _Wanted) -> Iterator[pa.RecordBatch]:
        selection = selected(self._service, kind, wanted.where, wanted.bounds)
        here = bool(selection.where_here) or selection.bbox_here
        partial = selection.pushes or here
        total = self._service.hits(selection.request) if selection.pushes else kind.layer.count
        pager = Pager(
            Asker(self._client),
            self._observer,
            self._notebook,
            kind.layer.name,
            self._spec.page_size or PAGE_SIZE,
            limit=None if partial else wanted.limit,
            total=total,
        )
        self._tell(kind, selection, pager)
        with TemporaryDirectory(prefix="commonplace-") as folder:
            reading = Reading(self._service, kind, selection, pager, Path(folder))
            store, tally = reading.read()
            yield from self._handed_out(kind, wanted, store, tally)

    def _handed_out(
        self, kind: Kind, wanted: _Wanted, store: Store, tally: Tally
    ) -> Iterator[pa.RecordBatch]:
        seen = store.layer(self._notebook)
        if seen is None:
            return
        asked = (*wanted.columns, *(name for name, _ in wanted.where))
        schema = completed_schema(store.schema(), kind.layer, asked)
        names = self._names(kind, wanted, schema)
        for batch in tally.first_rows(store):
            rows = _straightened(batch, swap=kind.swap)
            yield filtered(conform(rows, schema), wanted.where, wanted.bounds).select(names)

    def _names(self, kind: Kind, wanted: _Wanted, schema: pa.Schema) -> list[str]:
        names = list(wanted.columns)
        if wanted.everything:
            late = [one for one in schema.names if one not in names and one != GEOMETRY]
            if late:
                shown = ", ".join(late)
                self._note(
                    kind,
                    "COLUMNS_APPEARED",
                    Severity.INFO,
                    f"columns that the first features don't have: {shown}",
                )
            names += late
        return names + ([GEOMETRY] if GEOMETRY in schema.names else [])

    def _tell(self, kind: Kind, selection: Selection, pager: Pager) -> None:
        box = "here" if selection.bbox_here else "pushed" if selection.request.box else None
        self._pushed[kind.layer.name] = {
            "bbox": box,
            "pushed_filters": [name for name, _ in selection.request.equals],
            "filtered_here": len(selection.where_here),
            "page_size": pager.size,
            "format": kind.request.format,
            "srs": kind.request.srs,
        }

    def _note(
        self,
        kind: Kind,
        code: str,
        severity: Severity,
        message: str,
        *,
        fix: str | None = None,
        count: int = 1,
    ) -> None:
        self._notebook.note(code, severity, message, layer=kind.layer.name, fix=fix, count=count)

    def feature(self, layer: Layer, identifier: str) -> pa.Table:
        """One feature by its id (the stored query GetFeatureById; ``featureId`` in 1.1).

        An empty table where there is none.
        """
        kind = self._kind(layer.name)
        request = kind.request
        pairs = (("featureId", identifier),) if not request.modern else _by_id(identifier)
        one = replace(request, name=None if request.modern else request.name, extra=pairs)
        with TemporaryDirectory(prefix="commonplace-") as folder:
            store = _opened(kind, Path(folder) / "one")
            store.add(Asker(self._client).ask(one.url()))
            if store.layer(self._notebook) is None:
                return pa.table({})
            table = pa.Table.from_batches(list(store.batches()), store.schema())
        return put_right(table, swap=kind.swap)

    def evidence(self) -> Evidence:
        capabilities = self._service.capabilities
        details: dict[str, object] = {
            "version": capabilities.version,
            "title": capabilities.title,
            **self._traffic(),
            "layers": dict(self._pushed),
            "stored_queries": [
                {"id": one.id, "title": one.title, "parameters": dict(one.parameters)}
                for one in self._service.stored()
            ],
        }
        return Evidence("wfs", self._address, details)


def _by_id(identifier: str) -> tuple[tuple[str, str], ...]:
    query = "urn:ogc:def:query:OGC-WFS::GetFeatureById"
    return (("storedquery_id", query), ("id", identifier))


def _opened(kind: Kind, folder: Path) -> Store:
    folder.mkdir()
    return kind.store(folder)


def _straightened(batch: pa.RecordBatch, *, swap: bool) -> pa.RecordBatch:
    if not swap:
        return batch
    table = put_right(pa.Table.from_batches([batch]), swap=True)
    return table.combine_chunks().to_batches()[0] if table.num_rows else batch


def _column(kind: Kind, name: str) -> str:
    """A column by its name, whatever its case.

    Of nested properties only what the first features have is known beforehand: names that
    begin with a property of the layer are let through.

    Raises
    ------
    ColumnNotFound
    """
    known: Sequence[str] = kind.layer.field_names
    if name in known:
        return name
    folded = [one for one in known if one.casefold() == name.casefold()]
    if len(folded) == 1:
        return folded[0]
    begun = {one.partition("_")[0] for one in known}
    if not kind.declared.whole and name.partition("_")[0] in begun:
        return name
    hint = suggestion(name, known)
    raise ColumnNotFound(f"layer {kind.layer.name!r} has no column {name!r}", hint=hint)
