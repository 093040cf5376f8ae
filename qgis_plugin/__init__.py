"""Commonplace in QGIS. The engine runs as a process of its own and is never imported here."""

from __future__ import annotations

from typing import Any


def classFactory(iface: Any) -> Any:
    """QGIS's way in."""
    from .plugin import CommonplacePlugin

    return CommonplacePlugin(iface)
