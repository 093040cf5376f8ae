"""The target model's vocabulary: schemas, elements, types, properties, code lists.

Structure (order, occurrence, nillable, namespace) is the XSD's; meaning (voidable, code
list, definition) the UML's. Names of elements and types are *expanded names*,
``{namespace}local``, as lxml writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

QName = str


def qname(namespace: str, local: str) -> QName:
    """The expanded name ``{namespace}local``."""
    return f"{{{namespace}}}{local}"


def local_name(name: QName) -> str:
    """The name without its namespace."""
    return name.rpartition("}")[2]


def namespace_of(name: QName) -> str:
    """The namespace of an expanded name."""
    return name[1:].partition("}")[0]


def is_entity_schema(key: str) -> bool:
    """Whether a schema's key names an entity type of Smart Data Models (``sdm/Building``)."""
    return key.startswith("sdm/")


@dataclass(frozen=True, slots=True)
class Attribute:
    """An XML attribute of a complex type. ``type`` is an XSD built-in's local name."""

    name: QName
    type: str
    required: bool = False
    fixed: str | None = None
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """An element declaration, or one particle that uses it.

    ``maximum`` None is unbounded. ``type`` names a :class:`ComplexType` or, in the XSD
    namespace, a built-in. ``code_list`` is the list's URI. ``definition`` is the first
    sentence of the UML's. ``target`` is the element that a reference points to, as the
    schema says; ``unit`` the unit that the UML's constraints demand (``m``, ``m2``).
    """

    name: QName
    type: QName
    minimum: int = 1
    maximum: int | None = 1
    nillable: bool = False
    abstract: bool = False
    voidable: bool = False
    code_list: str | None = None
    definition: str | None = None
    substitutes_for: QName | None = None
    target: QName | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Any elements of a namespace (``##any``, ``##other`` …)."""

    namespace: str
    minimum: int = 1
    maximum: int | None = 1


@dataclass(frozen=True, slots=True)
class Group:
    """A sequence or choice of particles."""

    kind: str  # "sequence" | "choice"
    items: tuple[Element | Group | Wildcard, ...]
    minimum: int = 1
    maximum: int | None = 1


Particle = Element | Group | Wildcard


@dataclass(frozen=True, slots=True)
class ComplexType:
    """A type with inherited content first. ``text`` is the built-in of simple content.

    ``values`` are an enumeration's, where the text is one. ``identified`` says that
    objects of the type carry a ``gml:id`` (ISO 19136 requires it of every object; the
    schema, since its corrigendum 3.2.2, only allows it).
    """

    name: QName
    base: QName | None = None
    abstract: bool = False
    content: Group | None = None
    text: str | None = None
    attributes: tuple[Attribute, ...] = ()
    values: tuple[str, ...] = ()
    identified: bool = False
    mixed: bool = False

    def attribute(self, local: str) -> Attribute | None:
        return next((one for one in self.attributes if local_name(one.name) == local), None)


class Kind(StrEnum):
    """What a property holds."""

    VALUE = "value"  # text of a built-in type, maybe with attributes such as uom
    CODE = "code"  # xlink:href to a code list value
    REFERENCE = "reference"  # xlink:href to another object, nothing inline possible
    GEOMETRY = "geometry"  # a GML geometry, inline
    OBJECT = "object"  # one of `objects`, inline or (form) by reference
    ANY = "any"  # anything at all


class Form(StrEnum):
    """How a property's object may be given: inline, by ``xlink:href``, or either."""

    INLINE = "inline"
    HREF = "href"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of an object, seen through the GML object-property pattern.

    Parameters
    ----------
    element
        The property element with its occurrence.
    kind, form
        What it holds, and whether inline, by reference or both.
    value_type
        For VALUE: the XSD built-in of the text (``string``, ``double``, ``dateTime`` …);
        "" where the element stays empty and only its attributes tell (``uom``).
    wrapper
        For VALUE inside a simple object element (``gco:CharacterString``): that element;
        where there is a choice of them (``gco:Date``, ``gco:DateTime``), the first, and
        ``objects`` holds all.
    objects
        For OBJECT: the concrete object elements possible, after substitution. For
        GEOMETRY: the concrete geometry elements allowed. For REFERENCE: the object
        elements referred to, where known.
    attributes
        Attributes the property element takes (for VALUE with a wrapper: the wrapper's).
    values
        For VALUE: the enumeration's values, where the type is one.
    choice
        The path of choice groups (as group numbers and branches) the property stands
        in, empty when it is unconditional: two properties that share a group number but
        differ in branch exclude each other.
    optional_group
        True when a group around it may be left out, so that minimum 1 does not force it.
    direct
        For OBJECT: the object's properties stand in the property element itself, without
        an object element between; ``objects`` then holds the name of the *type*, which
        :meth:`Model.properties` takes as well.
    alias
        What the property is called where the local name is that of another property of the
        object: ``gml_name`` beside ``name``.
    """

    element: Element
    kind: Kind
    form: Form = Form.INLINE
    value_type: str | None = None
    wrapper: QName | None = None
    objects: tuple[QName, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    values: tuple[str, ...] = ()
    choice: tuple[tuple[int, int], ...] = ()
    optional_group: bool = False
    direct: bool = False
    alias: str | None = None

    @property
    def name(self) -> str:
        return self.alias or local_name(self.element.name)

    @property
    def repeated(self) -> bool:
        return self.element.maximum is None or self.element.maximum > 1

    @property
    def mandatory(self) -> bool:
        """Forced by the schema: at least once, in no choice and no optional group."""
        return self.element.minimum > 0 and not self.choice and not self.optional_group


@dataclass(frozen=True, slots=True)
class CodeValue:
    """``local`` is the last step of ``uri``; ``parent`` a local code or None."""

    local: str
    uri: str
    label: str
    definition: str | None = None
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class CodeList:
    """A code list. ``values`` empty means *cannot be checked*, never *all wrong*.

    ``extensibility`` is ``none``, ``narrower``, ``open``, ``any`` or None (not stated);
    ``doubt`` a remark on the URI; ``governed_at`` the address of whoever keeps a list that
    INSPIRE doesn't; ``origin`` says where values come from that the catalogue lacks.
    """

    uri: str
    name: str
    label: str
    extensibility: str | None
    values: tuple[CodeValue, ...]
    definition: str | None = None
    doubt: str | None = None
    governed_at: str | None = None
    origin: str | None = None

    def value(self, local: str) -> CodeValue | None:
        return next((one for one in self.values if one.local == local), None)


@dataclass(frozen=True, slots=True)
class Schema:
    """One application schema (or external vocabulary), by its key ``prefix/version``.

    ``prefixes`` maps every namespace its documents may need to the prefix to write;
    ``locations`` maps namespaces to the official schema address. Both belong to *this*
    schema version: the newest schemas do not import each other's newest versions.
    """

    key: str
    prefix: str
    version: str
    namespace: str
    location: str
    title: str = ""
    theme: str | None = None
    feature_types: tuple[str, ...] = ()
    abstract_feature_types: tuple[str, ...] = ()
    prefixes: tuple[tuple[str, str], ...] = ()
    locations: tuple[tuple[str, str], ...] = ()
    imports: tuple[str, ...] = ()
