"""The worker with the real engine: a package, and nothing when it is stopped."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyogrio
import pytest
import shapely

from faces.worker_client import REAL, Client

ROWS = 20_000
MAPPING = """\
target: {schema: bu-core2d/4.0, namespace: DE.EXAMPLE.BU, language: deu}
Building:
  inspireId: =gid
  geometry2D:
    geometry: =geometry
    referenceGeometry: true
    horizontalGeometryReference: footPrint
"""


@pytest.fixture
def job(tmp_path: Path) -> str:
    """A job over 20,000 squares, cut into forty parts."""
    east = 500_000.0 + 20 * np.arange(ROWS)
    pyogrio.raw.write(
        tmp_path / "houses.gpkg",
        shapely.to_wkb(shapely.box(east, 5_500_000, east + 10, 5_500_010)),
        [np.array([f"h{n}" for n in range(ROWS)])],
        ["gid"],
        layer="houses",
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:25832",
    )
    (tmp_path / "buildings.yaml").write_text(MAPPING)
    return json.dumps(
        {
            "title": "Houses",
            "licence": "CC0-1.0",
            "attribution": "The town",
            "sources": {"town": {"path": "houses.gpkg"}},
            "datasets": [{"mapping": "buildings.yaml", "source": "town"}],
            "output": {"folder": "out/package"},
            "limits": {"part_rows": "500"},
        }
    )


@pytest.fixture
def begun(start: Callable[..., Client], job: str, tmp_path: Path) -> Client:
    """A worker whose job has mapped its first part."""
    client = start(REAL)
    assert client.hear()["type"] == "hello"
    client.say({"type": "run", "id": 1, "job": job, "folder": str(tmp_path)})
    while True:
        message = client.hear()
        assert message["type"] in ("progress", "message"), message
        if message.get("step") == "map" and message["done"]:
            return client


def family(client: Client) -> list[psutil.Process]:
    """The worker's descendants."""
    return psutil.Process(client.process.pid).children(recursive=True)


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()] if folder.exists() else []


def test_a_run_ends_in_a_package(begun: Client, tmp_path: Path) -> None:
    heard: list[dict[str, Any]] = []
    while not heard or heard[-1]["type"] not in ("result", "error"):
        heard.append(begun.hear())
    result = heard[-1]
    assert result["type"] == "result", result
    assert result["counts"]["read"] == ROWS
    assert sum(result["counts"]["written"].values()) == ROWS
    assert heard[-2]["type"] == "findings"
    package = tmp_path / "out" / "package"
    assert result["package"] == str(package)
    assert Path(result["report"]).is_file()
    for output in result["outputs"]:
        assert (package / output["path"]).is_file()
    assert left(tmp_path / "out") == ["package"]


def test_cancelled_leaves_nothing(begun: Client, tmp_path: Path) -> None:
    running = family(begun)
    assert len(running) > 2, "a child and its pool"
    began = time.monotonic()
    begun.say({"type": "cancel", "id": 1})
    assert begun.answer()["code"] == "CANCELLED"
    assert time.monotonic() - began < 3
    _, alive = psutil.wait_procs(running, timeout=5)
    assert alive == []
    assert left(tmp_path / "out") == []


def test_closing_stdin_in_the_middle_leaves_nothing(begun: Client, tmp_path: Path) -> None:
    running = family(begun)
    assert begun.end() == 0
    _, alive = psutil.wait_procs(running, timeout=5)
    assert alive == []
    assert left(tmp_path / "out") == []


def test_killed_in_the_middle_leaves_no_process_and_no_package(
    begun: Client, tmp_path: Path
) -> None:
    running = family(begun)
    begun.process.kill()
    begun.process.wait()
    _, alive = psutil.wait_procs(running, timeout=5)
    assert alive == []
    assert not (tmp_path / "out" / "package").exists()


def test_check_says_what_a_mapping_reads(start: Callable[..., Client]) -> None:
    client = start(REAL)
    client.hear()
    document = MAPPING.replace("Building:", "from: {layers: [houses]}\nBuilding:")
    client.say({"type": "check", "id": 1, "document": document})
    answer = client.answer()
    assert answer["schema"] == "bu-core2d/4.0"
    assert answer["layers"] == {"Building": ["houses"]}
    client.say({"type": "check", "id": 2, "document": "target: nonsense"})
    refused = client.answer(2)
    assert (refused["code"], refused["exit_code"]) == ("DOCUMENT_REFUSED", 2)


def test_inspect_says_what_a_source_holds(
    start: Callable[..., Client], job: str, tmp_path: Path
) -> None:
    client = start(REAL)
    client.hear()
    client.say({"type": "inspect", "id": 1, "source": str(tmp_path / "houses.gpkg")})
    (layer,) = client.answer()["layers"]
    assert (layer["name"], layer["crs"], layer["count"]) == ("houses", "EPSG:25832", ROWS)
    client.say({"type": "inspect", "id": 2, "source": str(tmp_path / "nothing.gpkg")})
    assert client.answer(2)["exit_code"] == 3


def test_a_refused_job_is_an_error_with_its_exit_code(start: Callable[..., Client]) -> None:
    client = start(REAL)
    client.hear()
    client.say({"type": "run", "id": 1, "job": '{"title": ""}', "folder": "/"})
    answer = client.answer()
    assert (answer["code"], answer["exit_code"]) == ("DOCUMENT_REFUSED", 2)
    assert "licence" in answer["message"]
