"""Geometry operators in documents: checked before, told of after, the same in every part."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from commonplace.checking import check_job
from commonplace.errors import DocumentError
from commonplace.jobreading import read_job
from commonplace.mapping.evaluate import Evaluated, Session
from commonplace.pipeline import run
from support.houses import write_houses, write_job
from support.mapping import batch, codes, compiled, problems
from support.xsd import gml_errors

SQUARES = [shapely.box(0, 0, 10, 10), shapely.box(20, 0, 20.5, 10), shapely.box(40, 0, 50, 10)]


def made(operators: str, **columns: Any) -> Evaluated:
    rows, _ = batch({"id": ["a", "b", "c"], **columns})
    with Session("void", decimals=3) as session:
        mapping = compiled(PARCEL % operators).types[0]
        return session.evaluate(mapping, rows, np.array(SQUARES, dtype=object))


PARCEL = (
    "target: {schema: cp/4.0, namespace: XX.CP, language: ita}\n"
    "CadastralParcel:\n  inspireId: =id\n  geometry: =%s\n"
    "  label: =id\n  nationalCadastralReference: =id\n"
)


def areas(evaluated: Evaluated) -> list[float | None]:
    handles = evaluated.batch.columns.column("geometry").to_pylist()
    pool = evaluated.batch.geometries
    return [None if one is None else round(float(pool[one].area), 2) for one in handles]


def test_a_number_may_be_an_expression_over_the_row() -> None:
    found = made("envelope(buffer(geometry, width / 2))", width=[2.0, None, 4.0])
    assert areas(found) == [144.0, 196.0]
    assert codes(found) == ["GEOMETRY_VANISHED", "MANDATORY_MISSING"]
    assert found.findings[0].feature == "b"


def test_what_an_operator_does_to_areas_is_told() -> None:
    stair = shapely.Polygon([(0, 0), (10, 0), (10, 9), (9.5, 10), (0, 10)])
    rows, _ = batch({"id": ["a", "b"]})
    pool = np.array([stair, shapely.box(0, 0, 5, 5)], dtype=object)
    with Session(decimals=3) as session:
        mapping = compiled(PARCEL % "simplify(geometry, 2)").types[0]
        found = session.evaluate(mapping, rows, pool)
    (told,) = found.findings
    assert (told.code, told.feature) == ("GEOMETRY_AREA_CHANGED", "a")
    assert told.value == f"{1 - shapely.simplify(stair, 2).area / stair.area:.1%}"


@pytest.mark.parametrize(
    ("operators", "hint"),
    [
        ("bufer(geometry, 2)", "did you mean buffer(geometry)?"),
        ("buffer(geometry)", "write buffer(geometry, distance)"),
        ("buffer(geometry, 1, 2)", "write buffer(geometry, distance)"),
        ("buffer(geometry, 20000)", "it is at least -10000 and at most 10000 m"),
        ("simplify(geometry, 0)", "it is more than 0 and at most 1000 m"),
        ("centroid(geometry, 1)", "write centroid(geometry)"),
        ("extrude(geometry)", "write extrude(geometry, height, [base])"),
        ("buffer(geometry, now())", None),
    ],
)
def test_mistakes_are_found_before_anything_runs(operators: str, hint: str | None) -> None:
    (found,) = problems(PARCEL % operators)
    assert found.code == "EXPRESSION_REFUSED"
    if hint is not None:
        assert found.hint == hint


def test_commas_in_expressions_are_theirs() -> None:
    assert problems(PARCEL % "buffer(geometry, coalesce(greatest(w, 1), 2))") == []


SOLID = """
target: {schema: bu-core3d/4.0, namespace: XX.EXAMPLE.BU, language: eng}
Building:
  inspireId: =code
  geometry3DLoD1:
    geometrySolid: =extrude(geometry, dwellings::integer * 3 + 3, 250)
    horizontalGeometryReference: footPrint
    verticalGeometryReference3DBottom: generalGround
    verticalGeometryReference3DTop: generalRoof
"""
ROUND = """
target: {schema: cp/4.0, namespace: XX.CP, language: eng}
CadastralParcel:
  inspireId: =code
  geometry: =simplify(buffer(geometry, 1), 0.05)
  label: =code
  nationalCadastralReference: =code
"""


@pytest.mark.parametrize("mapping", [SOLID, ROUND], ids=["solid", "round"])
def test_parts_change_no_byte(tmp_path: Path, mapping: str) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 70)
    job = write_job(tmp_path, source, mapping=mapping, formats="gml")
    digests = set()
    for parts in (1, 2, 7):
        folder = tmp_path / f"package-{parts}"
        settings = {"limits.part_rows": str(70 // parts), "output.folder": str(folder)}
        if mapping is SOLID:
            settings["crs.target"] = "EPSG:4937"
        run(read_job(job, settings))
        digests.add(sha256((folder / "data" / "houses.gml").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_heights_need_a_target_that_has_them(tmp_path: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 5)
    job = write_job(tmp_path, source, mapping=SOLID, formats="gml")
    errors, _ = check_job(job)
    assert [one.code for one in errors] == ["CRS_FLAT"]
    with pytest.raises(DocumentError):
        run(read_job(job))
    assert not (tmp_path / "package").exists()
    job.write_text(job.read_text().replace("EPSG:4258", "EPSG:4937"))
    assert check_job(job)[0] == ()


def test_solids_of_flat_footprints(tmp_path: Path, shared: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 5)
    job = write_job(tmp_path, source, mapping=SOLID, formats="gml")
    run(read_job(job, {"crs.target": "EPSG:4937"}))
    package = tmp_path / "package"
    path = package / "data" / "houses.gml"
    assert gml_errors(path, shared / "inspire" / "schemas") == []
    text = path.read_text()
    assert text.count("<gml:Solid") == 5
    assert 'srsDimension="3"' in text
    report = json.loads((package / "report.json").read_text())
    assert not [one for one in report["findings"] if one["severity"] == "error"]
