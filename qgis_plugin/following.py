"""Layers that follow an NGSI-LD broker: their GeoPackage is kept in step until they are left."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from qgis.core import QgsApplication, QgsProject, QgsTask, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QThreadPool, pyqtSignal

from .connections import Wanted, free_file, watch_request
from .engine import Message
from .sourcelayers import path_of, remove_file, source_of
from .tasks import EngineTask, start
from .texts import tr

BROKER: Final = "ngsild"
COUNTS: Final = ("added", "changed", "removed")


def can_follow(wanted: Wanted | None) -> bool:
    """Whether a layer came from a broker and holds entities; of history nothing is notified."""
    return wanted is not None and wanted.kind == BROKER and "@" not in wanted.layer


class WatchTask(EngineTask):
    """A request that waits most of its life, in a thread that QGIS's tasks don't lack."""

    def run(self) -> bool:
        """In the task's thread."""
        manager = QgsApplication.taskManager()
        own = getattr(manager, "threadPool", None)  # newer QGIS gives tasks a pool of their own
        pool: QThreadPool = own() if own is not None else QThreadPool.globalInstance()
        pool.releaseThread()
        try:
            return super().run()
        finally:
            pool.reserveThread()


class Following(QObject):
    """The layers that follow. ``begun`` and ``ended`` give a layer's id; ``failed`` a text."""

    begun = pyqtSignal(str)
    ended = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self._followed: dict[str, _Followed] = {}
        QgsProject.instance().layersWillBeRemoved.connect(self.leave)

    def follows(self, layer: str) -> bool:
        """Whether the layer of this id follows its broker."""
        return layer in self._followed

    def follow(self, layer: QgsVectorLayer) -> None:
        """Keep a layer in step, from now on."""
        wanted = source_of(layer)
        if self.follows(layer.id()) or wanted is None or not can_follow(wanted):
            return
        if layer.isEditable():
            text = tr("{layer} is being edited: save or discard the edits first.")
            self.failed.emit(text.format(layer=layer.name()))
            return
        path = path_of(layer)
        target = free_file(path.parent, f"{path.stem}.live")
        flags = QgsTask.Flag.CanCancel | QgsTask.Flag.CancelWithoutPrompt
        description = tr("{layer} follows its broker").format(layer=layer.name())
        task = WatchTask(description, watch_request(wanted, target), flags)
        one = _Followed(layer, target, task)
        task.heard.connect(one.changed)
        task.succeeded.connect(lambda _result: self._end(one))
        task.cancelled.connect(lambda: self._end(one))
        task.failed.connect(lambda text: self._end(one, text))
        self._followed[layer.id()] = one
        self.begun.emit(layer.id())
        start(task)

    def leave(self, layers: Iterable[str]) -> None:
        """Let layers be, by their ids; they keep what they have."""
        for one in layers:
            if one in self._followed:
                self._followed[one].stop()

    def stop(self) -> None:
        """Let all layers be, and tell nobody any more."""
        QgsProject.instance().layersWillBeRemoved.disconnect(self.leave)
        self.blockSignals(True)
        self.leave(list(self._followed))

    def _end(self, one: _Followed, why: str = "") -> None:
        if self._followed.pop(one.id, None) is None:
            return
        one.release()
        self.ended.emit(one.id)
        if why:
            self.failed.emit(why)


class _Followed:
    """A layer, and the task that keeps its file in step."""

    def __init__(self, layer: QgsVectorLayer, target: Path, task: EngineTask) -> None:
        self.id = layer.id()
        self._layer, self._target, self._task = layer, target, task
        self._shown = False

    def changed(self, message: Message) -> None:
        """Show what is in the file now."""
        if message["type"] != "changed" or sip.isdeleted(self._layer):
            return
        if not self._shown:
            self._show(message["layer"])
        elif any(message[one] for one in COUNTS):
            self._layer.reload()
            self._layer.updateExtents()
        self._layer.triggerRepaint()

    def stop(self) -> None:
        """End the task, which says so later."""
        if not sip.isdeleted(self._task):
            self._task.cancel()

    def release(self) -> None:
        """Nothing comes any more: the layer may be edited again."""
        if self._shown and not sip.isdeleted(self._layer):
            self._layer.setReadOnly(False)
        elif not self._shown:
            remove_file(self._target)

    def _show(self, table: str) -> None:
        old = path_of(self._layer)
        uri = f"{self._target}|layername={table}"
        self._layer.setDataSource(uri, self._layer.name(), "ogr")
        self._layer.setReadOnly(True)
        self._shown = True
        QgsProject.instance().setDirty(True)
        remove_file(old)
