"""Runs a play in the QGIS desktop, on a screen of its own."""

from __future__ import annotations

import contextlib
import json
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

HERE: Final = Path(__file__).parent
WITHIN: Final = 240.0
STACKS_BEFORE: Final = 20.0
SCREEN_WITHIN: Final = 60.0
LONGEST_LOG: Final = 4_000
#: Seconds of the processor: the 50 ms that the main thread may take, doubled since a machine
#: whose cores are shared counts more for the same work.
LONGEST_TURN: Final = 0.1


def perform(
    staged: Any,
    play: str,
    folder: Path,
    *,
    python: str | None = sys.executable,
    within: float = WITHIN,
    **stated: str,
) -> dict[str, Any]:
    """Run ``play.py`` in the desktop; returns what it answers.

    A play that takes longer than ``within`` seconds fails with the stacks of its threads.
    Pictures go to ``folder/pictures``, or to what the environment's PICTURES names; QGIS_LANGUAGE
    (``de``) and QT_SCALE_FACTOR (``2``) change how they look.
    """
    pictures = Path(os.environ.get("PICTURES", folder / "pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    answer, trail, log = (folder / f"{play}.{one}" for one in ("json", "trail", "log"))
    for path in (answer, trail):
        path.unlink(missing_ok=True)
    scale = os.environ.get("QT_SCALE_FACTOR")
    environment = {
        **staged.environ(python),
        **stated,
        **({"QT_SCALE_FACTOR": scale} if scale else {}),
        "ANSWER": str(answer),
        "TRAIL": str(trail),
        "STACKS_AFTER": str(within - STACKS_BEFORE),
        "PICTURES": str(pictures),
        "PYTHONPATH": str(HERE),
    }
    del environment["QT_QPA_PLATFORM"]  # the desktop refuses "offscreen"
    language = os.environ.get("QGIS_LANGUAGE", "en")
    command = ["qgis", "--nologo", "--lang", language, "--code", str(HERE / f"{play}.py")]
    with screen("2560x1600x24" if scale else "1280x800x24") as display:
        ended = _run(command, {**environment, "DISPLAY": display}, log, within)
    said = log.read_text(encoding="utf-8", errors="replace")[-LONGEST_LOG:]
    went = trail.read_text(encoding="utf-8") if trail.exists() else "it never began"
    assert ended, f"{play} took longer than {within} s:\n{went}\n{said}"
    assert answer.is_file(), f"{play} gave no answer:\n{went}\n{said}"
    told: dict[str, Any] = json.loads(answer.read_text())
    assert "error" not in told, f"{told['error']}\n{went}\n{said}"
    return told


@contextlib.contextmanager
def screen(size: str) -> Iterator[str]:
    """An X server without a screen; yields its DISPLAY.

    It chooses its number and says when it is ready. ``xvfb-run`` waits for a signal that may
    come before it waits, and then waits for ever.
    """
    if shutil.which("Xvfb") is None:
        pytest.skip("needs Xvfb: apt-get install xvfb")
    told, tells = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(tells), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[tells],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tells)
    try:
        with os.fdopen(told) as line:
            ready, _, _ = select.select([line], [], [], SCREEN_WITHIN)
            number = line.readline().strip() if ready else ""
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        server.kill()
        server.wait()


def _run(command: list[str], environment: dict[str, str], log: Path, within: float) -> bool:
    """Run a program to its end; whether it came in time. None of its group is left."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    try:
        process.wait(within)
    except subprocess.TimeoutExpired:
        return False
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return True
