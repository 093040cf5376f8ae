"""Mapping alone, on one core: expressions, code lists and nested lists over columns in memory.

15 expressions, 11 of them computed, make one building with a list of uses, a list of names and
nested objects. Times are those of the processor: the process has one core. In the second case
each batch has rows with values that can't be, which become findings. The peer is DuckDB alone
on the same columns with the flat part of the work: the same expressions and casts, code lists
by CASE, no lists of objects, nothing checked and nothing told.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from buildings import buildings
from commonplace.job import LimitsSpec
from commonplace.mapping.compile import compile_mapping
from commonplace.mapping.document import read_mapping
from commonplace.mapping.evaluate import Session
from commonplace.mapping.plan import TypeMapping
from commonplace.model import load_model
from results import Result, Setting

DOCUMENT: Final = Path(__file__).parent / "mapping_alone.yaml"
GOALS: Final = {"clean": 800_000.0, "bad-rows": 300_000.0}
BATCH: Final = LimitsSpec().part_rows
#: The same in SQL alone: what the document computes, flat.
FLAT: Final = """
SELECT 'B-' || id, TRY_CAST(entered AS TIMESTAMPTZ), TRY_CAST(built AS DATE),
  TRY_CAST(altered AS DATE), CASE lower(state) WHEN 'genutzt' THEN 'functional'
  WHEN 'leer' THEN 'functional' WHEN 'ruine' THEN 'ruin' END,
  {use1}, {use2}, TRY_CAST(abs(share1) AS BIGINT), TRY_CAST(abs(share2) AS BIGINT),
  height * 1.0, TRY_CAST(dwellings + 0 AS BIGINT), TRY_CAST(coalesce(storeys, 1) AS BIGINT),
  trim(name), upper(name), concat('https://example.org/', id)
FROM rows
"""
USES: Final = {
    "WOH": "residential",
    "BUE": "office",
    "HAN": "trade",
    "IND": "industrial",
    "LAN": "agriculture",
    "OEF": "publicServices",
}


@dataclass(frozen=True, slots=True)
class Data:
    """Batches of rows as parts have them, with their geometries."""

    batches: list[pa.RecordBatch]
    pools: list[Any]

    @property
    def rows(self) -> int:
        return sum(batch.num_rows for batch in self.batches)


def cases(setting: Setting) -> Iterator[Result]:
    """Each against its goal, and the first against DuckDB's flat part."""
    mapping = compile_mapping(read_mapping(DOCUMENT), load_model()).types[0]
    clean = data(setting)
    bad = with_bad_rows(clean)
    with one_core(), Session(decimals=8) as session:
        taken = in_turn(
            setting.repeat,
            {
                "clean": lambda: mapped(session, mapping, clean, rejected=0),
                "bad-rows": lambda: mapped(session, mapping, bad, rejected=2 * len(bad.batches)),
                "flat": lambda: flat(clean),
            },
        )
    for name, goal in GOALS.items():
        rate = clean.rows / median(taken[name])
        yield Result(
            case=f"mapping-{name}-{clean.rows}",
            ours=round(rate),
            peer=goal,
            peer_name="the goal",
            ratio=round(rate / goal, 2),
            unit="features/s",
            goal=1.0,
        )
    ours, theirs = median(taken["clean"]), median(taken["flat"])
    yield Result(
        case=f"mapping-flat-part-{clean.rows}",
        ours=round(clean.rows / ours),
        peer=round(clean.rows / theirs),
        peer_name="DuckDB, flat part",
        ratio=round(theirs / ours, 2),
        unit="features/s",
    )


def data(setting: Setting) -> Data:
    """The benchmark's buildings as parts: columns, and a point in place of each outline."""
    path = buildings(setting.rows, setting.work)
    _, table = pyogrio.read_arrow(path, read_geometry=False)
    table = table.combine_chunks()
    batches, pools = [], []
    for first in range(0, table.num_rows, BATCH):
        part = table.slice(first, BATCH).combine_chunks().to_batches()[0]
        ordinals = pa.array(np.arange(first, first + part.num_rows))
        part = part.append_column("@ordinal", ordinals)
        handles = pa.array(np.arange(part.num_rows, dtype=np.int32))
        batches.append(part.append_column("geometry", handles))
        corners = np.column_stack([np.arange(part.num_rows) * 20.0, np.zeros(part.num_rows)])
        pools.append(shapely.box(*corners.T, *(corners + 10).T))
    return Data(batches, pools)


def with_bad_rows(clean: Data) -> Data:
    """In each batch a row whose date is none, and a row whose use no code stands for."""
    return Data([_spoilt(batch) for batch in clean.batches], clean.pools)


def _spoilt(batch: pa.RecordBatch) -> pa.RecordBatch:
    for row, name, value in ((7, "built", "2021-13-41"), (11, "use1", "XXX")):
        values = batch.column(name).to_pylist()
        values[row] = value
        position = batch.schema.get_field_index(name)
        column = pa.array(values, batch.schema.field(name).type)
        batch = batch.set_column(position, name, column)
    return batch


def mapped(session: Session, mapping: TypeMapping, given: Data, rejected: int) -> None:
    """Map all batches, in a session that is kept as workers keep theirs; so many are rejected."""
    made = left = 0
    for batch, pool in zip(given.batches, given.pools, strict=True):
        found = session.evaluate(mapping, batch, pool)
        made += found.batch.rows
        left += len(found.rejected)
    if (made, left) != (given.rows - rejected, rejected):
        raise AssertionError(f"{made} made and {left} rejected, not {rejected}")


def flat(given: Data) -> None:
    """The expressions in DuckDB alone."""
    engine = duckdb.connect(config={"threads": 1})
    engine.execute("SET TimeZone = 'UTC'")
    chosen = {name: _case(name) for name in ("use1", "use2")}
    made = 0
    for batch in given.batches:
        engine.register("rows", batch)
        made += engine.sql(FLAT.format(**chosen)).to_arrow_table().num_rows
    if made != given.rows:
        raise AssertionError(f"DuckDB made {made} rows of {given.rows}")


def _case(column: str) -> str:
    whens = " ".join(f"WHEN '{use}' THEN '{code}'" for use, code in USES.items())
    return f"CASE upper(trim({column})) {whens} END"


def in_turn(repeat: int, runs: dict[str, Callable[[], None]]) -> dict[str, Sequence[float]]:
    """The times of each, measured in turn."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(repeat):
        for name, run in runs.items():
            start = time.process_time()
            run()
            taken[name].append(time.process_time() - start)
    return dict(taken)


@contextmanager
def one_core() -> Iterator[None]:
    """All of this process on one core."""
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)
