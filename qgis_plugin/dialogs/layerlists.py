"""Lists of the project's layers, to be ticked."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qgis.core import QgsIconUtils, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem

from ..texts import tr


def fill(shown: QListWidget, layers: Sequence[QgsVectorLayer], ticked: Collection[str]) -> None:
    """Show layers in their order; ``ticked`` are the ids of those that are ticked at first."""
    for layer in layers:
        item = QListWidgetItem(QgsIconUtils.iconForLayer(layer), described(layer))
        item.setToolTip(layer.subsetString() or layer.name())
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        state = Qt.CheckState.Checked if layer.id() in ticked else Qt.CheckState.Unchecked
        item.setCheckState(state)
        shown.addItem(item)


def ticked_of(shown: QListWidget, layers: Sequence[QgsVectorLayer]) -> list[QgsVectorLayer]:
    """Those of the layers shown that are ticked."""
    return [
        layer
        for number, layer in enumerate(layers)
        if shown.item(number).checkState() == Qt.CheckState.Checked
    ]


def described(layer: QgsVectorLayer) -> str:
    """The layer's name with its filter, selection and edits."""
    parts = [layer.name()]
    if layer.subsetString():
        parts.append(tr("filtered"))
    if layer.selectedFeatureCount():
        parts.append(tr("{count} selected").format(count=layer.selectedFeatureCount()))
    if layer.isModified():
        parts.append(tr("unsaved edits"))
    return " – ".join(parts)
