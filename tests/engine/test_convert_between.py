"""Between any two encodings of the model: what each holds comes back, value by value."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest

from commonplace.convert import convert
from commonplace.errors import (
    CrsUnknown,
    DocumentError,
    MalformedAnswer,
    OutputError,
    SourceError,
    Unreachable,
)
from commonplace.formats import FORMATS
from commonplace.job import SourceSpec
from commonplace.jobreading import parse_job
from commonplace.pipeline import run
from commonplace.report import Report
from commonplace.sources import open_source
from support.converting import OF_NAMES, features, without
from support.gml_text import PARCEL, document

SAMPLES = {  # what flat columns leave out: code spaces, references to what no feature is
    "010-cp-passed.xml": set(),
    "014-gn3-passed.xml": {"codeSpace", *OF_NAMES},
    "019-tn-ro-passed.xml": {"codeSpace", "inNetwork", "link", *OF_NAMES},
}
TYPES = {"014-gn3-passed.xml": "NamedPlace"}
FLAT = ("gpkg", "geoparquet", "jsonfg", "geojson", "flatgeobuf", "csv")
ONE_GEOMETRY = {"flatgeobuf": {"referencePoint"}, "csv": {"referencePoint"}}
IN_DEGREES = {  # what isn't in the CRS of the others
    "geojson": {"geometry", "referencePoint", "centrelineGeometry"},
    "jsonfg": {"referencePoint"},
}


def through(source: Path, folder: Path, encoding: str, name: str) -> Path:
    """A document, converted to an encoding and back from all its files."""
    files = folder / encoding
    files.mkdir(parents=True)
    convert(source, files / f"a{FORMATS[encoding].suffix}", to=encoding, workers=1)
    crs = "EPSG:25830" if encoding == "csv" else None  # what a CSV doesn't say
    only = TYPES.get(name) if encoding == "csv" else None
    convert(files, folder / f"{encoding}.gml", crs=crs, feature_type=only, workers=1)
    return folder / f"{encoding}.gml"


@pytest.mark.parametrize("encoding", FLAT)
@pytest.mark.parametrize("name", SAMPLES)
def test_back_from_every_encoding(shared: Path, tmp_path: Path, name: str, encoding: str) -> None:
    source = shared / "data" / "ets_inspire_gml" / name
    once = through(source, tmp_path, encoding, name)
    before, after = features(source), features(once)
    assert before.keys() == after.keys()
    lost = SAMPLES[name] | ONE_GEOMETRY.get(encoding, set()) | IN_DEGREES.get(encoding, set())
    assert without(before, lost) == without(after, lost)
    twice = features(through(once, tmp_path / "again", encoding, name))
    drawn = SAMPLES[name] | {"referencePoint"}
    assert without(twice, drawn) == without(after, drawn)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


# -- packages and folders ----------------------------------------------------------------

TOWN = """{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"a","use":"residential"},"geometry":
 {"type":"Polygon","coordinates":[[[7,50],[7.001,50],[7.001,50.001],[7,50]]]}},
{"type":"Feature","properties":{"id":"b","use":null},"geometry":
 {"type":"Polygon","coordinates":[[[7.01,50],[7.011,50],[7.011,50.001],[7.01,50]]]}}]}"""
MAPPING = """
target: {schema: bu-core2d/4.0, namespace: XX.EXAMPLE.BU, language: eng}
from: {layers: [town]}
Building:
  inspireId: =id
  currentUse: {currentUse: =use, percentage: 100}
  geometry2D:
    geometry: =geometry
    referenceGeometry: true
    horizontalGeometryReference: footPrint
"""
JOB = """
title: Town
licence: CC0-1.0
attribution: nobody
sources: {town: {path: town.geojson}}
datasets: [{mapping: mapping.yaml, source: town, name: town}]
crs: {target: EPSG:25832}
as_of: 2026-01-01
output: {folder: package, formats: [gml, gpkg, geojson, jsonfg, flatgeobuf, geoparquet, csv]}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    written(folder / "town.geojson", TOWN)
    written(folder / "mapping.yaml", MAPPING)
    run(parse_job(JOB, folder))
    return folder / "package"


