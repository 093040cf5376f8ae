"""GeoParquet 1.1: metadata, columns, order and bytes, read back by pyarrow and geopandas."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import pytest
import shapely

from commonplace.formats import FORMATS, geoparquet
from commonplace.formats.geoparquet import Curve, distances
from commonplace.model.types import Kind
from commonplace.target import TargetBatch
from support.batches import BUILDING, DATASET, UTM32, batch, building, node, shape
from support.cuts import cut_buildings
from support.writing import one_file, write

GEOPARQUET = FORMATS["geoparquet"]


def geo(path: Path) -> dict[str, Any]:
    found = json.loads(pq.read_metadata(path).metadata[b"geo"])
    assert isinstance(found, dict)
    return found


def test_metadata_is_what_the_standard_demands(tmp_path: Path) -> None:
    path = one_file(GEOPARQUET, tmp_path, [batch([building(0), building(1)])])
    found = geo(path)
    assert found["version"] == "1.1.0"
    assert found["primary_column"] == "geometry2D"
    column = found["columns"]["geometry2D"]
    assert column["encoding"] == "WKB"
    assert column["geometry_types"] == ["Polygon"]
    assert column["bbox"] == pytest.approx([7, 50, 7.001, 50.002])
    assert column["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
    assert pyproj.CRS.from_json_dict(column["crs"]).to_epsg() == 4258
    metadata = pq.read_metadata(path).metadata
    assert metadata[b"licence"].decode() == DATASET.licence


def test_columns_keep_their_types(tmp_path: Path) -> None:
    table = pq.read_table(one_file(GEOPARQUET, tmp_path, [batch([building(0)])]))
    kinds = {field.name: field.type for field in table.schema}
    assert table.column_names[:2] == ["gml_id", "geometry2D"]
    assert table.column_names[-1] == "bbox"
    assert kinds["beginLifespanVersion"] == pa.timestamp("us", "UTC")
    assert kinds["elevation"] == pa.float64()
    assert kinds["currentUse_percentage"] == pa.int64()
    assert kinds["geometry2D_referenceGeometry"] == pa.bool_()
    assert pa.types.is_list(kinds["alias"])
    assert pa.types.is_list(kinds["parts"])
    (row,) = table.to_pylist()
    assert row["alias"] == ["a", "b"]
    assert row["parts"] == ["BuildingPart.1"]
    assert row["name_deu"] == "Haus 0"
    assert row["currentUse_currentUse_href"].endswith("CurrentUseValue/residential")


def test_nulls_come_back(tmp_path: Path) -> None:
    given = [
        building(0, alias=[], parts=[None, "#BuildingPart.x y"], elevation=None, geometry2D=[]),
        building(1, alias=[None, "", 'a"\n'], parts=None, beginLifespanVersion=None),
    ]
    rows = pq.read_table(one_file(GEOPARQUET, tmp_path, [batch(given)])).to_pylist()
    by_id = {row["gml_id"]: row for row in rows}
    first, second = by_id["Building.b0"], by_id["Building.b1"]
    assert rows[-1] is first  # what lies nowhere stands last
    assert first["alias"] is None
    assert first["geometry2D"] is None
    assert first["bbox"] is None
    assert first["elevation"] is None
    assert len(first["parts"]) == 1
    assert first["parts"][0].startswith("BuildingPart.x")
    assert second["alias"] == ["", 'a"\n']
    assert second["parts"] is None


def test_bytes_do_not_depend_on_the_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(geoparquet, "ROW_GROUP", 700)
    files = [
        one_file(GEOPARQUET, tmp_path / str(len(parts)), parts).read_bytes()
        for parts in cut_buildings(2_000)
    ]
    assert len(files) == 3
    assert len(set(files)) == 1


def test_every_row_comes_back_once_with_its_values(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geoparquet, "ROW_GROUP", 300)
    *_, parts = cut_buildings(1_000)
    path = one_file(GEOPARQUET, tmp_path, parts)
    file = pq.ParquetFile(path)
    assert [file.metadata.row_group(i).num_rows for i in range(4)] == [300, 300, 300, 100]
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    rows = {row["gml_id"]: row for row in file.read().to_pylist()}
    assert len(rows) == 1_000
    for part in parts:
        for given in part.columns.to_pylist():
            found = rows[f"Building.{given['@id']}"]
            assert found["elevation"] == given["elevation"]
            assert found["alias"] == given["alias"]
            assert found["name"] == given["name"][0]["spelling"]["text"]
            if given["geometry2D"]:
                geometry = part.geometries[given["geometry2D"][0]["geometry"]]
                assert shapely.equals_exact(shapely.from_wkb(found["geometry2D"]), geometry)
            else:
                assert found["geometry2D"] is None


def test_geopandas_reads_it_and_a_bbox_finds_the_same(tmp_path: Path) -> None:
    parts, *_ = cut_buildings(1_000, absent=False)
    path = one_file(GEOPARQUET, tmp_path, parts)
    frame = geopandas.read_parquet(path)
    assert frame.crs.to_epsg() == 4258
    assert len(frame) == 1_000
    pool = parts[0].geometries
    assert frame.total_bounds == pytest.approx(shapely.total_bounds(pool))
    window = (6.0, 49.0, 7.0, 51.0)
    some = geopandas.read_parquet(path, bbox=window)
    wanted = shapely.intersects(pool, shapely.box(*window)).sum()
    assert 0 < wanted == some.intersects(shapely.box(*window)).sum()


def test_boxes_hold_their_geometries(tmp_path: Path) -> None:
    parts, *_ = cut_buildings(500, absent=False)
    table = pq.read_table(one_file(GEOPARQUET, tmp_path, parts))
    bounds = shapely.bounds(shapely.from_wkb(table["geometry2D"].to_pylist()))
    boxes = np.array([list(box.values()) for box in table["bbox"].to_pylist()])
    assert (boxes[:, :2] <= bounds[:, :2]).all()
    assert (boxes[:, 2:] >= bounds[:, 2:]).all()
    assert np.abs(boxes - bounds).max() < 1e-5


def test_the_curve_visits_each_cell_once_and_steps_to_neighbours() -> None:
    side = 32
    x, y = (one.ravel().astype(np.uint64) for one in np.meshgrid(np.arange(side), np.arange(side)))
    numbers = distances(x, y, 5)
    assert sorted(numbers.tolist()) == list(range(side * side))
    path = np.column_stack([x, y]).astype(int)[np.argsort(numbers)]
    assert (np.abs(np.diff(path, axis=0)).sum(axis=1) == 1).all()


def test_rows_lie_along_the_curve(tmp_path: Path) -> None:
    parts, *_ = cut_buildings(2_000, absent=False)
    table = pq.read_table(one_file(GEOPARQUET, tmp_path, parts))
    bounds = shapely.bounds(shapely.from_wkb(table["geometry2D"].to_pylist()))
    numbers = Curve.of(DATASET.crs).numbers(bounds)
    assert (np.diff(numbers.astype(np.int64)) >= 0).all()
    steps = np.hypot(*np.diff(bounds[:, :2], axis=0).T)
    shuffled = np.hypot(*np.diff(shapely.bounds(parts[0].geometries)[:, :2], axis=0).T)
    assert np.median(steps) < np.median(shuffled) / 10


@pytest.mark.parametrize("place", [(20_037_508.0, -20_037_508.0), (-3e6, 9e6), (32.5e6, 5.6e6)])
def test_the_curve_reaches_all_projected_coordinates(place: tuple[float, float]) -> None:
    near = np.array([[*place, *place], [place[0], place[1] + 1, place[0], place[1] + 1]])
    one, two = Curve.of(UTM32).numbers(near).tolist()
    assert one != two


def _parcels() -> TargetBatch:
    kind = shape(
        "CadastralParcel",
        node("geometry", Kind.GEOMETRY),
        node("referencePoint", Kind.GEOMETRY),
        node("points", Kind.GEOMETRY, repeated=True),
        feature=True,
    )
    rows = [
        {"@ordinal": 0, "@id": "a", "geometry": 0, "referencePoint": 1, "points": [1]},
        {"@ordinal": 1, "@id": "b", "geometry": 0, "referencePoint": None, "points": None},
    ]
    schema = pa.struct(
        {
            "@ordinal": pa.int64(),
            "@id": pa.string(),
            "geometry": pa.int32(),
            "referencePoint": pa.int32(),
            "points": pa.list_(pa.int32()),
        }
    )
    pool = np.array([shapely.box(0, 0, 2, 2), shapely.Point(1, 1)], dtype=object)
    return TargetBatch(kind, pa.RecordBatch.from_struct_array(pa.array(rows, schema)), pool)


def test_further_geometries_are_columns(tmp_path: Path) -> None:
    parcels = _parcels()
    path = one_file(GEOPARQUET, tmp_path, [parcels])
    assert geo(path)["columns"]["referencePoint"]["geometry_types"] == ["Point"]
    frame = geopandas.read_parquet(path)
    assert frame.active_geometry_name == "geometry"
    points = geopandas.GeoSeries(frame["referencePoint"])
    assert points.iloc[0].equals(shapely.Point(1, 1))
    assert points.iloc[1] is None
    (loss,) = GEOPARQUET.losses(parcels.shape)
    assert loss.startswith("points:")


def test_codes_and_siblings_stay_lists(tmp_path: Path) -> None:
    kind = shape(
        "Thing",
        node("use", Kind.CODE, repeated=True),
        node("size", repeated=True, siblings=("uom",)),
        feature=True,
    )
    rows = [
        {"@ordinal": 0, "@id": "a", "use": ["x", "http://e.org/y"], "size": [1], "size@uom": ["m"]}
    ]
    made = TargetBatch(kind, pa.RecordBatch.from_pylist(rows))
    (row,) = pq.read_table(one_file(GEOPARQUET, tmp_path, [made])).to_pylist()
    codes = "http://inspire.ec.europa.eu/codelist/CurrentUseValue"
    assert row == {
        "gml_id": "Thing.a",
        "use": ["x", "http://e.org/y"],
        "use_href": [f"{codes}/x", "http://e.org/y"],
        "size": [1],
        "size_uom": ["m"],
    }


def test_a_type_without_geometry_is_plain_parquet(tmp_path: Path) -> None:
    kind = shape("ThoroughfareName", node("name"), feature=True)
    rows = [{"@ordinal": 0, "@id": "t", "name": "x"}, {"@ordinal": 1, "@id": "u", "name": None}]
    path = one_file(GEOPARQUET, tmp_path, [TargetBatch(kind, pa.RecordBatch.from_pylist(rows))])
    assert b"geo" not in pq.read_metadata(path).metadata
    assert pq.read_table(path)["name"].to_pylist() == ["x", None]


def test_a_file_a_type_and_none_for_types_without_features(tmp_path: Path) -> None:
    parts = [_parcels(), batch([building(0)])]
    outputs = write(GEOPARQUET, tmp_path, parts, replace(DATASET, crs=UTM32))
    assert [(one.path, one.crs) for one in outputs] == [
        ("buildings_CadastralParcel.parquet", "EPSG:25832"),
        ("buildings_Building.parquet", "EPSG:25832"),
    ]
    assert GEOPARQUET.finish(DATASET, {"Building": BUILDING}, [], tmp_path) == []


def test_no_feature_with_a_geometry(tmp_path: Path) -> None:
    path = one_file(GEOPARQUET, tmp_path, [batch([building(0, geometry2D=None)])])
    assert geo(path)["columns"]["geometry2D"]["geometry_types"] == []
    assert "bbox" not in geo(path)["columns"]["geometry2D"]
    assert geopandas.read_parquet(path).geometry.isna().all()
