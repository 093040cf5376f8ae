"""``commonplace preview``: source row, target object and findings side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from commonplace.commands.writing import print_json

if TYPE_CHECKING:
    from commonplace.sampling import Sample, SampledRow

EXAMPLES: Final = """\b
Examples:
  commonplace preview processing/jobs/fr-olemps-buildings.yaml
  commonplace preview JOB --rows 2 --layer standplaatsen --json | jq .
"""
LONGEST: Final = 60


@click.command(epilog=EXAMPLES)
@click.argument("job", type=click.Path(path_type=Path))
@click.option("--rows", type=click.IntRange(1, 1000), default=5, show_default=True, help="A layer.")
@click.option("--layer", "layers", multiple=True, help="Only this layer; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
def preview(job: Path, rows: int, layers: tuple[str, ...], as_json: bool) -> None:
    """Map the first rows that JOB reads, and write nothing."""
    from commonplace.jobreading import read_job
    from commonplace.sampling import sample

    found = [one for one in sample(read_job(job), rows) if not layers or one.layer in layers]
    if as_json:
        print_json([_json(one) for one in found])
    else:
        _show(found)


def _json(sample: Sample) -> dict[str, Any]:
    return {
        "dataset": sample.dataset,
        "layer": sample.layer,
        "rows": [
            {
                "source": dict(row.source),
                "objects": [
                    {"type": one.feature_type, "id": one.local_id, "properties": one.properties}
                    for one in row.made
                ],
                "findings": [asdict(one) for one in row.findings],
            }
            for row in sample.rows
        ],
        "findings": [asdict(one) for one in sample.findings],
    }


def _show(samples: list[Sample]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from commonplace.terminal import Terminal

    console = Terminal()
    for one in samples:
        table = Table(
            title=Text(f"{one.dataset}: {one.layer}"), title_justify="left", box=box.HORIZONTALS
        )
        table.add_column("source row", ratio=2, overflow="fold")
        table.add_column("objects", ratio=3, overflow="fold")
        table.add_column("findings", ratio=2, overflow="fold")
        table.expand = True
        for row in one.rows:
            table.add_row(_source(row), _objects(row), _findings(row))
            table.add_section()
        console.print(table)
        for finding in one.findings:
            console.print(Text(f"{finding.code}: {finding.message}", style="dim"))


def _source(row: SampledRow) -> str:
    from rich.markup import escape

    return "\n".join(
        f"[dim]{escape(name)}[/dim] {escape(_short(value))}"
        for name, value in row.source.items()
        if value is not None
    )


def _objects(row: SampledRow) -> str:
    from rich.markup import escape

    if not row.made:
        return "[red]none[/red]"
    lines: list[str] = []
    for one in row.made:
        lines.append(f"[bold]{escape(one.feature_type)}[/bold] {escape(one.local_id)}")
        lines += [
            f"  [dim]{escape(path)}[/dim] {escape(text)}" for path, text in flat(one.properties)
        ]
    return "\n".join(lines)


def _findings(row: SampledRow) -> str:
    from rich.markup import escape

    return "\n".join(
        f"[yellow]{one.code}[/yellow] {escape(one.attribute or '')}: {escape(one.message)}"
        for one in row.findings
    )


def flat(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The values of an object by their path; voids by their reason, in parentheses."""
    if isinstance(value, Mapping) and set(value) == {"void"}:
        yield path, f"({value['void']})"
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from flat(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from flat(inner, f"{path}[{index}]" if len(value) > 1 else path)
    else:
        yield path, _short(value)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
