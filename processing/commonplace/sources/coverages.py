"""OGC API Coverages (19-087): the cells of a grid as points, a column a field.

Read as CoverageJSON within the ``bbox`` of the query, which the server cuts out; without one
the whole coverage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa

from commonplace.batch import Evidence, Field, Layer, Query
from commonplace.crs import identify
from commonplace.errors import MalformedAnswer
from commonplace.http import Client, Response
from commonplace.job import SourceSpec
from commonplace.report import Observer
from commonplace.sources.celled import ACCEPT, OWN, CelledSource
from commonplace.sources.crsname import CRS84
from commonplace.sources.notes import find_layer
from commonplace.sources.ogcjson import below, extent_of, licence_of, links_of

RELATION: Final = "coverage"


class CoveragesSource(CelledSource):
    """The coverages of one service. See :class:`commonplace.batch.Source`."""

    WHAT = "a source of coverages"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        self._crs = identify(spec.crs) if spec.crs else CRS84
        self._all: dict[str, dict[str, Any]] | None = None

    def layers(self) -> list[Layer]:
        return [self._layer(one) for one in self._known().values()]

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._address)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        bounds = self._bounds(layer, query) if query.bbox is not None else None
        return self._batches(layer, query, [self._asked(self._known()[layer.name], bounds)])

    def evidence(self) -> Evidence:
        names = sorted(self._all or ())
        return Evidence("coverages", self._address, {**self._traffic(), "coverages": names})

    def _known(self) -> dict[str, dict[str, Any]]:
        if self._all is None:
            self._all = {str(one["id"]): one for one in self._collections() if _is_coverage(one)}
            if not self._all:
                raise MalformedAnswer(
                    f"{self._address} has no coverage",
                    hint="is it a service of features? state kind: ogcapi",
                )
        return self._all

    def _layer(self, one: dict[str, Any]) -> Layer:
        fields = tuple(Field(name, "double", title) for name, title in self._fields(one))
        return Layer(
            name=str(one["id"]),
            title=one.get("title"),
            fields=(*OWN, *fields),
            geometry_type="Point",
            crs=self._crs,
            extent=extent_of(one.get("extent", {}).get("spatial")),
            licence=licence_of(one),
        )

    def _fields(self, one: dict[str, Any]) -> Iterator[tuple[str, str | None]]:
        """The fields by its schema (Part 1, 7.4); none where it has none."""
        if "_fields" not in one:
            headers = {"Accept": "application/schema+json, application/json;q=0.9"}
            answer = self._client.get(
                below(one["_at"], "schema"), headers=headers, allowed=range(400, 600)
            )
            try:
                body = answer.json() if answer.status == 200 else {}
            except MalformedAnswer:
                body = {}
            found = body.get("properties") if isinstance(body, dict) else None
            one["_fields"] = found if isinstance(found, dict) else {}
        for name, said in one["_fields"].items():
            title = said.get("title") if isinstance(said, dict) else None
            yield str(name), str(title) if title and title != name else None

    def _asked(self, one: dict[str, Any], bounds: tuple[float, ...] | None) -> Response:
        box = [] if bounds is None else [("bbox", ",".join(f"{each:.9g}" for each in bounds))]
        url = below(one["_at"], RELATION)
        return self._client.get(url, [*box, ("f", "json")], headers=ACCEPT)


def _is_coverage(one: dict[str, Any]) -> bool:
    relations = {str(each.get("rel", "")).rpartition("/")[2] for each in links_of(one)}
    return RELATION in relations
