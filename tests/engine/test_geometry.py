"""Preparing whole columns: findings, purity, orientation, rounding, fitting."""

from __future__ import annotations

import math
import struct
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyproj
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonplace import crs, geometry
from commonplace.geometry.anchors import anchors
from commonplace.job import GeometrySpec
from commonplace.report import EXAMPLES_A_FINDING, Findings, Severity
from commonplace.target import TargetCrs

METRES = crs.target_crs("EPSG:3044")
DEGREES = crs.target_crs("EPSG:4258")
BOWTIE = "POLYGON ((0 0, 10 10, 10 0, 0 10, 0 0))"
TWIN = "POLYGON ((0 0, 0 4, 4 4, 4 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))"


def wkb(*texts: str | bytes | None, kind: pa.DataType | None = None) -> pa.Array:
    values = [
        text if text is None or isinstance(text, bytes) else shapely.to_wkb(shapely.from_wkt(text))
        for text in texts
    ]
    return pa.array(values, kind or pa.binary())


def prepare(
    column: pa.Array | pa.ChunkedArray,
    operation: crs.Operation | None = None,
    target: TargetCrs = METRES,
    spec: GeometrySpec | None = None,
    first: int = 0,
) -> geometry.Prepared:
    ordinals = np.arange(first, first + len(column))
    return geometry.prepare(
        column, operation, target, spec or GeometrySpec(), layer="layer", ordinals=ordinals
    )


def codes(prepared: geometry.Prepared) -> dict[str, int]:
    counted: dict[str, int] = {}
    for finding in prepared.findings:
        counted[finding.code] = counted.get(finding.code, 0) + finding.count
    return counted


def texts(prepared: geometry.Prepared) -> list[str | None]:
    return [None if one is None else one.wkt for one in prepared.geometries]


def test_what_is_right_passes_untouched():
    column = wkb("POINT (1 2)", "LINESTRING (0 0, 1 1)", "POLYGON ((0 0, 1 0, 1 1, 0 0))")
    prepared = prepare(column)
    assert prepared.findings == ()
    assert not prepared.rejected.any()
    assert shapely.to_wkb(prepared.geometries).tolist() == column.to_pylist()


@pytest.mark.parametrize("position", range(4))
@pytest.mark.parametrize("nothing", [None, "POINT EMPTY", "POLYGON EMPTY"])
def test_nothing_in_every_position(position, nothing):
    rows: list[str | None] = ["POINT (1 2)", TWIN, BOWTIE]
    rows.insert(position, nothing)
    prepared = prepare(wkb(*rows))
    assert [one is None for one in prepared.geometries] == [at == position for at in range(4)]
    assert not prepared.rejected.any()
    code = "GEOMETRY_NULL" if nothing is None else "GEOMETRY_EMPTY"
    assert codes(prepared) == {code: 1, "GEOMETRY_REPAIRED": 1}
    (finding,) = [one for one in prepared.findings if one.code == code]
    assert finding.feature == f"row {position}"


@pytest.mark.parametrize(
    "column",
    [
        pa.array([], pa.binary()),
        pa.array([None, None], pa.binary()),
        pa.nulls(3),
        pa.chunked_array([], pa.binary()),
        pa.array([None], pa.large_binary()),
    ],
)
def test_columns_of_nothing(column):
    prepared = prepare(column, crs.choose("EPSG:25832", "EPSG:4258", layer="l"), DEGREES)
    assert len(prepared.geometries) == len(column)
    assert codes(prepared) == ({"GEOMETRY_NULL": len(column)} if len(column) else {})
    assert geometry.bounds(prepared.geometries) is None


def test_slices_chunks_and_large_binaries_are_the_same():
    rows = ["POINT (0 0)", TWIN, None, BOWTIE, "LINESTRING (0 0, 2 2)"]
    expected = texts(prepare(wkb(*rows)))
    large = wkb(*rows, kind=pa.large_binary())
    chunked = pa.chunked_array([wkb(*rows[:2]), wkb(*rows[2:])])
    sliced = pa.concat_arrays([wkb("POINT (9 9)"), wkb(*rows)]).slice(1)
    assert texts(prepare(large)) == texts(prepare(chunked)) == texts(prepare(sliced)) == expected


