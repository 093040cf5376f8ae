"""What the command line shows: progress, summaries, tables. Results go to stdout,
progress to stderr. What data hold is shown as it is: brackets are no markup, and control
characters don't reach the terminal.
"""

from __future__ import annotations

import signal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from os.path import commonprefix
from pathlib import Path
from textwrap import shorten
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Any, Final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from commonplace.harmless import harmless
from commonplace.report import Finding, Findings, Observer, Report, Silent, Since

if TYPE_CHECKING:
    from commonplace.errors import Problem
    from commonplace.face import Checked

COLOURS: Final = {"error": "red", "warning": "yellow", "info": "blue"}
LONGEST_MESSAGE: Final = 200
LEAST_TOGETHER: Final = 3
LONGEST_NAME: Final = 60
LONGEST_FIELD: Final = 40
SHOWN_FINDINGS: Final = 12
SHOWN_PLACES: Final = 5
LONGEST_VALUE: Final = 60


class Terminal(Console):
    """A console on which text obeys no control characters but the console's own."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=harmless(segment.text))


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
        self._bars.console.print(Text(text, style="dim"))


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
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=Terminal(stderr=True), transient=True)


def summary(report: Report, folder: Path) -> None:
    """The end of a run, in a screenful."""
    out = Terminal()
    out.print(Text(f"{report.title}\n", style="bold"))
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
    ledgers = report.layers.values()
    if any(one.read > one.filtered for one in ledgers) and not any(one.mapped for one in ledgers):
        out.print(Text("no row became an object: the findings say why\n", style=COLOURS["error"]))
    out.print(Text(f"report: {folder / 'report.html'}"), soft_wrap=True)


def _table(*columns: str, right: Sequence[str] = ()) -> Table:
    table = Table(box=None, header_style="bold", pad_edge=False)
    table.add_column(columns[0], no_wrap=True, max_width=LONGEST_NAME)  # names, to be copied
    for column in columns[1:]:
        table.add_column(column, justify="right" if column in right else "left")
    return table


def _layers(report: Report) -> Table:
    numbers = ("read", "filtered", "rejected", "mapped")
    table = _table("layer", *numbers, right=numbers)
    for name, one in report.layers.items():
        counts = (one.read, one.filtered, one.rejected, one.mapped)
        table.add_row(Text(name), *(f"{count:,}" for count in counts))
    return table


def _types(report: Report) -> Table:
    ledgers = report.types.values()
    more = [name for name in ("rejected", "carried") if any(getattr(one, name) for one in ledgers)]
    numbers = ("mapped", "created", "merged", *more, "written")
    table = _table("feature type", *numbers, right=numbers)
    for name, one in report.types.items():
        table.add_row(Text(name), *(f"{getattr(one, number):,}" for number in numbers))
    return table


def _changes(since: Since) -> Table:
    numbers = ("new", "changed", "same", "ended", "rejected")
    before = f"since {since.as_of}" if since.as_of else "no package before"
    table = _table(before, *numbers, right=numbers)
    for name, one in since.types.items():
        counts = (one.new, one.changed, one.same, one.ended, one.rejected)
        table.add_row(Text(name), *(f"{count:,}" for count in counts))
    return table


def _operations(report: Report) -> Table:
    table = _table("coordinates", "operation", "accuracy")
    rows: dict[tuple[str, str, str], None] = {}
    for one in report.operations:
        accuracy = "unknown" if one.accuracy is None else f"{one.accuracy:g} m"
        rows[f"{one.source} → {one.target}", one.name, accuracy] = None
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def _files(report: Report) -> Table:
    table = _table("file", "features", "size", right=("features", "size"))
    for one in report.outputs:
        count = f"{sum(one.counts.values()):,}" if one.counts else ""
        table.add_row(Text(one.path), count, f"{one.size / 1e6:,.1f} MB")
    return table


def _findings(report: Report) -> Table:
    table = _table("findings", "times", "first", right=("times",))
    grouped = _by_code(report.findings)
    for first, count in grouped[:SHOWN_FINDINGS]:
        code = Text(first.code, style=COLOURS[first.severity.value])
        message = Text(shorten(first.message, LONGEST_MESSAGE, placeholder=" …"))
        table.add_row(code, f"{count:,}", message)
    if len(grouped) > SHOWN_FINDINGS:
        table.add_row("…", f"{len(grouped) - SHOWN_FINDINGS}", "more kinds, in the report")
    return table


def _by_code(findings: Findings) -> list[tuple[Finding, int]]:
    """The first finding of each code, and how many there are, worst first."""
    found: dict[str, tuple[Finding, int]] = {}
    for first, count, _ in findings.grouped():
        known, before = found.get(first.code, (first, 0))
        found[first.code] = known, before + count
    return list(found.values())


def source(described: Mapping[str, Any]) -> None:
    """What ``inspect`` found."""
    out = Terminal()
    out.print(_headed(described["kind"], described["address"]))
    for layer in described["layers"]:
        about = "about " if layer["count_is_estimate"] else ""
        count = "?" if layer["count"] is None else f"{about}{layer['count']:,}"
        out.print()
        out.print(_headed(layer["name"], layer["title"]))
        geometry, crs = _geometry(layer["geometry_type"]), layer["crs"] or "no CRS"
        out.print(Text(f"  {geometry}, {crs}, {count}"))
        if layer["extent"]:
            out.print("  extent " + ", ".join(_ordinate(one) for one in layer["extent"]))
        if layer["licence"]:
            out.print(Text(f"  licence {layer['licence']}"), soft_wrap=True)
        table = _table("  field", "type", *(f"row {n + 1}" for n in range(len(layer["sample"]))))
        for one in layer["fields"]:
            values = (_cell(row.get(one["name"])) for row in layer["sample"])
            name = one["name"]
            shown = name if len(name) <= LONGEST_FIELD else f"{name[: LONGEST_FIELD - 1]}…"
            table.add_row(*map(Text, (f"  {shown}", one["type"], *values)))
        if layer["fields"]:
            out.print(table)
        if layer["problem"]:
            out.print(Text(f"  {layer['problem']}", style=COLOURS["error"]), soft_wrap=True)
    for (code, severity, message), places in _alike(described["findings"]).items():
        more = f" and {len(places) - SHOWN_PLACES} more" if len(places) > SHOWN_PLACES else ""
        place = ", ".join(places[:SHOWN_PLACES]) + more + ": " if places else ""
        out.print(Text.assemble((code, COLOURS[severity]), f" {place}{message}"), soft_wrap=True)


def _alike(findings: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], list[str]]:
    """The places of findings that say the same."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for one in findings:
        place = ".".join(name for name in (one["layer"], one["attribute"]) if name)
        places = found.setdefault((one["code"], one["severity"], one["message"]), [])
        if place and place not in places:
            places.append(place)
    return found


