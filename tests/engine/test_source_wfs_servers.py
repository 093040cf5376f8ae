"""WFS against real servers: QGIS Server (1.1) and MapServer (2.0 and 1.1)."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
import shapely
from pyproj import Transformer

from commonplace.errors import ServerFault
from commonplace.http import Client, Limits
from commonplace.job import SourceSpec
from commonplace.sources.wfs import WfsSource
from servers.mapserver import serve_mapserver
from servers.qgis_server import serve_qgis
from support.sources import codes, read, shapes
from support.wfs_data import LAYERS, Town, write_town

COUNT = 403
SERVERS = ("qgis", "mapserver", "mapserver 1.1")


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return write_town(tmp_path_factory.mktemp("town"), COUNT)


@pytest.fixture(scope="module")
def addresses(
    town: Town, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    folder = tmp_path_factory.mktemp("servers")
    with (
        serve_qgis(folder, town.path, LAYERS) as qgis,
        serve_mapserver(folder, town.path, LAYERS) as mapserver,
    ):
        known = {
            "qgis": qgis,
            "mapserver": mapserver.url,
            "mapserver 1.1": f"{mapserver.url}&version=1.1.0",
        }
        yield known.__getitem__


class Flaky(httpx.HTTPTransport):
    """The network, with a fault before the first answer from a start index on."""

    def __init__(self, fault: Callable[[httpx.Request], httpx.Response]) -> None:
        super().__init__()
        self.fault: Callable[[httpx.Request], httpx.Response] | None = fault

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if self.fault is not None and "startIndex" in request.url.params:
            fault, self.fault = self.fault, None
            return fault(request)
        return super().handle_request(request)


def refused(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("the server is being restarted", request=request)


def exception_with_200(request: httpx.Request) -> httpx.Response:
    report = (
        '<ServiceExceptionReport><ServiceException code="NoApplicableCode">busy'
        "</ServiceException></ServiceExceptionReport>"
    )
    return httpx.Response(200, text=report)


@pytest.mark.parametrize(
    ("server", "size", "layer"),
    [
        *((server, 150, "trees") for server in SERVERS),
        ("qgis", 10_000, "houses"),
        ("mapserver", 10_000, "trees"),
    ],
)
def test_every_feature_arrives(
    addresses: Callable[[str], str], town: Town, server: str, size: int, layer: str
) -> None:
    opened = WfsSource(SourceSpec(url=addresses(server), page_size=size))
    described = opened.layer(layer)
    assert described.count == COUNT
    table = read(opened, described)
    assert sorted(table["key"].to_pylist()) == town.keys(layer)
    assert len(set(table["gml_id"].to_pylist())) == COUNT
    assert not codes(opened)


@pytest.mark.parametrize("version", ["", "&version=1.1.0"])
def test_mapserver_counts_no_further_than_its_limit(
    town: Town, tmp_path: Path, version: str
) -> None:
    with serve_mapserver(tmp_path, town.path, LAYERS, counted=130) as server:
        opened = WfsSource(SourceSpec(url=f"{server.url}{version}"))
        layer = opened.layer("trees")
        assert layer.count == 130
        assert sorted(read(opened, layer)["key"].to_pylist()) == town.keys("trees")
        assert {one.code: one.count for one in opened.findings()} == {"COUNT_DIFFERS": COUNT - 130}


@pytest.mark.parametrize(
    ("server", "fault", "size"), [("qgis", refused, 10), ("mapserver", exception_with_200, 40)]
)
def test_small_pages_one_of_which_fails(
    addresses: Callable[[str], str],
    town: Town,
    server: str,
    fault: Callable[[httpx.Request], httpx.Response],
    size: int,
) -> None:
    transport = Flaky(fault)
    client = Client(limits=Limits(pause=0.01), transport=transport)
    opened = WfsSource(SourceSpec(url=addresses(server), page_size=size), client=client)
    table = read(opened, opened.layer("trees"))
    assert sorted(table["key"].to_pylist()) == town.keys("trees")
    assert transport.fault is None
    assert opened.evidence().details["retries"] == 1


@pytest.mark.parametrize(
    ("server", "srs"),
    [
        ("qgis", ""),
        ("qgis", "EPSG:3035"),
        ("qgis", "urn:ogc:def:crs:EPSG::3035"),
        ("mapserver", ""),
        ("mapserver", "urn:ogc:def:crs:EPSG::3035"),
        ("mapserver 1.1", "EPSG:3035"),
    ],
)
def test_axes_whatever_the_server_writes(
    addresses: Callable[[str], str], town: Town, server: str, srs: str
) -> None:
    joint = "&" if "?" in addresses(server) else "?"
    url = f"{addresses(server)}{joint}srsName={srs}" if srs else addresses(server)
    opened = WfsSource(SourceSpec(url=url))
    layer = opened.layer("trees")
    if srs:
        assert layer.crs == "EPSG:3035"
    table = read(opened, layer, where=(("key", "205"),))
    found, expected = shapes(table)[0], town.shape("trees", 205)
    if layer.crs == "EPSG:25832":  # MapServer names the map's CRS as the layer's own
        east, north = 690_000 + 205 % 100 * 20, 5_335_000 + 2 * 20
        assert (found.x, found.y) == pytest.approx((east, north), abs=0.01)
    else:
        assert (found.x, found.y) == pytest.approx((expected.x, expected.y), abs=0.01)


@pytest.mark.parametrize(
    ("server", "srs"),
    [
        ("qgis", "EPSG:3035"),
        ("qgis", "urn:ogc:def:crs:EPSG::3035"),
        ("mapserver", "urn:ogc:def:crs:EPSG::3035"),
        ("mapserver 1.1", "EPSG:3035"),
    ],
)
def test_bbox_and_filter_are_pushed(
    addresses: Callable[[str], str], town: Town, server: str, srs: str
) -> None:
    joint = "&" if "?" in addresses(server) else "?"
    opened = WfsSource(SourceSpec(url=f"{addresses(server)}{joint}srsName={srs}"))
    layer = opened.layer("trees")
    bounds = town.shape("trees", 205).buffer(25).bounds
    found = read(opened, layer, bbox=bounds)["key"].to_pylist()
    assert sorted(found) == [104, 105, 106, 204, 205, 206, 304, 305, 306]
    assert opened.evidence().details["layers"][layer.name]["bbox"] == "pushed"
    both = read(opened, layer, bbox=bounds, where=(("kind", "oak"),))
    assert sorted(both["key"].to_pylist()) == [105, 205, 305]
    told = opened.evidence().details["layers"][layer.name]
    assert (told["bbox"], told["pushed_filters"]) == ("pushed", ["kind"])


@pytest.mark.parametrize("server", SERVERS)
def test_bbox_in_another_crs(addresses: Callable[[str], str], server: str) -> None:
    opened = WfsSource(SourceSpec(url=addresses(server)))
    layer = opened.layer("houses")
    box = (11.5540, 48.1398, 11.5543, 48.1400)
    found = read(opened, layer, bbox=box, bbox_crs="EPSG:4326", columns=["key"])
    assert found.column_names == ["key", "geometry"]
    assert found["key"].to_pylist() == [0]


@pytest.mark.parametrize(("server", "kind"), [("qgis", "GML"), ("qgis", "GeoJSON")])
def test_values_are_those_of_the_database(
    addresses: Callable[[str], str], town: Town, server: str, kind: str
) -> None:
    url = f"{addresses(server)}?outputFormat={kind}" if kind == "GeoJSON" else addresses(server)
    opened = WfsSource(SourceSpec(url=url, page_size=150))
    layer = opened.layer("houses")
    table = read(opened, layer).sort_by("key")
    row = table.slice(77, 1).to_pylist()[0]
    assert (row["postcode"], row["name"]) == ("00077", "Haus 77 Straße <&>")
    assert row["height"] == pytest.approx(9.625)
    assert table.num_rows == COUNT
    if kind == "GeoJSON":
        assert layer.crs == "OGC:CRS84"  # whatever was asked for
    else:
        assert shapes(table)[77].equals(town.shape("houses", 77))


@pytest.mark.parametrize("server", SERVERS)
def test_one_feature_by_its_id(addresses: Callable[[str], str], server: str) -> None:
    opened = WfsSource(SourceSpec(url=addresses(server)))
    layer = opened.layer("houses")
    identifier = read(opened, layer, where=(("key", "9"),))["gml_id"][0].as_py()
    assert opened.feature(layer, identifier)["key"].to_pylist() == [9]


def test_stored_query_as_a_source(addresses: Callable[[str], str]) -> None:
    query = "urn:ogc:def:query:OGC-WFS::GetFeatureById"
    url = f"{addresses('mapserver')}&request=GetFeature&storedquery_id={query}&id=trees.5"
    opened = WfsSource(SourceSpec(url=url))
    (layer,) = opened.layers()
    assert layer.name == "GetFeatureById"
    assert read(opened, layer)["key"].to_pylist() == [5]
    (stored,) = opened.evidence().details["stored_queries"]
    assert stored == {
        "id": query,
        "title": "Get feature by identifier",
        "parameters": {"ID": "string"},
    }


def test_crs_that_the_server_lacks(addresses: Callable[[str], str]) -> None:
    opened = WfsSource(SourceSpec(url=f"{addresses('mapserver')}&srsName=EPSG:2056"))
    with pytest.raises(ServerFault, match="InvalidParameterValue"):
        opened.layers()


def test_deleted_while_read_is_reported(tmp_path: Path) -> None:
    town = write_town(tmp_path, 150)

    def delete(request: httpx.Request) -> httpx.Response:
        with closing(sqlite3.connect(town.path)) as database, database:
            database.execute("DELETE FROM trees WHERE key = 7")
        return transport.handle_request(request)

    transport = Flaky(delete)
    with serve_mapserver(tmp_path, town.path, LAYERS) as server:
        spec = SourceSpec(url=server.url, page_size=40)
        opened = WfsSource(spec, client=Client(transport=transport))
        found = read(opened, opened.layer("trees"))["key"].to_pylist()
    assert sorted(found) == town.keys("trees")
    assert len(found) == 149
    assert codes(opened) == {"SOURCE_CHANGED"}


def test_server_restarted_in_the_middle(tmp_path: Path) -> None:
    town = write_town(tmp_path, 150)
    with serve_mapserver(tmp_path, town.path, LAYERS) as server:

        def restart(request: httpx.Request) -> httpx.Response:
            server.stop()
            threading.Timer(0.5, server.start).start()
            return transport.handle_request(request)  # nobody is there

        transport = Flaky(restart)
        client = Client(limits=Limits(pause=0.5), transport=transport)
        opened = WfsSource(SourceSpec(url=server.url, page_size=40), client=client)
        found = read(opened, opened.layer("houses"))["key"].to_pylist()
        assert opened.evidence().details["retries"]
    assert sorted(found) == town.keys("houses")


@pytest.mark.parametrize(
    ("server", "kind"),
    [
        ("qgis", "gml/2.1.2"),
        ("qgis", "gml/3.1.1"),
        ("mapserver", "gml/2.1.2"),
        ("mapserver", "gml/3.1.1"),
        ("mapserver", "gml/3.2.1"),
    ],
)
def test_formats_give_the_same(
    addresses: Callable[[str], str], town: Town, server: str, kind: str
) -> None:
    layer = "trees"
    spec = SourceSpec(url=addresses(server), format=kind, page_size=300)
    opened = WfsSource(spec)
    described = opened.layer(layer)
    table = read(opened, described).sort_by("key")
    assert kind in str(opened.evidence().details["layers"][described.name]["format"])
    assert table["key"].to_pylist() == town.keys(layer)
    found, expected = shapes(table)[205], town.shape(layer, 205)
    if described.crs != LAYERS[layer]:  # MapServer names the map's CRS as the layer's own
        move = Transformer.from_crs(LAYERS[layer], described.crs, always_xy=True).transform
        expected = shapely.transform(expected, move, interleaved=False)
    assert shapely.hausdorff_distance(found, expected) < 0.01


@pytest.mark.long
@pytest.mark.parametrize("size", [100, 1_000, 10_000])
def test_fifty_thousand(tmp_path: Path, size: int) -> None:
    town = write_town(tmp_path, 50_000)
    with serve_qgis(tmp_path, town.path, LAYERS) as url:
        opened = WfsSource(SourceSpec(url=url, page_size=size))
        assert sorted(read(opened, opened.layer("trees"))["key"].to_pylist()) == town.keys("trees")
