"""What DescribeFeatureType tells of a feature type: its properties and their XSD types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from lxml import etree

from commonplace.gml.reading.positions import OLD_GML
from commonplace.sources.wfsxml import child, local

XSD: Final = "http://www.w3.org/2001/XMLSchema"
_INTEGERS: Final = frozenset(
    "integer int long short byte nonNegativeInteger positiveInteger negativeInteger"
    " nonPositiveInteger unsignedInt unsignedLong unsignedShort unsignedByte".split()
)
_REALS: Final = frozenset(("decimal", "double", "float"))
_KEPT: Final = frozenset(("boolean", "date", "dateTime"))
_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class Declared:
    """The properties of a feature type that are plain values, and where its geometry is.

    ``values`` are XSD's built-in types by property (all integers ``integer``, all reals
    ``double``, what isn't told apart ``string``). ``whole`` says that nothing else is there:
    no nested properties, no schema included from elsewhere.
    """

    values: Mapping[str, str]
    geometry: str | None
    namespace: str
    whole: bool


NOTHING: Final = Declared({}, None, "", whole=False)


def declared(root: etree._Element, name: str) -> Declared:
    """Read a schema document for the feature type of a local name."""
    if local(root) != "schema":
        return NOTHING
    schema = _Schema(root)
    element = schema.elements.get(name)
    if element is None:
        return NOTHING
    values: dict[str, str] = {}
    geometry: str | None = None
    whole = True
    for one in schema.properties(element):
        prop = one.get("name")
        built_in = schema.built_in(one)
        if prop is None:
            whole = False
        elif built_in is not None:
            values[prop] = built_in
        elif schema.is_geometry(one):
            geometry = geometry or prop
        else:
            whole = False
    whole = whole and schema.found_base
    return Declared(values, geometry, root.get("targetNamespace") or "", whole)


class _Schema:
    def __init__(self, root: etree._Element) -> None:
        self.elements = {one.get("name") or "": one for one in root.iterchildren("{*}element")}
        self._types = {
            one.get("name") or "": one
            for one in root.iterchildren("{*}complexType", "{*}simpleType")
        }
        self.found_base = False

    def properties(self, element: etree._Element) -> Iterator[etree._Element]:
        """The elements of a type and of those that it extends, the base's first."""
        own = child(element, "complexType")
        if own is None:
            own = self._types.get(_local(element.get("type")))
        yield from self._of_type(own, 0)

    def _of_type(self, own: etree._Element | None, depth: int) -> Iterator[etree._Element]:
        if own is None or depth > _DEEPEST:
            return
        extension = next(own.iter("{*}extension"), None)
        if extension is not None:
            base = extension.get("base")
            if self._namespace(extension, base).startswith(OLD_GML):
                self.found_base = True
            else:
                yield from self._of_type(self._types.get(_local(base)), depth + 1)
        for one in own.iter("{*}element"):
            if _owner(one) is own:
                yield one

    def built_in(self, element: etree._Element) -> str | None:
        """The XSD type of a property that is a plain value."""
        stated = element.get("type")
        if stated is not None:
            return self._named(element, stated, 0)
        inline = child(element, "simpleType")
        return None if inline is None else self._restricted(inline, 0)

    def _named(self, element: etree._Element, name: str, depth: int) -> str | None:
        if self._namespace(element, name) == XSD:
            return _family(_local(name))
        own = self._types.get(_local(name))
        if own is None or local(own) != "simpleType":
            return None
        return self._restricted(own, depth + 1)

    def _restricted(self, simple: etree._Element, depth: int) -> str | None:
        restriction = child(simple, "restriction")
        base = None if restriction is None else restriction.get("base")
        if restriction is None or base is None or depth > _DEEPEST:
            return "string"
        return self._named(restriction, base, depth)

    def is_geometry(self, element: etree._Element) -> bool:
        """Whether a property's type is one of GML's for geometries."""
        name = element.get("type")
        return (
            self._namespace(element, name).startswith(OLD_GML)
            and name is not None
            and name.endswith("PropertyType")
        )

    def _namespace(self, element: etree._Element, name: str | None) -> str:
        prefix, colon, _ = (name or "").partition(":")
        return element.nsmap.get(prefix if colon else None) or ""


def _owner(element: etree._Element) -> etree._Element | None:
    """The complex type that an element declaration stands in directly."""
    return next(element.iterancestors("{*}complexType"), None)


def _local(name: str | None) -> str:
    return (name or "").rpartition(":")[2]


def _family(name: str) -> str:
    if name in _INTEGERS:
        return "integer"
    if name in _REALS:
        return "double"
    return name if name in _KEPT else "string"
