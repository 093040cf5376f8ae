"""A validation's outcome as one HTML file: no script, no network, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Final

import numpy as np
import shapely

from commonplace.package.drawing import Drawing, draw
from commonplace.package.report_html import tables
from commonplace.package.words import count_text, safe, size_text
from commonplace.report import Finding, Report, Severity
from commonplace.validate.catalogue import RULES
from commonplace.validate.outcome import Validation

TONES: Final = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFO: "info"}


def page(outcome: Validation) -> str:
    """The whole document."""
    style = files("commonplace.package.report_html").joinpath("report.css").read_text("utf-8")
    report = Report(findings=outcome.findings)
    sections = (
        ("files", "Files", _files(outcome)),
        ("map", "Where", _map(outcome)),
        ("findings", "Findings", tables.findings(report)),
        ("rules", "The rules broken", _rules(outcome)),
    )
    shown = [one for one in sections if one[2]]
    links = "".join(f'<li><a href="#{anchor}">{title}</a></li>' for anchor, title, _ in shown)
    body = "".join(
        f'<section id="{anchor}" aria-labelledby="{anchor}-title">'
        f'<h2 id="{anchor}-title">{title}</h2>{content}</section>\n'
        for anchor, title, content in shown
    )
    title = ", ".join(one.name for one in outcome.files[:3]) or "nothing"
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{safe(title)} – validation</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#main">Skip to the report</a>\n'
        f'<header><p class="eyebrow">Commonplace · validation</p><h1>{safe(title)}</h1>'
        f"{_verdict(outcome)}</header>\n"
        f'<nav aria-label="Sections"><ul>{links}</ul></nav>\n'
        f'<main id="main">\n{_tiles(outcome)}{body}</main>\n</body>\n</html>\n'
    )


def _verdict(outcome: Validation) -> str:
    errors = outcome.findings.count(Severity.ERROR)
    if errors:
        tone, text = "bad", f"{count_text(errors)} errors."
    elif outcome.findings.count(Severity.WARNING):
        tone, text = "warn", "No errors, some warnings."
    else:
        tone, text = "good", "No errors, no warnings."
    if outcome.schemas is None:
        text += " Validity against the official XSDs was not checked."
    return f'<p class="verdict {tone}"><span aria-hidden="true"></span>{safe(text)}</p>'


def _tiles(outcome: Validation) -> str:
    features = sum(sum(one.features.values()) for one in outcome.files)
    tiles = [("features", features, "")]
    tiles += [
        (f"{one.value}s", outcome.findings.count(one), TONES[one])
        for one in Severity
        if outcome.findings.count(one)
    ]
    made = "".join(
        f'<li class="{tone}"><strong>{count_text(count)}</strong> {label}</li>'
        for label, count, tone in tiles
    )
    return f'<ul class="tiles" aria-label="Summary">{made}</ul>\n'


def _files(outcome: Validation) -> str:
    rows = (
        [
            safe(one.name),
            safe(one.kind),
            safe(one.schema),
            ", ".join(f"{safe(name)} {count_text(n)}" for name, n in one.features.items()),
            size_text(one.size),
        ]
        for one in outcome.files
    )
    return tables.table("What was checked", ("File", "Kind", "XSD", "Features", "Size"), rows, 1)


def _map(outcome: Validation) -> str:
    """A sample of the data as dots, the kept findings as marks."""
    marked = [
        one for _, _, kept in outcome.findings.grouped() for one in kept if one.place is not None
    ]
    places = [*outcome.points, *(one.place for one in marked if one.place)]
    if not places:
        return ""
    drawing = draw(np.asarray(shapely.points(np.array(places))))
    if drawing.bounds is None:
        return ""
    marks = "".join(_marks(drawing, marked))
    label = f"{count_text(len(marked))} findings on a sample of the data"
    corners = ", ".join(f"{one:.4f}" for one in drawing.bounds)
    box = f"-20 -20 {drawing.width + 40} {drawing.height + 40}"
    return (
        f'<figure class="map after"><svg viewBox="{box}" role="img" aria-label="{safe(label)}">'
        f'<title>{safe(label)}</title><path class="points" d="{drawing.points}"/>{marks}</svg>'
        f'<figcaption>{safe(label)}<br><span class="quiet">{corners}</span></figcaption></figure>'
    )


def _marks(drawing: Drawing, marked: list[Finding]) -> Iterator[str]:
    for one in marked:
        at = drawing.at(*one.place) if one.place else None
        if at is not None:
            title = f"{one.code}: {one.feature or ''} {one.message}"
            yield (
                f'<circle class="mark {TONES[one.severity]}" cx="{at[0]:.0f}" cy="{at[1]:.0f}" '
                f'r="14"><title>{safe(title)}</title></circle>'
            )


def _rules(outcome: Validation) -> str:
    codes = outcome.findings.codes()
    rows = (
        [f"<code>{one.code}</code>", safe(one.title), safe(one.clause), safe(one.fix)]
        for one in RULES
        if one.code in codes
    )
    return tables.table("Where each rule comes from", ("Rule", "What", "Source", "Fix"), rows)
