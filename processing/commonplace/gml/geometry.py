"""Geometries as GML 3.2.1: points, curves, surfaces and their aggregates, whole columns.

Only Simple Features (IR 1089/2010, Art. 12(1)): ``gml:pos`` for points, ``gml:posList``
for lines and rings, aggregates by single members. What a property allows decides between
``Polygon`` and ``Surface``, single and aggregate; where it takes nothing but a solid
(bu-core3d), surfaces are the shell of one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from commonplace.gml.names import Ids
from commonplace.gml.ordinates import ordinate_lists
from commonplace.gml.pieces import (
    Offsets,
    Piece,
    gathered,
    join,
    offsets_of,
    parents_of,
    pick,
)
from commonplace.target import TargetCrs

Geometries: TypeAlias = npt.NDArray[Any]

_POINT, _CURVE, _SURFACE, _COLLECTION = range(4)
_FAMILIES: Final = np.array(
    [_POINT, _CURVE, _CURVE, _SURFACE, _POINT, _CURVE, _SURFACE, _COLLECTION]
)
SPACE: Final = 3  # dimensions
_FIRST_MULTIPLE: Final = 4  # shapely's type numbers from here on are multi-geometries
_SINGLE, _PATCHED, _AGGREGATE, _SOLID = _FORMS = range(4)
_SURFACES: Final = frozenset(("Polygon", "Surface", "MultiSurface", "MultiGeometry"))

_EXTERIOR: Final = "<gml:exterior><gml:LinearRing><gml:posList"
_INTERIOR: Final = "<gml:interior><gml:LinearRing><gml:posList"
_EXTERIOR_END: Final = "</gml:posList></gml:LinearRing></gml:exterior>"
_INTERIOR_END: Final = "</gml:posList></gml:LinearRing></gml:interior>"


@dataclass(frozen=True, slots=True)
class Family:
    """The elements of one family: a single geometry, one made of patches, an aggregate."""

    single: str
    aggregate: str
    member: str
    patched: str = ""
    patches: str = ""
    patch: str = ""


_ELEMENTS: Final = (
    Family("Point", "MultiPoint", "pointMember"),
    Family("LineString", "MultiCurve", "curveMember", "Curve", "segments", "LineStringSegment"),
    Family("Polygon", "MultiSurface", "surfaceMember", "Surface", "patches", "PolygonPatch"),
    Family("", "MultiGeometry", "geometryMember"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the geometries of a column share.

    ``allowed`` are local names of geometry elements the property takes, empty for any;
    ``member`` says that they stand inside an aggregate, which has the ``srsName``.
    """

    crs: TargetCrs
    allowed: frozenset[str] = frozenset()
    member: bool = False

    @property
    def attributes(self) -> str:
        if self.member:
            return ""
        return f' srsName="{self.crs.uri}" srsDimension="{self.crs.dimension}"'

    @property
    def takes_solids_alone(self) -> bool:
        """True where surfaces can only be the shell of a solid."""
        return "Solid" in self.allowed and self.allowed.isdisjoint(_SURFACES)

    def allows(self, element: str) -> bool:
        return bool(element) and (not self.allowed or element in self.allowed)


def geometry_pieces(geometries: Geometries, ids: Ids, frame: Frame) -> list[Piece]:
    """Geometries as pieces, one geometry element per row.

    Parameters
    ----------
    geometries
        Shapely objects, none of them None or empty, x before y, of any mixture of types.
    ids
        Ids of the rows, path included.
    frame
        CRS (axis order, decimals) and the geometry elements the property allows.
    """
    if len(geometries) == 0:
        return []
    types = shapely.get_type_id(geometries)
    families = _FAMILIES[types]
    classes = len(_FORMS) * families + _forms(families, types >= _FIRST_MULTIPLE, geometries, frame)
    found = np.unique(classes)
    if len(found) == 1:
        return _class_pieces(int(found[0]), geometries, ids, frame)
    written, rows = [], []
    for one in found:
        chosen = classes == one
        pieces = _class_pieces(int(one), geometries[chosen], ids.filtered(pa.array(chosen)), frame)
        written.append(join(pieces, int(chosen.sum())))
        rows.append(np.flatnonzero(chosen))
    return [pa.concat_arrays(written).take(pa.array(np.argsort(np.concatenate(rows))))]


def _forms(
    families: npt.NDArray[np.int64],
    multiple: npt.NDArray[np.bool_],
    geometries: Geometries,
    frame: Frame,
) -> npt.NDArray[np.int64]:
    """How each geometry is written: single, of patches, or as an aggregate."""
    forms = np.where(multiple, _AGGREGATE, _SINGLE)
    if frame.takes_solids_alone:
        return np.where(families == _SURFACE, _SOLID, forms)
    for number in np.unique(families[families != _COLLECTION]):
        family = _ELEMENTS[number]
        if frame.allows(family.aggregate) or frame.allows("MultiGeometry"):
            if not frame.allows(family.single) and not frame.allows(family.patched):
                forms[families == number] = _AGGREGATE
        else:
            lonely = shapely.get_num_geometries(geometries) == 1
            forms[(families == number) & lonely] = _SINGLE
            if frame.allows(family.patched):
                forms[(families == number) & ~lonely] = _PATCHED
        if frame.allows(family.patched) and not frame.allows(family.single):
            forms[(families == number) & (forms == _SINGLE)] = _PATCHED
    return forms


