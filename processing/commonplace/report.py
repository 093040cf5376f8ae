"""Findings, the ledger and the report: what a run did, as data.

Nothing is "only logged": a dropped column, a server's fault, a fallback is a finding.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Protocol

from commonplace.bounds import Bounds

EXAMPLES_A_FINDING: Final = 20
LISTED_CHANGES: Final = 1_000
#: Different values that are counted of a kind of finding.
TALLIED_VALUES: Final = 1_000


class Severity(StrEnum):
    """How bad a finding is, worst first."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem in data: what, where, how many times, how to mend it.

    ``code`` is stable (tests assert it, never the text); ``place`` is (x, y) in lon/lat
    where it is known; ``count`` is how often it occurred (see :class:`Findings`); ``line``
    and ``offset`` (bytes from 0) say where in the file ``layer``; ``tally`` says how often
    each value occurred, of this finding and those that follow it.
    """

    code: str
    severity: Severity
    message: str
    layer: str | None = None
    feature: str | None = None
    attribute: str | None = None
    value: str | None = None
    fix: str | None = None
    place: tuple[float, float] | None = None
    count: int = 1
    line: int | None = None
    offset: int | None = None
    tally: Mapping[str, int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Tally:
    """How often each value occurred in the findings of one kind, the commonest first."""

    code: str
    layer: str | None
    attribute: str | None
    values: Mapping[str, int]


@dataclass(slots=True)
class Findings:
    """Collects findings; repeats beyond a cap are counted, not kept.

    Repeats share (code, layer, attribute). Merging is associative, so the findings of
    parts, merged in part order, equal those of one run over the whole.
    """

    _kept: dict[tuple[str, str | None, str | None], list[Finding]] = field(default_factory=dict)
    _counts: dict[tuple[str, str | None, str | None], int] = field(default_factory=dict)
    _tallies: dict[tuple[str, str | None, str | None], dict[str, int]] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        key = (finding.code, finding.layer, finding.attribute)
        kept = self._kept.setdefault(key, [])
        if len(kept) < EXAMPLES_A_FINDING:
            kept.append(finding)
        self._counts[key] = self._counts.get(key, 0) + finding.count
        if finding.tally:
            self._tell(key, finding.tally)

    def _tell(self, key: tuple[str, str | None, str | None], tally: Mapping[str, int]) -> None:
        mine = self._tallies.setdefault(key, {})
        for value, count in tally.items():
            if value in mine or len(mine) < TALLIED_VALUES:
                mine[value] = mine.get(value, 0) + count

    def extend(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.add(finding)

    def merge(self, other: Findings) -> None:
        for key, kept in other._kept.items():
            mine = self._kept.setdefault(key, [])
            mine.extend(kept[: EXAMPLES_A_FINDING - len(mine)])
            self._counts[key] = self._counts.get(key, 0) + other._counts[key]
        for key, tally in other._tallies.items():
            self._tell(key, tally)

    def tallies(self) -> list[Tally]:
        """How often each value occurred, of the findings that count values."""
        return [
            Tally(*key, dict(sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))))
            for key, tally in self._tallies.items()
        ]

    def grouped(self) -> list[tuple[Finding, int, list[Finding]]]:
        """(first example, how often in all, the examples kept), worst first."""
        order = list(Severity)
        rows = [(kept[0], self._counts[key], kept) for key, kept in self._kept.items()]
        return sorted(rows, key=lambda row: (order.index(row[0].severity), row[0].code))

    def count(self, severity: Severity | None = None) -> int:
        return sum(
            self._counts[key]
            for key, kept in self._kept.items()
            if severity is None or kept[0].severity is severity
        )

    def codes(self) -> set[str]:
        return {key[0] for key in self._kept}


@dataclass(frozen=True, slots=True)
class LayerLedger:
    """A source layer's rows: ``read = filtered + rejected + mapped``."""

    read: int = 0
    filtered: int = 0
    rejected: int = 0
    mapped: int = 0

    def balances(self) -> bool:
        return self.read == self.filtered + self.rejected + self.mapped

    def plus(self, other: LayerLedger) -> LayerLedger:
        return LayerLedger(
            self.read + other.read,
            self.filtered + other.filtered,
            self.rejected + other.rejected,
            self.mapped + other.mapped,
        )


