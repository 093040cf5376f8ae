"""What the plugin puts into QGIS's desktop, and takes away again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from qgis.PyQt import sip
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QDialog, QDockWidget, QMainWindow, QMenu, QToolBar

ICON: Final = str(Path(__file__).with_name("icon.svg"))
NAME: Final = "Commonplace"


class Desktop:
    """QGIS's window as the plugin's faces see it.

    Each face (a module with ``install(desktop)``) adds what it shows through this object, and
    says by :meth:`undo` how to take back what it adds by other ways. :meth:`unload` takes
    everything back, the last first.
    """

    def __init__(self, iface: Any) -> None:
        self.iface = iface
        self._undo: list[Callable[[], object]] = []
        self._dialogs: list[QDialog] = []
        self._offers: dict[str, Callable[..., object]] = {}
        self._menu = QMenu(NAME, iface.pluginMenu())
        self._menu.setObjectName("CommonplaceMenu")
        self._menu.setIcon(QIcon(ICON))
        iface.pluginMenu().addMenu(self._menu)
        self._toolbar: QToolBar = iface.addToolBar(NAME)
        self._toolbar.setObjectName("CommonplaceToolbar")

    @property
    def window(self) -> QMainWindow:
        """QGIS's main window, the parent of dialogs."""
        return self.iface.mainWindow()

    def action(
        self,
        name: str,
        text: str,
        triggered: Callable[[], object],
        *,
        icon: QIcon | None = None,
        tip: str = "",
        toolbar: bool = False,
    ) -> QAction:
        """An entry of the plugin's menu; ``name`` is its object name, for tests and shortcuts."""
        action = QAction(icon or QIcon(ICON), text, self.window)
        action.setObjectName(name)
        action.setToolTip(tip or text.replace("&", "").replace("…", ""))
        action.triggered.connect(lambda _checked=False: triggered())
        self._menu.addAction(action)
        if toolbar:
            self._toolbar.addAction(action)
        self.undo(action.deleteLater)
        return action

    def dock(
        self, dock: QDockWidget, area: Qt.DockWidgetArea = Qt.DockWidgetArea.BottomDockWidgetArea
    ) -> None:
        """A panel, hidden at first."""
        self.iface.addDockWidget(area, dock)
        dock.hide()
        self.undo(dock.deleteLater)
        self.undo(lambda: self.iface.removeDockWidget(dock))

    def show(self, dialog: QDialog) -> None:
        """Open a dialog that leaves QGIS usable; it goes when it is closed, or with the plugin."""
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._dialogs = [one for one in self._dialogs if not sip.isdeleted(one)]
        self._dialogs.append(dialog)
        dialog.show()

    def offer(self, name: str, function: Callable[..., object]) -> None:
        """Let other faces use something by its name; they needn't know whose it is."""
        self._offers[name] = function

    def offered(self, name: str) -> Callable[..., object] | None:
        """What a face offers by that name, if there is such a face.

        ``export_package(mapping, layers, only_selected=…)``, ``open_package(folder)``.
        """
        return self._offers.get(name)

    def undo(self, step: Callable[[], object]) -> None:
        """What to do when the plugin is unloaded."""
        self._undo.append(step)

    def unload(self) -> None:
        """Take everything back."""
        for dialog in self._dialogs:
            if not sip.isdeleted(dialog):
                dialog.close()
                dialog.deleteLater()
        while self._undo:
            self._undo.pop()()
        self._toolbar.deleteLater()
        self.iface.pluginMenu().removeAction(self._menu.menuAction())
        self._menu.deleteLater()
