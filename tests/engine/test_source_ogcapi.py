"""OGC API Features: a real pygeoapi, and a service with the faults of the field."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pyproj
import pytest
import shapely

from commonplace.batch import GEOMETRY, Query
from commonplace.errors import (
    Cancelled,
    ColumnNotFound,
    LayerNotFound,
    MalformedAnswer,
    ServerFault,
    SourceError,
    Unreachable,
)
from commonplace.http import Client, Limits, credentials_for
from commonplace.job import SourceSpec
from commonplace.report import Observer
from commonplace.sources import open_source, recognise
from commonplace.sources.ogcapi import OgcApiSource
from commonplace.sources.paging import page_after
from servers.features import ROOT, Service
from servers.geoapi import Served, serve_pygeoapi
from support.sources import Watcher, codes, details, read, shapes

QUICK = Limits(retries=1, pause=0.01)
BOX = (24.0, 56.8, 24.5, 57.1)


def feature(number: int, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": f"t{number}",
        "geometry": {"type": "Point", "coordinates": [24 + number / 1000, 57]},
        "properties": {"kind": "oak" if number % 2 else "lime", "n": number, **properties},
    }


def trees(count: int) -> list[dict[str, Any]]:
    return [feature(number) for number in range(count)]


def connected(
    service: Service, url: str = ROOT, observer: Observer | None = None, **spec: Any
) -> OgcApiSource:
    client = Client(
        credentials=credentials_for(url, token=service.token),
        limits=QUICK,
        transport=httpx.MockTransport(service),
    )
    if observer is not None:
        client.observer = observer
    return OgcApiSource(SourceSpec(url=url, **spec), observer, client)


def items_asked(service: Service) -> list[httpx.Request]:
    """The requests for whole pages, not for the sample."""
    return [
        one
        for one in service.requests
        if one.url.path.endswith("/items") and one.url.params["limit"] != "10"
    ]


# --- layers ---


def test_landing_page() -> None:
    service = Service(trees(3), {"kind": {"type": "string", "title": "Kind"}}, extent=BOX)
    opened = connected(service)
    assert not service.requests
    (layer,) = opened.layers()  # tiles and records are no features
    assert (layer.name, layer.title, layer.licence) == ("trees", "Trees", "CC BY 4.0")
    assert (layer.crs, layer.extent, layer.count) == ("OGC:CRS84", BOX, 3)
    assert layer.geometry_type == "Point"
    assert layer.field_names == ("id", "kind", "n")
    assert layer.fields[1].title == "Kind"


@pytest.mark.parametrize(
    "address",
    [
        f"{ROOT}/collections/trees",
        f"{ROOT}/collections/trees/items?limit=5&f=json",
        f"{ROOT}/collections",
        f"{ROOT}/",
    ],
)
def test_other_addresses(address: str) -> None:
    opened = connected(Service(trees(3)), address)
    assert [one.name for one in opened.layers()] == ["trees"]
    assert read(opened).num_rows == 3


def test_missing_layer_and_column() -> None:
    opened = connected(Service(trees(3)))
    with pytest.raises(LayerNotFound) as caught:
        opened.layer("tree")
    assert "'trees'" in str(caught.value)
    with pytest.raises(ColumnNotFound) as missing:
        read(opened, columns=["knid"])
    assert "'kind'" in str(missing.value)


def test_recognised_by_address() -> None:
    assert recognise(SourceSpec(url=f"{ROOT}/collections/trees/items?limit=3")) == "ogcapi"
    assert recognise(SourceSpec(url=ROOT)) is None  # only its answer tells
    assert recognise(SourceSpec(url="https://b.example/ngsi-ld/v1")) == "ngsild"
    assert recognise(SourceSpec(path=Path("x.gpkg"))) == "file"
    assert isinstance(open_source(SourceSpec(url=ROOT, kind="ogcapi")), OgcApiSource)


def test_a_collection_that_fails_does_not_hide_the_others() -> None:
    service = Service(trees(3))

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path == "/api/collections":
            found = service.collections()
            broken = {"id": "broken", "title": "Broken", "links": []}
            return httpx.Response(200, json={"collections": [broken, *found["collections"]]})
        return httpx.Response(500) if "/broken/" in path else service(request)

    client = Client(limits=QUICK, transport=httpx.MockTransport(answer))
    opened = OgcApiSource(SourceSpec(url=ROOT), client=client)
    broken, fine = opened.layers()
    assert (broken.name, broken.title, broken.count) == ("broken", "Broken", None)
    assert (fine.name, fine.count) == ("trees", 3)
    assert [(one.code, one.layer) for one in opened.findings()] == [("LAYER_UNREADABLE", "broken")]
    with pytest.raises(ServerFault):
        opened.layer("broken")


# --- pages ---


@pytest.mark.parametrize("options", [{}, {"relative": True}, {"counts": False}])
def test_pages_are_followed(options: dict[str, Any]) -> None:
    service = Service(trees(95), **options)
    opened = connected(service, page_size=20)
    table = read(opened)
    assert table["n"].to_pylist() == list(range(95))
    assert table["id"].to_pylist()[:2] == ["t0", "t1"]
    assert shapes(table)[5] == shapely.Point(24.005, 57)
    assert len(items_asked(service)) == 5
    assert codes(opened) == set()


def test_pages_come_in_order_whatever_arrives_first() -> None:
    service = Service(trees(60))
    gate = threading.Event()

    def slow_second(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("offset") == "40":
            gate.set()
        if request.url.params.get("offset") == "20":
            assert gate.wait(10), "the third page was not asked for meanwhile"
        return service(request)

    client = Client(limits=QUICK, transport=httpx.MockTransport(slow_second))
    opened = OgcApiSource(SourceSpec(url=ROOT, page_size=20), client=client)
    assert read(opened)["n"].to_pylist() == list(range(60))


def test_empty_page_with_a_next_link_goes_on() -> None:
    opened = connected(Service(trees(60), empty_at=20), page_size=20)
    assert read(opened).num_rows == 40
    assert codes(opened) == {"COUNT_DIFFERS"}


def test_count_that_differs_is_told() -> None:
    opened = connected(Service(trees(30), matched=33), page_size=20)
    assert read(opened).num_rows == 30
    finding = opened.findings()[0]
    assert (finding.code, finding.count, finding.layer) == ("COUNT_DIFFERS", 3, "trees")


def test_server_caps_the_page() -> None:
    opened = connected(Service(trees(30), most=15), page_size=20)
    assert read(opened).num_rows == 30


@pytest.mark.parametrize("most", [10, 17, 100, 1_000, 10_000])
@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ({}, set()),
        ({"counts": False}, set()),
        ({"linked": False}, {"NEXT_MISSING"}),
        ({"loops": True}, {"PAGES_REPEAT"}),
        ({"loops": True, "counts": False}, {"PAGES_REPEAT"}),
        ({"refused_above": 100}, {"PAGE_SIZE_REFUSED"}),
        ({"break_at": 100, "breaking": "exception", "breaks": 1}, set()),
        ({"break_at": 100, "breaking": "truncated", "breaks": 1}, set()),
    ],
)
def test_every_feature_arrives(most: int, faults: dict[str, Any], told: set[str]) -> None:
    store = trees(1_234)
    opened = connected(Service(store, most=most, **faults))
    assert read(opened)["id"].to_pylist() == [one["id"] for one in store]
    found = codes(opened) - {"FEATURES_REPEATED"}
    assert found == told if most < 1_000 else found <= told


def test_no_links_and_no_count() -> None:
    opened = connected(Service(trees(95), most=10, linked=False, counts=False))
    assert read(opened)["n"].to_pylist() == list(range(95))
    assert codes(opened) == {"NEXT_MISSING"}


def test_offset_ignored_and_next_without_end() -> None:
    opened = connected(Service(trees(60), repeats=True), page_size=20)
    assert read(opened)["n"].to_pylist() == list(range(60))
    assert codes(opened) == {"PAGES_NOT_OFFERED"}


@pytest.mark.parametrize("counts", [True, False])
def test_offset_ignored_and_pages_clamped(counts: bool) -> None:
    extent = (24, 56.9, 25, 57.1)
    service = Service(trees(900), repeats=True, most=50, boxes=True, extent=extent, counts=counts)
    opened = connected(service)
    assert sorted(read(opened)["n"].to_pylist()) == list(range(900))
    assert "READ_BY_TILES" in codes(opened)


def test_offset_ignored_and_nothing_else_works() -> None:
    service = Service(trees(900), repeats=True, most=50, extent=(24, 56.9, 25, 57.1))
    with pytest.raises(MalformedAnswer):
        read(connected(service))


def test_features_deleted_in_between() -> None:
    service = Service(trees(100), deletes={40: 3})
    opened = connected(service, page_size=20)
    numbers = read(opened)["n"].to_pylist()
    assert sorted(numbers) == list(range(100))  # the three had come before
    told = {one.code: one.count for one in opened.findings()}
    assert told == {"SOURCE_CHANGED": 3}


def test_features_without_ids_on_pages_that_repeat() -> None:
    store = [{**one, "id": None} for one in trees(60)]
    opened = connected(Service(store, repeats=True), page_size=20)
    assert read(opened)["n"].to_pylist()[-1] == 59
    assert codes(opened) == {"PAGES_NOT_OFFERED"}


def test_ids_that_are_not_unique() -> None:
    store = [{**one, "id": f"x{number // 2}"} for number, one in enumerate(trees(60))]
    opened = connected(Service(store), page_size=20)
    assert read(opened)["n"].to_pylist() == list(range(60))
    assert codes(opened) == {"IDS_NOT_UNIQUE"}


@pytest.mark.parametrize(
    ("breaking", "kind"),
    [("500", ServerFault), ("truncated", MalformedAnswer), ("html", MalformedAnswer)],
)
def test_fault_in_the_middle_names_page_and_count(breaking: str, kind: type[SourceError]) -> None:
    service = Service(trees(60), break_at=40, breaking=breaking)
    with pytest.raises(kind) as caught:
        read(connected(service, page_size=20))
    assert "page 3, after 40 features" in str(caught.value)
    asked = [one for one in items_asked(service) if one.url.params.get("offset") == "40"]
    assert len(asked) == 2  # a fault may pass


def test_fault_that_passes_is_no_loss() -> None:
    opened = connected(Service(trees(60), break_at=40, breaks=1), page_size=20)
    assert read(opened).num_rows == 60
    assert opened.evidence().details["retries"] == 1


def test_unreachable() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    client = Client(limits=QUICK, transport=httpx.MockTransport(refuse))
    with pytest.raises(Unreachable):
        OgcApiSource(SourceSpec(url=ROOT), client=client).layers()


def test_what_is_no_such_service() -> None:
    page = httpx.MockTransport(lambda _: httpx.Response(200, html="<html></html>"))
    with pytest.raises(MalformedAnswer):
        OgcApiSource(SourceSpec(url=ROOT), client=Client(transport=page)).layers()
    other = httpx.MockTransport(lambda _: httpx.Response(200, json={"hello": "world"}))
    with pytest.raises(MalformedAnswer):
        OgcApiSource(SourceSpec(url=ROOT), client=Client(transport=other)).layers()


def test_cancelled_between_pages() -> None:
    service = Service(trees(60))
    observer = Watcher(1_000)
    opened = connected(service, page_size=20, observer=observer)
    layer = opened.layer()
    observer.left = 2
    with pytest.raises(Cancelled):
        list(opened.batches(layer, Query()))


def test_limit_ends_the_reading() -> None:
    service = Service(trees(1_000))
    opened = connected(service, page_size=20)
    assert read(opened, limit=30).num_rows == 30
    assert len(items_asked(service)) <= 4  # two pages, and what was under way
    assert codes(opened) == set()
    assert read(opened, limit=3).num_rows == 3
    assert items_asked(service)[-1].url.params["limit"] == "3"


def test_credentials_on_every_page_and_inner_names_replaced() -> None:
    service = Service(trees(60), token="t0p", inner="http://10.0.0.7:5000")
    opened = connected(service, page_size=20)
    assert read(opened).num_rows == 60
    assert {one.url.host for one in service.requests} == {"city.example"}
    assert codes(opened) == {"LINK_ORIGIN_DIFFERS"}
    service.token = "other"
    with pytest.raises(ServerFault):
        read(opened)


def test_credentials_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITY_TOKEN", "t0p")
    opened = OgcApiSource(SourceSpec(url=ROOT, token_env="CITY_TOKEN"))
    assert "t0p" not in repr(opened.evidence())
    with pytest.raises(SourceError):
        OgcApiSource(SourceSpec(url=ROOT, token_env="CITY_TOKEN_THAT_IS_NOT_SET"))


@pytest.mark.parametrize(
    ("present", "following", "total", "guess"),
    [
        ("i?limit=5&a=1", "i?a=1&offset=5&limit=5", 20, "i?a=1&offset=10&limit=5"),
        ("i?limit=5", "i?limit=5&offset=5&f=json", 20, None),
        ("i?offset=5&limit=5", "i?offset=10&limit=5", 20, "i?offset=15&limit=5"),
        ("i?offset=5&limit=5", "i?offset=10&limit=5", 15, None),
        ("i?offset=5&limit=5", "i?offset=10&limit=5", None, None),
        ("i?offset=5&limit=5", "i?offset=10&limit=9", 90, None),
        ("i?token=5", "i?token=7", 90, None),
    ],
)
def test_guessing_the_page_after(
    present: str, following: str, total: int | None, guess: str | None
) -> None:
    assert page_after(present, following, total) == guess


# --- columns ---


def test_types_are_one_over_all_pages() -> None:
    store = trees(60)
    store[15]["properties"]["n"] = 1.5
    store[45]["properties"]["n"] = "many"
    store[50]["properties"]["late"] = {"deep": [1, "ī"]}
    store[51]["geometry"] = None
    opened = connected(Service(store), page_size=20)
    table = read(opened)
    numbers = table["n"].to_pylist()
    assert (numbers[0], numbers[15], numbers[45]) == ("0.0", "1.5", "many")
    assert table["late"].to_pylist()[49:51] == [None, '{"deep": [1, "ī"]}']
    assert table[GEOMETRY].null_count == 1
    assert codes(opened) == {"TYPES_DIFFER", "COLUMNS_APPEARED"}


def test_integers_become_numbers_quietly() -> None:
    store = trees(60)
    store[45]["properties"]["n"] = 4.5
    opened = connected(Service(store), page_size=20)
    assert read(opened)["n"].to_pylist()[44:46] == [44.0, 4.5]
    assert codes(opened) == set()


def test_announced_columns_without_values_keep_their_type() -> None:
    announced = {
        "height": {"type": "number"},
        "kind": {"type": "string"},
        "geom": {"$ref": "https://geojson.org/schema/Point.json"},
    }
    opened = connected(Service(trees(3), announced))
    table = read(opened, columns=["height"])
    assert table.schema.names == ["height", GEOMETRY]
    assert str(table.schema.field("height").type) == "double"


def test_names_alike_and_ids_that_clash() -> None:
    store = [feature(number, Kind="x", id=number * 10) for number in range(3)]
    opened = connected(Service(store))
    row = read(opened).to_pylist()[1]
    assert (row["kind"], row["Kind_2"], row["id"], row["feature_id"]) == ("oak", "x", 10, "t1")


def test_nonsense_geometry_is_told() -> None:
    store = trees(3)
    store[1]["geometry"] = {"type": "Blob", "coordinates": [1]}
    opened = connected(Service(store))
    assert read(opened)[GEOMETRY].null_count == 1
    assert codes(opened) == {"GEOMETRY_UNREADABLE"}


def test_table_without_geometry() -> None:
    store = [{**one, "geometry": None} for one in trees(3)]
    opened = connected(Service(store))
    assert opened.layer().geometry_type is None
    assert GEOMETRY not in read(opened).column_names


# --- filters ---


def test_filters_go_to_the_server_where_it_can() -> None:
    service = Service(trees(60), {"kind": {"type": "string"}})
    opened = connected(service, page_size=20)
    table = read(opened, where=(("kind", "oak"), ("n", "7")), columns=["n"])
    assert table["n"].to_pylist() == [7]
    asked = items_asked(service)[0].url.params
    assert asked["kind"] == "oak"
    assert "n" not in asked
    told = details(opened)["layers"]["trees"]
    assert (told["pushed_filters"], told["filtered_here"]) == (["kind"], 1)


def test_filter_that_the_server_ignores_is_applied_here() -> None:
    service = Service(trees(60), {"kind": {"type": "string"}})
    opened = connected(service, page_size=20)
    opened.layers()
    service.properties = {}
    assert read(opened, where=(("kind", "oak"),)).num_rows == 30


def test_bbox_is_sent_in_lon_lat_and_applied_again() -> None:
    service = Service(trees(60))
    opened = connected(service, page_size=20)
    transformer = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:3059", always_xy=True)
    box = transformer.transform_bounds(24.0095, 56.9, 24.0155, 57.1)
    table = read(opened, bbox=box, bbox_crs="EPSG:3059")
    assert table["n"].to_pylist() == [10, 11, 12, 13, 14, 15]
    sent = [float(one) for one in items_asked(service)[0].url.params["bbox"].split(",")]
    assert np.allclose(sent, (24.0095, 56.9, 24.0155, 57.1), atol=0.01)


# --- CRS ---

LKS = "http://www.opengis.net/def/crs/EPSG/0/3059"  # northing first


def in_lks(store: list[dict[str, Any]], *, swapped: bool) -> list[dict[str, Any]]:
    transformer = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:3059", always_xy=True)
    moved = []
    for one in store:
        east, north = transformer.transform(*one["geometry"]["coordinates"])
        order = [north, east] if swapped else [east, north]
        moved.append({**one, "geometry": {"type": "Point", "coordinates": order}})
    return moved


@pytest.mark.parametrize(("swapped", "found"), [(True, set()), (False, {"AXIS_ORDER_WRONG"})])
def test_storage_crs_comes_out_x_y(swapped: bool, found: set[str]) -> None:
    store = trees(30)
    service = Service(store, storage=LKS, stored=in_lks(store, swapped=swapped), extent=BOX)
    opened = connected(service, page_size=20)
    layer = opened.layer()
    assert layer.crs == "EPSG:3059"
    assert layer.extent is not None
    expected = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:3059", always_xy=True).transform(
        24, 57
    )
    point = shapes(read(opened))[0]
    assert (point.x, point.y) == pytest.approx(expected)
    assert codes(opened) == found
    assert all(one.url.params.get("crs") == LKS for one in items_asked(service))


def test_storage_crs_that_is_not_confirmed_is_not_trusted() -> None:
    store = trees(3)
    opened = connected(Service(store, storage=LKS, stored=store, confirms=False))
    assert opened.layer().crs == "OGC:CRS84"
    assert shapes(read(opened))[0] == shapely.Point(24, 57)
    assert codes(opened) == {"CRS_NOT_HONOURED"}


def test_page_in_another_crs_is_refused() -> None:
    store = trees(60)
    service = Service(store, storage=LKS, stored=in_lks(store, swapped=True))

    def forgetful(request: httpx.Request) -> httpx.Response:
        if "offset" in request.url.params:
            request = httpx.Request("GET", request.url.copy_remove_param("crs"))
        return service(request)

    client = Client(limits=QUICK, transport=httpx.MockTransport(forgetful))
    opened = OgcApiSource(SourceSpec(url=ROOT, page_size=20), client=client)
    with pytest.raises(MalformedAnswer):
        read(opened)


def test_stated_crs() -> None:
    store = in_lks(trees(3), swapped=False)
    opened = connected(Service(store), crs="EPSG:3059")
    assert opened.layer().crs == "EPSG:3059"


# --- a real server ---


def houses(folder: Path, name: str, crs: str | None, count: int) -> Path:
    rng = np.random.default_rng(7)
    corners = rng.uniform((24.01, 56.81), (24.48, 57.08), (count, 2))
    boxes = shapely.box(corners[:, 0], corners[:, 1], corners[:, 0] + 0.001, corners[:, 1] + 0.001)
    if crs is not None:
        mover = pyproj.Transformer.from_crs("OGC:CRS84", crs, always_xy=True)
        boxes = shapely.transform(boxes, lambda xy: np.column_stack(mover.transform(*xy.T)))
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(shapely.to_geojson(box)),
            "properties": {
                "key": f"h{number}",
                "use": ("dwelling", "office")[number % 2],
                "storeys": number % 7,
                "height": number / 4 if number % 3 else None,
                "name": f"Nams {number} ī",
            },
        }
        for number, box in enumerate(boxes)
    ]
    path = folder / f"{name}.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.fixture(scope="module")
def pygeoapi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pygeoapi")
    utm = "http://www.opengis.net/def/crs/EPSG/0/25835"
    served = {
        "houses": Served(houses(folder, "houses", None, 5_000), BOX),
        "utm": Served(houses(folder, "utm", "EPSG:25835", 500), BOX, storage=utm),
        "lks": Served(houses(folder, "lks", "EPSG:3059", 500), BOX, storage=LKS),
    }
    with serve_pygeoapi(folder, served) as url:
        yield url


def test_pygeoapi_whole(pygeoapi: str) -> None:
    opened = OgcApiSource(SourceSpec(url=pygeoapi))
    assert {one.name for one in opened.layers()} == {"houses", "utm", "lks"}
    layer = opened.layer("houses")
    table = read(opened, layer)
    assert layer.count == table.num_rows == 5_000
    assert len(set(table["key"].to_pylist())) == 5_000
    assert table["id"].to_pylist() == table["key"].to_pylist()
    assert str(table.schema.field("height").type) == "double"
    assert table["name"][3].as_py() == "Nams 3 ī"


def test_pygeoapi_filters(pygeoapi: str) -> None:
    opened = OgcApiSource(SourceSpec(url=pygeoapi))
    layer = opened.layer("houses")
    whole = read(opened, layer)
    box = (24.1, 56.9, 24.2, 57.0)
    inside = shapely.intersects(shapely.box(*box), shapes(whole))
    office = np.array(whole["use"].to_pylist()) == "office"
    part = read(opened, layer, bbox=box, where=(("use", "office"),))
    assert part["key"].to_pylist() == whole.filter(inside & office)["key"].to_pylist()
    assert read(opened, layer, limit=1_450).num_rows == 1_450
    assert codes(opened) == set()


@pytest.mark.parametrize(("name", "crs"), [("utm", "EPSG:25835"), ("lks", "EPSG:3059")])
def test_pygeoapi_storage_crs(pygeoapi: str, name: str, crs: str) -> None:
    """pygeoapi misreads stored x, y of a CRS with northing first: told, and put right."""
    opened = OgcApiSource(SourceSpec(url=pygeoapi, page_size=200))
    layer = opened.layer(name)
    assert layer.crs == crs
    bounds = shapely.total_bounds(shapes(read(opened, layer)))
    mover = pyproj.Transformer.from_crs(crs, "OGC:CRS84", always_xy=True)
    west, south, east, north = mover.transform_bounds(*bounds)
    assert west > 23.9
    assert east < 24.6
    assert south > 56.7
    assert north < 57.2
    assert ("AXIS_ORDER_WRONG" in codes(opened)) == (name == "lks")


def test_pygeoapi_one_collection(pygeoapi: str) -> None:
    opened = OgcApiSource(SourceSpec(url=f"{pygeoapi}/collections/utm"))
    assert read(opened).num_rows == 500


# --- CQL2 ---

FILTERING = (
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
)


def big(_: httpx.QueryParams, one: dict[str, Any]) -> bool:
    return bool(one["properties"]["n"] > 50)


def told_of(opened: OgcApiSource) -> dict[str, Any]:
    return details(opened)["layers"]["trees"]


def test_filter_is_pushed_where_server_and_queryables_allow() -> None:
    queryables = {"n": {"type": "integer"}}
    service = Service(trees(60), queryables, conformance=FILTERING, filters=big)
    opened = connected(service, filter="n > 50")
    assert read(opened)["n"].to_pylist() == list(range(51, 60))
    assert items_asked(service)[-1].url.params["filter-lang"] == "cql2-text"
    assert told_of(opened)["filter_evaluated"] == "server"
    assert codes(opened) == set()


@pytest.mark.parametrize(
    ("conformance", "queryables", "text"),
    [
        ((), {"n": {}}, "n > 50"),
        (FILTERING, {"kind": {}}, "n > 50"),
        (FILTERING, {"n": {}}, '{"op": ">", "args": [{"property": "n"}, 50]}'),
    ],
)
def test_filter_is_evaluated_here_otherwise(
    conformance: tuple[str, ...], queryables: dict[str, Any], text: str
) -> None:
    service = Service(trees(60), queryables, conformance=conformance)
    opened = connected(service, filter=text)
    assert read(opened, columns=["kind"])["kind"].to_pylist() == ["oak", "lime"] * 4 + ["oak"]
    assert not any("filter" in one.url.params for one in service.requests)
    assert told_of(opened)["filter_evaluated"] == "here"
    assert codes(opened) == {"FILTER_NOT_PUSHED"}


def test_place_in_lon_lat_and_layer_in_another_crs() -> None:
    store = trees(60)
    service = Service(store, storage=LKS, stored=in_lks(store, swapped=True), extent=BOX)
    opened = connected(service, filter="S_INTERSECTS(geom, BBOX(24.0095, 56.9, 24.0155, 57.1))")
    assert read(opened)["n"].to_pylist() == [10, 11, 12, 13, 14, 15]


def test_changed_since_and_datetime() -> None:
    store = [feature(n, updated=f"2026-01-{n + 1:02d}T00:00:00Z") for n in range(20)]
    service = Service(store)
    opened = connected(service, since="2026-01-15", datetime="2026-01-01/..")
    assert read(opened)["n"].to_pylist() == list(range(14, 20))
    assert items_asked(service)[-1].url.params["datetime"] == "2026-01-01/.."
    with pytest.raises(SourceError):
        read(connected(Service(trees(3)), since="2026-01-15"))
    with pytest.raises(SourceError):
        read(connected(service, since="yesterday"))


def test_filter_on_what_is_not_there() -> None:
    with pytest.raises(ColumnNotFound):
        read(connected(Service(trees(3)), filter="kid = 'oak'"))


def test_filter_on_a_file(tmp_path: Path) -> None:
    path = tmp_path / "trees.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": trees(60)}))
    opened = open_source(SourceSpec(path=path, filter="n > 50 AND kind = 'oak'"))
    table = read(opened, columns=["n"], limit=3)
    assert table["n"].to_pylist() == [51, 53, 55]
    assert opened.evidence().details["filter_evaluated"] == "here"
