"""The plugin as pytest-qgis sees it: in QGIS's own Python, in one process with its layers.

It can't tell whether libraries get in each other's way, nor open the desktop: its ``iface`` is
a stand-in. That is what the other tests here are for.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
PYTHON = Path(".venv-qgis/bin/python")
QGIS_PLUGINS = "/usr/share/qgis/python/plugins"


def test_in_qgis_own_python(staged: Any, root: Path, tmp_path: Path) -> None:
    python = root / PYTHON
    if not python.exists():
        pytest.skip(f"needs {PYTHON}: make test makes it")
    command = [python, "-m", "pytest", "--noconftest", "-p", "no:cacheprovider", "-c", os.devnull]
    ran = subprocess.run(
        [*command, "--rootdir", tmp_path, HERE / "in_pytest_qgis.py"],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "XDG_RUNTIME_DIR": str(tmp_path),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": f"{staged.folder / 'plugins'}:{QGIS_PLUGINS}",
        },
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout[-4000:] + ran.stderr[-2000:]
    assert "3 passed" in ran.stdout
