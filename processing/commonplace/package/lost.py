"""``lost.json``: what of the sources is not in the package, with counts.

MIMs Plus asks that a harmonisation say what it loses. Rows that were rejected are told row
by row in the report; here is what the rows that came through have left behind.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from commonplace.report import Report

NAME: Final = "lost.json"
KIND: Final = "commonplace-lost"
VERSION: Final = 1


def lost(report: Report) -> dict[str, Any]:
    """What was lost, as JSON types. ``docs/package.md`` describes it."""
    return {
        "columns": dict(_columns(report)),
        "values": list(_values(report)),
        "properties": dict(_properties(report)),
        "encodings": report.losses,
    }


def lost_text(report: Report) -> str:
    """The text of ``lost.json``."""
    document = {"kind": KIND, "version": VERSION, "as_of": report.as_of, **lost(report)}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _columns(report: Report) -> Iterator[tuple[str, Any]]:
    """Columns of the layers that nothing reads, by layer."""
    for label, ledger in report.layers.items():
        unmapped = report.unused_columns.get(label, [])
        ignored = report.ignored_columns.get(label, {})
        if unmapped or ignored:
            yield label, {"rows": ledger.read, "unmapped": unmapped, "ignored": ignored}


def _values(report: Report) -> Iterator[dict[str, Any]]:
    """Values that no code stands for, or another one than their own."""
    for tally in report.findings.tallies():
        for value, count in tally.values.items():
            yield {
                "layer": tally.layer,
                "property": tally.attribute,
                "value": value,
                "count": count,
                "finding": tally.code,
            }


def _unfilled(report: Report, feature_type: str) -> list[str]:
    """What no section of a feature type fills."""
    sections = [
        names
        for section, names in report.unfilled_properties.items()
        if section.partition(" (")[0] == feature_type
    ]
    if not sections:
        return []
    return [one for one in sections[0] if all(one in names for names in sections[1:])]


def _properties(report: Report) -> Iterator[tuple[str, Any]]:
    """Properties of feature types that nothing fills, and that some objects lack.

    Of nested properties as many values are missed as there are objects around them.
    """
    for label, facts in report.facts.items():
        unfilled = _unfilled(report, label.partition(":")[2])
        partly = {
            path: facts.objects - found.filled
            for path, found in facts.properties.items()
            if found.filled < facts.objects
        }
        if unfilled or partly:
            yield label, {"objects": facts.objects, "unfilled": unfilled, "partly": partly}
