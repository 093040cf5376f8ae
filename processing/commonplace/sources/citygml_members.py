"""Members of a CityGML document as city objects: attributes, parts, surfaces by LoD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from commonplace.report import Severity
from commonplace.sources.citygml_positions import Positions
from commonplace.sources.cityjson_objects import Boundary, Chunk, CityObject, Rings
from commonplace.sources.notes import Notebook

Element = etree._Element
Face = tuple[Element, str | None]

GML: Final = "{http://www.opengis.net/gml}"
_GML_ID: Final = f"{GML}id"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_FACES: Final = tuple(f"{GML}{one}" for one in ("Polygon", "PolygonPatch", "Triangle", "Rectangle"))
_REFERRING: Final = tuple(f"{GML}{one}" for one in ("surfaceMember", "baseSurface", "solidMember"))
_SIDES: Final = frozenset(
    f"{GML}{one}" for one in ("exterior", "interior", "outerBoundaryIs", "innerBoundaryIs")
)
_LEVEL: Final = re.compile(r"lod(\d)(\w+)")
_SOLIDS: Final = ("Solid", "Geometry")
_AREAL: Final = ("Solid", "MultiSurface", "Geometry", "FootPrint", "RoofEdge", "Surface")
_LINEAR: Final = ("MultiCurve", "Network")
_LINE: Final = f"{GML}LineString"
_TIN: Final = "tin"
_LOD_WITHOUT_NUMBER: Final = "1"
_SEMANTIC: Final = re.compile(r"\w+Surface")
_BESIDES: Final = ("externalReference", "generalizesTo", "appearance", "metaDataProperty")
_NUMBERS: Final = ("measuredHeight", "averageHeight", "height", "trunkDiameter", "crownDiameter")
_WHOLE: Final = ("storeysAboveGround", "storeysBelowGround")
_GENERIC: Final = {
    "stringAttribute": str,
    "dateAttribute": str,
    "uriAttribute": str,
    "intAttribute": int,
    "doubleAttribute": float,
    "measureAttribute": float,
}
# AdV's names of Germany's systems, in which its states publish CityGML, as EPSG has them.
_ADV: Final = re.compile(r"urn:adv:crs:ETRS89_UTM(?P<zone>3[123])(\*(?P<height>\w+))?$")
_ADV_HEIGHTS: Final = {"DE_DHHN92_NH": "5783", "DE_DHHN2016_NH": "7837"}


@lru_cache(maxsize=4_096)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]


@lru_cache(maxsize=4_096)
def _level_of(name: str) -> tuple[str, str] | None:
    """LoD and kind of a geometry property, such as 2 and ``Solid``."""
    found = _LEVEL.fullmatch(name)
    return None if found is None else (found[1], found[2])


def local(element: Element) -> str:
    """An element's name without namespace."""
    return _bare(str(element.tag))


def system_in(element: Element) -> str | None:
    """The first ``srsName`` inside an element."""
    for one in element.iter(etree.Element):
        name = one.get("srsName")
        if name:
            return known_system(name)
    return None


def known_system(name: str) -> str:
    """A CRS's name; AdV's as EPSG's."""
    found = _ADV.match(name)
    if found is None:
        return name
    height = _ADV_HEIGHTS.get(found["height"] or "")
    return f"EPSG:258{found['zone']}" + (f"+{height}" if height else "")


