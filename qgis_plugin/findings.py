"""What validation found, as values: rows for a table, counts by rule, words for one finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from pathlib import PurePath
from typing import Any, Final

from .texts import tr

SEVERITIES: Final = ("error", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """One finding; ``place`` is longitude and latitude, ``count`` how often it occurred."""

    severity: str
    code: str
    message: str
    file: str = ""
    feature: str = ""
    attribute: str = ""
    value: str = ""
    fix: str = ""
    line: int | None = None
    place: tuple[float, float] | None = None
    count: int = 1


@dataclass(frozen=True)
class RuleCount:
    """How often a rule was broken."""

    code: str
    severity: str
    count: int


@dataclass(frozen=True)
class Found:
    """All of it. ``counts`` and ``rules`` count what isn't among ``rows``, too; ``layers``
    says which layer of the project (its id) a file was written of.
    """

    subject: str
    rows: tuple[Finding, ...]
    rules: tuple[RuleCount, ...]
    counts: Mapping[str, int]
    schemas_checked: bool = True
    layers: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many findings there are, shown or not."""
        return sum(self.counts.values())


def found(
    result: Mapping[str, Any], subject: str, layers: Mapping[str, str] | None = None
) -> Found:
    """The engine's answer to ``validate``."""
    return Found(
        subject,
        tuple(_finding(one) for one in result["findings"]),
        tuple(RuleCount(one["code"], one["severity"], one["count"]) for one in result["rules"]),
        result["counts"],
        result["schemas"] is not None,
        layers or {},
    )


def _finding(one: Mapping[str, Any]) -> Finding:
    place = one.get("place")
    return Finding(
        severity=one["severity"],
        code=one["code"],
        message=one.get("message") or "",
        file=one.get("file") or "",
        feature=one.get("feature") or "",
        attribute=one.get("attribute") or "",
        value=one.get("value") or "",
        fix=one.get("fix") or "",
        line=one.get("line"),
        place=(place[0], place[1]) if place else None,
        count=one.get("count") or 1,
    )


def summary(one: Found) -> str:
    """In one line: how many, of what kind, and how many of them the table shows."""
    if not one.total:
        return tr("No findings in {subject}.").format(subject=one.subject)
    text = tr("{subject} · errors: {errors} · warnings: {warnings} · hints: {infos}").format(
        subject=one.subject,
        errors=one.counts.get("error", 0),
        warnings=one.counts.get("warning", 0),
        infos=one.counts.get("info", 0),
    )
    shown = sum(row.count for row in one.rows)
    if shown < one.total:
        text += " · " + tr("the table shows {shown} examples").format(shown=len(one.rows))
    return text


def subject_of(names: Iterable[str]) -> str:
    """What was checked, in few words."""
    short = [PurePath(name).name or name for name in names]
    if len(short) <= 2:
        return ", ".join(short)
    return tr("{first} and {more} more").format(first=short[0], more=len(short) - 1)


def severity_text(severity: str) -> str:
    """The word for people."""
    return {"error": tr("Error"), "warning": tr("Warning"), "info": tr("Hint")}[severity]


def explanation(one: Finding, rule: Mapping[str, str] | None) -> str:
    """A finding with the clause it comes from and how to mend it, as HTML."""
    parts = [f"<h3>{escape(one.code)}</h3>", f"<p>{escape(one.message)}</p>"]
    if rule is not None and rule["title"] != one.message:
        parts.append(f"<p><i>{escape(rule['title'])}</i></p>")
    fix = one.fix or (rule or {}).get("fix", "")
    stated = [
        (tr("Fix"), fix),
        (tr("Clause"), (rule or {}).get("clause", "")),
        (tr("Feature"), one.feature),
        (tr("Attribute"), one.attribute),
        (tr("Value"), one.value),
        (tr("File"), _place_in_file(one)),
        (tr("Occurs"), tr("{count} times").format(count=one.count) if one.count > 1 else ""),
    ]
    rows = [
        f"<tr><td><b>{escape(name)}</b>&nbsp;</td><td>{escape(text)}</td></tr>"
        for name, text in stated
        if text
    ]
    return "".join([*parts, "<table>", *rows, "</table>"])


def _place_in_file(one: Finding) -> str:
    if one.file and one.line is not None:
        return tr("{file}, line {line}").format(file=one.file, line=one.line)
    return one.file
