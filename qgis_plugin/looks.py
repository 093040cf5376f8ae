"""What saved connections hold, as far as they have been looked at."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .addresses import refusal
from .connections import Connection, Wanted, inspect_request
from .engine import Message
from .tasks import EngineTask, start
from .texts import tr


class Looks(QObject):
    """Looks at connections in tasks, once each; ``changed`` gives a connection's name."""

    changed = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._connections: dict[str, Connection] = {}
        self._tasks: dict[str, EngineTask] = {}
        self._found: dict[str, Message] = {}
        self._errors: dict[str, str] = {}

    def keep(self, connections: Iterable[Connection]) -> None:
        """The connections there are now; of others, and of those that changed, all is forgotten."""
        now = {one.name: one for one in connections}
        gone = [name for name, one in self._connections.items() if now.get(name) != one]
        self._connections = now
        for name in gone:
            self._drop(name)
            if name in now:
                self.changed.emit(name)

    def told(self, name: str) -> bool:
        """Whether a connection has been asked."""
        return name in self._tasks or name in self._found or name in self._errors

    def looking(self, name: str) -> bool:
        """Whether it has not answered yet."""
        return name in self._tasks

    def error(self, name: str) -> str:
        """Why it holds nothing."""
        return self._errors.get(name, "")

    def layers(self, name: str) -> list[tuple[Wanted, str, str]]:
        """Its layers, each with title and type of geometry."""
        found = self._found.get(name)
        one = self._connections.get(name)
        if found is None or one is None:
            return []
        return [
            (
                Wanted(one.address, told["name"], found["kind"], one.authcfg),
                told["title"] or told["name"],
                told["geometry_type"] or "",
            )
            for told in found["layers"]
        ]

    def look(self, name: str, *, anew: bool = False) -> None:
        """Ask a connection what it holds, unless it was asked before."""
        one = self._connections.get(name)
        if one is None or (self.told(name) and not anew):
            return
        self._drop(name)
        refused = refusal(one.address)
        if refused:
            self._errors[name] = refused
            self.changed.emit(name)
            return
        description = tr("Look at {source}").format(source=one.address)
        task = EngineTask(description, inspect_request(one.address, one.authcfg))
        task.succeeded.connect(lambda found: self._answered(name, task, found, ""))
        task.failed.connect(lambda text: self._answered(name, task, None, text.splitlines()[0]))
        self._tasks[name] = task
        self.changed.emit(name)
        start(task)

    def stop(self) -> None:
        """End what is under way, and tell nobody any more."""
        self.blockSignals(True)
        for name in list(self._tasks):
            self._drop(name)

    def _drop(self, name: str) -> None:
        self._found.pop(name, None)
        self._errors.pop(name, None)
        task = self._tasks.pop(name, None)
        if task is not None and not sip.isdeleted(task):
            task.cancel()

    def _answered(self, name: str, task: EngineTask, found: Message | None, error: str) -> None:
        if self._tasks.get(name) is not task:
            return
        del self._tasks[name]
        if found is None:
            self._errors[name] = error
        else:
            self._found[name] = found
        self.changed.emit(name)
