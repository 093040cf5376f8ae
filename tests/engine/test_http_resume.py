"""A run that is killed in the middle goes on where it was, and makes the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from commonplace.errors import SourceError
from commonplace.jobreading import read_job
from commonplace.ngsi.entities import read_id_map
from commonplace.pipeline import run as run_job
from commonplace.report import Report
from servers.broker import Broker, Faults, serve
from servers.geoapi import Served, serve_pygeoapi
from servers.loopback import serving
from servers.wfs import Wfs
from support.houses import MAPPING

PAGE, PAGES = 20, 6
JOB = """
title: Houses
licence: CC0-1.0
attribution: Nobody
as_of: 2026-01-01
sources: {{houses: {{url: "{url}", page_size: {size}, http: {{retries: 0}}}}}}
datasets: [{{name: houses, mapping: mapping.yaml, source: houses}}]
crs: {{target: EPSG:4258}}
output: {{folder: package, formats: [gml, geojson]}}
"""


def house(number: int, name: str = "House") -> dict[str, Any]:
    west, south = 11.3 + number % 50 / 1000, 46.5 + number // 50 / 1000
    ring = [[0, 0], [4e-4, 0], [4e-4, 4e-4], [0, 4e-4], [0, 0]]
    return {
        "type": "Feature",
        "id": number,
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[round(west + x, 6), round(south + y, 6)] for x, y in ring]],
        },
        "properties": {"code": f"H{number:05d}", "dwellings": number % 7, "name": name},
    }


@dataclass
class Houses:
    """An OGC API - Features service that can fall silent at a page."""

    tagged: bool = False
    silent_at: int | None = None
    changed: int | None = None
    asked: list[int] = field(default_factory=list)
    answered: list[int] = field(default_factory=list)
    reached: threading.Event = field(default_factory=threading.Event)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.rstrip("/")
        root = f"http://{request.headers['host']}"
        if path.endswith("/items"):
            return self._items(request)
        link = {"rel": "items", "href": f"{root}/collections/houses/items"}
        collection = {"id": "houses", "links": [{**link, "type": "application/geo+json"}]}
        if path.endswith("/collections"):
            return httpx.Response(200, json={"collections": [collection]})
        if path.endswith("/houses"):
            return httpx.Response(200, json=collection)
        data = {"rel": "data", "href": f"{root}/collections", "type": "application/json"}
        return httpx.Response(200 if path == "" else 404, json={"links": [data]})

    def _items(self, request: httpx.Request) -> httpx.Response:
        offset, limit = (int(request.url.params.get(one, 0)) for one in ("offset", "limit"))
        if limit == PAGE:
            self.asked.append(offset // PAGE)
            if offset // PAGE == self.silent_at:
                self.reached.set()
                time.sleep(60)
        tag = f'"{offset}-{limit}-{offset // PAGE == self.changed}"'
        if self.tagged and request.headers.get("if-none-match") == tag:
            return httpx.Response(304)
        if limit == PAGE:
            self.answered.append(offset // PAGE)
        name = "New house" if offset // PAGE == self.changed else "House"
        features = [house(one, name) for one in range(offset, min(offset + limit, PAGE * PAGES))]
        body: dict[str, Any] = {
            "type": "FeatureCollection",
            "features": features,
            "numberMatched": PAGE * PAGES,
        }
        if offset + limit < PAGE * PAGES:
            following = request.url.copy_set_param("offset", str(offset + limit))
            body["links"] = [{"rel": "next", "href": str(following)}]
        return httpx.Response(200, json=body, headers={"ETag": tag} if self.tagged else {})


def run(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-m", "commonplace", "run", "job.yaml", *options]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def done(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    report: dict[str, Any] = json.loads(out)
    return report


def prepare(folder: Path, url: str, size: int = PAGE) -> Path:
    folder.mkdir()
    (folder / "mapping.yaml").write_text(MAPPING)
    (folder / "job.yaml").write_text(JOB.format(url=url, size=size))
    return folder


def data(folder: Path) -> dict[str, bytes]:
    found = (folder / "package" / "data").rglob("*")
    return {one.name: one.read_bytes() for one in found if one.is_file()}


def codes(report: dict[str, Any]) -> dict[str, int]:
    return {one["code"]: one["count"] for one in report["findings"]}


def kill(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def interrupted(folder: Path, service: Houses, page: int) -> None:
    """A run that is killed while it waits for a page."""
    service.silent_at = page
    process = run(folder)
    assert service.reached.wait(60), process.communicate()
    kill(process)
    service.silent_at = None
    assert (folder / ".package.fetched").is_dir()
    assert not (folder / "package").exists()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The data of a run that nothing interrupted."""
    service = Houses()
    with serving(service) as url:
        folder = prepare(tmp_path_factory.mktemp("whole") / "job", url)
        report = done(run(folder, "--json"))
    assert sorted(service.answered) == list(range(PAGES))
    assert "RESUMED" not in codes(report)
    assert not list(folder.glob(".package.*"))
    return data(folder)


