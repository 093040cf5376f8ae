"""Tables of a package's GeoPackages, as a database takes them.

Names are in lower case, as SQL folds them, and short enough for PostgreSQL.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyogrio

from commonplace.errors import SourceError
from commonplace.publish.files import MANIFEST

ID: Final = "gml_id"
PARENT: Final = "parent_gml_id"
ORDINAL: Final = "n"
LONGEST: Final = 63  # bytes of a name in PostgreSQL
BATCH_ROWS: Final = 8_192
TYPES: Final = (
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_int32, "integer"),
    (pa.types.is_integer, "bigint"),
    (pa.types.is_floating, "double precision"),
    (pa.types.is_date, "date"),
    (pa.types.is_timestamp, "timestamptz"),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the file, in the database, its SQL type and what it means."""

    source: str
    name: str
    type: str
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A feature type, or the objects of a property that has several (``parent``)."""

    path: Path
    layer: str
    name: str
    dataset: str
    columns: tuple[Column, ...]
    geometry: Column | None = None
    comment: str | None = None
    parent: str | None = None

    @property
    def key(self) -> tuple[str, ...]:
        return (ID,) if self.parent is None else (PARENT, ORDINAL)

    @property
    def has_id(self) -> bool:
        return any(one.name == ID for one in self.columns)


@dataclass(frozen=True, slots=True)
class Package:
    """What a database learns of a package besides its tables."""

    job: str
    title: str
    tables: tuple[Table, ...] = field(default_factory=tuple)


def sql_name(name: str) -> str:
    """A name in lower case; one that is too long ends in a hash of the whole."""
    lower = name.lower()
    if len(lower.encode()) <= LONGEST:
        return lower
    short = lower.encode()[: LONGEST - 9].decode(errors="ignore")
    return f"{short}_{blake2b(lower.encode(), digest_size=4).hexdigest()}"


def tables_of(package: Path) -> Package:
    """The tables of a package's GeoPackages; feature types before what belongs to them.

    Raises
    ------
    SourceError
        No package, or it has no GeoPackage.
    """
    try:
        manifest = json.loads((package / MANIFEST).read_text(encoding="utf-8"))
        paths = [package / one["path"] for one in manifest["data"] if one["format"] == "gpkg"]
        job, title = str(manifest["job"]), str(manifest["title"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            f"{package} is no package", hint="a package has been written by `commonplace run`"
        ) from error
    if not paths:
        raise SourceError(
            f"{package.name} holds no GeoPackage",
            hint="add gpkg to output.formats of its job and run it again",
        )
    tables = [one for path in paths for one in _tables(path)]
    often: dict[str, int] = {}
    for one in tables:
        often[one.name] = often.get(one.name, 0) + 1
    twice = {name for name, count in often.items() if count > 1}
    return Package(job, title, tuple(_apart(one, twice) for one in tables))


def _apart(table: Table, twice: set[str]) -> Table:
    """Types that two data sets have are called by data set too."""
    if table.name not in twice and table.parent not in twice:
        return table
    parent = None if table.parent is None else sql_name(f"{table.dataset}_{table.parent}")
    return replace(table, name=sql_name(f"{table.dataset}_{table.layer}"), parent=parent)


@contextmanager
def read(table: Table) -> Iterator[pa.RecordBatchReader]:
    """Rows of a table in the file's order, named as in the database; geometry as WKB."""
    with pyogrio.open_arrow(
        table.path, layer=table.layer, batch_size=BATCH_ROWS, use_pyarrow=True
    ) as (meta, reader):
        located = meta["geometry_name"] or "wkb_geometry"
        names = {one.source: one.name for one in table.columns}
        if table.geometry is not None:
            names[located] = table.geometry.name
        wanted = [number for number, one in enumerate(reader.schema) if one.name in names]
        schema = pa.schema(
            [pa.field(names[reader.schema[n].name], _plain(reader.schema[n].type)) for n in wanted]
        )
        batches = (
            pa.RecordBatch.from_arrays(
                [batch.column(n).cast(schema[at].type) for at, n in enumerate(wanted)],
                schema=schema,
            )
            for batch in reader
        )
        yield pa.RecordBatchReader.from_batches(schema, batches)


def _plain(kind: Any) -> Any:
    """An Arrow type that the driver copies: no extension, no dictionary."""
    if isinstance(kind, pa.BaseExtensionType):
        return kind.storage_type
    if pa.types.is_timestamp(kind):
        return pa.timestamp("us", tz="UTC")
    return kind


def _tables(path: Path) -> Iterator[Table]:
    facts = _facts(path)
    listed = [str(name) for name, _ in pyogrio.list_layers(path) if name in facts]
    for layer in sorted(listed, key=lambda one: (PARENT in facts[one][1], listed.index(one))):
        comment, columns = facts[layer]
        info = pyogrio.read_info(path, layer=layer)
        related = PARENT in columns
        yield Table(
            path=path,
            layer=layer,
            name=sql_name(layer),
            dataset=path.stem,
            columns=tuple(_columns(path, layer, columns)),
            geometry=_geometry(info, columns, layer) if info["geometry_type"] else None,
            comment=comment,
            parent=_parent(layer, listed) if related else None,
        )


def _columns(path: Path, layer: str, comments: Mapping[str, str | None]) -> Iterator[Column]:
    with pyogrio.open_arrow(path, layer=layer, use_pyarrow=True) as (meta, reader):
        for one in reader.schema:
            if one.name in meta["fields"]:
                kind = next((sql for fits, sql in TYPES if fits(one.type)), "text")
                yield Column(one.name, sql_name(one.name), kind, comments.get(one.name))


def _geometry(info: Mapping[str, Any], comments: Mapping[str, str | None], layer: str) -> Column:
    name = str(info["geometry_name"])
    stated = str(info["geometry_type"]).replace("Unknown", "Geometry")
    flat, deep = stated.removeprefix("2.5D "), stated.startswith("2.5D ") or stated.endswith(" Z")
    kind = flat.removesuffix(" Z").replace(" ", "") + ("Z" if deep else "")
    code = str(info["crs"] or "").rpartition(":")[2]
    if not code.isdigit():
        raise SourceError(
            f"{layer} has no CRS that PostGIS has a number for: {info['crs']}",
            hint="let the job's crs.target be an EPSG code",
        )
    return Column(name, sql_name(name), f"geometry({kind}, {code})", comments.get(name))


def _parent(layer: str, listed: list[str]) -> str:
    """The table whose name, and more, a related table has."""
    fitting = [one for one in listed if layer.startswith(f"{one}_")]
    return sql_name(max(fitting, key=len))


def _facts(path: Path) -> dict[str, tuple[str | None, dict[str, str | None]]]:
    """By table: what it is, and its columns with what they mean."""
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        tables = database.execute(
            "SELECT table_name, description FROM gpkg_contents WHERE table_name <> 'layer_styles'"
        ).fetchall()
        said = database.execute(
            "SELECT table_name, column_name, title, description FROM gpkg_data_columns"
        ).fetchall()
        meanings = {(table, column): texts for table, column, *texts in said}
        return {
            name: (
                about or None,
                {
                    column: _meaning(meanings.get((name, column)))
                    for _, column, *_ in database.execute(f"PRAGMA table_info({_quoted(name)})")
                },
            )
            for name, about in tables
        }


def _meaning(texts: list[str | None] | None) -> str | None:
    return ": ".join(one for one in texts or () if one) or None


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
