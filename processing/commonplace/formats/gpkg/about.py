"""What a GeoPackage says of its own tables, added by SQLite after GDAL wrote them.

===================================== =================================================
``gpkg_data_columns``                 each column's title and definition
``gpkg_data_column_constraints``      code lists: ``enum``, named as the list in lower
                                      case, value = local code, description = its URI;
                                      ``glob`` where other values occur, or several in one
                                      text, description = the URI of the list; units of
                                      measurement: ``enum`` of those that occur
``gpkg_metadata``                     void reasons by column; the dataset in Dublin Core
an index                              on a related table's key, and on what it points to
===================================== =================================================

GeoPackage 1.3.1, annexes F.8 (metadata) and F.9 (schema); U2G rules 10 and 11.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.formats import flat
from commonplace.formats.gpkg.drawn import write_styles
from commonplace.formats.gpkg.pieces import (
    CODE_LIST,
    DEFINITION,
    MAIN,
    PARENT_ID,
    ROW_ID,
    UNITS,
    fact,
)
from commonplace.formats.gpkg.tables import Table, row_reasons
from commonplace.formats.rows import FEATURE_ID, free_name
from commonplace.model.loader import load_model
from commonplace.target import Dataset, Shape

VOID_REASONS: Final = "http://inspire.ec.europa.eu/codelist/VoidReasonValue"
DUBLIN_CORE: Final = "http://purl.org/dc/terms/"

_EXTENSIONS: Final = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT,
  extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name))"""
_COLUMNS: Final = """
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
  name TEXT, title TEXT, description TEXT, mime_type TEXT, constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name))"""
_CONSTRAINTS: Final = """
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL,
  constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value))"""
_METADATA: Final = """
CREATE TABLE IF NOT EXISTS gpkg_metadata (
  id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL UNIQUE,
  md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL,
  mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '')"""
_REFERENCES: Final = """
CREATE TABLE IF NOT EXISTS gpkg_metadata_reference (reference_scope TEXT NOT NULL,
  table_name TEXT, column_name TEXT, row_id_value INTEGER,
  timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id))"""
_Void = tuple[str, str, Sequence[int]]  # column, reason, and the rows if not all
MOST_UNITS: Final = 100
_NOT_PLAIN: Final = re.compile(r"[^a-z0-9_]")
_HUMP: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def describe(
    dataset: Dataset,
    shapes: Mapping[str, Shape],
    tables: Sequence[Table],
    path: Path,
) -> None:
    """Add to a GeoPackage what its tables mean, in one transaction.

    All entries, GDAL's too, get the dataset's time, so that the same rows give the same bytes.

    Parameters
    ----------
    path
        The file GDAL wrote, with a table for each of ``tables``.

    Raises
    ------
    sqlite3.Error
    """
    as_of = datetime.fromisoformat(dataset.as_of).astimezone(UTC)
    time = as_of.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA synchronous = OFF")  # the file counts once it is renamed
        database.execute("BEGIN")
        database.execute(_EXTENSIONS)
        _write_columns(database, tables)
        _write_indexes(database, tables)
        _write_metadata(database, dataset, shapes, tables, time)
        write_styles(database, dataset, tables, time)
        database.execute("UPDATE gpkg_contents SET last_change = ?", (time,))
        database.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (time,))
        database.execute("COMMIT")
    _pin_change_counter(path)


def _pin_change_counter(path: Path) -> None:
    """Set how often the file was changed: GDAL's changes depend on how long it took.

    File Format of SQLite, 1.3: the counter at byte 24, and at 92 its value when the version
    number behind it was stored. Nobody has the file open yet.
    """
    with path.open("r+b") as file:
        for place in (24, 92):
            file.seek(place)
            file.write((1).to_bytes(4, "big"))


# Columns and code lists


@dataclass(frozen=True, slots=True)
class _Domain:
    """What a column's values are taken from: ``values`` with their descriptions.

    None of them means that other values occur too: the column is only told its list,
    ``uri``.
    """

    name: str
    uri: str = ""
    values: tuple[tuple[str, str | None], ...] = ()

    def rows(self) -> Iterator[tuple[str, str, str, str | None]]:
        """Rows of ``gpkg_data_column_constraints``: name, type, value, description."""
        if not self.values:
            yield self.name, "glob", "*", self.uri
        for value, description in self.values:
            yield self.name, "enum", value, description


