"""Values as they stand in flat columns: typed constants, codes, references, geometries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.names import ncnames
from commonplace.gml.pieces import Array
from commonplace.target import Geometries, Node

_INTEGERS: Final = frozenset(
    "integer int long short byte nonNegativeInteger positiveInteger negativeInteger "
    "nonPositiveInteger unsignedInt unsignedLong unsignedShort unsignedByte".split()
)
_REALS: Final = frozenset(("double", "float", "decimal"))


def typed(text: str, value_type: str | None) -> pa.Scalar:
    """A constant's text as a value of the type that an XSD built-in has in a batch."""
    if value_type == "boolean":
        return pa.scalar(text in ("true", "1"))
    if value_type in _INTEGERS:
        return pa.scalar(int(text), pa.int64())
    if value_type in _REALS:
        return pa.scalar(float(text))
    if value_type == "date":
        return pa.scalar(date.fromisoformat(text))
    if value_type == "dateTime":
        return pa.scalar(datetime.fromisoformat(text), pa.timestamp("us", tz="UTC"))
    return pa.scalar(text)


def encoded(values: Array) -> Array:
    """Values with a dictionary."""
    return values if pa.types.is_dictionary(values.type) else pc.dictionary_encode(values)


def addresses_of(node: Node, codes: Array) -> Array:
    """The addresses of codes, with a dictionary as they have one."""
    addresses = [code_address(node, one) for one in codes.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(codes.indices, pa.array(addresses, pa.string()))


def code_address(node: Node, code: str) -> str | None:
    """The URI of a code: its list's and the code, or what it is where it is a URI."""
    if ":" in code:
        return code
    code_list = node.property.element.code_list
    return f"{code_list}/{code}" if code_list else None


def targets(values: Array) -> Array:
    """References: the id of an object of the same dataset, or the address as it stands."""
    values = values.cast(pa.string())
    local = pc.fill_null(pc.starts_with(values, "#"), False)
    if not pc.any(local).as_py():
        return values
    ids = ncnames(pc.utf8_slice_codeunits(values.filter(local), 1))
    return pc.replace_with_mask(values, local, ids)


def plain_values(values: Any, rows: int) -> Array:
    """One scalar for all rows, or an array with a dictionary or without, as an array without."""
    if isinstance(values, pa.Scalar):
        return pa.repeat(values, rows)
    return values.dictionary_decode() if pa.types.is_dictionary(values.type) else values


def pooled(pool: Geometries, handles: Array) -> Geometries:
    """The geometries that handles point to; None where a handle is null."""
    index = pc.fill_null(handles, -1).to_numpy(zero_copy_only=False)
    found = np.full(len(index), None, dtype=object)
    found[index >= 0] = pool[index[index >= 0]]
    return found
