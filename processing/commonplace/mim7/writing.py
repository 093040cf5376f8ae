"""A MIM7 report as JSON; ``docs/mim7.md`` describes its keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from commonplace.mim7.outcome import Outcome, Row, Verdict
from commonplace.mim7.requirements import texts
from commonplace.report import Finding

KIND: Final = "commonplace-mim7"
VERSION: Final = 1
NOTE: Final = "Verdicts of checks on evidence. This is no certification by anyone."
OLD_SUITE: Final = "oasc/OASC-MIM7-compliance, September 2024"
#: A finding's members that say which, how bad, where and how often.
TOLD: Final = ("code", "severity", "message", "layer", "attribute", "count")


def to_json(outcome: Outcome) -> dict[str, Any]:
    """The report as JSON types. A package's own report isn't repeated in the evidence."""
    e = outcome.evidence
    return {
        "kind": KIND,
        "version": VERSION,
        "target": e.target,
        "target_kind": e.kind,
        "made_by": outcome.made_by,
        "note": NOTE,
        "texts": dict(texts()),
        "summary": {one.value: outcome.count(one) for one in Verdict},
        "requirements": [_row(one) for one in outcome.rows],
        "old_tests": {"suite": OLD_SUITE, "tests": [asdict(one) for one in e.old_tests]},
        "evidence": {
            "layers": [asdict(one) | {"whole": one.whole} for one in e.layers],
            "files": [asdict(one) for one in e.files],
            "service": None if e.service is None else asdict(e.service),
            "licence": e.licence,
            "publisher": e.publisher,
            "records": list(e.records),
            "comparison": None if e.comparison is None else asdict(e.comparison),
            "findings": [_finding(one) for one in e.findings],
        },
    }


def json_text(outcome: Outcome) -> str:
    """The report as text."""
    return json.dumps(to_json(outcome), ensure_ascii=False, indent=2, default=str) + "\n"


def _row(row: Row) -> Mapping[str, Any]:
    return {
        "id": row.requirement.id,
        "text": row.requirement.text,
        "beside": row.requirement.beside,
        "from": row.requirement.comes_from,
        "subject": row.requirement.subject,
        "title": row.requirement.title,
        "verdict": row.judgement.verdict.value,
        "why": row.judgement.why,
        "evidence": list(row.judgement.links),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {name: getattr(finding, name) for name in TOLD}
