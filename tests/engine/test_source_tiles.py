"""Vector tiles of a real pygeoapi and a real tipg, put together to features again."""

from __future__ import annotations

import re
import subprocess
import zipfile
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
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.job import SourceSpec
from commonplace.sources import open_source
from commonplace.sources.tilematrix import Matrix, known_matrix_set, read_matrix_set
from commonplace.sources.tilepieces import read_tile, together
from servers.geoapi import Tiled, running_pygeoapi
from servers.loopback import serving
from servers.postgis import serve_postgis
from servers.tipg_server import serve_tipg
from support.sources import codes, details

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


def tiled(
    folder: Path, *options: str, frame: gpd.GeoDataFrame = TOWN, deepest: int = DEEPEST
) -> None:
    """Tiles by Debian's GDAL, which takes a row's number for the id of its feature."""
    source = folder.with_suffix(".gpkg")
    pyogrio.write_dataframe(frame, source, layer="places")
    settings = (f"MAXZOOM={deepest}", "MINZOOM=0", "FORMAT=DIRECTORY", "COMPRESS=NO")
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
    assert details(source)["tilesets"]["town"]["level"] == str(DEEPEST)


def test_collections_of_tiles_are_told(url: str) -> None:
    source = open_source(SourceSpec(url=url))
    assert source.layers() == []
    told = {one.layer: str(one.fix) for one in source.findings()}
    assert told.keys() == {"town", "bare"}
    assert "tiles" in told["town"]


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
    spec = SourceSpec(url=url, kind="tiles", **box)
    source = open_source(spec)
    assert {row["name"] for row in read(source, "town").to_pylist()} == {"well", "wood"}
    assert details(source)["tilesets"]["town"]["tiles"] == 1
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


# --- other tile matrix sets, by a real tipg: it has no ids, so polygons stay in pieces ---

PLACES = {"bolzano": (11.34, 46.49), "wellington": (174.77, -41.29)}
SIDE = 0.01  # degrees, of the square that each town is


