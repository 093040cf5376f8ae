"""Tables of dialogs look and behave alike."""

from __future__ import annotations

from typing import Final

from qgis.PyQt.QtWidgets import QAbstractItemView, QTableView

LINES_OF_ROW: Final = 1.6


def plain_rows(table: QTableView) -> None:
    """Rows without numbers, as high as their text wants; Tab leads on to the next widget."""
    rows = table.verticalHeader()
    rows.hide()
    rows.setDefaultSectionSize(round(LINES_OF_ROW * table.fontMetrics().lineSpacing()))
    table.horizontalHeader().setHighlightSections(False)
    table.setTabKeyNavigation(False)


def shown_rows(table: QTableView) -> None:
    """The same for rows that are shown and chosen as a whole, not edited."""
    plain_rows(table)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
