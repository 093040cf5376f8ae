"""*Harmonise to INSPIRE…*: in the menu, the toolbar and the context menu of layers."""

from __future__ import annotations

from collections.abc import Sequence

from qgis.core import QgsMapLayerType, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ..desktop import ICON, Desktop
from ..texts import tr
from .engine_setup import when_ready


def install(desktop: Desktop) -> None:
    """The entries."""
    text = tr("&Harmonise to INSPIRE…")
    desktop.action(
        "CommonplaceHarmonise",
        text,
        lambda: when_ready(desktop, lambda: choose_layers(desktop)),
        tip=tr("Say what the columns of layers mean, with a live preview"),
        toolbar=True,
    )
    action = QAction(QIcon(ICON), text, desktop.window)
    action.setObjectName("CommonplaceHarmoniseLayer")
    action.triggered.connect(
        lambda _checked=False: when_ready(desktop, lambda: harmonise(desktop, marked(desktop)))
    )
    desktop.iface.addCustomActionForLayerType(action, "", QgsMapLayerType.VectorLayer, True)
    desktop.undo(action.deleteLater)
    desktop.undo(lambda: desktop.iface.removeCustomActionForLayerType(action))


def marked(desktop: Desktop) -> list[QgsVectorLayer]:
    """The vector layers that are marked in the layer tree, in its order; else the current one."""
    chosen = desktop.iface.layerTreeView().selectedLayersRecursive() or [
        desktop.iface.activeLayer()
    ]
    return [one for one in chosen if isinstance(one, QgsVectorLayer) and one.isValid()]


def choose_layers(desktop: Desktop) -> None:
    """Ask which layers, with those ticked that are marked in the layer tree."""
    from ..dialogs.harmonise_layers import LayersDialog

    tree = QgsProject.instance().layerTreeRoot().layerOrder()
    layers = [one for one in tree if isinstance(one, QgsVectorLayer) and one.isValid()]
    ticked = {one.id() for one in marked(desktop)} or {one.id() for one in layers[:1]}
    dialog = LayersDialog(layers, ticked, desktop.window)
    dialog.accepted.connect(
        lambda: harmonise(desktop, dialog.chosen, only_selected=dialog.selected.isChecked())
    )
    desktop.show(dialog)


def harmonise(
    desktop: Desktop, layers: Sequence[QgsVectorLayer], *, only_selected: bool = False
) -> None:
    """Open the window for layers."""
    from ..dialogs.harmonise import HarmoniseWindow

    def show() -> None:
        desktop.show(HarmoniseWindow(desktop, layers, only_selected=only_selected))

    if layers:
        QTimer.singleShot(0, show)  # not in one go with the imports