@dataclass(frozen=True, slots=True)
class TypeLedger:
    """A target type's objects: ``mapped + created − merged − rejected + carried = written``.

    ``mapped`` come one per source row, ``created`` are linked objects before they were
    deduplicated, ``merged`` those that fell together with an earlier one, ``rejected``
    linked objects that can't be made; ``carried`` come from the package before: they have
    ended, or their rows were rejected this time.
    """

    mapped: int = 0
    created: int = 0
    merged: int = 0
    written: int = 0
    carried: int = 0
    rejected: int = 0

    def balances(self) -> bool:
        made = self.mapped + self.created - self.merged - self.rejected
        return made + self.carried == self.written

    def plus(self, other: TypeLedger) -> TypeLedger:
        return TypeLedger(
            self.mapped + other.mapped,
            self.created + other.created,
            self.merged + other.merged,
            self.written + other.written,
            self.carried + other.carried,
            self.rejected + other.rejected,
        )


@dataclass(frozen=True, slots=True)
class TypeChanges:
    """What became of a type's objects since the package before.

    ``ended`` are no longer in the sources, ``ended_before`` were not already then;
    ``rejected`` are there, but their rows were no good. ``listed`` names the first
    :data:`LISTED_CHANGES` of each kind, by local id.
    """

    same: int = 0
    changed: int = 0
    new: int = 0
    ended: int = 0
    ended_before: int = 0
    rejected: int = 0
    listed: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Since:
    """The package that a run was compared with, by its ``as_of``; None where there was none."""

    as_of: str | None = None
    types: Mapping[str, TypeChanges] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonalColumn:
    """A column that looks personal, or that the job names, and what became of it."""

    layer: str
    column: str
    category: str
    why: str
    decision: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class CrsOperation:
    """How coordinates of one layer were transformed, for the report."""

    layer: str
    source: str
    target: str
    name: str
    accuracy: float | None
    grids: tuple[str, ...] = ()
    missing_grids: tuple[str, ...] = ()
    area: str | None = None
    proj: str | None = None
    ballpark: bool = False
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PropertyFacts:
    """What the objects of a type have in one property.

    ``filled`` counts values; ``counts`` are those of codes, truth values or, with ``years``,
    years; ``numbers`` a sample, in row order. ``code_list`` is the list's URI; ``type`` that
    of a column of them (Table Schema's word).
    """

    filled: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    code_list: str | None = None
    years: bool = False
    numbers: tuple[float, ...] = ()
    type: str = "string"


@dataclass(frozen=True, slots=True)
class TypeFacts:
    """What the objects of a type look like.

    ``kinds`` are what they are drawn as: ``point``, ``line``, ``area``; ``bounds`` (xmin,
    ymin, xmax, ymax) of all their geometries in the target CRS. ``properties`` are named by
    path (``currentUse.percentage``).
    """

    objects: int = 0
    kinds: tuple[str, ...] = ()
    bounds: Bounds | None = None
    properties: Mapping[str, PropertyFacts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutputFile:
    """A file of the package. ``path`` is relative to the package's root.

    ``model`` is the target model's key, such as ``bu-core2d/4.0``.
    """

    path: str
    format: str
    media_type: str
    feature_types: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    crs: str | None = None
    size: int = 0
    sha256: str = ""
    model: str | None = None


@dataclass(slots=True)
class Report:
    """All that a run did. Written as ``report.json`` and ``report.html``."""

    title: str = ""
    job: str = ""
    licence: str = ""
    attribution: str = ""
    as_of: str = ""
    inputs: list[dict[str, object]] = field(default_factory=list)
    outputs: list[OutputFile] = field(default_factory=list)
    layers: dict[str, LayerLedger] = field(default_factory=dict)
    types: dict[str, TypeLedger] = field(default_factory=dict)
    operations: list[CrsOperation] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    unused_columns: dict[str, list[str]] = field(default_factory=dict)
    ignored_columns: dict[str, dict[str, str]] = field(default_factory=dict)
    unfilled_properties: dict[str, list[str]] = field(default_factory=dict)
    losses: dict[str, list[str]] = field(default_factory=dict)
    since: Since | None = None
    personal: list[PersonalColumn] = field(default_factory=list)
    timings: dict[str, float] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    drawings: dict[str, object] = field(default_factory=dict)
    facts: dict[str, TypeFacts] = field(default_factory=dict)


class Observer(Protocol):
    """Who watches a run; asked between batches and pages."""

    def progress(self, step: str, done: int, total: int | None) -> None: ...

    def message(self, text: str) -> None: ...

    def cancelled(self) -> bool: ...


class Silent:
    """The observer that watches nothing."""

    def progress(self, step: str, done: int, total: int | None) -> None:
        return None

    def message(self, text: str) -> None:
        return None

    def cancelled(self) -> bool:
        return False


@contextmanager
def timed(report: Report, step: str) -> Iterator[None]:
    """Seconds that a step of the run takes, for the report."""
    start = time.perf_counter()
    yield
    report.timings[step] = round(time.perf_counter() - start, 3)
