"""WFS: a stand-in with the faults of the field, recorded capabilities, OWSLib kept offline."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
import shapely
from lxml import etree

from commonplace.errors import (
    Cancelled,
    ColumnNotFound,
    LayerNotFound,
    MalformedAnswer,
    ServerFault,
    SourceError,
)
from commonplace.http import Client, Limits, Response
from commonplace.job import SourceSpec
from commonplace.sources.wfs import WfsSource
from commonplace.sources.wfsaddress import service_kind
from commonplace.sources.wfscapabilities import capabilities_of, chosen_format
from servers.wfs import ROOT, Wfs, exception
from support.sources import Watcher, codes, details, read, shapes

QUICK = Limits(retries=1, pause=0.0)


def connected(service: Wfs, url: str = ROOT, **spec: Any) -> WfsSource:
    client = Client(limits=QUICK, transport=httpx.MockTransport(service), sleep=lambda _: None)
    return WfsSource(SourceSpec(url=url, **spec), client=client)


def keys(source: WfsSource, **query: Any) -> list[int]:
    return read(source, **query)["key"].to_pylist()


# --- layers ---


def test_layer_is_described() -> None:
    service = Wfs(list(range(25)))
    opened = connected(service)
    assert not service.requests
    (layer,) = opened.layers()
    assert (layer.name, layer.title, layer.licence) == ("tree", "Trees", "CC BY 4.0")
    assert (layer.crs, layer.geometry_type, layer.count) == ("EPSG:4258", "Point", 25)
    assert layer.extent == pytest.approx((10, 47, 14, 52))
    assert [(one.name, one.type) for one in layer.fields] == [
        ("gml_id", "string"),
        ("key", "int64"),
        ("code", "string"),
        ("release", "string"),
        ("gone", "date32[day]"),
    ]
    assert all(one.url.host == "city.example" for one in service.requests), "inner names followed"
    assert opened.layer("t:tree") == layer


def test_declared_types_keep_texts_as_they_stand() -> None:
    table = read(connected(Wfs([3, 10])))
    assert table["key"].to_pylist() == [3, 10]
    assert table["code"].to_pylist() == ["3", "10"]
    assert table["release"].to_pylist() == ["1.30", "1.00"]
    assert table["gone"].to_pylist() == [None, None]
    assert str(table["gone"].type) == "date32[day]"
    assert table["gml_id"].to_pylist() == ["tree.3", "tree.10"]


@pytest.mark.parametrize("counts", [True, False])
def test_layer_without_features(counts: bool) -> None:
    opened = connected(Wfs([], counts=counts))
    (layer,) = opened.layers()
    assert layer.field_names == ("gml_id", "key", "code", "release", "gone")
    assert layer.crs == "EPSG:4258"
    assert read(opened, layer).num_rows == 0
    assert read(opened, layer, bbox=(11, 48, 12, 49), where=(("code", "7"),)).num_rows == 0
    assert not codes(opened)


def test_missing_layer_and_column() -> None:
    opened = connected(Wfs([1]))
    with pytest.raises(LayerNotFound):
        opened.layer("t:trees")
    with pytest.raises(ColumnNotFound):
        read(opened, columns=["kye"])


def test_address_may_name_type_version_and_more() -> None:
    service = Wfs([1, 2])
    url = f"{ROOT}?map=x&SERVICE=WFS&VERSION=2.0.0&REQUEST=GetFeature&TYPENAMES=t:tree&COUNT=1"
    assert keys(connected(service, url)) == [1, 2]
    assert {one.url.params["map"] for one in service.requests} == {"x"}
    with pytest.raises(SourceError):
        connected(service, f"{ROOT}?typeName=t:bush").layers()


# --- paging ---


@pytest.mark.parametrize("size", [10, 97, 1000])
@pytest.mark.parametrize(
    "faults",
    [
        {},
        {"links": "own"},
        {"links": "opaque"},
        {"counts": False},
        {"counts": False, "links": "own"},
        {"most": 20},
        {"most": 20, "counts": False},
        {"most": 20, "counts": False, "tail": "last"},
        {"tail": "last"},
        {"tail": "error"},
        {"counts": False, "takes_count": False},
        {"random_ids": True},
    ],
    ids=str,
)
def test_every_feature_arrives(faults: dict[str, Any], size: int) -> None:
    service = Wfs(list(range(205)), **faults)
    opened = connected(service, page_size=size)
    assert keys(opened) == list(range(205))
    assert not codes(opened) & {"COUNT_DIFFERS", "PAGES_REPEAT", "FEATURES_REPEATED"}


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("size", [25, 50])
def test_ids_that_several_features_share_lose_none(counts: bool, size: int) -> None:
    opened = connected(Wfs(list(range(100)), shared_ids=True, counts=counts), page_size=size)
    assert keys(opened) == list(range(100))
    assert codes(opened) == {"IDS_NOT_UNIQUE"}


def test_features_that_come_twice_are_taken_once() -> None:
    opened = connected(Wfs(list(range(100)), shuffles=True, counts=False), page_size=20)
    found = keys(opened)
    assert len(found) == len(set(found))
    assert "FEATURES_REPEATED" in codes(opened)


def test_start_ignored_is_read_in_one_answer() -> None:
    opened = connected(Wfs(list(range(205)), pages=False), page_size=50)
    assert keys(opened) == list(range(205))
    assert "PAGES_NOT_OFFERED" in codes(opened)


def test_start_ignored_and_clamped_is_read_by_tiles() -> None:
    opened = connected(Wfs(list(range(1000)), pages=False, most=100), page_size=50)
    assert sorted(keys(opened)) == list(range(1000))
    assert {"PAGES_NOT_OFFERED", "READ_BY_TILES"} <= codes(opened)
    assert "COUNT_DIFFERS" not in codes(opened)


@pytest.mark.parametrize("sorts", [True, False])
def test_start_refused_is_read_sorted_or_in_one_answer(sorts: bool) -> None:
    """As GeoServer does over a view without a primary key."""

    def answer(request: httpx.Request) -> httpx.Response | None:
        asked = request.url.params
        if "startIndex" in asked and not (sorts and asked.get("sortBy") == "key"):
            text = exception("NoApplicableCode", "Cannot do natural order without a primary key")
            return httpx.Response(400, text=text)
        return None

    opened = connected(Wfs(list(range(205)), answer=answer), page_size=50)
    assert keys(opened) == list(range(205))
    assert ("PAGES_NOT_OFFERED" in codes(opened)) is not sorts


def test_deleted_meanwhile_loses_nothing_else() -> None:
    def delete(service: Wfs) -> None:
        if len(service.asked()) == 5 and 3 in service.keys:  # sample, hits, pages 1 and 2
            service.keys.remove(3)

    service = Wfs(list(range(100)), before=delete)
    opened = connected(service, page_size=20)
    opened.layers()
    assert sorted(keys(opened)) == list(range(100))  # the deleted one had been read before
    assert "SOURCE_CHANGED" in codes(opened)
    assert "COUNT_DIFFERS" in codes(opened)


def test_limit_asks_for_no_more() -> None:
    service = Wfs(list(range(100)))
    opened = connected(service, page_size=50)
    opened.layers()
    before = len(service.asked())
    assert keys(opened, limit=7) == list(range(7))
    assert [one.url.params["count"] for one in service.asked()[before:]] == ["7"]


def test_cancelled_between_pages() -> None:
    service = Wfs(list(range(100)))
    client = Client(limits=QUICK, transport=httpx.MockTransport(service))
    opened = WfsSource(SourceSpec(url=ROOT, page_size=10), Watcher(2), client)
    with pytest.raises(Cancelled):
        read(opened)


# --- faults ---


def once(start: str, make: Callable[[], httpx.Response]) -> Callable[[httpx.Request], Any]:
    left = [1]

    def answer(request: httpx.Request) -> httpx.Response | None:
        if request.url.params.get("startIndex") == start and left[0]:
            left[0] = 0
            return make()
        return None

    return answer


@pytest.mark.parametrize(
    "make",
    [
        lambda: httpx.Response(500),
        lambda: httpx.Response(200, text=exception("NoApplicableCode", "connection lost")),
        lambda: httpx.Response(200, text="<wfs:FeatureCollection xmlns:wfs='x'><wfs:mem"),
        lambda: httpx.Response(200, text="<html><body>busy</body></html>"),
    ],
    ids=["500", "exception with 200", "broken off", "html"],
)
def test_page_that_fails_once(make: Callable[[], httpx.Response]) -> None:
    service = Wfs(list(range(100)), answer=once("40", make))
    assert keys(connected(service, page_size=20)) == list(range(100))


def test_exception_with_200_is_an_error() -> None:
    def answer(request: httpx.Request) -> httpx.Response | None:
        if request.url.params.get("startIndex") == "40":
            return httpx.Response(200, text=exception("InvalidParameterValue", "no more"))
        return None

    with pytest.raises(ServerFault) as caught:
        read(connected(Wfs(list(range(100)), answer=answer), page_size=20))
    assert "page 3, after 40 features" in str(caught.value)
    assert "InvalidParameterValue" in str(caught.value)


def test_old_exception_report_is_an_error() -> None:
    text = (
        '<?xml version="1.0"?><ServiceExceptionReport xmlns="http://www.opengis.net/ogc">'
        '<ServiceException code="RequestNotWellFormed">no such type</ServiceException>'
        "</ServiceExceptionReport>"
    )
    service = Wfs([1], answer=lambda _: httpx.Response(200, text=text))
    with pytest.raises(ServerFault, match="RequestNotWellFormed"):
        connected(service).layers()


@pytest.mark.parametrize(
    "text",
    [
        "<html>login</html>",
        "<WMS_Capabilities/>",
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><WFS_Capabilities>&e;</WFS_Capabilities>',
        '<WFS_Capabilities version="1.0.0"/>',
        "",
    ],
)
def test_what_is_no_wfs(text: str) -> None:
    service = Wfs([1], answer=lambda _: httpx.Response(200, text=text))
    with pytest.raises(MalformedAnswer):
        connected(service).layers()


# --- axes and filters ---


def test_swapped_coordinates_are_put_right() -> None:
    opened = connected(Wfs([0, 1], swaps=True))
    assert shapes(read(opened))[1] == shapely.Point(11.001, 48.001)
    assert "AXIS_ORDER_WRONG" in codes(opened)


@pytest.mark.parametrize("swaps", [False, True])
def test_bbox_is_tried_then_pushed(swaps: bool) -> None:
    service = Wfs(list(range(100)), swaps=swaps)
    opened = connected(service)
    assert keys(opened, bbox=(11.0095, 48.0095, 11.0205, 48.0205)) == list(range(10, 21))
    assert opened.evidence().details["layers"]["tree"]["bbox"] == "pushed"


def test_bbox_that_the_server_misreads_is_applied_here() -> None:
    def answer(request: httpx.Request) -> httpx.Response | None:
        if "bbox" in request.url.params:
            return httpx.Response(200, text=Wfs([])._collection([], 0, ""))
        return None

    opened = connected(Wfs(list(range(100)), answer=answer))
    assert keys(opened, bbox=(11.0095, 48.0095, 11.0205, 48.0205)) == list(range(10, 21))
    assert "BBOX_NOT_PUSHED" in codes(opened)


def test_where_is_applied_here_if_the_server_does_not_filter() -> None:
    assert keys(connected(Wfs(list(range(50)))), where=(("code", "7"),)) == [7]


# --- addresses ---


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://a.b/geoserver/ows?SERVICE=WFS&version=2.0.0", "wfs"),
        ("https://a.b/geoserver/topp/wfs", "wfs"),
        ("https://services.cuzk.cz/wfs/inspire-cp-wfs.asp", "wfs"),
        ("https://a.b/arcgis/services/X/MapServer/WFSServer", "wfs"),
        ("https://a.b/geonetwork/srv/eng/csw", "csw"),
        ("https://a.b/?service=CSW", "csw"),
        ("https://a.b/atom/index.xml", "atom"),
        ("https://a.b/download/feed.xml", "atom"),
        ("https://a.b/collections/wfs/items", None),
        ("https://a.b/wfs3", None),
        ("https://a.b/ows?service=WMS", None),
        ("https://a.b/newfs/x", None),
    ],
)
def test_service_is_told_by_its_address(url: str, kind: str | None) -> None:
    assert service_kind(url) == kind


# --- recorded, and OWSLib ---


def test_recorded_capabilities_of_cuzk(shared: Path) -> None:
    path = shared / "data" / "services_open" / "wfs_CUZK_GetCapabilities_2_0_0.xml"
    base = "https://services.cuzk.cz/wfs/inspire-cp-wfs.asp"
    found = capabilities_of(Response(base, 200, (), path.read_bytes()), base)
    assert found.modern
    assert list(found.kinds)[:2] == ["CP:CadastralBoundary", "CP:CadastralParcel"]
    assert found.kinds["CP:CadastralParcel"].crs == "urn:ogc:def:crs:EPSG::102067"
    assert found.address("GetFeature") == base  # http in the document, https was asked
    assert "3.2" in (chosen_format(found.kinds["CP:CadastralParcel"].formats, None, "2.0") or "")


@pytest.mark.parametrize(
    "taken", ["{*}DCP", "{*}Title", "{*}ServiceIdentification", "{*}OperationsMetadata", "{*}Name"]
)
def test_capabilities_that_lack_something(shared: Path, taken: str) -> None:
    path = shared / "data" / "services_open" / "wfs_CUZK_GetCapabilities_2_0_0.xml"
    root = etree.parse(path).getroot()
    for one in list(root.iter(taken)):
        one.getparent().remove(one)
    base = "https://services.cuzk.cz/wfs/inspire-cp-wfs.asp"
    found = capabilities_of(Response(base, 200, (), etree.tostring(root)), base)
    assert found.address("GetFeature") == base
    assert len(found.kinds) == (0 if taken == "{*}Name" else 3)


def test_owslib_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr("requests.sessions.Session.request", refuse)
    monkeypatch.setattr("owslib.util.openURL", refuse)
    opened = connected(Wfs(list(range(30))), page_size=10)
    assert keys(opened) == list(range(30))
    assert details(opened)["requests"] == len(opened._client.transport.handler.requests)