@pytest.fixture(scope="module")
def tipg(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve_postgis() as database:
        for name, (x, y) in PLACES.items():
            database.run(
                f"CREATE TABLE {name}"
                " (id int PRIMARY KEY, kind text, geom geometry(Geometry, 4326));"
                f"INSERT INTO {name} SELECT n, 'tree', ST_SetSRID(ST_MakePoint("
                f" {x} + {SIDE} * (n % 20 + 0.5) / 20, {y} + {SIDE} * (n / 20 + 0.5) / 20), 4326)"
                f" FROM generate_series(0, 399) n;"
                f"INSERT INTO {name} VALUES (400, 'town', ST_MakeEnvelope("
                f" {x}, {y}, {x + SIDE}, {y + SIDE}, 4326));"
            )
        with serve_tipg(tmp_path_factory.mktemp("tipg"), database.url()) as url:
            yield url


@pytest.mark.parametrize(
    ("town", "matrix_set", "crs"),
    [
        ("bolzano", "WebMercatorQuad", "EPSG:3857"),
        ("bolzano", "WorldCRS84Quad", "OGC:CRS84"),
        ("bolzano", "WGS1984Quad", "EPSG:4326"),
        ("bolzano", "EuropeanETRS89_LAEAQuad", "EPSG:3035"),
        ("wellington", "NZTM2000Quad", "EPSG:2193"),
        ("wellington", "WorldCRS84Quad", "OGC:CRS84"),
    ],
)
def test_any_tile_matrix_set_of_the_server(tipg: str, town: str, matrix_set: str, crs: str) -> None:
    """Two of them with northing first, two in degrees."""
    url = f"{tipg}/collections/public.{town}/tiles/{matrix_set}"
    source = open_source(SourceSpec(url=url, kind="tiles"))
    layer = source.layer()
    assert (layer.name, layer.crs) == (f"public.{town}", crs)
    table = read(source, layer.name)
    read_of = details(source)["tilesets"][layer.name]
    assert read_of["matrix_set"] == matrix_set
    assert read_of["tiles"] > 1
    x, y = PLACES[town]
    ids = range(400)
    lon = [x + SIDE * (one % 20 + 0.5) / 20 for one in ids]
    lat = [y + SIDE * (one // 20 + 0.5) / 20 for one in ids]
    trees = gpd.GeoSeries.from_xy(lon, lat, crs=4326, index=ids).to_crs(crs)
    rows = [row for row in table.to_pylist() if row["kind"] == "tree"]
    assert sorted(row["id"] for row in rows) == list(ids)
    metre = 1 / 70_000 if layer.extent and abs(layer.extent[0]) <= 180 else 1
    for row in rows:
        assert shapely.from_wkb(row[GEOMETRY]).distance(trees[row["id"]]) < 1.5 * metre
    pieces = shapely.union_all(
        [shapely.from_wkb(row[GEOMETRY]) for row in table.to_pylist() if row["kind"] == "town"]
    )
    whole = gpd.GeoSeries([shapely.box(x, y, x + SIDE, y + SIDE)], crs=4326).to_crs(crs)[0]
    assert pieces.symmetric_difference(whole).area < 0.01 * whole.area
    assert codes(source) == {"TILE_PRECISION", "TILES_CUT"}


def test_the_crs_of_the_source_chooses_the_set(tipg: str) -> None:
    plain = open_source(SourceSpec(url=tipg, kind="tiles"))
    assert {one.crs for one in plain.layers()} == {"EPSG:3857"}
    stated = SourceSpec(url=f"{tipg}/collections/public.wellington", kind="tiles", crs="EPSG:2193")
    source = open_source(stated)
    (layer,) = source.layers()
    assert layer.crs == "EPSG:2193"
    x, y = PLACES["wellington"]
    box = (x, y, x + SIDE / 2, y + SIDE / 2)
    found = read(source, layer.name, bbox=box, bbox_crs="OGC:CRS84", where=(("kind", "tree"),))
    assert found.num_rows == 100


def test_rows_of_different_widths_are_told(tipg: str) -> None:
    url = f"{tipg}/collections/public.bolzano/tiles/CDB1GlobalGrid"
    source = open_source(SourceSpec(url=url, kind="tiles"))
    with pytest.raises(MalformedAnswer) as refused:
        source.layers()
    assert "CDB1GlobalGrid" in str(refused.value.hint)
    assert codes(source) == {"TILES_NOT_READ"}


def test_tiles_of_a_service_as_a_whole(shared: Path, tmp_path: Path) -> None:
    """As recorded of an ldproxy: the collections have no tiles of their own."""
    with zipfile.ZipFile(shared / "data" / "services_open" / "oapif_ogcclient.zip") as archive:
        recorded = {
            name.removeprefix("fixtures/ogc-api/").removesuffix(".json"): archive.read(
                name
            ).decode()
            for name in archive.namelist()
            if name.endswith(".json")
        }
    well = TOWN.iloc[:1].set_geometry([shapely.Point(-2.0, 52.0)], crs=4326)
    tiled(tmp_path / "britain", "-preserve_fid", frame=well, deepest=15)

    def answer(request: httpx.Request) -> httpx.Response:
        path = request.url.path.strip("/")
        level, row, column = path.split("/")[-3:] if path.count("/") == 5 else ("", "", "")
        tile = tmp_path / "britain" / level / column / f"{row}.pbf"
        if level and tile.is_file():
            return httpx.Response(200, content=tile.read_bytes())
        if path not in recorded:
            return httpx.Response(404)
        root = f"http://{request.headers['host']}/sample-data"
        text = re.sub(
            r"https://(my.server.org/sample-data|demo.ldproxy.net/zoomstack)", root, recorded[path]
        )
        return httpx.Response(200, text=text, headers={"content-type": "application/json"})

    box: dict[str, Any] = {"bbox": (-2.01, 51.99, -1.99, 52.01), "bbox_crs": "OGC:CRS84"}
    with serving(answer) as url:
        for address in ("/sample-data", "/sample-data/tiles/WebMercatorQuad"):
            source = open_source(SourceSpec(url=url + address, kind="tiles", **box))
            layer = source.layer()
            assert (layer.name, layer.title, layer.count) == ("sample-data", "OS Open Zoomstack", 1)
            assert read(source, layer.name).column("name").to_pylist() == ["well"]


# --- definitions ---

SWISS = {
    "id": "swiss",
    "crs": {"uri": "http://www.opengis.net/def/crs/EPSG/0/2056"},
    "tileMatrices": [
        {
            "id": "fine",
            "scaleDenominator": 1_000_000,
            "cellSize": 280,
            "cornerOfOrigin": "bottomLeft",
            "pointOfOrigin": [2_420_000, 1_030_000],
            "tileWidth": 256,
            "tileHeight": 512,
            "matrixWidth": 7,
            "matrixHeight": 3,
        }
    ],
}


def test_rows_that_count_up() -> None:
    (matrix,) = read_matrix_set(SWISS, "x").levels
    width, height = 280 * 256, 280 * 512
    assert matrix.extent == (2_420_000, 1_030_000, 2_420_000 + 7 * width, 1_030_000 + 3 * height)
    low = (2_420_010, 1_030_010, 2_420_020, 1_030_020)
    assert (matrix.block(low).left, matrix.block(low).top) == (0, 0)
    assert len(matrix.block(matrix.extent)) == 21
    assert len(matrix.block((0, 0, 1, 1))) == 0
    high = (low[0] + width, low[1] + height)
    block = matrix.block((*low[:2], *high))
    assert (block.right, block.bottom, len(block)) == (1, 1, 4)


def test_a_tile_of_rows_that_count_up(tmp_path: Path) -> None:
    tiled(tmp_path / "town", "-preserve_fid")
    body = (tmp_path / "town" / "0" / "0" / "0.pbf").read_bytes()
    matrix = Matrix("x", 1.0, (100.0, 200.0), 1.0, 1.0, 2, 3, upward=True)
    pieces = list(read_tile(tmp_path / "work", matrix, 1, 0, body))
    table, identified = together(pieces, matrix)
    assert identified
    (well,) = [row for row in table.to_pylist() if row["name"] == "well"]
    world = gpd.GeoSeries([shapely.Point(11.2, 46.5)], crs=4326).to_crs(3857)[0]
    half = 20_037_508.342789244
    place = shapely.from_wkb(well[GEOMETRY])
    assert place.x == pytest.approx(101 + (world.x + half) / (2 * half), abs=1e-3)
    assert place.y == pytest.approx(200 + (world.y + half) / (2 * half), abs=1e-3)


def test_the_draft_of_2019_and_the_sets_that_everyone_knows() -> None:
    """The same level, stated in the draft's words without the size of a cell."""
    draft = {
        "identifier": "old",
        "supportedCRS": "http://www.opengis.net/def/crs/EPSG/0/4326",
        "tileMatrix": [
            {
                "identifier": "3",
                "scaleDenominator": 34942641.5017948,
                "topLeftCorner": [90, -180],
                "tileWidth": 256,
                "tileHeight": 256,
                "matrixWidth": 16,
                "matrixHeight": 8,
            }
        ],
    }
    found = read_matrix_set(draft, "x")
    known = known_matrix_set("WorldCRS84Quad")
    assert known is not None
    assert (found.name, found.crs) == ("old", "EPSG:4326")
    level: Matrix = known.levels[3]
    assert found.levels[0].extent == pytest.approx(level.extent, abs=1e-6)
    assert found.levels[0].width == pytest.approx(level.width)
    assert known_matrix_set("swiss") is None


@pytest.mark.parametrize("stated", [{}, [], "x", {"crs": "EPSG:3857", "tileMatrices": [{}]}])
def test_what_is_no_definition(stated: Any) -> None:
    with pytest.raises(SourceError):
        read_matrix_set(stated, "x")
