"""OGC API Records: a real pygeoapi, and pages with the faults of the field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from commonplace.commands.search import search as search_command
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Client
from commonplace.job import SourceSpec
from commonplace.sources.records import RecordsSource
from commonplace.sources.recordscatalogue import open_catalogue
from commonplace.sources.recordsmodel import Search
from servers.records import serve_records
from support.sources import codes, read, shapes

COUNT = 43


def record(number: int) -> dict[str, Any]:
    west = 10 + number / 100
    ring = [[west, 50], [west + 0.01, 50], [west + 0.01, 50.01], [west, 50.01], [west, 50]]
    return {
        "id": f"rec-{number}",
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "externalId": f"rec-{number}",
            "type": "dataset",
            "title": f"District {number}",
            "description": f"About district {number}",
            "created": "2026-01-01",
            "updated": "2026-01-02",
            "language": "en",
            "keywords": ["trees" if number % 3 == 0 else "buildings"],
            "themes": [{"concepts": [{"id": "Protected sites"}], "scheme": "GEMET"}]
            if number % 3 == 0
            else [],
            "license": "CC-BY-4.0",
            "contacts": [{"organization": "City"}],
            "_metadata-anytext": f"district number{number}",
        },
        "links": [
            {"rel": "item", "href": "http://127.0.0.1:9/wfs?service=WFS", "type": "OGC:WFS"},
            {"rel": "item", "href": "http://127.0.0.1:9/x.gpkg", "type": "application/geopackage"},
        ],
    }


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("records")
    with serve_records(folder, [record(one) for one in range(COUNT)], most=10) as url:
        yield url


@pytest.mark.parametrize("address", ["", "/collections", "/collections/city"])
def test_all_records_arrive(catalogue: str, address: str) -> None:
    opened = RecordsSource(SourceSpec(url=f"{catalogue}{address}"))
    (layer,) = opened.layers()
    assert (layer.name, layer.title, layer.count) == ("city", "City catalogue", COUNT)
    table = read(opened, layer)
    assert sorted(table["id"].to_pylist()) == sorted(f"rec-{one}" for one in range(COUNT))
    row = table.filter([one == "rec-3" for one in table["id"].to_pylist()])
    assert row["themes"].to_pylist() == [["trees", "Protected sites"]]
    assert row["organisation"].to_pylist() == ["City"]
    assert shapes(row)[0].bounds == pytest.approx((10.03, 50, 10.04, 50.01))
    assert not codes(opened)


def test_search_by_text_bbox_and_theme(catalogue: str) -> None:
    opened = open_catalogue(SourceSpec(url=catalogue))
    assert isinstance(opened, RecordsSource)
    assert [one.id for one in opened.search(Search(text="number17"))] == ["rec-17"]
    box = (10.053, 50.002, 10.057, 50.003)
    assert [one.id for one in opened.search(Search(bbox=box))] == ["rec-5"]
    assert len(list(opened.search(Search(limit=12)))) == 12
    (found,) = opened.search(Search(text="number17"))
    assert [one.kind for one in found.data()] == ["wfs", None]


def test_command(catalogue: str) -> None:
    arguments = [catalogue, "--text", "number8", "--json"]
    result = CliRunner().invoke(search_command, arguments, catch_exceptions=False)
    (found,) = json.loads(result.output)["records"]
    assert (found["id"], found["licence"]) == ("rec-8", "CC-BY-4.0")
    assert found["data"][0] == {"kind": "wfs", "url": "http://127.0.0.1:9/wfs"}


def paged(request: httpx.Request) -> httpx.Response:
    """Pages whose ``next`` never ends."""
    if not request.url.path.endswith("/items"):
        return httpx.Response(200, json={"id": "c", "itemType": "record", "links": []})
    offset = min(int(request.url.params.get("offset", 0)), 20)
    body = {
        "features": [record(one) for one in range(offset, min(offset + 10, 25))],
        "links": [{"rel": "next", "href": f"?offset={offset + 10}", "type": "application/json"}],
    }
    return httpx.Response(200, json=body)


def test_pages_that_never_end() -> None:
    client = Client(transport=httpx.MockTransport(paged))
    opened = RecordsSource(SourceSpec(url="https://a.example/collections/c"), client=client)
    assert len(list(opened.search(Search(theme="protected")))) == 9
    assert len(list(opened.search(Search()))) == 25


def test_no_records() -> None:
    answer = {"collections": [{"id": "x", "itemType": "feature"}]}
    client = Client(transport=httpx.MockTransport(lambda _: httpx.Response(200, json=answer)))
    with pytest.raises(MalformedAnswer):
        RecordsSource(SourceSpec(url="https://a.example/"), client=client).layers()
    with pytest.raises(SourceError):
        open_catalogue(SourceSpec(url="https://a.example/", kind="wfs"))