def _geometry(kind: str | None) -> str:
    return {None: "no geometry", "Unknown": "any geometry"}.get(kind, str(kind))


def _cell(value: object) -> str:
    """A value on one line, shortened."""
    text = "" if value is None else " ".join(str(value).split())
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"


def _headed(name: str, more: str | None) -> Text:
    return Text.assemble((name, "bold"), f" {more or ''}")


def _ordinate(value: float) -> str:
    """Metres to the centimetre, degrees to the metre."""
    return f"{value:.2f}" if abs(value) > 360 else f"{value:.5f}"


def _together(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Problems that differ in the name at their end alone, as one that lists the names."""
    groups: dict[tuple[str, str, str | None], list[Problem]] = {}
    for one in problems:
        groups.setdefault((one.code, one.path, one.hint), []).append(one)
    for alike in groups.values():
        start = commonprefix([one.message for one in alike])  # noqa: RUF071 - texts, no paths
        start = start[: start.rfind(" ") + 1]
        if len(alike) < LEAST_TOGETHER or not start:
            yield from alike
        else:
            names = ", ".join(one.message.removeprefix(start) for one in alike)
            yield replace(alike[0], message=start + names)


def checked(result: Checked) -> None:
    """What ``check`` found."""
    out = Terminal()
    for severity, problems in (("error", result.problems), ("warning", result.warnings)):
        for problem in _together(problems):
            text = Text(f"{severity}: ", style=COLOURS[severity])
            out.print(text + Text(str(problem)), soft_wrap=True)
    if not result.problems:
        out.print(Text(f"{result.name}: a {result.kind} without errors"))


def found(result: Mapping[str, Any]) -> None:
    """What ``model search`` found."""
    table = _table("name", "kind", "definition")
    for one in result["found"]:
        table.add_row(*map(Text, (one["name"], one["kind"], one["definition"] or "")))
    Terminal().print(table)


def model_entry(result: Mapping[str, Any]) -> None:
    """A schema or a type."""
    out = Terminal()
    out.print(_headed(result["name"], result.get("definition")))
    if "feature_types" in result:
        out.print("feature types: " + ", ".join(result["feature_types"]))
        return
    table = _table("property", "occurs", "holds", "void", "definition")
    for one in result["properties"]:
        cells = (one["name"], one["occurs"], one["holds"], one["void"], one["definition"] or "")
        table.add_row(*map(Text, cells))
    out.print(table)


def codes(result: Mapping[str, Any]) -> None:
    """A code list."""
    out = Terminal()
    out.print(_headed(result["name"], result["uri"]))
    out.print(f"extensibility: {result['extensibility'] or 'not stated'}")
    table = _table("code", "label", "definition")
    for one in result["values"]:
        table.add_row(*map(Text, (one["code"], one["label"], one["definition"] or "")))
    out.print(table)
    if not result["values"]:
        out.print("its values are not known here: they can't be checked")
