"""The plugin in the QGIS desktop, under Xvfb: listed, run as a task, layers on the map."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qgis.desktop import LONGEST_TURN, perform


@pytest.mark.slow
def test_dialog_runs_and_loads_the_package(
    staged: Any, form: dict[str, Any], tmp_path: Path
) -> None:
    layer = form.pop("LAYERS")
    told = perform(staged, "in_desktop", tmp_path, FORM=json.dumps({**form, "layer": layer}))
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
    assert told["turn"]["most"] < LONGEST_TURN, told["turn"]
