"""Documents as plain values, to compare what was converted with what it was made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from commonplace.gml.reading import open_gml
from support import canonical

OF_NAMES = {  # MT005: only spelling and language of a single name are written
    "nativeness",
    "nameStatus",
    "sourceOfName",
    "script",
    "grammaticalGender",
    "grammaticalNumber",
}


def features(path: Path) -> dict[str, Any]:
    """The features of a GML document by type and local id."""
    with open_gml(path) as reading:
        return {
            f"{name}.{local_id}": row
            for name in reading.types
            for batch in reading.batches(name)
            for local_id, row in canonical.features(batch).items()
        }


def without(value: Any, names: set[str]) -> Any:
    """Canonical values without some properties and without void reasons."""
    if isinstance(value, dict):
        kept = {key: without(one, names) for key, one in value.items() if key not in names}
        return {key: one for key, one in kept.items() if one not in ([], {})}
    if isinstance(value, list | tuple):
        return [without(one, names) for one in value if not _is_nil(one)]
    return value


def _is_nil(item: Any) -> bool:
    return isinstance(item, tuple) and bool(item) and item[0] == "nil"
