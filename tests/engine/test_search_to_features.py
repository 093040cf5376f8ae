"""From a catalogue to features: a real pycsw leads to a real QGIS Server."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from commonplace import face
from commonplace.commands.search import search
from servers.pycsw import serve_pycsw
from servers.qgis_server import serve_qgis
from support.iso import iso_record
from support.wfs_data import LAYERS, write_town


def test_record_is_followed_to_its_features(tmp_path: Path) -> None:
    town = write_town(tmp_path, 30)
    with serve_qgis(tmp_path, town.path, LAYERS) as wfs:
        link = (f"{wfs}?SERVICE=WFS&REQUEST=GetCapabilities", "OGC:WFS", "trees")
        record = iso_record("r1", "Trees of the town", "Land cover", (11, 48, 12, 49), [link])
        with serve_pycsw(tmp_path, [record]) as catalogue:
            arguments = [catalogue, "--theme", "land cover", "--json"]
            result = CliRunner().invoke(search, arguments, catch_exceptions=False)
        ((address,),) = (one["data"] for one in json.loads(result.output)["records"])
        opened = face.open(address["url"], kind=address["kind"])
        table = opened.layer(address["layer"]).to_arrow()
    assert sorted(table["key"].to_pylist()) == town.keys("trees")
