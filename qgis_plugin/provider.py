"""The Processing provider ``commonplace``."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithms.harmonise import HarmoniseAndExport

ICON = str(Path(__file__).with_name("icon.svg"))


class CommonplaceProvider(QgsProcessingProvider):
    """Holds the algorithms."""

    def id(self) -> str:
        return "commonplace"

    def name(self) -> str:
        return "Commonplace"

    def icon(self) -> QIcon:
        return QIcon(ICON)

    def svgIconPath(self) -> str:
        return ICON

    def loadAlgorithms(self) -> None:
        self.addAlgorithm(HarmoniseAndExport())
