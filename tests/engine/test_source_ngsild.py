"""NGSI-LD brokers: any representation gives the same rows, paging ends, faults are told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.compute as pc
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.batch import GEOMETRY, Query
from commonplace.errors import (
    Cancelled,
    LayerNotFound,
    MalformedAnswer,
    ServerFault,
    SourceError,
    Unreachable,
)
from commonplace.http import Client, Limits, credentials_for
from commonplace.job import GeoQuery, NgsiSpec, SourceSpec
from commonplace.ngsi.attributes import VALUE_OF
from commonplace.sources import ngsipages, open_source
from commonplace.sources.geojson import as_text
from commonplace.sources.ngsichecks import Checks
from commonplace.sources.ngsicolumns import COMPANIONS, Parsed, parse_entities
from commonplace.sources.ngsihistory import instants, moments
from commonplace.sources.ngsild import NgsiLdSource
from commonplace.sources.ngsipages import linked
from commonplace.sources.notes import Notebook
from commonplace.sources.probing import probe
from servers.broker import Broker, Entity, Faults, concise, feature, serve, server, shown
from servers.broker import Query as Asked
from support.sources import Watcher, codes, read, shapes

QUICK = Limits(retries=1, pause=0.01)
CORE = "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.9.jsonld"


def sensors(count: int) -> list[Entity]:
    return [
        {
            "id": f"urn:ngsi-ld:Sensor:{number}",
            "type": "Sensor",
            "level": {
                "type": "Property",
                "value": number / 2,
                "observedAt": "2026-01-01T00:00:00Z",
                "unitCode": "P1",
            },
            "name": {"type": "LanguageProperty", "languageMap": {"lv": "ī", "en": "i"}},
            "refPole": {"type": "Relationship", "object": f"urn:ngsi-ld:Pole:{number % 3}"},
            "location": {
                "type": "GeoProperty",
                "value": {"type": "Point", "coordinates": [24 + number / 10_000, 57, 5]},
            },
        }
        for number in range(count)
    ]


def connected(url: str, token: str | None = None, **spec: Any) -> NgsiLdSource:
    client = Client(credentials=credentials_for(url, token=token), limits=QUICK)
    return NgsiLdSource(SourceSpec(url=url, **spec), client=client)


@pytest.fixture
def broker() -> Broker:
    broker = Broker()
    broker.load(sensors(250))
    broker.load([{"id": "urn:ngsi-ld:Pole:1", "type": "Pole", "name": "P1"}])
    return broker


# --- layers and rows ---


def test_a_layer_a_type(broker: Broker) -> None:
    with serve(broker) as url:
        opened = open_source(SourceSpec(url=f"{url}/ngsi-ld/v1"))
        assert isinstance(opened, NgsiLdSource)
        assert not broker.requests
        layers = {one.name: one for one in opened.layers()}
        assert set(layers) == {"Sensor", "Sensor@history", "Pole"}
        sensor = layers["Sensor"]
        assert (sensor.count, sensor.crs, sensor.geometry_type) == (250, "OGC:CRS84", "Point")
        assert sensor.field_names == (
            "id",
            "type",
            "level",
            "level_observedAt",
            "level_unitCode",
            "name",
            "refPole",
        )
        assert layers["Pole"].geometry_type is None
        table = read(opened, sensor)
        assert table.num_rows == 250
        row = table.to_pylist()[3]
        assert row["level"] == 1.5
        assert json.loads(row["name"]) == {"lv": "ī", "en": "i"}
        assert row["refPole"] == "urn:ngsi-ld:Pole:0"
        assert shapely.from_wkb(row[GEOMETRY]).z == 5
        with pytest.raises(LayerNotFound) as caught:
            opened.layer("Sensors")
        assert "'Sensor'" in str(caught.value)


@pytest.mark.parametrize("address", ["", "/ngsi-ld", "/ngsi-ld/v1/types", "/ngsi-ld/v1/"])
def test_any_address_of_the_broker(broker: Broker, address: str) -> None:
    with serve(broker) as url:
        assert len(connected(url + address).layers()) == 3


@pytest.mark.parametrize(
    "root",
    [
        httpx.Response(200, html="<html>Welcome</html>"),
        httpx.Response(404, json={"error": "not found"}),
        httpx.Response(404, json={"type": "https://uri.etsi.org/ngsi-ld/errors/ResourceNotFound"}),
    ],
    ids=["web page", "not found", "problem"],
)
def test_a_broker_is_recognised_by_its_host_alone(root: httpx.Response) -> None:
    listed = {"id": "x", "type": "EntityTypeList", "typeList": ["Sensor"]}

    def answer(request: httpx.Request) -> httpx.Response:
        types = request.url.path == "/ngsi-ld/v1/types"
        return httpx.Response(200, json=listed) if types else root

    client = Client(limits=QUICK, transport=httpx.MockTransport(answer))
    assert probe("http://b.example", client) == "ngsild"


def test_query_of_the_address_goes_along(broker: Broker) -> None:
    with serve(broker) as url:
        opened = connected(f"{url}/ngsi-ld/v1/entities?type=Sensor&idPattern=:1$&limit=7")
        assert [one.name for one in opened.layers()] == ["Sensor", "Sensor@history"]
        assert read(opened)["id"].to_pylist() == ["urn:ngsi-ld:Sensor:1"]


def test_normalized_form_brings_times_and_units(broker: Broker) -> None:
    with serve(broker) as url:
        opened = connected(f"{url}/ngsi-ld/v1/entities?type=Sensor&options=normalized")
        row = read(opened).to_pylist()[2]
    assert row["level"] == 1.0
    assert row["level_observedAt"] == "2026-01-01T00:00:00Z"
    assert row["level_unitCode"] == "P1"
    assert row["refPole"] == "urn:ngsi-ld:Pole:2"


def test_filters_are_applied_here(broker: Broker) -> None:
    with serve(broker) as url:
        opened = connected(url)
        layer = opened.layer("Sensor")
        box = (24.00005, 56.9, 24.00035, 57.1)  # 3D points, which geo-queries don't find
        assert read(opened, layer, bbox=box)["level"].to_pylist() == [0.5, 1.0, 1.5]
        assert read(opened, layer, where=(("level", "7"),), columns=["id"]).to_pylist()[0][
            "id"
        ] == ("urn:ngsi-ld:Sensor:14")
        assert read(opened, layer, limit=3).num_rows == 3


def test_attribute_of_several_types(broker: Broker) -> None:
    broker.load([{"id": "urn:x:odd", "type": "Sensor", "level": "high", "late": [1, 2]}])
    with serve(broker) as url:
        opened = connected(url)
        table = read(opened, opened.layer("Sensor"))
    assert table["level"].to_pylist()[-2:] == ["124.5", "high"]
    assert table["late"].to_pylist()[-1] == "[1, 2]"
    assert codes(opened) == {"TYPES_DIFFER"}


# --- paging ---


@pytest.mark.parametrize(
    "faults",
    [
        {},
        {"most": 40},
        {"links": False},
        {"links": False, "past_end": "empty"},
        {"links": False, "counts": False},
        {"links": False, "counts": False, "past_end": "empty"},
        {"links": False, "counts": False, "most": 40},
        {"counts": False},
        {"geojson": False},
        {"break_at": 100, "breaks": 1},
    ],
    ids=str,
)
def test_paging_ends_with_all(broker: Broker, faults: dict[str, Any]) -> None:
    broker.faults = Faults(**faults)
    with serve(broker) as url:
        opened = connected(url, page_size=50)
        table = read(opened, opened.layer("Sensor"))
    assert table["id"].to_pylist() == [f"urn:ngsi-ld:Sensor:{n}" for n in range(250)]
    assert codes(opened) == set()
    assert len(broker.requests) < 16


def test_pages_that_overlap_give_each_entity_once(broker: Broker) -> None:
    broker.tenants[""].insert(60, broker.tenants[""][10])
    with serve(broker) as url:
        opened = connected(url, page_size=50)
        assert read(opened, opened.layer("Sensor")).num_rows == 250
    assert codes(opened) == {"DUPLICATES_DROPPED", "COUNT_DIFFERS"}


def test_next_links_that_loop(broker: Broker) -> None:
    broker.faults = Faults(loop=True)
    with serve(broker) as url:
        opened = connected(url, page_size=50)
        with pytest.raises(MalformedAnswer):
            read(opened, opened.layer("Sensor"))
    assert codes(opened) == {"PAGES_REPEAT"}


@pytest.mark.parametrize(
    ("breaking", "kind"),
    [("status", ServerFault), ("truncated", MalformedAnswer), ("html", MalformedAnswer)],
)
def test_fault_in_the_middle(broker: Broker, breaking: str, kind: type[SourceError]) -> None:
    broker.faults = Faults(break_at=100, breaking=breaking)
    with serve(broker) as url:
        opened = connected(url, page_size=50)
        with pytest.raises(kind) as caught:
            read(opened, opened.layer("Sensor"))
    assert "page 3, after 100 features" in str(caught.value)


def test_cancelled(broker: Broker) -> None:
    observer = Watcher(1_000)
    with serve(broker) as url:
        opened = NgsiLdSource(SourceSpec(url=url, page_size=50), observer)
        layer = opened.layer("Sensor")
        observer.left = 2
        with pytest.raises(Cancelled):
            list(opened.batches(layer, Query()))


def test_next_link_among_links() -> None:
    header = '</e?a=1,2&offset=0>;rel="prev";type="x", </e?a=1,2&offset=4>;rel="next";type="x"'
    context = f'<{CORE}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
    assert linked([context, header], "next") == "/e?a=1,2&offset=4"
    assert linked([context], "next") is None
    assert linked(["<b>; rel=next"], "next") == "b"
    assert linked(['<b>; title="a, b; c"; rel="next"'], "next") == "b"


# --- what brokers say ---


def test_partial_result(broker: Broker) -> None:
    broker.faults = Faults(warning='199 127.0.0.1:9 "No response"')
    with serve(broker) as url:
        opened = connected(url)
        assert read(opened, opened.layer("Sensor")).num_rows == 250
    assert codes(opened) == {"PARTIAL_RESULT"}


def test_fewer_than_counted_is_told_more_is_not(broker: Broker) -> None:
    def miscounting(count: str) -> httpx.MockTransport:
        body = [{"id": "urn:x:1", "type": "Sensor"}, {"id": "urn:x:2", "type": "Sensor"}]
        headers = {"NGSILD-Results-Count": count}
        return httpx.MockTransport(lambda _: httpx.Response(200, json=body, headers=headers))

    for count, found in (("1", set()), ("9", {"COUNT_DIFFERS"})):
        client = Client(limits=QUICK, transport=miscounting(count))
        url = "http://b.example/ngsi-ld/v1/entities?type=Sensor"
        opened = NgsiLdSource(SourceSpec(url=url), client=client)
        assert read(opened).num_rows == 2
        assert codes(opened) == found


def test_tenant(broker: Broker) -> None:
    broker.load([{"id": "urn:x:t", "type": "Tree"}], tenant="riga")
    with serve(broker) as url:
        assert [one.name for one in connected(url, tenant="riga").layers()] == ["Tree"]
        with pytest.raises(ServerFault) as caught:
            connected(url, tenant="rgia").layers()
    assert "rgia" in str(caught.value)


def test_context_and_token_on_every_request(broker: Broker) -> None:
    broker.faults = Faults(token="t0p")
    with serve(broker) as url:
        opened = connected(url, token="t0p", context=CORE, page_size=50)
        assert read(opened, opened.layer("Sensor")).num_rows == 250
        with pytest.raises(ServerFault):
            connected(url).layers()
    sent = [one.headers for one in broker.requests if "authorization" in one.headers]
    assert len(sent) > 5
    assert all(one["link"].startswith(f"<{CORE}>;") for one in sent)
    assert "t0p" not in repr(opened.evidence())


def test_broker_without_types(broker: Broker) -> None:
    broker.faults = Faults(types=False)
    with serve(broker) as url:
        with pytest.raises(ServerFault) as caught:
            connected(url).layers()
        assert "entities?type=" in str(caught.value)
        named = connected(f"{url}/ngsi-ld/v1/entities?type=Sensor")
        assert read(named).num_rows == 250


def test_long_address_is_posted(broker: Broker) -> None:
    ids = ",".join(f"urn:ngsi-ld:Sensor:{n}" for n in range(200))
    with serve(broker) as url:
        opened = connected(f"{url}/ngsi-ld/v1/entities?type=Sensor&id={ids}", page_size=50)
        table = read(opened)
    assert table["id"].to_pylist() == [f"urn:ngsi-ld:Sensor:{n}" for n in range(200)]
    posted = [one for one in broker.requests if one.method == "POST"]
    assert len(posted) == 1 + 4
    assert all(one.path.startswith("/ngsi-ld/v1/entityOperations/query?") for one in posted)
    assert codes(opened) == set()


@pytest.mark.parametrize("faults", [{"links": False}, {"counts": False, "links": False}], ids=str)
def test_posted_pages_end_without_links(broker: Broker, faults: dict[str, Any]) -> None:
    broker.faults = Faults(**faults)
    every = ",".join(f"urn:ngsi-ld:Sensor:{n}" for n in range(250))
    with serve(broker) as url:
        opened = connected(f"{url}/ngsi-ld/v1/entities?type=Sensor&id={every}", page_size=100)
        assert read(opened).num_rows == 250
    assert {one.method for one in broker.requests} == {"POST"}


def test_414_before_our_own_limit_is_posted_too(broker: Broker) -> None:
    broker.faults = Faults(longest_url=90)
    with serve(broker) as url:
        opened = connected(f"{url}/ngsi-ld/v1/entities?type=Sensor", page_size=100, ngsi=NARROW)
        assert read(opened)["level"].to_pylist() == [1.0]


NARROW = NgsiSpec(
    q="level>=1;level<=2;refPole==urn:ngsi-ld:Pole:2",
    attrs=["level", "location"],
    geoQ=GeoQuery("near;maxDistance==2000", "Point", "[24,57]", "location"),
    idPattern=".*Sensor:.*",
)


def test_unknown_parameter_is_quoted(broker: Broker) -> None:
    with serve(broker) as url, pytest.raises(ServerFault) as caught:
        connected(f"{url}/ngsi-ld/v1/entities?type=Sensor&foo=1").layers()
    assert "foo" in str(caught.value)


def test_unreachable() -> None:
    def refuse(_: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    client = Client(limits=QUICK, transport=httpx.MockTransport(refuse))
    with pytest.raises(Unreachable):
        NgsiLdSource(SourceSpec(url="http://b.example"), client=client).layers()


# --- representations ---


def in_all_forms(entity: Entity) -> list[dict[str, Any]]:
    """The rows that all representations of a normalized entity give, by name of the form."""
    found = []
    for name in ("normalized", "concise", "simplified"):
        query = Asked([("format", name)], geojson=False)
        for one in (shown(entity, query), feature(entity, query)):
            row = row_of(parse_entities([one], with_geometry=True))
            found.append(without_companions(row) if name == "simplified" else row)
    return found


def row_of(made: Parsed) -> dict[str, Any]:
    (row,) = made.batch.to_pylist()
    return {name: value for name, value in row.items() if value is not None}


def without_companions(row: dict[str, Any]) -> dict[str, Any]:
    """Without what simplified form does not tell: metadata and sub-attributes."""
    known = {one for one in row if not any(one.startswith(f"{other}_") for other in row)}
    return {name: value for name, value in row.items() if name in known}


def assert_same_in_all_forms(entity: Entity) -> None:
    rows = in_all_forms(entity)
    normalized = rows[0]
    for number, row in enumerate(rows):
        expected = without_companions(normalized) if number >= 4 else normalized
        assert row == expected, (entity["id"], number)


def test_all_forms_of_the_recorded_entities(shared: Path) -> None:
    path = shared / "ngsild" / "transcripts" / "coraine-v191.json"
    recorded = {one["label"]: one for one in json.loads(path.read_text(encoding="utf-8"))}
    entities = recorded["batch upsert"]["request"]["body"]
    for entity in entities:
        entity.pop("@context")
        assert_same_in_all_forms(entity)
    lamp = row_of(parse_entities(entities[:1], with_geometry=True))
    assert lamp["illuminanceLevel"] == 0.7
    assert lamp["illuminanceLevel_unitCode"] == "P1"
    assert lamp["powerState_observedAt"] == "2026-01-01T00:00:00Z"
    assert json.loads(lamp["refAll"]) == ["urn:ngsi-ld:X:1", "urn:ngsi-ld:X:2"]
    assert lamp["scope"] == "/Riga/Centrs"
    assert shapely.from_wkb(lamp[GEOMETRY]).wkt == "POINT Z (24.110000000000003 56.95 12.5)"
    assert parse_entities(entities, with_geometry=False).further == {"illuminanceLevel": 5}


def etsi_entities(shared: Path) -> dict[str, Entity]:
    """The suite's entities in normalized form, by file."""
    found = {}
    for path in sorted((shared / "ngsild" / "etsi-data" / "entities").rglob("*.json*")):
        try:
            body = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            continue
        for number, one in enumerate(body if isinstance(body, list) else [body]):
            if (
                not isinstance(one, dict)
                or not isinstance(one.get("id"), str)
                or not one.get("type")
            ):
                continue
            entity = {name: value for name, value in one.items() if name != "@context"}
            if all(_is_normalized(value) for name, value in entity.items() if name not in NAMES):
                found[f"{path.parent.name}/{path.name}#{number}"] = entity
    return found


