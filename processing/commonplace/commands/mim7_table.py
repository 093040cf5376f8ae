"""A MIM7 report in the terminal."""

from __future__ import annotations

from typing import Final

from rich.table import Table
from rich.text import Text

from commonplace.mim7.outcome import Outcome, Verdict
from commonplace.mim7.page import SAME
from commonplace.mim7.writing import NOTE
from commonplace.terminal import Terminal

COLOURS: Final = {
    Verdict.PASS: "green",
    Verdict.FAIL: "red",
    Verdict.NOT_APPLICABLE: "dim",
    Verdict.CANNOT_CHECK: "yellow",
}


def show(outcome: Outcome) -> None:
    """All rows, the old tests beside ours, and the sum."""
    out = Terminal()
    out.print(_rows(outcome))
    for one in outcome.evidence.old_tests:
        if one.passes is not None:
            ours = outcome.row(SAME[one.requirement])
            says = "passes" if one.passes else "fails"
            text = f"OASC's simple test {one.requirement} {says}: {one.what}; "
            text += f"ours ({ours.requirement.id}): {ours.judgement.verdict.value}"
            out.print(Text(text, style="dim"), soft_wrap=True)
    told = ", ".join(f"{outcome.count(one)} {one.value}" for one in Verdict)
    out.print(Text(f"\n{told}", style="bold"))
    out.print(Text(NOTE, style="dim"))


def _rows(outcome: Outcome) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False, title=outcome.evidence.target)
    for column in ("id", "verdict", "subject", "why"):
        table.add_column(column, no_wrap=column in ("id", "verdict"))
    for one in outcome.rows:
        verdict = one.judgement.verdict
        table.add_row(
            one.requirement.id,
            Text(verdict.value, style=COLOURS[verdict]),
            one.requirement.subject,
            Text(one.judgement.why),
        )
    return table
