"""Shapes from the target model, and batches of them from plain rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from commonplace.model import load_model
from commonplace.model.types import Kind, QName, qname
from commonplace.target import LOCAL_ID, ORDINAL, TYPE, Node, Shape, TargetBatch

INSPIRE = "http://inspire.ec.europa.eu/schemas/"
VALUE_TYPES = {
    "boolean": pa.bool_(),
    "integer": pa.int64(),
    "double": pa.float64(),
    "dateTime": pa.timestamp("us", "UTC"),
    "date": pa.date32(),
}


class Maker:
    """Makes shapes of one schema: what is named is filled, mandatory nillables are void."""

    def __init__(self, schema: str) -> None:
        self.schema = schema
        self.model = load_model()

    def feature(self, name: str, *fills: tuple[str, Any]) -> Shape:
        element = self.model.feature_type(self.schema, name).name
        return self.shape(element, *fills, feature=True)

    def shape(self, element: QName, *fills: tuple[str, Any], feature: bool = False) -> Shape:
        """``fills``: (property, options); options ``below`` are an object's own fills."""
        filled = dict(fills)
        nodes: list[Node] = []
        for prop in self.model.properties(element, self.schema):
            generic = prop.element.name.startswith("{http://www.opengis.net/gml")
            if prop.name in filled and not generic:
                options = dict(filled.pop(prop.name))
                below = options.pop("below", None)
                if below is not None:
                    options["objects"] = (self.shape(prop.objects[0], *below),)
                nodes.append(Node(prop, **options))
            elif prop.mandatory and prop.element.nillable:
                nodes.append(Node(prop, void=True, nil="Unpopulated"))
        assert not filled, f"{element} has no {filled}"
        identified = self.model.type(self.model.element(element).type).identified
        return Shape(element, tuple(nodes), identified=identified, feature=feature)


def batch_of(shape: Shape, rows: list[dict[str, Any]], pool: list[Any]) -> TargetBatch:
    """Rows as Python values (geometries as indices into ``pool``) as a batch."""
    fields = [pa.field(ORDINAL, pa.int64()), pa.field(LOCAL_ID, pa.string()), *_fields(shape)]
    numbered = [{ORDINAL: index, **row} for index, row in enumerate(rows)]
    columns = pa.RecordBatch.from_pylist(numbered, pa.schema(fields))
    geometries = np.empty(len(pool), dtype=object)
    geometries[:] = pool
    return TargetBatch(shape, columns, geometries)


def _fields(shape: Shape) -> list[pa.Field]:
    fields = []
    for node in shape.nodes:
        for one in ([] if node.is_constant else [(node.name, _type(node))]) + [
            (f"{node.name}@{sibling}", pa.string()) for sibling in node.siblings
        ]:
            name, kind = one
            fields.append(pa.field(name, pa.list_(kind) if node.repeated else kind))
    return fields


def _type(node: Node) -> pa.DataType:
    if node.kind is Kind.GEOMETRY:
        return pa.int32()
    if node.kind is Kind.VALUE:
        return VALUE_TYPES.get(node.property.value_type or "", pa.string())
    if node.kind is not Kind.OBJECT:
        return pa.string()
    if len(node.objects) == 1:
        return pa.struct(_fields(node.objects[0]))
    branches = [pa.field(one.name, pa.struct(_fields(one))) for one in node.objects]
    return pa.struct([pa.field(TYPE, pa.string()), *branches])


def inspire(schema: str, local: str) -> QName:
    """``{…/schemas/ad/4.0}Address`` of ``ad/4.0`` and ``Address``."""
    return qname(INSPIRE + schema, local)
