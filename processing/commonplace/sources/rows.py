"""What every source does alike to record batches: names, filters, limits, one schema.

What a driver or server can't do is done here; the results are the same either way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.batch import BATCH_ROWS, GEOMETRY, Field
from commonplace.bounds import Bounds
from commonplace.documents import suggestion
from commonplace.errors import Cancelled, ColumnNotFound
from commonplace.report import Observer


def unique_names(names: Sequence[str], *, taken: Iterable[str] = (GEOMETRY,)) -> list[str]:
    """Names without repeats, whatever their case (SQL's names have none): ``name_2`` …"""
    used = {one.casefold() for one in taken}
    every = {one.casefold() for one in names}
    unique = []
    for name in names:
        new, number = name, 2
        while new.casefold() in used or (new != name and new.casefold() in every):
            new, number = f"{name}_{number}", number + 1
        used.add(new.casefold())
        unique.append(new)
    return unique


def chosen_columns(
    layer: str, known: Sequence[str], columns: Sequence[str] | None
) -> tuple[str, ...]:
    """The columns asked for, as the layer spells them; all when none are asked for.

    Raises
    ------
    ColumnNotFound
        With the nearest name.
    """
    if columns is None:
        return tuple(known)
    return tuple(dict.fromkeys(_known_column(layer, known, one) for one in columns))


def known_where(
    layer: str, known: Sequence[str], where: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Property = value pairs, the properties as the layer spells them. Raises ColumnNotFound."""
    return tuple((_known_column(layer, known, name), text) for name, text in where)


def _known_column(layer: str, known: Sequence[str], name: str) -> str:
    if name in known:
        return name
    folded = [one for one in known if one.casefold() == name.casefold()]
    if len(folded) == 1:
        return folded[0]
    hint = suggestion(name, known)
    raise ColumnNotFound(f"layer {layer!r} has no column {name!r}", hint=hint)


def fields_of(schema: pa.Schema) -> tuple[Field, ...]:
    """The attributes of a batch's schema."""
    return tuple(Field(one.name, str(one.type)) for one in schema if one.name != GEOMETRY)


def equals(column: pa.Array, text: str) -> pa.Array:
    """Where a column's value is ``text``: numbers as numbers, all else by its text."""
    kind = column.type
    if pa.types.is_boolean(kind):
        wanted = {"true": True, "1": True, "false": False, "0": False}.get(text.lower())
        mask = pc.equal(column, wanted) if wanted is not None else pa.nulls(len(column), pa.bool_())
    elif pa.types.is_integer(kind) or pa.types.is_floating(kind):
        number = as_number(text)
        mask = pc.equal(column, number) if number is not None else pa.nulls(len(column), pa.bool_())
    elif pa.types.is_nested(kind) or pa.types.is_binary(kind):
        mask = pa.nulls(len(column), pa.bool_())
    else:
        mask = pc.equal(pc.cast(column, pa.string()), text)
    return pc.fill_null(mask, False)


def as_number(text: str) -> int | float | None:
    """The number a text stands for, or None."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return None
    return number if np.isfinite(number) else None


def where_equal(batch: pa.RecordBatch, where: Iterable[tuple[str, str]]) -> pa.RecordBatch:
    """Rows for which all property = value pairs hold."""
    for name, text in where:
        batch = batch.filter(equals(batch.column(name), text))
    return batch


def within_bounds(batch: pa.RecordBatch, bounds: Bounds) -> pa.RecordBatch:
    """Rows whose geometry meets the rectangle; rows without geometry do not."""
    geometries = shapely.from_wkb(
        batch.column(GEOMETRY).to_numpy(zero_copy_only=False), on_invalid="ignore"
    )
    box = shapely.box(*bounds)
    shapely.prepare(box)
    mask: npt.NDArray[np.bool_] = shapely.intersects(box, geometries)
    return batch if mask.all() else batch.filter(pa.array(mask))


def filtered(
    batch: pa.RecordBatch, where: Sequence[tuple[str, str]], bounds: Bounds | None
) -> pa.RecordBatch:
    """Rows that pass all filters; a column that isn't there holds nothing."""
    if any(name not in batch.schema.names for name, _ in where):
        return batch.slice(0, 0)
    chosen = where_equal(batch, where)
    return within_bounds(chosen, bounds) if bounds is not None and chosen.num_rows else chosen


def limited(
    batches: Iterable[pa.RecordBatch], limit: int | None, observer: Observer
) -> Iterator[pa.RecordBatch]:
    """Cut batches to :data:`BATCH_ROWS` and the whole to ``limit``; ask for cancellation."""
    left = limit
    for read in batches:
        if observer.cancelled():
            raise Cancelled("cancelled while reading")
        batch = read if left is None else read.slice(0, left)
        if left is not None:
            left -= batch.num_rows
        for start in range(0, batch.num_rows, BATCH_ROWS):
            yield batch.slice(start, BATCH_ROWS)
        if left == 0:
            return


def conform(batch: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The batch in ``schema``: columns by name, missing ones null, types cast or as text."""
    columns = []
    for field in schema:
        position = batch.schema.get_field_index(field.name)
        if position < 0:
            columns.append(pa.nulls(batch.num_rows, field.type))
        else:
            columns.append(as_type(batch.column(position), field.type))
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def as_type(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """A column cast to ``kind``; what has no cast to text becomes JSON text."""
    if column.type.equals(kind):
        return column
    if pa.types.is_string(kind) and _json_like(column.type):
        return json_text(column)
    return pc.cast(column, kind)


def _json_like(kind: pa.DataType) -> bool:
    """Types whose text is JSON's, so that 1.0 reads the same wherever it was made text."""
    return bool(pa.types.is_nested(kind) or pa.types.is_boolean(kind) or pa.types.is_floating(kind))


def json_text(column: pa.Array) -> pa.Array:
    """Nested values as JSON text, null as null."""
    return pa.array(
        [
            None if value is None else json.dumps(value, ensure_ascii=False, default=str)
            for value in column.to_pylist()
        ],
        pa.string(),
    )


def unified(schemas: Sequence[pa.Schema]) -> tuple[pa.Schema, list[str]]:
    """One schema for all, columns in order of first appearance.

    Returns the schema and the names of the columns whose types have nothing in common,
    which became text.
    """
    types: dict[str, pa.DataType] = {}
    texts: list[str] = []
    for schema in schemas:
        for field in schema:
            if field.name not in types:
                types[field.name] = field.type
                continue
            common = common_type(types[field.name], field.type)
            if common is None:
                common = pa.string()
                if field.name not in texts:
                    texts.append(field.name)
            types[field.name] = common
    return pa.schema(list(types.items())), texts


def common_type(one: pa.DataType, other: pa.DataType) -> pa.DataType | None:
    """The narrowest type that holds values of both without loss; None if only text does."""
    if one.equals(other) or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    try:
        merged = pa.unify_schemas(
            [pa.schema([("x", one)]), pa.schema([("x", other)])], promote_options="permissive"
        )
    except (pa.ArrowTypeError, pa.ArrowInvalid):
        return None
    kind = merged.field(0).type
    textual = pa.types.is_string(one) or pa.types.is_string(other)
    return None if pa.types.is_string(kind) and not textual else kind