@pytest.mark.parametrize(
    "rubbish",
    [b"", b"\x01", b"\x01\x03\x00\x00\x00\xff\xff\xff\xff", b"\x07nonsense", b"POINT(1 1)"],
)
def test_unreadable_rows_are_rejected(rubbish):
    prepared = prepare(wkb("POINT (1 1)", rubbish, None))
    assert prepared.rejected.tolist() == [False, True, False]
    assert prepared.geometries[1] is None
    assert codes(prepared) == {"GEOMETRY_UNREADABLE": 1, "GEOMETRY_NULL": 1}


def test_a_ring_that_is_not_closed_is_closed():
    ring = np.array([(0, 0), (4, 0), (4, 4), (0, 4.0)])
    open_ring = struct.pack("<BIII", 1, 3, 1, len(ring)) + ring.tobytes()
    prepared = prepare(wkb(open_ring))
    assert codes(prepared) == {"GEOMETRY_REPAIRED": 1}
    assert prepared.geometries[0].area == 16


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_ordinates_that_are_no_numbers_are_rejected(value):
    line = struct.pack("<BII", 1, 2, 2) + np.array([0, 0, 1, value]).tobytes()
    prepared = prepare(wkb("POINT (1 1)", line, TWIN))
    assert prepared.rejected.tolist() == [False, True, False]
    assert codes(prepared) == {"GEOMETRY_NOT_FINITE": 1}
    assert prepared.geometries[2].area == 15


def test_small_and_negative_ordinates_round_to_plain_nought():
    prepared = prepare(wkb("LINESTRING (1e-7 -1e-7, -0.0 5.00049, 1e+16 1.0005)"))
    points = shapely.get_coordinates(prepared.geometries)
    assert points.tolist() == [[0, 0], [0, 5.0], [1e16, round(1.0005, 3)]]
    assert not np.signbit(points).any()


def test_degrees_keep_eight_decimals():
    prepared = prepare(wkb("POINT (10.123456785001 53.999999999)"), target=DEGREES)
    assert prepared.geometries[0].wkt == "POINT (10.12345679 54)"


def test_exteriors_run_counter_clockwise_and_holes_clockwise():
    twin = prepare(wkb(TWIN)).geometries[0]
    assert shapely.is_ccw(twin.exterior)
    assert not shapely.is_ccw(twin.interiors[0])


@pytest.mark.parametrize(
    ("broken", "area"),
    [
        (BOWTIE, 50),
        ("POLYGON ((0 0, 4 0, 4 4, 0 4, 0 0), (1 1, 9 1, 9 2, 1 2, 1 1))", 13),
        ("MULTIPOLYGON (((0 0, 4 0, 4 4, 0 4, 0 0)), ((2 2, 6 2, 6 6, 2 6, 2 2)))", 28),
    ],
)
def test_invalid_rings_are_repaired_with_a_finding_each(broken, area):
    prepared = prepare(wkb(TWIN, broken, broken))
    assert codes(prepared) == {"GEOMETRY_REPAIRED": 2}
    assert prepared.geometries[1].area == pytest.approx(area)
    assert shapely.is_valid(prepared.geometries).all()
    assert set(shapely.get_type_id(prepared.geometries)) <= {3, 6}
    assert prepared.area_change.repaired == 2
    assert prepared.area_change.after == pytest.approx(2 * area)
    finding = prepared.findings[0]
    assert finding.severity is Severity.WARNING
    assert finding.feature == "row 1"
    assert finding.place is not None


def test_repaired_corners_lie_on_the_grid():
    prepared = prepare(wkb("POLYGON ((0 0, 10 7, 10 0, 0 3.3, 0 0))"))
    points = shapely.get_coordinates(prepared.geometries)
    assert np.array_equal(points, np.round(points, 3))
    assert shapely.is_valid(prepared.geometries).all()


