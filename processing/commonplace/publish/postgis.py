"""Publishing to PostGIS: a table a feature type, in one transaction.

Rows are told apart by id and only those that differ are written, so that a second
publication changes nothing. Rows and columns that others added stay, save on request the
rows whose features are gone. A table that another program made is never touched.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from commonplace.database.session import Address, quoted
from commonplace.database.writing import Transaction, require_postgis, writing
from commonplace.errors import ServerFault, SourceError
from commonplace.publish.changes import Changes, Counts
from commonplace.publish.postgis_schema import Schema, spatial
from commonplace.publish.tables import ID, ORDINAL, PARENT, Package, Table, read, sql_name
from commonplace.report import Finding, Observer, Severity, Silent

ROW: Final = "#"  # a row's number in the file
BAD: Final = "!"  # a row that was refused
LINE: Final = "line_of_file"  # the same, where ROW counts the objects of a parent
MOST_REFUSED: Final = 1_000


@dataclass(frozen=True, slots=True)
class PostgisWish:
    """What is to be done. ``schema`` is the job's name if none is given."""

    schema: str | None = None
    delete_vanished: bool = False
    dry_run: bool = False


def publish_postgis(
    package: Package, address: Address, wish: PostgisWish, observer: Observer | None = None
) -> Changes:
    """Bring the tables of a schema in step with a package.

    Raises
    ------
    SourceError
        The database can't be reached, refuses access, has no PostGIS, or a table of that
        name belongs to somebody else. Nothing is changed then.
    """
    schema = wish.schema or sql_name(package.job.replace("-", "_"))
    with writing(address, keep=not wish.dry_run) as transaction:
        require_postgis(transaction)
        kept = Schema(transaction, schema, package)
        run = _Run(package, transaction, kept, wish, observer or Silent())
        return run.run(f"{address.shown} {schema}")


