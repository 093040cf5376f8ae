"""GeoPackage: the container's own rules, geometries, identifiers and codes.

OGC 12-128r17 (GeoPackage 1.3); requirement numbers are its. SQLite reads a page at a time,
geometries are checked by batches.
"""

from __future__ import annotations

import contextlib
import sqlite3
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely

from commonplace.batch import STYLES_TABLE
from commonplace.bounds import Bounds
from commonplace.crs import identify, uri
from commonplace.errors import CrsUnknown
from commonplace.geometry import sound
from commonplace.report import Findings
from commonplace.validate import codes, identifiers, srs, systems
from commonplace.validate.geometry_rules import INVALID
from commonplace.validate.geopackage_rules import (
    APPLICATION,
    BLOB,
    COLUMN,
    DOMAIN,
    EXTENT,
    INDEX,
    KEY,
    SRS,
    TABLE,
    UNREADABLE,
)
from commonplace.validate.rules import WARNING, Rule
from commonplace.validate.tables import A_BATCH, MOST_POINTS, places_of

IDS: Final = frozenset({0x47504B47, 0x47503130, 0x47503131})
BATCH: Final = 5000
EXAMPLES: Final = 20
_ENVELOPE: Final = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_KINDS: Final = {
    "POINT": {0},
    "LINESTRING": {1},
    "CURVE": {1},
    "POLYGON": {3},
    "SURFACE": {3},
    "MULTIPOINT": {4},
    "MULTILINESTRING": {5},
    "MULTICURVE": {5},
    "MULTIPOLYGON": {6},
    "MULTISURFACE": {6},
}


@dataclass(frozen=True, slots=True)
class _Layer:
    """A table of features."""

    table: str
    column: str
    kind: str
    srs_id: int


