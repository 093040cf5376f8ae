"""Geometry elements as shapely objects: whole paths at a time (GML 3.2.1, clauses 10, 11).

Curves become lines; solids become the surfaces around them. What can't be read is None
and counted in :attr:`Geometries.troubles`.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.geometry.curves import linearised
from commonplace.geometry.shells import closed
from commonplace.gml.pieces import offsets_of
from commonplace.gml.reading.positions import Floats, Positions, is_gml
from commonplace.gml.reading.tokens import Elements, Ints
from commonplace.model.types import local_name

Shapes: TypeAlias = npt.NDArray[Any]

_OUTER: Final = ("exterior", "outerBoundaryIs")
_INNER: Final = ("interior", "innerBoundaryIs")
_LINES: Final = frozenset(("LineString", "LinearRing", "LineStringSegment", "GeodesicString"))
_ARCS: Final = frozenset(("Arc", "ArcString", "Circle"))
_JOINED: Final = frozenset(("Curve", "CompositeCurve", "Ring"))
_POLYGONS: Final = frozenset(("Polygon", "PolygonPatch", "Triangle", "Rectangle"))
_SURFACES: Final = frozenset(
    ("Surface", "PolyhedralSurface", "TriangulatedSurface", "Tin", "CompositeSurface", "Shell")
)
_MULTI: Final = {
    "MultiPoint": 0,
    "MultiCurve": 1,
    "MultiLineString": 1,
    "MultiSurface": 2,
    "MultiPolygon": 2,
}
_COLLECTIONS: Final = frozenset(("MultiGeometry", "GeometricComplex"))
_SOLIDS: Final = frozenset(("Solid", "CompositeSolid", "MultiSolid"))
_ORIENTABLE: Final = {"OrientableCurve": "baseCurve", "OrientableSurface": "baseSurface"}
_BOXES: Final = frozenset(("Envelope", "Box"))
_MEMBERS: Final = frozenset(
    "pointMember pointMembers curveMember curveMembers lineStringMember surfaceMember "
    "surfaceMembers polygonMember geometryMember geometryMembers solidMember solidMembers "
    "element segments patches polygonPatches trianglePatches exterior".split()
)
NAMES: Final = frozenset(
    {"Point", *_LINES, *_ARCS, *_JOINED, *_POLYGONS, *_SURFACES, *_MULTI, *_COLLECTIONS}
    | {*_SOLIDS, *_ORIENTABLE, *_BOXES}
    | {"ArcByCenterPoint", "CircleByCenterPoint", "ArcByBulge", "Bezier", "BSpline", "Clothoid"}
    | {"CubicSpline", "OffsetCurve", "Sphere", "Cone", "Cylinder", "Grid", "RectifiedGrid"}
)
_METRES: Final = 0.001
_DEGREES: Final = 1e-8
_LEAST_OF_RING: Final = 4
_CIRCULAR: Final = 8
_MAKERS: Final[tuple[Callable[..., Any], ...]] = (
    shapely.multipoints,
    shapely.multilinestrings,
    shapely.multipolygons,
)


def is_geometry(name: str) -> bool:
    """Whether an expanded name is a geometry element's."""
    return is_gml(name) and local_name(name) in NAMES


