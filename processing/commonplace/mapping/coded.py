"""Values of code lists: translated and checked, by their distinct texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.mapping.frame import Frame, Place
from commonplace.mapping.plan import Codes, Leaf
from commonplace.mapping.values import clean

_CODE_TROUBLES: Final = {
    "CODE_UNMATCHED": "the value stands not among the codes of the mapping",
    "CODE_UNKNOWN": "the value is no code of {}, which is closed",
    "CODE_OWN": "the value is no code of {}; a value of one's own needs a URI",
    "CODE_REPLACED": "the value stands not among the codes of the mapping; unmatched: says "
    "what stands for it",
}


#: What stands between the levels of a hierarchical code, as in 2.1.1 or 2_1_1.
_LEVELS: Final = "._-/ "


def coded(frame: Frame, leaf: Leaf, codes: Codes, values: pa.Array, place: Place) -> pa.Array:
    """Values translated and checked, by their distinct texts."""
    texts = values if pa.types.is_string(values.type) else values.cast(pa.string())
    encoded = texts.dictionary_encode()
    distinct: list[str] = encoded.dictionary.to_pylist()
    table = dict(codes.table or ())
    results: list[str | None] = []
    troubles: dict[str, list[int]] = {}
    for number, text in enumerate(distinct):
        code, trouble = _translate(codes, table, text) if text else (None, None)
        results.append(code)
        if trouble is not None:
            troubles.setdefault(trouble, []).append(number)
    for trouble, numbers in troubles.items():
        hit = pc.is_in(encoded.indices, value_set=pa.array(numbers, encoded.indices.type))
        positions = np.flatnonzero(hit.to_numpy(zero_copy_only=False))
        told = (
            trouble,
            _CODE_TROUBLES[trouble].format(codes.name),
            leaf.path,
            place.row_of(positions),
            texts.take(pa.array(positions)),
        )
        if trouble == "CODE_REPLACED":
            frame.troubles.info(*told)
            continue
        tell = frame.troubles.warning
        if trouble in ("CODE_UNMATCHED", "CODE_UNKNOWN"):
            tell = frame.troubles.error
        tell(*told, fix="add the value to codes: in the mapping")
    return clean(pa.array(results, pa.string())).take(encoded.indices)


def _translate(
    codes: Codes, table: Mapping[str, str | None], text: str
) -> tuple[str | None, str | None]:
    """The code for a text, and the finding it causes; ``table`` is that of the codes."""
    if text in table:
        return table[text], None
    if codes.table is not None and codes.unmatched != "keep":
        return _unmatched(codes.unmatched, table, text)
    if not codes.known or text in codes.known:
        return text, None
    if codes.closed:
        return None, "CODE_UNKNOWN"
    return text, None if text.startswith(("http://", "https://")) else "CODE_OWN"


def _unmatched(
    policy: str, table: Mapping[str, str | None], text: str
) -> tuple[str | None, str | None]:
    """The code for a text that the table lacks, and the finding it causes."""
    if policy == "parent":
        for end in range(len(text) - 1, 0, -1):
            if (above := text[:end].rstrip(_LEVELS)) in table:
                return table[above], "CODE_REPLACED"
    if policy in ("error", "parent"):
        return None, "CODE_UNMATCHED"
    return (None if policy == "void" else policy), "CODE_REPLACED"
