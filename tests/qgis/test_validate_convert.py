"""*Validate* and *Convert* in a real QGIS, on what *Harmonise and export* made."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyogrio
import pytest


@pytest.fixture
def gml(staged: Any, form: dict[str, Any], tmp_path: Path) -> Path:
    done = staged.run(**form)
    assert done.returncode == 0, done.stderr
    (made,) = (tmp_path / "package" / "data").glob("*.gml")
    return made


def outputs(text: str) -> dict[str, str]:
    lines = (line.partition(":\t") for line in text.splitlines())
    return {name: value for name, tab, value in lines if tab and name.isupper()}


def test_what_is_right_has_no_findings(staged: Any, gml: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.html"
    done = staged.process(
        "run",
        "commonplace:validate",
        "--",
        f"INPUT={gml}",
        f"REPORT={report}",
        f"FINDINGS={tmp_path / 'f.gpkg'}",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    found = outputs(done.stdout)
    assert (found["FEATURES"], found["ERRORS"]) == ("12", "0")
    assert "<html" in report.read_text(encoding="utf-8")


def test_findings_are_points(staged: Any, gml: Path, tmp_path: Path) -> None:
    text = gml.read_text(encoding="utf-8")
    broken = tmp_path / "broken.gml"
    codes = "http://inspire.ec.europa.eu/codelist/ConditionOfConstructionValue/"
    broken.write_text(text.replace(f"{codes}functional", f"{codes}Functional", 3), encoding="utf-8")
    points = tmp_path / "findings.gpkg"
    done = staged.process(
        "run",
        "commonplace:validate",
        "--",
        f"INPUT={broken}",
        f"REPORT={tmp_path / 'r.html'}",
        f"FINDINGS={points}",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(outputs(done.stdout)["ERRORS"]) >= 3
    _, table = pyogrio.read_arrow(points)
    rows = [row for row in table.to_pylist() if row["severity"] == "error"]
    assert {row["value"] for row in rows} == {f"{codes}Functional"}
    assert all(row["feature"] and row["fix"] and row["message"] for row in rows)


def test_gml_becomes_a_geopackage(staged: Any, gml: Path, tmp_path: Path) -> None:
    target = tmp_path / "converted.gpkg"
    done = staged.process("run", "commonplace:convert", "--", f"INPUT={gml}", f"OUTPUT={target}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert outputs(done.stdout)["FEATURES"] == "12"
    _, table = pyogrio.read_arrow(target, layer="Building")
    assert table.num_rows == 12
    assert table.column("inspireId_localId").to_pylist()[0] == "h0"


@pytest.mark.parametrize("algorithm", ["validate", "convert"])
def test_a_file_that_is_not_there(staged: Any, tmp_path: Path, algorithm: str) -> None:
    where = {"validate": "REPORT", "convert": "OUTPUT"}[algorithm]
    done = staged.process(
        "run",
        f"commonplace:{algorithm}",
        "--",
        "INPUT=/nowhere.gml",
        f"{where}={tmp_path / 'x.gpkg'}",
    )
    assert done.returncode != 0
    assert "/nowhere.gml" in done.stdout + done.stderr


def test_a_file_that_is_no_gml(staged: Any, tmp_path: Path) -> None:
    path = tmp_path / "no.gml"
    path.write_text("<not><closed>")
    done = staged.process(
        "run", "commonplace:convert", "--", f"INPUT={path}", f"OUTPUT={tmp_path / 'x.gpkg'}"
    )
    assert done.returncode != 0
    assert "no.gml" in done.stdout + done.stderr
    assert not (tmp_path / "x.gpkg").exists()
