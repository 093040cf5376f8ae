"""The worker's inspect, load and watch: sources looked at, layers as GeoPackages."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyogrio
import pytest

from faces.worker_client import REAL, Client
from servers.broker import PREFIX, Broker, serve
from servers.geoapi import Served, serve_pygeoapi

COUNT = 30
NUMBERS = itertools.count(1)


@pytest.fixture
def client(start: Callable[..., Client]) -> Client:
    begun = start(REAL)
    assert begun.hear()["type"] == "hello"
    return begun


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    """Points, a nested attribute, and names that differ by case alone."""
    features = [
        {
            "type": "Feature",
            "id": n,
            "properties": {"key": n, "kind": "oak", "Kind": "lime", "tags": {"a": [n]}},
            "geometry": {"type": "Point", "coordinates": [24.0 + n / 100, 56.9]},
        }
        for n in range(COUNT)
    ]
    path = tmp_path / "trees.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def told(client: Client, request: dict[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """What came before the answer, and the answer."""
    client.say({"id": next(NUMBERS), **request})
    heard: list[dict[str, Any]] = []
    while (message := client.hear())["type"] not in ("result", "error"):
        heard.append(message)
    return heard, message


def test_a_file_becomes_a_geopackage(client: Client, trees: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "trees.gpkg"
    request = {"type": "load", "source": str(trees), "target": str(target), "first": 5}
    heard, answer = told(client, request)
    assert answer["type"] == "result", answer
    assert [one for one in heard if one["type"] == "part"] == [], "a file is read at once"
    assert (answer["count"], answer["path"]) == (COUNT, str(target))
    about = pyogrio.read_info(target)
    assert (about["crs"], about["geometry_type"], about["features"]) == (
        "EPSG:4326",
        "Point",
        COUNT,
    )
    assert {"kind", "Kind_2", "tags"} <= set(about["fields"])
    assert [one.name for one in target.parent.iterdir()] == ["trees.gpkg"]
    again = told(client, request)[1]
    assert (again["type"], again["code"]) == ("error", "OUTPUT_EXISTS")


def test_extent_and_limit_are_kept(client: Client, trees: Path, tmp_path: Path) -> None:
    request = {
        "type": "load",
        "source": str(trees),
        "target": str(tmp_path / "few.gpkg"),
        "bbox": "24.045,56,24.145,58",
        "limit": 4,
    }
    assert told(client, request)[1]["count"] == 4
    wrong = told(client, {**request, "bbox": "24,56", "replace": True})[1]
    assert (wrong["type"], wrong["exit_code"]) == ("error", 2)


@pytest.mark.slow
def test_a_service_shows_its_first_features_before_all(
    client: Client, trees: Path, tmp_path: Path
) -> None:
    served = {"trees": Served(trees, (24, 56, 25, 57))}
    with serve_pygeoapi(tmp_path, served) as url:
        looked = told(client, {"type": "inspect", "source": url, "ahead": True})[1]
        assert (looked["kind"], looked["layers"][0]["count"]) == ("ogcapi", COUNT)
        request = {"type": "load", "source": url, "layer": "trees", "ahead": True}
        target = tmp_path / "served.gpkg"
        heard, answer = told(client, {**request, "target": str(target), "first": 10})
        (part,) = [one for one in heard if one["type"] == "part"]
        assert part["count"] == 10
        assert pyogrio.read_info(part["path"])["features"] == 10
        assert answer["count"] == pyogrio.read_info(target)["features"] == COUNT
        whole = tmp_path / "small.gpkg"
        heard, answer = told(client, {**request, "target": str(whole), "first": 100})
        assert [one["type"] for one in heard if one["type"] == "part"] == []
        assert (answer["count"], answer["path"]) == (COUNT, str(whole))


def until(client: Client, kind: str) -> dict[str, Any]:
    while (message := client.hear())["type"] != kind:
        assert message["type"] not in ("result", "error"), message
    return message


def test_a_broker_is_followed_until_cancelled(client: Client, tmp_path: Path) -> None:
    broker = Broker()
    broker.load([{"id": f"urn:x:{n}", "type": "Lamp", "state": "on"} for n in range(3)])
    target = tmp_path / "lamps.gpkg"
    with serve(broker) as url:
        request = {"type": "watch", "source": url, "layers": ["Lamp"], "target": str(target)}
        client.say({"id": 900, **request})
        assert until(client, "changed")["added"] == 3
        assert len(broker.subscriptions) == 1
        new = {"id": "urn:x:new", "type": "Lamp", "state": "off"}
        httpx.post(f"{url}{PREFIX}/entities", json=new)
        assert until(client, "changed")["added"] == 1
        httpx.delete(f"{url}{PREFIX}/entities/urn:x:new")
        assert until(client, "changed")["removed"] == 1
        assert pyogrio.read_info(target, layer="Lamp")["features"] == 3
        client.say({"type": "cancel", "id": 900})
        answer = client.answer(900)
        assert broker.subscriptions == {}, "the broker is left as it was"
    assert (answer["subscribed"], answer["notifications"]) == (True, 2)


def test_what_is_no_entity_type_is_not_followed(client: Client, tmp_path: Path) -> None:
    broker = Broker()
    broker.load([{"id": "urn:x:1", "type": "Lamp", "state": "on"}])
    with serve(broker) as url:
        request = {"type": "watch", "source": url, "target": str(tmp_path / "lamps.gpkg")}
        for name in ("Lamp@history", "Lamp.state", "Bench"):
            answer = told(client, {**request, "layers": [name]})[1]
            assert answer["code"] == "SOURCE_LAYER_NOT_FOUND"
