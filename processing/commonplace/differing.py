"""Linked objects whose rows say different things of them, in parts that know nothing of each
other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.exchange import KEY, reader_of
from commonplace.report import EXAMPLES_A_FINDING
from commonplace.spilling import spilling_engine
from commonplace.spool import read_table
from commonplace.target import ORDINAL

_QUOTE: Final = '"'


@dataclass(frozen=True, slots=True)
class Difference:
    """A column with other values than those of the first row of the same key.

    ``count`` rows have one; ``examples`` are the first keys and values.
    """

    column: str
    count: int
    examples: tuple[tuple[str, str | None], ...]


def differences(pieces: Sequence[Path], columns: Sequence[str], work: Path) -> list[Difference]:
    """What differs between rows of the same key.

    One pass by hash, and no more where no key has two contents.

    Parameters
    ----------
    pieces
        Arrow files with :data:`~commonplace.exchange.KEY` and ordinal columns, one of each
        part: its first row of each key, or all of them.
    columns
        Those that the linked object is made of.
    """
    if not columns or (len(pieces) == 1 and _is_distinct(pieces[0])):
        return []
    listed = ", ".join(map(_quoted, columns))
    with spilling_engine(work) as engine:
        engine.register("pieces", reader_of(pieces))
        engine.execute(
            f'CREATE TEMP TABLE several AS SELECT "{KEY}" FROM pieces GROUP BY "{KEY}" '
            f"HAVING min(hash({listed})) <> max(hash({listed}))"
        )
        if not engine.execute("FROM several LIMIT 1").fetchall():
            return []
        engine.register("pieces", reader_of(pieces))  # a reader is read once
        engine.execute(
            f'CREATE TEMP TABLE unlike AS SELECT * FROM pieces SEMI JOIN several USING ("{KEY}")'
        )
        found = (_difference(engine, name) for name in columns)
        return [one for one in found if one is not None]


def _is_distinct(piece: Path) -> bool:
    keys: pa.ChunkedArray = read_table(piece).column(KEY)
    return len(keys) == int(pc.count_distinct(keys).as_py())


def _difference(engine: duckdb.DuckDBPyConnection, column: str) -> Difference | None:
    name = _quoted(column)
    query = (
        f'SELECT "{KEY}", CAST({name} AS VARCHAR), count(*) OVER () FROM (SELECT *, '
        f'first_value({name}) OVER (PARTITION BY "{KEY}" ORDER BY "{ORDINAL}") AS "@first" '
        f'FROM unlike) WHERE {name} IS DISTINCT FROM "@first" ORDER BY "{ORDINAL}", "{KEY}" '
        f"LIMIT {EXAMPLES_A_FINDING}"
    )
    found = engine.execute(query).fetchall()
    if not found:
        return None
    return Difference(column, int(found[0][2]), tuple((key, value) for key, value, _ in found))


def _quoted(name: str) -> str:
    return _QUOTE + name.replace(_QUOTE, _QUOTE * 2) + _QUOTE
