"""``commonplace publish``."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from commonplace.publish.ngsild import Done

NOT_ALL = 9  # exit code, see errors.EXIT_CODES
SHOWN = 10
EXAMPLES = """\b
Examples:
  commonplace publish out/town --to https://broker.example.org --dry-run
  commonplace publish out/town --to https://broker.example.org --tenant city --token-env TOKEN
  commonplace publish lights.ngsild.jsonld --to http://127.0.0.1:1026 --profile lax
  commonplace publish out/town --to URL --policy replace --delete-vanished
"""


@click.command(epilog=EXAMPLES)
@click.argument("package", type=click.Path(path_type=Path, exists=True))
@click.option("--to", "url", required=True, help="Address of the broker.")
@click.option("--type", "kind", type=click.Choice(["ngsild"]), default="ngsild", show_default=True)
@click.option("--tenant", help="Tenant of the broker; must exist.")
@click.option("--create-tenant", is_flag=True, help="Create the tenant if there is none.")
@click.option(
    "--profile",
    type=click.Choice(["strict", "percent", "lax"]),
    default="strict",
    show_default=True,
    help="What becomes of texts with <>\"'=;(): JsonProperties, percent-encoded, or kept.",
)
@click.option("--flat", is_flag=True, help="Leave heights out.")
@click.option(
    "--policy",
    type=click.Choice(["update", "replace"]),
    default="update",
    show_default=True,
    help="replace: also delete our attributes that an entity no longer has.",
)
@click.option("--delete-vanished", is_flag=True, help="Delete entities whose features are gone.")
@click.option("--batch-bytes", type=click.IntRange(1_000), help="Largest body; 2 000 000.")
@click.option("--batch-entities", type=click.IntRange(1), help="Most entities a batch; 1 000.")
@click.option("--token-env", help="Environment variable with a bearer token.")
@click.option(
    "--header-env", multiple=True, metavar="NAME=VARIABLE", help="A header from the environment."
)
@click.option("--auth", help="A credential that the environment or a keyring holds.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent and deleted; send nothing.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for machines.")
def publish(
    package: Path,
    url: str,
    kind: str,
    tenant: str | None,
    create_tenant: bool,
    profile: str,
    flat: bool,
    policy: Literal["update", "replace"],
    delete_vanished: bool,
    batch_bytes: int | None,
    batch_entities: int | None,
    token_env: str | None,
    header_env: tuple[str, ...],
    auth: str | None,
    dry_run: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Send the entities of PACKAGE (or of a file) to a service.

    Entities that exist are updated; attributes that others wrote stay. Running it again does
    no harm.
    """
    from commonplace import terminal
    from commonplace.publish.broker import Broker
    from commonplace.publish.connecting import client_to
    from commonplace.publish.files import published
    from commonplace.publish.ngsild import Wish
    from commonplace.publish.ngsild import publish as send
    from commonplace.publish.profiles import PROFILES

    chosen = PROFILES[profile]
    wish = Wish(
        profile=replace(
            chosen,
            heights=not flat,
            batch_bytes=batch_bytes or chosen.batch_bytes,
            batch_entities=batch_entities or chosen.batch_entities,
        ),
        policy=policy,
        delete_vanished=delete_vanished,
        create_tenant=create_tenant,
        dry_run=dry_run,
    )
    source = published(package)
    variables = dict(_assignment(one) for one in header_env)
    with terminal.progress(quiet=quiet or as_json) as observer:
        client = client_to(url, observer, token_env=token_env, header_env=variables, auth=auth)
        with client:
            done = send(source, Broker(url, client, tenant), wish, observer)
    if as_json:
        click.echo(json.dumps(_to_json(done, dry_run=dry_run), indent=2, ensure_ascii=False))
    elif not quiet:
        _show(done, wish.delete_vanished, dry_run=dry_run)
    if done.failed:
        sys.exit(NOT_ALL)


def _assignment(text: str) -> tuple[str, str]:
    name, equals, variable = text.partition("=")
    if not equals:
        raise click.BadParameter(f"{text!r} is not NAME=VARIABLE", param_hint="--header-env")
    return name, variable


def _to_json(done: Done, *, dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "entities": done.entities,
        "created": done.created,
        "updated": done.updated,
        "failed": done.failed,
        "retried": done.retried,
        "attributes_deleted": done.attributes_deleted,
        "vanished": done.vanished,
        "deleted": done.deleted,
        "batches": done.batches,
        "bytes": done.bytes,
        "findings": [
            {
                "code": first.code,
                "severity": first.severity.value,
                "message": first.message,
                "entity": first.feature,
                "attribute": first.attribute,
                "value": first.value,
                "fix": first.fix,
                "count": count,
            }
            for first, count, _ in done.findings.grouped()
        ],
    }


def _show(done: Done, delete_vanished: bool, *, dry_run: bool) -> None:
    size = f"{done.batches} batches, {done.bytes / 1e6:.1f} MB"
    if dry_run:
        click.echo(f"would send {done.entities - done.failed} of {done.entities} entities: {size}")
        verb = "would delete" if delete_vanished else "gone, would be left"
        _show_vanished(done, verb)
    else:
        told = f"{done.created} created, {done.updated} updated, {done.failed} failed"
        click.echo(f"{done.entities} entities: {told} ({size})")
        if done.retried:
            click.echo(f"{done.retried} sent again")
        if done.attributes_deleted:
            click.echo(f"{done.attributes_deleted} attributes deleted that are no longer there")
        if delete_vanished:
            click.echo(f"{done.deleted} of {len(done.vanished)} vanished entities deleted")
    for first, count, kept in done.findings.grouped():
        what = f" {first.attribute}" if first.attribute else ""
        click.echo(f"  {first.severity.value}: {count} × {first.code}{what}: {first.message}")
        if first.severity == "error":
            for one in kept[:3]:
                value = f" ({one.value[:60]})" if one.value else ""
                click.echo(f"    {one.feature}{value}")


def _show_vanished(done: Done, verb: str) -> None:
    if done.vanished:
        click.echo(f"{verb}: {len(done.vanished)} entities whose features are gone")
        for one in done.vanished[:SHOWN]:
            click.echo(f"    {one}")
        if len(done.vanished) > SHOWN:
            click.echo(f"    … and {len(done.vanished) - SHOWN} more")
