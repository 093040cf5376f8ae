"""Features as GML, column-wise: a shape and its Arrow columns become pieces of text.

Each property contributes alternatives (inline, by reference, nil) that are empty text in
rows where they do not apply, so that strung together they give the element. Standards:
GML 3.2.1 (object-property pattern, 7.1.3), INSPIRE D2.7 v3.3, IR 1089/2010 on void.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.gml.geometry import SPACE, Frame, Geometries, geometry_pieces
from commonplace.gml.names import GCO, Ids, Prefixes, attribute_name, ncname, ncnames
from commonplace.gml.pieces import (
    Array,
    Piece,
    both,
    gathered,
    join,
    join_or_null,
    merged,
    offsets_of,
    parents_of,
    pick,
    texts,
    unlist,
    validity,
    where,
    worth_encoding,
)
from commonplace.gml.values import escaped, escaped_text, value_texts
from commonplace.model.types import CodeList, Kind, local_name, qname
from commonplace.target import LOCAL_ID, TYPE, Node, Shape, TargetBatch, TargetCrs

Columns: TypeAlias = Mapping[str, Array]

_VOID_REASONS: Final = "http://inspire.ec.europa.eu/codelist/VoidReasonValue/"
_ABSOLUTE: Final = r"^(?i:[a-z][a-z0-9+.-]*://|urn:)"
_NO_ATTRIBUTE: Final = ("nil", "href")  # siblings that decide what is written


@dataclass(frozen=True, slots=True)
class Writing:
    """What all features of a piece share."""

    prefixes: Prefixes
    crs: TargetCrs
    code_list: Callable[[str], CodeList | None]
    geometries: Geometries = field(default_factory=lambda: np.empty(0, dtype=object))

    def tag(self, name: str) -> str:
        return self.prefixes.tag(name)


@dataclass(frozen=True, slots=True)
class Level:
    """Rows of one depth: features, or the items of a list below them."""

    rows: int
    ids: Ids


@dataclass(frozen=True, slots=True)
class Content:
    """What one alternative of a property writes: attributes, and what stands inside.

    ``inside`` None is an empty element. ``mask`` says in which rows, None in all.
    """

    attributes: tuple[Piece, ...] = ()
    inside: tuple[Piece, ...] | None = None
    mask: Array | None = None


def feature_texts(writing: Writing, batch: TargetBatch, before: str, after: str) -> Array:
    """One string per feature: its element, between ``before`` and ``after``."""
    writing = replace(writing, geometries=batch.geometries)
    columns = dict(zip(batch.columns.schema.names, batch.columns.columns, strict=True))
    local_ids = ncnames(texts(columns[LOCAL_ID]))
    level = Level(batch.rows, Ids((f"{ncname(batch.shape.name)}.", local_ids)))
    pieces = _object(writing, batch.shape, columns, level)
    return join([before, *pieces, after], batch.rows)


def _object(writing: Writing, shape: Shape, columns: Columns, level: Level) -> list[Piece]:
    """An object element with its properties, in the shape's order."""
    tag = writing.tag(shape.element)
    pieces: list[Piece] = [f"<{tag}"]
    if shape.feature or shape.identified:
        pieces += [' gml:id="', *level.ids.pieces(), '"']
    pieces += [f' {one}="{escaped_text(value, attribute=True)}"' for one, value in shape.attributes]
    return [*pieces, ">", *_properties(writing, shape, columns, level), f"</{tag}>"]


def _properties(writing: Writing, shape: Shape, columns: Columns, level: Level) -> list[Piece]:
    pieces: list[Piece] = []
    for node in shape.nodes:
        below = Level(level.rows, level.ids.under(node.name))
        pieces += _property(writing, node, columns, below)
    return pieces


def _property(writing: Writing, node: Node, columns: Columns, level: Level) -> list[Piece]:
    if node.void:
        return _nil(writing, node, node.nil)
    if node.constant is not None:
        value = pa.array([node.constant], pa.string())
        return [join(_leaf(writing, node, value, node.nil), 1)[0].as_py()]
    column = columns.get(node.name)
    siblings = {one: columns[f"{node.name}@{one}"] for one in node.siblings}
    if node.repeated and column is not None:
        return _repeated(writing, node, column, siblings, level)
    return _one(writing, node, column, siblings, level, node.nil)


