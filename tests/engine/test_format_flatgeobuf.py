"""FlatGeobuf: values, index and bytes, read back by GDAL new and old."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pyarrow as pa
import pyogrio
import pytest
import shapely

from commonplace.errors import OutputError
from commonplace.formats import FORMATS
from commonplace.formats.base import Piece
from commonplace.target import TargetBatch
from support.batches import BUILDING, DATASET, SQUARE, batch, building, node, shape
from support.cuts import cut_buildings
from support.writing import one_file, write

FLATGEOBUF = FORMATS["flatgeobuf"]


def test_columns_are_typed(tmp_path: Path) -> None:
    info = pyogrio.read_info(one_file(FLATGEOBUF, tmp_path, [batch([building(0)])]))
    kinds = dict(zip(info["fields"], info["ogr_types"], strict=True))
    assert info["crs"] == "EPSG:4258"
    assert info["layer_name"] == "Building"
    assert kinds["gml_id"] == "OFTString"
    assert kinds["beginLifespanVersion"] == "OFTDateTime"
    assert kinds["elevation"] == "OFTReal"
    assert kinds["currentUse_percentage"] == "OFTInteger64"
    assert kinds["alias"] == "OFTString"


def test_values_come_back(tmp_path: Path) -> None:
    given = [building(0, alias=['a"\n', "ü"]), building(1, elevation=None, name=None)]
    frame = pyogrio.read_dataframe(one_file(FLATGEOBUF, tmp_path, [batch(given)]))
    frame = frame.set_index("gml_id").sort_index()
    first, second = frame.loc["Building.b0"], frame.loc["Building.b1"]
    assert first["alias"] == '["a\\"\\n","ü"]'
    assert first["elevation"] == 12.5
    assert first["dateOfConstruction_anyPoint"].microsecond == 500_000
    assert second[["elevation", "elevation_uom", "name"]].isna().all()
    assert shapely.equals_exact(first.geometry, batch([building(0)]).geometries[0])


def test_it_has_an_index_that_finds_the_same(tmp_path: Path) -> None:
    parts, *_ = cut_buildings(1_000, absent=False)
    path = one_file(FLATGEOBUF, tmp_path, parts)
    info = pyogrio.read_info(path, force_total_bounds=True)
    assert info["capabilities"]["fast_spatial_filter"]
    assert info["features"] == 1_000
    assert info["geometry_type"] == "MultiPolygon"
    pool = parts[0].geometries
    assert info["total_bounds"] == pytest.approx(tuple(shapely.total_bounds(pool)))
    window = (6.0, 49.0, 7.0, 51.0)
    wanted = shapely.intersects(pool, shapely.box(*window)).sum()
    assert 0 < wanted == len(pyogrio.read_dataframe(path, bbox=window))


@pytest.mark.parametrize("absent", [False, True])
def test_bytes_do_not_depend_on_the_cut(tmp_path: Path, absent: bool) -> None:
    files = [
        one_file(FLATGEOBUF, tmp_path / str(len(parts)), parts).read_bytes()
        for parts in cut_buildings(2_000, absent=absent)
    ]
    assert len(files) == 3
    assert len(set(files)) == 1


def test_features_without_geometry_are_kept_without_an_index(tmp_path: Path) -> None:
    pool = [SQUARE, None, shapely.Polygon()]
    rows = [building(0), building(1), building(2), building(3, geometry2D=[])]
    path = one_file(FLATGEOBUF, tmp_path, [batch(rows, [*pool, None])])
    info = pyogrio.read_info(path)
    assert info["features"] == 4
    assert not info["capabilities"]["fast_spatial_filter"]
    frame = pyogrio.read_dataframe(path, columns=["gml_id"])
    assert frame["gml_id"].tolist() == [f"Building.b{n}" for n in range(4)]
    assert frame.geometry.iloc[0].equals(SQUARE)
    assert all(one is None or one.is_empty for one in frame.geometry.iloc[1:])


def test_a_part_without_any_geometry_among_single_and_multiple_ones(tmp_path: Path) -> None:
    pool = [SQUARE, shapely.MultiPolygon([SQUARE])]
    parts = [
        batch([building(0), building(1)], pool),
        batch([building(2, geometry2D=[])], pool),
    ]
    frame = pyogrio.read_dataframe(one_file(FLATGEOBUF, tmp_path, parts))
    assert frame.geometry.isna().tolist() == [False, False, True]
    assert set(frame.geometry.dropna().geom_type) == {"MultiPolygon"}


@pytest.mark.parametrize(
    ("pool", "kind"),
    [
        ([shapely.Point(1, 2, 3)], "Point Z"),
        ([shapely.LineString([(1, 2), (3, 4)])], "LineString"),
        ([shapely.Point(1, 2), SQUARE], "Unknown"),
    ],
)
def test_files_say_what_geometry_they_hold(tmp_path: Path, pool: list[object], kind: str) -> None:
    rows = [building(number) for number in range(len(pool))]
    path = one_file(FLATGEOBUF, tmp_path, [batch(rows, pool)])
    assert pyogrio.read_info(path)["geometry_type"] == kind
    found = pyogrio.read_dataframe(path).set_index("gml_id").sort_index().geometry
    assert all(shapely.equals_exact(found.to_numpy(), pool))


def test_dates_have_no_time(tmp_path: Path) -> None:
    kind = shape("Thing", node("since"), feature=True)
    rows = pa.RecordBatch.from_pydict(
        {"@ordinal": [0], "@id": ["a"], "since": pa.array([18_262], pa.date32())}
    )
    path = one_file(FLATGEOBUF, tmp_path, [TargetBatch(kind, rows)])
    assert pyogrio.read_dataframe(path)["since"].tolist() == ["2020-01-01"]


def test_a_file_a_type_and_none_for_types_without_features(tmp_path: Path) -> None:
    name = shape("ThoroughfareName", node("name"), feature=True)
    row = [{"@ordinal": 0, "@id": "t", "name": 'Straße, "1"'}]
    parts = [TargetBatch(name, pa.RecordBatch.from_pylist(row)), batch([building(0)])]
    outputs = write(FLATGEOBUF, tmp_path, parts)
    assert [one.path for one in outputs] == [
        "buildings_ThoroughfareName.fgb",
        "buildings_Building.fgb",
    ]
    frame = pyogrio.read_dataframe(tmp_path / outputs[0].path)
    assert frame["name"].tolist() == ['Straße, "1"']
    assert FLATGEOBUF.finish(DATASET, {"Building": BUILDING}, [], tmp_path) == []


def test_debian_gdal_reads_it_without_a_warning(tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("needs ogrinfo (gdal-bin)")
    path = one_file(FLATGEOBUF, tmp_path, [batch([building(0), building(1)])])
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", path], capture_output=True, text=True, check=True
    )
    assert told.stderr == ""
    assert "Feature Count: 2" in told.stdout


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    piece = tmp_path / "0.piece"
    encoder = FLATGEOBUF.encoder(DATASET, BUILDING, piece)
    encoder.write(batch([building(0)]))
    pieces = [Piece(piece, "Building", 1, None, encoder.close())]
    folder = tmp_path / "gone"
    with pytest.raises((OutputError, OSError)):
        FLATGEOBUF.finish(DATASET, {"Building": BUILDING}, pieces, folder)
    assert not folder.exists()
