"""Whether a row of child elements fits a content model, and which declaration each gets.

XSD's content models are deterministic (XSD 1.0, 3.8.6 *Unique Particle Attribution*), so
one greedy pass decides. It goes on after a fault, so that one missing element is one
fault and not all that follow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from commonplace.model.types import Element, Group, Particle, QName, Wildcard, namespace_of


class Fault(StrEnum):
    """What can be wrong with a child."""

    MISSING = "missing"
    UNEXPECTED = "unexpected"
    MISPLACED = "misplaced"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault; ``position`` is the child's, or where the child should have been."""

    fault: Fault
    name: QName
    position: int
    particle: Element | None = None


class Substitution(Protocol):
    """The part of the model that matching asks."""

    def has_element(self, name: QName) -> bool: ...
    def is_a(self, name: QName, head: QName) -> bool: ...


@dataclass(slots=True)
class Match:
    """The outcome: a declaration (None: not declared here) for each child, and the faults."""

    names: Sequence[QName]
    model: Substitution
    declared: list[Element | None] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    at: int = 0
    looping: int = 0

    def accepts(self, particle: Element | Wildcard, at: int) -> bool:
        name = self.names[at]
        if isinstance(particle, Wildcard):
            return particle.namespace != "##other" or self.model.has_element(name)
        if name == particle.name:
            return True
        return self.model.has_element(name) and self.is_substitute(name, particle.name)

    def is_substitute(self, name: QName, head: QName) -> bool:
        try:
            return self.model.is_a(name, head)
        except LookupError:  # a head outside of the model
            return False

    def starts(self, particle: Particle) -> bool:
        """The next child can begin the particle."""
        if self.at >= len(self.names):
            return False
        if not isinstance(particle, Group):
            return self.accepts(particle, self.at)
        for item in particle.items:
            if self.starts(item):
                return True
            if particle.kind == "sequence" and not may_be_empty(item):
                return False
        return False

    def take(self, particle: Particle) -> None:
        """Consume what the particle covers."""
        if isinstance(particle, Group):
            self._take_group(particle)
            return
        count = 0
        while self._below(particle.maximum, count) and self.starts(particle):
            self.declared.append(particle if isinstance(particle, Element) else None)
            self.at += 1
            count += 1
        if count < particle.minimum and isinstance(particle, Element):
            self.problems.append(Problem(Fault.MISSING, particle.name, self.at, particle))
        self._surplus(particle)

    def _surplus(self, particle: Particle) -> None:
        """More of the same than allowed."""
        if self.looping or not isinstance(particle, Element) or particle.maximum is None:
            return
        while self.at < len(self.names) and self.names[self.at] == particle.name:
            before = self.declared[-1] if self.declared else None
            if before is None or before.name != particle.name:
                return
            self.problems.append(Problem(Fault.REPEATED, particle.name, self.at, particle))
            self.declared.append(particle)
            self.at += 1

    @staticmethod
    def _below(maximum: int | None, count: int) -> bool:
        return maximum is None or count < maximum

    def _take_group(self, group: Group) -> None:
        many = group.maximum is None or group.maximum > 1
        self.looping += many
        self._take_rounds(group)
        self.looping -= many

    def _take_rounds(self, group: Group) -> None:
        count = 0
        while self._below(group.maximum, count):
            if not self.starts(group) and (count >= group.minimum or may_be_empty(group)):
                return
            before = self.at
            if group.kind == "choice":
                self._take_choice(group)
            else:
                for item in group.items:
                    self.take(item)
            count += 1
            if self.at == before:
                return

    def _take_choice(self, group: Group) -> None:
        for item in group.items:
            if self.starts(item):
                self.take(item)
                return
        first = next((one for one in group.items if isinstance(one, Element)), None)
        if first is not None:
            self.problems.append(Problem(Fault.MISSING, first.name, self.at, first))


def may_be_empty(particle: Particle) -> bool:
    """The particle is satisfied by nothing."""
    if particle.minimum == 0:
        return True
    if not isinstance(particle, Group):
        return False
    some = any if particle.kind == "choice" else all
    return some(may_be_empty(one) for one in particle.items)


def match(content: Group | None, names: Sequence[QName], model: Substitution) -> Match:
    """Match children against a content model (None: no children allowed)."""
    result = Match(names, model)
    if content is not None:
        result.take(content)
    known = {one.name: one for one in elements_in(content)} if result.at < len(names) else {}
    while result.at < len(names):
        name = names[result.at]
        fault = Fault.MISPLACED if name in known else Fault.UNEXPECTED
        result.problems.append(Problem(fault, name, result.at, known.get(name)))
        result.declared.append(known.get(name))
        result.at += 1
        if content is not None and fault is Fault.UNEXPECTED:
            _resume(result, content)
    _untangle(result)
    return result


def _resume(result: Match, content: Group) -> None:
    """Go on behind an element that doesn't belong here."""
    for item in content.items:
        if result.starts(item):
            kept = list(result.problems)
            result.take(item)
            result.problems[:] = kept + [
                one for one in result.problems[len(kept) :] if one.fault is not Fault.MISSING
            ]


def _untangle(result: Match) -> None:
    """What is there but in the wrong place isn't missing."""
    misplaced = {one.name for one in result.problems if one.fault is Fault.MISPLACED}
    result.problems[:] = [
        one for one in result.problems if not (one.fault is Fault.MISSING and one.name in misplaced)
    ]


def elements_in(particle: Particle | None) -> list[Element]:
    """The elements of a content model, in order."""
    if isinstance(particle, Group):
        return [one for item in particle.items for one in elements_in(item)]
    return [particle] if isinstance(particle, Element) else []


def same_local(name: QName, particle: Element) -> bool:
    """The same local name in another namespace: mostly a version mixed up."""
    return name.rpartition("}")[2] == particle.name.rpartition("}")[2] and namespace_of(
        name
    ) != namespace_of(particle.name)
