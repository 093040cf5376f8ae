"""*Commonplace* in the Browser panel of the desktop."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qgis.desktop import perform


@pytest.mark.slow
def test_saved_connections_and_their_layers(staged: Any, tmp_path: Path) -> None:
    folder = tmp_path / "town"
    folder.mkdir()
    point = {"type": "Point", "coordinates": [24, 56]}
    tree = {"type": "Feature", "properties": {"kind": "oak"}, "geometry": point}
    trees = {"type": "FeatureCollection", "features": [tree]}
    (folder / "trees.geojson").write_text(json.dumps(trees))
    told = perform(staged, "desktop_browser", tmp_path, FOLDER=str(folder / "trees.geojson"))
    assert told["root_menu"] == ["New connection…"]
    assert told["layers"] == ["trees"]
    assert "/no/such/folder" in told["missing"][0], "said without asking the engine"
    assert told["expanded"]
    assert told["connection_menu"] == ["Connect…", "Refresh", "Forget"]
    assert told["layer_menu"] == ["Add layer"]
    assert told["dragged"]
    assert told["dragged_key"] == "Commonplace"
    assert (told["rounds"], told["real_menu"]) == (5, ["New connection…"])
    assert told["root_left"] is False
