"""GeoPackage 1.3: one file a dataset, one table a feature type.

Rules of ``INSPIRE-MIF/gp-geopackage-encodings`` and ``IAAA-Lab/U2G``: table and column
names are those of type and property, coordinates x, y, an R-tree on each geometry column,
code lists as constraints of columns, void reasons and the dataset's origin as metadata.
Workers write flat Arrow files (:mod:`.pieces`); GDAL makes the GeoPackage of them
(:mod:`.tables`); what says something about the tables is added after it (:mod:`.about`).
"""

from __future__ import annotations

from commonplace.formats.gpkg.format import GeoPackage
from commonplace.formats.gpkg.tables import BATCH_ROWS

__all__ = ["BATCH_ROWS", "GeoPackage"]