def check(
    path: Path, name: str, findings: Findings, points: list[tuple[float, float]]
) -> dict[str, int]:
    """All rules; what there is, by table. ``points`` takes a sample of places."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as db:
            return _check(db, name, findings, points)
    except sqlite3.Error as error:
        findings.add(UNREADABLE.finding(name, str(error)))
        return {}


def _check(
    db: sqlite3.Connection, name: str, findings: Findings, points: list[tuple[float, float]]
) -> dict[str, int]:
    tables = {str(row[0]) for row in db.execute("SELECT name FROM sqlite_master")}
    (application,) = db.execute("PRAGMA application_id").fetchone()
    if application not in IDS:
        findings.add(APPLICATION.finding(name, value=hex(application)))
    lacking = [one for one in ("gpkg_spatial_ref_sys", "gpkg_contents") if one not in tables]
    for one in lacking:
        findings.add(TABLE.finding(name, f"{one} is missing", attribute=one))
    if lacking:
        return {}
    known = {int(row[0]) for row in db.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")}
    for needed in {-1, 0, 4326} - known:
        findings.add(SRS.finding(name, f"no row for srs_id {needed}", value=str(needed)))
    counts = {}
    for table, kind, srs_id in db.execute(
        "SELECT table_name, data_type, srs_id FROM gpkg_contents ORDER BY table_name"
    ).fetchall():
        if table not in tables:
            findings.add(TABLE.finding(name, f"{table} is missing", attribute=table))
            continue
        if kind not in ("features", "attributes") or table == STYLES_TABLE:
            continue
        if srs_id is not None and srs_id not in known:
            findings.add(SRS.finding(name, f"no row for srs_id {srs_id}", attribute=table))
        (counts[table],) = db.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()
        if kind == "features":
            _features(db, name, table, tables, findings, points)
        _identifiers(db, name, table, findings)
        _codes(db, name, table, findings)
    if "gpkg_data_columns" in tables and "gpkg_data_column_constraints" in tables:
        _domains(db, name, tables, findings)
    return counts


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _columns(db: sqlite3.Connection, table: str) -> list[tuple[str, str, int]]:
    """Name, type and rank in the primary key of each column."""
    rows = db.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
    return [(str(row[1]), str(row[2]).upper(), int(row[5])) for row in rows]


def _features(
    db: sqlite3.Connection,
    name: str,
    table: str,
    tables: set[str],
    findings: Findings,
    points: list[tuple[float, float]],
) -> None:
    keys = [kind for _, kind, rank in _columns(db, table) if rank]
    if keys != ["INTEGER"]:
        findings.add(KEY.finding(name, f"{table} has no integer primary key", attribute=table))
    found = []
    if "gpkg_geometry_columns" in tables:
        found = db.execute(
            "SELECT column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns "
            "WHERE table_name = ?",
            (table,),
        ).fetchall()
    if len(found) != 1:
        message = f"{table} has {len(found)} geometry columns"
        findings.add(COLUMN.finding(name, message, attribute=table))
        return
    layer = _Layer(table, str(found[0][0]), str(found[0][1]).upper(), int(found[0][2]))
    if f"rtree_{table}_{layer.column}" not in tables:
        findings.add(
            INDEX.finding(name, f"{table} has no R-tree", attribute=f"{table}.{layer.column}")
        )
    bounds = _geometries(db, name, layer, findings, points)
    _extent(db, name, layer, bounds, findings)


def _geometries(
    db: sqlite3.Connection,
    name: str,
    layer: _Layer,
    findings: Findings,
    points: list[tuple[float, float]],
) -> Bounds | None:
    """Check all geometries by batches; their bounds."""
    path = f"{layer.table}.{layer.column}"
    code = _code(db, layer)
    lows, highs = [], []
    for rowids, blobs in _batches(db, layer):
        wkb = [_wkb(blob, layer.srs_id) for blob in blobs]
        bad = [at for at, one in enumerate(wkb) if isinstance(one, str)]
        _report(findings, BLOB, name, path, rowids, bad, [str(wkb[at]) for at in bad])
        good = [at for at in range(len(wkb)) if isinstance(wkb[at], bytes)]
        made = shapely.from_wkb([wkb[at] for at in good], on_invalid="ignore")
        lost = [good[at] for at in np.flatnonzero(shapely.is_missing(made))]
        _report(findings, BLOB, name, path, rowids, lost, ["no valid WKB"] * len(lost))
        allowed = _KINDS.get(layer.kind)
        kinds = shapely.get_type_id(made)
        if allowed is not None:
            off = np.flatnonzero(~np.isin(kinds, list(allowed)) & ~shapely.is_missing(made))
            where = [good[at] for at in off]
            _report(findings, BLOB, name, path, rowids, where, [f"not a {layer.kind}"] * len(where))
        invalid = np.flatnonzero(~sound(made) & ~shapely.is_missing(made))
        reasons = [str(one) for one in shapely.is_valid_reason(made[invalid])]
        boxes = shapely.bounds(made)
        spots = places_of(code, boxes)
        sampled = [one for one in spots[:: max(1, len(spots) // A_BATCH)] if one is not None]
        points += sampled[: max(0, MOST_POINTS - len(points))]
        placed = {good[at]: spots[at] for at in invalid.tolist()}
        _report(findings, INVALID, name, path, rowids, list(placed), reasons, placed)
        boxes = boxes[np.isfinite(boxes).all(axis=1)]
        if len(boxes):
            lows.append(boxes[:, :2].min(axis=0))
            highs.append(boxes[:, 2:].max(axis=0))
    if not lows:
        return None
    low, high = np.min(lows, axis=0), np.max(highs, axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _report(
    findings: Findings,
    rule: Rule,
    name: str,
    path: str,
    rowids: list[int],
    bad: list[int],
    values: list[str],
    places: Mapping[int, tuple[float, float] | None] | None = None,
) -> None:
    for at, value in list(zip(bad, values, strict=True))[:EXAMPLES]:
        findings.add(
            rule.finding(
                name,
                value,
                feature=str(rowids[at]),
                attribute=path,
                value=value,
                place=places[at] if places is not None else None,
            )
        )
    if len(bad) > EXAMPLES:
        findings.add(rule.finding(name, attribute=path, count=len(bad) - EXAMPLES))


def _batches(db: sqlite3.Connection, layer: _Layer) -> Iterator[tuple[list[int], list[Any]]]:
    column = _quoted(layer.column)
    rows = db.execute(
        f"SELECT rowid, {column} FROM {_quoted(layer.table)} WHERE {column} IS NOT NULL"
    )
    while batch := rows.fetchmany(BATCH):
        yield [int(row[0]) for row in batch], [row[1] for row in batch]


def _wkb(blob: object, srs_id: int) -> bytes | str | None:
    """The WKB in a GeoPackage geometry; a text that says what is wrong; None where empty."""
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP":
        return "no GeoPackage geometry (magic GP)"
    flags = blob[3]
    size = _ENVELOPE.get(flags >> 1 & 7)
    if blob[2] != 0 or size is None:
        return "unknown version or envelope"
    (found,) = struct.unpack_from("<i" if flags & 1 else ">i", blob, 4)
    if found != srs_id:
        return f"srs_id {found}, the column's is {srs_id}"
    return blob[8 + size :]


def _extent(
    db: sqlite3.Connection,
    name: str,
    layer: _Layer,
    bounds: Bounds | None,
    findings: Findings,
) -> None:
    told = db.execute(
        "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?",
        (layer.table,),
    ).fetchone()
    if bounds is None:
        return
    if None in told or not np.allclose(told, bounds, rtol=1e-6, atol=1e-6):
        message = f"{layer.table}: the extent is {', '.join(f'{one:g}' for one in bounds)}"
        shown = ", ".join("NULL" if one is None else f"{one:g}" for one in told)
        findings.add(EXTENT.finding(name, message, attribute=layer.table, value=shown))
    code = _code(db, layer)
    if code is None:
        return
    found = srs.system(uri(code))
    if found.rule is not None:
        findings.add(
            found.rule.finding(
                name, found.message, attribute=layer.table, fix=found.fix, severity=WARNING
            )
        )
    if found.code is not None:
        findings.extend(systems.fitting(name, found.code, bounds))


def _code(db: sqlite3.Connection, layer: _Layer) -> str | None:
    """The layer's CRS; None where it is undefined, or nobody knows it."""
    row = db.execute(
        "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
        (layer.srs_id,),
    ).fetchone()
    if row is None or layer.srs_id <= 0:
        return None
    try:
        return identify(f"{str(row[0]).upper()}:{row[1]}")
    except CrsUnknown:
        return None


