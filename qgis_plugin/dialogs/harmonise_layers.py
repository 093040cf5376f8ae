"""Which layers of the project to harmonise."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from ..texts import tr
from .helping import add_help
from .layerlists import fill, ticked_of


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
        fill(self.list, self._layers, ticked)
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
        return ticked_of(self.list, self._layers)

    def _tell(self) -> None:
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(self.chosen))