def _repeated(
    writing: Writing, node: Node, column: Array, siblings: Columns, level: Level
) -> list[Piece]:
    """A list: its items are a level of their own; a row without any gets the nil."""
    items, offsets = unlist(column)
    below = {name: unlist(sibling)[0] for name, sibling in siblings.items()}
    for name, sibling in below.items():
        if len(sibling) != len(items):
            raise ValueError(f"{node.name}@{name} has not as many items as {node.name}")
    nil = _nil(writing, node, node.nil)
    if len(items) == 0:
        return nil
    ids = level.ids
    if _has_ids(node):
        parents = parents_of(offsets)
        ids = ids.take(parents, np.arange(1, len(items) + 1) - offsets[parents])
    pieces = _one(writing, node, items, below, Level(len(items), ids), None)
    rows = gathered(join(pieces, len(items)), offsets)
    return [rows, *where(pc.equal(pc.binary_length(rows), 0), nil, level.rows)] if nil else [rows]


def _has_ids(node: Node) -> bool:
    """Whether a node's object, or anything below it, carries a ``gml:id``."""
    return node.kind is Kind.GEOMETRY or any(
        shape.identified or any(_has_ids(below) for below in shape.nodes) for shape in node.objects
    )


def _one(
    writing: Writing,
    node: Node,
    column: Array | None,
    siblings: Columns,
    level: Level,
    nil: str | None,
) -> list[Piece]:
    """A property that occurs at most once in each row: by reference, inline or nil."""
    if column is not None and not siblings and node.kind not in (Kind.OBJECT, Kind.GEOMETRY):
        return _leaf(writing, node, column, nil)
    extra = _row_attributes(writing, node, siblings)
    pieces: list[Piece] = []
    written: Array | None = pa.repeat(pa.scalar(False), level.rows)
    for one in _alternatives(writing, node, column, siblings, level):
        element = _element(writing, node, replace(one, attributes=(*one.attributes, *extra)))
        pieces += where(one.mask, element, level.rows)
        written = None if written is None or one.mask is None else pc.or_(written, one.mask)
    if written is None:
        return pieces
    return [*pieces, *_nils(writing, node, siblings, nil, pc.invert(written), level.rows)]


def _alternatives(
    writing: Writing, node: Node, column: Array | None, siblings: Columns, level: Level
) -> Iterator[Content]:
    """What may be written, in rows that exclude each other; a reference comes first."""
    inline: Array | None = None
    if "href" in siblings and node.kind not in (Kind.CODE, Kind.REFERENCE):
        href = _hrefs(siblings["href"])
        yield Content((' xlink:href="', href, '"'), None, href.is_valid())
        inline = href.is_null()
    if node.kind is Kind.OBJECT:
        contents = _objects(writing, node, column, level)
    elif column is None:
        return
    elif node.kind is Kind.GEOMETRY:
        contents = iter([_geometry(writing, node, column, level, inline)])
    else:
        contents = iter([_value(writing, node, column)])
    for one in contents:
        yield replace(one, mask=both(one.mask, inline))


def _objects(writing: Writing, node: Node, column: Array | None, level: Level) -> Iterator[Content]:
    """The object elements of a property, each in the rows that have it."""
    write = _properties if node.property.direct else _object
    if len(node.objects) == 1:
        fields = {} if column is None else _fields(column)
        mask = None if column is None else validity(column)
        yield Content((), tuple(write(writing, node.objects[0], fields, level)), mask)
        return
    branches = {} if column is None else _fields(column)
    types = branches[TYPE].dictionary_encode() if TYPE in branches else None
    for shape in node.objects:
        if types is None or shape.name not in types.dictionary.to_pylist():
            continue
        number = types.dictionary.to_pylist().index(shape.name)
        mask = pc.fill_null(pc.equal(types.indices, number), False)
        fields = _fields(branches[shape.name]) if shape.name in branches else {}
        yield Content((), tuple(write(writing, shape, fields, level)), mask)


def _fields(column: Array) -> Columns:
    """A struct's fields, null where the struct is: what lies under a null is anything."""
    return dict(zip(column.type.names, column.flatten(), strict=True))


def _geometry(
    writing: Writing, node: Node, column: Array, level: Level, inline: Array | None
) -> Content:
    allowed = frozenset(local_name(one) for one in node.property.objects)
    frame = Frame(writing.crs, allowed)
    drawable = _drawable(writing.geometries, column, frame)
    mask = both(both(validity(column), drawable), inline)
    ids = level.ids if mask is None else level.ids.filtered(mask)
    handles = column if mask is None else column.filter(mask)
    chosen = writing.geometries[handles.to_numpy()]
    pieces = geometry_pieces(chosen, ids, frame)
    if mask is not None:
        offsets = offsets_of(mask.to_numpy(zero_copy_only=False))
        pieces = [gathered(join(pieces, len(chosen)), offsets)] if len(chosen) else []
    return Content((), tuple(pieces), mask)


