"""*Help* in dialogs: the user guide, at the dialog's place."""

from __future__ import annotations

from qgis.PyQt.QtWidgets import QDialogButtonBox

from ..guide import open_guide


def add_help(buttons: QDialogButtonBox, place: str, page: str = "qgis") -> None:
    """A button, and F1, that open a page of the guide at one of its places."""
    button = buttons.addButton(QDialogButtonBox.StandardButton.Help)
    button.setShortcut("F1")
    button.setAutoDefault(False)
    buttons.helpRequested.connect(lambda: open_guide(page, place))
