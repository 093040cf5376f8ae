"""*Export a package*, second page: the target CRS, and how far off coordinates will be."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsSettings
from qgis.gui import QgsFileWidget, QgsProjectionSelectionWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..crsadvice import BAD, DOUBTFUL, GOOD, Advice, missing_grids, what_to_do
from ..exporting import TARGETS
from ..findingsmodel import ICONS
from ..texts import tr
from .tables import shown_rows

GRIDS_SETTING = "commonplace/grids"
LEVELS = {GOOD: "/mIconSuccess.svg", DOUBTFUL: ICONS["warning"], BAD: ICONS["error"]}
LAYER, CRS, ACCURACY, ADVICE = range(4)
WORST = 10_000.0


class CoordinatesPage(QWidget):
    """The target CRS and what reprojection brings. ``changed`` tells of edits."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.addLayout(self._form())
        label = QLabel(tr("&How the layers are reprojected, with what is on this computer:"))
        layout.addWidget(label)
        layout.addWidget(self._table(), 1)
        label.setBuddy(self.table)
        self.said = QLabel()
        self.said.setObjectName("CommonplaceExportGrids")
        self.said.setWordWrap(True)
        self.said.setOpenExternalLinks(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        layout.addWidget(self.said)

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        self.crs = QgsProjectionSelectionWidget()
        self.crs.setCrs(QgsCoordinateReferenceSystem(TARGETS[0]))
        self.crs.setToolTip(tr("EPSG:4258 (degrees) and EPSG:3035 (metres) are usual for INSPIRE"))
        self.crs.setAccessibleName(tr("Target CRS"))
        self.crs.crsChanged.connect(lambda _crs: self.changed.emit())
        form.addRow(tr("Target CR&S"), self.crs)
        self.accuracy = QDoubleSpinBox()
        self.accuracy.setDecimals(2)
        self.accuracy.setMaximum(WORST)
        self.accuracy.setSingleStep(0.1)
        self.accuracy.setSuffix(" m")
        self.accuracy.setSpecialValueText(tr("whatever can be reached"))
        self.accuracy.setToolTip(
            tr("The worst error that reprojection may bring; with a worse one nothing is written")
        )
        self.accuracy.setAccessibleName(tr("Accuracy demanded"))
        self.accuracy.valueChanged.connect(lambda _value: self.changed.emit())
        form.addRow(tr("A&ccuracy demanded"), self.accuracy)
        self.grids = QgsFileWidget()
        self.grids.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.grids.setDialogTitle(tr("Folder of grids"))
        self.grids.lineEdit().setAccessibleName(tr("Folder of grids"))
        self.grids.lineEdit().setPlaceholderText(tr("none: without grid files"))
        self.grids.setFilePath(str(QgsSettings().value(GRIDS_SETTING, "") or ""))
        self.grids.fileChanged.connect(lambda _path: self.changed.emit())
        form.addRow(tr("Folder of &grids"), self.grids)
        return form

    def _table(self) -> QTableWidget:
        self.table = QTableWidget(0, ADVICE + 1)
        self.table.setObjectName("CommonplaceExportAccuracy")
        self.table.setAccessibleName(tr("Expected accuracy of each layer"))
        self.table.setHorizontalHeaderLabels(
            [tr("Layer"), tr("Its CRS"), tr("Expected accuracy"), tr("What to know")]
        )
        shown_rows(self.table)
        self.table.setWordWrap(True)
        header = self.table.horizontalHeader()
        for column in (LAYER, CRS, ACCURACY):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(ADVICE, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(lambda *_: self.table.resizeRowsToContents())
        self.table.setMinimumHeight(7 * self.fontMetrics().lineSpacing())
        return self.table

    @property
    def target(self) -> str:
        """The target CRS by its code, or nothing."""
        return str(self.crs.crs().authid())

    @property
    def demanded(self) -> float | None:
        """The accuracy demanded in metres."""
        return self.accuracy.value() or None

    def keep(self) -> None:
        """Remember the folder of grids."""
        QgsSettings().setValue(GRIDS_SETTING, self.grids.filePath())

    def wait(self, text: str) -> None:
        """Instead of rows, why there are none (yet)."""
        self.table.setRowCount(0)
        self.said.setText(text)

    def show_rows(self, rows: Sequence[Advice]) -> None:
        """Show what is expected of each layer, and how to mend it."""
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            cells = (row.layer, row.crs, row.accuracy, row.text)
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, column, item)
            icon = QgsApplication.getThemeIcon(LEVELS[row.level])
            self.table.item(number, ACCURACY).setIcon(icon)
        self.table.resizeRowsToContents()
        self.said.setText(what_to_do(missing_grids(rows)))
