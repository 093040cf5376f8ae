"""A run that is killed goes on from the last finished part, and gives the same bytes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from commonplace.resuming import work_folder
from support.houses import MAPPING, write_houses

JOB = """
title: Houses
licence: CC0-1.0
attribution: Nobody
sources: {houses: {path: houses.gpkg}}
datasets: [{name: houses, mapping: mapping.yaml, source: houses}]
crs: {target: EPSG:4258}
limits: {part_rows: 125, workers: 2}
output: {folder: package, formats: [gml, gpkg, geojson]}
"""
ROWS = 4_000
PARTS = ROWS // 125


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared")
    write_houses(folder / "houses.gpkg", ROWS)
    (folder / "mapping.yaml").write_text(MAPPING)
    (folder / "job.yaml").write_text(JOB)
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(prepared, tmp_path / "run"))


@pytest.fixture(scope="module")
def whole(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The bytes of a run that nobody killed."""
    folder = Path(shutil.copytree(prepared, tmp_path_factory.mktemp("whole") / "run"))
    done(start(folder, "--set", "as_of=2026-01-01"))
    return digests(folder)


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "commonplace", "run", "job.yaml", "--json", *options]
    return subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def done(process: subprocess.Popen[str]) -> dict[str, Any]:
    out, err = process.communicate(timeout=180)
    assert process.returncode == 0, err
    report: dict[str, Any] = json.loads(out)
    return report


def digests(folder: Path) -> dict[str, str]:
    files = sorted((folder / "package" / "data").iterdir())
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in files}


def results(folder: Path) -> int:
    return len(list(folder.glob(".package.*.work/dataset-houses/spool/*/*.result")))


def killed(folder: Path, moment: Callable[[], bool], *options: str) -> None:
    """Start a run and kill it, and nothing but it, at a moment."""
    process = start(folder, *options)
    while not moment():
        assert process.poll() is None, process.communicate()
        time.sleep(0.002)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def resumed(report: dict[str, Any]) -> int:
    return sum(one["count"] for one in report["findings"] if one["code"] == "PARTS_RESUMED")


@pytest.mark.parametrize("parts", [1, PARTS // 2])
def test_killed_after_some_parts(folder: Path, whole: dict[str, str], parts: int) -> None:
    options = ("--set", "as_of=2026-01-01")
    killed(folder, lambda: results(folder) >= parts, *options)
    assert not (folder / "package").exists()
    report = done(start(folder, "--resume", *options))
    assert digests(folder) == whole
    assert parts <= resumed(report) <= PARTS
    assert not list(folder.glob(".package.*"))


@pytest.mark.parametrize(
    "sign",
    [".package.*.work/dataset-houses/spool/*/*.arrow", ".package.*.work/package/data/*"],
)
def test_killed_at_other_moments(folder: Path, whole: dict[str, str], sign: str) -> None:
    options = ("--set", "as_of=2026-01-01")
    killed(folder, lambda: any(True for _ in folder.glob(sign)), *options)
    done(start(folder, "--resume", *options))
    assert digests(folder) == whole


def test_killed_twice_and_of_the_first_time(folder: Path) -> None:
    """Without ``as_of`` the run is of the time when it first began."""
    killed(folder, lambda: results(folder) >= 2)
    (stamp,) = folder.glob(".package.*.work/as_of")
    began = stamp.read_text()
    time.sleep(1.1)
    killed(folder, lambda: results(folder) >= PARTS - 2, "--resume")
    report = done(start(folder, "--resume"))
    assert report["as_of"] == began
    assert resumed(report) >= PARTS - 2


def changes(folder: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    def rows() -> None:
        (folder / "houses.gpkg").unlink()
        write_houses(folder / "houses.gpkg", ROWS, _changed)

    mapping = MAPPING.replace("functional", "ruin")
    yield "rows", rows
    yield "mapping", lambda: (folder / "mapping.yaml").write_text(mapping)


def _changed(data: dict[str, list[object]]) -> None:
    data["name"][ROWS - 1] = "Changed"


@pytest.mark.parametrize("what", ["rows", "mapping"])
def test_changed_input_is_not_mixed_in(folder: Path, what: str, tmp_path: Path) -> None:
    options = ("--set", "as_of=2026-01-01")
    killed(folder, lambda: results(folder) >= PARTS, *options)
    dict(changes(folder))[what]()
    other = Path(shutil.copytree(folder, tmp_path / "other", ignore=lambda *_: [".package*"]))
    shutil.rmtree(next(other.glob(".package.*.work")))
    report = done(start(folder, "--resume", *options))
    done(start(other, *options))
    assert digests(folder) == digests(other)
    assert resumed(report) == (PARTS - 1 if what == "rows" else 0)


def test_killed_while_comparing(folder: Path, tmp_path: Path) -> None:
    done(start(folder, "--set", "as_of=2026-01-01"))
    dict(changes(folder))["rows"]()
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    options = ("--since-last", "--set", "as_of=2026-02-01")
    killed(folder, lambda: results(folder) >= PARTS // 2, *options)
    report = done(start(folder, "--resume", *options))
    whole = done(start(other, *options))
    assert resumed(report) >= PARTS // 2
    assert report["since"] == whole["since"]
    assert digests(folder) == digests(other)


def test_without_resume_nothing_of_it_is_used(folder: Path, whole: dict[str, str]) -> None:
    options = ("--set", "as_of=2026-01-01")
    killed(folder, lambda: results(folder) >= 2, *options)
    report = done(start(folder, *options))
    assert digests(folder) == whole
    assert resumed(report) == 0
    assert not list(folder.glob(".package.*"))


def test_package_that_was_being_replaced_is_put_back(folder: Path, whole: dict[str, str]) -> None:
    done(start(folder, "--set", "as_of=2026-01-01"))
    (folder / "package").rename(folder / ".package.1.earlier")
    refused = start(folder)
    refused.communicate(timeout=60)
    assert refused.returncode == 7  # it exists again
    assert digests(folder) == whole


def test_a_target_whose_name_begins_the_same_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / ".town.v2.99999999.earlier"
    other.mkdir()
    left = tmp_path / ".town[1].99999999.work"
    left.mkdir()
    with work_folder(tmp_path / "town", resume=False):
        assert other.is_dir()
        assert not (tmp_path / "town").exists()
    with work_folder(tmp_path / "town[1]", resume=False):
        assert not left.exists()
