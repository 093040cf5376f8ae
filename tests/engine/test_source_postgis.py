"""PostGIS as a source, against a real PostgreSQL 15 with PostGIS 3.3 on loopback."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest
import shapely

import commonplace
from commonplace.batch import BATCH_ROWS, GEOMETRY, Query
from commonplace.errors import (
    AccessRefused,
    Cancelled,
    ColumnNotFound,
    LayerNotFound,
    MalformedAnswer,
    ServerFault,
    SourceError,
    Unreachable,
)
from commonplace.job import SourceSpec
from commonplace.report import Silent
from commonplace.sources.file import FileSource
from commonplace.sources.postgis import PostgisSource
from servers.postgis import PostgisServer, serve_postgis

PASSWORD = "s3cret-word"
HOUSES = 20_000

TOWN = f"""
CREATE SCHEMA cadastre;
CREATE TYPE use AS ENUM ('living', 'trade');
CREATE DOMAIN storeys AS smallint CHECK (VALUE >= 0);
CREATE TABLE cadastre.house (
    id integer PRIMARY KEY, name text, "Größe" numeric(8, 2), rough numeric, big numeric(18, 0),
    floors storeys, built date, changed timestamptz, ends timestamp, used use, ref uuid,
    tags text[], days date[], doc jsonb, flat boolean, code character(4), raw bytea,
    opens time, spell interval, area double precision,
    outline geometry(Polygon, 25832), door geometry(PointZ, 25832));
INSERT INTO cadastre.house
SELECT g, 'house ' || g, g * 1.25, g / 3.0, g::numeric * 1000000000000, g % 7,
    date '2000-01-01' + g,
    timestamptz '2020-05-01 12:00+02' + g * interval '1 s',
    CASE WHEN g % 10 = 0 THEN 'infinity' ELSE timestamp '2030-01-01' END,
    (CASE WHEN g % 2 = 0 THEN 'living' ELSE 'trade' END)::use,
    '00000000-0000-0000-0000-000000000001', ARRAY['a', 'b' || g], ARRAY[date '2000-01-01'],
    '{{"k": 1}}', g % 2 = 0, 'ab', '\\x00ff', '24:00', '1 day', g / 7.0,
    ST_MakeEnvelope(g % 100 * 20, g / 100 * 20, g % 100 * 20 + 10, g / 100 * 20 + 10, 25832),
    ST_SetSRID(ST_MakePoint(g % 100 * 20 + 5, g / 100 * 20, 7), 25832)
FROM generate_series(1, {HOUSES}) g;
UPDATE cadastre.house SET name = NULL, outline = NULL WHERE id = 5;
COMMENT ON TABLE cadastre.house IS 'Houses of the town';
COMMENT ON COLUMN cadastre.house.floors IS 'Above ground';
CREATE INDEX ON cadastre.house USING gist (outline);
ANALYZE cadastre.house;
CREATE VIEW cadastre.tall AS SELECT id, name, ST_Centroid(outline) AS middle
    FROM cadastre.house WHERE floors = 6;
CREATE MATERIALIZED VIEW cadastre.trades AS SELECT id, outline FROM cadastre.house
    WHERE used = 'trade';
CREATE TABLE owner (name text, "share%" real);
INSERT INTO owner VALUES ('Ada', 0.5), ('O''Neill; DROP TABLE owner', 0.25), ('%s $1', NULL);
CREATE TABLE mixed (id int, shape geometry);
INSERT INTO mixed VALUES (1, ST_GeomFromText('POINT(1 2)', 4258)),
    (2, ST_GeomFromText('LINESTRING(1 2, 3 4)', 4258));
CREATE TABLE two_systems (id int, shape geometry(Point));
INSERT INTO two_systems SELECT g, ST_SetSRID(ST_MakePoint(1, 2), CASE WHEN g < 3000 THEN 25832
    ELSE 25833 END) FROM generate_series(1, 3000) g;
CREATE TABLE nowhere (id int, shape geometry(Point));
INSERT INTO nowhere VALUES (1, ST_MakePoint(1, 2));
INSERT INTO spatial_ref_sys (srid, auth_name, auth_srid, srtext, proj4text)
    SELECT 990001, 'town', 7, replace(srtext, 'EPSG', 'TOWN'), proj4text
    FROM spatial_ref_sys WHERE srid = 25832;
