"""Run a job."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from commonplace.errors import CommonplaceError, MalformedAnswer
from commonplace.executor import Executor, Limits, LocalExecutor
from commonplace.job import Job
from commonplace.report import Observer, Report, Silent

if TYPE_CHECKING:
    from commonplace.http import Network

MAP_PART: Final = "commonplace.stages:map_part"


def run(
    job: Job,
    observer: Observer | None = None,
    *,
    resume: bool = False,
    network: Network | None = None,
) -> Report:
    """Run a job and write its package.

    Parameters
    ----------
    job
        See :func:`commonplace.jobreading.read_job`.
    observer
        Is told of progress and asked whether to cancel.
    resume
        Go on from what an interrupted run of the job had fetched from services and mapped.
    network
        Who is asked for credentials, and through which proxy services are reached; as the
        environment says by default.

    Returns
    -------
    Report
        Also in the package, as ``report.json`` and ``report.html``.

    Raises
    ------
    CommonplaceError
        Any of the tree in :mod:`commonplace.errors`. Nothing is left under the output's
        name then; what services answered is kept beside it for ``resume``.
    """
    watching = observer or Silent()
    if job.engine == "dask":
        job = _everywhere(job)
    with _executor(job, watching) as executor, _recorded(job, network, watching, resume=resume):
        # Imported now, while the workers, just started, import the same.
        from commonplace.conduct import conduct

        return conduct(job, executor, watching, resume=resume)


def _executor(job: Job, observer: Observer) -> Executor[Any, Any]:
    """What runs the parts."""
    limits = Limits(
        workers=job.limits.workers or os.cpu_count() or 1,
        seconds=job.limits.part_seconds,
        memory_mb=job.limits.part_memory_mb,
    )
    if job.engine == "local":
        return LocalExecutor(MAP_PART, limits, observer)
    from commonplace.clusters import DaskExecutor

    return DaskExecutor(MAP_PART, limits, observer, job.scheduler)


def _everywhere(job: Job) -> Job:
    """The job with paths that mean the same in whatever folder a worker is."""
    grids = job.crs.grids.absolute() if job.crs.grids else None
    return replace(
        job,
        output=replace(job.output, folder=job.output.folder.absolute()),
        crs=replace(job.crs, grids=grids),
    )


@contextmanager
def _recorded(
    job: Job, network: Network | None, observer: Observer, *, resume: bool
) -> Iterator[None]:
    """What services answer is on disk until the run is done, so that another can go on."""
    if all(one.url is None for one in job.sources.values()):
        yield  # nothing of the network is imported
        return
    from commonplace.http import Record, Traffic, current_network, using

    target = job.output.folder
    record = Record(target.parent / f".{target.name}.fetched", resumed=resume)
    traffic = Traffic(job.limits.connections, job.limits.requests_per_second)
    try:
        shared = replace(network or current_network(), record=record, traffic=traffic)
        with using(shared):
            yield
    except CommonplaceError as error:
        if isinstance(error, MalformedAnswer):
            record.doubt()
        if record.folder.exists():
            observer.message("what was fetched is kept: run again with --resume to go on from it")
        raise
    record.remove()