def test_all_forms_of_the_etsi_entities(shared: Path) -> None:
    """Every form of every entity of the suite gives the same feature."""
    entities = etsi_entities(shared)
    assert len(entities) > 120
    kinds: set[str] = set()
    for entity in entities.values():
        assert_same_in_all_forms(entity)
        for name, value in entity.items():
            if name not in NAMES:
                kinds |= {one["type"] for one in (value if isinstance(value, list) else [value])}
    assert kinds >= {*VALUE_OF} - {"ListProperty", "ListRelationship"}


NAMES = ("id", "type", "scope", "createdAt", "modifiedAt", "deletedAt", "expiresAt")


def _is_normalized(value: Any) -> bool:
    instances = value if isinstance(value, list) else [value]
    return all(
        isinstance(one, dict) and one.get("type") in VALUE_OF and VALUE_OF[one["type"]] in one
        for one in instances
    )


json_values = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3),
    max_leaves=4,
)
texts = st.text("abcē ", min_size=1, max_size=6)
positions = st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(list)
ATTRIBUTES = {
    "Property": json_values | st.dictionaries(st.sampled_from(["street", "city"]), texts),
    "GeoProperty": positions.map(lambda one: {"type": "Point", "coordinates": one}),
    "Relationship": st.just("urn:x:1") | st.lists(st.just("urn:x:2"), min_size=1, max_size=2),
    "LanguageProperty": st.dictionaries(st.sampled_from(["lv", "en"]), texts, min_size=1),
    "VocabProperty": texts,
    "JsonProperty": st.dictionaries(st.sampled_from(["a", "b"]), json_values),
    "ListProperty": st.lists(st.integers(0, 9), min_size=1, max_size=3),
    "ListRelationship": st.lists(st.just("urn:x:3"), min_size=1, max_size=2),
}


