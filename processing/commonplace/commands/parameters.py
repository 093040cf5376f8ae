"""Options of the form ``NAME=VALUE``, and ``--parameter`` among them."""

from __future__ import annotations

from typing import Final

import click

Parameters = tuple[tuple[str, str], ...]


def assignment(text: str, option: str, form: str = "NAME=VALUE") -> tuple[str, str]:
    """The two sides of what ``option`` was given.

    Raises
    ------
    click.BadParameter
        It isn't of this form.
    """
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise click.BadParameter(f"{text!r} is not {form}", param_hint=option)
    return name, value


def _pairs(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> Parameters:
    return tuple(assignment(one, "--parameter") for one in given)


parameters_option: Final = click.option(
    "--parameter",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_pairs,
    help="Value of a parameter of the mapping document; repeatable.",
)
