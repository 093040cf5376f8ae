"""Files as sources: what GDAL, pyarrow and fiona read, alike whatever the driver."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import tarfile
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely

from commonplace.batch import BATCH_ROWS, GEOMETRY, Query
from commonplace.errors import (
    Cancelled,
    ColumnNotFound,
    CrsUnknown,
    LayerNotFound,
    MalformedAnswer,
    SourceError,
    Unreachable,
)
from commonplace.job import SourceSpec
from commonplace.sources import open_source
from commonplace.sources.file import FileSource
from support.sources import Watcher, codes, details, read, shapes

TOWN = gpd.GeoDataFrame(
    {
        "name": ["Rātsnams", "Dome", None, "dome", "O'Neill"],
        "storeys": [3, 1, None, 2, 7],
        "height": [12.5, 40.0, 3.25, None, 21.0],
    },
    geometry=[
        shapely.Point(500_000, 300_000),
        shapely.Point(501_000, 300_000),
        shapely.Point(502_000, 300_000),
        None,
        shapely.Point(504_000, 304_000),
    ],
    crs="EPSG:3059",
).astype({"storeys": "Int32"})
WRITERS = {
    "gpkg": "GPKG",
    "shp": "ESRI Shapefile",
    "fgb": "FlatGeobuf",
    "geojson": "GeoJSON",
    "gml": "GML",
}


def town(folder: Path, suffix: str, name: str = "town", frame: gpd.GeoDataFrame = TOWN) -> Path:
    path = folder / f"{name}.{suffix}"
    if suffix == "parquet":
        frame.to_parquet(path)
    elif suffix == "geojson":
        frame.to_file(path, driver="GeoJSON", engine="pyogrio", RFC7946="NO")
    else:
        options = {"SPATIAL_INDEX": "NO"} if suffix == "fgb" else {}
        frame.to_file(path, driver=WRITERS[suffix], engine="pyogrio", encoding="UTF-8", **options)
    return path


def source(path: Path, **spec: object) -> FileSource:
    opened = open_source(SourceSpec(path=path, **spec))
    assert isinstance(opened, FileSource)
    return opened


@pytest.mark.parametrize("suffix", ["gpkg", "shp", "fgb", "geojson", "parquet"])
class TestAlike:
    """The same rows, filters and limits, whoever applies them."""

    def test_all(self, tmp_path: Path, suffix: str) -> None:
        opened = source(town(tmp_path, suffix))
        layer = opened.layer()
        table = read(opened)
        assert layer.crs == "EPSG:3059"
        assert layer.count == table.num_rows == 5
        assert layer.geometry_type is not None
        assert table["name"].to_pylist() == ["Rātsnams", "Dome", None, "dome", "O'Neill"]
        assert table["storeys"].to_pylist() == [3, 1, None, 2, 7]
        assert table.column_names == [*layer.field_names, GEOMETRY]
        assert table.schema.field(GEOMETRY).type == pa.binary()
        assert shapes(table)[0] == shapely.Point(500_000, 300_000)
        assert table[GEOMETRY].null_count == 1
        assert codes(opened) == set()

    def test_columns_in_layer_order(self, tmp_path: Path, suffix: str) -> None:
        table = read(source(town(tmp_path, suffix)), columns=["height", "name"])
        assert table.column_names == ["name", "height", GEOMETRY]

    @pytest.mark.parametrize(
        ("where", "count"),
        [
            ((("name", "Dome"),), 1),  # OGR's SQL would find "dome" too
            ((("name", "Rātsnams"),), 1),
            ((("name", "O'Neill"),), 1),
            ((("storeys", "2"),), 1),
            ((("storeys", "x"),), 0),
            ((("height", "40"),), 1),
            ((("name", "Dome"), ("storeys", "2")), 0),
        ],
    )
    def test_where(
        self, tmp_path: Path, suffix: str, where: tuple[tuple[str, str], ...], count: int
    ) -> None:
        table = read(source(town(tmp_path, suffix)), where=where, columns=["height"])
        assert table.num_rows == count
        assert table.column_names in (["height", GEOMETRY], [])

    def test_bbox(self, tmp_path: Path, suffix: str) -> None:
        table = read(source(town(tmp_path, suffix)), bbox=(499_000, 299_000, 501_500, 301_000))
        assert table["storeys"].to_pylist() == [3, 1]

    def test_bbox_of_another_crs(self, tmp_path: Path, suffix: str) -> None:
        opened = source(town(tmp_path, suffix))
        lonlat = TOWN.iloc[[4]].to_crs(4326).geometry.iloc[0].buffer(0.001).bounds
        table = read(opened, bbox=lonlat, bbox_crs="EPSG:4326")
        assert table["storeys"].to_pylist() == [7]

    def test_limit_after_filters(self, tmp_path: Path, suffix: str) -> None:
        opened = source(town(tmp_path, suffix))
        assert read(opened, limit=2).num_rows == 2
        assert read(opened, limit=1, where=(("storeys", "7"),))["storeys"].to_pylist() == [7]
        assert read(opened, limit=0).num_rows == 0

    def test_missing_column(self, tmp_path: Path, suffix: str) -> None:
        opened = source(town(tmp_path, suffix))
        with pytest.raises(ColumnNotFound) as caught:
            read(opened, columns=["heigth"])
        assert "'height'" in str(caught.value)
        with pytest.raises(ColumnNotFound):
            read(opened, where=(("storey", "1"),))

    def test_column_in_other_case(self, tmp_path: Path, suffix: str) -> None:
        assert "name" in read(source(town(tmp_path, suffix)), columns=["NAME"]).column_names


def test_batches_are_bounded(tmp_path: Path) -> None:
    rows = BATCH_ROWS * 2 + 5
    frame = gpd.GeoDataFrame(
        {"n": np.arange(rows)}, geometry=shapely.points(np.arange(rows), 0), crs=3059
    )
    opened = source(town(tmp_path, "gpkg", frame=frame))
    sizes = [one.num_rows for one in opened.batches(opened.layer(), Query())]
    assert sizes == [BATCH_ROWS, BATCH_ROWS, 5]


def test_cancelled_between_batches(tmp_path: Path) -> None:
    rows = BATCH_ROWS + 5
    frame = gpd.GeoDataFrame(
        {"n": np.arange(rows)}, geometry=shapely.points(np.arange(rows), 0), crs=3059
    )
    path = town(tmp_path, "gpkg", frame=frame)
    opened = open_source(SourceSpec(path=path), Watcher(2))
    batches = opened.batches(opened.layer(), Query())
    next(batches)
    with pytest.raises(Cancelled):
        list(batches)


# --- encodings ---


def latin(folder: Path, *, cpg: bool = False) -> Path:
    """A shapefile in ISO-8859-1 that doesn't say so."""
    frame = gpd.GeoDataFrame(
        {"name": ["Müller", "Straße", "plain"]}, geometry=[shapely.Point(1, 2)] * 3, crs=25832
    )
    path = folder / "latin.shp"
    frame.to_file(path, engine="pyogrio", encoding="ISO-8859-1")
    if not cpg:
        path.with_suffix(".cpg").unlink()
        table = bytearray(path.with_suffix(".dbf").read_bytes())
        table[29] = 0  # the language driver byte
        path.with_suffix(".dbf").write_bytes(table)
    return path


