"""``commonplace library``: the mapping documents that come along."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import click

from commonplace.commands.writing import print_json

if TYPE_CHECKING:
    from commonplace.library import Entry

LISTED: Final = """\b
Examples:
  commonplace library list
  commonplace library list --theme bu
  commonplace library list --json | jq '.[].name'
"""
SHOWN: Final = """\b
Examples:
  commonplace library show bu/fr-bdtopo-buildings
  commonplace library show bu/fr-bdtopo-buildings --text > mine.yaml
"""


@click.group()
def library() -> None:
    """Ready mapping documents: national schemas to INSPIRE and Smart Data Models."""


@library.command("list", epilog=LISTED)
@click.option("--theme", help="Only this theme (ad, bu, sdm …).")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
def list_(theme: str | None, as_json: bool) -> None:
    """List the documents and what they map."""
    from commonplace.library import entries

    found = entries(theme)
    if not found and theme is not None:
        themes = ", ".join(dict.fromkeys(one.theme for one in entries()))
        raise click.BadParameter(f"no theme {theme!r}; there are: {themes}", param_hint="--theme")
    if as_json:
        print_json([_described(one) for one in found])
        return
    from rich.table import Table

    from commonplace.terminal import Terminal

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(no_wrap=True, style="bold")
    table.add_column()
    for one in found:
        table.add_row(one.name, one.title)
    Terminal().print(table)


@library.command(epilog=SHOWN)
@click.argument("name")
@click.option("--text", is_flag=True, help="Print the document itself, to copy.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, the text included.")
def show(name: str, text: bool, as_json: bool) -> None:
    """Show the document NAME: what it maps, whose it is, and how a job names it."""
    from commonplace.library import entry

    found = entry(name)
    if as_json:
        print_json({**_described(found), "text": found.text})
    elif text:
        click.echo(found.text, nl=False)
    else:
        _show(found)


def _show(found: Entry) -> None:
    from rich.markup import escape

    from commonplace.terminal import Terminal

    out = Terminal(highlight=False)
    out.print(f"[bold]{escape(found.name)}[/bold] {escape(found.title)}")
    if found.description:
        out.print(escape(found.description))
    facts = {
        "source": found.source,
        "layers": ", ".join(found.layers),
        "target": f"{found.target}: {', '.join(found.types)}",
        "author": found.author,
        "licence": found.licence,
        "file": str(found.path),
    }
    for label, value in facts.items():
        if value:
            out.print(f"{label:>8}  {escape(value)}", soft_wrap=True)
    given = ", ".join(f"{one}: …" for one in found.parameters)
    parameters = f", parameters: {{{given}}}" if given else ""
    out.print("\nIn a job:", style="dim")
    line = f"  - {{mapping: library:{found.name}, source: …{parameters}}}"
    out.print(escape(line), soft_wrap=True)


def _described(entry: Entry) -> dict[str, Any]:
    return {key: value for key, value in asdict(entry).items() if key != "text"}
