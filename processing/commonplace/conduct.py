"""The course of a run: the only module that knows all the others.

plan (open, compile, choose CRS operations) → spool and map parts → exchange (linked
objects, ids, references) → finish (join pieces, manifest, report, rename).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from commonplace import package
from commonplace.ahead import Ahead
from commonplace.deriving import DerivedSource
from commonplace.errors import Cancelled, disk_errors
from commonplace.executor import Executor
from commonplace.finish import account_sources, finish_dataset, refuse_too_many
from commonplace.job import Job
from commonplace.joining import Matched, join_all
from commonplace.linking import make_linked, reject_repeated_ids
from commonplace.planning import LIBRARIES, Read, Work, plan_job
from commonplace.privacy import Gate
from commonplace.report import Finding, Observer, Report, Severity, timed
from commonplace.resuming import work_folder
from commonplace.spool import SPOOL, Part, write_parts
from commonplace.stages import PartResult, PartTask, finished

if TYPE_CHECKING:
    from commonplace.carrying import Comparison

Parts = Executor[PartTask, PartResult]


def conduct(job: Job, executor: Parts, observer: Observer, *, resume: bool = False) -> Report:
    """Run a job with an executor that is up already. See :func:`commonplace.pipeline.run`.

    Raises
    ------
    CommonplaceError
        As :func:`commonplace.pipeline.run`.
    """
    target = job.output.folder
    replaces = job.output.replace or job.since_last
    package.refuse_existing(target, replace=replaces)
    report = _new_report(job)
    with (
        disk_errors(target.name),
        work_folder(target, resume=resume) as place,
        _stopped_on_error(executor),
    ):
        folder = place.path
        executor.share(folder)
        if job.as_of is None:
            report.as_of = place.as_of(report.as_of)
        with timed(report, "plan"):
            works = plan_job(job, folder, report.as_of, observer)
        report.operations.extend(
            read.operation.report for work in works for read in work.reads if read.operation
        )
        staging = folder / "package"
        comparisons = _comparisons(works, job, observer)
        with ExitStack() as begun:
            ahead = [begun.enter_context(Ahead(work)) for work in works]
            gates = _gates(works, job)
            with timed(report, "map"):
                for work, files in zip(works, ahead, strict=True):
                    _map(work, files, gates, job, executor, observer)
            executor.dismiss()
            report.personal.extend(one for gate in gates.values() for one in gate.decided())
            refuse_too_many(job, works)
            for one in comparisons:
                one.end()
            account_sources(works, report)
            with timed(report, "write"), _imported_meanwhile("commonplace.documenting"):
                made = _finish_all(works, ahead, staging, report, observer)
                stated = _concluded(comparisons, staging, report)
        _tell_resumed(job, works, report)
        if observer.cancelled():
            raise Cancelled("cancelled")
        with ThreadPoolExecutor(max_workers=1) as sweeper:
            for work in works:
                sweeper.submit(shutil.rmtree, work.plan.work, ignore_errors=True)
            from commonplace.documenting import documents

            package.complete(staging, report)
            package.assemble(
                staging,
                target,
                report,
                documents(job, works, made, staging, report),
                files=stated,
                replace=replaces,
                zip=job.output.zip,
            )
    return report


def _comparisons(works: list[Work], job: Job, observer: Observer) -> list[Comparison]:
    """What compares the objects with those of the package before, where the job asks for it."""
    if not job.compares:
        return []
    from commonplace.carrying import Comparison
    from commonplace.earlier import earlier_package

    earlier = earlier_package(job)
    comparisons = [Comparison(work, earlier, observer) for work in works]
    for one in comparisons:
        one.begin()
    return comparisons


def _concluded(comparisons: list[Comparison], staging: Path, report: Report) -> list[str]:
    """The files of the package that say what the objects were, for the next comparison."""
    if not comparisons:
        return []
    from commonplace.carrying import conclude

    return conclude(comparisons, staging, report)


def _gates(works: list[Work], job: Job) -> dict[str, Gate]:
    """What each layer's rows pass before they are mapped; names of columns are judged now."""
    gates = {
        read.label: Gate(job.privacy, read.label, read.all_columns)
        for work in works
        for read in work.reads
    }
    for work in works:
        for derived in {id(one.source): one.source for one in work.reads}.values():
            if isinstance(derived, DerivedSource):
                gates |= derived.guard(job.privacy, work.plan.dataset.name)
    return gates


