"""Findings as a table that can be filtered and sorted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt

from .findings import SEVERITIES, Finding, severity_text
from .texts import tr

ICONS: Final = {
    "error": "/mIconCritical.svg",
    "warning": "/mIconWarning.svg",
    "info": "/mIconInfo.svg",
}
SEVERITY, MESSAGE, FEATURE, ATTRIBUTE, VALUE, RULE, FILE = range(7)
MOST_ROWS: Final = 1_000_000


class FindingsModel(QAbstractTableModel):
    """One row a finding."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Finding] = ()
        self._icons = {name: QgsApplication.getThemeIcon(icon) for name, icon in ICONS.items()}

    def show(self, rows: Sequence[Finding]) -> None:
        """Show other findings."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def finding(self, row: int) -> Finding:
        """The finding of a row of this model (not of a proxy over it)."""
        return self._rows[row]

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else FILE + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return None
        return (
            tr("Severity"),
            tr("What is wrong"),
            tr("Feature"),
            tr("Attribute"),
            tr("Value"),
            tr("Rule"),
            tr("File"),
        )[section]

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        one = self._rows[index.row()]
        column = index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _cell(one, column)
        if role == Qt.ItemDataRole.DecorationRole and column == SEVERITY:
            return self._icons[one.severity]
        return _sort_key(one, index) if role == Qt.ItemDataRole.UserRole else None


def _sort_key(one: Finding, index: QModelIndex) -> int | str:
    """Findings of a severity stay in the engine's order."""
    if index.column() == SEVERITY:
        return SEVERITIES.index(one.severity) * MOST_ROWS + index.row()
    return _cell(one, index.column()).casefold()


def _cell(one: Finding, column: int) -> str:
    return (
        severity_text(one.severity),
        one.message,
        one.feature,
        one.attribute,
        one.value,
        one.code,
        one.file,
    )[column]


class FindingsFilter(QSortFilterProxyModel):
    """Lets findings through by rule, severity and text."""

    def __init__(self, model: FindingsModel, parent: Any = None) -> None:
        super().__init__(parent)
        self._rule = ""
        self._severities = frozenset(SEVERITIES)
        self._text = ""
        self.setSourceModel(model)
        self.setSortRole(Qt.ItemDataRole.UserRole)

    def choose(
        self,
        *,
        rule: str | None = None,
        severities: frozenset[str] | None = None,
        text: str | None = None,
    ) -> None:
        """Change what is let through; an empty rule or text lets all."""
        self._rule = self._rule if rule is None else rule
        self._severities = self._severities if severities is None else severities
        self._text = self._text if text is None else text.casefold()
        self.invalidateFilter()

    def finding(self, index: QModelIndex) -> Finding:
        """The finding of a row of this model."""
        return self.sourceModel().finding(self.mapToSource(index).row())

    def filterAcceptsRow(self, row: int, parent: QModelIndex) -> bool:
        one = self.sourceModel().finding(row)
        if one.severity not in self._severities or (self._rule and one.code != self._rule):
            return False
        if not self._text:
            return True
        texts = (one.code, one.message, one.feature, one.attribute, one.value, one.file)
        return any(self._text in text.casefold() for text in texts)
