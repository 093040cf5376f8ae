"""Publishing to a real PostGIS: tables in step with packages, nobody else's touched."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely
from click.testing import CliRunner

from commonplace.batch import GEOMETRY, Query
from commonplace.cli import cli
from commonplace.database.session import address_of
from commonplace.errors import AccessRefused, SourceError, Unreachable
from commonplace.job import SourceSpec
from commonplace.jobreading import read_job
from commonplace.pipeline import run
from commonplace.publish.changes import Changes, Counts
from commonplace.publish.postgis import PostgisWish, publish_postgis
from commonplace.publish.tables import sql_name, tables_of
from commonplace.sources import open_source
from servers.ports import free_port
from servers.postgis import PostgisServer, serve_postgis
from support.houses import MAPPING
from support.packages import both, houses_package, renamed, without

JOBS = Path(__file__).parents[2] / "processing" / "jobs"
PASSWORD = "s3cret-word"
ROWS = 40


@pytest.fixture(scope="module")
def server() -> Iterator[PostgisServer]:
    with serve_postgis(password_for=["guarded"]) as running:
        running.run(f"CREATE ROLE guarded LOGIN PASSWORD '{PASSWORD}'")
        running.create_database("base")
        yield running


@pytest.fixture
def database(server: PostgisServer, request: pytest.FixtureRequest) -> str:
    """A database of its own; gives its name."""
    name = f"d{abs(hash(request.node.name)) % 10**9}"
    server.run(f"CREATE DATABASE {name} TEMPLATE base", database="postgres")
    return name


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("houses")


@pytest.fixture(scope="module")
def package(folder: Path) -> Path:
    return houses_package(folder, ROWS)


@pytest.fixture(scope="module")
def later(folder: Path) -> Path:
    """One house has another name, two are gone, two are new."""
    change = both(without(3, 4), renamed(0, "Town hall"))
    return houses_package(folder, ROWS + 2, name="later", change=change)


def send(server: PostgisServer, database: str, package: Path, **wishes: Any) -> Changes:
    address = address_of(server.url(database=database))
    return publish_postgis(tables_of(package), address, PostgisWish(**wishes))


def buildings(changes: Changes) -> Counts:
    return changes.layers["building"]


@pytest.mark.parametrize("job", ["nl-amsterdam-addresses", "fr-olemps-buildings"])
def test_every_row_of_a_real_job_arrives(
    server: PostgisServer, database: str, shared: Path, tmp_path: Path, job: str
) -> None:
    package = tmp_path / "package"
    run(read_job(JOBS / f"{job}.yaml", {"output.folder": str(package)}))
    changes = send(server, database, package)
    schema = job.replace("-", "_")
    (path,) = (package / "data").glob("*.gpkg")
    for layer, kind in pyogrio.list_layers(path):
        if layer == "layer_styles":
            continue
        count = pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"]
        assert changes.layers[layer.lower()] == Counts(new=count)
        assert (
            server.run(f"SELECT count(*) FROM {schema}.{layer}", database=database) == f"{count}\n"
        )
        if kind is None:
            continue
        frame = pyogrio.read_dataframe(path, layer=layer).set_index("gml_id")
        source = open_source(SourceSpec(url=server.url(database=database), kind="postgis"))
        rows = [
            row
            for batch in source.batches(source.layer(f"{schema}.{layer.lower()}"), Query())
            for row in batch.to_pylist()
        ]
        assert {row["gml_id"] for row in rows} == set(frame.index)
        found = shapely.from_wkb([row[GEOMETRY] for row in rows])
        expected = frame.geometry.loc[[row["gml_id"] for row in rows]].to_numpy()
        assert shapely.equals_exact(found, expected).all()
    again = send(server, database, package)
    assert all(one == Counts(same=one.same) for one in again.layers.values())


def test_keys_index_and_comments(server: PostgisServer, database: str, package: Path) -> None:
    send(server, database, package, schema="Inspire Data")

    def ask(sql: str) -> str:
        return server.run(sql, database=database)

    table = "'\"Inspire Data\".building'::regclass"
    assert (
        ask(
            f"SELECT attname FROM pg_index i JOIN pg_attribute a ON attrelid = indrelid"
            f" AND attnum = ANY (indkey) WHERE indrelid = {table} AND indisprimary"
        )
        == "gml_id\n"
    )
    assert "gist (geometry2d)" in ask(
        f"SELECT pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid = {table}"
    )
    assert ask(f"SELECT obj_description({table})") == "Houses\n"
    assert "local identifier" in ask(
        f"SELECT col_description({table}, attnum) FROM pg_attribute"
        f" WHERE attrelid = {table} AND attname = 'inspireid_localid'"
    )
    assert ask(
        "SELECT type, srid FROM geometry_columns WHERE f_table_name = 'building'"
    ).split() == ["POLYGON", "4258"]


def test_only_what_differs_is_written(
    server: PostgisServer, database: str, package: Path, later: Path
) -> None:
    schema = {"schema": "town"}
    assert buildings(send(server, database, package, **schema)) == Counts(new=ROWS)
    versions = "SELECT gml_id, xmin FROM town.building ORDER BY gml_id"
    before = server.run(versions, database=database)
    assert buildings(send(server, database, package, **schema)) == Counts(same=ROWS)
    assert server.run(versions, database=database) == before

    expected = Counts(new=2, changed=1, same=ROWS - 3, vanished=2)
    assert buildings(send(server, database, later, **schema, dry_run=True)) == expected
    assert server.run(versions, database=database) == before
    assert buildings(send(server, database, later, **schema)) == expected
    count = "SELECT count(*) FROM town.building"
    assert server.run(count, database=database) == f"{ROWS + 2}\n"
    done = buildings(send(server, database, later, **schema, delete_vanished=True))
    assert done == Counts(same=ROWS, vanished=2, deleted=2)
    assert server.run(count, database=database) == f"{ROWS}\n"


def test_a_dry_run_leaves_nothing(server: PostgisServer, database: str, package: Path) -> None:
    assert buildings(send(server, database, package, dry_run=True)) == Counts(new=ROWS)
    schemas = "SELECT count(*) FROM pg_namespace WHERE nspname = 'job'"
    assert server.run(schemas, database=database) == "0\n"


def test_what_others_added_stays(
    server: PostgisServer, database: str, package: Path, later: Path
) -> None:
    send(server, database, package, schema="town")
    server.run(
        "ALTER TABLE town.building ADD COLUMN remark text;"
        "UPDATE town.building SET remark = 'seen'; CREATE VIEW town.names AS SELECT remark"
        " FROM town.building;",
        database=database,
    )
    send(server, database, later, schema="town", delete_vanished=True)
    seen = "SELECT count(*) FROM town.names WHERE remark = 'seen'"
    assert server.run(seen, database=database) == f"{ROWS - 2}\n"


def test_tables_of_others_are_not_touched(
    server: PostgisServer, database: str, package: Path
) -> None:
    server.run("CREATE SCHEMA town; CREATE TABLE town.building (gml_id text)", database=database)
    with pytest.raises(SourceError) as caught:
        send(server, database, package, schema="town")
    assert "--schema" in (caught.value.hint or "")
    columns = "SELECT count(*) FROM information_schema.columns WHERE table_name = 'building'"
    assert server.run(columns, database=database) == "1\n"


def test_another_job_needs_another_schema(
    server: PostgisServer, database: str, package: Path, tmp_path: Path
) -> None:
    send(server, database, package, schema="town")
    other = houses_package(tmp_path, 3)
    manifest = json.loads((other / "package.json").read_text("utf-8"))
    (other / "package.json").write_text(json.dumps({**manifest, "job": "another"}), "utf-8")
    with pytest.raises(SourceError):
        send(server, database, other, schema="town")


def test_columns_come_and_are_emptied_when_nothing_fills_them(
    server: PostgisServer, database: str, package: Path, folder: Path
) -> None:
    mapping = MAPPING.replace(
        "  numberOfDwellings: =dwellings\n", "  numberOfFloorsAboveGround: 2\n"
    )
    send(server, database, package, schema="town")
    other = houses_package(folder, ROWS, name="other", mapping=mapping)
    assert buildings(send(server, database, other, schema="town")) == Counts(changed=ROWS)
    filled = "SELECT count(numberofdwellings), count(numberoffloorsaboveground) FROM town.building"
    assert server.run(filled, database=database).split() == ["0", str(ROWS)]
    assert buildings(send(server, database, other, schema="town")) == Counts(same=ROWS)
    assert buildings(send(server, database, package, schema="town")) == Counts(changed=ROWS)


def test_rows_that_the_database_refuses_are_told_and_the_others_arrive(
    server: PostgisServer, database: str, package: Path, later: Path
) -> None:
    send(server, database, package, schema="town")
    server.run("ALTER TABLE town.building ADD CHECK (name <> 'Town hall')", database=database)
    changes = send(server, database, later, schema="town")
    assert buildings(changes) == Counts(new=2, same=ROWS - 3, vanished=2, refused=1)
    ((first, count, _),) = changes.findings.grouped()
    assert (first.code, first.feature, count) == ("FEATURE_REFUSED", "Building.H000000", 1)


def test_objects_of_a_property_follow_their_feature(
    server: PostgisServer, database: str, tmp_path: Path
) -> None:
    """Related tables: replaced with the feature, emptied when it has one value only."""
    several = MAPPING + "  currentUse: [{currentUse: residential}, {currentUse: office}]\n"
    single = MAPPING + "  currentUse: [{currentUse: residential}]\n"
    both_uses = houses_package(tmp_path, 5, name="two", mapping=several)
    one_use = houses_package(tmp_path, 5, name="one", mapping=single)
    assert send(server, database, both_uses, schema="t").layers == {
        "building": Counts(new=5),
        "building_currentuse": Counts(new=10),
    }
    keys = "SELECT parent_gml_id, n FROM t.building_currentuse ORDER BY 1, 2 LIMIT 2"
    assert server.run(keys, database=database).split() == [
        *("Building.H000000", "1", "Building.H000000", "2")
    ]
    again = send(server, database, both_uses, schema="t").layers
    assert again["building_currentuse"] == Counts(same=10)
    gone = send(server, database, one_use, schema="t").layers
    assert gone["building_currentuse"] == Counts(vanished=10, deleted=10)


def test_postgis_in_a_schema_of_its_own(server: PostgisServer, package: Path) -> None:
    server.create_database("apart", postgis=False)
    with pytest.raises(SourceError):
        send(server, "apart", package)
    server.run("CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis", database="apart")
    assert buildings(send(server, "apart", package, schema="town")) == Counts(new=ROWS)
    assert buildings(send(server, "apart", package, schema="town")) == Counts(same=ROWS)


def test_a_wrong_password_and_no_server(
    server: PostgisServer, database: str, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.url(user="guarded", database=database)
    for password in (None, "wrong-word"):
        with pytest.raises(AccessRefused) as caught:
            publish_postgis(tables_of(package), address_of(url, password), PostgisWish())
        assert "wrong-word" not in str(caught.value)
    nowhere = f"postgresql://owner@127.0.0.1:{free_port()}/city"
    with pytest.raises(Unreachable):
        publish_postgis(tables_of(package), address_of(nowhere), PostgisWish())
    monkeypatch.setenv("TOWN_PASSWORD", PASSWORD)
    command = ["publish", str(package), url, "--token-env", "TOWN_PASSWORD"]
    refused = CliRunner().invoke(cli, command)
    assert isinstance(refused.exception, AccessRefused)  # may log in, not create a schema
    assert PASSWORD not in refused.output


def test_the_command_tells_what_it_did(server: PostgisServer, database: str, package: Path) -> None:
    url = server.url(database=database)
    command = ["publish", str(package), url, "--schema", "town"]
    dry = CliRunner().invoke(cli, [*command, "--dry-run", "--json"])
    assert (dry.exit_code, json.loads(dry.stdout)["layers"]["building"]["new"]) == (0, ROWS)
    done = CliRunner().invoke(cli, command)
    assert (done.exit_code, f"{ROWS} new" in done.stdout) == (0, True)
    wrong = CliRunner().invoke(cli, [*command, "--tenant", "riga"])
    assert wrong.exit_code == 2


def test_a_package_without_geopackage(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        tables_of(houses_package(tmp_path, 2, formats="gml"))
    assert "gpkg" in (caught.value.hint or "")
    with pytest.raises(SourceError):
        tables_of(tmp_path)


def test_long_names_stay_apart() -> None:
    one, other = (sql_name("locator_" * 9 + end) for end in ("A", "B"))
    assert one != other
    assert max(len(one), len(other)) <= 63
    assert sql_name("inspireId_localId") == "inspireid_localid"
