"""The rules of geometries in GML; :mod:`commonplace.validate.shapes` checks them."""

from __future__ import annotations

from typing import Final

from commonplace.validate.rules import ERROR, INFO, WARNING, Rule

TOPOLOGY: Final = Rule(
    "GEOMETRY_TOPOLOGY",
    ERROR,
    "a topology object",
    "IR Art. 12(1); ETS gmlas.d.1",
    "write the geometry instead: Point, Curve, Surface",
)
CURVE: Final = Rule(
    "GEOMETRY_CURVE",
    ERROR,
    "a curve of other than straight segments",
    "IR Art. 12(1); ETS gmlas.d.2",
    "write LineString, or Curve of LineStringSegment; arcs can be made lines with a tolerance",
)
SURFACE: Final = Rule(
    "GEOMETRY_SURFACE",
    ERROR,
    "a surface that is neither Polygon nor Surface",
    "IR Art. 12(1); ETS gmlas.d.3",
    "write Polygon, Surface or MultiSurface",
)
PATCH: Final = Rule(
    "GEOMETRY_PATCH",
    ERROR,
    "a surface patch that is no PolygonPatch",
    "IR Art. 12(1); ETS gmlas.d.4",
    "write PolygonPatch",
)
SOLID: Final = Rule(
    "GEOMETRY_SOLID",
    ERROR,
    "a solid, composite or grid",
    "IR Art. 12(1); ETS gmlas.d.5",
    "write surfaces; solids belong into bu-core3d",
)
POINT: Final = Rule(
    "GEOMETRY_POINT_FORM",
    ERROR,
    "a point without gml:pos",
    "ETS gmlas.d.6",
    "write the point's ordinates as gml:pos",
)
LINE: Final = Rule(
    "GEOMETRY_LINE_FORM",
    ERROR,
    "a line or ring without gml:posList",
    "ETS gmlas.d.7",
    "write the ordinates as one gml:posList",
)
MEMBERS: Final = Rule(
    "GEOMETRY_MEMBERS",
    ERROR,
    "an aggregate in the array form",
    "ETS gmlas.d.8",
    "write each part into pointMember, curveMember, surfaceMember or geometryMember",
)
ORDINATES: Final = Rule(
    "GEOMETRY_ORDINATES",
    ERROR,
    "ordinates that can't be read",
    "GML 3.2.1, 10.1.4; ETS gmlas.d.11",
    "write numbers separated by blanks, as many for each point as the CRS has axes",
)
TOO_FEW: Final = Rule(
    "GEOMETRY_TOO_FEW_POINTS",
    ERROR,
    "a line of less than two points or a ring of less than four",
    "GML 3.2.1, 10.4.4, 10.5.8; ETS gmlas.d.10",
    "remove the geometry's part, or draw it whole",
)
OPEN: Final = Rule(
    "GEOMETRY_RING_OPEN",
    ERROR,
    "a ring that doesn't end where it begins",
    "GML 3.2.1, 10.5.8; ETS gmlas.d.10",
    "repeat the first point as the last",
)
INVALID: Final = Rule(
    "GEOMETRY_INVALID",
    ERROR,
    "a geometry that crosses itself or overlaps with itself",
    "ISO 19125-1, 6.1.11; ETS gmlas.d.10",
    "repair it in the source; commonplace run repairs what it harmonises",
)
WINDING: Final = Rule(
    "GEOMETRY_RING_ORDER",
    ERROR,
    "a ring drawn the wrong way: seen on a map with north up, exteriors go counter-clockwise, "
    "interiors clockwise",
    "ISO 19107, 6.4.24; ETS gmlas.d.10; helpdesk-validator #1195",
    "reverse the ring; orient before exchanging axes (validators before June 2025 judged the "
    "raw numbers of lat/lon and N/E data)",
)
ZERO: Final = Rule(
    "GEOMETRY_ZERO_SIZE",
    ERROR,
    "a surface without area or a line without length",
    "ISO 19125-1, 6.1.11; ETS gmlas.d.10",
    "remove it, or draw it as what it is",
)
NOT_HERE: Final = Rule(
    "GEOMETRY_OUTSIDE_AREA",
    WARNING,
    "a geometry outside of its CRS's area of use",
    "IR Annex II 1.2, 1.3; EPSG area of use",
    "correct the coordinates or the CRS",
)
TWICE: Final = Rule(
    "GEOMETRY_TWICE",
    INFO,
    "two objects of a type with the same outline",
    "practice: mostly an object entered twice",
    "see whether the two are one",
)

RULES: Final = (
    TOPOLOGY,
    CURVE,
    SURFACE,
    PATCH,
    SOLID,
    POINT,
    LINE,
    MEMBERS,
    ORDINATES,
    TOO_FEW,
    OPEN,
    INVALID,
    WINDING,
    ZERO,
    NOT_HERE,
    TWICE,
)

FORBIDDEN: Final[dict[str, Rule]] = {
    **dict.fromkeys(
        "Node Edge Face TopoSolid TopoPoint TopoCurve TopoSurface TopoVolume TopoComplex".split(),
        TOPOLOGY,
    ),
    **dict.fromkeys(
        "Arc ArcString ArcByBulge ArcStringByBulge ArcByCenterPoint Circle CircleByCenterPoint "
        "CubicSpline BSpline Bezier Clothoid GeodesicString Geodesic OffsetCurve "
        "OrientableCurve".split(),
        CURVE,
    ),
    **dict.fromkeys(
        "OrientableSurface CompositeSurface PolyhedralSurface Tin TriangulatedSurface".split(),
        SURFACE,
    ),
    **dict.fromkeys("Triangle Rectangle Cone Cylinder Sphere".split(), PATCH),
    **dict.fromkeys(
        "Solid MultiSolid CompositeSolid CompositeCurve Grid RectifiedGrid".split(), SOLID
    ),
    **dict.fromkeys("pointMembers curveMembers surfaceMembers geometryMembers".split(), MEMBERS),
}
