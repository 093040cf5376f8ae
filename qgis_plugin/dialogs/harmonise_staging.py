"""Layers of the project copied for the engine, in the background, as they are just now."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsFeedback, QgsTask, QgsVectorLayer
from qgis.PyQt.QtCore import pyqtSignal

from ..jobs import StagedLayer
from ..session import GEOPACKAGE, LayerNotWritten, layer_writers
from ..staging import new_folder
from ..texts import not_written, tr


class StageTask(QgsTask):
    """Writes layers into a session folder. Made in the main thread: it takes snapshots.

    ``staged`` comes at the end with the path of the GeoPackage, ``failed`` with a text.
    """

    staged = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, layers: Sequence[QgsVectorLayer], *, only_selected: bool) -> None:
        super().__init__(tr("Reading layers for harmonisation"), QgsTask.Flag.CanCancel)
        self.folder = new_folder()
        self._feedback = QgsFeedback()
        self._writers = layer_writers(layers, self.folder, only_selected=only_selected)
        self.layers: tuple[StagedLayer, ...] = tuple(one.staged for one in self._writers)
        self._error = ""

    def run(self) -> bool:
        """In the task's thread."""
        try:
            self.folder.mkdir(mode=0o700)
            for number, writer in enumerate(self._writers):
                writer.write(self._feedback)
                self.setProgress(100 * (number + 1) / len(self._writers))
                if self.isCanceled():
                    return False
        except LayerNotWritten as error:
            self._error = not_written(error)
            return False
        except OSError as error:
            self._error = str(error)
            return False
        return True

    def cancel(self) -> None:
        """Stop writing."""
        self._feedback.cancel()
        super().cancel()

    def finished(self, succeeded: bool) -> None:
        """In the main thread."""
        if succeeded:
            self.staged.emit(str(self.folder / GEOPACKAGE))
        else:
            remove_folder(self.folder)
            self.failed.emit(self._error or tr("Reading the layers was cancelled."))


def remove_folder(folder: Path) -> None:
    """Remove a session folder, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)
