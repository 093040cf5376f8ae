"""Source rows on disk, cut into parts: the unit of work, of resuming and of limits.

A part is an Arrow IPC file of exactly ``part_rows`` rows (the last may be shorter),
whatever batches the source hands over, with the row's :data:`~commonplace.target.ORDINAL`
added. Pages of a changing service thereby become stable parts.
"""

from __future__ import annotations

import filecmp
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from commonplace.target import ORDINAL

#: The folder of a dataset's parts, and how the file is called that holds a part's result.
SPOOL: Final = "spool"
RESULT: Final = ".result"
#: Keeps the ordinals of a dataset's layers apart, and in the order of layers.
ORDINALS_A_LAYER: Final = 1 << 40


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a layer. ``number`` counts from 0 in reading order."""

    path: Path
    number: int
    rows: int


def write_parts(
    batches: Iterable[pa.RecordBatch], folder: Path, *, part_rows: int, first_ordinal: int
) -> Iterator[Part]:
    """Spool batches; a part is yielded as soon as it is whole on disk."""
    folder.mkdir(parents=True, exist_ok=True)
    ordinal = first_ordinal
    number = 0
    waiting: list[pa.RecordBatch] = []
    waiting_rows = 0
    for batch in batches:
        waiting.append(batch)
        waiting_rows += batch.num_rows
        while waiting_rows >= part_rows:
            table = pa.Table.from_batches(waiting)
            yield _write_part(table.slice(0, part_rows), folder, number, ordinal)
            waiting = table.slice(part_rows).to_batches()
            waiting_rows -= part_rows
            ordinal += part_rows
            number += 1
    if waiting_rows:
        yield _write_part(pa.Table.from_batches(waiting), folder, number, ordinal)


def _write_part(table: pa.Table, folder: Path, number: int, first_ordinal: int) -> Part:
    rows = table.num_rows
    if ORDINAL not in table.column_names:
        ordinals = pa.array(range(first_ordinal, first_ordinal + rows), pa.int64())
        table = table.add_column(0, pa.field(ORDINAL, pa.int64(), nullable=False), ordinals)
    path = folder / f"{number:06d}.arrow"
    if path.exists():  # of a killed run
        _respool(table, path)
    else:
        write_table(table, path)
    return Part(path, number, rows)


def _respool(table: pa.Table, path: Path) -> None:
    """Spool a part that is there already. Its result stands only if it has the same rows."""
    again = path.with_suffix(".again")
    write_table(table, again)
    if filecmp.cmp(again, path, shallow=False):
        again.unlink()
        return
    path.with_suffix(RESULT).unlink(missing_ok=True)
    again.replace(path)


def write_table(table: pa.Table | pa.RecordBatch, path: Path) -> None:
    """Write an Arrow IPC file."""
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write(table)


def read_table(path: Path) -> pa.Table:
    """Read an Arrow IPC file, memory-mapped."""
    with pa.memory_map(str(path), "r") as source:
        return pa.ipc.open_file(source).read_all()


def read_batch(path: Path) -> pa.RecordBatch:
    """Read a part as one record batch."""
    table = read_table(path).combine_chunks()
    batches = table.to_batches()
    return batches[0] if batches else pa.RecordBatch.from_pylist([], schema=table.schema)
