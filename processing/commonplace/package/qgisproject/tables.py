"""What QGIS can open in a package: its tables, with columns, codes and relations."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from commonplace.batch import STYLES_TABLE
from commonplace.bounds import Bounds
from commonplace.model import load_model
from commonplace.report import OutputFile, TypeFacts

#: Formats that QGIS opens, the best first.
PREFERRED: Final = ("gpkg", "flatgeobuf", "geojson", "gml", "geoparquet", "jsonfg")
ID: Final = "gml_id"
PARENT: Final = "parent_gml_id"
ROW: Final = "fid"
LOOKED_AT: Final = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and the codes it holds with their labels."""

    name: str
    title: str = ""
    codes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table that becomes a layer, or one for each kind of geometry in it.

    ``path`` is relative to the package, or absolute; ``select`` is SQL where the rows are not
    a table's own. ``parent`` is the table whose rows it belongs to, empty for a feature type's own.
    """

    dataset: str
    schema: str
    name: str
    feature_type: str
    path: str
    format: str
    kinds: tuple[str, ...] = ()
    crs: str | None = None
    bounds: Bounds | None = None
    columns: tuple[Column, ...] = ()
    count: int | None = None
    parent: str = ""
    select: str = ""

    def column(self, name: str) -> Column | None:
        return next((one for one in self.columns if one.name == name), None)


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows of ``table`` belong to those of ``other`` whose ``other_column`` is the same."""

    name: str
    table: str
    column: str
    other: str
    other_column: str = ID
    owned: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """The tables of one data set, and how they hang together."""

    tables: tuple[Table, ...]
    relations: tuple[Relation, ...] = field(default=())


def opened_format(outputs: Iterable[OutputFile]) -> str | None:
    """The format that a data set is best opened in."""
    there = {one.format for one in outputs}
    return next((one for one in PREFERRED if one in there), None)


def open_dataset(
    folder: Path,
    dataset: str,
    outputs: Sequence[OutputFile],
    facts: Mapping[str, TypeFacts],
    schemas: Mapping[str, str] | None = None,
) -> Opened:
    """The tables of a data set's files in ``folder``; of GeoPackages their relations too.

    Parameters
    ----------
    outputs
        The data set's files, in all formats.
    facts
        By feature type.
    schemas
        By feature type, where they aren't all of the files' own.
    """
    chosen = [one for one in outputs if one.format == opened_format(outputs)]
    tables: list[Table] = []
    relations: list[Relation] = []
    for output in chosen:
        if output.format == "gpkg":
            found = _geopackage(folder / output.path, dataset, output, facts)
            tables += found.tables
            relations += found.relations
        else:
            tables += _others(dataset, output, facts)
    owners = schemas or {}
    of_schemas = [replace(one, schema=owners.get(one.feature_type, one.schema)) for one in tables]
    return Opened(tuple(of_schemas), tuple(relations))


def _others(dataset: str, output: OutputFile, facts: Mapping[str, TypeFacts]) -> Iterator[Table]:
    for name, count in output.counts.items():
        known = facts.get(name, TypeFacts())
        if count:
            yield Table(
                dataset=dataset,
                schema=output.model or "",
                name=name,
                feature_type=name,
                path=output.path,
                format=output.format,
                kinds=known.kinds,
                crs=output.crs,
                bounds=known.bounds,
                count=count,
            )


# GeoPackage


def _geopackage(
    path: Path, dataset: str, output: OutputFile, facts: Mapping[str, TypeFacts]
) -> Opened:
    with closing(
        sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    ) as database:
        names = [name for (name,) in database.execute(_TABLES, (STYLES_TABLE,))]
        types = [one for one in output.feature_types if one in names]
        tables = [_table(database, dataset, output, name, types, facts) for name in names]
        relations = [_belongs(database, one, tables) for one in tables if one.parent]
        for table in [one for one in tables if not one.parent]:
            for column, targets, several in _references(database, table, types):
                for target in targets:
                    link, found = _linked(table, column, target, several=several)
                    tables += link
                    relations += found
    return Opened(tuple(tables), tuple(one for one in relations if one is not None))


_TABLES: Final = "SELECT table_name FROM gpkg_contents WHERE table_name != ? ORDER BY rowid"
_ABOUT: Final = """
SELECT g.geometry_type_name, g.column_name, c.min_x, c.min_y, c.max_x, c.max_y
FROM gpkg_contents c LEFT JOIN gpkg_geometry_columns g USING (table_name) WHERE table_name = ?"""
_KINDS: Final = {"POINT": "point", "LINESTRING": "line", "POLYGON": "area"}


def _table(
    database: sqlite3.Connection,
    dataset: str,
    output: OutputFile,
    name: str,
    types: Sequence[str],
    facts: Mapping[str, TypeFacts],
) -> Table:
    drawn, geometry, *box = database.execute(_ABOUT, (name,)).fetchone()
    owner = name if name in types else _owner(name, types)
    kinds: tuple[str, ...] = ()
    if drawn is not None:
        kind = _KINDS.get(drawn.removeprefix("MULTI"))
        known = facts.get(owner, TypeFacts()).kinds
        kinds = (kind,) if kind else known or _kinds_in(database, name, geometry)
    return Table(
        dataset=dataset,
        schema=output.model or "",
        name=name,
        feature_type=owner,
        path=output.path,
        format=output.format,
        kinds=kinds,
        crs=output.crs if drawn is not None else None,
        bounds=None if None in box else (box[0], box[1], box[2], box[3]),
        columns=tuple(_columns(database, name)),
        count=output.counts.get(name),
        parent="" if name in types else owner,
    )


