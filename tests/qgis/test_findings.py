"""The panel of findings in the desktop: files and layers, filters, places, explanations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qgis.desktop import LONGEST_TURN, perform

CODES = "http://inspire.ec.europa.eu/codelist/ConditionOfConstructionValue/"


@pytest.fixture
def broken(staged: Any, form: dict[str, Any], tmp_path: Path) -> Path:
    """Twelve buildings, five with a code that there isn't."""
    done = staged.run(**form, FORMATS="0")
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = (tmp_path / "package" / "data").glob("*.gml")
    path = tmp_path / "broken.gml"
    text = made.read_text(encoding="utf-8").replace(f"{CODES}functional", f"{CODES}Functional", 5)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_finding_leads_to_its_feature(staged: Any, broken: Path) -> None:
    told = staged.script("finding_features", gml=str(broken))
    assert told["by name"] == 200
    assert told["by number"] == 200
    assert told["of no file"] is None, "numbers name features of one layer only"
    assert told["by row"] == [400, 400, None]
    assert told["elsewhere"] is None, "another of the same name"
    assert told["named twice"] == [0, 600]
    assert told["of the file"] == 9 - 500_000, "its CRS is in degrees"
    assert told["nobody"] is None
    assert told["text for a number"] is None


def test_features_are_looked_for_in_the_background(staged: Any, big: Path) -> None:
    told = staged.script("finding_searched", path=str(big))
    assert told == {"found": [500_000 + 20 * 999], "told": 2}, "a cancelled search tells nothing"


@pytest.mark.slow
def test_findings_are_shown_filtered_explained_and_gone(
    staged: Any, broken: Path, big: Path, tmp_path: Path
) -> None:
    told = perform(staged, "desktop_findings", tmp_path, FILE=str(broken), LAYER=str(big))
    assert told["said"].startswith("broken.gml, Town · errors: 5"), "the active layer is marked"
    assert told["rules"][0].startswith("All rules")
    assert any(one == "CODE_CASE (5)" for one in told["rules"])
    assert told["rows"] == told["without_errors"] + 5
    assert told["one_rule"] == 5
    assert 0 < told["searched"] < told["rows"]
    assert told["current"] == "Building.h0"
    assert "INSPIRE registry" in told["explanation"], "the clause"
    assert f"{CODES}functional" in told["explanation"], "the fix"
    east, north = told["centre"]
    assert abs(east - 500_005) < 6, "a point of the feature"
    assert abs(north - 5_500_005) < 6
    assert abs(told["scale"] - 1000) < 50, "the place, while no layer has the feature"
    east, north = told["outlined"]
    assert abs(east - 500_005) < 1, "the feature's middle"
    assert abs(north - 5_500_005) < 1
    assert told["whole"]
    assert told["flashed"] >= 2, "its outline and the place"
    assert told["layer_said"].startswith("Big layer")
    assert told["turn"]["most"] < LONGEST_TURN, told["turn"]
    assert told["children_before"]
    assert not told["dock_left"]
    assert told["actions_left"] == []
    assert staged.leftovers() == []