def test_no_encoding_and_not_utf8_is_read_as_latin(tmp_path: Path) -> None:
    opened = source(latin(tmp_path))
    assert read(opened)["name"].to_pylist() == ["Müller", "Straße", "plain"]
    finding = next(one for one in opened.findings() if one.code == "ENCODING_ASSUMED")
    assert (finding.count, finding.attribute) == (2, "name")


def test_declared_encoding_is_no_finding(tmp_path: Path) -> None:
    opened = source(latin(tmp_path, cpg=True))
    assert read(opened)["name"].to_pylist() == ["Müller", "Straße", "plain"]
    assert codes(opened) == set()


def test_right_encoding_stated(tmp_path: Path) -> None:
    opened = source(latin(tmp_path), encoding="latin1")
    assert read(opened)["name"].to_pylist() == ["Müller", "Straße", "plain"]
    assert codes(opened) == set()


def test_wrong_encoding_stated_is_told_with_rows(tmp_path: Path) -> None:
    opened = source(latin(tmp_path), encoding="UTF-8")
    assert read(opened)["name"].to_pylist() == ["M\ufffdller", "Stra\ufffde", "plain"]
    finding = next(one for one in opened.findings() if one.code == "ENCODING_BROKEN")
    assert finding.count == 2
    assert "rows 0, 1" in finding.message


