"""Target batches as NGSI-LD entities in normalized form, whole columns at once.

Entities of Smart Data Models have the attributes of their shape: values and objects are
Properties, references Relationships, geometries GeoProperties; where a model has
``dateObserved``, measured numbers are ``observedAt`` that time. Any other feature type is
made flat (:mod:`commonplace.formats.flat`), and its default geometry is ``location``.

ETSI GS CIM 009 v1.9.1 §4.5; normalized, because in simplified form brokers take
relationships for Properties.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.formats import flat, jsontext
from commonplace.gml.names import ncnames
from commonplace.gml.pieces import Array, Piece, join, join_or_null, unlist
from commonplace.model.types import Kind, namespace_of
from commonplace.ngsi.attributes import LOCATION, NO_DATASET, VALUE_OF
from commonplace.ngsi.entities import (
    FEATURE_CONCEPT,
    Identity,
    own_term,
    unit_code,
)
from commonplace.target import LOCAL_ID, Dataset, Node, Shape, TargetBatch

OBSERVED: Final = "dateObserved"
NUMERIC: Final = frozenset(("double", "float", "decimal", "integer", "int", "long"))

GeometryText: TypeAlias = Callable[[Array], Array]  # handles to GeoJSON geometries


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute: text before the value, the value's JSON (null: no attribute), behind it."""

    name: str
    before: str
    value: Piece
    after: Piece = "}"


@dataclass(frozen=True, slots=True)
class _Writing:
    """How values are written. ``typed``: times are typed values (§4.6.3), as attributes have
    them; inside the objects of a Property they are plain texts, as the models say.
    """

    identity: Identity
    geometry_text: GeometryText
    typed: bool = True


@dataclass(frozen=True, slots=True)
class Entities:
    """Entities as lines of JSON, each with ``,`` and a newline behind; their ids."""

    lines: Array
    features: Array
    local_ids: Array
    ids: Array


def of_model(
    batch: TargetBatch, identity: Identity, context: str, geometry_text: GeometryText
) -> Entities:
    """Entities of a type of Smart Data Models.

    Parameters
    ----------
    context
        The ``@context``, as JSON.
    """
    fields = dict(zip(batch.columns.schema.names, batch.columns.columns, strict=True))
    local_ids = fields[LOCAL_ID]
    features = flat.feature_ids(batch.shape.name, local_ids)
    ids = identity.entities(features, local_ids)
    attributes = _model_attributes(batch, fields, _Writing(identity, geometry_text))
    lines = _lines(ids, batch.shape.name, attributes, context, batch.rows)
    return Entities(lines, features, local_ids, ids)


def of_features(
    dataset: Dataset,
    batch: TargetBatch,
    identity: Identity,
    context: str,
    geometry_text: GeometryText,
) -> Entities:
    """Entities of any other feature type, made flat. See :func:`of_model`."""
    fields = dict(zip(batch.columns.schema.names, batch.columns.columns, strict=True))
    made = flat.flatten(dataset, batch, geometry_text)
    ids = identity.entities(made.ids)
    attributes = list(_flat_attributes(batch, made, fields, identity))
    if made.geometry is not None:
        attributes.insert(0, _attribute(LOCATION, "GeoProperty", geometry_text(made.geometry)))
    kind = own_term(batch.shape.name, "Inspire")
    lines = _lines(ids, kind, attributes, context, batch.rows)
    return Entities(lines, made.ids, fields[LOCAL_ID], ids)


def _lines(ids: Array, kind: str, attributes: list[Attribute], context: str, rows: int) -> Array:
    pieces: list[Piece] = ['{"id":', jsontext.quoted(ids), f',"type":{json.dumps(kind)}']
    for one in attributes:
        parts = [one.before, one.value, one.after]
        if isinstance(one.value, str) or not one.value.null_count:
            pieces += parts
        elif one.value.null_count < len(one.value):
            pieces.append(join_or_null(parts, rows))
    return join([*pieces, f',"@context":{context}}},\n'], rows)


def _attribute(name: str, kind: str, value: Piece, after: Piece = "}") -> Attribute:
    key = json.dumps(name, ensure_ascii=False)
    return Attribute(name, f',{key}:{{"type":"{kind}","{VALUE_OF[kind]}":', value, after)


# --- entities of Smart Data Models ---


