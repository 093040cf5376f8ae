"""Shapes as a document shows them: chunk by chunk, then joined, columns fitted to the whole.

Chunks show different properties; :func:`joined` is a shape that has room for them all
and :func:`fitted` brings a chunk's columns into it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.pieces import Array
from commonplace.gml.reading.values import arrow_type, typed
from commonplace.model.types import Kind, Property
from commonplace.target import TYPE, Node, Shape

INFERRED: Final = "inferred"
_STRENGTH: Final = (Kind.REFERENCE, Kind.VALUE, Kind.CODE, Kind.ANY, Kind.GEOMETRY, Kind.OBJECT)
_NUMBERS: Final = frozenset(("integer", "double"))


@dataclass(frozen=True, slots=True)
class Placed:
    """A node and where it stands in its schema; behind all of them if it is in none."""

    order: int
    node: Node
    inferred: bool = False
    objects: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """A shape in the making. Becomes a :class:`~commonplace.target.Shape`."""

    shape: Shape
    nodes: tuple[Placed, ...]

    def final(self) -> Shape:
        """The shape that encoders get."""
        return replace(self.shape, nodes=tuple(_final(one) for one in self.nodes))


def _final(placed: Placed) -> Node:
    return replace(placed.node, objects=tuple(one.final() for one in placed.objects))


def joined(one: Seen, other: Seen) -> Seen:
    """A shape with room for the rows of both, properties in schema order."""
    nodes = {placed.node.name: placed for placed in one.nodes}
    for placed in other.nodes:
        name = placed.node.name
        nodes[name] = _joined(nodes[name], placed) if name in nodes else placed
    ordered = sorted(nodes.values(), key=lambda placed: placed.order)
    shape = replace(
        one.shape,
        identified=one.shape.identified or other.shape.identified,
        attributes=tuple(sorted({*one.shape.attributes, *other.shape.attributes})),
    )
    return Seen(shape, tuple(ordered))


def _joined(one: Placed, other: Placed) -> Placed:
    if one == other:
        return one
    strong = max((one, other), key=lambda placed: _STRENGTH.index(placed.node.kind))
    siblings = tuple(dict.fromkeys((*one.node.siblings, *other.node.siblings)))
    kinds = {one.node.kind, other.node.kind}
    if len(kinds) > 1 and Kind.REFERENCE in kinds and "href" not in siblings:
        siblings = (*siblings, "href")
    objects = {seen.shape.name: seen for seen in one.objects}
    for seen in other.objects:
        name = seen.shape.name
        objects[name] = joined(objects[name], seen) if name in objects else seen
    node = replace(
        strong.node,
        repeated=one.node.repeated or other.node.repeated,
        siblings=siblings,
        property=_property(one, other, strong.node.property),
    )
    inferred = one.inferred and other.inferred
    return replace(strong, node=node, objects=tuple(objects.values()), inferred=inferred)


def _property(one: Placed, other: Placed, strong: Property) -> Property:
    """The guess at an inferred value's type: the narrowest that both fit."""
    if not (one.inferred and other.inferred):
        return strong
    kinds = {placed.node.property.value_type for placed in (one, other)} - {None}
    if len(kinds) > 1:
        kinds = {"double"} if kinds == _NUMBERS else {"string"}
    return replace(strong, value_type=next(iter(kinds), None))


Resolve = Callable[[Array], Array]


def fitted(
    columns: Mapping[str, Array],
    seen: Seen,
    whole: Seen,
    rows: int,
    resolve: Resolve | None = None,
) -> dict[str, Array]:
    """Columns of a chunk with shape ``seen``, as shape ``whole`` has them.

    Values that were read as texts because nothing told their type are cast to the type
    that all of them fit.
    """
    mine = {placed.node.name: placed for placed in seen.nodes}
    made: dict[str, Array] = {}
    for placed in whole.nodes:
        made |= _fitted(columns, mine.get(placed.node.name), placed, rows, resolve)
    return made


def _fitted(
    columns: Mapping[str, Array],
    mine: Placed | None,
    whole: Placed,
    rows: int,
    resolve: Resolve | None,
) -> dict[str, Array]:
    node = whole.node
    name = node.name
    given = {} if mine is None else _of_node(columns, mine, node)
    if resolve is not None:
        given = _resolved(given, node, resolve)
    made: dict[str, Array] = {}
    for sibling in node.siblings:
        key = f"{name}@{sibling}"
        made[key] = _shaped(given.get(key), node, pa.string(), _lengths(given, name), rows)
    value = given.get(name)
    if node.kind is Kind.OBJECT:
        made[name] = _objects(value, mine, whole, rows, resolve)
    else:
        items = None if value is None else _items(value)
        if items is not None and node.kind is Kind.VALUE and whole.inferred:
            kind = node.property.value_type
            items = typed(items, kind)[0] if pa.types.is_string(items.type) else items
            value = relisted(value, items)
        kind = _arrow_type(whole)
        made[name] = _shaped(value, node, kind, _lengths(given, name), rows)
    return made


def _of_node(columns: Mapping[str, Array], mine: Placed, node: Node) -> dict[str, Array]:
    """A chunk's columns of a property; lists where the whole has lists."""
    name = mine.node.name
    keys = [name, *(f"{name}@{one}" for one in mine.node.siblings)]
    given = {key: columns[key] for key in keys if key in columns}
    if mine.node.kind is not node.kind and name in given:
        value = given.pop(name)
        if mine.node.kind is Kind.REFERENCE:
            given[f"{name}@href"] = value
        elif pa.types.is_string(_items(value).type) and node.kind in (Kind.VALUE, Kind.CODE):
            given[name] = value
    if node.repeated and not mine.node.repeated:
        there = _anything(given)
        given = {key: _as_lists(value, there) for key, value in given.items()}
    return given


