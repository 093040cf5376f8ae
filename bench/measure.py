"""Runs a command: its time, and in another run the memory of its process tree."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

EVERY: Final = 0.05
PSS: Final = re.compile(rb"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Memory:
    """Peaks in MB (PSS): of the tree's sum, of its largest process, and of the largest one
    that the command itself started (0 where it started none).
    """

    tree: float
    process: float
    worker: float = 0.0


def seconds(command: Sequence[str]) -> float:
    """Wall-clock time of a whole command, which must succeed."""
    start = time.perf_counter()
    _run(command)
    return time.perf_counter() - start


def reported_seconds(command: Sequence[str]) -> float:
    """The time that a command prints of its own work, as its last word."""
    return float(_run(command).split()[-1])


def memory(command: Sequence[str]) -> Memory:
    """Peak memory while a command runs, sampled twenty times a second."""
    tree = process = worker = 0.0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        while running.poll() is None:
            sizes = _sizes(running.pid)
            tree, process = max(tree, sum(sizes)), max(process, *sizes, 0.0)
            worker = max(worker, *sizes[1:], 0.0)
            time.sleep(EVERY)
    if running.returncode:
        raise subprocess.CalledProcessError(running.returncode, command)
    return Memory(round(tree, 1), round(process, 1), round(worker, 1))


def _run(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def _sizes(pid: int) -> list[float]:
    """PSS of a process and its descendants; smaps_rollup disturbs less than smaps."""
    try:
        root = psutil.Process(pid)
        pids = [pid, *(one.pid for one in root.children(recursive=True))]
    except psutil.NoSuchProcess:
        return []
    return [_pss(one) for one in pids]


def _pss(pid: int) -> float:
    try:
        found = PSS.search(Path(f"/proc/{pid}/smaps_rollup").read_bytes())
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
