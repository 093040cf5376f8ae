"""What is known of a target, whatever its kind: all that the checks look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from commonplace.bounds import Bounds
from commonplace.mim7.identifiers import Comparison, IdReport
from commonplace.report import Finding


@dataclass(frozen=True, slots=True)
class LayerFacts:
    """A layer. ``count`` is the source's own, ``rows`` how many were read.

    ``extent`` is of the
    rows that were read, in ``crs``.

    ``problem`` is the code and message of the error that ended its reading; ``crs_finding``
    says that its coordinates don't fit its CRS.
    """

    name: str
    place: str
    columns: tuple[str, ...] = ()
    rows: int = 0
    count: int | None = None
    pages: int | None = None
    ids: IdReport | None = None
    located: bool = True
    crs: str | None = None
    crs_finding: str | None = None
    extent: Bounds | None = None
    model: str | None = None
    licence: str | None = None
    personal: tuple[str, ...] = ()
    problem: str | None = None

    @property
    def whole(self) -> bool:
        """Whether all rows that the source counts were read."""
        return self.problem is None and (self.count is None or self.rows >= self.count)


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A data file. ``verdict`` is ``valid``, ``invalid`` or ``not checked``; ``faults`` counts
    the encoding's errors by code, ``validator`` says whose verdict it is.
    """

    path: str
    format: str
    verdict: str = "not checked"
    faults: Mapping[str, int] = field(default_factory=dict)
    validator: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service: its address without credentials, and what it declares."""

    protocol: str
    address: str
    version: str | None = None
    conformance: tuple[str, ...] = ()
    credential: bool = False
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class OldTest:
    """A test of OASC's simple compliance tests, as it judges; None: it has no say here."""

    requirement: str
    what: str
    passes: bool | None
    seen: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it. ``report`` is a package's ``report.json``; ``records`` its metadata files."""

    target: str
    kind: str
    layers: tuple[LayerFacts, ...] = ()
    files: tuple[FileFacts, ...] = ()
    service: ServiceFacts | None = None
    licence: str | None = None
    publisher: str | None = None
    records: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    report: Mapping[str, Any] | None = None
    findings: tuple[Finding, ...] = ()
    comparison: Comparison | None = None
    old_tests: tuple[OldTest, ...] = ()
