"""From a saved mapping to the export of a package."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qgis.core import QgsVectorLayer

from ..desktop import Desktop

ALGORITHM = "commonplace:harmoniseandexport"


def export(
    desktop: Desktop, mapping: Path, layers: Sequence[QgsVectorLayer], *, only_selected: bool
) -> None:
    """Open the form of the export with mapping and layers filled in."""
    import processing  # QGIS's own, there once its plugins are loaded

    filled = {
        "MAPPING": str(mapping),
        "LAYERS": [one.id() for one in layers],
        "SELECTED": only_selected,
    }
    desktop.show(processing.createAlgorithmDialog(ALGORITHM, filled))
