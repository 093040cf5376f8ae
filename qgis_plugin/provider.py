"""The Processing provider ``commonplace``."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QIcon

from .algorithms.connect import InspectSource, LoadLayer
from .algorithms.convert import Convert
from .algorithms.explain import ExplainMapping
from .algorithms.harmonise import HarmoniseAndExport
from .algorithms.mim7 import Mim7Report
from .algorithms.package import ExportPackage
from .algorithms.publish import PublishToNgsiLd
from .algorithms.suggest import SuggestMapping
from .algorithms.validate import Validate

ALGORITHMS = (
    InspectSource,
    LoadLayer,
    SuggestMapping,
    ExplainMapping,
    HarmoniseAndExport,
    ExportPackage,
    Validate,
    Convert,
    PublishToNgsiLd,
    Mim7Report,
)
ICON = str(Path(__file__).with_name("icon.svg"))


class CommonplaceProvider(QgsProcessingProvider):
    """Holds the algorithms. ``validated`` passes on what *Validate* found, for the desktop."""

    validated = pyqtSignal(object)

    def id(self) -> str:
        return "commonplace"

    def name(self) -> str:
        return "Commonplace"

    def icon(self) -> QIcon:
        return QIcon(ICON)

    def svgIconPath(self) -> str:
        return ICON

    def loadAlgorithms(self) -> None:
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