@st.composite
def attributes(draw: st.DrawFn) -> dict[str, Any]:
    kind = draw(st.sampled_from(sorted(ATTRIBUTES)))
    made: dict[str, Any] = {"type": kind, VALUE_OF[kind]: draw(ATTRIBUTES[kind])}
    if draw(st.booleans()):
        made["observedAt"] = "2026-01-01T00:00:00Z"
    if draw(st.booleans()):
        made["accuracy"] = {"type": "Property", "value": draw(st.integers(0, 9)), "unitCode": "MTR"}
    return made


@st.composite
def instances(draw: st.DrawFn) -> list[dict[str, Any]]:
    kind = draw(st.sampled_from(sorted(ATTRIBUTES)))
    made = [{"type": kind, VALUE_OF[kind]: draw(ATTRIBUTES[kind])} for _ in range(2)]
    made[1]["datasetId"] = "urn:d:1"
    return made


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    names = st.sampled_from(["a", "b", "c", "location"])
    stated = draw(st.dictionaries(names, attributes() | instances(), max_size=4))
    place = stated.pop("location", None)
    if place is not None:
        stated["location"] = {"type": "GeoProperty", "value": draw(ATTRIBUTES["GeoProperty"])}
    return {"id": "urn:x:1", "type": draw(st.sampled_from(["T", ["T", "U"]])), **stated}


