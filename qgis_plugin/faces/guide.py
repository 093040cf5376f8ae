"""*User guide*: the last entry of the menu."""

from __future__ import annotations

from qgis.core import QgsApplication

from ..desktop import Desktop
from ..guide import open_guide
from ..texts import tr


def install(desktop: Desktop) -> None:
    """The menu's entry."""
    desktop.action(
        "CommonplaceGuide",
        tr("User &guide"),
        lambda: open_guide("qgis"),
        icon=QgsApplication.getThemeIcon("/mActionHelpContents.svg"),
        tip=tr("A planner's first hour, step by step"),
    )
