"""Values of flat columns: JSON in texts, lists, and texts as XML writes them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Array = Any


def lists_of_one(values: Array) -> Array:
    """Lists of one value each; empty where there is none."""
    there = values.is_valid()
    offsets = np.concatenate([[0], np.cumsum(there.to_numpy(zero_copy_only=False))])
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), values.filter(there))


def gathered_lists(count: int, parents: npt.NDArray[np.int64], items: Array | None) -> Array:
    """Items in lists, by the row of ``count`` that each belongs to."""
    offsets = np.concatenate([[0], np.cumsum(np.bincount(parents, minlength=count))])
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), items)


def like(values: Array, aspects: Array) -> Array:
    """An attribute's column: lists of the values' lengths where the values are lists."""
    if not pa.types.is_list(values.type):
        return aspects
    lengths = pc.fill_null(pc.list_value_length(values), 0).to_pylist()
    listed = []
    for one, length in zip(aspects.to_pylist(), lengths, strict=True):
        found = one if isinstance(one, list) else json_list(one)
        listed.append(((found or []) + [None] * length)[:length])
    return pa.array(listed, pa.list_(pa.string()))


def texts(values: Array) -> Array:
    """Values as texts; lists as they are."""
    plain = pa.types.is_string(values.type) or pa.types.is_list(values.type)
    return values if plain else values.cast(pa.string())


def cast_or_none(column: Array, kind: pa.DataType) -> Array | None:
    """A column as another type; None where some value does not fit."""
    try:
        return column.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def texts_of(column: Array) -> Array:
    """Typed values as XML writes them."""
    if pa.types.is_timestamp(column.type):
        zoned = column.cast(pa.timestamp("us", column.type.tz or "UTC"))
        return pc.strftime(zoned.cast(pa.timestamp("us", "UTC")), "%Y-%m-%dT%H:%M:%SZ")
    if pa.types.is_floating(column.type):
        whole = pc.fill_null(pc.equal(column, pc.round(column)), False)
        whole = pc.and_(whole, pc.less(pc.abs(pc.fill_null(column, 0.0)), 2.0**53))
        integers = pc.if_else(whole, column, None).cast(pa.int64()).cast(pa.string())
        return pc.if_else(whole, integers, column.cast(pa.string()))
    return column.cast(pa.string())


def is_json(column: Array) -> bool:
    """Whether any text begins as a JSON array does."""
    return bool(pc.any(pc.starts_with(column, "[")).as_py())


def json_list(text: str | None) -> list[Any] | None:
    """A JSON array's items; a text that is none is its only item."""
    if text is None:
        return None
    if text.startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return [text]
        return found if isinstance(found, list) else [text]
    return [text]


def parsed_lists(column: Array) -> Array:
    """JSON arrays as lists of texts."""
    lists = [json_list(one) for one in column.to_pylist()]
    items = [item_text(item) for one in lists for item in one or ()]
    offsets = np.cumsum([0, *(len(one or ()) for one in lists)])
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(items, pa.string()))


def item_text(item: Any) -> str | None:
    """An item of a JSON array as XML writes it."""
    if item is None or isinstance(item, str):
        return item
    return json.dumps(item, ensure_ascii=False)


def scalar(value: Any) -> Any:
    """A value of JSON; what has members as JSON text."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def column_of(values: Iterable[Any]) -> Array:
    """Values as a column; as texts where they are of several types."""
    found = list(values)
    try:
        return pa.array(found)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if one is None else str(one) for one in found], pa.string())


def as_text(column: Array) -> Array:
    """Lists and structs as JSON text; the rest as it is."""
    if not pa.types.is_nested(column.type):
        return column
    texts = [
        None if one is None else json.dumps(one, ensure_ascii=False, default=str)
        for one in column.to_pylist()
    ]
    return pa.array(texts, pa.string())


def built_in(kind: pa.DataType) -> str:
    """The XSD built-in of an Arrow type."""
    if pa.types.is_boolean(kind):
        return "boolean"
    if pa.types.is_integer(kind):
        return "integer"
    if pa.types.is_floating(kind):
        return "double"
    if pa.types.is_date(kind):
        return "date"
    return "dateTime" if pa.types.is_timestamp(kind) else "string"
