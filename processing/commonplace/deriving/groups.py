"""Rows of one group made one: DuckDB groups and spills, geometries are united key by key.

The SQL here is ours alone: documents give names of columns and of functions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import pyarrow as pa
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
    group; ``keyless`` counts them, once the batches are read.
    """

    group: Group
    path: Path
    work: Path
    tolerance: float
    keyless: int = 0

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
            for batch in self._query(engine, self._values(), first.schema):
                grouped = sum(batch.column(_NUMBER).to_pylist())
                self.keyless -= grouped
                made = batch.drop_columns([_NUMBER])
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

    def _values(self) -> str:
        by = [_quoted(one) for one in self.group.by]
        made = [
            f"{_FUNCTIONS[function].format(_quoted(column) if column else '')} AS {_quoted(name)}"
            for name, function, column in self.group.values
        ]
        return (
            f'SELECT {", ".join([*by, *made])}, count(*)::BIGINT AS "{_NUMBER}" FROM rows '
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
