"""NGSI-LD brokers: any representation gives the same rows, paging ends, faults are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
import shapely

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
from commonplace.job import SourceSpec
from commonplace.sources import open_source
from commonplace.sources.entity import COMPANIONS, as_feature, further_instances
from commonplace.sources.ngsibroker import next_link
from commonplace.sources.ngsild import NgsiLdSource
from servers.broker import Broker, Entity, Faults, concise, feature, serve, shown
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
        assert set(layers) == {"Sensor", "Pole"}
        sensor = layers["Sensor"]
        assert (sensor.count, sensor.crs, sensor.geometry_type) == (250, "OGC:CRS84", "Point")
        assert sensor.field_names == ("id", "type", "level", "name", "refPole")
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
        assert len(connected(url + address).layers()) == 2


def test_query_of_the_address_goes_along(broker: Broker) -> None:
    with serve(broker) as url:
        opened = connected(f"{url}/ngsi-ld/v1/entities?type=Sensor&idPattern=:1$&limit=7")
        assert [one.name for one in opened.layers()] == ["Sensor"]
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
    assert next_link([context, header]) == "/e?a=1,2&offset=4"
    assert next_link([context]) is None
    assert next_link(["<b>; rel=next"]) == "b"
    assert next_link(['<b>; title="a, b; c"; rel="next"']) == "b"


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


def test_long_address_is_refused_in_html(broker: Broker) -> None:
    ids = ",".join(f"urn:ngsi-ld:Sensor:{n}" for n in range(1_000))
    with serve(broker) as url, pytest.raises(ServerFault) as caught:
        connected(f"{url}/ngsi-ld/v1/entities?type=Sensor&id={ids}").layers()
    assert "414" in str(caught.value)


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
    """The features that all representations of a normalized entity give, without companions."""
    found = []
    for name in ("normalized", "concise", "simplified"):
        query = Asked([("format", name)], geojson=False)
        found.append(as_feature(shown(entity, query)))
        found.append(as_feature(feature(entity, query)))
    for one in found:
        for attribute in list(one["properties"]):
            if attribute.rpartition("_")[2] in COMPANIONS:
                del one["properties"][attribute]
    return found


def test_all_forms_of_the_recorded_entities(shared: Path) -> None:
    path = shared / "ngsild" / "transcripts" / "coraine-v191.json"
    recorded = {one["label"]: one for one in json.loads(path.read_text(encoding="utf-8"))}
    for entity in recorded["batch upsert"]["request"]["body"]:
        entity.pop("@context")
        first, *others = in_all_forms(entity)
        assert all(one == first for one in others), entity["id"]
    lamp = as_feature(recorded["batch upsert"]["request"]["body"][0])
    assert lamp["properties"]["illuminanceLevel"] == 0.7
    assert lamp["properties"]["refAll"] == ["urn:ngsi-ld:X:1", "urn:ngsi-ld:X:2"]
    assert further_instances(recorded["batch upsert"]["request"]["body"]) == {"illuminanceLevel": 5}


def test_all_forms_of_the_etsi_entities(shared: Path) -> None:
    folder = shared / "ngsild" / "etsi-data" / "entities"
    checked = 0
    for path in sorted(folder.glob("*.jsonld")):
        if path.name.startswith(("invalid", "meta-model", "empty", "temporal")):
            continue
        entity = json.loads(path.read_text(encoding="utf-8"))
        entity.pop("@context", None)
        if not all(_is_normalized(one) for name, one in entity.items() if name not in NAMES):
            continue
        first, *others = in_all_forms(entity)
        assert all(one == first for one in others), path.name
        checked += 1
    assert checked > 25


NAMES = ("id", "type", "scope")


def _is_normalized(value: Any) -> bool:
    instances = value if isinstance(value, list) else [value]
    return all(isinstance(one, dict) and "type" in one for one in instances)


def test_etsi_answers_as_geojson(shared: Path) -> None:
    folder = shared / "ngsild" / "etsi-data" / "entities" / "expectations"
    for normalized in sorted(folder.glob("*-normalized*.geojson")):
        body = json.loads(normalized.read_text(encoding="utf-8"))
        for one in body.get("features", [body]):
            made = as_feature(one)
            assert made["geometry"] == one["geometry"] or one["geometry"] is None
            for name, value in made["properties"].items():
                assert not isinstance(value, dict) or "value" not in value, (normalized.name, name)
                assert name != "location"
    simple = json.loads((folder / "building-two-geometry-attribute-simplified.geojson").read_text())
    full = json.loads((folder / "building-two-geometry-attribute-normalized.geojson").read_text())
    assert as_feature(simple) == as_feature(full)


def test_concise_value_of_an_object() -> None:
    """An object of the user's own is no attribute in concise form."""
    assert as_feature({"id": "x", "type": "T", "a": {"object": 1, "subject": 2}})["properties"][
        "a"
    ] == {"object": 1, "subject": 2}
    assert concise({"type": "Property", "value": 3}) == 3


def test_parking_over_http(shared: Path) -> None:
    """A public client's fixture: one lot (its location a "Geoproperty") and its spots."""
    path = shared / "data" / "services_open" / "parking_system.jsonld"
    entities = json.loads(path.read_text(encoding="utf-8"))
    for faults in (Faults(), Faults(geojson=False, links=False, counts=False)):
        broker = Broker(faults=faults)
        broker.load(entities)
        with serve(broker) as url:
            opened = connected(url, page_size=100)
            tables = [read(opened, one) for one in opened.layers()]
        assert sum(one.num_rows for one in tables) == len({one["id"] for one in entities}) == 415
        lot, spots = sorted(tables, key=len)
        assert shapes(lot)[0].equals(shapely.Point(-8.60961198807, 41.150691773))
        assert GEOMETRY not in spots.column_names
