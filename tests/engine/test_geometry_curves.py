"""Curves in WKB become lines within the tolerance; checked against GDAL on real data."""

from __future__ import annotations

import math
import shutil
import struct
import subprocess
import sys
import zipfile

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from commonplace import crs, geometry
from commonplace.geometry.curves import CIRCULAR, linearised
from commonplace.job import GeometrySpec
from commonplace.report import Severity

METRES = crs.target_crs("EPSG:3044")


def sequence(kind: int, points: list[tuple[float, ...]]) -> bytes:
    return struct.pack("<BII", 1, kind, len(points)) + np.array(points, "<f8").tobytes()


def group(kind: int, *members: bytes) -> bytes:
    return struct.pack("<BII", 1, kind, len(members)) + b"".join(members)


def read(wkb: bytes, tolerance: float = 0.01) -> shapely.Geometry:
    return shapely.from_wkb(linearised(wkb, tolerance)[0])


def circle_of(radius: float, *degrees: float) -> list[tuple[float, float]]:
    return [
        (7 + radius * math.cos(math.radians(one)), 3 + radius * math.sin(math.radians(one)))
        for one in degrees
    ]


@given(
    radius=st.floats(0.05, 1e5),
    start=st.floats(0, 360),
    sweep=st.floats(2, 358),
    turn=st.sampled_from([1, -1]),
    tolerance=st.floats(0.001, 1),
)
def test_lines_stay_within_the_tolerance(radius, start, sweep, turn, tolerance):
    points = circle_of(radius, start, start + turn * sweep / 2, start + turn * sweep)
    line = read(sequence(CIRCULAR, points), tolerance)
    made = shapely.get_coordinates(line)
    assert np.array_equal(made[[0, -1]], np.array(points)[[0, 2]])
    from_centre = np.hypot(*(made - (7, 3)).T)
    assert np.abs(from_centre - radius).max() < 1e-6 * radius + 1e-9
    middles = np.hypot(*((made[1:] + made[:-1]) / 2 - (7, 3)).T)
    assert (radius - middles).max() <= tolerance * 1.001 + 1e-6 * radius
    length = math.radians(sweep) * radius
    assert line.length == pytest.approx(length, rel=0.03)  # the short way, not the long one


def test_a_whole_circle():
    ring = sequence(CIRCULAR, [(0, 0), (2, 0), (0, 0)])
    circle = read(group(10, ring), 0.001)
    assert circle.geom_type == "Polygon"
    assert circle.area == pytest.approx(math.pi, rel=0.003)
    assert circle.centroid.x == pytest.approx(1)


def test_neighbours_that_share_an_arc_still_meet():
    there = circle_of(100, 10, 55, 80)
    one = shapely.get_coordinates(read(sequence(CIRCULAR, there)))
    back = shapely.get_coordinates(read(sequence(CIRCULAR, there[::-1])))
    assert np.array_equal(one, back[::-1])


def test_points_in_a_row_are_a_line():
    assert read(sequence(CIRCULAR, [(0, 0), (1, 0), (2, 0)])).wkt == "LINESTRING (0 0, 1 0, 2 0)"


def test_heights_follow_the_arc():
    points = [(*one, z) for one, z in zip(circle_of(10, 0, 90, 180), (0, 9, 18), strict=True)]
    made = shapely.get_coordinates(read(sequence(1000 + CIRCULAR, points)), include_z=True)
    turned = np.degrees(np.arctan2(made[:, 1] - 3, made[:, 0] - 7))
    assert made[:, 2] == pytest.approx(turned / 10)


ARC = sequence(CIRCULAR, [(0, 0), (1, 1), (2, 0)])
LINE = sequence(2, [(2, 0), (2, -3), (0, -3), (0, 0)])
RING = sequence(2, [(0, 0), (2, 0), (2, 2), (0, 0)])
COMPOUND = group(9, ARC, LINE)


@pytest.mark.parametrize(
    ("wkb", "kind"),
    [
        (ARC, "LineString"),
        (COMPOUND, "LineString"),
        (group(10, COMPOUND), "Polygon"),
        (group(11, ARC, LINE, COMPOUND), "MultiLineString"),
        (group(12, group(10, COMPOUND)), "MultiPolygon"),
        (group(7, ARC, shapely.to_wkb(shapely.Point(1, 1))), "GeometryCollection"),
        (group(8), "LineString"),
        (group(10), "Polygon"),
        (group(15, shapely.to_wkb(shapely.box(0, 0, 1, 1))), "MultiPolygon"),
        (group(16, struct.pack("<BII", 1, 17, 1) + RING[5:]), "MultiPolygon"),
    ],
)
def test_each_kind_becomes_a_simple_feature(wkb, kind):
    made = read(wkb)
    assert made.geom_type == kind
    assert made.is_empty or made.is_valid


