"""What sources of coverages have in common: collections listed, answers read as rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Field, Layer, Query
from commonplace.bounds import Bounds
from commonplace.errors import MalformedAnswer
from commonplace.http import Response, shown_url
from commonplace.report import Severity
from commonplace.sources.covjson import (
    COVERAGE,
    HEIGHT,
    MEDIA_TYPES,
    TIME,
    Cells,
    cells,
    is_coverage,
)
from commonplace.sources.crsname import CRS84, same_crs, transform_bounds
from commonplace.sources.geojson import parse_features
from commonplace.sources.ogcjson import (
    below,
    data_address,
    for_machines,
    landing,
    read_json,
)
from commonplace.sources.paging import final_schema, object_of, spooled
from commonplace.sources.rows import (
    chosen_columns,
    fields_of,
    filtered,
    known_where,
    limited,
    unified,
)
from commonplace.sources.service import ServiceSource

ACCEPT_JSON: Final = {"Accept": "application/json"}
#: The columns of cells beside their parameters.
OWN: Final = (
    Field(COVERAGE, "string"),
    Field(TIME, "timestamp[us, tz=UTC]"),
    Field(HEIGHT, "double"),
)
NOT_PARAMETERS: Final = frozenset({COVERAGE, TIME, HEIGHT, GEOMETRY})
ACCEPT: Final = {
    "Accept": f"{', '.join(MEDIA_TYPES)}, application/geo+json;q=0.8, application/json;q=0.7"
}


class CelledSource(ServiceSource):
    """A service whose collections answer in CoverageJSON."""

    def _collections(self) -> list[dict[str, Any]]:
        """The collections, each with the address (``_at``) that it stands at.

        Raises
        ------
        MalformedAnswer
        """
        base, only = landing(for_machines(self._url))
        if only is not None:
            answer = self._client.get(only, headers=ACCEPT_JSON)
            body = answer.json()
            object_of(body, shown_url(only), "id", str)
            return [{**body, "_at": answer.url}]
        answer = self._client.get(base, headers=ACCEPT_JSON)
        page = answer.json()
        if not (isinstance(page, dict) and isinstance(page.get("collections"), list)):
            answer = self._client.get(data_address(page, answer.url), headers=ACCEPT_JSON)
        listed = object_of(answer.json(), shown_url(answer.url), "collections", list)
        return [
            {**one, "_at": below(answer.url, str(one["id"]))}
            for one in listed
            if isinstance(one, dict) and one.get("id")
        ]

    def _bounds(self, layer: Layer, query: Query) -> Bounds | None:
        """Where is asked, in CRS84: what the query says, else all that there is."""
        if query.bbox is None:
            return layer.extent
        return transform_bounds(query.bbox, query.bbox_crs or layer.crs or CRS84, CRS84)

    def _rows(self, layer: Layer, answers: Iterable[Response]) -> Iterator[pa.RecordBatch]:
        """The rows of answers, be they CoverageJSON or GeoJSON."""
        for answer in answers:
            document = read_json(answer)
            if is_coverage(document):
                for one in cells(document, layer.name):
                    self._check(layer, one)
                    yield self._named(layer, one.batch)
            elif isinstance(document, dict) and isinstance(document.get("features"), list):
                made = parse_features(
                    document["features"], id_name="id", swap=False, with_geometry=True
                )
                if made.batch.num_columns:
                    yield made.batch
            else:
                raise MalformedAnswer(
                    f"{shown_url(answer.url)} answered neither CoverageJSON nor GeoJSON"
                )

    def _named(self, layer: Layer, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Parameters as the service announces them; as many others are the same in order."""
        own = [one for one in batch.schema.names if one not in NOT_PARAMETERS]
        known = [one for one in layer.field_names if one not in NOT_PARAMETERS]
        if set(own) & set(known) or len(own) != len(known):
            return batch
        renamed = dict(zip(own, known, strict=True))
        for name, new in renamed.items():
            self._notebook.note(
                "PARAMETER_RENAMED",
                Severity.INFO,
                f"the values come as {name!r}, where {new!r} was announced",
                layer=layer.name,
                attribute=new,
            )
        return batch.rename_columns([renamed.get(one, one) for one in batch.schema.names])

    def _check(self, layer: Layer, found: Cells) -> None:
        if not same_crs(found.crs, layer.crs or CRS84):
            raise MalformedAnswer(
                f"{layer.name} has its cells in {found.crs} and not in {layer.crs}",
                hint=f"state crs: {found.crs} for the source",
            )
        for name in found.incomplete:
            self._notebook.note(
                "VALUES_ELSEWHERE",
                Severity.WARNING,
                "the parameter's values lie at another address and were not read",
                layer=layer.name,
                attribute=name,
            )

    def _batches(
        self, layer: Layer, query: Query, answers: Iterable[Response]
    ) -> Iterator[pa.RecordBatch]:
        """Rows of answers as the query wants them, in one schema."""
        columns = chosen_columns(layer.name, layer.field_names, query.columns)
        where = known_where(layer.name, layer.field_names, query.where)
        bounds = None
        if query.bbox is not None:
            bounds = transform_bounds(query.bbox, query.bbox_crs or CRS84, layer.crs or CRS84)
        chosen = (filtered(one, where, bounds) for one in self._rows(layer, answers))
        some = (one for one in chosen if one.num_columns)
        finish = partial(_finished, columns, everything=query.columns is None)
        ready = spooled(some, finish, self._observer, f"read {layer.name}", query.limit)
        return limited(ready, query.limit, self._observer)

    def _known_fields(self, layer: Layer, answers: Iterable[Response]) -> Layer:
        """A layer with the fields that its answers have."""
        found = [one.schema for one in self._rows(layer, answers)]
        if not found:
            return layer
        schema, _ = unified(found)
        return replace(layer, fields=fields_of(schema))


def _finished(
    columns: tuple[str, ...], found: pa.Schema, texts: Sequence[str], *, everything: bool
) -> pa.Schema:
    late = [one for one in found.names if one not in columns and one != GEOMETRY]
    wanted = (*columns, *late) if everything else columns
    return final_schema(found, wanted, {}, geometry=True)
