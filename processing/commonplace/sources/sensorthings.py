"""SensorThings API (OGC 18-088, part 1, version 1.1): things, datastreams, observations.

Every entity set is a layer. Things have the geometry of their location, datastreams that of
their thing; observations are a time series with result, time and unit, at their thing's
place or their feature's. What the server understands (``$filter``, ``$select``, ``$orderby``,
``$expand``, ``$top``, ``$count``, data arrays) is left to it, and looked after here as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Evidence, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.http import Client, Response, fault, shown_url
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.notes import find_layer
from commonplace.sources.paging import final_schema, spooled
from commonplace.sources.rows import chosen_columns, filtered, known_where, limited
from commonplace.sources.sensorthings_ask import (
    EXPANDED,
    LOCATED,
    asked_options,
    since_of,
    window_filter,
)
from commonplace.sources.sensorthings_columns import Columns, entity_columns
from commonplace.sources.sensorthings_describe import STREAMS, Described, Describer
from commonplace.sources.sensorthings_observations import (
    LAYER as OBSERVATIONS,
)
from commonplace.sources.sensorthings_observations import (
    STREAM_COLUMNS,
    observations,
    streams_of,
    wanted,
)
from commonplace.sources.sensorthings_service import (
    UNSUPPORTED,
    Service,
    key_in,
    with_options,
)
from commonplace.sources.service import ServiceSource

PAGE_SIZE: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a set."""

    described: Described
    columns: tuple[str, ...]
    where: tuple[tuple[str, str], ...]
    bounds: Bounds | None
    query: Query

    @property
    def name(self) -> str:
        return self.described.layer.name


