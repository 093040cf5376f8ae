"""RO-Crate, Data Package, code lists: read by their own libraries, true to the manifest."""

from __future__ import annotations

import csv
import json
import warnings
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest

from commonplace.jobreading import read_job
from commonplace.model import load_model
from commonplace.package import read_manifest, verify
from commonplace.pipeline import run
from support.houses import MAPPING, write_houses, write_job

ROWS = 40
MORE = """
description: Houses of a street.
metadata:
  contact: {organisation: Town, email: geo@town.example, url: "https://town.example/"}
  keywords: [houses]
  limitations: none
"""
CODED = MAPPING.replace(
    "  name: =name",
    "  name: =name\n  currentUse: [{currentUse: residential, percentage: '=dwellings::int'}]",
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("houses")
    source = write_houses(folder / "houses.gpkg", ROWS)
    job = write_job(folder, source, more=MORE, formats="gpkg, csv, ngsild", mapping=CODED)
    run(read_job(job))
    return folder / "package"


def read(package: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((package / name).read_text(encoding="utf-8"))
    return found


def test_the_package_is_whole_and_lists_them(package: Path) -> None:
    assert verify(package) == []
    kinds = {one.path: one.media_type for one in read_manifest(package).documents}
    assert kinds["ro-crate-metadata.json"] == "application/json"
    assert kinds["datapackage.json"] == "application/json"
    assert kinds["codelists/CurrentUseValue.csv"] == "text/csv"
    readme = (package / "README.md").read_text(encoding="utf-8")
    assert all(f"({path})" in readme for path in kinds)


def test_rocrate_reads_the_crate(package: Path) -> None:
    from rocrate.rocrate import ROCrate

    crate = ROCrate(package)
    assert crate.version == "1.2"
    assert crate.name == "Houses"
    assert crate.license.id == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert crate.publisher["contactPoint"]["email"] == "geo@town.example"
    there = {one.relative_to(package).as_posix() for one in package.rglob("*") if one.is_file()}
    assert {one.id for one in crate.data_entities} == there - {"ro-crate-metadata.json"}
    [ran] = [one for one in crate.get_entities() if one.type == "CreateAction"]
    manifest = read_manifest(package)
    assert [one.id for one in ran["result"]] == [one.path for one in manifest.data]
    assert ran["instrument"]["version"] == manifest.engine
    assert crate.get("#extent")["geo"]["asWKT"].startswith("POLYGON((11.")


def test_the_crate_says_of_files_what_the_manifest_says(package: Path) -> None:
    graph = {one["@id"]: one for one in read(package, "ro-crate-metadata.json")["@graph"]}
    manifest = read_manifest(package)
    listed = [*manifest.data, *manifest.documents]
    for one in listed:
        if one.path == "ro-crate-metadata.json":
            continue
        entity = graph[one.path]
        assert (entity["sha256"], entity["contentSize"]) == (one.sha256, str(one.size))
        assert entity["description"]
    named = {
        value["@id"]
        for one in graph.values()
        for values in one.values()
        for value in (values if isinstance(values, list) else [values])
        if isinstance(value, dict)
    }
    assert {one for one in named if not one.startswith("http")} <= set(graph)


def test_the_engine_is_called_as_everywhere(root: Path, package: Path) -> None:
    manifest = ConfigParser(interpolation=None)
    manifest.read_string((root / "metadata.txt").read_text(encoding="utf-8"))
    graph = {one["@id"]: one for one in read(package, "ro-crate-metadata.json")["@graph"]}
    assert graph["#commonplace"]["url"] == manifest["general"]["homepage"]


def test_frictionless_finds_the_data_as_described(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its dependencies
        import frictionless
    monkeypatch.chdir(package)
    outcome = frictionless.validate("datapackage.json")
    assert outcome.valid, outcome.flatten(["title", "message"])
    described = frictionless.Package("datapackage.json")
    tables = {one.name: one for one in described.resources if one.type == "table"}
    assert set(tables) == {
        "houses_id-map.csv",
        "houses_building.csv",
        *(f"codelists-{path.name.lower()}" for path in (package / "codelists").iterdir()),
    }
    fields = {one.name: one.type for one in tables["houses_building.csv"].schema.fields}
    assert fields["currentUse_percentage"] == "integer"
    assert fields["gml_id"] == "string"
    assert len(tables["houses_building.csv"].read_rows()) == ROWS
    hashes = {one.path: one.hash for one in described.resources}
    for one in read_manifest(package).data:
        assert hashes[one.path] == f"sha256:{one.sha256}"


def test_frictionless_finds_a_changed_value(
    package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import frictionless

    for name in ("datapackage.json", *[one["path"] for one in _resources(package)]):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((package / name).read_bytes())
    path = tmp_path / "data" / "houses_Building.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",0,", ",many,"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    kinds = {one[0] for one in frictionless.validate("datapackage.json").flatten(["type"])}
    assert "type-error" in kinds


def _resources(package: Path) -> list[dict[str, Any]]:
    resources: list[dict[str, Any]] = read(package, "datapackage.json")["resources"]
    return resources


def test_code_lists_hold_every_value_of_the_lists_used(package: Path) -> None:
    path = package / "codelists" / "CurrentUseValue.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = load_model().code_list("http://inspire.ec.europa.eu/codelist/CurrentUseValue")
    assert known is not None
    assert [one["code"] for one in rows] == [one.local for one in known.values]
    assert rows[1]["parent"] == known.values[1].parent
    assert rows[0]["uri"].endswith("/residential")
