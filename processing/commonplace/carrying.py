"""A run compared with the package before: what is known of it, and what is carried on.

Objects that are no longer in the sources end (``endLifespanVersion``) and stay in the
package, as do those whose rows were rejected this time, which don't end. Both are read back
from the package before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.earlier import Earlier, batches_of, read_back, stated_by_data
from commonplace.planning import Work
from commonplace.report import (
    LISTED_CHANGES,
    Finding,
    Findings,
    LayerLedger,
    Observer,
    Report,
    Severity,
    Since,
    TypeChanges,
)
from commonplace.spool import read_table, write_table
from commonplace.stages import CARRIED, PartResult, PartTask, TypeResult, encode
from commonplace.target import LOCAL_ID, ORDINAL, TargetBatch
from commonplace.versions import (
    ENDS,
    FOLDER,
    STATED,
    Change,
    gone,
    keep_known,
    microseconds,
    read_stated,
    stated_of,
    write_stated,
)

SHARE_THAT_ENDS: Final = 0.5
_CHANGES: Final = {"same": Change.SAME, "changed": Change.CHANGED, "new": Change.NEW}


@dataclass(slots=True)
class Comparison:
    """A dataset's run against the package before. ``carried`` are the objects taken over."""

    work: Work
    earlier: Earlier | None
    observer: Observer
    ended: pa.Table = field(default_factory=STATED.empty_table)
    carried: list[pa.RecordBatch] = field(default_factory=list)

    @property
    def _stated(self) -> Path:
        return self.work.plan.work / "earlier.arrow"

    @property
    def _folder(self) -> Path:
        return self.work.plan.work / "earlier"

    def begin(self) -> None:
        """Put down what the package before has, for the parts to look up."""
        assert self.work.plan.known is not None
        keep_known(self._earlier_objects(), self.work.plan.known, self.work.plan.work)

    def _earlier_objects(self) -> Iterator[pa.RecordBatch]:
        if self.earlier is None:
            return
        name = self.work.plan.dataset.name
        stated = read_stated(self.earlier.folder, name)
        if stated is not None:
            yield from stated
            return
        if not self._stated.exists():
            self._state_by_data(self.earlier)
        yield from read_table(self._stated).to_batches()

    def _state_by_data(self, earlier: Earlier) -> None:
        batches: list[pa.RecordBatch] = []
        with read_back(earlier, self.work, self._folder, self.observer) as reading:
            if reading is not None:
                batches += stated_by_data(reading, self.work, earlier.manifest.as_of)
            elif earlier.has(self.work.plan.dataset.name):
                self.work.findings.add(_unreadable(self.work, "all objects count as new"))
        write_table(pa.Table.from_batches(batches, schema=STATED), self._stated)

    def end(self) -> None:
        """Find what is gone, and carry it on: the results of the work get one more."""
        found: dict[str, list[Path]] = {}
        for result in self.work.results:
            for one in result.types:
                for feature_type, path in one.found.items():
                    found.setdefault(feature_type, []).append(path)
        self.ended = gone(self._earlier_objects(), found, self.work.plan.work)
        if self.earlier is None or not self.ended.num_rows:
            return
        self._warn_of_many()
        with read_back(self.earlier, self.work, self._folder, self.observer) as reading:
            if reading is None:
                self.work.findings.add(_unreadable(self.work, "ended objects are not in this one"))
                return
            types: list[TypeResult] = []
            for feature_type in self.work.plan.compiled.shapes():
                mine = self.ended.filter(pc.equal(self.ended.column("feature_type"), feature_type))
                if mine.num_rows:
                    batches = batches_of(reading, self.work, feature_type)
                    types += self._carried(feature_type, mine, batches)
        if types:
            self.work.results.append(_result(self.work, types))

    def _carried(
        self, feature_type: str, ended: pa.Table, batches: Iterator[TargetBatch]
    ) -> Iterator[TypeResult]:
        sections = [one for one in self.work.plan.compiled.types if one.shape.name == feature_type]
        ids = ended.column("id").combine_chunks()
        for number, batch in enumerate(batches):
            at = pc.index_in(batch.columns.column(LOCAL_ID), ids)
            there = pc.is_valid(at)
            states = ended.take(at.drop_null()).combine_chunks().to_batches()
            if not states:
                continue
            kept = TargetBatch(batch.shape, batch.columns.filter(there), batch.geometries)
            made, state = self._ended(kept, states[0])
            if made.rows:
                self.carried.append(state)
                task = _task(self.work, number)
                yield encode(task, self.work.plan, sections[-1], made)

    def _ended(
        self, batch: TargetBatch, state: pa.RecordBatch
    ) -> tuple[TargetBatch, pa.RecordBatch]:
        """Objects with the end of their lifespan; without those that the type has no end for."""
        now = pa.scalar(microseconds(self.work.plan.dataset.as_of), pa.int64())
        until = pc.fill_null(state.column("until"), now.cast(STATED.field("until").type))
        until = pc.if_else(state.column("kept"), state.column("until"), until)
        columns, schema = list(batch.columns.columns), batch.columns.schema
        names = [one for one in schema.names if one.lower() == ENDS]
        stays = pc.is_null(until)
        for name in names:
            at = schema.get_field_index(name)
            columns[at] = until.cast(schema.field(name).type)
            stays = pa.array(np.ones(batch.rows, dtype=bool))
        ordinals = np.arange(batch.rows, dtype=np.int64)
        columns[schema.get_field_index(ORDINAL)] = pa.array(ordinals)
        rows = pa.RecordBatch.from_arrays(columns, schema.names).filter(stays)
        stated = state.set_column(state.schema.get_field_index("until"), "until", until)
        stated = stated.select(STATED.names).filter(stays).cast(STATED)
        return TargetBatch(batch.shape, rows, batch.geometries), stated

    def _warn_of_many(self) -> None:
        label = self.work.plan.dataset.name
        for feature_type, changes in self.changes().items():
            before = changes.same + changes.changed + changes.ended + changes.rejected
            if changes.ended > before * SHARE_THAT_ENDS:
                self.work.findings.add(
                    Finding(
                        "MANY_ENDED",
                        Severity.WARNING,
                        f"{changes.ended} of {before} objects of {feature_type} are gone since "
                        "the package before",
                        layer=label,
                        fix="look whether the source is whole",
                        count=changes.ended,
                    )
                )

    def changes(self) -> dict[str, TypeChanges]:
        """What became of the objects, by feature type."""
        made = [one for result in self.work.results for one in result.types if one.found]
        before = self.ended.column("feature_type").unique().to_pylist()
        return {
            name: _changes(
                [one.found[name] for one in made if one.feature_type == name],
                self.ended.filter(pc.equal(self.ended.column("feature_type"), name)),
                listed=0 if self.earlier is None else LISTED_CHANGES,
            )
            for name in dict.fromkeys([*self.work.plan.compiled.shapes(), *before])
        }

    def write(self, path: Path) -> None:
        """State the objects of this package, for the run after."""
        write_stated(path, self._all_stated())

    def _all_stated(self) -> Iterator[pa.RecordBatch]:
        for result in self.work.results:
            for one in result.types:
                if one.found:
                    yield from stated_of(one.feature_type, one.found[one.feature_type])
        yield from self.carried