def _drawable(pool: Geometries, handles: Array, frame: Frame) -> Array | None:
    """Rows whose geometry is one, neither missing nor empty, and solids that have heights;
    None where all are.
    """
    useless = shapely.is_missing(pool) | shapely.is_empty(pool)
    if frame.takes_solids_alone:
        useless |= ~shapely.has_z(pool) | (frame.crs.dimension != SPACE)
    if not useless.any():
        return None
    index = pc.fill_null(handles, 0).to_numpy(zero_copy_only=False)
    return pa.array(~useless[index])


def _leaf(writing: Writing, node: Node, column: Array, nil: str | None) -> list[Piece]:
    """A property without siblings; values that repeat are written once and looked up."""
    absent = "".join(_nil(writing, node, nil))
    if not worth_encoding(column):
        return _leaf_pieces(writing, node, column, absent)
    encoded = column.dictionary_encode()
    distinct = len(encoded.dictionary)
    if distinct == 0:
        return [absent]
    elements = join(_leaf_pieces(writing, node, encoded.dictionary, absent), distinct)
    if encoded.null_count:
        elements = pa.concat_arrays([elements, pa.array([absent], pa.string())])
    return [elements.take(pc.fill_null(encoded.indices, distinct))]


def _leaf_pieces(writing: Writing, node: Node, column: Array, absent: str) -> list[Piece]:
    content = _value(writing, node, column)
    element = merged(_element(writing, node, content))
    if content.mask is None:
        return element
    start, *rest = element
    return [
        pick(content.mask, start, absent),
        *(pick(content.mask, one, "") if isinstance(one, str) else one for one in rest),
    ]


def _value(writing: Writing, node: Node, column: Array) -> Content:
    """A value, code or reference; the arrays are null where there is none."""
    if node.kind is Kind.CODE:
        href, title = _code(writing, node, texts(column))
        return Content((' xlink:href="', href, '"', *title), None, validity(href))
    if node.kind is Kind.REFERENCE:
        href = _hrefs(texts(column))
        return Content((' xlink:href="', href, '"'), None, validity(href))
    text = value_texts(column, node.property.value_type)
    inside = None if node.property.value_type == "" else (text,)
    return Content((), inside, validity(text))


def _code(writing: Writing, node: Node, values: Array) -> tuple[Array, list[Piece]]:
    """``xlink:href`` of codes (D2.7: the value's HTTP URI), and ``xlink:title`` by label."""
    uri = node.property.element.code_list
    hrefs = escaped(values, attribute=True)
    if uri is None:
        return hrefs, []
    absolute = pc.match_substring_regex(hrefs, _ABSOLUTE)
    local = pc.binary_join_element_wise(escaped_text(uri, attribute=True), hrefs, "/")
    code_list = writing.code_list(uri)
    if code_list is None or not code_list.values or "title" in node.siblings:
        return pc.if_else(absolute, hrefs, local), []
    known = pa.array([one.local for one in code_list.values], pa.string())
    labels = escaped(pa.array([one.label for one in code_list.values], pa.string()), True)
    label = labels.take(pc.index_in(values, known))
    return pc.if_else(absolute, hrefs, local), [
        join_or_null([' xlink:title="', label, '"'], len(values))
    ]


def _hrefs(values: Array) -> Array:
    """Addresses as attribute values; ``#Type.localId`` meets the ``gml:id`` it means."""
    ours = pc.starts_with(values, "#")
    if not pc.any(ours).as_py():
        return escaped(values, attribute=True)
    local = pc.binary_join_element_wise("#", ncnames(pc.utf8_slice_codeunits(values, 1)), "")
    if pc.all(ours).as_py():
        return local
    return pc.if_else(ours, local, escaped(values, attribute=True))


def _element(writing: Writing, node: Node, content: Content) -> list[Piece]:
    """The property element; its attributes are the wrapper's where there is one."""
    tag = writing.tag(node.property.element.name)
    attributes = [*content.attributes, _attributes(writing, node)]
    if content.inside is None:
        return [f"<{tag}", *attributes, "/>"]
    if node.property.wrapper is not None:
        wrapper = writing.tag(node.property.wrapper)
        return [f"<{tag}><{wrapper}", *attributes, ">", *content.inside, f"</{wrapper}></{tag}>"]
    return [f"<{tag}", *attributes, ">", *content.inside, f"</{tag}>"]


