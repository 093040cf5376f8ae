"""``commonplace convert``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commonplace.commands.parameters import assignment
from commonplace.commands.writing import print_json, say

if TYPE_CHECKING:
    from commonplace.report import Report

EXAMPLES = """\b
Examples:
  commonplace convert buildings.gml buildings.gpkg
  commonplace convert parcels.gml parcels.geojson --type CadastralParcel
  commonplace convert old.gml new.gml --crs EPSG:25832
  commonplace convert package/ town.gml --set gml.split.features=100000
"""


@click.command(epilog=EXAMPLES)
@click.argument("source", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--from", "source_encoding", help="Encoding, where SOURCE has several.")
@click.option("--to", help="Encoding to write; by TARGET's ending if not given.")
@click.option("--type", "feature_type", help="Only this feature type.")
@click.option("--crs", help="CRS of coordinates whose CRS SOURCE doesn't state.")
@click.option("--encoding", help="Encoding of the text, instead of the declared one.")
@click.option("--schema", help="Model key (bu-core2d/4.0) for types of unknown namespaces.")
@click.option(
    "--set", "settings", multiple=True, metavar="OPTION=VALUE", help="An option of the encoding."
)
@click.option("--replace", is_flag=True, help="Replace TARGET if it exists.")
@click.option("--workers", type=click.IntRange(1), help="Processes; as many as there are cores.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
def convert(
    source: Path,
    target: Path,
    source_encoding: str | None,
    to: str | None,
    feature_type: str | None,
    crs: str | None,
    encoding: str | None,
    schema: str | None,
    settings: tuple[str, ...],
    replace: bool,
    workers: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Convert SOURCE (a file, a package, a folder) to TARGET in another encoding.

    Feature types and properties stay what they are; what an encoding can't hold is told.
    """
    from commonplace import terminal
    from commonplace.convert import convert as run
    from commonplace.jobreading import parse_options

    options = parse_options(dict(assignment(one, "--set", "OPTION=VALUE") for one in settings))
    with terminal.progress(quiet=quiet or as_json) as observer:
        report = run(
            source,
            target,
            source_encoding=source_encoding,
            to=to,
            feature_type=feature_type,
            crs=crs,
            encoding=encoding,
            schema=schema,
            options=options,
            overwrite=replace,
            workers=workers,
            observer=observer,
        )
    if as_json:
        print_json(_to_json(report))
    elif not quiet:
        _show(report)


def _to_json(report: Report) -> dict[str, Any]:
    return {
        "inputs": report.inputs,
        "outputs": [
            {"path": one.path, "format": one.format, "counts": dict(one.counts), "crs": one.crs}
            for one in report.outputs
        ],
        "findings": [
            {
                "code": first.code,
                "severity": first.severity.value,
                "message": first.message,
                "feature_type": first.layer,
                "attribute": first.attribute,
                "value": first.value,
                "fix": first.fix,
                "count": count,
            }
            for first, count, _ in report.findings.grouped()
        ],
        "losses": report.losses,
        "timings": report.timings,
    }


def _show(report: Report) -> None:
    for one in report.outputs:
        counts = ", ".join(f"{count} {name}" for name, count in one.counts.items())
        told = ", ".join(filter(None, (counts, one.crs)))
        say(f"{one.path}: {told}" if told else one.path)
    for first, count, _ in report.findings.grouped():
        place = ".".join(filter(None, (first.layer, first.attribute)))
        value = f" ({first.value[:60]})" if first.value else ""
        say(f"  {first.severity.value}: {count} × {first.code} {place}: {first.message}{value}")
    for name, losses in report.losses.items():
        say(f"  {name} does not hold:")
        for loss in losses:
            say(f"    {loss}")
