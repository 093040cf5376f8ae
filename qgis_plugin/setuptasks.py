"""The engine's set-up as tasks of QGIS: looking for Pythons, making and trying environments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qgis.core import QgsBlockingNetworkRequest, QgsTask
from qgis.PyQt.QtCore import QUrl, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkRequest

from .environment import Plan, SetUpCancelled, SetUpFailed, set_up, try_engine
from .interpreters import Interpreter, find_interpreters, probe
from .network import worker_settings
from .setuptexts import explain_failure
from .tasks import profile
from .texts import WHEELS, log_file, plugin_version, tr


class BackgroundTask(QgsTask):
    """A function in the background. One of the signals comes at the end, in the main thread."""

    succeeded = pyqtSignal(object)
    failed = pyqtSignal(str)
    cancelled = pyqtSignal()
    stepped = pyqtSignal(float, str)
    printed = pyqtSignal(str)

    def __init__(self, description: str, work: Callable[[BackgroundTask], object]) -> None:
        super().__init__(description, QgsTask.Flag.CanCancel)
        self._work = work
        self._answer: Any = None
        self._error = ""

    def run(self) -> bool:
        """In the task's thread."""
        try:
            self._answer = self._work(self)
        except SetUpCancelled:
            return False
        except SetUpFailed as error:
            self._error = explain_failure(error)
            return False
        except OSError as error:
            self._error = str(error)
            return False
        return True

    def finished(self, succeeded: bool) -> None:
        """In the main thread."""
        if succeeded:
            self.succeeded.emit(self._answer)
        elif self._error:
            self.failed.emit(self._error)
        else:
            self.cancelled.emit()

    def reached(self, share: float, step: str) -> None:
        """See :class:`commonplace_qgis.environment.Teller`."""
        self.setProgress(100 * share)
        self.stepped.emit(share, step)

    def line(self, text: str) -> None:
        """See :class:`commonplace_qgis.environment.Teller`."""
        self.printed.emit(text)

    def cancelled_now(self) -> bool:
        """Whether the user has cancelled."""
        return bool(self.isCanceled())


class _Teller:
    """The task as the set-up sees it."""

    def __init__(self, task: BackgroundTask) -> None:
        self.reached = task.reached
        self.line = task.line
        self.cancelled = task.cancelled_now


def search_task() -> BackgroundTask:
    """Looks for Pythons; answers with a list of :class:`Interpreter`."""
    return BackgroundTask(tr("Looking for Python"), lambda _task: find_interpreters())


def making_task(python: Interpreter | Path, wheels: Path | None) -> BackgroundTask:
    """Makes the environment in the profile folder; answers with the engine's version."""
    where = profile()
    settings = worker_settings(where)

    def work(task: BackgroundTask) -> object:
        interpreter = python if isinstance(python, Interpreter) else _probed(python)
        plan = Plan(
            profile=where,
            interpreter=interpreter,
            engine_wheel=engine_wheel(),
            version=plugin_version(),
            log=setup_log(where),
            wheels=wheels,
            settings=settings,
            fetch=_fetch,
        )
        return set_up(plan, _Teller(task))

    return BackgroundTask(tr("Setting up the Commonplace engine"), work)


def trying_task(python: Path) -> BackgroundTask:
    """Tries an existing environment; answers with the engine's version."""
    log = log_file(profile())
    return BackgroundTask(tr("Trying the engine"), lambda _task: try_engine(python, log))


def engine_wheel() -> Path:
    """The engine in the plugin's folder.

    Raises
    ------
    SetUpFailed
    """
    found = next(iter(sorted(WHEELS.glob("commonplace-*.whl"))), None)
    if found is None:
        raise SetUpFailed("unknown", str(WHEELS))
    return found


def setup_log(profile_folder: Path) -> Path:
    """Where what the programs print is kept."""
    return profile_folder / "commonplace" / "setup.log"


def _probed(path: Path) -> Interpreter:
    found = probe(path)
    if found is None or not found.fits:
        told = f"{path} ({found.text})" if found else str(path)
        raise SetUpFailed("python", told)
    return found


def _fetch(address: str) -> bytes:
    """What is at an address, by QGIS's own network settings; empty when it fails."""
    request = QgsBlockingNetworkRequest()
    outcome = request.get(QNetworkRequest(QUrl(address)))
    if outcome != QgsBlockingNetworkRequest.ErrorCode.NoError:
        return b""
    return bytes(request.reply().content())
