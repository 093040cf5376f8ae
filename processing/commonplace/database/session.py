"""Connections to PostgreSQL that all see one moment, never write and never tell secrets.

libpq (in the ADBC driver) looks for credentials where it always does: ``PGPASSWORD``, the
password file, a service file (``postgresql:///?service=city``), certificates.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pyarrow as pa

from commonplace.errors import (
    AccessRefused,
    MalformedAnswer,
    ServerFault,
    SourceError,
    Unreachable,
)
from commonplace.http import HIDDEN, shown_url

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection

SCHEMES: Final = ("postgresql", "postgres")
BATCH_BYTES: Final = 2 << 20
_BEGIN: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_STEADY: Final = (
    "SET LOCAL synchronize_seqscans = off",
    "SET LOCAL max_parallel_workers_per_gather = 0",  # rows in the table's order, always
    "SET LOCAL datestyle = 'ISO, YMD'",
    "SET LOCAL intervalstyle = 'iso_8601'",
    "SET LOCAL timezone = 'UTC'",
)
_CONNECT: Final = (
    ("connect_timeout", "10"),
    ("application_name", "commonplace"),
    ("client_encoding", "UTF8"),  # else a Latin-1 database sends Latin-1
)
_FORBIDDEN: Final = "42501"
_CLOSED: Final = ("57P01", "57P02", "57P03", "08006", "08003", "25P03")
_REFUSALS: Final = ("password authentication failed", "no password supplied", "no pg_hba.conf")

Parameters = Sequence[str]


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """Where a database is; ``uri`` holds what libpq needs, ``shown`` what may be told."""

    uri: str
    shown: str
    secrets: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"Address({self.shown})"


def address_of(url: str, password: str | None = None, user: str | None = None) -> Address:
    """The address that a libpq URI states, with a user and password from elsewhere.

    Raises
    ------
    SourceError
        When it is no such URI.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise SourceError(
            f"{shown_url(url)} is no database", hint="expected postgresql://user@host/database"
        )
    try:
        stated = parts.password
        named = dict(parse_qsl(parts.query, keep_blank_values=True))
    except ValueError as error:
        raise SourceError("the database's address can't be parsed") from error
    netloc = parts.netloc
    shown = {name: HIDDEN if "pass" in name else text for name, text in named.items()}
    if password is not None:
        named["password"] = password
        stated_user, at, host = netloc.rpartition("@")
        netloc = f"{stated_user.partition(':')[0]}{at}{host}"
    if user is not None:
        named["user"] = user
        netloc = netloc.rpartition("@")[2]
    uri = _uri(netloc, parts.path, {**dict(_CONNECT), **named})
    known = (stated and unquote(stated), named.get("password"), os.getenv("PGPASSWORD"))
    place = _uri(netloc.rpartition("@")[2], parts.path, shown)
    return Address(uri, place, tuple({one for one in known if one}))


def _uri(netloc: str, path: str, named: Mapping[str, str]) -> str:
    query = "&".join(f"{name}={quote(text, safe='*/,')}" for name, text in named.items())
    return f"postgresql://{netloc}{path}" + (f"?{query}" if query else "")


