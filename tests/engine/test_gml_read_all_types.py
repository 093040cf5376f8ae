"""Every feature type of every schema written, read back, and compared value by value."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import pytest

from commonplace.gml.reading import open_gml
from commonplace.model import load_model
from engine.test_all_types import SCHEMAS, instances, places, write
from support import canonical
from support.instances import Impossible, Maker, batches

# A collection of features is no feature to the reader.
COLLECTIONS = frozenset({"SpatialDataSet"})
# What a batch can't hold, always with a finding: two properties of one local name, an object
# element whose text has several alternatives at once, attributes of objects that differ.
LOST = frozenset({"PROPERTY_NAME_TAKEN", "CONTENT_LEFT"})
MOST_LOST = 0.25


@pytest.mark.long
@pytest.mark.parametrize("key", SCHEMAS)
def test_reads_back_what_was_written(tmp_path: Path, key: str) -> None:
    maker = Maker(load_model(), key)
    ids = itertools.count()
    made = []
    for place in places(maker):
        try:
            things = instances(maker, place)
        except Impossible:
            continue
        made += [(place, batch) for batch in batches(maker, things, ids)]
    path = tmp_path / "all.gml"
    write(key, [batch.shape for _, batch in made], made, path)
    expected = [
        (batch.shape.name, local_id, row)
        for _, batch in made
        if batch.shape.name not in COLLECTIONS
        for local_id, row in canonical.features(batch).items()
    ]
    found: dict[tuple[str, str], Any] = {}
    with open_gml(path) as reading:
        for name in reading.types:
            for batch in reading.batches(name):
                batch.columns.validate(full=True)
                for local_id, row in canonical.features(batch).items():
                    found[name, local_id] = row
        lost = {one.attribute or "" for one in reading.findings() if one.code in LOST}
    assert found.keys() >= {(name, local_id) for name, local_id, _ in expected}
    lossy, different = 0, []
    for name, local_id, row in expected:
        read = found[name, local_id]
        if read == row:
            continue
        lossy += 1
        kept, read = _without(row, lost), _without(read, lost)
        if read != kept:
            different.append((name, local_id, *_first_difference(kept, read)))
    assert not different[:5]
    assert lossy <= MOST_LOST * len(expected)


def _without(value: Any, names: set[str]) -> Any:
    """A row without some properties, and without objects that then hold nothing."""
    if isinstance(value, dict):
        kept = {key: _without(one, names) for key, one in value.items() if key not in names}
        return {key: one for key, one in kept.items() if one != []}
    if isinstance(value, list | tuple):
        kept_items = [_without(one, names) for one in value]
        return [one for one in kept_items if not _is_empty(one)]
    return value


def _is_empty(item: Any) -> bool:
    return isinstance(item, list) and item[:1] == ["object"] and item[2:] == [{}, {}]


def _first_difference(one: Any, other: Any, path: str = "") -> tuple[str, Any, Any]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            if one.get(key) != other.get(key):
                return _first_difference(one.get(key), other.get(key), f"{path}/{key}")
    if isinstance(one, list | tuple) and isinstance(other, list | tuple) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            if left != right:
                return _first_difference(left, right, f"{path}[{number}]")
    return path, one, other
