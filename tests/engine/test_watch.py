"""A GeoPackage kept in step with a broker: notifications, polling, tombstones, recovery."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace as replaced
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pyogrio
import pytest

from commonplace.errors import LayerNotFound, TargetExists
from commonplace.formats.gpkg import mirror
from commonplace.job import NgsiSpec, SourceSpec
from commonplace.receiver import LARGEST_BODY, Receiver
from commonplace.sources.ngsicolumns import parse_entities
from commonplace.sources.ngsisubscription import changes_of
from commonplace.watching import Listening, Watched, watch
from servers.broker import PREFIX, Broker, Entity, Faults, serve

PATIENCE = 60.0


def lamp(number: int, state: Any = "on", **more: Any) -> Entity:
    place = {"type": "Point", "coordinates": [24 + number / 100, 57]}
    return {
        "id": f"urn:x:lamp:{number}",
        "type": "Lamp",
        "state": {"type": "Property", "value": state},
        "location": {"type": "GeoProperty", "value": place},
        **more,
    }


class Stop:
    """An observer that cancels when told."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self.messages: list[str] = []

    def progress(self, step: str, done: int, total: int | None) -> None:
        return None

    def message(self, text: str) -> None:
        self.messages.append(text)

    def cancelled(self) -> bool:
        return self.event.is_set()


@contextmanager
def watching(url: str, target: Path, **options: Any) -> Iterator[list[Watched]]:
    """Watch in a thread until the block ends; then the list holds what was done."""
    stop, told, errors = options.pop("stop", None) or Stop(), [], []
    spec = SourceSpec(url=url, page_size=100, ngsi=options.pop("ngsi", NgsiSpec()))
    types = options.pop("types", ["Lamp"])
    spec = replaced(spec, **options.pop("spec", {}))

    def run() -> None:
        try:
            told.append(watch(spec, types, target, observer=stop, **options))
        except Exception as error:  # noqa: BLE001 - handed on to the test's own thread
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        wait_for(lambda: target.exists() or bool(errors))
        yield told
    finally:
        stop.event.set()
        thread.join(PATIENCE)
    if errors:
        raise errors[0]


def wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, "did not come to pass"
        time.sleep(0.05)


def rows(target: Path, table: str = "Lamp", column: str = "state") -> dict[str, Any]:
    with closing(sqlite3.connect(target)) as database:
        try:
            return dict(database.execute(f'SELECT id, "{column}" FROM "{table}"').fetchall())
        except sqlite3.OperationalError:
            return {}


def put(url: str, entity: Entity) -> None:
    answer = httpx.post(f"{url}{PREFIX}/entityOperations/upsert", json=[entity])
    assert answer.status_code in (201, 204), answer.text


def delete(url: str, number: int) -> None:
    assert httpx.delete(f"{url}{PREFIX}/entities/urn:x:lamp:{number}").status_code == 204


@pytest.fixture
def broker() -> Broker:
    broker = Broker()
    broker.load([lamp(number) for number in range(250)])
    return broker


def codes(told: list[Watched]) -> set[str]:
    return {one.code for one in told[0].findings}


# --- notifications ---


def test_notifications_keep_the_file_in_step(broker: Broker, tmp_path: Path) -> None:
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url, watching(url, target) as told:
        wait_for(lambda: len(rows(target)) == 250)
        put(url, lamp(3, "off", note={"type": "Property", "value": "x"}))
        put(url, lamp(1_000, "new", fid={"type": "Property", "value": 77}))
        delete(url, 7)
        wait_for(lambda: rows(target).get("urn:x:lamp:3") == "off")
        wait_for(lambda: "urn:x:lamp:7" not in rows(target))
        wait_for(lambda: "urn:x:lamp:1000" in rows(target))
        # The index finds what moved in, and no more what went.
        assert read_box(target, (33.99, 56, 34.01, 58)) == ["urn:x:lamp:1000"]
        assert read_box(target, (24.065, 56, 24.075, 58)) == []
        assert set(rows(target, "Lamp_tombstones", "deleted_at")) == {"urn:x:lamp:7"}
        assert rows(target, column="note")["urn:x:lamp:3"] == "x"
        assert rows(target, column="fid")["urn:x:lamp:1000"] == 77
        # An attribute that is gone is gone; an id that is back has no tombstone.
        put(url, lamp(3, "on"))
        put(url, lamp(7, "back"))
        wait_for(lambda: rows(target, column="note").get("urn:x:lamp:3", "") is None)
        wait_for(lambda: rows(target, "Lamp_tombstones", "deleted_at") == {})
        assert len(broker.subscriptions) == 1
    assert broker.subscriptions == {}
    assert codes(told) == set()
    assert told[0].notifications >= 5
    assert told[0].readings == 1
    counts = told[0].counts["Lamp"]
    assert (counts.added, counts.changed, counts.removed) == (252, 2, 1)
    assert pyogrio.read_info(target, layer="Lamp")["features"] == 251
    assert_sound(target)


