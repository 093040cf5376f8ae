"""``report.json``: the report for programs. ``docs/package.md`` describes it.

Keys are stable: new ones may come, none changes its meaning within a ``version``.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, Final

from commonplace.package.lost import lost
from commonplace.report import Finding, PropertyFacts, Report, Severity, TypeFacts

VERSION: Final = 1


def to_json(report: Report) -> dict[str, Any]:
    """A report as JSON types. Drawings are left out: they are for the eye."""
    return {
        "kind": "commonplace-report",
        "version": VERSION,
        "title": report.title,
        "job": report.job,
        "licence": report.licence,
        "attribution": report.attribution,
        "as_of": report.as_of,
        "summary": _summary(report),
        "inputs": report.inputs,
        "outputs": [asdict(one) for one in report.outputs],
        "layers": {
            name: {**asdict(one), "balances": one.balances()} for name, one in report.layers.items()
        },
        "types": {
            name: {**asdict(one), "balances": one.balances()} for name, one in report.types.items()
        },
        "facts": {name: _facts(one) for name, one in report.facts.items()},
        "since": asdict(report.since) if report.since else None,
        "operations": [asdict(one) for one in report.operations],
        "findings": [
            {**_first(first), "count": count, "examples": [_example(one) for one in examples]}
            for first, count, examples in report.findings.grouped()
        ],
        "unused_columns": report.unused_columns,
        "ignored_columns": report.ignored_columns,
        "unfilled_properties": report.unfilled_properties,
        "losses": report.losses,
        "lost": lost(report),
        "personal": [asdict(one) for one in report.personal],
        "timings": report.timings,
        "versions": report.versions,
    }


def report_text(report: Report) -> str:
    """The report as the text of ``report.json``."""
    return json.dumps(to_json(report), ensure_ascii=False, indent=2, default=str) + "\n"


def _summary(report: Report) -> dict[str, int]:
    return {
        "read": sum(one.read for one in report.layers.values()),
        "filtered": sum(one.filtered for one in report.layers.values()),
        "rejected": sum(one.rejected for one in report.layers.values()),
        "mapped": sum(one.mapped for one in report.layers.values()),
        "written": sum(one.written for one in report.types.values()),
        "errors": report.findings.count(Severity.ERROR),
        "warnings": report.findings.count(Severity.WARNING),
        "infos": report.findings.count(Severity.INFO),
    }


def _facts(facts: TypeFacts) -> dict[str, Any]:
    return {
        "objects": facts.objects,
        "kinds": facts.kinds,
        "bounds": facts.bounds,
        "properties": {path: _property(one) for path, one in facts.properties.items()},
    }


def _property(facts: PropertyFacts) -> dict[str, Any]:
    """What is known of a property; of sampled numbers the least and the greatest."""
    found: dict[str, Any] = {"filled": facts.filled}
    if facts.code_list is not None:
        found["code_list"] = facts.code_list
    if facts.counts:
        found["years" if facts.years else "counts"] = facts.counts
    if facts.numbers:
        found["sampled"] = {"least": min(facts.numbers), "greatest": max(facts.numbers)}
    return found


def _first(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "layer": finding.layer,
        "attribute": finding.attribute,
        "message": finding.message,
        "fix": finding.fix,
    }


def _example(finding: Finding) -> dict[str, Any]:
    found = {
        "feature": finding.feature,
        "value": finding.value,
        "message": finding.message,
        "place": finding.place,
    }
    return {key: value for key, value in found.items() if value is not None}
