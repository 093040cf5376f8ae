"""*Open package…*: what a package or GML holds, whether it is whole, and where its data go."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from qgis.core import QgsApplication
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStyle,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..findingsmodel import ICONS
from ..packages import Looked, about, may_open, path_of, refused, verdict
from ..texts import tr
from .helping import add_help
from .tables import shown_rows

SUCCESS: Final = "/mIconSuccess.svg"


class PackageDialog(QDialog):
    """The form. ``looked`` asks for a look at a path; ``wanted`` to open what was found."""

    looked = pyqtSignal(object)
    wanted = pyqtSignal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Looked | None = None
        self._busy = False
        self.setObjectName("CommonplaceOpenPackage")
        self.setWindowTitle(tr("Open a package or INSPIRE GML"))
        self.setAcceptDrops(True)
        layout = QVBoxLayout(self)
        layout.addLayout(self._source())
        layout.addLayout(self._told())
        layout.addWidget(self._layers(), 2)
        layout.addWidget(self._findings(), 1)
        layout.addWidget(self._place())
        layout.addWidget(self.said)
        layout.addWidget(self._buttons())
        metrics = self.fontMetrics()
        self.resize(95 * metrics.averageCharWidth(), 32 * metrics.lineSpacing())
        self._show()
        self.path.setFocus()

    def look_at(self, path: Path) -> None:
        """Fill in a path, and look."""
        self.path.setText(str(path))
        self.look_now()

    def look_now(self) -> None:
        """Ask for a look."""
        path = path_of(self.path.text())
        self._found = None
        if path is None:
            self.say("")
            return
        self.path.setText(str(path))
        self.say(tr("Looking…"), busy=True)
        self.looked.emit(path)

    def say(self, text: str, *, busy: bool = False) -> None:
        """Tell what happens, or went wrong."""
        self._busy = busy
        self._show()
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def show_found(self, found: Looked, place: Path | None) -> None:
        """Show what a path holds, and where what is made of it would go."""
        self._found = found
        self.anyway.setChecked(False)
        self.place.setFilePath("" if place is None else str(place))
        self.say("")
        if self.open.isEnabled():
            self.open.setFocus()

    def show_opened(self, text: str, findings: Sequence[tuple[str, str]]) -> None:
        """Show what was odd in data that are on the map now."""
        self.say(text)
        self._fill(findings)

    def chosen(self) -> Path | None:
        """Where to put what is made of it."""
        return path_of(self.place.filePath())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file or folder."""
        if any(one.isLocalFile() for one in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at it."""
        files = [one.toLocalFile() for one in event.mimeData().urls() if one.isLocalFile()]
        if files and not self._busy:
            self.look_at(Path(files[0]))

    def _source(self) -> QFormLayout:
        form = QFormLayout()
        row = QHBoxLayout()
        self.path = QLineEdit()
        self.path.setClearButtonEnabled(True)
        self.path.setAccessibleName(tr("Package or GML"))
        self.path.setPlaceholderText(tr("Folder, zip or GML; it may be dropped here"))
        self.path.setAcceptDrops(False)  # the dialog takes them
        row.addWidget(self.path, 1)
        self.look = QPushButton(tr("&Look"))
        self.look.setDefault(True)
        self.look.clicked.connect(self.look_now)
        row.addWidget(self.look)
        for text, pressed in (
            (tr("&File…"), self._choose_file),
            (tr("F&older…"), self._choose_folder),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(pressed)
            row.addWidget(button)
        form.addRow(tr("&Package or GML"), row)
        form.labelForField(row).setBuddy(self.path)
        return form

    def _told(self) -> QVBoxLayout:
        layout = QVBoxLayout()
        self.title, self.about = QLabel(), QLabel()
        font = self.title.font()
        font.setBold(True)
        self.title.setFont(font)
        row = QHBoxLayout()
        self.icon, self.verdict, self.said = QLabel(), QLabel(), QLabel()
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.verdict, 1)
        for label in (self.title, self.about, self.verdict, self.said):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        layout.addWidget(self.title)
        layout.addWidget(self.about)
        layout.addLayout(row)
        return layout

    def _layers(self) -> QTableWidget:
        titles = (tr("Layer"), tr("Features"), tr("Format"), tr("File"))
        self.table = QTableWidget(0, len(titles))
        self.table.setAccessibleName(tr("Layers of the package"))
        self.table.setHorizontalHeaderLabels(titles)
        shown_rows(self.table)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return self.table

    def _findings(self) -> QListWidget:
        self.findings = QListWidget()
        self.findings.setAccessibleName(tr("What was found"))
        self.findings.setWordWrap(True)
        return self.findings

    def _place(self) -> QWidget:
        self.keeping = QWidget()
        form = QFormLayout(self.keeping)
        form.setContentsMargins(0, 0, 0, 0)
        self.place = QgsFileWidget()
        self.place_label = QLabel()
        self.place_label.setBuddy(self.place.lineEdit())
        form.addRow(self.place_label, self.place)
        self.anyway = QCheckBox(tr("Open it &although it is damaged"))
        self.anyway.toggled.connect(lambda _on: self._offer())
        form.addRow(self.anyway)
        return self.keeping

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.open = buttons.addButton(tr("Add to the &map"), role)
        self.report = buttons.addButton(tr("&Report"), role)
        self.report.setToolTip(tr("How the data were made and checked, in the browser"))
        for button, pressed in ((self.open, self._open), (self.report, self._show_report)):
            button.setAutoDefault(False)
            button.clicked.connect(pressed)
        buttons.rejected.connect(self.reject)
        add_help(buttons, "open-package")
        return buttons

    def _show(self) -> None:
        """Show what was found, or that nothing is yet."""
        found = self._found
        self.look.setEnabled(not self._busy)
        self.title.setText(found.title if found else "")
        self.about.setText(about(found) if found else "")
        self.title.setVisible(found is not None)
        self.about.setVisible(bool(self.about.text()))
        self._show_verdict(found)
        self._fill_table(found)
        self._fill(found.findings if found else ())
        makes = found is not None and (found.converts or found.unpacks)
        damaged = found is not None and not found.whole and bool(found.opens)
        self._show_place(found if makes else None)
        self.anyway.setVisible(damaged)
        self.keeping.setVisible(makes or damaged)
        self.report.setEnabled(found is not None and found.report is not None)
        self._offer()

    def _show_verdict(self, found: Looked | None) -> None:
        for label in (self.icon, self.verdict):
            label.setVisible(found is not None)
        if found is not None:
            kind = "error" if not found.whole else "warning"
            name = SUCCESS if found.whole and found.opens else ICONS[kind]
            size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
            self.verdict.setText(verdict(found))
            self.icon.setPixmap(QgsApplication.getThemeIcon(name).pixmap(size, size))

    def _fill_table(self, found: Looked | None) -> None:
        rows = found.layers if found else ()
        self.table.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                if column == 1:
                    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
                    item.setTextAlignment(right)
                self.table.setItem(row, column, item)

    def _fill(self, findings: Sequence[tuple[str, str]]) -> None:
        self.findings.clear()
        for severity, message in findings:
            icon = QgsApplication.getThemeIcon(ICONS[severity])
            self.findings.addItem(QListWidgetItem(icon, message))
        self.findings.setVisible(bool(findings))

    def _show_place(self, found: Looked | None) -> None:
        self.place.setVisible(found is not None)
        self.place_label.setVisible(found is not None)
        if found is None:
            return
        mode = QgsFileWidget.StorageMode
        self.place.setStorageMode(mode.SaveFile if found.converts else mode.GetDirectory)
        self.place.setFilter("GeoPackage (*.gpkg)" if found.converts else "")
        self.place.setConfirmOverwrite(False)
        text = tr("&GeoPackage to make") if found.converts else tr("&Unpack into")
        self.place_label.setText(text)
        self.place.lineEdit().setAccessibleName(text.replace("&", ""))

    def _offer(self) -> None:
        allowed = may_open(self._found, anyway=self.anyway.isChecked())
        self.open.setEnabled(allowed and not self._busy)

    def _choose_file(self) -> None:
        kinds = tr("Packages and GML")
        name, _ = QFileDialog.getOpenFileName(
            self, tr("Package or GML"), "", f"{kinds} (*.zip *.gml *.xml)"
        )
        self._chosen(name)

    def _choose_folder(self) -> None:
        self._chosen(QFileDialog.getExistingDirectory(self, tr("Folder of a package or of GML")))

    def _chosen(self, name: str) -> None:
        if name:
            self.look_at(Path(name))

    def _open(self) -> None:
        found, place = self._found, self.chosen()
        if found is None:
            return
        wrong = refused(found, place)
        if wrong:
            self.say(wrong)
            self.place.lineEdit().setFocus()
            return
        self.say(tr("Opening {title}…").format(title=found.title), busy=True)
        self.wanted.emit(found, place)

    def _show_report(self) -> None:
        if self._found is not None and self._found.report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._found.report)))
