"""NGSI-LD as such: contexts offline, kinds of attributes, ids."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import build_contexts
from commonplace.ngsi import attributes, context, ids

MODELS = "https://raw.githubusercontent.com/smart-data-models/dataModel.{}/master/context.jsonld"


# --- contexts ---


def test_bundle_is_what_the_builder_makes(shared: Path, root: Path) -> None:
    packed = root / "processing/commonplace/ngsi/contexts.json.xz"
    assert build_contexts.build(shared) == packed.read_bytes()


def test_terms_of_core_and_of_a_model() -> None:
    found = context.resolve([MODELS.format("Building"), context.CORE])
    assert found.unknown == ()
    assert found.expand("location") == "https://uri.etsi.org/ngsi-ld/location"
    assert found.expand("category") == "https://smartdatamodels.org/dataModel.Building/category"
    assert found.expand("address") == "https://smartdatamodels.org/address"
    assert found.compact("https://smartdatamodels.org/address") == "address"


def test_undefined_terms_lie_in_the_default_context() -> None:
    found = context.resolve(None)
    assert found.expand("roofColour") == context.DEFAULT + "roofColour"
    assert found.compact(context.DEFAULT + "roofColour") == "roofColour"
    assert not found.defines("roofColour")
    assert found.defines("unitCode")
    assert found.expand("https://example.org/x") == "https://example.org/x"


def test_unknown_contexts_are_named_not_fetched() -> None:
    url = "https://example.org/own.jsonld"
    found = context.resolve([url, {"ex": "https://example.org/", "roof": {"@id": "ex:roof"}}])
    assert found.unknown == (url,)
    assert found.expand("roof") == "https://example.org/roof"
    assert found.expand("ex:wall") == "https://example.org/wall"


def test_core_terms_stay_whatever_others_say() -> None:
    found = context.resolve({"location": "https://example.org/location"})
    assert found.redefined == ("location",)
    assert found.expand("location") == "https://uri.etsi.org/ngsi-ld/location"


# --- attributes ---


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ({"type": "Property", "value": 3}, 3),
        ({"value": 3, "unitCode": "MTR"}, 3),
        (3, 3),
        ({"type": "Geoproperty", "value": {"type": "Point", "coordinates": [1, 2]}}, "point"),
        ({"type": "Point", "coordinates": [1, 2]}, "point"),
        ({"type": "Relationship", "object": "urn:x:1", "objectType": "X"}, "urn:x:1"),
        ({"object": ["urn:x:1", "urn:x:2"]}, ["urn:x:1", "urn:x:2"]),
        ({"languageMap": {"lv": "ī"}}, {"lv": "ī"}),
        ({"type": "VocabProperty", "vocab": "ok"}, "ok"),
        ({"json": {"a": [1]}}, {"a": [1]}),
        ({"type": "ListProperty", "valueList": [1, 2]}, [1, 2]),
        ({"objectList": ["urn:x:1"]}, ["urn:x:1"]),
        (
            {"value": {"@type": "DateTime", "@value": "2026-01-01T00:00:00Z"}},
            "2026-01-01T00:00:00Z",
        ),
        ({"type": "Property", "value": "urn:ngsi-ld:null"}, None),
        ({"languageMap": {"@none": "urn:ngsi-ld:null"}}, None),
        ({"streetAddress": "Rīgas iela 1"}, {"streetAddress": "Rīgas iela 1"}),
        ({"object": 1, "subject": 2}, {"object": 1, "subject": 2}),
        ([{"value": 1, "datasetId": "urn:d:1"}, {"value": 2}], 2),
        ([{"value": 1}], 1),
        ({"dataset": {"@none": 2, "urn:d:1": 1}}, 2),
        ({"value": 1, "quality": {"value": 0.5}}, 1),
        ([1, 2], [1, 2]),
    ],
    ids=str,
)
def test_plain_value(value: Any, plain: Any) -> None:
    expected = {"type": "Point", "coordinates": [1, 2]} if plain == "point" else plain
    assert attributes.plain_value(value) == expected


def test_instances_by_dataset() -> None:
    several = [{"value": 1}, {"value": 2, "datasetId": "urn:d:1"}]
    assert set(attributes.instances(several)) == {None, "urn:d:1"}
    assert set(attributes.instances({"dataset": {"@none": 1, "urn:d:1": 2}})) == {None, "urn:d:1"}
    assert set(attributes.instances({"value": 1, "datasetId": "urn:d:1"})) == {"urn:d:1"}
    assert attributes.instances([1, 2]) == {None: [1, 2]}


# --- ids ---


def test_ids_that_the_recorded_broker_took_and_refused(shared: Path) -> None:
    probes = json.loads((shared / "ngsild/transcripts/probe.json").read_text(encoding="utf-8"))
    checked = {True: 0, False: 0}
    for one in probes:
        if one["label"].startswith("id "):
            taken = one["status"] == 201
            assert ids.is_entity_id(one["label"].removeprefix("id ")) is taken, one["label"]
            checked[taken] += 1
    assert min(checked.values()) >= 3


def test_names_have_no_blanks() -> None:
    assert ids.is_name("roofColour")
    assert not ids.is_name("roof colour")