@pytest.mark.parametrize("encoding", ["csv", "gpkg", "geoparquet", "flatgeobuf", "jsonfg"])
def test_a_package_is_read_from_any_of_its_encodings(
    package: Path, tmp_path: Path, validate_gml: Any, encoding: str
) -> None:
    report = convert(package, tmp_path / "out.gml", source_encoding=encoding)
    assert report.outputs[0].counts == {"Building": 2}
    assert report.outputs[0].crs == "EPSG:25832"
    ours = features(next((package / "data").glob("*.gml")))
    back = features(tmp_path / "out.gml")
    assert without(ours, set()) == without(back, set())


def test_nothing_is_written_beside_what_is_read(package: Path, tmp_path: Path) -> None:
    convert(package, tmp_path / "town.gpkg")
    for name in ("town.fgb", "again.gpkg"):
        source = tmp_path / ("town.fgb" if name == "again.gpkg" else "town.gpkg")
        convert(source, tmp_path / name, feature_type="Building", overwrite=True)
        open_source(SourceSpec(path=tmp_path / name)).layers()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "again.gpkg",
        "town.fgb",
        "town.gpkg",
    ]


def test_the_best_encoding_of_a_package_is_taken(package: Path, tmp_path: Path) -> None:
    report = convert(package, tmp_path / "out.gpkg")
    assert [one["source"] for one in report.inputs] == ["town.gml"]


def test_a_file_of_a_package_is_what_the_manifest_says(package: Path, tmp_path: Path) -> None:
    source = next((package / "data").glob("*.csv"))
    report = convert(source, tmp_path / "out.gml")
    assert report.outputs[0].crs == "EPSG:25832"
    alone = shutil.copy(source, tmp_path / "town_Building.csv")
    with pytest.raises(CrsUnknown):
        convert(Path(alone), tmp_path / "alone.gml")
    shutil.copy(source, tmp_path / "nameless.csv")
    with pytest.raises(OutputError):
        convert(tmp_path / "nameless.csv", tmp_path / "n.gml", crs="EPSG:25832")
    report = convert(
        tmp_path / "nameless.csv",
        tmp_path / "n.gml",
        crs="EPSG:25832",
        feature_type="Building",
        schema="bu-core2d/4.0",
    )
    assert report.outputs[0].counts == {"Building": 2}


def test_documents_that_refer_to_each_other_are_one_data_set(tmp_path: Path) -> None:
    zoning = PARCEL.replace("CadastralParcel", "CadastralZoning").format(number=1, x=1)
    parcel = PARCEL.format(number=0, x=0).replace(
        "</cp:CadastralParcel>",
        '<cp:zoning xlink:href="b.gml#CadastralZoning.p1"/></cp:CadastralParcel>',
    )
    folder = tmp_path / "parts"
    folder.mkdir()
    written(folder / "a.gml", document(parcel))
    written(folder / "b.gml", document(zoning))
    convert(folder, tmp_path / "one.gml")
    found = features(tmp_path / "one.gml")
    assert found.keys() == {"CadastralParcel.p0", "CadastralZoning.p1"}
    reference = found["CadastralParcel.p0"]["zoning"]
    assert reference == [("value", "#CadastralZoning.p1", {})]


# -- what an encoding says, and how ------------------------------------------------------


def test_the_first_bytes_tell_the_encoding(package: Path, tmp_path: Path) -> None:
    endings = (".gml", ".geojson", ".jsonfg", ".fgb", ".parquet")
    for number, ending in enumerate(endings):
        source = next((package / "data").glob(f"*{ending}"))
        copy = tmp_path / f"{number}" / "town_Building.data"
        copy.parent.mkdir()
        shutil.copy(source, copy)
        report = convert(copy, tmp_path / f"{number}.gml")
        assert report.outputs[0].counts == {"Building": 2}, ending


