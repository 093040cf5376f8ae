"""Runs parts on a Dask distributed cluster: the same parts, and so the same bytes.

The cluster is one that runs already (``scheduler``), or one that is started on this machine
for the time of a run. Rows, pieces and results are files in the run's folder beside the
package, which every worker must see under the same path. Dask repeats the parts of a worker
that dies.
"""

from __future__ import annotations

import functools
import importlib.metadata
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from commonplace.errors import Cancelled, ClusterError, LimitExceeded
from commonplace.executor import ASK_EVERY, Limits, call, confine
from commonplace.report import Observer
from commonplace.startup import start_lean

if TYPE_CHECKING:
    from distributed import Client, Future

Task = TypeVar("Task")
Result = TypeVar("Result")

CONNECT_SECONDS: Final = 10.0
LONGEST_REST: Final = 5.0
#: How many workers may die of a part before it is to blame.
DEATHS: Final = 2
_SAME: Final = ("commonplace", "pyarrow", "shapely", "pyproj", "duckdb", "numpy")


class DaskExecutor(Generic[Task, Result]):
    """As :class:`~commonplace.executor.LocalExecutor`, on a cluster.

    ``limits.memory_mb`` holds for workers that are started here; those of a running cluster
    have limits of their own. A run ends when no part is done for ``limits.seconds``.
    """

    def __init__(
        self, function: str, limits: Limits, observer: Observer, scheduler: str | None = None
    ) -> None:
        self._function = function
        self._limits = limits
        self._observer = observer
        self._scheduler = scheduler
        self._open = ExitStack()
        self._client: Client | None = None
        self._pending: dict[Future[Any], Task] = {}
        self._came = threading.Event()
        self._last_done = time.monotonic()

    def __enter__(self) -> DaskExecutor[Task, Result]:
        distributed = _library()
        with ExitStack() as opening:
            try:
                cluster = self._scheduler or opening.enter_context(_own(distributed, self._limits))
                client = distributed.Client(
                    cluster, timeout=CONNECT_SECONDS, set_as_default=False, name="commonplace"
                )
            except (OSError, ValueError, RuntimeError, TimeoutError) as error:
                where = self._scheduler or "this machine"
                raise ClusterError(
                    f"no Dask cluster answers at {where}: {error}",
                    hint="start one (dask scheduler; dask worker), or leave scheduler out",
                ) from error
            self._client = opening.enter_context(client)
            if self._scheduler is None:
                client.run(_prepare, self._function, self._limits.memory_mb)
            self._open = opening.pop_all()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()
        self._open.close()

    @property
    def client(self) -> Client:
        """The connection to the cluster."""
        assert self._client is not None, "used outside its context"
        return self._client

    def share(self, folder: Path) -> None:
        """Make sure that all workers see a folder, and have the libraries that we have.

        Raises
        ------
        ClusterError
        """
        told = self.client.run(_look, str(folder))
        if not told:
            raise ClusterError("the Dask cluster has no workers", hint="start some: dask worker")
        ours = _versions()
        for worker, (seen, versions) in told.items():
            if not seen:
                raise ClusterError(
                    f"the worker {worker} doesn't see {folder}",
                    hint="put output.folder where all workers find it under the same path",
                )
            for name, version in ours.items():
                if versions[name] != version:
                    raise ClusterError(
                        f"the worker {worker} has {name} {versions[name]}, here is {version}",
                        hint="install the same versions: other ones may give other bytes",
                    )

    def submit(self, task: Task) -> None:
        """Queue a part."""
        if not self._pending:
            self._last_done = time.monotonic()
        future = self.client.submit(perform, self._function, task, pure=False)
        future.add_done_callback(lambda _: self._came.set())  # type: ignore[no-untyped-call]
        self._pending[future] = task

    def results(self, *, block: bool) -> Iterator[Result]:
        """Results that are there; with ``block``, until no part is left.

        Raises
        ------
        LimitExceeded
            A part ran out of time, or the workers that had it died.
        Cancelled
        """
        while self._pending:
            if self._observer.cancelled():
                raise Cancelled("cancelled")
            self._came.clear()
            done = [one for one in self._pending if one.done()]  # type: ignore[no-untyped-call]
            for future in done:
                task = self._pending.pop(future)
                yield self._result(future, task)
                self._last_done = time.monotonic()
            if not done and not block:
                return
            if not done:
                self._refuse_to_wait_for_ever()
                self._came.wait(ASK_EVERY)

    def _refuse_to_wait_for_ever(self) -> None:
        if time.monotonic() - self._last_done > self._limits.seconds:
            raise LimitExceeded(
                f"no part was done for {self._limits.seconds:g} s; {len(self._pending)} are left",
                hint="look at the cluster, simplify the mapping or raise limits.part_seconds",
            )

    def _result(self, future: Future[Any], task: Task) -> Result:
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        try:
            result: Result = future.result()
        except (KilledWorker, MemoryError) as error:
            raise LimitExceeded(
                f"{task} ended: the workers that had it ran out of memory or were killed",
                hint=f"workers started here may use {self._limits.memory_mb} MB "
                "(limits.part_memory_mb)",
            ) from error
        except (FutureCancelledError, OSError) as error:
            raise ClusterError(
                f"{task} was lost: {error}", hint="the cluster went away; go on with --resume"
            ) from error
        return result

    def dismiss(self) -> None:
        """No part comes any more."""

    def stop(self) -> None:
        """Have the cluster forget all parts that are not done, and end those under way."""
        if self._client is not None and self._pending:
            futures, self._pending = list(self._pending), {}
            with suppress(OSError, TimeoutError):
                self._client.cancel(futures, force=True)  # type: ignore[no-untyped-call]
                # A part that a worker has begun goes on, and writes into the run's folder.
                self._client.run(_rest, on_error="ignore")


def perform(function: str, task: object) -> object:
    """Do one part, in a worker. One at a time: a process has one engine for expressions."""
    with _turn():
        return call(function, task)


def _rest() -> None:
    """In a worker: wait a while for the part under way."""
    turn = _turn()
    if turn.acquire(timeout=LONGEST_REST):
        turn.release()


@functools.cache
def _turn() -> threading.Lock:
    return threading.Lock()


def _library() -> Any:
    """Dask distributed, which is not installed with the engine.

    Raises
    ------
    ClusterError
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise ClusterError(
            "Dask is not installed", hint="pip install 'commonplace[dask]', or engine: local"
        ) from error
    dask.config.set({"distributed.scheduler.allowed-failures": DEATHS})
    return distributed


def _own(distributed: Any, limits: Limits) -> Any:
    """A cluster on this machine, for the time of a run."""
    return distributed.LocalCluster(
        n_workers=limits.workers,
        threads_per_worker=1,
        processes=True,
        memory_limit=0,  # the system's limit is set in the workers
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        silence_logs="ERROR",
    )


def _prepare(function: str, memory_mb: int) -> None:
    """In a worker that was started for this run."""
    with suppress(ValueError):  # no signals but in a main thread
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine(memory_mb)
    start_lean()


def _look(folder: str) -> tuple[bool, dict[str, str]]:
    """In a worker: whether it sees a folder, and which libraries it has."""
    return Path(folder).is_dir(), _versions()


def _versions(names: Sequence[str] = _SAME) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = "not installed"
    return found