def _attributes(writing: Writing, node: Node, only: frozenset[str] | None = None) -> str:
    """The constant attributes of a property, or those of them that are named."""
    return "".join(
        f' {_attribute(writing, node, local)}="{escaped_text(value, attribute=True)}"'
        for local, value in node.attributes
        if only is None or local in only
    )


def _attribute(writing: Writing, node: Node, local: str) -> str:
    return writing.tag(attribute_name(local, [one.name for one in node.property.attributes]))


def _row_attributes(writing: Writing, node: Node, siblings: Columns) -> list[Piece]:
    """Attributes that differ from row to row; a null leaves one out."""
    return [
        _row_attribute(_attribute(writing, node, local), values)
        for local, values in siblings.items()
        if local not in _NO_ATTRIBUTE
    ]


def _row_attribute(tag: str, values: Array) -> Piece:
    text = escaped(values, attribute=True)
    return join_or_null([f' {tag}="', text, '"'], len(values))


def _nil(writing: Writing, node: Node, reason: str | None) -> list[Piece]:
    """The element that says why there is no value; nothing where the schema forbids it."""
    if reason is None or not node.property.element.nillable:
        return []
    return ["".join(_nil_pieces(writing, node, reason, {}))]


def _nils(
    writing: Writing, node: Node, siblings: Columns, nil: str | None, missing: Array, rows: int
) -> list[Piece]:
    """Nil elements in the rows where nothing else was written."""
    if not node.property.element.nillable:
        return []
    reason: Piece = nil
    if "nil" in siblings:
        reason = escaped(siblings["nil"], attribute=True)
        reason = reason if nil is None else pc.fill_null(reason, nil)
        missing = pc.and_(missing, reason.is_valid())
    return (
        [] if reason is None else where(missing, _nil_pieces(writing, node, reason, siblings), rows)
    )


def _nil_pieces(writing: Writing, node: Node, reason: Piece, siblings: Columns) -> list[Piece]:
    tag = writing.tag(node.property.element.name)
    pieces: list[Piece] = [f'<{tag} xsi:nil="true"']
    name = _nil_reason(node)
    if name is not None:
        pieces += [f' {writing.tag(name)}="{_VOID_REASONS}', reason, '"']
    if node.property.wrapper is None:
        pieces += _required(writing, node, siblings)
    return [*pieces, "/>"]


def _nil_reason(node: Node) -> str | None:
    """The attribute that takes the reason: ISO/TS 19139 has its own, some elements none."""
    if node.property.wrapper is not None:
        return qname(GCO, "nilReason")
    declared = [one.name for one in node.property.attributes]
    return next((one for one in declared if local_name(one) == "nilReason"), None)


def _required(writing: Writing, node: Node, siblings: Columns) -> list[Piece]:
    """Attributes that the schema demands even of a nil element."""
    required = {local_name(one.name): one for one in node.property.attributes if one.required}
    constant = frozenset(local for local, _ in node.attributes)
    pieces: list[Piece] = [_attributes(writing, node, frozenset(required))]
    for local, attribute in required.items():
        if local in siblings:
            tag = writing.tag(attribute.name)
            given = _row_attribute(tag, siblings[local])
            pieces.append(pc.fill_null(given, f' {tag}="unknown"'))
        elif local not in constant:
            value = attribute.fixed or attribute.default or "unknown"
            pieces.append(f' {writing.tag(attribute.name)}="{value}"')
    return pieces


def names_in(shape: Shape) -> Iterator[str]:
    """Expanded names of all elements and attributes that a shape may write."""
    yield shape.element  # a type's name where there is no object element: same namespace
    for node in shape.nodes:
        yield node.property.element.name
        if node.property.wrapper is not None:
            yield node.property.wrapper
        if node.property.element.nillable:
            yield from filter(None, [_nil_reason(node)])
        declared = [one.name for one in node.property.attributes]
        locals_ = [local for local, _ in node.attributes]
        for local in [*locals_, *(one for one in node.siblings if one not in _NO_ATTRIBUTE)]:
            yield attribute_name(local, declared)
        for below in node.objects:
            yield from names_in(below)