def test_area_is_told_in_square_metres_for_degrees_too():
    metre = 1 / 111_319.49
    x, y = 10.0, 50.0
    dx, dy = 100 * metre / math.cos(math.radians(y)), 100 * metre
    bowtie = f"POLYGON (({x} {y}, {x + dx} {y + dy}, {x + dx} {y}, {x} {y + dy}, {x} {y}))"
    prepared = prepare(wkb(bowtie), target=DEGREES)
    assert prepared.area_change.after == pytest.approx(5_000, rel=0.01)


def test_repair_can_be_declined():
    prepared = prepare(wkb(BOWTIE), spec=GeometrySpec(repair=False))
    assert codes(prepared) == {"GEOMETRY_INVALID": 1}
    assert prepared.geometries[0] is not None


@pytest.mark.parametrize(
    "tiny", ["POLYGON ((0 0, 0.0001 0, 0.0001 0.0001, 0 0))", "LINESTRING (5 5, 5.0001 5)"]
)
def test_what_collapses_is_told(tiny):
    prepared = prepare(wkb(tiny))
    assert codes(prepared) == {"GEOMETRY_COLLAPSED": 1}
    assert prepared.geometries[0] is None


def test_points_that_rounding_makes_equal_stand_once():
    prepared = prepare(
        wkb(
            "LINESTRING (0 0, 0.0001 0, 1 1, 1 1, 2 2)",
            "LINESTRING (2 2, 3 3)",
            "MULTIPOINT (1 1, 1 1)",
        )
    )
    assert texts(prepared) == [
        "LINESTRING (0 0, 1 1, 2 2)",
        "LINESTRING (2 2, 3 3)",
        "MULTIPOINT ((1 1), (1 1))",
    ]
    assert prepared.findings == ()


class TestDimensions:
    Z = "LINESTRING Z (0 0 5.12345, 1 1 6)"

    def test_z_is_dropped_with_one_finding_a_layer(self):
        prepared = prepare(wkb(self.Z, self.Z, "POINT (0 0)"))
        assert codes(prepared) == {"Z_DROPPED": 2}
        assert len(prepared.findings) == 1
        assert not shapely.has_z(prepared.geometries).any()

    def test_z_is_kept_untouched_where_asked(self):
        operation = crs.choose("EPSG:25832", "EPSG:4258", layer="l")
        lines = wkb("LINESTRING Z (5e5 5.9e6 5.12345, 5.1e5 5.9e6 6)", "POINT (5e5 5.9e6)", TWIN)
        prepared = prepare(lines, operation, DEGREES, GeometrySpec(keep_z=True))
        assert shapely.has_z(prepared.geometries).tolist() == [True, False, False]
        assert shapely.get_coordinates(prepared.geometries[0], include_z=True)[:, 2].tolist() == [
            5.123,
            6,
        ]
        assert codes(prepared)["Z_NOT_TRANSFORMED"] == 1
        flat = prepare(lines, operation, DEGREES)
        assert np.array_equal(
            shapely.get_coordinates(prepared.geometries), shapely.get_coordinates(flat.geometries)
        )

    @pytest.mark.parametrize("keep_z", [False, True])
    def test_measures_are_always_dropped(self, keep_z):
        rows = wkb("LINESTRING ZM (0 0 5 1, 1 1 6 2)", "LINESTRING M (0 0 5, 1 1 6)", self.Z)
        prepared = prepare(rows, spec=GeometrySpec(keep_z=keep_z))
        assert codes(prepared)["M_DROPPED"] == 2
        assert not shapely.has_m(prepared.geometries).any()
        assert shapely.has_z(prepared.geometries).tolist() == [keep_z, False, keep_z]
        points = shapely.get_coordinates(prepared.geometries, include_z=keep_z)
        assert np.isfinite(points[:2]).all()


