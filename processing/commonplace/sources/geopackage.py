"""GeoPackages that hold features of the model, read back into its nested shape.

What our writer puts into related tables and metadata is read too: further objects and
geometries of a feature, void reasons, and the schema. See :mod:`.unflatten`.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import pyogrio.errors
import shapely

from commonplace.crs import identify
from commonplace.errors import MalformedAnswer
from commonplace.gml.reading import Features, Meaning, Reading, collected
from commonplace.gml.reading.names import FeatureType
from commonplace.gml.reading.values import without_escapes
from commonplace.model import Model, load_model
from commonplace.model.types import QName, qname
from commonplace.sources.unflatten import Related, Rows, Unflattener, as_it_stands

BATCH_ROWS: Final = 16_384
FEATURE_ID: Final = "gml_id"
PARENT_ID: Final = "parent_gml_id"
_ROW_ID: Final = "__fid"
_CONFORMS: Final = re.compile(r"<dct:conformsTo>([^<]*)</dct:conformsTo>")
_MODIFIED: Final = re.compile(r"<dct:modified>([^<]*)</dct:modified>")
_REASONS: Final = """
SELECT r.column_name, r.row_id_value, m.metadata FROM gpkg_metadata_reference r
JOIN gpkg_metadata m ON m.id = r.md_file_id
WHERE m.md_standard_uri LIKE '%/codelist/VoidReasonValue/%' AND r.table_name = ?"""

Reasons = Mapping[str, tuple[str | None, Mapping[int, str]]]


def read_geopackage(
    path: Path, folder: Path, *, crs: str | None = None, schema: str | None = None
) -> Reading:
    """Read a GeoPackage as :func:`commonplace.gml.reading.read_into` reads GML.

    Parameters
    ----------
    crs
        For tables that state none.
    schema
        The model key, where the file doesn't say which schema it conforms to.

    Raises
    ------
    MalformedAnswer
        It is no GeoPackage.
    """
    try:
        layers = [str(name) for name, _ in pyogrio.list_layers(path)]
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            texts = _metadata(database)
            about = [_Table(path, name, layers, database) for name in layers]
    except (pyogrio.errors.DataSourceError, sqlite3.Error) as error:
        raise MalformedAnswer(f"{path.name} can't be read: {error}") from error
    model = load_model()
    stated = schema or _stated_schema(model, texts)
    main = [one for one in about if not one.is_related]
    types = frozenset(one.name for one in main)
    batches = (
        batch
        for table in main
        for batch in _batches(table, _type(model, table.name, stated), types, crs)
    )
    attributes = {"timeStamp": found[1]} if (found := _MODIFIED.search(texts)) else {}
    return collected(path.name, batches, folder, attributes, crs)


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


def _stated_schema(model: Model, texts: str) -> str | None:
    found = _CONFORMS.search(texts)
    namespaces = {one.namespace: one.key for one in model.schemas()}
    return namespaces.get(found[1]) if found else None


def _type(model: Model, table: str, schema: str | None) -> FeatureType:
    """The feature type that a table is named after; of the newest schema that has it."""
    candidates = [one for one in model.schemas() if table in one.feature_types]
    if schema is not None:
        own = model.schema(schema)
        reached = [one for one in candidates if one.namespace in {*own.imports, own.namespace}]
        mine = [one for one in reached if one.key == schema]
        candidates = mine or reached or candidates
    if not candidates:
        return FeatureType(table, None, None, Meaning.INFERRED)
    chosen = max(candidates, key=lambda one: one.version)
    element: QName = qname(chosen.namespace, table)
    return FeatureType(element, element, chosen.key, Meaning.KNOWN)


def _batches(
    table: _Table, kind: FeatureType, types: frozenset[str], crs: str | None
) -> Iterator[tuple[Features, list[str]]]:
    related = {name[len(table.name) + 1 :]: _whole(table.path, name) for name in table.related}
    unflattener = Unflattener(load_model(), kind.schema or "", types)
    with pyogrio.raw.open_arrow(
        table.path, layer=table.name, batch_size=BATCH_ROWS, return_fids=True, use_pyarrow=True
    ) as (meta, reader):
        drawn = meta["geometry_name"] or ""
        stated = meta.get("crs") or crs
        code = identify(stated) if stated else ""
        fid = meta["fid_column"] or _ROW_ID
        for batch in reader:
            features = _features(batch, fid, drawn, kind, unflattener, table, related)
            yield (features, [code]) if code else (replace(features, crs=features.crs - 1), [])


def _features(
    batch: pa.RecordBatch,
    fid: str,
    drawn: str,
    kind: FeatureType,
    unflattener: Unflattener,
    table: _Table,
    related: Mapping[str, tuple[pa.Table, str]],
) -> Features:
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    row_ids = columns.pop(fid, pa.array(np.arange(1, batch.num_rows + 1)))
    wkb = columns.pop(drawn or "wkb_geometry", None)
    pool, handles = _pooled(wkb, 0)
    ids = columns.pop(FEATURE_ID, None)
    ids = pa.nulls(batch.num_rows, pa.string()) if ids is None else ids
    pools = [pool]
    further: dict[str, Related] = {}
    for name, (rows, geometry) in related.items():
        one, found = _matching(rows, geometry, ids, sum(map(len, pools)))
        further[name] = one
        pools.append(found)
    rows = Rows(
        batch.num_rows,
        columns,
        (drawn or "geometry") if wkb is not None else "",
        handles,
        further,
        _reason_columns(table.reasons, row_ids),
    )
    if kind.element is None:
        seen, nested = as_it_stands(table.name, rows)
    else:
        seen, nested = unflattener.seen(kind.element, rows, feature=True)
    geometries = np.concatenate(pools)
    return Features(
        type=kind,
        seen=seen,
        columns=dict(nested),
        ids=_local_ids(ids, kind.name),
        order=np.arange(batch.num_rows, dtype=np.int64),
        geometries=geometries,
        crs=np.zeros(len(geometries), dtype=np.int64),
        foreign_ids=False,
        refers=False,
    )


def _pooled(wkb: Any, first: int) -> tuple[Any, Any]:
    """Geometries, and their numbers in the pool: null where there is none."""
    if wkb is None:
        return np.empty(0, dtype=object), None
    found = shapely.from_wkb(wkb.to_numpy(zero_copy_only=False))
    there = ~shapely.is_missing(found)
    numbers = np.cumsum(there) - 1 + first
    return found[there], pa.array(numbers, pa.int32(), mask=~there)


def _whole(path: Path, name: str) -> tuple[pa.Table, str]:
    meta, table = pyogrio.raw.read_arrow(path, layer=name)
    return table, meta["geometry_name"] if meta["geometry_type"] else ""


def _matching(rows: pa.Table, geometry: str, ids: Any, first: int) -> tuple[Related, Any]:
    """The rows that belong to features of a batch, in the order of the features."""
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
    wkb = columns.pop(geometry, None) if geometry else None
    pool, handles = _pooled(wkb, first)
    return Related(at[order].astype(np.int64), columns, handles), pool


def _reason_columns(reasons: Reasons, row_ids: Any) -> dict[str, Any]:
    found = {}
    for column, (whole, cells) in reasons.items():
        texts = [cells.get(row, whole) for row in row_ids.to_pylist()]
        found[column] = pa.array(texts, pa.string())
    return found


def _local_ids(ids: Any, feature_type: str) -> Any:
    ours = pc.starts_with(ids, f"{feature_type}.")
    plain = without_escapes(pc.utf8_slice_codeunits(ids, len(feature_type) + 1))
    return pc.if_else(ours, plain, ids)