class Members:
    """Gathers members into one chunk. ``swap`` says that coordinates come northing first."""

    def __init__(self, notebook: Notebook, *, swap: bool) -> None:
        self.objects: list[CityObject] = []
        self.positions = Positions()
        self._notebook = notebook
        self._swap = swap

    def chunk(self) -> Chunk:
        """All objects so far."""
        vertices, broken = self.positions.vertices()
        if broken:
            self.note("", "rings whose coordinates are no numbers", count=broken)
        return Chunk(self.objects, vertices[:, [1, 0, 2]] if self._swap else vertices)

    def add(self, member: Element) -> None:
        """Add the object of a member, and its parts."""
        faces = {
            name: one for one in member.iter(*_FACES) if (name := one.get(_GML_ID)) is not None
        }
        for child in member.iterchildren(etree.Element):
            self.add_object(child, [], faces)

    def add_object(self, element: Element, parents: list[str], faces: dict[str, Element]) -> str:
        """Add an object; returns its id."""
        name = element.get(_GML_ID) or f"{local(element)}.{element.sourceline}"
        made = CityObject(name, local(element), {}, parents, [], [])
        self.objects.append(made)
        reader = _Reader(self, made, faces)
        reader.read(element)
        made.boundaries = reader.boundaries()
        return name

    def rings(self, face: Element, layer: str) -> Rings | None:
        """The rings of a polygon as indices of vertices, added here."""
        rings: Rings = []
        for side in face:
            if side.tag in _SIDES:
                ring = self.positions.add(side)
                if ring is None:
                    self.note(layer, "a ring without whole positions")
                    return None
                rings.append(ring)
        return rings or None

    def note(
        self, layer: str, what: str, code: str = "GEOMETRY_UNREADABLE", count: int = 1
    ) -> None:
        """Note what can't be read of an object."""
        self._notebook.note(code, Severity.WARNING, what, layer=layer or None, count=count)


