"""One chunk under examination: its columns, and where in the file its elements are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from commonplace.model import Model
from commonplace.report import Findings, Severity
from commonplace.validate.columns import GML_ID, Column, Node, walk
from commonplace.validate.places import first_point
from commonplace.validate.rules import Rule

EXAMPLES: Final = 20


@dataclass(frozen=True, slots=True)
class Place:
    """Where an element is: feature id, line (from 1) and the member's byte offset."""

    feature: str | None
    line: int | None
    offset: int | None
    element: Node = None


@dataclass(slots=True)
class Sheet:
    """A parsed chunk.

    Parameters
    ----------
    root
        The root element; its children from number ``ahead`` on are the members.
    wrapped
        Members stand in a ``gml:featureMembers``, and are the features themselves.
    single
        The root is the one feature.
    frame
        What stands below the root beside the members: no features.
    offsets
        Byte offset of each member.
    shift
        What to add to a line of the parsed text to have the file's line; a list where
        each member came from somewhere else.
    default_srs
        The ``srsName`` of the collection's bounds.
    """

    file: str
    root: Node
    model: Model
    columns: list[Column]
    offsets: Sequence[int]
    shift: int | Sequence[int] = 0
    ahead: int = 0
    wrapped: bool = False
    single: bool = False
    frame: bool = False
    default_srs: str | None = None
    findings: Findings = field(default_factory=Findings)
    points: dict[Node, tuple[float, float] | None] = field(default_factory=dict)

    def all(self) -> Iterator[Column]:
        """Every column with elements, parents first."""
        return walk(self.columns)

    def features_of(self, column: Column) -> tuple[Column, list[int], list[str]]:
        """The feature column above, and for each element its member's number and feature's id."""
        members = list(range(len(column.elements)))
        top = column
        while top.parent is not None:
            owners = top.owners
            members = [owners[one] for one in members]
            top = top.parent
        ids = [""] * len(top.elements)
        for number, value in zip(*top.attribute(GML_ID), strict=True):
            ids[number] = value
        return top, [top.owners[one] for one in members], [ids[one] for one in members]

    def offset_of(self, member: int) -> int:
        """Byte offset of a member, -1 where it isn't known."""
        return self.offsets[member] if 0 <= member < len(self.offsets) else -1

    def where(self, element: Node) -> Place:
        """Find an element's feature."""
        path = [*element.iterancestors()][::-1]
        path.append(element)
        line = element.sourceline
        if self.single:
            shift = self.shift if isinstance(self.shift, int) else 0
            return Place(path[0].get(GML_ID), line and line + shift, self.offsets[0], path[0])
        depth = 2 if self.wrapped else 1
        if len(path) <= depth:
            return Place(None, None, None)
        number = path[depth - 1].index(path[depth]) - (0 if self.wrapped else self.ahead)
        feature = path[depth] if self.wrapped else (path[2] if len(path) > 2 else path[1])
        shift = self.shift if isinstance(self.shift, int) else self.shift[number]
        offset = self.offsets[number] if 0 <= number < len(self.offsets) else None
        return Place(feature.get(GML_ID), line and line + shift, offset, feature)

    def point_of(self, feature: Node) -> tuple[float, float] | None:
        """The feature's place on the map, looked up once each."""
        if feature is None:
            return None
        if feature not in self.points:
            self.points[feature] = first_point(feature, self.default_srs)
        return self.points[feature]

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
        for at, number in enumerate(numbers[:EXAMPLES]):
            place = self.where(column.elements[number])
            self.findings.add(
                rule.finding(
                    self.file,
                    message,
                    feature=place.feature,
                    attribute=attribute or column.path,
                    value=values[at] if values is not None else None,
                    line=place.line,
                    offset=place.offset,
                    place=self.point_of(place.element),
                    fix=fix,
                    severity=severity,
                )
            )
        rest = len(numbers) - EXAMPLES
        if rest > 0:
            self.findings.add(
                rule.finding(
                    self.file,
                    message,
                    attribute=attribute or column.path,
                    count=rest,
                    fix=fix,
                    severity=severity,
                )
            )
