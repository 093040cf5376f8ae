"""From elements to the columns of target batches, property by property.

Each path of a chunk is visited once, whatever the number of features: its elements are
an array, their values another, and where a value belongs follows from ranks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.pieces import Array, offsets_of
from commonplace.gml.reading.contents import GML_ID, HREF, IDS, NIL, NOT_KEPT, Contents
from commonplace.gml.reading.names import Vocabulary
from commonplace.gml.reading.positions import is_gml
from commonplace.gml.reading.properties import Properties
from commonplace.gml.reading.shapes import Placed, Seen, structs
from commonplace.gml.reading.tokens import Elements
from commonplace.gml.reading.troubles import TypeTroubles
from commonplace.gml.reading.values import attribute_at, scattered
from commonplace.model.types import Kind, Property, QName, local_name
from commonplace.target import TYPE, Node, Shape

_BOUNDED_BY: Final = "boundedBy"
_BEHIND: Final = 1 << 20


class Objects:
    """The objects of one feature type in a chunk: features, and what they hold."""

    def __init__(
        self,
        elements: Elements,
        vocabulary: Vocabulary,
        contents: Contents,
        troubles: TypeTroubles,
    ) -> None:
        self._elements = elements
        self._vocabulary = vocabulary
        self._contents = contents
        self._properties = Properties(elements, vocabulary, troubles)
        self._troubles = troubles

    def read(
        self, path: int, element: QName | None, schema: str | None
    ) -> tuple[tuple[Placed, ...], dict[str, Array]]:
        """The properties of all objects at a path, in schema order, and their columns."""
        known = self._vocabulary.properties(element, schema)
        children = self._elements.paths[path].children
        # of two of one name the schema's own wins over gml:name and gml:description
        ranked = sorted(children, key=lambda one: is_gml(self._elements.paths[one].name))
        placed: dict[str, Placed] = {}
        columns: dict[str, Array] = {}
        for child in ranked:
            name = self._elements.paths[child].name
            if local_name(name) == _BOUNDED_BY and is_gml(name):
                continue
            order, prop = self._properties.meant(
                child, known, schema, _BEHIND + children.index(child)
            )
            if prop.name in placed:
                rows = len(self._elements.of(child))
                self._troubles.add("PROPERTY_NAME_TAKEN", prop.name, rows, name)
                continue
            node, made = self._property(path, child, prop, schema)
            placed[prop.name] = replace(node, order=order)
            columns |= made
        return tuple(sorted(placed.values(), key=lambda one: one.order)), columns

    def _property(
        self, path: int, child: int, prop: Property, schema: str | None
    ) -> tuple[Placed, dict[str, Array]]:
        """A property's node, and its columns over the objects at ``path``."""
        elements = self._elements
        items = elements.of(child)
        owners = elements.rank[elements.parent[items]]
        rows = len(elements.of(path))
        placed, made = self._content(child, prop, schema)
        counts = np.bincount(owners, minlength=rows)
        most = int(counts.max(initial=0))
        repeated = prop.repeated or most > 1
        if repeated and not prop.repeated and not placed.inferred:
            over = int((counts > 1).sum())
            self._troubles.add("PROPERTY_REPEATED", prop.name, over)
        if repeated:
            offsets = pa.array(offsets_of(counts), pa.int32())
            columns = {
                name: pa.ListArray.from_arrays(offsets, values) for name, values in made.items()
            }
        else:
            columns = {name: scattered(values, owners, rows) for name, values in made.items()}
        return replace(placed, node=replace(placed.node, repeated=repeated)), columns

    def _content(
        self, child: int, prop: Property, schema: str | None
    ) -> tuple[Placed, dict[str, Array]]:
        """What elements of a path hold, one item each: a node, its values and siblings."""
        unknown = prop.element.type == ""
        if prop.kind is Kind.OBJECT:
            placed, values = self._objects(child, prop, schema)
        else:
            values, prop = self._contents.of(child, prop)
            placed = Placed(0, Node(prop), inferred=unknown)
        siblings = self._contents.siblings(child, prop)
        columns = {} if values is None else {prop.name: values}
        columns |= {f"{prop.name}@{name}": column for name, column in siblings.items()}
        node = replace(placed.node, siblings=tuple(siblings))
        return replace(placed, node=node, inferred=unknown), columns

    def _objects(
        self, child: int, prop: Property, schema: str | None
    ) -> tuple[Placed, Array | None]:
        """Structs of the objects that stand in a property."""
        elements = self._elements
        if prop.direct:
            return self._direct(child, prop, schema)
        seen: list[Seen] = []
        fields: dict[str, Array] = {}
        rows = len(elements.of(child))
        types = np.full(rows, None, dtype=object)
        for inside in elements.paths[child].children:
            written = elements.paths[inside].name
            element = self._vocabulary.held(written, prop)
            name = local_name(element or written)
            if element is not None and self._vocabulary.simple(element) is not None:
                here = len(elements.of(inside))  # a text among objects: no column holds it
                self._troubles.add("CONTENT_LEFT", prop.name, here, written)
                continue
            if name in fields:
                self._troubles.add("PROPERTY_NAME_TAKEN", prop.name, 1, written)
                continue
            placed, columns = self.read(inside, element, schema)
            identified = (
                self._vocabulary.identified(element)
                if element is not None
                else GML_ID in elements.attributes(inside)
            )
            shape = Shape(
                element or written,
                (),
                identified=identified,
                attributes=self._own_attributes(inside),
            )
            seen.append(Seen(shape, placed))
            made = structs(columns, None, len(elements.of(inside)))
            fields[name] = self._contents.over(child, inside, made)
            types[fields[name].is_valid().to_numpy(zero_copy_only=False)] = name
        node = Placed(0, Node(prop), objects=tuple(seen))
        if not seen:
            return node, pa.nulls(rows, pa.struct([]))
        if len(seen) == 1:
            return node, next(iter(fields.values()))
        chosen = pa.array(types, pa.string())
        return node, structs({TYPE: chosen, **fields}, chosen.is_valid(), rows)

    def _own_attributes(self, path: int) -> tuple[tuple[str, str], ...]:
        """Attributes of object elements themselves; they must be the same everywhere."""
        kept = []
        for name in self._elements.attributes(path):
            if name in IDS or name in NOT_KEPT:
                continue
            values = pc.unique(attribute_at(self._elements, path, name)).to_pylist()
            if len(values) == 1 and values[0] is not None:
                kept.append((local_name(name), values[0]))
            else:
                self._troubles.add("CONTENT_LEFT", local_name(name), len(values))
        return tuple(kept)

    def _direct(
        self, child: int, prop: Property, schema: str | None
    ) -> tuple[Placed, Array | None]:
        """Properties that stand in the property element itself."""
        elements = self._elements
        held = prop.objects[0] if prop.objects else None
        placed, columns = self.read(child, held, schema)
        rows = len(elements.of(child))
        absent = np.zeros(rows, dtype=bool)
        for name in (NIL, HREF):
            absent[elements.attribute(child, name)[0]] = True
        for inside in elements.paths[child].children:
            absent[elements.rank[elements.parent[elements.of(inside)]]] = False
        there = ~absent
        seen = Seen(Shape(held or elements.paths[child].name, ()), placed)
        return Placed(0, Node(prop), objects=(seen,)), structs(columns, pa.array(there), rows)
