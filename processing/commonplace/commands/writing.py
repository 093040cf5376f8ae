"""What commands print of data, and the files that they write beside it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from commonplace.errors import OutputError
from commonplace.harmless import harmless


def say(text: str = "", *, err: bool = False) -> None:
    """Print a line that may hold what strangers wrote."""
    click.echo(harmless(text), err=err)


def print_json(value: object) -> None:
    """Print JSON for other programs."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def write(path: Path, text: str) -> None:
    """Write a text file.

    Raises
    ------
    OutputError
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{path} can't be written: {error.strerror}") from error
