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
from commonplace.mapping.plan import TypeMapping
from commonplace.mapping.sql import AS_OF
from commonplace.target import LOCAL_ID, ORDINAL, Geometries
from commonplace.versions import Changes, Known, Times, microseconds, write_found

_TIME: Final = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True, slots=True)
class Compared:
    """Objects as they are to be written, and what they are compared with the earlier ones.

    ``digests``, ``since`` and ``changes`` are one a row of the batch.
    """

    evaluated: Evaluated
    digests: pa.Array
    since: Times
    changes: Changes

    def write(self, path: Path, lost: pa.Array) -> None:
        """Write what was found; ``lost`` are the ids of rejected rows."""
        ids = self.evaluated.batch.columns.column(LOCAL_ID)
        write_found(path, ids, self.digests, self.since, self.changes, lost)


def dated(rows: pa.RecordBatch, times: Times | str) -> pa.RecordBatch:
    """The rows with the time that ``as_of()`` gives: one for all, or one each."""
    if isinstance(times, str):
        column = pa.repeat(pa.scalar(microseconds(times), pa.int64()), rows.num_rows)
    else:
        column = pa.array(times, pa.int64())
    position = rows.schema.get_field_index(AS_OF)
    if position < 0:
        return rows.append_column(AS_OF, column.cast(_TIME))
    return rows.set_column(position, AS_OF, column.cast(_TIME))


def compare(
    session: Session,
    mapping: TypeMapping,
    rows: pa.RecordBatch,
    pool: Geometries,
    known: Path,
    as_of: str,
) -> Compared:
    """Make objects of rows, those that are as they were with the time of their version.

    Parameters
    ----------
    rows, pool
        See :meth:`~commonplace.mapping.evaluate.Session.evaluate`.
    known
        The folder of :class:`~commonplace.versions.Known`.
    """
    kept = session.kept(mapping, rows, pool)
    whole = replace(mapping, where=None)
    varies = AS_OF in mapping.inputs
    # What doesn't depend on the run is the same in every run.
    timeless = dated(kept, np.zeros(kept.num_rows, dtype=np.int64)) if varies else kept
    evaluated = session.evaluate(whole, timeless, pool)
    batch = evaluated.batch
    digests = contents.digests(batch)
    keys = contents.keys(batch.shape.name, batch.columns.column(LOCAL_ID))
    changes, since = _known(known).compare(keys, digests, microseconds(as_of))
    if varies:
        times = np.full(kept.num_rows, microseconds(as_of), dtype=np.int64)
        at = pc.index_in(batch.columns.column(ORDINAL), kept.column(ORDINAL))
        times[at.to_numpy()] = since
        evaluated = session.evaluate(whole, dated(kept, times), pool)
        assert evaluated.batch.rows == batch.rows
    return Compared(evaluated, digests, since, changes)


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
