"""The plugin through ``qgis_process``: listed, explained, and clear when something is missing."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

PLUGIN = "commonplace:harmoniseandexport"


def test_algorithm_is_listed(staged: Any) -> None:
    listed = staged.process("list")
    assert listed.returncode == 0
    assert PLUGIN in listed.stdout


def test_help_names_every_parameter(staged: Any) -> None:
    shown = staged.process("help", PLUGIN).stdout
    names = "LAYERS SELECTED MAPPING JOB TITLE LICENCE ATTRIBUTION CRS ACCURACY FORMATS LOAD"
    for name in [*names.split(), "GRIDS", "REPLACE", "OUTPUT", "REPORT"]:
        assert f"\n{name}: " in shown
    assert "INSPIRE" in shown
    assert "<p>" not in shown


def test_missing_engine_is_said_with_the_way_to_make_one(
    staged: Any, play: Callable[..., Path], tmp_path: Path
) -> None:
    done = staged.run(JOB=play("quick"), OUTPUT=tmp_path / "out", python=None)
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "-m venv" in said
    assert "-m pip install" in said
    wheel = next((staged.plugin / "wheels").glob("commonplace-*.whl"))
    assert str(wheel) in said
    assert "COMMONPLACE_PYTHON" in said


def test_an_interpreter_that_is_none_is_named(
    staged: Any, play: Callable[..., Path], tmp_path: Path
) -> None:
    done = staged.run(JOB=play("quick"), OUTPUT=tmp_path / "out", python="/nowhere/python")
    assert done.returncode != 0
    assert "/nowhere/python" in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("echo no module named commonplace >&2; exit 1", "no module named commonplace"),
        ("exit 0", "doesn't answer"),
        ("echo garbage; sleep 1", "doesn't answer"),
        ('echo \'{"type": "hello", "protocol": 99}\'; sleep 1', "don't fit together"),
    ],
)
def test_a_worker_that_is_none_is_explained(
    staged: Any,
    play: Callable[..., Path],
    interpreter: Callable[[str], str],
    tmp_path: Path,
    script: str,
    told: str,
) -> None:
    done = staged.run(JOB=play("quick"), OUTPUT=tmp_path / "out", python=interpreter(script))
    assert done.returncode != 0
    assert told in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("full", "OUTPUT_DISK_FULL"),
        ("crash", "SIGSEGV"),
        ("bug", "ZeroDivisionError"),
        ("huge", "WORKER_PROTOCOL"),
    ],
)
def test_what_goes_wrong_in_the_engine_is_told(
    staged: Any,
    play: Callable[..., Path],
    fake_python: str,
    tmp_path: Path,
    name: str,
    told: str,
) -> None:
    done = staged.run(JOB=play(name), OUTPUT=tmp_path / "out", python=fake_python)
    assert done.returncode != 0
    assert told in done.stdout + done.stderr
    assert staged.leftovers() == []


def test_a_bug_is_in_the_log(
    staged: Any, play: Callable[..., Path], fake_python: str, tmp_path: Path
) -> None:
    staged.run(JOB=play("bug"), OUTPUT=tmp_path / "out", python=fake_python)
    assert "ZeroDivisionError" in (staged.profile / "commonplace" / "worker.log").read_text()


def test_native_prints_and_foreign_variables_do_no_harm(
    staged: Any, play: Callable[..., Path], fake_python: str, tmp_path: Path
) -> None:
    done = staged.run(JOB=play("noisy"), OUTPUT=tmp_path / "out", python=fake_python)
    assert "OUTPUT:\t" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({}, "or a job file"),
        ({"JOB": "/nowhere/job.yaml"}, "/nowhere/job.yaml"),
        ({"JOB": "JOB", "MAPPING": "JOB"}, "not both"),
    ],
)
def test_wrong_input_is_refused(
    staged: Any,
    play: Callable[..., Path],
    tmp_path: Path,
    parameters: dict[str, str],
    told: str,
) -> None:
    job = str(play("quick"))
    given = {name: value.replace("JOB", job) for name, value in parameters.items()}
    done = staged.run(**given, OUTPUT=tmp_path / "out")
    assert done.returncode != 0
    assert told in done.stdout + done.stderr


def test_folder_may_be_temporary(staged: Any, play: Callable[..., Path], fake_python: str) -> None:
    parameters = {"JOB": str(play("quick")), "OUTPUT": "TEMPORARY_OUTPUT"}
    answer = staged.script("run", python=fake_python, parameters=parameters)
    assert answer["results"]["WRITTEN"] == 1


@pytest.mark.parametrize("name", ["patient", "stone"])
def test_cancel_ends_the_engine(
    staged: Any, play: Callable[..., Path], fake_python: str, tmp_path: Path, name: str
) -> None:
    parameters = {"JOB": str(play(name)), "OUTPUT": str(tmp_path / "out")}
    answer = staged.script("cancel", python=fake_python, parameters=parameters, after=1.5)
    assert "Cancelled" in answer["error"]
    assert answer["took"] < 4
    assert answer["processes"] == []
    assert not (tmp_path / "out").exists()


def test_ending_qgis_ends_the_engine(
    staged: Any, fake_python: str, play: Callable[..., Path], tmp_path: Path
) -> None:
    """``qgis_process`` is killed while a job that minds nothing runs."""
    process = subprocess.Popen(
        [
            *("qgis_process.bin", "run", PLUGIN),
            *(f"--JOB={play('stone')}", f"--OUTPUT={tmp_path / 'out'}"),
        ],
        env=staged.environ(fake_python),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 30
    below: list[psutil.Process] = []
    while len(below) < 3 and time.monotonic() < deadline:
        below = psutil.Process(process.pid).children(recursive=True)
        time.sleep(0.1)
    process.kill()
    process.wait()
    assert len(below) >= 3, "supervisor, child and the child's own"
    _, alive = psutil.wait_procs(below, timeout=6)
    assert alive == []
