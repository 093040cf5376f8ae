"""Batches as plain Python values, so that what was written and what was read compare.

What a shape says once for all rows is written out in each; what an encoder leaves out
(nulls, empty texts) is left out. Item by item, in order:

- ``("value", text, attributes)``, ``("href", address)``, ``("nil", reason)``
- ``("geometry", normalised WKB)``, ``("object", name, attributes, properties)``
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import shapely

from commonplace.model.types import Kind, local_name
from commonplace.target import LOCAL_ID, TYPE, Node, Shape, TargetBatch

Item = tuple[Any, ...]
DECIMALS = 7
BOUNDED_BY = "{http://www.opengis.net/gml/3.2}boundedBy"  # follows from the geometries
NUMBERS = frozenset(("double", "float", "decimal"))


def features(batch: TargetBatch) -> dict[str, dict[str, list[Item]]]:
    """The features of a batch by local id."""
    return {
        row[LOCAL_ID]: _properties(batch.shape, row, batch.geometries)
        for row in batch.columns.to_pylist()
    }


def _properties(shape: Shape, row: Mapping[str, Any], pool: Any) -> dict[str, list[Item]]:
    kept = [node for node in shape.nodes if node.property.element.name != BOUNDED_BY]
    found = {node.name: _items(node, row, pool) for node in kept}
    return {name: items for name, items in found.items() if items}


def _items(node: Node, row: Mapping[str, Any], pool: Any) -> list[Item]:
    if node.void:
        return _nil(node, node.nil)
    if node.constant is not None:
        return [_value(node, node.constant, dict(node.attributes))]
    value = row.get(node.name)
    siblings = {one: row.get(f"{node.name}@{one}") for one in node.siblings}
    if node.kind is Kind.OBJECT and node.name not in row:  # nothing in it differs
        value = {}
    if not node.repeated:
        return _item(node, value, siblings, pool, node.nil)
    made: list[Item] = []
    count = max([len(value or ()), *(len(one or ()) for one in siblings.values())])
    for number in range(count):
        one = {name: values[number] if values else None for name, values in siblings.items()}
        made += _item(node, value[number] if value else None, one, pool, None)
    return made or _nil(node, node.nil)


def _item(
    node: Node, value: Any, siblings: Mapping[str, str | None], pool: Any, nil: str | None
) -> list[Item]:
    others = {k: v for k, v in siblings.items() if k not in ("nil", "href") and v}
    attributes = {**dict(node.attributes), **others}
    href = siblings.get("href")
    if href and node.kind not in (Kind.CODE, Kind.REFERENCE):
        return [("href", href)]
    if node.kind is Kind.OBJECT and value is not None:
        return [_object(node, value, pool)]
    if node.kind is Kind.GEOMETRY and value is not None:
        return [] if pool[value] is None else [("geometry", *_geometry(pool[value]))]
    if value is not None and value != "" and node.kind is not Kind.OBJECT:
        return [_value(node, value, attributes)]
    return _nil(node, siblings.get("nil") or nil)


def _nil(node: Node, reason: str | None) -> list[Item]:
    if reason is None or not node.property.element.nillable:
        return []
    declared = [local_name(one.name) for one in node.property.attributes]
    says = "nilReason" in declared or node.property.wrapper is not None
    return [("nil", reason if says else None)]


def _object(node: Node, value: Mapping[str, Any], pool: Any) -> Item:
    shape = node.objects[0]
    if len(node.objects) > 1:
        shape = next(one for one in node.objects if one.name == value[TYPE])
        value = value[shape.name] or {}
    return ("object", shape.name, dict(shape.attributes), _properties(shape, value, pool))


def _geometry(geometry: Any) -> Item:
    """Multi-geometries of one part are that part; rings begin anywhere."""
    if geometry.geom_type.startswith("Multi") and len(geometry.geoms) == 1:
        geometry = geometry.geoms[0]
    if geometry.geom_type == "MultiLineString":  # lines end to end are one curve
        geometry = shapely.line_merge(geometry)
    rounded = shapely.set_precision(geometry, 10.0**-DECIMALS, mode="pointwise")
    return geometry.geom_type, shapely.to_wkt(shapely.normalize(rounded), DECIMALS)


def _value(node: Node, value: Any, attributes: Mapping[str, str]) -> Item:
    kept = {k: v for k, v in attributes.items() if not (k == "title" and node.kind is Kind.CODE)}
    if node.kind is Kind.CODE:
        prefix = f"{node.property.element.code_list}/"
        value = str(value).removeprefix(prefix)
    return ("value", _text(value, node.property.value_type), kept)


def _text(value: Any, value_type: str | None) -> Any:
    if value_type == "":  # an empty element
        return ""
    if isinstance(value, bool):
        return value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return f"{value.isoformat()}T00:00:00+00:00" if value_type == "dateTime" else str(value)
    if value_type in NUMBERS:
        return float(value)
    if value_type == "boolean":
        return {"true": True, "1": True}.get(value, False)
    return str(value).strip() if value_type else value
