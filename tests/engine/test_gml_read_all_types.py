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
    expected: dict[tuple[str, str], Any] = {}
    for _, batch in made:
        for local_id, row in canonical.features(batch).items():
            expected[batch.shape.name, local_id] = row
    found: dict[tuple[str, str], Any] = {}
    with open_gml(path) as reading:
        for name in reading.types:
            for batch in reading.batches(name):
                batch.columns.validate(full=True)
                for local_id, row in canonical.features(batch).items():
                    found[name, local_id] = row
    assert found.keys() == expected.keys()
    different = [key for key, row in expected.items() if found[key] != row]
    assert not [(one, *_first_difference(expected[one], found[one])) for one in different[:5]]


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
