"""*Harmonise to INSPIRE* in the desktop, over a real layer with a filter and a virtual field."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from commonplace import face
from qgis.desktop import LONGEST_TURN, perform


@pytest.fixture
def buildings(shared: Path, tmp_path: Path) -> Path:
    """IGN's buildings of Olemps; copied, since GDAL writes beside what it opens."""
    for path in (shared / "data" / "fr_olemps_bdtopo").glob("BATIMENT.*"):
        shutil.copy(path, tmp_path)
    return tmp_path / "BATIMENT.shp"


@pytest.mark.slow
def test_a_layer_becomes_a_mapping_that_runs(staged: Any, buildings: Path, tmp_path: Path) -> None:
    saved = tmp_path / "buildings.yaml"
    told = perform(staged, "desktop_harmonise", tmp_path, LAYER=str(buildings), SAVED=str(saved))
    assert told["failed"] == []
    assert told["ticked"] == ["Buildings of Olemps"]
    assert told["sections"] == ["Building"]
    assert "height_cm" in told["columns"], "a virtual field"
    assert told["previewed"]["height_cm"] == 100 * told["previewed"]["HAUTEUR"] > 0, "the filter"
    assert told["values"]["conditionOfConstruction"] == "=ETAT"
    assert told["values"]["inspireId.localId"] == "=ID"

    assert told["name"] == "=NATURE || ' ' || CAST(height_cm AS VARCHAR)"
    assert told["previewed"]["NATURE"] in str(told["made"])
    assert told["refused"], "no expression for $area"
    assert (told["taken"], told["back"]) == (True, "=ID")

    assert told["codes"] == {"En service": "functional", "En construction": "underConstruction"}
    assert told["counts"] == told["features"], "the whole layer is counted, as it is filtered"
    assert str(told["state"]).endswith("ruin")

    assert told["types"][0] == "Building"
    assert told["retyped"] == ["BuildingPart"]
    assert told["untyped"] == ["Building"]

    assert told["title"].endswith("buildings.yaml")
    assert told["same"], "what was saved is what is opened"
    assert [one for one in told["problems"] if one["severity"] == "error"] == []
    checked = face.check(saved)
    assert checked.problems == ()
    text = saved.read_text(encoding="utf-8")
    assert "namespace: FR.OLEMPS.BU\n" in text
    assert "# 0.95: " in text, "the reasons of the suggestion are kept"

    assert told["form"] == "CommonplaceExport"
    assert (told["form_layers"], told["form_mapping"]) == (told["ticked"], str(saved))
    assert told["hidden"] == []
    assert told["turn"]["most"] < LONGEST_TURN, told["turn"]
    assert told["worked"] == 1, "one worker for the window"
    assert not told["left"]
    assert (told["actions"], told["window"], told["sessions"]) == ([], False, [])
    assert staged.leftovers() == []
