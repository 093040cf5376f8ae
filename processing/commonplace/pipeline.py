"""Run a job."""

from __future__ import annotations

import os
from typing import Any, Final

from commonplace.executor import Limits, LocalExecutor
from commonplace.job import Job
from commonplace.report import Observer, Report, Silent

MAP_PART: Final = "commonplace.stages:map_part"


def run(job: Job, observer: Observer | None = None) -> Report:
    """Run a job and write its package.

    Parameters
    ----------
    job
        See :func:`commonplace.job.read_job`.
    observer
        Is told of progress and asked whether to cancel.

    Returns
    -------
    Report
        Also in the package, as ``report.json`` and ``report.html``.

    Raises
    ------
    CommonplaceError
        Any of the tree in :mod:`commonplace.errors`. Nothing is left under the output's
        name then.
    """
    watching = observer or Silent()
    limits = Limits(
        workers=job.limits.workers or os.cpu_count() or 1,
        seconds=job.limits.part_seconds,
        memory_mb=job.limits.part_memory_mb,
    )
    executor: LocalExecutor[Any, Any] = LocalExecutor(MAP_PART, limits, watching)
    with executor:
        # Imported now, while the workers, just started, import the same.
        from commonplace.conduct import conduct

        return conduct(job, executor, watching)
