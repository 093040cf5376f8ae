"""Choosing a target type: found by words in any of eight languages, over names and definitions."""

from __future__ import annotations

from typing import Any, Final

from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..engine import Message
from ..enginesession import EngineSession
from ..mapping.types import TargetType, found_type
from ..texts import language, tr
from .helping import add_help

SEARCH_AFTER: Final = 200
_KEYS: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class TypesDialog(QDialog):
    """A field and what it finds. ``chosen`` is the type when it was accepted.

    Parameters
    ----------
    schema
        Only types of this schema may be chosen; empty for all.
    """

    def __init__(self, session: EngineSession, schema: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("CommonplaceTypes")
        self.setWindowTitle(tr("Choose the target type"))
        self.chosen: TargetType | None = None
        self._session = session
        self._schema = schema
        self._types: list[TargetType] = []
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SEARCH_AFTER)
        self._later.timeout.connect(self._search)
        self._lay_out()
        self.finished.connect(lambda _result: session.forget("types"))
        self._search()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        label = QLabel(tr("&What do the objects of the layer stand for?"))
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("building, Gebäude, bâtiment, gebouw, edificio …"))
        self.words.setClearButtonEnabled(True)
        self.words.setAccessibleName(tr("Words to search target types by"))
        self.words.textEdited.connect(lambda _text: self._later.start())
        self.words.installEventFilter(self)
        label.setBuddy(self.words)
        self.list = QTreeWidget()
        self.list.setHeaderLabels([tr("Name"), tr("Called"), tr("Schema"), tr("Definition")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(tr("Target types found"))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.itemActivated.connect(lambda _item, _column: self.accept())
        self.list.currentItemChanged.connect(lambda _now, _before: self._tell())
        self.definition = QLabel()
        self.definition.setWordWrap(True)
        self.definition.setAccessibleName(tr("Definition of the type"))
        self.definition.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.definition.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        add_help(self.buttons, "types", "harmonise-in-qgis")
        for widget in (label, self.words, self.list, self.definition, self.buttons):
            layout.addWidget(widget)
        layout.setStretchFactor(self.list, 1)
        width = self.fontMetrics().averageCharWidth()
        self.resize(110 * width, 26 * self.fontMetrics().lineSpacing())
        header = self.list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for column, characters in enumerate((26, 26, 18)):
            header.resizeSection(column, characters * width)
        self.words.setFocus()

    def eventFilter(self, watched: Any, event: Any) -> bool:
        """Arrows in the field move through the list: no need for Tab."""
        pressed = event.type() == event.Type.KeyPress and event.key() in _KEYS
        if watched is self.words and pressed:
            return bool(QApplication.sendEvent(self.list, event))
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        """Take the type that is marked."""
        found = self._marked()
        if found is not None:
            self.chosen = found
            super().accept()

    def _marked(self) -> TargetType | None:
        row = self.list.indexOfTopLevelItem(self.list.currentItem())
        return self._types[row] if 0 <= row < len(self._types) else None

    def _search(self) -> None:
        words = {"type": "types", "text": self.words.text(), "language": language()}
        self.definition.setText(tr("Searching…"))
        self._session.ask(words, self._show, self.definition.setText, kind="types")

    def _show(self, answer: Message) -> None:
        found = [found_type(one) for one in answer["types"]]
        self._types = [one for one in found if self._schema in ("", one.schema)]
        self.list.clear()
        for one in self._types:
            called = one.label if one.label != one.feature_type else ""
            item = QTreeWidgetItem([one.feature_type, called, one.schema, one.definition])
            item.setToolTip(3, one.definition)
            item.setToolTip(2, one.title)
            self.list.addTopLevelItem(item)
        self.list.setCurrentItem(self.list.topLevelItem(0))
        self._tell()

    def _tell(self) -> None:
        found = self._marked()
        button = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        button.setEnabled(found is not None)
        if found is not None:
            self.definition.setText(found.definition or found.title)
        elif self.words.text():
            self.definition.setText(tr("No target type is called like that."))
