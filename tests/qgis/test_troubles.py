"""Tasks and conversations of the desktop when the engine fails: told, and nothing left."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyogrio
import pytest
import shapely

HERE = Path(__file__).parent
QGIS_PYTHON = "/usr/bin/python3"
SCRIPTS = {
    "silent": "exec sleep 60",
    "wrong version": 'echo \'{"type": "hello", "protocol": 99}\'; sleep 1',
    "prints": "echo garbage; sleep 1",
    "no engine": "echo no module named commonplace >&2; exit 1",
}
TOLD = {
    "crash": "SIGSEGV",
    "full": "OUTPUT_DISK_FULL",
    "worker killed": "worker.log",
    "child killed": "SIGKILL",
    "wrong version": "don't fit together",
    "prints": "doesn't answer",
    "no engine": "no module named commonplace",
    "nowhere": "/nowhere/python",
}


@pytest.fixture
def scripts(tmp_path: Path) -> dict[str, str]:
    """Interpreters that are none."""
    found = {"nowhere": "/nowhere/python"}
    for name, text in SCRIPTS.items():
        path = tmp_path / name.replace(" ", "-")
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        found[name] = str(path)
    return found


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield disk
    subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_tasks_say_what_is_wrong_and_leave_nothing(
    staged: Any, fake_python: str, scripts: dict[str, str]
) -> None:
    silent = scripts.pop("silent")
    told = staged.script("task_troubles", fake=fake_python, scripts=scripts, silent=silent)
    for name, text in TOLD.items():
        ((how, said),) = told[name]["told"]
        assert how == "failed", name
        assert text in said, name
    for name in ("hang", "hang at start"):
        assert told[name]["told"] == [["cancelled", ""]], name
        assert told[name]["took"] < 20, name
    for name in ("noisy", "well"):
        ((how, keys),) = told[name]["told"]
        assert (how, "package" in keys) == ("succeeded", True), name
    assert [name for name, one in told.items() if one["left"] or not one["reached"]] == []
    assert staged.leftovers() == []


def test_a_worker_that_stands_still_is_ended(staged: Any, fake_python: str) -> None:
    told = staged.script("task_frozen", fake=fake_python)
    assert told["told"] == [["cancelled", ""]]
    assert not told["left"]


def test_a_worker_stands_by_for_the_next_task(staged: Any, fake_python: str) -> None:
    told = staged.script("task_standby", fake=fake_python)
    assert told["told"] == ["succeeded"] * 2 + ["failed"] + ["succeeded"] * 3
    first, again, after_crash, fresh, after_kill, closed = told["workers"]
    assert first == again
    assert after_crash == []
    assert fresh not in ([], first)
    assert after_kill not in ([], fresh)
    assert told["swept"]
    assert closed == [], "none stays any more"


def test_a_conversation_goes_on_and_ends(staged: Any, fake_python: str) -> None:
    told = staged.script("conversation_troubles", fake=fake_python)
    crashed, quick, noisy = told["told"]
    assert "SIGSEGV" in crashed
    assert "package" in quick
    assert "package" in noisy
    assert told["running"]
    assert told["closed"] < 0.5, "nobody waits"
    assert told["swept"]


def test_layers_that_do_not_fit_are_told(staged: Any, small_disk: Path, tmp_path: Path) -> None:
    number = np.arange(20_000)
    path = tmp_path / "big.gpkg"
    squares = shapely.box(number, 0, number + 1, 1)
    pyogrio.raw.write(
        path,
        shapely.to_wkb(squares),
        [number],
        ["n"],
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:25832",
    )
    told = staged.script("task_full_disk", folder=str(small_disk), path=str(path))
    ((how, said),) = told["told"]
    assert how == "failed"
    assert "LAYER_NOT_WRITTEN" in said
    assert list(small_disk.iterdir()) == []
    assert not told["left"]


@pytest.mark.parametrize("session", [False, True])
def test_killing_qgis_ends_what_it_started(staged: Any, fake_python: str, session: bool) -> None:
    arguments = json.dumps({"fake": fake_python, "session": session})
    answer = str(staged.folder / "killed.json")
    process = subprocess.Popen(
        [QGIS_PYTHON, str(HERE / "in_qgis.py"), "task_for_ever", answer, arguments],
        env=staged.script_environ(None),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    below: list[psutil.Process] = []
    deadline = time.monotonic() + 60
    while len(below) < 3 and process.poll() is None and time.monotonic() < deadline:
        below = psutil.Process(process.pid).children(recursive=True)
        time.sleep(0.1)
    process.kill()
    process.wait()
    assert len(below) >= 3, "supervisor, child and the child's own"
    _, alive = psutil.wait_procs(below, timeout=20)
    assert alive == []
