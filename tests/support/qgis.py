"""Runs a script in QGIS's own Python, with nothing of ours around it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def run_in_qgis(script: Path, home: Path, *arguments: object) -> str:
    """Run a script; what it prints. ``home`` is its user's folder."""
    if shutil.which("qgis_process.bin") is None:
        pytest.skip("needs QGIS: apt-get install qgis python3-qgis")
    done = subprocess.run(
        ["/usr/bin/python3", script, *map(str, arguments)],
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(home),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_RUNTIME_DIR": str(home),
            "LANG": "C.UTF-8",
            **({"TMPDIR": os.environ["TMPDIR"]} if "TMPDIR" in os.environ else {}),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    return done.stdout + done.stderr