@given(entities())
@settings(max_examples=150, deadline=None)
def test_any_entity_is_the_same_in_all_forms(entity: Entity) -> None:
    assert_same_in_all_forms(entity)


@given(st.lists(entities(), min_size=1, max_size=6))
@settings(max_examples=80, deadline=None)
def test_a_page_gives_the_rows_of_its_entities(page: list[Entity]) -> None:
    """Column by column is the same as entity by entity, also on pages that mix forms."""
    forms = [
        shown(one, Asked([("format", name)], geojson=False))
        for one, name in zip(page, ["normalized", "concise"] * 3, strict=False)
    ]
    made = parse_entities(forms, with_geometry=True)
    for row, one in zip(made.batch.to_pylist(), forms, strict=True):
        alone = row_of(parse_entities([one], with_geometry=True))
        together = {name: value for name, value in row.items() if value is not None}
        for name, value in alone.items():
            if name in made.mixed:
                assert together[name] in (value, as_text(value)), name
            else:
                assert together[name] == value, name
        assert together.keys() == alone.keys()


def test_etsi_answers_as_geojson(shared: Path) -> None:
    folder = shared / "ngsild" / "etsi-data" / "entities" / "expectations"
    checked = 0
    for path in sorted(folder.glob("*-normalized*.geojson")):
        body = json.loads(path.read_text(encoding="utf-8"))
        features = body.get("features", [body])
        made = parse_entities(features, with_geometry=True)
        for one, wkb in zip(features, made.batch.column(GEOMETRY).to_pylist(), strict=True):
            if one["geometry"] is not None:
                expected = shapely.from_geojson(json.dumps(one["geometry"]))
                assert shapely.from_wkb(wkb).equals(expected), path.name
                checked += 1
        assert "location" not in made.batch.schema.names
    assert checked >= 6
    simple = json.loads((folder / "building-two-geometry-attribute-simplified.geojson").read_text())
    full = json.loads((folder / "building-two-geometry-attribute-normalized.geojson").read_text())
    assert row_of(parse_entities([simple], with_geometry=True)) == row_of(
        parse_entities([full], with_geometry=True)
    )


def test_concise_value_of_an_object() -> None:
    """An object of the user's own is no attribute in concise form."""
    made = parse_entities(
        [{"id": "x", "type": "T", "a": {"object": 1, "subject": 2}}], with_geometry=False
    )
    assert json.loads(row_of(made)["a"]) == {"object": 1, "subject": 2}
    assert concise({"type": "Property", "value": 3}) == 3


