"""Commonplace makes city layers interoperable. The engine; it imports no QGIS.

>>> import commonplace
>>> commonplace.open("town.gpkg").layer("buildings").to_geodataframe()
>>> report = commonplace.run("job.yaml")
>>> commonplace.check("mapping.yaml").errors

The names below load their modules when they are first used, so that importing the
package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from commonplace.face import check, open, run

__all__ = ["check", "open", "run"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        from commonplace import face

        return getattr(face, name)
    raise AttributeError(f"module 'commonplace' has no attribute {name!r}")
