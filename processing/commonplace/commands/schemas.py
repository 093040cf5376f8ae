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
