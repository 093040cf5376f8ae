"""CSV: RFC 4180 to the letter, read back by Python, pandas and GDAL."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyogrio
import pytest
import shapely

from commonplace.formats import FORMATS
from commonplace.formats.csv_text import fields
from commonplace.target import TargetBatch
from support.batches import BUILDING, DATASET, SQUARE, UTM32, batch, building, node, shape
from support.cuts import cut_buildings
from support.writing import one_file, write

CSV = FORMATS["csv"]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def one(folder: Path, **values: Any) -> dict[str, str]:
    (row,) = read(one_file(CSV, folder, [batch([building(0, **values)])]))
    return row


def test_values_come_back(tmp_path: Path) -> None:
    row = one(tmp_path)
    assert row["gml_id"] == "Building.b0"
    assert row["beginLifespanVersion"] == "2020-01-02T03:04:05Z"
    assert row["elevation"] == "12.5"
    assert row["alias"] == '["a","b"]'
    assert row["geometry2D_referenceGeometry"] == "true"
    geometry = shapely.from_wkt(row["WKT"])
    assert shapely.equals_exact(geometry, batch([building(0)]).geometries[0], tolerance=1e-7)


TEXTS = ['a"b', "a,b", "a\nb", "a\r\nb", "\r", '"', "ü€😀", " x ", "", "'", ";", "\x00"]


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_comes_back(tmp_path: Path, text: str) -> None:
    row = one(tmp_path, name=[{"language": "deu", "spelling": {"text": text}}])
    assert row["name"] == text


def test_an_empty_text_is_not_a_missing_one() -> None:
    assert fields(pa.array(["", None, "x"])).to_pylist() == ['""', None, "x"]


def test_only_what_needs_quotes_has_them() -> None:
    assert fields(pa.array(["a b", "a,b", "1"])).to_pylist() == ["a b", '"a,b"', "1"]


def test_lines_end_as_the_standard_says(tmp_path: Path) -> None:
    content = one_file(CSV, tmp_path, [batch([building(0), building(1)])]).read_bytes()
    assert content.count(b"\r\n") == content.count(b"\n") == 3
    assert content.endswith(b"\r\n")
    assert not content.startswith(b"\xef\xbb\xbf")


def test_bytes_do_not_depend_on_the_cut(tmp_path: Path) -> None:
    files = [
        one_file(CSV, tmp_path / str(len(parts)), parts).read_bytes()
        for parts in cut_buildings(2_000)
    ]
    assert len(files) == 3
    assert len(set(files)) == 1


def test_pandas_reads_it(tmp_path: Path) -> None:
    *_, parts = cut_buildings(500)
    frame = pd.read_csv(one_file(CSV, tmp_path, parts))
    given = [row for part in parts for row in part.columns.to_pylist()]
    assert frame["gml_id"].tolist() == [f"Building.{row['@id']}" for row in given]
    assert frame["name"].tolist() == [row["name"][0]["spelling"]["text"] for row in given]
    assert frame["elevation"].isna().tolist() == [row["elevation"] is None for row in given]
    assert frame["elevation"].dropna().tolist() == [
        row["elevation"] for row in given if row["elevation"] is not None
    ]


def test_gdal_reads_the_geometries(tmp_path: Path) -> None:
    parts, *_ = cut_buildings(100)
    frame = pyogrio.read_dataframe(one_file(CSV, tmp_path, parts))
    assert frame.geometry.isna().sum() == 9
    there = frame.geometry.dropna()
    index = there.index.to_numpy()
    assert shapely.equals_exact(there.to_numpy(), parts[0].geometries[index], tolerance=1e-7).all()


def test_points_are_x_and_y(tmp_path: Path) -> None:
    pool = [shapely.Point(7.1234567, -50.5), shapely.Point(0, 1, 5)]
    rows = [building(0), building(1), building(2, geometry2D=[])]
    found = read(one_file(CSV, tmp_path, [batch(rows, pool)]))
    assert [(row["x"], row["y"]) for row in found] == [("7.1234567", "-50.5"), ("0", "1"), ("", "")]
    assert "WKT" not in found[0]


def test_points_among_other_geometries_are_wkt(tmp_path: Path) -> None:
    pool = [shapely.Point(7, 50), SQUARE]
    parts = [batch([building(0)], pool), batch([building(1)], pool)]
    found = read(one_file(CSV, tmp_path, parts))
    assert [row["WKT"].split()[0] for row in found] == ["POINT", "POLYGON"]
    assert "x" not in found[0]


@pytest.mark.parametrize(
    ("option", "columns"), [("wkt", {"WKT"}), ("xy", {"x", "y"}), ("none", set())]
)
def test_the_dataset_may_choose(tmp_path: Path, option: str, columns: set[str]) -> None:
    dataset = replace(DATASET, options={"csv.geometry": option})
    part = batch([building(0)], [shapely.Point(7, 50)])
    (row,) = read(one_file(CSV, tmp_path, [part], dataset))
    assert {"WKT", "x", "y"} & set(row) == columns


def test_ordinates_have_the_precision_of_the_crs(tmp_path: Path) -> None:
    part = batch([building(0)], [shapely.LineString([(356_000.1234, 5_645_000), (356_001, 1)])])
    (row,) = read(one_file(CSV, tmp_path, [part], replace(DATASET, crs=UTM32)))
    assert row["WKT"] == "LINESTRING (356000.123 5645000, 356001 1)"


def test_columns_that_are_called_as_the_geometry_give_way(tmp_path: Path) -> None:
    kind = shape("Thing", node("x"), node("wkt"), node("gml_id"), feature=True)
    rows = [{"@ordinal": 0, "@id": "t", "x": "1", "wkt": "2", "gml_id": "3"}]
    made = TargetBatch(kind, pa.RecordBatch.from_pylist(rows))
    (row,) = read(one_file(CSV, tmp_path, [made]))
    assert row == {"gml_id": "Thing.t", "x_2": "1", "wkt_2": "2", "gml_id_2": "3"}


def test_a_file_a_type_and_none_for_types_without_features(tmp_path: Path) -> None:
    name = shape("ThoroughfareName", node("name"), feature=True)
    row = [{"@ordinal": 0, "@id": "t", "name": None}]
    parts = [TargetBatch(name, pa.RecordBatch.from_pylist(row)), batch([building(0)])]
    outputs = write(CSV, tmp_path, parts)
    assert [one.path for one in outputs] == [
        "buildings_ThoroughfareName.csv",
        "buildings_Building.csv",
    ]
    assert (tmp_path / outputs[0].path).read_bytes() == b"gml_id,name\r\nThoroughfareName.t,\r\n"
    assert CSV.finish(DATASET, {"Building": BUILDING}, [], tmp_path) == []
