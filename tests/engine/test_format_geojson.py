"""GeoJSON: names, values and geometries against INSPIRE's rule and RFC 7946."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pyproj
import pytest
import shapely

from commonplace.formats import FORMATS
from commonplace.formats.base import Piece
from commonplace.formats.geojson import ToDegrees, features, geometry_texts
from commonplace.model.types import Kind
from commonplace.target import Dataset, Shape, TargetBatch
from support.batches import BUILDING, DATASET, ETRS89, UTM32, batch, building, node, shape

GEOJSON = FORMATS["geojson"]


def write(
    folder: Path, parts: list[TargetBatch], dataset: Dataset = DATASET, kind: Shape = BUILDING
) -> Path:
    pieces = []
    for number, part in enumerate(parts):
        path = folder / f"{number}.piece"
        encoder = GEOJSON.encoder(dataset, kind, path)
        encoder.write(part)
        pieces.append(Piece(path, kind.name, part.rows, None, encoder.close()))
    (output,) = GEOJSON.finish(dataset, {kind.name: kind}, pieces, folder)
    assert output.counts == {kind.name: sum(part.rows for part in parts)}
    return folder / output.path


def one(**fields: Any) -> dict[str, Any]:
    """The feature that a building becomes."""
    text = features(DATASET, batch([building(0, **fields)]), ToDegrees(ETRS89))[0].as_py()
    found = json.loads(text.removesuffix(",\n"))
    assert isinstance(found, dict)
    return found


def test_names_follow_the_transformation_rules() -> None:
    feature = one()
    assert feature["id"] == "Building.b0"  # rule 17
    assert feature["properties"] == {
        "inspireId_localId": "b0",  # MT001
        "inspireId_namespace": "DE.EXAMPLE.BU",
        "beginLifespanVersion": "2020-01-02T03:04:05Z",
        "dateOfConstruction_anyPoint": "1999-01-01T00:00:00.5Z",
        "elevation": 12.5,
        "elevation_uom": "m",
        "name": "Haus 0",  # MT005
        "name_deu": "Haus 0",
        "currentUse_currentUse": "residential",  # MT008
        "currentUse_currentUse_href": "http://inspire.ec.europa.eu/codelist/CurrentUseValue/residential",
        "currentUse_percentage": 100,
        "alias": ["a", "b"],  # MT002
        "parts": ["BuildingPart.1"],
        "numberOfDwellings": 3,
        "geometry2D_referenceGeometry": True,
    }


def test_void_and_missing_values_are_left_out() -> None:
    properties = one(
        inspireId=None,
        beginLifespanVersion=None,
        dateOfConstruction=None,
        elevation=None,
        name=None,
        currentUse=[],
        alias=None,
        parts=[None],
        geometry2D=None,
    )
    assert properties["geometry"] is None
    assert properties["properties"] == {"numberOfDwellings": 3}


@pytest.mark.parametrize("field", [key for key in building(0) if not key.startswith("@")])
def test_a_null_in_any_position_loses_no_feature(field: str) -> None:
    rows = [building(0), building(1, **{field: None}), building(2)]
    texts = features(DATASET, batch(rows), ToDegrees(ETRS89))
    assert texts.null_count == 0
    assert [json.loads(text[:-2])["id"] for text in texts.to_pylist()] == [
        "Building.b0",
        "Building.b1",
        "Building.b2",
    ]


def test_all_of_several_objects_are_kept() -> None:
    uses = [
        {"currentUse": "trade", "percentage": None, "percentage@nil": "Withheld"},
        {"currentUse": "industrial", "percentage": 3, "percentage@nil": None},
    ]
    properties = one(currentUse=uses, geometry2D=[{"geometry": 0}, {"geometry": 0}])["properties"]
    codes = "http://inspire.ec.europa.eu/codelist/CurrentUseValue"
    assert properties["currentUse_currentUse"] == "trade"
    assert "currentUse_percentage" not in properties
    assert properties["currentUse"] == [
        {"currentUse": "trade", "currentUse_href": f"{codes}/trade"},
        {"currentUse": "industrial", "currentUse_href": f"{codes}/industrial", "percentage": 3},
    ]
    assert [one["geometry"]["type"] for one in properties["geometry2D"]] == ["Polygon"] * 2


def test_names_in_several_languages() -> None:
    names = [
        {"language": "fin", "spelling": {"text": "Helsinki"}},
        {"language": "swe", "spelling": {"text": "Helsingfors"}},
        {"language": "swe", "spelling": {"text": "Hfors"}},
        {"language": None, "spelling": {"text": "Stadt"}},
    ]
    properties = one(name=names)["properties"]
    assert {key: properties[key] for key in properties if key.startswith("name")} == {
        "name": "Helsinki",
        "name_deu": "Stadt",
        "name_fin": "Helsinki",
        "name_swe": "Helsingfors",
    }


@pytest.mark.parametrize(
    "text",
    ['a"b', "back\\slash", "\\", "\x00\x01\x1f\x7f", "\n\r\t\b\f", "ü€😀\u2028", "</script>", ""],
)
def test_any_text_comes_back(text: str) -> None:
    assert one(alias=[text, "plain"])["properties"]["alias"] == [text, "plain"]


@pytest.mark.parametrize("number", [1e-7, 1e16, -0.0, 0.1, 1e300, 123456789.125])
def test_any_number_comes_back(number: float) -> None:
    assert float(one(elevation=number)["properties"]["elevation"]) == number


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_is_no_number_is_left_out(number: float) -> None:
    assert "elevation" not in one(elevation=number)["properties"]


GEOMETRIES = [
    "POINT (7 50)",
    "POINT Z (7 50 12.5)",
    "LINESTRING (7 50, 7.1 50.2, 7.1 50.3)",
    "POLYGON ((0 0, 1 0, 1 1, 0 0), (0.1 0.1, 0.1 0.2, 0.2 0.2, 0.1 0.1))",
    "MULTIPOINT ((1 2), (3 4))",
    "MULTILINESTRING ((1 2, 3 4), (5 6, 7 8, 9 9))",
    "MULTIPOLYGON (((0 0, 1 0, 1 1, 0 0), (0.1 0.1, 0.1 0.2, 0.2 0.2, 0.1 0.1)), "
    "((5 5, 6 5, 6 6, 5 5)))",
    "POLYGON Z ((0 0 1, 1 0 2, 1 1 3, 0 0 1))",
    "GEOMETRYCOLLECTION (POINT (1 2), LINESTRING (3 4, 5 6))",
    "POLYGON EMPTY",
    "GEOMETRYCOLLECTION EMPTY",
    None,
]


def test_geometries_of_all_types_in_one_batch() -> None:
    given = shapely.from_wkt(np.array([*GEOMETRIES, *GEOMETRIES[::-1]], dtype=object))
    texts = geometry_texts(given, ToDegrees(ETRS89)).to_pylist()
    for geometry, text in zip(given, texts, strict=True):
        if geometry is None or geometry.is_empty:
            assert text is None
        else:
            assert json.loads(text) == json.loads(shapely.to_geojson(geometry))


def test_ordinates_are_plain_decimals() -> None:
    point = np.array([shapely.Point(1e-7, -0.0)], dtype=object)
    (text,) = geometry_texts(point, ToDegrees(ETRS89)).to_pylist()
    assert text == '{"type":"Point","coordinates":[0.0000001,0]}'


def test_a_projected_target_becomes_degrees() -> None:
    point = np.array([shapely.Point(356_000, 5_645_000, 55)], dtype=object)
    (text,) = geometry_texts(point, ToDegrees(UTM32)).to_pylist()
    lon, lat, height = json.loads(text)["coordinates"]
    back = pyproj.Transformer.from_crs("EPSG:4258", "EPSG:25832", always_xy=True)
    assert back.transform(lon, lat) == pytest.approx((356_000, 5_645_000), abs=0.02)
    assert height == 55


def test_degrees_of_another_datum_are_shifted() -> None:
    dhdn = replace(ETRS89, code="EPSG:4314")
    point = np.array([shapely.Point(7, 50)], dtype=object)
    (text,) = geometry_texts(point, ToDegrees(dhdn)).to_pylist()
    lon, lat = json.loads(text)["coordinates"]
    assert 50 < abs(7 - lon) * 71_700 < 150  # metres
    assert 50 < abs(50 - lat) * 111_200 < 150


def test_bytes_do_not_depend_on_the_cut(tmp_path: Path) -> None:
    rows = [
        building(
            number,
            elevation=None if number % 3 else number / 7,
            name=[{"language": "fra" if number % 5 else "deu", "spelling": {"text": "x\ny"}}],
        )
        for number in range(40)
    ]
    pool = list(batch(rows).geometries)
    written = set()
    for cuts in ([0, 40], [0, 1, 40], [0, 13, 14, 15, 39, 40]):
        folder = tmp_path / str(len(cuts))
        folder.mkdir()
        parts = [batch(rows[a:b], pool) for a, b in pairwise(cuts)]
        written.add(write(folder, parts).read_bytes())
    assert len(written) == 1


def test_slices_of_a_batch_are_what_they_show(tmp_path: Path) -> None:
    whole = batch([building(number, alias=[str(number)]) for number in range(9)])
    cut = TargetBatch(BUILDING, whole.columns.slice(3, 4), whole.geometries)
    texts = features(DATASET, cut, ToDegrees(ETRS89)).to_pylist()
    assert texts == features(DATASET, whole, ToDegrees(ETRS89)).to_pylist()[3:7]


def test_gdal_reads_it(tmp_path: Path) -> None:
    path = write(tmp_path, [batch([building(0), building(1)])])
    info = pyogrio.read_info(path, force_total_bounds=True)
    assert info["features"] == 2
    assert info["crs"] == "EPSG:4326"
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["bbox"] == pytest.approx(info["total_bounds"])
    assert document["licence"] == DATASET.licence


def test_no_features_are_an_empty_collection(tmp_path: Path) -> None:
    document = json.loads(write(tmp_path, []).read_text(encoding="utf-8"))
    assert document["features"] == []


def test_branches_of_a_choice_stand_apart() -> None:
    branches = shape(
        "Thing",
        node(
            "locator",
            Kind.OBJECT,
            objects=(shape("AddressLocator", node("level")), shape("Other", node("level"))),
        ),
        feature=True,
    )
    kind = pa.struct({"level": pa.string()})
    rows = [
        {"@ordinal": 0, "@id": "a", "locator": {"@type": "Other", "Other": {"level": "x"}}},
        {"@ordinal": 1, "@id": "b", "locator": None},
    ]
    schema = pa.struct(
        {
            "@ordinal": pa.int64(),
            "@id": pa.string(),
            "locator": pa.struct({"@type": pa.string(), "AddressLocator": kind, "Other": kind}),
        }
    )
    made = TargetBatch(branches, pa.RecordBatch.from_struct_array(pa.array(rows, schema)))
    texts = features(DATASET, made, ToDegrees(ETRS89)).to_pylist()
    assert [json.loads(text[:-2])["properties"] for text in texts] == [
        {"locator_Other_level": "x"},
        {},
    ]
