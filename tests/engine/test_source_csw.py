"""CSW 2.0.2: a real pycsw, a stand-in with the faults of the field, recorded records."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from lxml import etree

from commonplace.commands.search import search as search_command
from commonplace.errors import MalformedAnswer, ServerFault
from commonplace.http import Client, Limits
from commonplace.job import SourceSpec
from commonplace.sources.csw import CswSource
from commonplace.sources.cswrecords import record_of
from commonplace.sources.recordsmodel import DataAddress, Link, Search, address_of
from servers.pycsw import serve_pycsw
from servers.wfs import exception
from support.iso import iso_record
from support.sources import codes, read, shapes

COUNT = 57
QUICK = Limits(retries=1, pause=0.0)
WFS = "http://127.0.0.1:9/wfs?map=town&service=WFS&request=GetCapabilities"


def district(number: int) -> str:
    trees = number % 3 == 0
    west = 10 + number / 100
    return iso_record(
        f"rec-{number}",
        f"{'Trees' if trees else 'Buildings'} of district {number}",
        "Protected sites" if trees else "Buildings",
        (west, 50.0, west + 0.01, 50.01),
        [
            (WFS, "OGC:WFS", "ms:trees"),
            ("http://127.0.0.1:9/wms?service=WMS", "OGC:WMS", "trees"),
            ("http://127.0.0.1:9/trees.gpkg", "WWW:DOWNLOAD-1.0-http--download", "GeoPackage"),
        ],
    )


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pycsw")
    with serve_pycsw(folder, [district(one) for one in range(COUNT)]) as url:
        yield url


# --- pycsw ---


@pytest.mark.parametrize("size", [None, 5])
def test_all_records_arrive(catalogue: str, size: int | None) -> None:
    opened = CswSource(SourceSpec(url=catalogue, page_size=size))
    (layer,) = opened.layers()
    assert (layer.name, layer.title, layer.count) == ("records", "City catalogue", COUNT)
    table = read(opened, layer)
    assert sorted(table["id"].to_pylist()) == sorted(f"rec-{one}" for one in range(COUNT))
    row = table.filter([one == "rec-7" for one in table["id"].to_pylist()])
    assert row["title"].to_pylist() == ["Buildings of district 7"]
    assert row["themes"].to_pylist() == [["Buildings"]]
    assert row["licence"].to_pylist() == ["CC BY 4.0"]
    assert shapes(row)[0].bounds == pytest.approx((10.07, 50.0, 10.08, 50.01))
    assert not codes(opened)


def found(catalogue: str, **asked: object) -> list[str]:
    return [one.id for one in CswSource(SourceSpec(url=catalogue)).search(Search(**asked))]


def test_search_by_text_theme_and_bbox(catalogue: str) -> None:
    assert found(catalogue, text="district 55") == ["rec-55"]
    trees = [f"rec-{one}" for one in range(0, COUNT, 3)]
    assert sorted(found(catalogue, theme="protected")) == sorted(trees)
    box = (10.053, 50.002, 10.057, 50.003)
    assert found(catalogue, bbox=box) == ["rec-5"]
    assert found(catalogue, bbox=box, theme="Protected") == []
    assert found(catalogue, bbox=box, text="buildings") == ["rec-5"]
    assert len(found(catalogue, limit=13)) == 13


def test_bbox_and_words_in_a_job(catalogue: str) -> None:
    opened = CswSource(SourceSpec(url=catalogue))
    layer = opened.layer()
    where = (("theme", "Buildings"), ("title", "Buildings of district 5"))
    assert read(opened, layer, where=where)["id"].to_pylist() == ["rec-5"]


def test_command_prints_what_inspect_accepts(catalogue: str) -> None:
    box = "10.093,50.002,10.097,50.003"
    arguments = [catalogue, "--text", "district trees", "--bbox", box, "--json"]
    result = CliRunner().invoke(search_command, arguments, catch_exceptions=False)
    (record,) = json.loads(result.output)["records"]
    assert record["title"] == "Trees of district 9"
    assert record["data"] == [
        {"kind": "wfs", "url": "http://127.0.0.1:9/wfs?map=town", "layer": "ms:trees"},
        {"url": "http://127.0.0.1:9/trees.gpkg"},
    ]
    shown = CliRunner().invoke(search_command, [catalogue, "--limit", "2"])
    assert "2 records" in shown.output
    refused = CliRunner().invoke(search_command, [catalogue, "--bbox", "11,50,10,51"])
    assert refused.exit_code == 2


# --- faults ---


@dataclass
class Csw:
    """A catalogue as a function of requests.

    ``following``: what ``nextRecord`` says: ``right``, ``never`` (always more), ``zero``.
    """

    count: int
    most: int = 10
    following: str = "right"
    matched: bool = True
    answers: list[httpx.Response] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        asked = {name.lower(): value for name, value in request.url.params.items()}
        if asked["request"] == "GetCapabilities":
            return httpx.Response(200, text=CAPABILITIES)
        if self.answers:
            return self.answers.pop(0)
        start = int(asked["startposition"])
        last = min(start - 1 + min(int(asked["maxrecords"]), self.most), self.count)
        if self.following == "never" and start > self.count:
            start, last = self.count - 2, self.count
        records = "".join(
            f"<csw:Record><dc:identifier>r{one}</dc:identifier><dc:title>R {one}</dc:title>"
            f'<dct:references scheme="OGC:WFS">{WFS.replace("&", "&amp;")}</dct:references>'
            '<ows:BoundingBox crs="urn:x-ogc:def:crs:EPSG:6.11:4326"><ows:LowerCorner>50 10'
            "</ows:LowerCorner><ows:UpperCorner>51 11</ows:UpperCorner></ows:BoundingBox>"
            "</csw:Record>"
            for one in range(start, last + 1)
        )
        after = {"right": last + 1 if last < self.count else 0, "never": last + 1, "zero": 0}
        matched = f' numberOfRecordsMatched="{self.count}"' if self.matched else ""
        return httpx.Response(
            200,
            text='<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dct="http://purl.org/dc/terms/" '
            f'xmlns:ows="http://www.opengis.net/ows"><csw:SearchResults{matched} '
            f'nextRecord="{after[self.following]}">{records}</csw:SearchResults>'
            "</csw:GetRecordsResponse>",
        )


CAPABILITIES = """<csw:Capabilities xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"
 xmlns:ows="http://www.opengis.net/ows" xmlns:xlink="http://www.w3.org/1999/xlink" version="2.0.2">
 <ows:OperationsMetadata><ows:Operation name="GetRecords"><ows:DCP><ows:HTTP>
 <ows:Get xlink:href="http://inner/csw"/></ows:HTTP></ows:DCP></ows:Operation>
 </ows:OperationsMetadata></csw:Capabilities>"""


def connected(service: Csw) -> CswSource:
    client = Client(limits=QUICK, transport=httpx.MockTransport(service), sleep=lambda _: None)
    return CswSource(SourceSpec(url="https://city.example/csw"), client=client)


@pytest.mark.parametrize("following", ["right", "never", "zero"])
@pytest.mark.parametrize("matched", [True, False])
def test_paging_ends(following: str, matched: bool) -> None:
    if following == "zero" and not matched:
        pytest.skip("nothing tells that there is more")
    opened = connected(Csw(34, following=following, matched=matched))
    assert [one.id for one in opened.search(Search())] == [f"r{one}" for one in range(1, 35)]
    assert not codes(opened)


def test_dublin_core() -> None:
    (record,) = connected(Csw(1)).search(Search())
    assert record.extent == (10, 50, 11, 51)
    assert record.data() == (DataAddress("wfs", "http://127.0.0.1:9/wfs?map=town"),)


def test_exception_with_200_is_an_error_a_passing_one_is_not() -> None:
    report = httpx.Response(200, text=exception("NoApplicableCode", "busy"))
    assert len(list(connected(Csw(3, answers=[report])).search(Search()))) == 3
    report = httpx.Response(200, text=exception("InvalidParameterValue", "no"))
    with pytest.raises(ServerFault, match="InvalidParameterValue"):
        list(connected(Csw(3, answers=[report])).search(Search()))


@pytest.mark.parametrize("prefix", ["csw:AnyText", "apiso:AnyText", ">AnyText"])
def test_vocabulary_that_the_server_knows(prefix: str) -> None:
    service = Csw(3)

    def answer(request: httpx.Request) -> httpx.Response:
        constraint = request.url.params.get("constraint", "")
        if constraint and prefix not in constraint:
            return httpx.Response(200, text=exception("InvalidParameterValue", "unknown name"))
        return service(request)

    client = Client(limits=QUICK, transport=httpx.MockTransport(answer), sleep=lambda _: None)
    opened = CswSource(SourceSpec(url="https://city.example/csw"), client=client)
    assert len(list(opened.search(Search(text="R")))) == 3


def test_no_catalogue() -> None:
    client = Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, text="<html/>")))
    with pytest.raises(MalformedAnswer):
        CswSource(SourceSpec(url="https://city.example/csw"), client=client).layers()


# --- recorded, and links ---


def test_recorded_records(shared: Path) -> None:
    folder = shared / "data" / "services_open"
    root = etree.parse(folder / "inspire-getrecords-response.xml").getroot()
    first, second = (record_of(one) for one in root.iter("{*}MD_Metadata"))
    assert first.id == "8dad9c98-0512-4845-a2bf-3ace1c93df6f"
    assert first.type == "service"
    assert first.organisation == "National Geographic Institute"  # not its translations too
    assert first.extent is None
    assert not first.data()  # a view service
    assert second.extent == pytest.approx((9.53357, 46.40749, 17.16639, 49.01875))
    assert [one.kind for one in second.data()] == ["csw"]
    parcels = record_of(etree.parse(folder / "csw_geobretagne_mdmetadata.xml").getroot())
    assert parcels.id == "955c3e47-411e-4969-b61b-3556d1b9f879"
    assert parcels.language == "fre"
    assert any("adastr" in one for one in parcels.themes)


def test_official_examples(shared: Path) -> None:
    folder = shared / "data" / "services_open"
    found = [
        record_of(etree.parse(path).getroot())
        for path in sorted(folder.glob("*_metadata_2.0_example.xml"))
    ]
    assert len(found) == 4
    for one in found:
        assert one.id
        assert one.title
        assert one.abstract
        assert one.organisation
        assert one.extent is not None
        assert one.themes
    assert [one.type for one in found] == ["dataset", "dataset", "service", "service"]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            Link("https://a.b/wfs", "OGC:WFS-1.1.0-http-get-feature", "x"),
            ("wfs", "https://a.b/wfs"),
        ),
        (Link("https://a.b/ows?SERVICE=WFS&request=GetCapabilities"), ("wfs", "https://a.b/ows")),
        (Link("https://a.b/api/collections/x", "OGC API - Features"), ("ogcapi", None)),
        (Link("https://a.b/x.gpkg", "application/geopackage+sqlite3"), (None, None)),
        (Link("https://a.b/x.zip", "WWW:DOWNLOAD-1.0-http--download"), (None, None)),
        (Link("https://a.b/feed.xml", "application/atom+xml"), ("atom", None)),
    ],
)
def test_links_to_data(link: Link, expected: tuple[str | None, str | None]) -> None:
    found = address_of(link)
    assert found is not None
    assert (found.kind, found.url) == (expected[0], expected[1] or link.url)


@pytest.mark.parametrize(
    "link",
    [
        Link("https://a.b/wms", "OGC:WMS"),
        Link("https://a.b/", "WWW:LINK-1.0-http--link"),
        Link("https://a.b/x.png", "image/png"),
        Link("ftp://a.b/x.zip", "WWW:DOWNLOAD"),
        Link("file:///etc/passwd", "file"),
        Link("", ""),
    ],
)
def test_links_to_something_else(link: Link) -> None:
    assert address_of(link) is None
