"""Columns of other layers: by keys, by place, one or many."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.raw
import pytest
import shapely

from commonplace.checking import check_job
from commonplace.jobreading import read_job
from commonplace.pipeline import run
from support.houses import write_houses, write_job
from support.layers import write_layer
from support.xsd import gml_errors

ROWS = 60
HEAD = "target: {schema: bu-core2d/4.0, namespace: XX.EXAMPLE.BU, language: eng}\n"
BUILDING = """
Building:
  inspireId: =code
  geometry2D: {geometry: =geometry, referenceGeometry: true, horizontalGeometryReference: footPrint}
"""
BY_KEY = f"""{HEAD}
from: {{layers: [houses]}}
join: {{register: {{on: {{code: ref}}}}}}
{BUILDING}
  name: =register.label
  numberOfDwellings: =register.flats + 1
"""
BY_PLACE = f"""{HEAD}
from: {{layers: [houses]}}
join: {{quarters: {{where: within, point: true}}}}
{BUILDING}
  name: =quarters.label
"""


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Houses 0 to 59; a register of the even ones (2 twice); quarters of ten houses each."""
    path = write_houses(tmp_path / "town.gpkg", ROWS)
    even = [*range(0, ROWS, 2), 2]
    write_layer(
        path,
        "register",
        {
            "ref": [f" H{n:06d}" for n in even],
            "label": [f"Label {n}" for n in even[:-1]] + ["Second 2"],
            "flats": even,
        },
    )
    x = 678_000 + np.arange(0, ROWS - 10, 10) * 20.0  # the last ten houses lie in no quarter
    boxes = shapely.box(x - 1, 5_149_990, x + 195, 5_150_200)
    lonlat = pyogrio_transform(boxes)
    write_layer(
        path,
        "quarters",
        {"label": [f"Quarter {n}" for n in range(len(x))], "geometry": lonlat},
        crs="EPSG:4258",
    )
    return path


def pyogrio_transform(geometries: Any) -> Any:
    import pyproj

    to = pyproj.Transformer.from_crs("EPSG:25832", "EPSG:4258", always_xy=True)
    return shapely.transform(geometries, to.transform, interleaved=False)


def package(folder: Path, town: Path, mapping: str, name: str = "p", **settings: str) -> Path:
    job = write_job(folder, town, mapping=mapping, formats="gpkg")
    overrides = {key.replace("__", "."): value for key, value in settings.items()}
    run(read_job(job, {"output.folder": str(folder / name), **overrides}))
    return folder / name


def buildings(package: Path, column: str = "name") -> list[Any]:
    _, table = pyogrio.read_arrow(package / "data" / "houses.gpkg", layer="Building")
    found: list[Any] = table.column(column).to_pylist()
    return found


def findings(package: Path) -> dict[str, int]:
    report = json.loads((package / "report.json").read_text())
    told = {one["code"]: one["count"] for one in report["findings"]}
    return {code: count for code, count in told.items() if not code.startswith("METADATA_")}


