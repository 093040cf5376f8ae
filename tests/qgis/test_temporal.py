"""Layers with times in QGIS's temporal controller."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from commonplace.report import Silent
from commonplace.worker.connecting import load_layer
from servers.broker import PREFIX, Broker, serve

DAYS = 4
LAMP = {
    "id": "urn:x:1",
    "type": "Lamp",
    "state": {"type": "Property", "value": "on", "observedAt": "2026-01-01T12:00:00Z"},
    "location": {
        "type": "GeoProperty",
        "value": {"type": "Point", "coordinates": [24.1, 56.9]},
    },
}


def test_temporal_evolution_is_shown_at_its_time(staged: Any, tmp_path: Path) -> None:
    """Four days' values; the entity itself says when it was observed, in a column of text."""
    broker = Broker()
    broker.load([LAMP])
    with serve(broker) as url:
        for day in range(2, DAYS + 1):
            when = f"2026-01-0{day}T12:00:00Z"
            state = {"type": "Property", "value": f"v{day}", "observedAt": when}
            httpx.patch(f"{url}{PREFIX}/entities/urn:x:1", json={"state": state})
        loaded = [
            load_layer(
                {"source": url, "layer": name, "target": str(tmp_path / f"{number}.gpkg")},
                Silent(),
            )[-1]
            for number, name in enumerate(("Lamp@history", "Lamp"))
        ]
    ranges = [
        ["2026-01-02T00:00:00", "2026-01-03T00:00:00"],
        ["2026-01-02T00:00:00", "2026-01-05T00:00:00"],
        ["2025-01-01T00:00:00", "2025-01-02T00:00:00"],
    ]
    told = staged.script("temporal", loaded=loaded, ranges=ranges)
    assert told["Lamp@history"] == [True, 1, 3, 0]
    assert told["Lamp"] == [True, 0, 1, 0]


def test_periods_are_shown_while_they_last(staged: Any) -> None:
    ranges = [
        ["2025-12-01T00:00:00", "2025-12-02T00:00:00"],
        ["2026-01-01T06:00:00", "2026-01-01T07:00:00"],
        ["2026-02-01T00:00:00", "2026-02-02T00:00:00"],
    ]
    told = staged.script("periods", ranges=ranges)
    assert told["shown"] == [0, 1, 1]
    assert told["plain"] is False, "a year of building is no time axis"
