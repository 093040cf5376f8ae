"""What an object holds, as 16 bytes: two objects with the same bytes hold the same.

Left out is what tells versions apart (:data:`VERSION_PROPERTIES`), and what has no value, so
that a mapping that fills one property more changes only the objects that have a value for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.model.types import Kind
from commonplace.target import TYPE, Geometries, Node, Shape, TargetBatch

#: Raised when the same content gets other bytes: packages made before are then read anew.
FORM: Final = "1"
DIGEST_BYTES: Final = 16
#: Properties of a feature, and of its identifier, that say which version it is.
VERSION_PROPERTIES: Final = frozenset(
    {"beginlifespanversion", "endlifespanversion", "inspireid.versionid"}
)

# Texts have no control characters (the mapping replaces them), so these end names, values,
# properties and items without doubt.
_NAMED, _VALUED, _ITEM = "\x01", "\x02", "\x03"

Columns = Mapping[str, pa.Array]


def digests(batch: TargetBatch) -> pa.Array:
    """The digest of each row's content, as fixed-size binaries of 16 bytes."""
    columns = batch.columns
    named = dict(zip(columns.schema.names, columns.columns, strict=True))
    geometries = _geometry_texts(batch.geometries)
    texts = _object_texts(batch.shape, named, geometries, batch.rows, "")
    salt = blake2b("\n".join([FORM, *_constants(batch.shape, "")]).encode()).digest()[:16]
    found = [
        blake2b(text or b"", digest_size=DIGEST_BYTES, salt=salt).digest()
        for text in texts.cast(pa.binary()).to_pylist()
    ]
    return pa.array(found, pa.binary(DIGEST_BYTES))


def keys(feature_type: str, ids: pa.Array) -> pa.Array:
    """The digest of each object's feature type and local id."""
    salt = blake2b(feature_type.encode(), digest_size=16).digest()
    found = [
        blake2b(one, digest_size=DIGEST_BYTES, salt=salt).digest()
        for one in ids.cast(pa.binary()).to_pylist()
    ]
    return pa.array(found, pa.binary(DIGEST_BYTES))


def _constants(shape: Shape, prefix: str) -> Iterator[str]:
    """What all objects of a shape have in common: constants and XML attributes."""
    for node in shape.nodes:
        path = f"{prefix}{node.name}"
        if path.lower() in VERSION_PROPERTIES or node.void:
            continue
        if node.constant is not None or (node.attributes and node.is_constant):
            yield f"{path}={node.constant} {sorted(node.attributes)}"
        for child in node.objects:
            yield from _constants(child, f"{path}.")


def _geometry_texts(pool: Geometries) -> pa.Array:
    wkb = shapely.to_wkb(pool, byte_order=1)
    texts = [
        None if one is None else blake2b(one, digest_size=DIGEST_BYTES).hexdigest() for one in wkb
    ]
    return pa.array(texts, pa.string())


def _object_texts(
    shape: Shape, columns: Columns, geometries: pa.Array, rows: int, prefix: str
) -> pa.Array:
    """One text for each object; null where nothing in it has a value."""
    parts: list[pa.Array] = []
    for node in shape.nodes:
        path = f"{prefix}{node.name}"
        if path.lower() in VERSION_PROPERTIES:
            continue
        for sibling in sorted(node.siblings):
            if sibling == "nil":  # why there is no value is no content
                continue
            name = f"{node.name}@{sibling}"
            parts.append(_named(name, _listed(columns[name], node, _plain)))
        if node.is_constant:
            continue
        texts = _listed(
            columns[node.name],
            node,
            lambda flat, node=node, path=path: _value_texts(node, flat, geometries, f"{path}."),
        )
        parts.append(_named(node.name, texts))
    if not parts:
        return pa.nulls(rows, pa.string())
    return _joined(parts)


def _value_texts(node: Node, values: pa.Array, geometries: pa.Array, prefix: str) -> pa.Array:
    if node.kind is Kind.GEOMETRY:
        return geometries.take(values)
    if node.kind is not Kind.OBJECT:
        return _plain(values)
    texts = []
    for child in node.objects:
        below = values if len(node.objects) == 1 else pc.struct_field(values, child.name)
        fields = {one.name: pc.struct_field(below, one.name) for one in below.type}
        made = _object_texts(child, fields, geometries, len(values), prefix)
        texts.append(_named(child.name, made) if len(node.objects) > 1 else made)
    if len(node.objects) > 1:
        texts.insert(0, _named(TYPE, pc.struct_field(values, TYPE)))
    return pc.if_else(pc.is_valid(values), _joined(texts), pa.scalar(None, pa.string()))


def _joined(texts: list[pa.Array]) -> pa.Array:
    """The texts of each row in one; null where all are."""
    filled = [pc.fill_null(one, "") for one in texts]  # null_handling="skip" loses rows
    joined = pc.binary_join_element_wise(*filled, "")
    return pc.if_else(pc.equal(joined, ""), pa.scalar(None, pa.string()), joined)


def _listed(values: pa.Array, node: Node, texts_of: object) -> pa.Array:
    """The texts of values, or, of lists, the texts of their items one behind the other."""
    assert callable(texts_of)
    if not node.repeated:
        return texts_of(values)
    flat = pc.binary_join_element_wise(pc.fill_null(texts_of(values.flatten()), ""), _ITEM, "")
    lengths = pc.fill_null(pc.list_value_length(values), 0).to_numpy(zero_copy_only=False)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32)
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets), flat), "")
    return pc.if_else(pa.array(lengths > 0), joined, pa.scalar(None, pa.string()))


def _named(name: str, texts: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(name + _NAMED, texts, _VALUED, "")


def _plain(values: pa.Array) -> pa.Array:
    if pa.types.is_timestamp(values.type):
        return pc.cast(pc.cast(values, pa.int64()), pa.string())
    return pc.cast(values, pa.string())


__all__ = ["DIGEST_BYTES", "FORM", "digests", "keys"]
