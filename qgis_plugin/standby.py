"""A worker that stays for the next request while a dialog is open."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

from .engine import Worker


class Standby:
    """Lends a worker to one request after the other, in any thread.

    A worker of its own costs a request a second or two, most of it imports. One that was asked
    something with ``ahead`` has a process ready for what comes next. Requests that come at the
    same time start workers of their own; the first that is done stays.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._closed = False

    @contextlib.contextmanager
    def lent(self, make: Callable[[], Worker]) -> Iterator[Worker]:
        """The worker that stayed, or a new one; it stays if all goes well."""
        worker = self._taken() or make().__enter__()
        try:
            yield worker
        except BaseException:
            worker.close()
            raise
        self._keep(worker)

    def close(self) -> None:
        """Keep none any more; for the main thread, which doesn't wait for a worker's end."""
        self._closed = True
        worker = self._taken()
        if worker is not None:
            threading.Thread(target=worker.close, daemon=True).start()

    def _taken(self) -> Worker | None:
        with self._lock:
            worker, self._worker = self._worker, None
        if worker is not None and not worker.runs():
            worker.close()
            return None
        return worker

    def _keep(self, worker: Worker) -> None:
        with self._lock:
            if self._worker is None and not self._closed:
                self._worker = worker
                return
        worker.close()
