"""What the objects of a type look like, counted while they are at hand: for report and project.

Codes, truth values and years are counted, numbers sampled. Texts are only counted as a
whole: they may be about persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.formats.flat import default_geometry
from commonplace.model.types import Kind
from commonplace.report import PropertyFacts, TypeFacts
from commonplace.target import Leaf, Node, Shape, TargetBatch, leaves

Bounds = tuple[float, float, float, float]

NUMBERS_A_PART: Final = 500
NUMBERS: Final = 10_000
_DIMENSIONS: Final = ("point", "line", "area")


def profile(batch: TargetBatch, bounds: Bounds | None) -> TypeFacts:
    """What the rows of one batch hold; ``bounds`` are those of its geometries."""
    default = ".".join(default_geometry(batch.shape) or ())
    kinds: tuple[str, ...] = ()
    properties = dict(_constants(batch.shape, "", batch.rows))
    for leaf in leaves(batch):
        if leaf.sibling is not None:
            continue
        if leaf.node.kind is not Kind.GEOMETRY:
            found = _values(leaf)
            earlier = properties.get(leaf.path)
            properties[leaf.path] = found if earlier is None else _both(earlier, found)
        elif leaf.path == default:
            used = batch.geometries[leaf.values.drop_null().to_numpy()]
            present = np.unique(shapely.get_dimensions(used))
            kinds = tuple(_DIMENSIONS[one] for one in present if one >= 0)
    return TypeFacts(batch.rows, kinds, bounds, properties)


def together(facts: Iterable[TypeFacts]) -> TypeFacts:
    """What several batches of a type hold, in their order."""
    whole = TypeFacts()
    for one in facts:
        properties = dict(whole.properties)
        for path, found in one.properties.items():
            earlier = properties.get(path)
            properties[path] = found if earlier is None else _both(earlier, found)
        kinds = tuple(each for each in _DIMENSIONS if each in {*whole.kinds, *one.kinds})
        bounds = _around(whole.bounds, one.bounds)
        whole = TypeFacts(whole.objects + one.objects, kinds, bounds, properties)
    return whole


def _around(one: Bounds | None, other: Bounds | None) -> Bounds | None:
    if one is None or other is None:
        return one or other
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


def _constants(shape: Shape, prefix: str, rows: int) -> Iterator[tuple[str, PropertyFacts]]:
    """Codes that are the same in every row, and so have no column."""
    for node in shape.nodes:
        path = f"{prefix}{node.name}"
        if node.constant is not None and _is_code(node):
            yield path, PropertyFacts(rows, {node.constant: rows}, _list_of(node))
        elif node.kind is Kind.OBJECT and node.is_constant and not node.void:
            yield from _constants(node.objects[0], f"{path}.", rows)


def _is_code(node: Node) -> bool:
    return node.kind is Kind.CODE or bool(node.property.values)


def _list_of(node: Node) -> str | None:
    return node.property.element.code_list if node.kind is Kind.CODE else None


def _values(leaf: Leaf) -> PropertyFacts:
    values = leaf.values.drop_null()
    type_ = values.type
    if pa.types.is_boolean(type_) or (_is_code(leaf.node) and pa.types.is_string(type_)):
        return PropertyFacts(len(values), _counted(values.cast(pa.string())), _list_of(leaf.node))
    if pa.types.is_temporal(type_):
        years = pc.year(values).cast(pa.string())
        return PropertyFacts(len(values), _counted(years), years=True)
    if (pa.types.is_integer(type_) or pa.types.is_floating(type_)) and len(values):
        numbers = values.cast(pa.float64()).to_numpy()
        return PropertyFacts(len(values), numbers=tuple(_spread(numbers, NUMBERS_A_PART)))
    return PropertyFacts(len(values))


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
    )
