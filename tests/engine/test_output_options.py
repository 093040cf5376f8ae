"""Options of single encodings: in a job, and on the command line of convert."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from commonplace.convert import convert
from commonplace.errors import DocumentError
from commonplace.job import OptionsSpec
from commonplace.jobreading import parse_job, parse_options
from commonplace.package import verify
from commonplace.pipeline import run
from commonplace.validation import validate
from support.converting import features
from support.mapping import ADDRESSES

ROWS = [
    {
        "type": "Feature",
        "properties": {"id": f"a{number}", "street": f"Lane {number % 2}"},
        "geometry": {"type": "Point", "coordinates": [7 + number / 100, 50]},
    }
    for number in range(7)
]
JOB = """
title: Town
licence: CC0-1.0
attribution: nobody
sources: {town: {path: town.geojson}}
datasets: [{mapping: mapping.yaml, source: town, name: town}]
crs: {target: EPSG:25832}
output:
  folder: package
  formats: [gml, geojson, csv]
  options:
    gml: {collection: gml, split: {features: 4}}
    csv: {geometry: wkt}
    geojson: {profile: plain}
"""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("options")
    collection = {"type": "FeatureCollection", "features": ROWS}
    (folder / "town.geojson").write_text(json.dumps(collection))
    (folder / "mapping.yaml").write_text(ADDRESSES)
    run(parse_job(JOB, folder))
    return folder / "package"


def test_a_job_splits_its_documents(
    package: Path, validate_gml: Callable[[Path], list[str]]
) -> None:
    paths = sorted((package / "data").glob("*.gml"))
    assert [path.name for path in paths] == ["town_01.gml", "town_02.gml", "town_03.gml"]
    assert verify(package) == []
    roots = {etree.QName(etree.parse(path).getroot()).localname for path in paths}
    assert roots == {"FeatureCollection"}
    assert b"<gml:featureMember>" in paths[0].read_bytes()
    assert [validate_gml(path) for path in paths] == [[], [], []]


def test_a_split_package_is_one_data_set(package: Path, tmp_path: Path) -> None:
    report = convert(package, tmp_path / "one.gml")
    assert report.outputs[0].counts == {"Address": 7, "ThoroughfareName": 2}
    found = features(tmp_path / "one.gml")
    targets = {item[1] for row in found.values() for item in row.get("component", ())}
    assert {target.removeprefix("#") for target in targets} <= set(found)


def test_references_between_documents_are_checked(package: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(package / "data", folder)
    for other in (*folder.glob("*.csv"), *folder.glob("*.geojson")):
        other.unlink()
    sound = validate([folder]).findings.codes()
    assert not any(code.startswith("REFERENCE") for code in sound)
    first = folder / "town_01.gml"
    text = first.read_text()
    assert text.count('"town_03.gml#ThoroughfareName.') == 2
    first.write_text(text.replace("#ThoroughfareName.Lane", "#ThoroughfareName.Road", 1))
    assert "REFERENCE_DANGLING" in validate([folder]).findings.codes()
    first.write_text(text.replace("town_03.gml#", "town_02.gml#Address.", 1))
    assert "REFERENCE_DANGLING" in validate([folder]).findings.codes()
    first.write_text(text.replace("town_03.gml#", "town_04.gml#"))
    counts = {one.code: n for one, n, _ in validate([folder]).findings.grouped()}
    assert counts["REFERENCE_NOT_FOLLOWED"] == 2


def test_plain_geojson_is_rfc_7946_alone(package: Path) -> None:
    collection = json.loads((package / "data" / "town_Address.geojson").read_text())
    assert collection.keys() == {"type", "bbox", "features"}
    first = collection["features"][0]
    assert first["geometry"]["coordinates"] == pytest.approx([7, 50], abs=1e-7)
    assert not any(name.endswith("_href") for name in first["properties"])
    assert first["properties"]["status"] == "current"


def test_points_as_wkt(package: Path) -> None:
    with (package / "data" / "town_Address.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["WKT"].startswith("POINT (")
    assert "x" not in rows[0]


REFUSED = [
    ({"gml.split.feature": "3"}, "$.gml.split"),
    ({"gml.collection": "wms"}, "$.gml.collection"),
    ({"gml.split.features": "0"}, "$.gml.split"),
    ({"gml.split.features": "3", "gml.split.size_mb": "1"}, "$.gml.split"),
    ({"gml.split.features": "x"}, "$.gml.split.features"),
    ({"shapefile.encoding": "x"}, "$"),
]


@pytest.mark.parametrize(("settings", "path"), REFUSED)
def test_refused(settings: dict[str, str], path: str) -> None:
    with pytest.raises(DocumentError) as refused:
        parse_options(settings)
    assert [problem.path for problem in refused.value.problems] == [path]
    text = JOB.replace("features: 4", "features: -4")
    with pytest.raises(DocumentError):
        parse_job(text, Path())


def test_defaults_are_no_options() -> None:
    assert OptionsSpec().flat() == {}
    stated: dict[str, Any] = parse_options({"gml.split.size_mb": "50"}).flat()
    assert stated == {"gml.split.size_mb": "50.0"}
