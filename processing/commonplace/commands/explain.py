"""``commonplace explain``: a mapping as a table that a planner can read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from commonplace.commands.parameters import Parameters, parameters_option

if TYPE_CHECKING:
    from commonplace.explaining import Explained

EXAMPLES: Final = """\b
Examples:
  commonplace explain mapping.yaml
  commonplace explain library:ad/nl-bag-addresses --parameter namespace=NL.EXAMPLE.AD
  commonplace explain processing/jobs/fr-olemps-buildings.yaml --html matching.html
  commonplace explain JOB --csv matching.csv
"""


@click.command(epilog=EXAMPLES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--html", type=click.Path(path_type=Path), help="Write one HTML file.")
@click.option("--csv", "table", type=click.Path(path_type=Path), help="Write a CSV file.")
@parameters_option
def explain(file: Path, html: Path | None, table: Path | None, parameters: Parameters) -> None:
    """Show what FILE, a mapping document or a job, does: property by property.

    Of a job, values before and after are shown from its first rows.
    """
    from commonplace import explaining
    from commonplace.commands.writing import write

    explained = explaining.explain(file, parameters=dict(parameters))
    if html is not None:
        from commonplace.commands.explain_page import explained_page

        write(html, explained_page(explained))
    if table is not None:
        write(table, explaining.csv_text(explained))
    if html is None and table is None:
        _show(explained)


def _show(explained: list[Explained]) -> None:
    from rich import box
    from rich.markup import escape
    from rich.table import Table

    from commonplace.terminal import Terminal

    console = Terminal()
    for one in explained:
        title = f"{one.document.name} → {one.document.schema}"
        shown = Table(title=escape(title), title_justify="left", box=box.HORIZONTALS, expand=True)
        for name, ratio in (("property", 3), ("source", 2), ("rule", 3), ("example", 3)):
            shown.add_column(name, ratio=ratio, overflow="fold")
        above = ""
        for match in one.matches:
            if match.section != above:
                above = match.section
                shown.add_section()
                shown.add_row(f"[bold]{escape(above)}[/bold]")
            examples = one.examples.get((match.section, match.path), ())
            example = f"{examples[0][0]} → {examples[0][1]}" if examples else ""
            cells = (f"  {match.path}", ", ".join(match.columns), match.rule, example[:90])
            style = "dim" if match.rule.startswith("void") else None
            shown.add_row(*map(escape, cells), style=style)
        for made in one.document.derived:
            console.print(f"[bold]{escape(made.name)}[/bold]: {escape(str(made))}")
        console.print(shown)
