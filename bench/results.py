"""What a case of the benchmark yields, and what it is told."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from measure import Memory


class Unmeasured(Exception):
    """Why a case can't be measured on this machine: what is missing."""


@dataclass(frozen=True, slots=True)
class Setting:
    """How large, how often, and a folder to work in (generated data stay there)."""

    rows: int
    many: int
    repeat: int
    work: Path


@dataclass(frozen=True, slots=True)
class Result:
    """One line of ``results.json``.

    ``ratio`` is the peer's time by ours, or the peer's memory by ours: above 1 ours is
    better. ``goal`` is what the ratio should reach, where stated. Memory is in MB (PSS).
    """

    case: str
    ours: float
    peer: float
    peer_name: str
    ratio: float
    unit: str
    peak_mb: float | None = None
    worker_mb: float | None = None
    ours_mb: float | None = None
    peer_mb: float | None = None
    goal: float | None = None


def within(case: str, peak: Memory, limit: float) -> Result:
    """The memory of a process tree against the most it may take (MB)."""
    return Result(
        case=case,
        ours=peak.tree,
        peer=limit,
        peer_name="the limit",
        ratio=round(limit / peak.tree, 2),
        unit="MB",
        peak_mb=peak.tree,
        goal=1.0,
    )
