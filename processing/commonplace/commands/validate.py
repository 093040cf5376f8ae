"""``commonplace validate``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  commonplace validate buildings.gml
  commonplace validate out/package --schemas ~/inspire-schemas --html report.html
  commonplace validate delivery.zip --json | jq .summary
  commonplace validate data/ --junit results.xml --fail-on warning
"""


@click.command(epilog=EXAMPLES)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--schemas",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the official XSDs; else $COMMONPLACE_SCHEMAS or the user's own.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
@click.option("--junit", type=click.Path(path_type=Path), help="Write JUnit XML.")
@click.option("--html", type=click.Path(path_type=Path), help="Write one HTML file with a map.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "never"]),
    default="error",
    show_default=True,
    help="From which severity on the exit code is 8.",
)
@click.option("--workers", type=click.IntRange(1), help="Processes; as many as there are cores.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no table.")
def validate(
    paths: tuple[Path, ...],
    schemas: Path | None,
    as_json: bool,
    junit: Path | None,
    html: Path | None,
    fail_on: str,
    workers: int | None,
    quiet: bool,
) -> None:
    """Check INSPIRE data in PATHS: GML, GeoPackage, GeoJSON, JSON-FG, GeoParquet,
    FlatGeobuf, CSV; folders, zips and packages of them.

    Nothing is fetched from the network, whatever a document names.
    """
    from commonplace import terminal
    from commonplace.commands import validation_table
    from commonplace.validate import writing
    from commonplace.validation import validate as run

    with terminal.progress(quiet=quiet or as_json) as observer:
        outcome = run(paths, schemas=schemas, workers=workers, observer=observer)
    if junit is not None:
        _write(junit, writing.junit_text(outcome))
    if html is not None:
        from commonplace.commands.validation_page import page

        _write(html, page(outcome))
    if as_json:
        click.echo(writing.json_text(outcome), nl=False)
    elif not quiet:
        validation_table.show(outcome)
    if outcome.fails(fail_on):
        sys.exit(8)


def _write(path: Path, text: str) -> None:
    from commonplace.errors import OutputError

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror}") from error
