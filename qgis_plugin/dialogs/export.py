"""*Export a package*: the form, its progress, and what came of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Final

from qgis.core import QgsProject, QgsSettings, QgsVectorLayer
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from ..crsadvice import advised, operations_request
from ..engine import Message
from ..enginesession import EngineSession
from ..exporting import (
    ABOUT,
    COORDINATES,
    DATA,
    FOLDER,
    FORMATS_PAGE,
    Wish,
    about_project,
    keep_about,
    lacking,
    outcome_text,
    place_of,
    step_text,
)
from ..jobs import NoSuchLayer, StagedLayer, match_layers
from ..session import layer_names
from ..texts import language, no_such_layer, tr
from .export_about import AboutPage
from .export_crs import CoordinatesPage
from .export_data import DataPage
from .export_formats import FormatsPage
from .helping import add_help

FOLDER_SETTING: Final = "commonplace/packageFolder"
ASK_AFTER: Final = 300


class ExportDialog(QDialog):
    """The form. ``wanted`` gives a wish that lacks nothing and the layers it speaks of;
    ``cancelled`` asks to end the export, ``opened`` to load a package's folder.
    """

    wanted = pyqtSignal(object, list)
    cancelled = pyqtSignal()
    opened = pyqtSignal(str)

    def __init__(
        self,
        layers: Sequence[QgsVectorLayer],
        ticked: Collection[str],
        parent: QWidget | None = None,
        *,
        can_open: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("CommonplaceExport")
        self.setWindowTitle(tr("Export a package"))
        self.session = EngineSession(self)
        self.finished.connect(lambda _result: self.session.close())
        self._result: Message | None = None
        self._can_open = can_open
        self._running = False
        chosen = [one for one in layers if one.id() in ticked]
        self.data = DataPage(layers, ticked)
        self.coordinates = CoordinatesPage()
        self.formats = FormatsPage()
        self.about = AboutPage(about_project(QgsProject.instance(), chosen, language()))
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages(), 1)
        layout.addWidget(self._place())
        for widget in self._state():
            layout.addWidget(widget)
        layout.addWidget(self._buttons())
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask)
        self._connect()
        width = self.fontMetrics().averageCharWidth()
        self.resize(96 * width, self.sizeHint().height())
        self._edited()

    # -- the form ------------------------------------------------------------------------------

    def _pages(self) -> QTabWidget:
        self.pages = QTabWidget()
        self.pages.setAccessibleName(tr("Parts of the form"))
        self._places = {}
        for name, page, title in (
            (DATA, self.data, tr("&1 Data")),
            (COORDINATES, self.coordinates, tr("&2 Coordinates")),
            (FORMATS_PAGE, self.formats, tr("&3 Formats")),
            (ABOUT, self.about, tr("&4 About the data")),
        ):
            self._places[name] = self.pages.addTab(page, title)
        return self.pages

    def _place(self) -> QWidget:
        self._place_part = QWidget()
        form = QFormLayout(self._place_part)
        form.setContentsMargins(0, 0, 0, 0)
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setDialogTitle(tr("Folder for the package"))
        self.folder.setDefaultRoot(str(QgsSettings().value(FOLDER_SETTING, "") or ""))
        self.folder.lineEdit().setAccessibleName(tr("Folder for the package"))
        form.addRow(tr("Package &folder"), self.folder)
        self.place = QLabel()
        self.replace = QCheckBox(tr("&Replace it"))
        row = QHBoxLayout()
        row.addWidget(self.place)
        row.addWidget(self.replace)
        row.addStretch(1)
        form.addRow("", row)
        return self._place_part

    def _state(self) -> tuple[QWidget, ...]:
        self.lacks = QLabel()
        self.lacks.setObjectName("CommonplaceExportLacks")
        self.lacks.setWordWrap(True)
        self.lacks.linkActivated.connect(self._go_to)
        self.step = QLabel()
        self.step.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress of the export"))
        self.said = QLabel()
        self.said.setObjectName("CommonplaceExportSaid")
        self.said.setWordWrap(True)
        for widget in (self.step, self.bar, self.said):
            widget.hide()
        return (self.lacks, self.step, self.bar, self.said)

    def _buttons(self) -> QDialogButtonBox:
        roles = QDialogButtonBox.ButtonRole
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.go = QPushButton(tr("&Export"))
        self.go.setDefault(True)
        self.stop = QPushButton(tr("Canc&el"))
        self.report = QPushButton(tr("Open repor&t"))
        self.show_folder = QPushButton(tr("Show fol&der"))
        self.open_package = QPushButton(tr("O&pen in QGIS"))
        for button, pressed in (
            (self.go, self._export),
            (self.stop, self.cancelled.emit),
            (self.report, self._open_report),
            (self.show_folder, self._open_folder),
            (self.open_package, self._open_package),
        ):
            button.clicked.connect(lambda _checked=False, pressed=pressed: pressed())
            self.buttons.addButton(button, roles.ActionRole)
        self.buttons.rejected.connect(self.reject)
        add_help(self.buttons, "export")
        return self.buttons

    def _connect(self) -> None:
        for page in (self.data, self.coordinates):
            page.changed.connect(lambda: self._asking.start(ASK_AFTER))
        for page in (self.data, self.coordinates, self.formats, self.about):
            page.changed.connect(self._forget)
        self.folder.fileChanged.connect(lambda _path: self._forget())
        self.data.by_job.toggled.connect(self._by_job)
        self.replace.toggled.connect(lambda _checked: self._edited())
        self._asking.start(0)

    def fill(self, mapping: Path | None, *, only_selected: bool) -> None:
        """What is known before the form is shown."""
        self.data.fill(mapping, only_selected=only_selected)

    @property
    def wish(self) -> Wish:
        """What the form says."""
        by_job = self.data.by_job.isChecked()
        return Wish(
            by_job=by_job,
            job=self.data.job.filePath(),
            mapping=self.data.mapping.filePath(),
            layers=tuple(one.id() for one in self.data.chosen),
            only_selected=self.data.only_selected,
            crs=self.coordinates.target,
            accuracy=self.coordinates.demanded,
            grids="" if by_job else self.coordinates.grids.filePath(),
            formats=self.formats.chosen,
            zipped=self.formats.zipped.isChecked(),
            validated=self.formats.validated.isChecked(),
            folder=self.folder.filePath(),
            replace=self.replace.isChecked() and not self.replace.isHidden(),
            about=self.about.about,
        )

    def _by_job(self, by_job: bool) -> None:
        """A job file says what the other pages would."""
        for name in (COORDINATES, ABOUT):
            self.pages.setTabEnabled(self._places[name], not by_job)
        self.folder.lineEdit().setPlaceholderText(tr("as the job says") if by_job else "")
        self.formats.for_job(by_job=by_job)

    def _forget(self) -> None:
        """What came of the export before is of another form now."""
        self._result = None
        self.said.setText("")
        self._edited()

    def _edited(self) -> None:
        """What is still needed, and what the folder is."""
        folder = self.folder.filePath()
        place = place_of(folder) if folder else None
        self.place.setText(place.text if place else "")
        self.replace.setVisible(place is not None and place.replaces)
        lacks = lacking(self.wish)
        links = [f'<a href="{one.page}/{one.field}">{one.text}</a>' for one in lacks]
        text = tr("Still needed: {things}").format(things=" · ".join(links)) if links else ""
        self.lacks.setText(text)
        leave = [one for one in lacks if one.field == "replace"]
        self._show_state(ready=not lacks, told=self._result is not None and lacks == leave)

    def _show_state(self, *, ready: bool, told: bool) -> None:
        """What can be seen and pressed; ``told``: what is still needed needn't be said."""
        idle = not self._running
        self.pages.setEnabled(idle)
        self._place_part.setEnabled(idle)
        self.lacks.setVisible(idle and not ready and not told)
        self.step.setVisible(self._running)
        self.bar.setVisible(self._running)
        self.said.setVisible(idle and bool(self.said.text()))
        self.go.setVisible(idle)
        self.go.setEnabled(ready)
        self.stop.setVisible(self._running)
        going_on = tr("The export goes on; QGIS tells when it is done")
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setToolTip(going_on if self._running else "")
        done = idle and self._result is not None
        self.report.setVisible(done)
        self.show_folder.setVisible(done)
        self.open_package.setVisible(done and self._can_open)

    def _go_to(self, link: str) -> None:
        """Where something is still needed."""
        page, _, field = link.partition("/")
        if page == FOLDER:
            (self.replace if field == "replace" else self.folder).setFocus()
            return
        self.pages.setCurrentIndex(self._places[page])
        holder = self.pages.currentWidget()
        getattr(holder, {"layers": "list"}.get(field, field), holder).setFocus()

    # -- what the engine says before -----------------------------------------------------------

    def _ask(self) -> None:
        """Have the engine say how layers are reprojected, and what the mapping reads."""
        layers = self.data.chosen
        self._ask_mapping(Path(self.data.mapping.filePath()))
        target = self.coordinates.target
        if not layers or not target:
            self.coordinates.wait("" if target else tr("Choose a CRS that has an EPSG code."))
            return
        request = operations_request(
            layers,
            target,
            self.coordinates.grids.filePath(),
            only_selected=self.data.only_selected,
        )
        self.session.ask(
            request,
            lambda answer: self.coordinates.show_rows(advised(answer, self.coordinates.demanded)),
            self.coordinates.wait,
            kind="operations",
        )

    def _ask_mapping(self, path: Path) -> None:
        if not path.is_file() or self.data.by_job.isChecked():
            self.data.reads.setText("")
            return
        try:
            document = {"document": path.read_text(encoding="utf-8"), "name": path.name}
        except (OSError, UnicodeDecodeError) as error:
            self.data.reads.setText(str(error))
            return
        self.session.ask(
            {"type": "check", **document}, self._show_reads, self.data.reads.setText, kind="check"
        )

    def _show_reads(self, answer: Message) -> None:
        layers = self.data.chosen
        staged = [StagedLayer(one.name(), layer_names(one)) for one in layers]
        if not staged:
            self.data.reads.setText("")
            return
        try:
            tables = match_layers(answer["layers"], staged)
        except NoSuchLayer as error:
            self.data.reads.setText(no_such_layer(error))
            return
        told = [f"{name} ← {', '.join(layers)}" for name, layers in tables.items()]
        self.data.reads.setText(tr("The mapping makes: {types}").format(types="; ".join(told)))

    # -- the export ----------------------------------------------------------------------------

    def _export(self) -> None:
        wish = self.wish
        if lacking(wish):
            self._edited()
            return
        self.coordinates.keep()
        keep_about(wish.about)
        if wish.folder:
            QgsSettings().setValue(FOLDER_SETTING, str(Path(wish.folder).parent))
        self._running, self._result = True, None
        self.said.setText("")
        self.works("", 0, 0)
        self._edited()
        self.wanted.emit(wish, self.data.chosen)

    def works(self, step: str, done: int, total: int) -> None:
        """How far the export is."""
        self.step.setText(step_text(step, done, total) or tr("The engine starts."))
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def ended(self, result: Message) -> None:
        """The package is there."""
        self._end(outcome_text(result), result)

    def failed(self, text: str) -> None:
        """There is none, and why."""
        self._end(tr("No package was written.") + "\n" + text)

    def was_cancelled(self) -> None:
        """There is none, as was wanted."""
        self._end(tr("Cancelled. Nothing was written."))

    def _end(self, text: str, result: Message | None = None) -> None:
        self._running, self._result = False, result
        self.said.setText(text)
        self._edited()
        (self.report if result else self.go).setFocus()

    def _open_report(self) -> None:
        if self._result is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._result["report"]))

    def _open_folder(self) -> None:
        if self._result is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._result["package"]))

    def _open_package(self) -> None:
        if self._result is not None:
            self.opened.emit(self._result["package"])
