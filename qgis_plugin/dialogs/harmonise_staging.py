"""Layers of the project copied for the engine, in the background, as they are just now."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFeedback,
    QgsFields,
    QgsTask,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
    QgsWkbTypes,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..jobs import StagedLayer
from ..session import (
    FID,
    GEOMETRY,
    GEOPACKAGE,
    LayerNotWritten,
    kept_attributes,
    layer_writers,
)
from ..staging import new_folder
from ..tasks import start
from ..texts import not_written, tr

#: Layers with more features are looked at by their first ones, while all are being copied.
MANY: Final = 20_000
SAMPLE: Final = 5_000
SAMPLE_FILE: Final = "sample.gpkg"


class Copies(QObject):
    """Copies of layers, for as long as a window is open.

    ``ready`` says that there is a source to look at, ``failed`` why there is none.

    Attributes
    ----------
    layers
        The copies, in the order of the layers.
    source
        The file with the first features, or with all; empty while there is none.
    """

    ready = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.layers: Sequence[StagedLayer] = ()
        self.source = ""
        self._whole = ""
        self._columns: dict[str, list[str]] = {}
        self._task: StageTask | None = None
        self._waiting: list[Callable[[str], object]] = []

    def stage(self, layers: Sequence[QgsVectorLayer], *, only_selected: bool) -> None:
        """Copy layers as they are now. For the main thread: snapshots are taken."""
        self._end()
        task = StageTask(layers, only_selected=only_selected)
        columns = [
            [layer.fields().at(one).name() for one in kept_attributes(layer)] for layer in layers
        ]
        self._columns = {one.table: names for one, names in zip(task.layers, columns)}
        task.sampled.connect(lambda path: self._take(task, path))
        task.staged.connect(lambda path: self._take_all(task, path))
        task.failed.connect(lambda text: self._fail(task, text))
        self._task = task
        start(task)

    def columns(self, layer: StagedLayer) -> list[str]:
        """The columns of a copy."""
        return self._columns.get(layer.table, [])

    def when_whole(self, then: Callable[[str], object]) -> None:
        """Do something with the file that has all features, once there is one."""
        if self._whole:
            then(self._whole)
        else:
            self._waiting.append(then)

    def close(self) -> None:
        """Leave nothing behind."""
        self._end()
        self._waiting.clear()
        self._forget()

    def _end(self) -> None:
        task, self._task = self._task, None
        if task is not None and not sip.isdeleted(task):
            task.cancel()

    def _forget(self) -> None:
        if self.source:
            remove_folder(Path(self.source).parent)
        self.source = self._whole = ""

    def _take(self, task: StageTask, path: str) -> None:
        if task is self._task:
            if self.source and Path(self.source).parent != task.folder:
                self._forget()
            self.layers, self.source = task.layers, path
            self.ready.emit()

    def _take_all(self, task: StageTask, path: str) -> None:
        if task is not self._task:
            remove_folder(task.folder)
            return
        self._task = None
        if not self.source or Path(self.source).parent != task.folder:
            self._task = task
            self._take(task, path)
            self._task = None
        self._whole = path
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then(path)

    def _fail(self, task: StageTask, text: str) -> None:
        if task is self._task:
            self._task = None
            self.failed.emit(text)


class StageTask(QgsTask):
    """Writes layers into a session folder. Made in the main thread: it takes snapshots.

    ``sampled`` comes first where a layer has many features, with the path of a GeoPackage of
    the first ones; ``staged`` at the end with that of all; ``failed`` with a text.
    """

    sampled = pyqtSignal(str)
    staged = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, layers: Sequence[QgsVectorLayer], *, only_selected: bool) -> None:
        super().__init__(tr("Reading layers for harmonisation"), QgsTask.Flag.CanCancel)
        self.folder = new_folder()
        self._feedback = QgsFeedback()
        self._writers = layer_writers(layers, self.folder, only_selected=only_selected)
        self.layers: tuple[StagedLayer, ...] = tuple(one.staged for one in self._writers)
        many = any(layer.featureCount() > MANY for layer in layers)
        self._samples = [
            _Sample.of(layer, staged.table, only_selected=only_selected)
            for layer, staged in zip(layers, self.layers)
            if many
        ]
        self._error = ""

    def run(self) -> bool:
        """In the task's thread."""
        try:
            self.folder.mkdir(mode=0o700)
            self._sample()
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

    def _sample(self) -> None:
        path = self.folder / SAMPLE_FILE
        for sample in self._samples:
            sample.write(path)
        if self._samples:
            self.sampled.emit(str(path))

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


@dataclass(frozen=True)
class _Sample:
    """The first features of a layer, as it is when this is made."""

    table: str
    source: QgsVectorLayerFeatureSource
    request: QgsFeatureRequest
    kept: Sequence[int]
    fields: QgsFields
    geometry: QgsWkbTypes.Type
    crs: QgsCoordinateReferenceSystem
    transforms: QgsCoordinateTransformContext

    @classmethod
    def of(cls, layer: QgsVectorLayer, table: str, *, only_selected: bool) -> _Sample:
        """For the main thread."""
        request = QgsFeatureRequest().setLimit(SAMPLE)
        if only_selected and layer.selectedFeatureCount():
            request.setFilterFids(sorted(layer.selectedFeatureIds())[:SAMPLE])
        fields = QgsFields()
        kept = kept_attributes(layer)
        for index in kept:
            fields.append(layer.fields().at(index))
        return cls(
            table,
            QgsVectorLayerFeatureSource(layer),
            request,
            kept,
            fields,
            layer.wkbType(),
            layer.crs(),
            layer.transformContext(),
        )

    def write(self, path: Path) -> None:
        """Write them as a table of a GeoPackage. In any thread.

        Raises
        ------
        LayerNotWritten
        """
        actions = QgsVectorFileWriter.ActionOnExistingFile
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GPKG"
        options.layerName = self.table
        options.layerOptions = [f"FID={FID}", f"GEOMETRY_NAME={GEOMETRY}", "SPATIAL_INDEX=NO"]
        if path.exists():
            options.actionOnExistingFile = actions.CreateOrOverwriteLayer
        writer = QgsVectorFileWriter.create(
            str(path), self.fields, self.geometry, self.crs, self.transforms, options
        )
        for feature in self.source.getFeatures(self.request):
            attributes = feature.attributes()
            feature.setAttributes([attributes[index] for index in self.kept])
            writer.addFeature(feature, QgsFeatureSink.Flag.FastInsert)
        problem = writer.errorMessage()
        del writer  # which closes the file
        if problem:
            raise LayerNotWritten(f"{self.table}: {problem}")


def remove_folder(folder: Path) -> None:
    """Remove a session folder, if it is there."""
    shutil.rmtree(folder, ignore_errors=True)
