"""Publishing to an OGC API with transactions: a real pygeoapi over PostGIS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from commonplace.cli import cli
from commonplace.errors import SourceError
from commonplace.http import Client
from commonplace.publish.changes import Changes, Counts
from commonplace.publish.collection import Service, chosen_collection
from commonplace.publish.features import FeaturesWish, publish_features, same
from commonplace.publish.layers import FileLayer, layers_of
from commonplace.publish.targets import kind_by_address, kind_by_answer
from servers import broker as standin
from servers.geoapi import Table, running_pygeoapi
from servers.postgis import PostgisServer, serve_postgis
from support.packages import both, features_in, houses_package, renamed, without

ROWS = 30
COLUMNS = """
"inspireId_localId" text, "inspireId_namespace" text, "conditionOfConstruction" text,
"conditionOfConstruction_href" text, "numberOfDwellings" integer, "name" text,
"geometry2D_referenceGeometry" boolean, "geometry2D_horizontalGeometryReference" text,
"geometry2D_horizontalGeometryReference_href" text, name_eng text,
geom geometry(Geometry, 25832)
"""
TOWN = f"""
CREATE TABLE building (id text PRIMARY KEY, {COLUMNS});
CREATE TABLE numbered (fid serial PRIMARY KEY, gml_id text UNIQUE, {COLUMNS});
CREATE TABLE fixed (id text PRIMARY KEY, geom geometry(Geometry, 4326));
"""
BOX = (11.0, 46.0, 12.0, 47.0)
STORED = "http://www.opengis.net/def/crs/EPSG/0/25832"  # pygeoapi writes no rows in CRS84


@pytest.fixture(scope="module")
def server() -> Iterator[PostgisServer]:
    with serve_postgis() as running:
        running.run(TOWN)
        yield running


@pytest.fixture(scope="module")
def url(server: PostgisServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    collections = {
        "building": Table(server.url(), "building", BOX, storage=STORED, editable=True),
        "numbered": Table(
            server.url(), "numbered", BOX, id_field="fid", storage=STORED, editable=True
        ),
        "fixed": Table(server.url(), "fixed", BOX),
    }
    with running_pygeoapi(tmp_path_factory.mktemp("api"), collections) as running:
        yield running.url


@pytest.fixture(autouse=True)
def empty(server: PostgisServer) -> None:
    server.run(
        "TRUNCATE building, numbered RESTART IDENTITY;"
        "ALTER TABLE building DROP CONSTRAINT IF EXISTS names"
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("houses")


@pytest.fixture(scope="module")
def package(folder: Path) -> Path:
    return houses_package(folder, ROWS, formats="geojson")


@pytest.fixture(scope="module")
def later(folder: Path) -> Path:
    """One house has another name, two are gone, two are new."""
    change = both(without(3, 4), renamed(0, "Town hall"))
    return houses_package(folder, ROWS + 2, name="later", formats="geojson", change=change)


def send(url: str, package: Path, **wishes: Any) -> Changes:
    with Client() as client:
        wish = FeaturesWish(**wishes)
        return publish_features(layers_of(package), Service(url, client), wish)


def test_all_features_arrive_as_they_are(server: PostgisServer, url: str, package: Path) -> None:
    changes = send(url, package)
    assert changes.layers == {"building": Counts(new=ROWS)}
    assert changes.findings.count() == 0
    with Client() as client:
        there = {one["id"]: one for one in Service(url, client).collection("building").features()}
    ours = features_in(package)
    assert there.keys() == ours.keys()
    for name, one in ours.items():
        assert same(there[name], one)
        for key, value in one["properties"].items():
            assert there[name]["properties"][key] == value
    # pygeoapi takes coordinates for those of its storageCrs; it was sent them so.
    where = "SELECT round(ST_X(ST_Centroid(geom))) FROM building WHERE id = 'Building.H000000'"
    assert server.run(where) == "678005\n"


def test_only_what_differs_is_sent(
    server: PostgisServer, url: str, package: Path, later: Path
) -> None:
    versions = "SELECT id, xmin FROM building ORDER BY id"
    send(url, package)
    before = server.run(versions)
    assert send(url, package).layers["building"] == Counts(same=ROWS)
    expected = Counts(new=2, changed=1, same=ROWS - 3, vanished=2)
    assert send(url, later, dry_run=True).layers["building"] == expected
    assert server.run(versions) == before
    assert send(url, later).layers["building"] == expected
    assert server.run("SELECT name FROM building WHERE id LIKE '%H000000'") == "Town hall\n"
    done = send(url, later, delete_vanished=True).layers["building"]
    assert done == Counts(same=ROWS, vanished=2, deleted=2)
    ids = server.run("SELECT id FROM building ORDER BY id").split()
    assert ids == sorted(features_in(later))


def test_an_interrupted_run_goes_on(server: PostgisServer, url: str, package: Path) -> None:
    send(url, package)
    server.run("DELETE FROM building WHERE id > 'Building.H000011'")
    assert send(url, package).layers["building"] == Counts(new=ROWS - 12, same=12)


def test_features_of_others_are_not_taken_for_vanished(
    server: PostgisServer, url: str, package: Path
) -> None:
    send(url, package)
    server.run("""INSERT INTO building (id, "inspireId_namespace") VALUES ('other', 'YY')""")
    done = send(url, package, delete_vanished=True).layers["building"]
    assert done == Counts(same=ROWS)
    assert server.run("SELECT count(*) FROM building") == f"{ROWS + 1}\n"


def test_a_service_with_ids_of_its_own(
    server: PostgisServer, url: str, package: Path, later: Path
) -> None:
    wishes = {"collections": {"Building": "numbered"}, "id_property": "gml_id"}
    assert send(url, package, **wishes).layers == {"numbered": Counts(new=ROWS)}
    assert send(url, package, **wishes).layers == {"numbered": Counts(same=ROWS)}
    done = send(url, later, **wishes, delete_vanished=True).layers["numbered"]
    assert done == Counts(new=2, changed=1, same=ROWS - 3, vanished=2, deleted=2)
    kept = server.run("SELECT fid FROM numbered WHERE gml_id LIKE '%H000000'")
    assert int(kept) <= ROWS  # the service's own id stayed
    assert server.run("SELECT count(*) FROM numbered") == f"{ROWS}\n"


def test_what_the_service_refuses_is_told_and_the_rest_arrives(
    server: PostgisServer, url: str, later: Path
) -> None:
    server.run("ALTER TABLE building ADD CONSTRAINT names CHECK (name <> 'Town hall')")
    changes = send(url, later)
    assert changes.layers["building"] == Counts(new=ROWS, refused=1)
    ((first, count, _),) = changes.findings.grouped()
    assert (first.code, first.feature, count) == ("FEATURE_REFUSED", "Building.H000000", 1)
    assert server.run("SELECT count(*) FROM building") == f"{ROWS - 1}\n"


def test_a_service_that_refuses_all_is_not_asked_for_ever(
    server: PostgisServer, url: str, package: Path
) -> None:
    server.run("ALTER TABLE building ADD CONSTRAINT names CHECK (name = '')")
    with pytest.raises(SourceError):
        send(url, package)


def test_collections_that_take_nothing_or_are_not_there(url: str, package: Path) -> None:
    with pytest.raises(SourceError) as caught:
        send(url, package, collections={"Building": "fixed"})
    assert "transactions" in (caught.value.hint or "")
    with pytest.raises(SourceError):
        publish_features(
            [FileLayer(next((package / "data").glob("*.geojson")), "houses", "Tree")],
            Service(url, Client()),
            FeaturesWish(),
        )


def test_properties_that_the_service_lacks_are_told(
    server: PostgisServer, url: str, package: Path
) -> None:
    changes = send(url, package, collections={"Building": "building"}, dry_run=True)
    assert changes.findings.count() == 0
    with Client() as client:
        collection = Service(url, client).collection("fixed")
    assert "name" not in collection.properties


def test_the_command_finds_out_what_the_target_is(url: str, package: Path, later: Path) -> None:
    done = CliRunner().invoke(cli, ["publish", str(package), url, "--json"])
    assert (done.exit_code, json.loads(done.stdout)["layers"]["building"]["new"]) == (0, ROWS)
    told = CliRunner().invoke(cli, ["publish", str(later), url, "--dry-run"])
    assert told.exit_code == 0
    assert "2 new, 1 changed, 27 the same, 2 gone here, left there" in told.stdout
    with Client() as client, standin.serve(standin.Broker()) as broker:
        assert kind_by_answer(url, client) == "ogcapi"
        assert kind_by_answer(broker, client) == "ngsild"
    assert kind_by_address("postgresql://x/y") == "postgis"
    assert kind_by_address("out/atom") == "atom"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (["Building", "road"], "Building"),
        (["building", "houses-building"], "houses-building"),
        (["bu-core2d:Building"], "bu-core2d:Building"),
        (["roads"], None),
    ],
)
def test_which_collection_is_a_layers(known: list[str], expected: str | None) -> None:
    layer = FileLayer(Path("x"), "houses", "Building")
    assert chosen_collection(layer, known, {}) == expected
    assert chosen_collection(layer, known, {"Building": "mine"}) == "mine"


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"id": "1", "geometry": geometry, "properties": properties}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": None}, {}, True),
        ({"a": 1, "theirs": 2}, {"a": 1}, True),
        ({"a": 1}, {"a": 2}, False),
        ({"a": True}, {"a": "true"}, False),
        ({"t": "2020-05-01T12:00:00+02:00"}, {"t": "2020-05-01T10:00:00Z"}, True),
        ({"t": "2020-05-01T00:00:00"}, {"t": "2020-05-01"}, True),
        ({"t": "2020-05-01"}, {"t": "2020-05-02"}, False),
        ({"l": [1, 2]}, {"l": [2, 1]}, False),
    ],
)
def test_when_two_features_hold_the_same(
    one: dict[str, object], other: dict[str, object], expected: bool
) -> None:
    point = {"type": "Point", "coordinates": [1, 2]}
    assert same(feature(point, **one), feature(point, **other)) is expected


def test_geometries_that_a_server_writes_otherwise() -> None:
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    turned = [[1, 1], [0, 0], [1, 0], [1, 1]]
    one = feature({"type": "Polygon", "coordinates": [ring]})
    assert same(one, feature({"type": "Polygon", "coordinates": [turned]}))
    assert same(one, feature({"type": "MultiPolygon", "coordinates": [[ring]]}))
    assert not same(one, feature(None))
    assert not same(one, feature({"type": "Point", "coordinates": [0, 0]}))
    near = [[0, 0], [1, 1e-9], [1, 1], [0, 0]]
    far = [[0, 0], [1, 1e-6], [1, 1], [0, 0]]
    assert same(one, feature({"type": "Polygon", "coordinates": [near]}))
    assert not same(one, feature({"type": "Polygon", "coordinates": [far]}))
