"""Real features beside the INSPIRE objects that they become, and what was found in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..engine import Message
from ..texts import tr

LONGEST: Final = 200
OBJECT_NAMES: Final = 36
_ICONS: Final = {
    "error": "/mIconCritical.svg",
    "warning": "/mIconWarning.svg",
    "info": "/mIconInfo.svg",
}


class PreviewPanel(QWidget):
    """Steps through a few features. ``placed`` tells the ``$.path`` of a problem activated."""

    placed = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, Mapping[str, Any]]] = []
        self._general: list[Mapping[str, Any]] = []
        self._at = 0
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._bar())
        self.source = _tree(tr("Attribute"), tr("Value"), tr("The feature's attributes"), 24)
        self.object = _tree(tr("Property"), tr("Value"), tr("The INSPIRE object"), OBJECT_NAMES)
        self.findings = _tree(tr("Problems and findings"), "", tr("Problems and findings"), 0)
        self.findings.setColumnCount(1)
        self.findings.setUniformRowHeights(False)
        self.findings.setWordWrap(True)
        self.findings.itemActivated.connect(self._go)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        for widget, share in ((self.source, 3), (self.object, 5), (self.findings, 2)):
            splitter.addWidget(widget)
            splitter.setStretchFactor(splitter.count() - 1, share)
        layout.addWidget(splitter, 1)
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.said.setAccessibleName(tr("State of the preview"))
        layout.addWidget(self.said)
        self._show()

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        self.previous = _button(
            "/mActionArrowLeft.svg", tr("Feature before (Alt+Left)"), "Alt+Left"
        )
        self.previous.clicked.connect(lambda: self._step(-1))
        self.following = _button(
            "/mActionArrowRight.svg", tr("Next feature (Alt+Right)"), "Alt+Right"
        )
        self.following.clicked.connect(lambda: self._step(1))
        self.which = QLabel()
        self.which.setAccessibleName(tr("Which feature is shown"))
        bar.addWidget(self.previous)
        bar.addWidget(self.following)
        bar.addWidget(self.which, 1)
        return bar

    def wait(self, text: str) -> None:
        """Say that what is shown is being made anew."""
        self.said.setText(text)

    def show_preview(self, answer: Message) -> None:
        """The engine's answer to ``preview``. The feature that was shown stays in sight."""
        self._rows = [(one["layer"], row) for one in answer["layers"] for row in one["rows"]]
        problems = answer["problems"]
        self._general = sorted(problems, key=lambda one: one["severity"] != "error")
        for one in answer["layers"]:
            self._general += one["findings"]
        self._at = min(self._at, max(len(self._rows) - 1, 0))
        errors = sum(one["severity"] == "error" for one in problems)
        self.said.setText(
            tr("No preview while something is wrong: see the problems above.") if errors else ""
        )
        self._show()

    def mark(self, path: str) -> None:
        """Bring a property of the object into sight."""
        name = path.partition(".")[0]
        for item in self.object.findItems(
            name, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive
        ):
            self.object.setCurrentItem(item)
            self.object.scrollToItem(item)
            return

    def _step(self, by: int) -> None:
        self._at = max(0, min(self._at + by, len(self._rows) - 1))
        self._show()

    def _show(self) -> None:
        there = len(self._rows)
        self.previous.setEnabled(self._at > 0)
        self.following.setEnabled(self._at + 1 < there)
        for tree in (self.source, self.object, self.findings):
            tree.clear()
        found = list(self._general)
        if there:
            layer, row = self._rows[self._at]
            text = tr("{layer}: feature {number} of {count}")
            self.which.setText(text.format(layer=layer, number=self._at + 1, count=there))
            for name, value in row["source"].items():
                _add(self.source, name, "" if value is None else str(value))
            for made in row["objects"]:
                top = _add(self.object, made["type"], made["id"])
                _fill(top, made["properties"])
            self.object.expandAll()
            found = [*row["findings"], *found]
        else:
            self.which.setText(tr("No feature"))
        for one in found:
            self._tell(one)

    def _tell(self, one: Mapping[str, Any]) -> None:
        where = one.get("attribute") or one.get("path") or ""
        text = f"{where}: {one['message']}" if where else one["message"]
        mend = one.get("fix") or one.get("hint")
        if mend:
            text = f"{text}\n→ {mend}"
        item = QTreeWidgetItem([text])
        self.findings.addTopLevelItem(item)
        item.setIcon(0, QgsApplication.getThemeIcon(_ICONS.get(one["severity"], "/mIconInfo.svg")))
        item.setData(0, Qt.ItemDataRole.UserRole, one.get("path") or "")
        item.setToolTip(0, f"{one['code']}\n{text}")

    def _go(self, item: QTreeWidgetItem, _column: int) -> None:
        path = item.data(0, Qt.ItemDataRole.UserRole)
        if path:
            self.placed.emit(path)


def _fill(item: QTreeWidgetItem, value: Any) -> None:
    for name, text, inner in _entries(value):
        below = QTreeWidgetItem([name, text])
        below.setToolTip(1, text)
        item.addChild(below)
        if inner is not None:
            _fill(below, inner)


def _entries(value: Any) -> Iterator[tuple[str, str, Any]]:
    """Name, text and what is inside, of the properties of an object."""
    for name, one in value.items() if isinstance(value, Mapping) else ():
        if isinstance(one, Mapping) and set(one) == {"void"}:
            yield name, f"({one['void']})", None
        elif isinstance(one, Mapping):
            yield name, "", one
        elif isinstance(one, list):
            for number, item in enumerate(one, start=1):
                label = f"{name} [{number}]" if len(one) > 1 else name
                nested = isinstance(item, Mapping)
                yield label, "" if nested else _short(item), item if nested else None
        else:
            yield name, _short(one), None


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _add(tree: QTreeWidget, name: str, text: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem([name, _short(text)])
    item.setToolTip(1, _short(text))
    tree.addTopLevelItem(item)
    return item


def _tree(first: str, second: str, said: str, characters: int) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setHeaderLabels([first, second])
    tree.setAccessibleName(said)
    tree.setUniformRowHeights(True)
    tree.setAlternatingRowColors(True)
    tree.setRootIsDecorated(characters == OBJECT_NAMES)
    header: QHeaderView = tree.header()
    header.resizeSection(0, characters * tree.fontMetrics().averageCharWidth())
    return tree


def _button(icon: str, text: str, shortcut: str) -> QToolButton:
    button = QToolButton()
    button.setIcon(QgsApplication.getThemeIcon(icon))
    button.setToolTip(text)
    button.setAccessibleName(text)
    button.setShortcut(shortcut)
    return button
