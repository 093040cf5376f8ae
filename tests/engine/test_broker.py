"""The stand-in broker answers as the recorded one did."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from servers.broker import Broker, Faults, serve

# What of the recorded run the stand-in does: all but q, geo-queries, order, joins, writing.
LABELS = (
    "query page1",
    "query page2",
    "count only",
    "limit too big",
    "too wide",
    "format normalized",
    "format concise",
    "format simplified",
    "format keyValues",
    "ld+json",
    "geojson",
    "geojson simplified, geometryProperty",
    "geojson Prefer body=json",
    "geojson Prefer body=ld+json",
    "type OR |",
    "type AND ;",
    "idPattern",
    "scopeQ",
    "scopeQ#",
    "attrs",
    "omit",
    "lang",
    "datasetId",
    "404",
    "406",
    "tenant unknown",
    "tenant get",
    "types",
    "types details",
    "type",
    "attributes",
    "Link ctx",
)
COMPARED_HEADERS = ("content-type", "link", "ngsild-results-count", "ngsild-tenant")


@pytest.fixture(scope="module")
def recorded(shared: Path) -> dict[str, Any]:
    path = shared / "ngsild" / "transcripts" / "coraine-v191.json"
    return {one["label"]: one for one in json.loads(path.read_text(encoding="utf-8"))}


@pytest.fixture(scope="module")
def probed(shared: Path) -> dict[str, Any]:
    path = shared / "ngsild" / "transcripts" / "probe.json"
    return {one["label"]: one for one in json.loads(path.read_text(encoding="utf-8"))}


@pytest.fixture
def broker(recorded: dict[str, Any]) -> Broker:
    broker = Broker()
    broker.load(recorded["batch upsert"]["request"]["body"])
    broker.load([{"id": "urn:x:1", "type": "X"}])
    broker.load([{"id": "urn:x:t", "type": "X"}], tenant="city1")
    return broker


@pytest.mark.parametrize("label", LABELS)
def test_answers_as_recorded(recorded: dict[str, Any], broker: Broker, label: str) -> None:
    request, response = recorded[label]["request"], recorded[label]["response"]
    with serve(broker) as address:
        got = httpx.get(address + request["path"], headers=request["headers"])
    assert got.status_code == response["status"]
    assert got.json() == _parsed(response["body"])
    expected = [
        (name.lower(), value)
        for name, value in response["headers"]
        if name.lower() in COMPARED_HEADERS
    ]
    actual = [
        (name.lower(), value)
        for name, value in got.headers.multi_items()
        if name.lower() in COMPARED_HEADERS
    ]
    assert sorted(actual) == sorted(expected)


def _parsed(body: Any) -> Any:
    return json.loads(body) if isinstance(body, str) else body


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
        got = httpx.get(f"{address}/ngsi-ld/v1/entities?type=Big&georel=within")
    assert got.status_code == 501


def test_faults(big: Broker) -> None:
    big.faults = Faults(most=50, counts=False, links=False, warning='199 host "gone"')
    with serve(big) as address:
        got = httpx.get(f"{address}/ngsi-ld/v1/entities?type=Big&limit=1000&count=true")
    assert len(got.json()) == 50
    assert "ngsild-results-count" not in got.headers
    assert "next" not in got.headers["link"]
    assert got.headers["ngsild-warning"] == '199 host "gone"'
