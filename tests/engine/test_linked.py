"""Linked objects: rows of different parts that disagree, and objects that can't be made."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.jobreading import read_job
from commonplace.pipeline import run
from commonplace.report import Report
from support.houses import write_houses, write_job

MAPPING = """
target: {schema: ad/4.0, namespace: XX.EXAMPLE.AD, language: eng}
Address:
  inspireId: =code
  position:
    {geometry: =centroid(geometry), specification: entrance, method: byOtherParty, default: true}
  locator: {designator: {addressNumber: =code}, level: unitLevel}
  component: =>ThoroughfareName
ThoroughfareName: {key: =dwellings, name: =name%s}
"""
ROWS = 70


def linked(folder: Path, part_rows: int, **change: str) -> Report:
    """Seven streets of ten houses, a row each; those of a street stand seven rows apart."""

    def name_streets(data: dict[str, list[object]]) -> None:
        data["name"][:] = [f"Street {number}" for number in data["dwellings"]]
        for row, name in change.items():
            data["name"][int(row.removeprefix("row"))] = name

    folder.mkdir()
    source = write_houses(folder / "houses.gpkg", ROWS, name_streets)
    more = f"limits: {{part_rows: {part_rows}}}"
    job = write_job(folder, source, mapping=MAPPING % "", more=more)
    return run(read_job(job))


@pytest.mark.parametrize("part_rows", [7, 21, 100])
def test_values_that_differ_between_parts_are_found(tmp_path: Path, part_rows: int) -> None:
    report = linked(tmp_path / "run", part_rows, row36="Rue Deux", row44="Rue Trois")
    found = {
        one.feature: one.value
        for first, _, examples in report.findings.grouped()
        if first.code == "LINKED_VALUES_DIFFER"
        for one in examples
    }
    if part_rows == 7:  # of one part only the first row of a key counts
        assert found == {"1": "Rue Deux", "2": "Rue Trois"}
    assert set(found) >= {"1", "2"}
    assert report.types["houses:ThoroughfareName"].written == 7


def test_nothing_is_told_where_rows_agree(tmp_path: Path) -> None:
    report = linked(tmp_path / "run", 21)
    assert "LINKED_VALUES_DIFFER" not in report.findings.codes()


def test_linked_objects_that_cannot_be_made_are_accounted_for(tmp_path: Path) -> None:
    mapping = MAPPING % ", beginLifespanVersion: =name"
    source = write_houses(tmp_path / "houses.gpkg", ROWS, _dated)
    job = write_job(tmp_path, source, mapping=mapping, more="limits: {part_rows: 30}")
    report = run(read_job(job))
    ledger = report.types["houses:ThoroughfareName"]
    assert (ledger.created, ledger.merged) == (ROWS, ROWS - 7)
    assert (ledger.rejected, ledger.written) == (1, 6)
    assert ledger.balances()
    html = (tmp_path / "package" / "report.html").read_text()
    assert "created − merged − rejected = written" in html


def _dated(data: dict[str, list[object]]) -> None:
    data["name"][:] = ["2020-01-01" if one != "3" else "no date" for one in data["dwellings"]]
