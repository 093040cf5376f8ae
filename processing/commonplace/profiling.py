"""What the objects of a type look like, counted while they are at hand: for report and project.

Codes, truth values and years are counted, numbers sampled. Texts are only counted as a
whole: they may be about persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.bounds import Bounds, united
from commonplace.formats.flat import default_geometry
from commonplace.model.types import Kind
from commonplace.report import PropertyFacts, TypeFacts
from commonplace.target import Node, Shape, TargetBatch

NUMBERS_A_PART: Final = 500
NUMBERS: Final = 20_000
_DIMENSIONS: Final = ("point", "line", "area")


def profile(batch: TargetBatch, bounds: Bounds | None) -> TypeFacts:
    """What the rows of one batch hold; ``bounds`` are those of its geometries."""
    default = ".".join(default_geometry(batch.shape) or ())
    kinds: tuple[str, ...] = ()
    properties: dict[str, PropertyFacts] = {}
    columns = dict(zip(batch.columns.schema.names, batch.columns.columns, strict=True))
    for path, node, values in _properties(batch.shape, columns, "", batch.rows):
        if node.kind is not Kind.GEOMETRY:
            found = _constant(node, values) if isinstance(values, int) else _values(node, values)
            earlier = properties.get(path)
            properties[path] = found if earlier is None else _both(earlier, found)
        elif path == default and not isinstance(values, int):
            used = batch.geometries[values.drop_null().to_numpy()]
            present = np.unique(shapely.get_dimensions(used))
            kinds = tuple(_DIMENSIONS[one] for one in present if one >= 0)
    return TypeFacts(batch.rows, kinds, bounds, properties)


def _properties(
    shape: Shape, columns: Mapping[str, pa.Array], prefix: str, objects: int
) -> Iterator[tuple[str, Node, pa.Array | int]]:
    """Each property that is no object, by path, with its values; of constants how many.

    ``objects`` is how many objects of the shape there are.
    """
    for node in shape.nodes:
        path = f"{prefix}{node.name}"
        if node.void:
            continue
        if node.kind is not Kind.OBJECT:
            if node.is_constant:
                yield path, node, objects
            else:
                values = columns[node.name]
                yield path, node, values.flatten() if node.repeated else values
        elif node.is_constant:
            yield from _properties(node.objects[0], {}, f"{path}.", objects)
        else:
            values = columns[node.name]
            values = values.flatten() if node.repeated else values
            for child in node.objects:
                below = values if len(node.objects) == 1 else pc.struct_field(values, child.name)
                fields = {one.name: pc.struct_field(below, one.name) for one in below.type}
                present = len(below) - below.null_count
                yield from _properties(child, fields, f"{path}.", present)


def together(facts: Iterable[TypeFacts]) -> TypeFacts:
    """What several batches of a type hold, in their order."""
    whole = TypeFacts()
    for one in facts:
        properties = dict(whole.properties)
        for path, found in one.properties.items():
            earlier = properties.get(path)
            properties[path] = found if earlier is None else _both(earlier, found)
        kinds = tuple(each for each in _DIMENSIONS if each in {*whole.kinds, *one.kinds})
        bounds = united(whole.bounds, one.bounds)
        whole = TypeFacts(whole.objects + one.objects, kinds, bounds, properties)
    return whole


def _constant(node: Node, objects: int) -> PropertyFacts:
    """A value that is the same in every row, and so has no column."""
    counts = {node.constant: objects} if node.constant is not None and _is_code(node) else {}
    return PropertyFacts(objects, counts, _list_of(node))


def _is_code(node: Node) -> bool:
    return node.kind is Kind.CODE or bool(node.property.values)


def _list_of(node: Node) -> str | None:
    return node.property.element.code_list if node.kind is Kind.CODE else None


def _values(node: Node, column: pa.Array) -> PropertyFacts:
    values = column.drop_null()
    found = PropertyFacts(len(values), type=_type(node, column.type))
    kind = values.type
    if pa.types.is_boolean(kind) or (_is_code(node) and pa.types.is_string(kind)):
        counts = _counted(values.cast(pa.string()))
        return replace(found, counts=counts, code_list=_list_of(node))
    if pa.types.is_temporal(kind):
        return replace(found, counts=_counted(pc.year(values).cast(pa.string())), years=True)
    if (pa.types.is_integer(kind) or pa.types.is_floating(kind)) and len(values):
        numbers = values.cast(pa.float64()).to_numpy()
        return replace(found, numbers=tuple(_spread(numbers, NUMBERS_A_PART)))
    return found


def _type(node: Node, kind: pa.DataType) -> str:
    """What a column of such values holds; several of them are written as JSON text."""
    if node.repeated:
        return "string"
    tests = {
        "boolean": pa.types.is_boolean,
        "integer": pa.types.is_integer,
        "number": pa.types.is_floating,
        "date": pa.types.is_date,
        "datetime": pa.types.is_timestamp,
    }
    return next((name for name, holds in tests.items() if holds(kind)), "string")


def _counted(values: pa.Array) -> dict[str, int]:
    found = pc.value_counts(values)
    texts, counts = found.field("values").to_pylist(), found.field("counts").to_pylist()
    return dict(zip(texts, counts, strict=True))


def _spread(numbers: np.ndarray, most: int) -> list[float]:
    """At most so many of them, evenly spread."""
    step = max(1, -(-len(numbers) // most))
    spread: list[float] = numbers[::step].tolist()
    return spread


def _both(one: PropertyFacts, other: PropertyFacts) -> PropertyFacts:
    numbers = (*one.numbers, *other.numbers)
    if len(numbers) > NUMBERS:
        numbers = numbers[:: -(-len(numbers) // NUMBERS)]
    return PropertyFacts(
        filled=one.filled + other.filled,
        counts=dict(Counter(one.counts) + Counter(other.counts)),
        code_list=one.code_list or other.code_list,
        years=one.years or other.years,
        numbers=numbers,
        type=one.type if one.type == other.type else "string",
    )
