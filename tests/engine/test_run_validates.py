"""A run that validates what it wrote, or compares it, has the evidence for its MIM7 report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commonplace import validation
from commonplace.jobreading import read_job
from commonplace.package import verify
from commonplace.pipeline import run
from commonplace.report import Finding, Report, Severity
from commonplace.validate.outcome import FileReport, Validation
from support.houses import write_houses, write_job


def keyed(columns: dict[str, list[object]]) -> None:
    """Ids that don't follow the rows."""
    columns["code"] = [f"K{number * 7919 % 100_003}" for number in range(1, 21)]


def ran(folder: Path, **settings: str) -> Report:
    source = folder / "houses.gpkg"
    if not source.exists():
        write_houses(source, 20, keyed)
    job = write_job(folder, source, formats="gml, gpkg, geojson, csv")
    return run(read_job(job, {name.replace("__", "."): text for name, text in settings.items()}))


def verdicts(folder: Path) -> dict[str, tuple[str, str]]:
    told: dict[str, Any] = json.loads((folder / "package" / "mim7.json").read_text("utf-8"))
    return {one["id"]: (one["verdict"], one["why"]) for one in told["requirements"]}


def test_without_validation_encodings_cannot_be_judged(tmp_path: Path) -> None:
    report = ran(tmp_path)
    found = verdicts(tmp_path)
    assert (found["R2.1"][0], found["P4"][0]) == ("cannot check", "cannot check")
    assert "validate" not in report.timings


def test_a_run_that_validates_tells_the_verdict(tmp_path: Path) -> None:
    report = ran(tmp_path, output__validate="true")
    found = verdicts(tmp_path)
    assert (found["R2.1"][0], found["P4"][0]) == ("pass", "pass")
    assert report.timings["validate"] > 0
    assert report.findings.count(Severity.ERROR) == 0
    record = (tmp_path / "package" / "metadata" / "houses.xml").read_text("utf-8")
    assert "found 0 errors in its GML" in record
    assert verify(tmp_path / "package") == []


def test_a_fault_in_a_file_fails_the_requirement_and_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty(paths: list[Path], **_: object) -> Validation:
        outcome = Validation(files=[FileReport(one.name, "gpkg", 1, {}, "") for one in paths])
        for _number in range(2):
            fault = Finding("GPKG_TABLE", Severity.ERROR, "no such table", layer="houses.gpkg")
            outcome.findings.add(fault)
        return outcome

    monkeypatch.setattr(validation, "validate", faulty)
    report = ran(tmp_path, output__validate="true")
    verdict, why = verdicts(tmp_path)["R2.1"]
    assert verdict == "fail"
    assert "2 × GPKG_TABLE" in why
    assert report.findings.count(Severity.ERROR) == 2


def test_formats_without_rules_are_not_validated(tmp_path: Path) -> None:
    write_houses(tmp_path / "houses.gpkg", 5)
    job = write_job(tmp_path, tmp_path / "houses.gpkg", formats="ngsild")
    report = run(read_job(job, {"output.validate": "true"}))
    assert "validate" not in report.timings


def test_a_run_that_compares_knows_whether_ids_persist(tmp_path: Path) -> None:
    ran(tmp_path)
    assert verdicts(tmp_path)["R4.1"][0] == "cannot check"
    ran(tmp_path, since_last="true")
    verdict, why = verdicts(tmp_path)["R4.1"]
    assert (verdict, verdicts(tmp_path)["P2"][0]) == ("pass", "pass")
    assert why == "20 ids kept, 0 new, 0 gone since the package of 2026-01-01T00:00:00Z"
