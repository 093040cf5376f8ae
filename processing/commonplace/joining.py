"""Columns of another layer, joined to rows before they are cut into parts.

By keys, DuckDB holds the other layer, bounded in memory and spilling; by place, an R-tree
does. Rows keep their order and number: a row without a match has nulls there, and a mapping
that wants it left out says so (``where: name.column IS NOT NULL``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace import crs
from commonplace.batch import BATCH_ROWS, GEOMETRY, Layer, Query, Source
from commonplace.geometry.reading import read_column
from commonplace.mapping.joins import Join
from commonplace.report import Finding, Severity
from commonplace.spilling import spilling_engine

Rows = npt.NDArray[np.int64]
Geometries = npt.NDArray[Any]

MEMORY: Final = "512MB"
_ROW: Final = "@row"


@dataclass(frozen=True, slots=True)
class Joined:
    """A join that a layer's rows need: the other layer, and the columns asked of it.

    ``source_name`` is the job's name of its source; ``operation`` takes the other layer's
    coordinates to the CRS of the rows.
    """

    join: Join
    source: Source
    layer: Layer
    columns: tuple[str, ...]
    source_name: str
    operation: crs.Operation | None = None


@dataclass(slots=True)
class Matched:
    """How many rows found what they were joined to."""

    label: str
    join: Join
    rows: int = 0
    none: int = 0
    several: int = 0

    def findings(self) -> Iterator[Finding]:
        """Rows without a match, and those with more than the one that was taken."""
        if self.none:
            yield self._finding(
                "JOIN_UNMATCHED", Severity.INFO, self.none, "rows have no match", None
            )
        if self.several and not self.join.many:
            yield self._finding(
                "JOIN_SEVERAL",
                Severity.WARNING,
                self.several,
                "rows have several matches, of which the first was taken",
                "join by more columns, or take all with many: true",
            )

    def _finding(
        self, code: str, severity: Severity, count: int, what: str, fix: str | None
    ) -> Finding:
        return Finding(
            code=code,
            severity=severity,
            message=f"{what} in {self.join.layer}",
            layer=self.label,
            attribute=self.join.name,
            fix=fix,
            count=count,
        )


def join_all(
    batches: Iterable[pa.RecordBatch], joins: Iterable[tuple[Joined, Matched]], work: Path
) -> Iterator[pa.RecordBatch]:
    """Rows with the columns of all joins, ``name.column``; counts are kept in ``Matched``."""
    joined = iter(batches)
    for one, matched in joins:
        by = _by_keys if one.join.on else _by_place
        joined = by(joined, one, matched, work / f"join-{one.join.name}")
    return joined


# -- by keys ---------------------------------------------------------------------------------


def _by_keys(
    batches: Iterator[pa.RecordBatch], joined: Joined, matched: Matched, work: Path
) -> Iterator[pa.RecordBatch]:
    join = joined.join
    others = tuple(dict.fromkeys((*(other for _, other in join.on), *joined.columns)))
    with spilling_engine(work, MEMORY) as engine:
        engine.register("other", _without_geometry(_rows(joined, others)))
        keys = ", ".join(f"{_text(other)} AS k{n}" for n, (_, other) in enumerate(join.on))
        names = [f"k{number}" for number in range(len(join.on))]
        take = "list({} ORDER BY n)" if join.many else "first({} ORDER BY n)"
        values = ", ".join(
            f"{take.format(_quoted(name))} AS v{number}"
            for number, name in enumerate(joined.columns)
        )
        engine.execute(
            f"CREATE TABLE found AS SELECT {', '.join(names)}, count(*) AS times"
            f"{', ' + values if values else ''} FROM ("
            f"SELECT *, {keys}, row_number() OVER () AS n FROM other) "
            f"WHERE {' AND '.join(f'{one} IS NOT NULL' for one in names)} "
            f"GROUP BY {', '.join(names)}"
        )
        wanted = ", ".join(["times", *(f"v{number}" for number in range(len(joined.columns)))])
        query = (
            f"SELECT {wanted} FROM mine LEFT JOIN found ON "
            + " AND ".join(f"{_text(f'm{n}')} = k{n}" for n in range(len(names)))
            + f' ORDER BY "{_ROW}"'
        )
        for batch in batches:
            mine = {f"m{n}": _key(batch, one) for n, (one, _) in enumerate(join.on)}
            mine[_ROW] = pa.array(np.arange(batch.num_rows))
            engine.register("mine", pa.table(mine))
            answer = engine.sql(query).to_arrow_table().combine_chunks()
            times = answer.column("times").fill_null(0).to_numpy()
            matched.rows += batch.num_rows
            matched.none += int((times == 0).sum())
            matched.several += int((times > 1).sum())
            found = [_whole(answer.column(f"v{n}")) for n in range(len(joined.columns))]
            yield _with_columns(batch, joined, found)


def _rows(joined: Joined, columns: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
    return iter(joined.source.batches(joined.layer, Query(columns=columns)))


def _without_geometry(batches: Iterator[pa.RecordBatch]) -> pa.RecordBatchReader:
    plain = (
        one.drop_columns([GEOMETRY]) if GEOMETRY in one.schema.names else one for one in batches
    )
    first = next(plain, None)
    if first is None:
        return pa.RecordBatchReader.from_batches(pa.schema([]), [])
    return pa.RecordBatchReader.from_batches(first.schema, _chained(first, plain))


def _chained(first: pa.RecordBatch, rest: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    yield first
    yield from rest


def _key(batch: pa.RecordBatch, name: str) -> Any:
    if name in batch.schema.names:
        return batch.column(name)
    return pa.nulls(batch.num_rows, pa.string())


def _text(column: str) -> str:
    """A key as text: 12, 12.0 and ' 12' are the same key."""
    return rf"regexp_replace(trim(CAST({_quoted(column)} AS VARCHAR)), '^(-?\d+)\.0$', '\1')"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _whole(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks()
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)


# -- by place --------------------------------------------------------------------------------

#: Predicates that are another one when they are asked the other way round.
_INVERSE: Final = {
    "within": "contains",
    "contains": "within",
    "covers": "covered_by",
    "covered_by": "covers",
}
_AT_A_TIME: Final = 16 * BATCH_ROWS

#: How far from a curve the line may be that is compared, in units of its CRS.
CURVES: Final = 0.01


def _by_place(
    batches: Iterator[pa.RecordBatch], joined: Joined, matched: Matched, work: Path
) -> Iterator[pa.RecordBatch]:
    join = joined.join
    rows = list(_rows(joined, joined.columns))
    table = pa.Table.from_batches(rows) if rows else None
    others = np.empty(0, dtype=object)
    if table is not None:
        others = read_column(table.column(GEOMETRY), CURVES).geometries
        if joined.operation is not None:
            others = shapely.transform(others, joined.operation.transform)
    closest = shapely.STRtree(others) if join.where == "nearest" else None
    for batch in _gathered(batches):
        mine = read_column(batch.column(GEOMETRY), CURVES).geometries
        if join.point:
            mine = shapely.point_on_surface(mine)
        if closest is not None:
            row, other = _nearest(closest, mine)
        else:
            row, other = _pairs(others, mine, join.where or "")
        counts = np.bincount(row, minlength=batch.num_rows)
        matched.rows += batch.num_rows
        matched.none += int((counts == 0).sum())
        matched.several += int((counts > 1).sum())
        found = [_taken(table, name, other, counts, join.many) for name in joined.columns]
        yield _with_columns(batch, joined, found)


def _gathered(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Batches put together: every tree of rows is asked by all of the other layer."""
    waiting: list[pa.RecordBatch] = []
    for batch in batches:
        waiting.append(batch)
        if sum(one.num_rows for one in waiting) >= _AT_A_TIME:
            yield _one(waiting)
            waiting = []
    if waiting:
        yield _one(waiting)


