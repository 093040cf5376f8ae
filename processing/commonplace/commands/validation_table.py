"""A validation's outcome in the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.table import Table
from rich.text import Text

from commonplace.report import Finding, Severity
from commonplace.terminal import Terminal
from commonplace.validate.outcome import NOT_APPLICABLE, Validation

COLOURS: Final = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
SHOWN: Final = 3


def show(outcome: Validation) -> None:
    """Files, findings with their first places and fixes, and the sum."""
    out = Terminal()
    out.print(_files(outcome))
    for first, count, kept in outcome.findings.grouped():
        _finding(out, first, count, kept)
    told = ", ".join(f"{outcome.findings.count(one):,} {one.value}s" for one in Severity)
    schemas = "checked against the XSDs" if outcome.schemas else "XSDs not checked (no folder)"
    text = f"\n{told}; {schemas}; model {outcome.release}; {outcome.seconds:.1f} s"
    out.print(text, highlight=False, style="bold")


def _files(outcome: Validation) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in ("file", "kind", "features", "size", "XSD"):
        table.add_column(column, justify="right" if column in ("features", "size") else "left")
    for one in outcome.files:
        count = f"{sum(one.features.values()):,}"
        schema = "–" if one.schema == NOT_APPLICABLE else one.schema
        table.add_row(Text(one.name), one.kind, count, f"{one.size / 1e6:,.1f} MB", schema)
    return table


def _finding(out: Terminal, first: Finding, count: int, kept: Sequence[Finding]) -> None:
    head = Text(f"\n{first.code}", style=COLOURS[first.severity])
    where = " ".join(one for one in (first.layer, first.attribute) if one)
    head.append(f"  {first.severity.value}, {count:,} × {where}", style="default")
    out.print(head, soft_wrap=True)
    for one in kept[:SHOWN]:
        place = f"line {one.line}" if one.line else ""
        if one.offset is not None:
            place += f" (byte {one.offset:,})"
        parts = [part for part in (place.strip(), one.feature, one.value) if part]
        text = Text("  " + " · ".join(parts) + (": " if parts else "") + one.message)
        out.print(text, soft_wrap=True)
    if first.fix:
        out.print(Text(f"  → {first.fix}", style="dim"), soft_wrap=True)