class TestTransformation:
    def test_coordinates_are_those_of_the_operation(self):
        operation = crs.choose("EPSG:25832", "EPSG:4258", layer="l")
        prepared = prepare(wkb("POINT (500000 5900000)"), operation, DEGREES)
        (expected,) = operation.transform(np.array([[5e5, 5.9e6]])).round(8).tolist()
        assert shapely.get_coordinates(prepared.geometries).tolist() == [expected]

    def test_rows_outside_the_area_are_told(self):
        operation = crs.choose("EPSG:25832", "EPSG:4258", layer="l")
        prepared = prepare(wkb("POINT (5e5 5.9e6)", "POINT (5e5 5)"), operation, DEGREES)
        assert codes(prepared) == {"CRS_OUTSIDE_AREA": 1}
        assert prepared.findings[0].severity is Severity.WARNING
        assert not prepared.rejected.any()

    def test_rows_outside_are_rejected_where_accuracy_is_demanded(self):
        operation = crs.choose("EPSG:25832", "EPSG:4258", layer="l", accuracy=0.1)
        prepared = prepare(wkb("POINT (5e5 5)", "POINT (5e5 5.9e6)"), operation, DEGREES)
        assert codes(prepared) == {"CRS_OUTSIDE_AREA": 1}
        assert prepared.rejected.tolist() == [True, False]
        assert prepared.geometries[1] is not None

    def test_rows_that_can_not_be_transformed_are_rejected(self, shared):
        operation = crs.choose("EPSG:27700", "EPSG:4258", layer="l", grids=shared / "grids")
        rows = wkb("POINT (530000 180000)", "LINESTRING (530000 180000, 1.5e6 180000)", TWIN)
        prepared = prepare(rows, operation, DEGREES)
        assert prepared.rejected.tolist() == [False, True, False]
        assert codes(prepared)["CRS_NOT_TRANSFORMED"] == 1
        assert prepared.geometries[0].x == pytest.approx(-0.12832889)


def test_findings_beyond_the_cap_are_counted_and_parts_make_no_difference():
    many = wkb(*[None] * 50, *[BOWTIE] * 30)
    whole, parts = Findings(), Findings()
    whole.extend(prepare(many).findings)
    for first, last in ((0, 3), (3, 55), (55, 80)):
        part = Findings()
        part.extend(prepare(many.slice(first, last - first), first=first).findings)
        parts.merge(part)
    assert whole.grouped() == parts.grouped()
    assert [(one.code, count) for one, count, _ in whole.grouped()] == [
        ("GEOMETRY_NULL", 50),
        ("GEOMETRY_REPAIRED", 30),
    ]
    assert all(len(kept) == EXAMPLES_A_FINDING for _, _, kept in whole.grouped())


ordinates = st.one_of(
    st.integers(-50, 50).map(float),
    st.floats(-100, 100, allow_nan=False),
    st.sampled_from([1e-7, -0.0, -1e-9, 0.0005]),
)
rings = st.lists(st.tuples(ordinates, ordinates), min_size=3, max_size=8).map(
    lambda points: [*points, points[0]]
)
lines = st.lists(st.tuples(ordinates, ordinates), min_size=2, max_size=6)
shapes = st.one_of(
    st.none(),
    st.tuples(ordinates, ordinates).map(shapely.Point),
    lines.map(shapely.LineString),
    st.lists(rings, min_size=1, max_size=3).map(lambda all_: shapely.Polygon(all_[0], all_[1:])),
    st.lists(rings.map(shapely.Polygon), max_size=3).map(shapely.MultiPolygon),
    st.lists(lines, max_size=3).map(shapely.MultiLineString),
)
columns = st.lists(shapes, max_size=6)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(columns, st.booleans())
def test_every_result_is_valid_rounded_oriented_and_its_own(column, in_degrees):
    target = DEGREES if in_degrees else METRES
    array = pa.array(list(shapely.to_wkb(np.array([*column, None], dtype=object))), pa.binary())
    prepared = prepare(array, target=target)
    made = prepared.geometries
    assert len(made) == len(array)
    assert shapely.is_valid(made[~shapely.is_missing(made)]).all()
    points = shapely.get_coordinates(made)
    assert np.array_equal(points, np.round(points, target.decimals))
    assert not np.signbit(points[points == 0]).any()
    for polygon in shapely.get_parts(made[np.isin(shapely.get_type_id(made), (3, 6))]):
        assert shapely.is_ccw(polygon.exterior)
        assert not any(shapely.is_ccw(hole) for hole in polygon.interiors)
    for before, after in zip(column, made, strict=False):
        if before is not None and after is not None:
            assert shapely.get_dimensions(before) == shapely.get_dimensions(after)
    # A row alone, or in another order, gives the same.
    alone = [prepare(array.slice(at, 1), target=target).geometries[0] for at in range(len(array))]
    assert shapely.to_wkb(made).tolist() == shapely.to_wkb(np.array(alone, object)).tolist()
    again = pa.array(list(shapely.to_wkb(made)), pa.binary())
    assert shapely.to_wkb(prepare(again, target=target).geometries).tolist() == again.to_pylist()


