"""``project.qgs``: a QGIS project that opens a package with styles, relations and metadata.

Written as QGIS 3.22 and later read it, without QGIS. Paths are relative; the same package
gives the same bytes.
"""

from __future__ import annotations

from commonplace.package.qgisproject.document import NAME, About, project
from commonplace.package.qgisproject.tables import PREFERRED, opened_format

__all__ = ["NAME", "PREFERRED", "About", "opened_format", "project"]