def _changes(found: list[Path], ended: pa.Table, *, listed: int) -> TypeChanges:
    """Counts, and the ids of the first ``listed`` of each kind."""
    counts = dict.fromkeys(_CHANGES, 0)
    named: dict[str, list[str]] = {"new": [], "changed": [], "ended": []}
    for path in found:
        table = read_table(path)
        for name, change in _CHANGES.items():
            ids = table.filter(pc.equal(table.column("change"), int(change))).column("id")
            counts[name] += len(ids)
            if name in named:
                named[name] += ids.slice(0, listed - len(named[name])).to_pylist()
    if not ended.num_rows:
        return TypeChanges(**counts, listed=named)
    before = pc.is_valid(ended.column("until"))
    rejected = pc.and_(ended.column("kept"), pc.invert(before))
    now = ended.filter(pc.invert(pc.or_(before, rejected))).column("id")
    named["ended"] = now.slice(0, listed).to_pylist()
    return TypeChanges(
        **counts,
        ended=len(now),
        ended_before=pc.sum(before).as_py(),
        rejected=pc.sum(rejected).as_py(),
        listed=named,
    )


def _task(work: Work, number: int) -> PartTask:
    name = f"{work.plan.dataset.name}:{CARRIED}"
    return PartTask(work.plan_path, work.plan.work, number, name, CARRIED, (), linked=True)


def _result(work: Work, types: list[TypeResult]) -> PartResult:
    return PartResult(_task(work, 0), LayerLedger(), tuple(types), {}, {}, Findings())


def _unreadable(work: Work, what: str) -> Finding:
    return Finding(
        "PREVIOUS_NOT_READ",
        Severity.WARNING,
        f"the package before has {work.plan.dataset.name} in no encoding (of the same CRS) that "
        f"is read here: {what}",
        layer=work.plan.dataset.name,
        fix="have output.formats hold gml or gpkg",
    )


def conclude(comparisons: Sequence[Comparison], staging: Path, report: Report) -> list[str]:
    """Tell what changed, and write it into the package: the names of the files."""
    if not comparisons:
        return []
    earlier = comparisons[0].earlier
    report.since = Since(
        as_of=earlier.manifest.as_of if earlier else None,
        types={
            f"{one.work.plan.dataset.name}:{name}": changes
            for one in comparisons
            for name, changes in one.changes().items()
        },
    )
    written = []
    for one in comparisons:
        name = f"{FOLDER}/{one.work.plan.dataset.name}.parquet"
        one.write(staging / name)
        written.append(name)
    return written
