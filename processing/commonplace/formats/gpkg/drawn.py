"""How QGIS draws the tables: ``layer_styles``, as QGIS itself writes it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from commonplace.batch import STYLES_TABLE
from commonplace.formats.gpkg.pieces import MAIN
from commonplace.formats.gpkg.tables import Table
from commonplace.formats.rows import geometry_type
from commonplace.styles import qml, sld, style_of
from commonplace.target import Dataset

_TABLE: Final = f"""
CREATE TABLE {STYLES_TABLE} (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""
_KINDS: Final = {"Point": "point", "LineString": "line", "Polygon": "area"}


def write_styles(
    database: sqlite3.Connection, dataset: Dataset, tables: Sequence[Table], time: str
) -> None:
    """Add the styles of the feature types, each as the default of its table."""
    rows = list(_rows(dataset, tables, time))
    if not rows:
        return
    database.execute(_TABLE)
    database.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
        " VALUES (?, 'attributes', ?, '', ?)",
        (STYLES_TABLE, STYLES_TABLE, time),
    )
    database.executemany(
        f"INSERT INTO {STYLES_TABLE} (f_table_catalog, f_table_schema, f_table_name,"
        " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, ui,"
        " update_time) VALUES ('', '', ?, ?, ?, ?, ?, 1, ?, '', NULL, ?)",
        rows,
    )


def _rows(dataset: Dataset, tables: Sequence[Table], time: str) -> Iterator[tuple[str, ...]]:
    theme = dataset.schema.partition("/")[0]
    for table in tables:
        style = style_of(theme, table.feature_type)
        if style is None or table.geometry is None or table.suffix != MAIN:
            continue
        drawn, _ = geometry_type(set(table.layout.kinds))
        kind = _KINDS.get(drawn.removesuffix(" Z").removeprefix("Multi"))
        if kind is not None:
            yield (
                table.name,
                table.geometry,
                style.name[:30],
                qml(style, kind),
                sld(style, kind),
                style.name,
                time,
            )