def read_box(target: Path, box: tuple[float, float, float, float]) -> list[str]:
    _, table = pyogrio.read_arrow(target, layer="Lamp", bbox=box, columns=["id"])
    found: list[str] = table["id"].to_pylist()
    return found


def assert_sound(target: Path) -> None:
    """SQLite's own check, the index as large as the table, no part file left."""
    with closing(sqlite3.connect(target)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        indexed = database.execute("SELECT count(*) FROM rtree_Lamp_geometry").fetchone()
        assert indexed == database.execute("SELECT count(geometry) FROM Lamp").fetchone()
        extent = database.execute(
            "SELECT min_x, max_x FROM gpkg_contents WHERE table_name = 'Lamp'"
        ).fetchone()
        assert extent[0] <= 24.01
    assert [one.name for one in target.parent.iterdir()] == [target.name]


def test_two_types_and_a_condition(broker: Broker, tmp_path: Path) -> None:
    broker.load([{"id": "urn:x:bench:1", "type": "Bench", "state": "good"}])
    target = tmp_path / "town.gpkg"
    condition = NgsiSpec(q='state!="hidden"')
    with serve(broker) as url, watching(url, target, types=["Lamp", "Bench"], ngsi=condition):
        wait_for(lambda: rows(target, "Bench") == {"urn:x:bench:1": "good"})
        (subscription,) = broker.subscriptions.values()
        assert subscription["q"] == 'state!="hidden"'
        put(url, {"id": "urn:x:bench:2", "type": "Bench", "state": "new"})
        wait_for(lambda: "urn:x:bench:2" in rows(target, "Bench"))
        assert len(rows(target)) == 250


def test_what_leaves_the_jobs_box_leaves_the_file(broker: Broker, tmp_path: Path) -> None:
    target = tmp_path / "lamps.gpkg"
    box = {"bbox": (24.0, 56.0, 24.095, 58.0), "where": {"state": "on"}}
    with serve(broker) as url, watching(url, target, spec=box):
        assert len(rows(target)) == 10
        put(url, {**lamp(50), "id": "urn:x:lamp:3"})
        wait_for(lambda: "urn:x:lamp:3" not in rows(target))
        put(url, lamp(4, "off"))
        wait_for(lambda: "urn:x:lamp:4" not in rows(target))
        put(url, {**lamp(5), "id": "urn:x:lamp:99"})
        wait_for(lambda: "urn:x:lamp:99" in rows(target))
        assert len(rows(target)) == 9


def test_values_that_outgrow_the_columns(broker: Broker, tmp_path: Path) -> None:
    for number, entity in enumerate(broker.tenants[""]):
        entity["state"]["value"] = number
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url, watching(url, target) as told:
        wait_for(lambda: rows(target).get("urn:x:lamp:9") == 9)
        delete(url, 5)
        wait_for(lambda: "urn:x:lamp:5" not in rows(target))
        put(url, lamp(9, "broken"))
        wait_for(lambda: rows(target).get("urn:x:lamp:9") == "broken")
        assert rows(target)["urn:x:lamp:8"] == "8"
        assert set(rows(target, "Lamp_tombstones", "deleted_at")) == {"urn:x:lamp:5"}
    assert {"COLUMNS_CHANGED", "TYPES_DIFFER"} <= codes(told)


def test_a_forgotten_subscription_is_made_again(broker: Broker, tmp_path: Path) -> None:
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url, watching(url, target, every=0.5):
        wait_for(lambda: bool(broker.subscriptions))
        broker.subscriptions.clear()
        wait_for(lambda: bool(broker.subscriptions))
        put(url, lamp(1, "off"))
        wait_for(lambda: rows(target).get("urn:x:lamp:1") == "off")
    assert broker.subscriptions == {}


def test_what_a_killed_watch_left_is_replaced(broker: Broker, tmp_path: Path) -> None:
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url:
        with watching(url, target):
            wait_for(lambda: bool(broker.subscriptions))
            left = dict(broker.subscriptions)
        broker.subscriptions.update(left)
        with watching(url, target):
            wait_for(lambda: broker.subscriptions != left)
            assert broker.subscriptions.keys() == left.keys()


# --- polling ---


def test_polling_where_there_are_no_subscriptions(broker: Broker, tmp_path: Path) -> None:
    broker.faults = Faults(subscriptions=False)
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url, watching(url, target, every=0.3) as told:
        put(url, lamp(3, "off"))
        delete(url, 7)
        wait_for(lambda: rows(target).get("urn:x:lamp:3") == "off")
        wait_for(lambda: "urn:x:lamp:7" not in rows(target))
        assert set(rows(target, "Lamp_tombstones", "deleted_at")) == {"urn:x:lamp:7"}
    assert not told[0].subscribed
    assert codes(told) == {"SUBSCRIPTION_REFUSED"}
    counts = told[0].counts["Lamp"]
    assert (counts.added, counts.changed, counts.removed) == (250, 1, 1)


def test_a_broker_that_does_not_tell_deletions(broker: Broker, tmp_path: Path) -> None:
    broker.faults = Faults(subscriptions="plain")
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url, watching(url, target, every=0.5) as told:
        delete(url, 7)
        wait_for(lambda: len(rows(target)) == 249)
    assert told[0].subscribed
    assert codes(told) == {"DELETIONS_UNTOLD"}


def test_a_partial_reading_removes_nothing(broker: Broker, tmp_path: Path) -> None:
    target = tmp_path / "lamps.gpkg"
    nowhere = Listening(host=None)
    with serve(broker) as url, watching(url, target, every=0.2, listening=nowhere) as told:
        wait_for(lambda: len(rows(target)) == 250)
        broker.faults.warning = '199 far.example "no response"'
        delete(url, 7)
        put(url, lamp(3, "off"))
        wait_for(lambda: rows(target).get("urn:x:lamp:3") == "off")
        assert len(rows(target)) == 250
        broker.faults.warning = None
        wait_for(lambda: len(rows(target)) == 249)
    assert codes(told) == {"PARTIAL_RESULT"}


def test_a_broker_that_is_away_for_a_while(broker: Broker, tmp_path: Path) -> None:
    target = tmp_path / "lamps.gpkg"
    with (
        serve(broker) as url,
        watching(url, target, every=0.2, listening=Listening(host=None)) as told,
    ):
        wait_for(lambda: len(rows(target)) == 250)
        broker.faults.break_at, broker.faults.breaking, broker.faults.breaks = 100, "html", 2
        wait_for(lambda: not broker.faults.breaks)
        put(url, lamp(3, "off"))
        wait_for(lambda: rows(target).get("urn:x:lamp:3") == "off")
        assert len(rows(target)) == 250
    assert codes(told) == {"BROKER_AWAY"}


def test_news_wait_while_another_program_holds_the_file(
    broker: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirror, "PATIENCE", 0.1)
    target, stop = tmp_path / "lamps.gpkg", Stop()
    with serve(broker) as url, watching(url, target, stop=stop) as told:
        wait_for(lambda: len(rows(target)) == 250)
        with closing(sqlite3.connect(target, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            put(url, lamp(3, "off"))
            delete(url, 7)
            wait_for(lambda: any("held" in one for one in stop.messages))
            other.execute("ROLLBACK")
        wait_for(lambda: rows(target).get("urn:x:lamp:3") == "off")
        wait_for(lambda: len(rows(target)) == 249)
    assert codes(told) == {"FILE_BUSY"}


# --- files ---


def test_a_watched_file_is_taken_up_again(broker: Broker, tmp_path: Path) -> None:
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url:
        spec = SourceSpec(url=url)
        area = {
            "type": "Polygon",
            "coordinates": [[[24, 56, 1], [25, 56, 1], [25, 57, 1], [24, 56, 1]]],
        }
        put(url, {**lamp(3), "lit": True, "location": {"type": "GeoProperty", "value": area}})
        watch(spec, ["Lamp"], target, once=True)
        delete(url, 7)
        put(url, lamp(4, "off"))
        told = watch(spec, ["Lamp"], target, once=True)
        counts = told.counts["Lamp"]
        assert (counts.added, counts.changed, counts.removed) == (0, 1, 1)
        put(url, lamp(3, "off"))
        watch(spec, ["Lamp"], target, once=True)
    assert rows(target)["urn:x:lamp:3"] == "off"
    assert set(rows(target, "Lamp_tombstones", "deleted_at")) == {"urn:x:lamp:7"}
    assert len(rows(target)) == 249
    assert broker.subscriptions == {}
    assert_sound(target)


def test_another_file_is_not_touched(broker: Broker, tmp_path: Path) -> None:
    target = tmp_path / "mine.gpkg"
    with closing(sqlite3.connect(target)) as database:
        database.execute("CREATE TABLE mine (id TEXT)")
    before = target.read_bytes()
    with serve(broker) as url:
        with pytest.raises(TargetExists):
            watch(SourceSpec(url=url), ["Lamp"], target, once=True)
        with pytest.raises(LayerNotFound):
            watch(SourceSpec(url=url), ["Lump"], target, once=True, replace=True)
        assert target.read_bytes() == before
        watch(SourceSpec(url=url), ["Lamp"], target, once=True, replace=True)
    assert len(rows(target)) == 250


def test_a_type_without_entities_yet(tmp_path: Path) -> None:
    broker = Broker()
    broker.load([{"id": "urn:x:bench:1", "type": "Bench"}])
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url, watching(f"{url}{PREFIX}/entities?type=Lamp", target):
        put(url, lamp(1, "first"))
        wait_for(lambda: rows(target) == {"urn:x:lamp:1": "first"})
        assert read_box(target, (24, 56, 24.02, 58)) == ["urn:x:lamp:1"]


# --- what is received ---


def test_recorded_notifications_of_all_formats(shared: Path) -> None:
    """Made, changed, deleted: in four formats the same news."""
    path = shared / "ngsild" / "transcripts" / "notifications.json"
    recorded = json.loads(path.read_text(encoding="utf-8"))
    for number in range(4):
        mine = [one["body"].encode() for one in recorded if one["path"] == f"/s{number}"]
        name = f"urn:ngsi-ld:Subscription:s{number}"
        made, changed, deleted = [changes_of(one, name) for one in mine]
        assert changes_of(mine[0], "urn:ngsi-ld:Subscription:other") is None
        states = []
        for changes in (made, changed):
            assert changes is not None
            assert not changes.deleted
            batch = parse_entities(list(changes.entities.values()), with_geometry=True).batch
            states.append(batch.column("powerState").to_pylist())
            assert batch.column("id").to_pylist() == ["urn:ngsi-ld:Streetlight:n1"]
        assert states == [["on"], ["off"]]
        assert deleted is not None
        assert list(deleted.deleted) == ["urn:ngsi-ld:Streetlight:n1"]
        assert not deleted.entities
        made.add(deleted)
        assert (len(made.entities), len(made.deleted)) == (0, 1)


def test_notifications_that_are_none(broker: Broker, tmp_path: Path) -> None:
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url, watching(url, target) as told:
        wait_for(lambda: bool(broker.subscriptions))
        (subscription,) = broker.subscriptions.values()
        uri = subscription["notification"]["endpoint"]["uri"]
        other = {"subscriptionId": "urn:x:other", "data": [lamp(1, "forged")]}
        for body in (b"<html>", b"[]", json.dumps(other).encode()):
            assert httpx.post(uri, content=body).status_code == 204
        put(url, lamp(2, "off"))
        wait_for(lambda: rows(target).get("urn:x:lamp:2") == "off")
        assert rows(target)["urn:x:lamp:1"] == "on"
    assert codes(told) == {"NOTIFICATION_UNREADABLE"}
    assert told[0].notifications == 1


def test_a_subscription_that_cannot_be_removed_is_told(broker: Broker, tmp_path: Path) -> None:
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url, watching(url, target) as told:
        wait_for(lambda: bool(broker.subscriptions) and target.exists())
        broker.faults.token = "changed"
    assert codes(told) == {"SUBSCRIPTION_LEFT"}


def test_receiver_takes_from_those_who_know_its_path() -> None:
    with Receiver() as receiver:
        base = receiver.url.rpartition("/")[0]
        assert httpx.post(f"{base}/guess", content=b"x").status_code == 404
        assert httpx.get(receiver.url).status_code == 501
        assert declared(receiver.url, str(LARGEST_BODY + 1)) == 413
        assert declared(receiver.url, "many") == 411
        assert httpx.post(receiver.url, content=b"one").status_code == 204
        assert httpx.post(receiver.url, content=b"two").status_code == 204
        assert [one.body for one in receiver.take(5)] == [b"one", b"two"]
        assert receiver.take(0.01) == []
    with Receiver(reachable_as="https://gis.example:9000/") as behind:
        assert behind.url.startswith("https://gis.example:9000/")


def declared(url: str, length: str) -> int:
    """The status for a POST that declares a length and sends nothing."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE)
    with closing(connection):
        connection.putrequest("POST", parts.path)
        connection.putheader("Content-Length", length)
        connection.endheaders()
        return connection.getresponse().status
