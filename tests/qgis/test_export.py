"""*Export a package…*: what is decided, and the dialog in the desktop."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from commonplace import library
from commonplace.jobreading import parse_job
from commonplace.report import Silent
from commonplace.worker.delivering import tell_operations
from qgis.desktop import LONGEST_TURN, perform

GRID = "nl_nsgi_rdtrans2018.tif"
OWN = """\
PROJCRS["The town's own", BASEGEOGCRS["ETRS89", DATUM["European Terrestrial Reference System 1989",
ELLIPSOID["GRS 1980", 6378137, 298.257222101]], ID["EPSG", 4258]], CONVERSION["town",
METHOD["Transverse Mercator", ID["EPSG", 9807]],
PARAMETER["Latitude of natural origin", 0, ANGLEUNIT["degree", 0.0174532925199433]],
PARAMETER["Longitude of natural origin", 10.5, ANGLEUNIT["degree", 0.0174532925199433]],
PARAMETER["Scale factor at natural origin", 1, SCALEUNIT["unity", 1]],
PARAMETER["False easting", 100000, LENGTHUNIT["metre", 1]],
PARAMETER["False northing", 0, LENGTHUNIT["metre", 1]]],
CS[Cartesian, 2], AXIS["(E)", east], AXIS["(N)", north], LENGTHUNIT["metre", 1]]"""
JOB = """\
title: Houses
licence: CC0-1.0
attribution: The town
sources: {town: {path: houses.gpkg}}
datasets: [{mapping: buildings.yaml, source: town}]
output: {folder: by-job, formats: [geojson]}
"""


@pytest.fixture
def addresses(shared: Path, tmp_path: Path) -> str:
    """The Dutch register's addresses; copied, since GDAL writes beside what it opens."""
    shutil.copy(shared / "data" / "nl_amsterdam_bag" / "bag.gpkg", tmp_path)
    return f"{tmp_path / 'bag.gpkg'}|layername=verblijfsobjecten"


