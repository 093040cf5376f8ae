"""Findings as messages, of bounded size."""

from __future__ import annotations

from typing import Final

from commonplace.report import Finding, Findings
from commonplace.worker.protocol import Message

MOST_FINDINGS: Final = 200
LONGEST_TEXT: Final = 2_000


def finding_message(one: Finding) -> Message:
    """One finding."""
    return {
        "code": one.code,
        "severity": one.severity,
        "file": one.layer,
        "feature": one.feature,
        "attribute": one.attribute,
        "value": one.value[:LONGEST_TEXT] if one.value else None,
        "message": one.message[:LONGEST_TEXT],
        "fix": one.fix[:LONGEST_TEXT] if one.fix else None,
        "line": one.line,
        "place": list(one.place) if one.place else None,
        "count": one.count,
    }


def findings_message(findings: Findings) -> Message:
    """Counts of findings, worst first; at most :data:`MOST_FINDINGS` kinds."""
    grouped = findings.grouped()
    return {
        "type": "findings",
        "kinds": len(grouped),
        "counts": [
            {
                "code": first.code,
                "severity": first.severity,
                "layer": first.layer,
                "attribute": first.attribute,
                "count": count,
                "message": first.message[:LONGEST_TEXT],
                "fix": first.fix[:LONGEST_TEXT] if first.fix else None,
            }
            for first, count, _ in grouped[:MOST_FINDINGS]
        ],
    }


def counts_by_rule(findings: Findings) -> list[Message]:
    """How often each rule was broken, worst first; ``severity`` is the worst it had."""
    found: dict[str, Message] = {}
    for first, count, _ in findings.grouped():
        known = found.setdefault(
            first.code, {"code": first.code, "severity": first.severity, "count": 0}
        )
        known["count"] += count
    return list(found.values())
