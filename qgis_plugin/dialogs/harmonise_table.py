"""The table of a mapping: a thin model over rows, and the editor of a value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
)
from qgis.PyQt.QtGui import QFont
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QCompleter,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ..expressions.translating import quoted
from ..mapping.rows import MANDATORY, Row
from ..mapping.types import TypeInfo
from ..texts import tr

PROPERTY, NEED, VALUE, CODES, SURE, WHY = range(6)


class RowsModel(QAbstractTableModel):
    """Shows rows; an edit of a value is passed on to ``edited`` and comes back as new rows."""

    def __init__(self, edited: Callable[[Row, str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._edited = edited
        self._rows: Sequence[Row] = ()
        self._problems: dict[str, str] = {}
        roles = Qt.ItemDataRole
        self._shown: dict[int, Callable[[Row, int], Any]] = {
            roles.DisplayRole: self._text,
            roles.EditRole: lambda row, _column: row.value,
            roles.ToolTipRole: self._tip,
            roles.DecorationRole: self._icon,
            roles.FontRole: self._font,
            roles.AccessibleTextRole: self._said,
        }

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def show_problems(self, problems: dict[str, str]) -> None:
        """What is wrong, by the ``$.path`` of the row it is wrong in."""
        self._problems = problems
        if self._rows:
            last = self.index(len(self._rows) - 1, WHY)
            self.dataChanged.emit(self.index(0, PROPERTY), last)

    def row_at(self, index: QModelIndex) -> Row | None:
        """The row of an index."""
        valid = index.isValid() and index.row() < len(self._rows)
        return self._rows[index.row()] if valid else None

    def find(self, label: str) -> int:
        """The number of the row with a label, or -1."""
        return next((n for n, one in enumerate(self._rows) if one.label == label), -1)

    # -- Qt's model ----------------------------------------------------------------------------

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else WHY + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            tr("Property"),
            tr("Need"),
            tr("Column, expression or value"),
            tr("Codes"),
            tr("Sure"),
            tr("Why"),
        )[section]

    def flags(self, index: QModelIndex) -> Qt.ItemFlags:
        flags = super().flags(index)
        row = self.row_at(index)
        if row is not None and index.column() == VALUE and row.editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index)
        shown = self._shown.get(role)
        return None if row is None or shown is None else shown(row, index.column())

    def setData(self, index: QModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if row is None or role != Qt.ItemDataRole.EditRole or str(value).strip() == row.value:
            return False
        self._edited(row, str(value).strip())
        return True

    # -- what a cell says ----------------------------------------------------------------------

    def _text(self, row: Row, column: int) -> str:
        if column == PROPERTY:
            return name_of(row)
        if column == NEED:
            return need_of(row)
        if column == VALUE:
            return row.value
        if column == CODES:
            return _codes_text(row)
        if column == SURE:
            score = row.note.score if row.note else None
            return "" if score is None else f"{score:.0%}"
        return self._problems.get(row.at, "") or (row.note.reason if row.note else "")

    def _said(self, row: Row, column: int) -> str:
        return f"{row.label}: {self._text(row, column) or tr('nothing')}"

    def _font(self, row: Row, _column: int) -> QFont:
        font = QFont()
        font.setBold(row.missing)
        font.setItalic(row.inherited)
        return font

    def _tip(self, row: Row, column: int) -> str:
        if column == WHY:
            return self._text(row, WHY)
        return about(row)

    def _icon(self, row: Row, column: int) -> Any:
        if column == WHY and self._problems.get(row.at):
            return QgsApplication.getThemeIcon("/mIconWarning.svg")
        unsure = row.note is not None and row.note.todo
        if column == SURE and unsure:
            return QgsApplication.getThemeIcon("/mIconWarning.svg")
        if column == NEED and row.missing:
            return QgsApplication.getThemeIcon("/mIconWarning.svg")
        return None


def name_of(row: Row) -> str:
    """What a row's property is called: its path."""
    if row.path == "@id":
        return tr("Identifier (id)")
    if row.path == "@key":
        return tr("One object for each (key)")
    if row.path == "@where":
        return tr("Only rows where (where)")
    return row.label