class TestConform:
    SINGLE = frozenset({"Polygon", "Surface"})
    MULTIPLE = frozenset({"MultiSurface"})

    def conform(self, allowed, *given_):
        column = np.array(
            [None if one is None else shapely.from_wkt(one) for one in given_], object
        )
        made, problems = geometry.conform(column, frozenset(allowed))
        return [None if one is None else one.wkt for one in made], problems.tolist()

    def test_lone_parts_are_unwrapped_where_only_singles_go(self):
        lone = "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))"
        two = "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)), ((5 5, 6 5, 6 6, 5 5)))"
        made, problems = self.conform(self.SINGLE, lone, None, two)
        assert made == ["POLYGON ((0 0, 1 0, 1 1, 0 0))", None, two]
        assert problems == [False, False, True]

    def test_singles_are_promoted_where_only_multiples_go(self):
        made, problems = self.conform(
            self.MULTIPLE, "POLYGON ((0 0, 1 0, 1 1, 0 0))", "POINT (1 1)"
        )
        assert made == ["MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0)))", "POINT (1 1)"]
        assert problems == [False, True]

    @pytest.mark.parametrize(
        ("allowed", "given_", "made", "problem"),
        [
            ({"Point"}, "MULTIPOINT (1 1)", "POINT (1 1)", False),
            ({"MultiPoint"}, "POINT (1 1)", "MULTIPOINT ((1 1))", False),
            ({"Curve"}, "MULTILINESTRING ((0 0, 1 1))", "LINESTRING (0 0, 1 1)", False),
            ({"MultiCurve"}, "LINESTRING (0 0, 1 1)", "MULTILINESTRING ((0 0, 1 1))", False),
            ({"Curve"}, "POINT (1 1)", "POINT (1 1)", True),
            (
                {"Curve"},
                "LINEARRING (0 0, 1 0, 1 1, 0 0)",
                "LINESTRING (0 0, 1 0, 1 1, 0 0)",
                False,
            ),
            (
                {"Point", "MultiPoint"},
                "GEOMETRYCOLLECTION (POINT (1 1), POINT (2 2))",
                "MULTIPOINT ((1 1), (2 2))",
                False,
            ),
            ({"Point"}, "GEOMETRYCOLLECTION (POINT (1 1))", "POINT (1 1)", False),
            (
                {"Point", "Curve"},
                "GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (0 0, 1 1))",
                "GEOMETRYCOLLECTION (POINT (1 1), LINESTRING (0 0, 1 1))",
                True,
            ),
            (
                {"MultiGeometry"},
                "GEOMETRYCOLLECTION (POINT (1 1))",
                "GEOMETRYCOLLECTION (POINT (1 1))",
                False,
            ),
        ],
    )
    def test_each_family(self, allowed, given_, made, problem):
        assert self.conform(allowed, given_) == ([made], [problem])


