"""The rules of GeoPackage; :mod:`commonplace.validate.geopackage` checks them."""

from __future__ import annotations

from typing import Final

from commonplace.validate.rules import ERROR, WARNING, Rule

UNREADABLE: Final = Rule(
    "GPKG_UNREADABLE",
    ERROR,
    "no readable SQLite database",
    "GeoPackage 1.3, requirement 1",
    "write the file again",
)
APPLICATION: Final = Rule(
    "GPKG_APPLICATION_ID",
    ERROR,
    "the database doesn't say that it is a GeoPackage",
    "GeoPackage 1.3, requirement 2",
    "set application_id to 0x47504B47 (GPKG) and user_version",
)
TABLE: Final = Rule(
    "GPKG_TABLE_MISSING",
    ERROR,
    "a table that must be there is missing",
    "GeoPackage 1.3, requirements 10, 13, 21",
    "create it with the software that writes the GeoPackage",
)
SRS: Final = Rule(
    "GPKG_SRS",
    ERROR,
    "a reference system is not in gpkg_spatial_ref_sys",
    "GeoPackage 1.3, requirements 11, 12, 14",
    "add its row; those of -1, 0 and 4326 always",
)
KEY: Final = Rule(
    "GPKG_PRIMARY_KEY",
    ERROR,
    "a table of features without an integer primary key",
    "GeoPackage 1.3, requirement 29",
    "make one column INTEGER PRIMARY KEY",
)
COLUMN: Final = Rule(
    "GPKG_GEOMETRY_COLUMN",
    ERROR,
    "a table of features without exactly one geometry column",
    "GeoPackage 1.3, requirements 22, 30",
    "register one geometry column a table; further geometries go to tables of their own",
)
BLOB: Final = Rule(
    "GPKG_GEOMETRY_BLOB",
    ERROR,
    "a geometry that is not in GeoPackage's binary form",
    "GeoPackage 1.3, requirements 19, 32, 33",
    "write it again; its reference system and type must be those of the column",
)
EXTENT: Final = Rule(
    "GPKG_EXTENT",
    WARNING,
    "the extent in gpkg_contents is not the data's",
    "GeoPackage 1.3, table 4 (min_x … max_y)",
    "update min_x, min_y, max_x and max_y",
)
INDEX: Final = Rule(
    "GPKG_INDEX",
    WARNING,
    "a geometry column without R-tree",
    "INSPIRE GeoPackage good practice; GeoPackage 1.3, F.3",
    "create the spatial index: reading by area is slow without",
)
DOMAIN: Final = Rule(
    "GPKG_CODE",
    ERROR,
    "a value that the column's constraint doesn't list",
    "GeoPackage 1.3, F.9 (schema); U2G rule 10",
    "write a code of the list, or extend the constraint where the list may be extended",
)

RULES: Final = (
    UNREADABLE,
    APPLICATION,
    TABLE,
    SRS,
    KEY,
    COLUMN,
    BLOB,
    EXTENT,
    INDEX,
    DOMAIN,
)
