"""``preview`` and ``explain``: what a job would do, before it does it."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from commonplace import explaining
from faces.test_cli import commonplace
from support.houses import MAPPING, write_houses, write_job

CODES = "  currentUse: {currentUse: {value: =dwellings, codes: {'0': trade, '1': residential}}}\n"


def write(folder: Path, mapping: str = MAPPING) -> Path:
    return write_job(folder, write_houses(folder / "houses.gpkg", 12), mapping=mapping)


def test_preview_shows_rows_objects_and_findings(tmp_path: Path) -> None:
    done = commonplace(
        "preview", write(tmp_path, MAPPING + CODES), "--rows", "3", "--json", folder=tmp_path
    )
    assert done.returncode == 0, done.stderr
    (sample,) = json.loads(done.stdout)
    assert sample["layer"] == "houses"
    first, _, third = sample["rows"]
    assert first["source"]["name"] == "House 0"
    assert first["source"]["geometry"].startswith("POLYGON")
    (made,) = first["objects"]
    assert (made["type"], made["id"]) == ("Building", "H000000")
    assert made["properties"]["inspireId"]["namespace"] == "XX.EXAMPLE.BU"
    assert made["properties"]["geometry2D"]["geometry"].startswith("POLYGON ((11.")
    assert made["properties"]["currentUse"]["currentUse"] == "trade"
    assert [one["code"] for one in third["findings"]] == ["CODE_UNMATCHED"]
    assert third["objects"] == []
    assert not (tmp_path / "package").exists()


def test_preview_for_the_eye(tmp_path: Path) -> None:
    done = commonplace("preview", write(tmp_path), "--rows", "1", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "House 0" in done.stdout
    assert "House 1" not in done.stdout


def test_explain_a_job_as_csv(tmp_path: Path) -> None:
    job = write(tmp_path, MAPPING + CODES)
    done = commonplace("explain", job, "--csv", "out.csv", "--html", "out.html", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["property"]: row for row in csv.DictReader(file)}
    use = rows["currentUse.currentUse"]
    assert (use["source"], use["values"]) == ("dwellings", "CurrentUseValue")
    assert use["codes"] == "0 → trade; 1 → residential"
    assert (use["before"], use["after"]) == ("0", "trade")
    assert rows["beginLifespanVersion"]["rule"] == "void: Unpopulated"
    assert rows["inspireId.localId"]["need"] == "mandatory"
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "http" not in page.partition("<body>")[2].partition("<main")[0]
    assert "numberOfFloorsAboveGround" in page  # not filled, and said so


def test_explain_a_mapping_without_its_data(tmp_path: Path) -> None:
    write(tmp_path)
    done = commonplace("explain", "mapping.yaml", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "inspireId.localId" in done.stdout


def test_explain_a_mapping_that_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, MAPPING + "  numberOfFlors: 3\n")
    done = commonplace("explain", "mapping.yaml", folder=tmp_path)
    assert done.returncode == 2
    assert "'numberOfFlors'" in done.stderr
    assert "'numberOfFloorsAboveGround'" in done.stderr


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=cmd|'/c calc'!A1", "'=cmd|'/c calc'!A1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("+1+2", "'+1+2"),
        ("-5,25", "-5,25"),
        ("-5", "-5"),
        ("plain = text", "plain = text"),
    ],
)
def test_no_cell_of_the_table_is_a_formula(cell: str, shown: str) -> None:
    assert explaining._as_text(cell) == shown
