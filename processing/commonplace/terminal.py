"""What the command line shows: progress, summaries, tables. Results go to stdout,
progress to stderr.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from textwrap import shorten
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from commonplace.report import Observer, Report, Silent, Since

if TYPE_CHECKING:
    from commonplace.face import Checked

COLOURS: Final = {"error": "red", "warning": "yellow", "info": "blue"}
LONGEST_MESSAGE: Final = 200
SHOWN_FINDINGS: Final = 12


class _Unseen(Silent):
    """An observer that shows nothing and knows of an interruption."""

    def __init__(self, interrupted: Event) -> None:
        self._interrupted = interrupted

    def cancelled(self) -> bool:
        return self._interrupted.is_set()


class _Bars(_Unseen):
    """An observer that draws one bar a step."""

    def __init__(self, bars: Progress, interrupted: Event) -> None:
        super().__init__(interrupted)
        self._bars = bars
        self._steps: dict[str, TaskID] = {}

    def progress(self, step: str, done: int, total: int | None) -> None:
        if step not in self._steps:
            self._steps[step] = self._bars.add_task(step, total=total)
        self._bars.update(self._steps[step], completed=done, total=total)

    def message(self, text: str) -> None:
        self._bars.console.print(text, style="dim", highlight=False)


@contextmanager
def _interruptions() -> Iterator[Event]:
    """Set by an interruption, beside the exception: a library's callback may swallow that."""
    interrupted = Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        interrupted.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress(*, quiet: bool) -> Iterator[Observer]:
    """An observer that draws progress bars on stderr, or none."""
    with _interruptions() as interrupted:
        if quiet:
            yield _Unseen(interrupted)
            return
        with _drawn() as bars:
            yield _Bars(bars, interrupted)


def _drawn() -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


def summary(report: Report, folder: Path) -> None:
    """The end of a run, in a screenful."""
    out = Console()
    out.print(f"[bold]{report.title}[/bold]\n", highlight=False)
    tables = [_layers(report), _types(report)]
    if report.since:
        tables.append(_changes(report.since))
    if report.operations:
        tables.append(_operations(report))
    tables.append(_files(report))
    if report.findings.count():
        tables.append(_findings(report))
    for table in tables:
        out.print(table)
        out.print()
    out.print(f"report: {folder / 'report.html'}", soft_wrap=True, highlight=False)


def _table(*columns: str, right: Sequence[str] = ()) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left")
    return table


def _layers(report: Report) -> Table:
    numbers = ("read", "filtered", "rejected", "mapped")
    table = _table("layer", *numbers, right=numbers)
    for name, one in report.layers.items():
        counts = (one.read, one.filtered, one.rejected, one.mapped)
        table.add_row(name, *(f"{count:,}" for count in counts))
    return table


def _types(report: Report) -> Table:
    ledgers = report.types.values()
    more = [name for name in ("rejected", "carried") if any(getattr(one, name) for one in ledgers)]
    numbers = ("mapped", "created", "merged", *more, "written")
    table = _table("feature type", *numbers, right=numbers)
    for name, one in report.types.items():
        table.add_row(name, *(f"{getattr(one, number):,}" for number in numbers))
    return table


def _changes(since: Since) -> Table:
    numbers = ("new", "changed", "same", "ended", "rejected")
    before = f"since {since.as_of}" if since.as_of else "no package before"
    table = _table(before, *numbers, right=numbers)
    for name, one in since.types.items():
        counts = (one.new, one.changed, one.same, one.ended, one.rejected)
        table.add_row(name, *(f"{count:,}" for count in counts))
    return table


def _operations(report: Report) -> Table:
    table = _table("coordinates", "operation", "accuracy")
    rows: dict[tuple[str, str, str], None] = {}
    for one in report.operations:
        accuracy = "unknown" if one.accuracy is None else f"{one.accuracy:g} m"
        rows[f"{one.source} → {one.target}", one.name, accuracy] = None
    for row in rows:
        table.add_row(*row)
    return table


def _files(report: Report) -> Table:
    table = _table("file", "features", "size", right=("features", "size"))
    for one in report.outputs:
        count = f"{sum(one.counts.values()):,}" if one.counts else ""
        table.add_row(one.path, count, f"{one.size / 1e6:,.1f} MB")
    return table


