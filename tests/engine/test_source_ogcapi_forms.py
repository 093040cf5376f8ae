"""OGC API Features whose items are GML or JSON-FG."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import shapely

from commonplace.batch import Query
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Client, Limits
from commonplace.job import SourceSpec
from commonplace.sources.ogcapi import OgcApiSource
from servers.forms import GML, JSON_FG, ROOT_URL, Forms
from support import sources

UTM = "http://www.opengis.net/def/crs/EPSG/0/25832"
ETRS89 = "http://www.opengis.net/def/crs/EPSG/0/4258"


def source(service: Forms, **spec: Any) -> OgcApiSource:
    transport = httpx.MockTransport(service)
    client = Client(limits=Limits(retries=0), transport=transport)
    return OgcApiSource(SourceSpec(url=ROOT_URL, kind="ogcapi", **spec), client=client)


@pytest.mark.parametrize("linked", ["header", "root", None])
def test_every_feature_of_gml_arrives(linked: Any) -> None:
    service = Forms([GML, "text/html"], buildings=25, linked=linked, most=7)
    opened = source(service)
    layer = opened.layer("buildings")
    assert (layer.count, layer.crs, layer.title) == (25, "EPSG:4258", "Buildings")
    assert "inspireId_localId" in layer.field_names
    table = sources.read(opened, layer)
    assert table.column("inspireId_localId").to_pylist() == [str(one) for one in range(25)]
    first = shapely.from_wkb(table.column("geometry")[0].as_py())
    assert first.bounds == pytest.approx((13.0, 52.5, 13.0005, 52.5005))
    assert {one.code for one in opened.findings()} <= {"SCHEMA_NOT_FETCHED"}
    assert all(one.startswith("application/gml+xml") for one in service.accepted)


def test_gml_is_filtered_and_limited() -> None:
    opened = source(Forms([GML], buildings=25, most=7))
    layer = opened.layer("buildings")
    some = sources.read(opened, layer, where=(("inspireId_localId", "9"),))
    assert some.column("gml_id").to_pylist() == ["Building.9"]
    assert sources.read(opened, layer, limit=9).num_rows == 9
    box = sources.read(opened, layer, bbox=(13.0, 52.4, 13.0021, 52.6), bbox_crs="EPSG:4258")
    assert box.num_rows == 3
    stated = source(Forms([GML], buildings=25), filter="inspireId_localId > '7'")
    named = sources.read(stated, stated.layer("buildings"), limit=1)
    assert named.column("inspireId_localId").to_pylist() == ["8"]


def test_gml_is_read_where_it_is_wanted() -> None:
    service = Forms(["application/geo+json", GML], buildings=3, places=[feature(1)])
    assert source(service, format="gml").layer("buildings").count == 3
    assert source(service).layer("buildings").count == 1
    with pytest.raises(SourceError, match="gmll"):
        source(service, format="gmll").layer("buildings")


def test_a_count_that_differs_is_told() -> None:
    service = Forms([GML], buildings=25, linked=None, most=7)
    honest = service.gml

    def short(request: httpx.Request) -> httpx.Response:
        answer = honest(request)
        body = answer.content.replace(b'numberMatched="25"', b'numberMatched="26"')
        return httpx.Response(200, content=body, headers={"Content-Type": GML})

    service.gml = short
    opened = source(service)
    assert sources.read(opened, opened.layer("buildings")).num_rows == 25
    assert "COUNT_DIFFERS" in {one.code for one in opened.findings()}


def feature(number: int, **members: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": str(number),
        "properties": {"name": f"house {number}"},
        "geometry": {"type": "Point", "coordinates": [9.0 + number / 1000, 52.0]},
        **members,
    }


def test_places_are_read_in_their_crs() -> None:
    places = [
        feature(one, place={"type": "Point", "coordinates": [500_000 + one, 5_760_000]})
        for one in range(25)
    ]
    opened = source(Forms([JSON_FG], places=places, system={0: UTM}), page_size=10)
    layer = opened.layer("buildings")
    assert (layer.crs, layer.count) == ("EPSG:25832", 25)
    table = sources.read(opened, layer)
    shapes = shapely.from_wkb(table.column("geometry").to_numpy())
    assert shapely.get_x(shapes).tolist() == [500_000 + one for one in range(25)]


def test_places_in_axis_order_of_their_crs() -> None:
    places = [feature(1, place={"type": "Point", "coordinates": [52.0, 9.0]}, geometry=None)]
    opened = source(Forms([JSON_FG], places=places, system={0: ETRS89}))
    table = sources.read(opened, opened.layer("buildings"))
    assert shapely.from_wkb(table.column("geometry")[0].as_py()).coords[0] == (9.0, 52.0)


def test_without_places_it_is_geojson() -> None:
    places = [feature(1, place=None, time={"date": "2024-05-01"})]
    opened = source(Forms([JSON_FG], places=places, system={0: UTM}))
    layer = opened.layer("buildings")
    assert layer.crs == "OGC:CRS84"
    assert sources.read(opened, layer).column("time").to_pylist() == ["2024-05-01"]


def test_solids_prisms_and_intervals() -> None:
    square = [[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 0, 0]]
    base = {"type": "Polygon", "coordinates": [[[9, 52], [9.1, 52], [9.1, 52.1], [9, 52]]]}
    places = [
        feature(
            1,
            place={"type": "Polyhedron", "coordinates": [[[square], [square[::-1]]]]},
            time={"interval": ["2020-01-01T00:00:00Z", ".."]},
        ),
        feature(2, place={"type": "Prism", "base": base, "lower": 1.5, "upper": 9}),
    ]
    opened = source(Forms([JSON_FG], places=places, system={0: "OGC:CRS84"}))
    rows = sources.read(opened, opened.layer("buildings")).to_pylist()
    first, second = (shapely.from_wkb(one["geometry"]) for one in rows)
    assert (first.geom_type, len(first.geoms), first.has_z) == ("MultiPolygon", 2, True)
    assert second.geom_type == "Polygon"
    assert (rows[1]["lower"], rows[1]["upper"]) == (1.5, 9.0)
    assert rows[0]["time_start"] == "2020-01-01T00:00:00Z"
    assert "time_end" not in rows[0]


def test_pages_in_other_crs_are_refused() -> None:
    places = [
        feature(one, place={"type": "Point", "coordinates": [500_000, 5_760_000]})
        for one in range(25)
    ]
    other = {0: UTM, 20: "http://www.opengis.net/def/crs/EPSG/0/25833"}
    opened = source(Forms([JSON_FG], places=places, system=other), page_size=10)
    with pytest.raises(MalformedAnswer, match="25833"):
        list(opened.batches(opened.layer("buildings"), Query()))