def test_killed_in_the_middle(tmp_path: Path, whole: dict[str, bytes]) -> None:
    service = Houses()
    with serving(service) as url:
        folder = prepare(tmp_path / "killed", url)
        interrupted(folder, service, 4)
        before = set(service.answered)
        service.answered.clear()
        report = done(run(folder, "--json", "--resume"))
    # The page before the one that never came may have been on its way.
    assert before >= {0, 1, 2}
    assert set(service.answered) | before == set(range(PAGES))
    assert 4 in service.answered
    assert not {0, 1, 2} & set(service.answered)
    assert data(folder) == whole
    assert codes(report)["RESUMED"] >= 3
    assert not list(folder.glob(".package.*"))


def test_pages_with_a_tag_are_fetched_again_if_they_changed(
    tmp_path: Path, whole: dict[str, bytes]
) -> None:
    service = Houses(tagged=True)
    with serving(service) as url:
        folder = prepare(tmp_path / "killed", url)
        interrupted(folder, service, 4)
        other = tmp_path / "other"
        shutil.copytree(folder, other)
        service.answered.clear()
        service.asked.clear()
        done(run(folder, "--json", "--resume"))
        assert {0, 1, 2} <= set(service.asked)  # whether they still hold
        assert not {0, 1, 2} & set(service.answered)
        service.changed = 1
        service.answered.clear()
        done(run(other, "--json", "--resume"))
        assert {0, 1, 2} & set(service.answered) == {1}
    assert data(folder) == whole
    assert data(other) != whole
    assert data(other)["houses.gml"].count(b"New house") == PAGE


def test_a_failed_run_tells_of_resume_and_the_next_begins_anew_without_it(
    tmp_path: Path, whole: dict[str, bytes]
) -> None:
    service = Houses()
    failing = True

    def answer(request: httpx.Request) -> httpx.Response:
        if failing and request.url.params.get("offset") == str(3 * PAGE):
            return httpx.Response(500)
        return service(request)

    with serving(answer) as url:
        folder = prepare(tmp_path / "failed", url)
        process = run(folder)
        _, said = process.communicate(timeout=120)
        assert process.returncode == 3
        assert "--resume" in said
        assert (folder / ".package.fetched").is_dir()
        failing = False
        service.answered.clear()
        report = done(run(folder, "--json"))
    assert sorted(service.answered) == list(range(PAGES))
    assert "RESUMED" not in codes(report)
    assert data(folder) == whole


def test_a_job_says_how_often_a_server_is_asked(tmp_path: Path, whole: dict[str, bytes]) -> None:
    service = Houses()
    begun: list[float] = []
    at_once = most = 0
    lock = threading.Lock()

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal at_once, most
        with lock:
            begun.append(time.monotonic())
            at_once += 1
            most = max(most, at_once)
        time.sleep(0.02)
        made = service(request)
        with lock:
            at_once -= 1
        return made

    with serving(answer) as url:
        folder = prepare(tmp_path / "slow", url)
        limits = ("limits.requests_per_second=10", "limits.connections=1")
        done(run(folder, "--json", *(word for one in limits for word in ("--set", one))))
    assert most == 1
    assert begun[-1] - begun[0] > 0.9 * (len(begun) - 1) / 10
    assert data(folder) == whole


# --- other protocols: what came of a run that failed isn't asked for again ---

