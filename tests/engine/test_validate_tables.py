"""Flat encodings: what is sound passes, every fault is told."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from click.testing import CliRunner

from commonplace.commands.validate import validate as command
from commonplace.convert import convert
from commonplace.report import Finding, Severity
from commonplace.validate.outcome import Validation
from commonplace.validation import validate
from support.gml_town import LISTS

ENDINGS = ("gpkg", "geojson", "jsonfg", "parquet", "fgb", "csv")
CRS = {"id": {"authority": "EPSG", "code": 25832}}
CODE = f"{LISTS}/ConditionOfConstructionValue"


@pytest.fixture(scope="module")
def delivery(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cadastre's buildings in every encoding."""
    folder = tmp_path_factory.mktemp("delivery")
    source = shared / "data" / "es_catastro_40146" / "A.ES.SDGC.BU.40146.building.gml"
    (folder / "building.gml").write_bytes(source.read_bytes())
    for one in ENDINGS:
        convert(folder / "building.gml", folder / f"building.{one}")
    return folder


def _codes(outcome: Validation, least: Severity = Severity.WARNING) -> set[str]:
    order = list(Severity)
    grouped = outcome.findings.grouped()
    return {one.code for one, _, _ in grouped if order.index(one.severity) <= order.index(least)}


def _of(outcome: Validation, code: str) -> Finding:
    return next(first for first, _, _ in outcome.findings.grouped() if first.code == code)


def test_every_encoding_is_read_and_counted(delivery: Path) -> None:
    outcome = validate([delivery], workers=1)
    counts = {one.name: sum(one.features.values()) for one in outcome.files}
    assert counts == {f"building.{one}": 246 for one in ("gml", *ENDINGS)}
    flat = [one for one in outcome.files if one.kind != "gml"]
    assert {one.schema for one in flat} == {"not applicable"}
    errors = [
        first
        for first, _, _ in outcome.findings.grouped()
        if first.severity is Severity.ERROR and first.layer != "building.gml"
    ]
    assert errors == []
    told = {first.layer for first, _, _ in outcome.findings.grouped() if "CRS_NOT" in first.code}
    assert told == {f"building.{one}" for one in ("gml", "gpkg", "jsonfg", "parquet", "fgb")}
    assert len(outcome.points) > 50


