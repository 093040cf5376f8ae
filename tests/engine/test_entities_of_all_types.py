"""Every concrete feature type as entities: made from the model alone, taken by a strict broker.

Of each feature type the smallest instance and some full ones (see support.instances).
Entities of Smart Data Models are held against the official schemas as well.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from commonplace.formats.ngsild import EntityEncoder
from commonplace.model import load_model
from commonplace.ngsi import context
from commonplace.publish.preparing import Preparation
from commonplace.publish.profiles import Profile
from commonplace.target import Dataset, TargetCrs
from servers.broker import Broker
from servers.ngsi_write import checked
from support.instances import Impossible, Maker, batches
from support.sdm import faults

ETRS89 = TargetCrs("EPSG:4258", "http://www.opengis.net/def/crs/EPSG/0/4258", True, 7, True)
MODEL = load_model()
MOST = 3  # full instances of a type: the encoders' own tests take all
USUAL = ("ad/4.0", "bu-core2d/4.0", "ef/4.0", "gn/4.0", "lunom/4.0", "plu/4.0", "tn-ro/5.0")
SCHEMAS = [
    pytest.param(one.key, marks=() if one.key in USUAL else pytest.mark.long)
    for one in MODEL.schemas()
    if one.feature_types
]
# Of single values, and of objects that are empty in the smallest instance.
NOT_OF_THE_MODEL = frozenset(
    "minimum maximum exclusiveMinimum uniqueItems minLength maxLength pattern required".split()
)
MODELS = [one.key for one in MODEL.entity_schemas()]


def made_of(key: str, folder: Path, most: int) -> Iterator[dict[str, Any]]:
    """Entities of all feature types of a schema."""
    maker = Maker(MODEL, key)
    dataset = Dataset("types", key, "XX.EXAMPLE", ETRS89)
    ids = itertools.count()
    for element in MODEL.feature_types(key):
        try:
            things = [maker.smallest(element.name)]
            turns = range(min(maker.turns(element.name), most))
            things += [maker.full(element.name, turn, 2) for turn in turns]
        except Impossible:
            continue
        for batch in batches(maker, things, ids):
            encoder = EntityEncoder(dataset, folder / "piece")
            lines = encoder.entities(batch).lines.to_pylist()
            encoder.close()
            assert len(lines) == batch.rows
            for line in lines:
                yield json.loads(line.removesuffix(",\n"), object_pairs_hook=_once)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]
    assert twice == []
    return dict(pairs)


def taken(made: list[dict[str, Any]]) -> None:
    """A strict broker takes them all, once they are prepared for it."""
    broker = Broker()
    preparation = Preparation(Profile())
    for one in made:
        prepared = preparation.entity(one)
        assert prepared is not None
        checked({k: v for k, v in json.loads(prepared.body).items() if k != "@context"}, broker)


@pytest.mark.parametrize("key", SCHEMAS)
def test_feature_types_of_inspire(key: str, tmp_path: Path) -> None:
    made = list(made_of(key, tmp_path, MOST))
    assert made
    taken(made)
    for one in made:
        known = context.resolve(one["@context"])
        assert known.redefined == ()
        names = [one["type"], *(one.keys() - {"id", "type", "@context"})]
        assert [name for name in names if not known.defines(name)] == []


@pytest.mark.parametrize("key", MODELS)
def test_models(key: str, shared: Path, tmp_path: Path) -> None:
    made = list(made_of(key, tmp_path, MOST))
    assert made
    taken(made)
    for one in made:
        for name in ("ipAddress", "batteryLevel"):  # alternatives that differ in ranges
            one.pop(name, None)
    assert faults(shared, key.removeprefix("sdm/"), made, but=NOT_OF_THE_MODEL) == []
