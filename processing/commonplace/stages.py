"""What happens to one part: prepare its geometries, map it, encode it.

:func:`map_part` is pure over files: it reads one spooled part and writes pieces, ids,
references and keys of linked objects. It runs in a worker process and knows nothing of
its neighbours, so the number of parts and workers changes no byte of the output.
"""

from __future__ import annotations

import functools
import pickle
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace import geometry
from commonplace.batch import GEOMETRY
from commonplace.comparing import Compared, compare, dated, ids_of, of_ordinals
from commonplace.crs import Operation
from commonplace.formats import FORMATS
from commonplace.formats.base import Piece
from commonplace.job import GeometrySpec, OnError
from commonplace.mapping.compile import Compiled, TypeMapping
from commonplace.mapping.engine import Engine
from commonplace.mapping.evaluate import Session
from commonplace.mapping.expressions import AS_OF
from commonplace.profiling import profile
from commonplace.report import Finding, Findings, LayerLedger, TypeFacts
from commonplace.resuming import keep_result, kept_result, mark_of
from commonplace.spool import ORDINALS_A_LAYER, read_batch, write_table
from commonplace.target import (
    LOCAL_ID,
    ORDINAL,
    SECTION,
    Dataset,
    Geometries,
    TargetBatch,
    references,
    used_geometries,
)
from commonplace.versions import write_lost

#: The stem of tasks whose objects come from the package before.
CARRIED: Final = "carried"
#: Geometries that are kept for pictures of a layer's first part.
SAMPLE: Final = 1_500
_ROW: Final = re.compile(r"\brow (\d+)\b")

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Plan:
    """What all parts of a dataset share. Pickled once to disk, read once a process.

    ``known`` are the objects of the package before, where there is a comparison with it;
    ``run`` tells runs apart whose parts have different results.
    """

    dataset: Dataset
    compiled: Compiled
    geometry: GeometrySpec
    formats: tuple[str, ...]
    on_error: OnError
    work: Path
    known: Path | None = None
    run: str = ""


@dataclass(frozen=True, slots=True)
class PartTask:
    """One part to map. ``types`` are the sections of the mapping made from its rows.

    ``linked`` says that the rows are distinct keys of linked objects, whose geometries
    are in the target CRS already. ``stem`` names the part's files. ``exclude`` are
    ordinals to reject, by section (their ids were seen before).
    """

    plan: Path
    part: Path
    number: int
    layer: str
    stem: str
    types: tuple[str, ...]
    operation: Operation | None = None
    linked: bool = False
    exclude: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"part {self.number} of {self.layer}"


@dataclass(frozen=True, slots=True)
class TypeResult:
    """What a part made of one section of the mapping.

    ``ids`` is an IPC file of (section number, ordinal, id); ``found`` what became of the
    objects since the package before, by feature type (see :mod:`commonplace.versions`).
    """

    section: str
    feature_type: str
    pieces: Mapping[str, Piece]
    count: int
    ids: Path
    references: Path
    facts: TypeFacts = field(default_factory=TypeFacts)
    found: Mapping[str, Path] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PartResult:
    """A part's sidecar: counts, findings, and where its pieces lie.

    ``keys`` are IPC files with the rows of linked objects, by feature type; ``created``
    how many rows named one. ``before`` and ``after`` are samples for drawing (WKB).
    """

    task: PartTask
    ledger: LayerLedger
    types: tuple[TypeResult, ...]
    keys: Mapping[str, Path]
    created: Mapping[str, int]
    findings: Findings
    first_ordinal: int = 0
    before: tuple[bytes, ...] = ()
    after: tuple[bytes, ...] = ()

    def holds(self, ordinal: int) -> bool:
        """Whether a source row is of this part."""
        return self.first_ordinal <= ordinal < self.first_ordinal + self.ledger.read


def map_part(task: PartTask) -> PartResult:
    """Map and encode one part; the result is also kept beside its rows."""
    plan = plan_at(task.plan)
    result = _mapped(task, plan)
    keep_result(task.part, mark_of(plan.run, task), result)
    return result


