"""A validation's outcome as one HTML file: no script, no network, light and dark."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

import numpy as np
import shapely

from commonplace.package.drawing import Drawing, draw
from commonplace.package.report_html import tables
from commonplace.package.report_html.page import page as frame
from commonplace.package.words import count_text, safe, size_text
from commonplace.report import Finding, Report, Severity
from commonplace.validate.catalogue import RULES
from commonplace.validate.outcome import Validation

NAMED: Final = 3
TOLD: Final = 5
METRES_A_DEGREE: Final = 111_320.0
TONES: Final = {Severity.ERROR: "bad", Severity.WARNING: "warn", Severity.INFO: "info"}


def page(outcome: Validation) -> str:
    """The whole document."""
    return frame(
        kind="validation",
        title=_title(outcome),
        head=_verdict(outcome),
        summary=_tiles(outcome),
        sections=(
            ("files", "Files", _files(outcome)),
            ("map", "Where", _map(outcome)),
            ("findings", "Findings", tables.findings(Report(findings=outcome.findings))),
            ("rules", "The rules broken", _rules(outcome)),
        ),
    )


def _title(outcome: Validation) -> str:
    names = [one.name for one in outcome.files]
    if len(names) > NAMED:
        return f"{names[0]} and {len(names) - 1} more files"
    return ", ".join(names) or "nothing"


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
    label = f"{count_text(len(marked))} findings on a sample of the data"
    box = f"-30 -30 {drawing.width + 60} {drawing.height + 60}"
    return (
        f'<figure class="map after"><svg viewBox="{box}" role="img" aria-label="{safe(label)}">'
        f'<title>{safe(label)}</title><path class="points" d="{drawing.points}"/>'
        f"{''.join(_marks(drawing, marked))}{_scale(drawing)}</svg>"
        f"<figcaption>{_legend(marked)}{safe(_corners(drawing))}</figcaption></figure>"
    )


def _marks(drawing: Drawing, marked: list[Finding]) -> Iterator[str]:
    """One mark a place, of the worst that was found there; the worst lie on top. A mark leads
    to its rule.
    """
    worst: dict[tuple[float, float], list[Finding]] = {}
    order = list(Severity)
    for one in sorted(marked, key=lambda each: order.index(each.severity)):
        if one.place is not None:
            worst.setdefault(one.place, []).append(one)
    for place, found in sorted(worst.items(), key=lambda each: -order.index(each[1][0].severity)):
        at = drawing.at(*place)
        if at is None:
            continue
        told = "\n".join(f"{one.code}: {one.feature or ''} {one.message}" for one in found[:TOLD])
        yield (
            f'<a href="#rule-{found[0].code}"><circle class="mark {TONES[found[0].severity]}" '
            f'cx="{at[0]:.0f}" cy="{at[1]:.0f}" r="14" pointer-events="all">'
            f"<title>{safe(told)}</title></circle></a>"
        )


def _legend(marked: list[Finding]) -> str:
    """How many marks there are of each severity."""
    counts = [(one, sum(each.severity is one for each in marked)) for one in Severity]
    shown = [
        f'<span class="badge {TONES[one]}">{count_text(count)} {one.value}s</span>'
        for one, count in counts
        if count
    ]
    return f"{' '.join(shown)} on a sample of the data. <br>" if shown else ""


def _corners(drawing: Drawing) -> str:
    """The corners in words."""
    assert drawing.bounds is not None
    west, south, east, north = drawing.bounds
    return f"{south:.4f}° to {north:.4f}° north, {west:.4f}° to {east:.4f}° east"


def _scale(drawing: Drawing) -> str:
    """A bar of a round length, up to a quarter of the picture, at its lower left."""
    assert drawing.bounds is not None
    west, south, east, north = drawing.bounds
    width = (east - west) * METRES_A_DEGREE * math.cos(math.radians((south + north) / 2))
    if width <= 0:
        return ""
    power = 10.0 ** math.floor(math.log10(width / 4))
    metres = max(one * power for one in (1, 2, 5) if one * power <= width / 4)
    length = metres / width * drawing.width
    bottom = drawing.height + 20
    name = f"{metres / 1000:g} km" if metres >= 1000 else f"{metres:g} m"
    return (
        f'<path d="M0 {bottom - 8}v8h{length:.0f}v-8" stroke="currentColor" stroke-width="1.5"/>'
        f'<text x="{length + 10:.0f}" y="{bottom}" font-size="28" fill="currentColor">{name}</text>'
    )


def _rules(outcome: Validation) -> str:
    codes = outcome.findings.codes()
    rows = (
        [
            f'<code id="rule-{one.code}">{one.code}</code>',
            safe(one.title),
            safe(one.clause),
            safe(one.fix),
        ]
        for one in RULES
        if one.code in codes
    )
    return tables.table("Where each rule comes from", ("Rule", "What", "Source", "Fix"), rows)