class Geometries:
    """Builds the geometries of a chunk."""

    def __init__(self, elements: Elements, positions: Positions) -> None:
        self._elements = elements
        self._positions = positions
        self.troubles: Counter[tuple[str, str]] = Counter()

    def of(self, path: int) -> Shapes:
        """The geometries of all elements of a path; None for those that can't be read."""
        name = local_name(self._elements.paths[path].name)
        return self._maker(name)(path)

    def _maker(self, name: str) -> Callable[[int], Shapes]:
        groups: tuple[tuple[Any, Callable[[int], Shapes]], ...] = (
            (("Point",), self._points),
            (_LINES, self._lines),
            (_ARCS, self._arcs),
            (_JOINED, self._joined),
            (_POLYGONS, self._polygons),
            (_SURFACES, self._surfaces),
            (_MULTI, self._aggregates),
            (_COLLECTIONS, self._collections),
            (_SOLIDS, self._solids),
            (_ORIENTABLE, self._orientable),
            (_BOXES, self._boxes),
        )
        return next((make for names, make in groups if name in names), self._unknown)

    def _trouble(self, code: str, path: int, count: int) -> None:
        if count:
            self.troubles[code, local_name(self._elements.paths[path].name)] += count

    def _rows(self, path: int) -> int:
        return len(self._elements.of(path))

    def _runs(self, path: int) -> tuple[Ints, Ints]:
        """Runs of positions below elements of a path, and the ranks they belong to."""
        elements, found, owners = self._elements, [], []
        for child in elements.paths[path].children:
            below = elements.of(child)
            runs = self._positions.run[below]
            if (runs >= 0).any():
                found.append(runs)
                owners.append(elements.rank[elements.parent[below]])
            elif local_name(elements.paths[child].name) in ("pointProperty", "pointRep"):
                for point in elements.paths[child].children:
                    inner, inner_owners = self._runs(point)
                    mine = elements.parent[elements.of(point)][inner_owners]
                    found.append(inner)
                    owners.append(elements.rank[elements.parent[mine]])
        if not found:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        runs = np.concatenate(found)
        order = np.argsort(runs, kind="stable")
        return runs[order], np.concatenate(owners)[order]

    def _coordinates(self, path: int) -> tuple[Floats, Ints, npt.NDArray[np.bool_]]:
        """Coordinates below each element; how many; and whether they have heights.

        Elements with a broken run have none.
        """
        runs, owners = self._runs(path)
        rows = self._rows(path)
        broken = np.zeros(rows, dtype=bool)
        broken[owners[self._positions.broken[runs]]] = True
        self._trouble("GEOMETRY_BROKEN", path, int(broken.sum()))
        keep = ~broken[owners]
        runs, owners = runs[keep], owners[keep]
        coordinates, counts = self._positions.of(runs)
        height = np.zeros(rows, dtype=bool)
        height[owners] = self._positions.height[runs]
        counts = np.bincount(owners, counts, rows).astype(np.int64)
        return coordinates, counts, height

    def _points(self, path: int) -> Shapes:
        coordinates, counts, height = self._coordinates(path)
        made = np.full(len(counts), None, dtype=object)
        begins = offsets_of(counts)[:-1]
        for high in (False, True):
            mine = (counts > 0) & (height == high)
            made[mine] = shapely.points(coordinates[begins[mine], : 2 + high])
        return made

    def _lines(self, path: int) -> Shapes:
        ring = local_name(self._elements.paths[path].name) == "LinearRing"
        coordinates, counts, height = self._coordinates(path)
        least = _LEAST_OF_RING if ring else 2
        short = (counts > 0) & (counts < least)
        self._trouble("GEOMETRY_TOO_SHORT", path, int(short.sum()))
        make = shapely.linearrings if ring else shapely.linestrings
        return _by_rows(make, coordinates, counts, height, counts >= least)

    def _arcs(self, path: int) -> Shapes:
        """Arcs through three points, or strings of them; a circle is one that closes."""
        coordinates, counts, height = self._coordinates(path)
        circle = local_name(self._elements.paths[path].name) == "Circle"
        begins = offsets_of(counts)
        crs = self._positions.crs_at(self._elements.of(path))
        made = np.full(len(counts), None, dtype=object)
        for row in np.flatnonzero(counts >= 3):
            points = coordinates[begins[row] : begins[row + 1], : 2 + height[row]]
            if circle:
                points = _around(points)
            if len(points) % 2:
                made[row] = self._line_of_arcs(points, int(crs[row]))
        self._trouble("GEOMETRY_BROKEN", path, int(sum(one is None for one in made)))
        self._trouble("GEOMETRY_LINEARISED", path, int(sum(one is not None for one in made)))
        return made

    def _line_of_arcs(self, points: Floats, crs: int) -> Any:
        references = self._positions.references
        degrees = crs >= 0 and references[crs].geographic
        code = _CIRCULAR + (1000 if points.shape[1] == 3 else 0)
        wkb = struct.pack("<BII", 1, code, len(points)) + points.astype("<f8").tobytes()
        return shapely.from_wkb(linearised(wkb, _DEGREES if degrees else _METRES)[0])

    def _members(self, path: int, names: Sequence[str] | frozenset[str]) -> tuple[Shapes, Ints]:
        """Geometries inside properties of a path's elements, in order; and whose they are."""
        elements = self._elements
        found, at, owners = [], [], []
        for child in elements.paths[path].children:
            if local_name(elements.paths[child].name) not in names:
                continue
            self._trouble("GEOMETRY_BY_REFERENCE", path, len(self._referring(child)))
            for inner in elements.paths[child].children:
                if is_geometry(elements.paths[inner].name):
                    here = elements.of(inner)
                    found.append(self.of(inner))
                    at.append(here)
                    owners.append(elements.rank[elements.parent[elements.parent[here]]])
        if not found:
            return np.empty(0, dtype=object), np.empty(0, dtype=np.int64)
        order = np.argsort(np.concatenate(at), kind="stable")
        return np.concatenate(found)[order], np.concatenate(owners)[order]

    def _referring(self, path: int) -> Ints:
        return self._elements.attribute(path, "{http://www.w3.org/1999/xlink}href")[0]

    def _whole(self, path: int, names: Sequence[str] | frozenset[str]) -> tuple[Shapes, Ints]:
        """As :meth:`_members`, without anything of an owner one of whose parts is missing."""
        parts, owners = self._members(path, names)
        lost = np.zeros(self._rows(path), dtype=bool)
        lost[owners[shapely.is_missing(parts)]] = True
        elements = self._elements
        for child in elements.paths[path].children:
            if local_name(elements.paths[child].name) in names:
                referring = elements.of(child)[self._referring(child)]
                lost[elements.rank[elements.parent[referring]]] = True
        keep = ~lost[owners]
        return parts[keep], owners[keep]

    def _joined(self, path: int) -> Shapes:
        """Segments or curves one after the other; several lines where they don't meet."""
        parts, owners = self._whole(path, ("segments", "curveMember", "curveMembers"))
        ring = local_name(self._elements.paths[path].name) == "Ring"
        rows = self._rows(path)
        made = np.full(rows, None, dtype=object)
        counts = np.bincount(owners, minlength=rows)
        alone = counts[owners] == 1
        made[owners[alone]] = parts[alone]
        begins = offsets_of(counts)
        for row in np.flatnonzero(counts > 1):
            made[row] = _chained(parts[begins[row] : begins[row + 1]])
        return _as_rings(made) if ring else made

    def _polygons(self, path: int) -> Shapes:
        shells, owners = self._whole(path, _OUTER)
        holes, hole_owners = self._members(path, _INNER)
        rows = self._rows(path)
        sound = np.zeros(rows, dtype=bool)
        sound[owners] = True
        sound[hole_owners[shapely.is_missing(holes)]] = False
        first = np.unique(owners, return_index=True)[1]
        shells, owners = shells[first], owners[first]
        self._trouble("GEOMETRY_BROKEN", path, int((~sound).sum()))
        keep, keep_holes = sound[owners], sound[hole_owners]
        rings = np.concatenate([shells[keep], holes[keep_holes]])
        whose = np.concatenate([owners[keep], hole_owners[keep_holes]])
        order = np.argsort(whose, kind="stable")
        return _grouped(shapely.polygons, rings[order], whose[order], rows)

    def _surfaces(self, path: int) -> Shapes:
        """Patches or members: one makes a polygon, several a multi-polygon."""
        parts, owners = self._whole(path, _MEMBERS)
        return _aggregate(parts, owners, self._rows(path), 2, single=True)

    def _aggregates(self, path: int) -> Shapes:
        name = local_name(self._elements.paths[path].name)
        parts, owners = self._whole(path, _MEMBERS)
        return _aggregate(parts, owners, self._rows(path), _MULTI[name])

    def _collections(self, path: int) -> Shapes:
        parts, owners = self._whole(path, _MEMBERS)
        return _grouped(shapely.geometrycollections, parts, owners, self._rows(path))

    def _solids(self, path: int) -> Shapes:
        self._trouble("GEOMETRY_SOLID_AS_SURFACES", path, self._rows(path))
        parts, owners = self._whole(path, _MEMBERS)
        made = _aggregate(parts, owners, self._rows(path), 2)
        if local_name(self._elements.paths[path].name) == "Solid":
            there = ~shapely.is_missing(made)
            self._trouble("GEOMETRY_SHELL_OPEN", path, int((~closed(made[there])).sum()))
        return made

    def _orientable(self, path: int) -> Shapes:
        name = local_name(self._elements.paths[path].name)
        parts, owners = self._whole(path, (_ORIENTABLE[name],))
        made = np.full(self._rows(path), None, dtype=object)
        made[owners] = parts
        ranks, segments = self._elements.attribute(path, "orientation")
        signs = self._elements.segments.take(segments).to_pylist()
        back = ranks[np.array([one == "-" for one in signs], dtype=bool)]
        made[back] = shapely.reverse(made[back])
        return made

    def _boxes(self, path: int) -> Shapes:
        coordinates, counts, _ = self._coordinates(path)
        begins = offsets_of(counts)[:-1]
        made = np.full(len(counts), None, dtype=object)
        sound = counts == 2
        one, other = coordinates[begins[sound]], coordinates[begins[sound] + 1]
        low, high = np.minimum(one, other), np.maximum(one, other)
        made[sound] = shapely.box(low[:, 0], low[:, 1], high[:, 0], high[:, 1])
        return made

    def _unknown(self, path: int) -> Shapes:
        self._trouble("GEOMETRY_NOT_READ", path, self._rows(path))
        return np.full(self._rows(path), None, dtype=object)


