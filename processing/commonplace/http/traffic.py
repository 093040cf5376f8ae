"""What the clients of a run share towards a server: turns, a pace, and pauses it asks for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from commonplace.http.addresses import Origin

CONNECTIONS: Final = 4
_PATIENCE: Final = 0.2


@dataclass(slots=True)
class _Lane:
    """One server's state. ``free_at`` is when the next request may begin."""

    places: threading.BoundedSemaphore
    free_at: float = 0.0


@dataclass(slots=True, eq=False)
class Traffic:
    """Requests to one server: at most ``connections`` at a time, ``a_second`` in a second.

    Parameters
    ----------
    clock
        Seconds; for tests.
    """

    connections: int = CONNECTIONS
    a_second: float | None = None
    clock: Callable[[], float] = time.monotonic
    _lanes: dict[Origin, _Lane] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def turn(
        self, origin: Origin, wait: Callable[[float], None], ask: Callable[[], None]
    ) -> Iterator[None]:
        """The body runs when it is this request's turn.

        Parameters
        ----------
        wait
            Waits so many seconds; raises when cancelled.
        ask
            Raises when cancelled.
        """
        lane, pause = self._reserved(origin)
        if pause > 0:
            wait(pause)
        while not lane.places.acquire(timeout=_PATIENCE):
            ask()
        try:
            yield
        finally:
            lane.places.release()

    def hold(self, origin: Origin, seconds: float) -> None:
        """Let nobody ask a server for a while: it said so (429, ``Retry-After``)."""
        lane = self._lane(origin)
        with self._lock:
            lane.free_at = max(lane.free_at, self.clock() + seconds)

    def _reserved(self, origin: Origin) -> tuple[_Lane, float]:
        lane = self._lane(origin)
        with self._lock:
            now = self.clock()
            begins = max(now, lane.free_at)
            if self.a_second is not None:
                lane.free_at = begins + 1 / self.a_second
        return lane, begins - now

    def _lane(self, origin: Origin) -> _Lane:
        with self._lock:
            if origin not in self._lanes:
                self._lanes[origin] = _Lane(threading.BoundedSemaphore(self.connections))
            return self._lanes[origin]
