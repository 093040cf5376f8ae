"""Casts of whole columns by Arrow, where every value is written as plainly as can be.

Most columns of most sources are. Arrow refuses a column with a value that isn't; such a
column is cast by SQL, which knows more spellings and tells which rows have failed. What
Arrow takes, SQL takes for the same value.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from commonplace.mapping.plan import ValueType

_FROM_TEXT: Final = frozenset({"date32", "timestamp", "int64", "float64", "bool"})
_NUMBERS: Final = frozenset({"int64", "float64"})
_LOCAL_TIMES: Final = frozenset({10, 19})  # lengths of 2021-05-17 and 2021-05-17T12:00:00


def may_be_plain(given: pa.DataType, kind: ValueType) -> bool:
    """Whether values of a type may be plainly cast: text, or numbers to numbers."""
    if pa.types.is_string(given):
        return kind.name in _FROM_TEXT
    number = pa.types.is_integer(given) or pa.types.is_floating(given)
    return number and kind.name in _NUMBERS


def plainly_cast(values: pa.Array, kind: ValueType) -> pa.Array | None:
    """The column as a type; None where SQL must look at it."""
    if not may_be_plain(values.type, kind):
        return None
    try:
        if pa.types.is_string(values.type):
            return _from_text(values, kind)
        return _without_nan(values).cast(kind.arrow)
    except pa.ArrowInvalid:
        return None


def _from_text(values: pa.Array, kind: ValueType) -> pa.Array | None:
    if kind.name == "timestamp":
        length = pc.max(pc.binary_length(values)).as_py()
        if length in _LOCAL_TIMES:  # times without a zone are UTC
            return values.cast(pa.timestamp("us")).cast(kind.arrow)
    if kind.name == "int64" and pc.any(pc.match_substring(values, "x")).as_py():
        return None  # hexadecimal, which is no number here
    return values.cast(kind.arrow)


def _without_nan(values: pa.Array) -> pa.Array:
    """NaN is null."""
    if not pa.types.is_floating(values.type):
        return values
    none = pc.is_nan(values)
    return pc.if_else(none, None, values) if pc.any(none).as_py() else values
