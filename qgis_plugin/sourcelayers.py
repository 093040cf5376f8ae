"""Layers of sources in the project: made of the engine's GeoPackages, described, refreshed."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from qgis.core import (
    QgsLayerMetadata,
    QgsMapLayer,
    QgsProject,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QDateTime, QObject, Qt, pyqtSignal

from .connections import (
    Wanted,
    free_file,
    load_request,
    new_file,
    style_of,
    wanted_of,
    wanted_text,
)
from .engine import Message
from .standby import Standby
from .tasks import EngineTask, profile, start
from .temporal import set_times
from .texts import tr

PROPERTY: Final = "commonplace/source"
STYLES: Final = Path(__file__).with_name("styles")


class Loads(QObject):
    """Loads layers in tasks. ``loaded`` gives name and count; ``failed`` a text."""

    loaded = pyqtSignal(str, int)
    failed = pyqtSignal(str)
    added = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__()
        self._tasks: list[tuple[EngineTask, _Loading]] = []  # a signal doesn't keep its slot
        self._taken: set[Path] = set()

    def add(self, wanted: Wanted, title: str, standby: Standby | None = None) -> None:
        """Load a layer: its first features at once, then all; by the worker that stands by."""
        target = new_file(QgsProject.instance().fileName(), profile(), title, self._taken)
        self._start(wanted, target, _Loading(self, wanted, title), standby)

    def refresh(self, layer: QgsVectorLayer) -> None:
        """Load a layer again, in the background; it is changed when all is there."""
        wanted = source_of(layer)
        if wanted is None:
            return
        path = path_of(layer)
        beside = free_file(path.parent, f"{path.stem}.new", self._taken)
        self._start(wanted, beside, _Loading(self, wanted, layer.name(), layer, path), first=0)

    def stop(self) -> None:
        """End what is under way."""
        for task, _ in self._tasks:
            if not sip.isdeleted(task):
                task.cancel()
        self._tasks = []

    def _start(
        self,
        wanted: Wanted,
        target: Path,
        loading: _Loading,
        standby: Standby | None = None,
        **more: int,
    ) -> None:
        self._taken.add(target)
        request = {**load_request(wanted, target, **more), "ahead": standby is not None}
        what = tr("Load {layer}").format(layer=loading.title)
        task = EngineTask(what, request, standby=standby)
        task.heard.connect(loading.first)
        task.succeeded.connect(loading.whole)
        task.failed.connect(loading.failed)
        task.cancelled.connect(loading.cancelled)
        self._tasks = [one for one in self._tasks if not sip.isdeleted(one[0])]
        self._tasks.append((task, loading))
        start(task)


class _Loading:
    """One layer on its way."""

    def __init__(
        self,
        loads: Loads,
        wanted: Wanted,
        title: str,
        layer: QgsVectorLayer | None = None,
        path: Path | None = None,
    ) -> None:
        self._loads, self._wanted, self.title = loads, wanted, title
        self._layer, self._path = layer, path
        self._part: Path | None = None
        self._id = layer.id() if layer is not None else ""

    def first(self, message: Message) -> None:
        """Show the first features, from a file of their own."""
        if message["type"] != "part":
            return
        self._part = Path(message["path"])
        self._show(self._part, message["layer"])

    def whole(self, result: Message) -> None:
        """Show all."""
        path, table = Path(result["path"]), result["layer"]["table"]
        refreshed = self._path is not None
        if refreshed:
            if self._gone():
                remove_file(path)
                return
            path = _replaced(self._layer, path, self._path)
        if self._id and self._gone():  # taken away by the user while it was loading
            self._forget()
            remove_file(path)
            return
        layer = self._show(path, table)
        self._forget()
        if layer is None:
            self.failed(tr("QGIS can't open {path}").format(path=path))
            return
        describe(layer, self._wanted, result, new=not refreshed)
        QgsProject.instance().setDirty(True)
        layer.triggerRepaint()
        self._loads.loaded.emit(self.title, result["count"])

    def failed(self, text: str) -> None:
        """Take back what was shown of it, and say why."""
        self.cancelled()
        self._loads.failed.emit(text)

    def cancelled(self) -> None:
        """Take back what was shown of it."""
        if self._path is None and self._id and not self._gone():
            QgsProject.instance().removeMapLayer(self._id)
        self._forget()

    def _gone(self) -> bool:
        return QgsProject.instance().mapLayer(self._id) is None

    def _forget(self) -> None:
        if self._part is not None:
            remove_file(self._part)
            self._part = None

    def _show(self, path: Path, table: str) -> QgsVectorLayer | None:
        uri = f"{path}|layername={table}"
        if self._id:
            self._layer.setDataSource(uri, self._layer.name(), "ogr")
            return self._layer if self._layer.isValid() else None
        layer = QgsVectorLayer(uri, self.title, "ogr")
        if not layer.isValid():
            return None
        layer.setCustomProperty(PROPERTY, wanted_text(self._wanted))
        self._layer = QgsProject.instance().addMapLayer(layer)
        self._id = layer.id()
        self._loads.added.emit(layer)
        return layer


def _replaced(layer: QgsVectorLayer, new: Path, old: Path) -> Path:
    """Put a file in another's place, which the layer lets go of before; where it is then."""
    kind = QgsWkbTypes.displayString(layer.wkbType())  # of another kind it would lose its style
    layer.setDataSource(kind, layer.name(), "memory")
    remove_file(old)
    try:
        return new.rename(old)
    except OSError:  # somebody else holds it open
        return new


def remove_file(path: Path) -> None:
    """Remove a GeoPackage with what SQLite left beside it, if it is there."""
    for ending in ("", "-wal", "-shm"):
        with contextlib.suppress(OSError):
            path.with_name(path.name + ending).unlink()


def source_of(layer: QgsMapLayer | None) -> Wanted | None:
    """Where a layer came from, if we loaded it."""
    if not isinstance(layer, QgsVectorLayer):
        return None
    return wanted_of(str(layer.customProperty(PROPERTY, "") or ""))


def path_of(layer: QgsVectorLayer) -> Path:
    """The layer's GeoPackage."""
    return Path(layer.source().partition("|")[0])


def describe(
    layer: QgsVectorLayer, wanted: Wanted, result: Mapping[str, Any], *, new: bool
) -> None:
    """Provenance and, of a new layer, time and the style of its feature type, if it is known."""
    told = result["layer"]
    when = QDateTime.currentDateTimeUtc().toString(Qt.DateFormat.ISODate)
    about = QgsLayerMetadata()
    about.setIdentifier(wanted.address)
    about.setTitle(told["title"] or told["name"])
    about.setCrs(layer.crs())
    if told["licence"]:
        about.setLicenses([told["licence"]])
        about.setRights([told["licence"]])
    about.addHistoryItem(f"{when} {result['kind']} {result['address']} {wanted.layer}")
    layer.setMetadata(about)
    if not new:
        return
    style = style_of((told["name"], told["title"] or ""), STYLES)
    if style is not None:
        layer.loadNamedStyle(str(style))
    set_times(layer, told["time_field"])