@dataclass(slots=True, weakref_slot=True, eq=False)
class Session:
    """One moment of a database, held by a transaction until nobody needs it.

    Nothing is opened before the first question.
    """

    address: Address
    _keeper: Connection | None = None
    _snapshot: str = ""

    def rows(self, statement: str) -> list[dict[str, Any]]:
        """A short answer, whole, from the moment that the session holds.

        A statement that fails leaves the session as it was.
        """
        connection = self._kept()
        self._told(connection, "SAVEPOINT question")
        try:
            with self._asked(connection, statement, copy=False) as reader:
                found: list[dict[str, Any]] = reader.read_all().to_pylist()
        except SourceError:
            self._told(connection, "ROLLBACK TO SAVEPOINT question")
            raise
        self._told(connection, "RELEASE SAVEPOINT question")
        return found

    @contextmanager
    def batches(
        self, statement: str, parameters: Parameters = ()
    ) -> Iterator[pa.RecordBatchReader]:
        """A long answer, streamed by ``COPY`` over a connection of its own.

        The statement reads its parameters by :func:`parameter`.
        """
        self._kept()
        connection = self._opened()
        try:
            self._told(connection, _BEGIN)
            self._told(connection, f"SET TRANSACTION SNAPSHOT '{self._snapshot}'")
            for setting in _STEADY:
                self._told(connection, setting)
            if parameters:
                self._bind(connection, parameters)
            with self._asked(connection, statement, copy=True) as reader:
                yield reader
        finally:
            connection.close()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what the driver says into our errors, secrets masked."""
        from adbc_driver_manager import Error

        try:
            yield
        except Error as error:
            raise self._meant(str(error), error.sqlstate) from None
        except (pa.ArrowException, OSError) as error:  # while batches are fetched
            raise self._meant(str(error), _state_in(str(error))) from None

    def _kept(self) -> Connection:
        if self._keeper is None:
            connection = self._opened()
            weakref.finalize(self, connection.close)
            self._told(connection, _BEGIN)
            export = "SELECT pg_catalog.pg_export_snapshot()"
            with self._asked(connection, export, copy=False) as reader:
                self._snapshot = str(reader.read_all().column(0)[0])
            self._keeper = connection
        return self._keeper

    def _opened(self) -> Connection:
        from adbc_driver_postgresql import dbapi

        with self.errors():
            connection: Connection = dbapi.connect(self.address.uri, autocommit=True)
        return connection

    def _told(self, connection: Connection, statement: str) -> None:
        with self.errors(), connection.cursor() as cursor:
            cursor.execute(statement)

    def _bind(self, connection: Connection, parameters: Parameters) -> None:
        """Bind parameters as settings of the transaction, since ``COPY`` takes none."""
        settings = ", ".join(
            f"pg_catalog.set_config('{_setting(number)}', ${number + 1}, true)"
            for number in range(len(parameters))
        )
        with self.errors(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {settings}", parameters)
            cursor.fetchall()

    @contextmanager
    def _asked(
        self, connection: Connection, statement: str, *, copy: bool
    ) -> Iterator[pa.RecordBatchReader]:
        from adbc_driver_postgresql import StatementOptions

        with connection.cursor() as cursor:
            with self.errors():
                cursor.adbc_statement.set_options(
                    **{
                        StatementOptions.BATCH_SIZE_HINT_BYTES.value: str(BATCH_BYTES),
                        StatementOptions.USE_COPY.value: str(copy).lower(),
                    }
                )
                cursor.execute(statement)
                reader = cursor.fetch_record_batch()
            yield reader

    def _meant(self, text: str, state: str | None) -> SourceError:
        said = text.partition("\nQuery was:")[0].partition(". SQLSTATE")[0].strip()
        for prefix in ("[libpq] ", "ERROR: ", "FATAL: "):
            said = said.rpartition(prefix)[2].strip()
        said = " ".join(said.split())
        for secret in self.address.secrets:
            said = said.replace(secret, HIDDEN)
        where = self.address.shown
        if state == _FORBIDDEN:
            return AccessRefused(
                f"{where} refuses: {said}", hint="GRANT SELECT on it to the user, or ask as another"
            )
        if any(one in said for one in _REFUSALS):
            return AccessRefused(
                f"{where} refuses the user: {said}",
                hint="set PGPASSWORD, the password file (~/.pgpass) or token_env in the source",
            )
        if "Failed to connect" in text or state in _CLOSED or (not state and "libpq" in text):
            hint = "check host, port, database and user; is the server running?"
            return Unreachable(f"{where} can't be reached: {said}", hint=hint)
        if state is None:
            return MalformedAnswer(f"{where} answered what can't be read: {said}")
        return ServerFault(f"{where} answered an error ({state}): {said}")


def parameter(number: int) -> str:
    """The SQL of a bound parameter's text, counted from 0."""
    return f"pg_catalog.current_setting('{_setting(number)}')"


def _setting(number: int) -> str:
    return f"commonplace.p{number}"


def _state_in(text: str) -> str | None:
    """The SQLSTATE at the end of a message, where there is one."""
    state = text.rpartition("SQLSTATE: ")[2][:5]
    return state if "SQLSTATE: " in text else None


def quoted(*names: str) -> str:
    """A name, or a path of names, as SQL has it."""
    return ".".join('"' + one.replace('"', '""') + '"' for one in names)