def _model_attributes(
    batch: TargetBatch, fields: Mapping[str, Array], how: _Writing
) -> list[Attribute]:
    observed = _observed(batch.shape, fields)
    found = []
    for node in batch.shape.nodes:
        text = _value(node, fields, batch.rows, how)
        if text is None:
            continue
        if node.kind is Kind.REFERENCE:
            found.append(_attribute(node.name, "Relationship", text))
        elif node.kind is Kind.GEOMETRY:
            found.append(_attribute(node.name, "GeoProperty", text))
        else:
            found.append(_attribute(node.name, "Property", text, _behind(node, observed)))
    return found


def _observed(shape: Shape, fields: Mapping[str, Array]) -> Piece | None:
    """``,"observedAt":…`` of the time that a model's entities were observed at."""
    node = shape.node(OBSERVED)
    if node is None or node.property.value_type != "dateTime":
        return None
    if node.constant is not None:
        return f',"observedAt":"{node.constant}"'
    text = jsontext.values(fields[OBSERVED])
    return pc.fill_null(join_or_null([',"observedAt":', text], len(text)), "")


def _behind(node: Node, observed: Piece | None) -> Piece:
    unit = dict(node.attributes).get("uom")
    after = f',"unitCode":{json.dumps(unit_code(unit))}}}' if unit else "}"
    if observed is None or node.property.value_type not in NUMERIC:
        return after
    return observed + after if isinstance(observed, str) else join([observed, after], len(observed))


def _value(node: Node, fields: Mapping[str, Array], rows: int, how: _Writing) -> Piece | None:
    """A property's value as JSON: one text for all rows or a column; None: never any."""
    if node.void:
        return None
    if node.constant is not None:
        return _constant(node, how)
    column = fields.get(node.name)

    def texts(items: Array) -> Array:
        if node.kind is Kind.GEOMETRY:
            return how.geometry_text(items)
        if node.kind is Kind.OBJECT:
            return _objects(node, items, len(items), how)
        if node.kind is Kind.REFERENCE:
            return jsontext.quoted(_targets(items, how.identity))
        return _plain(node, items, how)

    if column is None:  # an object of constants only
        (made,) = _objects(node, None, 1, how).to_pylist()
        return f"[{made}]" if made is not None and _is_list(node) else made
    if node.repeated and node.kind is not Kind.GEOMETRY:
        items, offsets = unlist(column)
        return jsontext.bracketed(texts(items), offsets)
    text = texts(column)
    return join_or_null(["[", text, "]"], len(text)) if _is_list(node) else text


def _is_list(node: Node) -> bool:
    """Whether the model has a list where the mapping gives one value."""
    return node.property.repeated and node.kind is not Kind.GEOMETRY


def _plain(node: Node, items: Array, how: _Writing) -> Array:
    """Values of a built-in type."""
    if node.property.values and node.property.value_type in NUMERIC:
        return items.cast(pa.string())
    text = jsontext.values(items)
    return typed_times(items, text) if how.typed else text


def typed_times(items: Array, text: Array) -> Array:
    """Texts of times wrapped as typed values; of other values as they are."""
    if not pa.types.is_temporal(items.type):
        return text
    kind = "Date" if pa.types.is_date(items.type) else "DateTime"
    return join_or_null([f'{{"@type":"{kind}","@value":', text, "}"], len(text))


def _constant(node: Node, how: _Writing) -> str:
    text = node.constant or ""
    if node.kind is Kind.REFERENCE:
        value = str(_targets(pa.array([text]), how.identity)[0].as_py())
        made = json.dumps(value, ensure_ascii=False)
    elif node.kind is Kind.VALUE:
        scalar = flat.typed(text, node.property.value_type)
        array = pa.array([scalar.as_py()], scalar.type)
        made = str(_plain(node, array, how)[0].as_py())
    else:
        made = json.dumps(text, ensure_ascii=False)
    return f"[{made}]" if _is_list(node) else made


def _objects(node: Node, items: Array | None, rows: int, how: _Writing) -> Array:
    """Objects as JSON; null where one is missing or has no member."""
    shape = node.objects[0]
    inside = replace(how, typed=False)
    names = () if items is None else [one.name for one in items.type]
    fields = {name: pc.struct_field(items, name) for name in names}
    named = [
        (one.name, text)
        for one in shape.nodes
        if (text := _value(one, fields, rows, inside)) is not None
    ]
    if not named:
        return pa.nulls(rows, pa.string())
    members = jsontext.members(named, rows)
    text = join_or_null(["{", members, "}"], rows)
    empty = pc.equal(members, "")
    if items is not None and items.null_count:
        empty = pc.or_(empty, items.is_null())
    return pc.if_else(empty, pa.scalar(None, pa.string()), text)