def test_features_are_taken_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {
            "type": "Feature",
            "id": f"CadastralParcel.p{number}",
            "geometry": {"type": "Point", "coordinates": [7 + number / 1000, 50]},
            "properties": {
                "label": f"ä }},{{ {number}",
                "areaValue": number,
                "areaValue_uom": "m2",
            },
        }
        for number in range(300)
    ]
    head = {"type": "FeatureCollection", "name": "CadastralParcel", "features": rows}
    source = written(tmp_path / "a.geojson", json.dumps(head, indent=1, ensure_ascii=False))
    monkeypatch.setattr("commonplace.sources.flatjson._BLOCK", 1000)
    monkeypatch.setattr("commonplace.sources.flatjson.ROWS", 70)
    report = convert(source, tmp_path / "b.gml")
    assert report.findings.codes() == {"CRS84_AS_ETRS89"}
    found = features(tmp_path / "b.gml")
    assert len(found) == 300
    row = found["CadastralParcel.p299"]
    assert row["label"] == [("value", "ä },{ 299", {})]
    assert row["areaValue"] == [("value", 299.0, {"uom": "m2"})]


def test_values_of_no_such_type_are_findings(tmp_path: Path) -> None:
    text = "gml_id,areaValue,areaValue_uom,x,y\r\nCadastralParcel.1,much,m2,7,50\r\n"
    text += "CadastralParcel.2,12,m2,here,50\r\nCadastralParcel.3,12,m2,,\r\n"
    source = written(tmp_path / "t_CadastralParcel.csv", text)
    report = convert(source, tmp_path / "b.gml", crs="EPSG:4258")
    counts = {first.code: count for first, count, _ in report.findings.grouped()}
    assert counts == {"VALUE_NOT_OF_TYPE": 1, "GEOMETRY_BROKEN": 1}
    assert set(features(tmp_path / "b.gml")["CadastralParcel.1"]) == {"geometry"}


def test_geojson_of_no_type_of_the_model_keeps_its_columns(tmp_path: Path) -> None:
    source = written(tmp_path / "town.geojson", TOWN.replace('"b"', '[{"k":1},{"k":2}]'))
    convert(source, tmp_path / "out.gpkg")
    frame = pyogrio.read_dataframe(tmp_path / "out.gpkg", layer="town")
    assert list(frame["id"]) == ["a", '[{"k": 1}, {"k": 2}]']
    assert frame.crs.to_authority() == ("OGC", "CRS84")


def test_geometries_that_lie_nowhere_are_findings(shared: Path, tmp_path: Path) -> None:
    source = shared / "data" / "ets_inspire_gml" / "010-cp-passed.xml"  # metres said to be degrees
    report: Report = convert(source, tmp_path / "out.geojson")
    lost = [count for one, count, _ in report.findings.grouped() if "TRANSFORMED" in one.code]
    assert lost == [4]
    texts = [path.read_text() for path in tmp_path.glob("*.geojson")]
    assert not any("INF" in text or "Infinity" in text for text in texts)


def test_parquet_by_others(tmp_path: Path) -> None:
    table = pa.table({"label": ["x"], "zip": pa.array([[1, 2]]), "geometry": [b"no wkb"]})
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {}}}
    table = table.replace_schema_metadata({"geo": json.dumps(geo)})
    pq.write_table(table, tmp_path / "a_CadastralParcel.parquet")
    report = convert(tmp_path / "a_CadastralParcel.parquet", tmp_path / "b.geojson")
    assert report.findings.codes() == {"GEOMETRY_BROKEN", "FEATURE_WITHOUT_ID"}
    (feature,) = json.loads((tmp_path / "b.geojson").read_text())["features"]
    assert feature["properties"]["label"] == "x"


