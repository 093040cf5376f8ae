"""GeoPackage: what a feature has several of lies in tables of its own, with keys."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
import shapely.affinity

from commonplace.formats import FORMATS
from commonplace.formats.base import Piece
from commonplace.formats.gpkg import BATCH_ROWS
from commonplace.model.types import Kind, qname
from commonplace.target import Shape, TargetBatch
from support.batches import BUILDING, DATASET, NS, SQUARE, batch, building, node, shape
from support.cuts import CUTS
from support.writing import one_file

GPKG = FORMATS["gpkg"]


def ask(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return list(database.execute(question))


def tables(path: Path) -> dict[object, object]:
    rows = ask(path, "SELECT table_name, data_type FROM gpkg_contents")
    return {row[0]: row[1] for row in rows if row[0] != "layer_styles"}


def uses(*codes: str) -> list[dict[str, object]]:
    return [{"currentUse": code, "percentage": 10 + n} for n, code in enumerate(codes)]


def name(language: str, text: str) -> dict[str, object]:
    return {"language": language, "spelling": {"text": text}}


def test_no_repeats_make_no_tables(tmp_path: Path) -> None:
    path = one_file(GPKG, tmp_path, [batch([building(0), building(1, currentUse=[])])])
    assert tables(path) == {"Building": "features"}
    assert ask(path, "SELECT * FROM sqlite_master WHERE name LIKE 'idx%'") == []


def test_all_objects_of_features_with_several(tmp_path: Path) -> None:
    rows = [building(0), building(1, currentUse=uses("office", "retail")), building(2)]
    path = one_file(GPKG, tmp_path, [batch(rows)])
    assert tables(path) == {"Building": "features", "Building_currentUse": "attributes"}
    found = ask(path, "SELECT parent_gml_id, currentUse, percentage FROM Building_currentUse")
    assert found == [("Building.b1", "office", 10), ("Building.b1", "retail", 11)]
    flat = ask(path, "SELECT currentUse_currentUse FROM Building")
    assert flat == [("residential",), ("office",), ("residential",)]


def test_keys_have_indexes_and_joins_use_them(tmp_path: Path) -> None:
    rows = [building(0, currentUse=uses("office", "retail"))]
    path = one_file(GPKG, tmp_path, [batch(rows)])
    plan = ask(
        path,
        "EXPLAIN QUERY PLAN SELECT * FROM Building JOIN Building_currentUse"
        " ON parent_gml_id = gml_id WHERE Building.fid = 1",
    )
    assert any("idx_Building_currentUse_parent_gml_id" in str(row) for row in plan)
    assert ask(path, "SELECT name FROM sqlite_master WHERE name = 'idx_Building_gml_id'")


def test_related_tables_are_described_as_the_others(tmp_path: Path) -> None:
    rows = [building(0, currentUse=uses("office", "residential"))]
    path = one_file(GPKG, tmp_path, [batch(rows)])
    found = ask(
        path,
        "SELECT column_name, constraint_name FROM gpkg_data_columns"
        " WHERE table_name = 'Building_currentUse' AND constraint_name NOT NULL",
    )
    assert found == [("currentUse", "currentusevalue")]


def test_all_names_with_what_the_flat_columns_leave_out(tmp_path: Path) -> None:
    names = [name("deu", "Rathaus"), name("deu", "Altes Rathaus"), name("fra", "Mairie")]
    path = one_file(GPKG, tmp_path, [batch([building(0, name=names), building(1)])])
    found = ask(path, "SELECT parent_gml_id, language, spelling_text FROM Building_name")
    assert found == [
        ("Building.b0", "deu", "Rathaus"),
        ("Building.b0", "deu", "Altes Rathaus"),
        ("Building.b0", "fra", "Mairie"),
    ]


def test_geometries_of_several_objects_have_their_own_index(tmp_path: Path) -> None:
    far = shapely.affinity.translate(SQUARE, 10, 20)
    rows = [building(0, geometry2D=[{"geometry": 0}, {"geometry": 1}])]
    path = one_file(GPKG, tmp_path, [batch(rows, [SQUARE, far])])
    assert tables(path)["Building_geometry2D"] == "features"
    info, table = pyogrio.read_arrow(path, layer="Building_geometry2D")
    assert info["geometry_type"] == "Polygon"
    assert table["referenceGeometry"].to_pylist() == [True, True]
    found = shapely.from_wkb(table["geometry"].to_pylist())
    assert shapely.equals_exact(found, [SQUARE, far]).all()
    _, inside = pyogrio.read_arrow(path, layer="Building_geometry2D", bbox=(10, 20, 11, 21))
    assert inside.num_rows == 1
    assert ask(path, "SELECT count(*) FROM rtree_Building_geometry2D_geometry") == [(2,)]


PARCEL = Shape(
    qname(NS, "CadastralParcel"),
    (
        node("geometry", Kind.GEOMETRY),
        node("referencePoint", Kind.GEOMETRY),
        node("marks", Kind.GEOMETRY, repeated=True),
        node(
            "boundary",
            Kind.OBJECT,
            repeated=True,
            siblings=("href",),
            objects=(shape("Boundary", node("label"), node("line", Kind.GEOMETRY)),),
        ),
    ),
    feature=True,
)


def parcels(rows: Sequence[dict[str, Any]], pool: Sequence[object]) -> TargetBatch:
    kind = pa.struct(
        {
            "@ordinal": pa.int64(),
            "@id": pa.string(),
            "geometry": pa.int32(),
            "referencePoint": pa.int32(),
            "marks": pa.list_(pa.int32()),
            "boundary": pa.list_(pa.struct({"label": pa.string(), "line": pa.int32()})),
            "boundary@href": pa.list_(pa.string()),
        }
    )
    geometries = np.empty(len(pool), dtype=object)
    geometries[:] = pool
    full = [{"@ordinal": n, "@id": f"p{n}", **row} for n, row in enumerate(rows)]
    return TargetBatch(PARCEL, pa.RecordBatch.from_struct_array(pa.array(full, kind)), geometries)


def test_further_geometries_of_a_feature(tmp_path: Path) -> None:
    line = shapely.LineString([(0, 0), (1, 1)])
    made = parcels(
        [
            {"geometry": 0},
            {"geometry": 0, "referencePoint": 1, "marks": [1, 2]},
            {
                "marks": [2],
                "boundary": [{"label": "a", "line": 3}, None, {"label": "c", "line": 3}],
                "boundary@href": [None, "#CadastralBoundary.7", None],
            },
        ],
        [SQUARE, shapely.Point(1, 2), shapely.Point(3, 4), line],
    )
    path = one_file(GPKG, tmp_path, [made])
    found = {
        table: ask(path, f'SELECT parent_gml_id FROM "{table}"')
        for table in tables(path)
        if table != "CadastralParcel"
    }
    ids = [(f"CadastralParcel.p{n}",) for n in range(3)]
    assert found == {
        "CadastralParcel_boundary": [ids[2]] * 3,
        "CadastralParcel_boundary_line": [ids[2]],
        "CadastralParcel_marks": [ids[1], ids[1], ids[2]],
        "CadastralParcel_referencePoint": [ids[1]],
    }
    (_, table) = pyogrio.read_arrow(path, layer="CadastralParcel_marks")
    assert [shapely.from_wkb(one).x for one in table["marks"].to_pylist()] == [1, 3, 3]
    assert ask(path, "SELECT label, href FROM CadastralParcel_boundary") == [
        ("a", None),
        (None, "CadastralBoundary.7"),
        ("c", None),
    ]
    losses = {one.partition(":")[0]: one for one in GPKG.losses(PARCEL)}
    assert set(losses) == {"referencePoint", "marks", "boundary", "boundary_line"}
    assert "table CadastralParcel_referencePoint" in losses["referencePoint"]


DESIGNATOR = shape("LocatorDesignator", node("designator"), node("type", Kind.CODE))
LOCATOR = shape(
    "AddressLocator",
    node("level", Kind.CODE),
    node("designator", Kind.OBJECT, repeated=True, objects=(DESIGNATOR,)),
)
ADDRESS = Shape(
    qname(NS, "Address"),
    (node("locator", Kind.OBJECT, repeated=True, objects=(LOCATOR,)),),
    feature=True,
)


def addresses(*rows: list[list[str]]) -> TargetBatch:
    """Addresses by the designators of each of their locators."""
    designator = pa.struct({"designator": pa.string(), "type": pa.string()})
    locator = pa.struct({"level": pa.string(), "designator": pa.list_(designator)})
    kind = {"@ordinal": pa.int64(), "@id": pa.string(), "locator": pa.list_(locator)}
    full = [
        {
            "@ordinal": number,
            "@id": f"a{number}",
            "locator": [
                {"level": "unitLevel", "designator": [{"designator": one} for one in texts]}
                for texts in locators
            ],
        }
        for number, locators in enumerate(rows)
    ]
    return TargetBatch(ADDRESS, pa.RecordBatch.from_pylist(full, pa.schema(kind)))


def test_lists_inside_lists_have_tables_of_their_own(tmp_path: Path) -> None:
    made = addresses([["1"]], [["2", "a"]], [["3"], ["4", "b"]], [[], ["5"]], [])
    path = one_file(GPKG, tmp_path, [made])
    assert set(tables(path)) == {"Address", "Address_locator", "Address_locator_designator"}
    flat = ask(path, "SELECT locator_level, locator_designator_designator FROM Address")
    assert [one for _, one in flat] == ["1", "2", "3", None, None]
    found = ask(path, "SELECT parent_gml_id, gml_id, designator_designator FROM Address_locator")
    assert found == [
        ("Address.a1", "Address.a1.locator.1", "2"),
        ("Address.a2", "Address.a2.locator.1", "3"),
        ("Address.a2", "Address.a2.locator.2", "4"),
        ("Address.a3", "Address.a3.locator.1", None),
        ("Address.a3", "Address.a3.locator.2", "5"),
    ]
    found = ask(path, "SELECT parent_gml_id, designator FROM Address_locator_designator")
    assert found == [
        ("Address.a1.locator.1", "2"),
        ("Address.a1.locator.1", "a"),
        ("Address.a2.locator.2", "4"),
        ("Address.a2.locator.2", "b"),
    ]
    plan = ask(
        path,
        "EXPLAIN QUERY PLAN SELECT * FROM Address_locator l JOIN Address_locator_designator d"
        " ON d.parent_gml_id = l.gml_id WHERE l.fid = 1",
    )
    assert any("idx_Address_locator_designator_parent_gml_id" in str(row) for row in plan)


def test_lists_inside_lists_do_not_depend_on_the_cut(tmp_path: Path) -> None:
    rows = [[["1"]], [["2", "a"]], [["3"], ["4", "b"]], [["5"], ["6"]], [["7"]]] * 40
    whole = addresses(*rows)
    written = set()
    for number, size in enumerate((200, 1, 7)):
        parts = [
            TargetBatch(whole.shape, whole.columns.slice(start, size))
            for start in range(0, 200, size)
        ]
        path = one_file(GPKG, tmp_path / str(number), parts)
        written.add(path.read_bytes())
    assert len(written) == 1


def repeating(count: int, cuts: Sequence[float]) -> list[TargetBatch]:
    pool = [SQUARE, shapely.MultiPolygon([SQUARE])]
    rows = []
    for number in range(count):
        changed: dict[str, object] = {"geometry2D": [{"geometry": 0}]}
        if number % 3 == 0 and number > count // 3:
            changed["currentUse"] = uses("office", "retail", "castle" if number % 2 else "trade")
        if number > count // 2:
            changed["geometry2D"] = [{"geometry": number % 2}, {"geometry": number // 9 % 2}]
            changed["name"] = [name("deu", "x"), name(["fra", "ita"][number % 7 // 6], "y")]
        rows.append(building(number, **changed))
    edges = [round(share * count) for share in cuts]
    return [batch(rows[one:two], pool) for one, two in pairwise(edges)]


def test_bytes_do_not_depend_on_the_cut(tmp_path: Path) -> None:
    count = BATCH_ROWS + 3_000
    written = set()
    for cuts in CUTS:
        path = one_file(GPKG, tmp_path / str(len(cuts)), repeating(count, cuts))
        written.add(path.read_bytes())
    assert len(written) == 1
    assert len(tables(path)) == 4
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert ask(path, "PRAGMA foreign_key_check") == []


def test_a_type_named_as_a_related_table(tmp_path: Path) -> None:
    other = Shape(qname(NS, "building_CURRENTUSE"), (node("label"),), feature=True)
    kind = {"@ordinal": pa.int64(), "@id": pa.string(), "label": pa.string()}
    rows = pa.RecordBatch.from_pylist([{"@ordinal": 0, "@id": "a"}], pa.schema(kind))
    parts = [batch([building(0, currentUse=uses("office", "trade"))]), TargetBatch(other, rows)]
    pieces = []
    for number, part in enumerate(parts):
        piece = tmp_path / f"{number}.piece"
        encoder = GPKG.encoder(DATASET, part.shape, piece)
        encoder.write(part)
        pieces.append(Piece(piece, part.shape.name, part.rows, None, encoder.close()))
    shapes = {"Building": BUILDING, other.name: other}
    (output,) = GPKG.finish(DATASET, shapes, pieces, tmp_path)
    names = set(tables(tmp_path / output.path))
    assert names == {"Building", "Building_currentUse_2", "building_CURRENTUSE"}


def test_debian_gdal_reads_all_tables_without_a_warning(tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("needs ogrinfo (gdal-bin)")
    path = one_file(GPKG, tmp_path, repeating(30, [0, 1.0]))
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", path], capture_output=True, text=True, check=True
    )
    assert told.stderr == ""
    assert "Warning" not in told.stdout
    for table in tables(path):
        assert f"Layer name: {table}\n" in told.stdout
