"""A schema of a database that a package's tables are kept in: made, adapted, known as ours.

The table :data:`BOOK` says which job publishes which table and fills which columns. A
table that it doesn't know belongs to somebody else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from commonplace.database.session import quoted
from commonplace.database.writing import Transaction
from commonplace.errors import SourceError
from commonplace.publish.tables import ID, ORDINAL, PARENT, Package, Table

BOOK: Final = "commonplace_published"


@dataclass(frozen=True, slots=True)
class Schema:
    """One schema, within a transaction."""

    database: Transaction
    name: str
    package: Package

    def prepare(self) -> None:
        lock = f"SELECT pg_catalog.pg_advisory_xact_lock(hashtext({text(self.name)}))"
        self.database.run(lock)
        self.database.run(f"CREATE SCHEMA IF NOT EXISTS {quoted(self.name)}")
        self.database.run(
            f"CREATE TABLE IF NOT EXISTS {self.of(BOOK)} (table_name text PRIMARY KEY,"
            " job text NOT NULL, dataset text NOT NULL, parent text, columns text[] NOT NULL)"
        )
        self.database.run(
            f"COMMENT ON TABLE {self.of(BOOK)} IS"
            " 'Tables and columns that Commonplace keeps in step with a package'"
        )

    def of(self, table: str) -> str:
        return quoted(self.name, table)

    def exists(self, table: str) -> bool:
        asked = f"SELECT to_regclass({text(self.of(table))}) IS NOT NULL AS there"
        return bool(self.database.rows(asked)[0]["there"])

    def require_ours(self, table: Table) -> None:
        """A table that is there must be one that this job published before.

        Raises
        ------
        SourceError
            Somebody else's table has the name.
        """
        if not self.exists(table.name):
            return
        asked = f"SELECT job, dataset FROM {self.of(BOOK)} WHERE table_name = {text(table.name)}"
        found = self.database.rows(asked)
        if not found:
            raise SourceError(
                f"the table {self.name}.{table.name} is there and was not published from here",
                hint="choose another --schema, or rename the table",
            )
        if (found[0]["job"], found[0]["dataset"]) != (self.package.job, table.dataset):
            raise SourceError(
                f"the table {self.name}.{table.name} was published by the job {found[0]['job']}",
                hint="choose another --schema: one job, one schema",
            )

    def no_longer_made(self) -> list[tuple[str, str | None]]:
        """Tables of earlier publications that the package has no rows for, with their parents."""
        datasets = ", ".join(sorted({text(one.dataset) for one in self.package.tables}))
        rows = self.database.rows(
            f"SELECT table_name, parent FROM {self.of(BOOK)}"
            f" WHERE job = {text(self.package.job)} AND dataset IN ({datasets})"
            " ORDER BY parent IS NOT NULL, table_name"
        )
        known = {one.name for one in self.package.tables}
        return [
            (one["table_name"], one["parent"]) for one in rows if one["table_name"] not in known
        ]

    def create(self, table: Table) -> None:
        name = self.of(table.name)
        columns = [f"{quoted(one.name)} {one.type}" for one in table.columns]
        if table.geometry is not None:
            columns.append(f"{quoted(table.geometry.name)} {table.geometry.type}")
        if table.parent is not None:
            columns.append(f"{quoted(ORDINAL)} integer")
            columns.append(
                f"FOREIGN KEY ({quoted(PARENT)}) REFERENCES {self.of(table.parent)} ({quoted(ID)})"
                " ON UPDATE CASCADE ON DELETE CASCADE"
            )
            if table.has_id:
                columns.append(f"UNIQUE ({quoted(ID)})")
        keys = ", ".join(quoted(one) for one in table.key)
        self.database.run(f"CREATE TABLE {name} ({', '.join(columns)}, PRIMARY KEY ({keys}))")
        if table.geometry is not None:
            self.database.run(f"CREATE INDEX ON {name} USING gist ({quoted(table.geometry.name)})")
        if table.comment:
            self.database.run(f"COMMENT ON TABLE {name} IS {text(table.comment)}")
        self._comment(table, [*(one.name for one in table.columns), *_geometry_name(table)])

    def _comment(self, table: Table, names: list[str]) -> None:
        for one in (*table.columns, *filter(None, [table.geometry])):
            if one.comment and one.name in names:
                column = f"{self.of(table.name)}.{quoted(one.name)}"
                self.database.run(f"COMMENT ON COLUMN {column} IS {text(one.comment)}")

    def types(self, table: str) -> dict[str, str]:
        rows = self.database.rows(
            "SELECT attname::text AS name, format_type(atttypid, atttypmod) AS type"
            f" FROM pg_catalog.pg_attribute WHERE attrelid = {text(self.of(table))}::regclass"
            " AND attnum > 0 AND NOT attisdropped"
        )
        return {one["name"]: one["type"] for one in rows}

    def adapt(self, table: Table) -> None:
        """Add columns that are new; types that differ become wider, where that loses nothing."""
        name = self.of(table.name)
        there = self.types(table.name)
        for one in table.columns:
            if one.name not in there:
                self.database.run(f"ALTER TABLE {name} ADD COLUMN {quoted(one.name)} {one.type}")
            elif _canonical(there[one.name]) != one.type and self._all_null(table, one.name):
                column = quoted(one.name)
                self.database.run(
                    f"ALTER TABLE {name} ALTER COLUMN {column} TYPE {one.type}"
                    f" USING NULL::{one.type}"
                )
        self._comment(table, [one.name for one in table.columns if one.name not in there])
        self._adapt_geometry(table, there)

    def _all_null(self, table: Table, column: str) -> bool:
        asked = f"SELECT count({quoted(column)}) FROM {self.of(table.name)}"
        return self.database.number(asked) == 0

    def _adapt_geometry(self, table: Table, there: dict[str, str]) -> None:
        wanted = table.geometry
        if wanted is None:
            return
        name, column = self.of(table.name), quoted(wanted.name)
        stated = there.get(wanted.name)
        if stated is None:
            self.database.run(f"ALTER TABLE {name} ADD COLUMN {column} {wanted.type}")
            self.database.run(f"CREATE INDEX ON {name} USING gist ({column})")
            return
        (kind, srid), (want, number) = spatial(stated), spatial(wanted.type)
        if srid != number:
            raise SourceError(
                f"the table {self.name}.{table.name} has the CRS EPSG:{srid},"
                f" the package EPSG:{number}",
                hint="choose another --schema, or let the job's crs.target be the table's",
            )
        if kind.lower() not in (want.lower(), "geometry", "geometryz"):
            deep = "Z" if kind.endswith("Z") or want.endswith("Z") else ""
            wider = f"geometry(Geometry{deep}, {srid})"
            moved = f"ST_Force3D({column})" if deep and not kind.endswith("Z") else column
            self.database.run(
                f"ALTER TABLE {name} ALTER COLUMN {column} TYPE {wider} USING {moved}"
            )

    def keep_book(self, table: Table) -> None:
        columns = [*(one.name for one in table.columns), *_geometry_name(table)]
        listed = ", ".join(map(text, columns))
        values = ", ".join(map(text, (table.name, self.package.job, table.dataset)))
        parent = "NULL" if table.parent is None else text(table.parent)
        book = self.of(BOOK)
        # Columns of earlier publications stay ours: they are emptied where nothing fills them.
        self.database.run(
            f"INSERT INTO {book} VALUES ({values}, {parent}, ARRAY[{listed}])"
            " ON CONFLICT (table_name) DO UPDATE SET columns = (SELECT array_agg(DISTINCT one"
            f" ORDER BY one) FROM unnest({book}.columns || excluded.columns) AS one)"
            f" WHERE NOT {book}.columns @> excluded.columns"
        )

    def ours_unfilled(self, table: Table, filled: dict[str, str]) -> list[str]:
        """Columns that earlier publications filled, and this one doesn't."""
        asked = (
            f"SELECT unnest(columns) AS name FROM {self.of(BOOK)}"
            f" WHERE table_name = {text(table.name)}"
        )
        there = self.types(table.name)
        named = [one["name"] for one in self.database.rows(asked)]
        return [one for one in named if one in there and one not in filled]


def _geometry_name(table: Table) -> list[str]:
    return [] if table.geometry is None else [table.geometry.name]


def _canonical(kind: str) -> str:
    """A type as :mod:`commonplace.publish.tables` calls it."""
    return {"timestamp with time zone": "timestamptz"}.get(kind, kind)


def spatial(kind: str) -> tuple[str, str]:
    """The type and the SRID of ``geometry(Polygon, 4258)``."""
    inside = kind.partition("(")[2].rstrip(")")
    geometry, _, srid = inside.partition(",")
    return geometry.strip(), srid.strip() or "0"


def text(value: str) -> str:
    """A text as an SQL literal."""
    return "'" + value.replace("'", "''") + "'"