#: The WKB's first bytes stand behind a header that is as long as its flags say.
_SHAPES: Final = """
SELECT DISTINCT substr({column}, CASE substr(hex(substr({column}, 4, 1)), 2)
  WHEN '0' THEN 9 WHEN '1' THEN 9 WHEN '2' THEN 41 WHEN '3' THEN 41
  WHEN '8' THEN 73 WHEN '9' THEN 73 ELSE 57 END, 5) FROM {table} WHERE {column} IS NOT NULL"""
_KIND_OF_SHAPE: Final = {
    **dict.fromkeys((1, 4), "point"),
    **dict.fromkeys((2, 5, 8, 9, 11, 13), "line"),
    **dict.fromkeys((3, 6, 10, 12, 14, 15, 16, 17), "area"),
}


def _kinds_in(database: sqlite3.Connection, table: str, column: str) -> tuple[str, ...]:
    """The kinds of geometry in a table; all, where its rows have none."""
    asked = _SHAPES.format(column=_quoted(column), table=_quoted(table))
    found = {
        _KIND_OF_SHAPE.get(int.from_bytes(wkb[1:], "little" if wkb[0] else "big") % 1000)
        for (wkb,) in database.execute(asked)
    }
    return tuple(one for one in _KINDS.values() if one in found) or tuple(_KINDS.values())


def _owner(name: str, types: Sequence[str]) -> str:
    """The feature type that a related table, ``Type_property``, belongs to."""
    fitting = [one for one in types if name.startswith(f"{one}_")]
    return max(fitting, key=len, default=name)


def _columns(database: sqlite3.Connection, table: str) -> Iterator[Column]:
    rows = database.execute(
        "SELECT column_name, title, constraint_name FROM gpkg_data_columns WHERE table_name = ?",
        (table,),
    )
    for name, title, constraint in rows:
        codes: list[tuple[str, str]] = []
        if constraint is not None:
            codes = database.execute(
                "SELECT value, description FROM gpkg_data_column_constraints"
                " WHERE constraint_name = ? AND constraint_type = 'enum'",
                (constraint,),
            ).fetchall()
        yield Column(name, title or "", tuple(_labelled(codes)))


def _labelled(codes: Sequence[tuple[str, str | None]]) -> Iterator[tuple[str, str]]:
    """Codes with the labels of their list, which their URIs name."""
    uri = (codes[0][1] or "").rpartition("/")[0] if codes else ""
    known = load_model().code_list(uri) if uri else None
    labels = {} if known is None else {one.local: one.label for one in known.values}
    for value, _ in codes:
        yield value, labels.get(value) or value


def _belongs(
    database: sqlite3.Connection, table: Table, tables: Sequence[Table]
) -> Relation | None:
    """The table that the rows of a related one belong to: the nearest that has their parent."""
    row = database.execute(f"SELECT {_quoted(PARENT)} FROM {_quoted(table.name)}").fetchone()
    over = [one for one in tables if table.name.startswith(f"{one.name}_") and one.column(ID)]
    for one in sorted(over, key=lambda each: -len(each.name)):
        asked = f"SELECT 1 FROM {_quoted(one.name)} WHERE {_quoted(ID)} = ?"
        if row is not None and database.execute(asked, row).fetchone():
            title = table.name.removeprefix(f"{one.name}_")
            return Relation(title, table.name, PARENT, one.name, owned=True)
    return None


def _references(
    database: sqlite3.Connection, table: Table, types: Sequence[str]
) -> Iterator[tuple[str, list[str], bool]]:
    """Columns that hold ids of features: name, the types they are of, whether there are several.

    An id begins with its type; the first rows show it.
    """
    texts = [one.name for one in table.columns if not one.codes and one.name != ID]
    if not texts:
        return
    listed = ", ".join(map(_quoted, texts))
    rows = database.execute(f"SELECT {listed} FROM {_quoted(table.name)} LIMIT {LOOKED_AT}")
    for name, values in zip(texts, zip(*rows.fetchall(), strict=True), strict=False):
        found = [one for one in values if isinstance(one, str)]
        several = any(text.startswith('["') for text in found)
        ids = [one for text in found for one in text.strip('[]"').split('","')]
        if ids and all(one.partition(".")[0] in types and "." in one for one in ids):
            yield name, list(dict.fromkeys(one.partition(".")[0] for one in ids)), several


def _linked(
    table: Table, column: str, target: str, *, several: bool
) -> tuple[list[Table], list[Relation]]:
    """A relation; where features refer to several others, by a table of the pairs."""
    if not several:
        return [], [Relation(column, table.name, column, target)]
    name = f"{table.name}_{column}_{target}"
    listed = f"CASE WHEN {_quoted(column)} LIKE '[%' THEN {_quoted(column)}"
    select = (
        f"SELECT t.{_quoted(ID)} AS {PARENT}, j.value AS {ID} FROM {_quoted(table.name)} t, "
        f"json_each({listed} ELSE json_array({_quoted(column)}) END) j "
        f"WHERE j.value LIKE '{target}.%'"
    )
    pairs = replace(
        table,
        name=name,
        kinds=(),
        crs=None,
        bounds=None,
        columns=(Column(PARENT, table.name), Column(ID, target)),
        count=None,
        parent=table.name,
        select=select,
    )
    return [pairs], [
        Relation(f"{column}: {target}", name, PARENT, table.name, owned=True),
        Relation(f"{column} of {table.name}", name, ID, target),
    ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
