"""GeoPackages that hold features of the model, read back into its nested shape.

What our writer puts into related tables and metadata is read too: further objects and
geometries of a feature, void reasons, and the schema.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import pyogrio.errors

from commonplace.batch import STYLES_TABLE
from commonplace.errors import MalformedAnswer
from commonplace.model import load_model
from commonplace.sources.flatrows import (
    BATCH_ROWS,
    FEATURE_ID,
    Attached,
    FlatLayer,
    FlatRows,
    from_wkb,
    texts_of_ids,
)
from commonplace.sources.ogr import safe_options
from commonplace.sources.pointers import refuse_pointing

PARENT_ID: Final = "parent_gml_id"
_ROW_ID: Final = "__fid"
_CONFORMS: Final = re.compile(r"<dct:conformsTo>([^<]*)</dct:conformsTo>")
_MODIFIED: Final = re.compile(r"<dct:modified>([^<]*)</dct:modified>")
_REASONS: Final = """
SELECT r.column_name, r.row_id_value, m.metadata FROM gpkg_metadata_reference r
JOIN gpkg_metadata m ON m.id = r.md_file_id
WHERE m.md_standard_uri LIKE '%/codelist/VoidReasonValue/%' AND r.table_name = ?"""

Reasons = Mapping[str, tuple[str | None, Mapping[int, str]]]


def geopackage_layers(path: Path) -> list[FlatLayer]:
    """The tables of features.

    Raises
    ------
    MalformedAnswer
        It is no GeoPackage.
    """
    refuse_pointing(path)
    try:
        with safe_options():
            listed = (str(name) for name, _ in pyogrio.list_layers(path))
            names = [name for name in listed if name != STYLES_TABLE]
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            schema = _stated_schema(_metadata(database))
            tables = [_Table(path, name, names, database) for name in names]
    except (pyogrio.errors.DataSourceError, sqlite3.Error) as error:
        raise MalformedAnswer(f"{path.name} can't be read: {error}") from error
    return [table.layer(schema) for table in tables if not table.is_related]


def modified(path: Path) -> str | None:
    """When the data set was made, as its metadata say."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        found = _MODIFIED.search(_metadata(database))
    return found[1] if found else None


class _Table:
    """One table of features, and the tables related to it."""

    def __init__(
        self, path: Path, name: str, layers: list[str], database: sqlite3.Connection
    ) -> None:
        self.path = path
        self.name = name
        quoted = name.replace('"', '""')
        columns = [str(one[1]) for one in database.execute(f'PRAGMA table_info("{quoted}")')]
        self.is_related = PARENT_ID in columns
        starts = f"{name}_"
        self.related = [] if self.is_related else [one for one in layers if one.startswith(starts)]
        self.reasons = _reasons(database, name)

    def layer(self, schema: str | None) -> FlatLayer:
        with safe_options():
            info = pyogrio.read_info(self.path, layer=self.name)
        stated = info.get("crs")
        return FlatLayer((self.name,), (stated,) if stated else (), self.rows, schema)

    def rows(self, _: bool) -> Iterator[FlatRows]:
        related = {name[len(self.name) + 1 :]: _whole(self.path, name) for name in self.related}
        opened = pyogrio.raw.open_arrow(
            self.path, layer=self.name, batch_size=BATCH_ROWS, return_fids=True, use_pyarrow=True
        )
        with safe_options(), opened as (meta, reader):
            drawn = meta["geometry_name"] or ""
            fid = meta["fid_column"] or _ROW_ID
            for batch in reader:
                yield self._rows(batch, fid, drawn, related)

    def _rows(
        self,
        batch: pa.RecordBatch,
        fid: str,
        drawn: str,
        related: Mapping[str, tuple[pa.Table, str]],
    ) -> FlatRows:
        columns = dict(zip(batch.schema.names, batch.columns, strict=True))
        row_ids = columns.pop(fid, pa.array(np.arange(1, batch.num_rows + 1)))
        wkb = columns.pop(drawn or "wkb_geometry", None)
        ids = texts_of_ids(columns.pop(FEATURE_ID, None), batch.num_rows)
        geometries, broken = (None, 0) if wkb is None else from_wkb(wkb)
        return FlatRows(
            ids=ids,
            columns=columns,
            geometries=geometries,
            drawn=drawn,
            broken=broken,
            attached=_attached(related, ids),
            reasons=_reason_columns(self.reasons, row_ids),
        )


