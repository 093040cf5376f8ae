"""One transaction that writes to PostgreSQL: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa

from commonplace.database.session import Address, Session, quoted
from commonplace.errors import ServerFault, SourceError

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection

# Begun here and not by the driver, whose own transactions end at the first error.
_BEGIN: Final = (
    "BEGIN",
    "SET LOCAL standard_conforming_strings = on",
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL timezone = 'UTC'",
    "SET LOCAL client_min_messages = 'warning'",
)


@dataclass(slots=True)
class Transaction:
    """Statements that belong together. See :func:`writing`."""

    _session: Session
    _connection: Connection

    def run(self, statement: str) -> None:
        """Run a statement.

        Raises
        ------
        ServerFault, AccessRefused, Unreachable
        """
        with self._session.errors(), self._connection.cursor() as cursor:
            cursor.execute(statement)

    def rows(self, statement: str) -> list[dict[str, Any]]:
        """A short answer, whole."""
        with self._session.errors(), self._connection.cursor() as cursor:
            cursor.execute(statement)
            found: list[dict[str, Any]] = cursor.fetch_arrow_table().to_pylist()
        return found

    def number(self, statement: str) -> int:
        """The number that a statement gives."""
        ((found,),) = (row.values() for row in self.rows(statement))
        return int(found)

    def copied(self, table: str, batches: pa.RecordBatchReader) -> int:
        """Copy batches into a new temporary table; gives how many rows there were."""
        with self._session.errors(), self._connection.cursor() as cursor:
            return cursor.adbc_ingest(table, batches, mode="create", temporary=True)

    @contextmanager
    def tried(self) -> Iterator[None]:
        """What fails in the block is undone, and the transaction goes on."""
        self.run("SAVEPOINT tried")
        try:
            yield
        except ServerFault:
            self.run("ROLLBACK TO SAVEPOINT tried")
            raise
        self.run("RELEASE SAVEPOINT tried")


@contextmanager
def writing(address: Address, *, keep: bool) -> Iterator[Transaction]:
    """A transaction, committed at the end of the block, or undone where ``keep`` is false.

    Raises
    ------
    SourceError
        Whatever the server says; then all is undone.
    """
    from adbc_driver_postgresql import dbapi

    session = Session(address)
    with session.errors():
        connection: Connection = dbapi.connect(address.uri, autocommit=True)
    try:
        transaction = Transaction(session, connection)
        for statement in _BEGIN:
            transaction.run(statement)
        yield transaction
        transaction.run("COMMIT" if keep else "ROLLBACK")
    finally:
        connection.close()


def require_postgis(transaction: Transaction) -> None:
    """Let PostGIS's types and functions be found, wherever it is; stop where it isn't.

    Raises
    ------
    SourceError
    """
    found = transaction.rows(
        "SELECT nspname::text AS name FROM pg_catalog.pg_extension e"
        " JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace WHERE extname = 'postgis'"
    )
    if not found:
        raise SourceError("the database has no PostGIS", hint="CREATE EXTENSION postgis")
    transaction.run(f"SET LOCAL search_path = {quoted(found[0]['name'])}")