def test_an_attribute_called_geometry_is_not_the_geometry() -> None:
    entity = {"id": "urn:x:1", "type": "T", "geometry": {"type": "Property", "value": "round"}}
    for located in (True, False):
        row = row_of(parse_entities([entity], with_geometry=located))
        assert row["geometry_2"] == "round"
        assert GEOMETRY not in row


def test_sub_attributes_stand_beside() -> None:
    level = {
        "type": "Property",
        "value": 1,
        "accuracy": {"type": "Property", "value": 0.5, "unitCode": "MTR"},
        "measuredBy": {"type": "Relationship", "object": "urn:x:s"},
        "instanceId": "urn:i:1",
    }
    entity = {"id": "urn:x:1", "type": "T", "level": level, "level_accuracy": {"value": "own"}}
    row = row_of(parse_entities([entity], with_geometry=False))
    assert row == {
        "id": "urn:x:1",
        "type": "T",
        "level": 1,
        "level_accuracy": "own",
        "level_accuracy_2": 0.5,
        "level_accuracy_unitCode": "MTR",
        "level_measuredBy": "urn:x:s",
    }
    assert set(COMPANIONS) == {"observedAt", "unitCode", "lang"}


def test_parking_over_http(shared: Path) -> None:
    """A public client's fixture: one lot (its location a "Geoproperty") and its spots."""
    path = shared / "data" / "services_open" / "parking_system.jsonld"
    entities = json.loads(path.read_text(encoding="utf-8"))
    for faults in (Faults(), Faults(geojson=False, links=False, counts=False)):
        broker = Broker(faults=faults)
        broker.load(entities)
        with serve(broker) as url:
            opened = connected(url, page_size=100)
            layers = {one.name: one for one in opened.layers()}
            tables = [read(opened, layers[one]) for one in ("OffStreetParking", "ParkingSpot")]
            spots = read(opened, layers["OffStreetParking.refParkingSpot"])
        assert sum(one.num_rows for one in tables) == len({one["id"] for one in entities}) == 415
        assert shapes(tables[0])[0].equals(shapely.Point(-8.60961198807, 41.150691773))
        assert GEOMETRY not in tables[1].column_names
        assert set(spots["refParkingSpot"].to_pylist()) == set(tables[1]["id"].to_pylist())


# --- what the job asks ---


@pytest.mark.parametrize("length", [8_000, 100])
def test_what_the_job_states_goes_to_the_broker(broker: Broker, length: int) -> None:
    broker.load([{**one, "scope": ["/Riga/Centrs"]} for one in renamed(sensors(4), "Scoped")])
    asked = NgsiSpec(
        q="level>=0.5",
        scopeQ="/Riga/#",
        attrs=["level", "name", "location"],
        lang="lv",
        geoQ=GeoQuery("near;maxDistance==9", "Point", "[24.0003,57]"),
    )
    with serve(broker) as url:
        broker.faults = Faults(longest_url=length)
        opened = connected(f"{url}/ngsi-ld/v1/entities?type=Scoped", ngsi=asked)
        table = read(opened)
    assert table["id"].to_pylist() == ["urn:ngsi-ld:Scoped:3", "urn:ngsi-ld:Scoped:2"]
    assert table["name"].to_pylist() == ["ī", "ī"]
    assert table["name_lang"].to_pylist() == ["lv", "lv"]
    assert "refPole" not in table.column_names


def renamed(entities: list[Entity], kind: str) -> list[Entity]:
    return [{**one, "id": one["id"].replace("Sensor", kind), "type": kind} for one in entities]


def test_simplified_form_is_asked_for(broker: Broker) -> None:
    with serve(broker) as url:
        opened = connected(url, ngsi=NgsiSpec(form="simplified"))
        table = read(opened, opened.layer("Sensor"))
    assert "level_observedAt" not in table.column_names
    assert table["level"].to_pylist()[3] == 1.5
    assert any("options=keyValues" in one.path for one in broker.requests)


def test_another_geometry(broker: Broker) -> None:
    area = {"type": "Polygon", "coordinates": [[[24, 56], [25, 56], [25, 57], [24, 56]]]}
    place = {"type": "Point", "coordinates": [24.5, 56.2]}
    broker.load([{"id": "urn:x:b", "type": "B", "location": place, "operationSpace": area}])
    with serve(broker) as url:
        opened = connected(url, ngsi=NgsiSpec(geometry="operationSpace"))
        layer = opened.layer("B")
        table = read(opened, layer)
    assert layer.geometry_type == "Polygon"
    assert shapes(table)[0].area == 0.5
    assert json.loads(table["location"].to_pylist()[0]) == place


def test_types_that_the_address_lists_are_layers_of_their_own(broker: Broker) -> None:
    with serve(broker) as url:
        opened = connected(f"{url}/ngsi-ld/v1/entities?type=Sensor,Pole")
        assert read(opened, opened.layer("Pole")).num_rows == 1
        with pytest.raises(LayerNotFound):
            opened.layer()


def test_related_entities_are_no_rows(broker: Broker) -> None:
    with serve(broker) as url:
        opened = connected(f"{url}/ngsi-ld/v1/entities?type=Sensor&join=flat", page_size=500)
        table = read(opened, opened.layer("Sensor"))
    assert set(table["type"].to_pylist()) == {"Sensor"}
    assert table.num_rows == 250


# --- instances and history ---