def _metadata(database: sqlite3.Connection) -> str:
    if not _has(database, "gpkg_metadata"):
        return ""
    return "".join(str(text) for (text,) in database.execute("SELECT metadata FROM gpkg_metadata"))


def _has(database: sqlite3.Connection, table: str) -> bool:
    found = database.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (table,))
    return found.fetchone() is not None


def _reasons(database: sqlite3.Connection, table: str) -> Reasons:
    """Void reasons by column: of the whole column, and of single rows."""
    if not _has(database, "gpkg_metadata_reference"):
        return {}
    found: dict[str, tuple[str | None, dict[int, str]]] = {}
    for column, row, reason in database.execute(_REASONS, (table,)):
        _, cells = found.setdefault(column, (None, {}))
        if row is None:
            found[column] = (reason, cells)
        else:
            cells[row] = reason
    return found


def _stated_schema(texts: str) -> str | None:
    found = _CONFORMS.search(texts)
    model = load_model()
    schemas = (*model.schemas(), *model.entity_schemas())
    namespaces = {one.namespace: one.key for one in schemas}
    return namespaces.get(found[1]) if found else None


def _whole(path: Path, name: str) -> tuple[pa.Table, str]:
    with safe_options():
        meta, table = pyogrio.raw.read_arrow(path, layer=name)
    return table, meta["geometry_name"] if meta["geometry_type"] else ""


def _attached(related: Mapping[str, tuple[pa.Table, str]], ids: Any) -> dict[str, Attached]:
    """The rows related to rows with these ids, and those related to them in turn."""
    numbered = [name for name, (rows, _) in related.items() if FEATURE_ID in rows.column_names]
    nested = {
        name: max(outer, key=len)
        for name in related
        if (outer := [one for one in numbered if name.startswith(f"{one}_")])
    }
    found = {}
    for name, (rows, geometry) in related.items():
        if name not in nested:
            inside = {
                one[len(name) + 1 :]: related[one] for one in nested if one.startswith(f"{name}_")
            }
            found[name] = _matching(rows, geometry, ids, inside)
    return found


def _matching(
    rows: pa.Table, geometry: str, ids: Any, inside: Mapping[str, tuple[pa.Table, str]]
) -> Attached:
    """The rows that belong to the ids, in the order of these."""
    parents = pc.index_in(rows.column(PARENT_ID), ids)
    mine = rows.filter(parents.is_valid())
    at = parents.drop_null().to_numpy()
    order = np.argsort(at, kind="stable")
    mine = mine.take(pa.array(order)).combine_chunks()
    columns = {
        name: pa.concat_arrays(mine.column(name).chunks)
        if mine.column(name).num_chunks
        else pa.array([], mine.schema.field(name).type)
        for name in mine.column_names
        if name != PARENT_ID
    }
    own = columns.pop(FEATURE_ID, None)
    wkb = columns.pop(geometry, None) if geometry else None
    geometries = None if wkb is None else from_wkb(wkb)[0]
    within = {} if own is None else _attached(inside, own)
    return Attached(at[order].astype(np.int64), columns, geometries, within=within)


def _reason_columns(reasons: Reasons, row_ids: Any) -> dict[str, Any]:
    found = {}
    for column, (whole, cells) in reasons.items():
        texts = [cells.get(row, whole) for row in row_ids.to_pylist()]
        found[column] = pa.array(texts, pa.string())
    return found