def test_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        source(latin(tmp_path), encoding="nonsense")


def test_csv_in_a_stated_encoding(tmp_path: Path) -> None:
    path = tmp_path / "streets.csv"
    path.write_bytes("id,name\n1,Hauptstraße\n2,Rue Émile\n".encode("cp1252"))
    opened = source(path, encoding="cp1252")
    assert read(opened)["name"].to_pylist() == ["Hauptstraße", "Rue Émile"]
    assert opened.layer().geometry_type is None
    assert codes(opened) == set()


@pytest.mark.parametrize("stated", [None, "cp1252"])
def test_names_of_columns_that_are_not_utf8(tmp_path: Path, stated: str | None) -> None:
    path = tmp_path / "streets.csv"
    path.write_bytes("id;Straße\n1;Königsallee\n".encode("cp1252"))
    opened = source(path, encoding=stated) if stated else source(path)
    assert read(opened)["Straße"].to_pylist() == ["Königsallee"]
    assert codes(opened) == (set() if stated else {"ENCODING_ASSUMED"})


@pytest.mark.parametrize("cpg", [True, False])
def test_names_of_a_shapefile_in_its_encoding(tmp_path: Path, cpg: bool) -> None:
    path = tmp_path / "shops.shp"
    frame = gpd.GeoDataFrame({"Größe": ["schön"]}, geometry=[shapely.Point(0, 0)], crs="EPSG:3059")
    frame.to_file(path, engine="pyogrio", encoding="ISO-8859-1")
    if not cpg:
        path.with_suffix(".cpg").unlink()
    opened = source(path)
    assert read(opened)["Größe"].to_pylist() == ["schön"]
    assert codes(opened) == set()


@pytest.mark.parametrize("content", [b"", "id,name\n1,Köln\n".encode("utf-16")])
def test_empty_files_and_utf16_are_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "streets.csv"
    path.write_bytes(content)
    with pytest.raises(MalformedAnswer) as raised:
        source(path).layers()
    assert "recognized" not in str(raised.value)


@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_sheets_of_text_alone_have_the_names_of_their_first_row(
    tmp_path: Path, suffix: str
) -> None:
    path = tmp_path / f"sheet.{suffix}"
    texts = np.array(["a", "b"], dtype=object)
    pyogrio.raw.write(path, None, [texts, texts], ["Straße", "Ort"], geometry_type=None)
    opened = source(path)
    assert opened.layer().field_names == ("Straße", "Ort")
    assert read(opened)["Ort"].to_pylist() == ["a", "b"]


def test_mojibake_of_bdtopo(shared: Path) -> None:
    path = shared / "data" / "fr_olemps_bdtopo" / "BATIMENT.shp"
    right = source(path)
    assert "Indifférenciée" in read(right)["NATURE"].to_pylist()
    assert codes(right) == {"ENCODING_SUSPECT"}
    certain = source(path, encoding="UTF-8")
    assert "Indifférenciée" in read(certain)["NATURE"].to_pylist()
    assert codes(certain) == set()
    wrong = source(path, encoding="ISO-8859-1")
    assert "IndiffÃ©renciÃ©e" in read(wrong)["NATURE"].to_pylist()
    finding = next(one for one in wrong.findings() if one.attribute == "NATURE")
    assert finding.code == "ENCODING_SUSPECT"
    assert "encoding: UTF-8" in (finding.fix or "")
    assert finding.count == 2109


# --- CRS ---


def test_stated_crs_wins_and_is_told(tmp_path: Path) -> None:
    opened = source(town(tmp_path, "gpkg"), crs="EPSG:25834")
    assert opened.layer().crs == "EPSG:25834"
    assert codes(opened) == {"CRS_STATED_DIFFERS"}


