"""The same job by the local executor and on a Dask cluster of this machine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

from buildings import buildings
from cases_job import _fresh, _output, ours
from measure import seconds
from results import Result, Setting

FORM: Final = "gml"
WORKERS: Final = (1, 2, 4)


def cases(setting: Setting) -> Iterator[Result]:
    """Dask with 1, 2 and 4 workers against as many local processes, in turn.

    ``ours`` is Dask, ``peer`` the local executor; a cluster is started and ended in each run.
    """
    source = buildings(setting.rows, setting.work)
    package = setting.work / "ours"
    digests: set[str] = set()
    one_worker = {"dask": 0.0, "local": 0.0}
    for workers in WORKERS:
        times: dict[str, list[float]] = {"dask": [], "local": []}
        for _ in range(setting.repeat):
            for engine, taken in times.items():
                options = (f"engine={engine}", f"limits.workers={workers}")
                taken.append(_fresh(package, seconds, ours(source, package, FORM, *options)))
                digests.add(_digest(package))
        found = {engine: median(taken) for engine, taken in times.items()}
        if workers == 1:
            one_worker = found
        yield Result(
            case=f"dask-{workers}-workers",
            ours=round(found["dask"], 2),
            peer=round(found["local"], 2),
            peer_name=f"{workers} local processes",
            ratio=round(found["local"] / found["dask"], 2),
            unit="s",
        )
        if workers > 1:
            yield Result(
                case=f"speed-up-{workers}-workers",
                ours=round(one_worker["dask"] / found["dask"], 2),
                peer=round(one_worker["local"] / found["local"], 2),
                peer_name="of the local executor",
                ratio=round(one_worker["dask"] / found["dask"], 2),
                unit="times",
            )
    yield Result("dask-same-bytes", 1, len(digests), "different files", 1 / len(digests), "files")


def _digest(package: Path) -> str:
    return hashlib.sha256(_output(package, FORM).read_bytes()).hexdigest()
