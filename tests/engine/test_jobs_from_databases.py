"""Whole runs: a database and a city model become packages with CityJSON in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from commonplace.jobreading import read_job
from commonplace.pipeline import run
from servers.postgis import PostgisServer, serve_postgis
from support.cityjson_rules import problems
from support.citymodels import town

JOBS = Path(__file__).parents[2] / "processing" / "jobs"
PASSWORD = "run-secret-word"
HEIGHTS = """
target: {schema: bu-core2d/4.0, namespace: XX.EXAMPLE.BU, language: eng}
from: {layers: [public.house]}
Building:
  inspireId: =name
  geometry2D: {geometry: =geometry, referenceGeometry: true, horizontalGeometryReference: footPrint}
  heightAboveGround:
    value: {value: =height, uom: m}
    heightReference: highestRoofEdge
    lowReference: lowestGroundPoint
    status: estimated
"""
SOLIDS = """
target: {schema: bu-core3d/4.0, namespace: XX.EXAMPLE.BU, language: eng}
from: {layers: [Building.lod2.2]}
Building:
  inspireId: =id
  geometry3DLoD2: {geometryMultiSurface: =geometry}
"""
JOB = """
title: Town
licence: CC0-1.0
attribution: Nobody
sources:
  base: {{url: '{url}', token_env: TOWN_PASSWORD, where: {{used: living}}}}
  model: {{path: town.json}}
datasets:
  - {{name: flat, mapping: heights.yaml, source: base}}
  - {{name: solid, mapping: solids.yaml, source: model}}
crs: {{target: EPSG:28992}}
geometry: {{keep_z: true}}
output: {{folder: package, formats: [gml, cityjson, cityjsonseq]}}
limits: {{part_rows: 100, workers: 1}}
"""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgisServer]:
    with serve_postgis(password_for=["reader"]) as running:
        running.run(
            f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}';"
            "CREATE TABLE house (id int PRIMARY KEY, name text, used text, height numeric(5, 2),"
            " outline geometry(Polygon, 28992));"
            "INSERT INTO house SELECT g, 'h' || g, CASE WHEN g % 2 = 0 THEN 'living' ELSE 'trade'"
            " END, 3 + g % 5, ST_MakeEnvelope(g % 20 * 20 + 100000, g / 20 * 20 + 450000,"
            " g % 20 * 20 + 100010, g / 20 * 20 + 450012, 28992) FROM generate_series(1, 400) g;"
            "GRANT SELECT ON house TO reader"
        )
        yield running


def test_delft_from_cityjson_to_inspire_and_back(
    shared: Path, tmp_path: Path, validate_gml: Callable[[Path], list[str]]
) -> None:
    """The ready job: 160 buildings, footprints and heights; the model that comes out is valid."""
    folder = tmp_path / "package"
    run(read_job(JOBS / "nl-delft-buildings.yaml", {"output.folder": str(folder)}))
    assert validate_gml(folder / "data" / "buildings.gml") == []
    model = json.loads((folder / "data" / "buildings.city.json").read_text(encoding="utf-8"))
    assert problems(model) == []
    given = json.loads((shared / "data" / "nl_delft_bgt_3d" / "delft.json").read_text("utf-8"))
    heights = {
        one["attributes"]["lokaalid"]: one["attributes"]["measuredHeight"]
        for one in given["CityObjects"].values()
        if one["type"] == "Building"
    }
    found = {
        one["attributes"]["inspireId_localId"]: one["attributes"]["measuredHeight"]
        for one in model["CityObjects"].values()
    }
    assert found == pytest.approx(heights)
    assert len(found) == 160


def test_a_database_and_a_model_become_a_package(server, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("TOWN_PASSWORD", PASSWORD)
    model = town(origin=(100_000.0, 450_000.0, 2.0))
    (tmp_path / "town.json").write_text(json.dumps(model), encoding="utf-8")
    (tmp_path / "heights.yaml").write_text(HEIGHTS, encoding="utf-8")
    (tmp_path / "solids.yaml").write_text(SOLIDS, encoding="utf-8")
    job = tmp_path / "job.yaml"
    job.write_text(JOB.format(url=server.url(user="reader")), encoding="utf-8")
    report = run(read_job(job))
    assert report.types["flat:Building"].written == 200
    assert report.types["solid:Building"].written == 1

    package = tmp_path / "package"
    flat = json.loads((package / "data" / "flat.city.json").read_text(encoding="utf-8"))
    assert problems(flat) == []
    assert len(flat["CityObjects"]) == 200
    kinds = {
        (geometry["lod"], geometry["type"])
        for one in flat["CityObjects"].values()
        for geometry in one["geometry"]
    }
    assert kinds == {("0", "MultiSurface"), ("1", "Solid")}
    solid = json.loads((package / "data" / "solid.city.json").read_text(encoding="utf-8"))
    assert problems(solid) == []
    (house,) = solid["CityObjects"].values()
    assert [(one["lod"], one["type"]) for one in house["geometry"]] == [("2", "Solid")]

    texts = [one.read_bytes() for one in package.rglob("*") if one.is_file()]
    assert not any(PASSWORD.encode() in one for one in texts)
    assert any(b"repeatable read" in one for one in texts)  # the report says how it was read