def _map(
    work: Work,
    ahead: Ahead,
    gates: Mapping[str, Gate],
    job: Job,
    executor: Parts,
    observer: Observer,
) -> None:
    """Spool and map the parts of a dataset, then those of its linked objects."""
    results: dict[tuple[str, int], PartResult] = {}

    def take(result: PartResult) -> None:
        results[result.task.stem, result.task.number] = result
        ahead.take(result)
        observer.progress("map", len(results), None)

    def submit(task: PartTask) -> None:
        done = finished(task, work.plan)
        if done is None:
            executor.submit(task)
        else:
            work.resumed += 1
            take(done)

    def collect(*, block: bool) -> None:
        for result in executor.results(block=block):
            take(result)

    for read in work.reads:
        done = 0
        for part in _spooled(work, read, gates[read.label], job):
            task = work.task(read, part)
            ahead.expect(task)
            submit(task)
            collect(block=False)
            done += part.rows
            observer.progress(f"read {read.label}", done, read.layer.count)
    collect(block=True)
    again = reject_repeated_ids(work, results, job.on_error)
    if again:
        ahead.discard()
    for task in again:
        submit(task)
    collect(block=True)
    work.results = [results[key] for key in sorted(results)]
    for tasks in make_linked(work, job.limits.part_rows):
        results.clear()
        for task in tasks:
            submit(task)
        collect(block=True)
        work.results.extend(results[key] for key in sorted(results))


def _spooled(work: Work, read: Read, gate: Gate, job: Job) -> Iterator[Part]:
    joins = [(one, Matched(read.label, one.join)) for one in read.joins]
    rows = read.source.batches(read.layer, read.query)
    yield from write_parts(
        gate.through(join_all(rows, joins, work.plan.work)),
        work.plan.work / SPOOL / read.stem,
        part_rows=job.limits.part_rows,
        first_ordinal=read.first_ordinal,
    )
    for _, matched in joins:
        work.findings.extend(matched.findings())


def _finish_all(
    works: list[Work], ahead: list[Ahead], staging: Path, report: Report, observer: Observer
) -> dict[str, slice]:
    """Write all data sets; which of the report's outputs are each one's."""
    made = {}
    for work, files in zip(works, ahead, strict=True):
        first = len(report.outputs)
        finish_dataset(work, files.begun, staging, report, observer)
        made[work.plan.dataset.name] = slice(first, len(report.outputs))
    return made


def _tell_resumed(job: Job, works: list[Work], report: Report) -> None:
    parts = sum(work.resumed for work in works)
    if parts:
        report.findings.add(
            Finding(
                "PARTS_RESUMED",
                Severity.INFO,
                "parts that an interrupted run had mapped were used again",
                count=parts,
            )
        )
    if all(one.url is None for one in job.sources.values()):
        return
    from commonplace.http import current_network

    record = current_network().record
    if record is not None and record.used:
        report.findings.add(
            Finding(
                "RESUMED",
                Severity.INFO,
                "answers that an interrupted run had fetched were used again",
                fix="run without --resume where the services' data may have changed",
                count=record.used,
            )
        )


def _new_report(job: Job) -> Report:
    as_of = job.as_of or datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Report(
        title=job.title,
        job=job.name,
        licence=job.licence,
        attribution=job.attribution,
        as_of=as_of if "T" in as_of else f"{as_of}T00:00:00Z",
        versions={name: version(name) for name in LIBRARIES},
    )


@contextmanager
def _imported_meanwhile(module: str) -> Iterator[None]:
    """Import what comes next while files are joined, which isn't done by Python.

    Not before: parts are mapped by all cores, and what metadata need takes long to import.
    """
    with ThreadPoolExecutor(max_workers=1) as importer:
        importing = importer.submit(import_module, module)
        yield
        importing.result()


@contextmanager
def _stopped_on_error(executor: Parts) -> Iterator[None]:
    """No part writes any more when the work folder is removed."""
    try:
        yield
    except BaseException:
        executor.stop()
        raise