@dataclass(slots=True)
class _Run:
    package: Package
    database: Transaction
    schema: Schema
    wish: PostgisWish
    observer: Observer
    stages: dict[str, str] = field(default_factory=dict)  # by table

    def run(self, target: str) -> Changes:
        changes = Changes(target)
        self.schema.prepare()
        for table in self.package.tables:
            self.schema.require_ours(table)
        for table in self.package.tables:
            changes.layers[table.name] = self._publish(table, changes)
            self.observer.progress("publish", len(changes.layers), len(self.package.tables))
        for name, parent in self.schema.no_longer_made():
            changes.layers[name] = self._emptied(name, parent, changes)
        return changes

    # --- one table ---

    def _publish(self, table: Table, changes: Changes) -> Counts:
        stage = f"stage_{len(self.stages)}"
        self.stages[table.name] = stage
        with read(table) as batches:
            self.database.copied(stage, batches)
        staged = quoted(stage)
        self.database.run(f'ALTER TABLE {staged} ADD COLUMN "{ROW}" bigserial')
        self.database.run(f'ALTER TABLE {staged} ADD COLUMN "{BAD}" boolean NOT NULL DEFAULT false')
        keys = ID if table.parent is None else PARENT
        self.database.run(f"CREATE INDEX ON {staged} ({quoted(keys)})")
        self.database.run(f"ANALYZE {staged}")
        if self.schema.exists(table.name):
            self.schema.adapt(table)
        else:
            self.schema.create(table)
        self.schema.keep_book(table)
        counts = self._write(table, stage, changes)
        self._vanish(table, counts, changes)
        return counts

    # --- rows ---

    def _columns(self, table: Table) -> dict[str, str]:
        """By column of the table, the SQL that gives its value from the staged row ``s``."""
        there = self.schema.types(table.name)
        found = {one.name: f"s.{quoted(one.name)}::{there[one.name]}" for one in table.columns}
        if table.geometry is not None:
            name = table.geometry.name
            kind, srid = spatial(there[name])
            value = f"ST_GeomFromWKB(s.{quoted(name)}, {srid})"
            found[name] = f"ST_Force3D({value})" if kind.endswith("Z") else value
        if table.parent is not None:
            found[ORDINAL] = f's."{ROW}"::integer'
        return found

    def _write(self, table: Table, stage: str, changes: Changes) -> Counts:
        if table.parent is not None:
            self._number(table, stage)
        counts = Counts()
        try:
            with self.database.tried():
                counts.new, counts.changed = self._upsert(table, stage)
        except ServerFault:
            self._row_by_row(table, stage, counts, changes)
        staged = self.database.number(f'SELECT count(*) FROM {quoted(stage)} WHERE NOT "{BAD}"')
        counts.same = staged - counts.new - counts.changed
        return counts

    def _number(self, table: Table, stage: str) -> None:
        """Number the objects of each parent; those of parents that were refused are out."""
        staged, parent = quoted(stage), quoted(PARENT)
        self.database.run(
            f'UPDATE {staged} s SET "{ROW}" = o.n FROM (SELECT "{ROW}" AS r, row_number() OVER'
            f' (PARTITION BY {parent} ORDER BY "{ROW}") AS n FROM {staged}) o WHERE s."{ROW}" = o.r'
        )
        assert table.parent is not None
        self.database.run(
            f'UPDATE {staged} s SET "{BAD}" = true WHERE NOT EXISTS (SELECT FROM'
            f" {self.schema.of(table.parent)} p WHERE p.{quoted(ID)} = s.{parent})"
        )

    def _upsert(self, table: Table, stage: str, where: str = "") -> tuple[int, int]:
        """Insert and update what differs; gives how many of each."""
        values = self._columns(table)
        unfilled = self.schema.ours_unfilled(table, values)
        values |= dict.fromkeys(unfilled, "NULL")
        names = ", ".join(map(quoted, values))
        keys = ", ".join(map(quoted, table.key))
        rest = [one for one in values if one not in table.key]
        mine = ", ".join(f"t.{quoted(one)}" for one in rest)
        theirs = ", ".join(f"excluded.{quoted(one)}" for one in rest)
        settings = ", ".join(f"{quoted(one)} = excluded.{quoted(one)}" for one in rest)
        update = f"UPDATE SET {settings} WHERE ({mine}) IS DISTINCT FROM ({theirs})"
        (found,) = self.database.rows(
            f"WITH done AS (INSERT INTO {self.schema.of(table.name)} AS t ({names})"
            f' SELECT {", ".join(values.values())} FROM {quoted(stage)} s WHERE NOT "{BAD}"{where}'
            f" ON CONFLICT ({keys}) DO {update if rest else 'NOTHING'}"
            " RETURNING xmax = 0 AS new)"
            " SELECT count(*) FILTER (WHERE new) AS new, count(*) FILTER (WHERE NOT new) AS changed"
            " FROM done"
        )
        return int(found["new"]), int(found["changed"])

    def _row_by_row(self, table: Table, stage: str, counts: Counts, changes: Changes) -> None:
        """Halve what the database refuses until the rows at fault stand alone; they are told."""
        staged = quoted(stage)
        self.database.run(f"ALTER TABLE {staged} ADD COLUMN {LINE} bigserial")
        pending = [(1, self.database.number(f"SELECT count(*) FROM {staged}"))]
        while pending:
            low, high = pending.pop()
            try:
                with self.database.tried():
                    where = f" AND s.{LINE} BETWEEN {low} AND {high}"
                    new, changed = self._upsert(table, stage, where)
            except ServerFault as error:
                if low < high:
                    middle = (low + high) // 2
                    pending += [(middle + 1, high), (low, middle)]
                    continue
                counts.refused += 1
                if counts.refused > MOST_REFUSED:
                    raise SourceError(
                        f"the database refuses more than {MOST_REFUSED} rows of {table.name}:"
                        f" {error.message}",
                        hint="nothing was changed; see what it says",
                    ) from error
                self.database.run(f'UPDATE {staged} SET "{BAD}" = true WHERE {LINE} = {low}')
                changes.findings.add(self._told(table, stage, low, error))
            else:
                counts.new += new
                counts.changed += changed

    def _told(self, table: Table, stage: str, line: int, error: ServerFault) -> Finding:
        key = quoted(ID if table.parent is None else PARENT)
        (found,) = self.database.rows(
            f"SELECT {key} AS id FROM {quoted(stage)} WHERE {LINE} = {line}"
        )
        return Finding(
            "FEATURE_REFUSED",
            Severity.ERROR,
            error.message,
            layer=table.name,
            feature=found["id"],
            fix="see what the database says: a constraint, or a column of another type",
        )

    # --- rows that are gone ---

    def _vanish(self, table: Table, counts: Counts, changes: Changes) -> None:
        stage = quoted(self.stages[table.name])
        if table.parent is None:
            gone = f"NOT EXISTS (SELECT FROM {stage} s WHERE s.{quoted(ID)} = t.{quoted(ID)})"
            self._delete(table.name, gone, counts, changes, wanted=self.wish.delete_vanished)
            return
        parents = quoted(self.stages[table.parent])
        gone = (
            f"EXISTS (SELECT FROM {parents} p WHERE p.{quoted(ID)} = t.{quoted(PARENT)} AND NOT"
            f' p."{BAD}") AND NOT EXISTS (SELECT FROM {stage} s WHERE s.{quoted(PARENT)} ='
            f' t.{quoted(PARENT)} AND s."{ROW}" = t.{quoted(ORDINAL)})'
        )
        self._delete(table.name, gone, counts, changes, wanted=True)

    def _emptied(self, name: str, parent: str | None, changes: Changes) -> Counts:
        """A table that the package has nothing for any more."""
        counts = Counts()
        if parent is None:
            self._delete(name, "true", counts, changes, wanted=self.wish.delete_vanished)
        elif parent in self.stages:
            stage = quoted(self.stages[parent])
            gone = f"EXISTS (SELECT FROM {stage} p WHERE p.{quoted(ID)} = t.{quoted(PARENT)})"
            self._delete(name, gone, counts, changes, wanted=True)
        return counts

    def _delete(
        self, name: str, gone: str, counts: Counts, changes: Changes, *, wanted: bool
    ) -> None:
        where = f"FROM {self.schema.of(name)} t WHERE {gone}"
        counts.vanished = self.database.number(f"SELECT count(*) {where}")
        if not wanted or not counts.vanished:
            return
        try:
            with self.database.tried():
                self.database.run(f"DELETE {where}")
            counts.deleted = counts.vanished
        except ServerFault as error:
            changes.findings.add(
                Finding(
                    "VANISHED_NOT_DELETED",
                    Severity.ERROR,
                    f"{counts.vanished} rows could not be deleted: {error.message}",
                    layer=name,
                    fix="other tables may refer to them",
                )
            )
