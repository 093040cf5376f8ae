"""``commonplace mim7``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from commonplace.job import SourceKind

EXAMPLES = """\b
Examples:
  commonplace mim7 out/package --html mim7.html
  commonplace mim7 out/package --previous out/package-of-last-year
  commonplace mim7 buildings.gpkg --id building_id --json
  commonplace mim7 https://example.org/ogcapi
  commonplace mim7 https://broker.example.org --kind ngsild --tenant riga
"""
KINDS = ("file", "gml", "ogcapi", "wfs", "ngsild", "sensorthings", "cityjson", "citygml")
ROWS = 1000


@click.command(epilog=EXAMPLES)
@click.argument("target")
@click.option("--html", type=click.Path(path_type=Path), help="Write one HTML file.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
@click.option(
    "--previous",
    type=click.Path(path_type=Path, exists=True),
    help="The package or file of before, to see whether ids persist.",
)
@click.option("--id", "id_column", help="The column that holds ids, where its name doesn't tell.")
@click.option("--layer", "layers", multiple=True, help="Only this layer; may be repeated.")
@click.option(
    "--rows",
    type=click.IntRange(0),
    default=ROWS,
    show_default=True,
    help="Features to read of each layer of a service; 0: all.",
)
@click.option("--kind", type=click.Choice(KINDS), help="Skip recognition.")
@click.option("--tenant", help="An NGSI-LD broker's tenant.")
@click.option("--context", help="Address of an NGSI-LD broker's @context.")
@click.option("--auth", help="Name of a credential; see docs/http.md.")
@click.option(
    "--schemas",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the official XSDs, to check GML by them.",
)
@click.option("-q", "--quiet", is_flag=True, help="No progress, no table.")
def mim7(
    target: str,
    html: Path | None,
    as_json: bool,
    previous: Path | None,
    id_column: str | None,
    layers: tuple[str, ...],
    rows: int,
    kind: SourceKind | None,
    tenant: str | None,
    context: str | None,
    auth: str | None,
    schemas: Path | None,
    quiet: bool,
) -> None:
    """Report how TARGET meets MIM7 (Places) of the Minimal Interoperability Mechanisms.

    TARGET is a package, a GeoPackage, a GML or another file, or the address of an OGC API,
    WFS or NGSI-LD endpoint. Each requirement passes, fails, does not apply or cannot be
    checked, with its evidence. This is no certification.
    """
    from commonplace import terminal
    from commonplace.job import SourceSpec
    from commonplace.judging import judge_target
    from commonplace.mim7.layers import Options
    from commonplace.mim7.writing import json_text
    from commonplace.sources.sniff import is_url

    remote = is_url(target)
    if remote and previous is not None:
        raise click.UsageError("--previous compares packages and files, not services")
    spec = SourceSpec(
        path=None if remote else Path(target),
        url=target if remote else None,
        kind=kind,
        tenant=tenant,
        context=context,
        auth=auth,
    )
    options = Options(id_column, layers, rows if remote else 0)
    with terminal.progress(quiet=quiet or as_json) as observer:
        outcome = judge_target(spec, options, observer, previous=previous, schemas=schemas)
    if html is not None:
        from commonplace.commands.writing import write
        from commonplace.mim7.page import page

        write(html, page(outcome, links_base(html, spec.path)))
    if as_json:
        click.echo(json_text(outcome), nl=False)
    elif not quiet:
        from commonplace.commands import mim7_table

        mim7_table.show(outcome)


def links_base(html: Path, target: Path | None) -> str:
    """From the HTML file's folder to a package's, for links."""
    import os

    if target is None or not target.is_dir():
        return ""
    there = Path(os.path.relpath(target.absolute(), html.absolute().parent)).as_posix()
    return "" if there == "." else f"{there}/"
