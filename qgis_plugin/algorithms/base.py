"""What all algorithms share: the engine found, started, asked, watched and explained."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterFile,
)
from qgis.PyQt.QtGui import QIcon

from ..credentials import CredentialsDesk
from ..engine import EngineError, EngineMissing, Message, Worker, WorkerFailed, find_python
from ..guide import guide_url
from ..jobs import NoSuchLayer
from ..network import worker_settings
from ..session import LayerNotWritten
from ..tasks import profile, stated_python
from ..texts import explain, log_file, no_such_layer, not_written, plugin_version, tr

MOST_FINDINGS: Final = 20


class EngineAlgorithm(QgsProcessingAlgorithm):
    """An algorithm whose work the engine does, in a process of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._python = Path()
        self._settings: dict[str, str] = {}
        self._credentials: CredentialsDesk | None = None

    def createInstance(self) -> EngineAlgorithm:
        return type(self)()

    def icon(self) -> QIcon:
        return QIcon(self.svgIconPath())

    def helpUrl(self) -> str:
        return guide_url("qgis", self.name()).toString()

    def svgIconPath(self) -> str:
        return str(Path(__file__).parents[1] / "icon.svg")

    def prepareAlgorithm(
        self,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> bool:
        """In the main thread: find the engine, and QGIS's proxy and certificates."""
        where = profile()
        self._settings = worker_settings(where)
        self._credentials = CredentialsDesk()
        try:
            self._python = find_python(where, stated_python())
        except EngineMissing as error:
            raise QgsProcessingException(explain(error, where)) from error
        return True

    def ask(self, request: Message, feedback: QgsProcessingFeedback) -> Message:
        """One request to a worker of its own."""
        with self.engine(feedback) as ask:
            return ask(request)

    @contextlib.contextmanager
    def engine(self, feedback: QgsProcessingFeedback) -> Iterator[Callable[[Message], Message]]:
        """A worker that is asked one request after the other, and given credentials."""
        log = log_file(profile())
        worker = Worker(self._python, log, self._settings, feedback.isCanceled)
        watcher = FeedbackWatcher(feedback)
        desk = self._credentials
        assert desk is not None  # nosec B101

        def ask(request: Message) -> Message:
            return worker.request(
                request, watcher, answerer=lambda asked: desk.answer(asked, watcher.cancelled)
            )

        with explained(feedback), worker:
            tell_versions(worker.hello, feedback)
            yield ask


class FileAlgorithm(EngineAlgorithm):
    """An algorithm that takes a file, a folder or a package."""

    def input_parameter(self, text: str) -> QgsProcessingParameterFile:
        """The parameter. A folder can be typed or dropped; a package be chosen by its manifest."""
        return QgsProcessingParameterFile("INPUT", text, QgsProcessingParameterFile.Behavior.File)

    def checkParameterValues(
        self, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> tuple[bool, str]:
        """What is taken must be there."""
        right, text = super().checkParameterValues(parameters, context)
        path = self.parameterAsFile(parameters, "INPUT", context)
        if right and path and not Path(path).exists():
            return False, tr("There is no file {path}").format(path=path)
        return right, text

    def input_path(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """What was chosen."""
        return resolved(self.parameterAsFile(parameters, "INPUT", context))


def resolved(path: str) -> str:
    """A package's folder where its manifest was chosen, since file dialogs choose no folders."""
    there = Path(path)
    return str(there.parent) if there.name == "package.json" else path


class FeedbackWatcher:
    """Passes what the engine tells on to Processing's feedback."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self._step = ""

    def progress(self, step: str, done: int, total: int | None) -> None:
        if step != self._step:
            self._step = step
            self._feedback.setProgressText(step)
        if total:
            self._feedback.setProgress(100 * done / total)

    def message(self, text: str) -> None:
        self._feedback.pushInfo(text)

    def findings(self, counts: list[Message], kinds: int) -> None:
        say = {"error": self._feedback.reportError, "warning": self._feedback.pushWarning}
        for one in counts[:MOST_FINDINGS]:
            text = f"{one['count']} × {one['code']}: {one['message']}"
            say.get(one["severity"], self._feedback.pushInfo)(text)
        if kinds > MOST_FINDINGS:
            text = tr("{count} more kinds of findings are in the report.")
            self._feedback.pushInfo(text.format(count=kinds - MOST_FINDINGS))

    def cancelled(self) -> bool:
        return bool(self._feedback.isCanceled())


def tell_versions(hello: Message, feedback: QgsProcessingFeedback) -> None:
    """Say who works, and warn when plugin and engine are of different versions."""
    feedback.pushInfo(tr("Engine {engine}, Python {python}").format(**hello))
    if hello["engine"] != plugin_version():
        text = tr(
            "The engine is version {engine} and the plugin {plugin}. Install the engine from the "
            "wheel in the plugin's folder if something doesn't fit."
        )
        feedback.pushWarning(text.format(engine=hello["engine"], plugin=plugin_version()))


@contextlib.contextmanager
def explained(feedback: QgsProcessingFeedback) -> Iterator[None]:
    """Turns what can go wrong into Processing's exception, worded for people."""
    try:
        yield
    except NoSuchLayer as error:
        raise QgsProcessingException(no_such_layer(error)) from error
    except LayerNotWritten as error:
        raise QgsProcessingException(not_written(error)) from error
    except (OSError, UnicodeDecodeError) as error:
        raise QgsProcessingException(str(error)) from error
    except (EngineError, WorkerFailed) as error:
        if feedback.isCanceled():
            raise QgsProcessingException(tr("Cancelled. Nothing was written.")) from error
        raise QgsProcessingException(explain(error, profile())) from error
