"""What a run loses is listed with counts, in the report and in the package."""

from __future__ import annotations

import json
from pathlib import Path

from commonplace.jobreading import read_job
from commonplace.package import verify
from commonplace.pipeline import run
from commonplace.report import TALLIED_VALUES, Finding, Findings, Severity
from support.houses import write_houses, write_job

MAPPING = """
target: {schema: bu-core2d/4.0, namespace: XX.EXAMPLE.BU, language: eng}
ignore: {name: a person lives there}
Building:
  inspireId: =code
  geometry2D: {geometry: =geometry, referenceGeometry: true, horizontalGeometryReference: footPrint}
  conditionOfConstruction: {value: =dwellings, codes: {0: ruin, 1: functional}, unmatched: %s}
  numberOfFloorsAboveGround: "=CASE WHEN dwellings = '3' THEN 2 END"
"""
ROWS = 70


def lost(folder: Path, unmatched: str, **settings: str) -> dict[str, object]:
    source = write_houses(folder / "houses.gpkg", ROWS)
    job = write_job(folder, source, mapping=MAPPING % unmatched, more="limits: {part_rows: 30}")
    run(read_job(job, {key.replace("__", "."): value for key, value in settings.items()}))
    found: dict[str, object] = json.loads((folder / "package" / "lost.json").read_text())
    report = json.loads((folder / "package" / "report.json").read_text())
    assert {key: found[key] for key in report["lost"]} == report["lost"]
    assert verify(folder / "package") == []
    return found


def test_values_that_the_table_lacks(tmp_path: Path) -> None:
    found = lost(tmp_path, "declined")
    assert found["values"] == [
        {
            "layer": "houses:houses",
            "property": "Building.conditionOfConstruction",
            "value": str(value),
            "count": 10,
            "finding": "CODE_REPLACED",
        }
        for value in range(2, 7)
    ]
    assert found["columns"] == {
        "houses:houses": {
            "rows": ROWS,
            "unmapped": [],
            "ignored": {"name": "a person lives there"},
        }
    }
    properties = found["properties"]
    assert isinstance(properties, dict)
    told = properties["houses:Building"]
    assert told["objects"] == ROWS
    assert told["partly"]["numberOfFloorsAboveGround"] == ROWS - 10
    assert "dateOfConstruction" in told["unfilled"]


def test_values_that_reject_their_rows(tmp_path: Path) -> None:
    found = lost(tmp_path, "error")
    values = found["values"]
    assert isinstance(values, list)
    assert [(one["value"], one["count"], one["finding"]) for one in values] == [
        (str(value), 10, "CODE_UNMATCHED") for value in range(2, 7)
    ]
    html = (tmp_path / "package" / "report.html").read_text()
    assert "Values without a code of their own" in html


def test_parts_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "many").mkdir()
    whole = lost(tmp_path / "one", "void", limits__part_rows="100")
    assert lost(tmp_path / "many", "void", limits__part_rows="7") == whole


def test_tallies_are_bounded() -> None:
    def finding(first: int) -> Findings:
        tally = {str(value): 1 for value in range(first, first + TALLIED_VALUES)}
        found = Findings()
        found.add(Finding("CODE_OWN", Severity.WARNING, "own", tally=tally))
        return found

    findings = finding(0)
    findings.merge(finding(10))
    (tally,) = findings.tallies()
    assert len(tally.values) == TALLIED_VALUES
    assert tally.values["10"] == 2
    assert tally.values["0"] == 1