def test_where_curves_join_the_point_stands_once():
    points = shapely.get_coordinates(read(COMPOUND))
    assert not (points[1:] == points[:-1]).all(axis=1).any()
    assert np.array_equal(points[0], points[-1])


def test_byte_orders_measures_and_srids():
    big = struct.pack(">BII", 0, CIRCULAR, 3) + np.array([0, 0, 1, 1, 2, 0], ">f8").tobytes()
    measured = sequence(2000 + CIRCULAR, [(0, 0, 5), (1, 1, 6), (2, 0, 7)])
    extended = struct.pack("<BIII", 1, CIRCULAR | 0xE0000000, 25832, 3)
    extended += np.array([(0, 0, 1, 9), (1, 1, 1, 9), (2, 0, 1, 9)], "<f8").tobytes()
    assert read(big) == read(measured) == read(ARC)
    assert shapely.force_2d(read(extended)) == read(ARC)


def test_every_cut_is_refused():
    whole = group(12, group(10, COMPOUND))
    for end in range(len(whole)):
        with pytest.raises(ValueError, match=r"."):
            linearised(whole[:end], 0.01)


@pytest.mark.parametrize(
    "wkb",
    [
        sequence(CIRCULAR, [(0, 0), (1, 1), (2, 0), (3, 3)]),
        struct.pack("<BII", 1, CIRCULAR, 0xFFFFFFFF),
        struct.pack("<BI", 1, 99) + b"\0" * 9,
        group(10, shapely.to_wkb(shapely.box(0, 0, 1, 1))),
        struct.pack("<BII", 1, 7, 1) * 2_000,
    ],
)
def test_rubbish_is_refused(wkb):
    with pytest.raises(ValueError, match=r"."):
        linearised(wkb, 0.01)


def test_prepare_tells_of_curves_and_rejects_broken_ones():
    column = pa.array([ARC, COMPOUND[:-3], group(10, RING), None], pa.binary())
    prepared = geometry.prepare(
        column, None, METRES, GeometrySpec(), layer="l", ordinals=np.arange(4)
    )
    assert [(one.code, one.feature) for one in prepared.findings] == [
        ("GEOMETRY_NULL", "row 3"),
        ("GEOMETRY_UNREADABLE", "row 1"),
        ("CURVE_LINEARISED", "row 0"),
    ]
    assert prepared.findings[2].severity is Severity.INFO
    assert prepared.rejected.tolist() == [False, True, False, False]


def test_the_tolerance_is_in_target_units():
    arc = pa.array([sequence(CIRCULAR, circle_of(100, 0, 90, 180))], pa.binary())
    operation = crs.choose("EPSG:25832", "EPSG:4258", layer="l")

    def corners(tolerance: float | None) -> int:
        spec = GeometrySpec(tolerance=tolerance)
        target = crs.target_crs("EPSG:4258")
        prepared = geometry.prepare(arc, operation, target, spec, layer="l", ordinals=np.arange(1))
        return int(shapely.get_num_coordinates(prepared.geometries)[0])

    assert corners(1e-6) < corners(1e-8)
    assert corners(0.01 / 111_319.49) == corners(None)


def test_real_curves_against_gdal(shared, tmp_path):
    ogr2ogr = shutil.which("ogr2ogr", path="/usr/bin:/bin")
    if ogr2ogr is None:
        pytest.skip("needs Debian's gdal-bin: ogr2ogr")
    with zipfile.ZipFile(shared / "data" / "nl_otterlo_bgt" / "otterlo.zip") as archive:
        archive.extract("bgt_wegdeel.gml", tmp_path)
    source, linear = tmp_path / "bgt_wegdeel.gml", tmp_path / "linear.gpkg"
    command = [ogr2ogr, "-q", linear, source, "-nlt", "CONVERT_TO_LINEAR"]
    command += ["--config", "OGR_ARC_STEPSIZE", "0.02"]
    subprocess.run(
        [str(one) for one in command], check=True, env={"PATH": "/usr/bin:/bin"}, stderr=sys.stderr
    )
    with pyogrio.open_arrow(source, use_pyarrow=True) as (meta, reader):
        column = reader.read_all().column(meta["geometry_name"] or "wkb_geometry")
    theirs = pyogrio.raw.read(linear, columns=[])[2]
    ours = [linearised(one, 0.001)[0] for one in column.to_pylist()]
    assert sum(CIRCULAR in linearised(one, 1.0)[1] for one in column.to_pylist()) > 600
    one, other = shapely.from_wkb(ours), shapely.force_2d(shapely.from_wkb(theirs))
    assert len(one) == len(other) == 2444
    within = 0.001 * shapely.length(other) + 1e-4  # the tolerance all along the edge
    assert (np.abs(shapely.area(one) - shapely.area(other)) < within).all()
    assert shapely.hausdorff_distance(one, other).max() < 1  # corner to corner
