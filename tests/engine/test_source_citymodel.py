"""CityJSON, CityJSONSeq and CityGML as sources: the same town in three formats, and Delft."""

from __future__ import annotations

import json
import shutil
import tracemalloc
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
from lxml import etree

from commonplace.batch import GEOMETRY, Query
from commonplace.errors import LayerNotFound, MalformedAnswer, Unreachable
from commonplace.job import SourceSpec
from commonplace.sources.citygml import CityGmlSource
from commonplace.sources.cityjson import CityJsonSource
from support.citymodels import as_citygml, as_sequence, town

SCHEMA = "inspire/schemas/schemas.opengis.net/citygml/profiles/base/2.0/CityGML.xsd"


def cityjson(folder: Path, model: dict, **stated: object) -> CityJsonSource:
    path = folder / "town.city.json"
    path.write_text(json.dumps(model), encoding="utf-8")
    return CityJsonSource(SourceSpec(path=path, **stated))


def table(source, name: str, **asked: object) -> pa.Table:
    return pa.Table.from_batches(list(source.batches(source.layer(name), Query(**asked))))


def shapes(found: pa.Table):
    return shapely.from_wkb(found.column(GEOMETRY).to_numpy())


def codes(source) -> dict[str, int]:
    return {one.code: one.count for one in source.findings()}


@pytest.fixture(params=["document", "sequence", "citygml"])
def source(request, tmp_path):
    if request.param == "document":
        return cityjson(tmp_path, town())
    if request.param == "sequence":
        return CityJsonSource(SourceSpec(path=as_sequence(town(), tmp_path / "town.jsonl")))
    return CityGmlSource(SourceSpec(path=as_citygml(town(), tmp_path / "town.gml")))


def test_layers_of_types_and_levels(source):
    layers = {one.name.replace("2.2", "2"): one for one in source.layers()}
    expected = {"Building", "Building.lod0", "Building.lod2", "BuildingPart", "BuildingPart.lod2"}
    assert expected <= set(layers)
    assert layers["Building"].crs == "EPSG:28992"  # the horizontal part
    assert layers["Building.lod2"].crs == "EPSG:7415"
    assert layers["Building.lod2"].geometry_type == "MultiPolygon Z"
    assert (layers["Building"].count, layers["Building.lod2"].count) == (2, 1)
    assert layers["Building"].extent == (1000, 2000, 1030, 2008)


def test_footprints_heights_relatives(source):
    rows = table(source, "Building").to_pylist()
    house, court = rows
    assert (house["id"], house["height"], house["z_min"], house["z_max"]) == ("house", 6.5, 50, 56)
    assert (house["roof"], house["storeysAboveGround"]) == ("flat", 2)
    assert house["footprint_from"] == "lod0"
    assert shapely.from_wkb(house[GEOMETRY]).equals(shapely.box(1000, 2000, 1010, 2008))
    assert (court["height"], court["children"], court["lods"]) == (6.0, ["wing"], [])
    assert court["footprint_from"] == "ground surfaces"  # of its part
    assert shapely.from_wkb(court[GEOMETRY]).equals(shapely.box(1020, 2000, 1030, 2008))
    assert table(source, "BuildingPart").column("parents").to_pylist() == [["court"]]


def test_solids_in_space(source):
    name = next(one.name for one in source.layers() if one.name.startswith("Building.lod2"))
    solid = shapes(table(source, name))[0]
    assert shapely.get_num_geometries(solid) == 6
    assert shapely.has_z(solid)
    z = shapely.get_coordinates(solid, include_z=True)[:, 2]
    assert (z.min(), z.max()) == (50, 56)


def test_filters(source):
    assert table(source, "Building", where=(("id", "court"),)).num_rows == 1
    assert table(source, "Building", bbox=(1015, 1990, 1040, 2010)).num_rows == 1
    degrees = table(source, "Building", bbox=(0, 40, 10, 60), bbox_crs="OGC:CRS84")
    assert degrees.num_rows == 2
    assert table(source, "Building", columns=["height"], limit=1).column_names == [
        "height", GEOMETRY,
    ]  # fmt: skip
    with pytest.raises(LayerNotFound, match="Building"):
        source.layer("Buildin")


