"""How many rows tables have, and where they lie: exact where that is cheap, else estimated."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from commonplace.bounds import Bounds
from commonplace.database.session import Session, quoted
from commonplace.errors import SourceError
from commonplace.sources.postgis_catalogue import Relation
from commonplace.sources.postgis_columns import Spatial

CHEAP_BYTES: Final = 32 << 20
RELATIONS_AT_ONCE: Final = 50
SAMPLE_ROWS: Final = 1_000
_CORNERS: Final = ("xmin", "ymin", "xmax", "ymax")
_NAMES: Final = {
    "POINT": "Point",
    "LINESTRING": "LineString",
    "POLYGON": "Polygon",
    "MULTIPOINT": "MultiPoint",
    "MULTILINESTRING": "MultiLineString",
    "MULTIPOLYGON": "MultiPolygon",
    "GEOMETRYCOLLECTION": "GeometryCollection",
}


@dataclass(slots=True)
class Survey:
    """Counts by relation, extents by (relation, geometry column)."""

    counts: dict[str, int] = field(default_factory=dict)
    estimated: set[str] = field(default_factory=set)
    extents: dict[tuple[str, str], Bounds] = field(default_factory=dict)


def survey(session: Session, postgis: str | None, relations: Sequence[Relation]) -> Survey:
    """Count and measure relations."""
    found = Survey()
    cheap = [one for one in relations if one.bytes is not None and one.bytes <= CHEAP_BYTES]
    for start in range(0, len(cheap), RELATIONS_AT_ONCE):
        _measure(session, postgis, cheap[start : start + RELATIONS_AT_ONCE], found)
    for relation in relations:
        if relation.label not in found.counts:
            _estimate(session, postgis, relation, found)
    return found


def _measure(
    session: Session, postgis: str | None, relations: Sequence[Relation], found: Survey
) -> None:
    asked = list(_questions(postgis, relations))
    try:
        rows = session.rows(" UNION ALL ".join(sql for _, _, sql in asked))
    except SourceError:  # one of them has a policy or a type that refuses: estimates will do
        return
    for row in rows:
        relation, column, _ = asked[row["number"]]
        found.counts[relation.label] = row["rows"]
        _keep_extent(row, relation, column, found)


def _questions(
    postgis: str | None, relations: Sequence[Relation]
) -> Iterator[tuple[Relation, str | None, str]]:
    number = 0
    for relation in relations:
        names: list[str | None] = [one.name for one in relation.spatial] if postgis else []
        for name in names or [None]:
            yield relation, name, _question(postgis, relation, name, number)
            number += 1


def _question(postgis: str | None, relation: Relation, column: str | None, number: int) -> str:
    if column is None:
        corners = ", ".join(f"NULL::pg_catalog.float8 AS {one}" for one in _CORNERS)
        return f"SELECT {number} AS number, count(*) AS rows, {corners} FROM {relation.sql}"
    corners = ", ".join(
        f"{postgis}.ST_{one}(box) AS {one}" for one in ("XMin", "YMin", "XMax", "YMax")
    )
    shape = f"{quoted(column)}::{postgis}.geometry"
    return (
        f"SELECT {number} AS number, rows, {corners} FROM (SELECT count(*) AS rows, "
        f"{postgis}.ST_Extent({shape}) AS box FROM {relation.sql}) AS measured"
    )


def _estimate(session: Session, postgis: str | None, relation: Relation, found: Survey) -> None:
    try:
        plan = session.rows(f"EXPLAIN (FORMAT JSON) SELECT 1 FROM {relation.sql}")
        text = next(iter(plan[0].values()))
        found.counts[relation.label] = int(json.loads(text)[0]["Plan"]["Plan Rows"])
        found.estimated.add(relation.label)
        if postgis is not None and relation.kind in ("r", "m", "p"):
            for column in relation.spatial:
                _estimate_extent(session, postgis, relation, column.name, found)
    except SourceError:  # a hint only; reading it will say what is wrong
        return


def _estimate_extent(
    session: Session, postgis: str, relation: Relation, column: str, found: Survey
) -> None:
    named = ", ".join(
        "'" + one.replace("'", "''") + "'" for one in (relation.schema, relation.name, column)
    )
    corners = ", ".join(
        f"{postgis}.ST_{one}(box) AS {one}" for one in ("XMin", "YMin", "XMax", "YMax")
    )
    rows = session.rows(
        f"SELECT {corners} FROM (SELECT {postgis}.ST_EstimatedExtent({named}) AS box) AS estimated"
    )
    _keep_extent(rows[0], relation, column, found)


def _keep_extent(
    row: dict[str, Any], relation: Relation, column: str | None, found: Survey
) -> None:
    if column is not None and row["xmin"] is not None:
        west, south, east, north = (float(row[one]) for one in _CORNERS)
        found.extents[relation.label, column] = (west, south, east, north)


def seen_shapes(
    session: Session, postgis: str, relation: Relation, spatial: Spatial
) -> tuple[list[int], list[str]]:
    """SRIDs and geometry types in a column's first rows, the most frequent first."""
    shape = f"{quoted(spatial.column)}::{postgis}.geometry"
    rows = session.rows(
        f"SELECT {postgis}.ST_SRID(shape) AS srid, {postgis}.GeometryType(shape) AS type, "
        f"{postgis}.ST_CoordDim(shape) > 2 AS solid, count(*) AS rows "
        f"FROM (SELECT {shape} AS shape FROM {relation.sql} "
        f"WHERE {quoted(spatial.column)} IS NOT NULL LIMIT {SAMPLE_ROWS}) AS sample "
        "GROUP BY 1, 2, 3 ORDER BY 4 DESC, 1, 2"
    )
    srids = list(dict.fromkeys(int(row["srid"]) for row in rows))
    types = [
        _NAMES.get(row["type"].removesuffix("M"), row["type"]) + (" Z" if row["solid"] else "")
        for row in rows
    ]
    return srids, list(dict.fromkeys(types))
