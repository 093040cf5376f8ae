"""Shapes of several: one that holds every item of a list, or every section of a type."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commonplace.model.types import Kind, QName
from commonplace.target import Node, Shape


class Unlike(ValueError):
    """Items that can't stand in one column, for the reason given."""


def repeat(nodes: Sequence[Node]) -> Node:
    """The node of a list whose items have these nodes.

    Raises
    ------
    Unlike
        Items differ in kind (inline and by reference) or in XML attributes.
    """
    merged = _merged(nodes)
    return as_column(replace(merged, repeated=True))


def as_column(node: Node) -> Node:
    """The node, made to have at least one column, so that it may be there or not."""
    if node.void:
        return replace(node, void=False)
    if node.kind is not Kind.OBJECT:
        return replace(node, constant=None)
    return replace(node, objects=tuple(_with_column(one) for one in node.objects))


def _with_column(shape: Shape) -> Shape:
    if not all(node.is_constant for node in shape.nodes):
        return shape
    filled = [node for node in shape.nodes if not node.void] or list(shape.nodes)
    return replace(
        shape,
        nodes=tuple(as_column(node) if node is filled[0] else node for node in shape.nodes),
    )


def unite(shapes: Sequence[Shape]) -> Shape:
    """The shape of a feature type that several sections fill.

    Raises
    ------
    Unlike
        See :func:`repeat`.
    """
    return shapes[0] if len(shapes) == 1 else _merged_shape(shapes)


def _merged(nodes: Sequence[Node]) -> Node:
    first = nodes[0]
    if all(node == first for node in nodes):
        return first
    if any(node.kind is not first.kind for node in nodes):
        raise Unlike("items given inline and by reference can't be mixed")
    filled = [node for node in nodes if not node.void] or list(nodes)
    if any(node.attributes != filled[0].attributes for node in filled):
        raise Unlike("items must have the same attributes (uom, …)")
    merged = replace(
        filled[0],
        constant=None,
        void=False,
        repeated=any(node.repeated for node in nodes),
        nil=next((node.nil for node in nodes if node.nil), None),
    )
    if first.kind is not Kind.OBJECT:
        return merged
    by_element: dict[QName, list[Shape]] = {}
    for node in filled:
        for shape in node.objects:
            by_element.setdefault(shape.element, []).append(shape)
    shapes = tuple(_merged_shape(group) for group in by_element.values())
    whole = replace(merged, objects=shapes)
    return whole if len(filled) == len(nodes) else as_column(whole)


def _merged_shape(shapes: Sequence[Shape]) -> Shape:
    order = _joint_order([[node.name for node in shape.nodes] for shape in shapes])
    nodes = []
    for name in order:
        found = [node for shape in shapes if (node := shape.node(name)) is not None]
        merged = _merged(found)
        nodes.append(merged if len(found) == len(shapes) else as_column(merged))
    return replace(shapes[0], nodes=tuple(nodes))


def _joint_order(lists: Sequence[Sequence[str]]) -> list[str]:
    """All names, in an order that agrees with each list (all follow one schema)."""
    order: list[str] = []
    for names in lists:
        position = 0
        for name in names:
            if name in order:
                position = order.index(name) + 1
            else:
                order.insert(position, name)
                position += 1
    return order
