"""*Export a package…*: in the menu, the toolbar, and from *Harmonise*."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsApplication, QgsProject, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices

from ..desktop import NAME, Desktop
from ..engine import Message
from ..exporting import Wish, choices_of, outcome_text, request_of
from ..session import layer_writers
from ..staging import ExportTask, new_folder
from ..tasks import EngineTask, start
from ..texts import tr
from .engine_setup import when_ready
from .harmonise import marked

if TYPE_CHECKING:
    from ..dialogs.export import ExportDialog


def install(desktop: Desktop) -> None:
    """The menu's entry."""
    face = ExportFace(desktop)
    desktop.action(
        "CommonplaceExport",
        tr("E&xport a package…"),
        face.ask,
        icon=QgsApplication.getThemeIcon("/mActionSharingExport.svg"),
        tip=tr("Reproject, harmonise and write layers in all formats, with metadata and a report"),
        toolbar=True,
    )
    desktop.offer("export_package", face.ask)
    desktop.undo(face.stop)


class ExportFace:
    """Opens the form, runs the export as a task, tells how it went."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._task: EngineTask | None = None

    def ask(
        self,
        mapping: Path | None = None,
        layers: Sequence[QgsVectorLayer] = (),
        *,
        only_selected: bool = False,
    ) -> None:
        """Open the form, once there is an engine; filled with what is known."""
        when_ready(self._desktop, lambda: self._ask(mapping, layers, only_selected=only_selected))

    def stop(self) -> None:
        """End what is under way."""
        if self._task is not None and not sip.isdeleted(self._task):
            self._task.cancel()
        self._task = None

    def _ask(
        self, mapping: Path | None, layers: Sequence[QgsVectorLayer], *, only_selected: bool
    ) -> None:
        from ..dialogs.export import ExportDialog

        order = QgsProject.instance().layerTreeRoot().layerOrder()
        there = [one for one in order if isinstance(one, QgsVectorLayer) and one.isValid()]
        ticked = {one.id() for one in layers or marked(self._desktop)}
        dialog = ExportDialog(
            there,
            ticked,
            self._desktop.window,
            can_open=self._desktop.offered("open_package") is not None,
        )
        dialog.fill(mapping, only_selected=only_selected)
        dialog.wanted.connect(lambda wish, chosen: self._run(dialog, wish, chosen))
        dialog.cancelled.connect(self.stop)
        dialog.opened.connect(self._open)
        QTimer.singleShot(0, lambda: self._desktop.show(dialog))  # not in one go with the imports

    def _run(self, dialog: ExportDialog, wish: Wish, layers: Sequence[QgsVectorLayer]) -> None:
        self.stop()
        task = self._made(wish, layers)
        task.stepped.connect(lambda step, done, total: _if_open(dialog, "works", step, done, total))
        task.told.connect(self._warn)
        task.succeeded.connect(lambda result: self._succeeded(dialog, result))
        task.failed.connect(lambda text: self._failed(dialog, text))
        task.cancelled.connect(lambda: _if_open(dialog, "was_cancelled"))
        self._task = task
        start(task)

    def _made(self, wish: Wish, layers: Sequence[QgsVectorLayer]) -> EngineTask:
        """The task; for layers, with snapshots of what they are now."""
        if wish.by_job:
            name = Path(wish.job).stem
            return EngineTask(_description(name), lambda: request_of(wish))
        folder = new_folder()
        writers = layer_writers(layers, folder, only_selected=wish.only_selected)
        choices = choices_of(wish, layers)
        return ExportTask(_description(wish.about.title), folder, writers, choices)

    def _succeeded(self, dialog: ExportDialog, result: Message) -> None:
        _if_open(dialog, "ended", result)
        self._say(outcome_text(result), Qgis.MessageLevel.Success, 10)
        QDesktopServices.openUrl(QUrl.fromLocalFile(result["report"]))

    def _failed(self, dialog: ExportDialog, text: str) -> None:
        if not _if_open(dialog, "failed", text):
            self._say(text, Qgis.MessageLevel.Critical, 0)

    def _warn(self, text: str) -> None:
        self._say(text, Qgis.MessageLevel.Warning, 10)

    def _say(self, text: str, level: Qgis.MessageLevel, seconds: int) -> None:
        self._desktop.iface.messageBar().pushMessage(NAME, text, level, seconds)

    def _open(self, folder: str) -> None:
        open_package = self._desktop.offered("open_package")
        if open_package is not None:
            open_package(Path(folder))


def _description(title: str) -> str:
    return tr("Export {title}").format(title=title)


def _if_open(dialog: ExportDialog, method: str, *values: Any) -> bool:
    """Tell the dialog, if it is still there."""
    if sip.isdeleted(dialog) or not dialog.isVisible():
        return False
    getattr(dialog, method)(*values)
    return True
