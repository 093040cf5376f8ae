"""From a saved mapping to the export of a package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsVectorLayer

from ..desktop import Desktop


def export(
    desktop: Desktop, mapping: Path, layers: Sequence[QgsVectorLayer], *, only_selected: bool
) -> None:
    """Open the form of the export with mapping and layers filled in."""
    export_package = desktop.offered("export_package")
    if export_package is not None:
        export_package(mapping, layers, only_selected=only_selected)
