"""MIM7 reports of real targets: what passes the old tests and fails ours, and why."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import geopandas as gpd
import httpx
import numpy as np
import pyarrow as pa
import pytest
import shapely
from click.testing import CliRunner
from lxml import html

from commonplace.cli import cli
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.jobreading import parse_job
from commonplace.mim7.identifiers import change, id_column, id_report
from commonplace.mim7.requirements import requirements
from commonplace.package import verify
from commonplace.pipeline import run
from servers.broker import Broker, serve
from servers.geoapi import Served, serve_pygeoapi
from servers.loopback import App, serving
from servers.wfs import ROOT, Wfs
from support.mapping import ADDRESSES

JOB = """
title: Town
licence: CC0-1.0
attribution: nobody
as_of: 2026-01-01
sources: {town: {path: town.geojson}}
datasets: [{mapping: mapping.yaml, source: town, name: town}]
crs: {target: EPSG:25832}
output: {folder: package, formats: [FORMATS], replace: true}
"""
CODES = ["k7", "k2", "k9", "k4", "k11"]


def made(folder: Path, formats: str = "gml, gpkg", codes: list[str] | None = None) -> Path:
    """A package of a small job."""
    rows = [
        {
            "type": "Feature",
            "properties": {"id": code, "street": "Lane"},
            "geometry": {"type": "Point", "coordinates": [7 + number / 100, 50]},
        }
        for number, code in enumerate(codes or CODES)
    ]
    folder.mkdir(exist_ok=True)
    (folder / "town.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": rows})
    )
    (folder / "mapping.yaml").write_text(ADDRESSES)
    run(parse_job(JOB.replace("FORMATS", formats), folder))
    return folder / "package"


def told(*arguments: object) -> dict[str, Any]:
    """What the command prints."""
    result = CliRunner().invoke(cli, ["mim7", *map(str, arguments), "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


def verdicts(report: dict[str, Any]) -> dict[str, str]:
    return {one["id"]: one["verdict"] for one in report["requirements"]}


def old(report: dict[str, Any]) -> dict[str, bool | None]:
    return {one["requirement"]: one["passes"] for one in report["old_tests"]["tests"]}


def geopackage(path: Path, ids: list[Any], crs: str = "EPSG:25832", column: str = "id") -> Path:
    """A foreign GeoPackage near Cologne (EPSG:25832)."""
    points = shapely.points(356_000.0 + np.arange(len(ids)) * 10, 5_645_000.0)
    gpd.GeoDataFrame({column: ids}, geometry=points, crs=crs).to_file(path, layer="trees")
    return path


def random_ids(seed: int) -> list[str]:
    numbers = np.random.default_rng(seed).bytes(16 * 6)
    return [str(UUID(bytes=numbers[at : at + 16], version=4)) for at in range(0, 96, 16)]


# --- a package ---


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("mim7") / "one")


def test_a_row_a_requirement_with_evidence_that_is_there(package: Path) -> None:
    report = told(package)
    assert [one["id"] for one in report["requirements"]] == [one.id for one in requirements()]
    assert len(requirements()) == 19
    for row in report["requirements"]:
        assert row["evidence"], row
        for link in row["evidence"]:
            name, _, pointer = link.partition("#")
            document = json.loads((package / name).read_text()) if "#" in link and name else report
            if "#" in link:
                _follow(document, pointer)
            else:
                assert (package / name).is_file(), link


def _follow(document: Any, pointer: str) -> None:
    """A JSON pointer (RFC 6901) that leads somewhere."""
    for step in pointer.strip("/").split("/"):
        document = document[int(step)] if isinstance(document, list) else document[step]


def test_a_package_of_ours(package: Path) -> None:
    found = verdicts(told(package))
    passed = {"V5-R2", "V5-Rec2", "R2.1", "R3.1", "R5.1", "P1", "P3", "P4", "P5", "P7", "P8", "P10"}
    assert {one for one, verdict in found.items() if verdict == "pass"} >= passed
    assert found["V5-R1"] == found["R1.1"] == found["P9"] == "not applicable"
    assert found["R4.1"] == found["P2"] == "cannot check"
    assert "fail" not in found.values()


def test_a_package_carries_its_report(package: Path, tmp_path: Path) -> None:
    assert verify(package) == []
    inside = json.loads((package / "mim7.json").read_text())
    assert inside["kind"] == "commonplace-mim7"
    assert verdicts(inside)["V5-R2"] == "pass"
    assert verdicts(inside)["P4"] == "cannot check"  # nothing is validated during a run
    again = made(tmp_path / "one")
    for name in ("mim7.json", "mim7.html"):
        assert (package / name).read_bytes() == (again / name).read_bytes()


@pytest.mark.parametrize("name", ["gml", "geoparquet", "flatgeobuf", "csv", "ngsild"])
def test_ids_from_every_encoding(tmp_path: Path, name: str) -> None:
    inside = json.loads((made(tmp_path / "one", name) / "mim7.json").read_text())
    layer = inside["evidence"]["layers"][0]
    assert layer["rows"] == len(CODES)
    examples = layer["ids"]["examples"]
    assert {code for code in CODES for one in examples if one.endswith(code)} == set(CODES)


def test_against_the_package_before(package: Path, tmp_path: Path) -> None:
    same = told(package, "--previous", package)
    assert verdicts(same)["R4.1"] == verdicts(same)["P2"] == "pass"
    changed = made(tmp_path / "two", codes=["k7", "k2", "k9", "k4", "renamed"])
    report = told(changed, "--previous", package)
    layer = report["evidence"]["comparison"]["layers"][0]
    counts = [layer[one] for one in ("kept", "new", "gone", "renamed", "moved")]
    assert counts == [4, 1, 1, 1, 0]
    assert verdicts(report)["R4.1"] == "fail"


@pytest.mark.parametrize("name", ["report.json", "data/town.gpkg"])
def test_a_package_without_a_file(package: Path, tmp_path: Path, name: str) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    (copy / name).unlink()
    result = CliRunner().invoke(cli, ["mim7", str(copy)])
    assert isinstance(result.exception, SourceError)
    assert Path(name).name in result.exception.message


def test_a_package_with_a_changed_file(package: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(package, copy)
    with (copy / "data" / "town.gml").open("a") as file:
        file.write("\n")
    assert verdicts(told(copy))["P7"] == "fail"
    (copy / "data" / "town.gpkg").write_bytes(b"no")
    result = CliRunner().invoke(cli, ["mim7", str(copy)])
    assert isinstance(result.exception, MalformedAnswer)


# --- foreign files ---


def test_random_ids_pass_the_old_tests_and_fail_ours(tmp_path: Path) -> None:
    """Ids made anew at each export: the old test calls them persistent."""
    (tmp_path / "before").mkdir()
    before = geopackage(tmp_path / "before" / "trees.gpkg", random_ids(1))
    after = geopackage(tmp_path / "trees.gpkg", random_ids(2))
    report = told(after, "--previous", before)
    assert old(report) == {"R1": None, "R2": True, "R3": True, "R5": True}
    assert verdicts(report)["V5-R2"] == "pass"
    assert verdicts(report)["R4.1"] == "fail"
    assert report["evidence"]["comparison"]["layers"][0]["renamed"] == 6
    assert verdicts(told(after))["R4.1"] == "cannot check"


def test_the_old_verdict_is_what_a_data_frame_says(tmp_path: Path) -> None:
    index = gpd.read_file(geopackage(tmp_path / "trees.gpkg", ["a", "a", "a"])).index
    assert index.is_unique
    assert index.is_monotonic_increasing
    report = told(tmp_path / "trees.gpkg")
    assert old(report)["R3"] is True
    assert verdicts(report)["V5-R2"] == "fail"


@pytest.mark.parametrize(
    ("ids", "column"),
    [
        ([1, 2, 3, 4], "id"),
        (["tree.0", "tree.1", "tree.2"], "id"),
        ([9, 5, 7], "objectid"),
        (["a", None, "b"], "id"),
        (["a", "b"], "species"),
    ],
)
def test_ids_that_are_none(tmp_path: Path, ids: list[Any], column: str) -> None:
    report = told(geopackage(tmp_path / "trees.gpkg", ids, column=column))
    assert old(report)["R3"] is True
    assert verdicts(report)["V5-R2"] == verdicts(report)["P2"] == "fail"


def test_a_wrong_crs(tmp_path: Path) -> None:
    report = told(geopackage(tmp_path / "trees.gpkg", ["q", "z", "m"], "EPSG:3067"))
    assert old(report)["R2"] is True
    assert verdicts(report)["R5.1"] == verdicts(report)["P3"] == "fail"
    assert report["evidence"]["layers"][0]["crs_finding"].startswith("CRS_OUTSIDE_AREA")
    right = told(geopackage(tmp_path / "right.gpkg", ["q", "z", "m"]))
    assert verdicts(right)["R5.1"] == "pass"


def test_a_file_that_is_no_geopackage(tmp_path: Path) -> None:
    (tmp_path / "trees.gpkg").write_bytes(b"no")
    assert CliRunner().invoke(cli, ["mim7", str(tmp_path / "trees.gpkg")]).exit_code != 0


def test_inspire_gml(shared: Path, tmp_path: Path) -> None:
    path = tmp_path / "building.gml"
    shutil.copyfile(shared / "inspire" / "samples" / "made" / "bu2d_minimal_valid.gml", path)
    report = told(path, "--schemas", shared / "inspire" / "schemas")
    found = verdicts(report)
    assert report["evidence"]["layers"][0]["model"] == "bu-core2d/4.0"
    assert report["evidence"]["files"][0]["validator"].endswith("XSDs: valid")
    assert [found[one] for one in ("V5-R2", "R2.1", "R3.1", "R5.1")] == ["pass"] * 4
    assert old(report)["R2"] is None


# --- endpoints ---


@pytest.fixture(scope="module")
def pygeoapi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pygeoapi")
    features = [
        {
            "type": "Feature",
            "id": f"h-{number * 7 % 250}",
            "properties": {"key": f"h-{number * 7 % 250}"},
            "geometry": {"type": "Point", "coordinates": [24 + number / 1000, 57]},
        }
        for number in range(250)
    ]
    path = folder / "houses.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with serve_pygeoapi(folder, {"houses": Served(path, (24, 56, 25, 58))}) as url:
        yield url


def test_an_ogc_api(pygeoapi: str) -> None:
    report = told(pygeoapi)
    found = verdicts(report)
    assert found["V5-R1"] == found["R1.1"] == found["V5-R2"] == found["R5.1"] == "pass"
    assert found["P9"] == "fail"  # http
    assert old(report) == {"R1": True}
    (layer,) = report["evidence"]["layers"]
    assert (layer["rows"], layer["count"]) == (250, 250)
    assert layer["pages"] >= 3  # of 100
    assert any("ogcapi-features-1" in one for one in report["evidence"]["service"]["conformance"])


def test_a_part_proves_nothing_of_the_whole(pygeoapi: str) -> None:
    assert verdicts(told(pygeoapi, "--rows", 20))["V5-R2"] == "cannot check"


def test_a_broker() -> None:
    broker = Broker()
    point = {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [24, 57]}}
    broker.load(
        [
            {"id": f"urn:ngsi-ld:Building:x{number * 3 % 7}", "type": "Building", "location": point}
            for number in range(7)
        ]
    )
    with serve(broker) as url:
        report = told(url, "--kind", "ngsild")
    found = verdicts(report)
    assert found["V5-R1"] == "fail"
    assert found["R1.1"] == found["V5-R2"] == found["R5.1"] == "pass"
    assert old(report) == {"R1": False}
    assert report["evidence"]["layers"][0]["ids"]["form"] == "urn"
    assert report["evidence"]["layers"][0]["model"] == "sdm/Building"


def at_home(service: Wfs) -> App:
    """A stand-in that names the address it is asked at."""

    def app(request: httpx.Request) -> httpx.Response:
        answer = service(request)
        own = f"http://{request.url.netloc.decode()}/wfs"
        headers = {"content-type": answer.headers["content-type"]}
        return httpx.Response(
            answer.status_code, headers=headers, text=answer.text.replace(ROOT, own)
        )

    return app


def test_a_wfs() -> None:
    with serving(at_home(Wfs([7, 3, 9, 4]))) as url:
        report = told(f"{url}/wfs")
    found = verdicts(report)
    assert report["target_kind"] == "wfs"
    assert found["V5-R1"] == found["V5-R2"] == found["V5-Rec2"] == "pass"
    assert found["V5-Rec1"] == "cannot check"
    assert old(report) == {"R1": True}


def test_a_wfs_whose_pages_are_all_the_first() -> None:
    """It ignores startIndex, so that nothing comes behind the first page."""
    service = Wfs(list(range(250)), most=100, pages=False, links="")
    with serving(at_home(service)) as url:
        report = told(f"{url}/wfs", "--kind", "wfs")
    assert old(report) == {"R1": True}
    assert verdicts(report)["V5-R1"] == "fail"


def test_a_wfs_that_lists_a_layer_and_delivers_nothing() -> None:
    with serving(at_home(Wfs([]))) as url:
        report = told(f"{url}/wfs")
    assert old(report) == {"R1": True}
    assert verdicts(report)["V5-R1"] == verdicts(report)["R1.1"] == "fail"


def hollow(request: httpx.Request) -> httpx.Response:
    """An OGC API that conforms by its own word; its items are not there."""
    root = f"http://{request.url.netloc.decode()}"
    items = f"{root}/collections/trees/items"
    tree = {
        "id": "trees",
        "links": [{"rel": "items", "href": items, "type": "application/geo+json"}],
    }
    answers: dict[str, Any] = {
        "/": {"links": [{"rel": "data", "href": f"{root}/collections"}]},
        "/conformance": {
            "conformsTo": ["http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core"]
        },
        "/collections": {"collections": [tree], "links": []},
        "/collections/trees": tree,
    }
    found = answers.get(request.url.path)
    return httpx.Response(404 if found is None else 200, json=found or {"title": "not here"})


def test_an_api_whose_items_are_not_there() -> None:
    with serving(hollow) as url:
        report = told(url)
    assert old(report) == {"R1": True}
    assert verdicts(report)["V5-R1"] == verdicts(report)["R1.1"] == "fail"
    assert report["evidence"]["service"]["problem"]


# --- ids by themselves ---


def test_hosts_in_ids() -> None:
    ids = [
        "http://localhost/a",
        "http://10.0.0.7/b",
        "https://gis.town.example:8443/c",
        "https://own.example/d",
        "https://data.town.example/e",
    ]
    report = id_report("uri", pa.chunked_array([ids]), "own.example")
    assert report.hosts == (
        "10.0.0.7",
        "gis.town.example:8443",
        "localhost",
        "own.example",
    )
    assert report.form == "uri"


def test_the_column_that_holds_ids() -> None:
    assert id_column(["fid", "name", "gml_id", "id"]) == "gml_id"
    assert id_column(["fid", "tree_id"]) == "tree_id"
    assert id_column(["name"]) is None
    assert id_column(["name", "code"], "code") == "code"


def test_ids_used_again_are_seen() -> None:
    before = pa.table({"id": ["a", "b", "c"], "geometry": [b"1", b"2", b"3"]})
    after = pa.table({"id": ["a", "b", "c", "c"], "geometry": [b"1", b"9", b"8", b"3"]})
    found = change("trees", before, after)
    assert (found.kept, found.new, found.gone, found.renamed, found.moved) == (3, 0, 0, 0, 2)


def test_a_page_with_links_that_lead_somewhere(package: Path, tmp_path: Path) -> None:
    page = tmp_path / "mim7.html"
    told(package, "--html", page)
    root = html.fromstring(page.read_bytes())
    anchors = {one.get("id") for one in root.iter() if one.get("id")}
    links = [one.get("href") for one in root.iter("a")]
    assert any("report.json" in one for one in links)
    for link in links:
        if link.startswith("#"):
            assert link[1:] in anchors, link
        else:
            assert (tmp_path / link.partition("#")[0]).is_file(), link
    badges = [one.text for one in root.iter("span") if "badge" in one.get("class", "").split()]
    assert "cannot check" in badges
