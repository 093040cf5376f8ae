"""The command line: arguments in, exit code out. No logic lives here.

Everything a command needs is imported when it runs, so that ``--help`` is quick.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commonplace.commands.convert import convert
from commonplace.commands.explain import explain
from commonplace.commands.library import library
from commonplace.commands.mim7 import mim7
from commonplace.commands.parameters import Parameters, assignment, parameters_option
from commonplace.commands.preview import preview
from commonplace.commands.publish import publish
from commonplace.commands.schemas import schemas
from commonplace.commands.search import search
from commonplace.commands.serve import serve
from commonplace.commands.suggest import suggest
from commonplace.commands.validate import validate
from commonplace.commands.verify import verify
from commonplace.commands.watch import watch
from commonplace.commands.writing import print_json, say
from commonplace.errors import EXIT_CODES, CommonplaceError
from commonplace.startup import leave, start_lean

if TYPE_CHECKING:
    from commonplace.job import SourceKind

# As in job.SourceKind, which is not imported for the sake of a quick --help.
KINDS = (
    *("file", "gml", "ogcapi", "ngsild", "wfs", "csw", "records", "atom", "postgis", "cityjson"),
    *("citygml", "gtfs", "remote", "sensorthings", "ldes", "edr", "coverages", "tiles"),
)


class _Help(click.Group):
    """A group whose help ends with the exit codes."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), meaning) for code, meaning in EXIT_CODES])


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")


@click.group(cls=_Help, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="commonplace")
def cli() -> None:
    """Make city layers interoperable: one job file in, one package out."""


@cli.command(
    epilog=_examples(
        "commonplace run processing/jobs/nl-amsterdam-addresses.yaml",
        "commonplace run JOB --output out/mine --replace --set crs.target=EPSG:3035",
        "commonplace run JOB --json --quiet | jq .outputs",
        "commonplace run JOB --resume",
        "commonplace run JOB --since-last",
        "commonplace run JOB --engine dask --scheduler tcp://10.0.0.5:8786",
    )
)
@click.argument("job", type=click.Path(path_type=Path))
@click.option(
    "--output", type=click.Path(path_type=Path), help="Package folder, instead of the job's."
)
@click.option("--replace", is_flag=True, help="Replace the package if it exists.")
@click.option("--resume", is_flag=True, help="Go on from where an interrupted run was.")
@click.option("--validate", is_flag=True, help="Validate the data files before they are packed.")
@click.option(
    "--since-last",
    is_flag=True,
    help="Compare with the package that is replaced: only what changed gets a new version.",
)
@click.option(
    "--previous", type=click.Path(path_type=Path), help="Compare with this package instead."
)
@click.option(
    "--engine", type=click.Choice(("local", "dask")), help="Where parts run; see docs/runs.md."
)
@click.option("--scheduler", metavar="ADDRESS", help="A Dask cluster's, such as tcp://host:8786.")
@click.option("--set", "settings", multiple=True, metavar="PATH=VALUE", help="Change a job value.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
@as_json
def run(
    job: Path,
    output: Path | None,
    replace: bool,
    resume: bool,
    validate: bool,
    since_last: bool,
    previous: Path | None,
    engine: str | None,
    scheduler: str | None,
    settings: tuple[str, ...],
    quiet: bool,
    as_json: bool,
) -> None:
    """Run JOB and write its package."""
    from commonplace import terminal
    from commonplace.jobreading import read_job
    from commonplace.pipeline import run as run_job

    overrides = dict(assignment(one, "--set", "PATH=VALUE") for one in settings)
    if output is not None:
        overrides["output.folder"] = str(output.absolute())
    if replace:
        overrides["output.replace"] = "true"
    if validate:
        overrides["output.validate"] = "true"
    if since_last:
        overrides["since_last"] = "true"
    if previous is not None:
        overrides["previous"] = str(previous.absolute())
    if engine is not None or scheduler is not None:
        overrides["engine"] = engine or "dask"
    if scheduler is not None:
        overrides["scheduler"] = scheduler
    with terminal.progress(quiet=quiet or as_json) as observer:
        typed = read_job(job, overrides)
        report = run_job(typed, observer, resume=resume)
    if as_json:
        from commonplace.package.report_json import to_json

        print_json(to_json(report))
    elif not quiet:
        terminal.summary(report, typed.output.folder)


@cli.command(
    epilog=_examples(
        "commonplace inspect buildings.gpkg",
        "commonplace inspect https://example.org/ogcapi --json",
        "commonplace inspect https://broker.example.org --kind ngsild --tenant riga",
        "commonplace inspect https://example.org/edr --set edr.coords='POINT(11.35 46.5)'",
    )
)
@click.argument("source")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    help="Skip recognition.",
)
@click.option("--layer", help="Only this layer.")
@click.option("--crs", help="State the CRS, where the source says none or a wrong one.")
@click.option("--encoding", help="State the encoding of text.")
@click.option("--tenant", help="An NGSI-LD broker's tenant.")
@click.option("--context", help="Address of an NGSI-LD broker's @context.")
@click.option("--token-env", help="Environment variable that holds a bearer token.")
@click.option("--auth", help="Name of a credential; see docs/http.md.")
@click.option(
    "--set", "settings", multiple=True, metavar="KEY=VALUE", help="Any other key of a job's source."
)
@click.option("--sample", default=3, show_default=True, help="Rows to show of each layer.")
@as_json
def inspect(
    source: str,
    kind: SourceKind | None,
    layer: str | None,
    crs: str | None,
    encoding: str | None,
    tenant: str | None,
    context: str | None,
    token_env: str | None,
    auth: str | None,
    settings: tuple[str, ...],
    sample: int,
    as_json: bool,
) -> None:
    """Tell what SOURCE (an address, a file, a folder) holds."""
    from commonplace import face, terminal

    opened = face.open(
        source,
        kind=kind,
        crs=crs,
        encoding=encoding,
        tenant=tenant,
        context=context,
        token_env=token_env,
        auth=auth,
        settings=dict(assignment(one, "--set", "PATH=VALUE") for one in settings),
    )
    described = opened.describe(layer=layer, sample=sample)
    if as_json:
        print_json(described)
    else:
        terminal.source(described)