def _write_columns(database: sqlite3.Connection, tables: Sequence[Table]) -> None:
    database.execute(_COLUMNS)
    database.execute(_CONSTRAINTS)
    domains: dict[str, _Domain] = {}
    for table in tables:
        found = _domains(table)
        for field in table.schema:
            domain = found.get(field.name)
            if domain:
                domains[domain.name] = domain
            database.execute(
                "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, ?, ?, NULL, ?)",
                (
                    table.name,
                    field.name,
                    _title(field.name),
                    fact(field, DEFINITION) or None,
                    domain.name if domain else None,
                ),
            )
    for domain in domains.values():
        database.executemany(
            "INSERT INTO gpkg_data_column_constraints VALUES (?, ?, ?, NULL, NULL, NULL, NULL, ?)",
            domain.rows(),
        )
    _register(database, "gpkg_schema", "gpkg_data_columns", "gpkg_data_column_constraints")


def _domains(table: Table) -> dict[str, _Domain]:
    """What the values of columns are taken from, by column; the rows are read once."""
    listed = {field.name: uri for field in table.schema if (uri := fact(field, CODE_LIST))}
    codes = {name: _codes(uri) for name, uri in listed.items()}
    kept = {name for name, known in codes.items() if len(known)}  # whose list has all values
    units: dict[str, set[str]] = {one.name: set() for one in table.schema if fact(one, UNITS)}
    for rows in table.rows():
        for name in kept & set(rows.column_names):
            if not _holds_all(codes[name], rows.column(name)):
                kept.discard(name)
        for name in units.keys() & set(rows.column_names):
            units[name].update(pc.unique(rows.column(name)).drop_null().to_pylist())
    domains = {name: _coded(uri, whole=name in kept) for name, uri in listed.items()}
    measured = {name: _measured(table.name, name, found) for name, found in units.items()}
    return domains | {name: one for name, one in measured.items() if one is not None}


def _codes(uri: str) -> pa.Array:
    """The local values of a code list; none where they are not known."""
    known = load_model().code_list(uri)
    return pa.array([one.local for one in known.values] if known else [], pa.string())


def _holds_all(codes: pa.Array, values: pa.ChunkedArray) -> bool:
    """Whether a code list has all values that occur in some rows."""
    found = pc.unique(values).drop_null()
    return pc.all(pc.is_in(found, codes)).as_py() is not False


def _coded(uri: str, *, whole: bool) -> _Domain:
    """The domain of codes; without values where others occur than the list's, too."""
    known = load_model().code_list(uri)
    name = (known.name if known else uri.rpartition("/")[2]).lower()
    if known is None or not whole:
        return _Domain(f"{name}_any", uri)
    return _Domain(name, uri, tuple({one.local: one.uri for one in known.values}.items()))


def _measured(table: str, column: str, found: set[str]) -> _Domain | None:
    """The domain of units that occur; none where they are lists, or too many."""
    if not found or len(found) > MOST_UNITS or any(one.startswith("[") for one in found):
        return None
    name = _NOT_PLAIN.sub("_", f"{table}_{column}".lower())
    return _Domain(name, values=tuple((one, None) for one in sorted(found)))


def _title(name: str) -> str:
    """``currentUse_percentage`` → ``current use, percentage``."""
    return ", ".join(_HUMP.sub(" ", one).lower() for one in name.split("_") if one)


def _write_indexes(database: sqlite3.Connection, tables: Sequence[Table]) -> None:
    related = [one for one in tables if one.suffix != MAIN]
    wanted = [(one.feature_type, FEATURE_ID) for one in related]
    wanted += [(one.name, PARENT_ID) for one in related]
    wanted += [(one.name, FEATURE_ID) for one in related if FEATURE_ID in one.schema.names]
    for table, column in dict.fromkeys(wanted):
        name = _quoted(f"idx_{table}_{column}")
        database.execute(f"CREATE INDEX {name} ON {_quoted(table)} ({_quoted(column)})")


# Metadata


def _write_metadata(
    database: sqlite3.Connection,
    dataset: Dataset,
    shapes: Mapping[str, Shape],
    tables: Sequence[Table],
    time: str,
) -> None:
    database.execute(_METADATA)
    database.execute(_REFERENCES)
    _refer(database, _add(database, "dataset", DUBLIN_CORE, "text/xml", dublin_core(dataset)), time)
    reasons: dict[str, int] = {}
    for table in tables:
        if table.suffix != MAIN:
            continue
        found = [*_void_columns(database, shapes[table.feature_type], table), *_void_cells(table)]
        for column, reason, rows in found:
            if reason not in reasons:
                uri = f"{VOID_REASONS}/{reason}"
                reasons[reason] = _add(database, "attribute", uri, "text/plain", reason)
            _refer(database, reasons[reason], time, table.name, column, rows)
    _register(database, "gpkg_metadata", "gpkg_metadata", "gpkg_metadata_reference")


