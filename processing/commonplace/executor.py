"""Runs parts in processes that can be limited, timed and killed.

User expressions run in these processes, so the operating system's memory limit and a
deadline hold even where the library that evaluates them ignores its own.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Final, Generic, Protocol, Self, TypeVar

from pebble import ProcessExpired, ProcessPool

from commonplace.errors import Cancelled, LimitExceeded
from commonplace.report import Observer
from commonplace.startup import die_with_parent, start_lean

Task = TypeVar("Task")
Result = TypeVar("Result")
Given_contra = TypeVar("Given_contra", contravariant=True)
Got_co = TypeVar("Got_co", covariant=True)

ASK_EVERY: Final = 0.1
MEGABYTE: Final = 1024 * 1024
KEPT_BYTES: Final = 256 * MEGABYTE
LONGEST_JOIN: Final = 5.0
JOINS: Final = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """What one part may use; ``workers`` is the number of processes."""

    workers: int
    seconds: float
    memory_mb: int


class Executor(Protocol[Given_contra, Got_co]):
    """What runs parts, wherever: see :class:`LocalExecutor`."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *exc: object) -> None: ...

    def share(self, folder: Path) -> None:
        """Make sure that whoever runs parts sees a folder."""
        ...

    def submit(self, task: Given_contra) -> None: ...

    def results(self, *, block: bool) -> Iterator[Got_co]: ...

    def dismiss(self) -> None: ...

    def stop(self) -> None: ...


class LocalExecutor(Generic[Task, Result]):
    """A pool of worker processes on this machine. Use as a context manager.

    ``function`` is named (``package.module:function``), not given, so that the workers
    import it while the caller is still importing other things. Results come in the order
    of completion; callers put them back in part order. After an error, or when the
    observer cancels, every process is ended at once.
    """

    def __init__(self, function: str, limits: Limits, observer: Observer) -> None:
        self._function = function
        self._limits = limits
        self._observer = observer
        self._pool: ProcessPool | None = None
        self._up: Future[None] = Future()
        self._starter = threading.Thread(target=self._start, daemon=True)
        self._pending: dict[Future[Result], Task] = {}
        self._leaver: threading.Thread | None = None

    def __enter__(self) -> LocalExecutor[Task, Result]:
        self._pool = ProcessPool(
            max_workers=self._limits.workers,
            context=_context(self._function.partition(":")[0]),
            initializer=_prepare,
            initargs=(self._function, self._limits.memory_mb),
        )
        self._starter.start()
        return self

    def _start(self) -> None:
        """In a thread: workers begin with the first task, and whoever gives it waits for them."""
        assert self._pool is not None
        self._up = self._pool.schedule(_nothing)

    def _started(self) -> ProcessPool:
        assert self._pool is not None, "used outside its context"
        self._starter.join()
        return self._pool

    def __exit__(self, *exc: object) -> None:
        if self._pending:
            self.stop()
        elif self._pool is not None:
            self.dismiss()
            self._wait_for_leaving()

    def dismiss(self) -> None:
        """No part comes any more: let the processes end, and don't wait for it."""
        if self._leaver is None:
            pool = self._started()
            pool.close()  # type: ignore[no-untyped-call]
            self._leaver = threading.Thread(target=_join, args=(pool,), daemon=True)
            self._leaver.start()

    def _wait_for_leaving(self) -> None:
        if self._leaver is not None:
            self._leaver.join()

    def stop(self) -> None:
        """End every process, and wait until they are gone."""
        if self._leaver is not None:
            self._wait_for_leaving()
        elif self._pool is not None:
            self._pending.clear()
            pool = self._started()
            wait([self._up], timeout=LONGEST_JOIN)  # one that is only starting would complain
            pool.stop()  # type: ignore[no-untyped-call]
            _join(pool)

    def share(self, folder: Path) -> None:
        """Processes of this machine see what we see."""

    def submit(self, task: Task) -> None:
        """Queue a part."""
        future: Future[Any] = self._started().schedule(
            call, args=(self._function, task), timeout=self._limits.seconds
        )
        self._pending[future] = task

    def results(self, *, block: bool) -> Iterator[Result]:
        """Results that are there; with ``block``, until no part is left.

        Raises
        ------
        LimitExceeded
            A part ran out of time or memory.
        Cancelled
        """
        while self._pending:
            if self._observer.cancelled():
                raise Cancelled("cancelled")
            done, _ = wait(
                self._pending, timeout=ASK_EVERY if block else 0, return_when=FIRST_COMPLETED
            )
            for future in done:
                task = self._pending.pop(future)
                yield self._result(future, task)
            if not done and not block:
                return

    def _result(self, future: Future[Result], task: Task) -> Result:
        try:
            return future.result()
        except FutureTimeoutError as error:
            raise LimitExceeded(
                f"{task} took longer than {self._limits.seconds:g} s",
                hint="simplify the expressions of the mapping or raise limits.part_seconds",
            ) from error
        except (ProcessExpired, BrokenExecutor, MemoryError) as error:
            raise LimitExceeded(
                f"{task} ended: its process ran out of memory or was killed",
                hint=f"it may use {self._limits.memory_mb} MB (limits.part_memory_mb)",
            ) from error


def _join(pool: ProcessPool) -> None:
    """Wait until the pool's processes are gone.

    pebble ends them first and then waits for its threads; one of these may wait for ever
    when another took the word that ends it, until it is said again. (Joining in a second
    thread would say it, but both would close the same pipes.) They are daemons: nothing is
    lost without them.
    """
    joining = threading.Thread(target=pool.join, daemon=True)
    joining.start()
    for _ in range(JOINS):
        joining.join(LONGEST_JOIN / JOINS)
        if not joining.is_alive():
            return
        if not pool._context.alive:
            pool._context.task_queue.put(None)


def _context(module: str) -> BaseContext:
    """How workers start: as fresh processes, or as forks of one that has imported the module.

    Forks of a process that does nothing but import are safe, and ready in no time; the
    platforms that warn against any fork get fresh processes.
    """
    if sys.platform != "linux":
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["commonplace.lean", module])
    return context


def _nothing() -> None:
    return None


@functools.cache
def _named(function: str) -> Callable[[Any], Any]:
    module, _, name = function.partition(":")
    found: Callable[[Any], Any] = getattr(importlib.import_module(module), name)
    return found


def call(function: str, task: object) -> object:
    """Call a function by its name (``package.module:function``)."""
    return _named(function)(task)


def _prepare(function: str, memory_mb: int) -> None:
    """In the child: limits, an end when the parent ends, and what parts need.

    That is the function's module, and what its ``get_ready`` starts, if it has one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine(memory_mb)
    die_with_parent()
    caller = parent_process()
    if caller is not None and not caller.is_alive():
        os._exit(1)
    if sys.platform == "linux":
        _keep_freed_memory()
    start_lean()  # where the process is a fresh one
    module = importlib.import_module(function.partition(":")[0])
    if hasattr(module, "get_ready"):
        module.get_ready()


def confine(memory_mb: int) -> None:
    """A memory limit and no core files, for this process."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(ValueError):
        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * MEGABYTE, memory_mb * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _keep_freed_memory() -> None:
    """Have glibc keep what numpy frees: a part needs as much as the last one.

    Handing every large array back to the kernel costs a fifth of a part's time.
    """
    import ctypes

    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        trim_threshold, mmap_threshold = -1, -3
        for option in (trim_threshold, mmap_threshold):
            libc.mallopt(option, KEPT_BYTES)
