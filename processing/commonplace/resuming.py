"""What a killed run left behind, so that another goes on from the last finished part.

The folder of a run holds its parts: the rows as they were spooled and, beside them, the
result once the part is mapped. A run that resumes takes over the folder of one that is dead.
It reads the sources again, and wherever a part's rows, its task, the documents, the versions
of the libraries and the package before are the same, takes the result that is there. So a
changed input is never mixed in: only its parts are mapped again.
"""

from __future__ import annotations

import os
import pickle
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final, TypeVar

import psutil

from commonplace.spool import RESULT, SPOOL

Task = TypeVar("Task")
Result = TypeVar("Result")

LONGEST_SWEEP: Final = 5.0
SWEEP_EVERY: Final = 0.1
_OWNER: Final = "owner"
_AS_OF: Final = "as_of"


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """Where a run works. ``taken_over`` says that a killed one did before."""

    path: Path
    taken_over: bool = False

    def as_of(self, now: str) -> str:
        """The time that the run is of: that of the run it goes on with, else now."""
        place = self.path / _AS_OF
        if self.taken_over and place.is_file():
            return place.read_text("utf-8")
        place.write_text(now, "utf-8")
        return now


@contextmanager
def work_folder(target: Path, *, resume: bool) -> Iterator[WorkFolder]:
    """A hidden sibling of the target, gone when the run ends, however it ends.

    What a killed run left behind is taken over, or swept, by the next run to the same target.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _put_back(target)
    taken: Path | None = None
    for stale in _left(target, "work"):
        if _is_owned(stale):
            continue
        if resume and taken is None and (stale / _OWNER).is_file():
            taken = stale
        else:
            shutil.rmtree(stale, ignore_errors=True)
    folder = taken or target.parent / f".{target.name}.{os.getpid()}.work"
    folder.mkdir(exist_ok=True)
    _own(folder)
    try:
        if taken:
            _keep_parts(folder)
        yield WorkFolder(folder, taken_over=taken is not None)
    finally:
        _sweep(folder)


def _left(target: Path, kind: str) -> list[Path]:
    """Folders beside the target that runs to it made, by the number of their process.

    Not those of a target called ``town.v2``, when this one is ``town``.
    """
    named = re.compile(rf"\.{re.escape(target.name)}\.\d+\.{kind}")
    return sorted(one for one in target.parent.iterdir() if named.fullmatch(one.name))


def _sweep(folder: Path) -> None:
    """Remove a folder into which a worker of a cluster may still write for a moment."""
    shutil.rmtree(folder, ignore_errors=True)
    give_up = time.monotonic() + LONGEST_SWEEP
    while folder.exists() and time.monotonic() < give_up:
        time.sleep(SWEEP_EVERY)
        shutil.rmtree(folder, ignore_errors=True)


def _own(folder: Path) -> None:
    process = psutil.Process()
    unfinished = folder / f"{_OWNER}.{process.pid}"
    unfinished.write_text(f"{process.pid} {process.create_time()}", "utf-8")
    unfinished.replace(folder / _OWNER)


def _is_owned(folder: Path) -> bool:
    """Whether the process that works there is alive."""
    try:
        number, _, begun = (folder / _OWNER).read_text("utf-8").partition(" ")
    except OSError:  # killed before it wrote that: the name says whose it is
        number, begun = folder.name.split(".")[-2], ""
    with suppress(psutil.Error, ValueError):
        alive = psutil.Process(int(number))
        return not begun or alive.create_time() == float(begun)
    return False


def _keep_parts(folder: Path) -> None:
    """Remove what isn't a part: half a package, sorted runs, files begun early."""
    for inside in [one for one in folder.iterdir() if one.name not in (_OWNER, _AS_OF)]:
        if not (inside / SPOOL).is_dir():
            _remove(inside)
            continue
        for one in inside.iterdir():  # folders of feature types begin with a capital
            if one.name != SPOOL and not (one.is_dir() and one.name[0].isupper()):
                _remove(one)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _put_back(target: Path) -> None:
    """Put back the package that a run was just replacing when it was killed."""
    for earlier in _left(target, "earlier"):
        if target.exists():
            shutil.rmtree(earlier, ignore_errors=True)
        else:
            earlier.replace(target)


def mark_of(run: str, task: object) -> str:
    """What the result of a task depends on, besides the rows: ``run`` stands for the plan."""
    return blake2b(f"{run}\n{task!r}".encode(), digest_size=16).hexdigest()


def keep_result(part: Path, mark: str, result: object) -> None:
    """Put a part's result beside its rows; it is there only when it is whole."""
    unfinished = part.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(pickle.dumps((mark, result)))
    unfinished.replace(part.with_suffix(RESULT))


def kept_result(part: Path, mark: str, files: Callable[[Result], Iterator[Path]]) -> Result | None:
    """The result that is beside a part's rows, if it is of the same task and all its files
    are there.
    """
    try:
        kept, result = pickle.loads(part.with_suffix(RESULT).read_bytes())  # noqa: S301
    except FileNotFoundError:
        return None
    if kept != mark or not all(one.is_file() for one in files(result)):
        return None
    found: Result = result
    return found
