"""What the plugin may take of QGIS, and that it gives all of it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qgis.desktop import LONGEST_TURN, perform

LOADED_WITHIN = 0.1
WITHOUT_WINDOW = {"CommonplaceFollow", "CommonplaceGuide", "CommonplaceRefresh"}
#: Packages that only hold modules; QGIS forgets a plugin's modules, but not these.
EMPTY = {"commonplace_qgis.algorithms", "commonplace_qgis.dialogs", "commonplace_qgis.expressions"}


@pytest.mark.slow
def test_all_is_quick_over_a_large_layer_and_nothing_is_left(
    staged: Any, big: Path, tmp_path: Path, record_property: Any
) -> None:
    told = perform(staged, "desktop_limits", tmp_path, LAYER=str(big))
    figures = {name: round(1000 * one["most"]) for name, one in told["turns"].items()}
    figures["load"] = round(1000 * told["load"]["processor"])
    record_property("milliseconds of the main thread", figures)
    assert told["load"]["processor"] < LOADED_WITHIN, figures
    slow = {name: one for name, one in told["turns"].items() if one["most"] >= LONGEST_TURN}
    assert slow == {}, figures
    opened = {name for name, windows in told["opened"].items() if windows}
    assert set(told["opened"]) - opened <= WITHOUT_WINDOW
    assert len(told["opened"]) >= len(told["faces"])
    assert told["guides"] == 1
    assert set(told["left"].pop("modules", ())) <= EMPTY
    assert told["left"] == {}
    assert staged.leftovers() == []
