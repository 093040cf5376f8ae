"""A request to the engine as a task of QGIS: in the background, with progress and cancel."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from qgis.core import QgsApplication, QgsSettings, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from .credentials import CredentialsDesk
from .engine import (
    EngineError,
    EngineMissing,
    Message,
    Worker,
    WorkerFailed,
    find_python,
)
from .network import worker_settings
from .standby import Standby
from .texts import explain, log_file, tr

PYTHON_SETTING: Final = "commonplace/python"
WATCHED: Final = ("progress", "message", "findings")


class EngineTask(QgsTask):
    """One request to a worker of its own, or to the one that stands by.

    ``request`` is called in the task's thread and returns the message; what it needs of the
    project must have been taken in the main thread. One of the signals comes at the end, in
    the main thread: ``succeeded`` with the result, ``failed`` with a text for people,
    ``cancelled``. Before it, ``heard`` passes on the messages that only some requests have
    (``part``, ``changed``). A request that says ``asks`` gets its credentials from QGIS's
    auth manager.
    """

    succeeded = pyqtSignal(dict)
    failed = pyqtSignal(str)
    cancelled = pyqtSignal()
    stepped = pyqtSignal(str, int, int)
    told = pyqtSignal(str)
    found = pyqtSignal(list, int)
    heard = pyqtSignal(dict)

    def __init__(
        self,
        description: str,
        request: Message | Callable[[], Message],
        flags: Any = QgsTask.Flag.CanCancel,
        *,
        standby: Standby | None = None,
    ) -> None:
        super().__init__(description, flags)
        self._standby = standby
        self._request = request
        self._profile = profile()
        self._settings = worker_settings(self._profile)
        self._result: Message | None = None
        self._error = ""
        self._credentials = CredentialsDesk()

    def run(self) -> bool:
        """In the task's thread."""
        try:
            python = find_python(self._profile, stated_python())
            worker_of = functools.partial(
                Worker, python, log_file(self._profile), self._settings, self.isCanceled
            )
            with self._standby.lent(worker_of) if self._standby else worker_of() as worker:
                watcher = _TaskWatcher(self)
                self._result = self.work(
                    lambda message: worker.request(
                        message, watcher, answerer=self._ask, heard=self._hear
                    )
                )
        except (EngineError, EngineMissing, WorkerFailed) as error:
            self._error = explain(error, self._profile)
        except (OSError, UnicodeDecodeError) as error:
            self._error = str(error)
        return self._result is not None

    def work(self, ask: Callable[[Message], Message]) -> Message:
        """In the task's thread: what is asked of the engine; the last answer."""
        return ask(self._request if isinstance(self._request, dict) else self._request())

    def _hear(self, message: Message) -> None:
        if message["type"] not in WATCHED:
            self.heard.emit(message)

    def _ask(self, question: Message) -> Message:
        """In the task's thread: have the main thread answer, and wait for it."""
        return self._credentials.answer(question, self.isCanceled)

    def finished(self, _succeeded: bool) -> None:
        """In the main thread."""
        if self._result is not None:
            self.succeeded.emit(self._result)
        elif self.isCanceled():
            self.cancelled.emit()
        else:
            self.failed.emit(self._error or tr("The engine gave no answer."))


class _TaskWatcher:
    """Passes what the engine tells on to the task's signals."""

    def __init__(self, task: EngineTask) -> None:
        self._task = task

    def progress(self, step: str, done: int, total: int | None) -> None:
        self._task.stepped.emit(step, done, total or 0)
        if total:
            self._task.setProgress(100 * done / total)

    def message(self, text: str) -> None:
        self._task.told.emit(text)

    def findings(self, counts: list[Message], kinds: int) -> None:
        self._task.found.emit(counts, kinds)

    def cancelled(self) -> bool:
        return bool(self._task.isCanceled())


def start(task: QgsTask) -> None:
    """Give the task to QGIS's task manager, and keep it until that is done with it.

    The manager keeps what is C++ of it: a task that no one else holds in Python would never
    run, and one that is let go while it runs would not tell its end.
    """
    task.statusChanged.connect(lambda _status: task)
    QgsApplication.taskManager().addTask(task)


def profile() -> Path:
    """QGIS's folder for this user."""
    return Path(QgsApplication.qgisSettingsDirPath())


def stated_python() -> str:
    """The engine's interpreter that the user chose in the settings, or nothing."""
    value: Any = QgsSettings().value(PYTHON_SETTING, "")
    return str(value or "")
