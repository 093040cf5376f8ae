"""Rows of one group made one: DuckDB groups and spills, geometries are united key by key.

The SQL here is ours alone: documents give names of columns and of functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.batch import BATCH_ROWS, GEOMETRY
from commonplace.deriving.rows import read_rows
from commonplace.geometry import OPERATORS, dissolve, read_column
from commonplace.mapping.derive import Group
from commonplace.spilling import spilling_engine

MEMORY: Final = "512MB"
_NUMBER: Final = "@n"
_FUNCTIONS: Final = {
    "first": 'first({0} ORDER BY "@n") FILTER ({0} IS NOT NULL)',
    "last": 'last({0} ORDER BY "@n") FILTER ({0} IS NOT NULL)',
    "list": 'list({0} ORDER BY "@n") FILTER ({0} IS NOT NULL)',
    "mean": "avg({0})",
    "count": "count({0})",
    "min": "min({0})",
    "max": "max({0})",
    "sum": "sum({0})",
}


@dataclass(slots=True)
class Grouped:
    """The rows at ``path`` by groups, in the order of each one's first row.

    ``tolerance`` is that of curves, in the coordinates' unit. Rows without a key are in no
    group; ``keyless`` counts them, and ``wordy`` the texts that are no numbers by the columns
    to be added up, once the batches are read.
    """

    group: Group
    path: Path
    work: Path
    tolerance: float
    keyless: int = 0
    wordy: dict[str, int] = field(default_factory=dict)

    def batches(self) -> Iterator[pa.RecordBatch]:
        first = next(read_rows(self.path), None)
        if first is None:
            return
        with spilling_engine(self.work, MEMORY) as engine:
            engine.execute("SET threads = 1")  # sums in one order, whatever the machine
            united = None
            if GEOMETRY in first.schema.names:
                united = pa.chunked_array([*self._united(engine, first.schema)], pa.binary())
            at = 0
            for batch in self._query(engine, self._values(first.schema), first.schema):
                self.keyless -= pc.sum(batch.column(_NUMBER)).as_py() or 0
                own = [name for name in batch.schema.names if name.startswith(_NUMBER)]
                for name in own[:-1]:
                    column = name.removeprefix(_NUMBER)
                    wordy = pc.sum(batch.column(name)).as_py() or 0
                    self.wordy[column] = self.wordy.get(column, 0) + wordy
                made = batch.drop_columns(own)
                if united is not None:
                    geometries = united.slice(at, batch.num_rows).combine_chunks()
                    made = made.append_column(GEOMETRY, _whole(geometries))
                at += batch.num_rows
                yield made

    def _query(
        self, engine: duckdb.DuckDBPyConnection, query: str, schema: pa.Schema
    ) -> Iterator[pa.RecordBatch]:
        self.keyless = 0
        engine.register(
            "rows", pa.RecordBatchReader.from_batches(_with_number(schema), self._numbered())
        )
        yield from engine.sql(query).to_arrow_reader(BATCH_ROWS)

    def _numbered(self) -> Iterator[pa.RecordBatch]:
        for batch in read_rows(self.path):
            numbers = np.arange(self.keyless, self.keyless + batch.num_rows)
            self.keyless += batch.num_rows
            yield batch.append_column(_NUMBER, pa.array(numbers, pa.int64()))

    def _values(self, schema: pa.Schema) -> str:
        """The query for the groups' values, and for what is counted beside them."""
        by = [_quoted(one) for one in self.group.by]
        made, counted = [], {}
        for name, function, column in self.group.values:
            given = _quoted(column) if column else ""
            if function in ("sum", "mean") and pa.types.is_string(schema.field(column).type):
                number = f"TRY_CAST({given} AS DOUBLE)"
                told = _quoted(f"{_NUMBER}{column}")
                counted[column] = f"count({given}) - count({number}) AS {told}"
                given = number
            value = _FUNCTIONS[function].format(given)
            if function == "sum" and column and pa.types.is_integer(schema.field(column).type):
                value = f"CAST({value} AS BIGINT)"
            made.append(f"{value} AS {_quoted(name)}")
        return (
            f"SELECT {', '.join([*by, *made, *counted.values()])}, "
            f'count(*)::BIGINT AS "{_NUMBER}" FROM rows '
            f'WHERE {self._keyed()} GROUP BY {", ".join(by)} ORDER BY min(rows."{_NUMBER}")'
        )

    def _keyed(self) -> str:
        return " AND ".join(f"{_quoted(one)} IS NOT NULL" for one in self.group.by)

    def _united(self, engine: duckdb.DuckDBPyConnection, schema: pa.Schema) -> Iterator[pa.Array]:
        """The geometries of all groups as WKB, in their order."""
        by = ", ".join(_quoted(one) for one in self.group.by)
        query = (
            f'SELECT first, "{GEOMETRY}" FROM (SELECT "{GEOMETRY}", "{_NUMBER}", '
            f'min("{_NUMBER}") OVER (PARTITION BY {by}) AS first FROM rows '
            f'WHERE {self._keyed()}) ORDER BY first, "{_NUMBER}"'
        )
        held: pa.Table | None = None
        for batch in self._query(engine, query, schema):
            table = pa.Table.from_batches([batch])
            held = table if held is None else pa.concat_tables([held, table])
            firsts = held.column("first").to_numpy()
            whole = int(np.searchsorted(firsts, firsts[-1]))
            if whole:
                yield self._union(held.slice(0, whole))
                held = held.slice(whole)
        if held is not None and held.num_rows:
            yield self._union(held)

    def _union(self, rows: pa.Table) -> pa.Array:
        geometries = read_column(rows.column(GEOMETRY), self.tolerance).geometries
        sound = OPERATORS["repair"].apply(geometries)
        _, groups = np.unique(rows.column("first").to_numpy(), return_inverse=True)
        return pa.array(shapely.to_wkb(dissolve(sound, groups)), pa.binary())


def _with_number(schema: pa.Schema) -> pa.Schema:
    return schema.append(pa.field(_NUMBER, pa.int64()))


def _whole(array: pa.Array | pa.ChunkedArray) -> pa.Array:
    if isinstance(array, pa.Array):
        return array
    return pa.concat_arrays(array.chunks) if array.num_chunks else pa.array([], pa.binary())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
