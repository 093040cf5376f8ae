"""Observations, datastream by datastream: a time series layer.

Asked for as data arrays where the server offers that (§12 of OGC 18-088): a fifth of the
bytes, and columns without a look at single observations. Of a MultiDatastream, whose results
are arrays, every component becomes a row.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import numpy as np
import shapely

from commonplace.batch import GEOMETRY
from commonplace.bounds import Bounds
from commonplace.http import Response
from commonplace.sources.geojson import Geometries, wkb
from commonplace.sources.rows import as_number
from commonplace.sources.sensorthings_columns import (
    Columns,
    location_of,
    member_columns,
    shapes_of,
    times,
)
from commonplace.sources.sensorthings_service import (
    ID,
    Options,
    Service,
    key_text,
    with_options,
)

LAYER: Final = "Observations"
AHEAD: Final = 4
STREAM_COLUMNS: Final = (
    "datastream_id",
    "datastream_name",
    "thing_id",
    "thing_name",
    "observedProperty_name",
    "unit_name",
    "unit_symbol",
)
OWN_COLUMNS: Final = ("id", "phenomenonTime", "resultTime", "result")
_DATA_ARRAY: Final = ("$resultFormat", "dataArray")


@dataclass(frozen=True, slots=True)
class Stream:
    """A datastream, or one of a MultiDatastream's components (``component`` from 0)."""

    address: str
    values: Mapping[str, Any]
    shape: Geometries
    ends: datetime | None
    components: tuple[Mapping[str, Any], ...] = ()


def streams_of(
    service: Service, name: str, entities: Iterable[Mapping[str, Any]]
) -> Iterator[Stream]:
    """The datastreams of a page, with what their observations share."""
    for one in entities:
        shape, _ = shapes_of([location_of(one)])
        thing, measured = one.get("Thing") or {}, one.get("ObservedProperty") or {}
        unit = one.get("unitOfMeasurement") or {}
        values = {
            "datastream_id": one.get(ID),
            "datastream_name": one.get("name"),
            "thing_id": thing.get(ID),
            "thing_name": thing.get("name"),
            "observedProperty_name": measured.get("name"),
            "unit_name": unit.get("name"),
            "unit_symbol": unit.get("symbol"),
        }
        begins, ends, _ = times([one.get("phenomenonTime")])
        last = (ends if ends is not None else begins)[0].as_py()
        address = f"{service.address(name)}({key_text(one.get(ID))})/{LAYER}"
        yield Stream(address, values, shape, last, tuple(_components(one)))


def _components(entity: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """What a MultiDatastream's results mean, in their order (§8.2.8)."""
    measured = entity.get("ObservedProperties") or ()
    for number, unit in enumerate(entity.get("unitOfMeasurements") or ()):
        named = measured[number].get("name") if number < len(measured) else None
        yield {
            "observedProperty_name": named,
            "unit_name": unit.get("name"),
            "unit_symbol": unit.get("symbol"),
        }


def wanted(
    streams: Iterable[Stream],
    where: Sequence[tuple[str, str]],
    bounds: Bounds | None,
    since: datetime | None,
) -> Iterator[Stream]:
    """Streams that can have observations of the kind that is asked for."""
    box = None if bounds is None else shapely.box(*bounds)
    for one in streams:
        if box is not None and not shapely.intersects(one.shape[0], box):
            continue
        if since is not None and one.ends is not None and one.ends < since:
            continue
        shared = set(one.values) - ({*one.components[0]} if one.components else set())
        if all(_is(one.values[name], text) for name, text in where if name in shared):
            yield one


def _is(value: Any, text: str) -> bool:
    if isinstance(value, int | float):
        return value == as_number(text)
    return value is not None and str(value) == text


def observations(
    service: Service,
    streams: Iterable[Stream],
    options: Options,
    *,
    arrays: bool,
    at_feature: bool,
) -> Iterator[Columns]:
    """Pages of all streams, in their order; the first pages of the next ones are on their way."""
    asked = (*options, _DATA_ARRAY) if arrays else options
    with ThreadPoolExecutor(AHEAD, thread_name_prefix="streams") as pool:
        waiting: deque[tuple[Stream, str, Future[Response]]] = deque()
        try:
            for stream in streams:
                url = with_options(stream.address, asked)
                waiting.append((stream, url, pool.submit(service.ask, url)))
                if len(waiting) > AHEAD:
                    yield from _of_stream(service, *waiting.popleft(), at_feature=at_feature)
            while waiting:
                yield from _of_stream(service, *waiting.popleft(), at_feature=at_feature)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _of_stream(
    service: Service, stream: Stream, url: str, first: Future[Response], *, at_feature: bool
) -> Iterator[Columns]:
    for page in service.pages(LAYER, url, first.result()):
        for members in _members(page.entities):
            made = _columns(stream, members, at_feature=at_feature)
            if made is not None:
                yield made


def _members(entities: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, list[Any]]]:
    """Members as lists: of data arrays one set an array, of plain observations one in all."""
    arrays = [one for one in entities if "dataArray" in one and "components" in one]
    for one in arrays:
        rows = one["dataArray"]
        columns = [list(each) for each in zip(*rows, strict=True)]
        names = ["id" if name == ID else str(name) for name in one["components"]]
        if rows:
            yield dict(zip(names, columns, strict=True))
    if not arrays and entities:
        names = list(dict.fromkeys(n for one in entities for n in one if "@" not in n))
        made = {name: [one.get(name) for one in entities] for name in names if name != "id"}
        yield {"id": [one.get(ID, one.get("id")) for one in entities], **made}


def _columns(stream: Stream, members: dict[str, list[Any]], *, at_feature: bool) -> Columns | None:
    features = members.pop("FeatureOfInterest", None)
    rows = len(next(iter(members.values()), ()))
    if not rows:
        return None
    shared: dict[str, list[Any]] = {n: [v] * rows for n, v in stream.values.items()}
    if stream.components:
        members, shared, source = _exploded(stream, members, shared)
        rows = len(source)
    else:
        source = np.arange(rows)
    made = member_columns({**members, **shared})
    if at_feature and features is not None:
        shapes, made.unreadable = shapes_of([location_of(one or {}) for one in features])
        shapes = shapes[source]
    else:
        shapes = np.repeat(stream.shape, rows)
    made.arrays[GEOMETRY] = wkb(shapes, swap=False)
    return made


def _exploded(
    stream: Stream, members: dict[str, list[Any]], shared: dict[str, list[Any]]
) -> tuple[dict[str, list[Any]], dict[str, list[Any]], Any]:
    """A row a component; the numbers of the observations that the rows come from."""
    results = [one if isinstance(one, list) else [one] for one in members.get("result", ())]
    lengths = [len(one) for one in results]
    source = np.repeat(np.arange(len(lengths)), lengths)
    number = [place for length in lengths for place in range(length)]
    longer = {name: [values[row] for row in source] for name, values in members.items()}
    longer["result"] = [one for each in results for one in each]
    longer["component"] = number
    known = stream.components
    named: dict[str, list[Any]] = {
        name: [values[row] for row in source] for name, values in shared.items()
    }
    for name in known[0]:
        named[name] = [known[one].get(name) if one < len(known) else None for one in number]
    return longer, named, source


def sample_members(entities: Sequence[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """What a few observations have, whatever their streams."""
    return next(_members(entities), {"id": []})
