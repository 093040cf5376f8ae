"""OGC API Environmental Data Retrieval 1.1 (19-086r6): locations, their series, cubes.

Of a collection these are layers:

``name/locations``
    The places that it has data of.
``name/observations``
    What was observed there: a row a place and time, a column a parameter.
``name/cube`` (``name/area`` where there is no cube)
    The cells within the ``bbox`` of the query, else within the collection's extent.

What else it offers (``position``, ``radius``, ``trajectory``, ``corridor``, instances) is told
by the evidence: those answer a geometry that a job has none of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import quote

import pyarrow as pa
import shapely

from commonplace.batch import Evidence, Field, Layer, Query
from commonplace.crs import identify
from commonplace.errors import MalformedAnswer, ServerFault, SourceError
from commonplace.http import Client, Response, shown_url
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.celled import ACCEPT, OWN, CelledSource
from commonplace.sources.crsname import CRS84
from commonplace.sources.notes import find_layer
from commonplace.sources.ogcjson import below, extent_of, licence_of, read_json

LOCATIONS: Final = "locations"
OBSERVATIONS: Final = "observations"
CELLS: Final = ("cube", "area")


@dataclass(frozen=True, slots=True)
class _Collection:
    """A collection: its address, the queries that it answers, its parameters by name."""

    raw: Mapping[str, Any]
    url: str
    queries: Mapping[str, Any]
    parameters: Mapping[str, Any]

    @property
    def name(self) -> str:
        return str(self.raw["id"])


class EdrSource(CelledSource):
    """The collections of one service. See :class:`commonplace.batch.Source`."""

    WHAT = "an EDR source"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        self._crs = identify(spec.crs) if spec.crs else CRS84
        self._all: dict[str, _Collection] | None = None

    def layers(self) -> list[Layer]:
        """Layers of all collections, with the fields that the service announces."""
        return [each for one in self._known().values() for each in self._layers_of(one)]

    def layer(self, name: str | None = None) -> Layer:
        found = find_layer(self.layers(), name, self._address)
        collection, what = self._of(found)
        if what != LOCATIONS:
            return found
        return self._known_fields(found, [self._locations(collection, None)])

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        collection, what = self._of(layer)
        bounds = self._bounds(layer, query)
        if what == LOCATIONS:
            box = None if query.bbox is None else bounds
            return self._batches(layer, query, [self._locations(collection, box)])
        wanted = query.columns
        named = [one for one in collection.parameters if wanted is None or one in wanted]
        asked = [("parameter-name", ",".join(named))] if wanted is not None and named else []
        if self._spec.datetime is not None:
            asked.append(("datetime", self._spec.datetime))
        if what == OBSERVATIONS:
            box = None if query.bbox is None else bounds
            return self._batches(layer, query, self._series(collection, box, asked))
        if bounds is None:
            raise SourceError(f"{layer.name} states no extent", hint="state a bbox for the source")
        return self._batches(layer, query, [self._cells(collection, what, bounds, asked)])

    def evidence(self) -> Evidence:
        known = self._all or {}
        details: dict[str, object] = {
            **self._traffic(),
            "queries": {name: sorted(one.queries) for name, one in known.items()},
            "parameters": {name: list(one.parameters) for name, one in known.items()},
        }
        return Evidence("edr", self._address, details)

    # --- what there is ---

    def _known(self) -> dict[str, _Collection]:
        if self._all is None:
            self._all = {
                str(one["id"]): _Collection(
                    one, str(one["_at"]), one["data_queries"], one.get("parameter_names") or {}
                )
                for one in self._collections()
                if isinstance(one.get("data_queries"), dict)
            }
            if not self._all:
                raise MalformedAnswer(
                    f"{self._address} has no collection with data queries",
                    hint="is it a service of features? state kind: ogcapi",
                )
        return self._all

    def _layers_of(self, one: _Collection) -> Iterator[Layer]:
        fields = (
            *OWN,
            *(Field(str(name), "double", _title(said)) for name, said in one.parameters.items()),
        )
        cells = next((each for each in CELLS if each in one.queries), None)
        if LOCATIONS in one.queries:
            yield self._layer(one, LOCATIONS, ())
            yield self._layer(one, OBSERVATIONS, fields)
        if cells is not None:
            yield self._layer(one, cells, fields)

    def _layer(self, one: _Collection, what: str, fields: tuple[Field, ...]) -> Layer:
        return Layer(
            name=f"{one.name}/{what}",
            title=one.raw.get("title"),
            fields=fields,
            geometry_type="Unknown" if what == LOCATIONS else "Point",
            crs=self._crs,
            extent=extent_of(one.raw.get("extent", {}).get("spatial")),
            licence=licence_of(one.raw),
        )

    def _of(self, layer: Layer) -> tuple[_Collection, str]:
        name, _, what = layer.name.rpartition("/")
        return self._known()[name], what

    # --- asking ---

    def _locations(self, one: _Collection, bounds: tuple[float, ...] | None) -> Response:
        asked = [] if bounds is None else [("bbox", _box(bounds))]
        return self._client.get(
            below(one.url, LOCATIONS), [*asked, *_format(one, LOCATIONS)], headers=ACCEPT
        )

    def _series(
        self, one: _Collection, bounds: tuple[float, ...] | None, asked: list[tuple[str, str]]
    ) -> Iterator[Response]:
        """What each location has; one that fails is told, and the others read."""
        listed = read_json(self._locations(one, bounds))
        features = listed.get("features") if isinstance(listed, dict) else None
        if not isinstance(features, list):
            raise MalformedAnswer(f"{one.name} lists no locations")
        base = below(one.url, LOCATIONS)
        ids = dict.fromkeys(str(each["id"]) for each in features if each.get("id") is not None)
        for name in ids:
            try:
                yield self._client.get(f"{base}/{quote(name, safe='')}", asked, headers=ACCEPT)
            except ServerFault as error:
                self._notebook.note(
                    "LOCATION_UNREADABLE",
                    Severity.WARNING,
                    f"the service answers no data of a location: {error.message}",
                    layer=f"{one.name}/{OBSERVATIONS}",
                    value=name,
                )

    def _cells(
        self, one: _Collection, what: str, bounds: tuple[float, ...], asked: list[tuple[str, str]]
    ) -> Response:
        where = (
            ("bbox", _box(bounds))
            if what == "cube"
            else ("coords", shapely.to_wkt(shapely.box(*bounds), trim=True))
        )
        url = below(one.url, what)
        answer = self._client.get(
            url, [where, *asked, *_format(one, what)], headers=ACCEPT, allowed=(204,)
        )
        if answer.status == 204:
            raise SourceError(f"{shown_url(url)} has no data there", hint="state another bbox")
        return answer


def _title(said: Any) -> str | None:
    """A parameter's label with its unit."""
    if not isinstance(said, dict):
        return None
    observed = said.get("observedProperty") or {}
    label = _words(observed.get("label")) or _words(said.get("name")) or said.get("description")
    unit = said.get("unit") or {}
    symbol = unit.get("symbol")
    symbol = symbol.get("value") if isinstance(symbol, dict) else symbol
    return f"{label} [{symbol}]" if label and symbol else _words(label)


def _words(label: Any) -> str | None:
    """A text, or the first of several languages'."""
    if isinstance(label, dict):
        label = label.get("en") or next(iter(label.values()), None)
    return str(label) if isinstance(label, str) else None


def _box(bounds: tuple[float, ...]) -> str:
    return ",".join(f"{one:.9g}" for one in bounds)


def _format(one: _Collection, what: str) -> list[tuple[str, str]]:
    """The service's own word for CoverageJSON (GeoJSON of locations), where it lists it."""
    link = one.queries.get(what)
    variables = (link.get("link") or {}).get("variables") if isinstance(link, dict) else None
    offered = (variables or {}).get("output_formats") or one.raw.get("output_formats") or []
    wanted = "geojson" if what == LOCATIONS else "cov"
    found = [str(each) for each in offered if wanted in str(each).lower()]
    return [("f", found[0])] if found else []
