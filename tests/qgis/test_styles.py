"""Every style is loaded and drawn by a real QGIS."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def test_qgis_draws_every_style(root: Path, tmp_path: Path) -> None:
    if shutil.which("qgis_process.bin") is None:
        pytest.skip("needs QGIS: apt-get install qgis python3-qgis")
    answer, sheet = tmp_path / "answer.json", tmp_path / "sheet.png"
    done = subprocess.run(
        ["/usr/bin/python3", HERE / "draw_styles.py", root / "styles", answer, sheet],
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_RUNTIME_DIR": str(tmp_path),
            "LANG": "C.UTF-8",
            **({"TMPDIR": os.environ["TMPDIR"]} if "TMPDIR" in os.environ else {}),
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert answer.is_file(), done.stdout + done.stderr
    told = json.loads(answer.read_text())
    assert len(told) == len(list((root / "styles").rglob("*.qml")))
    assert [name for name, one in told.items() if not one["loaded"]] == []
    assert [name for name, one in told.items() if one["inked"] < 10] == []
    assert told["bu/Building"]["renderer"] == "categorizedSymbol"
    assert told["bu/Building"]["symbols"] == 7
    assert told["bu/Building"]["values"] == 14
    assert [name for name, one in told.items() if one["hollow"]] == []
    assert sheet.stat().st_size > 5_000
