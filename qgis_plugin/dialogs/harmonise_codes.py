"""What each value of a column means in a code list."""

from __future__ import annotations

from typing import Any, Final

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QModelIndex, Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..engine import Message
from ..mapping.rows import Row
from ..texts import tr
from .helping import add_help
from .tables import plain_rows

VALUE, COUNT, CODE, WHY = range(4)
VOID: Final = "void"


class CodesDialog(QDialog):
    """The layer's values with their counts, and the code that each means.

    Parameters
    ----------
    counted
        The engine's answer to ``values``.
    listed
        Its answer to ``codes``.
    """

    def __init__(self, row: Row, counted: Message, listed: Message, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("CommonplaceCodes")
        self.setWindowTitle(tr("Codes of {property}").format(property=row.label))
        self._row = row
        self._counted = counted
        self._labels = {one["code"]: one["label"] for one in listed["codes"]}
        self._definitions = {one["code"]: one["definition"] or "" for one in listed["codes"]}
        self._closed = bool(listed["closed"])
        self._lay_out(listed["name"])
        self._fill()

    @property
    def codes(self) -> dict[str, str]:
        """The translations: value → code. Values without a code aren't in it."""
        found = {}
        for number in range(self.table.rowCount()):
            code = self._text(number, CODE)
            if code:
                found[self._text(number, VALUE)] = code
        return found

    @property
    def unmatched(self) -> str:
        """What happens to other values."""
        return str(self.others.currentData() or self.others.currentText())

    def _lay_out(self, name: str) -> None:
        layout = QVBoxLayout(self)
        self.said = QLabel(self._summary(name))
        self.said.setWordWrap(True)
        self.table = QTableWidget(0, WHY + 1)
        self.table.setHorizontalHeaderLabels(
            [tr("Value in the layer"), tr("Features"), tr("Code"), tr("Why")]
        )
        plain_rows(self.table)
        self.table.setAccessibleName(tr("Values and their codes"))
        self.table.setItemDelegateForColumn(
            CODE, _CodeDelegate(self._labels, self._definitions, self)
        )
        self.table.itemChanged.connect(lambda _item: self._count())
        self.others = QComboBox()
        self.others.setAccessibleName(tr("What happens to other values"))
        for word, text in (
            ("error", tr("a finding on the row")),
            ("void", tr("no value")),
            ("keep", tr("kept as they are")),
            ("parent", tr("the code of the longest beginning that has one")),
        ):
            self.others.addItem(text, word)
        for code in self._labels:
            self.others.addItem(code, code)
        self.take = QPushButton(tr("&Take all suggestions"))
        self.take.clicked.connect(self._take_all)
        self.clear = QPushButton(tr("&No codes"))
        self.clear.setToolTip(tr("Remove all translations: the values are the codes themselves"))
        self.clear.clicked.connect(self._clear_all)
        form = QFormLayout()
        form.addRow(tr("&Other values:"), self.others)
        for button in (self.take, self.clear):
            button.setAutoDefault(False)
        self.left = QLabel()
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        add_help(buttons, "codes", "harmonise-in-qgis")
        row = QHBoxLayout()
        row.addWidget(self.left, 1)
        row.addWidget(self.take)
        row.addWidget(self.clear)
        layout.addWidget(self.said)
        layout.addWidget(self.table, 1)
        layout.addLayout(row)
        layout.addLayout(form)
        layout.addWidget(buttons)
        width = self.fontMetrics().averageCharWidth()
        header = self.table.horizontalHeader()
        for column, characters in ((VALUE, 28), (COUNT, 10), (CODE, 30)):
            header.resizeSection(column, characters * width)
        header.setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
        self.resize(110 * width, 26 * self.fontMetrics().lineSpacing())

    def _summary(self, name: str) -> str:
        text = tr(
            "{distinct} different values in {rows} features; {empty} have none. "
            "Code list {name}, {count} codes."
        )
        if self._closed:
            text += " " + tr("Other codes aren't allowed.")
        return text.format(name=name, count=len(self._labels), **self._counted)

    def _fill(self) -> None:
        """The layer's values, then those that only the document has."""
        given = self._row.codes
        self.table.blockSignals(True)
        there = {one["value"] for one in self._counted["values"]}
        absent = [{"value": one, "count": 0} for one in given if one not in there]
        values = [*self._counted["values"], *absent]
        self.table.setRowCount(len(values))
        for number, one in enumerate(values):
            suggested = one.get("code") or ""
            code = given.get(one["value"], "" if given else suggested)
            self._put(number, VALUE, one["value"])
            self._put(number, COUNT, one["count"])
            self._put(number, CODE, code or "", editable=True)
            why = one.get("reason", "") if code == suggested or not code else ""
            self._put(number, WHY, why if one["count"] else tr("not in the layer"))
        self.table.blockSignals(False)
        position = self.others.findData(self._row.unmatched)
        self.others.setCurrentIndex(max(position, 0))
        self._count()
        if values:
            self.table.setCurrentCell(0, CODE)

    def _put(self, row: int, column: int, value: Any, *, editable: bool = False) -> None:
        item = QTableWidgetItem()
        item.setData(Qt.ItemDataRole.DisplayRole, value)
        if not editable:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        if column == COUNT:
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.table.setItem(row, column, item)

    def _text(self, row: int, column: int) -> str:
        return str(self.table.item(row, column).data(Qt.ItemDataRole.DisplayRole) or "").strip()

    def _take_all(self) -> None:
        for number, one in enumerate(self._counted["values"]):
            if one.get("code"):
                self.table.item(number, CODE).setText(one["code"])

    def _clear_all(self) -> None:
        for number in range(self.table.rowCount()):
            self.table.item(number, CODE).setText("")

    def _count(self) -> None:
        """Say how many features have no code yet, and mark codes that the list doesn't have."""
        without = 0
        for number in range(self.table.rowCount()):
            code = self._text(number, CODE)
            without += 0 if code else int(self._text(number, COUNT) or 0)
            wrong = bool(code and self._labels and code not in (*self._labels, VOID))
            wrong = wrong and (self._closed or ":" not in code)
            icon = QgsApplication.getThemeIcon("/mIconWarning.svg") if wrong else None
            self.table.blockSignals(True)
            self.table.item(number, CODE).setData(Qt.ItemDataRole.DecorationRole, icon)
            tip = (
                tr("The code list has no such code.") if wrong else self._definitions.get(code, "")
            )
            self.table.item(number, CODE).setToolTip(tip)
            self.table.blockSignals(False)
        text = tr("{count} features have a value without a code.")
        self.left.setText(text.format(count=without) if without else tr("Every value has a code."))


class _CodeDelegate(QStyledItemDelegate):
    """Edits a code: the list's codes with their labels, ``void``, or any text."""

    def __init__(
        self, labels: dict[str, str], definitions: dict[str, str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._labels = labels
        self._definitions = definitions

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        box = QComboBox(parent)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setAccessibleName(tr("Code"))
        for code, label in self._labels.items():
            box.addItem(code)
            said = self._definitions.get(code) or label
            box.setItemData(box.count() - 1, said, Qt.ItemDataRole.ToolTipRole)
        box.addItem(VOID)
        box.completer().setFilterMode(Qt.MatchFlag.MatchContains)
        return box

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        editor.setCurrentText(str(index.data() or ""))
        editor.lineEdit().selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: QModelIndex) -> None:
        model.setData(index, editor.currentText().strip(), Qt.ItemDataRole.EditRole)