def _one(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return pa.Table.from_batches(batches).combine_chunks().to_batches()[0]


def _pairs(others: Geometries, mine: Geometries, where: str) -> tuple[Rows, Rows]:
    """Rows and what they match, rows ascending, the matches of one in the layer's order.

    The other layer asks a tree of the rows: its geometries, mostly the larger ones, are
    then prepared once. It asks in its order, so that sorting by rows alone keeps it.
    """
    other, row = shapely.STRtree(mine).query(others, predicate=_INVERSE.get(where, where))
    order = np.argsort(row, kind="stable")
    return row[order], other[order]


def _nearest(others: shapely.STRtree, mine: Geometries) -> tuple[Rows, Rows]:
    if not len(others):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    there = np.flatnonzero(~shapely.is_missing(mine) & ~shapely.is_empty(mine))
    found = others.query_nearest(mine[there], all_matches=False)
    return there[found[0]], found[1]


def _taken(table: pa.Table | None, name: str, other: Rows, counts: Rows, many: bool) -> pa.Array:
    if table is None:
        return pa.nulls(len(counts), pa.string())
    column = table.column(name)
    if many:
        offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        return pa.ListArray.from_arrays(
            pa.array(offsets), _whole(column.take(pa.array(other))), mask=pa.array(counts == 0)
        )
    starts = np.cumsum(counts) - counts
    first = np.zeros(len(counts), dtype=np.int64)
    first[counts > 0] = other[starts[counts > 0]]
    return _whole(column.take(pa.array(first, mask=counts == 0)))


def _with_columns(batch: pa.RecordBatch, joined: Joined, found: list[pa.Array]) -> pa.RecordBatch:
    for name, values in zip(joined.columns, found, strict=True):
        untyped = pa.types.is_null(values.type)
        column = pc.cast(values, pa.string()) if untyped else values
        batch = batch.append_column(f"{joined.join.name}.{name}", column)
    return batch


__all__ = ["Joined", "Matched", "join_all"]
