"""Every style is loaded and drawn by a real QGIS."""

from __future__ import annotations

import json
from pathlib import Path

from support.qgis import run_in_qgis

HERE = Path(__file__).parent


def test_qgis_draws_every_style(root: Path, tmp_path: Path) -> None:
    answer, sheet = tmp_path / "answer.json", tmp_path / "sheet.png"
    printed = run_in_qgis(HERE / "draw_styles.py", tmp_path, root / "styles", answer, sheet)
    assert answer.is_file(), printed
    told = json.loads(answer.read_text())
    assert len(told) == len(list((root / "styles").rglob("*.qml")))
    assert [name for name, one in told.items() if not one["loaded"]] == []
    assert [name for name, one in told.items() if one["inked"] < 10] == []
    assert told["bu/Building"]["renderer"] == "categorizedSymbol"
    assert told["bu/Building"]["symbols"] == 7
    assert told["bu/Building"]["values"] == 14
    assert [name for name, one in told.items() if one["hollow"]] == []
    assert sheet.stat().st_size > 5_000
