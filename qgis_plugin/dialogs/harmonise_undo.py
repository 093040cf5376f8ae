"""Undo and redo of edits of a document: whole documents, which share what didn't change."""

from __future__ import annotations

from collections.abc import Callable

try:  # Qt 6
    from qgis.PyQt.QtGui import QUndoCommand, QUndoStack
except ImportError:
    from qgis.PyQt.QtWidgets import QUndoCommand, QUndoStack

from ..mapping.document import Document


class Edit(QUndoCommand):
    """One edit: the document before and after."""

    def __init__(
        self, text: str, before: Document, after: Document, show: Callable[[Document], object]
    ) -> None:
        super().__init__(text)
        self._before = before
        self._after = after
        self._show = show

    def redo(self) -> None:
        """Do it, or do it again."""
        self._show(self._after)

    def undo(self) -> None:
        """Take it back."""
        self._show(self._before)


__all__ = ["Edit", "QUndoStack"]
