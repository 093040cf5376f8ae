"""*Export a package*, third page: the encodings, each with what it is good for."""

from __future__ import annotations

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QGridLayout, QGroupBox, QLabel, QVBoxLayout, QWidget

from ..formats import FORMATS, USUAL, good_for
from ..texts import tr


class FormatsPage(QWidget):
    """Which encodings, and what is done beside. ``changed`` tells of edits."""

    changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        self.own = QCheckBox(tr("&Other formats than the job names"))
        self.own.toggled.connect(lambda _checked: self._choose())
        layout.addWidget(self.own)
        self._part = QGroupBox(tr("Formats"))
        grid = QGridLayout(self._part)
        grid.setColumnStretch(1, 1)
        self.boxes: dict[str, QCheckBox] = {}
        for row, (name, title) in enumerate(FORMATS.items()):
            box = QCheckBox(title)
            box.setChecked(name in USUAL)
            box.setAccessibleDescription(good_for(name))
            box.toggled.connect(lambda _checked: self.changed.emit())
            tip = QLabel(good_for(name))
            tip.setWordWrap(True)
            tip.setBuddy(box)
            grid.addWidget(box, row, 0)
            grid.addWidget(tip, row, 1)
            self.boxes[name] = box
        layout.addWidget(self._part)
        self.zipped = QCheckBox(tr("Also as a &zip, to send it"))
        self.validated = QCheckBox(
            tr("C&heck the files afterwards, as “Validate…” does; takes longer")
        )
        for box in (self.zipped, self.validated):
            layout.addWidget(box)
        layout.addStretch(1)
        self.for_job(by_job=False)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The encodings; none where the job's are taken."""
        if not self.own.isHidden() and not self.own.isChecked():
            return ()
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def for_job(self, *, by_job: bool) -> None:
        """A job names formats itself."""
        self.own.setVisible(by_job)
        self._choose()

    def _choose(self) -> None:
        self._part.setEnabled(self.own.isHidden() or self.own.isChecked())
        self.changed.emit()
