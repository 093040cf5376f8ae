"""A MIM7 report as one HTML file, in the frame of our reports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Final

from commonplace.mim7.evidence import Evidence
from commonplace.mim7.outcome import Outcome, Row, Verdict
from commonplace.mim7.requirements import texts
from commonplace.mim7.writing import NOTE, OLD_SUITE
from commonplace.package.report_html import tables
from commonplace.package.report_html.page import page as framed
from commonplace.package.words import count_text, safe

TONES: Final[Mapping[Verdict, str]] = {
    Verdict.PASS: "good",
    Verdict.FAIL: "bad",
    Verdict.NOT_APPLICABLE: "none",
    Verdict.CANNOT_CHECK: "warn",
}
SHOWN_LINKS: Final = 4
#: Tests of the old suite, and the row of ours that asks the same.
SAME: Final = {"R1": "V5-R1", "R2": "R2.1", "R3": "V5-R2", "R5": "R4.1"}


def page(outcome: Outcome, base: str = "") -> str:
    """The whole document.

    ``base`` is where a package's files are from where the document is, ``../package/``.
    """
    outcome = replace(outcome, rows=tuple(_based(one, base) for one in outcome.rows))
    e = outcome.evidence
    return framed(
        kind="MIM7 report",
        title=e.target,
        head=_head(outcome),
        sections=(
            ("mim7", "MIM7, version 5 beside version 9", _mim(outcome)),
            ("list", "What the other MIMs ask: our own list", _own(outcome)),
            ("old", "The old tests beside ours", _old(outcome)),
            ("evidence", "Evidence", _evidence(e)),
            ("texts", "The texts", _texts()),
        ),
        summary=_tiles(outcome),
        footer=f"<footer><p>{safe(NOTE)} Made by {safe(outcome.made_by)}.</p></footer>",
    )


def _based(row: Row, base: str) -> Row:
    links = tuple(
        one if one.startswith("#") or "://" in one else base + one for one in row.judgement.links
    )
    return replace(row, judgement=replace(row.judgement, links=links))


def _head(outcome: Outcome) -> str:
    failed = outcome.count(Verdict.FAIL)
    if failed:
        tone, text = "bad", f"{failed} of {len(outcome.rows)} checks fail."
    elif outcome.count(Verdict.CANNOT_CHECK):
        tone, text = "warn", "No check fails; some can't be made with what is here."
    else:
        tone, text = "good", "All checks that apply pass."
    return (
        f'<p class="verdict {tone}"><span aria-hidden="true"></span>{safe(text)}</p>'
        f'<p class="quiet">{safe(NOTE)}</p>'
    )


def _tiles(outcome: Outcome) -> str:
    made = "".join(
        f'<li class="{TONES[one] if outcome.count(one) else ""}">'
        f"<strong>{outcome.count(one)}</strong> {one.value}</li>"
        for one in Verdict
    )
    return f'<ul class="tiles" aria-label="Summary">{made}</ul>\n'


def _badge(verdict: Verdict) -> str:
    tone = TONES[verdict]
    return f'<span class="badge {"" if tone == "none" else tone}">{verdict.value}</span>'


def _cell(row: Row | None) -> str:
    """A requirement in a cell: its verdict, why, and where the evidence is."""
    if row is None:
        return '<span class="none">–</span>'
    judgement = row.judgement
    return (
        f"<code>{safe(row.requirement.id)}</code> {_badge(judgement.verdict)}<br>"
        f'{safe(judgement.why)}<br><span class="quiet">{_links(judgement.links)}</span>'
    )


def _asked(row: Row | None) -> str:
    """The same, with what is asked above."""
    asked = "" if row is None else f'<span class="quiet">{safe(row.requirement.title)}</span><br>'
    return asked + _cell(row)


def _links(links: Sequence[str]) -> str:
    shown = [f'<a href="{safe(_href(one))}">{safe(_name(one))}</a>' for one in links[:SHOWN_LINKS]]
    more = len(links) - SHOWN_LINKS
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")


def _href(link: str) -> str:
    """The anchor of what the page itself shows; a file of the package; an address."""
    if link.startswith("#/evidence/"):
        return "#" + _anchor(link)
    return (
        "#mim7" if link.startswith("#/") else link.partition("#")[0] if "://" not in link else link
    )


def _anchor(link: str) -> str:
    parts = link.removeprefix("#/").split("/")
    return "-".join(parts)


def _name(link: str) -> str:
    return link.removeprefix("#/evidence/").removeprefix("#/")


def _mim(outcome: Outcome) -> str:
    subjects = dict.fromkeys(
        one.requirement.subject for one in outcome.rows if one.requirement.text != "P"
    )
    return tables.table(
        "A row a subject; a requirement that one version lacks is –",
        ("Subject", "MIMs Plus 5", "MIMs Plus 9"),
        (
            [safe(one), *(_asked(_of(outcome, one, text)) for text in ("V5", "V9"))]
            for one in subjects
        ),
    )


def _of(outcome: Outcome, subject: str, text: str) -> Row | None:
    return next(
        (
            one
            for one in outcome.rows
            if one.requirement.subject == subject and one.requirement.text == text
        ),
        None,
    )


def _own(outcome: Outcome) -> str:
    return tables.table(
        "P1 to P10",
        ("Requirement", "Verdict and evidence", "Comes from"),
        (
            [safe(one.requirement.title), _cell(one), safe(one.requirement.comes_from or "")]
            for one in outcome.rows
            if one.requirement.text == "P"
        ),
    )


def _old(outcome: Outcome) -> str:
    told = {True: ("good", "passes"), False: ("bad", "fails"), None: ("", "not tested")}
    return tables.table(
        f"What {OLD_SUITE}, says, and what the same question gives here",
        ("Its test", "Its verdict", "Ours"),
        (
            [
                f"<code>{one.requirement}</code> {safe(one.what)}",
                f'<span class="badge {told[one.passes][0]}">{told[one.passes][1]}</span>'
                f'<br><span class="quiet">{safe(one.seen)}</span>',
                _cell(outcome.row(SAME[one.requirement])),
            ]
            for one in outcome.evidence.old_tests
        ),
    )


def _evidence(e: Evidence) -> str:
    return "".join(
        (
            _facts("service", "The service", [] if e.service is None else [asdict(e.service)]),
            _facts("comparison", "Against earlier data", _changes(e)),
            _facts("layers", "Layers", [asdict(one) | {"whole": one.whole} for one in e.layers]),
            _facts("files", "Files", [asdict(one) for one in e.files]),
            _facts(
                "licence",
                "Licence and publisher",
                [{"licence": e.licence, "publisher": e.publisher, "records": e.records}],
            ),
            _facts("findings", "Findings", [_told(one) for one in e.findings]),
        )
    )


def _changes(e: Evidence) -> list[dict[str, object]]:
    if e.comparison is None:
        return []
    previous = e.comparison.previous
    return [{"previous": previous, **asdict(one)} for one in e.comparison.layers]


def _told(finding: object) -> dict[str, object]:
    names = ("code", "severity", "message", "layer", "count")
    return {name: getattr(finding, name) for name in names}


def _facts(anchor: str, title: str, rows: Sequence[Mapping[str, object]]) -> str:
    """Facts as definition lists, each with the anchor that links name."""
    if not rows:
        return ""
    single = anchor in ("service", "licence")
    cards = ""
    for number, row in enumerate(rows):
        there = {name: one for name, one in row.items() if one not in (None, "", (), {}, [])}
        shown = "".join(
            f"<div><dt>{safe(name.replace('_', ' '))}</dt><dd>{_value(one)}</dd></div>"
            for name, one in there.items()
        )
        own = "" if single else f' id="evidence-{anchor}-{number}"'
        cards += f'<dl class="card"{own}>{shown}</dl>'
    return f'<h3 id="evidence-{anchor}">{safe(title)}</h3><div class="cards">{cards}</div>'


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return count_text(value)
    if isinstance(value, Mapping):
        told = {key: one for key, one in value.items() if one not in (None, ())}
        return f"<code>{safe(json.dumps(told, ensure_ascii=False, default=str))}</code>"
    if isinstance(value, tuple | list):
        return safe(
            ", ".join(f"{one:.10g}" if isinstance(one, float) else str(one) for one in value)
        )
    return safe(value)


def _texts() -> str:
    return tables.table(
        "What the versions are",
        ("Name", "Text"),
        ([key, safe(text)] for key, text in texts().items()),
    )
