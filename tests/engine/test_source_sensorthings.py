"""SensorThings: every entity arrives, whatever the pages and the faults of the server."""

from __future__ import annotations

import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from commonplace.errors import Cancelled, LayerNotFound, MalformedAnswer, SourceError
from commonplace.http import Client, Limits
from commonplace.job import SensorThingsSpec, SourceSpec
from commonplace.report import Observer
from commonplace.sources import open_source, recognise
from commonplace.sources.sensorthings import SensorThingsSource
from commonplace.sources.sensorthings_columns import location_of, shapes_of, times
from servers.sensorthings import ROOT, Service, made, recorded
from support.sources import Watcher, codes, read, shapes

QUICK = Limits(retries=1, pause=0.001)


def connected(
    service: Service, url: str = ROOT, observer: Observer | None = None, **spec: Any
) -> SensorThingsSource:
    client = Client(limits=QUICK, transport=httpx.MockTransport(service))
    client.sleep = lambda _: None
    return SensorThingsSource(SourceSpec(url=url, **spec), observer, client)


def layer(source: SensorThingsSource, name: str, **query: Any) -> pa.Table:
    return read(source, source.layer(name), **query)


def asked(service: Service, name: str) -> list[httpx.Request]:
    return [one for one in service.requests if one.url.path.endswith(f"/{name}")]


# --- the recorded conversation ---


@pytest.fixture
def hamburg(shared: Path) -> Service:
    return recorded(shared / "data" / "services_open" / "sta_hamburg_things227.json")


def test_hamburg_things(hamburg: Service) -> None:
    source = connected(hamburg)
    table = layer(source, "Things")
    assert table["id"].to_pylist() == [228]
    assert table["properties_ownerThing"][0].as_py().startswith("Hamburg University")
    (shape,) = shapes(table)
    assert shape.geom_type == "Polygon"  # a GeoJSON feature without properties
    assert source.layer("Things").crs == "OGC:CRS84"
    assert source.layer("Things").count == 1


def test_hamburg_datastreams_and_observations(hamburg: Service) -> None:
    source = connected(hamburg)
    streams = layer(source, "Datastreams")
    stored = hamburg.store["Datastreams"]
    assert sorted(streams["id"].to_pylist()) == sorted(one["@iot.id"] for one in stored)
    assert set(streams["unit_symbol"].to_pylist()) == {
        one["unitOfMeasurement"]["symbol"] for one in stored
    }
    row = streams.filter(pc.equal(streams["id"], 10433)).to_pylist()[0]
    assert row["phenomenonTime"] == datetime(2019, 11, 25, 11, 26, 29, 915000, UTC)
    assert row["phenomenonTime_end"] == datetime(2024, 6, 10, 7, 59, 3, 440000, UTC)
    assert row["thing_id"] == 228
    series = layer(source, "Observations")
    assert series.num_rows == len(hamburg.store["Observations"])
    first = series.filter(pc.equal(series["datastream_id"], 10433)).to_pylist()[0]
    assert first["phenomenonTime"] == datetime(2024, 6, 10, 7, 59, 3, 440000, UTC)
    assert (first["result"], first["unit_symbol"]) == (0, "W")
    assert source.layer("Observations").time_field == "phenomenonTime"
    assert not codes(source) & {"GEOMETRY_UNREADABLE", "TIME_UNREADABLE"}


# --- every entity, every page size ---


