"""``make demo`` as a test: real pygeoapi, stand-in broker, the command line, the package."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from make_town import DEFECTS, make_sensors, make_town

pytestmark = [pytest.mark.demo, pytest.mark.slow]

COUNTS = {
    "Building": 600,  # of 605 rows; five of the defects reject their row
    "Address": 796,
    "ThoroughfareName": 30,
    "PostalDescriptor": 2,
    "AdminUnitName": 1,
    "SpatialPlan": 1,
    "ZoningElement": 42,
    "NamedPlace": 5,
    "EnvironmentalMonitoringFacility": 12,
}
FINDINGS = {
    "CAST_FAILED": 1,
    "CODE_UNMATCHED": 2,
    "CONTROL_CHARACTER": 1,
    "GEOMETRY_NULL": 1,
    "GEOMETRY_REPAIRED": 1,
    "IDS_NOT_UNIQUE": 1,
    "ID_DUPLICATE": 1,
    "MANDATORY_MISSING": 1,
}


@pytest.fixture(scope="module")
def folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the demo made."""
    out = tmp_path_factory.mktemp("demo")
    answer = subprocess.run(
        [sys.executable, root / "tools" / "demo.py", out],
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert str(out / "package" / "report.html") in answer.stdout
    return out


@pytest.fixture(scope="module")
def report(folder: Path) -> dict[str, Any]:
    text = (folder / "package" / "report.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def test_all_themes_are_written(report: dict[str, Any]) -> None:
    written = {name.partition(":")[2]: one["written"] for name, one in report["types"].items()}
    assert written == COUNTS


def test_ledgers_balance(report: dict[str, Any]) -> None:
    for ledger in report["layers"].values():
        assert ledger["read"] == ledger["filtered"] + ledger["rejected"] + ledger["mapped"]
    for ledger in report["types"].values():
        assert ledger["mapped"] + ledger["created"] - ledger["merged"] == ledger["written"]


def test_defects_are_findings(report: dict[str, Any]) -> None:
    found = {one["code"]: one["count"] for one in report["findings"]}
    assert found == FINDINGS
    twice = 2  # no geometry, and an id used twice: by the source, and by the mapping
    assert sum(found.values()) == len(DEFECTS) + twice


def test_columns_left_out_have_a_reason(report: dict[str, Any]) -> None:
    assert [one for one in report["unused_columns"].values() if one] == []


def test_documents_are_valid(folder: Path, validate_gml: Callable[[Path], list[str]]) -> None:
    documents = sorted((folder / "package").rglob("*.gml"))
    assert len(documents) == 5
    assert {path.name: validate_gml(path) for path in documents} == {
        path.name: [] for path in documents
    }


def test_servers_are_gone(folder: Path) -> None:
    """No process of the demo is left."""
    left = subprocess.run(
        ["pgrep", "-f", str(folder)], capture_output=True, text=True, check=False
    ).stdout
    assert left == ""


def test_town_is_the_same_at_every_run() -> None:
    one, two = make_town(), make_town()
    assert {name: layer.rows for name, layer in one.items()} == {
        name: layer.rows for name, layer in two.items()
    }
    assert all(one[name].geometries == two[name].geometries for name in one)
    assert make_sensors() == make_sensors()
