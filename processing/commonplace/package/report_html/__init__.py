"""``report.html``: one file, no script, no network, for screen and paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from commonplace.package.report_html import changes, charts, figures, tables
from commonplace.package.report_html.page import page
from commonplace.package.words import count_text, safe, size_text
from commonplace.report import Report, Severity

Section = tuple[str, str, Callable[[Report], str]]

SECTIONS: Final[tuple[Section, ...]] = (
    ("maps", "Maps", figures.maps),
    ("ledger", "Where the rows went", lambda report: figures.flow(report) + tables.ledger(report)),
    ("since", "Since the package before", changes.changes),
    ("values", "What the data hold", charts.charts),
    ("coordinates", "Coordinates", tables.operations),
    ("findings", "Findings", tables.findings),
    ("files", "Files", tables.outputs),
    ("left-out", "Left out", tables.left_out),
    ("personal", "Personal data", tables.personal),
    ("sources", "Sources", tables.inputs),
    ("run", "The run", lambda report: figures.timings(report) + tables.versions(report)),
)


def render(report: Report) -> str:
    """The report as one HTML document. Sections with nothing to say are left out."""
    return page(
        kind="report",
        title=report.title,
        head=_about(report),
        sections=[(anchor, title, content(report)) for anchor, title, content in SECTIONS],
        summary=_tiles(report),
        footer=_footer(report),
    )


def _about(report: Report) -> str:
    return (
        f"{_verdict(report)}"
        f'<dl class="about"><div><dt>Licence</dt><dd>{safe(report.licence)}</dd></div>'
        f"<div><dt>Attribution</dt><dd>{safe(report.attribution)}</dd></div>"
        f"<div><dt>State of</dt><dd>{safe(report.as_of)}</dd></div></dl>"
    )


def _verdict(report: Report) -> str:
    open_ended = [name for name, layer in report.layers.items() if not layer.balances()]
    open_ended += [name for name, made in report.types.items() if not made.balances()]
    errors = report.findings.count(Severity.ERROR)
    if open_ended:
        tone, text = "bad", f"The ledger does not balance: {', '.join(open_ended)}."
    elif errors:
        what = "error needs" if errors == 1 else "errors need"
        tone, text = "warn", f"Every row is accounted for; {count_text(errors)} {what} a look."
    else:
        tone, text = "good", "Every row is accounted for, without errors."
    return f'<p class="verdict {tone}"><span aria-hidden="true"></span>{safe(text)}</p>'


def _tiles(report: Report) -> str:
    layers, types = report.layers.values(), report.types.values()
    rejected = sum(one.rejected for one in layers)
    errors = report.findings.count(Severity.ERROR)
    warnings = report.findings.count(Severity.WARNING)
    tiles = (
        ("rows read", sum(one.read for one in layers), ""),
        ("objects written", sum(one.written for one in types), ""),
        ("rows rejected", rejected, "bad" if rejected else ""),
        ("errors", errors, "bad" if errors else ""),
        ("warnings", warnings, "warn" if warnings else ""),
    )
    made = "".join(
        f'<li class="{kind}"><strong>{count_text(count)}</strong> {label}</li>'
        for label, count, kind in tiles
    )
    size = size_text(sum(one.size for one in report.outputs))
    number = len(report.outputs)
    what = "file" if number == 1 else "files"
    files_tile = f"<li><strong>{size}</strong> in {number} {what}</li>"
    return f'<ul class="tiles" aria-label="Summary">{made}{files_tile}</ul>\n'


def _footer(report: Report) -> str:
    engine = report.versions.get("commonplace", "")
    return (
        f"<footer><p>Made by Commonplace {safe(engine)} from job “{safe(report.job)}”.</p></footer>"
    )