def _anything(given: Mapping[str, Array]) -> Array:
    """In which rows there is a value or anything beside it."""
    masks = [value.is_valid() for value in given.values()]
    there = masks[0] if masks else pa.array([], pa.bool_())
    for mask in masks[1:]:
        there = pc.or_(there, mask)
    return there


def _as_lists(values: Array, there: Array) -> Array:
    counts = there.cast(pa.int32()).to_numpy(zero_copy_only=False)
    offsets = np.zeros(len(values) + 1, dtype=np.int32)
    np.cumsum(counts, out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), values.filter(there))


def _items(values: Array) -> Array:
    return values.flatten() if pa.types.is_list(values.type) else values


def relisted(values: Array, items: Array) -> Array:
    """Other items in the lists of a column; of a column without lists the items."""
    if not pa.types.is_list(values.type):
        return items
    lengths = pc.fill_null(pc.list_value_length(values), 0).to_numpy(zero_copy_only=False)
    offsets = np.zeros(len(values) + 1, dtype=np.int32)
    np.cumsum(lengths, out=offsets[1:])
    return pa.ListArray.from_arrays(pa.array(offsets), items)


def _lengths(given: Mapping[str, Array], name: str) -> Array | None:
    """The lists' lengths, which siblings and values share."""
    for value in given.values():
        if pa.types.is_list(value.type):
            return value
    return None


def _shaped(
    value: Array | None, node: Node, kind: pa.DataType, like: Array | None, rows: int
) -> Array:
    """A column of the node's Arrow type; nulls where there is none."""
    if node.repeated:
        if value is None and like is not None:
            value = relisted(like, pa.nulls(len(like.flatten()), kind))
        target = pa.list_(kind)
    else:
        target = kind
    if value is None:
        return pa.nulls(rows, target)
    return value if value.type == target else _retyped(value, target)


def _retyped(value: Array, target: pa.DataType) -> Array:
    if pa.types.is_list(target):
        return relisted(value, _items(value).cast(target.value_type))
    return value.cast(target)


def _arrow_type(placed: Placed) -> pa.DataType:
    node = placed.node
    if node.kind is Kind.GEOMETRY:
        return pa.int32()
    if node.kind is Kind.VALUE:
        return arrow_type(node.property.value_type)
    return pa.string()


def _resolved(given: dict[str, Array], node: Node, resolve: Resolve) -> dict[str, Array]:
    """A property's columns, references in them resolved."""
    keys = [f"{node.name}@href"] + ([node.name] if node.kind is Kind.REFERENCE else [])
    for key in keys:
        if key in given:
            given[key] = relisted(given[key], resolve(_items(given[key])))
    return given


def _objects(
    value: Array | None, mine: Placed | None, whole: Placed, rows: int, resolve: Resolve | None
) -> Array:
    """A struct column (or lists of structs) with the whole's fields."""
    node = whole.node
    items = None if value is None else _items(value)
    count = rows if items is None else len(items)
    branches = {} if mine is None else {one.shape.name: one for one in mine.objects}
    several = len(whole.objects) > 1
    fields: dict[str, Array] = {}
    for seen in whole.objects:
        name = seen.shape.name
        below, there = _branch(items, branches, name)
        inner = {} if below is None else dict(zip(below.type.names, below.flatten(), strict=True))
        made = fitted(inner, branches[name], seen, count, resolve) if name in branches else {}
        if not made:
            made = fitted({}, Seen(seen.shape, ()), seen, count)
        if there is None:
            there = pa.array(np.zeros(count, dtype=bool))
        fields[name] = structs(made, there, count)
    if several:
        types = _types(items, branches, count)
        column = structs({TYPE: types, **fields}, types.is_valid(), count)
    else:
        column = fields[whole.objects[0].shape.name] if fields else pa.nulls(count, pa.struct([]))
    if not node.repeated:
        return column if value is not None or count == rows else pa.nulls(rows, column.type)
    if value is None:
        return pa.nulls(rows, pa.list_(column.type))
    return relisted(value, column)


def _branch(
    items: Array | None, branches: Mapping[str, Seen], name: str
) -> tuple[Array | None, Array | None]:
    """The structs of one object element in a chunk, and where they are."""
    if items is None or name not in branches:
        return None, None
    below = items if len(branches) == 1 else pc.struct_field(items, name)
    return below, below.is_valid()


def _types(items: Array | None, branches: Mapping[str, Seen], count: int) -> Array:
    if items is None or not branches:
        return pa.nulls(count, pa.string())
    if len(branches) > 1:
        return pc.struct_field(items, TYPE)
    name = next(iter(branches))
    return pc.if_else(items.is_valid(), pa.scalar(name), pa.scalar(None, pa.string()))


def structs(fields: Mapping[str, Array], there: Array | None, count: int) -> Array:
    """A struct array; null where ``there`` says so (None: everywhere)."""
    mask = pa.array(np.zeros(count, dtype=bool)) if there is None else pc.invert(there)
    if not fields:
        empty = pa.array([{}] * count, pa.struct([]))
        return pc.if_else(pc.invert(mask), empty, pa.scalar(None, pa.struct([])))
    return pa.StructArray.from_arrays(list(fields.values()), names=list(fields), mask=mask)


def joined_all(seen: Sequence[Seen]) -> Seen:
    """The shape of all chunks, in their order."""
    whole = seen[0]
    for one in seen[1:]:
        if one != whole:
            whole = joined(whole, one)
    return whole
