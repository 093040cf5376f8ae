"""What a chunk's check sends back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from commonplace.bounds import Bounds
from commonplace.report import Findings


@dataclass(slots=True)
class Result:
    """What came of a task. ``unfit``: the chunk is no row of whole members."""

    file: int
    number: int
    unfit: bool = False
    findings: Findings = field(default_factory=Findings)
    types: Counter[str] = field(default_factory=Counter)
    bounds: dict[str, Bounds] = field(default_factory=dict)
    namespaces: frozenset[str] = frozenset()
    feature_namespaces: frozenset[str] = frozenset()
    systems: frozenset[str] = frozenset()
    missing_schemas: frozenset[str] = frozenset()
    schema_checked: bool = False
    schema_errors: int = 0
    countries: frozenset[str] = frozenset()
    stated: str | None = None
    default_srs: str | None = None
    points: list[tuple[float, float]] = field(default_factory=list)
