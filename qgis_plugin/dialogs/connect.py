"""*Connect…*: any address; what it holds, and which of it becomes a layer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from qgis.core import QgsCoordinateReferenceSystem, QgsRectangle
from qgis.gui import QgsAuthConfigSelect
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QGroupBox,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..addresses import refusal
from ..connections import Connection, Wanted, cells, said
from ..texts import tr
from .helping import add_help
from .tables import shown_rows

EXTENT: Final = 5
MOST: Final = 100_000_000
ROLE: Final = Qt.ItemDataRole.UserRole


class ConnectDialog(QDialog):
    """The form.

    ``looked`` asks for a look at address and authentication, ``wanted`` for layers, ``saved``
    for a connection to be kept and ``forgotten`` for one to be dropped, by its name.
    """

    looked = pyqtSignal(str, str)
    wanted = pyqtSignal(object, str)
    saved = pyqtSignal(object)
    forgotten = pyqtSignal(str)

    def __init__(
        self,
        extent: QgsRectangle,
        crs: QgsCoordinateReferenceSystem,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._extent, self._crs = extent, crs
        self._kind = ""
        self._saved: dict[str, Connection] = {}
        self.setObjectName("CommonplaceConnect")
        self.setWindowTitle(tr("Connect to a source"))
        layout = QVBoxLayout(self)
        layout.addLayout(self._source())
        self.said = QLabel(tr("OGC API, WFS, CSW, SensorThings, NGSI-LD broker, file or folder."))
        self.said.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.said)
        layout.addWidget(self._layers(), 1)
        layout.addWidget(self._part())
        layout.addWidget(self._buttons())
        metrics = self.fontMetrics()
        self.resize(124 * metrics.averageCharWidth(), 38 * metrics.lineSpacing())
        self.address.setFocus()

    def open_connection(self, one: Connection) -> None:
        """Fill in a saved connection, and look."""
        self._fill(one)
        self.look_now()

    def show_saved(self, connections: Sequence[Connection]) -> None:
        """Offer saved connections: in the menu, and while an address is typed."""
        self._saved = {one.address: one for one in connections}
        self.connections.setEnabled(bool(connections))
        menu, forget = self.connections.menu(), QMenu(tr("&Forget"), self)
        menu.clear()
        for one in connections:
            name = one.name.replace("&", "&&")
            menu.addAction(name).triggered.connect(
                lambda _checked=False, one=one: self.open_connection(one)
            )
            forget.addAction(name).triggered.connect(
                lambda _checked=False, one=one: self._forget(one)
            )
        menu.addSeparator()
        menu.addMenu(forget)
        completer = QCompleter(sorted(self._saved), self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda address: self._fill(self._saved[address]))
        self.address.setCompleter(completer)

    def look_now(self) -> None:
        """Ask for a look, if the address is one."""
        text = self.address.text().strip()
        refused = refusal(text)
        self._kind = ""
        self.table.setRowCount(0)
        self._choose()
        self.keep.setEnabled(False)
        if refused:
            self.say(refused)
            return
        self.look.setEnabled(False)
        self.say(tr("Looking…"))
        self.looked.emit(text, self.auth.configId())

    def say(self, text: str) -> None:
        """Tell what happened."""
        self.said.setText(text)
        self.said.setAccessibleName(text)

    def failed(self, text: str) -> None:
        """The look brought nothing."""
        self.look.setEnabled(True)
        self.say(text)

    def show_found(self, found: Mapping[str, Any]) -> None:
        """Show what a source holds."""
        self._kind = found["kind"]
        self.look.setEnabled(True)
        self.keep.setEnabled(True)
        self.say(said(found))
        self.table.setRowCount(len(found["layers"]))
        for row, layer in enumerate(found["layers"]):
            for column, text in enumerate(cells(layer)):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                item.setData(ROLE, layer["name"])
                self.table.setItem(row, column, item)
        if found["layers"]:
            self.table.selectRow(0)
            self.table.setFocus()
        self._choose()

    def chosen(self) -> list[tuple[Wanted, str]]:
        """The layers to add, with their titles."""
        bbox = bbox_crs = ""
        if self.inside.isChecked():
            sides = (
                *(self._extent.xMinimum(), self._extent.yMinimum()),
                *(self._extent.xMaximum(), self._extent.yMaximum()),
            )
            bbox, bbox_crs = ",".join(map(repr, sides)), self._crs.authid()
        found = []
        for index in self.table.selectionModel().selectedRows():
            item = self.table.item(index.row(), 0)
            one = Wanted(
                self.address.text().strip(),
                item.data(ROLE),
                self._kind,
                self.auth.configId(),
                bbox,
                bbox_crs,
                self.limit.value(),
                self.filter.text().strip(),
            )
            found.append((one, item.text()))
        return found

    def _source(self) -> QFormLayout:
        form = QFormLayout()
        row = QHBoxLayout()
        self.address = QLineEdit()
        self.address.setClearButtonEnabled(True)
        self.address.setAccessibleName(tr("Address of a service, file or folder"))
        self.address.setPlaceholderText("https://")
        row.addWidget(self.address, 1)
        self.connections = QPushButton(tr("Sa&ved"))
        self.connections.setAccessibleName(tr("Saved connections"))
        self.connections.setToolTip(tr("Saved connections"))
        self.connections.setAutoDefault(False)
        self.connections.setMenu(QMenu(self))
        row.addWidget(self.connections)
        self.look = QPushButton(tr("&Look"))
        self.look.setDefault(True)
        self.look.clicked.connect(self.look_now)
        row.addWidget(self.look)
        file, folder = QPushButton(tr("&File…")), QPushButton(tr("F&older…"))
        for button, pressed in ((file, self._choose_file), (folder, self._choose_folder)):
            button.setAutoDefault(False)
            button.clicked.connect(pressed)
            row.addWidget(button)
        form.addRow(tr("&Address"), row)
        form.labelForField(row).setBuddy(self.address)
        self.auth = QgsAuthConfigSelect()
        self.auth.setAccessibleName(tr("Authentication"))
        form.addRow(tr("Authentication"), self.auth)
        return form

    def _layers(self) -> QTableWidget:
        titles = (
            *(tr("Layer"), tr("Geometry"), tr("Features")),
            *(tr("CRS"), tr("Licence"), tr("Extent")),
        )
        self.table = QTableWidget(0, len(titles))
        self.table.setAccessibleName(tr("Layers of the source"))
        self.table.setHorizontalHeaderLabels(titles)
        shown_rows(self.table)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(EXTENT, QHeaderView.ResizeMode.Stretch)
        self.table.itemSelectionChanged.connect(self._choose)
        self.table.cellDoubleClicked.connect(lambda _row, _column: self._add())
        return self.table

    def _part(self) -> QGroupBox:
        box = QGroupBox(tr("Only a part of it"))
        form = QFormLayout(box)
        self.inside = QCheckBox(tr("What lies in the &map's extent"))
        self.inside.setEnabled(not self._extent.isEmpty() and self._crs.isValid())
        form.addRow(self.inside)
        self.limit = QSpinBox()
        self.limit.setRange(0, MOST)
        self.limit.setSpecialValueText(tr("all"))
        self.limit.setAccessibleName(tr("Largest number of features"))
        form.addRow(tr("Largest number of features"), self.limit)
        self.filter = QLineEdit()
        self.filter.setAccessibleName(tr("Filter"))
        self.filter.setPlaceholderText("floors > 3 AND kind = 'oak'")
        self.filter.setToolTip(tr("CQL2; for an NGSI-LD broker its query language (q)"))
        form.addRow(tr("Filter"), self.filter)
        return box

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.add = buttons.addButton(tr("A&dd layer"), role)
        self.keep = buttons.addButton(tr("&Save connection…"), role)
        for button, pressed in ((self.add, self._add), (self.keep, self._save)):
            button.setAutoDefault(False)
            button.setEnabled(False)
            button.clicked.connect(pressed)
        buttons.rejected.connect(self.reject)
        add_help(buttons, "connect")
        return buttons

    def _fill(self, one: Connection) -> None:
        self.address.setText(one.address)
        self.auth.setConfigId(one.authcfg)

    def _forget(self, one: Connection) -> None:
        self._fill(one)  # so that it can be saved again
        self.forgotten.emit(one.name)

    def _choose_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("File to connect to"))
        self._chosen_path(name)

    def _choose_folder(self) -> None:
        self._chosen_path(QFileDialog.getExistingDirectory(self, tr("Folder to connect to")))

    def _chosen_path(self, name: str) -> None:
        if name:
            self.address.setText(name)
            self.look_now()

    def _choose(self) -> None:
        self.add.setEnabled(bool(self._kind and self.table.selectionModel().selectedRows()))

    def _add(self) -> None:
        for one, title in self.chosen():
            self.say(tr("Loading {layer}…").format(layer=title))
            self.wanted.emit(one, title)

    def _save(self) -> None:
        name, given = QInputDialog.getText(
            self, tr("Save connection"), tr("Name of the connection")
        )
        if given and name.strip():
            address = self.address.text().strip()
            self.saved.emit(Connection(name.strip(), address, self.auth.configId()))
