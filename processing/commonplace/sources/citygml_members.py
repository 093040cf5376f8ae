"""Members of a CityGML document as city objects: attributes, parts, surfaces by LoD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
from lxml import etree

from commonplace.report import Severity
from commonplace.sources.cityjson_objects import Boundary, Chunk, CityObject, Floats, Rings
from commonplace.sources.notes import Notebook

Element = etree._Element
_GML_ID: Final = "{http://www.opengis.net/gml}id"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_LEVEL: Final = re.compile(r"lod(\d)(\w+)")
_SOLIDS: Final = ("Solid", "Geometry")
_AREAL: Final = ("Solid", "MultiSurface", "Geometry", "FootPrint", "RoofEdge", "Surface")
_FACES: Final = ("Polygon", "PolygonPatch", "Triangle", "Rectangle")
_SEMANTIC: Final = re.compile(r"\w+Surface")
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


def local(element: Element) -> str:
    """An element's name without namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


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
        self.count = 0
        self._parts: list[Floats] = []
        self._notebook = notebook
        self._swap = swap

    def chunk(self) -> Chunk:
        vertices = np.concatenate(self._parts) if self._parts else np.empty((0, 3))
        return Chunk(self.objects, vertices[:, [1, 0, 2]] if self._swap else vertices)

    def add(self, member: Element) -> None:
        """Add the object of a member, and its parts."""
        faces = {
            name: one
            for one in member.iter(etree.Element)
            if local(one) in _FACES and (name := one.get(_GML_ID)) is not None
        }
        for child in member.iterchildren(etree.Element):
            self._add_object(child, [], faces)

    def _add_object(self, element: Element, parents: list[str], faces: dict[str, Element]) -> str:
        name = element.get(_GML_ID) or f"{local(element)}.{element.sourceline}"
        made = CityObject(name, local(element), {}, parents, [], [])
        self.objects.append(made)
        reader = _Reader(self, made, faces)
        reader.read(element)
        made.boundaries = reader.boundaries()
        return name

    def part(self, element: Element, parent: CityObject, faces: dict[str, Element]) -> None:
        """Add an object that is part of another."""
        parent.children.append(self._add_object(element, [parent.id], faces))

    def rings(self, face: Element, layer: str) -> Rings | None:
        """The rings of a polygon as indices of vertices, added here."""
        rings: Rings = []
        for boundary in face.iterchildren(etree.Element):
            if local(boundary) not in (
                "exterior",
                "interior",
                "outerBoundaryIs",
                "innerBoundaryIs",
            ):
                continue
            positions = _positions(boundary)
            if positions is None:
                self.note(layer, "a ring whose coordinates can't be read")
                return None
            if len(positions) > 1 and np.array_equal(positions[0], positions[-1]):
                positions = positions[:-1]
            rings.append(list(range(self.count, self.count + len(positions))))
            self._parts.append(positions)
            self.count += len(positions)
        return rings or None

    def note(self, layer: str, what: str, code: str = "GEOMETRY_UNREADABLE") -> None:
        """Note what can't be read of an object."""
        self._notebook.note(code, Severity.WARNING, what, layer=layer)


