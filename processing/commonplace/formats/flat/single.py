"""Columns of one property: constants, attributes, codes with their addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.formats import jsontext
from commonplace.formats.flat.columns import Column
from commonplace.formats.flat.shape import KEPT_ATTRIBUTES
from commonplace.formats.flat.values import addresses_of, code_address, encoded, targets, typed
from commonplace.gml.names import ncname
from commonplace.gml.pieces import Array, both, unlist, validity
from commonplace.model.types import Kind
from commonplace.target import Node


@dataclass(frozen=True, slots=True)
class Level:
    """Where the walk stands: how many rows, which are present, and the names above."""

    rows: int
    present: Array | None = None
    name: str = ""
    path: tuple[str, ...] | None = ()  # None inside "all of several": no default geometry there
    first: bool = False  # inside the first of several

    def under(self, name: str, present: Array | None = None) -> Level:
        return Level(
            self.rows,
            both(self.present, present),
            f"{self.name}_{name}" if self.name else name,
            None if self.path is None else (*self.path, name),
            self.first,
        )


def with_presence(at: Level, present: Array | None) -> Level:
    """The same place, where the object around it may be missing."""
    return replace(at, present=both(at.present, present))


def constant(node: Node, at: Level) -> Column:
    """The column of a property that the mapping gives one value."""
    text = node.constant or ""
    if node.kind is Kind.REFERENCE:
        text = ncname(text[1:]) if text.startswith("#") else text
    value = typed(text, node.property.value_type) if node.kind is Kind.VALUE else pa.scalar(text)
    return Column(at.name, where_present(value, at))


def constant_address(node: Node, at: Level) -> Iterator[Column]:
    """The address beside a constant code (MT008), where it has one."""
    if address := code_address(node, node.constant or ""):
        yield Column(f"{at.name}_href", where_present(pa.scalar(address), at))


def attributes(node: Node, fields: Mapping[str, Array], at: Level) -> Iterator[Column]:
    """The attributes of a property that are kept: units, references, what stands for a time."""
    for name, text in node.attributes:
        if name in KEPT_ATTRIBUTES and name not in node.siblings:
            value = fields.get(node.name)
            present = None if value is None or node.repeated else validity(value)
            yield Column(
                f"{at.name}_{name}", where_present(pa.scalar(text), with_presence(at, present))
            )
    for name in node.siblings:
        if name in KEPT_ATTRIBUTES:
            yield listed(
                f"{at.name}_{name}",
                fields[f"{node.name}@{name}"],
                targets if name == "href" else lambda items: items,
            )


def where_present(value: pa.Scalar, at: Level) -> Any:
    """A constant, null where the object around it is missing."""
    if at.present is None:
        return value
    indices = pc.if_else(at.present, pa.scalar(0, pa.int32()), pa.scalar(None, pa.int32()))
    return pa.DictionaryArray.from_arrays(indices, pa.array([value.as_py()], value.type))


def listed(name: str, values: Array, change: Callable[[Array], Array]) -> Column:
    """A column of changed values; of lists, as JSON arrays (MT002)."""
    if not pa.types.is_list(values.type):
        return Column(name, change(values))
    items, offsets = unlist(values)
    return Column(name, jsontext.bracketed(jsontext.values(change(items)), offsets), json=True)


def code_addresses(node: Node, values: Array, at: Level) -> Column:
    """The addresses beside codes (MT008)."""
    return listed(f"{at.name}_href", values, lambda items: addresses_of(node, encoded(items)))