def finished(task: PartTask, plan: Plan) -> PartResult | None:
    """The result of a task that a killed run finished."""
    return kept_result(task.part, mark_of(plan.run, task), _files)


def _files(result: PartResult) -> Iterator[Path]:
    for one in result.types:
        yield from (piece.path for piece in one.pieces.values())
        yield from (one.ids, one.references, *one.found.values())
    yield from result.keys.values()


def _mapped(task: PartTask, plan: Plan) -> PartResult:
    read = read_batch(task.part)
    found: list[Finding] = []
    ordinals = read.column(ORDINAL).to_numpy()
    before = _sample(read, _sample_size(task))
    rows, pool, lost = prepared_rows(task, plan, read, found)
    mapped = np.zeros(len(ordinals), dtype=bool)
    rejected = np.isin(ordinals, lost)
    results: list[TypeResult] = []
    batches: list[TargetBatch] = []
    links = _Links(task, plan, pool)
    session = session_of(plan)
    for name in task.types:
        type_mapping = plan.compiled.type(name)
        if type_mapping.key and not task.linked:
            links.add(session, type_mapping, rows, found)
            mapped |= np.isin(ordinals, rows.column(ORDINAL).to_numpy())
            continue
        excluded = np.array(task.exclude.get(name, ()), dtype=np.int64)
        offered = _rows_where(rows, ~np.isin(rows.column(ORDINAL).to_numpy(), excluded))
        compared = None
        if plan.known is None:
            evaluated = session.evaluate(type_mapping, offered, pool)
        else:
            as_of = plan.dataset.as_of
            compared = compare(session, type_mapping, offered, pool, plan.known, as_of)
            evaluated = compared.evaluated
        found.extend(evaluated.findings)
        done = evaluated.batch.columns.column(ORDINAL).to_numpy()
        mapped |= np.isin(ordinals, done)
        rejected |= np.isin(ordinals, evaluated.rejected) | np.isin(ordinals, excluded)
        made = encode(task, plan, type_mapping, evaluated.batch)
        if compared is not None:
            unused = of_ordinals(rows, evaluated.rejected), of_ordinals(read, lost)
            made = replace(made, found=_found(session, plan, made, compared, unused))
        results.append(made)
        batches.append(evaluated.batch)
        made_of = _rows_where(rows, np.isin(rows.column(ORDINAL).to_numpy(), done))
        for linked in map(plan.compiled.type, type_mapping.links):
            if not linked.own_layers:
                links.add(session, linked, made_of, found)
    findings = Findings()
    findings.extend(_told(found, task, batches))
    rejected &= ~mapped
    return PartResult(
        task=task,
        ledger=_ledger(mapped, rejected),
        types=tuple(results),
        keys=links.write(),
        created=links.created,
        findings=findings,
        first_ordinal=int(ordinals[0]) if len(ordinals) else 0,
        before=before,
        after=() if task.linked else tuple(shapely.to_wkb(_spread(pool, _sample_size(task)))),
    )


def _ledger(mapped: Mask, rejected: Mask) -> LayerLedger:
    read, done, lost = len(mapped), int(mapped.sum()), int(rejected.sum())
    return LayerLedger(read=read, filtered=read - done - lost, rejected=lost, mapped=done)


def session_of(plan: Plan) -> Session:
    """What evaluates the expressions of a plan."""
    crs = plan.dataset.crs
    return _session(plan.on_error, crs.decimals, crs.geographic)


@functools.lru_cache(maxsize=2)
def _session(on_error: OnError, decimals: int, geographic: bool) -> Session:
    return Session(on_error, decimals, geographic=geographic, engine=_engine())


@functools.lru_cache(maxsize=1)
def _engine() -> Engine:
    """One a process: it takes as long to start as mapping a thousand rows."""
    return Engine()


def get_ready() -> None:
    """Start what every part needs, while the process waits for its first."""
    _engine()


