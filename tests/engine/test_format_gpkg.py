"""GeoPackage: types, tables and bytes, read back by GDAL old and new and by SQLite."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyogrio
import pytest
import shapely

from commonplace.errors import OutputError
from commonplace.formats import FORMATS
from commonplace.formats.base import Piece
from commonplace.formats.gpkg import BATCH_ROWS
from commonplace.model.types import Kind, qname
from commonplace.report import OutputFile
from commonplace.target import Shape, TargetBatch
from support.batches import BUILDING, DATASET, NS, SQUARE, batch, building, node, shape

GPKG = FORMATS["gpkg"]


def write(folder: Path, parts: Sequence[TargetBatch]) -> Path:
    pieces = []
    for number, part in enumerate(parts):
        path = folder / f"{number}.piece"
        encoder = GPKG.encoder(DATASET, part.shape, path)
        encoder.write(part)
        pieces.append(Piece(path, part.shape.name, part.rows, None, encoder.close()))
    shapes = {part.shape.name: part.shape for part in parts}
    (output,) = GPKG.finish(DATASET, shapes, pieces, folder)
    assert isinstance(output, OutputFile)
    return folder / output.path


def ask(path: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as database:
        answers = list(database.execute(question))
    database.close()
    return answers


def test_columns_are_typed(tmp_path: Path) -> None:
    path = write(tmp_path, [batch([building(0)])])
    columns = {row[1]: row[2] for row in ask(path, "PRAGMA table_info('Building')")}
    assert list(columns)[:3] == ["fid", "geometry2D", "gml_id"]
    assert columns["geometry2D"] == "POLYGON"
    assert columns["beginLifespanVersion"] == "DATETIME"
    assert columns["elevation"] == "REAL"
    assert columns["elevation_uom"] == "TEXT"
    assert columns["currentUse_percentage"] == "INTEGER"
    assert columns["numberOfDwellings"] == "INTEGER"
    assert columns["geometry2D_referenceGeometry"] == "BOOLEAN"
    assert columns["alias"] == "TEXT"


def test_values_come_back(tmp_path: Path) -> None:
    path = write(tmp_path, [batch([building(0), building(1, elevation=None, name=None)])])
    _, table = pyogrio.read_arrow(path, layer="Building")
    first, second = table.to_pylist()
    assert first["gml_id"] == "Building.b0"
    assert first["alias"] == '["a","b"]'
    assert first["elevation"] == 12.5
    assert first["dateOfConstruction_anyPoint"].microsecond == 500_000
    assert second["elevation"] is None
    assert second["elevation_uom"] is None
    assert second["name"] is None
    geometry = shapely.from_wkb(first["geometry2D"])
    assert shapely.equals_exact(geometry, batch([building(0)]).geometries[0])


def test_the_tables_that_geopackage_demands(tmp_path: Path) -> None:
    path = write(tmp_path, [batch([building(0), building(1)])])
    (content,) = ask(path, "SELECT * FROM gpkg_contents WHERE table_name <> 'layer_styles'")
    assert content[:3] == ("Building", "features", "Building")
    assert content[4] == "2026-01-02T03:04:05.000Z"
    assert content[5:9] == pytest.approx((7.0, 50.0, 7.001, 50.002))
    assert content[9] == 4258
    assert {row[0] for row in ask(path, "SELECT srs_id FROM gpkg_spatial_ref_sys")} >= {
        -1,
        0,
        4326,
        4258,
    }
    assert ask(path, "PRAGMA user_version") == [(10300,)]
    assert ask(path, "SELECT count(*) FROM rtree_Building_geometry2D") == [(2,)]
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]


def test_debian_gdal_reads_it_without_a_warning(tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("needs ogrinfo (gdal-bin)")
    path = write(tmp_path, [batch([building(0), building(1)])])
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", path], capture_output=True, text=True, check=True
    )
    assert told.stderr == ""
    assert "Warning" not in told.stdout
    assert "Feature Count: 2" in told.stdout


def test_bytes_do_not_depend_on_the_cut(tmp_path: Path) -> None:
    count = BATCH_ROWS + 3_000
    language = ["deu", "fra", "ita"]
    rows = [
        building(
            number,
            name=[{"language": language[number // 7_000], "spelling": {"text": "x"}}],
            geometry2D=[{"geometry": number % 2}],
        )
        for number in range(count)
    ]
    pool = [SQUARE, shapely.MultiPolygon([SQUARE])]
    written = set()
    for cuts in ([0, count], [0, 5_000, count], [0, 1, 2, 9_999, BATCH_ROWS, count]):
        folder = tmp_path / str(len(cuts))
        folder.mkdir()
        parts = [batch(rows[a:b], pool) for a, b in pairwise(cuts)]
        path = write(folder, parts)
        written.add(path.read_bytes())
    assert len(written) == 1
    _, table = pyogrio.read_arrow(path, layer="Building", columns=["gml_id"], read_geometry=False)
    assert table["gml_id"].to_pylist() == [f"Building.b{number}" for number in range(count)]


def test_single_geometries_become_multiple_where_both_occur(tmp_path: Path) -> None:
    pool = [SQUARE, shapely.MultiPolygon([SQUARE, shapely.box(2, 2, 3, 3)]), None]
    rows = [building(number) for number in range(2)] + [building(2, geometry2D=[])]
    path = write(tmp_path, [batch(rows, pool)])
    assert pyogrio.read_info(path, layer="Building")["geometry_type"] == "MultiPolygon"
    _, table = pyogrio.read_arrow(path, layer="Building", columns=[])
    first, second, third = shapely.from_wkb(table["geometry2D"].to_pylist())
    assert shapely.equals_exact(first, shapely.MultiPolygon([SQUARE]))
    assert shapely.equals_exact(second, pool[1])
    assert third is None


@pytest.mark.parametrize(
    ("geometry", "kind"),
    [
        (shapely.Point(1, 2, 3), "Point Z"),
        (shapely.LineString([(1, 2), (3, 4)]), "LineString"),
        (shapely.MultiPoint([(1, 2), (3, 4)]), "MultiPoint"),
    ],
)
def test_tables_say_what_geometry_they_hold(tmp_path: Path, geometry: object, kind: str) -> None:
    path = write(tmp_path, [batch([building(0)], [geometry])])
    assert pyogrio.read_info(path, layer="Building")["geometry_type"] == kind


def _other_types() -> tuple[TargetBatch, TargetBatch]:
    """A type without geometry, and one with names that differ in case only."""
    name = shape("ThoroughfareName", node("name"), node("Name"), node("FID"), feature=True)
    rows = [{"@ordinal": 0, "@id": "t", "name": "x", "Name": "y", "FID": "z"}]
    point = Shape(qname(NS, "Address"), (node("position", Kind.GEOMETRY),), feature=True)
    places = [{"@ordinal": 0, "@id": "a", "position": 0}]
    kind = pa.struct({"@ordinal": pa.int64(), "@id": pa.string(), "position": pa.int32()})
    pool = batch([building(0)], [shapely.Point(7, 50)]).geometries
    return (
        TargetBatch(name, pa.RecordBatch.from_pylist(rows)),
        TargetBatch(point, pa.RecordBatch.from_struct_array(pa.array(places, kind)), pool),
    )


def test_several_types_share_a_file(tmp_path: Path) -> None:
    path = write(tmp_path, _other_types())
    contents = ask(path, "SELECT table_name, data_type FROM gpkg_contents ORDER BY 1")
    assert contents == [("Address", "features"), ("ThoroughfareName", "attributes")]
    columns = [row[1] for row in ask(path, "PRAGMA table_info('ThoroughfareName')")]
    assert columns == ["fid", "gml_id", "name", "Name_2", "FID_2"]


def test_no_rows_make_no_file(tmp_path: Path) -> None:
    assert GPKG.finish(DATASET, {"Building": BUILDING}, [], tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    piece = tmp_path / "0.piece"
    encoder = GPKG.encoder(DATASET, BUILDING, piece)
    encoder.write(batch([building(0)]))
    pieces = [Piece(piece, "Building", 1, None, encoder.close())]
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / ".buildings.gpkg.gpkg").mkdir()  # where GDAL would write
    with pytest.raises((OutputError, OSError)):
        GPKG.finish(DATASET, {"Building": BUILDING}, pieces, folder)
    assert not (folder / "buildings.gpkg").exists()


def test_geometries_beyond_the_first_are_named_as_lost() -> None:
    parcel = shape(
        "CadastralParcel",
        node("referencePoint", Kind.GEOMETRY),
        node("geometry", Kind.GEOMETRY),
        feature=True,
    )
    (loss,) = GPKG.losses(parcel)
    assert loss.startswith("referencePoint:")
