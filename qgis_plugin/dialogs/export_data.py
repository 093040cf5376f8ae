"""*Export a package*, first page: layers of the project with a mapping, or a job file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from qgis.core import QgsVectorLayer
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QListWidget,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ..texts import tr
from .layerlists import fill, ticked_of

DOCUMENTS = "YAML (*.yaml *.yml *.json)"
LINES_OF_LAYERS = 6


class DataPage(QWidget):
    """What is exported. ``changed`` tells of edits."""

    changed = pyqtSignal()

    def __init__(self, layers: Sequence[QgsVectorLayer], ticked: Collection[str]) -> None:
        super().__init__()
        self._layers = list(layers)
        self.from_layers = QRadioButton(tr("&Layers of the project, by a mapping"))
        self.from_layers.setChecked(True)
        self.by_job = QRadioButton(tr("A &job file, which names sources, mappings and texts"))
        ways = QButtonGroup(self)
        ways.addButton(self.from_layers)
        ways.addButton(self.by_job)
        layout = QVBoxLayout(self)
        layout.addWidget(self.from_layers)
        layout.addWidget(self._layers_box(ticked))
        layout.addWidget(self.by_job)
        layout.addWidget(self._job_box())
        layout.addStretch(0)
        self.from_layers.toggled.connect(lambda _checked: self._choose())
        self._choose()

    def _layers_box(self, ticked: Collection[str]) -> QWidget:
        self._layers_part = QGroupBox()
        self._layers_part.setFlat(True)
        layout = QVBoxLayout(self._layers_part)
        said = QLabel(
            tr(
                "Layers are taken as they are in the project: filter, joins, virtual fields and "
                "unsaved edits count."
            )
        )
        said.setWordWrap(True)
        layout.addWidget(said)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Layers to export"))
        self.list.setMinimumHeight(LINES_OF_LAYERS * self.fontMetrics().lineSpacing())
        fill(self.list, self._layers, ticked)
        self.list.itemChanged.connect(lambda _item: self.changed.emit())
        layout.addWidget(self.list)
        self.selected = QCheckBox(tr("Only &selected features, where a layer has a selection"))
        self.selected.setEnabled(any(one.selectedFeatureCount() for one in self._layers))
        self.selected.toggled.connect(lambda _checked: self.changed.emit())
        layout.addWidget(self.selected)
        form = QFormLayout()
        self.mapping = _document(tr("Mapping file"))
        self.mapping.setToolTip(tr("What the columns mean; “Harmonise to INSPIRE…” makes one"))
        self.mapping.fileChanged.connect(lambda _path: self.changed.emit())
        form.addRow(tr("&Mapping file"), self.mapping)
        layout.addLayout(form)
        self.reads = QLabel()
        self.reads.setObjectName("CommonplaceExportReads")
        self.reads.setWordWrap(True)
        layout.addWidget(self.reads)
        return self._layers_part

    def _job_box(self) -> QWidget:
        self._job_part = QGroupBox()
        self._job_part.setFlat(True)
        form = QFormLayout(self._job_part)
        self.job = _document(tr("Job file"))
        self.job.fileChanged.connect(lambda _path: self.changed.emit())
        form.addRow(tr("J&ob file"), self.job)
        return self._job_part

    @property
    def chosen(self) -> list[QgsVectorLayer]:
        """The layers that are ticked; none with a job file."""
        if self.by_job.isChecked():
            return []
        return ticked_of(self.list, self._layers)

    @property
    def only_selected(self) -> bool:
        """Whether only selected features count."""
        return self.selected.isEnabled() and self.selected.isChecked()

    def fill(self, mapping: Path | None, *, only_selected: bool) -> None:
        """What is known before."""
        if mapping is not None:
            self.mapping.setFilePath(str(mapping))
        self.selected.setChecked(only_selected)

    def _choose(self) -> None:
        layers = self.from_layers.isChecked()
        self._layers_part.setEnabled(layers)
        self._job_part.setEnabled(not layers)
        self.changed.emit()


def _document(name: str) -> QgsFileWidget:
    field = QgsFileWidget()
    field.setStorageMode(QgsFileWidget.StorageMode.GetFile)
    field.setFilter(DOCUMENTS)
    field.setDialogTitle(name)
    field.lineEdit().setAccessibleName(name)
    return field
