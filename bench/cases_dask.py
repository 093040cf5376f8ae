"""The same job by the local executor and on a Dask cluster of this machine."""

from __future__ import annotations

import hashlib
import json
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

    ``ours`` is Dask, ``peer`` the local executor. Whole runs start and end a cluster each;
    the speed-up is that of reading and mapping alone, against one worker of the same kind.
    """
    source = buildings(setting.rows, setting.work)
    package = setting.work / "ours"
    digests: set[str] = set()
    alone = {"dask": 0.0, "local": 0.0}
    for workers in WORKERS:
        whole: dict[str, list[float]] = {"dask": [], "local": []}
        mapped: dict[str, list[float]] = {"dask": [], "local": []}
        for _ in range(setting.repeat):
            for engine, taken in whole.items():
                options = (f"engine={engine}", f"limits.workers={workers}")
                taken.append(_fresh(package, seconds, ours(source, package, FORM, *options)))
                mapped[engine].append(_mapping_seconds(package))
                digests.add(_digest(package))
        dask, local = (median(whole[engine]) for engine in ("dask", "local"))
        yield Result(
            case=f"dask-{workers}-workers",
            ours=round(dask, 2),
            peer=round(local, 2),
            peer_name=f"{workers} local processes",
            ratio=round(local / dask, 2),
            unit="s",
        )
        taken_by = {engine: median(times) for engine, times in mapped.items()}
        if workers == 1:
            alone = taken_by
            continue
        faster = {engine: alone[engine] / taken_by[engine] for engine in alone}
        yield Result(
            case=f"mapping-speed-up-{workers}-workers",
            ours=round(faster["dask"], 2),
            peer=round(faster["local"], 2),
            peer_name="of the local executor",
            ratio=round(faster["dask"] / faster["local"], 2),
            unit="times",
        )
    yield Result("dask-same-bytes", 1, len(digests), "different files", 1 / len(digests), "files")


def _mapping_seconds(package: Path) -> float:
    report = json.loads((package / "report.json").read_text(encoding="utf-8"))
    return float(report["timings"]["map"])


def _digest(package: Path) -> str:
    return hashlib.sha256(_output(package, FORM).read_bytes()).hexdigest()
