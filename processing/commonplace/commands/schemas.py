"""``commonplace schemas``: where the official XSDs are that validation uses."""

from __future__ import annotations

import shutil
from pathlib import Path

import click


@click.group()
def schemas() -> None:
    """The official XSDs, for checking schema validity offline."""


@schemas.command()
def folder() -> None:
    """Tell which folder is used."""
    from commonplace.validate.schemas import VARIABLE, schema_folder, user_folder

    found = schema_folder()
    if found is None:
        click.echo(f"none: set {VARIABLE}, or add schemas to {user_folder()}")
    else:
        click.echo(str(found))


@schemas.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, file_okay=False))
def add(source: Path) -> None:
    """Copy the XSDs in folder SOURCE (by host and path) into the user's own folder."""
    from commonplace.errors import SourceError
    from commonplace.validate.schemas import user_folder

    if not (source / "schemas.opengis.net").is_dir():
        raise SourceError(
            f"{source} is no folder of schemas by host and path",
            hint="it should hold schemas.opengis.net and inspire.ec.europa.eu",
        )
    target = user_folder()
    count = 0
    for path in sorted(source.rglob("*.xsd")):
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        count += 1
    click.echo(f"{count} schemas in {target}")


@schemas.command()
@click.argument("target", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--schema", "keys", multiple=True, help="Only this one (bu-core2d/4.0); repeatable.")
@click.option("--mirror", help="A server that has the schemas by host and path.")
@click.option("-q", "--quiet", is_flag=True, help="No progress, no summary.")
def fetch(target: Path | None, keys: tuple[str, ...], mirror: str | None, quiet: bool) -> None:
    """Fetch the XSDs from where they are published into TARGET, else the user's own folder.

    What they import comes along; locations become relative, so that no tool needs the network.
    """
    from commonplace import terminal
    from commonplace.schemafetch import SchemasIncomplete
    from commonplace.schemafetch import fetch as run
    from commonplace.validate.schemas import user_folder

    with terminal.progress(quiet=quiet) as observer:
        found = run(target or user_folder(), keys, mirror=mirror, observer=observer)
    if not quiet:
        click.echo(f"{len(found.files)} schemas in {found.folder}")
    if found.missing:
        listed = "\n".join(f"  {one.address}: {one.reason}" for one in found.missing)
        raise SchemasIncomplete(
            f"{len(found.missing)} schemas could not be fetched:\n{listed}",
            hint="fetch again; what is there is kept",
        )
