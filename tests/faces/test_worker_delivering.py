"""What QGIS asks the worker for around a run: suggest, explain, judge, publish, tell."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from commonplace.jobreading import read_job
from commonplace.ngsi import context
from commonplace.pipeline import run
from faces.worker_client import REAL, Client
from servers import broker as standin
from support.houses import MAPPING, write_houses, write_job

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def ask(start: Callable[..., Client]) -> Ask:
    """One request, answered."""
    client = start(REAL)
    assert client.hear()["type"] == "hello"

    numbers = count(1)

    def one(kind: str, **fields: Any) -> dict[str, Any]:
        number = next(numbers)
        client.say({"type": kind, "id": number, **fields})
        return client.answer(number)

    return one


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    return write_houses(tmp_path / "houses.gpkg", 12)


def test_suggest_writes_a_document(ask: Ask, houses: Path, tmp_path: Path) -> None:
    target = tmp_path / "suggested.yaml"
    answer = ask(
        "suggest", source=str(houses), output=str(target), feature_type="bu-core2d:Building"
    )
    assert answer["type"] == "result", answer
    assert answer["feature_types"][0]["name"].startswith("bu-core2d")
    assert target.read_text(encoding="utf-8") == answer["document"]
    assert "numberOfDwellings" in answer["document"]
    refused = ask("suggest", source=str(houses), feature_type="bu-core2d:Biulding")
    assert (refused["code"], refused["exit_code"]) == ("DOCUMENT_REFUSED", 2)


def test_explain_writes_the_matching_table(ask: Ask, houses: Path, tmp_path: Path) -> None:
    job = write_job(tmp_path, houses, mapping=MAPPING)
    page, table = tmp_path / "table.html", tmp_path / "table.csv"
    answer = ask("explain", path=str(job), html=str(page), csv=str(table))
    (told,) = answer["mappings"]
    assert told["schema"] == "bu-core2d/4.0"
    assert told["matches"] >= 4
    assert "<html" in page.read_text(encoding="utf-8")
    assert "numberOfDwellings" in table.read_text(encoding="utf-8")


def test_mim7_judges_a_package(ask: Ask, houses: Path, tmp_path: Path) -> None:
    run(read_job(write_job(tmp_path, houses, mapping=MAPPING)))
    page, data = tmp_path / "mim7.html", tmp_path / "mim7.json"
    answer = ask("mim7", source=str(tmp_path / "package"), html=str(page), json=str(data))
    assert answer["counts"]["pass"] > 0
    assert len(answer["rows"]) == sum(answer["counts"].values())
    assert "<html" in page.read_text(encoding="utf-8")
    assert json.loads(data.read_text(encoding="utf-8"))
    nothing = ask("mim7", source=str(tmp_path / "nothing.gpkg"))
    assert (nothing["code"], nothing["exit_code"]) == ("SOURCE", 3)


def test_publish_sends_entities(ask: Ask, tmp_path: Path) -> None:
    entity = {
        "id": "urn:ngsi-ld:Bench:X:1",
        "type": "Bench",
        "name": {"type": "Property", "value": 1},
    }
    path = tmp_path / "benches.ngsild.jsonld"
    path.write_text(json.dumps([{**entity, "@context": [context.CORE]}]), encoding="utf-8")
    broker = standin.Broker()
    with standin.serve(broker) as url:
        rehearsed = ask("publish", path=str(path), url=url, dry_run=True)
        assert rehearsed["entities"] == 1
        assert broker.tenants[""] == []
        answer = ask("publish", path=str(path), url=url)
        assert (answer["entities"], answer["created"], answer["failed"]) == (1, 1, 0)
        again = ask("publish", path=str(path), url=url)
        assert (again["created"], again["updated"]) == (0, 1)
    assert ask("publish", path=str(tmp_path / "nothing"), url=url)["code"] == "SOURCE"


def test_operations_name_accuracy_and_missing_grids(ask: Ask) -> None:
    answer = ask(
        "operations",
        layers=["houses", "roads", "strange"],
        crs=["EPSG:25832", "EPSG:27700", "EPSG:4"],
        extents=["678000,5150000,679000,5151000", "", ""],
        target="EPSG:4258",
    )
    houses, roads, strange = answer["operations"]
    assert houses["layer"] == "houses"
    assert houses["missing_grids"] == []
    assert any("uk_os_OSTN15" in one for one in roads["missing_grids"])
    assert roads["accuracy"] > 0.5
    assert (strange["layer"], strange["code"]) == ("strange", "CRS_UNKNOWN")
    (refused,) = ask(
        "operations",
        layers=["roads"],
        crs=["EPSG:27700"],
        extents=[""],
        target="EPSG:4258",
        accuracy="0.1",
    )["operations"]
    assert refused["code"] == "CRS_ACCURACY_NOT_REACHED"
    assert "uk_os_OSTN15" in refused["hint"]


def test_rules_have_clause_and_fix(ask: Ask) -> None:
    rules = ask("rules")["rules"]
    assert rules["XML_DOCTYPE"]["severity"] == "error"
    assert all(one["clause"] and one["fix"] and one["title"] for one in rules.values())
