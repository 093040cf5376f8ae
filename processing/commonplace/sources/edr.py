"""OGC API Environmental Data Retrieval 1.1 (19-086r6): locations, their series, cubes.

Of a collection these are layers:

``name/locations``
    The places that it has data of.
``name/observations``
    What was observed there: a row a place and time, a column a parameter.
``name/cube`` (``name/area`` where there is no cube)
    The cells within the ``bbox`` of the query, else within the collection's extent.
``name/position``, ``radius``, ``area``, ``trajectory``, ``corridor``
    What it has at the place that the source states (``edr: {coords: ...}``), each where the
    collection offers the query and the query takes such a geometry.
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
from commonplace.sources.edrquery import AREA, CUBE, TAKES, parameters, place_of, takes
from commonplace.sources.notes import find_layer
from commonplace.sources.ogcjson import below, extent_of, licence_of, read_json

LOCATIONS: Final = "locations"
OBSERVATIONS: Final = "observations"
CELLS: Final = (CUBE, AREA)


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
        self._place = place_of(spec.edr)
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
        return self._batches(layer, query, [self._cells(layer, bounds, asked)])

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
                str(one["id"]): self._collection(one)
                for one in self._collections()
                if isinstance(one.get("data_queries"), dict)
            }
            if not self._all:
                raise MalformedAnswer(
                    f"{self._address} has no collection with data queries",
                    hint="is it a service of features? state kind: ogcapi",
                )
        return self._all

    def _collection(self, raw: Mapping[str, Any]) -> _Collection:
        queries, at = raw["data_queries"], str(raw["_at"])
        others = [one for one in queries if one in TAKES and one != AREA]
        if (
            others
            and self._place is None
            and not any(one in queries for one in (*CELLS, LOCATIONS))
        ):
            self._notebook.note(
                "PLACE_NOT_STATED",
                Severity.WARNING,
                f"it is asked at a place ({', '.join(sorted(others))}), and none is stated",
                layer=str(raw["id"]),
                fix="state edr: {coords: 'POINT(11.35 46.5)'} for the source",
            )
        if self._spec.edr.instance is not None:
            at = below(at, f"instances/{quote(self._spec.edr.instance, safe='')}")
        return _Collection(raw, at, queries, raw.get("parameter_names") or {})

    def _layers_of(self, one: _Collection) -> Iterator[Layer]:
        fields = (
            *OWN,
            *(Field(str(name), "double", _title(said)) for name, said in one.parameters.items()),
        )
        if LOCATIONS in one.queries:
            yield self._layer(one, LOCATIONS, ())
            yield self._layer(one, OBSERVATIONS, fields)
        cells = [each for each in CELLS if each in one.queries][:1]
        placed = [each for each in TAKES if each in one.queries and takes(each, self._place)]
        for query in dict.fromkeys((*cells, *placed)):
            yield self._layer(one, query, fields)

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
        self, layer: Layer, bounds: tuple[float, ...] | None, asked: list[tuple[str, str]]
    ) -> Response:
        collection, query = self._of(layer)
        stated = self._spec.edr
        own = parameters(query, stated, _variables(collection, query))
        if takes(query, self._place):
            where = ("coords", str(stated.coords).strip())
        elif bounds is None:
            raise SourceError(f"{layer.name} states no extent", hint="state a bbox for the source")
        elif query == CUBE:
            where = ("bbox", _box(bounds))
        else:
            where = ("coords", shapely.to_wkt(shapely.box(*bounds), trim=True))
        url = below(collection.url, query)
        wanted = [where, *own, *asked, *_format(collection, query)]
        answer = self._client.get(url, wanted, headers=ACCEPT, allowed=(204,))
        if answer.status == 204:
            raise SourceError(f"{shown_url(url)} has no data there", hint="ask at another place")
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


def _variables(one: _Collection, query: str) -> Mapping[str, Any]:
    """What the service says of a query: its formats, the units that it takes."""
    link = one.queries.get(query)
    found = (link.get("link") or {}).get("variables") if isinstance(link, dict) else None
    return found if isinstance(found, dict) else {}


def _format(one: _Collection, what: str) -> list[tuple[str, str]]:
    """The service's own word for CoverageJSON (GeoJSON of locations), where it lists it."""
    offered = _variables(one, what).get("output_formats") or one.raw.get("output_formats") or []
    wanted = "geojson" if what == LOCATIONS else "cov"
    found = [str(each) for each in offered if wanted in str(each).lower()]
    return [("f", found[0])] if found else []
