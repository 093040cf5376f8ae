"""*Validate…*: which files and layers are to be checked."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsMapLayer, QgsProject, QgsSettings, QgsVectorLayer
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ..texts import tr
from .helping import add_help

SCHEMAS_SETTING = "commonplace/schemas"


class ValidateDialog(QDialog):
    """The form. ``wanted`` gives paths, layers and the folder of schemas (or nothing)."""

    wanted = pyqtSignal(list, list, str)

    def __init__(self, active: QgsMapLayer | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("CommonplaceValidate")
        self.setWindowTitle(tr("Validate INSPIRE data"))
        layout = QVBoxLayout(self)
        layout.addWidget(self._files())
        layout.addWidget(self._project_layers(active))
        layout.addWidget(self._official())
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = QPushButton(tr("&Validate"))
        self.go.setDefault(True)
        self.buttons.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        add_help(self.buttons, "validate")
        layout.addWidget(self.buttons)
        metrics = self.fontMetrics()
        self.resize(80 * metrics.averageCharWidth(), 30 * metrics.lineSpacing())
        self._choose()

    def accept(self) -> None:
        """Hand over what was chosen."""
        QgsSettings().setValue(SCHEMAS_SETTING, self.schemas.filePath())
        self.wanted.emit(self.paths(), self.layers(), self.schemas.filePath())
        super().accept()

    def paths(self) -> list[str]:
        """The files and folders chosen."""
        return [self.files.item(row).text() for row in range(self.files.count())]

    def layers(self) -> list[QgsVectorLayer]:
        """The layers chosen."""
        project = QgsProject.instance()
        items = [self.list.item(row) for row in range(self.list.count())]
        return [
            project.mapLayer(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() == Qt.CheckState.Checked
        ]

    def add(self, paths: list[str]) -> None:
        """Add files or folders."""
        known = self.paths()
        self.files.addItems([one for one in paths if one not in known and Path(one).exists()])
        self._choose()

    def _files(self) -> QWidget:
        box = QGroupBox(tr("Files, folders and packages"))
        layout = QVBoxLayout(box)
        self.files = QListWidget()
        self.files.setAccessibleName(tr("Files to check"))
        self.files.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.files.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        layout.addWidget(self.files)
        row = QHBoxLayout()
        for text, pressed in (
            (tr("Add &files…"), self._add_files),
            (tr("Add f&older…"), self._add_folder),
            (tr("&Remove"), self._remove),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(pressed)
            row.addWidget(button)
        row.addStretch(1)
        layout.addLayout(row)
        return box

    def _project_layers(self, active: QgsMapLayer | None) -> QWidget:
        box = QGroupBox(tr("Layers of the project"))
        layout = QVBoxLayout(box)
        said = QLabel(
            tr("For layers that hold INSPIRE data already; they are taken with their filter.")
        )
        said.setWordWrap(True)
        layout.addWidget(said)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Layers to check"))
        self.list.setMinimumHeight(4 * self.fontMetrics().lineSpacing())
        for layer in QgsProject.instance().mapLayers().values():
            if isinstance(layer, QgsVectorLayer) and layer.isValid():
                item = QListWidgetItem(layer.name())
                item.setData(Qt.ItemDataRole.UserRole, layer.id())
                checked = active is not None and layer.id() == active.id()
                item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
                self.list.addItem(item)
        self.list.sortItems()
        self.list.itemChanged.connect(self._choose)
        layout.addWidget(self.list)
        return box

    def _official(self) -> QWidget:
        box = QGroupBox(tr("Official schemas"))
        layout = QVBoxLayout(box)
        self.schemas = QgsFileWidget()
        self.schemas.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.schemas.setDialogTitle(tr("Folder of the official schemas"))
        self.schemas.lineEdit().setAccessibleName(tr("Folder of the official schemas"))
        self.schemas.lineEdit().setPlaceholderText(
            tr("Folder; without it GML is checked by our own model")
        )
        self.schemas.setFilePath(str(QgsSettings().value(SCHEMAS_SETTING, "") or ""))
        layout.addWidget(self.schemas)
        return box

    def _add_files(self) -> None:
        kinds = tr("Data to check")
        endings = "*.gml *.xml *.gpkg *.geojson *.json *.jsonfg *.parquet *.fgb *.csv *.zip *.gz"
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("Files to check"), "", f"{kinds} ({endings})"
        )
        self.add(names)

    def _add_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Folder or package to check"))
        self.add([name] if name else [])

    def _remove(self) -> None:
        for item in self.files.selectedItems():
            self.files.takeItem(self.files.row(item))
        self._choose()

    def _choose(self, *_: object) -> None:
        self.go.setEnabled(bool(self.paths() or self.layers()))