def test_templates_lines_and_textures(tmp_path):
    source = cityjson(tmp_path, town())
    tree = shapes(table(source, "SolitaryVegetationObject.lod1"))[0]
    assert tree.equals(shapely.MultiPolygon([[[(1010, 2000), (1012, 2000), (1010, 2002)], []]]))
    assert shapely.get_coordinates(tree, include_z=True)[:, 2].max() == 56
    path = table(source, "Road")
    assert shapely.length(shapes(path)).tolist() == [30]
    assert codes(source) == {"TEXTURES_IGNORED": 1}
    assert table(source, "Building").column("address").to_pylist() == ['[{"street": "Hill"}]', None]


def test_citygml_is_valid(shared, tmp_path):
    """The documents that the tests read are what the official schemas allow."""
    schema = etree.XMLSchema(file=str(shared / SCHEMA))
    document = etree.parse(str(as_citygml(town(), tmp_path / "town.gml")))
    assert schema.validate(document), schema.error_log


def test_real_delft_in_both_formats(shared, tmp_path):
    """570 objects of Delft; their footprints are those of the BGT that they were made from."""
    model = shared / "data" / "nl_delft_bgt_3d" / "delft.json"
    source = CityJsonSource(SourceSpec(path=model))
    counts = {one.name: one.count for one in source.layers() if "." not in one.name}
    assert counts == {
        "Bridge": 3, "Building": 160, "LandUse": 81, "PlantCover": 126, "WaterBody": 3,
        "Road": 143, "GenericCityObject": 54,
    }  # fmt: skip
    found = table(source, "Building")
    footprints = shapes(found)
    assert shapely.is_valid(footprints).all()
    assert pa.compute.all(pa.compute.greater(found.column("height"), 0)).as_py()

    official = tmp_path / "pand.sqlite"
    shutil.copy(model.parent / "bgt_pand.sqlite", official)
    _, _, wkb, (ids,) = pyogrio.raw.read(official, columns=["gml_id"])
    drawn = dict(zip(ids, shapely.from_wkb(wkb), strict=True))
    pairs = [
        (mine, drawn[key])
        for key, mine in zip(found.column("id").to_pylist(), footprints, strict=True)
        if key in drawn
    ]
    assert len(pairs) == 160
    mine, theirs = np.array(pairs, dtype=object).T
    alike = shapely.area(shapely.intersection(mine, theirs)) / shapely.area(
        shapely.union(mine, theirs)
    )
    assert alike.min() > 0.99

    text = json.loads(model.read_text())
    gml = CityGmlSource(SourceSpec(path=as_citygml(text, tmp_path / "delft.gml")))
    again = table(gml, "Building")
    assert again.column("id").to_pylist() == found.column("id").to_pylist()
    assert shapely.equals_exact(
        shapely.normalize(shapes(again)), shapely.normalize(footprints), 2e-3
    ).all()
    assert gml.layer("Building.lod1").crs == "EPSG:7415"


@pytest.mark.parametrize("kind", ["sequence", "citygml"])
def test_many_features_in_bounded_memory(tmp_path, monkeypatch, kind):
    """Four times the features take no more memory: chunks go as they come."""
    monkeypatch.setattr("commonplace.sources.citygml.CHUNK_OBJECTS", 100)
    monkeypatch.setattr("commonplace.sources.cityjson.CHUNK_BYTES", 40_000)

    def peak(copies: int) -> int:
        model = town()
        house = model["CityObjects"]["house"]
        model["CityObjects"] = {f"h{number}": house for number in range(copies)}
        if kind == "sequence":
            path = as_sequence(model, tmp_path / f"{copies}.jsonl")
            source = CityJsonSource(SourceSpec(path=path))
        else:
            path = as_citygml(model, tmp_path / f"{copies}.gml")
            source = CityGmlSource(SourceSpec(path=path))
        layer = source.layer("Building")
        tracemalloc.start()
        assert sum(one.num_rows for one in source.batches(layer, Query())) == copies
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(800) < 1.5 * peak(200)