@cli.command(
    epilog=_examples(
        "commonplace check processing/jobs/nl-amsterdam-addresses.yaml",
        "commonplace check mapping.yaml --json",
        "commonplace check library:ad/nl-bag-addresses --parameter namespace=NL.EXAMPLE.AD",
    )
)
@click.argument("file", type=click.Path(path_type=Path))
@parameters_option
@as_json
def check(file: Path, parameters: Parameters, as_json: bool) -> None:
    """Check FILE, a job or a mapping document, before anything runs."""
    from commonplace import face, terminal

    checked = face.check(file, dict(parameters))
    if as_json:
        print_json(checked.to_json())
    else:
        terminal.checked(checked)
    if checked.errors:
        sys.exit(2)


@cli.group()
def model() -> None:
    """Look things up in the target model (INSPIRE schemas and code lists)."""


@model.command("search", epilog=_examples("commonplace model search building"))
@click.argument("words", nargs=-1, required=True)
@as_json
def model_search(words: tuple[str, ...], as_json: bool) -> None:
    """Find feature types, data types and properties by name or definition."""
    from commonplace import lookup, terminal

    _show(lookup.search(" ".join(words)), as_json, terminal.found)


@model.command(
    "show",
    epilog=_examples("commonplace model show ad/4.0", "commonplace model show ad/4.0:Address"),
)
@click.argument("name")
@as_json
def model_show(name: str, as_json: bool) -> None:
    """Show a schema (ad/4.0) or a type of it (ad/4.0:Address) with its properties."""
    from commonplace import lookup, terminal

    _show(lookup.show(name), as_json, terminal.model_entry)


@model.command("codes", epilog=_examples("commonplace model codes CurrentUseValue"))
@click.argument("name")
@as_json
def model_codes(name: str, as_json: bool) -> None:
    """List the values of a code list, by its name or URI."""
    from commonplace import lookup, terminal

    _show(lookup.codes(name), as_json, terminal.codes)


@model.command(
    "schema",
    epilog=_examples(
        "commonplace model schema", "commonplace model schema ad/4.0 > addresses.schema.json"
    ),
)
@click.argument("name", required=False)
def model_schema(name: str | None) -> None:
    """Print the JSON Schema of mapping documents (to NAME, such as ad/4.0), for editors."""
    from commonplace import lookup

    print_json(lookup.mapping_schema(name))


cli.add_command(convert)
cli.add_command(explain)
cli.add_command(library)
cli.add_command(mim7)
cli.add_command(preview)
cli.add_command(publish)
cli.add_command(search)
cli.add_command(serve)
cli.add_command(suggest)
cli.add_command(validate)
cli.add_command(schemas)
cli.add_command(verify)
cli.add_command(watch)


def _show(found: dict[str, Any], as_json: bool, show: Callable[[Mapping[str, Any]], None]) -> None:
    if as_json:
        print_json(found)
    else:
        show(found)


def main() -> None:
    """The entry point: turns errors of the tree into messages and exit codes."""
    start_lean()
    arguments = sys.argv[1:]
    if isinstance(sys.stdout, io.TextIOWrapper):  # where the locale lacks a letter: \xdf, no error
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        code = cli.main(args=arguments, standalone_mode=False)
    except click.exceptions.Exit as exit_:
        sys.exit(exit_.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("cancelled", err=True)
        sys.exit(130)
    except CommonplaceError as error:
        if "--json" in arguments:
            print_json(
                {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
            )
        say(f"{error.code}: {error}", err=True)
        sys.exit(error.exit_code)
    leave(code if isinstance(code, int) else 0)