def _identifiers(db: sqlite3.Connection, name: str, table: str, findings: Findings) -> None:
    """INSPIRE identifiers in the flattened columns."""
    have = {column.casefold(): column for column, _, _ in _columns(db, table)}
    local, space = have.get("inspireid_localid"), have.get("inspireid_namespace")
    if local is None:
        return
    parts = [_quoted(local)] + ([_quoted(space)] if space else [])
    key = " || '|' || ".join(parts)
    empty = " OR ".join(f"{one} IS NULL OR {one} = ''" for one in parts)
    (lone,) = db.execute(f"SELECT count(*) FROM {_quoted(table)} WHERE {empty}").fetchone()
    if lone:
        rule, path = identifiers.INCOMPLETE, f"{table}.inspireId"
        findings.add(rule.finding(name, attribute=path, count=lone))
    for value, times in db.execute(
        f"SELECT {key}, count(*) FROM {_quoted(table)} WHERE NOT ({empty}) "
        f"GROUP BY 1 HAVING count(*) > 1 LIMIT {EXAMPLES}"
    ):
        message = f"{times} rows have the identifier {value}"
        findings.add(
            identifiers.REPEATED.finding(name, message, attribute=f"{table}.inspireId", value=value)
        )


def _codes(db: sqlite3.Connection, name: str, table: str, findings: Findings) -> None:
    """Code list URIs in ``…_href`` columns."""
    for column, _, _ in _columns(db, table):
        if not column.endswith("_href"):
            continue
        for value, times in db.execute(
            f"SELECT {_quoted(column)}, count(*) FROM {_quoted(table)} "
            f"WHERE {_quoted(column)} IS NOT NULL GROUP BY 1"
        ).fetchall():
            verdict = codes.judge(None, str(value))
            if verdict is not None:
                findings.add(
                    verdict.rule.finding(
                        name,
                        verdict.message,
                        attribute=f"{table}.{column}",
                        value=str(value),
                        fix=verdict.fix,
                        count=times,
                    )
                )


def _domains(db: sqlite3.Connection, name: str, tables: set[str], findings: Findings) -> None:
    """Columns whose values a constraint of type enum lists."""
    for table, column, constraint in db.execute(
        "SELECT DISTINCT table_name, column_name, c.constraint_name FROM gpkg_data_columns d "
        "JOIN gpkg_data_column_constraints c ON c.constraint_name = d.constraint_name "
        "WHERE c.constraint_type = 'enum'"
    ).fetchall():
        if table not in tables or column not in {one for one, _, _ in _columns(db, table)}:
            continue
        for value, times in db.execute(
            f"SELECT {_quoted(column)}, count(*) FROM {_quoted(table)} t "
            f"WHERE {_quoted(column)} IS NOT NULL AND NOT EXISTS (SELECT 1 "
            "FROM gpkg_data_column_constraints c WHERE c.constraint_name = ? "
            f"AND c.value = t.{_quoted(column)}) GROUP BY 1 LIMIT {EXAMPLES}",
            (constraint,),
        ).fetchall():
            if str(value).startswith(("http://", "https://", "[")):
                continue  # a value of one's own, or several in one text
            message = f"{constraint} has no value {value}"
            path = f"{table}.{column}"
            findings.add(
                DOMAIN.finding(name, message, attribute=path, value=str(value), count=times)
            )
