"""Files that commands write beside what they print."""

from __future__ import annotations

from pathlib import Path

from commonplace.errors import OutputError


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