def test_stated_crs_that_agrees(tmp_path: Path) -> None:
    opened = source(town(tmp_path, "gpkg"), crs="urn:ogc:def:crs:EPSG::3059")
    assert opened.layer().crs == "EPSG:3059"
    assert codes(opened) == set()


def test_no_crs_is_none_until_stated(tmp_path: Path) -> None:
    path = town(tmp_path, "shp")
    path.with_suffix(".prj").unlink()
    assert source(path).layer().crs is None
    stated = source(path, crs="3059")
    assert stated.layer().crs == "EPSG:3059"
    assert codes(stated) == set()


def test_unknown_crs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CrsUnknown):
        source(town(tmp_path, "gpkg"), crs="EPSG:99999")


# --- many files ---


def test_folder_of_files(tmp_path: Path) -> None:
    town(tmp_path, "gpkg", "one")
    town(tmp_path, "shp", "two")
    (tmp_path / "notes.json").write_text('{"just": "settings"}')
    (tmp_path / "deep").mkdir()
    town(tmp_path / "deep", "geojson", "three")
    opened = source(tmp_path)
    assert {one.name for one in opened.layers()} == {"one", "two", "three"}
    assert codes(opened) == {"FILE_SKIPPED"}
    assert read(opened, opened.layer("three")).num_rows == 5


def test_same_layer_in_several_files_gets_the_files_name(tmp_path: Path) -> None:
    for name in ("north", "south"):
        pyogrio.write_dataframe(TOWN, tmp_path / f"{name}.gpkg", layer="trees")
    assert [one.name for one in source(tmp_path).layers()] == ["north/trees", "south/trees"]


def test_glob_is_one_layer(tmp_path: Path) -> None:
    town(tmp_path, "gpkg", "town_a")
    changed = TOWN.assign(storeys=["a", "b", "c", "d", "e"], extra=1.5)
    town(tmp_path, "gpkg", "town_b", changed)
    opened = source(tmp_path / "town_*.gpkg")
    layer = opened.layer("town")
    table = read(opened, layer)
    assert layer.count == table.num_rows == 10
    assert layer.field_names == ("name", "storeys", "height", "extra", "source_file")
    assert table["storeys"].to_pylist()[:3] == ["3", "1", None]
    assert table["extra"].to_pylist() == [None] * 5 + [1.5] * 5
    assert table["source_file"].to_pylist() == ["town_a.gpkg"] * 5 + ["town_b.gpkg"] * 5
    assert codes(opened) == {"TYPES_DIFFER"}
    fewer = read(opened, layer, columns=["extra"], where=(("source_file", "town_b.gpkg"),))
    assert fewer.column_names == ["extra", GEOMETRY]
    assert fewer.num_rows == 5


def test_glob_over_several_crss_is_refused(tmp_path: Path) -> None:
    town(tmp_path, "gpkg", "town_a")
    town(tmp_path, "gpkg", "town_b", TOWN.to_crs(25834))
    with pytest.raises(SourceError):
        source(tmp_path / "town_*.gpkg").layers()
    assert source(tmp_path / "town_*.gpkg", crs="EPSG:3059").layer().crs == "EPSG:3059"


def test_glob_of_files_with_layers_merges_by_layer(shared: Path) -> None:
    opened = source(shared / "data" / "de_hamburg_xplan" / "*.gml")
    assert opened.layer("BP_Plan").count == 3
    assert read(opened, opened.layer("BP_Plan")).num_rows == 3


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("Dataset_metadata_2.0_example.xml", "metadata record"),
        ("csw_geobretagne_mdmetadata.xml", "metadata record"),
        ("inspire-getrecords-response.xml", "catalogue"),
        ("parking_system.jsonld", "NGSI-LD"),
        ("sta_hamburg_things227.json", "SensorThings"),
    ],
)
def test_recorded_answers_of_services_are_told_for_what_they_are(
    shared: Path, tmp_path: Path, name: str, what: str
) -> None:
    shutil.copy(shared / "data" / "services_open" / name, tmp_path)
    with pytest.raises(MalformedAnswer, match=what) as told:
        source(tmp_path / name).layers()
    assert told.value.hint


