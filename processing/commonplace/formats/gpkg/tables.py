"""Tables written by GDAL, in batches of a fixed size.

GDAL's transactions are one a batch and show in the file's bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyogrio

from commonplace.formats.base import Piece
from commonplace.formats.gpkg.pieces import (
    MAIN,
    REASONS,
    ROW_ID,
    read_table,
    table_kinds,
)
from commonplace.formats.rows import (
    as_multi,
    common_schema,
    fitted,
    free_name,
    geometry_column,
    geometry_type,
)
from commonplace.gdal import configured
from commonplace.target import Dataset, Shape

VERSION: Final = "1.3"
BATCH_ROWS: Final = 16_384
#: GDAL builds spatial indexes in memory, and what is larger than this through the disk. It
#: need not wait for the disk: the file counts once it is whole and renamed.
_GDAL: Final = {
    "OGR_GPKG_MAX_RAM_USAGE_RTREE": str(16 << 20),
    "OGR_SQLITE_SYNCHRONOUS": "OFF",
    "OGR_SQLITE_JOURNAL": "MEMORY",
}


@dataclass(frozen=True, slots=True)
class Layout:
    """What GDAL must know of a table before its first row: columns, and geometry types."""

    schema: pa.Schema
    kinds: frozenset[str]

    @classmethod
    def of(cls, pieces: Iterable[Piece], suffix: str) -> Layout:
        """The layout that holds the rows of all pieces."""
        having = list(pieces)
        kinds = frozenset(one for piece in having for one in table_kinds(piece)[suffix])
        return cls(common_schema([read_table(one, suffix).schema for one in having]), kinds)

    def holds(self, other: Layout) -> bool:
        """Whether rows of another layout fit into a table of this one."""
        return set(other.schema.names) <= set(self.schema.names) and other.kinds <= self.kinds


@dataclass(frozen=True, slots=True)
class Table:
    """A table to write: its name, the feature type it belongs to, its rows and layout.

    ``suffix`` is :data:`MAIN` for the type's own table.
    """

    name: str
    feature_type: str
    suffix: str
    pieces: tuple[Piece, ...]
    layout: Layout

    @property
    def schema(self) -> pa.Schema:
        return self.layout.schema

    @property
    def geometry(self) -> str | None:
        """The name of the geometry column."""
        return geometry_column(self.schema)

    def rows(self) -> Iterator[pa.Table]:
        """The rows, piece by piece, with the columns that the piece knows."""
        for piece in self.pieces:
            yield read_table(piece, self.suffix)


def row_reasons(table: Table) -> pa.Table:
    """Void reasons of single rows: ``row`` (``fid``, as GDAL counts them), column, reason."""
    found = [pa.table({"row": pa.array([], pa.int64()), "column": [""][:0], "reason": [""][:0]})]
    before = 1
    for piece in table.pieces:
        if REASONS in table_kinds(piece):
            rows = read_table(piece, REASONS)
            found.append(rows.set_column(0, "row", pc.add(rows.column("row"), before)))
        before += piece.count
    return pa.concat_tables(found, promote_options="permissive")


def tables(shapes: Mapping[str, Shape], pieces: Sequence[Piece]) -> Iterator[Table]:
    """The tables that have rows: each type's own, then those related to it."""
    taken = {name.lower() for name in shapes}
    for feature_type in shapes:
        mine = [one for one in pieces if one.feature_type == feature_type and one.count]
        suffixes = {suffix for piece in mine for suffix in table_kinds(piece)} - {REASONS}
        for suffix in sorted(suffixes):
            having = tuple(one for one in mine if suffix in table_kinds(one))
            name = feature_type
            if suffix != MAIN:
                name = free_name(f"{feature_type}_{suffix}", taken)
            yield Table(name, feature_type, suffix, having, Layout.of(having, suffix))


def write_table(dataset: Dataset, table: Table, path: Path) -> None:
    """Append a table to the file, which is made where there is none yet."""
    write_rows(dataset, table.name, table.layout, table.rows(), path)


def write_rows(
    dataset: Dataset, name: str, layout: Layout, rows: Iterable[pa.Table], path: Path
) -> None:
    """The same, of rows that come one piece after the other."""
    geometry = geometry_column(layout.schema)
    kind, several = geometry_type(set(layout.kinds))
    first = not path.exists()
    about = {key: getattr(dataset, key) for key in ("title", "licence", "attribution")}
    batches = _batches(rows, layout.schema, geometry if several else None)
    with configured(_GDAL):
        pyogrio.write_arrow(
            pa.RecordBatchReader.from_batches(layout.schema, batches),
            path,
            layer=name,
            driver="GPKG",
            geometry_name=geometry,
            geometry_type=kind if geometry else None,
            crs=dataset.crs.code if geometry else None,
            dataset_metadata={key: text for key, text in about.items() if text} if first else None,
            dataset_options={"VERSION": VERSION} if first else None,
            layer_options={
                "FID": ROW_ID,
                "IDENTIFIER": name,
                "DESCRIPTION": dataset.title,
                **({"GEOMETRY_NAME": geometry, "SPATIAL_INDEX": "YES"} if geometry else {}),
            },
        )


def _batches(
    pieces: Iterable[pa.Table], schema: pa.Schema, to_multi: str | None
) -> Iterator[pa.RecordBatch]:
    """The rows of all pieces in batches of :data:`BATCH_ROWS`, however they were cut."""
    waiting: list[pa.RecordBatch] = []
    rows = 0
    for part in pieces:
        for batch in part.to_batches():
            ready = fitted(batch, schema)
            if to_multi:
                at = schema.get_field_index(to_multi)
                ready = ready.set_column(at, schema.field(at), as_multi(ready.column(at)))
            waiting.append(ready)
            rows += batch.num_rows
        while rows >= BATCH_ROWS:
            joined = pa.Table.from_batches(waiting)
            yield _one_batch(joined.slice(0, BATCH_ROWS))
            waiting = joined.slice(BATCH_ROWS).to_batches()
            rows -= BATCH_ROWS
    if rows:
        yield _one_batch(pa.Table.from_batches(waiting))


def _one_batch(table: pa.Table) -> pa.RecordBatch:
    batch: pa.RecordBatch = table.combine_chunks().to_batches()[0]
    return batch
