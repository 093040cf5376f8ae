"""Tables with coordinates in columns."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
import shapely

from commonplace.batch import GEOMETRY, Query
from commonplace.errors import ColumnNotFound, DocumentError
from commonplace.job import PointsSpec, SourceSpec
from commonplace.jobreading import parse_job
from commonplace.sources.file import FileSource
from commonplace.sources.points import numbers
from commonplace.sources.ragged import surplus
from support.sources import codes, read, shapes


def table(folder: Path, text: str, name: str = "trees.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def test_longitude_and_latitude_are_found(tmp_path: Path) -> None:
    path = table(tmp_path, "id;Längengrad;Breitengrad\n1;11,5;48,25\n2;;\n3;x;48\n4;11;95\n")
    source = FileSource(SourceSpec(path=path))
    layer = source.layer()
    assert (layer.geometry_type, layer.crs, layer.count) == ("Point", "EPSG:4326", 4)
    assert list(shapes(read(source))) == [shapely.Point(11.5, 48.25), None, None, None]
    assert codes(source) >= {"POINTS_FROM_COLUMNS", "COORDINATES_BAD"}
    bad = next(one for one in source.findings() if one.code == "COORDINATES_BAD")
    assert (bad.count, bad.value) == (2, "x, 48")


def test_named_columns_in_a_stated_crs(tmp_path: Path) -> None:
    path = table(tmp_path, "Länge,Breite,h\n691.000,5.334.000,1\n".replace(",", ";"))
    points = PointsSpec(x="Länge", y="Breite", z="h")
    source = FileSource(SourceSpec(path=path, crs="EPSG:25832", points=points))
    batches = list(source.batches(source.layer(), Query(columns=("h",))))
    assert batches[0].schema.names == ["h", GEOMETRY]
    found = shapely.from_wkb([one for part in batches for one in part[GEOMETRY].to_pylist()])
    assert shapely.get_coordinates(found, include_z=True).tolist() == [[691.0, 5334000.0, 1.0]]


def test_lengths_and_widths_are_no_coordinates(tmp_path: Path) -> None:
    path = table(tmp_path, "id,Länge,Breite\n1,11.5,48.2\n")
    assert FileSource(SourceSpec(path=path)).layer().geometry_type is None


def test_a_bbox_chooses_points(tmp_path: Path) -> None:
    path = table(tmp_path, "id,lon,lat\n1,11,48\n2,12,49\n")
    source = FileSource(SourceSpec(path=path))
    query = Query(columns=("id",), bbox=(10.5, 47.5, 11.5, 48.5))
    found = [one for batch in source.batches(source.layer(), query) for one in batch["id"]]
    assert [one.as_py() for one in found] == ["1"]


def test_tables_of_a_glob_become_one_layer_of_points(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        table(tmp_path, "id,lon,lat\n1,11,48\n", name)
    source = FileSource(SourceSpec(path=tmp_path / "*.csv"))
    assert source.layer().geometry_type == "Point"
    assert list(shapes(read(source))) == [shapely.Point(11, 48)] * 2


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = table(tmp_path, "id,ost,nord\n1,11,48\n")
    with pytest.raises(ColumnNotFound):
        FileSource(SourceSpec(path=path, points=PointsSpec(x="ost", y="north"))).layers()


def test_a_job_names_both_columns() -> None:
    text = (
        "{title: t, licence: l, attribution: a, sources: {s: {path: a.csv, points: {x: lon}}},"
        " datasets: [{mapping: m.yaml, source: s}], crs: {target: EPSG:4258},"
        " output: {folder: out}}"
    )
    with pytest.raises(DocumentError) as raised:
        parse_job(text, Path())
    assert [one.path for one in raised.value.problems] == ["$.sources.s.points"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("48,1372", 48.1372),
        (" 48.1372 ", 48.1372),
        ("-0,5", -0.5),
        ("5.334.000", 5334000),
        ("691.000,5", 691000.5),
        ("691,000.5", 691000.5),
        ("2'600'000.25", 2600000.25),
        ("2\u00a0600\u202f000", 2600000),
        ("1e3", 1000),
    ],
)
def test_numbers_as_people_write_them(text: str, number: float) -> None:
    assert numbers(pa.array([text])).tolist() == [number]


@pytest.mark.parametrize("text", ["", "n/a", "48°08'", "1,2,3", "--"])
def test_what_is_no_number(text: str) -> None:
    found = numbers(pa.array([text, None]))
    assert (found != found).all()


def test_cells_that_the_head_has_no_column_for_are_told(tmp_path: Path) -> None:
    path = table(tmp_path, 'id;name;b\n1;x;2\n2;a; b;3\n3;"a; b";3\n4;y;4;\n5;z\n6;"a\n;b";1\n')
    source = FileSource(SourceSpec(path=path))
    assert read(source).num_rows == 6
    told = next(one for one in source.findings() if one.code == "ROW_RAGGED")
    assert (told.count, told.value) == (1, "2;a; b;3")


def test_a_table_in_order_tells_nothing(tmp_path: Path) -> None:
    path = table(tmp_path, 'id,name\n1,"a, b"\n2,c\n')
    source = FileSource(SourceSpec(path=path))
    read(source)
    assert "ROW_RAGGED" not in codes(source)


def test_the_look_at_lines_stands_any_values(tmp_path: Path) -> None:
    rows = "".join(f"{number},x\n" for number in range(200_000))
    path = table(tmp_path, f"id,name\n{rows}B7,y\n8,z,surplus\n")
    told = surplus(path, 2, "trees")
    assert told is not None
    assert (told.count, told.value) == (1, "8,z,surplus")
