"""One chunk under examination: its columns, and where in the file its elements are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

import numpy as np

from commonplace.model import Model
from commonplace.report import Findings, Severity
from commonplace.validate.columns import GML_ID, Column, Ints, Node, Tree, pairs, walk
from commonplace.validate.places import degrees, many_degrees
from commonplace.validate.rules import Rule

EXAMPLES: Final = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: feature id, line (from 1), byte offset of the member, its number."""

    feature: str | None = None
    line: int | None = None
    offset: int | None = None
    member: int | None = None


@dataclass
class Sheet:
    """A chunk read as columns.

    Parameters
    ----------
    parse
        Gives libxml2's nodes of the members (or of the frame's pieces, or the one feature);
        called only when something is to be told that columns can't.
    columns
        The features' columns.
    offsets
        Byte offset of each member.
    lines
        The line in the file where the text begins; or of each member, where they came from
        different places.
    shift
        What to add to the parser's lines to have the file's; or for each member.
    wrapped, single, frame
        Members are features themselves; the one member is the root; members are what stands
        beside the features.
    default_srs
        The ``srsName`` of the collection's bounds.
    """

    file: str
    parse: Callable[[], Sequence[Node]]
    tree: Tree
    model: Model
    columns: list[Column]
    offsets: Sequence[int]
    lines: int | Sequence[int] = 1
    shift: int | Sequence[int] = 0
    wrapped: bool = False
    single: bool = False
    frame: bool = False
    default_srs: str | None = None
    findings: Findings = field(default_factory=Findings)
    points: dict[int, tuple[float, float] | None] = field(default_factory=dict)

    def all(self) -> Iterator[Column]:
        """Every column with elements, parents first."""
        return iter(self._all)

    @cached_property
    def _all(self) -> list[Column]:
        return list(walk(self.columns))

    @cached_property
    def members(self) -> Sequence[Node]:
        """libxml2's nodes of the members."""
        return self.parse()

    @cached_property
    def nodes(self) -> list[Node]:
        """libxml2's nodes by element number."""
        return [one for member in self.members for one in member.iter("*")]

    def features_of(self, column: Column) -> tuple[Column, Ints, list[str]]:
        """The feature column above, each element's member, and the id of its feature."""
        numbers = np.arange(len(column))
        top = column
        data = self.tree.data
        while top.parent is not None:
            numbers = data.rank[data.parent[top.elements[numbers]]]
            top = top.parent
        ids = [""] * len(top)
        for number, value in zip(*top.attribute(GML_ID), strict=True):
            ids[number] = value
        members = self.tree.tops[column.elements]
        return top, members, [ids[one] for one in numbers.tolist()]

    def offset_of(self, members: Ints) -> list[int]:
        """Byte offsets of members."""
        found: list[int] = np.asarray(self.offsets)[members].tolist()
        return found

    def lines_of(self, column: Column, numbers: Sequence[int]) -> list[int]:
        """Lines in the file."""
        data = self.tree.data
        elements = column.elements[np.asarray(numbers, dtype=np.int64)]
        members = self.tree.tops[elements]
        if not self.tree.lines_kept:
            return [
                (self.nodes[one].sourceline or 0) + self._shift(member)
                for one, member in zip(elements.tolist(), members.tolist(), strict=True)
            ]
        ends = self.tree.newlines
        inside = np.searchsorted(ends, data.tags.begin[data.start[elements]])
        if isinstance(self.lines, int):
            return [int(one) for one in inside + self.lines]
        first = np.searchsorted(ends, data.tags.begin[data.start[self.tree.first[members]]])
        return [int(one) for one in np.asarray(self.lines)[members] + inside - first]

    def _shift(self, member: int) -> int:
        return self.shift if isinstance(self.shift, int) else self.shift[member]

    def where(self, column: Column, number: int) -> Place:
        """Find an element's feature and line."""
        _, members, ids = self._features(column)
        member = int(members[number])
        line = self.lines_of(column, [number])[0]
        return Place(ids[number] or None, line, self.offsets[member], member)

    def _features(self, column: Column) -> tuple[Column, Ints, list[str]]:
        held = self._seen.get(id(column))
        if held is None:
            held = self._seen[id(column)] = self.features_of(column)
        return held

    @cached_property
    def _seen(self) -> dict[int, tuple[Column, Ints, list[str]]]:
        return {}

    def point_of(self, member: int | None) -> tuple[float, float] | None:
        """A member's place on the map: its first ordinates, looked up once."""
        if member is None:
            return None
        if member not in self.points:
            self.points[member] = self._point(member)
        return self.points[member]

    def points_of(self, members: Sequence[int]) -> list[tuple[float, float]]:
        """The places of members that have one, looked up together."""
        named = [one for one in map(self._first, members) if one is not None]
        return [one for one in many_degrees(named) if one is not None]

    def _point(self, member: int) -> tuple[float, float] | None:
        found = self._first(member)
        return None if found is None else degrees(*found)

    def _first(self, member: int) -> tuple[str | None, str] | None:
        """The srsName and the text of a member's first ordinates."""
        found: tuple[int, Column, int] | None = None
        for column in self._ordinates:
            at = int(np.searchsorted(self.tree.tops[column.elements], member))
            if at < len(column) and self.tree.tops[column.elements[at]] == member:
                element = int(column.elements[at])
                if found is None or element < found[0]:
                    found = (element, column, at)
        if found is None:
            return None
        _, column, at = found
        return self._named(column, at), column.texts()[at]

    @cached_property
    def _ordinates(self) -> list[Column]:
        return [one for one in self.all() if one.local in ("pos", "posList")]

    def _named(self, column: Column, number: int) -> str | None:
        """The srsName that holds for an element."""
        current: Column | None = column
        while current is not None:
            values = dict(pairs(current, "srsName")) if current.bearers("srsName") else {}
            if number in values:
                return values[number]
            number = current.owners[number]
            current = current.parent
        return self.default_srs

    def where_node(self, node: Node) -> Place:
        """Find the feature and line of a node of libxml2's."""
        chain = {one: at for at, one in enumerate(self.members)}
        path = [*[*node.iterancestors()][::-1], node]
        for depth, one in enumerate(path):
            member = chain.get(one)
            if member is not None:
                below = path[depth:]
                itself = self.wrapped or self.single or len(below) < 2
                feature = below[0] if itself else below[1]
                line = (node.sourceline or 0) + self._shift(member)
                return Place(feature.get(GML_ID), line, self.offsets[member], member)
        return Place()

    def report(
        self,
        rule: Rule,
        column: Column,
        numbers: Sequence[int],
        message: str = "",
        *,
        values: Sequence[str | None] | None = None,
        attribute: str | None = None,
        fix: str | None = None,
        severity: Severity | None = None,
    ) -> None:
        """Note a breach by elements ``numbers`` of a column: the first ones in full, the
        rest as a count. ``values`` go with ``numbers``.
        """
        path = attribute or column.path
        for at, number in enumerate(numbers[:EXAMPLES]):
            place = self.where(column, number)
            self.findings.add(
                rule.finding(
                    self.file,
                    message,
                    feature=place.feature,
                    attribute=path,
                    value=values[at] if values is not None else None,
                    line=place.line,
                    offset=place.offset,
                    place=self.point_of(place.member),
                    fix=fix,
                    severity=severity,
                )
            )
        rest = len(numbers) - EXAMPLES
        if rest > 0:
            self.findings.add(
                rule.finding(
                    self.file, message, attribute=path, count=rest, fix=fix, severity=severity
                )
            )