@pytest.fixture
def grids(shared: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "grids"
    folder.mkdir()
    shutil.copy(shared / "grids" / GRID, folder)
    return folder


@pytest.mark.slow
def test_layers_become_a_package(
    staged: Any, addresses: str, grids: Path, houses: Path, mapping: Path, tmp_path: Path
) -> None:
    document = tmp_path / "addresses.yaml"
    text = (library.FOLDER / "ad" / "nl-bag-addresses.yaml").read_text(encoding="utf-8")
    text = text.replace("{namespace: }", "{namespace: NL.AMSTERDAM.AD}")
    document.write_text(text.replace(", ligplaatsen, standplaatsen]", "]"))
    job = tmp_path / "job.yaml"
    job.write_text(JOB)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    told = perform(
        staged,
        "desktop_export",
        tmp_path,
        LAYER=addresses,
        MAPPING=str(document),
        JOB=str(job),
        GRIDS=str(grids),
        FOLDER=str(folder),
    )
    filled(told)
    tried(told)
    manifest = json.loads((folder / "package" / "package.json").read_text())
    assert manifest["licence"] == "CC0-1.0"
    assert told["busy"] == [False, False, True]
    assert "Cancelled" in told["cancelled"]
    assert told["left_by_cancel"] == []
    assert f"Objects: {written(folder)}" in told["done"]
    assert told["opened"] == [str(folder / "package" / "report.html")]
    assert told["buttons"] == [True, True]
    assert told["looked_at"] == str(folder / "package")
    assert told["again"] == [True, False], "to replace it must be said"
    assert "ended unexpectedly" in told["killed"]
    assert told["package_stays"]
    assert told["job_ready"]
    assert told["job_tabs"] == [True, False, True, False]
    assert "Objects: 12" in told["job_done"]
    assert list((tmp_path / "by-job" / "data").glob("*.csv"))
    assert not list((tmp_path / "by-job" / "data").glob("*.geojson"))
    assert not told["dialog_left"]
    assert told["actions_left"] == []
    assert told["turn"]["most"] < LONGEST_TURN, told["turn"]
    assert staged.leftovers() == []


def filled(told: dict[str, Any]) -> None:
    assert told["ticked"] == ["verblijfsobjecten"]
    assert "verblijfsobjecten – filtered – unsaved edits" in told["listed"]
    assert not told["ready_empty"]
    for lack in ("data/mapping", "about/attribution", "folder/folder"):
        assert lack in told["lacks"]
    assert "about/licence" not in told["lacks"], "the layer has one"
    assert "Address ← verblijfsobjecten" in told["reads"]
    ((layer, crs, accuracy, text),) = told["without_grids"]
    assert (layer, crs) == ("verblijfsobjecten", "EPSG:28992")
    assert "m" in accuracy
    assert GRID in text
    assert f"https://cdn.proj.org/{GRID}" in told["todo"]
    assert "stop" in told["demanded"][0][3]
    assert told["with_grids"][0][2] != accuracy
    assert told["with_grids"][0][3].endswith(f"{GRID}."), "by it, not without it"
    assert told["todo_with_grids"] == ""
    assert told["formats"] == ["gml", "gpkg", "geojson"]
    about = told["about"]
    assert about["title"] == "Addresses of Amsterdam"
    assert about["keywords"] == ["addresses", "homes"]
    assert (about["organisation"], about["language"]) == ("City of Amsterdam", "dut")
    assert "about/attribution" in told["lacks_filled"]
    assert told["went"]


def tried(told: dict[str, Any]) -> None:
    """A folder with other things, a file, and one that isn't there yet."""
    (other, ready), (file, ready_file), (_new, ready_new) = told["places"]
    assert "other things" in other
    assert "file" in file
    assert (ready, ready_file, ready_new) == (False, False, True)


def written(folder: Path) -> int:
    report = json.loads((folder / "package" / "report.json").read_text())
    return sum(one["written"] for one in report["types"].values())


@pytest.fixture
def places(tmp_path: Path) -> Path:
    """Folders that are there already."""
    for name in ("empty", "package", "other"):
        (tmp_path / name).mkdir()
    (tmp_path / "package" / "package.json").write_text("{}")
    (tmp_path / "other" / "notes.txt").write_text("mine")
    return tmp_path


def test_a_form_becomes_a_job_that_the_engine_takes(
    staged: Any, mapping: Path, places: Path
) -> None:
    told = staged.script("export_decisions", folder=str(places))
    assert told["lacks"] == {
        "nothing": ["layers", "mapping", "formats", "title", "licence", "attribution", "folder"],
        "whole": [],
        "no_licence": ["licence"],
        "no_crs": ["crs"],
        "grids_gone": ["grids"],
        "no_job": ["job"],
        "job": [],
    }
    new, empty, package, other, file, below = told["places"]
    assert (new, empty, package) == ([True, False], [True, False], [True, True])
    assert {tuple(one) for one in (other, file, below)} == {(False, False)}
    assert told["gaps"] == [4, 0]
    assert told["languages"] == {
        "": "ita",
        "de-AT": "ger",
        "NLD": "dut",
        "FRE": "fre",
        "es": "ita",
        "dut": "dut",
    }
    assert (told["kept"]["licence"], told["kept"]["organisation"]) == ("CC0-1.0", "Town")
    assert (told["kept"]["title"], told["kept"]["abstract"]) == ("", ""), "each data set's own"
    assert told["unreadable"]
    assert told["agreed"] == ["a", "", ""]
    assert "houses" in told["steps"][0]
    job = parse_job(told["job"], mapping.parent)
    assert (job.title, job.output.formats, job.output.zip) == ("Houses", ["gml", "csv"], True)
    assert (job.crs.target, job.crs.accuracy) == ("EPSG:4258", 0.5)
    assert job.metadata.contact.email == "data@town.example"
    assert (job.metadata.language, job.metadata.limitations) == ("ger", "none")


def test_what_the_engine_says_of_crss_is_put_into_words(staged: Any) -> None:
    request = {
        "layers": ["same", "uk", "lost", "utm", "own"],
        "crs": ["EPSG:4258", "EPSG:27700", "", "EPSG:25832", OWN],
        "extents": ["", "400000,200000,401000,201000", "", "500000,5500000,501000,5501000", ""],
        "target": "EPSG:4258",
    }
    (answer,) = tell_operations(request, Silent())
    told = staged.script("crs_advice", answer=answer, demanded=1.0)
    same, uk, lost, utm, own = told["rows"]
    assert (same["level"], utm["level"]) == ("good", "good")
    assert (uk["level"], lost["level"]) == ("bad", "bad")
    assert "3 m" in uk["accuracy"]
    assert "properties" in lost["text"]
    assert own["crs"] == "The town's own"
    name = "uk_os_OSTN15_NTv2_OSGBtoETRS.tif"
    assert uk["grids"] == [{"name": name, "address": f"https://cdn.proj.org/{name}"}]
    assert "3 cm" in uk["text"], "what the grid would bring"
    assert f'<a href="https://cdn.proj.org/{name}">' in told["todo"]
    easy = staged.script("crs_advice", answer=answer, demanded=None)
    assert easy["rows"][1]["level"] == "doubtful"
