"""GeoPackage: code lists, definitions, void reasons and the dataset's own metadata."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from lxml import etree

from commonplace.formats import FORMATS
from commonplace.formats.gpkg.about import DUBLIN_CORE, VOID_REASONS
from commonplace.model.loader import load_model
from commonplace.model.types import Kind
from commonplace.target import TargetBatch
from support.batches import BUILDING, CODES, DATASET, batch, building, node
from support.writing import one_file

GPKG = FORMATS["gpkg"]


def ask(path: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return list(database.execute(question))


def used(*codes: str | None) -> TargetBatch:
    return batch(
        [
            building(number, currentUse=[{"currentUse": code, "percentage": 1}])
            for number, code in enumerate(codes)
        ]
    )


def constraint(path: Path, column: str) -> object:
    ((name,),) = ask(
        path, f"SELECT constraint_name FROM gpkg_data_columns WHERE column_name = '{column}'"
    )
    return name


def test_a_code_list_is_the_constraint_of_its_column(tmp_path: Path) -> None:
    path = one_file(GPKG, tmp_path, [used("residential", "office", None)])
    assert constraint(path, "currentUse_currentUse") == "currentusevalue"
    assert ask(path, "SELECT * FROM gpkg_data_columns WHERE column_name LIKE '%_href'") == []
    found = ask(
        path,
        "SELECT constraint_type, value, description FROM gpkg_data_column_constraints"
        " WHERE constraint_name = 'currentusevalue' ORDER BY rowid",
    )
    known = load_model().code_list(CODES)
    assert known is not None
    assert found == [("enum", one.local, one.uri) for one in known.values]


@pytest.mark.parametrize("code", ["http://example.eu/codes/castle", "castle"])
def test_a_column_with_values_of_its_own_only_names_its_list(tmp_path: Path, code: str) -> None:
    path = one_file(GPKG, tmp_path, [used("residential"), used(code)])
    assert constraint(path, "currentUse_currentUse") == "currentusevalue_any"
    assert ask(
        path,
        "SELECT constraint_name, constraint_type, value, description"
        " FROM gpkg_data_column_constraints WHERE constraint_name LIKE 'current%'",
    ) == [("currentusevalue_any", "glob", "*", CODES)]


def test_units_that_occur_are_the_constraint_of_their_column(tmp_path: Path) -> None:
    path = one_file(GPKG, tmp_path, [batch([building(0), building(1, elevation=None)])])
    assert constraint(path, "elevation_uom") == "building_elevation_uom"
    found = ask(
        path,
        "SELECT constraint_type, value FROM gpkg_data_column_constraints"
        " WHERE constraint_name = 'building_elevation_uom'",
    )
    assert found == [("enum", "m")]


def test_columns_have_titles_and_definitions(tmp_path: Path) -> None:
    elevation = BUILDING.nodes[4]
    element = replace(elevation.property.element, definition="How high it lies.")
    told = replace(elevation, property=replace(elevation.property, element=element))
    shape = replace(BUILDING, nodes=(*BUILDING.nodes[:4], told, *BUILDING.nodes[5:]))
    path = one_file(GPKG, tmp_path, [replace(batch([building(0)]), shape=shape)])
    found = ask(
        path,
        "SELECT column_name, title, description FROM gpkg_data_columns"
        " WHERE column_name LIKE 'elevation%'",
    )
    assert found == [
        ("elevation", "elevation", "How high it lies."),
        ("elevation_uom", "elevation, uom", "Unit of measurement."),
    ]


def void_columns(path: Path) -> list[tuple[object, ...]]:
    return ask(
        path,
        "SELECT table_name, column_name, metadata, md_standard_uri, timestamp"
        " FROM gpkg_metadata_reference JOIN gpkg_metadata ON id = md_file_id"
        " WHERE reference_scope = 'column' ORDER BY column_name",
    )


def test_void_reasons_are_metadata_of_their_columns(tmp_path: Path) -> None:
    nodes = [
        replace(one, nil="Withheld") if one.name == "dateOfConstruction" else one
        for one in BUILDING.nodes
    ]
    shape = replace(BUILDING, nodes=(*nodes, node("fid", void=True, nil="Unknown")))
    path = one_file(GPKG, tmp_path, [replace(batch([building(0)]), shape=shape)])
    time = "2026-01-02T03:04:05.000Z"
    assert void_columns(path) == [
        ("Building", column, reason, f"{VOID_REASONS}/{reason}", time)
        for column, reason in (
            ("conditionOfConstruction", "Unpopulated"),
            ("dateOfConstruction_anyPoint", "Withheld"),
            ("fid_2", "Unknown"),
        )
    ]
    columns = {row[1]: row[2] for row in ask(path, "PRAGMA table_info('Building')")}
    assert columns["conditionOfConstruction"] == "TEXT"
    assert ask(path, "SELECT conditionOfConstruction, fid_2 FROM Building") == [(None, None)]
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]


def stated(*reasons: str | None) -> TargetBatch:
    """Buildings whose elevation is missing where a reason is stated."""
    nodes = [
        replace(one, siblings=("nil",)) if one.name == "elevation" else one
        for one in BUILDING.nodes
    ]
    rows = [
        building(number, elevation=None if reason else 1.5) for number, reason in enumerate(reasons)
    ]
    made = batch(rows)
    columns = made.columns.append_column("elevation@nil", pa.array(reasons, pa.string()))
    return replace(made, shape=replace(BUILDING, nodes=tuple(nodes)), columns=columns)


def elevation_reasons(path: Path) -> list[tuple[object, ...]]:
    return ask(
        path,
        "SELECT reference_scope, row_id_value, metadata FROM gpkg_metadata_reference"
        " JOIN gpkg_metadata ON id = md_file_id WHERE column_name = 'elevation' ORDER BY 2",
    )


def test_reasons_that_differ_belong_to_cells(tmp_path: Path) -> None:
    parts = [stated("Unknown", None, "Withheld"), stated(None), stated(None, "Unknown")]
    written = set()
    for number, chosen in enumerate((parts, [*parts[:2], stated(None), stated("Unknown")])):
        path = one_file(GPKG, tmp_path / str(number), chosen)
        written.add(tuple(elevation_reasons(path)))
    assert written == {
        (("row/col", 1, "Unknown"), ("row/col", 3, "Withheld"), ("row/col", 6, "Unknown"))
    }
    assert ask(path, "SELECT fid FROM Building WHERE elevation IS NULL") == [(1,), (3,), (6,)]


def test_one_reason_for_all_empty_cells_belongs_to_the_column(tmp_path: Path) -> None:
    path = one_file(GPKG, tmp_path, [stated("Unknown", None), stated("Unknown")])
    assert elevation_reasons(path) == [("column", None, "Unknown")]


def test_the_reason_why_a_list_has_no_values(tmp_path: Path) -> None:
    nodes = [
        replace(one, siblings=("nil",)) if one.name == "currentUse" else one
        for one in BUILDING.nodes
    ]
    made = batch([building(0, currentUse=[None]), building(1), building(2, currentUse=[])])
    reasons = pa.array([["Withheld"], [None], []], pa.list_(pa.string()))
    columns = made.columns.append_column("currentUse@nil", reasons)
    made = replace(made, shape=replace(BUILDING, nodes=tuple(nodes)), columns=columns)
    path = one_file(GPKG, tmp_path, [made])
    found = ask(
        path,
        "SELECT reference_scope, column_name, row_id_value FROM gpkg_metadata_reference"
        " JOIN gpkg_metadata ON id = md_file_id WHERE metadata = 'Withheld' ORDER BY 2",
    )
    first = ("currentUse_currentUse", "currentUse_percentage")  # the columns of the first one
    assert found == [("row/col", column, 1) for column in first]


def test_only_reasons_within_lists_are_lost() -> None:
    lost = [one for one in GPKG.losses(BUILDING) if "reason" in one]
    assert [one.partition(":")[0] for one in lost] == ["currentUse_percentage"]
    geometry = node("geometry", Kind.GEOMETRY, void=True, nil="Unknown")
    assert GPKG.losses(replace(BUILDING, nodes=(geometry,))) == []


def test_the_dataset_is_described_in_dublin_core(tmp_path: Path) -> None:
    dataset = replace(DATASET, lineage="Surveyed < 1900.")
    path = one_file(GPKG, tmp_path, [used("office")], dataset)
    ((text, scope),) = ask(
        path,
        "SELECT metadata, reference_scope FROM gpkg_metadata JOIN gpkg_metadata_reference"
        f" ON id = md_file_id WHERE md_standard_uri = '{DUBLIN_CORE}'",
    )
    assert scope == "geopackage"
    found = {one.tag.rpartition("}")[2]: one.text for one in etree.fromstring(str(text))}
    assert found["title"] == "Häuser"
    assert str(found["provenance"]).startswith("Surveyed < 1900. Written by")
    assert found["license"] == "CC-BY-4.0"
    assert found["rightsHolder"] == "© Stadt"
    assert found["modified"] == "2026-01-02T03:04:05Z"
    assert found["conformsTo"] == "http://inspire.ec.europa.eu/schemas/bu-core2d/4.0"


def test_extensions_are_registered_once(tmp_path: Path) -> None:
    path = one_file(GPKG, tmp_path, [used("office")])
    found = ask(path, "SELECT table_name, extension_name FROM gpkg_extensions ORDER BY 1")
    assert found == [
        ("Building", "gpkg_rtree_index"),
        ("gpkg_data_column_constraints", "gpkg_schema"),
        ("gpkg_data_columns", "gpkg_schema"),
        ("gpkg_metadata", "gpkg_metadata"),
        ("gpkg_metadata_reference", "gpkg_metadata"),
    ]


def test_debian_gdal_shows_field_domains(tmp_path: Path) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("needs ogrinfo (gdal-bin)")
    path = one_file(GPKG, tmp_path, [used("office")])
    told = subprocess.run(
        ["ogrinfo", "-ro", "-al", "-fielddomain", "currentusevalue", path],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stderr == ""
    assert "Warning" not in told.stdout
    assert "domain name=currentusevalue" in told.stdout
    assert "residential: " in told.stdout


def test_qgis_finds_the_style_of_a_table(tmp_path: Path) -> None:
    path = one_file(GPKG, tmp_path, [used("residential")])
    (row,) = ask(
        path,
        "SELECT f_table_name, f_geometry_column, styleName, useAsDefault, styleQML, styleSLD"
        " FROM layer_styles",
    )
    assert row[:4] == ("Building", "geometry2D", "City buildings by use", 1)
    assert 'attr="currentUse_currentUse"' in str(row[4])
    assert "PolygonSymbolizer" in str(row[5])
    assert ask(path, "SELECT data_type FROM gpkg_contents WHERE table_name = 'layer_styles'") == [
        ("attributes",)
    ]