@pytest.mark.parametrize("size", [1, 2, 7, 100, 1000])
@pytest.mark.parametrize("arrays", [True, False])
def test_every_entity_arrives(size: int, arrays: bool) -> None:
    service = made(things=5, streams=2, observations=11)
    service.no_arrays = not arrays
    service.most = size
    service.fails = 1  # every page, once
    source = connected(service, page_size=size)
    for name, stored in service.store.items():
        if name not in ("MultiDatastreams", "HistoricalLocations", "FeaturesOfInterest"):
            table = layer(source, name)
            assert table["id"].to_pylist() == [one["@iot.id"] for one in stored], name
    series = layer(source, "Observations")
    assert series["result"].to_pylist() == [one / 4 for one in range(110)]
    assert series["thing_id"].to_pylist() == [one // 22 for one in range(110)]
    assert series["observedProperty_name"][11].as_py() == "NO2"
    assert shapes(series)[-1].coords[0] == pytest.approx((10.04, 53.5))
    formats = {one.url.params.get("$resultFormat") for one in asked(service, "Observations")}
    assert ("dataArray" in formats) is arrays
    assert not codes(source) & {"COUNT_DIFFERS", "TYPES_DIFFER"}


def test_lists_that_were_expanded_in_part_are_completed() -> None:
    service = made(things=2, streams=1, observations=0)
    for number in range(2, 8):
        service.store["Locations"].append(
            {"@iot.id": number, "location": {"type": "Point", "coordinates": [number, 50]}}
        )
    # Only the last of the first thing's locations is on the map.
    service.related["Things", 0, "Locations"] = [0, 1, 2, 3, 4]
    for one in service.store["Locations"][:4]:
        one["location"] = "Townhall, 2nd floor"
    service.nested = 1
    source = connected(service)
    first = shapes(layer(source, "Things"))[0]
    assert first.coords[0] == (4, 50)
    nested = [one for one in service.requests if one.url.path.endswith("Things(0)/Locations")]
    assert len({str(one.url) for one in nested}) == 4
    streams = layer(source, "Datastreams")  # two levels down
    assert shapes(streams)[0].coords[0] == (4, 50)


def test_links_that_name_another_host_are_followed_here() -> None:
    service = made(things=5, streams=1, observations=3)
    service.most = 2
    service.inner = "http://frost:8080/sta/v1.1"
    source = connected(service, page_size=2)
    assert layer(source, "Things").num_rows == 5
    assert layer(source, "Observations").num_rows == 15
    assert all(one.url.host == "city.example" for one in service.requests)
    assert "LINK_ORIGIN_DIFFERS" in codes(source)


@pytest.mark.parametrize("fault", ["loops", "stuck", "endless"])
@pytest.mark.parametrize("name", ["Things", "Observations"])
@pytest.mark.parametrize("arrays", [True, False])
def test_links_without_end(fault: str, name: str, arrays: bool) -> None:
    service = made(things=5, streams=1, observations=5)
    service.most = 2
    service.no_arrays = not arrays
    source = connected(service, page_size=2)
    described = source.layer(name)
    setattr(service, fault, True)
    with pytest.raises(MalformedAnswer):
        read(source, described)
    assert "PAGES_REPEAT" in codes(source)
    assert len(service.requests) < 100


def test_counts_that_differ_are_told() -> None:
    service = made(things=5, streams=1, observations=1)

    def losing(request: httpx.Request) -> httpx.Response:
        answer = service(request)
        if answer.content.startswith(b'{"@iot.count": 5'):
            body = answer.content.replace(b'{"@iot.count": 5', b'{"@iot.count": 6')
            return httpx.Response(200, content=body)
        return answer

    source = connected(losing)
    layer(source, "Things")
    assert "COUNT_DIFFERS" in codes(source)


# --- questions ---


def test_filters_columns_and_order_are_left_to_the_server() -> None:
    service = made(things=30, streams=1, observations=2)
    stated = SensorThingsSpec(
        filter={"Things": "properties/number lt 20"}, orderby={"Things": "name desc"}
    )
    source = connected(service, sensorthings=stated)
    described = source.layer("Things")
    service.requests.clear()
    table = read(source, described, columns=["name"], where=(("properties_owner", "o'Neill"),))
    names = [f"Station {one}" for one in range(0, 20, 2)]
    assert table["name"].to_pylist() == sorted(names, reverse=True)
    assert table.column_names == ["name", "geometry"]
    (request,) = asked(service, "Things")
    assert request.url.params["$filter"] == (
        "(properties/number lt 20) and (properties/owner eq 'o''Neill')"
    )
    assert request.url.params["$select"] == "id,name,properties"
    assert request.url.params["$orderby"] == "name desc"


@pytest.mark.parametrize("refuses", [False, True])
def test_filters_are_looked_after_here(refuses: bool) -> None:
    service = made(things=9, streams=1, observations=1)
    service.no_filters = refuses
    source = connected(service)
    table = layer(source, "Things", where=(("properties_number", "4"),))
    assert table["id"].to_pylist() == [4]
    table = layer(source, "Things", bbox=(10.015, 53, 10.035, 54))
    assert table["id"].to_pylist() == [2, 3]
    assert ("QUESTION_SIMPLIFIED" in codes(source)) is refuses


def test_the_jobs_own_filter_is_never_dropped() -> None:
    service = made(things=9, streams=1, observations=1)
    service.no_filters = True
    stated = SensorThingsSpec(filter={"Things": "properties/number lt 3"})
    source = connected(service, sensorthings=stated)
    described = source.layer("Things")
    with pytest.raises(SourceError):
        read(source, described)


def test_only_streams_that_matter_are_asked() -> None:
    service = made(things=6, streams=2, observations=3)
    source = connected(service)
    described = source.layer("Observations")

    def streams(**query: Any) -> set[str]:
        service.requests.clear()
        read(source, described, **query)
        return {one.url.path.split("/")[-2] for one in asked(service, "Observations")}

    assert streams(where=(("thing_id", "2"),)) == {"Datastreams(4)", "Datastreams(5)"}
    assert streams(where=(("observedProperty_name", "NO2"), ("thing_id", "0"))) == {
        "Datastreams(1)"
    }
    assert streams(bbox=(10.035, 53, 10.045, 54)) == {"Datastreams(8)", "Datastreams(9)"}


def test_a_window_in_time() -> None:
    service = made(things=1, streams=2, observations=60)
    old = service.store["Datastreams"][0]
    old["phenomenonTime"] = "2025-01-01T00:00:00Z/2025-02-01T00:00:00Z"
    stated = SensorThingsSpec(since="2026-01-01T01:00:00+00:30", until="2026-01-01T00:40:00Z")
    source = connected(service, sensorthings=stated)
    table = layer(source, "Observations", columns=["result", "phenomenonTime"])
    assert table["result"].to_pylist() == [one / 4 for one in range(60 + 30, 60 + 40)]
    paths = {one.url.path for one in asked(service, "Observations")}
    assert not any("Datastreams(0)" in one for one in paths)
    with pytest.raises(SourceError):
        connected(service, sensorthings=SensorThingsSpec(since="yesterday"))


def test_a_limit_ends_early() -> None:
    service = made(things=50, streams=1, observations=10)
    source = connected(service)
    described = source.layer("Observations")
    service.requests.clear()
    assert read(source, described, limit=15).num_rows == 15
    assert len(asked(service, "Observations")) < 15


# --- odd data ---


def test_results_of_several_kinds_become_text() -> None:
    service = made(things=1, streams=1, observations=4)
    for one, value in zip(service.store["Observations"], (1, "on", True, {"a": 1}), strict=True):
        one["result"] = value
    source = connected(service)
    assert layer(source, "Observations")["result"].to_pylist() == ["1", "on", "true", '{"a": 1}']
    assert "TYPES_DIFFER" in codes(source)


def test_multidatastreams_give_a_row_a_component() -> None:
    service = made(things=2, streams=1, observations=1)
    service.store["MultiDatastreams"].append(
        {
            "@iot.id": "wind'1",
            "name": "Wind",
            "unitOfMeasurements": [
                {"name": "metre per second", "symbol": "m/s"},
                {"name": "degree", "symbol": "deg"},
            ],
        }
    )
    service.store["Observations"] += [
        {"@iot.id": 90 + n, "phenomenonTime": "2026-01-01T00:00:00Z", "result": [n, 90.5]}
        for n in range(3)
    ]
    service.related |= {
        ("MultiDatastreams", "wind''1", "Observations"): [90, 91, 92],
        ("MultiDatastreams", "wind'1", "Thing"): [1],
        ("MultiDatastreams", "wind'1", "ObservedProperties"): [2, 0],
    }
    source = connected(service)
    table = layer(source, "Observations", where=(("datastream_id", "wind'1"),))
    assert table["id"].to_pylist() == [90, 90, 91, 91, 92, 92]
    assert table["component"].to_pylist() == [0, 1] * 3
    assert table["result"].to_pylist() == [0, 90.5, 1, 90.5, 2, 90.5]
    assert table["unit_symbol"].to_pylist() == ["m/s", "deg"] * 3
    assert table["observedProperty_name"].to_pylist() == ["Temperature", "PM10"] * 3
    assert {one.coords[0] for one in shapes(table)} == {(10.01, 53.5)}


def test_historical_locations_are_a_time_series() -> None:
    service = made(things=2, streams=1, observations=0)
    service.store["HistoricalLocations"] = [
        {"@iot.id": n, "time": f"2026-01-0{n + 1}T00:00:00Z"} for n in range(3)
    ]
    for n in range(3):
        service.related["HistoricalLocations", n, "Thing"] = [n % 2]
        service.related["HistoricalLocations", n, "Locations"] = [n % 2]
    source = connected(service)
    assert source.layer("HistoricalLocations").time_field == "time"
    table = layer(source, "HistoricalLocations")
    assert table["time"].to_pylist() == [datetime(2026, 1, n, tzinfo=UTC) for n in (1, 2, 3)]
    assert table["thing_id"].to_pylist() == [0, 1, 0]
    assert [one.x for one in shapes(table)] == [10, 10.01, 10]


def test_observations_at_their_features() -> None:
    service = made(things=1, streams=1, observations=2)
    service.store["FeaturesOfInterest"] = [
        {"@iot.id": n, "name": "on the way", "feature": {"type": "Point", "coordinates": [n, n]}}
        for n in range(2)
    ]
    for n in range(2):
        service.related["Observations", n, "FeatureOfInterest"] = [n]
    source = connected(service, sensorthings=SensorThingsSpec(place="feature"))
    assert [one.x for one in shapes(layer(source, "Observations"))] == [0, 1]
    assert layer(source, "FeaturesOfInterest").num_rows == 2
    assert layer(source, "Observations", bbox=(0.5, 0, 2, 2)).num_rows == 1


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"type": "Point", "coordinates": [1, 2]}, "POINT (1 2)"),
        ({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}}, "POINT (1 2)"),
        ("POINT(1 2)", "POINT (1 2)"),
        ("Main street 1", None),
        ({"street": "Main street"}, None),
        (None, None),
    ],
)
def test_locations(value: Any, expected: str | None) -> None:
    found, bad = shapes_of([location_of({"location": value})])
    assert (None if found[0] is None else found[0].wkt) == expected
    assert bad == 0


