"""A mapping as INSPIRE's matching table: what each property is, and what fills it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from commonplace.mapping.plan import Compiled, Item, Leaf, Part, Struct, TypeMapping
from commonplace.model.types import Kind, Property
from commonplace.target import Node, Shape

_INPUT: Final = re.compile(r"\bc(\d+)\b")


@dataclass(frozen=True, slots=True)
class Match:
    """One row of the matching table.

    Parameters
    ----------
    section, feature_type, path
        The property, ``dateOfConstruction.beginning``, and the section that fills it.
    definition
        The model's, in a sentence.
    need
        ``mandatory``, ``voidable`` or ``optional``.
    values
        The code list or the built-in type that its values are of.
    columns
        The source columns that it is made of.
    rule
        How, in words: a constant, the expression, another object, a void.
    codes
        Source value → code, where a table translates (None: no value).
    """

    section: str
    feature_type: str
    path: str
    definition: str
    need: str
    values: str
    columns: tuple[str, ...]
    rule: str
    codes: tuple[tuple[str, str | None], ...] = ()


def matches(compiled: Compiled) -> Iterator[Match]:
    """All properties that a mapping fills, in schema order, feature type by feature type."""
    for mapping in compiled.types:
        yield from _of_shape(mapping, mapping.shape, mapping.parts, "")


def _of_shape(
    mapping: TypeMapping, shape: Shape, parts: Sequence[Part], above: str
) -> Iterator[Match]:
    by_name = {one.name: one for one in parts}
    for node in shape.nodes:
        path = f"{above}.{node.name}" if above else node.name
        part = by_name.get(node.name)
        if part is None:
            yield _match(mapping, node, path, (), _left_out(node))
            continue
        several = len(part.items) > 1
        for number, item in enumerate(part.items):
            place = f"{path}[{number + 1}]" if several else f"{path}[]" if item.many else path
            yield from _of_item(mapping, node, item, place)


def _of_item(mapping: TypeMapping, node: Node, item: Item, path: str) -> Iterator[Match]:
    if isinstance(item.value, Struct):
        named = (one for one in node.objects if one.name == item.value.name)
        shape = next(named, node.objects[0])
        yield from _of_shape(mapping, shape, item.value.parts, path)
    else:
        yield _of_leaf(mapping, node, item.value, path)


def _of_leaf(mapping: TypeMapping, node: Node, leaf: Leaf, path: str) -> Match:
    numbers = [leaf.output] if leaf.output is not None else []
    if leaf.link is not None:
        numbers += leaf.link.outputs
    if leaf.own_id:
        numbers += mapping.id_outputs
    columns = dict.fromkeys(one for number in numbers for one in _columns(mapping, number))
    if leaf.operators is not None:
        behind = [one for each in leaf.operators for one in each.outputs if one is not None]
        read = [column for number in behind for column in _columns(mapping, number)]
        columns = dict.fromkeys(("geometry", *read))
    codes = leaf.codes.table if leaf.codes and leaf.codes.table else ()
    return _match(mapping, node, path, tuple(columns), _rule(mapping, leaf, node), codes)


def _columns(mapping: TypeMapping, output: int) -> Iterator[str]:
    for found in _INPUT.finditer(mapping.outputs[output].sql):
        yield mapping.inputs[int(found[1])]


def _rule(mapping: TypeMapping, leaf: Leaf, node: Node) -> str:
    if leaf.constant is not None:
        return f"always “{leaf.constant}”"
    if leaf.own_id:
        return "the object's own id"
    if leaf.link is not None:
        return f"the {leaf.link.feature_type} of the same row"
    if leaf.operators is not None:
        inner = "geometry"
        for applied in leaf.operators:
            inner = applied.around(inner)
        return inner
    assert leaf.output is not None
    output = mapping.outputs[leaf.output]
    translated = leaf.codes is not None and leaf.codes.table is not None
    said = [output.text] if output.column is None else [] if translated else ["as it is"]
    if leaf.codes is not None and translated:
        said.append(_unmatched(leaf.codes.unmatched))
    if leaf.scale is not None:
        factor, offset = leaf.scale
        said.append(f"× {factor:g}" + (f" + {offset:g}" if offset else ""))
    unit = dict(node.attributes).get("uom")
    if unit:
        said.append(f"in {unit}")
    if leaf.default is not None:
        said.append(f"without a value: {leaf.default}")
    if leaf.nulls:
        said.append(f"{', '.join(leaf.nulls)}: no value")
    return "; ".join(said)


def _unmatched(policy: str) -> str:
    return "translated; other values: " + {
        "error": "a finding",
        "void": "no value",
        "keep": "kept",
        "parent": "the code of their parent",
    }.get(policy, policy)


def _left_out(node: Node) -> str:
    """Why nothing in the document fills a property that is written all the same."""
    if node.void or node.constant is None:
        return f"void: {node.nil}" if node.nil else "by default"
    return f"always “{node.constant}”"


def _match(
    mapping: TypeMapping,
    node: Node,
    path: str,
    columns: tuple[str, ...],
    rule: str,
    codes: tuple[tuple[str, str | None], ...] = (),
) -> Match:
    element = node.property.element
    return Match(
        section=mapping.name,
        feature_type=mapping.shape.name,
        path=path,
        definition=element.definition or "",
        need=_need(node.property),
        values=_values(node.property),
        columns=columns,
        rule=rule,
        codes=codes,
    )


def _need(one: Property) -> str:
    if one.element.nillable:
        return "voidable"
    return "mandatory" if one.mandatory else "optional"


def _values(one: Property) -> str:
    if one.kind is Kind.CODE and one.element.code_list:
        return one.element.code_list.rpartition("/")[2]
    if one.kind is Kind.VALUE:
        return " | ".join(one.values) if one.values else one.value_type or "text"
    return one.kind.value
