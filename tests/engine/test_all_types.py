"""Every concrete feature type of every schema through the encoder, against the official XSDs.

From the model alone: of each feature type the smallest instance, and of each object that a
schema reaches as many full ones as it takes for all alternatives of all its properties to
occur (see support.instances). Below a feature type every object is full on its own, inside
the smallest objects that lead to it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from commonplace.formats.gml import GmlEncoder
from commonplace.gml.document import foot, head
from commonplace.model import load_model
from commonplace.model.types import Kind, QName, local_name
from commonplace.target import Dataset, Shape, TargetBatch, TargetCrs
from support.instances import Impossible, Maker, Occurrence, Thing, batches
from support.xsd import gml_errors

ETRS89 = TargetCrs("EPSG:4258", "http://www.opengis.net/def/crs/EPSG/0/4258", True, 7, True)
DATASET = Dataset("types", "", "http://example.org/id", ETRS89)
SCHEMAS = [one.key for one in load_model().schemas() if one.feature_types]
MOST_ROWS = 20_000

# What can't be written, and why: (schema, feature type, object or None for all of it).
IMPOSSIBLE: dict[tuple[str, str], str] = {
    ("tn-w/5.0", "TrafficSeparationScheme"): "the XSD gives a concrete element an abstract type",
}


@dataclass(frozen=True)
class Place:
    """An object element, and the properties that lead to it from a feature type."""

    element: QName
    path: tuple[tuple[QName, int, Occurrence], ...] = ()

    @property
    def root(self) -> QName:
        return self.path[0][0] if self.path else self.element

    @property
    def name(self) -> str:
        steps = [one.property.name for _, _, one in self.path]
        return "/".join(
            [local_name(self.root), *steps, *([local_name(self.element)] * bool(steps))]
        )


@dataclass
class Tally:
    """What one schema's run found, by feature type."""

    instances: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    impossible: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def places(maker: Maker) -> Iterator[Place]:
    """Every object that the feature types of a schema reach, each once, shortest path first."""
    queue = [Place(one.name) for one in maker.model.feature_types(maker.schema)]
    seen = {one.element for one in queue}
    for place in queue:
        yield place
        try:
            maker.smallest(place.element)
        except Impossible:
            continue
        for number, prop in enumerate(maker.model.properties(place.element, maker.schema)):
            for one in maker.choices(place.element, prop):
                if one.thing is None or not maker.may_hold(place.element, number):
                    continue
                if one.thing.element not in seen:
                    seen.add(one.thing.element)
                    step = (place.element, number, one)
                    queue.append(Place(one.thing.element, (*place.path, step)))


def instances(maker: Maker, place: Place) -> list[Thing]:
    """The smallest and the full things of a place, wrapped up to its feature type."""
    depth = 1 if place.path else 2
    made = [] if place.path else [maker.smallest(place.element)]
    turns = maker.turns(place.element)
    made += [maker.full(place.element, turn, depth) for turn in range(turns)]
    for element, number, one in reversed(place.path):
        made = [maker.with_one(element, number, replace(one, thing=each)) for each in made]
    return made


def test_all(tmp_path: Path, shared: Path, schema: str, tallies: dict[str, Tally]) -> None:
    tally = tallies.setdefault(schema, run(schema, tmp_path, shared / "inspire" / "schemas"))
    assert not tally.errors


def run(key: str, folder: Path, schemas: Path) -> Tally:
    model = load_model()
    maker = Maker(model, key)
    tally = Tally()
    ids = itertools.count()
    made: list[tuple[Place, TargetBatch]] = []
    for place in places(maker):
        try:
            things = instances(maker, place)
        except Impossible as problem:
            tally.impossible[place.name] = str(problem)
            continue
        made += [(place, batch) for batch in batches(maker, things, ids)]
    shapes = [batch.shape for _, batch in made]
    for number, some in enumerate(documents(made)):
        path = folder / f"{number}.gml"
        write(key, shapes, some, path)
        rows = [place for place, batch in some for _ in range(batch.rows)]
        for place in rows:
            tally.instances[local_name(place.root)] += 1
        before = path.read_bytes().partition(b"<wfs:member>")[0].count(b"\n")
        broken: dict[int, list[str]] = {}
        for error in gml_errors(path, schemas):
            line, _, message = error.partition(": ")
            broken.setdefault(int(line) - before - 1, []).append(message)
        for row, messages in broken.items():
            tally.failed[local_name(rows[row].root)] += 1
            tally.errors += [f"{rows[row].name}: {one}" for one in messages]
    return tally


def documents(
    made: list[tuple[Place, TargetBatch]],
) -> Iterator[list[tuple[Place, TargetBatch]]]:
    some: list[tuple[Place, TargetBatch]] = []
    for one in made:
        some.append(one)
        if sum(batch.rows for _, batch in some) >= MOST_ROWS:
            yield some
            some = []
    if some:
        yield some


def write(key: str, shapes: list[Shape], some: list[tuple[Place, TargetBatch]], path: Path) -> None:
    """A document of batches; its head declares what any batch of the schema uses."""
    model = load_model()
    schema = model.schema(key)
    dataset = replace(DATASET, schema=key)
    piece = path.with_suffix(".piece")
    encoder = GmlEncoder(dataset, piece, schema, model.code_list)
    for _, batch in some:
        encoder.write(batch)
    encoder.close()
    start = head(dataset, schema, shapes, sum(batch.rows for _, batch in some), None)
    path.write_bytes(start.encode() + piece.read_bytes() + foot(dataset).encode())