def applied(name, geometries, *numbers, geographic=False):
    """An operator with the same numbers for all rows, or the least it takes."""
    operator = geometry.OPERATORS[name]
    needed = [one for one in operator.parameters if one.default is None]
    values = numbers or tuple(max(one.low, 0.5) for one in needed)
    columns = [np.full(len(geometries), value, dtype=float) for value in values]
    return operator.apply(geometries, columns, geographic=geographic)


class TestOperators:
    COLUMN = np.array([shapely.from_wkt(TWIN), None, shapely.from_wkt("POINT (1 2)")], object)

    @pytest.mark.parametrize("name", sorted(geometry.OPERATORS))
    def test_nulls_stay_nulls_and_input_stays(self, name):
        before = self.COLUMN.copy()
        made = applied(name, self.COLUMN)
        assert len(made) == 3
        assert made[1] is None
        assert all(a is b for a, b in zip(self.COLUMN, before, strict=True))

    def test_points_and_boundaries(self):
        assert applied("boundary", self.COLUMN)[2] is None
        assert shapely.intersects(applied("point_on_surface", self.COLUMN)[0], self.COLUMN[0])

    def test_buffers_in_degrees_are_metres_on_the_ground(self):
        places = np.array([shapely.Point(5, 52), shapely.Point(24, 64), None], object)
        made = applied("buffer", places, 100, geographic=True)
        geod = pyproj.Geod(ellps="GRS80")
        for circle in made[:2]:
            area, _ = geod.geometry_area_perimeter(circle)
            assert -area == pytest.approx(shapely.Point(0, 0).buffer(100, 8).area, rel=1e-4)
        assert made[2] is None

    def test_numbers_are_of_each_row_and_must_fit(self):
        boxes = np.array([shapely.box(0, 0, 4, 4)] * 5, object)
        buffer = geometry.OPERATORS["buffer"]
        made = buffer.apply(boxes, [np.array([1, -1, -3, np.nan, 1e9])])
        assert [one and round(one.bounds[0], 3) for one in made] == [-1, 1, None, None, None]

    def test_repair_and_simplify(self):
        column = np.array([shapely.from_wkt(BOWTIE), shapely.from_wkt(TWIN)], object)
        mended = applied("repair", column)
        assert shapely.is_valid(mended).all()
        assert mended[1] is column[1]
        line = np.array([shapely.LineString([(0, 0), (1, 0.1), (2, 0)])], object)
        assert applied("simplify", line, 0.2)[0].wkt == "LINESTRING (0 0, 2 0)"
        assert len(applied("simplify", line, 0.05)[0].coords) == 3

    def test_where_geos_gives_up_one_row_is_none(self):
        def picky(column, numbers):
            if any(one is not None and one.x > 2 for one in column):
                raise shapely.GEOSException("TopologyException")
            return shapely.buffer(column, numbers)

        operator = geometry.Operator(picky, (geometry.Parameter("d", 0, 9),))
        points = shapely.points([[1, 1], [3, 3], [2, 2]])
        made = operator.apply(points, [np.ones(3)])
        assert [one is None for one in made] == [False, True, False]

    def test_the_largest_part(self):
        boxes = [shapely.box(0, 0, 1, 1), shapely.box(5, 5, 8, 8), shapely.box(9, 9, 10, 10)]
        lines = shapely.from_wkt("MULTILINESTRING ((0 0, 1 0), (0 0, 0 5))")
        column = np.array([shapely.MultiPolygon(boxes), boxes[0], None, lines], object)
        made = applied("largest_part", column)
        assert made[:3].tolist() == [boxes[1], boxes[0], None]
        assert made[3].length == 5

    def test_extruded_footprints_are_closed_with_normals_outwards(self):
        ring = shapely.box(0, 0, 4, 3)
        holed = shapely.Polygon(ring.exterior.coords, [shapely.box(1, 1, 2, 2).exterior.coords])
        clockwise = shapely.Polygon(list(ring.exterior.coords)[::-1])
        raised = shapely.force_3d(ring, 7)
        two = shapely.MultiPolygon([ring, shapely.box(9, 9, 10, 10)])
        column = np.array([ring, holed, clockwise, raised, two, None, shapely.Point(1, 1)], object)
        made = applied("extrude", column, 5)
        fitted, wrong = geometry.conform(made, frozenset({"Solid"}))
        assert not wrong.any()
        assert [one and len(one.geoms) for one in fitted] == [6, 10, 6, 6, None, None, None]
        heights = shapely.get_coordinates(made[3], include_z=True)[:, 2]
        assert (heights.min(), heights.max()) == (7, 12)
        on_base = applied("extrude", column, 5, 100)
        assert shapely.get_coordinates(on_base[3], include_z=True)[:, 2].min() == 100
        settled = geometry.settle(made, 3)
        assert [one and len(one.geoms) for one in settled] == [6, 10, 6, 6, None, None, None]

    def test_heights_off_and_on(self):
        column = np.array([shapely.Point(1, 2, 3), shapely.Point(1, 2)], object)
        assert [one.wkt for one in applied("force_3d", column, 8)] == ["POINT Z (1 2 8)"] * 2
        assert [one.wkt for one in applied("force_2d", column)] == ["POINT (1 2)"] * 2

    def test_dissolve_depends_on_no_order(self):
        boxes = np.array([*[shapely.box(x, 0, x + 1, 1) for x in range(6)], None], object)
        groups = np.array([0, 0, 1, 1, 0, 3, 3])
        made = geometry.dissolve(boxes, groups)
        assert [one and one.area for one in made] == [3, 2, None, 1]
        order = np.array([6, 3, 1, 5, 0, 4, 2])
        again = geometry.dissolve(boxes[order], groups[order])
        assert shapely.to_wkb(made).tolist() == shapely.to_wkb(again).tolist()

    def test_settle_makes_results_ready_to_write(self):
        column = np.array([shapely.Point(1 / 3, -1e-9), None, shapely.Point(1, 2, 1 / 3)], object)
        made = geometry.settle(column, 3)
        assert made[0].wkt == "POINT (0.333 0)"
        assert made[2].wkt == "POINT Z (1 2 0.333)"
        square = geometry.settle(np.array([shapely.from_wkt(TWIN)], object), 3)[0]
        assert shapely.is_ccw(square.exterior)

    def test_bounds(self):
        assert geometry.bounds(self.COLUMN) == (0, 0, 4, 4)
        assert geometry.bounds(np.array([None], object)) is None
        assert geometry.bounds(np.empty(0, object)) is None


