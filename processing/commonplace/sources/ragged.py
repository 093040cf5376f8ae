"""Lines of a CSV with more cells than its head: GDAL leaves the surplus out and says nothing."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Final

import pyarrow as pa
from pyarrow.csv import (
    ConvertOptions,
    InvalidRow,
    ParseOptions,
    ReadOptions,
    open_csv,
)

from commonplace.report import Finding, Severity

_SEPARATORS: Final = ",;\t|"
_HEAD_BYTES: Final = 1 << 20


def surplus(path: Path, columns: int, layer: str) -> Finding | None:
    """The lines whose surplus cells hold something; None where there are none.

    A cell too much is often a separator in a text without quotes, so that all cells behind it
    stand in the wrong column.
    """
    separator = _separator(path, columns)
    if separator is None:
        return None
    found: list[tuple[int | None, str]] = []

    def told(row: InvalidRow) -> str:
        cells = next(csv.reader([row.text], delimiter=separator), [])
        if any(one.strip() for one in cells[columns:]):
            found.append((row.number, row.text))
        return "skip"

    try:
        with open_csv(
            path,
            read_options=ReadOptions(use_threads=False, autogenerate_column_names=True),
            parse_options=ParseOptions(
                delimiter=separator, newlines_in_values=True, invalid_row_handler=told
            ),
            convert_options=ConvertOptions(
                check_utf8=False, include_columns=["f0"], column_types={"f0": pa.binary()}
            ),
        ) as lines:
            for _ in lines:
                pass
    except (pa.ArrowInvalid, OSError):  # what GDAL can make sense of, Arrow perhaps can't
        return None
    if not found:
        return None
    number, text = found[0]
    return Finding(
        "ROW_RAGGED",
        Severity.WARNING,
        f"lines have more cells than the head has columns (first: line {number}): these are lost",
        layer,
        value=text[:200],
        fix="put texts that hold the separator in quotes",
        count=len(found),
    )


def _separator(path: Path, columns: int) -> str | None:
    """The separator with which the head has so many columns."""
    with path.open("rb") as opened:
        head = opened.readline(_HEAD_BYTES).decode("utf-8", "replace").lstrip("\ufeff")
    fitting = [
        one
        for one in _SEPARATORS
        if columns > 1
        and len(next(csv.reader([head.rstrip("\r\n")], delimiter=one), [])) == columns
    ]
    return fitting[0] if len(fitting) == 1 else None