def test_locations_that_are_broken_are_told() -> None:
    service = made(things=2, streams=1, observations=1)
    service.store["Locations"][0]["location"] = {"type": "Point", "coordinates": ["x"]}
    service.store["Locations"][1]["location"] = {"address": "Main street"}
    source = connected(service)
    table = layer(source, "Locations")
    assert table["location_text"].to_pylist() == [None, '{"address": "Main street"}']
    assert "GEOMETRY_UNREADABLE" in codes(source)


def test_times() -> None:
    texts = [
        "2024-06-10T07:59:03.44Z",
        "2024-06-10T07:59:03.123456789Z/2024-06-10T09:59:03+02:00",
        "2024-06-10",
        "2024-06-10T07:59:03",
        None,
        "noon",
        7,
    ]
    begins, ends, bad = times(texts)
    moment = datetime(2024, 6, 10, 7, 59, 3, tzinfo=UTC)
    day = datetime(2024, 6, 10, tzinfo=UTC)
    assert begins.to_pylist()[:5] == [
        moment.replace(microsecond=440_000),
        moment.replace(microsecond=123_456),
        day,
        moment,
        None,
    ]
    assert ends is not None
    assert ends.to_pylist() == [None, moment, None, None, None, None, None]
    assert bad == 2


# --- the house's rules ---