BOX_IN_SPACE = (
    "MULTIPOLYGON Z (((0 0 1, 0 2 1, 2 2 1, 2 0 1, 0 0 1)), ((0 0 4, 2 0 4, 2 2 4, 0 2 4, 0 0 4)),"
    " ((0 0 1, 2 0 1, 2 0 4, 0 0 4, 0 0 1)), ((2 0 1, 2 2 1, 2 2 4, 2 0 4, 2 0 1)),"
    " ((2 2 1, 0 2 1, 0 2 4, 2 2 4, 2 2 1)), ((0 2 1, 0 0 1, 0 0 4, 0 2 4, 0 2 1)))"
)


def test_surfaces_in_space_stay_as_they_are():
    """Walls are no repair's business; what is wrong in the plane, with heights or not, is."""
    crossed = "MULTIPOLYGON Z (((0 0 1, 2 2 2, 2 0 3, 0 2 4, 0 0 1)))"
    level = "MULTIPOLYGON Z (((0 0 1, 2 0 1, 2 2 1, 0 0 1)), ((0 0 1, 2 0 1, 2 2 1, 0 0 1)))"
    column = wkb(BOX_IN_SPACE, crossed, level, BOX_IN_SPACE)
    spec = GeometrySpec(keep_z=True)
    prepared = prepare(column, spec=spec)
    given = shapely.from_wkb(column.to_numpy(zero_copy_only=False))
    for row in (0, 3):
        assert np.array_equal(
            shapely.get_coordinates(prepared.geometries[row], include_z=True),
            shapely.get_coordinates(given[row], include_z=True),
        )
    assert codes(prepared) == {"GEOMETRY_IN_SPACE": 2, "GEOMETRY_REPAIRED": 2}
    flat = prepare(wkb(BOX_IN_SPACE)).geometries[0]
    assert flat.normalize().equals(shapely.box(0, 0, 2, 2))