def _findings(report: Report) -> Table:
    table = _table("findings", "times", "first", right=("times",))
    grouped = report.findings.grouped()
    for first, count, _ in grouped[:SHOWN_FINDINGS]:
        code = Text(first.code, style=COLOURS[first.severity.value])
        table.add_row(code, f"{count:,}", shorten(first.message, LONGEST_MESSAGE, placeholder=" …"))
    if len(grouped) > SHOWN_FINDINGS:
        table.add_row("…", f"{len(grouped) - SHOWN_FINDINGS}", "more kinds, in the report")
    return table


def source(described: Mapping[str, Any]) -> None:
    """What ``inspect`` found."""
    out = Console()
    out.print(f"[bold]{described['kind']}[/bold] {described['address']}", highlight=False)
    for layer in described["layers"]:
        about = "about " if layer["count_is_estimate"] else ""
        count = "?" if layer["count"] is None else f"{about}{layer['count']:,}"
        out.print(f"\n[bold]{layer['name']}[/bold] {layer['title'] or ''}", highlight=False)
        out.print(
            f"  {layer['geometry_type'] or 'no geometry'}, {layer['crs'] or 'no CRS'}, {count}"
        )
        if layer["extent"]:
            out.print("  extent " + ", ".join(_ordinate(one) for one in layer["extent"]))
        if layer["licence"]:
            out.print(Text(f"  licence {layer['licence']}"), soft_wrap=True)
        table = _table("  field", "type", *(f"row {n + 1}" for n in range(len(layer["sample"]))))
        for one in layer["fields"]:
            values = (
                "" if row.get(one["name"]) is None else str(row[one["name"]])
                for row in layer["sample"]
            )
            table.add_row(f"  {one['name']}", one["type"], *(Text(value) for value in values))
        out.print(table)
        if layer["problem"]:
            out.print(Text(f"  {layer['problem']}", style=COLOURS["error"]), soft_wrap=True)
    for finding in described["findings"]:
        colour = COLOURS[finding["severity"]]
        named = (finding["layer"], finding["attribute"])
        place = ".".join(one for one in named if one)
        text = (
            f"[{colour}]{finding['code']}[/{colour}] {escape(place)} {escape(finding['message'])}"
        )
        out.print(text, highlight=False, soft_wrap=True)


def _ordinate(value: float) -> str:
    """Metres to the centimetre, degrees to the metre."""
    return f"{value:.2f}" if abs(value) > 360 else f"{value:.5f}"


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def checked(result: Checked) -> None:
    """What ``check`` found."""
    out = Console()
    for severity, problems in (("error", result.problems), ("warning", result.warnings)):
        for problem in problems:
            text = Text(f"{severity}: ", style=COLOURS[severity])
            out.print(text + Text(str(problem)), soft_wrap=True)
    if not result.problems:
        out.print(f"{result.name}: a {result.kind} without errors", highlight=False)


def found(result: Mapping[str, Any]) -> None:
    """What ``model search`` found."""
    table = _table("name", "kind", "definition")
    for one in result["found"]:
        table.add_row(one["name"], one["kind"], one["definition"] or "")
    Console().print(table)


def model_entry(result: Mapping[str, Any]) -> None:
    """A schema or a type."""
    out = Console()
    out.print(f"[bold]{result['name']}[/bold] {result.get('definition') or ''}", highlight=False)
    if "feature_types" in result:
        out.print("feature types: " + ", ".join(result["feature_types"]))
        return
    table = _table("property", "occurs", "holds", "void", "definition")
    for one in result["properties"]:
        table.add_row(
            one["name"], one["occurs"], one["holds"], one["void"], one["definition"] or ""
        )
    out.print(table)


def codes(result: Mapping[str, Any]) -> None:
    """A code list."""
    out = Console()
    out.print(f"[bold]{result['name']}[/bold] {result['uri']}", highlight=False)
    out.print(f"extensibility: {result['extensibility'] or 'not stated'}")
    table = _table("code", "label", "definition")
    for one in result["values"]:
        table.add_row(one["code"], one["label"], one["definition"] or "")
    out.print(table)
    if not result["values"]:
        out.print("its values are not known here: they can't be checked")
