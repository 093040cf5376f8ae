"""GeoParquet: metadata against the specification, row groups batch by batch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from commonplace.batch import GEOMETRY
from commonplace.crs import identify
from commonplace.errors import CrsUnknown
from commonplace.report import Findings
from commonplace.validate.tables import BBOX, ENCODED, METADATA, UNREADABLE, Table

BATCH: Final = 5000
CRS84: Final = "OGC:CRS84"
FEATURE_TYPE: Final = b"feature_type"
NATIVE: Final = frozenset(
    "point linestring polygon multipoint multilinestring multipolygon".split()
)


def check(
    path: Path, name: str, findings: Findings, points: list[tuple[float, float]]
) -> dict[str, int]:
    """All rules; how many rows there are."""
    try:
        with pq.ParquetFile(path) as file:
            return _check(file, name, findings, points)
    except (pa.ArrowInvalid, OSError) as error:
        findings.add(UNREADABLE.finding(name, str(error)[:200]))
        return {}


def _check(
    file: pq.ParquetFile, name: str, findings: Findings, points: list[tuple[float, float]]
) -> dict[str, int]:
    about = _about(file, name, findings)
    primary, column = _primary(about, name, findings, file.schema_arrow.names)
    table = Table(name, findings, points, _code(column))
    read_shapes = column is not None and column.get("encoding") == "WKB"
    if column is not None and column.get("encoding") in NATIVE:
        findings.add(ENCODED.finding(name, attribute=primary))
    for batch in file.iter_batches(batch_size=BATCH):
        if read_shapes and primary is not None:
            blobs = batch.column(primary).cast(pa.binary()).to_numpy(zero_copy_only=False)
            made = shapely.from_wkb(blobs, on_invalid="ignore")
            table.batch(batch.drop_columns([primary]), made)
        else:
            table.batch(batch)
    _box(column, table)
    table.whole()
    return {Path(name).stem: table.count}


def _about(file: pq.ParquetFile, name: str, findings: Findings) -> dict[str, Any]:
    told = file.schema_arrow.metadata or {}
    raw = told.get(b"geo")
    if raw is None:
        plain = FEATURE_TYPE in told and GEOMETRY not in file.schema_arrow.names
        if not plain:  # ours say what they are, types without geometry too
            findings.add(METADATA.finding(name, "there is no geo metadata: plain Parquet"))
        return {}
    try:
        about = json.loads(raw)
    except ValueError:
        about = None
    if not isinstance(about, dict):
        findings.add(METADATA.finding(name, "the geo metadata is no JSON object"))
        return {}
    if not str(about.get("version", "")).startswith("1."):
        found = METADATA.finding(name, "its version is not 1.x", value=str(about.get("version")))
        findings.add(found)
    return about


def _primary(
    about: dict[str, Any], name: str, findings: Findings, names: list[str]
) -> tuple[str | None, dict[str, Any] | None]:
    """The main geometry column and what is said of it."""
    if not about:
        return None, None
    columns, primary = about.get("columns"), about.get("primary_column")
    if not isinstance(columns, dict) or primary not in columns or primary not in names:
        message = f"primary_column {primary} is not described, or not in the file"
        findings.add(METADATA.finding(name, message, value=str(primary)))
        return None, None
    column = columns[primary]
    kinds = column.get("geometry_types")
    if column.get("encoding") not in {"WKB", *NATIVE} or not isinstance(kinds, list):
        message = f"{primary} lacks a known encoding or geometry_types"
        findings.add(METADATA.finding(name, message, attribute=primary))
        return None, None
    return primary, column


def _code(column: dict[str, Any] | None) -> str | None:
    """The CRS; without any it is longitude and latitude (GeoParquet 1.1, crs)."""
    if column is None:
        return None
    crs = column.get("crs", CRS84)
    try:
        if isinstance(crs, dict):
            found = crs.get("id", {})
            return identify(f"{found.get('authority')}:{found.get('code')}")
        return identify(str(crs))
    except CrsUnknown:
        return None


def _box(column: dict[str, Any] | None, table: Table) -> None:
    told = (column or {}).get("bbox")
    if not isinstance(told, list) or len(told) not in (4, 6) or table.bounds is None:
        return
    half = len(told) // 2
    flat = (*told[:2], *told[half : half + 2])
    if not np.allclose(flat, table.bounds, rtol=1e-6, atol=1e-6):
        table.findings.add(BBOX.finding(table.name, value=json.dumps(told)))
