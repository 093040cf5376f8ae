"""Collections, geometries, coordinate systems and structures that GML documents have."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from commonplace.gml import members as cuts
from commonplace.gml.reading import Meaning, Reading, open_gml, read_gml, scan
from commonplace.gml.reading.tokens import elements_of
from support.gml_text import FOOT, HEAD, PARCEL, document, geometry, parcels

NAMESPACES = {"gml": "http://www.opengis.net/gml/3.2", "x": "http://x.example"}


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "document.gml"
    path.write_text(text)
    return path


def rows(reading: Reading, name: str) -> list[dict[str, Any]]:
    return [row for batch in reading.batches(name) for row in batch.columns.to_pylist()]


# -- tokens ------------------------------------------------------------------------------

names = st.sampled_from(["a", "x:b", "gml:c", "d-e.f_1", "x:b"])
texts = st.text(alphabet=st.sampled_from("ab <>&\"'\n\tä]!?-="), max_size=6)


@st.composite
def xml(draw: st.DrawFn, depth: int = 0) -> etree._Element:
    """An element with any texts and attributes, made by lxml."""

    def name() -> str:
        prefix, _, local = draw(names).rpartition(":")
        return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local

    element = etree.Element(name(), nsmap=NAMESPACES if depth == 0 else None)
    for _ in range(draw(st.integers(0, 3))):
        element.set(name(), draw(texts))
    children = draw(st.integers(0, 3)) if depth < 3 else 0
    if not children:
        element.text = draw(texts)
    for _ in range(children):
        element.append(draw(xml(depth + 1)))
        if draw(st.integers(0, 5)) == 0:
            element.append(etree.Comment("a > b <c d='\"'"))
    return element


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(xml(), st.booleans(), st.booleans())
def test_tokens_are_what_lxml_sees(root: etree._Element, single: bool, cdata: bool) -> None:
    if cdata:
        for one in root.iter("*"):
            if one.text and "]]>" not in one.text and len(one) == 0:
                one.text = etree.CDATA(one.text)
    text = etree.tostring(root, encoding="utf-8")
    if single and b"CDATA" not in text and b"<!--" not in text:
        text = re.sub(rb'="([^"<>\']*)"', rb"='\1'", text)
    found = elements_of(text, {})
    parsed = etree.fromstring(text)
    expected = list(parsed.iter("*"))
    assert len(found) == len(expected)
    index = {id(one): number for number, one in enumerate(expected)}
    segments = found.segments.to_pylist()
    for number, one in enumerate(expected):
        assert found.paths[found.path[number]].name == one.tag
        above = one.getparent()
        assert found.parent[number] == (-1 if above is None else index[id(above)])
        if one.text and len(one) == 0:
            assert _text(segments[found.text[number]]) == one.text
        kept = {}
        path = int(found.path[number])
        for name in found.attributes(path):
            ranks, values = found.attribute(path, name)
            for rank, value in zip(ranks, values, strict=True):
                if rank == found.rank[number]:
                    kept[name] = _value(segments[value])
        assert kept == dict(one.attrib)


def _text(raw: str) -> str:
    return etree.fromstring(f"<a>{raw}</a>").text or ""


def _value(raw: str) -> str | None:
    return etree.fromstring(f'<a b="{raw}"/>').get("b")


# -- collections ---------------------------------------------------------------------------

GML = "http://www.opengis.net/gml/3.2"
WFS1 = "http://www.opengis.net/wfs"
COLLECTIONS = {
    "wfs 2.0": (HEAD, "wfs:member", FOOT),
    "wfs 1.1": (HEAD.replace("/wfs/2.0", "/wfs"), "gml:featureMember", FOOT),
    "wfs 1.1, one container": (HEAD.replace("/wfs/2.0", "/wfs"), "gml:featureMembers", FOOT),
    "gml": (
        HEAD.replace("wfs:FeatureCollection", "gml:FeatureCollection"),
        "gml:featureMember",
        "</gml:FeatureCollection>",
    ),
    "base": (
        HEAD.replace("wfs:FeatureCollection", "base:SpatialDataSet").replace(
            " timeStamp", ' xmlns:base="http://inspire.ec.europa.eu/schemas/base/3.3" timeStamp'
        ),
        "base:member",
        "</base:SpatialDataSet>",
    ),
    "application": (
        HEAD.replace("wfs:FeatureCollection", "cp:Alles"),
        "gml:featureMember",
        "</cp:Alles>",
    ),
}


def collection(kind: str, features: list[str], single: bool = True) -> str:
    start, member, end = COLLECTIONS[kind]
    if member.endswith("s"):
        return f"{start}<{member}>{''.join(features)}</{member}>{end}"
    return start + "".join(f"<{member}>{one}</{member}>\n" for one in features) + end


@pytest.mark.parametrize(("kind", "chunk"), list(product(COLLECTIONS, [8 << 20, 3_000, 1])))
def test_collections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, chunk: int
) -> None:
    monkeypatch.setattr(scan, "CHUNK", chunk)
    monkeypatch.setattr(cuts, "STEP", 4096)
    path = written(tmp_path, collection(kind, parcels(50)))
    with open_gml(path) as reading:
        found = rows(reading, "CadastralParcel")
        assert [row["@ordinal"] for row in found] == list(range(50))
        assert [row["@id"] for row in found] == [f"p{number}" for number in range(50)]
        assert [row["areaValue"] for row in found] == [number + 0.5 for number in range(50)]
        assert [row["label"] for row in found] == [f"parcel-{number}" for number in range(50)]
        assert not reading.findings()


def test_a_single_feature(tmp_path: Path) -> None:
    head = HEAD.split("<wfs:FeatureCollection", 1)[1].split(" timeStamp", 1)[0]
    text = PARCEL.format(number=3, x=1).replace("<cp:CadastralParcel", f"<cp:CadastralParcel{head}")
    (batch,) = read_gml(written(tmp_path, text))
    assert batch.columns["@id"].to_pylist() == ["p3"]


def test_an_empty_collection(tmp_path: Path) -> None:
    with open_gml(written(tmp_path, HEAD + FOOT)) as reading:
        assert reading.counts == {}


@pytest.mark.parametrize("chunk", [8 << 20, 2_000])
def test_collections_in_collections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    """The answer to a WFS request of several queries."""
    monkeypatch.setattr(scan, "CHUNK", chunk)
    inner = "".join(
        f"<wfs:FeatureCollection>{''.join(f'<wfs:member>{one}</wfs:member>' for one in some)}"
        "</wfs:FeatureCollection>"
        for some in (parcels(10),)
    )
    with open_gml(written(tmp_path, document(inner, inner))) as reading:
        assert reading.counts == {"CadastralParcel": 20}


@pytest.mark.parametrize("chunk", [8 << 20, 1_500])
def test_end_tags_where_they_do_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int
) -> None:
    monkeypatch.setattr(scan, "CHUNK", chunk)
    some = parcels(30)
    some[7] = some[7].replace("parcel-7", "<![CDATA[</wfs:member>]]>")
    some[9] = some[9].replace("<cp:label>", "<!-- </wfs:member> --><cp:label>")
    with open_gml(written(tmp_path, document(*some))) as reading:
        found = rows(reading, "CadastralParcel")
    assert len(found) == 30
    assert found[7]["label"] == "</wfs:member>"


def test_several_types_keep_their_order(tmp_path: Path) -> None:
    other = PARCEL.replace("CadastralParcel", "CadastralZoning").format(number=1, x=1)
    first, second = parcels(2)
    with open_gml(written(tmp_path, document(first, other, second))) as reading:
        assert reading.counts == {"CadastralParcel": 2, "CadastralZoning": 1}
        assert [row["@ordinal"] for row in rows(reading, "CadastralParcel")] == [0, 2]
        assert [row["@ordinal"] for row in rows(reading, "CadastralZoning")] == [1]


def test_chunks_that_show_different_properties_get_one_shape(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scan, "CHUNK", 1)
    monkeypatch.setattr(cuts, "STEP", 256)
    nil = '<cp:label xsi:nil="true" nilReason="unknown"/>'
    name = '<cp:own:x xmlns:own="http://own.example"><own:y>{n}</own:y></cp:own:x>'.replace(
        "cp:own", "own"
    )
    some = parcels(6)
    some[2] = some[2].replace("<cp:label>parcel-2</cp:label>", nil + name.format(n=1))
    some[4] = some[4].replace(
        "</cp:CadastralParcel>", name.format(n="2.5") + "</cp:CadastralParcel>"
    )
    with open_gml(written(tmp_path, document(*some))) as reading:
        batches = list(reading.batches("CadastralParcel"))
        found = rows(reading, "CadastralParcel")
        assert len(batches) == 6
        assert len({batch.columns.schema for batch in batches}) == 1
        assert len({batch.shape for batch in batches}) == 1
    assert [row["x"] and row["x"]["y"] for row in found] == [None, None, 1.0, None, 2.5, None]
    assert [row["label@nil"] for row in found] == [None, None, "Unknown", None, None, None]


def test_names_of_other_versions_and_of_nobody(tmp_path: Path) -> None:
    old = "urn:x-inspire:specification:gmlas:CadastralParcels:3.0"
    text = document(*parcels(2))
    with open_gml(
        written(tmp_path, text.replace("http://inspire.ec.europa.eu/schemas/cp/4.0", old))
    ) as reading:
        one = reading.types["CadastralParcel"]
        assert (one.type.meaning, one.type.schema) == (Meaning.MAPPED, "cp/4.0")
        assert {node.name for node in one.shape.nodes} == {"areaValue", "geometry", "label"}
        assert one.shape.node("geometry").property.element.name.startswith("{http://inspire")
        assert {finding.code for finding in reading.findings()} == {"TYPE_MAPPED"}
    nobody = text.replace("http://inspire.ec.europa.eu/schemas/cp/4.0", "http://my.example")
    with open_gml(written(tmp_path, nobody)) as reading:
        one = reading.types["CadastralParcel"]
        assert (one.type.meaning, one.type.schema) == (Meaning.INFERRED, None)
        assert rows(reading, "CadastralParcel")[1]["areaValue"] == 1.5
        assert next(iter(reading.batches("CadastralParcel"))).geometries[0].area > 0


def test_references_inside_the_document_name_their_type(tmp_path: Path) -> None:
    first, second = parcels(2)
    first = first.replace('"CadastralParcel.p0"', '"ES.1"')
    second = second.replace(
        "</cp:CadastralParcel>",
        '<cp:zoning xlink:href="#Z.1"/><cp:basicPropertyUnit xlink:href="http://a.example/1"/>'
        '<cp:administrativeUnit xlink:href="#nowhere"/></cp:CadastralParcel>',
    )
    zoning = PARCEL.replace("CadastralParcel", "CadastralZoning").format(number=1, x=1)
    zoning = zoning.replace('"CadastralZoning.p1"', '"Z.1"')
    with open_gml(written(tmp_path, document(first, second, zoning))) as reading:
        found = rows(reading, "CadastralParcel")[1]
    assert _references(found) == {
        "zoning": "#CadastralZoning.Z.1",
        "basicPropertyUnit": ["http://a.example/1"],
        "administrativeUnit": "#nowhere",
    }


def _references(row: dict[str, Any]) -> dict[str, Any]:
    names = ("zoning", "basicPropertyUnit", "administrativeUnit")
    return {name: row.get(f"{name}@href") or row.get(name) for name in names}


# -- geometries ------------------------------------------------------------------------------

SRS = 'srsName="urn:ogc:def:crs:EPSG::25832"'
RING = "<gml:LinearRing><gml:posList>{}</gml:posList></gml:LinearRing>"
SQUARE = "0 0 4 0 4 4 0 4 0 0"
HOLE = "1 1 1 2 2 2 2 1 1 1"
POLYGON = (
    f"<gml:Polygon{{}}><gml:exterior>{RING.format(SQUARE)}</gml:exterior>"
    f"<gml:interior>{RING.format(HOLE)}</gml:interior></gml:Polygon>"
)
PATCH = POLYGON.format("").replace("gml:Polygon", "gml:PolygonPatch")
LINE = "<gml:LineString{}><gml:posList>{}</gml:posList></gml:LineString>"
SEGMENT = "<gml:{0}><gml:posList>{1}</gml:posList></gml:{0}>"
GEOMETRIES = {
    "point": (f"<gml:Point {SRS}><gml:pos>1 2</gml:pos></gml:Point>", "POINT (1 2)"),
    "point with height": (
        f"<gml:Point {SRS} ><gml:pos srsDimension='3'>1 2 3</gml:pos></gml:Point>",
        "POINT Z (1 2 3)",
    ),
    "coordinates": (
        f"<gml:LineString {SRS}><gml:coordinates>1,2 3,4</gml:coordinates></gml:LineString>",
        "LINESTRING (1 2, 3 4)",
    ),
    "positions": (
        f"<gml:LineString {SRS}><gml:pos>1 2</gml:pos><gml:pos>3 4</gml:pos></gml:LineString>",
        "LINESTRING (1 2, 3 4)",
    ),
    "point properties": (
        f"<gml:LineString {SRS}><gml:pointProperty><gml:Point><gml:pos>1 2</gml:pos></gml:Point>"
        "</gml:pointProperty><gml:pointProperty><gml:Point><gml:pos>3 4</gml:pos></gml:Point>"
        "</gml:pointProperty></gml:LineString>",
        "LINESTRING (1 2, 3 4)",
    ),
    "heights": (
        f"<gml:LineString {SRS} srsDimension='3'><gml:posList>1 2 3 4 5 6</gml:posList>"
        "</gml:LineString>",
        "LINESTRING Z (1 2 3, 4 5 6)",
    ),
    "polygon": (
        POLYGON.format(f" {SRS}"),
        "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))",
    ),
    "surface": (
        f"<gml:Surface {SRS}><gml:patches>{PATCH}</gml:patches></gml:Surface>",
        "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1))",
    ),
    "curve": (
        f"<gml:Curve {SRS}><gml:segments>{SEGMENT.format('LineStringSegment', '0 0 1 1')}"
        f"{SEGMENT.format('LineStringSegment', '1 1 2 0')}</gml:segments></gml:Curve>",
        "LINESTRING (0 0, 1 1, 2 0)",
    ),
    "curve with a gap": (
        f"<gml:Curve {SRS}><gml:segments>{SEGMENT.format('LineStringSegment', '0 0 1 1')}"
        f"{SEGMENT.format('LineStringSegment', '5 5 6 6')}</gml:segments></gml:Curve>",
        "MULTILINESTRING ((0 0, 1 1), (5 5, 6 6))",
    ),
    "composite curve": (
        f"<gml:CompositeCurve {SRS}><gml:curveMember>{LINE.format('', '0 0 1 1')}</gml:curveMember>"
        f"<gml:curveMember><gml:OrientableCurve orientation='-'><gml:baseCurve>"
        f"{LINE.format('', '2 0 1 1')}</gml:baseCurve></gml:OrientableCurve></gml:curveMember>"
        "</gml:CompositeCurve>",
        "LINESTRING (0 0, 1 1, 2 0)",
    ),
    "ring of curves": (
        f"<gml:Polygon {SRS}><gml:exterior><gml:Ring>"
        f"<gml:curveMember>{LINE.format('', '0 0 4 0 4 4')}</gml:curveMember>"
        f"<gml:curveMember>{LINE.format('', '4 4 0 4 0 0')}</gml:curveMember>"
        "</gml:Ring></gml:exterior></gml:Polygon>",
        "POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0))",
    ),
    "multi-point": (
        f"<gml:MultiPoint {SRS}><gml:pointMember><gml:Point><gml:pos>1 2</gml:pos></gml:Point>"
        "</gml:pointMember><gml:pointMembers><gml:Point><gml:pos>3 4</gml:pos></gml:Point>"
        "<gml:Point><gml:pos>5 6</gml:pos></gml:Point></gml:pointMembers></gml:MultiPoint>",
        "MULTIPOINT ((1 2), (3 4), (5 6))",
    ),
    "multi-surface": (
        f"<gml:MultiSurface {SRS}><gml:surfaceMember>{POLYGON.format('')}</gml:surfaceMember>"
        "<gml:surfaceMember><gml:Surface><gml:patches><gml:PolygonPatch><gml:exterior>"
        f"{RING.format('9 9 10 9 10 10 9 9')}</gml:exterior></gml:PolygonPatch></gml:patches>"
        "</gml:Surface></gml:surfaceMember></gml:MultiSurface>",
        "MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 1 2, 2 2, 2 1, 1 1)), "
        "((9 9, 10 9, 10 10, 9 9)))",
    ),
    "multi-geometry": (
        f"<gml:MultiGeometry {SRS}><gml:geometryMember><gml:Point><gml:pos>1 2</gml:pos>"
        f"</gml:Point></gml:geometryMember><gml:geometryMember>{LINE.format('', '0 0 1 1')}"
        "</gml:geometryMember></gml:MultiGeometry>",
        "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (0 0, 1 1))",
    ),
    "envelope": (
        f"<gml:Envelope {SRS}><gml:lowerCorner>1 2</gml:lowerCorner>"
        "<gml:upperCorner>3 4</gml:upperCorner></gml:Envelope>",
        "POLYGON ((3 2, 3 4, 1 4, 1 2, 3 2))",
    ),
    "solid": (
        f"<gml:Solid {SRS} srsDimension='3'><gml:exterior><gml:Shell><gml:surfaceMember>"
        f"<gml:Polygon><gml:exterior>{RING.format('0 0 1 1 0 1 1 1 1 0 0 1')}</gml:exterior>"
        "</gml:Polygon></gml:surfaceMember></gml:Shell></gml:exterior></gml:Solid>",
        "MULTIPOLYGON Z (((0 0 1, 1 0 1, 1 1 1, 0 0 1)))",
    ),
}


def geometry_of(tmp_path: Path, text: str) -> tuple[Any, Reading]:
    with open_gml(written(tmp_path, text)) as reading:
        (batch,) = reading.batches("CadastralParcel")
        handle = batch.columns["geometry"].to_pylist()[0]
        return (None if handle is None else batch.geometries[handle]), reading


@pytest.mark.parametrize("kind", GEOMETRIES)
def test_geometries(tmp_path: Path, kind: str) -> None:
    text, wkt = GEOMETRIES[kind]
    found, reading = geometry_of(tmp_path, geometry(text))
    assert shapely.equals_identical(found, shapely.from_wkt(wkt)), found.wkt
    assert reading.crs == "EPSG:25832"
    codes = {one.code for one in reading.findings()}
    solid = {"GEOMETRY_SOLID_AS_SURFACES", "GEOMETRY_SHELL_OPEN"}  # one face closes nothing
    assert codes == (solid if kind == "solid" else set())


@pytest.mark.parametrize(
    ("segment", "points"),
    [
        ("ArcString", "0 0 1 1 2 0 3 -1 4 0"),
        ("Arc", "0 0 1 1 2 0"),
        ("Circle", "0 0 1 1 2 0"),
    ],
)
def test_arcs(tmp_path: Path, segment: str, points: str) -> None:
    found, reading = geometry_of(
        tmp_path,
        geometry(
            f"<gml:Curve {SRS}><gml:segments>{SEGMENT.format(segment, points)}</gml:segments>"
            "</gml:Curve>"
        ),
    )
    first = shapely.get_coordinates(found)[: len(shapely.get_coordinates(found)) // 2 + 1]
    radius = np.hypot(*(first - [1, 0]).T) if segment != "ArcString" else np.ones(1)
    assert radius == pytest.approx(1, abs=1e-9)
    assert found.is_closed == (segment == "Circle")
    length = {"Arc": np.pi, "Circle": 2 * np.pi, "ArcString": 2 * np.pi}[segment]
    assert found.length == pytest.approx(length, rel=1e-2)
    assert {one.code for one in reading.findings()} == {"GEOMETRY_LINEARISED"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"<gml:Point {SRS}><gml:pos>1 x</gml:pos></gml:Point>", "GEOMETRY_BROKEN"),
        (f"<gml:LineString {SRS}><gml:posList>1 2 3</gml:posList></gml:LineString>", None),
        (f"<gml:LineString {SRS}><gml:posList>1 2</gml:posList></gml:LineString>", None),
        (f"<gml:Polygon {SRS}/>", "GEOMETRY_BROKEN"),
        (
            f"<gml:Polygon {SRS}><gml:exterior>{RING.format('0 0 1 1 0 0')}</gml:exterior>"
            "</gml:Polygon>",
            "GEOMETRY_TOO_SHORT",
        ),
        (
            f'<gml:MultiSurface {SRS}><gml:surfaceMember xlink:href="#x"/></gml:MultiSurface>',
            "GEOMETRY_BY_REFERENCE",
        ),
        (f"<gml:Sphere {SRS}/>", "GEOMETRY_NOT_READ"),
    ],
)
def test_geometries_that_can_not_be_read_are_told(
    tmp_path: Path, text: str, code: str | None
) -> None:
    found, reading = geometry_of(tmp_path, geometry(text))
    assert found is None
    codes = {one.code for one in reading.findings()}
    assert code in codes if code else codes & {"GEOMETRY_BROKEN", "GEOMETRY_TOO_SHORT"}


@pytest.mark.parametrize(
    ("name", "code", "swapped"),
    [
        ("urn:ogc:def:crs:EPSG::4258", "EPSG:4258", True),
        ("urn:x-ogc:def:crs:EPSG:6.9:4258", "EPSG:4258", True),
        ("http://www.opengis.net/def/crs/EPSG/0/4258", "EPSG:4258", True),
        ("https://www.opengis.net/def/crs/EPSG/0/3045", "EPSG:3045", True),
        ("http://www.opengis.net/def/crs/EPSG/0/25832", "EPSG:25832", False),
        ("EPSG:4258", "EPSG:4258", False),
        ("http://www.opengis.net/gml/srs/epsg.xml#4258", "EPSG:4258", False),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "OGC:CRS84", False),
    ],
)
def test_axis_order(tmp_path: Path, name: str, code: str, swapped: bool) -> None:
    text = f'<gml:Point srsName="{name}"><gml:pos>1 2</gml:pos></gml:Point>'
    found, reading = geometry_of(tmp_path, geometry(text))
    assert (found.x, found.y) == ((2, 1) if swapped else (1, 2))
    assert reading.crs == code


def test_crs_from_around(tmp_path: Path) -> None:
    text = geometry("<gml:Point><gml:pos>1 2</gml:pos></gml:Point>")
    found, reading = geometry_of(tmp_path, text)
    assert reading.crs is None
    assert {one.code for one in reading.findings()} == {"CRS_NOT_STATED"}
    envelope = (
        '<wfs:boundedBy><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4258">'
        "<gml:lowerCorner>0 0</gml:lowerCorner><gml:upperCorner>1 1</gml:upperCorner>"
        "</gml:Envelope></wfs:boundedBy>\n<wfs:member>"
    )
    found, reading = geometry_of(tmp_path, text.replace("<wfs:member>", envelope, 1))
    assert reading.crs == "EPSG:4258"
    assert (found.x, found.y) == (2, 1)


def test_geometries_of_several_crs_come_in_one(tmp_path: Path) -> None:
    some = parcels(3)
    some[1] = (
        some[1].replace("0/25832", "0/4258").replace("1 0 1.5 0 1.5 1 1 0", "50 9 51 9 51 8 50 9")
    )
    some = [one.replace("0 0 0.5 0", "500000 5500000 500001 5500000") for one in some]
    with open_gml(written(tmp_path, document(*some))) as reading:
        (batch,) = reading.batches("CadastralParcel")
        assert reading.crs == "EPSG:25832"
        assert {one.code for one in reading.findings()} == {"CRS_MIXED"}
    assert 400_000 < batch.geometries[1].bounds[0] < 600_000
    assert batch.geometries[1].bounds[1] > 5_000_000


def test_numbers_run_on_and_breaks_stand_anywhere(tmp_path: Path) -> None:
    text = (
        f"<gml:LineString {SRS}><gml:posList>\n 1\t2\r\n  3 4e0 \n</gml:posList></gml:LineString>"
    )
    found, _ = geometry_of(tmp_path, geometry(text))
    assert found.wkt == "LINESTRING (1 2, 3 4)"


def test_memory_does_not_grow_with_the_document(tmp_path: Path) -> None:
    """Four times the document, hardly more memory (the process's peak)."""
    script = (
        "import sys, resource; from pathlib import Path\n"
        "from commonplace.gml.reading import open_gml\n"
        "with open_gml(Path(sys.argv[1])) as reading:\n"
        "    print(sum(b.rows for b in reading.batches('CadastralParcel')))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\n"
    )
    peaks = []
    for count in (60_000, 240_000):
        path = tmp_path / f"{count}.gml"
        with path.open("w") as file:
            file.write(HEAD)
            for number in range(count):
                file.write(f"<wfs:member>{PARCEL.format(number=number, x=number)}</wfs:member>\n")
            file.write(FOOT)
        done = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
        )
        rows_read, peak = map(int, done.stdout.split())
        assert rows_read == count
        peaks.append(peak)
    assert peaks[1] < 1.25 * peaks[0]


def test_nils_alone_in_a_chunk_stay_nils(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One chunk shows an object, another only that there is none."""
    monkeypatch.setattr(scan, "CHUNK", 1)
    monkeypatch.setattr(cuts, "STEP", 256)
    some = parcels(2)
    identifier = (
        '<cp:inspireId><b:Identifier xmlns:b="http://inspire.ec.europa.eu/schemas/base/3.3">'
        "<b:localId>1</b:localId></b:Identifier></cp:inspireId>"
    )
    some[0] = some[0].replace("<cp:label>", f"{identifier}<cp:label>")
    some[1] = some[1].replace(
        "<cp:label>", '<cp:inspireId xsi:nil="true" nilReason="unknown"/><cp:label>'
    )
    with open_gml(written(tmp_path, document(*some))) as reading:
        found = rows(reading, "CadastralParcel")
    assert [row["inspireId"] and row["inspireId"]["localId"] for row in found] == ["1", None]
    assert found[1]["inspireId"] is None
    assert [row["inspireId@nil"] for row in found] == [None, "Unknown"]
