"""Fifty thousand features, all of them, whatever a server makes of its pages.

Stand-ins with the faults of the field; real servers at this size are in the tests of their
sources. Pages of ten take minutes and are left to ``make test-long``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from commonplace.http import Client, Limits
from commonplace.job import SourceSpec
from commonplace.sources.ngsild import NgsiLdSource
from commonplace.sources.ogcapi import OgcApiSource
from commonplace.sources.wfs import WfsSource
from servers.broker import Broker, Faults, serve
from servers.features import ROOT as API
from servers.features import Service
from servers.wfs import ROOT as WFS
from servers.wfs import Wfs, exception
from support.sources import codes, read

COUNT = 50_000
QUICK = Limits(retries=2, pause=0.0)


def client_of(service: Callable[[httpx.Request], httpx.Response]) -> Client:
    return Client(limits=QUICK, transport=httpx.MockTransport(service), sleep=lambda _: None)


def trees() -> list[dict[str, Any]]:
    """In rows of a thousand, a step apart."""
    return [
        {
            "type": "Feature",
            "id": f"t{number}",
            "geometry": {
                "type": "Point",
                "coordinates": [24 + number % 1_000 / 1_000, 56 + number // 1_000 / 100],
            },
            "properties": {"n": number},
        }
        for number in range(COUNT)
    ]


PAGES = [10_000, 1_000, 97, pytest.param(10, marks=pytest.mark.long)]
BREAK = {"breaks": 1, "break_at": 20_000}


@pytest.mark.parametrize("most", PAGES)
def test_pages_clamped_without_a_word(most: int) -> None:
    opened = OgcApiSource(SourceSpec(url=API), client=client_of(Service(trees(), most=most)))
    assert read(opened)["n"].to_pylist() == list(range(COUNT))
    assert codes(opened) == set()


@pytest.mark.parametrize("most", [10_000, pytest.param(10, marks=pytest.mark.long)])
@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ({"counts": False}, set()),
        ({"counts": False, "linked": False}, {"NEXT_MISSING"}),
        ({"loops": True}, {"PAGES_REPEAT"}),
        ({"loops": True, "counts": False}, {"PAGES_REPEAT"}),
        ({"breaking": "exception", **BREAK}, set()),
        ({"breaking": "truncated", **BREAK}, set()),
        ({"breaking": "500", **BREAK}, set()),
        ({"breaking": "html", **BREAK}, set()),
        ({"deletes": {20_000: 7}}, {"SOURCE_CHANGED"}),
    ],
    ids=str,
)
def test_faults_of_pages(most: int, faults: dict[str, Any], told: set[str]) -> None:
    service = Service(trees(), most=most, **faults)
    opened = OgcApiSource(SourceSpec(url=API), client=client_of(service))
    assert sorted(read(opened)["n"].to_pylist()) == list(range(COUNT))
    assert codes(opened) - {"FEATURES_REPEATED"} == told
    assert not faults.get("breaks") or service.breaks == 0


@pytest.mark.parametrize("counts", [True, False])
def test_offset_ignored_with_a_next_that_never_ends(counts: bool) -> None:
    shape = {"boxes": True, "extent": (24, 56, 25, 56.5), "counts": counts}
    service = Service(trees(), most=10_000, repeats=True, **shape)
    opened = OgcApiSource(SourceSpec(url=API), client=client_of(service))
    assert sorted(read(opened)["n"].to_pylist()) == list(range(COUNT))
    assert "READ_BY_TILES" in codes(opened)


# --- WFS ---


def failing_once(status: int, text: str) -> Callable[[httpx.Request], Any]:
    """The page behind 20,000 features fails, the first time."""
    left = [httpx.Response(status, text=text)]

    def answered(request: httpx.Request) -> httpx.Response | None:
        return left.pop() if left and request.url.params.get("startIndex") == "20000" else None

    return answered


@pytest.mark.parametrize(
    ("faults", "told"),
    [
        ({"most": 10_000}, set()),
        ({"most": 10_000, "counts": False}, set()),
        ({"most": 10_000, "counts": False, "tail": "last"}, set()),
        ({"pages": False}, {"PAGES_NOT_OFFERED"}),
        pytest.param({"most": 10}, set(), marks=pytest.mark.long),
    ],
    ids=str,
)
def test_faults_of_wfs(faults: dict[str, Any], told: set[str]) -> None:
    opened = wfs(**faults)
    assert sorted(read(opened)["key"].to_pylist()) == list(range(COUNT))
    assert codes(opened) == told


@pytest.mark.parametrize(
    ("status", "text"),
    [(500, "busy"), (200, exception("NoApplicableCode", "connection lost"))],
)
def test_a_page_of_wfs_that_fails_once(status: int, text: str) -> None:
    fault = failing_once(status, text)
    opened = wfs(answer=fault)
    assert sorted(read(opened)["key"].to_pylist()) == list(range(COUNT))
    assert codes(opened) == set()


def wfs(**faults: Any) -> WfsSource:
    service = Wfs(list(range(COUNT)), **faults)
    return WfsSource(SourceSpec(url=WFS, page_size=10_000), client=client_of(service))


# --- NGSI-LD ---


@pytest.mark.parametrize(
    "faults",
    [
        {"most": 5_000},
        {"most": 5_000, "counts": False, "links": False},
        {"break_at": 20_000, "breaks": 1, "breaking": "truncated"},
    ],
    ids=str,
)
def test_faults_of_brokers(faults: dict[str, Any]) -> None:
    """An offset past the end gives the last entity, as was recorded."""
    broker = Broker(faults=Faults(**faults))
    broker.load([{"id": f"urn:x:{number}", "type": "T", "n": number} for number in range(COUNT)])
    with serve(broker) as url:
        spec = SourceSpec(url=f"{url}/ngsi-ld/v1/entities?type=T", page_size=10_000)
        opened = NgsiLdSource(spec, client=Client(limits=QUICK))
        assert sorted(read(opened)["n"].to_pylist()) == list(range(COUNT))
    assert not codes(opened) & {"COUNT_DIFFERS", "DATA_CHANGED"}
