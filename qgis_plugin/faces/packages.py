"""*Open package…*: a package or INSPIRE GML as a group of layers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsReferencedRectangle,
)
from qgis.gui import QgsCustomDropHandler
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer

from ..desktop import NAME, Desktop
from ..engine import Message
from ..packages import Looked, is_package, look_request, looked, notes, opening, proposed
from ..staging import new_folder
from ..tasks import EngineTask, start
from ..texts import tr
from .engine_setup import when_ready

if TYPE_CHECKING:
    from ..dialogs.packages import PackageDialog
    from ..packagelayers import Opened, Openings


def install(desktop: Desktop) -> None:
    """The menu's entry, and what is dropped on QGIS's window."""
    face = PackagesFace(desktop)
    desktop.action(
        "CommonplaceOpenPackage",
        tr("&Open package…"),
        face.ask,
        icon=QgsApplication.getThemeIcon("/mActionFileOpen.svg"),
        tip=tr("Add a package's layers, or those of INSPIRE GML, with styles and relations"),
        toolbar=True,
    )
    desktop.offer("open_package", face.ask)
    drops = Drops(face)
    desktop.iface.registerCustomDropHandler(drops)
    desktop.undo(lambda: desktop.iface.unregisterCustomDropHandler(drops))
    desktop.undo(face.stop)


class Drops(QgsCustomDropHandler):
    """Takes packages that are dropped on QGIS's window, and leaves all else to QGIS."""

    def __init__(self, face: PackagesFace) -> None:
        super().__init__()
        self._face = face

    def handleFileDrop(self, file: str) -> bool:
        """Look at a package."""
        path = Path(file)
        taken = is_package(path)
        if taken:
            self._face.ask(path)
        return taken


class PackagesFace:
    """Opens the dialog; looks and opens in tasks."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._task: EngineTask | None = None
        self._openings: Openings | None = None
        self._dialog: PackageDialog | None = None
        self._notes: list[tuple[str, str]] = []

    def ask(self, path: Path | None = None) -> None:
        """Open the dialog, once there is an engine; with a path, look at it."""
        when_ready(self._desktop, lambda: self._ask(path))

    def stop(self) -> None:
        """End what is under way."""
        self._cancel_look()
        if self._openings is not None:
            self._openings.stop()

    def _ask(self, path: Path | None) -> None:
        dialog = self._shown()
        if dialog is None:
            dialog = self._made()
        else:
            dialog.raise_()
            dialog.activateWindow()
        if path is not None:
            dialog.look_at(path)

    def _made(self) -> PackageDialog:
        from ..dialogs.packages import PackageDialog

        dialog = PackageDialog(self._desktop.window)
        dialog.looked.connect(self._look)
        dialog.wanted.connect(self._open)
        dialog.finished.connect(lambda _result: self._cancel_look())
        self._dialog = dialog
        self._desktop.show(dialog)
        return dialog

    def _look(self, path: Path) -> None:
        self._cancel_look()
        task = EngineTask(tr("Look at {source}").format(source=path), look_request(path))
        task.succeeded.connect(lambda told: self._show(looked(path, told)))
        task.failed.connect(self._say)
        task.cancelled.connect(lambda: self._say(tr("Cancelled.")))
        self._task = task
        start(task)

    def _cancel_look(self) -> None:
        if self._task is not None and not sip.isdeleted(self._task):
            self._task.cancel()
        self._task = None

    def _show(self, found: Looked) -> None:
        saved = QgsProject.instance().fileName()
        folders = [*([Path(saved).parent] if saved else []), Path.home()]
        dialog = self._shown()
        if dialog is not None:
            dialog.show_found(found, proposed(found, folders))

    def _open(self, found: Looked, place: Path | None) -> None:
        from ..packagelayers import Openings

        if self._openings is None:
            self._openings = Openings()
            self._openings.opened.connect(self._opened)
            self._openings.failed.connect(self._failed)
            self._openings.noted.connect(self._note)
            self._openings.cancelled.connect(lambda: self._say(tr("Cancelled.")))
        self._notes = []
        self._openings.open(opening(found, place, new_folder()))

    def _opened(self, one: Opened) -> None:
        text = tr("{title} is open, layers: {count}").format(title=one.title, count=one.layers)
        level = Qgis.MessageLevel.Success
        if one.missing:
            left = tr("These can't be opened: {layers}").format(layers=", ".join(one.missing))
            text, level = f"{text}. {left}", Qgis.MessageLevel.Warning
        self._desktop.iface.messageBar().pushMessage(NAME, text, level, 0 if one.missing else 5)
        dialog = self._shown()
        if dialog is not None and self._notes:
            dialog.show_opened(text, self._notes)
        elif dialog is not None:
            dialog.accept()
        if one.view is not None and (one.first or not self._sees(one.view)):
            QTimer.singleShot(0, lambda: self._go_to(one.view))  # after QGIS's own choice

    def _note(self, counts: list[Message]) -> None:
        self._notes = notes(counts)

    def _sees(self, view: QgsReferencedRectangle) -> bool:
        """Whether the map shows a part of it."""
        settings = self._desktop.iface.mapCanvas().mapSettings()
        to_map = QgsCoordinateTransform(
            view.crs(), settings.destinationCrs(), QgsProject.instance()
        )
        try:
            return bool(settings.visibleExtent().intersects(to_map.transformBoundingBox(view)))
        except QgsCsException:
            return False

    def _go_to(self, view: QgsReferencedRectangle) -> None:
        canvas = self._desktop.iface.mapCanvas()
        canvas.setReferencedExtent(view)
        canvas.refresh()

    def _failed(self, text: str) -> None:
        if self._shown() is None:
            bar = self._desktop.iface.messageBar()
            bar.pushMessage(NAME, text, Qgis.MessageLevel.Critical, 0)
        self._say(text)

    def _say(self, text: str) -> None:
        dialog = self._shown()
        if dialog is not None:
            dialog.say(text)

    def _shown(self) -> PackageDialog | None:
        gone = self._dialog is None or sip.isdeleted(self._dialog)
        return None if gone else self._dialog
