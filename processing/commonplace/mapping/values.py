"""Small operations on Arrow columns that the mapping needs, null-safe and column-wise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]

#: What XML 1.0 can't hold (production 2), as bytes below blank; U+FFFE and U+FFFF besides.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CONTROL: Final = np.array(
    [byte < 0x20 and byte not in (0x09, 0x0A, 0x0D) for byte in range(256)], dtype=bool
)
_FFF: Final = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")


def valid(array: pa.Array) -> Mask:
    """Which values are not null."""
    if array.null_count == 0:
        return np.ones(len(array), dtype=bool)
    mask: Mask = array.is_valid().to_numpy(zero_copy_only=False)
    return mask


def nulled(array: pa.Array, texts: Sequence[str]) -> pa.Array:
    """The column with the values that ``texts`` spell made null.

    A text is compared as a value of the column's type: ``9999`` is 9999.0 in a column of
    numbers, and nothing in a column of dates.
    """
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    if not texts or pa.types.is_nested(array.type) or pa.types.is_null(array.type):
        return array
    values = [one for one in (_as_type(text, array.type) for text in texts) if one is not None]
    if not values:
        return array
    hit = pc.is_in(array, value_set=pa.array(values, array.type))
    return pc.if_else(hit, None, array) if pc.any(hit).as_py() else array


def _as_type(text: str, kind: pa.DataType) -> object:
    try:
        return pa.scalar(text).cast(kind).as_py()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def joined_ids(parts: Sequence[pa.Array]) -> pa.Array:
    """Local ids of one or several texts; null where any of them is null or empty.

    Several are joined by dots. Dots and per cent signs inside them are written %2E and %25,
    so different parts never give the same id.
    """
    cleaned = [clean(part) for part in parts]
    if len(cleaned) == 1:
        return cleaned[0]
    escaped = [
        pc.replace_substring(pc.replace_substring(part, "%", "%25"), ".", "%2E") for part in cleaned
    ]
    return pc.binary_join_element_wise(*escaped, ".")


def clean(texts: pa.Array) -> pa.Array:
    """Texts without what XML forbids, empty ones null."""
    return without_forbidden(without_empty(texts))[0]


def without_empty(texts: pa.Array) -> pa.Array:
    """Empty texts made null: they say nothing, and XML readers refuse them."""
    if not len(texts):
        return texts
    lengths = pc.binary_length(texts)
    shortest = pc.min(lengths).as_py()
    if shortest is None or shortest > 0:
        return texts
    return pc.if_else(pc.equal(lengths, 0), None, texts)


def without_forbidden(texts: pa.Array) -> tuple[pa.Array, npt.NDArray[np.int64]]:
    """Texts with U+FFFD for each character that XML forbids, and the rows changed."""
    none = np.empty(0, dtype=np.int64)
    if not _may_be_forbidden(texts):
        return texts, none
    plain = texts.to_pylist()
    rows = [row for row, text in enumerate(plain) if text is not None and _FORBIDDEN.search(text)]
    if not rows:
        return texts, none
    for row in rows:
        plain[row] = _FORBIDDEN.sub("\ufffd", plain[row])
    return pa.array(plain, texts.type), np.array(rows, dtype=np.int64)


def _may_be_forbidden(texts: pa.Array) -> bool:
    """A quick look at the bytes: most columns hold nothing of the kind."""
    data = texts.buffers()[2]
    if data is None or not len(texts):
        return False
    offsets = np.frombuffer(texts.buffers()[1], dtype=np.int32)
    first, last = int(offsets[texts.offset]), int(offsets[texts.offset + len(texts)])
    part = memoryview(data)[first:last]
    content = np.frombuffer(part, dtype=np.uint8)
    if len(content) and int(content.min()) < 0x20 and bool(_CONTROL[content].any()):
        return True
    if not len(content) or int(content.max()) < 0xEF:
        return False
    raw = bytes(part)
    return any(one in raw for one in _FFF)
