"""JSON-FG: members against OGC 21-045r1, read back by GDAL as JSON-FG and as GeoJSON."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely

from commonplace.formats import FORMATS
from commonplace.formats.jsonfg import CONFORMS_TO, features
from commonplace.model.types import Kind
from commonplace.target import Dataset, TargetBatch, TargetCrs
from support.batches import BUILDING, DATASET, UTM32, batch, building, node, shape
from support.cuts import cut_buildings
from support.writing import one_file, write

JSONFG = FORMATS["jsonfg"]
IN_METRES = replace(DATASET, crs=UTM32)
CRS84 = TargetCrs("OGC:CRS84", "http://www.opengis.net/def/crs/OGC/1.3/CRS84", False, 7, True)
POINT = [shapely.Point(356_000.123, 5_645_000.5)]


def one(part: TargetBatch, dataset: Dataset = DATASET) -> dict[str, Any]:
    (text,) = features(dataset, part).to_pylist()
    found = json.loads(text.removesuffix(",\n"))
    assert isinstance(found, dict)
    return found


def test_the_collection_says_what_it_is(tmp_path: Path) -> None:
    path = one_file(JSONFG, tmp_path, [batch([building(0)], POINT)], IN_METRES)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["type"] == "FeatureCollection"
    assert document["conformsTo"] == list(CONFORMS_TO)
    assert document["featureType"] == "Building"
    assert document["coordRefSys"] == "http://www.opengis.net/def/crs/EPSG/0/25832"
    assert document["licence"] == DATASET.licence


def test_place_is_in_the_target_crs_and_geometry_in_degrees() -> None:
    feature = one(batch([building(0)], POINT), IN_METRES)
    assert feature["place"] == {"type": "Point", "coordinates": [356_000.123, 5_645_000.5]}
    assert feature["geometry"]["coordinates"] == pytest.approx([6.945, 50.94], abs=0.01)


def test_place_follows_the_axis_order_of_the_crs() -> None:
    feature = one(batch([building(0)], [shapely.Point(7, 50, 3)]))
    assert feature["place"]["coordinates"] == [50, 7, 3]
    assert feature["geometry"]["coordinates"] == [7, 50, 3]


def test_crs84_needs_no_place() -> None:
    feature = one(batch([building(0)], [shapely.Point(7, 50)]), replace(DATASET, crs=CRS84))
    assert feature["place"] is None
    assert feature["geometry"]["coordinates"] == [7, 50]


def test_properties_are_those_of_geojson(tmp_path: Path) -> None:
    part = batch([building(0), building(1, alias=None), building(2, geometry2D=[])])
    ours = json.loads(one_file(JSONFG, tmp_path / "a", [part]).read_text(encoding="utf-8"))
    plain = one_file(FORMATS["geojson"], tmp_path / "b", [part]).read_text(encoding="utf-8")
    for mine, theirs in zip(ours["features"], json.loads(plain)["features"], strict=True):
        for key in ("id", "properties", "geometry"):
            assert mine[key] == theirs[key]
    assert ours["features"][2]["place"] is None


def addresses(begin: list[object], end: list[object] | None, kind: pa.DataType) -> TargetBatch:
    names = ("validFrom", "validTo")[: 1 if end is None else 2]
    made = shape("Address", *(node(name) for name in names), feature=True)
    columns: dict[str, object] = {
        "@ordinal": list(range(len(begin))),
        "@id": [f"a{number}" for number in range(len(begin))],
        "validFrom": pa.array(begin, kind),
    }
    if end is not None:
        columns["validTo"] = pa.array(end, kind)
    return TargetBatch(made, pa.RecordBatch.from_pydict(columns))


def test_time_is_the_validity() -> None:
    instant = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    kind = pa.timestamp("us", tz="UTC")
    part = addresses([instant, None, None, instant], [instant, instant, None, None], kind)
    times = [json.loads(text[:-2])["time"] for text in features(DATASET, part).to_pylist()]
    text = "2020-01-02T03:04:05Z"
    assert times == [
        {"interval": [text, text]},
        {"interval": ["..", text]},
        None,
        {"interval": [text, ".."]},
    ]


def test_time_of_dates_with_no_end() -> None:
    assert one(addresses([date(2020, 1, 2)], None, pa.date32()))["time"] == {
        "interval": ["2020-01-02", ".."]
    }


def test_a_text_is_no_time() -> None:
    assert one(addresses(["about 1900"], None, pa.string()))["time"] is None


def test_bytes_do_not_depend_on_the_cut(tmp_path: Path) -> None:
    files = [
        one_file(JSONFG, tmp_path / str(len(parts)), parts).read_bytes()
        for parts in cut_buildings(2_000)
    ]
    assert len(files) == 3
    assert len(set(files)) == 1


def test_gdal_reads_it(tmp_path: Path) -> None:
    if "JSONFG" not in pyogrio.list_drivers():
        pytest.skip("needs GDAL 3.8")
    *_, parts = cut_buildings(300)
    path = one_file(JSONFG, tmp_path, parts)
    info = pyogrio.read_info(path)
    assert info["driver"] == "JSONFG"
    assert info["layer_name"] == "Building"
    frame = pyogrio.read_dataframe(path)
    assert len(frame) == 300
    assert frame.crs.to_epsg() == 4258
    pool = parts[0].geometries
    given = [row["geometry2D"] for part in parts for row in part.columns.to_pylist()]
    for found, wanted in zip(frame.geometry, given, strict=True):
        if wanted:
            assert shapely.equals_exact(found, pool[wanted[0]["geometry"]], tolerance=1e-7)
        else:
            assert found is None
    names = [row["name"] for part in parts for row in part.columns.to_pylist()]
    assert frame["name"].tolist() == [one[0]["spelling"]["text"] for one in names]


def test_a_gdal_that_knows_geojson_alone_reads_it(tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("needs ogrinfo (gdal-bin)")
    path = one_file(JSONFG, tmp_path, [batch([building(0)], POINT)], IN_METRES)
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr == ""
    assert "Feature Count: 1" in told.stdout
    assert "POINT (6.9" in told.stdout


def test_further_geometries_are_said_to_be_in_degrees() -> None:
    kind = shape(
        "CadastralParcel",
        node("geometry", Kind.GEOMETRY),
        node("referencePoint", Kind.GEOMETRY),
        feature=True,
    )
    rows = pa.RecordBatch.from_pydict(
        {
            "@ordinal": [0],
            "@id": ["a"],
            "geometry": pa.array([0], pa.int32()),
            "referencePoint": pa.array([0], pa.int32()),
        }
    )
    feature = one(TargetBatch(kind, rows, np.array(POINT, dtype=object)), IN_METRES)
    assert feature["place"]["coordinates"] == [356_000.123, 5_645_000.5]
    assert feature["properties"]["referencePoint"]["coordinates"][0] < 10
    (loss,) = JSONFG.losses(kind)
    assert loss.startswith("referencePoint:")


def test_no_features_are_an_empty_collection(tmp_path: Path) -> None:
    (output,) = JSONFG.finish(DATASET, {"Building": BUILDING}, [], tmp_path)
    document = json.loads((tmp_path / output.path).read_text(encoding="utf-8"))
    assert document["features"] == []


def test_a_file_a_type(tmp_path: Path) -> None:
    outputs = write(
        JSONFG, tmp_path, [addresses([date(2020, 1, 2)], None, pa.date32()), batch([building(0)])]
    )
    assert [one.path for one in outputs] == [
        "buildings_Address.jsonfg",
        "buildings_Building.jsonfg",
    ]
