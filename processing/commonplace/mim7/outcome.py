"""Evidence in, one judged row a requirement out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from commonplace.mim7.evidence import Evidence
from commonplace.mim7.requirements import Requirement, requirements


class Verdict(StrEnum):
    """What a check says. ``CANNOT_CHECK`` is a verdict like the others."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    NOT_APPLICABLE = "not applicable"
    CANNOT_CHECK = "cannot check"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, why, and where its evidence is.

    ``links`` point into the report's own ``evidence`` (``#/evidence/layers/0``), to a file of
    the package (``report.json#/operations/0``), or to an address that was asked.
    """

    verdict: Verdict
    why: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A requirement, judged."""

    requirement: Requirement
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole report. ``made_by`` is the program with its version."""

    evidence: Evidence
    rows: tuple[Row, ...]
    made_by: str

    def row(self, requirement: str) -> Row:
        """The row of a requirement, by its id."""
        return next(one for one in self.rows if one.requirement.id == requirement)

    def count(self, verdict: Verdict) -> int:
        """How many rows have a verdict."""
        return sum(one.judgement.verdict is verdict for one in self.rows)


def judge(evidence: Evidence, made_by: str) -> Outcome:
    """Run all checks."""
    from commonplace.mim7.checks import CHECKS

    rows = tuple(Row(one, CHECKS[one.id](evidence)) for one in requirements())
    return Outcome(evidence, rows, made_by)
