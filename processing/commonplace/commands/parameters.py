"""``--parameter NAME=VALUE``: values of a mapping document's parameters."""

from __future__ import annotations

from typing import Final

import click

Parameters = tuple[tuple[str, str], ...]


def _pairs(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> Parameters:
    pairs = [one.partition("=") for one in given]
    for name, equals, _value in pairs:
        if not (name and equals):
            raise click.BadParameter(f"{name!r} is not NAME=VALUE")
    return tuple((name, value) for name, _equals, value in pairs)


parameters_option: Final = click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_pairs,
    help="Value of a parameter of the mapping document; repeatable.",
)
