"""*Connect…*: what is decided, and the dialog in the desktop against a real pygeoapi."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qgis.desktop import perform
from servers.broker import Broker, serve
from servers.geoapi import Served, serve_pygeoapi

COUNT = 1200
LAMP = {
    "type": "Lamp",
    "state": "on",
    "location": {
        "type": "GeoProperty",
        "value": {"type": "Point", "coordinates": [24.1, 56.9]},
    },
}


@pytest.fixture
def trees(tmp_path: Path) -> Path:
    """Points with the day they were planted."""
    features = [
        {
            "type": "Feature",
            "id": number,
            "properties": {"key": number, "kind": "oak", "planted": f"20{number % 90 + 10}-03-01"},
            "geometry": {"type": "Point", "coordinates": [24 + number / COUNT, 56.5]},
        }
        for number in range(COUNT)
    ]
    path = tmp_path / "trees.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_what_is_wanted_becomes_a_request_and_is_kept(staged: Any, tmp_path: Path) -> None:
    told = staged.script("connecting", folder=str(tmp_path), plugin=str(staged.plugin))
    assert told["refused"] == [True, True, True, False]
    assert told["request"] == {
        "type": "load",
        "source": "https://example.org/",
        "target": "x.gpkg",
        "layer": "trees",
        "replace": True,
        "auth": "abc1234",
        "asks": True,
        "bbox": "1.0,2.0,3.0,4.0",
        "bbox_crs": "EPSG:4326",
        "first": 1000,
    }
    assert told["broker"]["kind"] == "ngsild"
    assert told["watch"] == {
        "type": "watch",
        "source": "http://b/",
        "target": "t",
        "layers": ["T"],
        "kind": "ngsild",
        "replace": True,
        "auth": "x",
        "asks": True,
    }
    assert told["read_again"]
    assert told["unreadable"] is None
    assert told["files"] == ["a_b.gpkg", "a_b_2.gpkg", "a_b_3.gpkg", "town_layers"]
    assert told["cells"] == ["trees", "Point", "≈ 7", "EPSG:4326", "", "1 2 3 4"]
    assert told["said"] == "The town. NGSI-LD broker, layers: 1, CC0-1.0"
    assert told["said_untitled"] == "new, layers: 1"
    assert told["style"] == "Building.qml"
    assert told["no_style"] is None
    assert told["saved"] == [["A", "https://example.org/b", ""], ["b", "https://b/", "x"]]
    assert told["secret_kept"] is False
    assert told["left"] == ["b"]


@pytest.mark.slow
def test_a_layer_of_a_service_is_added_and_refreshed(
    staged: Any, trees: Path, tmp_path: Path
) -> None:
    served = {"trees": Served(trees, (24, 56, 25, 57))}
    broker = Broker()
    broker.load([{**LAMP, "id": f"urn:x:{number}"} for number in range(2)])
    with serve_pygeoapi(tmp_path, served) as url, serve(broker) as brokers:
        told = perform(
            staged, "desktop_connect", tmp_path, URL=url, BROKER=brokers, LAMP=json.dumps(LAMP)
        )
    assert "authentication" in told["refused"]
    assert told["said"].startswith("test. OGC API Features, layers: 1")
    assert told["menu"] == ["Town & trees", "", "Forget"]
    assert told["chosen"] == [url, url, True], "a saved connection is looked at"
    assert (told["forgotten"], told["menu_left"]) == (url, False)
    assert told["row"][:3] == ["trees", "Point", "1200"]
    assert not told["add_while_looking"]
    assert told["parts"][0] == 1000, "the first features are there before the rest"
    assert (told["name"], told["count"], told["identifier"]) == ("trees", COUNT, url)
    assert url in told["history"][0]
    assert told["files"][0] == "trees.gpkg"
    assert not [one for one in told["files"] if "first" in one]
    assert told["same_source"]
    assert told["opacity"] == 0.5, "its style stays"
    assert told["broker"] == ["Lamp"]
    assert told["follows"] == [True, True, 2, 1, 1]
    assert told["replaced"], "one file a layer"
    assert not told["trees_follow"], "the action is that of the layer at hand"
    assert told["widened"] == [["urn:x:late", "on"]], "a new attribute is a new column"
    assert (told["left"], told["kept"]) == ([False, 0], 4)
    assert (told["signs_left"], told["workers_left"], told["actions_left"]) == (0, [], [])
