"""The plugin in the QGIS desktop, under Xvfb: listed, run as a task, layers on the map."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent


@pytest.mark.slow
def test_dialog_runs_and_loads_the_package(
    staged: Any, form: dict[str, Any], tmp_path: Path
) -> None:
    if shutil.which("xvfb-run") is None:
        pytest.skip("needs xvfb: apt-get install xvfb xauth")
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    answer = tmp_path / "answer.json"
    layer = form.pop("LAYERS")
    environment = {
        **staged.environ(sys.executable),
        "FORM": json.dumps({**form, "layer": layer}),
        "ANSWER": str(answer),
        "PICTURES": str(pictures),
    }
    del environment["QT_QPA_PLATFORM"]  # the desktop refuses "offscreen"
    done = subprocess.run(
        [
            *("xvfb-run", "-a", "-s", "-screen 0 1280x800x24"),
            *("qgis", "--nologo", "--code", str(HERE / "in_desktop.py")),
        ],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert answer.is_file(), done.stdout + done.stderr
    told = json.loads(answer.read_text())
    assert "error" not in told, told["error"]
    assert told["listed"] == [
        "Convert INSPIRE data",
        "Explain mapping",
        "Export package",
        "Harmonise and export",
        "Inspect source",
        "Load layer",
        "MIM7 report",
        "Publish to NGSI-LD",
        "Suggest mapping",
        "Validate INSPIRE data",
    ]
    assert told["layers"] == ["Building", "houses"]
    assert (Path(form["OUTPUT"]) / "report.html").is_file()
    assert {one.name for one in pictures.iterdir()} == {
        "toolbox.png",
        "dialog.png",
        "done.png",
        "map.png",
    }