def _void_columns(database: sqlite3.Connection, shape: Shape, table: Table) -> Iterator[_Void]:
    """Columns that mean a void reason where they are null.

    A property void throughout has no column yet; it gets one, empty.
    """
    taken = {ROW_ID, *(name.lower() for name in table.schema.names)}
    default = flat.default_geometry(shape)
    for path, node in flat.nodes(shape):
        if node.nil is None or "nil" in node.siblings:
            continue
        name = "_".join(path)
        if node.void:
            name = free_name(name, taken)
            database.execute(f"ALTER TABLE {_quoted(table.name)} ADD COLUMN {_quoted(name)} TEXT")
            database.execute(
                "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, ?, ?, NULL, NULL)",
                (table.name, name, _title(name), node.property.element.definition),
            )
            yield name, node.nil, ()
        elif path == default and table.geometry:
            yield table.geometry, node.nil, ()
        else:
            for column in _columns_of(name, table):
                yield column, node.nil, ()


def _columns_of(name: str, table: Table) -> list[str]:
    """The column of a property; of an object, all columns of its properties."""
    if name in table.schema.names:
        return [name]
    return [one for one in table.schema.names if one.startswith(f"{name}_")]


def _void_cells(table: Table) -> Iterator[_Void]:
    """Void reasons stated row by row; for the whole column where that says the same."""
    stated = row_reasons(table)
    for name in sorted(pc.unique(stated.column("column")).to_pylist()):
        cells = stated.filter(pc.equal(stated.column("column"), name))
        reasons = sorted(pc.unique(cells.column("reason")).to_pylist())
        for column in _columns_of(name, table):
            if len(reasons) == 1 and cells.num_rows == _nulls(table, column):
                yield column, reasons[0], ()
                continue
            for reason in reasons:
                mine = cells.filter(pc.equal(cells.column("reason"), reason))
                yield column, reason, mine.column("row").to_pylist()


def _nulls(table: Table, column: str) -> int:
    return sum(
        rows.column(column).null_count if column in rows.column_names else rows.num_rows
        for rows in table.rows()
    )


def _add(
    database: sqlite3.Connection, scope: str, standard: str, media_type: str, text: str
) -> int:
    added = database.execute(
        "INSERT INTO gpkg_metadata (md_scope, md_standard_uri, mime_type, metadata) "
        "VALUES (?, ?, ?, ?)",
        (scope, standard, media_type, text),
    )
    assert added.lastrowid is not None
    return added.lastrowid


def _refer(
    database: sqlite3.Connection,
    metadata: int,
    time: str,
    table: str | None = None,
    column: str | None = None,
    rows: Sequence[int] = (),
) -> None:
    """Say what metadata is about: the file, a column, or cells of it (``rows``)."""
    scope = "row/col" if rows else "column" if table else "geopackage"
    database.executemany(
        "INSERT INTO gpkg_metadata_reference VALUES (?, ?, ?, ?, ?, ?, NULL)",
        ((scope, table, column, row, time, metadata) for row in rows or (None,)),
    )


def dublin_core(dataset: Dataset) -> str:
    """The dataset's title, licence, origin and model as Dublin Core terms."""
    made = f"Written by Commonplace, after the INSPIRE schema {dataset.schema}."
    terms = (
        ("title", dataset.title),
        ("identifier", f"{dataset.namespace}/{dataset.name}" if dataset.namespace else ""),
        ("license", dataset.licence),
        ("rightsHolder", dataset.attribution),
        ("language", dataset.language),
        ("modified", dataset.as_of),
        ("spatial", dataset.crs.uri),
        ("conformsTo", _namespace(dataset)),
        ("provenance", f"{dataset.lineage} {made}".strip()),
    )
    lines = [f"  <dct:{name}>{escape(text)}</dct:{name}>\n" for name, text in terms if text]
    return f'<metadata xmlns:dct="{DUBLIN_CORE}">\n{"".join(lines)}</metadata>\n'


def _namespace(dataset: Dataset) -> str:
    known = {one.key: one.namespace for one in load_model().schemas()}
    return known.get(dataset.schema, "")


def _register(database: sqlite3.Connection, extension: str, *tables: str) -> None:
    """Enter an extension for its tables; GDAL may have done so before."""
    anchor = extension.removeprefix("gpkg_")
    for table in tables:
        database.execute(
            "DELETE FROM gpkg_extensions WHERE table_name = ? AND extension_name = ?",
            (table, extension),
        )
        database.execute(
            "INSERT INTO gpkg_extensions VALUES (?, NULL, ?, ?, 'read-write')",
            (table, extension, f"http://www.geopackage.org/spec121/#extension_{anchor}"),
        )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
