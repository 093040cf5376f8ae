"""*Set up the engine*: makes its environment in the profile folder, or takes another."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsSettings
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QGroupBox,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ..engine import interpreter_of
from ..enginestate import EngineState
from ..interpreters import Interpreter
from ..setuptasks import BackgroundTask, making_task, search_task, setup_log, trying_task
from ..setuptexts import no_python, state_text, step_text
from ..tasks import PYTHON_SETTING, profile, start
from ..texts import plugin_version, tr
from .helping import add_help

OTHER = "other"


class SetupDialog(QDialog):
    """The form, the progress and what came of it. ``ready`` says that there is an engine."""

    ready = pyqtSignal()

    def __init__(self, state: EngineState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("CommonplaceSetup")
        self.setWindowTitle(tr("Set up the Commonplace engine"))
        self._task: BackgroundTask | None = None
        self._usable: list[Interpreter] = []
        layout = QVBoxLayout(self)
        self.said = _told(state_text(state, plugin_version()), "CommonplaceSetupSaid")
        layout.addWidget(self.said)
        layout.addWidget(self._make_form())
        layout.addWidget(self._existing_form())
        self.step = _told("", "CommonplaceSetupStep")
        self.bar = QProgressBar()
        self.bar.setAccessibleName(tr("Progress of the set-up"))
        self.bar.setRange(0, 100)
        self.log = QPlainTextEdit()
        self.log.setReadOnly(True)
        self.log.setAccessibleName(tr("What the programs print"))
        self.log.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.log.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        for widget in (self.step, self.bar, self.log):
            layout.addWidget(widget)
            widget.hide()
        layout.setStretchFactor(self.log, 1)
        layout.addStretch(0)
        layout.addWidget(self._buttons())
        self._align()
        self.resize(self.fontMetrics().averageCharWidth() * 88, self.sizeHint().height())
        self._choose()
        self._search()

    def _align(self) -> None:
        """The fields of both groups stand below each other."""
        labels = [
            box.layout().labelForField(field)
            for box, field in ((self._make_box, self.wheels), (self._take_box, self.existing))
        ]
        widest = max(label.sizeHint().width() for label in labels)
        for label in labels:
            label.setMinimumWidth(widest)

    def _make_form(self) -> QWidget:
        self.make = QRadioButton(tr("Make an environment for it in this QGIS profile"))
        self.make.setChecked(True)
        self.make.toggled.connect(self._choose)
        self._make_box = QGroupBox()
        self._make_box.setFlat(True)
        form = QFormLayout(self._make_box)
        form.addRow(self.make)
        self.python = QComboBox()
        self.python.setAccessibleName(tr("Python for the environment"))
        self.python.currentIndexChanged.connect(self._choose)
        form.addRow(tr("&Python"), self.python)
        self.other = _file_field(tr("Another Python"), QgsFileWidget.StorageMode.GetFile)
        self.other.fileChanged.connect(self._choose)
        self._other_label = QLabel(tr("Pro&gram"))
        self._other_label.setBuddy(self.other)
        form.addRow(self._other_label, self.other)
        self.wheels = _file_field(tr("Folder of wheels"), QgsFileWidget.StorageMode.GetDirectory)
        self.wheels.lineEdit().setPlaceholderText(tr("the package index (internet)"))
        form.addRow(tr("Packages &from"), self.wheels)
        self.wheels.setToolTip(
            tr("Without internet: a folder with the wheels of all packages that the engine needs")
        )
        return self._make_box

    def _existing_form(self) -> QWidget:
        self.take = QRadioButton(tr("Use an environment that has the engine already"))
        self._take_box = QGroupBox()
        self._take_box.setFlat(True)
        form = QFormLayout(self._take_box)
        form.addRow(self.take)
        self.existing = _file_field(
            tr("Python of the environment"), QgsFileWidget.StorageMode.GetFile
        )
        self.existing.fileChanged.connect(self._choose)
        form.addRow(tr("P&ython"), self.existing)
        ways = QButtonGroup(self)
        ways.addButton(self.make)
        ways.addButton(self.take)
        return self._take_box

    def _buttons(self) -> QDialogButtonBox:
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        roles = QDialogButtonBox.ButtonRole
        self.go = QPushButton(tr("&Set up"))
        self.go.setDefault(True)
        self.go.clicked.connect(self._begin)
        self.buttons.addButton(self.go, roles.ActionRole)
        self.again = QPushButton(tr("Search &again"))
        self.again.setToolTip(tr("Look for Pythons again, such as one just installed"))
        self.again.clicked.connect(self._search)
        self.buttons.addButton(self.again, roles.ActionRole)
        self.open_log = QPushButton(tr("Open &log"))
        self.open_log.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(setup_log(profile()))))
        )
        self.buttons.addButton(self.open_log, roles.HelpRole)
        self.buttons.rejected.connect(self.reject)
        add_help(self.buttons, "engine")
        return self.buttons

    def _choose(self) -> None:
        """What can be used of the form as it stands."""
        running = self._task is not None
        making = self.make.isChecked()
        other = self.python.currentData() == OTHER
        self.make.setEnabled(not running)
        self.take.setEnabled(not running)
        self.python.setEnabled(making and not running)
        self.other.setVisible(other)
        self._other_label.setVisible(other)
        self.other.setEnabled(making and not running)
        self.wheels.setEnabled(making and not running)
        self.existing.setEnabled(not making and not running)
        chosen = self._chosen_python() if making else self.existing.filePath()
        self.go.setEnabled(bool(chosen) and not running)
        self.go.setText(tr("&Set up") if making else tr("&Use it"))
        self.again.setEnabled(not running)
        self.open_log.setEnabled(setup_log(profile()).is_file())

    def _chosen_python(self) -> Interpreter | Path | None:
        data = self.python.currentData()
        if data == OTHER:
            return Path(self.other.filePath()) if self.other.filePath() else None
        return self._usable[data] if isinstance(data, int) else None

    def _search(self) -> None:
        """Look for Pythons."""
        self.python.clear()
        self.python.addItem(tr("Looking for Python…"), None)
        task = search_task()
        task.succeeded.connect(self._list)
        self._run(task, quiet=True)

    def _list(self, found: Sequence[Interpreter]) -> None:
        self._task = None
        self._usable = [one for one in found if one.fits]
        self.python.clear()
        for number, one in enumerate(self._usable):
            self.python.addItem(f"Python {one.text}   {one.path}", number)
        self.python.addItem(tr("Another…"), OTHER)
        if not self._usable:
            self.said.setText(no_python(found, sys.platform))
            self.python.setCurrentIndex(self.python.count() - 1)
        self._choose()

    def _begin(self) -> None:
        if self.make.isChecked():
            python = self._chosen_python()
            assert python is not None  # nosec B101
            folder = self.wheels.filePath()
            task = making_task(python, Path(folder) if folder else None)
            task.succeeded.connect(self._made)
        else:
            chosen = Path(self.existing.filePath())
            stated = interpreter_of(chosen) if chosen.is_dir() else chosen
            task = trying_task(stated)
            task.succeeded.connect(lambda version: self._taken(stated, version))
        task.failed.connect(self._failed)
        task.cancelled.connect(lambda: self._failed(tr("Cancelled.")))
        task.stepped.connect(self._reached)
        task.printed.connect(self.log.appendPlainText)
        self.log.clear()
        self.said.setText("")
        self._run(task)

    def _run(self, task: BackgroundTask, *, quiet: bool = False) -> None:
        self._task = task
        for widget in (self.step, self.bar) if quiet else (self.step, self.bar, self.log):
            widget.setVisible(not quiet)
        self.bar.setValue(0)
        self.step.setText("")
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Close") if quiet else tr("Cancel"))
        self._choose()
        start(task)

    def _reached(self, share: float, step: str) -> None:
        self.bar.setValue(round(100 * share))
        self.step.setText(step_text(step))

    def _made(self, version: str) -> None:
        QgsSettings().remove(PYTHON_SETTING)
        self._succeeded(version)

    def _taken(self, python: Path, version: str) -> None:
        QgsSettings().setValue(PYTHON_SETTING, str(python))
        self._succeeded(version)

    def _succeeded(self, version: str) -> None:
        said = tr("The engine, version {version}, is ready.").format(version=version)
        if version != plugin_version():
            more = tr("The plugin is version {plugin}: some things may not fit together.")
            said = f"{said} {more.format(plugin=plugin_version())}"
        self.bar.setValue(100)
        self._ended(said)
        self.ready.emit()

    def _failed(self, text: str) -> None:
        self._ended(text)
        self.go.setText(tr("&Try again"))

    def _ended(self, text: str) -> None:
        self._task = None
        self.step.setText("")
        self.said.setText(text)
        self.said.setMinimumHeight(self.said.heightForWidth(self.said.width()))
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        self._choose()

    def reject(self) -> None:
        """Cancel what runs; close when nothing does."""
        if self._task is None or not self.bar.isVisible():
            super().reject()
        else:
            self._task.cancel()


def _told(text: str, name: str) -> QLabel:
    label = QLabel(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label


def _file_field(name: str, mode: QgsFileWidget.StorageMode) -> QgsFileWidget:
    field = QgsFileWidget()
    field.setStorageMode(mode)
    field.setDialogTitle(name)
    field.lineEdit().setAccessibleName(name)
    return field
