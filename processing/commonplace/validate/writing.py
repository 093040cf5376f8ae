"""A validation's outcome for machines: JSON and JUnit XML."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from commonplace.report import Finding, Severity
from commonplace.validate.catalogue import RULES
from commonplace.validate.outcome import Validation

VERSION: Final = 1


def to_json(outcome: Validation) -> dict[str, Any]:
    """The outcome as JSON types; keys are stable within a ``version``."""
    rules = {one.code: one for one in RULES}
    return {
        "kind": "commonplace-validation",
        "version": VERSION,
        "model_release": outcome.release,
        "schemas": str(outcome.schemas) if outcome.schemas else None,
        "seconds": round(outcome.seconds, 3),
        "summary": {f"{one.value}s": outcome.findings.count(one) for one in Severity},
        "files": [asdict(one) for one in outcome.files],
        "findings": [
            {
                "rule": first.code,
                "severity": first.severity.value,
                "title": rules[first.code].title,
                "clause": rules[first.code].clause,
                "fix": rules[first.code].fix,
                "file": first.layer,
                "attribute": first.attribute,
                "count": count,
                "examples": [_example(one) for one in kept],
            }
            for first, count, kept in outcome.findings.grouped()
        ],
    }


def json_text(outcome: Validation) -> str:
    """The text of :func:`to_json`."""
    return json.dumps(to_json(outcome), ensure_ascii=False, indent=2) + "\n"


def _example(one: Finding) -> dict[str, Any]:
    found = {
        "message": one.message,
        "feature": one.feature,
        "value": one.value,
        "line": one.line,
        "offset": one.offset,
        "place": one.place,
        "fix": one.fix,
    }
    return {name: value for name, value in found.items() if value is not None}


Group = tuple[Finding, int, list[Finding]]


def junit_text(outcome: Validation) -> str:
    """JUnit XML: a suite a file, a case a rule; errors fail, warnings are told as output."""
    by_file: dict[str, dict[str, list[Group]]] = {one.name: {} for one in outcome.files}
    for group in outcome.findings.grouped():
        file = by_file.setdefault(group[0].layer or "", {})
        file.setdefault(group[0].code, []).append(group)
    suites = [_suite(name, groups) for name, groups in by_file.items()]
    failures = sum(one[1] for one in suites)
    tests = len(RULES) * len(suites)
    body = "".join(one[0] for one in suites)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites name="commonplace validate" tests="{tests}" failures="{failures}" '
        f'time="{outcome.seconds:.3f}">\n{body}</testsuites>\n'
    )


def _suite(name: str, groups: dict[str, list[Group]]) -> tuple[str, int]:
    cases = "".join(_case(rule.code, groups.get(rule.code, ())) for rule in RULES)
    failures = sum(
        any(first.severity is Severity.ERROR for first, _, _ in found) for found in groups.values()
    )
    head = f'<testsuite name={quoteattr(name)} tests="{len(RULES)}" failures="{failures}">\n'
    return f"{head}{cases}</testsuite>\n", failures


def _case(code: str, groups: Sequence[Group]) -> str:
    case = f'<testcase classname="commonplace.validate" name="{code}"'
    if not groups:
        return f"{case}/>\n"
    text = escape(_plain("\n".join(_lines(groups))))
    count = sum(one[1] for one in groups)
    message = quoteattr(f"{groups[0][0].message} ({count} times)")
    if any(first.severity is Severity.ERROR for first, _, _ in groups):
        failure = f"<failure type={quoteattr(code)} message={message}>{text}</failure>"
        return f"{case}>{failure}</testcase>\n"
    return f"{case}><system-out>{text}</system-out></testcase>\n"


def _lines(groups: Iterable[Group]) -> Iterable[str]:
    for first, count, kept in groups:
        yield f"{first.attribute or 'document'}: {count} times; {first.fix or ''}"
        for one in kept:
            where = [f"line {one.line}" if one.line else "", one.feature or "", one.value or ""]
            yield "  " + " | ".join(part for part in (*where, one.message) if part)


def _plain(text: str) -> str:
    """Without the characters that XML forbids."""
    return "".join(one for one in text if one >= " " or one in "\n\t")
