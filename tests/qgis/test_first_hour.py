"""A planner's first hour in the desktop: every dialog opened, filled, run and judged by its looks.

``make pictures`` keeps what it photographs in ``docs/images``.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from make_town import write_town
from qgis.desktop import perform
from town_servers import broker, pygeoapi

WITHIN = 480.0
DIALOGS = 16  # pages and states of dialogs that are looked at


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The demo's town, behind a real pygeoapi and the stand-in broker."""
    town = tmp_path / "town"
    with (
        pygeoapi(town, write_town(town)) as features,
        broker(town / "sensors.json", town / "broker.log") as sensors,
    ):
        yield {"SERVICE": features, "BROKER": sensors}


@pytest.mark.slow
def test_first_hour(
    staged: Any, servers: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In German, whose words are long, at 200 %; pictures for the guide are taken in English."""
    if "PICTURES" not in os.environ:
        monkeypatch.setenv("QGIS_LANGUAGE", "de")
        monkeypatch.setenv("QT_SCALE_FACTOR", "2")
    theme = {"THEME": os.environ["THEME"]} if "THEME" in os.environ else {}
    with tempfile.TemporaryDirectory(prefix="lindenau-") as folder:  # a path short enough to show
        told = perform(
            staged, "desktop_hour", tmp_path, FOLDER=folder, within=WITHIN, **servers, **theme
        )
    assert told["failed"] == []
    assert [one for one in told["problems"] if one["severity"] == "error"] == []
    assert "602" in told["exported"]
    assert "Building" in told["layers"]
    assert any(one.startswith("GEOMETRY_INVALID") for one in told["rules"])
    assert len(told["seen"]) == DIALOGS
    assert {name: wrong for name, wrong in told["seen"].items() if wrong} == {}