def need_of(row: Row) -> str:
    """What the schema says of a row's property, in a word."""
    if row.of is None:
        return ""
    if row.missing:
        return tr("needed")
    return {
        MANDATORY: tr("mandatory"),
        "voidable": tr("voidable"),
        "optional": tr("optional"),
    }[row.of.need]


def about(row: Row) -> str:
    """What a person wants to know of a property: definition, what it holds, how often."""
    if row.of is None:
        return row.label
    lines = [row.of.definition] if row.of.definition else []
    holds = row.of.codes or row.of.values
    lines.append(
        tr("{path}: {need}, holds {holds}").format(path=row.label, need=need_of(row), holds=holds)
    )
    if row.of.repeated:
        lines.append(tr("May have several values."))
    if row.of.unit:
        lines.append(tr("Unit: {unit}").format(unit=row.of.unit))
    if row.note is not None and row.note.reason:
        lines.append(tr("Why: {reason}").format(reason=row.note.reason))
    if row.inherited:
        lines.append(tr("Inherited from the document that this one extends."))
    if not row.editable:
        lines.append(tr("Kept as it is written; it can be changed in a text editor only."))
    return "\n".join(lines)


def _codes_text(row: Row) -> str:
    if row.code_table:
        return row.code_table
    if row.codes:
        return tr("{count} translated").format(count=len(row.codes))
    return tr("translate…") if row.takes_codes else ""


class ValueDelegate(QStyledItemDelegate):
    """Edits a value: a list of columns, codes and voids that takes any text."""

    def __init__(self, row_at: Callable[[QModelIndex], Row | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._row_at = row_at
        self.columns: Sequence[str] = ()
        self.info: TypeInfo | None = None

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex
    ) -> QWidget:
        box = QComboBox(parent)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.setAccessibleName(tr("Column, expression or value"))
        row = self._row_at(index)
        for text, said in self._choices(row):
            box.addItem(text)
            box.setItemData(box.count() - 1, said, Qt.ItemDataRole.ToolTipRole)
        completer = box.completer()
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        return box

    def setEditorData(self, editor: QWidget, index: QModelIndex) -> None:
        editor.setCurrentText(index.data(Qt.ItemDataRole.EditRole) or "")
        editor.lineEdit().selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: QModelIndex) -> None:
        """Once the editor is closed: an edit makes the rows anew, which would take it away."""
        place, text = QPersistentModelIndex(index), editor.currentText()

        def put() -> None:
            if place.isValid():
                model.setData(QModelIndex(place), text, Qt.ItemDataRole.EditRole)

        QTimer.singleShot(0, put)

    def _choices(self, row: Row | None) -> Sequence[tuple[str, str]]:
        """What may be meant, with a word on each."""
        if row is None or row.of is None:
            return [(f"={quoted(one)}", tr("A column of the layer")) for one in self.columns]
        if row.of.kind == "geometry":
            return [(f"={one}", "") for one in GEOMETRY_CHOICES]
        found = [(f"={quoted(one)}", tr("A column of the layer")) for one in self.columns]
        found += row.of.choices
        if row.of.values == "boolean":
            found += [("true", ""), ("false", "")]
        if row.of.kind == "reference" and self.info is not None:
            found += [(f"=>{one}", tr("A reference to another object")) for one in self.info.linked]
        if row.of.voidable and self.info is not None:
            found += [(f"void: {one}", tr("No value, and why")) for one in self.info.void_reasons]
        return found


GEOMETRY_CHOICES: Final = (
    "geometry",
    "force_2d(geometry)",
    "point_on_surface(geometry)",
    "centroid(geometry)",
    "boundary(geometry)",
    "envelope(geometry)",
)
