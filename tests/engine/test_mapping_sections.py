"""Several sections of one feature type: different layers, or rows split, into one type."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pyogrio
import pytest

from commonplace.jobreading import read_job
from commonplace.pipeline import run
from support.houses import write_houses, write_job
from support.mapping import problems
from support.xsd import gml_errors

GEOMETRY = "{geometry: =geometry, referenceGeometry: true, horizontalGeometryReference: footPrint}"
HEAD = "target: {schema: bu-core2d/4.0, namespace: XX.EXAMPLE.BU, language: eng}\n"
SPLIT = f"""{HEAD}
Building (lived in):
  where: dwellings::INTEGER > 0
  inspireId: =code
  geometry2D: {GEOMETRY}
  numberOfDwellings: =dwellings
  conditionOfConstruction: functional
Building (others):
  where: dwellings::INTEGER = 0
  inspireId: ='X' || code
  geometry2D: {GEOMETRY}
  name: =name
  conditionOfConstruction: {{void: Unknown}}
"""
ROWS = 40  # every seventh house has no dwellings


def package(folder: Path, mapping: str, name: str = "package", **settings: str) -> Path:
    source = folder / "houses.gpkg"
    if not source.exists():
        write_houses(source, ROWS)
    job = write_job(folder, source, mapping=mapping, formats="gml, gpkg, geojson")
    overrides = {key.replace("__", "."): value for key, value in settings.items()}
    run(read_job(job, {"output.folder": str(folder / name), **overrides}))
    return folder / name


def test_rows_are_split_into_one_type(tmp_path: Path) -> None:
    made = package(tmp_path, SPLIT)
    report = json.loads((made / "report.json").read_text())
    assert report["types"]["houses:Building"]["written"] == ROWS
    assert report["layers"]["houses:houses"]["mapped"] == ROWS
    _, table = pyogrio.read_arrow(made / "data" / "houses.gpkg", layer="Building")
    rows = table.to_pylist()
    others = [row for row in rows if row["inspireId_localId"].startswith("X")]
    assert len(others) == 6
    assert all(row["name"] and row["numberOfDwellings"] is None for row in others)
    lived = [row for row in rows if row not in others]
    assert all(row["name"] is None and row["numberOfDwellings"] for row in lived)
    assert {row["conditionOfConstruction"] for row in lived} == {"functional"}


def test_their_gml_is_valid(shared: Path, tmp_path: Path) -> None:
    made = package(tmp_path, SPLIT)
    assert gml_errors(made / "data" / "houses.gml", shared / "inspire" / "schemas") == []


@pytest.mark.parametrize("parts", [3, 7])
def test_parts_change_no_byte(tmp_path: Path, parts: int) -> None:
    digests = []
    for name, rows in (("one", ROWS), ("many", -(-ROWS // parts))):
        made = package(tmp_path, SPLIT, name, limits__part_rows=str(rows))
        files = sorted((made / "data").iterdir())
        digests.append({one.name: sha256(one.read_bytes()).hexdigest() for one in files})
    assert digests[0] == digests[1]


def test_an_id_of_another_section_is_rejected_there_alone(tmp_path: Path) -> None:
    both = SPLIT.replace("  where: dwellings::INTEGER = 0\n", "").replace("'X' || code", "code")
    made = package(tmp_path, both)
    report = json.loads((made / "report.json").read_text())
    assert report["types"]["houses:Building"]["written"] == ROWS
    (finding,) = [one for one in report["findings"] if one["code"] == "ID_DUPLICATE"]
    assert finding["count"] == ROWS - 6


def test_a_type_with_a_key_has_one_section() -> None:
    mapping = "target: {schema: ad/4.0, namespace: X, language: eng}\n"
    for name in ("a", "b"):
        mapping += f"ThoroughfareName ({name}): {{key: =street, name: =street}}\n"
    assert {one.path for one in problems(mapping)} == {
        "$.ThoroughfareName (a)",
        "$.ThoroughfareName (b)",
    }


def test_a_mistake_names_its_section() -> None:
    (problem,) = problems(SPLIT.replace("name: =name", "nam: =name"))
    assert (problem.code, problem.path) == ("UNKNOWN_PROPERTY", "$.Building (others).nam")