def _class_pieces(number: int, geometries: Geometries, ids: Ids, frame: Frame) -> list[Piece]:
    family, form = divmod(number, len(_FORMS))
    write = (_single, _patched, _aggregate, _solid)[form]
    return write(family, geometries, ids, frame)


def _element(name: str, ids: Ids, frame: Frame, inside: Sequence[Piece]) -> list[Piece]:
    start = [f'<gml:{name} gml:id="', *ids.pieces(), f'"{frame.attributes}>']
    return [*start, *inside, f"</gml:{name}>"]


def _single(family: int, geometries: Geometries, ids: Ids, frame: Frame) -> list[Piece]:
    parts, _ = _parts(geometries)
    inside = _INSIDES[family](parts, frame.crs)
    return _element(_ELEMENTS[family].single, ids, frame, inside)


def _patched(family: int, geometries: Geometries, ids: Ids, frame: Frame) -> list[Piece]:
    elements = _ELEMENTS[family]
    parts, offsets = _parts(geometries)
    inside = _INSIDES[family](parts, frame.crs)
    patch = [f"<gml:{elements.patch}>", *inside, f"</gml:{elements.patch}>"]
    patches = gathered(join(patch, len(parts)), offsets)
    inside = [f"<gml:{elements.patches}>", patches, f"</gml:{elements.patches}>"]
    return _element(elements.patched, ids, frame, inside)


def _aggregate(family: int, geometries: Geometries, ids: Ids, frame: Frame) -> list[Piece]:
    elements = _ELEMENTS[family]
    general = not frame.allows(elements.aggregate) and frame.allows("MultiGeometry")
    member = "geometryMember" if general else elements.member
    name = "MultiGeometry" if general else elements.aggregate
    return _element(name, ids, frame, [_members(member, geometries, ids, frame)])


def _solid(family: int, geometries: Geometries, ids: Ids, frame: Frame) -> list[Piece]:
    """Surfaces as the shell around a solid (GML 3.2.1, 10.6.4)."""
    members = _members(_ELEMENTS[family].member, geometries, ids, frame)
    shell = ["<gml:exterior><gml:Shell>", members, "</gml:Shell></gml:exterior>"]
    return _element("Solid", ids, frame, shell)


def _members(member: str, geometries: Geometries, ids: Ids, frame: Frame) -> Piece:
    """The parts of geometries, each in a member element with an id of its own."""
    parts, offsets = _parts(geometries)
    parents = parents_of(offsets)
    numbers = np.arange(1, len(parts) + 1) - offsets[parents]
    inside = geometry_pieces(parts, ids.take(parents, numbers), Frame(frame.crs, member=True))
    return gathered(join([f"<gml:{member}>", *inside, f"</gml:{member}>"], len(parts)), offsets)


def _parts(geometries: Geometries) -> tuple[Geometries, Offsets]:
    """The parts of all geometries, and where each geometry's begin."""
    if shapely.get_type_id(geometries).max(initial=0) < _FIRST_MULTIPLE:
        return geometries, np.arange(len(geometries) + 1, dtype=np.int64)
    return shapely.get_parts(geometries), offsets_of(shapely.get_num_geometries(geometries))


def _runs(geometries: Geometries, sizes: npt.NDArray[Any], crs: TargetCrs) -> Piece:
    """The coordinates of lines, rings or points as text, in the order they are written."""
    coordinates = shapely.get_coordinates(geometries, include_z=crs.dimension == SPACE)
    if crs.swap:
        coordinates = coordinates[:, [1, 0, 2][: crs.dimension]]
    return ordinate_lists(coordinates, offsets_of(sizes), crs.decimals)


def _points(points: Geometries, crs: TargetCrs) -> list[Piece]:
    return ["<gml:pos", _runs(points, np.ones(len(points)), crs), "</gml:pos>"]


def _lines(lines: Geometries, crs: TargetCrs) -> list[Piece]:
    runs = _runs(lines, shapely.get_num_coordinates(lines), crs)
    return ["<gml:posList", runs, "</gml:posList>"]


def _polygons(polygons: Geometries, crs: TargetCrs) -> list[Piece]:
    holes = shapely.get_num_interior_rings(polygons)
    if not holes.any():
        runs = _runs(polygons, shapely.get_num_coordinates(polygons), crs)
        return [_EXTERIOR, runs, _EXTERIOR_END]
    offsets = offsets_of(holes + 1)
    runs = _runs(polygons, _ring_sizes(polygons, holes, offsets), crs)
    outer = np.zeros(int(offsets[-1]), dtype=np.bool_)
    outer[offsets[:-1]] = True
    mask = pa.array(outer)
    rings = [pick(mask, _EXTERIOR, _INTERIOR), runs, pick(mask, _EXTERIOR_END, _INTERIOR_END)]
    return [gathered(join(rings, len(outer)), offsets)]


def _ring_sizes(
    polygons: Geometries, holes: npt.NDArray[Any], offsets: Offsets
) -> npt.NDArray[np.int64]:
    """Numbers of coordinates, ring by ring; only polygons with holes are taken apart."""
    sizes = np.zeros(int(offsets[-1]), dtype=np.int64)
    pierced = holes > 0
    inside = np.repeat(pierced, holes + 1)
    sizes[~inside] = shapely.get_num_coordinates(polygons[~pierced])
    sizes[inside] = shapely.get_num_coordinates(shapely.get_rings(polygons[pierced]))
    return sizes


_INSIDES: Final[tuple[Callable[[Geometries, TargetCrs], list[Piece]], ...]] = (
    _points,
    _lines,
    _polygons,
)
