"""The algorithms around a run, by ``qgis_process`` in a real QGIS with the real engine."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from commonplace.ngsi import context
from servers import broker as standin

ALGORITHMS = (
    "convert",
    "explainmapping",
    "exportpackage",
    "harmoniseandexport",
    "inspect",
    "load",
    "mim7report",
    "publishtongsild",
    "suggestmapping",
    "validate",
)


def outputs(text: str) -> dict[str, str]:
    lines = (line.partition(":\t") for line in text.splitlines())
    return {name: value for name, tab, value in lines if tab and name.isupper()}


def run(staged: Any, algorithm: str, **parameters: object) -> subprocess.CompletedProcess[str]:
    given = [f"{name}={value}" for name, value in parameters.items()]
    done: subprocess.CompletedProcess[str] = staged.process(
        "run", f"commonplace:{algorithm}", "--", *given
    )
    return done


@pytest.fixture
def job(houses: Path, mapping: Path, tmp_path: Path) -> Path:
    """A job over the houses, and its folder's documents."""
    path = tmp_path / "job.yaml"
    path.write_text(
        "title: Houses\nlicence: CC0-1.0\nattribution: The town\n"
        "sources: {town: {path: houses.gpkg}}\n"
        "datasets: [{mapping: buildings.yaml, source: town}]\n"
        "output: {folder: package, formats: [geojson]}\n"
    )
    return path


def test_every_algorithm_is_listed_and_has_help(staged: Any) -> None:
    listed = staged.process("list").stdout
    for name in ALGORITHMS:
        assert f"commonplace:{name}" in listed
    answer = staged.script("helps")
    assert sorted(answer) == sorted(ALGORITHMS)
    for name, told in answer.items():
        assert len(told["help"]) > 200, name
        assert told["short"], name
        assert told["group"] == "", name


def test_a_mapping_is_suggested(staged: Any, houses: Path, tmp_path: Path) -> None:
    target = tmp_path / "suggested.yaml"
    done = run(staged, "suggestmapping", INPUT=houses, OUTPUT=target)
    assert done.returncode == 0, done.stdout + done.stderr
    found = outputs(done.stdout)
    assert found["SUGGESTED"].startswith("bu-")
    assert 0 < float(found["SCORE"]) <= 1
    text = target.read_text(encoding="utf-8")
    assert "from: {layers: [houses]}" in text
    assert "commonplace_fid" not in text
    assert staged.leftovers() == []


@pytest.mark.parametrize(
    ("stated", "told"), [("Building", "bu-core2d:Building"), ("bu-core2d:Biulding", "Building")]
)
def test_a_feature_type_that_is_none(
    staged: Any, houses: Path, tmp_path: Path, stated: str, told: str
) -> None:
    target = tmp_path / "suggested.yaml"
    done = run(staged, "suggestmapping", INPUT=houses, OUTPUT=target, FEATURE_TYPE=stated)
    assert done.returncode != 0
    assert told in done.stdout + done.stderr
    assert not target.exists()


def test_a_job_file_is_exported_as_it_says(staged: Any, job: Path, tmp_path: Path) -> None:
    done = run(staged, "exportpackage", JOB=job)
    assert done.returncode == 0, done.stdout + done.stderr
    assert outputs(done.stdout)["WRITTEN"] == "12"
    assert outputs(done.stdout)["OUTPUT"] == str(tmp_path / "package")
    assert list((tmp_path / "package" / "data").glob("*.geojson"))
    again = run(staged, "exportpackage", JOB=job)
    assert "OUTPUT_EXISTS" in again.stdout + again.stderr
    elsewhere = tmp_path / "elsewhere"
    other = run(staged, "exportpackage", JOB=job, OUTPUT=elsewhere, FORMATS="1", ZIP="true")
    assert other.returncode == 0, other.stdout + other.stderr
    assert list((elsewhere / "data").glob("*.gpkg"))
    assert not list((elsewhere / "data").glob("*.geojson"))
    assert (tmp_path / "elsewhere.zip").is_file()


def test_a_package_is_judged_and_explained(staged: Any, job: Path, tmp_path: Path) -> None:
    assert run(staged, "exportpackage", JOB=job).returncode == 0
    page, data = tmp_path / "mim7.html", tmp_path / "mim7.json"
    manifest = tmp_path / "package" / "package.json"
    done = run(staged, "mim7report", INPUT=manifest, REPORT=page, JSON=data)
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(outputs(done.stdout)["PASSED"]) > 0
    assert "<html" in page.read_text(encoding="utf-8")
    assert json.loads(data.read_text(encoding="utf-8"))
    table = tmp_path / "table.csv"
    told = run(staged, "explainmapping", INPUT=job, OUTPUT=tmp_path / "table.html", CSV=table)
    assert told.returncode == 0, told.stdout + told.stderr
    assert int(outputs(told.stdout)["MATCHES"]) >= 4
    assert "numberOfFloorsAboveGround" in table.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "either"),
        ({"ADDRESS": "ftp://example.org"}, "https://"),
        ({"INPUT": "/nowhere.gpkg"}, "/nowhere.gpkg"),
    ],
)
def test_nothing_to_judge(staged: Any, tmp_path: Path, given: dict[str, str], told: str) -> None:
    done = run(staged, "mim7report", REPORT=tmp_path / "mim7.html", **given)
    assert done.returncode != 0
    assert told in done.stdout + done.stderr


def test_entities_are_published(staged: Any, tmp_path: Path) -> None:
    name = {"type": "Property", "value": "Bench"}
    entity = {"id": "urn:ngsi-ld:Bench:X:1", "type": "Bench", "name": name}
    path = tmp_path / "benches.ngsild.jsonld"
    path.write_text(json.dumps([{**entity, "@context": [context.CORE]}]), encoding="utf-8")
    broker = standin.Broker()
    with standin.serve(broker) as url:
        rehearsed = run(staged, "publishtongsild", INPUT=path, BROKER=url, DRY_RUN="true")
        assert rehearsed.returncode == 0, rehearsed.stdout + rehearsed.stderr
        assert broker.tenants[""] == []
        done = run(staged, "publishtongsild", INPUT=path, BROKER=url)
        assert done.returncode == 0, done.stdout + done.stderr
        assert outputs(done.stdout)["CREATED"] == "1"
        assert len(broker.tenants[""]) == 1


@pytest.mark.parametrize(
    ("broker", "told"),
    [
        ("broker.example.org", "https://"),
        ("https://me:word@broker.example.org", "authentication manager"),
        ("https://broker.example.org?api_key=1", "authentication manager"),
    ],
)
def test_secrets_do_not_stand_in_addresses(
    staged: Any, tmp_path: Path, broker: str, told: str
) -> None:
    path = tmp_path / "benches.ngsild.jsonld"
    path.write_text("[]", encoding="utf-8")
    done = run(staged, "publishtongsild", INPUT=path, BROKER=broker)
    assert done.returncode != 0
    assert told in done.stdout + done.stderr
