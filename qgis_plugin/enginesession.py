"""A conversation with the engine: one worker for as long as a dialog is open."""

from __future__ import annotations

import contextlib
import itertools
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from qgis.PyQt.QtCore import QObject, pyqtSignal

from .engine import EngineError, EngineMissing, Message, Worker, WorkerFailed, find_python
from .network import worker_settings
from .tasks import profile, stated_python
from .texts import explain, log_file

CANCELLED: Final = "CANCELLED"
PATIENCE: Final = 2.0

Done = Callable[[Message], object]
Failed = Callable[[str], object]


class EngineSession(QObject):
    """Asks one question after the other in a thread; answers come in the main thread.

    A dialog asks many small things, a preview after each edit among them. A task of QGIS for
    each would flicker in its task manager and start a worker each time, so this has a thread
    and a worker of its own. The worker is started with the first question, and anew when it
    has failed. Use from the main thread only; :meth:`close` it.
    """

    _answered = pyqtSignal(int, dict)
    _failed = pyqtSignal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profile = profile()
        self._settings = worker_settings(self._profile)
        self._stated = stated_python()
        self._numbers = itertools.count(1)
        self._waiting: dict[int, tuple[Done, Failed | None]] = {}
        self._of_kind: dict[str, int] = {}
        self._questions: queue.Queue[tuple[int, Message] | None] = queue.Queue()
        self._dropped: set[int] = set()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None
        self._answered.connect(self._give)
        self._failed.connect(self._refuse)

    def ask(
        self, message: Message, done: Done, failed: Failed | None = None, kind: str = ""
    ) -> None:
        """Ask; one of ``done`` and ``failed`` is called with the answer, or neither.

        Parameters
        ----------
        kind
            An earlier question of the same kind is dropped: its answer is out of date.
        """
        number = next(self._numbers)
        if kind:
            self._drop(self._of_kind.get(kind))
            self._of_kind[kind] = number
        self._waiting[number] = done, failed
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()
        self._questions.put((number, {**message, "stays": True}))

    def forget(self, kind: str) -> None:
        """Nobody waits for the answer to a question of this kind any more."""
        self._drop(self._of_kind.pop(kind, None))

    def close(self) -> None:
        """Ask nothing more; the worker ends, which nobody waits for."""
        for number in list(self._waiting):
            self._drop(number)
        self._closing.set()
        self._questions.put(None)

    def _drop(self, number: int | None) -> None:
        if number is not None and self._waiting.pop(number, None) is not None:
            self._dropped.add(number)

    # -- in the main thread ------------------------------------------------------------------

    def _give(self, number: int, answer: Message) -> None:
        done, _ = self._waiting.pop(number, (None, None))
        if done is not None:
            done(answer)

    def _refuse(self, number: int, text: str) -> None:
        _, failed = self._waiting.pop(number, (None, None))
        if failed is not None:
            failed(text)

    # -- in the thread -----------------------------------------------------------------------

    def _work(self) -> None:
        worker: Worker | None = None
        try:
            while (question := self._questions.get()) is not None:
                number, message = question
                if number in self._dropped:
                    continue
                try:
                    worker = worker or self._started()
                    answer = worker.request(message, _Watcher(number, self._dropped, self._closing))
                    self._tell(number, answer)
                except EngineError as error:
                    if error.code != CANCELLED:
                        self._tell(number, explain(error, self._profile))
                except (EngineMissing, WorkerFailed) as error:
                    self._tell(number, explain(error, self._profile))
                    if worker is not None:
                        worker.close()
                    worker = None
        finally:
            if worker is not None:
                worker.close()

    def _tell(self, number: int, told: Message | str) -> None:
        """An answer, or a text that says why there is none."""
        if not self._closing.is_set():
            with contextlib.suppress(RuntimeError):  # the dialog has gone, and this object with it
                (self._failed if isinstance(told, str) else self._answered).emit(number, told)

    def _started(self) -> Worker:
        python = find_python(self._profile, self._stated)
        log = log_file(self._profile)
        return Worker(python, log, self._settings, self._closing.is_set).__enter__()


class _Watcher:
    """Cancels a question that was dropped and takes long: most are answered before a child
    could be ended and another made. Progress of such small things isn't shown.
    """

    def __init__(self, number: int, dropped: set[int], closing: threading.Event) -> None:
        self._number = number
        self._dropped = dropped
        self._closing = closing
        self._patience = time.monotonic() + PATIENCE

    def progress(self, step: str, done: int, total: int | None) -> None:
        """Nobody waits long enough."""

    def message(self, text: str) -> None:
        """Nothing of an editor's is told beside its answer."""

    def findings(self, counts: list[Any], kinds: int) -> None:
        """They come with the answer."""

    def cancelled(self) -> bool:
        late = time.monotonic() > self._patience
        return self._closing.is_set() or (late and self._number in self._dropped)
