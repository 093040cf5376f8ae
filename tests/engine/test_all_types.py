"""Every concrete feature type of every schema through the encoder, against the official XSDs.

From the model alone: of each feature type the smallest instance, and of each object that a
schema reaches as many full ones as it takes for all alternatives of all its properties to
occur (see support.instances). Below a feature type every object is full on its own, inside
the smallest objects that lead to it; objects that several schemas see alike (GML's own,
metadata) are tried in the first.
"""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pytest

from commonplace.formats.gml import GmlEncoder
from commonplace.gml.document import foot, head
from commonplace.model import Model, load_model
from commonplace.model.types import Kind, Property, QName, local_name, namespace_of
from commonplace.target import LOCAL_ID, ORDINAL, Dataset, Shape, TargetBatch, TargetCrs
from support.instances import Impossible, Maker, Occurrence, Thing, batches
from support.xsd import gml_errors

ETRS89 = TargetCrs("EPSG:4258", "http://www.opengis.net/def/crs/EPSG/0/4258", True, 7, True)
DATASET = Dataset("types", "", "http://example.org/id", ETRS89)
SCHEMAS = [one.key for one in load_model().schemas() if one.feature_types]
MOST_ROWS = 20_000

ABSTRACT = "its type is abstract in the XSD, nobody can write it"
RING = "only a LinearRing or Ring, which stand inside other geometries"
SOLID = "only a solid, which needs heights; see test_solids"
ANYTHING = "any element of any schema"

