"""Rows of derived layers, batch by batch: chosen, turned, of one schema, on disk."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.batch import BATCH_ROWS, GEOMETRY, Field, Query
from commonplace.mapping.derive import Derived, Unpivot
from commonplace.privacy import Gate


def gated(
    batches: Iterable[pa.RecordBatch], gate: Gate, columns: Sequence[str]
) -> Iterator[pa.RecordBatch]:
    """Rows, of which some columns have passed a gate."""
    waiting: deque[pa.RecordBatch] = deque()

    def offered() -> Iterator[pa.RecordBatch]:
        for batch in batches:
            waiting.append(batch)
            yield batch.select([one for one in columns if one in batch.schema.names])

    for passed in gate.through(offered()):
        batch = waiting.popleft()
        made = dict(zip(batch.schema.names, batch.columns, strict=True))
        made |= dict(zip(passed.schema.names, passed.columns, strict=True))
        yield pa.RecordBatch.from_pydict(made)


def chosen(batch: pa.RecordBatch, one: Derived) -> pa.RecordBatch:
    """The rows that have one of the values wanted in each of ``only``'s columns."""
    for column, values in one.only:
        if column not in batch.schema.names:
            return batch.slice(0, 0)
        texts = batch.column(column).cast(pa.string())
        batch = batch.filter(pc.is_in(texts, value_set=pa.array(values, pa.string())))
    return batch


def unpivoted(batch: pa.RecordBatch, unpivot: Unpivot) -> pa.RecordBatch:
    """A row for each of the columns that has a value; the other columns stay."""
    columns = [name for name, _ in unpivot.columns]
    rows, times = batch.num_rows, len(columns)
    values = [
        batch.column(name) if name in batch.schema.names else pa.nulls(rows) for name in columns
    ]
    kind = _common([one.type for one in values])
    stacked = pa.concat_arrays([one.cast(kind) for one in values])
    across = np.arange(rows * times).reshape(times, rows).T.reshape(-1)
    labels = pa.array([label for _, label in unpivot.columns], pa.string())
    gone = {*columns, unpivot.name, unpivot.value}
    table = batch.select([one for one in batch.schema.names if one not in gone])
    table = table.take(pa.array(np.repeat(np.arange(rows), times)))
    table = table.append_column(
        unpivot.name, labels.take(pa.array(np.tile(np.arange(times), rows)))
    )
    table = table.append_column(unpivot.value, stacked.take(pa.array(across)))
    return table.filter(table.column(unpivot.value).is_valid())


def _common(kinds: Sequence[pa.DataType]) -> pa.DataType:
    distinct = {one for one in kinds if not pa.types.is_null(one)}
    if len(distinct) <= 1:
        return distinct.pop() if distinct else pa.string()
    if all(pa.types.is_integer(one) for one in distinct):
        return pa.int64()
    numbers = all(pa.types.is_integer(one) or pa.types.is_floating(one) for one in distinct)
    return pa.float64() if numbers else pa.string()


def aligned(batch: pa.RecordBatch, fields: Sequence[Field]) -> pa.RecordBatch:
    """The columns of several layers' rows: these, by name, of their types; null where absent."""
    arrays, names = [], []
    for one in fields:
        present = one.name in batch.schema.names
        column = batch.column(one.name) if present else None
        kind = arrow_type(one.type, column.type if column is not None else pa.string())
        arrays.append(pa.nulls(batch.num_rows, kind) if column is None else column.cast(kind))
        names.append(one.name)
    if GEOMETRY in batch.schema.names:
        arrays.append(batch.column(GEOMETRY).cast(pa.binary()))
        names.append(GEOMETRY)
    return pa.RecordBatch.from_arrays(arrays, names)


def fields_of(batch: pa.RecordBatch) -> tuple[Field, ...]:
    """The fields of a batch, without its geometry."""
    return tuple(Field(one.name, str(one.type)) for one in batch.schema if one.name != GEOMETRY)


def arrow_type(name: str, otherwise: pa.DataType) -> pa.DataType:
    """An Arrow type by its name, if it is one that needs no parameters."""
    try:
        return pa.type_for_alias(name)
    except ValueError:
        return otherwise


def write_rows(batches: Iterable[pa.RecordBatch], path: Path) -> int:
    """Write batches of one schema to an Arrow file; how many rows there were."""
    rows = 0
    writer: pa.RecordBatchFileWriter | None = None
    with pa.OSFile(str(path), "wb") as sink:
        for batch in batches:
            writer = writer or pa.ipc.new_file(sink, batch.schema)
            writer.write_batch(batch)
            rows += batch.num_rows
        if writer is None:
            writer = pa.ipc.new_file(sink, pa.schema([]))
        writer.close()
    return rows


def read_rows(path: Path) -> Iterator[pa.RecordBatch]:
    """The batches of an Arrow file, memory-mapped, of at most so many rows as sources give."""
    with pa.memory_map(str(path), "r") as source:
        reader = pa.ipc.open_file(source)
        for number in range(reader.num_record_batches):
            batch = reader.get_batch(number)
            for start in range(0, batch.num_rows, BATCH_ROWS):
                yield batch.slice(start, BATCH_ROWS)


def asked(batches: Iterable[pa.RecordBatch], query: Query) -> Iterator[pa.RecordBatch]:
    """The columns and as many rows as a query asks for."""
    left = query.limit
    for batch in batches:
        names = batch.schema.names
        if query.columns is not None:
            names = [name for name in names if name in (*query.columns, GEOMETRY)]
        yield batch.select(names).slice(0, left)
        if left is not None:
            left -= batch.num_rows
            if left <= 0:
                return