def test_addresses_of_one_set() -> None:
    service = made(things=3, streams=1, observations=2)
    source = connected(service, f"{ROOT}/Datastreams?$top=1")
    assert [one.name for one in source.layers()] == ["Datastreams"]
    assert read(source, source.layer()).num_rows == 3
    with pytest.raises(LayerNotFound):
        connected(service).layer("Thing")


def test_an_address_of_one_entity() -> None:
    service = made(things=5, streams=2, observations=2)
    source = connected(service, f"{ROOT}/Things(3)?$expand=Locations")
    assert read(source)["id"].to_pylist() == [3]
    source = connected(service, f"{ROOT}/Datastreams(3)")
    assert read(source)["name"].to_pylist() == ["Stream 3"]


def test_observations_are_counted_only_when_asked_for_alone() -> None:
    service = made(things=3, streams=1, observations=2)
    counts = {one.name: one.count for one in connected(service).layers()}
    assert (counts["Things"], counts["Observations"]) == (3, None)
    (layer,) = connected(service, f"{ROOT}/Observations").layers()
    assert (layer.count, layer.count_is_estimate) == (6, True)


def test_what_is_no_sensorthings() -> None:
    source = connected(Service({}))
    with pytest.raises(MalformedAnswer):
        source.layers()


def test_cancelled_between_pages() -> None:
    service = made(things=9, streams=1, observations=9)
    service.most = 2
    source = connected(service, page_size=2, observer=Watcher(1))
    with pytest.raises(Cancelled):
        layer(source, "Observations")


