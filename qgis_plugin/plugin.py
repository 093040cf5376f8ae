"""The plugin: registers the Processing provider and the faces, and takes them away again."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from .desktop import Desktop
from .provider import CommonplaceProvider
from .translation import install_translator


class CommonplacePlugin:
    """What QGIS loads. ``iface`` is None in ``qgis_process``."""

    def __init__(self, iface: Any | None) -> None:
        self._iface = iface
        self._provider: CommonplaceProvider | None = None
        self._desktop: Desktop | None = None
        self._translator: QTranslator | None = None

    def initProcessing(self) -> None:
        """Register the provider; ``qgis_process`` calls only this."""
        self._translator = install_translator()
        self._provider = CommonplaceProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Register what the desktop shows."""
        self.initProcessing()
        if self._iface is not None:
            from .faces import FACES

            self._desktop = Desktop(self._iface)
            for install in FACES:
                install(self._desktop)

    def unload(self) -> None:
        """Take everything back."""
        if self._desktop is not None:
            self._desktop.unload()
            self._desktop = None
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