@functools.lru_cache(maxsize=4)
def plan_at(path: Path) -> Plan:
    """The plan that was pickled at a path; kept, since all parts of a process share it."""
    plan = pickle.loads(path.read_bytes())  # noqa: S301 - our own file in our own folder
    assert isinstance(plan, Plan)
    return plan


def prepared_rows(
    task: PartTask, plan: Plan, rows: pa.RecordBatch, found: list[Finding]
) -> tuple[pa.RecordBatch, Geometries, npt.NDArray[np.int64]]:
    """Replace WKB by handles into a pool of prepared geometries.

    Returns the rows that have a usable (or no) geometry, the pool, and the ordinals lost.
    """
    none_lost = np.empty(0, dtype=np.int64)
    if any(AS_OF in one.inputs for one in plan.compiled.types):
        rows = dated(rows, plan.dataset.as_of)
    if GEOMETRY not in rows.schema.names:
        return rows, np.empty(0, dtype=object), none_lost
    ordinals = rows.column(ORDINAL).to_numpy()
    wkb = rows.column(GEOMETRY)
    if task.linked:
        pool: Geometries = shapely.from_wkb(wkb.to_numpy(zero_copy_only=False))
        bad = np.zeros(len(pool), dtype=bool)
    else:
        crs, spec = plan.dataset.crs, plan.geometry
        if all(plan.compiled.type(name).rises for name in task.types):  # heights may be missing
            crs, spec = replace(crs, dimension=2), replace(spec, keep_z=True)
        prepared = geometry.prepare(
            wkb,
            task.operation,
            crs,
            spec,
            layer=task.layer,
            ordinals=ordinals,
        )
        found.extend(prepared.findings)
        pool, bad = prepared.geometries, prepared.rejected
    index = np.arange(len(pool), dtype=np.int32)
    handles = pa.array(index, mask=shapely.is_missing(pool))
    position = rows.schema.get_field_index(GEOMETRY)
    rows = rows.set_column(position, pa.field(GEOMETRY, pa.int32()), handles)
    return _rows_where(rows, ~bad), pool, ordinals[bad]


def _rows_where(rows: pa.RecordBatch, keep: Mask) -> pa.RecordBatch:
    return rows if keep.all() else rows.filter(pa.array(keep))


def _told(found: list[Finding], task: PartTask, batches: list[TargetBatch]) -> Iterator[Finding]:
    """Findings as a person names things: features by their id, rows from the layer's first."""
    ids = _ids_of(
        {int(one) for finding in found for one in _ROW.findall(finding.feature or "")}, batches
    )
    for finding in found:
        feature = finding.feature
        if feature is not None and (row := _ROW.fullmatch(feature)):
            feature = ids.get(int(row[1]), _row_of_layer(row))
        yield replace(
            finding,
            layer=finding.layer or task.layer,
            feature=feature,
            message=_ROW.sub(_row_of_layer, finding.message),
        )


def _row_of_layer(row: re.Match[str]) -> str:
    return f"row {int(row[1]) % ORDINALS_A_LAYER}"


def _ids_of(ordinals: set[int], batches: list[TargetBatch]) -> dict[int, str]:
    """The local ids of the rows named, where they were mapped."""
    wanted = pa.array(sorted(ordinals), pa.int64())
    ids: dict[int, str] = {}
    for batch in batches:
        named = batch.columns.select([ORDINAL, LOCAL_ID])
        named = named.filter(pc.is_in(named.column(ORDINAL), wanted))
        ids.update(zip(*(column.to_pylist() for column in named.columns), strict=True))
    return ids