class SensorThingsSource(ServiceSource):
    """The entity sets of one service. See :class:`commonplace.batch.Source`."""

    WHAT = "a SensorThings source"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        self._spec = _of_one_entity(spec, self._url)
        self._crs = identify(spec.crs) if spec.crs else CRS84
        self._since = since_of(spec.sensorthings)
        self._service = Service(self._url, self._client, self._notebook)
        self._describer = Describer(
            self._service, self._crs, at_feature=spec.sensorthings.place == "feature"
        )
        self._asked: dict[str, str] = {}

    def layers(self) -> list[Layer]:
        """The entity sets that the service has."""
        return [self._describer.described(name).layer for name in self._service.sets]

    def layer(self, name: str | None = None) -> Layer:
        known = [Layer(one) for one in self._service.sets]
        where = self._address
        return self._describer.described(find_layer(known, name, where).name).layer

    # -- reading -------------------------------------------------------------------------

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        described = self._describer.described(layer.name)
        known = described.layer.field_names
        bounds = None
        if query.bbox is not None and described.layer.geometry_type is not None:
            bounds = transform_bounds(query.bbox, query.bbox_crs or self._crs, self._crs)
        reading = _Reading(
            described,
            chosen_columns(layer.name, known, query.columns),
            known_where(layer.name, known, query.where),
            bounds,
            query,
        )
        read = self._series(reading) if layer.name == OBSERVATIONS else self._entities(reading)
        whole = not reading.where and bounds is None
        total = query.limit or (described.layer.count if whole else None)
        finish = partial(self._final, reading)
        ready = spooled(
            self._batches(reading, read), finish, self._observer, f"read {layer.name}", total
        )
        return limited(ready, query.limit, self._observer)

    def _batches(self, reading: _Reading, pages: Iterable[Columns]) -> Iterator[pa.RecordBatch]:
        taken = 0
        for columns in pages:
            self._told(reading.name, columns)
            batch = filtered(columns.batch(), reading.where, reading.bounds)
            taken += batch.num_rows
            yield batch
            if reading.query.limit is not None and taken >= reading.query.limit:
                return
        self._check_count(reading)

    def _entities(self, reading: _Reading) -> Iterator[Columns]:
        first, answer = self._first(reading)
        for page in self._service.pages(reading.name, first, answer):
            if page.entities:
                yield entity_columns(page.entities, located=reading.name in LOCATED)

    def _first(self, reading: _Reading) -> tuple[str, Response]:
        """The first page: with all that the server can do itself, or as much as it understands."""
        name = reading.name
        url = self._service.address(name)
        for options in asked_options(
            self._spec.sensorthings,
            name,
            paths=reading.described.paths,
            types={one.name: one.type for one in reading.described.layer.fields},
            columns=None if reading.query.columns is None else reading.columns,
            where=reading.where,
            bounds=reading.bounds,
            size=self._size(reading),
        ):
            first = with_options(url, options)
            answer = self._service.tried(first)
            if answer is not None:
                self._asked[name] = " ".join(one for one, _ in options)
                return first, answer
            self._notebook.note(
                "QUESTION_SIMPLIFIED",
                Severity.INFO,
                "the server does not understand a question: filters are applied here",
                layer=name,
                value=with_options("", options)[:200],
            )
        raise fault(self._client.get(url, allowed=UNSUPPORTED))

    def _size(self, reading: _Reading) -> int:
        size = self._spec.page_size or PAGE_SIZE
        limit = reading.query.limit
        return size if limit is None or reading.where or reading.bounds else min(size, limit)

    def _series(self, reading: _Reading) -> Iterator[Columns]:
        """Observations, datastream by datastream."""
        stated = self._spec.sensorthings
        at_feature = stated.place == "feature"
        filters = window_filter(stated)
        options: list[tuple[str, str]] = [("$top", str(self._size(reading)))]
        if filters:
            options.append(("$filter", filters))
        if OBSERVATIONS in stated.orderby:
            options.append(("$orderby", stated.orderby[OBSERVATIONS]))
        if reading.query.columns is not None:
            options.append(("$select", _selected(reading)))
        if at_feature:
            options.append(("$expand", "FeatureOfInterest"))
        arrays = stated.data_arrays and self._service.data_arrays and not at_feature
        self._asked[OBSERVATIONS] = " ".join(one for one, _ in options)
        bounds = None if at_feature else reading.bounds
        for name in (one for one in STREAMS if self._has(one)):
            chosen = wanted(self._streams(name), reading.where, bounds, self._since)
            yield from observations(
                self._service, chosen, tuple(options), arrays=arrays, at_feature=at_feature
            )

    def _has(self, name: str) -> bool:
        return name in self._service.all_sets

    def _streams(self, name: str) -> Iterator[Any]:
        options: list[tuple[str, str]] = [
            ("$top", str(self._spec.page_size or PAGE_SIZE)),
            ("$expand", EXPANDED[name]),
        ]
        if name in self._spec.sensorthings.filter:
            options.append(("$filter", self._spec.sensorthings.filter[name]))
        first = with_options(self._service.address(name), tuple(options))
        for page in self._service.pages(name, first):
            yield from streams_of(self._service, name, page.entities)

    def _final(self, reading: _Reading, found: pa.Schema, texts: list[str]) -> pa.Schema:
        layer = reading.described.layer
        for name in texts:
            self._types_differ(layer.name, name)
        columns = reading.columns
        late = [one for one in found.names if one not in columns and one != GEOMETRY]
        if reading.query.columns is None and late:
            self._notebook.note(
                "COLUMNS_APPEARED",
                Severity.INFO,
                f"members that the first entities did not have: {', '.join(late)}",
                layer=layer.name,
            )
            columns = (*columns, *late)
        declared = {one.name: one.type for one in layer.fields}
        return final_schema(found, columns, declared, geometry=layer.geometry_type is not None)

    # -- what was odd --------------------------------------------------------------------

    def _told(self, layer: str, columns: Columns) -> None:
        if columns.unreadable:
            self._notebook.note(
                "GEOMETRY_UNREADABLE",
                Severity.ERROR,
                "a location is neither GeoJSON nor WKT: the row has no geometry",
                layer=layer,
                count=columns.unreadable,
            )
        if columns.bad_times:
            self._notebook.note(
                "TIME_UNREADABLE",
                Severity.WARNING,
                "a time is not as ISO 8601 writes it: the row has none",
                layer=layer,
                count=columns.bad_times,
            )
        for name in columns.mixed:
            self._types_differ(layer, name)

    def _types_differ(self, layer: str, name: str) -> None:
        self._notebook.note(
            "TYPES_DIFFER",
            Severity.INFO,
            "entities disagree on the member's type: it is read as text",
            layer=layer,
            attribute=name,
        )

    def _check_count(self, reading: _Reading) -> None:
        tally = self._service.tallies.get(reading.name)
        if reading.name == OBSERVATIONS or tally is None or tally.total is None:
            return
        if tally.total != tally.entities:
            self._notebook.note(
                "COUNT_DIFFERS",
                Severity.WARNING,
                f"the server counts {tally.total} entities and sent {tally.entities}",
                layer=reading.name,
                fix="read again: the data may have changed meanwhile",
                count=abs(tally.total - tally.entities),
            )

    def things(self, layer: Layer) -> tuple[str, str] | None:
        """See :class:`commonplace.batch.OfThings`."""
        column = "id" if layer.name == "Things" else "thing_id"
        field = next((one for one in layer.fields if one.name == column), None)
        if field is None:
            return None
        mark = "{}" if field.type.startswith("int") else "'{}'"
        return column, f"{shown_url(self._service.address('Things'))}({mark})"

    def evidence(self) -> Evidence:
        read = {
            name: {"entities": one.entities, "pages": one.pages, "asked": self._asked.get(name)}
            for name, one in self._service.tallies.items()
        }
        details: dict[str, object] = {
            **self._traffic(),
            "reused": self._client.tally.reused,
            "layers": read,
        }
        return Evidence("sensorthings", self._address, details)


def _of_one_entity(spec: SourceSpec, url: str) -> SourceSpec:
    """An address of one entity is a filter of its set."""
    named = key_in(url)
    if named is None:
        return spec
    name, key = named
    filters = spec.sensorthings.filter
    both = f"id eq {key}" if name not in filters else f"id eq {key} and ({filters[name]})"
    stated = replace(spec.sensorthings, filter={**filters, name: both})
    return replace(spec, sensorthings=stated)


def _selected(reading: _Reading) -> str:
    """Of observations, the members that columns and filters need."""
    needed = {*reading.columns, *(name for name, _ in reading.where)} - set(STREAM_COLUMNS)
    paths = reading.described.paths
    members = {paths.get(one, one).partition("/")[0] for one in needed if one != "component"}
    return ",".join(sorted({"id", "phenomenonTime", "result", *members}))
