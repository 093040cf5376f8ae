"""What a publication changed, or in a dry run would change."""

from __future__ import annotations

from dataclasses import dataclass, field

from commonplace.report import Findings


@dataclass(slots=True)
class Counts:
    """Of one layer: by what was found at the target, and what became of it.

    ``vanished`` are there and no longer in the package; ``deleted`` of those were deleted.
    """

    new: int = 0
    changed: int = 0
    same: int = 0
    vanished: int = 0
    deleted: int = 0
    refused: int = 0


@dataclass(slots=True)
class Changes:
    """Counts by layer, and what was refused as findings."""

    target: str
    layers: dict[str, Counts] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)

    @property
    def refused(self) -> int:
        return sum(one.refused for one in self.layers.values())