class _Reader:
    """Reads one city object."""

    def __init__(self, members: Members, made: CityObject, faces: dict[str, Element]) -> None:
        self._members = members
        self._made = made
        self._faces = faces
        self._own: dict[str, list[tuple[Element, str | None]]] = {}
        self._bounding: dict[str, list[tuple[Element, str | None]]] = {}
        self._solid: dict[str, list[Element]] = {}
        self._roof: list[Element] = []

    def read(self, element: Element) -> None:
        for child in element.iterchildren(etree.Element):
            name = local(child)
            level = _LEVEL.fullmatch(name)
            if level is not None:
                self._level(level[1], level[2], child, None, self._own)
            elif name == "boundedBy":
                self._bounded(child)
            elif name in ("externalReference", "generalizesTo", "appearance", "metaDataProperty"):
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
        return made

    def _level(
        self,
        lod: str,
        kind: str,
        element: Element,
        semantic: str | None,
        into: dict[str, list[tuple[Element, str | None]]],
    ) -> None:
        if kind not in _AREAL:
            what = "only surfaces and solids are read, not lines and templates"
            self._members.note(self._made.type, f"lod{lod}{kind}: {what}", "GEOMETRY_SKIPPED")
            return
        found = list(self._faces_in(element))
        if kind == "RoofEdge":
            self._roof.extend(found)
            return
        if kind in _SOLIDS and semantic is None:
            self._solid.setdefault(lod, []).extend(found)
        else:
            into.setdefault(lod, []).extend((one, semantic) for one in found)

    def _faces_in(self, element: Element) -> Iterator[Element]:
        for one in element.iter(etree.Element):
            if local(one) in _FACES:
                yield one
            elif (href := one.get(_HREF)) is not None:
                face = self._faces.get(href.removeprefix("#"))
                if face is not None:
                    yield face
                else:
                    yield from self._surfaces_of(href)

    def _surfaces_of(self, href: str) -> Iterator[Element]:
        """What a reference means that is no polygon: a composite of the same member."""
        root = next(iter(self._faces.values()), None)
        if root is None or not href.startswith("#"):
            self._members.note(
                self._made.type, f"{href[:80]} is not in the object", "XLINK_UNRESOLVED"
            )
            return
        top = root
        while (parent := top.getparent()) is not None and local(parent) != "CityModel":
            top = parent
        for one in top.iter(etree.Element):
            if one.get(_GML_ID) == href[1:]:
                yield from (each for each in one.iter(etree.Element) if local(each) in _FACES)
                return
        self._members.note(self._made.type, f"{href[:80]} is not in the object", "XLINK_UNRESOLVED")

    def _bounded(self, element: Element) -> None:
        """``bldg:boundedBy`` with a surface, its openings included; gml:boundedBy has none."""
        for surface in element.iterchildren(etree.Element):
            kind = local(surface)
            if _SEMANTIC.fullmatch(kind) is None:
                continue
            for child in surface.iter(etree.Element):
                level = _LEVEL.fullmatch(local(child))
                if level is not None:
                    self._level(level[1], level[2], child, kind, self._bounding)

    def _nested(self, element: Element) -> None:
        """A property that holds an object of its own, or values."""
        for child in element.iterchildren(etree.Element):
            if child.get(_GML_ID) is not None and any(
                _LEVEL.match(local(one)) or local(one) == "boundedBy"
                for one in child.iter(etree.Element)
            ):
                self._members.part(child, self._made, self._faces)
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
        known = self._made.attributes.get(name)
        if known is None:
            self._made.attributes[name] = value
        else:
            self._made.attributes[name] = (
                [*known, value] if isinstance(known, list) else [known, value]
            )


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
        name, value = local(child), _tree(child)
        if name in found:
            known = found[name]
            found[name] = [*known, value] if isinstance(known, list) else [known, value]
        else:
            found[name] = value
    return found


def _positions(element: Element) -> Floats | None:
    """(n, 3) coordinates below a ring; z is 0 where there is none."""
    texts = []
    dimension = 3
    for one in element.iter(etree.Element):
        name = local(one)
        if name in ("posList", "pos", "coordinates") and one.text:
            stated = one.get("srsDimension")
            dimension = int(stated) if stated and stated.isdigit() else dimension
            texts.append(one.text.replace(",", " ") if name == "coordinates" else one.text)
    try:
        numbers = np.array(" ".join(texts).split(), dtype=np.float64)
        positions = numbers.reshape(-1, dimension)
    except ValueError:
        return None
    if not len(positions) or not np.isfinite(positions).all():
        return None
    if dimension == 2:
        return np.column_stack((positions, np.zeros(len(positions))))
    return positions