class _Reader:
    """Reads one city object."""

    def __init__(self, members: Members, made: CityObject, faces: dict[str, Element]) -> None:
        self._members = members
        self._made = made
        self._faces = faces
        self._own: dict[str, list[Face]] = {}
        self._bounding: dict[str, list[Face]] = {}
        self._solid: dict[str, list[Element]] = {}
        self._roof: list[Element] = []
        self._others: list[Boundary] = []

    def read(self, element: Element) -> None:
        for child in element.iterchildren(etree.Element):
            name = local(child)
            level = _level_of(name)
            if level is not None:
                self._level(*level, child, None)
            elif name == _TIN:
                lod = element.findtext("{*}lod", _LOD_WITHOUT_NUMBER).strip()
                faces = self._own.setdefault(lod, [])
                faces.extend((one, None) for one in self._faces_in(child))
            elif name == "boundedBy":
                self._bounded(child)
            elif name in _BESIDES:
                continue
            elif name == "address":
                self._value("address", json.dumps(_tree(child), ensure_ascii=False))
            elif name in _GENERIC or name == "genericAttributeSet":
                self._generic(child)
            elif len(child):
                self._nested(child)
            elif child.text and child.text.strip():
                self._value(name, _typed(name, child.text.strip()))

    def boundaries(self) -> list[Boundary]:
        """One boundary a LoD: a solid, else the object's own surfaces, else its bounding ones."""
        made = []
        if self._roof and "0" not in self._own:
            self._own["0"] = [(one, None) for one in self._roof]
        semantics = {
            one.get(_GML_ID): kind
            for faces in self._bounding.values()
            for one, kind in faces
            if one.get(_GML_ID) is not None
        }
        for lod in sorted({*self._own, *self._bounding, *self._solid}):
            solid = self._solid.get(lod)
            faces = (
                [(one, semantics.get(one.get(_GML_ID))) for one in solid]
                if solid
                else self._bounding.get(lod) or self._own.get(lod, [])
            )
            boundary = Boundary(lod)
            for face, kind in faces:
                rings = self._members.rings(face, self._made.type)
                if rings is not None:
                    boundary.surfaces.append(rings)
                    boundary.semantics.append(kind)
            if boundary.surfaces:
                made.append(boundary)
        with_surfaces = {one.lod for one in made}
        return made + [one for one in self._others if one.lod not in with_surfaces]

    def _level(self, lod: str, kind: str, element: Element, semantic: str | None) -> None:
        """A geometry property, of the object itself or of a surface that bounds it."""
        if kind not in _AREAL:
            self._other(lod, kind, element)
            return
        found = list(self._faces_in(element))
        if semantic is not None:
            self._bounding.setdefault(lod, []).extend((one, semantic) for one in found)
        elif kind == "RoofEdge":
            self._roof.extend(found)
        elif kind in _SOLIDS:
            self._solid.setdefault(lod, []).extend(found)
        else:
            self._own.setdefault(lod, []).extend((one, None) for one in found)

    def _other(self, lod: str, kind: str, element: Element) -> None:
        """Lines of networks; of a template its place; the rest is told."""
        lines: list[Sequence[int]] = []
        points: list[int] = []
        if kind in _LINEAR:
            found = (self._members.positions.add(one) for one in element.iter(_LINE))
            lines = [one for one in found if one is not None]
        elif kind == "ImplicitRepresentation":
            for point in element.iter(f"{GML}Point"):
                points.extend(self._members.positions.add(point) or ())
        if lines or points:
            self._others.append(Boundary(lod, lines=lines, points=points))
        if not lines:
            what = "of templates only the place is read, of lines those of networks"
            self._members.note(self._made.type, f"lod{lod}{kind}: {what}", "GEOMETRY_SKIPPED")

    def _faces_in(self, element: Element) -> Iterator[Element]:
        for one in element.iter(*_FACES, *_REFERRING):
            if one.tag in _FACES:
                yield one
            elif (href := one.get(_HREF)) is not None:
                face = self._faces.get(href.removeprefix("#"))
                if face is not None:
                    yield face
                else:
                    yield from self._surfaces_of(href, element)

    def _surfaces_of(self, href: str, element: Element) -> Iterator[Element]:
        """What a reference means that is no polygon: a composite of the same member."""
        top = element
        while (parent := top.getparent()) is not None and local(parent) != "CityModel":
            top = parent
        for one in top.iter(etree.Element):
            if one.get(_GML_ID) == href.removeprefix("#"):
                yield from one.iter(*_FACES)
                return
        what = f"{href[:80]} is not in the object"
        self._members.note(self._made.type, what, "XLINK_UNRESOLVED")

    def _bounded(self, element: Element) -> None:
        """``bldg:boundedBy`` with a surface, its openings included; gml:boundedBy has none."""
        for surface in element.iterchildren(etree.Element):
            kind = local(surface)
            if _SEMANTIC.fullmatch(kind) is not None:
                self._surface(surface, kind)

    def _surface(self, surface: Element, kind: str) -> None:
        for child in surface.iterchildren(etree.Element):
            name = local(child)
            level = _level_of(name)
            if level is not None:
                self._level(*level, child, kind)
            elif name == "opening":
                for door in child.iterchildren(etree.Element):
                    self._surface(door, kind)

    def _nested(self, element: Element) -> None:
        """A property that holds an object of its own, or values."""
        for child in element.iterchildren(etree.Element):
            if child.get(_GML_ID) is not None and _has_shape(child):
                name = self._members.add_object(child, [self._made.id], self._faces)
                self._made.children.append(name)
                return
        self._value(local(element), json.dumps(_tree(element), ensure_ascii=False))

    def _generic(self, element: Element) -> None:
        kind = _GENERIC.get(local(element))
        if kind is None:
            for child in element.iterchildren(etree.Element):
                self._generic(child)
            return
        name = element.get("name")
        value = next(iter(element.iterchildren(etree.Element)), None)
        text = None if value is None or value.text is None else value.text.strip()
        if name and text:
            try:
                self._value(name, kind(text))
            except ValueError:
                self._value(name, text)

    def _value(self, name: str, value: Any) -> None:
        """Keep a value; one more of the same name makes a list."""
        _keep(self._made.attributes, name, value)


def _has_shape(element: Element) -> bool:
    names = (local(one) for one in element.iterdescendants(etree.Element))
    return any(name in ("boundedBy", _TIN) or _level_of(name) is not None for name in names)


def _keep(known: dict[str, Any], name: str, value: Any) -> None:
    if name not in known:
        known[name] = value
    else:
        before = known[name]
        known[name] = [*before, value] if isinstance(before, list) else [before, value]


def _typed(name: str, text: str) -> str | float | int:
    try:
        if name in _WHOLE:
            return int(text)
        if name in _NUMBERS:
            return float(text)
    except ValueError:
        pass
    return text


def _tree(element: Element) -> Any:
    """An element's content as JSON has it: texts by name."""
    children = list(element.iterchildren(etree.Element))
    if not children:
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for child in children:
        _keep(found, local(child), _tree(child))
    return found
