"""The plugin: registers the Processing provider, and takes it away again."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsApplication

from .provider import CommonplaceProvider


class CommonplacePlugin:
    """What QGIS loads. ``iface`` is None in ``qgis_process``."""

    def __init__(self, iface: Any | None) -> None:
        self._iface = iface
        self._provider: CommonplaceProvider | None = None

    def initProcessing(self) -> None:
        """Register the provider; ``qgis_process`` calls only this."""
        self._provider = CommonplaceProvider()
        QgsApplication.processingRegistry().addProvider(self._provider)

    def initGui(self) -> None:
        """Register what the desktop shows."""
        self.initProcessing()

    def unload(self) -> None:
        """Take everything back."""
        if self._provider is not None:
            QgsApplication.processingRegistry().removeProvider(self._provider)
            self._provider = None