# Feature types and other objects that can't be written at all.
IMPOSSIBLE = {
    "tn-w:TrafficSeparationScheme": ABSTRACT,
    "gml:TimeTopologyComplex": ABSTRACT,
    "wml2:Timeseries": ABSTRACT,
    "gml:Rectangle": RING,
    "gml:Triangle": RING,
}
# Properties whose object can't be given inline: by reference or not at all.
BY_REFERENCE = {
    "bu-core3d:geometrySolid": SOLID,
    "el-tin:geometries": "only a Tin, with control points and the longest edge",
    "ef:procedure": ANYTHING,
    "gml:member": ANYTHING,
    "gml:rangeParameters": ANYTHING,
    "gml:resultOf": ANYTHING,
    "om:procedure": ANYTHING,
    "sams:hostedProcedure": ANYTHING,
    "spec:samplingMethod": ANYTHING,
    "gml:exterior": RING,
    "gml:interior": RING,
    "gml:solidMember": SOLID,
    "gml:solidMembers": SOLID,
    "gml:solidProperty": SOLID,
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
    impossible: set[str] = field(default_factory=set)
    by_reference: set[str] = field(default_factory=set)
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


Views = dict[QName, list[tuple[Property, ...]]]


@pytest.fixture(scope="module")
def views() -> Views:
    """What objects below features were tried, as seen from a schema."""
    return {}


@pytest.fixture(scope="module")
def tallies() -> dict[str, Tally]:
    return {}


@pytest.mark.parametrize("key", SCHEMAS)
def test_instances_are_valid(
    tmp_path: Path, shared: Path, tallies: dict[str, Tally], views: Views, key: str
) -> None:
    tally = run(key, tmp_path, shared / "inspire" / "schemas", views)
    tallies[key] = tally
    assert tally.errors == []
    assert tally.impossible <= set(IMPOSSIBLE)
    assert tally.by_reference <= set(BY_REFERENCE)


def test_table(tallies: dict[str, Tally], capsys: pytest.CaptureFixture[str]) -> None:
    if len(tallies) < len(SCHEMAS):
        pytest.skip("needs the runs of all schemas")
    model = load_model()
    types = {key: len(model.feature_types(key)) for key in SCHEMAS}
    passed = {key: len(set(one.instances) - set(one.failed)) for key, one in tallies.items()}
    counts = {key: one.instances.total() for key, one in tallies.items()}
    valid = {key: counts[key] - one.failed.total() for key, one in tallies.items()}
    row = "{:<20} {:>3} of {:>3} types {:>7,} of {:>7,} instances".format
    lines = [row(key, passed[key], types[key], valid[key], counts[key]) for key in SCHEMAS]
    sums = [sum(one.values()) for one in (passed, types, valid, counts)]
    left = {**IMPOSSIBLE, **BY_REFERENCE}
    reasons = [f"  not inline: {name}: {reason}" for name, reason in left.items()]
    with capsys.disabled():
        sys.stdout.write("\n".join(["", *lines, row("all", *sums), *reasons, ""]))
    assert sums[:2] == [285, 286]
    assert sums[2] == sums[3] > 20_000
    # what begins to be possible must leave the tables
    assert set.union(*(one.impossible for one in tallies.values())) == set(IMPOSSIBLE)
    assert set.union(*(one.by_reference for one in tallies.values())) == set(BY_REFERENCE)


def test_an_abstract_type_can_not_be_written(tmp_path: Path, shared: Path) -> None:
    """The reason why one feature type of 286 is missing: the XSD's, not the encoder's."""
    key = "tn-w/5.0"
    element = load_model().feature_type(key, "TrafficSeparationScheme").name
    shape = Shape(element, (), identified=True, feature=True)
    columns = pa.RecordBatch.from_pydict({ORDINAL: pa.array([0]), LOCAL_ID: pa.array(["1"])})
    path = tmp_path / "one.gml"
    write(key, [shape], [(Place(element), TargetBatch(shape, columns))], path)
    errors = gml_errors(path, shared / "inspire" / "schemas")
    assert any("TrafficSeparationScheme" in one and "abstract" in one for one in errors)


def test_a_wrong_instance_is_told(tmp_path: Path, shared: Path) -> None:
    """The proof can fail: an address without the locator it needs."""
    key = "ad/4.0"
    maker = Maker(load_model(), key)
    element = maker.model.feature_type(key, "Address").name
    smallest = maker.smallest(element)
    kept = [one for one in smallest.occurrences if one[1].property.name != "locator"]
    assert len(kept) < len(smallest.occurrences)
    made = batches(maker, [replace(smallest, occurrences=tuple(kept))], itertools.count())
    some = [(Place(element), one) for one in made]
    write(key, [one.shape for _, one in some], some, tmp_path / "one.gml")
    errors = gml_errors(tmp_path / "one.gml", shared / "inspire" / "schemas")
    assert any("locator" in one for one in errors)


def run(key: str, folder: Path, schemas: Path, views: Views) -> Tally:
    model = load_model()
    maker = Maker(model, key)
    tally = Tally()
    ids = itertools.count()
    made: list[tuple[Place, TargetBatch]] = []
    for place in places(maker):
        left_out(maker, place, tally)
        view = model.properties(place.element, key)
        if place.path and view in views.setdefault(place.element, []):
            continue
        views.setdefault(place.element, []).append(view)
        try:
            things = instances(maker, place)
        except Impossible:
            tally.impossible.add(prefixed(model, place.element))
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


def left_out(maker: Maker, place: Place, tally: Tally) -> None:
    """Note what no batch can hold of an object's properties."""
    for prop in maker.model.properties(place.element, maker.schema):
        found = maker.choices(place.element, prop)
        by_reference = prop.kind in (Kind.CODE, Kind.REFERENCE)
        if not by_reference and all(one.href or one.nil for one in found):
            tally.by_reference.add(prefixed(maker.model, prop.element.name))
        if prop.kind is Kind.OBJECT:
            missing = [one for one in prop.objects if not maker.is_possible(one)]
            tally.impossible.update(prefixed(maker.model, one) for one in missing)


def prefixed(model: Model, name: QName) -> str:
    return f"{model.schema_of(namespace_of(name)).prefix}:{local_name(name)}"


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
    path.write_bytes(start.encode() + piece.read_bytes() + foot(dataset, schema).encode())