def _targets(values: Array, identity: Identity) -> Array:
    """Relationships' objects: entity ids of objects of the data set, other ids as they are."""
    values = values.cast(pa.string())
    local = pc.fill_null(pc.starts_with(values, "#"), False)
    if not pc.any(local).as_py():
        return values
    inside = pc.utf8_slice_codeunits(values.filter(local), 1)
    return pc.replace_with_mask(values, local, identity.entities(ncnames(inside)))


# --- any other feature type, flat ---


def terms_of(shape: Shape, made: flat.Flat) -> dict[str, str]:
    """Terms for a flat feature type, with IRIs: feature concept, namespace and name."""
    kind = shape.name
    terms = {own_term(kind, "Inspire"): FEATURE_CONCEPT + kind}
    for one in made.columns:
        if _language(one) is None and one.node is not None:
            space = namespace_of(one.node.property.element.name)
            terms[own_term(one.name, kind)] = f"{space}#{one.name}"
    return terms


def _flat_attributes(
    batch: TargetBatch, made: flat.Flat, fields: Mapping[str, Array], identity: Identity
) -> Iterator[Attribute]:
    kind = batch.shape.name
    spoken = _spoken(made)
    units = {one.name: one.values for one in made.columns if one.aspect == "uom"}
    for column in made.columns:
        if _language(column) is not None:
            continue
        name = own_term(column.name, kind)
        unit = units.get(f"{column.name}_uom")
        if column.name in spoken:
            yield _attribute(name, "LanguageProperty", spoken[column.name])
        elif (related := _related(column, batch.shape, fields, identity)) is not None:
            yield _attribute(name, "Relationship", related)
        elif isinstance(column.values, pa.Scalar):
            if column.values.is_valid:
                yield _attribute(name, "Property", _scalar(column))
        elif column.json and column.node is not None and column.node.kind is Kind.GEOMETRY:
            member = "JsonProperty" if column.node.repeated else "GeoProperty"
            yield _attribute(name, member, column.values)
        else:
            plain = column.values
            text = column.values if column.json else jsontext.values(column.values)
            if not column.json:
                plain = plain.dictionary_decode() if pa.types.is_dictionary(plain.type) else plain
                text = typed_times(plain, text)
            yield _attribute(name, "Property", text, _unit(unit))


def _scalar(column: flat.Column) -> str:
    array = pa.array([column.values.as_py()], column.values.type)
    return str(typed_times(array, jsontext.values(array))[0].as_py())


def _unit(values: object) -> str:
    """``unitCode`` where the unit is one for all rows."""
    text = values.as_py() if isinstance(values, pa.Scalar) else None
    if isinstance(values, pa.DictionaryArray) and len(values.dictionary) == 1:
        text = values.dictionary[0].as_py()
    return f',"unitCode":{json.dumps(unit_code(text))}}}' if text else "}"


def _related(
    column: flat.Column, shape: Shape, fields: Mapping[str, Array], identity: Identity
) -> Piece | None:
    """A feature's own reference as entity ids; None where the column is no such."""
    node = shape.node(column.name)
    if node is None or node.kind is not Kind.REFERENCE or column.aspect:
        return None
    return _value(node, fields, 0, _Writing(identity, jsontext.values))


def _spoken(made: flat.Flat) -> dict[str, Array]:
    """Names in several languages as language maps (§4.5.18), by the name's column."""
    by_name: dict[str, list[flat.Column]] = {}
    for one in made.columns:
        if (language := _language(one)) is not None:
            by_name.setdefault(one.name.removesuffix(f"_{language}"), []).append(one)
    maps = {}
    for name, columns in by_name.items():
        named = [
            (NO_DATASET if _language(one) == flat.UNDETERMINED else str(_language(one)), text)
            for one in columns
            if (text := flat.column_text(one)) is not None
        ]
        members = jsontext.members(named, made.rows)
        text = join_or_null(["{", members, "}"], made.rows)
        maps[name] = pc.if_else(pc.equal(members, ""), pa.scalar(None, pa.string()), text)
    return maps


def _language(column: flat.Column) -> str | None:
    """The language that a column of names is in."""
    if column.language is not None or column.node is None:
        return column.language
    named = any(one.name == flat.NAME for one in column.node.objects)
    return column.aspect or None if named else None


def without_rows(batch: TargetBatch) -> TargetBatch:
    """The batch's shape and columns, no rows: enough to know which attributes there are."""
    return replace(batch, columns=batch.columns.slice(0, 0), geometries=np.empty(0, dtype=object))
