"""The whole way in a real QGIS: layers or a job in, a package out, by the real engine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyogrio
import pytest

COUNT = 12


def report_of(folder: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return report


def written(stdout: str) -> int:
    """The algorithm's count of objects."""
    found = re.search(r"^WRITTEN:\t(\d+)$", stdout, re.MULTILINE)
    assert found, stdout
    return int(found.group(1))


def test_layers_become_a_package(
    staged: Any, form: dict[str, Any], validate_gml: Callable[[Path], list[str]]
) -> None:
    done = staged.run(**form)
    assert done.returncode == 0, done.stdout + done.stderr
    folder = Path(form["OUTPUT"])
    assert written(done.stdout) == COUNT
    assert str(folder / "report.html") in done.stdout
    assert (folder / "report.html").is_file()
    (gml,) = folder.rglob("*.gml")
    assert validate_gml(gml) == []
    (geopackage,) = folder.rglob("*.gpkg")
    info = pyogrio.read_info(geopackage, layer="Building")
    assert info["features"] == COUNT
    assert info["crs"] == "EPSG:4258"
    assert list(folder.rglob("*.geojson"))
    report = report_of(folder)
    assert report["licence"] == "CC-BY-4.0"
    assert report["attribution"] == "The town"
    assert staged.leftovers() == []


def test_a_layer_of_another_name_will_do_when_it_is_the_only_one(
    staged: Any, form: dict[str, Any], houses: Path
) -> None:
    form["LAYERS"] = str(houses.rename(houses.with_name("a b.gpkg")))
    done = staged.run(**form, FORMATS="1,2")
    assert done.returncode == 0, done.stdout + done.stderr
    assert written(done.stdout) == COUNT
    folder = Path(form["OUTPUT"])
    suffixes = {path.suffix for path in (folder / "data").rglob("*") if path.is_file()}
    assert suffixes == {".gpkg", ".geojson"}


def test_a_job_file_is_run_and_only_its_folder_replaced(
    staged: Any, form: dict[str, Any], houses: Path, mapping: Path, tmp_path: Path
) -> None:
    job = tmp_path / "job.yaml"
    job.write_text(
        "title: Houses\nlicence: CC0-1.0\nattribution: The town\n"
        "sources: {town: {path: houses.gpkg}}\n"
        "datasets: [{mapping: buildings.yaml, source: town}]\n"
        "output: {folder: elsewhere, formats: [geojson]}\n"
    )
    done = staged.run(JOB=job, OUTPUT=form["OUTPUT"])
    assert done.returncode == 0, done.stdout + done.stderr
    folder = Path(form["OUTPUT"])
    assert written(done.stdout) == COUNT
    assert report_of(folder)["licence"] == "CC0-1.0"
    assert not list(folder.rglob("*.gml"))
    assert not (tmp_path / "elsewhere").exists()


def test_filter_and_metadata_of_a_layer_count(
    staged: Any, form: dict[str, Any], houses: Path
) -> None:
    del form["LAYERS"], form["LICENCE"], form["ATTRIBUTION"]
    answer = staged.script(
        "licensed",
        parameters=form,
        layer=f"{houses}|layername=houses",
        licence="CC0-1.0",
        rights="The town",
        filter_='"floors" < 5',
    )
    assert "error" not in answer, answer
    assert answer["results"]["WRITTEN"] == 5
    folder = Path(form["OUTPUT"])
    assert report_of(folder)["licence"] == "CC0-1.0"
    (loaded,) = answer["load"].items()
    assert loaded[1] == "Building"
    assert ".gpkg" in loaded[0]


@pytest.mark.parametrize("missing", ["LICENCE", "ATTRIBUTION"])
def test_neither_licence_nor_attribution_is_made_up(
    staged: Any, form: dict[str, Any], missing: str
) -> None:
    del form[missing]
    done = staged.run(**form)
    assert done.returncode != 0
    assert "needs a licence and an attribution" in done.stdout + done.stderr
    assert not Path(form["OUTPUT"]).exists()


def test_a_wrong_mapping_is_refused_with_place_and_hint(
    staged: Any, form: dict[str, Any], mapping: Path
) -> None:
    mapping.write_text(mapping.read_text().replace("numberOfFloorsAboveGround", "numberOfFloors"))
    done = staged.run(**form)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "DOCUMENT_REFUSED" in said
    assert "$.Building.numberOfFloors" in said
    assert "numberOfFloorsAboveGround" in said
    assert not Path(form["OUTPUT"]).exists()


def test_an_existing_package_is_kept_unless_told(staged: Any, form: dict[str, Any]) -> None:
    Path(form["OUTPUT"]).mkdir()
    assert staged.run(**form, FORMATS="2").returncode == 0, "an empty folder may be taken"
    again = staged.run(**form, FORMATS="2")
    assert again.returncode != 0
    assert "OUTPUT_EXISTS" in again.stdout + again.stderr
    assert staged.run(**form, FORMATS="2", REPLACE=1).returncode == 0


def test_accuracy_that_cannot_be_reached_stops_the_run(
    staged: Any, form: dict[str, Any], houses: Path
) -> None:
    done = staged.run(**{**form, "CRS": "EPSG:27700"}, ACCURACY=0.001)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "[CRS" in said
    assert not Path(form["OUTPUT"]).exists()


def test_a_layer_the_mapping_reads_but_nobody_chose_is_named(
    staged: Any, form: dict[str, Any], houses: Path, mapping: Path
) -> None:
    mapping.write_text(mapping.read_text().replace("[houses]", "[roofs]"))
    form["LAYERS"] = [str(houses), str(_copy(houses, "walls.gpkg"))]
    done = staged.run(**form)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "roofs" in said
    assert "walls" in said


def _copy(path: Path, name: str) -> Path:
    copy = path.with_name(name)
    copy.write_bytes(path.read_bytes())
    return copy
