"""*Follow this broker* in the menu of layers that came from one, and the sign beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from qgis.core import Qgis, QgsApplication, QgsMapLayerType, QgsProject
from qgis.gui import QgsLayerTreeViewIndicator
from qgis.PyQt.QtWidgets import QAction

from ..desktop import NAME, Desktop
from ..following import Following, can_follow
from ..sourcelayers import source_of
from ..texts import tr
from .engine_setup import when_ready


class FollowFace:
    """The action and the signs; a click on a sign, or the action again, lets the layer be."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._view = desktop.iface.layerTreeView()
        self._signs: dict[str, QgsLayerTreeViewIndicator] = {}
        self._following = Following()
        self._following.begun.connect(self._begun)
        self._following.ended.connect(self._ended)
        self._following.failed.connect(self._failed)
        self._action = QAction(
            QgsApplication.getThemeIcon("/mActionPlay.svg"),
            tr("Follow this broker"),
            desktop.window,
        )
        self._action.setObjectName("CommonplaceFollow")
        self._action.setCheckable(True)
        self._action.triggered.connect(self._toggle)

    def install(self) -> None:
        """Add the action; undone with the plugin."""
        iface, tree = self._desktop.iface, QgsProject.instance().layerTreeRoot()
        iface.addCustomActionForLayerType(self._action, "", QgsMapLayerType.VectorLayer, False)
        self._view.currentLayerChanged.connect(self._update)
        tree.addedChildren.connect(self._moved)
        undo: tuple[Callable[[], object], ...] = (
            self._action.deleteLater,
            lambda: iface.removeCustomActionForLayerType(self._action),
            lambda: self._view.currentLayerChanged.disconnect(self._update),
            lambda: tree.addedChildren.disconnect(self._moved),
            self._stop,
        )
        for step in undo:
            self._desktop.undo(step)

    def offer(self, layers: Iterable[Any]) -> None:
        """Have the action in the menus of those layers that came from a broker."""
        for layer in layers:
            if can_follow(source_of(layer)):
                self._desktop.iface.addCustomActionForLayer(self._action, layer)

    def follows(self, layer: Any) -> bool:
        """Whether a layer is kept in step already."""
        return self._following.follows(layer.id())

    def _toggle(self, follow: bool) -> None:
        layers = [one for one in self._view.selectedLayers() if can_follow(source_of(one))]
        if follow:
            when_ready(self._desktop, lambda: [self._following.follow(one) for one in layers])
        else:
            self._following.leave([one.id() for one in layers])
        self._update()

    def _update(self, _layer: Any = None) -> None:
        current = self._view.currentLayer()
        self._action.setChecked(current is not None and self.follows(current))

    def _begun(self, layer: str) -> None:
        sign = QgsLayerTreeViewIndicator(self._view)
        sign.setIcon(QgsApplication.getThemeIcon("/mActionPlay.svg"))
        sign.setToolTip(tr("Follows its broker. Click to stop."))
        sign.clicked.connect(lambda _node: self._following.leave([layer]))
        self._signs[layer] = sign
        self._moved()
        self._update()
        node = QgsProject.instance().layerTreeRoot().findLayer(layer)
        text = tr("{layer} follows its broker; a click on the sign beside it stops that.")
        self._push(text.format(layer=node.name() if node else ""), Qgis.MessageLevel.Info)

    def _moved(self, *_told: Any) -> None:
        """A layer that is moved in the tree is a new node there, without its sign."""
        for layer, sign in self._signs.items():
            node = QgsProject.instance().layerTreeRoot().findLayer(layer)
            if node is not None and sign not in self._view.indicators(node):
                self._view.addIndicator(node, sign)

    def _ended(self, layer: str) -> None:
        sign = self._signs.pop(layer)
        node = QgsProject.instance().layerTreeRoot().findLayer(layer)
        if node is not None:
            self._view.removeIndicator(node, sign)
        sign.deleteLater()
        self._update()

    def _failed(self, text: str) -> None:
        self._push(text, Qgis.MessageLevel.Critical)
        self._update()

    def _push(self, text: str, level: Qgis.MessageLevel) -> None:
        seconds = 0 if level == Qgis.MessageLevel.Critical else 8
        self._desktop.iface.messageBar().pushMessage(NAME, text, level, seconds)

    def _stop(self) -> None:
        """With the plugin: tasks end, signs go."""
        self._following.stop()
        for layer in list(self._signs):
            self._ended(layer)
