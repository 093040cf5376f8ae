"""GTFS feeds as a source: a small one of our own, in a folder and a zip file, and Prato's."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
import shapely

from commonplace.batch import GEOMETRY, Query
from commonplace.errors import MalformedAnswer, SourceError, Unreachable
from commonplace.job import SourceSpec
from commonplace.sources.gtfs import GtfsSource

FEED = {
    "agency.txt": "agency_id,agency_name\na,Town Bus\n",
    "stops.txt": (
        "\ufeffstop_id, stop_name ,stop_lat,stop_lon,location_type,parent_station\n"
        "S,Station,50.0,10.0,1,\n"
        'p1," Platform 1 ",50.001,10.001,0,S\n'
        '"p2","Platform\n2",,,4,S\n'
        "q,Quay,51,11,0,\n"
        "r,Rock,52,12,0,nowhere\n"
    ),
    "routes.txt": (
        "route_id,agency_id,route_short_name,route_type\n1,a,One,3\n2,a,Two,3\n3,a,Three,3\n"
    ),
    "trips.txt": (
        "route_id,service_id,trip_id,direction_id,shape_id\n"
        "1,x,t1,0,h1\n1,x,t2,1,h2\n1,x,t3,0,h1\n2,x,t4,0,h2\n"
    ),
    "shapes.txt": (
        "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\n"
        "h1,50,10,10\nh1,52,12,30\nh1,51,11,20\nh2,50,10,1\nh2,50,11,2\nh3,1,1,1\n"
    ),
    "stop_times.txt": (
        "trip_id,stop_id,stop_sequence\nt1,S,1\nt1,q,2\nt2,q,1\nt2,S,2\nt3,S,1\nt3,q,2\nt3,r,3\n"
        "t4,q,1\nt4,r,2\n"
    ),
}  # fmt: skip


def folder(path: Path, **changed: str | None) -> Path:
    path.mkdir()
    tables = FEED | {f"{name}.txt": text for name, text in changed.items()}
    for name, text in tables.items():
        if text is not None:
            (path / name).write_text(text, encoding="utf-8")
    return path


def source(path: Path) -> GtfsSource:
    return GtfsSource(SourceSpec(path=path))


def table(one: GtfsSource, name: str, **asked: object) -> pa.Table:
    return pa.Table.from_batches(list(one.batches(one.layer(name), Query(**asked))))


def shapes(found: pa.Table):
    return shapely.from_wkb(found.column(GEOMETRY).to_numpy())


def codes(one: GtfsSource) -> dict[str, int]:
    return {each.code: each.count for each in one.findings()}


@pytest.fixture(params=["folder", "zip", "zip with a folder"])
def town(request, tmp_path):
    path = folder(tmp_path / "feed")
    if request.param != "folder":
        inside = "" if request.param == "zip" else "feed/"
        archive = tmp_path / "feed.zip"
        with zipfile.ZipFile(archive, "w") as zipped:
            for name in FEED:
                zipped.write(path / name, f"{inside}{name}")
        path = archive
    return source(path)


def test_stops(town):
    layer = town.layer("stops")
    assert (layer.count, layer.crs, layer.geometry_type) == (5, "OGC:CRS84", "Point")
    assert layer.extent == (10, 50, 12, 52)
    found = table(town, "stops")
    assert found.column("stop_name").to_pylist() == [
        "Station", "Platform 1", "Platform\n2", "Quay", "Rock",
    ]  # fmt: skip
    assert found.column("location_type").to_pylist() == [1, 0, 4, 0, 0]
    assert found.column("parent_name").to_pylist() == [None, "Station", "Station", None, None]
    assert shapely.equals(shapes(found)[2], shapely.Point(10, 50))  # its parent's
    assert codes(town) == {"PARENT_UNKNOWN": 1}


def test_shapes_and_routes(town):
    lines = table(town, "shapes")
    assert lines.column("shape_id").to_pylist() == ["h1", "h2"]
    assert lines.column("trips").to_pylist() == [2, 2]
    assert sorted(lines.column("route_ids")[1].as_py()) == ["1", "2"]
    assert shapes(lines)[0].equals_exact(shapely.LineString([(10, 50), (11, 51), (12, 52)]), 0)
    routes = table(town, "routes")
    assert routes.column("agency_name").to_pylist() == ["Town Bus"] * 3
    assert routes.column("trips").to_pylist() == [3, 1, 0]
    assert shapely.get_num_geometries(shapes(routes)).tolist() == [2, 1, 0]
    assert codes(town) == {"LINE_TOO_SHORT": 1, "ROUTE_WITHOUT_LINE": 1}


def test_filters(town):
    assert table(town, "stops", where=(("location_type", "0"),)).num_rows == 3
    assert table(town, "stops", bbox=(10.5, 50.5, 11.5, 51.5)).num_rows == 1
    assert table(town, "routes", columns=["route_id"], limit=1).column_names == [
        "route_id", GEOMETRY,
    ]  # fmt: skip


def test_routes_without_shapes_go_from_stop_to_stop(tmp_path):
    one = source(folder(tmp_path / "f", shapes=None))
    assert [layer.name for layer in one.layers()] == ["stops", "routes"]
    found = shapes(table(one, "routes"))
    assert shapely.get_num_geometries(found).tolist() == [2, 1, 0]  # each direction's longest
    assert shapely.get_num_coordinates(found).tolist() == [5, 2, 0]
    assert "ROUTE_LINES_FROM_STOPS" in codes(one)


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "count"),
    [
        ("stops", "q,Quay,51,11,0,", "q,Quay,north,11,0,", "VALUE_UNREADABLE", 1),
        ("stops", "q,Quay,51,11,0,", "q,Quay,95,11,0,", "COORDINATES_BAD", 1),
        ("stops", "q,Quay,51,11,0,", "q,Quay,0,0,0,", "COORDINATES_BAD", 1),
        ("stops", "q,Quay,51,11,0,", "q,Quay,51", "ROW_BROKEN", 1),
        ("stops", "q,Quay", "S,Quay", "ID_REPEATED", 1),
    ],
)
def test_bad_rows_are_findings(tmp_path, name, old, new, code, count):
    one = source(folder(tmp_path / "f", **{name: FEED[f"{name}.txt"].replace(old, new)}))
    rows = table(one, name).num_rows
    assert codes(one)[code] == count
    assert rows == (4 if code == "ROW_BROKEN" else 5)


def test_bad_points_of_shapes(tmp_path):
    text = FEED["shapes.txt"].replace("h1,51,11,20", "h1,,11,20")
    one = source(folder(tmp_path / "f", shapes=text))
    assert table(one, "shapes").column("points").to_pylist() == [2, 2]
    assert codes(one)["ROW_INCOMPLETE"] == 1


def test_text_of_another_encoding(tmp_path):
    path = folder(tmp_path / "f")
    (path / "stops.txt").write_bytes(
        FEED["stops.txt"].lstrip("\ufeff").replace("Quay", "Käi").encode("cp1252")
    )
    one = source(path)
    assert "Käi" in table(one, "stops").column("stop_name").to_pylist()
    assert codes(one)["TEXT_NOT_UTF8"] == 1


def test_what_is_no_feed(tmp_path):
    (tmp_path / "x").mkdir()
    with pytest.raises(MalformedAnswer):
        source(tmp_path / "x").layers()
    with pytest.raises(Unreachable):
        source(tmp_path / "nothing").layers()
    with pytest.raises(SourceError):
        GtfsSource(SourceSpec(url="https://example.com"))
    broken = tmp_path / "b.zip"
    broken.write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(MalformedAnswer):
        source(broken).layers()


def test_the_feed_of_prato(shared):
    """1,647 stops; lines against what Python's own csv module finds."""
    path = shared / "data" / "it_prato_mobilita" / "bus.gtfs"
    one = source(path)
    assert {layer.name: layer.count for layer in one.layers()} == {
        "stops": 1647, "shapes": 427, "routes": 23,
    }  # fmt: skip
    with zipfile.ZipFile(path) as archive:
        rows = list(csv.DictReader(io.TextIOWrapper(archive.open("shapes.txt"), "utf-8")))
        stops = list(csv.DictReader(io.TextIOWrapper(archive.open("stops.txt"), "utf-8")))
    found = table(one, "stops")
    assert found.column("stop_id").to_pylist() == [row["stop_id"] for row in stops]
    places = shapely.get_coordinates(shapes(found))
    assert np.array_equal(
        places, np.array([(float(row["stop_lon"]), float(row["stop_lat"])) for row in stops])
    )
    expected: dict[str, list[tuple[int, float, float]]] = {}
    for row in rows:
        point = (
            int(row["shape_pt_sequence"]),
            float(row["shape_pt_lon"]),
            float(row["shape_pt_lat"]),
        )
        expected.setdefault(row["shape_id"], []).append(point)
    lines = table(one, "shapes")
    for key, line in zip(lines.column("shape_id").to_pylist(), shapes(lines), strict=True):
        assert list(line.coords) == [one[1:] for one in sorted(expected[key])]
