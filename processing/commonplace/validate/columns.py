"""The elements of a chunk as columns: all elements at one path together.

Rules look at a path once and at its values as a list; where an element is, and of which
feature, is asked only when something is wrong. Declarations of the model are looked up
once a path, rows of children once a pattern.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from commonplace.model import Model
from commonplace.model.types import (
    ComplexType,
    Element,
    Group,
    QName,
    Wildcard,
    local_name,
    namespace_of,
)
from commonplace.validate.content import Problem, match

Node: TypeAlias = Any  # lxml.etree._Element; the stubs are slower to satisfy than it is worth

GML: Final = "http://www.opengis.net/gml/3.2"
XLINK: Final = "http://www.w3.org/1999/xlink"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
HREF: Final = f"{{{XLINK}}}href"
NIL: Final = f"{{{XSI}}}nil"
XSI_TYPE: Final = f"{{{XSI}}}type"
GML_ID: Final = f"{{{GML}}}id"
MOST_PATTERNS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of child names: the columns they belong to and what is wrong with the row."""

    children: tuple[Column, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True, eq=False)
class Column:
    """The elements at one path.

    Parameters
    ----------
    name
        Expanded name.
    declared
        The model's declaration, None where the model doesn't know.
    type
        Its type; None where unknown.
    elements, owners
        The elements, and for each the number of its parent in the parent's column.
    attributes
        By expanded name: numbers of the elements that bear it, and its values.
    """

    name: QName
    model: Model
    parent: Column | None = None
    declared: Element | None = None
    type: ComplexType | None = None
    children: dict[QName, Column] = field(default_factory=dict)
    elements: list[Node] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    attributes: dict[str, tuple[list[int], list[str]]] = field(default_factory=dict)
    broken: dict[Pattern, list[int]] = field(default_factory=dict)
    patterns: dict[tuple[QName, ...], Pattern] = field(default_factory=dict)
    local: str = ""
    path: str = ""

    def __post_init__(self) -> None:
        self.local = local_name(self.name) if self.name.startswith("{") else self.name
        above = self.parent.path if self.parent else ""
        is_property = self.local[:1].islower()
        if not above:
            self.path = self.local
        else:
            self.path = f"{above}.{self.local}" if is_property else above

    @property
    def namespace(self) -> str:
        return namespace_of(self.name) if self.name.startswith("{") else ""

    @property
    def is_property(self) -> bool:
        """A property, not an object (ISO 19136, 7.1.3)."""
        return self.local[:1].islower() and self.parent is not None

    @property
    def code_list(self) -> str | None:
        return self.declared.code_list if self.declared else None

    def texts(self) -> list[str]:
        return [one.text or "" for one in self.elements]

    def attribute(self, name: str) -> tuple[list[int], list[str]]:
        """Numbers of the elements that bear an attribute, and its values."""
        return self.attributes.get(name) or ([], [])

    def child(self, local: str) -> Column | None:
        """The child column of a local name that has elements."""
        for one in self.children.values():
            if one.local == local and one.elements:
                return one
        return None

    def clear(self) -> None:
        self.elements = []
        self.owners = []
        self.attributes = {}
        self.broken = {}
        for one in self.children.values():
            if one.elements:
                one.clear()

    # -- growing -------------------------------------------------------------------------

    def grow(self) -> None:
        """Sort all below the elements of this column into columns."""
        patterns, broken, attributes = self.patterns, self.broken, self.attributes
        checked = self.type is not None
        for number, element in enumerate(self.elements):
            for key, value in element.items():
                if key in attributes:
                    bearers, values = attributes[key]
                    bearers.append(number)
                    values.append(value)
                else:
                    attributes[key] = ([number], [value])
            children = list(element)
            if not children and not checked:
                continue
            names = tuple([one.tag for one in children])
            pattern = patterns.get(names)
            if pattern is None:
                pattern = self._learn(names)
            if pattern.problems:
                broken.setdefault(pattern, []).append(number)
            for column, one in zip(pattern.children, children, strict=True):
                column.elements.append(one)
                column.owners.append(number)
        for column in self.children.values():
            if column.elements:
                column.grow()

    def _learn(self, names: tuple[QName, ...]) -> Pattern:
        if self.type is None or _is_open(self.type.content):
            declared: Sequence[Element | None] = [None] * len(names)
            problems: tuple[Problem, ...] = ()
        else:
            found = match(self.type.content, names, self.model)
            declared, problems = found.declared, tuple(found.problems)
        children = tuple(
            self._child(name, particle) for name, particle in zip(names, declared, strict=True)
        )
        pattern = Pattern(children, problems)
        if len(self.patterns) > MOST_PATTERNS:
            self.patterns.clear()
        self.patterns[names] = pattern
        return pattern

    def _child(self, name: QName, particle: Element | None) -> Column:
        known = self.children.get(name)
        if known is None:
            known = column_of(name, self.model, self, particle)
            self.children[name] = known
        return known


def column_of(
    name: QName, model: Model, parent: Column | None = None, particle: Element | None = None
) -> Column:
    """The column of a name, with its declaration: the particle's, or the global one."""
    declared = particle
    if (particle is None or particle.name != name) and name.startswith("{"):
        declared = model.element(name) if model.has_element(name) else None
    kind = None
    if declared is not None and declared.type:
        kind = _type(model, declared)
    return Column(name, model, parent, declared, kind)


def _type(model: Model, declared: Element) -> ComplexType | None:
    try:
        return model.type(declared.type)
    except LookupError:
        return None


def _is_open(content: Group | None) -> bool:
    """Anything may stand here."""
    return content is not None and any(
        isinstance(one, Wildcard) or (isinstance(one, Group) and _is_open(one))
        for one in content.items
    )


def walk(columns: Iterable[Column]) -> Iterator[Column]:
    """All columns that hold elements, parents first."""
    for column in columns:
        if column.elements:
            yield column
            yield from walk(column.children.values())
