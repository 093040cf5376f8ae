"""The Processing provider ``commonplace``."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .algorithms.convert import Convert
from .algorithms.harmonise import HarmoniseAndExport
from .algorithms.validate import Validate

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
        for algorithm in (HarmoniseAndExport, Validate, Convert):
            self.addAlgorithm(algorithm())