def test_a_zip_of_them_from_the_command_line(delivery: Path, tmp_path: Path) -> None:
    path = tmp_path / "delivery.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for one in sorted(delivery.iterdir()):
            if one.suffix != ".gml":
                archive.write(one, one.name)
        archive.writestr("roads.shp", b"\x00")
        archive.writestr("readme.txt", "nothing")
    junit, page = tmp_path / "junit.xml", tmp_path / "report.html"
    arguments = [str(path), "--json", "--junit", str(junit), "--html", str(page), "--workers", "1"]
    done = CliRunner().invoke(command, [*arguments, "--fail-on", "error"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert {one["name"] for one in found["files"]} == {
        f"delivery.zip/building.{one}" for one in ENDINGS
    }
    assert "FILE_NOT_CHECKED" in {one["rule"] for one in found["findings"]}
    assert junit.read_text().count("<testsuite ") >= len(ENDINGS)
    assert 'class="points"' in page.read_text()
    assert CliRunner().invoke(command, [*arguments, "--fail-on", "warning"]).exit_code == 8


# -- tables from scratch -----------------------------------------------------------------


def _rows(**changed: list[Any]) -> dict[str, list[Any]]:
    """Three sound rows; ``changed`` replaces columns."""
    boxes = [shapely.box(500_000 + at, 5_800_000, 500_001 + at, 5_800_001) for at in range(3)]
    return {
        "gml_id": ["b.0", "b.1", "b.2"],
        "inspireId_localId": ["0", "1", "2"],
        "inspireId_namespace": ["DE.TEST"] * 3,
        "conditionOfConstruction_href": [f"{CODE}/functional"] * 3,
        "beginLifespanVersion": ["2020-01-01T00:00:00Z"] * 3,
        "endLifespanVersion": [None, "2021-01-01T00:00:00Z", None],
        "geometry": boxes,
        **changed,
    }


BOWTIE = shapely.from_wkt(
    "POLYGON ((500000 5800000, 500001 5800001, 500001 5800000, 500000 5800001, 500000 5800000))"
)
FAULTS: list[tuple[dict[str, list[Any]], str]] = [
    ({"geometry": [BOWTIE, None, None]}, "GEOMETRY_INVALID"),
    ({"geometry": [shapely.LineString([(500000, 5800000)] * 2), None, None]}, "GEOMETRY_ZERO_SIZE"),
    ({"geometry": [shapely.Point(5_800_000, 500_000)] * 3}, "CRS_AXES_SWAPPED"),
    ({"inspireId_localId": ["0", "0", "1"]}, "IDENTIFIER_REPEATED"),
    ({"inspireId_localId": ["0", None, "1"]}, "IDENTIFIER_INCOMPLETE"),
    ({"conditionOfConstruction_href": [f"{CODE}/shiny"] * 3}, "CODE_UNKNOWN"),
    (
        {"conditionOfConstruction_href": [f"{CODE.replace('http:', 'https:')}/ruin"] * 3},
        "CODE_HTTPS",
    ),
    ({"endLifespanVersion": [None, "2019-01-01T00:00:00Z", None]}, "TIME_ORDER"),
]


def _parquet(folder: Path, rows: dict[str, list[Any]], about: object = ...) -> Path:
    table = pa.table({**rows, "geometry": pa.array(shapely.to_wkb(rows["geometry"]), pa.binary())})
    column = {"encoding": "WKB", "geometry_types": [], "crs": CRS}
    default = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    said = default if about is ... else about
    if said is not None:
        table = table.replace_schema_metadata({"geo": json.dumps(said)})
    path = folder / "a.parquet"
    pq.write_table(table, path, row_group_size=2)
    return path


def _flatgeobuf(folder: Path, rows: dict[str, list[Any]]) -> Path:
    table = pa.table({**rows, "geometry": pa.array(shapely.to_wkb(rows["geometry"]), pa.binary())})
    path = folder / "a.fgb"
    pyogrio.write_arrow(
        table,
        path,
        driver="FlatGeobuf",
        geometry_name="geometry",
        geometry_type="Unknown",
        crs="EPSG:25832",
        SPATIAL_INDEX="NO",
    )
    return path


def _csv(folder: Path, rows: dict[str, list[Any]]) -> Path:
    columns = {**rows, "WKT": [None if one is None else one.wkt for one in rows["geometry"]]}
    del columns["geometry"]
    lines = [",".join(columns)]
    for row in zip(*columns.values(), strict=True):
        lines.append(",".join("" if one is None else f'"{one}"' for one in row))
    path = folder / "a.csv"
    path.write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")
    return path


WRITERS = {"parquet": _parquet, "fgb": _flatgeobuf, "csv": _csv}


@pytest.mark.parametrize("form", WRITERS)
def test_sound_tables_pass(tmp_path: Path, form: str) -> None:
    outcome = validate([WRITERS[form](tmp_path, _rows())], workers=1)
    assert sum(outcome.files[0].features.values()) == 3
    assert _codes(outcome, Severity.INFO) == (
        {"TABLE_CRS_UNKNOWN"} if form == "csv" else {"CRS_LEGAL_BUT_VALIDATOR_REJECTS"}
    )


@pytest.mark.parametrize(
    ("form", "changed", "code"),
    [
        pytest.param(form, changed, code, id=f"{form}-{code}")
        for form in WRITERS
        for changed, code in FAULTS
        if (form, code) != ("csv", "CRS_AXES_SWAPPED")  # a CSV file names no CRS
    ],
)
def test_faults_in_tables(
    tmp_path: Path, form: str, changed: dict[str, list[Any]], code: str
) -> None:
    outcome = validate([WRITERS[form](tmp_path, _rows(**changed))], workers=1)
    assert code in _codes(outcome)
    found = _of(outcome, code)
    assert found.layer == f"a.{form}"
    if code == "GEOMETRY_INVALID":
        assert found.feature == "b.0"
        assert (found.place is None) == (form == "csv")


def _described() -> Iterator[tuple[object, str]]:
    column = {"encoding": "WKB", "geometry_types": [], "crs": CRS}
    whole = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    yield None, "GEOPARQUET_METADATA"
    yield {**whole, "version": "0.3"}, "GEOPARQUET_METADATA"
    yield {**whole, "primary_column": "shape"}, "GEOPARQUET_METADATA"
    yield {**whole, "columns": {"geometry": {"encoding": "WKX"}}}, "GEOPARQUET_METADATA"
    yield {**whole, "columns": {"geometry": {**column, "bbox": [0, 0, 1, 1]}}}, "GEOPARQUET_BBOX"
    yield {**whole, "columns": {"geometry": {**column, "crs": None}}}, "TABLE_CRS_UNKNOWN"
    yield (
        {**whole, "columns": {"geometry": {**column, "encoding": "polygon"}}},
        "GEOPARQUET_NOT_CHECKED",
    )


@pytest.mark.parametrize(("about", "code"), list(_described()))
def test_geoparquet_metadata(tmp_path: Path, about: object, code: str) -> None:
    outcome = validate([_parquet(tmp_path, _rows(), about)], workers=1)
    assert code in outcome.findings.codes()
    assert sum(outcome.files[0].features.values()) == 3


@pytest.mark.parametrize(("column", "told"), [("gml_id", True), ("geometry", False)])
def test_parquet_of_a_type_without_geometry(tmp_path: Path, column: str, told: bool) -> None:
    table = pa.table({column: ["t.1", "t.2"]})
    path = tmp_path / "ThoroughfareName.parquet"
    pq.write_table(table.replace_schema_metadata({"feature_type": "ThoroughfareName"}), path)
    outcome = validate([path], workers=1)
    assert ("GEOPARQUET_METADATA" not in outcome.findings.codes()) is told


@pytest.mark.parametrize("form", ["parquet", "fgb"])
def test_tables_that_break_off(tmp_path: Path, form: str) -> None:
    path = WRITERS[form](tmp_path, _rows())
    path.write_bytes(path.read_bytes()[:-300])
    codes = _codes(validate([path], workers=1))
    assert codes & {"TABLE_UNREADABLE", "FLATGEOBUF_COUNT"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a,b\n1,2\n3\n", "TABLE_UNREADABLE"),
        ("", "TABLE_UNREADABLE"),
        ("a,b\n", "TABLE_EMPTY"),
        ("a,WKT\n1,POINT (1 2)\n2,PUNKT (1 2)\n", "CSV_GEOMETRY"),
        ('a,x,y\n1,1.5,2\n2,"1,5",2\n', "CSV_GEOMETRY"),
    ],
)
def test_csv_that_is_none(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text, encoding="utf-8")
    assert code in _codes(validate([path], workers=1))


def test_other_delimiters(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id;x;y\nn1;1.5;2\nn2;1.6;2\n", encoding="utf-8")
    outcome = validate([path], workers=1)
    assert outcome.files[0].features == {"a": 2}
    assert _codes(outcome) == {"TABLE_CRS_UNKNOWN"}


# -- JSON-FG -----------------------------------------------------------------------------

JSONFG: list[tuple[dict[str, object], dict[str, object], str]] = [
    ({"coordRefSys": None}, {}, "JSONFG_CRS"),
    ({"conformsTo": []}, {}, "JSONFG_CONFORMANCE"),
    ({}, {"place": {"type": "Circle", "coordinates": []}}, "JSONFG_PLACE"),
    ({}, {"time": {"date": "yesterday"}}, "JSONFG_TIME"),
    ({}, {"place": {"type": "Point", "coordinates": [5_800_000, 500_000]}}, "CRS_AXES_SWAPPED"),
]


def _jsonfg(folder: Path, head: dict[str, object], member: dict[str, object]) -> Path:
    feature = {
        "type": "Feature",
        "id": "1",
        "featureType": "Building",
        "time": {"interval": ["2020-01-01", ".."]},
        "place": {"type": "Point", "coordinates": [500_000.0, 5_800_000.0]},
        "geometry": None,
        "properties": {},
        **member,
    }
    document = {
        "type": "FeatureCollection",
        "conformsTo": ["http://www.opengis.net/spec/json-fg-1/1.0/conf/core"],
        "coordRefSys": "http://www.opengis.net/def/crs/EPSG/0/25832",
        "features": [feature],
        **head,
    }
    path = folder / "a.jsonfg"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_sound_jsonfg(tmp_path: Path) -> None:
    outcome = validate([_jsonfg(tmp_path, {}, {})], workers=1)
    assert outcome.files[0].features == {"Building": 1}
    assert _codes(outcome) == {"CRS_LEGAL_BUT_VALIDATOR_REJECTS"}


@pytest.mark.parametrize(("head", "member", "code"), JSONFG, ids=[one[2] for one in JSONFG])
def test_jsonfg_faults(
    tmp_path: Path, head: dict[str, object], member: dict[str, object], code: str
) -> None:
    assert code in _codes(validate([_jsonfg(tmp_path, head, member)], workers=1))