def boundaries(model):
    return model["CityObjects"]["house"]["geometry"][1]["boundaries"][0][0][0]


def solid(model):
    return model["CityObjects"]["house"]["geometry"][1]


def tree(model):
    return model["CityObjects"]["oak"]["geometry"][0]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda m: boundaries(m).append(99), "SURFACE_BROKEN"),
        (lambda m: boundaries(m).clear(), "SURFACE_BROKEN"),
        (lambda m: solid(m).update(type="Blob"), "GEOMETRY_UNREADABLE"),
        (lambda m: tree(m).update(template=9), "GEOMETRY_UNREADABLE"),
        (lambda m: m.update(version="7.0"), "CITYJSON_VERSION"),
        (lambda m: m["metadata"].update(referenceSystem="nonsense"), "CRS_UNKNOWN"),
    ],
)  # fmt: skip
def test_oddities_are_findings(tmp_path, edit, code):
    model = town()
    edit(model)
    source = cityjson(tmp_path, model)
    for layer in source.layers():
        list(source.batches(layer, Query()))
    assert code in codes(source)
    assert table(source, "Building").num_rows == 2


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "CityJSON"',
        '{"type": "Feature"}',
        "[]",
        '{"type": "CityJSON", "vertices": [[1]], "CityObjects": {"a": {}}}',
    ],
)
def test_what_is_no_cityjson_is_refused(tmp_path, text):
    path = tmp_path / "x.json"
    path.write_text(text)
    with pytest.raises(MalformedAnswer):
        CityJsonSource(SourceSpec(path=path)).layers()
    with pytest.raises(Unreachable):
        CityJsonSource(SourceSpec(path=tmp_path / "nothing.json")).layers()


def test_germanys_names_of_systems(tmp_path):
    path = as_citygml(town(), tmp_path / "t.gml", srs="urn:adv:crs:ETRS89_UTM32*DE_DHHN2016_NH")
    assert CityGmlSource(SourceSpec(path=path)).layer("Building").crs == "EPSG:25832"


def test_northing_first_is_swapped(tmp_path):
    path = as_citygml(town(), tmp_path / "t.gml", srs="urn:ogc:def:crs:EPSG::4979")
    layer = CityGmlSource(SourceSpec(path=path)).layer("Building.lod2")
    assert layer.extent == (2000, 1000, 2008, 1030)


def test_broken_off_and_foreign_xml(tmp_path):
    path = as_citygml(town(), tmp_path / "t.gml")
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(MalformedAnswer):
        CityGmlSource(SourceSpec(path=path)).layers()
    path.write_text("<a/>")
    with pytest.raises(MalformedAnswer):
        CityGmlSource(SourceSpec(path=path)).layers()


