"""Batches of one shape as batches of another of the same feature type.

Objects that were read back from a package have the shape that their encoding tells; to
stand beside mapped ones they need the shape that the mapping fills. What that shape has no
place for is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.mapping.plan import arrow_type, struct_type
from commonplace.model.types import Kind
from commonplace.target import LOCAL_ID, ORDINAL, TYPE, Node, Shape, TargetBatch

Columns = Mapping[str, pa.Array]
Turn = Callable[[pa.Array], pa.Array]


def reshaped(batch: TargetBatch, shape: Shape) -> TargetBatch:
    """The same objects in another shape."""
    columns = dict(zip(batch.columns.schema.names, batch.columns.columns, strict=True))
    made = dict(_object(shape, batch.shape, columns, batch.rows))
    whole = {ORDINAL: columns[ORDINAL], LOCAL_ID: columns[LOCAL_ID], **made}
    rows = pa.RecordBatch.from_arrays(list(whole.values()), list(whole))
    return TargetBatch(shape, rows, batch.geometries)


def _object(
    shape: Shape, other: Shape, columns: Columns, rows: int
) -> Iterator[tuple[str, pa.Array]]:
    for node in shape.nodes:
        found = other.node(node.name)
        if found is None or found.is_constant:
            yield from _constant(node, found, rows)
        else:
            yield from _node(node, found, columns)


def _constant(node: Node, other: Node | None, rows: int) -> Iterator[tuple[str, pa.Array]]:
    for sibling in node.siblings:
        yield f"{node.name}@{sibling}", pa.nulls(rows, _text(node))
    if node.is_constant:
        return
    kind = arrow_type(node)
    if other is None or other.constant is None:
        yield node.name, pa.nulls(rows, kind)
        return
    item = kind.value_type if node.repeated else kind
    values = pa.repeat(pa.scalar(other.constant), rows).cast(item)
    yield node.name, _one_each(values) if node.repeated else values


def _text(node: Node) -> pa.DataType:
    return pa.list_(pa.string()) if node.repeated else pa.string()


def _node(node: Node, other: Node, columns: Columns) -> Iterator[tuple[str, pa.Array]]:
    values = columns[node.name]
    items, wrapped = _turns(node, other, values)
    for sibling in node.siblings:
        name = f"{node.name}@{sibling}"
        if sibling in other.siblings:
            yield name, wrapped(items(columns[name]))
        else:
            yield name, wrapped(pa.nulls(len(items(values)), pa.string()))
    if not node.is_constant:
        kind = arrow_type(node)
        item = kind.value_type if node.repeated else kind
        yield node.name, wrapped(_values(node, other, items(values), item))


def _turns(node: Node, other: Node, values: pa.Array) -> tuple[Turn, Turn]:
    """How items are had of the other's columns, and columns of items."""
    if not other.repeated:
        return _same, _one_each if node.repeated else _same
    lengths = pc.fill_null(pc.list_value_length(values), 0).to_numpy(zero_copy_only=False)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    if node.repeated:
        absent = pc.is_null(values)

        def listed(items: pa.Array) -> pa.Array:
            return pa.ListArray.from_arrays(pa.array(offsets), items, mask=absent)

        return _flat, listed
    first = pa.array(offsets[:-1], mask=lengths == 0)
    return lambda column: column.flatten().take(first), _same


def _same(column: pa.Array) -> pa.Array:
    return column


def _flat(column: pa.Array) -> pa.Array:
    return column.flatten()


def _one_each(values: pa.Array) -> pa.Array:
    """Lists of one item; null where there is none."""
    offsets = pa.array(np.arange(len(values) + 1, dtype=np.int32))
    return pa.ListArray.from_arrays(offsets, values, mask=pc.is_null(values))


def _values(node: Node, other: Node, values: pa.Array, kind: pa.DataType) -> pa.Array:
    if node.kind is not other.kind and Kind.OBJECT in (node.kind, other.kind):
        return pa.nulls(len(values), kind)
    if node.kind is Kind.OBJECT:
        return _objects(node, other, values, kind)
    if values.type == kind:
        return values
    try:
        return pc.cast(values, kind)
    except pa.ArrowInvalid:
        return pa.nulls(len(values), kind)


def _objects(node: Node, other: Node, values: pa.Array, kind: pa.DataType) -> pa.Array:
    theirs = {one.name: one for one in other.objects}
    structs: list[pa.Array] = []
    for child in node.objects:
        fields = struct_type(child)
        found = theirs.get(child.name)
        if found is None:
            structs.append(pa.nulls(len(values), fields))
            continue
        below = values if len(theirs) == 1 else pc.struct_field(values, child.name)
        held = {one.name: pc.struct_field(below, one.name) for one in below.type}
        made = dict(_object(child, found, held, len(values)))
        arrays = [made[field.name] for field in fields]
        absent = pc.is_null(below)
        structs.append(pa.StructArray.from_arrays(arrays, fields=list(fields), mask=absent))
    if len(node.objects) == 1:
        return structs[0]
    if len(theirs) == 1:
        chosen = pc.if_else(pc.is_valid(values), next(iter(theirs)), pa.scalar(None, pa.string()))
    else:
        chosen = pc.struct_field(values, TYPE)
    return pa.StructArray.from_arrays(
        [chosen, *structs], fields=list(kind), mask=pc.is_null(values)
    )
