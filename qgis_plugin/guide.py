"""The user guide, which the zip carries as pages."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtGui import QDesktopServices

FOLDER: Final = Path(__file__).with_name("help")


def guide_url(page: str, place: str = "") -> QUrl:
    """The address of a page, at one of its places."""
    url = QUrl.fromLocalFile(str(FOLDER / f"{page}.html"))
    if place:
        url.setFragment(place)
    return url


def open_guide(page: str, place: str = "") -> bool:
    """Show a page in the browser; False where there is none."""
    return bool(QDesktopServices.openUrl(guide_url(page, place)))
