"""Runs a play in the QGIS desktop under Xvfb."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


def perform(
    staged: Any, play: str, folder: Path, *, python: str | None = sys.executable, **stated: str
) -> dict[str, Any]:
    """Run ``play.py`` in the desktop; returns what it answers.

    Pictures go to ``folder/pictures``, or to what the environment's PICTURES names; QGIS_LANGUAGE
    (``de``) and QT_SCALE_FACTOR (``2``) change how they look.
    """
    if shutil.which("xvfb-run") is None:
        pytest.skip("needs xvfb: apt-get install xvfb xauth")
    pictures = Path(os.environ.get("PICTURES", folder / "pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    answer = folder / "answer.json"
    answer.unlink(missing_ok=True)
    scale = os.environ.get("QT_SCALE_FACTOR")
    language = os.environ.get("QGIS_LANGUAGE", "en")
    environment = {
        **staged.environ(python),
        **stated,
        **({"QT_SCALE_FACTOR": scale} if scale else {}),
        "ANSWER": str(answer),
        "PICTURES": str(pictures),
        "PYTHONPATH": str(HERE),
    }
    del environment["QT_QPA_PLATFORM"]  # the desktop refuses "offscreen"
    size = "2560x1600x24" if scale else "1280x800x24"
    done = subprocess.run(
        [
            *("xvfb-run", "-a", "-s", f"-screen 0 {size}"),
            *("qgis", "--nologo", "--lang", language, "--code", str(HERE / f"{play}.py")),
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert answer.is_file(), done.stdout + done.stderr
    told: dict[str, Any] = json.loads(answer.read_text())
    assert "error" not in told, f"{told['error']}\n{done.stderr[-4000:]}"
    return told
