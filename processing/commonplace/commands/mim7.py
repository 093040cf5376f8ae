"""``commonplace mim7``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from commonplace.job import SourceKind, SourceSpec
    from commonplace.mim7.evidence import Evidence
    from commonplace.mim7.layers import Options
    from commonplace.mim7.outcome import Outcome
    from commonplace.report import Observer
    from commonplace.validate.outcome import Validation

EXAMPLES = """\b
Examples:
  commonplace mim7 out/package --html mim7.html
  commonplace mim7 out/package --previous out/package-of-last-year
  commonplace mim7 buildings.gpkg --id building_id --json
  commonplace mim7 https://example.org/ogcapi
  commonplace mim7 https://broker.example.org --kind ngsild --tenant riga
"""
KINDS = ("file", "gml", "ogcapi", "wfs", "ngsild", "sensorthings", "cityjson", "citygml")
CHECKED = (".gml", ".xml", ".gpkg", ".geojson", ".json", ".fgb", ".parquet", ".csv", ".jsonfg")
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
    from commonplace.mim7.layers import Options
    from commonplace.mim7.writing import json_text
    from commonplace.sources.sniff import is_url

    remote = is_url(target)
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
        outcome = _judged(spec, options, previous, schemas, observer)
    if html is not None:
        from commonplace.commands.writing import write
        from commonplace.mim7.page import page

        write(html, page(outcome, _base(html, spec.path)))
    if as_json:
        click.echo(json_text(outcome), nl=False)
    elif not quiet:
        from commonplace.commands import mim7_table

        mim7_table.show(outcome)


def _base(html: Path, target: Path | None) -> str:
    """From the HTML file's folder to a package's, for links."""
    import os

    if target is None or not target.is_dir():
        return ""
    there = Path(os.path.relpath(target.absolute(), html.absolute().parent)).as_posix()
    return "" if there == "." else f"{there}/"


def _judged(
    spec: SourceSpec,
    options: Options,
    previous: Path | None,
    schemas: Path | None,
    observer: Observer,
) -> Outcome:
    from importlib.metadata import version

    from commonplace.mim7 import judge

    evidence = _gathered(spec, options, previous, schemas, observer)
    return judge(evidence, f"Commonplace {version('commonplace')}")


def _gathered(
    spec: SourceSpec,
    options: Options,
    previous: Path | None,
    schemas: Path | None,
    observer: Observer,
) -> Evidence:
    from commonplace.errors import SourceError
    from commonplace.mim7.packages import of_package
    from commonplace.mim7.targets import of_file, of_service
    from commonplace.package.manifest import is_package

    if spec.path is None:
        if previous is not None:
            raise click.UsageError("--previous compares packages and files, not services")
        return of_service(spec, options, observer)
    if not spec.path.exists():
        raise SourceError(f"there is no {spec.path}", hint="give a file, a package or an address")
    if not is_package(spec.path):
        validation = _validated(spec.path, schemas, observer)
        return of_file(spec, options, validation, previous, observer)
    try:
        if previous is not None and not is_package(previous):
            raise ValueError(f"{previous.name} is no package")
        return of_package(spec.path, _validated(spec.path, schemas, observer), previous)
    except (OSError, ValueError, KeyError) as error:
        raise SourceError(
            f"the package can't be read: {error}", hint="commonplace validate tells more"
        ) from error


def _validated(path: Path, schemas: Path | None, observer: Observer) -> Validation | None:
    """What our validator says of it; None where it has no rules for it."""
    from commonplace.validation import validate

    if path.is_file() and path.suffix.casefold() not in CHECKED:
        return None
    return validate([path], schemas=schemas, observer=observer)
