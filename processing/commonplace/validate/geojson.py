"""GeoPackage."""

from __future__ import annotations

from pathlib import Path

from commonplace.report import Findings
from commonplace.validate.rules import Rule

RULES: tuple[Rule, ...] = ()


def check(path: Path, name: str, findings: Findings) -> dict[str, int]:
    return {}
