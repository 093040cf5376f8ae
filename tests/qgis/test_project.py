"""The project in a package, opened by a real QGIS."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from commonplace.jobreading import read_job
from commonplace.package import verify
from commonplace.pipeline import run
from support.houses import write_houses, write_job
from support.qgis import run_in_qgis

HERE = Path(__file__).parent
POINT, LINE, AREA, TABLE = 0, 1, 2, 4


@dataclass(frozen=True)
class Opened:
    """What QGIS tells of a package's project."""

    package: Path
    told: dict[str, Any]
    picture: Path

    @property
    def layers(self) -> dict[str, dict[str, Any]]:
        found: dict[str, dict[str, Any]] = self.told["layers"]
        return found

    @property
    def relations(self) -> list[tuple[str, str, int]]:
        return sorted(
            (one["layer"], one["other"], one["pairs"]) for one in self.told["relations"].values()
        )


def opened(*packages: Path) -> list[Opened]:
    """What one QGIS tells of the packages' projects, one after the other."""
    home = packages[0].parent
    found = [(one, home / f"{one.name}.json", home / f"{one.name}.png") for one in packages]
    paths = [path for one, *files in found for path in (one / "project.qgs", *files)]
    printed = run_in_qgis(HERE / "open_project.py", home, *paths)
    assert all(answer.is_file() for _, answer, _ in found), printed
    return [
        Opened(package, json.loads(answer.read_text()), picture)
        for package, answer, picture in found
    ]


def made(root: Path, name: str, folder: Path) -> Path:
    package = folder / name
    job = read_job(root / "processing" / "jobs" / f"{name}.yaml", {"output.folder": str(package)})
    run(job)
    return package


@pytest.fixture(scope="module")
def jobs(root: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Opened]:
    """The projects of all ready jobs that read real data."""
    folder = tmp_path_factory.mktemp("jobs")
    names = [one.stem for one in sorted((root / "processing" / "jobs").glob("[!d]*.yaml"))]
    packages = [made(root, name, folder) for name in names]
    return dict(zip(names, opened(*packages), strict=True))


@pytest.fixture(scope="module")
def plan(jobs: dict[str, Opened]) -> Opened:
    return jobs["fr-arpaillargues-plan"]


@pytest.fixture(scope="module")
def addresses(jobs: dict[str, Opened]) -> Opened:
    return jobs["nl-amsterdam-addresses"]


def whole(found: Opened) -> None:
    """Everything is there, and opening it changed no file of the package."""
    assert found.told["read"]
    assert found.told["relative"]
    assert [name for name, one in found.layers.items() if not one["valid"]] == []
    assert all(one["features"] > 0 for one in found.layers.values())
    assert all(one["valid"] for one in found.told["relations"].values())
    drawn = [one for one in found.layers.values() if one["geometry"] != TABLE]
    assert all(one["renderer"] and one["crs"] for one in drawn)
    assert all(one["licences"] and one["rights"] and one["title"] for one in found.layers.values())
    assert verify(found.package) == []
    assert found.picture.stat().st_size > 10_000
    assert found.told["inked"] > 2_000
    assert set(found.told["tree"]) == set(found.told["ids"])


def test_every_job_makes_a_package_that_qgis_opens(jobs: dict[str, Opened]) -> None:
    assert len(jobs) >= 5
    for found in jobs.values():
        whole(found)


def test_a_plan_is_open_and_drawn(plan: Opened) -> None:
    assert plan.told["crs"] == "EPSG:4258"
    assert plan.told["title"] == "Local plan of Arpaillargues-et-Aureilhac"
    assert plan.told["groups"] == ["Planned Land Use"]
    west, south, east, north = plan.told["view"]
    assert west < 4.3387 < 4.3984 < east
    assert south < 43.97533 < 44.0224 < north
    zoning = plan.layers["Zoning element"]
    assert (zoning["features"], zoning["geometry"], zoning["symbols"]) == (90, AREA, 7)
    assert zoning["abstract"].startswith("A spatial object")
    assert zoning["keywords"] == {"keywords": ["Planned Land Use"]}
    assert zoning["aliases"] > 10


def test_a_table_of_several_kinds_is_a_layer_each(plan: Opened) -> None:
    kinds = {
        name: (one["features"], one["geometry"])
        for name, one in plan.layers.items()
        if name.startswith("Supplementary")
    }
    assert kinds == {
        "Supplementary regulation (points)": (93, POINT),
        "Supplementary regulation (lines)": (15, LINE),
        "Supplementary regulation (areas)": (77, AREA),
    }


def test_codes_are_shown_with_labels_and_references_as_what_they_name(plan: Opened) -> None:
    widgets = plan.layers["Zoning element"]["widgets"]
    assert widgets["hilucsLandUse"] == "ValueMap"
    assert widgets["plan"] == "RelationReference"
    assert plan.layers["Spatial plan"]["display"] == 'coalesce("officialTitle", "gml_id")'
    assert ("Zoning element", "Spatial plan", 90) in plan.relations
    assert ("Supplementary regulation (lines)", "Spatial plan", 15) in plan.relations


def test_addresses_are_related_to_their_components_and_tables(addresses: Opened) -> None:
    related = addresses.relations
    assert ("Address: component → ThoroughfareName", "Address", 5) in related  # one each, of five
    assert ("Address: component → PostalDescriptor", "Postal descriptor", 272) in related
    assert ("Address: component → AdminUnitName", "Admin unit name", 1904) in related
    assert ("Address: locator, designator", "Address", 10) in related
    assert addresses.layers["Address"]["labels"]


@pytest.mark.parametrize("form", ["geojson", "flatgeobuf", "gml"])
def test_without_a_geopackage_the_next_best_is_opened(tmp_path: Path, form: str) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 30)
    run(read_job(write_job(tmp_path, source, formats=form)))
    [found] = opened(tmp_path / "package")
    assert {name: (one["valid"], one["features"]) for name, one in found.layers.items()} == {
        "Building": (True, 30)
    }
    [one] = found.layers.values()
    assert one["crs"] in ("EPSG:4258", "OGC:CRS84")
    assert one["geometry"] == AREA
    assert found.told["crs"] == "EPSG:4258"
    assert found.told["inked"] > 1_000


def test_what_qgis_cannot_open_has_no_project(tmp_path: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 3)
    run(read_job(write_job(tmp_path, source, formats="csv, ngsild")))
    assert not (tmp_path / "package" / "project.qgs").exists()
    assert verify(tmp_path / "package") == []


def test_a_data_set_in_several_files_is_a_layer_each(tmp_path: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 30)
    more = "options: {gml: {split: {features: 12}}}"
    job = write_job(tmp_path, source, formats="gml")
    job.write_text(job.read_text().replace("name: houses,", "name: h,"))
    job.write_text(job.read_text().replace("formats: [gml]}", f"formats: [gml], {more}}}"))
    run(read_job(job))
    [found] = opened(tmp_path / "package")
    assert {name: one["features"] for name, one in found.layers.items()} == {
        "Building": 12,
        "Building 2": 12,
        "Building 3": 6,
    }
    assert found.told["tree"] == found.told["ids"]
