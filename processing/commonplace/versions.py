"""Which objects are new, changed or gone since an earlier package.

A package made with ``since_last`` names each object with a digest of its content and the
time its version began, in ``versions/<dataset>.parquet``. A run that compares sorts those of
the earlier package by key, once, on disk; each part then looks its own objects up there, so
nothing depends on how many objects, parts or workers there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from commonplace import contents
from commonplace.spilling import spilling_engine
from commonplace.spool import read_table, write_table

FOLDER: Final = "versions"
#: Properties of a feature type that its versions begin and end with, in lower case.
BEGINS, ENDS = "beginlifespanversion", "endlifespanversion"

#: No time, among times.
NEVER: Final = int(np.iinfo(np.int64).min)
_KEYS, _CONTENTS, _SINCE, _DATED = "keys", "contents", "since", "dated"
_ROWS: Final = 1 << 16
_TIME: Final = pa.timestamp("us", tz="UTC")
STATED: Final = pa.schema(
    [
        pa.field("feature_type", pa.string(), nullable=False),
        pa.field("id", pa.string(), nullable=False),
        pa.field("content", pa.binary(contents.DIGEST_BYTES), nullable=False),
        pa.field("since", _TIME, nullable=False),
        pa.field("dated", _TIME),
        pa.field("until", _TIME),
    ],
    metadata={"form": contents.FORM},
)
"""An object of a package: its content, when this version of it began (the run's ``as_of``,
and the date of the source), and when it ended."""

FOUND: Final = pa.schema(
    [
        ("id", pa.string()),
        ("content", pa.binary(contents.DIGEST_BYTES)),
        ("since", _TIME),
        ("dated", _TIME),
        ("change", pa.int8()),
    ]
)
"""An object of a part, as it was found to be."""

Words = npt.NDArray[np.uint64]
Times = npt.NDArray[np.int64]
Changes = npt.NDArray[np.int8]


class Change(IntEnum):
    """What became of an object. ``REJECTED``: its row was, so it is neither here nor gone."""

    SAME = 0
    CHANGED = 1
    NEW = 2
    REJECTED = 3


@dataclass(frozen=True, slots=True)
class Known:
    """The objects of an earlier package, sorted by key, in files below a folder.

    Parts open it where it lies; the system keeps in memory what they touch.
    """

    keys: Words
    contents: Words
    since: Times
    dated: Times

    @classmethod
    def at(cls, folder: Path) -> Known:
        return cls(
            keys=_mapped(folder / _KEYS, np.uint64).reshape(-1, 2),
            contents=_mapped(folder / _CONTENTS, np.uint64).reshape(-1, 2),
            since=_mapped(folder / _SINCE, np.int64),
            dated=_mapped(folder / _DATED, np.int64),
        )

    def compare(
        self, keys: pa.Array, digests: pa.Array, since: Times, dated: Times
    ) -> tuple[Changes, Times, Times]:
        """What became of objects, and when the version that they have now began.

        Parameters
        ----------
        keys, digests
            See :mod:`commonplace.contents`.
        since, dated
            Microseconds (or :data:`NEVER`): when versions begin that weren't there before.
        """
        wanted, held = _words(keys), _words(digests)
        at = np.searchsorted(self.keys[:, 0], wanted[:, 0])
        there = self._there(at, wanted)
        same = np.zeros(len(wanted), dtype=bool)
        same[there] = (self.contents[at[there]] == held[there]).all(axis=1)
        changes = np.full(len(wanted), Change.NEW, dtype=np.int8)
        changes[there] = Change.CHANGED
        changes[same] = Change.SAME
        since, dated = since.copy(), dated.copy()
        since[same] = self.since[at[same]]
        dated[same] = self.dated[at[same]]
        return changes, since, dated

    def _there(self, at: npt.NDArray[np.int64], wanted: Words) -> npt.NDArray[np.bool_]:
        """Which keys are there; ``at`` is moved to where they stand."""
        there = np.zeros(len(wanted), dtype=bool)
        open_ = np.flatnonzero(at < len(self.keys))
        while len(open_):
            first, second = self.keys[at[open_]].T
            alike = first == wanted[open_, 0]
            there[open_[alike & (second == wanted[open_, 1])]] = True
            open_ = open_[alike & (second != wanted[open_, 1])]  # half a key shared: look on
            at[open_] += 1
            open_ = open_[at[open_] < len(self.keys)]
        return there


def keep_known(rows: Iterable[pa.RecordBatch], folder: Path, work: Path) -> None:
    """Write a :class:`Known` of the objects (:data:`STATED`) that have not ended."""
    folder.mkdir(parents=True, exist_ok=True)
    query = "SELECT key, content, since, dated FROM keyed ORDER BY key"
    fixed = pa.binary(contents.DIGEST_BYTES)
    with (
        spilling_engine(work) as engine,
        (folder / _KEYS).open("wb") as keys,
        (folder / _CONTENTS).open("wb") as held,
        (folder / _SINCE).open("wb") as since,
        (folder / _DATED).open("wb") as dated,
    ):
        engine.register("keyed", pa.RecordBatchReader.from_batches(_KEYED, _keyed(rows)))
        for batch in engine.sql(query).to_arrow_reader(_ROWS):
            _words(batch.column("key").cast(fixed)).tofile(keys)
            _words(batch.column("content").cast(fixed)).tofile(held)
            batch.column("since").to_numpy().tofile(since)
            batch.column("dated").to_numpy().tofile(dated)


def _mapped(path: Path, kind: type[np.uint64] | type[np.int64]) -> npt.NDArray[Any]:
    if path.stat().st_size == 0:  # nothing can't be mapped into memory
        return np.empty(0, dtype=kind)
    return np.memmap(path, dtype=kind, mode="r")


_KEYED: Final = pa.schema(
    [("key", pa.binary()), ("content", pa.binary()), ("since", pa.int64()), ("dated", pa.int64())]
)


def _keyed(rows: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in rows:
        living = batch.filter(batch.column("until").is_null())
        for name in living.column("feature_type").unique().to_pylist():
            mine = living.filter(pc.equal(living.column("feature_type"), name))
            keys = contents.keys(name, mine.column("id")).cast(pa.binary())
            since = mine.column("since").cast(pa.int64())
            dated = pc.fill_null(mine.column("dated").cast(pa.int64()), NEVER)
            held = mine.column("content").cast(pa.binary())
            yield pa.RecordBatch.from_arrays([keys, held, since, dated], schema=_KEYED)


def _words(digests: pa.Array) -> Words:
    """Digests as pairs of numbers that sort as the bytes do."""
    data = b"".join(digests.to_pylist())
    return np.frombuffer(data, dtype=">u8").astype(np.uint64).reshape(-1, 2)


def times(values: Times) -> pa.Array:
    """Microseconds as Arrow has times, :data:`NEVER` as null."""
    return pa.array(values, pa.int64(), mask=values == NEVER).cast(_TIME)


def write_found(
    path: Path,
    ids: pa.Array,
    digests: pa.Array,
    since: Times,
    dated: Times,
    changes: Changes,
    lost: pa.Array,
) -> None:
    """Write what a part found of its objects; ``lost`` are the ids of rejected rows."""
    none = pa.nulls(len(lost), FOUND.field("content").type)
    table = pa.table(
        [
            pa.chunked_array([ids, lost]),
            pa.chunked_array([digests, none]),
            pa.chunked_array([times(since), pa.nulls(len(lost), _TIME)]),
            pa.chunked_array([times(dated), pa.nulls(len(lost), _TIME)]),
            pa.chunked_array(
                [pa.array(changes), pa.array(np.full(len(lost), Change.REJECTED, np.int8))]
            ),
        ],
        schema=FOUND,
    )
    write_table(table.combine_chunks(), path)


def write_lost(path: Path, lost: pa.Array) -> None:
    """Write that the rows of some objects were rejected, and nothing more."""
    write_found(
        path,
        pa.array([], pa.string()),
        pa.array([], FOUND.field("content").type),
        np.empty(0, np.int64),
        np.empty(0, np.int64),
        np.empty(0, np.int8),
        lost,
    )


def gone(
    earlier: Iterable[pa.RecordBatch], found: Mapping[str, Sequence[Path]], work: Path
) -> pa.Table:
    """The objects of an earlier package that are not among those found.

    Parameters
    ----------
    earlier
        See :data:`STATED`.
    found
        Files of :data:`FOUND` by feature type.

    Returns
    -------
    :data:`STATED` and ``kept`` (bool): the object's row was rejected, which doesn't end it.
    In the order of type and id.
    """
    with spilling_engine(work) as engine:
        engine.register("earlier", pa.RecordBatchReader.from_batches(STATED, earlier))
        here = ["SELECT NULL::VARCHAR AS feature_type, NULL::VARCHAR AS id, 0 AS change"]
        for number, (feature_type, paths) in enumerate(found.items()):
            batches = (batch for path in paths for batch in read_table(path).to_batches())
            engine.register(f"f{number}", pa.RecordBatchReader.from_batches(FOUND, batches))
            named = feature_type.replace("'", "''")
            here.append(f"SELECT '{named}', id, change FROM f{number}")
        query = (
            "WITH here AS (SELECT feature_type, id, min(change) AS change FROM "
            f"({' UNION ALL '.join(here)}) GROUP BY ALL) "
            "SELECT earlier.*, here.change IS NOT NULL AS kept "
            "FROM earlier LEFT JOIN here USING (feature_type, id) "
            f"WHERE here.change IS NULL OR here.change = {Change.REJECTED} ORDER BY 1, 2"
        )
        table = engine.sql(query).to_arrow_table()
    schema = pa.schema([*STATED, pa.field("kept", pa.bool_())])
    return table.cast(schema) if table.num_rows else schema.empty_table()


def write_stated(path: Path, batches: Iterable[pa.RecordBatch]) -> None:
    """Write the objects of a package (:data:`STATED`), a row each."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, STATED, compression="zstd") as writer:
        for table in _evenly(batches):
            writer.write_table(table)


