"""What no part can know alone: distinct keys, ids used twice, references to nothing.

Parts leave Arrow files; DuckDB sorts and groups them with bounded memory, spilling to
the run's own folder. The SQL here is ours alone: no user expression comes near it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from commonplace.spilling import spilling_engine
from commonplace.spool import read_table
from commonplace.target import LOCAL_ID, ORDINAL, SECTION

KEY: Final = "@key"
MOST_HASHED: Final = 4_000_000


def distinct_keys(pieces: Sequence[Path], work: Path, *, rows: int) -> Iterator[pa.RecordBatch]:
    """The first row of each key, in the order of first appearance.

    ``pieces`` are Arrow files with :data:`KEY` and ordinal columns, one of each part.
    """
    query = (
        "SELECT * EXCLUDE (rank) FROM ("
        f'SELECT *, row_number() OVER (PARTITION BY "{KEY}" ORDER BY "{ORDINAL}") AS rank '
        f'FROM pieces) WHERE rank = 1 ORDER BY "{ORDINAL}"'
    )
    return _batches(query, pieces, work, rows)


def rows_of_keys(pieces: Sequence[Path], work: Path, *, rows: int) -> Iterator[pa.RecordBatch]:
    """All rows, those of one key together, keys in the order of first appearance."""
    query = (
        "SELECT * EXCLUDE (first) FROM ("
        f'SELECT *, min("{ORDINAL}") OVER (PARTITION BY "{KEY}") AS first '
        f'FROM pieces) ORDER BY first, "{ORDINAL}"'
    )
    return _batches(query, pieces, work, rows)


def _batches(query: str, pieces: Sequence[Path], work: Path, rows: int) -> Iterator[pa.RecordBatch]:
    with spilling_engine(work) as engine:
        engine.register("pieces", reader_of(pieces))
        yield from engine.sql(query).to_arrow_reader(rows)


def repeated_ids(pieces: Sequence[Path], work: Path) -> list[tuple[int, int, str]]:
    """(section, ordinal, local id) of every row whose id an earlier one has."""
    place = f'"{SECTION}", "{ORDINAL}"'
    query = (
        f'SELECT {place}, "{LOCAL_ID}" FROM ('
        f'SELECT *, row_number() OVER (PARTITION BY "{LOCAL_ID}" ORDER BY {place}) AS rank '
        "FROM pieces) WHERE rank > 1 ORDER BY 1, 2"
    )
    with spilling_engine(work) as engine:
        if sum(read_table(path).num_rows for path in pieces) <= MOST_HASHED:
            engine.register("pieces", reader_of(pieces))
            asked = f'SELECT hash("{LOCAL_ID}") AS hash FROM pieces'
            hashes = np.sort(engine.execute(asked).fetchnumpy()["hash"])
            if not (hashes[1:] == hashes[:-1]).any():
                return []  # the usual case, in sixteen bytes an id
        engine.register("pieces", reader_of(pieces))
        found = engine.execute(query).fetchall()
        return [(int(section), int(ordinal), str(id_)) for section, ordinal, id_ in found]


def dangling(
    named: Sequence[Path], ids: Sequence[tuple[str, Sequence[Path]]], work: Path
) -> list[str]:
    """References ``#Type.id`` to which no object answers. ``ids`` are files by type."""
    if not any(read_table(path).num_rows for path in named):
        return []  # as in most themes: spare the reading of all ids
    with spilling_engine(work) as engine:
        engine.register("named", reader_of(named))
        known = []
        for index, (feature_type, paths) in enumerate(ids):
            engine.register(f"ids_{index}", reader_of(paths))
            known.append(
                f"SELECT '#{feature_type}.' || \"{LOCAL_ID}\" AS reference FROM ids_{index}"
            )
        query = (
            "SELECT DISTINCT reference FROM named ANTI JOIN "
            f"({' UNION ALL '.join(known)}) AS known USING (reference) ORDER BY 1"
        )
        return [str(row[0]) for row in engine.execute(query).fetchall()]


def reader_of(paths: Sequence[Path]) -> pa.RecordBatchReader:
    """The rows of Arrow files of one schema, one file behind the other."""
    first = read_table(paths[0])
    batches = (batch for path in paths for batch in read_table(path).to_batches())
    return pa.RecordBatchReader.from_batches(first.schema, batches)
