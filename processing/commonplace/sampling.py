"""A few rows of a job, mapped: what a preview and an explanation show.

The rows go the way all rows go, expressions in a process that can be ended; only nothing
is written.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY
from commonplace.executor import Limits, LocalExecutor
from commonplace.job import Job
from commonplace.joining import Matched, join_all
from commonplace.model.types import Kind
from commonplace.planning import Read, Work, plan_job
from commonplace.report import Finding, Observer, Silent
from commonplace.spool import SPOOL, read_batch, write_parts
from commonplace.stages import PartTask, plan_at, prepared_rows, session_of
from commonplace.target import LOCAL_ID, ORDINAL, Geometries, Node, Shape, TargetBatch

SAMPLE: Final = "commonplace.sampling:sample_part"
SECONDS: Final = 60.0
_ROW: Final = re.compile(r"\brow (\d+)\b")
_NO_ROW: Final = -1
_NEVER: Final = "1970-01-01T00:00:00Z"

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Made:
    """One object that was made of a row, its properties nested as the model says.

    ``section`` is the mapping's, mostly called as the feature type.
    Geometries are WKT, values with a unit ``12.5 m``, voids ``{"void": reason}``.
    """

    section: str
    feature_type: str
    local_id: str
    properties: Row


@dataclass(frozen=True, slots=True)
class SampledRow:
    """A source row and what became of it."""

    source: Row
    made: tuple[Made, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """The rows of one layer of one dataset. ``findings`` are those of no single row."""

    dataset: str
    layer: str
    rows: tuple[SampledRow, ...]
    findings: tuple[Finding, ...] = ()


def sample(job: Job, rows: int, observer: Observer | None = None) -> list[Sample]:
    """Map the first rows of each layer that a job reads.

    Parameters
    ----------
    rows
        How many of each layer.

    Raises
    ------
    DocumentError, SourceError, CrsError
        What keeps the job from being run.
    LimitExceeded
        An expression that takes too long or too much memory.
    """
    watching = observer or Silent()
    limits = Limits(workers=1, seconds=SECONDS, memory_mb=job.limits.part_memory_mb)
    executor: LocalExecutor[PartTask, Sample] = LocalExecutor(SAMPLE, limits, watching)
    with tempfile.TemporaryDirectory() as name, executor:
        works = plan_job(job, Path(name), job.as_of or _NEVER, watching)
        for work in works:
            for read in work.reads:
                for task in _first_part(work, read, rows):
                    executor.submit(task)
        found = list(executor.results(block=True))
    return _in_order(found, works)


def sample_here(job: Job, rows: int, observer: Observer) -> list[Sample]:
    """The same in this process, which whoever asks has confined and is able to end.

    Raises
    ------
    DocumentError, SourceError, CrsError
    """
    with tempfile.TemporaryDirectory() as name:
        works = plan_job(job, Path(name), job.as_of or _NEVER, observer)
        tasks = [
            task for work in works for read in work.reads for task in _first_part(work, read, rows)
        ]
        return _in_order([sample_part(task) for task in tasks], works)


def _in_order(found: Sequence[Sample], works: Sequence[Work]) -> list[Sample]:
    order = [read.label for work in works for read in work.reads]
    return sorted(found, key=lambda one: order.index(f"{one.dataset}:{one.layer}"))


def _first_part(work: Work, read: Read, rows: int) -> Iterator[PartTask]:
    stated = read.query.limit
    query = replace(read.query, limit=rows if stated is None else min(rows, stated))
    joins = [(one, Matched(read.label, one.join)) for one in read.joins]
    parts = write_parts(
        join_all(read.source.batches(read.layer, query), joins, work.plan.work),
        work.plan.work / SPOOL / read.stem,
        part_rows=rows,
        first_ordinal=0,
    )
    for part in parts:
        yield work.task(read, part)
        return


def sample_part(task: PartTask) -> Sample:
    """Map one part in memory; for a worker process."""
    plan = plan_at(task.plan)
    source = read_batch(task.part)
    found: list[Finding] = []
    rows, pool, _ = prepared_rows(task, plan, source, found)
    session = session_of(plan)
    made: dict[int, list[Made]] = {}
    for mapping in _made_of(plan.compiled.types, task.types):
        evaluated = session.evaluate(mapping, rows, pool)
        found += evaluated.findings
        for ordinal, one in _objects(mapping.name, evaluated.batch):
            made.setdefault(ordinal, []).append(one)
    told: dict[int, list[Finding]] = {}
    for finding in found:
        row = _ROW.search(f"{finding.feature} {finding.message}")
        told.setdefault(int(row[1]) if row else _NO_ROW, []).append(finding)
    dataset, _, layer = task.layer.partition(":")
    return Sample(
        dataset=dataset,
        layer=layer,
        rows=tuple(
            SampledRow(row, tuple(made.get(number, ())), tuple(told.get(number, ())))
            for number, row in enumerate(_source_rows(source))
        ),
        findings=tuple(told.get(_NO_ROW, ())),
    )


def _made_of(types: Sequence[Any], names: Sequence[str]) -> list[Any]:
    """The types made of a layer's rows, and those that these link to."""
    by_name = {one.name: one for one in types}
    wanted = list(names)
    for name in wanted:
        wanted += [one for one in by_name[name].links if one not in wanted]
    return [by_name[name] for name in wanted]


