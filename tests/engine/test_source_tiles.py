"""Vector tiles of a real pygeoapi, put together to features again."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import httpx
import pyarrow as pa
import pyogrio
import pytest
import shapely

from commonplace.batch import GEOMETRY, Query, Source
from commonplace.errors import MalformedAnswer
from commonplace.job import SourceSpec
from commonplace.sources import open_source
from servers.geoapi import Tiled, running_pygeoapi
from servers.loopback import serving
from support.sources import codes

BOX = (11.0, 46.4, 11.5, 46.6)
DEEPEST = 11
PRECISION = 4.8  # metres, of tiles of that level
TOWN = gpd.GeoDataFrame(
    {"name": ["well", "wood", "road"], "n": [1, 2, 3]},
    geometry=[
        shapely.Point(11.2, 46.5),
        shapely.box(11.1, 46.42, 11.3, 46.58),
        shapely.LineString([(11.02, 46.41), (11.48, 46.59)]),
    ],
    crs=4326,
)


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("tiles")
    tiled(folder / "town", "-preserve_fid")
    tiled(folder / "bare", "-unsetFid")
    collections = {one: Tiled(folder / one, one, BOX, DEEPEST) for one in ("town", "bare")}
    with running_pygeoapi(folder, collections) as running:
        yield running.url


def tiled(folder: Path, *options: str) -> None:
    """Tiles by Debian's GDAL, which takes a row's number for the id of its feature."""
    source = folder.with_suffix(".gpkg")
    pyogrio.write_dataframe(TOWN, source, layer="places")
    settings = (f"MAXZOOM={DEEPEST}", "MINZOOM=0", "FORMAT=DIRECTORY", "COMPRESS=NO")
    command = ["/usr/bin/ogr2ogr", "-f", "MVT", str(folder), str(source), *options]
    for one in settings:
        command += ["-dsco", one]
    subprocess.run(command, check=True, capture_output=True, timeout=120)


def read(source: Source, name: str, **query: Any) -> pa.Table:
    return pa.Table.from_batches(source.batches(source.layer(name), Query(**query)))


def test_features_of_many_tiles_are_whole_again(url: str) -> None:
    source = open_source(SourceSpec(url=url, kind="tiles"))
    assert {one.name for one in source.layers()} == {"town", "bare"}
    layer = source.layer("town")
    assert (layer.crs, layer.count) == ("EPSG:3857", 3)
    rows = {row["name"]: row for row in read(source, "town").to_pylist()}
    assert rows.keys() == set(TOWN["name"])
    assert {row["layer"] for row in rows.values()} == {"places"}
    expected = TOWN.to_crs(3857).set_index("name").geometry
    for name, row in rows.items():
        found = shapely.from_wkb(row[GEOMETRY])
        assert found.geom_type.removeprefix("Multi") == expected[name].geom_type
        assert shapely.hausdorff_distance(found, expected[name]) < 2 * PRECISION
    assert codes(source) == {"TILE_PRECISION"}
    assert source.evidence().details["tilesets"]["town"]["level"] == DEEPEST  # type: ignore[index]


def test_features_without_ids_stay_in_pieces_and_that_is_told(url: str) -> None:
    source = open_source(SourceSpec(url=url, kind="tiles"))
    table = read(source, "bare")
    names = table.column("name").to_pylist()
    assert names.count("well") == 1
    assert names.count("wood") > 1
    assert "TILES_CUT" in codes(source)
    pieces = shapely.from_wkb([row[GEOMETRY] for row in table.to_pylist() if row["name"] == "wood"])
    (whole,) = TOWN.to_crs(3857).geometry[TOWN["name"] == "wood"]
    assert abs(shapely.area(pieces).sum() / whole.area - 1) < 0.001


def test_only_the_tiles_of_the_box_are_asked_for(url: str) -> None:
    box = {"bbox": (11.19, 46.49, 11.21, 46.51), "bbox_crs": "OGC:CRS84"}
    spec = SourceSpec(url=url, kind="tiles", **box)  # type: ignore[arg-type]
    source = open_source(spec)
    assert {row["name"] for row in read(source, "town").to_pylist()} == {"well", "wood"}
    assert source.evidence().details["tilesets"]["town"]["tiles"] == 1  # type: ignore[index]
    east = read(source, "town", bbox=(11.45, 46.55, 11.49, 46.6), bbox_crs="OGC:CRS84")
    assert east.column("name").to_pylist() == ["road"]
    few = read(source, "town", columns=["n"], where=(("name", "well"),), limit=1)
    assert few.schema.names == ["n", GEOMETRY]
    assert few.column("n").to_pylist() == [1]


def test_places_without_tiles_and_services_without(url: str) -> None:
    far = SourceSpec(url=url, kind="tiles", bbox=(50, 10, 50.1, 10.1), bbox_crs="OGC:CRS84")
    source = open_source(far)
    assert sum(one.num_rows for one in source.batches(source.layer("town"), Query())) == 0
    answer = httpx.Response(200, json={"collections": [{"id": "x"}]})
    with serving(lambda _: answer) as other, pytest.raises(MalformedAnswer):
        open_source(SourceSpec(url=other, kind="tiles")).layers()
