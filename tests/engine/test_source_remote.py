"""Files on a server, read by ranges: the same rows as from the file, and few bytes of it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from commonplace.batch import GEOMETRY, Query
from commonplace.errors import MalformedAnswer, ServerFault
from commonplace.job import HttpSpec, SourceSpec
from commonplace.sources import open_source
from commonplace.sources.file import FileSource
from commonplace.sources.remote import RemoteSource, file_name
from commonplace.sources.remote_ranges import RangeFile
from servers.ranges import FileServer, serve_files
from support.citymodels import as_citygml, town

ROWS = 20_000
BOX = (500_400.0, 5_600_100.0, 500_520.0, 5_600_160.0)


def houses() -> pa.Table:
    number = np.arange(ROWS)
    x, y = 500_000 + number % 200 * 20.0, 5_600_000 + number // 200 * 20.0
    shapes = shapely.box(x, y, x + 10, y + 10)
    return pa.table(
        {
            "id": number,
            "name": [f"house {one}" for one in number],
            "text": [f"{one * 7919:0200d}" for one in number],
            GEOMETRY: pa.array(shapely.to_wkb(shapes), pa.binary()),
        }
    )


def write_fgb(path: Path, table: pa.Table, **options: object) -> None:
    pyogrio.write_arrow(
        table, path, driver="FlatGeobuf", geometry_name=GEOMETRY, geometry_type="Polygon",
        crs="EPSG:25832", **options,
    )  # fmt: skip


def write_parquet(path: Path, table: pa.Table, *, covering: bool = True) -> None:
    bounds = shapely.bounds(shapely.from_wkb(table.column(GEOMETRY).to_numpy()))
    names = ("xmin", "ymin", "xmax", "ymax")
    column: dict[str, object] = {
        "encoding": "WKB", "geometry_types": ["Polygon"], "bbox": bounds[0].tolist(),
    }  # fmt: skip
    import pyproj

    column["crs"] = pyproj.CRS("EPSG:25832").to_json_dict()
    if covering:
        boxes = {name: pa.array(bounds[:, at]) for at, name in enumerate(names)}
        table = table.append_column(
            "bbox", pa.StructArray.from_arrays(list(boxes.values()), list(boxes))
        )
        column["covering"] = {"bbox": {name: ["bbox", name] for name in names}}
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    table = table.replace_schema_metadata({"geo": json.dumps(geo)})
    pq.write_table(table, path, row_group_size=1_000)


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[FileServer]:
    folder = tmp_path_factory.mktemp("served")
    table = houses()
    write_fgb(folder / "houses.fgb", table)
    write_fgb(folder / "plain.fgb", table.slice(0, 50), SPATIAL_INDEX="NO")
    write_fgb(folder / "one.fgb", table.slice(0, 1))
    write_parquet(folder / "houses.parquet", table)
    write_parquet(folder / "uncovered.parquet", table, covering=False)
    pyogrio.write_arrow(
        table.slice(0, 100), folder / "few.gpkg", driver="GPKG", geometry_name=GEOMETRY,
        geometry_type="Polygon", crs="EPSG:25832",
    )  # fmt: skip
    with serve_files(folder) as server:
        yield server


@pytest.fixture
def server(served) -> Iterator[FileServer]:
    served.reset()
    yield served
    served.ranges, served.token, served.fail_next = True, None, 0


def remote(server: FileServer, name: str, **stated: object) -> RemoteSource:
    return RemoteSource(SourceSpec(url=f"{server.url}/{name}", **stated))


def rows(source, **asked: object) -> pa.Table:
    batches = list(source.batches(source.layer(), Query(**asked)))
    return pa.Table.from_batches(batches).sort_by("id") if batches else pa.table({"id": []})


def codes(source) -> set[str]:
    return {one.code for one in source.findings()}


@pytest.mark.parametrize("name", ["houses.fgb", "houses.parquet"])
def test_a_bbox_reads_few_bytes(server, name):
    local = FileSource(SourceSpec(path=server.folder / name))
    source = remote(server, name)
    layer = source.layer()
    assert (layer.count, layer.crs, layer.name) == (ROWS, "EPSG:25832", "houses")
    assert layer.fields == local.layer().fields
    assert rows(source, bbox=BOX).equals(rows(local, bbox=BOX))
    assert rows(source, bbox=BOX).num_rows > 10
    size = (server.folder / name).stat().st_size
    assert source.evidence().details["bytes"] == size
    assert server.sent < size / 4
    assert source.evidence().details["read_bytes"] == server.sent


@pytest.mark.parametrize("name", ["houses.fgb", "houses.parquet"])
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"where": (("name", "house 777"),)},
        {"columns": ["id"], "bbox": BOX},
        {"columns": ["id"], "where": (("name", "house 5"),)},
        {"bbox": (0, 0, 1, 1)},
        {"bbox": (499_000, 5_500_000, 600_000, 5_700_000)},
        {"bbox": (9.005, 50.55, 9.008, 50.552), "bbox_crs": "OGC:CRS84"},
        {"bbox": BOX, "limit": 5, "columns": ["id", "name"]},
    ],
)
def test_the_same_rows_as_from_the_file(server, name, asked):
    local = rows(FileSource(SourceSpec(path=server.folder / name)), **asked)
    assert rows(remote(server, name), **asked).equals(local)


@pytest.mark.parametrize("name", ["houses.fgb", "houses.parquet"])
def test_a_preview_reads_the_begin(server, name):
    source = remote(server, name)
    assert rows(source, limit=3).num_rows == 3
    assert server.sent < (server.folder / name).stat().st_size / 4


def test_columns_spare_the_others(server):
    source = remote(server, "houses.parquet")
    assert rows(source, columns=["id"]).column_names == ["id", GEOMETRY]
    assert server.sent < (server.folder / "houses.parquet").stat().st_size * 0.9


def test_what_can_not_be_searched_is_read_whole(server):
    source = remote(server, "uncovered.parquet")
    expected = rows(FileSource(SourceSpec(path=server.folder / "uncovered.parquet")), bbox=BOX)
    assert rows(source, bbox=BOX).equals(expected)
    assert codes(source) == {"BBOX_NOT_PUSHED_DOWN"}
    plain = remote(server, "plain.fgb")
    assert rows(plain, bbox=(500_000, 5_600_000, 500_015, 5_600_005)).num_rows == 1
    assert rows(remote(server, "one.fgb"), bbox=BOX).num_rows == 0
    assert rows(remote(server, "one.fgb")).num_rows == 1


@pytest.mark.parametrize("name", ["houses.fgb", "houses.parquet", "few.gpkg"])
def test_a_server_without_ranges(server, name):
    server.ranges = False
    source = remote(server, name)
    local = FileSource(SourceSpec(path=server.folder / name))
    assert rows(source, bbox=BOX).equals(rows(local, bbox=BOX))
    assert source.layer().count == local.layer().count
    assert ("RANGES_UNSUPPORTED" in codes(source)) == (name != "few.gpkg")
    assert len(server.asked) == 1


def test_any_other_file_is_fetched_once(server):
    source = remote(server, "few.gpkg")
    assert rows(source).num_rows == 100
    assert rows(source, limit=5).num_rows == 5
    assert server.sent <= (server.folder / "few.gpkg").stat().st_size + 64 * 1024
    assert "sha256" in str(source.evidence().details)


def test_credentials_and_faults(server, monkeypatch):
    server.token = "open-sesame"
    with pytest.raises(ServerFault):
        remote(server, "houses.fgb").layers()
    monkeypatch.setenv("FILE_TOKEN", "open-sesame")
    source = remote(server, "houses.fgb", token_env="FILE_TOKEN")
    assert source.layer().count == ROWS
    assert "open-sesame" not in str(source.evidence())
    source._client.sleep = lambda _: None
    server.fail_next = 2
    assert rows(source, bbox=BOX).num_rows > 10
    with pytest.raises(ServerFault):
        remote(server, "nothing.fgb", token_env="FILE_TOKEN").layers()


def test_a_file_that_changes_between_reads(server, tmp_path):
    write_fgb(server.folder / "change.fgb", houses().slice(0, 5_000))
    source = remote(server, "change.fgb")
    source.layers()
    write_fgb(server.folder / "change.fgb", houses().slice(5_000, 5_000))
    with pytest.raises(MalformedAnswer):
        rows(source, bbox=(500_000, 5_600_000, 504_000, 5_600_400))


def test_what_is_no_such_file(server):
    for name in ("x.fgb", "x.parquet"):
        (server.folder / name).write_bytes(b"<html>login</html>" * 100)
        with pytest.raises(MalformedAnswer):
            remote(server, name).layers()
    short = (server.folder / "houses.fgb").read_bytes()[:200_000]
    (server.folder / "short.fgb").write_bytes(short)
    with pytest.raises(MalformedAnswer):
        rows(remote(server, "short.fgb"), bbox=BOX)


def test_a_limit_of_size(server):
    small = remote(server, "few.gpkg", http=HttpSpec(largest_mb=0))
    with pytest.raises(MalformedAnswer):
        small.layers()


def test_names_stay_in_their_folder():
    assert file_name("https://example.com/a/..%2F..%2Fetc%2Fpasswd") == "passwd"
    assert file_name("https://example.com/") == "download"
    assert file_name("https://example.com/x/B%C3%A4ume.fgb?token=1") == "Bäume.fgb"


def test_small_reads_near_each_other_ask_once(server):
    file = RangeFile(remote(server, "houses.fgb")._client, f"{server.url}/houses.fgb")
    whole = (server.folder / "houses.fgb").read_bytes()
    for start in (0, 1_000, 200_000, 200_500, 216_000, len(whole) - 10):
        assert file.read_at(start, 100) == whole[start : start + 100]
    assert len(server.asked) <= 4
    assert file.read_at(len(whole), 10) == b""


def test_what_was_read_is_kept_up_to_a_bound(server, monkeypatch):
    monkeypatch.setattr("commonplace.sources.remote_ranges.MOST_BLOCKS", 10)
    file = RangeFile(remote(server, "houses.fgb")._client, f"{server.url}/houses.fgb")
    whole = (server.folder / "houses.fgb").read_bytes()
    for start in range(0, len(whole), 100_000):
        assert file.read_at(start, 50_000) == whole[start : start + 50_000]
    assert file.read_at(10, 2_000_000) == whole[10:2_000_010]
    assert len(file._blocks) <= 10


def test_files_of_other_families(server, tmp_path):
    """What is fetched whole is read by whoever reads such a file."""
    (server.folder / "town.city.json").write_text(json.dumps(town()))
    as_citygml(town(), server.folder / "town.gml")
    with zipfile.ZipFile(server.folder / "bus.zip", "w") as archive:
        archive.writestr("stops.txt", "stop_id,stop_lat,stop_lon\na,50,10\n")
        archive.writestr("routes.txt", "route_id\n1\n")
    for name in ("town.city.json", "town.gml"):
        source = open_source(SourceSpec(url=f"{server.url}/{name}"))
        assert source.layer("Building").count == 2
        table = pa.Table.from_batches(list(source.batches(source.layer("Building"), Query())))
        assert table.column("id").to_pylist() == ["house", "court"]
        assert source.evidence().kind == "remote"
    feed = open_source(SourceSpec(url=f"{server.url}/bus.zip"))
    assert [one.name for one in feed.layers()] == ["stops"]


def test_real_buildings(server, shared, tmp_path):
    """Prague's houses as FlatGeobuf on a server: every bbox gives what the file gives."""
    path = tmp_path / "bubenec.gpkg"
    shutil.copy(shared / "data" / "cz_praha_bubenec" / "bubenec.gpkg", path)
    layer = pyogrio.list_layers(path)[0][0]
    frame = pyogrio.read_dataframe(path, layer=layer)
    frame["id"] = range(len(frame))
    pyogrio.write_dataframe(frame, server.folder / "praha.fgb", driver="FlatGeobuf")
    local = FileSource(SourceSpec(path=server.folder / "praha.fgb"))
    source = remote(server, "praha.fgb")
    west, south, east, north = frame.total_bounds
    random = np.random.default_rng(1)
    for _ in range(10):
        x, y = random.uniform(west, east), random.uniform(south, north)
        box = (x, y, x + (east - west) / 10, y + (north - south) / 10)
        assert rows(source, bbox=box).equals(rows(local, bbox=box))