def test_files_of_several_folders_that_are_called_alike(tmp_path: Path) -> None:
    """Each is read, not the first of them twice."""
    for number, folder in enumerate(("north", "south", "south/old")):
        (tmp_path / folder).mkdir()
        town(tmp_path / folder, "shp", frame=TOWN.iloc[: number + 1])
    town(tmp_path / "south", "geojson", frame=TOWN.iloc[:4])
    opened = open_source(SourceSpec(path=tmp_path))
    counts = {one.name: read(opened, one).num_rows for one in opened.layers()}
    assert counts == {
        "north/town.shp/town": 1,
        "south/town.shp/town": 2,
        "south/old/town.shp/town": 3,
        "south/town.geojson/town": 4,
    }
    (tmp_path / "south" / "town.geojson").unlink()
    fewer = open_source(SourceSpec(path=tmp_path)).layers()
    assert {one.name for one in fewer} == {"north/town", "south/town", "south/old/town"}


@pytest.mark.parametrize("kind", ["zip", "tar.gz"])
def test_archives(tmp_path: Path, kind: str) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    town(inside, "shp", "one")
    town(inside, "geojson", "two")
    path = tmp_path / f"delivery.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for one in inside.iterdir():
                archive.write(one, f"data/{one.name}")
    else:
        with tarfile.open(path, "w:gz") as tar:
            tar.add(inside, "data")
    opened = source(path)
    assert {one.name for one in opened.layers()} == {"one", "two"}
    assert read(opened, opened.layer("one"))["name"][0].as_py() == "Rātsnams"
    one = source(path / "data" / "two.geojson")
    assert one.layer().name == "two"
    assert source(path / "data" / "*.shp").layer("data").count == 5


def test_nothing_is_written_beside_gml(shared: Path, tmp_path: Path) -> None:
    original = shared / "data" / "nl_inspire_pairs" / "ad-address-vbo.gml"
    path = Path(shutil.copy(original, tmp_path))
    opened = source(path, kind="file")
    for layer in opened.layers():
        read(opened, layer)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


# --- what is wrong with files ---


def test_missing_file_names_the_nearest(tmp_path: Path) -> None:
    town(tmp_path, "gpkg", "buildings")
    with pytest.raises(Unreachable) as caught:
        source(tmp_path / "bulidings.gpkg").layers()
    assert "buildings.gpkg" in str(caught.value)


def test_missing_layer_names_the_nearest(tmp_path: Path) -> None:
    town(tmp_path, "gpkg", "one")
    town(tmp_path, "gpkg", "streets")
    with pytest.raises(LayerNotFound) as caught:
        source(tmp_path).layer("street")
    assert "'streets'" in str(caught.value)
    with pytest.raises(LayerNotFound):
        source(tmp_path).layer()


@pytest.mark.parametrize("name", ["town.gpkg", "town.zip", "town.geojson", "town.parquet"])
def test_corrupt_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"SQLite format 3\0" + b"\x07" * 500 if name == "town.gpkg" else b"\x07" * 500)
    with pytest.raises(MalformedAnswer) as caught:
        source(path).layers()
    assert name in str(caught.value)


