"""CityJSON and CityJSONSeq of buildings: against the specification, read back, by cjio."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import shapely

from commonplace.batch import GEOMETRY, Query
from commonplace.formats import FORMATS
from commonplace.job import SourceSpec
from commonplace.sources.cityjson import CityJsonSource
from commonplace.target import Dataset
from support.batches import DATASET, UTM32
from support.citybuildings import BUILDING, PART, box, city_batch, row
from support.cityjson_rules import problems, volume
from support.writing import write

IN_METRES = replace(DATASET, crs=UTM32)
YARD = shapely.Polygon(
    [(100, 0), (110, 0), (110, 10), (100, 10)], [[(103, 3), (103, 6), (106, 6), (106, 3)]]
)
TWO = shapely.MultiPolygon([shapely.box(200, 0, 205, 5), shapely.box(207, 0, 209, 5)])


def town() -> list[Any]:
    buildings = [
        row(0, height=5.5, parts=[5], flat=0),
        row(1, flat=1),
        row(2, height=3.0, flat=2),
        row(3, height=2.0, solid=3),
        row(4, height=-1.0),
    ]
    geometries = [YARD, shapely.box(50, 50, 60, 60), TWO, box(300)]
    parts = [row(5, height=4.0, flat=0, solid=1), row(6, height=1.0, flat=0)]
    return [
        city_batch(BUILDING, buildings, geometries),
        city_batch(PART, parts, [shapely.box(100, 0, 110, 3), box(400)]),
    ]


def document(folder: Path, parts: list[Any], dataset: Dataset = IN_METRES) -> dict[str, Any]:
    (output,) = write(FORMATS["cityjson"], folder, parts, dataset)
    found = json.loads((folder / output.path).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def geometry(found: dict[str, Any], name: str, lod: str) -> dict[str, Any]:
    return next(one for one in found["CityObjects"][name]["geometry"] if one["lod"] == lod)


def lods(found: dict[str, Any], name: str) -> list[str]:
    return [one["lod"] for one in found["CityObjects"][name]["geometry"]]


def test_the_document_is_valid(tmp_path: Path) -> None:
    found = document(tmp_path, town())
    assert problems(found) == []
    assert found["metadata"]["referenceSystem"] == "https://www.opengis.net/def/crs/EPSG/0/25832"
    assert found["metadata"]["geographicalExtent"] == [50, 0, 0, 410, 60, 6]
    assert found["transform"] == {"scale": [0.001] * 3, "translate": [50, 0, 0]}
    assert sorted(tmp_path.iterdir()) == [tmp_path / "buildings.city.json"]


def test_levels_of_detail(tmp_path: Path) -> None:
    found = document(tmp_path, town())
    assert lods(found, "Building.b0") == ["0", "1"]
    assert lods(found, "Building.b1") == ["0"]  # no height
    assert lods(found, "Building.b3") == ["2"]
    assert lods(found, "Building.b4") == []
    assert geometry(found, "Building.b0", "1")["type"] == "Solid"
    assert geometry(found, "Building.b2", "1")["type"] == "MultiSurface"  # two polygons
    assert geometry(found, "Building.b3", "2")["type"] == "Solid"
    raised = geometry(found, "Building.b0", "1")["boundaries"][0]
    assert volume(raised, found["vertices"]) / 1e9 == pytest.approx((100 - 9) * 5.5)
    kinds = geometry(found, "Building.b0", "1")["semantics"]["values"][0]
    assert kinds == [0, 1, *[2] * 8]


def test_attributes_and_parts(tmp_path: Path) -> None:
    found = document(tmp_path, town())
    one = found["CityObjects"]["Building.b0"]
    assert one["attributes"]["measuredHeight"] == 5.5
    assert one["attributes"]["storeysAboveGround"] == 2
    assert one["attributes"]["inspireId_localId"] == "b0"
    assert one["children"] == ["BuildingPart.b5"]
    assert found["CityObjects"]["BuildingPart.b5"]["parents"] == ["Building.b0"]
    assert found["CityObjects"]["BuildingPart.b6"]["type"] == "Building"  # nobody's part
    assert len(found["CityObjects"]) == 7


def test_a_sequence_has_a_building_and_its_parts_a_line(tmp_path: Path) -> None:
    (output,) = write(FORMATS["cityjsonseq"], tmp_path, town(), IN_METRES)
    lines = [json.loads(one) for one in (tmp_path / output.path).read_text().splitlines()]
    assert problems(lines[0]) == []
    assert [one["id"] for one in lines[1:]] == [
        "Building.b0", "Building.b1", "Building.b2", "Building.b3", "Building.b4",
        "BuildingPart.b6",
    ]  # fmt: skip
    assert all(problems(one) == [] for one in lines[1:])
    assert set(lines[1]["CityObjects"]) == {"Building.b0", "BuildingPart.b5"}


@pytest.mark.parametrize("form", ["cityjson", "cityjsonseq"])
def test_read_back(tmp_path: Path, form: str) -> None:
    (output,) = write(FORMATS[form], tmp_path, town(), IN_METRES)
    source = CityJsonSource(SourceSpec(path=tmp_path / output.path))
    layer = source.layer("Building")
    assert (layer.crs, layer.count) == ("EPSG:25832", 6)
    table = pa.Table.from_batches(list(source.batches(layer, Query())))
    shapes = dict(
        zip(table.column("id").to_pylist(), shapely.from_wkb(table.column(GEOMETRY).to_numpy()),
            strict=True)
    )  # fmt: skip
    assert shapes["Building.b0"].equals(YARD)
    assert shapes["Building.b2"].equals(TWO)
    assert shapes["Building.b3"].equals(shapely.box(300, 0, 310, 8))


def test_cjio_reads_it(tmp_path: Path) -> None:
    """In a process of its own: cjio changes how json writes numbers in the one it is in."""
    found = document(tmp_path, town())
    cleaned = tmp_path / "cleaned.city.json"
    command = [str(Path(sys.executable).with_name("cjio")), "--suppress_msg"]
    steps = [str(tmp_path / "buildings.city.json"), "vertices_clean", "save", str(cleaned)]
    done = subprocess.run([*command, *steps], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    again = json.loads(cleaned.read_text(encoding="utf-8"))
    assert again["CityObjects"].keys() == found["CityObjects"].keys()
    assert again["metadata"]["referenceSystem"] == found["metadata"]["referenceSystem"]
    assert 0 < len(again["vertices"]) <= len(found["vertices"])


def test_parts_do_not_show(tmp_path: Path) -> None:
    """However the rows were cut into parts, the bytes are the same."""
    rows = [row(n, height=3.0 + n % 5, flat=n) for n in range(30)]
    flat = [shapely.box(n * 20, 0, n * 20 + 10, 10) for n in range(30)]
    texts = set()
    for cut in (30, 7, 1):
        parts = [city_batch(BUILDING, rows[at : at + cut], flat) for at in range(0, len(rows), cut)]
        for form in ("cityjson", "cityjsonseq"):
            folder = tmp_path / f"{cut}{form}"
            (output,) = write(FORMATS[form], folder, parts, IN_METRES)
            texts.add((form, (folder / output.path).read_bytes()))
    assert len(texts) == 2


def test_surfaces_that_do_not_close(tmp_path: Path) -> None:
    rows = [row(n, solid=n) for n in range(3)]
    shapes = [box(0, open_top=True), box(20, inside_out=True), box(40)]
    found = document(tmp_path, [city_batch(BUILDING, rows, shapes)])
    kinds = [geometry(found, f"Building.b{n}", "2")["type"] for n in range(3)]
    assert kinds == ["MultiSurface", "Solid", "Solid"]
    assert problems(found) == []  # the one inside out was turned
    with_point = shapely.MultiPolygon(
        [*shapely.get_parts(box(0)), shapely.Polygon([(0, 0, 0)] * 4)]
    )
    again = document(tmp_path / "x", [city_batch(BUILDING, [row(0, solid=0)], [with_point])])
    assert problems(again) == []


def test_degrees_have_a_fine_scale(tmp_path: Path) -> None:
    flat = [shapely.box(11.5, 46.25, 11.5001, 46.2501)]
    found = document(tmp_path, [city_batch(BUILDING, [row(0, height=4.0, flat=0)], flat)], DATASET)
    assert problems(found) == []
    assert found["transform"]["scale"] == [1e-7, 1e-7, 1e-3]
    assert found["vertices"][0][:2] == [0, 0]
    assert math.isclose(found["transform"]["translate"][1], 46.25)


def test_other_types_are_not_written(tmp_path: Path) -> None:
    batch = city_batch(BUILDING, [row(0, flat=0)], [YARD])
    road = replace(batch, shape=replace(BUILDING, element="{x}Road"))
    assert write(FORMATS["cityjson"], tmp_path, [road], IN_METRES) == []
    assert FORMATS["cityjson"].losses(road.shape)[0].startswith("not written")
    elsewhere = replace(IN_METRES, schema="ad/4.0")
    assert write(FORMATS["cityjson"], tmp_path, [batch], elsewhere) == []
    assert list(tmp_path.iterdir()) == []