def _by_rows(
    make: Callable[..., Any],
    coordinates: Floats,
    counts: Ints,
    height: npt.NDArray[np.bool_],
    sound: npt.NDArray[np.bool_],
) -> Shapes:
    """Lines or rings from runs of coordinates, with and without heights."""
    made = np.full(len(counts), None, dtype=object)
    for high in (False, True):
        mine = sound & (height == high)
        if not mine.any():
            continue
        chosen = coordinates if mine.all() else coordinates[np.repeat(mine, counts)]
        index = np.repeat(np.arange(int(mine.sum())), counts[mine])
        made[mine] = make(np.ascontiguousarray(chosen[:, : 2 + high]), indices=index)
    return made


def _grouped(make: Callable[..., Any], parts: Shapes, owners: Ints, rows: int) -> Shapes:
    """Geometries made of runs of parts that have the same owner."""
    made = np.full(rows, None, dtype=object)
    if len(parts):
        present, index = np.unique(owners, return_inverse=True)
        made[present] = make(parts, indices=index)
    return made


def _aggregate(
    parts: Shapes, owners: Ints, rows: int, family: int, *, single: bool = False
) -> Shapes:
    """Multi-geometries; with ``single``, those of one part are that part."""
    pieces, index = shapely.get_parts(parts, return_index=True)
    made = _grouped(_MAKERS[family], pieces, owners[index], rows)
    if single:
        lonely = shapely.get_num_geometries(made) == 1
        made[lonely] = shapely.get_geometry(made[lonely], 0)
    return made


