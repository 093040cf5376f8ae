"""``commonplace publish``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from commonplace.commands.parameters import assignment

if TYPE_CHECKING:
    from commonplace.http import Client
    from commonplace.report import Observer

NOT_ALL: Final = 9  # exit code, see errors.EXIT_CODES
EXAMPLES: Final = """\b
Examples:
  commonplace publish out/town https://broker.example.org --dry-run
  commonplace publish out/town https://broker.example.org --tenant city --token-env TOKEN
  commonplace publish lights.ngsild.jsonld http://127.0.0.1:1026 --profile lax
  commonplace publish out/town https://gis.example.org/api --auth town --dry-run
  commonplace publish out/town postgresql://gis@db.example.org/town --schema inspire
  commonplace publish out/town /srv/www/atom --url https://gis.example.org/atom
"""
BROKER: Final = ("ngsild",)
# Options that are one kind's, or some kinds': the others refuse them.
ONLY: Final = {
    "tenant": BROKER,
    "create_tenant": BROKER,
    "profile": BROKER,
    "flat": BROKER,
    "policy": BROKER,
    "batch_bytes": BROKER,
    "batch_entities": BROKER,
    "header_env": ("ngsild", "ogcapi"),
    "collection": ("ogcapi",),
    "id_property": ("ogcapi",),
    "schema": ("postgis",),
    "url": ("atom",),
    "title": ("atom",),
    "service_metadata": ("atom",),
    "token_env": ("ngsild", "ogcapi", "postgis"),
    "auth": ("ngsild", "ogcapi", "postgis"),
}


@click.command(epilog=EXAMPLES)
@click.argument("package", type=click.Path(path_type=Path, exists=True))
@click.argument("target")
@click.option(
    "--type",
    "kind",
    type=click.Choice(["ngsild", "ogcapi", "postgis", "atom"]),
    help="What the target is, where its address doesn't tell.",
)
@click.option("--delete-vanished", is_flag=True, help="Delete there what is gone here.")
@click.option("--token-env", help="Environment variable with a bearer token, or a password.")
@click.option(
    "--header-env", multiple=True, metavar="NAME=VARIABLE", help="A header from the environment."
)
@click.option("--auth", help="A credential that the environment or a keyring holds.")
@click.option("--tenant", help="Broker: a tenant; must exist.")
@click.option("--create-tenant", is_flag=True, help="Broker: create the tenant if there is none.")
@click.option(
    "--profile",
    type=click.Choice(["strict", "percent", "lax"]),
    default="strict",
    show_default=True,
    help="Broker: what becomes of texts with <>\"'=;(): JsonProperties, percent-encoded, or kept.",
)
@click.option("--flat", is_flag=True, help="Broker: leave heights out.")
@click.option(
    "--policy",
    type=click.Choice(["update", "replace"]),
    default="update",
    show_default=True,
    help="Broker: replace also deletes our attributes that an entity no longer has.",
)
@click.option("--batch-bytes", type=click.IntRange(1_000), help="Broker: largest body; 2 000 000.")
@click.option("--batch-entities", type=click.IntRange(1), help="Broker: most in a batch; 1 000.")
@click.option(
    "--collection", multiple=True, metavar="TYPE=NAME", help="OGC API: a feature type's collection."
)
@click.option("--id-property", help="OGC API: the property for our id, if ids are the service's.")
@click.option("--schema", help="PostGIS: the schema; the job's name if it isn't given.")
@click.option("--url", help="ATOM: the address under which the folder is published.")
@click.option("--title", help="ATOM: the service's title.")
@click.option("--service-metadata", help="ATOM: address of the service's metadata record.")
@click.option("--dry-run", is_flag=True, help="Say what would be changed; change nothing.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
@click.pass_context
def publish(
    ctx: click.Context,
    /,
    package: Path,
    target: str,
    kind: str | None,
    quiet: bool,
    as_json: bool,
    **options: Any,
) -> None:
    """Send what PACKAGE, a folder or a zip, holds to TARGET.

    TARGET is an NGSI-LD broker (entities; PACKAGE may be a file of them), an OGC API with
    transactions, a PostGIS database, or a folder, which becomes an INSPIRE download service
    by ATOM. Running it again changes nothing.
    """
    from commonplace import terminal
    from commonplace.commands import publish_targets
    from commonplace.publish.connecting import client_to
    from commonplace.publish.targets import kind_by_address, kind_by_answer

    entities = package.is_file() and package.suffix != ".zip"
    known = kind or kind_by_address(target) or ("ngsild" if entities else None)
    with terminal.progress(quiet=quiet or as_json) as observer:

        def client() -> Client:
            return _client(target, observer, options, client_to)

        if known is None:
            with client() as asking:
                known = kind_by_answer(target, asking)
        _refuse_options_of_others(ctx, known)
        with _opened(package) as source:
            done = publish_targets.TARGETS[known](source, target, options, observer, client)
    if as_json:
        click.echo(done.json())
    elif not quiet:
        done.show()
    if done.failed:
        sys.exit(NOT_ALL)


@contextmanager
def _opened(package: Path) -> Iterator[Path]:
    """A package that is whole; a file of entities as it is."""
    from commonplace.commands.whole import whole_package

    if package.is_file() and package.suffix != ".zip":
        yield package
    else:
        with whole_package(package) as folder:
            yield folder


def _client(target: str, observer: Observer, options: dict[str, Any], client_to: Any) -> Client:
    variables = dict(assignment(one, "--header-env") for one in options["header_env"])
    made: Client = client_to(
        target,
        observer,
        token_env=options["token_env"],
        header_env=variables,
        auth=options["auth"],
    )
    return made


def _refuse_options_of_others(ctx: click.Context, kind: str) -> None:
    for name, kinds in ONLY.items():
        given = ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
        if given and kind not in kinds:
            option = f"--{name.replace('_', '-')}"
            raise click.UsageError(f"{option} is for {', '.join(kinds)}; the target is {kind}")