def encode(task: PartTask, plan: Plan, section: TypeMapping, batch: TargetBatch) -> TypeResult:
    """Encode a batch in every format of the plan; write its ids and references."""
    feature_type = batch.shape.name
    folder = plan.work / feature_type
    folder.mkdir(parents=True, exist_ok=True)
    number = plan.compiled.types.index(section)
    stem = f"{task.stem}-{task.number:06d}-{number:03d}"
    bounds = geometry.bounds(used_geometries(batch))
    pieces: dict[str, Piece] = {}
    for name in plan.formats:
        path = folder / f"{stem}.{name}"
        encoder = FORMATS[name].encoder(plan.dataset, batch.shape, path)
        encoder.write(batch)
        pieces[name] = Piece(path, feature_type, batch.rows, bounds, encoder.close())
    ids = folder / f"{stem}.ids"
    known = batch.columns.select([ORDINAL, LOCAL_ID])
    write_table(known.append_column(SECTION, pa.repeat(pa.scalar(number), batch.rows)), ids)
    named = folder / f"{stem}.references"
    write_table(pa.RecordBatch.from_arrays([references(batch)], ["reference"]), named)
    facts = profile(batch, bounds)
    return TypeResult(section.name, feature_type, pieces, batch.rows, ids, named, facts)


def _found(
    session: Session,
    plan: Plan,
    made: TypeResult,
    compared: Compared,
    rejected: tuple[pa.RecordBatch, ...],
) -> dict[str, Path]:
    """Write what became of a section's objects, and whose rows were rejected.

    By feature type, since a rejected row may have made linked objects before.
    """
    section = plan.compiled.type(made.section)
    path = made.ids.with_suffix(".found")
    compared.write(path, ids_of(session, section, *rejected))
    files = {made.feature_type: path}
    if any(one.num_rows for one in rejected):
        for linked in map(plan.compiled.type, section.links):
            files[linked.shape.name] = made.ids.with_suffix(f".{linked.shape.name}.found")
            write_lost(files[linked.shape.name], ids_of(session, linked, *rejected))
    return files


class _Links:
    """Collects the rows from which linked objects are made."""

    def __init__(self, task: PartTask, plan: Plan, pool: Geometries) -> None:
        self._task = task
        self._plan = plan
        self._pool = pool
        self._batches: dict[str, list[pa.RecordBatch]] = {}
        self.created: dict[str, int] = {}

    def add(
        self,
        session: Session,
        linked: TypeMapping,
        rows: pa.RecordBatch,
        found: list[Finding],
    ) -> None:
        keyed = session.keys(linked, rows, self._pool)
        found.extend(keyed.findings)
        self.created[linked.name] = self.created.get(linked.name, 0) + keyed.named
        self._batches.setdefault(linked.name, []).append(self._with_wkb(keyed.rows))

    def write(self) -> dict[str, Path]:
        paths: dict[str, Path] = {}
        for name, batches in self._batches.items():
            folder = self._plan.work / name
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{self._task.stem}-{self._task.number:06d}.keys"
            write_table(pa.Table.from_batches(batches), path)
            paths[name] = path
        return paths

    def _with_wkb(self, rows: pa.RecordBatch) -> pa.RecordBatch:
        """Handles mean nothing in another part: geometries cross as WKB."""
        if GEOMETRY not in rows.schema.names:
            return rows
        handles = rows.column(GEOMETRY)
        wkb = pa.array(shapely.to_wkb(self._pool), pa.binary()).take(handles)
        position = rows.schema.get_field_index(GEOMETRY)
        return rows.set_column(position, pa.field(GEOMETRY, pa.binary()), wkb)


def _sample_size(task: PartTask) -> int:
    """Fewer of later parts: the more parts there are, the fewer of each a picture needs."""
    return -(-SAMPLE // (task.number + 1))


def _sample(rows: pa.RecordBatch, most: int) -> tuple[bytes, ...]:
    if GEOMETRY not in rows.schema.names:
        return ()
    wkb = pc.drop_null(rows.column(GEOMETRY))
    step = max(1, -(-len(wkb) // most))
    return tuple(wkb.take(pa.array(np.arange(0, len(wkb), step))).to_pylist())


def _spread(pool: Geometries, most: int) -> Geometries:
    present: Geometries = pool[~shapely.is_missing(pool)]
    return present[:: max(1, -(-len(present) // most))]