def test_by_keys(town: Path, tmp_path: Path) -> None:
    made = package(tmp_path, town, BY_KEY)
    assert buildings(made) == [None if n % 2 else f"Label {n}" for n in range(ROWS)]
    assert buildings(made, "numberOfDwellings")[:3] == [1, None, 3]
    assert findings(made) == {"JOIN_UNMATCHED": ROWS // 2, "JOIN_SEVERAL": 1}


def test_all_matches_as_a_list(town: Path, tmp_path: Path) -> None:
    mapping = BY_KEY.replace("{code: ref}}", "{code: ref}, many: true}")
    mapping = mapping.replace("name: =register.label", "name[]: =register.label")
    mapping = mapping.replace("  numberOfDwellings: =register.flats + 1\n", "")
    made = package(tmp_path, town, mapping)
    _, names = pyogrio.read_arrow(made / "data" / "houses.gpkg", layer="Building_name")
    spelt = [one for one in names.column_names if one.endswith("text") or one == "name"]
    assert findings(made) == {"JOIN_UNMATCHED": ROWS // 2}
    assert names.num_rows == 2, spelt


def test_by_place_across_reference_systems(town: Path, tmp_path: Path) -> None:
    made = package(tmp_path, town, BY_PLACE)
    named = [None if n >= ROWS - 10 else f"Quarter {n // 10}" for n in range(ROWS)]
    assert buildings(made) == named
    assert findings(made) == {"JOIN_UNMATCHED": 10}


def test_the_nearest(town: Path, tmp_path: Path) -> None:
    mapping = BY_PLACE.replace("where: within", "where: nearest")
    assert buildings(package(tmp_path, town, mapping))[-1] == "Quarter 4"


def test_rows_without_a_match_are_left_out_where_the_mapping_says_so(
    town: Path, tmp_path: Path
) -> None:
    made = package(tmp_path, town, BY_KEY + "  where: register.ref IS NOT NULL\n")
    assert len(buildings(made)) == ROWS // 2
    report = json.loads((made / "report.json").read_text())
    layer = report["layers"]["houses:houses"]
    assert (layer["read"], layer["filtered"], layer["balances"]) == (ROWS, ROWS // 2, True)


@pytest.mark.parametrize("mapping", [BY_KEY, BY_PLACE], ids=["keys", "place"])
def test_parts_change_no_byte(town: Path, tmp_path: Path, mapping: str) -> None:
    digests = set()
    for name, rows in (("one", "100"), ("many", "9")):
        made = package(tmp_path, town, mapping, name, limits__part_rows=rows)
        digests.add(sha256((made / "data" / "houses.gpkg").read_bytes()).hexdigest())
    assert len(digests) == 1


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (("{code: ref}", "{code: reff}"), ("UNKNOWN_COLUMN", "did you mean 'ref'?")),
        (("{register: {", "{registr: {"), ("UNKNOWN_LAYER", "did you mean 'register'?")),
        (
            ("register.label", "register.lable"),
            ("UNKNOWN_COLUMN", "did you mean 'register.label'?"),
        ),
        (("on: {code: ref}", "where: inside"), ("DOCUMENT", None)),
        (("on: {code: ref}", "many: true"), ("DOCUMENT", None)),
        (("flats + 1", "flats || 'x'"), (None, None)),
    ],
)
def test_mistakes_are_found_before_anything_runs(
    town: Path, tmp_path: Path, change: tuple[str, str], problem: tuple[str | None, str | None]
) -> None:
    job = write_job(tmp_path, town, mapping=BY_KEY.replace(*change))
    errors, _ = check_job(job)
    if problem[0] is None:
        assert errors == ()
        return
    assert problem[0] in {one.code for one in errors}
    if problem[1]:
        assert problem[1] in {one.hint for one in errors}


PARTS = f"""{HEAD}
join: {{part: {{layer: rooms, on: {{code: house}}, many: true}}}}
ignore: [dwellings, name]
{BUILDING}
  from: {{layers: [houses]}}
  parts[]: =>BuildingPart(part.id)
BuildingPart:
  from: {{layers: [rooms]}}
  inspireId: =id
  geometry2D:
    geometry: =geometry
    referenceGeometry: true
    horizontalGeometryReference: footPrint
"""


def test_buildings_have_parts(town: Path, tmp_path: Path, shared: Path) -> None:
    boxes = shapely.box(
        [678_000, 678_004, 678_020], 5_150_000, [678_004, 678_009, 678_029], 5_150_008
    )
    houses = ["H000000", "H000000", "H000001"]
    write_layer(town, "rooms", {"id": ["a1", "a2", "b1"], "house": houses, "geometry": boxes})
    job = write_job(tmp_path, town, mapping=PARTS, formats="gml")
    assert check_job(job) == ((), ())
    run(read_job(job))
    document = tmp_path / "package" / "data" / "houses.gml"
    assert gml_errors(document, shared / "inspire" / "schemas") == []
    named = re.findall(r'parts xlink:href="#BuildingPart.([^"]+)"', document.read_text())
    assert named == ["a1", "a2", "b1"]