@pytest.mark.parametrize("suffix", ["gpkg", "shp", "dbf", "fgb", "geojson", "gml", "parquet"])
def test_file_that_breaks_off(tmp_path: Path, suffix: str) -> None:
    """GDAL itself reads half a shapefile, GML or FlatGeobuf and says nothing."""
    rows = 5_000
    frame = gpd.GeoDataFrame(
        {"n": np.arange(rows)}, geometry=shapely.points(np.arange(rows), 0).tolist(), crs=3059
    )
    path = town(tmp_path, "shp" if suffix == "dbf" else suffix, frame=frame)
    broken = path.with_suffix(f".{suffix}")
    whole = broken.read_bytes()
    broken.write_bytes(whole[: len(whole) // 2])
    opened = source(path)
    if suffix == "fgb":
        read(opened)
        assert "ROWS_LOST" in codes(opened)
    else:
        with pytest.raises(MalformedAnswer):
            read(opened)


def test_folder_without_data(tmp_path: Path) -> None:
    (tmp_path / "readme.md").write_text("nothing here")
    with pytest.raises(SourceError):
        source(tmp_path).layers()


def test_rows_that_the_driver_loses_are_told(shared: Path) -> None:
    """GDAL 3.12 ends this layer at row 460 of 1168 unless told to go on, and says nothing."""
    path = shared / "data" / "nl_otterlo_bgt" / "otterlo.zip" / "bgt_begroeidterreindeel.gml"
    opened = source(path)
    table = read(opened)
    finding = next((one for one in opened.findings() if one.code == "ROWS_LOST"), None)
    assert table.num_rows + (finding.count if finding else 0) == 1168
    assert table.num_rows > 1100


# --- types and names ---


def test_types(tmp_path: Path) -> None:
    moment = dt.datetime(2024, 5, 1, 12, 30)
    columns = pa.table(
        {
            "day": pa.array([dt.date(1900, 1, 1), None]),
            "moment": pa.array([moment, None], pa.timestamp("ms")),
            "big": pa.array([2**40, None]),
            "small": pa.array([7, None], pa.int16()),
            "flag": pa.array([True, None]),
            "blob": pa.array([b"\0\1", None]),
            "geom": pa.array([shapely.to_wkb(shapely.Point(1, 2, 3)), None]),
        }
    )
    path = tmp_path / "types.gpkg"
    pyogrio.write_arrow(
        columns, path, driver="GPKG", geometry_name="geom", geometry_type="Point Z", crs="EPSG:3059"
    )
    opened = source(path)
    table = read(opened)
    kinds = {one.name: str(one.type) for one in table.schema}
    assert kinds["day"] == "date32[day]"
    assert kinds["moment"].startswith("timestamp")
    assert (kinds["big"], kinds["small"], kinds["flag"]) == ("int64", "int16", "bool")
    assert kinds["blob"] == "binary"
    assert table["day"].to_pylist() == [dt.date(1900, 1, 1), None]
    assert shapes(table)[0].z == 3
    declared = {one.name: one.type for one in opened.layer().fields}
    assert {name: kinds[name] for name in declared if name != "moment"} == {
        name: kind for name, kind in declared.items() if name != "moment"
    }


def test_lists_stay_lists(shared: Path) -> None:
    opened = source(shared / "data" / "ets_inspire_gml" / "016-ad-passed.xml", kind="file")
    table = read(opened, opened.layer("Address"))
    declared = {one.name: one.type for one in opened.layer("Address").fields}
    assert declared["default"] == str(table.schema.field("default").type) == "list<item: bool>"


def test_alike_and_dotted_names(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"name": 1, "NAME": 2, "a.b": 3, "geometry": "text"},
            "geometry": {"type": "Point", "coordinates": [24, 56]},
        }
    ]
    path = tmp_path / "odd.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    opened = source(path)
    row = read(opened).to_pylist()[0]
    assert (row["name"], row["NAME_2"], row["a.b"], row["geometry_2"]) == (1, 2, 3, "text")
    assert isinstance(row[GEOMETRY], bytes)
    chosen = read(opened, columns=["NAME_2", "a.b"]).to_pylist()[0]
    assert (chosen["NAME_2"], chosen["a.b"]) == (2, 3)


# --- Parquet, Arrow, fiona ---


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(1, 2),
        shapely.LineString(
            [
                (0, 0),
                (
                    1,
                    2,
                ),
                (3, 4),
            ]
        ),
        shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2)),
        shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]),
        shapely.MultiPoint([(0, 0), (1, 1)]),
        shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]),
    ],
    ids=lambda one: one.geom_type,
)
def test_native_geoarrow(tmp_path: Path, shape: shapely.Geometry) -> None:
    frame = gpd.GeoDataFrame({"n": [1, 2, 3]}, geometry=[shape, None, shape], crs=3059)
    frame.to_parquet(tmp_path / "native.parquet", geometry_encoding="geoarrow")
    opened = source(tmp_path / "native.parquet")
    assert opened.layer().crs == "EPSG:3059"
    read_shapes = shapes(read(opened))
    assert read_shapes[1] is None
    assert shapely.equals(read_shapes[[0, 2]], shape).all()