def test_ends_of_lines() -> None:
    lines = np.array(
        [
            shapely.LineString([(0, 0), (1, 0), (2, 2)]),
            shapely.MultiLineString([[(5, 5), (6, 6)], [(7, 7), (8, 8)]]),
            shapely.Point(1, 1),
            None,
        ],
        dtype=object,
    )
    starts = applied("start_point", lines)
    ends = applied("end_point", lines)
    assert [one and one.coords[0] for one in starts] == [(0, 0), (5, 5), None, None]
    assert [one and one.coords[0] for one in ends] == [(2, 2), (8, 8), None, None]


def test_sound_in_the_plane_or_in_space():
    texts = [BOX_IN_SPACE, "POINT (1 1)", "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))", None]
    shapes = np.array([one and shapely.from_wkt(one) for one in texts], dtype=object)
    assert geometry.sound(shapes).tolist() == [True, True, False, False]


def test_a_geometry_without_heights_does_not_fit_three_dimensions() -> None:
    in_space = replace(METRES, dimension=3)
    column = wkb("POINT Z (1 2 3)", "POINT (1 2)", None)
    prepared = prepare(column, target=in_space, spec=GeometrySpec(keep_z=True))
    assert prepared.rejected.tolist() == [False, True, False]
    assert codes(prepared)["Z_MISSING"] == 1


def test_anchors_are_taken_from_west_to_east_whatever_the_order() -> None:
    points = np.random.default_rng(3).uniform(0, 60, (800, 2))
    places, index = anchors(points, 1.5)
    expected: list[np.ndarray] = []
    for point in np.unique(points, axis=0):
        if not any(np.hypot(*(point - one)) <= 1.5 for one in expected):
            expected.append(point)
    assert places.tolist() == [one.tolist() for one in expected]
    assert np.hypot(*(points - places[index]).T).max() <= 1.5
    order = np.random.default_rng(4).permutation(len(points))
    again, other = anchors(points[order], 1.5)
    assert (again == places).all()
    assert (other == index[order]).all()


@pytest.mark.parametrize(
    ("allowed", "words"),
    [
        ({"Point"}, "points"),
        ({"Curve", "CompositeCurve", "LineString"}, "lines"),
        ({"Polygon", "Surface", "Shell", "MultiSurface"}, "polygons or several polygons"),
        ({"Solid"}, "solids"),
        ({"Tin"}, "Tin"),
    ],
)
def test_what_a_property_takes_in_words(allowed: set[str], words: str) -> None:
    assert geometry.in_words(frozenset(allowed)) == words


def test_lines_that_follow_on_each_other_are_one_curve() -> None:
    texts = (
        "MULTILINESTRING Z ((0 0 1, 1 0 2), (1 0 2, 2 0 3))",
        "MULTILINESTRING ((1 0, 2 0), (0 0, 1 0))",
        "MULTILINESTRING ((0 0, 1 0), (5 5, 6 6))",
        "MULTILINESTRING ((0 0, 1 0), (2 0, 1 0))",
        "LINESTRING (0 0, 1 1)",
    )
    given = np.array([shapely.from_wkt(one) for one in texts], dtype=object)
    made, problems = geometry.conform(given, frozenset({"Curve", "LineString"}))
    assert problems.tolist() == [False, False, True, True, False]
    assert made[0].wkt == "LINESTRING Z (0 0 1, 1 0 2, 2 0 3)"
    assert made[1].wkt == "LINESTRING (0 0, 1 0, 2 0)"
    assert made[3].equals(given[3])
