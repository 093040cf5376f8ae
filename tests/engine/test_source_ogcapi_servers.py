"""Every feature of real servers: pygeoapi and tipg over PostGIS, QGIS Server, MapServer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from commonplace.job import HttpSpec, SourceSpec
from commonplace.sources import open_source
from servers.geoapi import Running, Table, running_pygeoapi
from servers.mapserver import serve_mapserver
from servers.postgis import PostgisServer, serve_postgis
from servers.qgis_server import serve_qgis
from servers.tipg_server import serve_tipg
from support.sources import codes, read, shapes
from support.wfs_data import LAYERS, Town, write_town

COUNT = 50_000
MANY = f"""
CREATE TABLE houses AS SELECT n AS id, 'house ' || n AS name, n % 12 AS floors,
  (ARRAY['oak','lime','elm'])[1 + n % 3] AS kind,
  timestamptz '2020-01-01Z' + n * interval '1 minute' AS updated,
  ST_SetSRID(ST_MakePoint(24 + (n % 1000) / 1000.0, 56 + n / 100000.0), 4326)
    ::geometry(Point, 4326) AS geom
FROM generate_series(1, {COUNT}) n;
ALTER TABLE houses ADD PRIMARY KEY (id);
CREATE INDEX ON houses USING gist (geom);
CREATE TABLE changing AS SELECT * FROM houses;
ALTER TABLE changing ADD PRIMARY KEY (id);
"""
BOX = (24.0, 56.0, 25.0, 56.6)


@pytest.fixture(scope="module")
def database() -> Iterator[PostgisServer]:
    with serve_postgis() as server:
        server.run(MANY)
        yield server


@pytest.fixture(scope="module")
def pygeoapi(
    database: PostgisServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Running]:
    tables = {name: Table(database.url(), name, BOX) for name in ("houses", "changing")}
    folder = tmp_path_factory.mktemp("pygeoapi")
    with running_pygeoapi(folder, tables, most=10_000) as running:
        yield running


@pytest.fixture(scope="module")
def tipg(database: PostgisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve_tipg(tmp_path_factory.mktemp("tipg"), database.url()) as url:
        yield url


def ids_in(database: PostgisServer, table: str, where: str = "true") -> list[int]:
    return [int(one) for one in database.run(f"SELECT id FROM {table} WHERE {where}").split()]


def source_of(url: str, **spec: Any) -> Any:
    patient = HttpSpec(retries=8)
    return open_source(SourceSpec(url=url, kind="ogcapi", http=patient, **spec))


def test_every_feature_of_pygeoapi(pygeoapi: Running, database: PostgisServer) -> None:
    opened = source_of(f"{pygeoapi.url}/collections/houses")
    assert opened.layer().count == COUNT
    assert sorted(read(opened)["id"].to_pylist()) == sorted(ids_in(database, "houses"))
    assert codes(opened) == set()


def test_address_from_a_browser(pygeoapi: Running) -> None:
    opened = open_source(SourceSpec(url=f"{pygeoapi.url}/collections/houses?f=html"))
    assert opened.layer().name == "houses"
    assert opened.evidence().kind == "ogcapi"


def test_every_feature_of_tipg(tipg: str, database: PostgisServer) -> None:
    opened = source_of(f"{tipg}/collections/public.houses")
    assert sorted(read(opened)["id"].to_pylist()) == sorted(ids_in(database, "houses"))


def test_pages_while_the_server_is_restarted(pygeoapi: Running, database: PostgisServer) -> None:
    reached = Event()
    watcher = _Watcher(reached, 10_000)
    opened = open_source(
        SourceSpec(
            url=f"{pygeoapi.url}/collections/changing",
            kind="ogcapi",
            page_size=5_000,
            http=HttpSpec(retries=8),
        ),
        watcher,
    )

    def restart() -> None:
        assert reached.wait(60)
        pygeoapi.stop()
        pygeoapi.start()

    thread = Thread(target=restart)
    thread.start()
    found = read(opened)["id"].to_pylist()
    thread.join()
    assert sorted(found) == sorted(ids_in(database, "changing"))
    assert opened.evidence().details["retries"] > 0


def test_features_deleted_while_they_are_read(pygeoapi: Running, database: PostgisServer) -> None:
    before = set(ids_in(database, "changing"))
    reached = Event()

    class Deleting(_Watcher):
        def progress(self, step: str, done: int, total: int | None) -> None:
            if done >= 10_000 and not reached.is_set():
                database.run("DELETE FROM changing WHERE id IN (5, 6, 7)")
                reached.set()

    spec = SourceSpec(url=f"{pygeoapi.url}/collections/changing", kind="ogcapi", page_size=5_000)
    opened = open_source(spec, Deleting(reached, 0))
    found = read(opened)["id"].to_pylist()
    assert len(found) == len(set(found))
    assert before - {5, 6, 7} <= set(found) <= before
    assert {one.code: one.count for one in opened.findings()} == {"SOURCE_CHANGED": 3}


def test_filters(pygeoapi: Running, tipg: str, database: PostgisServer) -> None:
    text = "floors > 10 AND kind = 'elm' AND S_INTERSECTS(geom, BBOX(24.2, 56.1, 24.4, 56.3))"
    where = "floors > 10 AND kind = 'elm' AND ST_X(geom) BETWEEN 24.2 AND 24.4"
    wanted = ids_in(database, "houses", f"{where} AND ST_Y(geom) BETWEEN 56.1 AND 56.3")
    assert wanted
    for url, layer in ((pygeoapi.url, "houses"), (tipg, "public.houses")):
        opened = source_of(f"{url}/collections/{layer}", filter=text)
        assert sorted(read(opened)["id"].to_pylist()) == sorted(wanted)
    simple = source_of(f"{tipg}/collections/public.houses", filter="floors > 10")
    assert read(simple).num_rows == len(ids_in(database, "houses", "floors > 10"))
    told = simple.evidence().details["layers"]["public.houses"]
    assert told["filter_evaluated"] == "server"


def test_changed_since(tipg: str, database: PostgisServer) -> None:
    opened = source_of(f"{tipg}/collections/public.houses", since="2020-02-01")
    wanted = ids_in(database, "houses", "updated >= timestamptz '2020-02-01Z'")
    assert sorted(read(opened)["id"].to_pylist()) == sorted(wanted)


def test_every_feature_of_qgis_server(tmp_path: Path) -> None:
    data = tmp_path / "town.gpkg"
    places = shapely.points([[24 + n / 2000, 57] for n in range(1, 2_346)])
    pyogrio.raw.write(
        data,
        shapely.to_wkb(places),
        [np.arange(1, 2_346)],
        ["n"],
        layer="trees",
        driver="GPKG",
        crs="EPSG:4326",
        geometry_type="Point",
    )
    with serve_qgis(tmp_path, data, {"trees": "EPSG:4326"}) as address:
        opened = source_of(f"{address}wfs3/collections/trees", page_size=500)
        assert sorted(read(opened)["n"].to_pylist()) == list(range(1, 2_346))
        assert shapes(read(opened, where=(("n", "7"),)))[0].x == pytest.approx(24.0035, abs=1e-6)


# --- MapServer: over GeoPackages it ignores offset, and its next links lead to page 1 ---


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return write_town(tmp_path_factory.mktemp("town"), 403)


@pytest.mark.parametrize(
    ("most", "page_size", "names", "told"),
    [
        (10_000, None, {"houses", "trees"}, set()),
        (10_000, 50, {"houses", "trees"}, {"PAGES_NOT_OFFERED"}),
        (100, None, {"trees"}, {"READ_BY_TILES"}),  # of 153 that it counts in a tile it sends 89
    ],
)
def test_every_feature_of_mapserver(
    town: Town,
    tmp_path: Path,
    most: int,
    page_size: int | None,
    names: set[str],
    told: set[str],
) -> None:
    with serve_mapserver(tmp_path, town.path, LAYERS, most=most) as server:
        opened = open_source(SourceSpec(url=server.ogcapi, page_size=page_size))
        houses, trees = opened.layers()
        assert {one.name: one.type for one in houses.fields} == {
            "id": "string",
            "key": "int64",
            "postcode": "string",
            "name": "string",
            "height": "double",
        }
        for layer in (houses, trees):
            assert (layer.count, layer.crs) == (town.count, "OGC:CRS84")
            if layer.name in names:
                assert sorted(read(opened, layer)["key"].to_pylist()) == town.keys(layer.name)
        assert codes(opened) == told


class _Watcher:
    """Sets an event when so many features came."""

    def __init__(self, reached: Event, after: int) -> None:
        self.reached = reached
        self.after = after

    def progress(self, step: str, done: int, total: int | None) -> None:
        if self.after and done >= self.after:
            self.reached.set()

    def message(self, text: str) -> None:
        return None

    def cancelled(self) -> bool:
        return False
