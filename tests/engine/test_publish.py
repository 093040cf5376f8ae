"""Publishing to the stand-in broker: what arrives, what is refused, what is left alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from commonplace.batch import GEOMETRY, Query
from commonplace.commands.publish import publish as command
from commonplace.errors import ServerFault, SourceError
from commonplace.http import Client
from commonplace.job import SourceSpec
from commonplace.ngsi import context
from commonplace.publish.broker import Broker
from commonplace.publish.connecting import client_to
from commonplace.publish.files import Published, published, read_entities
from commonplace.publish.ngsild import Done, Wish, publish
from commonplace.publish.preparing import Preparation
from commonplace.publish.profiles import PROFILES, Profile
from commonplace.report import Silent
from commonplace.sources import open_source
from servers import broker as standin

MODELS = (
    "https://raw.githubusercontent.com/smart-data-models/dataModel.Building/master/context.jsonld"
)
PREFIX = "urn:ngsi-ld:Building:X:"


def entity(number: int, **attributes: Any) -> dict[str, Any]:
    stated = {"name": f"House {number}", "floorsAboveGround": number % 9} | attributes
    return {
        "id": f"{PREFIX}{number}",
        "type": "Building",
        "location": {
            "type": "GeoProperty",
            "value": {"type": "Point", "coordinates": [7 + number / 1000, 50.5]},
        },
        **{
            name: one if isinstance(one, dict) else {"type": "Property", "value": one}
            for name, one in stated.items()
        },
        "@context": [MODELS, context.CORE],
    }


def file_of(path: Path, entities: list[dict[str, Any]]) -> Path:
    lines = ",\n".join(json.dumps(one, ensure_ascii=False) for one in entities)
    path.write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    return path


@pytest.fixture
def broker() -> standin.Broker:
    return standin.Broker()


@pytest.fixture
def url(broker: standin.Broker) -> Iterator[str]:
    with standin.serve(broker) as address:
        yield address


def send(url: str, source: Published, tenant: str | None = None, **wishes: Any) -> Done:
    with Client() as client:
        wish = Wish(**{"sleep": lambda _: None, **wishes})
        return publish(source, Broker(url, client, tenant), wish)


def writes(broker: standin.Broker) -> list[Any]:
    """Bodies of the batches that came, in order."""
    return [
        json.loads(one.body)
        for one in broker.requests
        if one.method == "POST" and "/entityOperations/upsert" in one.path
    ]


def ids(broker: standin.Broker, tenant: str = "") -> list[str]:
    return [one["id"].removeprefix(PREFIX) for one in broker.tenants[tenant]]


def test_all_entities_arrive_and_read_back_equal(
    broker: standin.Broker, url: str, tmp_path: Path
) -> None:
    made = [entity(n, description='Tor = "B" (Süd)') for n in range(250)]
    done = send(url, published(file_of(tmp_path / "all.jsonld", made)))
    assert (done.entities, done.created, done.updated, done.failed) == (250, 250, 0, 0)
    source = open_source(SourceSpec(url=url, kind="ngsild"))
    batches = list(source.batches(source.layer("Building"), Query()))
    rows = [row for one in batches for row in one.to_pylist()]
    assert [(row["id"], row["name"], row["floorsAboveGround"]) for row in rows] == [
        (one["id"], one["name"]["value"], one["floorsAboveGround"]["value"]) for one in made
    ]
    assert {row["description"] for row in rows} == {'Tor = "B" (Süd)'}
    assert all(row[GEOMETRY] for row in rows)


def test_batches_keep_within_bytes_and_number(
    broker: standin.Broker, url: str, tmp_path: Path
) -> None:
    source = published(file_of(tmp_path / "all.jsonld", [entity(n) for n in range(40)]))
    profile = replace(PROFILES["strict"], batch_bytes=4_000, batch_entities=7)
    send(url, source, profile=profile)
    bodies = [one.body for one in broker.requests if "upsert" in one.path]
    assert sum(len(json.loads(one)) for one in bodies) == 40
    assert max(map(len, bodies)) <= 4_000
    assert max(len(json.loads(one)) for one in bodies) <= 7


def test_bytes_are_counted_not_characters(broker: standin.Broker, url: str, tmp_path: Path) -> None:
    broker.faults.largest_body = 4_000
    made = [entity(n, name="ж" * 400) for n in range(12)]
    profile = replace(PROFILES["strict"], batch_bytes=4_000)
    done = send(url, published(file_of(tmp_path / "all.jsonld", made)), profile=profile)
    assert done.created == 12
    assert len(writes(broker)) == done.batches


def test_a_batch_too_large_for_the_broker_is_halved(
    broker: standin.Broker, url: str, tmp_path: Path
) -> None:
    broker.faults.largest_body = 2_000
    done = send(url, published(file_of(tmp_path / "all.jsonld", [entity(n) for n in range(30)])))
    assert (done.created, done.failed) == (30, 0)


def test_an_entity_too_large_for_the_broker_is_named(
    broker: standin.Broker, url: str, tmp_path: Path
) -> None:
    broker.faults.largest_body = 2_000
    made = [entity(0), entity(1, description="x" * 3_000), entity(2)]
    done = send(url, published(file_of(tmp_path / "all.jsonld", made)))
    assert (done.created, done.failed) == (2, 1)
    ((first, count, _),) = done.findings.grouped()
    assert (first.code, first.feature, count) == ("ENTITY_REFUSED", f"{PREFIX}1", 1)


def test_refusals_are_told_entity_by_entity(
    broker: standin.Broker, url: str, tmp_path: Path
) -> None:
    made = [entity(0), entity(1, name="a (b)"), entity(2)]
    source = published(file_of(tmp_path / "all.jsonld", made))
    done = send(url, source, profile=PROFILES["lax"])
    assert (done.failed, done.retried) == (1, 0)
    assert ids(broker) == ["0", "2"]
    ((first, _, _),) = done.findings.grouped()
    assert (first.code, first.feature) == ("ENTITY_REFUSED", f"{PREFIX}1")
    for name in ("strict", "percent"):
        assert send(url, source, profile=PROFILES[name]).failed == 0


def test_only_what_failed_is_sent_again(broker: standin.Broker, url: str, tmp_path: Path) -> None:
    broker.faults.fail_ids = {f"{PREFIX}3": 2}
    done = send(url, published(file_of(tmp_path / "all.jsonld", [entity(n) for n in range(5)])))
    assert (done.failed, done.retried) == (0, 2)
    assert [[one["id"][-1] for one in body] for body in writes(broker)] == [
        list("01234"),
        ["3"],
        ["3"],
    ]
    assert sorted(ids(broker)) == list("01234")


def test_what_keeps_failing_is_told(broker: standin.Broker, url: str, tmp_path: Path) -> None:
    broker.faults.fail_ids = {f"{PREFIX}1": 99}
    done = send(url, published(file_of(tmp_path / "all.jsonld", [entity(0), entity(1)])))
    assert done.failed == 1
    assert done.findings.codes() == {"ENTITY_REFUSED"}


def test_attributes_of_others_stay(broker: standin.Broker, url: str, tmp_path: Path) -> None:
    theirs = {"type": "Property", "value": 17}
    broker.load([entity(0, peopleOccupancy=theirs, occupancySensor=theirs)])
    source = published(file_of(tmp_path / "all.jsonld", [entity(0, name="new")]))
    for policy in ("update", "replace"):
        done = send(url, source, policy=policy)
        assert (done.created, done.updated) == (0, 1)
        (now,) = broker.tenants[""]
        assert now["name"]["value"] == "new"
        assert now["peopleOccupancy"] == now["occupancySensor"] == theirs


def test_replace_deletes_our_own_attributes_only(
    broker: standin.Broker, url: str, tmp_path: Path
) -> None:
    theirs = {"type": "Property", "value": 17}
    before = [entity(n, description="old", occupancySensor=theirs) for n in (0, 1)]
    broker.load(before)
    now = [entity(0), entity(1, description="new")]
    source = published(file_of(tmp_path / "all.jsonld", now))
    assert send(url, source).attributes_deleted == 0
    assert "description" in broker.tenants[""][0]
    done = send(url, source, policy="replace")
    assert done.attributes_deleted == 1
    first, second = broker.tenants[""]
    assert "description" not in first
    assert second["description"]["value"] == "new"
    assert first["occupancySensor"] == second["occupancySensor"] == theirs


def test_stale_attributes_by_their_iris(tmp_path: Path) -> None:
    """A context of one's own can't be named in a header: a broker then answers IRIs."""
    own = {
        "Building": "http://x.example/Building",
        "a": "http://x.example/a",
        "b": "http://x.example/b",
    }
    rest = {"type": "Building", "@context": [own, context.CORE]}
    value = {"type": "Property", "value": 1}
    made = [
        {"id": "urn:x:1", **rest, "a": value},
        {"id": "urn:x:2", **rest, "a": value, "b": value},
    ]
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(f"{request.method} {request.url.raw_path.decode()}")
        if request.url.path.endswith("/query"):
            types = {one["type"] for one in json.loads(request.content)["entities"]}
            assert types == {"http://x.example/Building"}
            now = {"a": "…", "b": "theirs", "http://x.example/a": 1, "http://x.example/b": 1}
            return httpx.Response(200, json=[{"id": f"urn:x:{n}", **now} for n in (1, 2)])
        return httpx.Response(204)

    with Client(transport=httpx.MockTransport(answer)) as client:
        source = published(file_of(tmp_path / "all.jsonld", made))
        done = publish(source, Broker("http://broker.example", client), Wish(policy="replace"))
    assert done.attributes_deleted == 1
    assert [one for one in asked if one.startswith("DELETE")] == [
        "DELETE /ngsi-ld/v1/entities/urn:x:1/attrs/http%3A%2F%2Fx.example%2Fb"
    ]


def test_a_broker_that_refuses_all_is_not_asked_forever(
    broker: standin.Broker, url: str, tmp_path: Path
) -> None:
    broker.faults.largest_body = 10
    source = published(file_of(tmp_path / "all.jsonld", [entity(n) for n in range(300)]))
    with pytest.raises(SourceError, match="every entity"):
        send(url, source)
    assert len(broker.requests) < 60


# --- tenants, dry runs, deletions ---


def test_a_tenant_comes_into_being_on_purpose_only(
    broker: standin.Broker, url: str, tmp_path: Path
) -> None:
    source = published(file_of(tmp_path / "all.jsonld", [entity(0)]))
    with pytest.raises(SourceError, match="no tenant"):
        send(url, source, tenant="ctiy")
    assert "ctiy" not in broker.tenants
    send(url, source, tenant="city", create_tenant=True)
    send(url, source, tenant="city")
    assert ids(broker, "city") == ["0"]
    assert ids(broker) == []


def package(folder: Path, entities: list[dict[str, Any]], gone: list[str]) -> Path:
    """As much of a package as publishing reads."""
    data = folder / "data"
    data.mkdir(parents=True)
    file_of(data / "b.ngsild.jsonld", entities)
    rows = [(one["id"], "present") for one in entities] + [(one, "gone") for one in gone]
    lines = [f"Building,Building.{n},{n},{name},,{state}" for n, (name, state) in enumerate(rows)]
    head = "feature_type,feature,local_id,entity,thing,state"
    (data / "b_id-map.csv").write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    listed = [
        {"format": "ngsild", "path": "data/b.ngsild.jsonld"},
        {"format": "ngsild-id-map", "path": "data/b_id-map.csv"},
    ]
    (folder / "package.json").write_text(json.dumps({"data": listed}), encoding="utf-8")
    return folder


def test_a_dry_run_asks_nothing(broker: standin.Broker, url: str, tmp_path: Path) -> None:
    source = published(package(tmp_path / "p", [entity(n) for n in range(5)], [f"{PREFIX}9"]))
    done = send(url, source, dry_run=True)
    assert (done.entities, done.batches, done.vanished) == (5, 1, [f"{PREFIX}9"])
    assert broker.requests == []


def test_the_vanished_are_deleted_on_request_only(
    broker: standin.Broker, url: str, tmp_path: Path
) -> None:
    broker.load([entity(n) for n in (7, 8, 9)])
    gone = [f"{PREFIX}8", f"{PREFIX}9", f"{PREFIX}77", f"{PREFIX}0"]
    source = published(package(tmp_path / "p", [entity(0)], gone))
    send(url, source)
    assert sorted(ids(broker)) == ["0", "7", "8", "9"]
    done = send(url, source, delete_vanished=True)
    assert sorted(ids(broker)) == ["0", "7"]  # 7 is not ours; 0 is there again
    assert (done.deleted, len(done.vanished)) == (2, 3)
    assert done.findings.codes() == set()  # 77 was gone already


def test_without_an_id_map_nothing_is_deleted(
    broker: standin.Broker, url: str, tmp_path: Path
) -> None:
    source = published(file_of(tmp_path / "all.jsonld", [entity(0)]))
    with pytest.raises(SourceError, match="id-map"):
        send(url, source, delete_vanished=True)
    assert broker.requests == []


def test_a_package_without_entities_is_refused(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"data": []}', encoding="utf-8")
    with pytest.raises(SourceError, match="no NGSI-LD entities"):
        published(tmp_path)
    with pytest.raises(SourceError, match="no package"):
        published(tmp_path / "nowhere")


def test_any_file_of_entities_is_read(tmp_path: Path) -> None:
    path = tmp_path / "e.json"
    path.write_text(json.dumps([entity(0), entity(1)], indent=2), encoding="utf-8")
    assert len(list(read_entities(path))) == 2
    path.write_text(json.dumps(entity(0)), encoding="utf-8")
    assert len(list(read_entities(path))) == 1
    assert list(read_entities(file_of(path, []))) == []
    path.write_text('[\n{"id": 1\n]', encoding="utf-8")
    with pytest.raises(SourceError):
        list(read_entities(path))


# --- profiles ---


def prepared(stated: dict[str, Any], **profile: Any) -> tuple[dict[str, Any], list[str]]:
    preparation = Preparation(Profile(**profile))
    made = preparation.entity(stated)
    body = {} if made is None else json.loads(made.body)
    return body, [one.code for one in preparation.findings]


@pytest.mark.parametrize("character", "<>\"'=;()")
def test_forbidden_characters(character: str) -> None:
    text = f"a{character}b"
    stated = entity(
        0, name={"type": "Property", "value": text, "observedAt": "2026-01-01T00:00:00Z"}
    )
    made, codes = prepared(stated)
    assert made["name"] == {
        "type": "JsonProperty",
        "json": text,
        "observedAt": "2026-01-01T00:00:00Z",
    }
    assert codes == ["TEXT_AS_JSON"]
    made, codes = prepared(stated, texts="percent")
    assert made["name"]["value"] == f"a%{ord(character):02X}b"
    assert codes == ["TEXT_ENCODED"]
    assert prepared(stated, texts="keep") == (stated, [])


def test_forbidden_characters_inside_objects_and_lists() -> None:
    made, codes = prepared(entity(0, address={"type": "Property", "value": {"a": ["(b)"]}}))
    assert made["address"] == {"type": "JsonProperty", "json": {"a": ["(b)"]}}
    assert codes == ["TEXT_AS_JSON"]


def test_what_is_no_property_may_hold_any_text() -> None:
    stated = entity(
        0,
        name={"type": "LanguageProperty", "languageMap": {"en": "a (b)"}},
        note={"type": "JsonProperty", "json": "<x>"},
        refMap={"type": "Relationship", "object": "https://example.org/?a=b;c"},
    )
    assert prepared(stated) == (stated, [])


def test_nulls_and_empty_arrays_are_left_out() -> None:
    stated = entity(0, a=None, b=[], c={"type": "Property", "value": {"x": None, "y": [None, 1]}})
    made, codes = prepared(stated)
    assert made.keys() & set("abc") == {"c"}
    assert made["c"]["value"] == {"y": [1]}
    assert codes == []


def test_a_geometry_collection_is_not_sent() -> None:
    place = {"type": "Point", "coordinates": [1, 2]}
    value = {"type": "GeometryCollection", "geometries": [place]}
    stated = entity(0, location={"type": "GeoProperty", "value": value})
    made, codes = prepared(stated)
    assert "location" not in made
    assert codes == ["GEOMETRY_NOT_SENT"]
    assert prepared(stated, collections=True) == (stated, [])


@pytest.mark.parametrize(
    ("coordinates", "kind", "flat"),
    [
        ([1, 2, 3], "Point", [1, 2]),
        ([[1, 2, 3], [4, 5, 6]], "LineString", [[1, 2], [4, 5]]),
        ([[[[1, 2, 3], [4, 5, 6]]]], "MultiPolygon", [[[[1, 2], [4, 5]]]]),
    ],
)
def test_heights_are_left_out_on_request(coordinates: Any, kind: str, flat: Any) -> None:
    value = {"type": kind, "coordinates": coordinates}
    stated = entity(0, location={"type": "GeoProperty", "value": value})
    assert prepared(stated) == (stated, [])
    made, codes = prepared(stated, heights=False)
    assert made["location"]["value"] == {"type": kind, "coordinates": flat}
    assert codes == ["HEIGHTS_LEFT"]


def test_relationships_point_to_uris() -> None:
    both = {"type": "Relationship", "object": ["urn:x:1", "plain"]}
    made, codes = prepared(entity(0, refDevice=both))
    assert made["refDevice"]["object"] == ["urn:x:1"]
    assert codes == ["RELATIONSHIP_NO_URI"]
    made, codes = prepared(entity(0, refDevice={"type": "Relationship", "object": "plain"}))
    assert "refDevice" not in made
    assert codes == ["RELATIONSHIP_NO_URI"]


@pytest.mark.parametrize(
    ("changed", "code"), [({"id": "Building 1"}, "ID_NO_URI"), ({"type": ""}, "TYPE_MISSING")]
)
def test_what_is_no_entity_is_not_sent(changed: dict[str, str], code: str) -> None:
    assert prepared(entity(0) | changed) == ({}, [code])


def test_a_name_with_a_space_is_not_sent() -> None:
    made, codes = prepared(entity(0, **{"a b": 1}))
    assert "a b" not in made
    assert codes == ["NAME_FORBIDDEN"]


# --- credentials, the command ---


def test_credentials_come_from_the_environment_and_are_never_shown(
    broker: standin.Broker, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker.faults.token = "a-very-secret-token"
    path = file_of(tmp_path / "all.jsonld", [entity(0)])
    with pytest.raises(ServerFault):
        send(url, published(path))
    monkeypatch.setenv("BROKER_TOKEN", "a-very-secret-token")
    arguments = [str(path), url, "--token-env", "BROKER_TOKEN", "--quiet"]
    found = CliRunner().invoke(command, arguments)
    assert (found.exit_code, ids(broker)) == (0, ["0"])
    assert "secret" not in found.output
    with pytest.raises(SourceError, match="NOT_SET"):
        client_to(url, Silent(), token_env="NOT_SET")


@pytest.mark.parametrize(
    "address", ["http://me:pass4711@broker.example", "http://broker.example/?api_key=pass4711"]
)
def test_secrets_do_not_stand_in_the_address(address: str) -> None:
    with pytest.raises(SourceError) as caught:
        client_to(address, Silent())
    assert "pass4711" not in str(caught.value)


def test_the_command_says_what_it_did(broker: standin.Broker, url: str, tmp_path: Path) -> None:
    made = [entity(0), entity(1, name="a=b")]
    path = str(file_of(tmp_path / "all.jsonld", made))
    found = CliRunner().invoke(command, [path, url, "--profile", "lax", "--json"])
    assert found.exit_code == 9
    told = json.loads(found.output)
    assert (told["entities"], told["failed"]) == (2, 1)
    assert told["findings"][0]["code"] == "ENTITY_REFUSED"
    found = CliRunner().invoke(command, [path, url, "--quiet"])
    assert (found.exit_code, found.output) == (0, "")
    assert sorted(ids(broker)) == ["0", "1"]
