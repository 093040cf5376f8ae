"""The elements of a chunk as columns: all elements at one path together.

Rules look at a path once and at its values as a whole; where an element is, and of which
feature, is asked only when something is wrong. Declarations of the model are looked up
once a path, rows of children once a pattern: they outlive the chunk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.reading.tokens import Elements, elements_of
from commonplace.gml.reading.values import unescaped
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

Node: TypeAlias = Any  # lxml.etree._Element
Ints: TypeAlias = npt.NDArray[np.int64]

GML: Final = "http://www.opengis.net/gml/3.2"
XLINK: Final = "http://www.w3.org/1999/xlink"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
HREF: Final = f"{{{XLINK}}}href"
NIL: Final = f"{{{XSI}}}nil"
XSI_TYPE: Final = f"{{{XSI}}}type"
GML_ID: Final = f"{{{GML}}}id"
MOST_PATTERNS: Final = 20_000
NOTHING: Final[Ints] = np.empty(0, dtype=np.int64)


class Tree:
    """A chunk's elements, with what rules need of all of them at once.

    ``tops`` is the number of the outermost element that each stands in, ``rows`` a
    fingerprint of the names of each one's children, 0 where there are none. ``regular``: the
    bytes are the text's own; ``lines_kept``: at least the lines are.
    """

    def __init__(self, text: bytes, namespaces: Mapping[str, str]) -> None:
        self.data: Elements = elements_of(text, namespaces)
        self.regular = self.data.source == text
        self.lines_kept = self.regular or (
            b"\r" not in text and self.data.source.count(b"\n") == text.count(b"\n")
        )
        depth = self.data.depth
        self.tops: Ints = np.cumsum(depth == 0) - 1
        self.inner = np.flatnonzero(self.data.parent >= 0)
        parents = self.data.parent[self.inner]
        self.order = self.inner[np.argsort(parents, kind="stable")]
        parents = self.data.parent[self.order]
        starts = (
            np.flatnonzero(np.r_[True, parents[1:] != parents[:-1]]) if len(parents) else NOTHING
        )
        self.counts = np.zeros(len(depth), dtype=np.int64)
        self.begins = np.zeros(len(depth), dtype=np.int64)
        self.rows = np.zeros(len(depth), dtype=np.uint64)
        if len(parents):
            sizes = np.diff(np.r_[starts, len(parents)])
            owners = parents[starts]
            self.counts[owners] = sizes
            self.begins[owners] = starts
            position = np.arange(len(parents)) - np.repeat(starts, sizes)
            mixed = mixed_bits(self.data.path[self.order] + 1, position + 1)
            self.rows[owners] = np.add.reduceat(mixed, starts)

    @cached_property
    def first(self) -> Ints:
        """The outermost elements."""
        found: Ints = np.flatnonzero(self.data.depth == 0)
        return found

    @cached_property
    def newlines(self) -> Ints:
        """Where lines end."""
        raw = np.frombuffer(self.data.source, dtype=np.uint8)
        found: Ints = np.flatnonzero(raw == ord("\n"))
        return found

    def children(self, element: int) -> Ints:
        """An element's children in order."""
        begin = self.begins[element]
        return self.order[begin : begin + self.counts[element]]

    @cached_property
    def lengths(self) -> Ints:
        """Bytes of each segment."""
        found: Ints = pc.binary_length(self.data.segments).to_numpy(zero_copy_only=False)
        return found

    def taken(self, segments: Ints) -> pa.Array:
        """Segments as values: entities resolved."""
        return unescaped(self.data.segments.take(pa.array(segments)))


