"""``commonplace suggest``: a mapping document to start from, with the reasons."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from commonplace.commands.writing import say, write

if TYPE_CHECKING:
    from commonplace.face import OpenedSource
    from commonplace.suggest import LayerSuggestion

EXAMPLES: Final = """\b
Examples:
  commonplace suggest buildings.gpkg
  commonplace suggest bag.gpkg --layer verblijfsobjecten --output addresses.yaml
  commonplace suggest town.gpkg --layer lamps --type sdm/Streetlight:Streetlight
"""


@click.command(epilog=EXAMPLES)
@click.argument("source")
@click.option("--layer", help="The layer; without it, and with several, all are told in a line.")
@click.option("--type", "feature_type", metavar="SCHEMA:TYPE", help="The feature type, if known.")
@click.option("--output", type=click.Path(path_type=Path), help="Write the document to a file.")
def suggest(source: str, layer: str | None, feature_type: str | None, output: Path | None) -> None:
    """Suggest a mapping for a layer of SOURCE: type, properties and codes, with reasons."""
    from commonplace import face
    from commonplace.library import entries_of
    from commonplace.suggest import write_mapping

    opened = face.open(source)
    layers = [one.name for one in opened.layers()]
    if layer is None and len(layers) > 1:
        for name in layers:
            best = _suggested(opened, source, name, feature_type).types[0]
            say(f"{name}: {best.name} {best.score:.2f} ({'; '.join(best.reasons[:2])})")
        say("Choose one with --layer.", err=True)
        return
    found = _suggested(opened, source, layer, feature_type)
    written = write_mapping(found, Path(source).name or source)
    if output is None:
        click.echo(written.text, nl=False)
    else:
        write(output, written.text)
        say(f"{output}: {found.types[0].name} {found.types[0].score:.2f}", err=True)
    for problem in written.problems:
        say(f"todo: {problem}", err=True)
    for one in entries_of(found.layer.name, found.layer.field_names):
        say(f"the library maps such a layer: library:{one.name}, {one.title}", err=True)


def _suggested(
    opened: OpenedSource, source: str, name: str | None, feature_type: str | None
) -> LayerSuggestion:
    from commonplace.batch import Query
    from commonplace.model import UnknownName
    from commonplace.suggest import suggest_layer
    from commonplace.suggest.suggesting import SAMPLE

    layer = opened.layer(name)
    rows = layer.to_arrow(Query(limit=SAMPLE))
    try:
        return suggest_layer(
            layer.description, rows, file=Path(source).stem, feature_type=feature_type
        )
    except UnknownName as error:
        raise click.BadParameter(str(error), param_hint="--type") from error
