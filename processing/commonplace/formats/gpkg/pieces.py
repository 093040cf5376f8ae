"""What workers leave: the flat rows of a part's tables, one Arrow stream a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.formats import flat
from commonplace.formats.base import Piece
from commonplace.formats.rows import (
    FEATURE_ID,
    GEOMETRY,
    SORT,
    common_schema,
    fitted,
    free_name,
    wkb,
)
from commonplace.formats.rows import kinds as kinds_of
from commonplace.gml.pieces import Array
from commonplace.model.types import Kind
from commonplace.target import Dataset, Geometries, TargetBatch

PARENT_ID: Final = "parent_gml_id"
ROW_ID: Final = "fid"
DEFINITION: Final = "definition"
CODE_LIST: Final = "code_list"
UNITS: Final = "units"  # a column of units of measurement
MAIN: Final = ""  # the suffix of the feature type's own table
REASONS: Final = "@nil"  # a table that isn't written: row, column and void reason
TABLES: Final = "tables"

_IDS: Final = {
    FEATURE_ID: "The feature's id, the same in every encoding.",
    PARENT_ID: "gml_id of the feature, or of the row of a related table, that it belongs to.",
}
_ASPECTS: Final = {
    "uom": "Unit of measurement.",
    "href": "Address of the value.",
    "indeterminatePosition": "Why the position is indeterminate.",
}


class GeoPackageEncoder:
    """Writes flat rows, geometries as WKB.

    ``details`` list the tables of a piece in order, each with the geometry types it holds.
    """

    def __init__(self, dataset: Dataset, path: Path) -> None:
        self._dataset = dataset
        self._path = path
        self._batches: dict[str, list[pa.RecordBatch]] = {}
        self._kinds: dict[str, set[str]] = {}
        self._rows = 0

    def write(self, batch: TargetBatch) -> None:
        made = flat.flatten(self._dataset, batch, related=True, addresses=False)
        default = flat.default_geometry(batch.shape)
        self._add(
            MAIN,
            FEATURE_ID,
            made.ids,
            made.columns,
            default[0] if default else "",
            None if made.geometry is None else flat.pooled(batch.geometries, made.geometry),
        )
        for one in made.related:
            self._add_related(one, made.ids, "", batch.geometries)
        for reasons in made.reasons:
            self._add_reasons(reasons)
        self._rows += made.rows

    def _add_related(self, one: flat.Related, ids: Array, within: str, pool: Geometries) -> None:
        """A related table's rows, and those of tables related to it."""
        parents = ids.take(pa.array(one.parents))
        own = _numbered(parents, one) if one.numbered else None
        table = f"{within}{one.name}"
        geometries = None if one.geometry is None else flat.pooled(pool, one.geometry)
        columns = one.columns
        if own is not None:
            columns = (flat.Column(FEATURE_ID, own), *columns)
        self._add(table, PARENT_ID, parents, columns, one.geometry_name, geometries)
        for inner in one.within:
            assert own is not None
            self._add_related(inner, own, f"{table}_", pool)

    def _add_reasons(self, column: flat.Column) -> None:
        stated = column.values.is_valid()
        rows = np.flatnonzero(stated.to_numpy(zero_copy_only=False)) + self._rows
        fields = {
            "row": pa.array(rows, pa.int64()),
            "column": pa.repeat(column.name, len(rows)),
            "reason": column.values.filter(stated).cast(pa.string()),
        }
        self._kinds[REASONS] = set()
        self._batches.setdefault(REASONS, []).append(pa.RecordBatch.from_pydict(fields))

    def _add(
        self,
        table: str,
        id_name: str,
        ids: Array,
        columns: Sequence[flat.Column],
        geometry_name: str,
        geometries: Geometries | None,
    ) -> None:
        fields = [_field(id_name, ids, "", **{DEFINITION: _IDS[id_name]})]
        arrays = [ids]
        taken = {ROW_ID, id_name}
        kinds = self._kinds.setdefault(table, set())
        if geometries is not None:
            found = wkb(geometries)
            kinds |= kinds_of(found)
            fields.append(_field(geometry_name, found, GEOMETRY))
            arrays.append(found)
            taken.add(geometry_name.lower())
        position = 0
        for column in columns:
            position += column.language is None
            values = flat.plain(column, len(ids))
            sort = f"{position:06d}{column.language or ''}"
            fields.append(_field(free_name(column.name, taken), values, sort, **_facts(column)))
            arrays.append(values)
        made = pa.RecordBatch.from_arrays(arrays, schema=pa.schema(fields))
        self._batches.setdefault(table, []).append(made)

    def close(self) -> Mapping[str, object]:
        if self._batches:
            with pa.OSFile(str(self._path), "wb") as sink:
                for batches in self._batches.values():
                    _write(batches, sink)
        found = {table: sorted(self._kinds[table]) for table in self._batches}
        self._batches = {}
        return {TABLES: found}


def _numbered(parents: Array, one: flat.Related) -> Array:
    """Ids of a related table's rows: the parent's, the property, and a number."""
    numbers = pa.array(one.numbers()).cast(pa.string())
    return pc.binary_join_element_wise(parents, one.name, numbers, ".")


def _field(name: str, values: Array, sort: str, **facts: str) -> pa.Field:
    return pa.field(name, values.type, metadata={SORT.decode(): sort, **facts})


def _facts(column: flat.Column) -> dict[str, str]:
    """What the model says of a column."""
    if column.node is None:
        return {}
    element = column.node.property.element
    definition = _ASPECTS.get(column.aspect, element.definition)
    facts = {DEFINITION: definition} if definition else {}
    if column.aspect == "uom":
        facts[UNITS] = "yes"
    coded = column.node.kind is Kind.CODE and not column.aspect
    return {**facts, CODE_LIST: element.code_list} if coded and element.code_list else facts


def fact(field: pa.Field, key: str) -> str:
    """A text of a column's field, empty where it has none."""
    text: bytes = (field.metadata or {}).get(key.encode(), b"")
    return text.decode()


def _write(batches: Sequence[pa.RecordBatch], sink: pa.NativeFile) -> None:
    schema = common_schema([one.schema for one in batches])
    with pa.ipc.new_stream(sink, schema) as writer:
        for batch in batches:
            writer.write(fitted(batch, schema))


def table_kinds(piece: Piece) -> Mapping[str, Sequence[str]]:
    """The tables of a piece in the order they lie in, with their geometry types."""
    found = piece.details[TABLES]
    assert isinstance(found, Mapping)
    return found


def read_table(piece: Piece, table: str) -> pa.Table:
    """One table of a piece, memory-mapped."""
    with pa.memory_map(str(piece.path), "r") as source:
        for name in table_kinds(piece):
            rows = pa.ipc.open_stream(source).read_all()
            if name == table:
                return rows
    raise KeyError(table)