POINTS = """
target: {{schema: sdm/PointOfInterest, namespace: XX}}
from: {{layers: [{layer}]}}
PointOfInterest: {{key: ={key}, name: ={name}, location: =geometry}}
"""
POINTS_JOB = """
title: Points
licence: CC0-1.0
attribution: Nobody
as_of: 2026-01-01
sources: {{points: {{url: "{url}", page_size: {size}, http: {{retries: 0}}}}}}
datasets: [{{name: points, mapping: mapping.yaml, source: points}}]
crs: {{target: EPSG:4326}}
output: {{folder: package, formats: [ngsild]}}
"""


def resumed(folder: Path, mend: Callable[[], None], asked: Callable[[], list[str]]) -> Report:
    """A run that fails, and the one that goes on; nothing is asked for in both."""
    with pytest.raises(SourceError):
        run_job(read_job(folder / "job.yaml"))
    mend()
    before = asked()
    assert len(before) > 4
    report = run_job(read_job(folder / "job.yaml"), resume=True)
    again = set(asked()[len(before) :])
    assert len(again & set(before)) == 1  # what failed
    rows = read_id_map(folder / "package" / "data" / "points_id-map.csv")
    assert rows.num_rows == PAGE * PAGES
    return report


def points(folder: Path, url: str, **names: str) -> Path:
    folder.mkdir()
    (folder / "mapping.yaml").write_text(POINTS.format(**names))
    (folder / "job.yaml").write_text(POINTS_JOB.format(url=url, size=PAGE))
    return folder


def test_wfs_that_fails_and_goes_on(tmp_path: Path) -> None:
    failing = [True]

    def answer(request: httpx.Request) -> httpx.Response | None:
        late = request.url.params.get("startIndex") == str(4 * PAGE)
        return httpx.Response(500, text="busy") if late and failing else None

    service = Wfs(list(range(PAGE * PAGES)), answer=answer)
    with serving(service) as url:
        names = {"layer": "tree", "key": "key", "name": "code"}
        folder = points(tmp_path / "wfs", f"{url}/wfs?service=WFS", **names)
        report = resumed(folder, failing.clear, lambda: [str(one.url) for one in service.requests])
    assert "RESUMED" in {one.code for one, _, _ in report.findings.grouped()}


def test_a_broker_that_fails_and_goes_on(tmp_path: Path) -> None:
    broker = Broker(faults=Faults(break_at=4 * PAGE))
    broker.load(
        [
            {
                "id": f"urn:ngsi-ld:T:{number}",
                "type": "T",
                "name": f"Point {number}",
                "location": {"type": "Point", "coordinates": [24 + number / 1_000, 57]},
            }
            for number in range(PAGE * PAGES)
        ]
    )

    def mend() -> None:
        broker.faults.breaks = 0

    with serve(broker) as url:
        names = {"layer": "T", "key": "id", "name": "name"}
        folder = points(tmp_path / "broker", f"{url}/ngsi-ld/v1", **names)
        report = resumed(folder, mend, lambda: [one.path for one in broker.requests])
    assert "RESUMED" in {one.code for one, _, _ in report.findings.grouped()}


@pytest.mark.long
def test_killed_while_reading_from_pygeoapi(tmp_path: Path) -> None:
    count, size = 800, 20
    collection = {"type": "FeatureCollection", "features": [house(one) for one in range(count)]}
    (tmp_path / "houses.geojson").write_text(json.dumps(collection))
    (tmp_path / "server").mkdir()
    served = {"houses": Served(tmp_path / "houses.geojson", (11, 46, 12, 47), id_field="id")}
    with serve_pygeoapi(tmp_path / "server", served, most=size) as url:
        folder = prepare(tmp_path / "killed", url, size)
        process = run(folder)
        deadline = time.monotonic() + 120
        while len(list((folder / ".package.fetched").glob("*.answer"))) < 12:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        kill(process)
        kept = len(list((folder / ".package.fetched").glob("*.answer")))
        resumed = done(run(folder, "--json", "--resume"))
        whole = prepare(tmp_path / "whole", url, size)
        plain = done(run(whole, "--json"))
    assert data(folder) == data(whole)
    requests = [report["inputs"][0]["requests"] for report in (plain, resumed)]
    assert requests[1] == requests[0] - kept
    assert codes(resumed)["RESUMED"] == kept
