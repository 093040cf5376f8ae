"""CSV: opened, counted, and its columns checked; geometries in ``WKT``, or ``x`` and ``y``."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from pyarrow import csv as arrow_csv

from commonplace.report import Findings
from commonplace.validate.tables import GEOMETRY, UNREADABLE, Table

BLOCK: Final = 1 << 20
LONGEST_HEADER: Final = 1 << 20
SHAPES: Final = frozenset(("wkt", "geom", "geometry", "the_geom"))


def check(
    path: Path, name: str, findings: Findings, points: list[tuple[float, float]]
) -> dict[str, int]:
    """All rules that columns permit; how many rows there are."""
    try:
        return _check(path, name, findings, points)
    except (pa.ArrowInvalid, UnicodeDecodeError, csv.Error, StopIteration, OSError) as error:
        findings.add(UNREADABLE.finding(name, str(error)[:200] or "no header"))
        return {}


def _check(
    path: Path, name: str, findings: Findings, points: list[tuple[float, float]]
) -> dict[str, int]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        start = stream.read(LONGEST_HEADER)
    header = next(csv.reader(start.splitlines(keepends=True)))
    delimiter = max(",;\t", key=start.split("\n", 1)[0].count)
    if delimiter != ",":
        header = next(csv.reader(start.splitlines(keepends=True), delimiter=delimiter))
    reader = arrow_csv.open_csv(
        path,
        read_options=arrow_csv.ReadOptions(block_size=BLOCK),
        parse_options=arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(header, pa.string()),
            strings_can_be_null=True,
            null_values=[""],
            quoted_strings_can_be_null=False,
        ),
    )
    table = Table(name, findings, points)
    for batch in reader:
        table.batch(batch, _shapes(batch, table))
    table.whole()
    return {Path(name).stem: table.count}


def _shapes(batch: pa.RecordBatch, table: Table) -> Any:
    """The rows' geometries; None where no column holds any."""
    have = {one.casefold(): one for one in batch.schema.names}
    column = next((have[one] for one in have if one in SHAPES), None)
    if column is not None:
        texts = batch.column(column).to_numpy(zero_copy_only=False)
        made = shapely.from_wkt(texts, on_invalid="ignore")
        there = pc.is_valid(batch.column(column)).to_numpy(zero_copy_only=False)
        lost = np.flatnonzero(shapely.is_missing(made) & there)
        _lost(table, column, lost, [str(texts[one]) for one in lost])
        return made
    if "x" not in have or "y" not in have:
        return None
    ordinates = [_numbers(batch.column(have[one])) for one in "xy"]
    known = np.isfinite(ordinates[0]) & np.isfinite(ordinates[1])
    given = pc.and_(pc.is_valid(batch.column(have["x"])), pc.is_valid(batch.column(have["y"])))
    lost = np.flatnonzero(given.to_numpy(zero_copy_only=False) & ~known)
    _lost(table, "x, y", lost, [str(batch.column(have["x"])[int(one)]) for one in lost])
    made = np.full(len(batch), None, dtype=object)
    made[known] = shapely.points(ordinates[0][known], ordinates[1][known])
    return made


def _lost(table: Table, path: str, rows: Any, values: list[str]) -> None:
    names = [f"row {table.count + one + 1}" for one in range(int(rows.max(initial=-1)) + 1)]
    table.tell(GEOMETRY, names, rows, path, values=values)


def _numbers(column: pa.Array) -> Any:
    """Texts as numbers; NaN for what is none."""
    fits = pc.match_substring_regex(column, r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$")
    plain = pc.if_else(fits, pc.utf8_trim_whitespace(column), None)
    return plain.cast(pa.float64()).to_numpy(zero_copy_only=False)