def _evenly(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.Table]:
    """Tables of :data:`_ROWS` rows, however the batches were cut; the last may be shorter."""
    held = STATED.empty_table()
    for batch in batches:
        held = pa.concat_tables([held, pa.Table.from_batches([batch])])
        while held.num_rows >= _ROWS:
            yield held.slice(0, _ROWS).combine_chunks()
            held = held.slice(_ROWS)
    if held.num_rows:
        yield held.combine_chunks()


def stated_of(feature_type: str, path: Path) -> Iterator[pa.RecordBatch]:
    """The rows that a part's objects have in the package."""
    table = read_table(path)
    table = table.filter(pc.less(table.column("change"), int(Change.REJECTED)))
    named = pa.array([feature_type] * table.num_rows, pa.string())
    columns = [named, *(table.column(name) for name in ("id", "content", "since", "dated"))]
    whole = pa.table([*columns, pa.nulls(table.num_rows, _TIME)], schema=STATED)
    yield from whole.to_batches()


def read_stated(package: Path, dataset: str) -> Iterator[pa.RecordBatch] | None:
    """The objects of a package's dataset; None where the package doesn't say (in this form)."""
    path = package / FOLDER / f"{dataset}.parquet"
    if not path.is_file():
        return None
    file = pq.ParquetFile(path)
    if (file.schema_arrow.metadata or {}).get(b"form") != contents.FORM.encode():
        return None
    return (batch.cast(STATED) for batch in file.iter_batches())


def microseconds(time: str) -> int:
    """An RFC 3339 time as batches hold it."""
    return int(pa.scalar(datetime.fromisoformat(time), _TIME).value)
