"""``commonplace search``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from commonplace.bounds import Bounds
from commonplace.commands.writing import print_json, say

if TYPE_CHECKING:
    from commonplace.sources.recordsmodel import Record

EXAMPLES = """\b
Examples:
  commonplace search https://example.org/csw --text buildings
  commonplace search https://example.org/records --bbox 11.4,48.0,11.8,48.3 --theme Buildings
  commonplace search URL --text trees --json | jq '.records[].data'
"""
_SHOWN = 240


def _bounds(ctx: click.Context, param: click.Parameter, value: str | None) -> Bounds | None:
    if value is None:
        return None
    try:
        west, south, east, north = (float(one) for one in value.split(","))
    except ValueError:
        raise click.BadParameter("expected four numbers: west,south,east,north") from None
    if west > east or south > north:
        raise click.BadParameter("expected west,south,east,north, the smaller first")
    return west, south, east, north


@click.command(epilog=EXAMPLES)
@click.argument("catalogue")
@click.option("--text", help="Words that a record has, anywhere.")
@click.option(
    "--bbox",
    metavar="W,S,E,N",
    callback=_bounds,
    help="Longitudes and latitudes that its extent meets.",
)
@click.option("--theme", help="A theme or keyword, or a part of one.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="At most.")
@click.option("--all", "everything", is_flag=True, help="All records, to the last page.")
@click.option("--kind", type=click.Choice(["csw", "records"]), help="Skip recognition.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
def search(
    catalogue: str,
    text: str | None,
    bbox: Bounds | None,
    theme: str | None,
    limit: int,
    everything: bool,
    kind: Literal["csw", "records"] | None,
    as_json: bool,
) -> None:
    """Search CATALOGUE (CSW or OGC API Records) and tell where the data found are read.

    Every address under "data" can be given to inspect, or stand in a job's source.
    """
    from commonplace.job import SourceSpec
    from commonplace.sources.recordscatalogue import open_catalogue
    from commonplace.sources.recordsmodel import Search

    opened = open_catalogue(SourceSpec(url=catalogue, kind=kind))
    asked = Search(text, bbox, theme, None if everything else limit)
    records = list(opened.search(asked))
    if as_json:
        found = {
            "records": [one.to_json() for one in records],
            "findings": [
                {"code": one.code, "severity": one.severity.value, "message": one.message}
                for one in opened.findings()
            ],
        }
        print_json(found)
        return
    for record in records:
        _show(record)
    more = "" if everything or len(records) < limit else " (there may be more: --all, --limit)"
    say(f"{len(records)} records{more}")
    for finding in opened.findings():
        say(f"  {finding.severity.value}: {finding.code} {finding.message}", err=True)


def _show(record: Record) -> None:
    click.secho(record.title or record.id, bold=True)
    about = [record.type, record.organisation, record.modified, record.licence[:80]]
    say(f"  {' · '.join(one for one in about if one)}")
    if record.abstract:
        shown = record.abstract[:_SHOWN]
        say(f"  {shown}{'…' if len(record.abstract) > _SHOWN else ''}")
    if record.themes:
        say(f"  themes: {', '.join(record.themes[:8])}")
    for one in record.data():
        kind = f" --kind {one.kind}" if one.kind else ""
        layer = f" --layer {one.layer}" if one.layer else ""
        say(f"  → commonplace inspect '{one.url}'{kind}{layer}")
    say()
