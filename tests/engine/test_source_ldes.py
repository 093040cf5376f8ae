"""Event streams: every object in its newest version, whatever the pages say and repeat."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx
import pyarrow as pa
import pytest

from commonplace.errors import Cancelled, MalformedAnswer, SourceError
from commonplace.http import Client, Limits
from commonplace.job import LdesSpec, SourceSpec
from commonplace.report import Observer
from commonplace.sources import open_source, recognise
from commonplace.sources.ldes import LdesSource
from servers.ldes import CONTEXT, HOST, ROOT, SHAPE, Stream, Version
from support.sources import Watcher, codes, details, read, shapes

QUICK = Limits(retries=1, pause=0.001)
# Twenty trees; each gets a second version, and every fifth a third, all in one order of time.
VERSIONS = [
    *(Version(one, one, height=one + 0.5) for one in range(20)),
    *(Version(one, 100 + one, height=one + 1.25) for one in range(20)),
    *(Version(one, 2000 + one, height=one + 2.5) for one in range(0, 20, 5)),
]


def newest() -> dict[str, float]:
    return {f"{HOST}/tree/{one}": one + (1.25 if one % 5 else 2.5) for one in range(20)}


def connected(
    stream: Any, url: str = ROOT, observer: Observer | None = None, **spec: Any
) -> LdesSource:
    client = Client(limits=QUICK, transport=httpx.MockTransport(stream))
    client.sleep = lambda _: None
    return LdesSource(SourceSpec(url=url, **spec), observer, client)


def heights(table: pa.Table) -> dict[str, float]:
    return dict(zip(table["id"].to_pylist(), table["height"].to_pylist(), strict=True))


@pytest.mark.parametrize("syntax", ["turtle", "json-ld", "trig"])
@pytest.mark.parametrize("size", [1, 7, 100])
def test_the_newest_version_of_every_member(syntax: str, size: int) -> None:
    stream = Stream(VERSIONS, size=size, syntax=syntax, fails=1)
    source = connected(stream)
    table = read(source)
    assert heights(table) == newest()
    assert table.num_rows == 20
    assert len(stream.pages) == details(source)["pages"] - 1
    places = dict(zip(table["id"].to_pylist(), shapes(table), strict=True))
    assert places[f"{HOST}/tree/3"].coords[0] == (10.03, 53)
    row = table.to_pylist()[0]
    assert (row["owner_name"], row["owner_since"]) == ("City", 1900)
    assert isinstance(row["created"], datetime)
    assert not codes(source) - {"COLUMNS_APPEARED"}


def test_the_layer() -> None:
    source = connected(Stream(VERSIONS))
    layer = source.layer()
    assert (layer.name, layer.title, layer.licence) == ("trees", "Trees of the city", "CC0")
    assert (layer.crs, layer.geometry_type, layer.time_field) == ("OGC:CRS84", "Point", "created")
    kinds = {one.name: one.type for one in layer.fields}
    assert kinds["created"] == "timestamp[us, tz=UTC]"
    assert (kinds["height"], kinds["owner_since"]) == ("double", "int64")


def test_all_versions() -> None:
    source = connected(Stream(VERSIONS), ldes=LdesSpec(versions="all"))
    table = read(source)
    assert table["id"].to_pylist() == [
        one.name for page in Stream(VERSIONS).pages for one in sorted(page, key=lambda v: v.name)
    ]
    assert table["isVersionOf"][0].as_py().startswith(f"{HOST}/tree/")


def test_without_paths_every_member_is_its_own() -> None:
    assert read(connected(Stream(VERSIONS, paths=False))).num_rows == len(VERSIONS)


def test_loops_and_repeats_end() -> None:
    stream = Stream(VERSIONS, size=5, loops=True, overlap=3)
    source = connected(stream)
    source.layer()
    stream.requests.clear()
    assert heights(read(source)) == newest()
    asked = stream.asked()
    assert sorted(asked) == sorted(set(asked))
    assert source.evidence().details["repeated"] == 3 * (len(stream.pages) - 1)


def test_the_order_of_pages_does_not_matter() -> None:
    assert heights(read(connected(Stream(VERSIONS[::-1], size=3)))) == newest()


def test_since_leaves_pages_out() -> None:
    stream = Stream(VERSIONS, size=10)
    source = connected(stream, ldes=LdesSpec(since="2026-01-01T01:50:00Z"))  # minute 110
    source.layer()
    stream.requests.clear()
    table = read(source)
    expected = {f"{HOST}/tree/{one}" for one in (*range(10, 20), 0, 5)}
    assert set(table["id"].to_pylist()) == expected
    assert set(stream.asked()) == {"3", "4"}
    details = source.evidence().details
    assert (details["pruned"], details["latest"]) == (3, "2026-01-02T09:35:00Z")
    with pytest.raises(SourceError):
        connected(stream, ldes=LdesSpec(since="yesterday"))


def test_deleted_members_go() -> None:
    versions = [*VERSIONS, Version(7, 3000, kind="Gone"), Version(8, 50, kind="Gone")]
    source = connected(Stream(versions, deletion=True))
    assert heights(read(source)) == {
        name: value for name, value in newest().items() if name != f"{HOST}/tree/7"
    }


def test_shapes_are_fields() -> None:
    bare = [Version(one, one) for one in range(3)]
    for shape in (SHAPE, f"<{ROOT}> tree:shape <{HOST}/shape> ."):
        source = connected(Stream(bare, shape=shape))
        fields = {one.name: one for one in source.layer().fields}
        assert (fields["height"].type, fields["height"].title) == ("double", "Height")
        assert fields["planted"].type == "timestamp[us, tz=UTC]"
        assert read(source)["height"].to_pylist() == [None] * 3


def test_filters() -> None:
    source = connected(Stream(VERSIONS))
    assert read(source, where=(("height", "7.25"),)).num_rows == 1
    assert read(source, where=(("height", "6.5"),)).num_rows == 0  # an old version had it
    assert read(source, bbox=(10.025, 52, 10.055, 54)).num_rows == 3
    assert read(source, columns=["height"]).column_names == ["height", "geometry"]


@pytest.mark.parametrize(
    ("kind", "area", "apart"),
    [
        ("GeospatiallyContainsRelation", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))", True),
        ("GeospatiallyContainsRelation", "POLYGON ((9 50, 12 50, 12 55, 9 55, 9 50))", False),
        ("GeospatiallyContainsRelation", "POLYGON ((", False),
        ("Relation", "POLYGON ((0 0, 1 0, 1 1, 0 1, 0 0))", False),
    ],
)
def test_areas_apart_from_the_bbox_are_left_out(kind: str, area: str, apart: bool) -> None:
    stream = Stream(VERSIONS, size=10)

    def answer(request: httpx.Request) -> httpx.Response:
        made = stream(request)
        if str(request.url) != ROOT:
            return made
        relation = (
            f"<{ROOT}> tree:relation [ a tree:{kind} ; tree:node <{ROOT}/0> ;"
            f' tree:path geo:asWKT ; tree:value "{area}"^^geo:wktLiteral ] .'
        )
        return httpx.Response(200, text=made.text + relation, headers=made.headers)

    source = connected(answer)
    layer = source.layer()
    stream.requests.clear()
    read(source, layer, bbox=(9, 50, 12, 55))
    assert ("0" not in stream.asked()) is apart


# --- geometries ---

LAMBERT = "<http://www.opengis.net/def/crs/EPSG/0/31370> POINT (150000 170000)"
LATLON = "<http://www.opengis.net/def/crs/EPSG/0/4326> POINT (53 10)"


@pytest.mark.parametrize(
    ("wkt", "crs", "xy"),
    [
        (LAMBERT, "EPSG:31370", (150000, 170000)),
        (LATLON, "EPSG:4326", (10, 53)),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT (10 53)", "OGC:CRS84", (10, 53)),
        ("POINT (10 53)", "OGC:CRS84", (10, 53)),
    ],
)
def test_the_crs_stands_in_front(wkt: str, crs: str, xy: tuple[float, float]) -> None:
    source = connected(Stream([Version(1, 1, place=wkt)]))
    assert source.layer().crs == crs
    assert shapes(read(source))[0].coords[0] == xy


def test_other_crs_and_broken_geometries_are_told() -> None:
    places = (LAMBERT, LATLON, "POINT (", "<http://nobody.example/crs> POINT (1 2)")
    versions = [Version(n, n, place=place) for n, place in enumerate(places)]
    source = connected(Stream(versions))
    found = shapes(read(source))
    assert [one is None for one in found] == [False, True, True, True]
    assert {"GEOMETRY_CRS_DIFFERS", "GEOMETRY_UNREADABLE"} <= codes(source)
    stated = connected(Stream(versions[1:2]), crs="OGC:CRS84")
    assert shapes(read(stated))[0].coords[0] == (53, 10)


# --- values ---


def test_values_of_all_kinds() -> None:
    extra = (
        'ex:label "tree"@en , "boom"@nl ; ex:tags "a" , "b" ; ex:alive true ;'
        ' ex:age 7 ; ex:day "2026-01-02"^^xsd:date ; ex:odd "x"^^xsd:integer ;'
    )
    row = read(connected(Stream([Version(1, 1, extra=extra)]))).to_pylist()[0]
    assert (row["label_en"], row["label_nl"]) == ("tree", "boom")
    assert (row["tags"], row["alive"], row["age"]) == ('["a", "b"]', True, 7)
    assert (row["day"], row["odd"]) == ("2026-01-02", "x")
    assert row["created"] == datetime(2026, 1, 1, 0, 1, tzinfo=UTC)
    assert row["type"] == "https://city.example/ns#Tree"


# --- faults ---


def test_contexts_come_through_our_client_once() -> None:
    stream = Stream(VERSIONS, syntax="json-ld", size=5)
    read(connected(stream))
    assert [str(one.url) for one in stream.requests].count(CONTEXT) == 1


def test_contexts_that_name_each_other_end() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        other = f"{HOST}/{'b' if request.url.path == '/a' else 'a'}"
        return httpx.Response(
            200, json={"@context": other}, headers={"Content-Type": "application/ld+json"}
        )

    with pytest.raises(MalformedAnswer):
        connected(answer).layers()


@pytest.mark.parametrize(
    ("body", "media"),
    [
        ("<html><body>log in</body></html>", "text/html"),
        ("<a> <b> .", "text/turtle"),
        ("{", "application/ld+json"),
        ('{"@context": 7, "@id": "a"}', "application/ld+json"),
        ('<?xml version="1.0"?><rdf:RDF/>', "application/rdf+xml"),
        ("<http://a.example/> <http://b.example/> 1 .", "text/turtle"),
    ],
)
def test_what_is_no_stream(body: str, media: str) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, text=body, headers={"Content-Type": media})

    with pytest.raises(MalformedAnswer):
        connected(answer).layers()


def test_a_page_that_is_missing_stops_with_its_number() -> None:
    stream = Stream(VERSIONS)

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404) if str(request.url).endswith("/3") else stream(request)

    source = connected(answer)
    layer = source.layer()
    with pytest.raises(SourceError) as caught:
        read(source, layer)
    assert "page 5, after 30 features" in str(caught.value)


def test_a_limit_ends_early() -> None:
    stream = Stream(VERSIONS, size=2)
    source = connected(stream)
    source.layer()
    stream.requests.clear()
    assert read(source, limit=3).num_rows == 3
    assert len(stream.requests) < 8


def test_cancelled() -> None:
    source = connected(Stream(VERSIONS, size=2), observer=Watcher(12))
    with pytest.raises(Cancelled):
        read(source)


def test_recognised_by_what_is_stated() -> None:
    spec = SourceSpec(url=ROOT, ldes=LdesSpec(versions="all"))
    assert recognise(spec) == "ldes"
    assert isinstance(open_source(SourceSpec(url=ROOT, kind="ldes")), LdesSource)
