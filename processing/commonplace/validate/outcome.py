"""The outcome of a validation, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from commonplace.report import Findings, Severity

NOT_APPLICABLE: Final = "not applicable"


@dataclass(slots=True)
class FileReport:
    """One file's outcome.

    ``schema`` is the XSDs' verdict: ``valid``, ``invalid``, ``not checked``, or
    ``not applicable`` where there are none for the format;
    ``features`` counts by type.
    """

    name: str
    kind: str
    size: int
    features: dict[str, int] = field(default_factory=dict)
    schema: str = "not checked"


@dataclass(slots=True)
class Validation:
    """The outcome. ``schemas`` is the folder of XSDs used; ``release`` the model's;
    ``points`` a sample of the data, in degrees, for the map.
    """

    files: list[FileReport] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    schemas: Path | None = None
    release: str = ""
    seconds: float = 0.0
    points: list[tuple[float, float]] = field(default_factory=list)

    def fails(self, level: str) -> bool:
        """True when a finding is at or above ``error`` or ``warning``; ``never`` never is."""
        counted = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING)}
        return any(self.findings.count(one) for one in counted.get(level, ()))