def _chained(lines: Shapes) -> Any:
    """Lines end to end as one; a multi-line where two don't meet."""
    runs: list[list[Floats]] = []
    for line in lines:
        points = shapely.get_coordinates(line, include_z=bool(shapely.has_z(line)))
        if runs and (runs[-1][-1][-1][:2] == points[0][:2]).all():
            runs[-1].append(points[1:])
        else:
            runs.append([points])
    made = [shapely.linestrings(np.concatenate(one)) for one in runs if sum(map(len, one)) > 1]
    return made[0] if len(made) == 1 else shapely.multilinestrings(made)


def _as_rings(lines: Shapes) -> Shapes:
    made = np.full(len(lines), None, dtype=object)
    sound = (shapely.get_type_id(lines) == 1) & (
        shapely.get_num_coordinates(lines) >= _LEAST_OF_RING
    )
    for row in np.flatnonzero(sound):
        made[row] = shapely.linearrings(
            shapely.get_coordinates(lines[row], include_z=bool(shapely.has_z(lines[row])))
        )
    return made


def _around(points: Floats) -> Floats:
    """Three points of a circle as an arc string that goes around: start, …, start."""
    start, through, end = points[:3]
    ax, ay = through[:2] - start[:2]
    bx, by = end[:2] - start[:2]
    twice = 2 * (ax * by - ay * bx)
    if twice == 0:
        return points
    ux = (by * (ax * ax + ay * ay) - ay * (bx * bx + by * by)) / twice
    uy = (ax * (bx * bx + by * by) - bx * (ax * ax + ay * ay)) / twice
    opposite = start.copy()
    opposite[:2] = start[:2] + 2 * np.array([ux, uy])
    return np.stack([start, opposite, start])