def mixed_bits(name: npt.NDArray[Any], position: Ints) -> npt.NDArray[np.uint64]:
    """A number of 64 bits for a name at a position (splitmix64)."""
    z = name.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    z += position.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: npt.NDArray[np.uint64] = z ^ (z >> np.uint64(31))
    return mixed


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of child names: which declaration each has, and what is wrong with the row."""

    names: tuple[QName, ...]
    declared: tuple[Element | None, ...]
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
    path
        Local names of the feature type and the properties down to here.
    elements
        Numbers of the elements in the tree, in document order.
    broken
        Rows of children that don't fit, and which elements have them.
    """

    name: QName
    model: Model
    parent: Column | None = None
    declared: Element | None = None
    type: ComplexType | None = None
    children: dict[QName, Column] = field(default_factory=dict)
    patterns: dict[tuple[QName, ...], Pattern] = field(default_factory=dict)
    local: str = ""
    path: str = ""
    tree: Tree | None = None
    number: int = -1
    elements: Ints = field(default_factory=lambda: NOTHING)
    broken: dict[Pattern, list[int]] = field(default_factory=dict)
    _held: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.local = local_name(self.name) if self.name.startswith("{") else self.name
        above = self.parent.path if self.parent else ""
        if not above:
            self.path = self.local
        else:
            self.path = f"{above}.{self.local}" if self.is_property else above

    def __len__(self) -> int:
        return len(self.elements)

    @property
    def namespace(self) -> str:
        return namespace_of(self.name) if self.name.startswith("{") else ""

    @property
    def is_property(self) -> bool:
        """A property, not an object (ISO 19136, 7.1.3); ``au:NUTS`` is one in capitals."""
        if self.parent is None:
            return False
        return self.local[:1].islower() or not self.parent.is_property

    @property
    def code_list(self) -> str | None:
        return self.declared.code_list if self.declared else None

    @property
    def owners(self) -> list[int]:
        """For each element the number of its parent in the parent's column; at the top the
        number of the member.
        """
        if "owners" not in self._held:
            assert self.tree is not None
            if self.parent is None:
                found = self.tree.tops[self.elements]
            else:
                found = self.tree.data.rank[self.tree.data.parent[self.elements]]
            self._held["owners"] = found.tolist()
        owners: list[int] = self._held["owners"]
        return owners

    def texts(self) -> list[str]:
        """Each element's text; "" where it has children."""
        if "texts" not in self._held:
            assert self.tree is not None
            segments = self.tree.data.text[self.elements]
            if (segments >= 0).all():
                texts = self.tree.taken(segments).to_pylist()
            else:
                texts = [""] * len(segments)
                have = np.flatnonzero(segments >= 0)
                for at, one in zip(
                    have.tolist(), self.tree.taken(segments[have]).to_pylist(), strict=True
                ):
                    texts[at] = one
            self._held["texts"] = texts
        found: list[str] = self._held["texts"]
        return found

    def distinct_texts(self) -> set[str]:
        """Which texts there are."""
        assert self.tree is not None
        segments = self.tree.data.text[self.elements]
        found = set(pc.unique(self.tree.taken(segments[segments >= 0])).to_pylist())
        return found if (segments >= 0).all() else {*found, ""}

    def leading_texts(self) -> list[int]:
        """Elements that have text before their first child."""
        assert self.tree is not None
        data = self.tree.data
        start = data.start[self.elements]
        segments = 2 + 2 * start + data.tags.quotes[start + 1]
        full = np.flatnonzero(
            (self.tree.counts[self.elements] > 0) & (self.tree.lengths[segments] > 0)
        )
        if not len(full):
            return []
        texts = data.segments.take(pa.array(segments[full])).to_pylist()
        return [at for at, one in zip(full.tolist(), texts, strict=True) if one.strip()]

    def attribute_names(self) -> list[str]:
        """Expanded names of the attributes that any element bears."""
        if "names" not in self._held:
            assert self.tree is not None
            self._held["names"] = self.tree.data.attributes(self.number)
        names: list[str] = self._held["names"]
        return names

    def attribute(self, name: str) -> tuple[list[int], list[str]]:
        """Numbers of the elements that bear an attribute, and its values."""
        if name not in self._held:
            assert self.tree is not None
            ranks, segments = self.tree.data.attribute(self.number, name)
            values = self.tree.taken(segments).to_pylist() if len(segments) else []
            self._held[name] = (ranks.tolist(), values)
        found: tuple[list[int], list[str]] = self._held[name]
        return found

    def bearers(self, name: str) -> int:
        """How many elements bear an attribute."""
        if name not in self.attribute_names():
            return 0
        assert self.tree is not None
        return len(self.tree.data.attribute(self.number, name)[0])

    def distinct(self, name: str) -> set[str]:
        """Which values an attribute has."""
        assert self.tree is not None
        segments = self.tree.data.attribute(self.number, name)[1]
        if not len(segments):
            return set()
        return set(
            unescaped(pc.unique(self.tree.data.segments.take(pa.array(segments)))).to_pylist()
        )

    def empty(self) -> list[int]:
        """Elements without children and without text but blanks."""
        assert self.tree is not None
        segments = self.tree.data.text[self.elements]
        bare = self.tree.counts[self.elements] == 0
        nothing = bare & ((segments < 0) | (self.tree.lengths[segments] == 0))
        found = set(np.flatnonzero(nothing).tolist())
        blank = bare & ~nothing & (self.tree.lengths[segments] < LONGEST_BLANK)
        if blank.any():
            where = np.flatnonzero(blank)
            texts = self.tree.data.segments.take(pa.array(segments[where]))
            bare_texts = pc.equal(pc.utf8_trim_whitespace(texts), "")
            found |= set(where[bare_texts.to_numpy(zero_copy_only=False)].tolist())
        return sorted(found)

    def child(self, local: str) -> Column | None:
        """The child column of a local name that has elements."""
        for one in self.children.values():
            if one.local == local and len(one):
                return one
        return None

    def clear(self) -> None:
        """Forget the chunk."""
        self.tree, self.elements = None, NOTHING
        self._held = {}
        self.broken = {}
        for one in self.children.values():
            if len(one):
                one.clear()

    # -- growing -------------------------------------------------------------------------

    def grow(self, tree: Tree, number: int) -> None:
        """Take the elements of a path of the tree, and all below them."""
        self.tree, self.number = tree, number
        self.elements = tree.data.of(number)
        declared = self._rows(tree)
        for below in tree.data.paths[number].children:
            name = tree.data.paths[below].name
            column = self.children.get(name)
            if column is None:
                column = column_of(name, self.model, self, declared.get(name))
                self.children[name] = column
            column.grow(tree, below)

    def _rows(self, tree: Tree) -> dict[QName, Element | None]:
        """Match the rows of children against the content model, each kind of row once."""
        if self.type is None or _is_open(self.type.content):
            return {}
        marks, first, inverse = np.unique(
            tree.rows[self.elements], return_index=True, return_inverse=True
        )
        found: dict[QName, Element | None] = {}
        for at in range(len(marks)):
            row = tree.children(int(self.elements[first[at]]))
            names = tuple(tree.data.paths[one].name for one in tree.data.path[row])
            pattern = self.patterns.get(names) or self._learn(names)
            for name, one in zip(pattern.names, pattern.declared, strict=True):
                found[name] = found.get(name) or one
            if pattern.problems:
                bad = np.flatnonzero(inverse == at).tolist()
                self.broken[pattern] = sorted([*self.broken.get(pattern, ()), *bad])
        return found

    def _learn(self, names: tuple[QName, ...]) -> Pattern:
        assert self.type is not None
        found = match(self.type.content, names, self.model)
        pattern = Pattern(names, tuple(found.declared), tuple(found.problems))
        if len(self.patterns) > MOST_PATTERNS:
            self.patterns.clear()
        self.patterns[names] = pattern
        return pattern


LONGEST_BLANK: Final = 200


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
        if len(column):
            yield column
            yield from walk(column.children.values())


def pairs(column: Column, name: str) -> Sequence[tuple[int, str]]:
    """Numbers and values of an attribute, side by side."""
    return list(zip(*column.attribute(name), strict=True))
