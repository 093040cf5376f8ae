"""The stand-in broker answers as the recorded one did."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from servers.broker import Broker, Faults, serve

# What of the recorded run the stand-in does not do, or tells of its own.
NOT_DONE = ("jsonldContexts post", "jsonldContexts", "unreachable ctx")
OF_ITS_OWN = ("info", "temporal aggr", "entityMap")
UNSTABLE = ("instanceId", "createdAt", "modifiedAt")
COMPARED_HEADERS = ("content-type", "link", "ngsild-results-count", "ngsild-tenant")


@pytest.fixture(scope="module")
def recorded(shared: Path) -> dict[str, Any]:
    path = shared / "ngsild" / "transcripts" / "coraine-v191.json"
    return {one["label"]: one for one in json.loads(path.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def probed(shared: Path) -> dict[str, Any]:
    path = shared / "ngsild" / "transcripts" / "probe.json"
    return {one["label"]: one for one in json.loads(path.read_text(encoding="utf-8"))}


def test_the_recorded_conversation(recorded: dict[str, Any]) -> None:
    """Every request of the recorded run, in order: the same statuses, headers and bodies."""
    different = []
    with serve(Broker()) as address:
        for label, exchange in recorded.items():
            if label in NOT_DONE:
                continue
            got = _sent(address, exchange["request"])
            expected = exchange["response"]
            if got.status_code != expected["status"]:
                different.append((label, got.status_code, expected["status"], got.text[:200]))
            elif label not in OF_ITS_OWN and _stable(got.text) != _stable(expected["body"]):
                different.append((label, got.text[:900], str(expected["body"])[:900]))
            elif _compared(got.headers.multi_items()) != _compared(expected["headers"]):
                different.append((label, got.headers.multi_items(), expected["headers"]))
    assert different == []


def _sent(address: str, request: dict[str, Any]) -> httpx.Response:
    body = request.get("body")
    content = body if isinstance(body, str) or body is None else json.dumps(body)
    return httpx.request(
        request["method"], address + request["path"], headers=request["headers"], content=content
    )


def _compared(headers: Any) -> list[tuple[str, str]]:
    pairs = [(name.lower(), value) for name, value in headers]
    return sorted(pair for pair in pairs if pair[0] in COMPARED_HEADERS)


def _stable(body: Any) -> Any:
    """A body without what differs from run to run; subscriptions by id."""
    found = _parsed(body) if body else body
    if isinstance(found, list):
        return [_stable(one) for one in found]
    if isinstance(found, dict):
        return {name: _stable(one) for name, one in found.items() if name not in UNSTABLE}
    return found


def _parsed(body: Any) -> Any:
    if not isinstance(body, str):
        return body
    try:
        return json.loads(body)
    except ValueError:
        return body


@pytest.fixture
def big() -> Broker:
    broker = Broker()
    broker.load([{"id": f"urn:ngsi-ld:B:{n}", "type": "Big", "n": n} for n in range(3000)])
    return broker


@pytest.mark.parametrize(
    "label", ["page default", "limit 1000", "limit 5000", "unknown param", "page past end"]
)
def test_pages_as_probed(probed: dict[str, Any], big: Broker, label: str) -> None:
    probe = probed[label]
    with serve(big) as address:
        got = httpx.get(f"{address}/ngsi-ld/v1{probe['path']}")
    assert got.status_code == probe["status"]
    assert got.text[:400] == probe["body"][:400]
    links = [value for name, value in probe["headers"] if name == "Link"]
    assert got.headers.get_list("link") == links


def test_long_url_is_refused_with_html(probed: dict[str, Any], big: Broker) -> None:
    with serve(big) as address:
        ids = ",".join(f"urn:ngsi-ld:B:{n}" for n in range(1000))
        got = httpx.get(f"{address}/ngsi-ld/v1/entities?type=Big&id={ids}")
    assert got.status_code == probed["long url"]["status"]
    assert got.text.startswith("<html>")


def test_unimplemented_is_said(big: Broker) -> None:
    with serve(big) as address:
        got = httpx.get(f"{address}/ngsi-ld/v1/entities?type=Big&containedBy=x")
    assert got.status_code == 501


def test_faults(big: Broker) -> None:
    big.faults = Faults(most=50, counts=False, links=False, warning='199 host "gone"')
    with serve(big) as address:
        got = httpx.get(f"{address}/ngsi-ld/v1/entities?type=Big&limit=1000&count=true")
    assert len(got.json()) == 50
    assert "ngsild-results-count" not in got.headers
    assert "next" not in got.headers["link"]
    assert got.headers["ngsild-warning"] == '199 host "gone"'


# --- writing ---

GEOMETRIES = {
    "multipolygon": {
        "type": "MultiPolygon",
        "coordinates": [[[[24, 56], [25, 56], [25, 57], [24, 56]]]],
    },
    "geometrycollection": {
        "type": "GeometryCollection",
        "geometries": [{"type": "Point", "coordinates": [24, 56]}],
    },
    "EPSG:3059 metres": {"type": "Point", "coordinates": [506000, 312000]},
    "lat>90 (swapped ok range)": {"type": "Point", "coordinates": [24, 110]},
    "self-intersecting": {
        "type": "Polygon",
        "coordinates": [[[24, 56], [25, 57], [25, 56], [24, 57], [24, 56]]],
    },
    "unclosed ring": {
        "type": "Polygon",
        "coordinates": [[[24, 56], [25, 56], [25, 57], [24, 57]]],
    },
    "cw winding": {"type": "Polygon", "coordinates": [[[24, 56], [24, 57], [25, 57], [24, 56]]]},
    "empty coords": {"type": "Point", "coordinates": []},
    "4D coords": {"type": "Point", "coordinates": [24, 56, 1, 2]},
    "Point as string (wkt)": "POINT (24 56)",
    "null geometry": None,
    "curve": {"type": "CircularString", "coordinates": [[24, 56], [25, 57], [26, 56]]},
    "antimeridian": {"type": "LineString", "coordinates": [[179, 0], [181, 0]]},
}


@pytest.mark.parametrize("label", GEOMETRIES)
def test_geometries_refused_as_probed(probed: dict[str, Any], label: str) -> None:
    entity = {
        "id": "urn:x:g",
        "type": "G",
        "location": {"type": "GeoProperty", "value": GEOMETRIES[label]},
    }
    with serve(Broker()) as address:
        got = httpx.post(f"{address}/ngsi-ld/v1/entities", json=entity)
    assert got.status_code == probed[label]["status"]
    assert _parsed(got.text) == _parsed(probed[label]["body"])


def test_characters_refused_as_probed(shared: Path) -> None:
    lines = (shared / "ngsild/transcripts/probe2.txt").read_text(encoding="utf-8").splitlines()
    checked = 0
    with serve(Broker()) as address:
        for number, line in enumerate(lines):
            if not line.startswith("Property ") or len(line.split()[1]) != 1:
                continue
            value = f"a{line.split()[1]}b"
            entity = {"id": f"urn:y:{number}", "type": "G", "d": {"value": value}}
            got = httpx.post(f"{address}/ngsi-ld/v1/entities", json=entity)
            assert got.status_code == int(line.split()[2]), line
            checked += 1
    assert checked == 14


def test_too_large_a_batch(probed: dict[str, Any]) -> None:
    entities = [{"id": f"urn:x:{n}", "type": "X", "n": "x" * 600} for n in range(4_000)]
    with serve(Broker()) as address:
        got = httpx.post(f"{address}/ngsi-ld/v1/entityOperations/upsert", json=entities)
    assert got.status_code == probed["batch 5000 (3333 KiB)"]["status"]
    assert got.json()["type"] == _parsed(probed["batch 5000 (3333 KiB)"]["body"])["type"]


def test_notifications_as_recorded(shared: Path) -> None:
    """A lamp is made, changed and deleted; four subscriptions of four formats."""
    path = shared / "ngsild" / "transcripts" / "notifications.json"
    recorded = json.loads(path.read_text(encoding="utf-8"))
    kinds = (
        {"endpoint": {"accept": "application/json"}},
        {"format": "simplified", "endpoint": {"accept": "application/ld+json"}},
        {"format": "concise", "endpoint": {"accept": "application/geo+json"}},
        {"sysAttrs": True, "showChanges": True, "endpoint": {"accept": "application/json"}},
    )
    lamp = {
        "id": "urn:ngsi-ld:Streetlight:n1",
        "type": "Streetlight",
        "location": {
            "type": "GeoProperty",
            "value": {"type": "Point", "coordinates": [24.11, 56.95]},
        },
        "powerState": {"type": "Property", "value": "on"},
    }

    def by_event(told: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """In order of events; those of one event reach the receiver's threads in any order."""
        events = [told[at : at + len(kinds)] for at in range(0, len(told), len(kinds))]
        return [one for event in events for one in sorted(event, key=lambda one: one["path"])]

    with receiving() as (port, received), serve(Broker()) as address:
        base = f"{address}/ngsi-ld/v1"
        for number, kind in enumerate(kinds):
            uri = f"http://127.0.0.1:{port}/s{number}"
            endpoint = {
                **kind["endpoint"],
                "uri": uri,
                "receiverInfo": [{"key": "X-Key", "value": "abc"}],
            }
            body = {
                "id": f"urn:ngsi-ld:Subscription:s{number}",
                "type": "Subscription",
                "entities": [{"type": "Streetlight"}],
                "notificationTrigger": ["entityCreated", "entityUpdated", "entityDeleted"],
                "notification": {**kind, "endpoint": endpoint},
            }
            assert httpx.post(f"{base}/subscriptions", json=body).status_code == 201
        httpx.post(f"{base}/entities", json=lamp)
        change = {"powerState": {"type": "Property", "value": "off"}}
        httpx.patch(f"{base}/entities/{lamp['id']}/attrs", json=change)
        httpx.delete(f"{base}/entities/{lamp['id']}")
    assert len(received) == len(recorded) == 12
    for got, expected in zip(by_event(received), by_event(recorded), strict=True):
        assert got["path"] == expected["path"]
        for name in ("Content-Type", "Link", "Ngsild-Attribute-Format", "X-Key"):
            assert got["headers"].get(name) == expected["headers"].get(name), (name, got)
        assert _told(got["body"]) == _told(expected["body"])


def _told(body: str) -> Any:
    moments = ("createdAt", "modifiedAt", "deletedAt", "notifiedAt")

    def normal(value: Any) -> Any:
        if isinstance(value, list):
            return [normal(one) for one in value]
        if isinstance(value, dict):
            return {n: "" if n in moments else normal(one) for n, one in value.items()}
        return value

    found = normal(json.loads(body))
    found.pop("id")
    return found


@contextmanager
def receiving() -> Iterator[tuple[int, list[dict[str, Any]]]]:
    """A receiver of notifications on loopback."""
    received: list[dict[str, Any]] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            received.append({"path": self.path, "headers": dict(self.headers), "body": body})
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return None

    running = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield running.server_address[1], received
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
