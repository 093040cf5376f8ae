"""Which layers of the project to harmonise."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qgis.core import QgsIconUtils, QgsVectorLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..texts import tr
from .helping import add_help


class LayersDialog(QDialog):
    """The project's vector layers, to be ticked."""

    def __init__(
        self, layers: Sequence[QgsVectorLayer], ticked: Collection[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("CommonplaceLayers")
        self.setWindowTitle(tr("Harmonise to INSPIRE"))
        self._layers = list(layers)
        layout = QVBoxLayout(self)
        label = QLabel(
            tr(
                "&Layers to harmonise. They are taken as they are in the project: filter, joins, "
                "virtual fields and unsaved edits count."
            )
        )
        label.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Layers of the project"))
        label.setBuddy(self.list)
        for layer in self._layers:
            item = QListWidgetItem(QgsIconUtils.iconForLayer(layer), described(layer))
            item.setToolTip(layer.subsetString() or layer.name())
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            state = Qt.CheckState.Checked if layer.id() in ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
            self.list.addItem(item)
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.selected = QCheckBox(tr("Only &selected features, where a layer has a selection"))
        self.selected.setEnabled(any(one.selectedFeatureCount() for one in self._layers))
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        add_help(self.buttons, "harmonise")
        for widget in (label, self.list, self.selected, self.buttons):
            layout.addWidget(widget)
        width = self.fontMetrics().averageCharWidth()
        self.resize(64 * width, 20 * self.fontMetrics().lineSpacing())
        self._tell()

    @property
    def chosen(self) -> list[QgsVectorLayer]:
        """The layers that are ticked."""
        return [
            layer
            for number, layer in enumerate(self._layers)
            if self.list.item(number).checkState() == Qt.CheckState.Checked
        ]

    def _tell(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.chosen))


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