def test_instances_are_a_layer_of_their_own() -> None:
    broker = Broker()
    level = [
        {"type": "Property", "value": 0.7, "unitCode": "P1"},
        {"type": "Property", "value": 0.6, "unitCode": "P1", "datasetId": "urn:d:calib"},
    ]
    broker.load([{"id": f"urn:x:{n}", "type": "Lamp", "level": level} for n in range(30)])
    broker.load([{"id": "urn:x:late", "type": "Lamp", "level": level[0], "other": level}])
    with serve(broker) as url:
        opened = connected(url)
        assert [one.name for one in opened.layers()] == ["Lamp", "Lamp.level"]
        table = read(opened, opened.layer("Lamp.level"))
        assert table.num_rows == 61
        assert table.slice(0, 2).to_pylist() == [
            {
                "id": "urn:x:0@@none",
                "entity": "urn:x:0",
                "datasetId": None,
                "level": 0.7,
                "level_unitCode": "P1",
            },
            {
                "id": "urn:x:0@urn:d:calib",
                "entity": "urn:x:0",
                "datasetId": "urn:d:calib",
                "level": 0.6,
                "level_unitCode": "P1",
            },
        ]
        assert len(set(table["id"].to_pylist())) == 61
        main = read(opened, opened.layer("Lamp"))
        assert set(main["level"].to_pylist()) == {0.7}
        assert codes(opened) == {"INSTANCES_LEFT_OUT", "COLUMNS_APPEARED"}
        # Seen in no sample, yet there for who asks.
        assert read(opened, opened.layer("Lamp.other")).num_rows == 2
        with pytest.raises(LayerNotFound):
            opened.layer("Lamp.nothing")


def with_history() -> Broker:
    broker = Broker()
    for hour in range(6):
        for number in range(3):
            lamp = {
                "id": f"urn:x:{number}",
                "type": "Lamp",
                "level": {
                    "type": "Property",
                    "value": hour * 10 + number,
                    "unitCode": "P1",
                    "observedAt": f"2026-01-01T0{hour}:00:00Z",
                },
                "state": {
                    "type": "Property",
                    "value": "on",
                    "observedAt": f"2026-01-01T0{hour - hour % 2}:00:00Z",
                },
                "location": {
                    "type": "GeoProperty",
                    "value": {"type": "Point", "coordinates": [24 + number, 57]},
                },
            }
            broker.tenants[""] = [one for one in broker.tenants[""] if one["id"] != lamp["id"]]
            broker.load([lamp])
    return broker


def test_history_is_a_time_series() -> None:
    with serve(with_history()) as url:
        opened = connected(url, page_size=2)
        layer = opened.layer("Lamp@history")
        table = read(opened, layer)
    assert layer.time_field == "time"
    assert table.schema.field("time").type == pa.timestamp("us", "UTC")
    assert table.num_rows == 18
    first = table.filter(pc.equal(table["entity"], "urn:x:1")).sort_by("time").to_pylist()
    assert [one["level"] for one in first] == [1, 11, 21, 31, 41, 51]
    assert [one["state"] for one in first] == ["on", None, "on", None, "on", None]
    assert {one["level_unitCode"] for one in first} == {"P1"}
    assert first[3]["time"] == datetime(2026, 1, 1, 3, tzinfo=UTC)
    assert shapely.from_wkb(first[0][GEOMETRY]).x == 25
    assert codes(opened) == set()


def test_history_between_times() -> None:
    spec = NgsiSpec(since="2026-01-01T01:30:00Z", until="2026-01-01T03:30:00Z", attrs=["level"])
    with serve(with_history()) as url:
        opened = connected(url, ngsi=spec)
        table = read(opened, opened.layer("Lamp@history"))
    assert sorted(table["level"].to_pylist()) == [20, 21, 22, 30, 31, 32]
    assert "state" not in table.column_names


def test_history_that_is_cut_short_is_asked_for_period_by_period() -> None:
    broker = with_history()
    broker.faults = Faults(moments=4)
    with serve(broker) as url:
        opened = connected(url, page_size=2)
        table = read(opened, opened.layer("Lamp@history"))
        assert sorted(filter_none(table["level"])) == sorted(
            h * 10 + n for h in range(6) for n in range(3)
        )
        assert len(set(table["id"].to_pylist())) == table.num_rows == 18
        assert codes(opened) == set()
        last = connected(
            f"{url}/ngsi-ld/v1/entities?type=Lamp&timerel=after&timeAt=2025-01-01T00:00:00Z"
        )
        assert read(last, last.layer("Lamp@history")).num_rows < 18
        assert codes(last) == {"PARTIAL_RESULT"}


def filter_none(column: pa.ChunkedArray) -> list[Any]:
    return [one for one in column.to_pylist() if one is not None]


def test_broker_without_history_gives_the_latest() -> None:
    broker = with_history()
    broker.faults = Faults(temporal=False)
    with serve(broker) as url:
        opened = connected(url)
        assert [one.name for one in opened.layers()] == ["Lamp"]
        table = read(opened, opened.layer("Lamp@history"))
    assert sorted(filter(None, table["level"].to_pylist())) == [50, 51, 52]
    assert table.num_rows == 6
    assert codes(opened) == {"HISTORY_UNSUPPORTED"}


def test_pairs_of_values_and_times_are_history_too() -> None:
    told = {
        "id": "urn:x:1",
        "type": "T",
        "a": {
            "type": "Property",
            "values": [[1, "2026-01-01T00:00:00Z"]] * 2 + [[2, "2026-01-02"]],
        },
        "b": {"type": "Relationship", "objects": [["urn:x:2", "2026-01-02"]]},
        "c": [
            {"type": "Property", "value": 5, "observedAt": "2026-01-01T00:00:00Z"},
            {"type": "Property", "value": 6, "observedAt": "2026-01-01T00:00:00Z"},
            {
                "type": "Property",
                "value": 7,
                "observedAt": "2026-01-01T00:00:00Z",
                "datasetId": "urn:d:1",
            },
        ],
    }
    rows = moments([told], "observedAt")
    made = parse_entities(rows, with_geometry=False).batch.to_pylist()
    assert [(one["time"], one["datasetId"], one["a"], one["b"], one["c"]) for one in made] == [
        ("2026-01-01T00:00:00Z", None, 1, None, 5),
        ("2026-01-01T00:00:00Z", None, None, None, 6),
        ("2026-01-01T00:00:00Z", "urn:d:1", None, None, 7),
        ("2026-01-02", None, 2, "urn:x:2", None),
    ]
    assert len({one["id"] for one in made}) == 4