def _source_rows(source: pa.RecordBatch) -> Iterator[Row]:
    names = [name for name in source.schema.names if name != ORDINAL]
    for row in source.select(names).to_pylist():
        if row.get(GEOMETRY) is not None:
            row[GEOMETRY] = _wkt(shapely.from_wkb(row[GEOMETRY]))
        yield {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in row.items()
        }


def _wkt(geometry: object) -> str:
    text: str = shapely.to_wkt(geometry, rounding_precision=7)
    return text


def _objects(section: str, batch: TargetBatch) -> Iterator[tuple[int, Made]]:
    for row in batch.columns.to_pylist():
        yield (
            int(row[ORDINAL]),
            Made(
                section,
                batch.shape.name,
                str(row[LOCAL_ID]),
                _properties(batch.shape, row, batch.geometries),
            ),
        )


def _properties(shape: Shape, row: Row, pool: Geometries) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for node in shape.nodes:
        value = {"void": node.nil} if node.void else _value(node, row.get(node.name), row, pool)
        if value is None:
            reason = row.get(f"{node.name}@nil") or node.nil
            value = {"void": reason} if isinstance(reason, str) else None
        if value is not None:
            found[node.name] = value
    return found


def _value(node: Node, value: Any, row: Row, pool: Geometries) -> Any:
    if isinstance(value, list):
        return [_single(node, one, row, pool) for one in value]
    return _single(node, value, row, pool)


def _single(node: Node, value: Any, row: Row, pool: Geometries) -> Any:
    if node.constant is not None:
        value = node.constant
    if node.kind is Kind.OBJECT:
        return _object(node, value, pool)
    if value is None:
        return None
    if isinstance(value, date):
        value = value.isoformat()
    if node.kind is Kind.GEOMETRY:
        return _wkt(np.asarray(pool, dtype=object)[value])
    unit = row.get(f"{node.name}@uom") or dict(node.attributes).get("uom")
    return f"{value} {unit}" if isinstance(unit, str) else value


def _object(node: Node, value: Any, pool: Geometries) -> Any:
    if value is None and not node.is_constant:
        return None
    if len(node.objects) == 1:
        return _properties(node.objects[0], value or {}, pool)
    kind = (value or {}).get("@type")
    shape = next((one for one in node.objects if one.name == kind), None)
    return {kind: _properties(shape, value[kind] or {}, pool)} if shape else None


__all__ = ["Made", "Sample", "SampledRow", "sample", "sample_here"]