def test_no_entities_no_files(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    path = as_citygml(town(), tmp_path / "t.gml")
    text = path.read_text()
    head, rest = text.split("\n", 1)
    path.write_text(
        f'{head}\n<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>\n'
        + rest.replace(">flat<", ">&e;<")
    )
    source = CityGmlSource(SourceSpec(path=path))
    assert "hidden" not in str(table(source, "Building").to_pylist())


def test_an_unresolved_reference_is_a_finding(tmp_path):
    path = as_citygml(town(), tmp_path / "t.gml")
    path.write_text(path.read_text().replace('"#house_1_5"', '"#elsewhere"'))
    source = CityGmlSource(SourceSpec(path=path))
    assert shapely.get_num_geometries(shapes(table(source, "Building.lod2")))[0] == 5
    assert codes(source)["XLINK_UNRESOLVED"] >= 1


def test_rings_that_are_no_numbers(tmp_path):
    path = as_citygml(town(), tmp_path / "t.gml")
    text = path.read_text()
    at = text.index("<gml:posList>", text.index("house_1_1")) + len("<gml:posList>")
    path.write_text(text[:at] + "north " + text[text.index(" ", at) :])
    source = CityGmlSource(SourceSpec(path=path))
    assert shapely.get_num_geometries(shapes(table(source, "Building.lod2")))[0] == 5
    found = codes(source)
    assert (found["GEOMETRY_UNREADABLE"], found["SURFACE_BROKEN"]) == (1, 1)
    assert table(source, "Building").column("z_max").to_pylist() == [56, 56]


def test_rings_of_two_dimensions_and_single_positions(tmp_path):
    path = as_citygml(town(), tmp_path / "t.gml")
    text = path.read_text()
    at = text.index("<gml:posList>")
    end = text.index("</gml:posList>", at)
    flat = "1 2 1 5 6 5 6 2 1 2"
    path.write_text(text[:at] + f'<gml:posList srsDimension="2">{flat}' + text[end:])
    found = CityGmlSource(SourceSpec(path=path))
    assert shapes(table(found, "Building.lod0"))[0].equals(
        shapely.MultiPolygon([shapely.box(1, 2, 6, 5)])
    )
    single = "".join(f"<gml:pos>{one} 7</gml:pos>" for one in ("1 2", "1 5", "6 5", "1 2"))
    path.write_text(text[:at] + single + text[end + len("</gml:posList>") :])
    found = CityGmlSource(SourceSpec(path=path))
    assert shapely.area(shapes(table(found, "Building.lod0"))[0]) == 7.5


TERRAIN = """<cityObjectMember><ReliefFeature xmlns="http://www.opengis.net/citygml/relief/2.0"
 gml:id="r"><lod>2</lod><reliefComponent><TINRelief gml:id="t"><lod>2</lod><tin>
<gml:TriangulatedSurface><gml:trianglePatches><gml:Triangle><gml:exterior><gml:LinearRing><gml:posList>
0 0 1 4 0 2 0 4 3 0 0 1</gml:posList></gml:LinearRing></gml:exterior></gml:Triangle>
</gml:trianglePatches></gml:TriangulatedSurface></tin></TINRelief></reliefComponent></ReliefFeature>
</cityObjectMember>"""
TREE = """<cityObjectMember><v:SolitaryVegetationObject gml:id="oak"
 xmlns:v="http://www.opengis.net/citygml/vegetation/2.0"><v:height uom="m">9.5</v:height>
<v:lod1ImplicitRepresentation><ImplicitGeometry><referencePoint><gml:Point><gml:pos>7 8 9</gml:pos>
</gml:Point></referencePoint></ImplicitGeometry></v:lod1ImplicitRepresentation>
</v:SolitaryVegetationObject></cityObjectMember>"""
ROAD = """<cityObjectMember><t:Road gml:id="way"
 xmlns:t="http://www.opengis.net/citygml/transportation/2.0"><t:lod0Network><gml:CompositeCurve>
<gml:curveMember><gml:LineString><gml:posList>0 0 1 3 4 1</gml:posList></gml:LineString>
</gml:curveMember></gml:CompositeCurve></t:lod0Network></t:Road></cityObjectMember>"""


def test_terrain_templates_and_networks(tmp_path):
    path = as_citygml(town(), tmp_path / "t.gml")
    text = path.read_text().replace("</CityModel>", f"{TERRAIN}{TREE}{ROAD}</CityModel>")
    path.write_text(text)
    source = CityGmlSource(SourceSpec(path=path))
    relief = table(source, "TINRelief.lod2")
    assert shapely.area(shapes(relief)).tolist() == [8]
    assert relief.column("parents").to_pylist() == [["r"]]
    assert table(source, "ReliefFeature").column("z_max").to_pylist() == [3]
    tree = table(source, "SolitaryVegetationObject")
    assert shapes(tree)[0].equals(shapely.MultiPoint([(7, 8)]))
    assert tree.column("height").to_pylist() == [9.5]
    assert shapely.length(shapes(table(source, "Road"))).tolist() == [5]
    assert codes(source) == {"GEOMETRY_SKIPPED": 1}  # the template itself