def test_times_with_and_without_zone() -> None:
    texts = ["2026-01-01T00:00:00+02:00", "2026-01-01T00:00:00", "2026-01-01", None]
    times, wrong = instants([*texts, "2026-01-01T00:00:00,1234567Z", "yesterday"])
    assert wrong == 1
    assert [one and one.isoformat() for one in times.to_pylist()] == [
        "2025-12-31T22:00:00+00:00",
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T00:00:00+00:00",
        None,
        "2026-01-01T00:00:00.123456+00:00",
        None,
    ]


# --- coordinates ---


def test_swapped_coordinates_are_told(broker: Broker) -> None:
    right = {"type": "Point", "coordinates": [24.1, 56.9]}
    wrong = {"type": "Point", "coordinates": [56.9, 24.1]}
    metres = {"type": "Point", "coordinates": [506_000, 312_000]}
    broker.load(
        [
            {"id": f"urn:x:{n}", "type": "T", "location": one}
            for n, one in enumerate([right, wrong, wrong, metres])
        ]
    )
    with serve(broker) as url:
        opened = connected(url)
        read(opened, opened.layer("T"))
        found = {one.code: one for one in opened.findings()}
        assert set(found) == {"COORDINATES_SWAPPED", "COORDINATES_OUT_OF_RANGE"}
        assert (found["COORDINATES_SWAPPED"].count, found["COORDINATES_SWAPPED"].feature) == (
            2,
            "urn:x:1",
        )
        assert found["COORDINATES_OUT_OF_RANGE"].feature == "urn:x:3"
        mended = connected(f"{url}/ngsi-ld/v1/entities?type=T&id=urn:x:1,urn:x:2", ngsi=SWAPPED)
        assert shapes(read(mended))[0].equals(shapely.Point(24.1, 56.9))
        assert codes(mended) == set()
        # In the Emirates, and the job knows that they are.
        meant = connected(f"{url}/ngsi-ld/v1/entities?type=T&id=urn:x:1", bbox=(50, 20, 60, 30))
        read(meant)
        assert codes(meant) == set()


SWAPPED = NgsiSpec(swapped=True)


def test_swapped_official_examples(shared: Path) -> None:
    """The examples of Smart Data Models that notes list as swapped, and no other."""
    suspected = set()
    looked_at = 0
    for path in sorted((shared / "ngsild" / "sdm").glob("*/*/examples/example-normalized.jsonld")):
        entity = json.loads(path.read_text(encoding="utf-8"))
        made = parse_entities([entity], with_geometry=True)
        if made.shapes is None or made.shapes[0] is None:
            continue
        notebook = Notebook()
        Checks(notebook, "T", None).positions(made)
        looked_at += 1
        if {one.code for one in notebook.findings()}:
            suspected.add(path.parts[-3])
    assert looked_at > 30
    assert suspected == {
        "AirQualityMonitoring",
        "SludgeQualityObserved",
        "TransportStation",
        "WaterObserved",
        "WaterQualityPredicted",
    }


# --- contexts ---


def test_a_context_that_is_not_bundled(broker: Broker) -> None:
    own = "https://city.example/context.jsonld"
    with serve(broker) as url:
        opened = connected(url, context=own)
        assert read(opened, opened.layer("Sensor")).num_rows == 250
        assert codes(opened) == {"CONTEXT_UNKNOWN"}
        with pytest.raises(SourceError):
            connected(url, context=own, ngsi=NgsiSpec(unknown_context="refuse"))


def test_expanded_names_are_shortened_by_bundled_contexts() -> None:
    broker = Broker()
    iri = "https://smartdatamodels.org/dataModel.Building/"
    floors = {"type": "Property", "value": 3, "observedAt": "2026-01-01T00:00:00Z"}
    broker.load(
        [{"id": "urn:x:1", "type": f"{iri}Building", f"{iri}floorsAboveGround": floors, "own": 1}]
    )
    with serve(broker) as url:
        opened = connected(url)
        layer = opened.layer("Building")
        table = read(opened, layer)
        details = opened.evidence().details["layers"]["Building"]
    assert table.column_names[:4] == [
        "id",
        "type",
        "floorsAboveGround",
        "floorsAboveGround_observedAt",
    ]
    assert table["floorsAboveGround"].to_pylist() == [3]
    assert details["undefined_terms"] == ["own"]


# --- other brokers ---


def test_a_sloppy_broker() -> None:
    """As cassiopeia: every attribute a list without type, limit ignored, no links, no counts."""
    body = [
        {"id": f"urn:x:{n}", "type": "T", "a": [{"value": n}], "r": [{"object": "urn:x:0"}]}
        for n in range(30)
    ]

    def answer(request: httpx.Request) -> httpx.Response:
        if "count" in str(request.url):
            return httpx.Response(400, json={"title": "unknown parameter count"})
        return httpx.Response(200, json=body)

    client = Client(limits=QUICK, transport=httpx.MockTransport(answer))
    url = "http://b.example/ngsi-ld/v1/entities?type=T"
    opened = NgsiLdSource(SourceSpec(url=url), client=client)
    table = read(opened)
    assert table["a"].to_pylist() == list(range(30))
    assert table["r"].to_pylist() == ["urn:x:0"] * 30
    assert codes(opened) == set()


def test_an_empty_page_with_a_next_link_is_not_the_end() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params.get("offset", 0))
        page = (
            [] if offset == 10 else [{"id": f"urn:x:{offset + n}", "type": "T"} for n in range(10)]
        )
        following = f'</ngsi-ld/v1/entities?type=T&limit=10&offset={offset + 10}>; rel="next"'
        headers = {"Link": following} if offset < 20 else {}
        return httpx.Response(200, json=page, headers=headers)

    client = Client(limits=QUICK, transport=httpx.MockTransport(answer))
    url = "http://b.example/ngsi-ld/v1/entities?type=T"
    opened = NgsiLdSource(SourceSpec(url=url, page_size=10), client=client)
    assert read(opened).num_rows == 20


