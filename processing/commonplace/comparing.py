"""The objects of a part against those of the package before."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace import contents
from commonplace.mapping.evaluate import Evaluated, Session
from commonplace.mapping.expressions import AS_OF, SOURCE_DATE
from commonplace.mapping.plan import TypeMapping
from commonplace.target import LOCAL_ID, ORDINAL, Geometries
from commonplace.versions import NEVER, Changes, Known, Times, microseconds, times, write_found

_TIME: Final = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True, slots=True)
class Compared:
    """Objects as they are to be written, and what they are compared with the earlier ones.

    ``digests``, ``since``, ``dated`` and ``changes`` are one a row of the batch.
    """

    evaluated: Evaluated
    digests: pa.Array
    since: Times
    dated: Times
    changes: Changes

    def write(self, path: Path, lost: pa.Array) -> None:
        """Write what was found; ``lost`` are the ids of rejected rows."""
        ids = self.evaluated.batch.columns.column(LOCAL_ID)
        write_found(path, ids, self.digests, self.since, self.dated, self.changes, lost)


def dated(rows: pa.RecordBatch, as_of: str) -> pa.RecordBatch:
    """The rows with the time that ``as_of()`` gives."""
    return _timed(rows, AS_OF, np.full(rows.num_rows, microseconds(as_of)))


def _timed(rows: pa.RecordBatch, name: str, values: Times) -> pa.RecordBatch:
    position = rows.schema.get_field_index(name)
    if position < 0:
        return rows.append_column(name, times(values))
    return rows.set_column(position, name, times(values))


def compare(
    session: Session,
    mapping: TypeMapping,
    rows: pa.RecordBatch,
    pool: Geometries,
    known: Path,
    as_of: str,
) -> Compared:
    """Make objects of rows, those that are as they were with the times of their version.

    Parameters
    ----------
    rows, pool
        See :meth:`~commonplace.mapping.evaluate.Session.evaluate`.
    known
        The folder of :class:`~commonplace.versions.Known`.
    """
    kept = session.kept(mapping, rows, pool)
    whole = replace(mapping, where=None)
    varying = [name for name in (AS_OF, SOURCE_DATE) if name in mapping.inputs]
    timeless = kept  # what doesn't depend on the run is the same in every run
    for name in varying:
        timeless = _timed(timeless, name, np.zeros(kept.num_rows, dtype=np.int64))
    evaluated = session.evaluate(whole, timeless, pool)
    batch = evaluated.batch
    digests = contents.digests(batch)
    keys = contents.keys(batch.shape.name, batch.columns.column(LOCAL_ID))
    at = pc.index_in(batch.columns.column(ORDINAL), kept.column(ORDINAL)).to_numpy()
    now = {AS_OF: np.full(kept.num_rows, microseconds(as_of)), SOURCE_DATE: _source_dates(kept)}
    changes, since, dates = _known(known).compare(
        keys, digests, now[AS_OF][at], now[SOURCE_DATE][at]
    )
    if varying:
        final = kept
        for name, found in ((AS_OF, since), (SOURCE_DATE, dates)):
            now[name][at] = found
            final = _timed(final, name, now[name])
        evaluated = session.evaluate(whole, final, pool)
        assert evaluated.batch.rows == batch.rows
    return Compared(evaluated, digests, since, dates, changes)


def _source_dates(rows: pa.RecordBatch) -> Times:
    if SOURCE_DATE not in rows.schema.names:
        return np.full(rows.num_rows, NEVER)
    column = rows.column(SOURCE_DATE).cast(_TIME).cast(pa.int64())
    found: Times = pc.fill_null(column, NEVER).to_numpy().copy()
    return found


def ids_of(session: Session, mapping: TypeMapping, *rows: pa.RecordBatch) -> pa.Array:
    """The ids that the objects of rejected rows have, where they have one."""
    ids = [session.identities(mapping, one) for one in rows if one.num_rows]
    return pa.concat_arrays([*ids, pa.array([], pa.string())]).drop_null()


def of_ordinals(rows: pa.RecordBatch, ordinals: npt.NDArray[np.int64]) -> pa.RecordBatch:
    """The rows with these ordinals."""
    return rows.filter(pc.is_in(rows.column(ORDINAL), pa.array(ordinals, pa.int64())))


@functools.lru_cache(maxsize=8)
def _known(folder: Path) -> Known:
    return Known.at(folder)