def test_memory_does_not_grow_with_pages() -> None:
    def peak(observations: int) -> int:
        service = made(things=1, streams=1, observations=10)
        rows = [[n, f"2026-01-01T00:{n // 60 % 60:02d}:{n % 60:02d}Z", n / 7] for n in range(1000)]

        def answer(request: httpx.Request) -> httpx.Response:
            if "Datastreams(0)" not in request.url.path:
                return service(request)
            skip = int(request.url.params.get("$skip", 0))
            # Without these, pages would repeat.
            array = {
                "components": ["id", "phenomenonTime", "result"],
                "dataArray": [[n + skip, time, value] for n, time, value in rows],
            }
            body: dict[str, Any] = {"value": [array]}
            if skip + 1000 < observations:
                body["@iot.nextLink"] = str(request.url.copy_set_param("$skip", str(skip + 1000)))
            return httpx.Response(200, json=body)

        source = connected(answer)
        described = source.layer("Observations")
        from commonplace.batch import Query

        tracemalloc.start()
        count = sum(one.num_rows for one in source.batches(described, Query()))
        high = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert count == observations
        return high

    assert peak(40_000) < 1.3 * peak(10_000)


@pytest.mark.parametrize(
    "url", [ROOT, f"{ROOT}/", f"{ROOT}/Things(1)?$top=1", "https://a.example/FROST/v1.0"]
)
def test_recognised_by_its_address(url: str) -> None:
    assert recognise(SourceSpec(url=url)) == "sensorthings"
    assert isinstance(open_source(SourceSpec(url=url)), SensorThingsSource)


@pytest.mark.parametrize(
    "url", ["https://a.example/v1.1/collections", "https://a.example/v1.1?service=WFS"]
)
def test_not_all_versions_are_ours(url: str) -> None:
    assert recognise(SourceSpec(url=url)) != "sensorthings"