def test_empty_pages_for_ever_end() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        offset = int(request.url.params.get("offset", 0))
        page = [{"id": "urn:x:1", "type": "T"}] if not offset else []
        link = f'</ngsi-ld/v1/entities?type=T&offset={offset + 10}>; rel="next"'
        return httpx.Response(200, json=page, headers={"Link": link})

    client = Client(limits=QUICK, transport=httpx.MockTransport(answer))
    opened = NgsiLdSource(
        SourceSpec(url="http://b.example/ngsi-ld/v1/entities?type=T"), client=client
    )
    assert read(opened).num_rows == 1


# --- every entity arrives ---


@pytest.mark.parametrize("most", [17, 250, 10_000])
def test_every_entity_arrives_over_a_restart(most: int) -> None:
    """Whatever the broker's largest page, and though it restarts in the middle."""
    broker = Broker(faults=Faults(most=most))
    broker.load(sensors(1_500))
    running = server(broker)
    port = running.server_address[1]
    restarts: list[int] = []

    def restart(done: int) -> None:
        nonlocal running
        if done > 700 and not restarts:
            running.shutdown()
            running.server_close()
            running = started(server(broker, port))
            restarts.append(done)

    started(running)
    try:
        url = f"http://127.0.0.1:{port}"
        client = Client(limits=Limits(retries=5, pause=0.05))
        opened = NgsiLdSource(SourceSpec(url=url), Noticing(restart), client)
        table = read(opened, opened.layer("Sensor"))
    finally:
        running.shutdown()
        running.server_close()
    assert table["id"].to_pylist() == [one["id"] for one in broker.tenants[""]]
    assert restarts
    assert codes(opened) == set()


def started(running: ThreadingHTTPServer) -> ThreadingHTTPServer:
    threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
    return running


class Noticing:
    """An observer that hears of progress."""

    def __init__(self, heard: Callable[[int], None]) -> None:
        self._heard = heard

    def progress(self, step: str, done: int, total: int | None) -> None:
        self._heard(done)

    def message(self, text: str) -> None:
        return None

    def cancelled(self) -> bool:
        return False


def test_what_slips_through_when_others_are_deleted_is_fetched(broker: Broker) -> None:
    """Deleting an entity of a page already read shifts the offsets of all that follow."""
    kept = broker.tenants[""]

    def delete(done: int) -> None:
        if done == 100 and kept[0]["id"].endswith("Sensor:0"):
            del kept[:3]

    with serve(broker) as url:
        client = Client(limits=QUICK)
        spec = SourceSpec(url=url, page_size=50)
        opened = NgsiLdSource(spec, Noticing(delete), client)
        table = read(opened, opened.layer("Sensor"))
    there = {one["id"] for one in kept if one["type"] == "Sensor"}
    assert there <= set(table["id"].to_pylist())
    assert table.num_rows == len(set(table["id"].to_pylist())) == 250
    assert codes(opened) == {"DATA_CHANGED"}


@pytest.mark.parametrize("posted", [False, True])
def test_a_broker_that_ends_before_its_count(posted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Orion-LD beyond an offset of 50,000: what is behind is asked for by ends of ids."""
    monkeypatch.setattr(ngsipages, "DEEP", 500)
    broker = Broker(faults=Faults(deepest=500))
    broker.load([{"id": f"urn:x:{n}", "type": "T", "n": 1} for n in range(1_300)])
    asked = NgsiSpec(attrs=["n", "m" * 5_000] if posted else ["n"])
    with serve(broker) as url:
        opened = connected(f"{url}/ngsi-ld/v1/entities?type=T", page_size=100, ngsi=asked)
        table = read(opened)
    assert set(table["id"].to_pylist()) == {f"urn:x:{n}" for n in range(1_300)}
    assert table.num_rows == 1_300
    assert codes(opened) == set()
    assert ("POST" in {one.method for one in broker.requests}) is posted
    assert len(broker.requests) < 60


def test_a_broker_that_counts_too_many_is_not_asked_for_ever() -> None:
    asked: list[str] = []
    body = [{"id": f"urn:x:{n}", "type": "T"} for n in range(10_000)]

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        page = body if not int(request.url.params.get("offset", 0)) else []
        return httpx.Response(200, json=page, headers={"NGSILD-Results-Count": "20000"})

    client = Client(limits=QUICK, transport=httpx.MockTransport(answer))
    url = "http://b.example/ngsi-ld/v1/entities?type=T"
    opened = NgsiLdSource(SourceSpec(url=url, page_size=10_000), client=client)
    assert read(opened).num_rows == 10_000
    assert codes(opened) == {"COUNT_DIFFERS"}
    assert len(asked) < 100


def test_etsi_answers_simplified_and_normalized(shared: Path) -> None:
    """Pairs of answers that the suite expects of a broker: the same values from both."""
    folder = shared / "ngsild" / "etsi-data" / "entities" / "expectations"
    paired = 0
    for path in sorted(folder.rglob("*-simplified*")):
        names = [path.name.replace("-simplified", one) for one in ("-normalized", "")]
        other = next((one for name in names if (one := path.with_name(name)).exists()), None)
        if other is None or "level" in path.name:  # joined entities nest otherwise
            continue
        simple, full = (_rows(json.loads(one.read_text(encoding="utf-8"))) for one in (path, other))
        assert simple == full, path.name
        paired += 1
    assert paired >= 4


def _rows(body: Any) -> list[dict[str, Any]]:
    entities = body if isinstance(body, list) else [body]
    return [
        without_companions(row_of(parse_entities([one], with_geometry=True))) for one in entities
    ]