def test_refusals(package: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.gml"
    with pytest.raises(Unreachable):
        convert(tmp_path / "nothing.gml", out)
    for name, text in {
        "a.txt": "nothing",
        "b.geojson": '{"type":"FeatureCollection","features":[{"type":"Feature"',
        "c.geojson": '{"type":"FeatureCollection"}',
        "d.csv": "a,a\r\n1,2\r\n",
        "e.csv": "a,b\r\n1\r\n",
        "f.parquet": "PAR1, or not",
        "g.fgb": "fgb\x03, or not",
    }.items():
        with pytest.raises(MalformedAnswer):
            convert(written(tmp_path / name, text), out)
    latin = tmp_path / "h.csv"
    latin.write_bytes("gml_id,ä\r\n".encode("latin-1"))
    with pytest.raises(MalformedAnswer):
        convert(latin, out)
    for name in ("shapefile", "cityjson"):  # that is written, but not read here
        with pytest.raises(DocumentError):
            convert(package, out, source_encoding=name)
    (tmp_path / "empty").mkdir()
    with pytest.raises(SourceError):
        convert(tmp_path / "empty", out)
    with pytest.raises(SourceError):  # several encodings, none chosen
        convert(package / "data", out)
    assert not out.exists()


NAMED = (
    '<gn:NamedPlace gml:id="NamedPlace.1"><gml:name>short</gml:name>'
    "<gn:beginLifespanVersion>2020-01-01T00:00:00Z</gn:beginLifespanVersion>"
    "<gn:name><gn:GeographicalName><gn:language>deu</gn:language><gn:spelling>"
    "<gn:SpellingOfName><gn:text>Lindenau</gn:text></gn:SpellingOfName></gn:spelling>"
    "</gn:GeographicalName></gn:name></gn:NamedPlace>"
)


@pytest.mark.parametrize("encoding", ["gml", *FLAT])
def test_two_properties_of_one_name(tmp_path: Path, encoding: str) -> None:
    """``gml:name`` beside ``gn:name``: the standard's own is called ``gml_name``."""
    gn = ' xmlns:gn="http://inspire.ec.europa.eu/schemas/gn/4.0"'
    text = document(NAMED).replace(' xmlns:cp="', f'{gn} xmlns:cp="')
    source = written(tmp_path / "in.gml", text)
    flat = tmp_path / f"a_NamedPlace{FORMATS[encoding].suffix}"
    report = convert(source, flat, to=encoding)
    assert "PROPERTY_NAME_TAKEN" not in report.findings.codes()
    convert(flat, tmp_path / "back.gml")
    row = features(tmp_path / "back.gml")["NamedPlace.1"]
    assert row["gml_name"] == [("value", "short", {})]
    assert "Lindenau" in str(row["name"])
    back = (tmp_path / "back.gml").read_text()
    assert back.index("<gml:name>short</gml:name>") < back.index("<gn:name>")


LOCATORS = """
<ad:Address gml:id="Address.{id}"><ad:locator><ad:AddressLocator>{one}
<ad:level xlink:href="http://inspire.ec.europa.eu/codelist/LocatorLevelValue/siteLevel"/>
</ad:AddressLocator></ad:locator><ad:locator><ad:AddressLocator>{two}</ad:AddressLocator>
</ad:locator></ad:Address>"""
DESIGNATOR = """<ad:designator><ad:LocatorDesignator><ad:designator>{0}</ad:designator>
</ad:LocatorDesignator></ad:designator>"""


@pytest.mark.parametrize("encoding", ["gpkg", "geojson", "geoparquet"])
def test_lists_inside_lists_come_back(tmp_path: Path, encoding: str) -> None:
    ad = ' xmlns:ad="http://inspire.ec.europa.eu/schemas/ad/4.0"'
    some = [DESIGNATOR.format(text) for text in "1 2 3 4 5".split()]
    made = [
        LOCATORS.format(id="a", one=some[0] + some[1], two=some[2]),
        LOCATORS.format(id="b", one=some[3], two=""),
        LOCATORS.format(id="c", one="", two=some[0] + some[4] + some[1]),
    ]
    text = document(*made).replace(' xmlns:cp="', f'{ad} xmlns:cp="')
    source = written(tmp_path / "in.gml", text)
    flat = tmp_path / f"a_Address{FORMATS[encoding].suffix}"
    convert(source, flat, to=encoding)
    convert(flat, tmp_path / "back.gml")
    before, after = features(source), features(tmp_path / "back.gml")
    assert before.keys() == after.keys()
    for name, row in before.items():
        given = [item for item in row["locator"] if item[3]]  # of empty objects nothing is left
        assert [item for item in after[name]["locator"] if item[3]] == given, name


def test_flatgeobuf_without_any_geometry(shared: Path, tmp_path: Path) -> None:
    """GDAL's Arrow stream of it has nonsense where geometries are missing."""
    source = shared / "data" / "ets_inspire_gml" / "018-tn-ro-errors.xml"
    convert(source, tmp_path / "a.fgb", feature_type="RoadServiceArea")
    report = convert(tmp_path / "a.fgb", tmp_path / "b.gpkg")
    assert report.outputs[0].counts == {"RoadServiceArea": 2}