def test_arrow_file(tmp_path: Path) -> None:
    table = pa.table(TOWN.to_arrow(geometry_encoding="WKB", index=False))
    pa.feather.write_feather(table, tmp_path / "town.feather")
    opened = source(tmp_path / "town.feather")
    assert opened.layer().crs == "EPSG:3059"
    assert shapes(read(opened))[0] == shapely.Point(500_000, 300_000)


def test_parquet_without_geometry(tmp_path: Path) -> None:
    pq.write_table(pa.table({"a": [1, 2]}), tmp_path / "plain.parquet")
    opened = source(tmp_path / "plain.parquet")
    assert opened.layer().geometry_type is None
    assert read(opened).column_names == ["a"]


def test_rows_where_gdal_has_no_arrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = town(tmp_path, "gpkg")
    expected = read(source(path))

    def refuse(*_: object) -> list[object]:
        raise MalformedAnswer("no driver")

    monkeypatch.setattr("commonplace.sources.file.ogr.tables", refuse)
    opened = source(path)
    table = read(opened)
    assert opened.layer().crs == "EPSG:3059"
    assert table.to_pylist() == expected.to_pylist()
    assert read(opened, columns=["name"], where=(("storeys", "7"),)).num_rows == 1
    assert read(opened, bbox=(499_000, 299_000, 501_500, 301_000)).num_rows == 2


# --- real data ---

CATALOGUED = [
    "cz_praha_bubenec",
    "nl_amsterdam_bag",
    "fr_olemps_bdtopo",
    "fr_arpaillargues_plu",
    "de_koeln_gruen",
    "it_agrone_catasto",
    "it_pistoia_edifici",
    "es_catastro_40146",
    "fi_helsinki_stat",
    "nl_delft_bgt_3d",
    "at_wien_ogd",
]


@pytest.mark.parametrize("name", CATALOGUED)
def test_real_layers_have_the_catalogued_rows(shared: Path, name: str) -> None:
    catalogue = json.loads((shared / "data" / "catalog.json").read_text(encoding="utf-8"))
    described = next(one for one in catalogue if one["name"] == name)
    opened = source(shared / "data" / name)
    layers = {one.name: one for one in opened.layers()}
    checked = 0
    for one in described["layers"]:
        layer = layers.get(one["layer"])
        if layer is None or one.get("crs") in (None, "NONE"):
            continue
        assert layer.crs == one["crs"], one["layer"]
        assert read(opened, layer).num_rows == one["n"], one["layer"]
        checked += 1
    assert checked
    assert "ROWS_LOST" not in codes(opened)


def test_attribute_table_in_capitals(shared: Path) -> None:
    opened = source(shared / "data" / "fr_arpaillargues_plu" / "30014_DOC_URBA_20171013.DBF")
    assert opened.layer().geometry_type is None
    assert read(opened).num_rows == 2


def test_evidence_names_the_files(tmp_path: Path) -> None:
    opened = source(town(tmp_path, "shp"))
    opened.layers()
    names = {one["name"] for one in details(opened)["files"]}
    assert {"town.shp", "town.dbf", "town.prj"} <= names
    assert str(tmp_path) not in json.dumps(details(opened))


def test_a_layer_without_rows_has_no_extent(tmp_path: Path) -> None:
    path = tmp_path / "none.shp"
    pyogrio.raw.write(
        path,
        np.array([], dtype=object),
        [np.array([], dtype=object)],
        ["id"],
        geometry_type="Point",
        crs="EPSG:2154",
    )
    assert source(path).layer().extent is None


def test_names_that_differ_only_by_case_are_two_columns(tmp_path: Path) -> None:
    path = tmp_path / "stops.geojson"
    feature = {"type": "Feature", "id": "s.1", "properties": {"ID": 7}, "geometry": None}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    opened = source(path)
    layer = opened.layer()
    query = Query(columns=("id",))
    (found,) = [one for batch in opened.batches(layer, query) for one in batch["id"].to_pylist()]
    assert found == "s.1"
    assert read(opened)["ID_2"].to_pylist() == [7]