CREATE TABLE local (id int, shape geometry(Point, 990001));
CREATE TABLE place (id int, spot geography(Point, 4326));
INSERT INTO place VALUES (1, ST_Point(11, 50)), (2, ST_Point(12, 51));
CREATE TABLE empty (id int, shape geometry(MultiPolygon, 25832));
CREATE TABLE arcs (id int, line geometry(CompoundCurve, 25832));
INSERT INTO arcs VALUES (1, ST_GeomFromEWKT(
    'SRID=25832;COMPOUNDCURVE(CIRCULARSTRING(0 0, 1 1, 2 0), (2 0, 3 0))'));
CREATE TABLE year (id int, y int) PARTITION BY RANGE (y);
CREATE TABLE year_old PARTITION OF year FOR VALUES FROM (0) TO (2000);
INSERT INTO year VALUES (1, 1999);
CREATE TABLE hidden (id int);
CREATE VIEW broken AS SELECT 1 / (id - id) AS n FROM owner, (SELECT 1 AS id) AS one;
CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}';
GRANT SELECT ON owner TO reader;
GRANT USAGE ON SCHEMA cadastre TO reader;
GRANT SELECT (id, name, outline) ON cadastre.house TO reader;
"""


@pytest.fixture(scope="module")
def server() -> Iterator[PostgisServer]:
    with serve_postgis(password_for=["reader"]) as running:
        running.run(TOWN)
        yield running


@pytest.fixture
def town(server: PostgisServer) -> PostgisSource:
    return PostgisSource(SourceSpec(url=server.url()))


@pytest.fixture(scope="module")
def opened(server: PostgisServer) -> PostgisSource:
    """One source for tests that only ask."""
    return PostgisSource(SourceSpec(url=server.url()))


def rows_of(source: PostgisSource, name: str, **asked: object) -> pa.Table:
    layer = source.layer(name)
    return pa.Table.from_batches(list(source.batches(layer, Query(**asked))))


def codes(source: PostgisSource) -> dict[str, int]:
    return {one.code: one.count for one in source.findings()}


def test_layers_are_tables_views_and_further_geometries(town):
    layers = {one.name: one for one in town.layers()}
    assert set(layers) == {
        "cadastre.house", "cadastre.house.door", "cadastre.tall", "cadastre.trades",
        "public.arcs", "public.broken", "public.empty", "public.hidden", "public.local",
        "public.mixed", "public.nowhere", "public.owner", "public.place",
        "public.two_systems", "public.year",
    }  # fmt: skip
    house = layers["cadastre.house"]
    assert (house.title, house.crs, house.geometry_type) == (
        "Houses of the town", "EPSG:25832", "Polygon",
    )  # fmt: skip
    assert (house.count, house.count_is_estimate) == (HOUSES, False)
    assert house.extent == (0, 0, 1990, 4010)
    assert next(one.title for one in house.fields if one.name == "floors") == "Above ground"
    assert layers["cadastre.house.door"].geometry_type == "Point Z"
    assert (layers["cadastre.tall"].crs, layers["cadastre.tall"].geometry_type) == (
        "EPSG:25832", "Point",
    )  # fmt: skip
    assert layers["cadastre.tall"].count_is_estimate
    assert layers["public.owner"].geometry_type is None
    assert layers["public.place"].crs == "EPSG:4326"
    assert layers["public.mixed"].geometry_type == "Unknown"
    assert layers["public.empty"].count == 0
    assert town.evidence().details["keys"]["cadastre.house"] == ["id"]


def test_every_value_of_every_type(town):
    table = rows_of(town, "cadastre.house")
    assert [str(one.type) for one in table.schema if one.name != GEOMETRY] == [
        one.type for one in town.layer("cadastre.house").fields
    ]
    assert table.column("id").to_pylist() == list(range(1, HOUSES + 1))  # by the key
    row = table.slice(19, 1).to_pylist()[0]
    shape = shapely.from_wkb(row.pop(GEOMETRY))
    assert shape.equals(shapely.box(400, 0, 410, 10))
    assert row["id"] == 20
    assert (row["Größe"], row["big"], row["floors"]) == (25.0, 20_000_000_000_000, 6)
    assert row["rough"] == pytest.approx(20 / 3)
    assert (str(row["built"]), str(row["changed"])) == ("2000-01-21", "2020-05-01 10:00:20+00:00")
    assert row["ends"] is None  # infinity
    assert (row["used"], row["tags"], row["days"]) == ("living", ["a", "b20"], ["2000-01-01"])
    assert (row["code"], row["raw"], row["opens"], row["spell"]) == (
        "ab", b"\x00\xff", "24:00:00", "P1D",
    )  # fmt: skip
    assert row["ref"] == "00000000-0000-0000-0000-000000000001"
    assert row["doc"] == '{"k": 1}'
    assert row["flat"] is True
    found = codes(town)
    assert found["TIME_INFINITE"] == HOUSES // 10
    assert found["NUMERIC_AS_DOUBLE"] == 1  # rough; the others have few digits
    missing = table.column(GEOMETRY).null_count, table.column("name").null_count
    assert missing == (1, 1)


def test_further_geometry_with_heights(opened):
    table = rows_of(opened, "cadastre.house.door", limit=3)
    shapes = shapely.from_wkb(table.column(GEOMETRY).to_numpy())
    assert np.all(shapely.get_z(shapes) == 7)
    assert "outline" not in table.column_names


def test_batches_are_bounded(opened):
    layer = opened.layer("cadastre.house")
    batches = list(opened.batches(layer, Query(columns=["id"])))
    assert max(one.num_rows for one in batches) <= BATCH_ROWS
    assert len(batches) > 1
    assert len({one.schema for one in batches}) == 1


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ((("id", "77"),), 1),
        ((("ID", "77.0"),), 1),
        ((("id", "seventy"),), 0),
        ((("id", "99999999999999999999999"),), 0),
        ((("floors", "6"),), HOUSES // 7),
        ((("Größe", "1.25"),), 1),
        ((("big", "1000000000000"),), 1),
        ((("flat", "true"), ("used", "trade")), 0),
        ((("flat", "1"),), HOUSES // 2),
        ((("flat", "perhaps"),), 0),
        ((("built", "2000-01-02"),), 1),
        ((("built", "never"),), 0),
        ((("changed", "2020-05-01 10:00:07.000000Z"),), 1),
        ((("code", "ab"),), HOUSES),
        ((("name", "house 9"),), 1),
        ((("name", "x' OR 1=1 --"),), 0),
        ((("name", "nul\0"),), 0),
        ((("tags", "a"),), 0),
        ((("ref", "00000000-0000-0000-0000-000000000001"), ("id", "3")), 1),
    ],
)
def test_where_is_the_servers_work(opened, where, expected):
    assert rows_of_count(opened, "cadastre.house", where=where) == expected


def rows_of_count(source: PostgisSource, name: str, **asked: object) -> int:
    layer = source.layer(name)
    return sum(one.num_rows for one in source.batches(layer, Query(columns=["id"], **asked)))


def test_values_are_bound_never_pasted(opened):
    names = ["O'Neill; DROP TABLE owner", "%s $1"]
    for name in names:
        assert rows_of(opened, "owner", where=(("name", name),)).num_rows == 1
    assert rows_of(opened, "owner", where=(("share%", "0.25"),)).num_rows == 1


def test_bbox_columns_and_limit(town, server):
    table = rows_of(town, "cadastre.house", bbox=(15, 15, 35, 35), columns=["NAME"])
    assert table.column_names == ["name", GEOMETRY]
    assert table.column("name").to_pylist() == ["house 101"]
    assert rows_of_count(town, "cadastre.house", bbox=(0, 0, 500, 500), limit=7) == 7
    in_degrees = rows_of_count(
        town, "public.place", bbox=(10.5, 49.5, 11.5, 50.5), bbox_crs="OGC:CRS84"
    )
    assert in_degrees == 1
    moved = rows_of_count(
        town, "public.place", bbox=(600_000, 5_500_000, 680_000, 5_600_000), bbox_crs="EPSG:25832"
    )
    assert moved == 1
    rows_of(town, "owner", bbox=(0, 0, 1, 1))
    assert codes(town)["BBOX_IGNORED"] == 1


def test_an_index_serves_the_bbox(server, town):
    """The very statement that a bbox makes is planned with the index."""
    from commonplace.database.session import Session, address_of
    from commonplace.sources.postgis_catalogue import read_catalogue
    from commonplace.sources.postgis_columns import Statement, spatial_of

    catalogue = read_catalogue(Session(address_of(server.url())))
    house = next(one for one in catalogue.relations if one.label == "cadastre.house")
    spatial = spatial_of(house.spatial[0])
    statement = Statement(house, catalogue.postgis)
    statement.meets(spatial, 25832, (15, 15, 35, 35))
    sql = statement.sql([], spatial, checked=False, limit=None)
    bound = "".join(
        f"SET commonplace.p{number} = '{text}';" for number, text in enumerate(statement.parameters)
    )
    plan = server.run(f"{bound} EXPLAIN {sql}")
    assert "house_outline_idx" in plan


def test_one_moment_for_all_layers(server):
    source = PostgisSource(SourceSpec(url=server.url()))
    owners = source.layer("public.owner")
    server.run("INSERT INTO owner VALUES ('late', 1); UPDATE hidden SET id = 1")
    try:
        assert sum(one.num_rows for one in source.batches(owners, Query())) == 3
        half = source.batches(source.layer("cadastre.house"), Query())
        next(half)  # two layers at once, one moment
        assert sum(one.num_rows for one in source.batches(owners, Query())) == 3
        half.close()
        later = PostgisSource(SourceSpec(url=server.url()))
        assert rows_of(later, "owner").num_rows == 4
    finally:
        server.run("DELETE FROM owner WHERE name = 'late'")


def test_connections_are_given_back(server):
    source = PostgisSource(SourceSpec(url=f"{server.url()}?application_name=mine"))
    half = source.batches(source.layer("cadastre.house"), Query())
    next(half)
    count = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'mine'"
    assert server.run(count).strip() == "2"
    half.close()
    del half, source
    for _ in range(100):
        if server.run(f"SELECT pg_sleep(0.1); {count}").strip() == "0":
            break
    else:
        pytest.fail("connections stay open")


def test_the_reader_sees_only_what_it_may(server, monkeypatch, tmp_path):
    passwords = tmp_path / "pgpass"
    passwords.write_text(f"127.0.0.1:{server.port}:city:reader:{PASSWORD}\n")
    passwords.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    source = PostgisSource(SourceSpec(url=server.url(user="reader")))
    assert [one.name for one in source.layers()] == ["cadastre.house", "public.owner"]
    assert source.layer("cadastre.house").field_names == ("id", "name")
    assert codes(source)["COLUMNS_REFUSED"] == 19
    assert rows_of_count(source, "cadastre.house") == HOUSES
    with pytest.raises(AccessRefused):
        source.layer("hidden")
    assert PASSWORD not in str(source.evidence())


def test_credentials_from_service_environment_and_job(server, monkeypatch, tmp_path):
    services = tmp_path / "services"
    services.write_text(f"[town]\nhost=127.0.0.1\nport={server.port}\ndbname=city\nuser=reader\n")
    monkeypatch.setenv("PGSERVICEFILE", str(services))
    monkeypatch.setenv("PGPASSFILE", "/nonexistent")
    monkeypatch.setenv("TOWN_PASSWORD", PASSWORD)
    by_service = SourceSpec(url="postgresql:///?service=town")
    with pytest.raises(AccessRefused) as refused:
        PostgisSource(by_service).layers()
    assert PASSWORD not in str(refused.value)
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert PostgisSource(by_service).layer("owner").count == 3
    monkeypatch.delenv("PGPASSWORD")
    stated = SourceSpec(url=server.url(user="reader"), token_env="TOWN_PASSWORD")
    assert PostgisSource(stated).layer("owner").count == 3
    without_user = SourceSpec(url="postgresql:///?service=town", token_env="TOWN_PASSWORD")
    assert PostgisSource(without_user).layer("owner").count == 3
    with pytest.raises(SourceError):
        PostgisSource(SourceSpec(url=server.url(), token_env="NOT_SET_ANYWHERE"))


def test_a_credential_by_name(server, monkeypatch):
    monkeypatch.setenv("PGPASSFILE", "/nonexistent")
    monkeypatch.setenv("COMMONPLACE_TOWN_USER", "reader")
    monkeypatch.setenv("COMMONPLACE_TOWN_PASSWORD", PASSWORD)
    address = f"postgresql://{server.host}:{server.port}/city"
    source = PostgisSource(SourceSpec(url=address, auth="town"))
    assert [one.name for one in source.layers()] == ["cadastre.house", "public.owner"]
    assert PASSWORD not in repr(source._address) + str(source.evidence())
    stated = PostgisSource(SourceSpec(url=server.url(), auth="town"))  # it has the last word
    assert len(stated.layers()) == 2
    with pytest.raises(SourceError):
        PostgisSource(SourceSpec(url=address, auth="nobody"))
    monkeypatch.setenv("COMMONPLACE_BEARER_TOKEN", "x")
    with pytest.raises(SourceError):
        PostgisSource(SourceSpec(url=address, auth="bearer"))


@pytest.mark.parametrize("url", ["postgresql://u:pa%24%24@h/d", "postgres://h/d?password=pa$$"])
def test_secrets_are_never_shown(url):
    source = PostgisSource(SourceSpec(url=url.replace("@h/", "@127.0.0.1:1/")))
    shown = [repr(source._address)]
    with pytest.raises(SourceError) as failed:
        source.layers()
    shown += [str(failed.value), repr(failed.value.__cause__), repr(failed.value.__context__)]
    assert not any("pa$$" in one or "pa%24%24" in one for one in shown)


def test_no_server_no_database_no_user(server):
    for url in (
        "postgresql://owner@127.0.0.1:1/city",
        server.url(database="nowhere"),
        server.url(user="nobody"),
    ):
        with pytest.raises(Unreachable):
            PostgisSource(SourceSpec(url=url)).layers()
    with pytest.raises(SourceError):
        PostgisSource(SourceSpec(url="mysql://owner@127.0.0.1/city"))


def test_names_that_are_not_there(opened):
    with pytest.raises(LayerNotFound, match=r"cadastre\.house"):
        opened.layer("cadastre.hous")
    with pytest.raises(LayerNotFound):
        opened.layer()
    with pytest.raises(ColumnNotFound, match="name"):
        list(opened.batches(opened.layer("owner"), Query(columns=["nam"])))


def test_systems_that_are_odd(town):
    layers = {one.name: one for one in town.layers()}
    unknown = {one.layer for one in town.findings() if one.code == "SRID_UNKNOWN"}
    assert unknown == {"public.nowhere"}
    assert layers["public.nowhere"].crs is None
    assert layers["public.local"].crs is not None  # by its text: the code is the town's own
    assert rows_of(town, "nowhere").num_rows == 1
    with pytest.raises(MalformedAnswer):
        rows_of(town, "two_systems")
    assert codes(town)["GEOMETRY_TYPES_MIXED"] == 1
    assert rows_of(town, "mixed").num_rows == 2


def test_the_jobs_crs_wins(server):
    source = PostgisSource(SourceSpec(url=server.url(), crs="EPSG:3044"))
    assert {one.crs for one in source.layers() if one.geometry_type} == {"EPSG:3044"}
    differs = {one.layer for one in source.findings() if one.code == "CRS_STATED_DIFFERS"}
    assert "public.place" in differs
    assert "public.nowhere" not in differs


def test_curves_partitions_empties(opened):
    arcs = rows_of(opened, "arcs")
    assert arcs.column(GEOMETRY)[0].as_py()[1] == 9  # a CompoundCurve, for geometry/ to settle
    assert rows_of(opened, "public.year").to_pylist() == [{"id": 1, "y": 1999}]
    assert rows_of_count(opened, "empty") == 0


def test_a_server_that_fails_while_reading(town):
    with pytest.raises(ServerFault):
        rows_of(town, "broken")
    assert rows_of(town, "owner").num_rows == 3  # the session goes on


def test_one_layer_that_fails_does_not_hide_the_others(server):
    """``commonplace inspect`` of a whole database, with a view that divides by nought."""
    described = commonplace.open(server.url()).describe(sample=1)
    problems = {one["name"]: one["problem"] for one in described["layers"]}
    assert len(problems) == 15
    failed = {name: text.partition(":")[0] for name, text in problems.items() if text}
    assert failed == {"public.broken": "SOURCE_SERVER_FAULT"}
    with pytest.raises(ServerFault):
        commonplace.open(server.url()).describe(layer="public.broken")


def test_cancelled_between_batches(server):
    class Impatient(Silent):
        asked = 0

        def cancelled(self) -> bool:
            self.asked += 1
            return self.asked > 2

    source = PostgisSource(SourceSpec(url=server.url()), Impatient())
    with pytest.raises(Cancelled):
        rows_of(source, "cadastre.house")


def test_a_server_that_dies(server):
    source = PostgisSource(SourceSpec(url=server.url()))
    layer = source.layer("cadastre.house")
    server.run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'commonplace'"
    )
    with pytest.raises(SourceError):
        list(source.batches(layer, Query()))


def test_without_postgis_and_with_rasters(server):
    plain = server.create_database("plain", postgis=False)
    server.run("CREATE TABLE t (id int); INSERT INTO t VALUES (1)", database="plain")
    source = PostgisSource(SourceSpec(url=plain))
    assert rows_of(source, "t").to_pylist() == [{"id": 1}]
    assert "POSTGIS_ABSENT" in codes(source)

    elsewhere = server.create_database("elsewhere", postgis=False)
    server.run(
        'CREATE SCHEMA "gis ext"; CREATE EXTENSION postgis SCHEMA "gis ext";'
        'SET search_path = "gis ext", public; CREATE EXTENSION postgis_raster SCHEMA "gis ext";'
        "CREATE TABLE public.dem (id int, rast raster);"
        "CREATE TABLE public.p (id int, g geometry(Point, 25832));"
        "INSERT INTO public.p VALUES (1, ST_SetSRID(ST_MakePoint(1, 2), 25832))",
        database="elsewhere",
    )
    source = PostgisSource(SourceSpec(url=elsewhere))
    assert [one.name for one in source.layers()] == ["public.p"]
    assert rows_of(source, "p", bbox=(0, 0, 5, 5)).num_rows == 1
    assert "RASTER_SKIPPED" in codes(source)
    with pytest.raises(SourceError, match="raster"):
        source.layer("dem")


def test_real_layers_loaded_by_gdal(server, shared, tmp_path):
    """Prague's layers by ogr2ogr into the database: the same rows as from the file."""
    if shutil.which("ogr2ogr") is None:
        pytest.skip("needs gdal-bin")
    path = tmp_path / "bubenec.gpkg"
    shutil.copy(shared / "data" / "cz_praha_bubenec" / "bubenec.gpkg", path)
    server.create_database("praha")
    subprocess.run(
        ["ogr2ogr", "-f", "PostgreSQL", "-lco", "FID=row_number", "-lco", "LAUNDER=NO",
         f"PG:host={server.host} port={server.port} user=owner dbname=praha", str(path)],
        check=True, capture_output=True,
    )  # fmt: skip
    file = FileSource(SourceSpec(path=path))
    database = PostgisSource(SourceSpec(url=server.url(database="praha")))
    for layer in file.layers():
        found = database.layer(f"public.{layer.name}")
        assert (found.crs, found.count) == (layer.crs, layer.count)
        assert found.extent == pytest.approx(layer.extent, abs=5)  # the file rounds its own
        mine = pa.Table.from_batches(list(database.batches(found, Query())))
        theirs = pa.Table.from_batches(list(file.batches(layer, Query())))
        for name in layer.field_names:
            kind = theirs.column(name).type
            assert mine.column(name).cast(kind).equals(theirs.column(name)), name
        shapes = [shapely.from_wkb(one.column(GEOMETRY).to_numpy()) for one in (mine, theirs)]
        assert shapely.equals_exact(*shapes, 0, normalize=True).all()


def test_a_database_of_another_encoding(server):
    server.run(
        "CREATE DATABASE western ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
        database="postgres",
    )
    server.run(
        "SET client_encoding = 'UTF8'; CREATE TABLE straße (name text);"
        "INSERT INTO straße VALUES ('Größe'), ('Álava')",
        database="western",
    )
    source = PostgisSource(SourceSpec(url=server.url(database="western")))
    assert rows_of(source, "straße").column("name").to_pylist() == ["Größe", "Álava"]
    assert rows_of(source, "straße", where=(("name", "Größe"),)).num_rows == 1
