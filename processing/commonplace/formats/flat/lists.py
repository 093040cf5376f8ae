"""Columns of lists: their first items, where there are several, and back into rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.formats.flat.shape import has_lists
from commonplace.gml.pieces import Array, unlist
from commonplace.model.types import Kind
from commonplace.target import Node


def first_items(lists: Array) -> Array:
    """The first item of each list, null where there is none."""
    items, offsets = unlist(lists)
    counts = np.diff(offsets)
    if len(items) == len(lists) and (counts == 1).all():
        return items
    return items.take(pa.array(offsets[:-1], mask=counts == 0))


def has_several(lists: Array) -> npt.NDArray[np.bool_]:
    """Where a list has more than one item."""
    more = pc.fill_null(pc.greater(pc.list_value_length(lists), 1), False)
    found: npt.NDArray[np.bool_] = more.to_numpy(zero_copy_only=False)
    return found


def worth_a_table(node: Node, values: Array) -> npt.NDArray[np.bool_]:
    """Where a list of objects has more than one, or one with such a list inside."""
    found = has_several(values)
    if has_lists(node):
        items, offsets = unlist(values)
        inside = np.concatenate([[0], np.cumsum(_with_lists(node, items))])
        found |= inside[offsets[1:]] > inside[offsets[:-1]]
    return found


def _with_lists(node: Node, items: Array) -> npt.NDArray[np.bool_]:
    """Which objects have a list worth a table inside."""
    found = np.zeros(len(items), dtype=bool)
    for child in node.objects:
        branch = items if len(node.objects) == 1 else pc.struct_field(items, child.name)
        for below in child.nodes:
            if below.kind is not Kind.OBJECT or below.name not in branch.type.names:
                continue
            values = pc.struct_field(branch, below.name)
            within = worth_a_table if below.repeated else _with_lists
            found |= within(below, values)
    return found


def scattered(values: Array, chosen: Array) -> Array:
    """Values back in the rows they were chosen from; null in the others."""
    mask = chosen.to_numpy(zero_copy_only=False)
    index = np.cumsum(mask) - 1
    return values.take(pa.array(index, mask=~mask))


def first_of(
    values: Array, rows: npt.NDArray[np.int64], chosen: npt.NDArray[np.bool_], count: int
) -> Array:
    """For each of ``count`` rows the first chosen value that belongs to it, or null."""
    at = np.flatnonzero(chosen)[::-1]
    index = np.full(count, -1, dtype=np.int64)
    index[rows[at]] = at
    return values.take(pa.array(index, mask=index < 0))
