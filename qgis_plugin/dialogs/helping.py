"""*Help* in dialogs: the user guide, at the dialog's place."""

from __future__ import annotations

from typing import Final

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox, QToolButton

from ..guide import open_guide
from ..texts import tr

HELP: Final = "CommonplaceHelp"


def add_help(buttons: QDialogButtonBox, place: str, page: str = "qgis") -> None:
    """A button, and F1, that open a page of the guide at one of its places."""
    button = buttons.addButton(QDialogButtonBox.StandardButton.Help)
    button.setShortcut("F1")
    button.setAutoDefault(False)
    buttons.helpRequested.connect(lambda: open_guide(page, place))


def help_button(place: str) -> QToolButton:
    """The same for a panel, which has no row of buttons."""
    button = QToolButton()
    button.setObjectName(HELP)
    button.setIcon(QgsApplication.getThemeIcon("/mActionHelpContents.svg"))
    button.setToolTip(tr("Help"))
    button.setAccessibleName(tr("Help"))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.clicked.connect(lambda: open_guide("qgis", place))
    return button
