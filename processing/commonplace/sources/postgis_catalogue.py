"""What a PostgreSQL database says of its tables and views, in three questions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from commonplace.database.session import Session, quoted

_POSTGIS: Final = """
SELECT n.nspname AS schema, e.extversion AS version
FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace
WHERE e.extname = 'postgis'"""

# Relations that extensions own (spatial_ref_sys, geometry_columns) are none of the city's.
_COLUMNS: Final = """
WITH RECURSIVE base(oid, base, typmod) AS (
    SELECT oid, oid, -1 FROM pg_catalog.pg_type WHERE typtype <> 'd'
    UNION ALL
    SELECT t.oid, b.base, CASE WHEN t.typtypmod <> -1 THEN t.typtypmod ELSE b.typmod END
    FROM pg_catalog.pg_type t JOIN base b ON t.typbasetype = b.oid WHERE t.typtype = 'd'
)
SELECT n.nspname::text AS schema, c.relname::text AS relation, c.relkind::text AS kind,
    pg_catalog.obj_description(c.oid, 'pg_class') AS title,
    pg_catalog.has_schema_privilege(n.oid, 'USAGE')
        AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT') AS readable,
    CASE WHEN c.relkind IN ('r', 'm') THEN pg_catalog.pg_relation_size(c.oid) END AS bytes,
    a.attname::text AS name, a.attnum::int4 AS number,
    pg_catalog.col_description(c.oid, a.attnum) AS description,
    pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT') AS may_read,
    t.typname::text AS type, e.typname::text AS element,
    (CASE WHEN a.atttypmod <> -1 THEN a.atttypmod ELSE b.typmod END)::int4 AS typmod,
    coalesce(a.attnum = ANY (i.indkey::int2[]), false) AS is_key
FROM pg_catalog.pg_class c
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN base b ON b.oid = a.atttypid
JOIN pg_catalog.pg_type t ON t.oid = b.base
LEFT JOIN pg_catalog.pg_type e ON t.typcategory = 'A' AND e.oid = t.typelem
LEFT JOIN pg_catalog.pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relkind IN ('r', 'v', 'm', 'p', 'f') AND NOT c.relispartition
    AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    AND NOT EXISTS (
        SELECT 1 FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
            AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attnum"""

_SRID: Final = """
SELECT srid, auth_name || ':' || auth_srid AS code, srtext FROM {spatial_ref_sys}
WHERE srid IN ({srids})"""


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``type`` is PostgreSQL's, domains resolved, ``element`` that of an array."""

    name: str
    type: str
    element: str | None
    typmod: int
    title: str | None
    may_read: bool
    is_key: bool

    @property
    def is_spatial(self) -> bool:
        return self.type in ("geometry", "geography")


@dataclass(frozen=True, slots=True)
class Relation:
    """A table, view, materialised view, partitioned or foreign table."""

    schema: str
    name: str
    kind: str
    title: str | None
    readable: bool
    bytes: int | None
    columns: tuple[Column, ...]

    @property
    def label(self) -> str:
        return f"{self.schema}.{self.name}"

    @property
    def sql(self) -> str:
        return quoted(self.schema, self.name)

    @property
    def spatial(self) -> tuple[Column, ...]:
        return tuple(one for one in self.columns if one.is_spatial and one.may_read)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All relations; ``postgis`` is the quoted schema of its functions, None without it."""

    postgis: str | None
    version: str | None
    server: str
    relations: tuple[Relation, ...]


def read_catalogue(session: Session) -> Catalogue:
    """Ask a database what is in it."""
    found = session.rows(_POSTGIS)
    server = session.rows("SELECT pg_catalog.current_setting('server_version') AS version")
    rows = session.rows(_COLUMNS)
    relations = tuple(
        _relation(list(group))
        for _, group in groupby(rows, key=lambda row: (row["schema"], row["relation"]))
    )
    return Catalogue(
        postgis=quoted(found[0]["schema"]) if found else None,
        version=found[0]["version"] if found else None,
        server=server[0]["version"],
        relations=relations,
    )


def _relation(rows: list[dict[str, Any]]) -> Relation:
    first = rows[0]
    columns = tuple(
        Column(
            one["name"],
            one["type"],
            one["element"],
            one["typmod"],
            one["description"],
            one["may_read"],
            one["is_key"],
        )
        for one in rows
    )
    return Relation(
        first["schema"],
        first["relation"],
        first["kind"],
        first["title"],
        first["readable"],
        first["bytes"],
        columns,
    )


def reference_systems(
    session: Session, postgis: str, srids: set[int]
) -> dict[int, tuple[str | None, str | None]]:
    """(code, WKT) of SRIDs, as the database has them."""
    if not srids:
        return {}
    listed = ", ".join(map(str, sorted(srids)))
    statement = _SRID.format(spatial_ref_sys=f"{postgis}.spatial_ref_sys", srids=listed)
    return {row["srid"]: (row["code"], row["srtext"]) for row in session.rows(statement)}
