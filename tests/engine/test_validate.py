"""The validator: every fault is found and told, sound data passes, bad input ends well."""

from __future__ import annotations

import gzip
import json
import socket
import sqlite3
import threading
import time
import zipfile
from functools import partial
from pathlib import Path

import psutil
import pytest
from click.testing import CliRunner
from lxml import etree

from commonplace.commands.validate import validate as command
from commonplace.commands.validation_page import page
from commonplace.gml.members import Members
from commonplace.report import Finding, Severity
from commonplace.validate import writing
from commonplace.validate.catalogue import FAMILIES, RULES, table
from commonplace.validate.outcome import Validation
from commonplace.validation import validate
from support.gml_town import DECLARATION, LISTS, ROOT, SRS, building, document, ring

VOID = "http://inspire.ec.europa.eu/codelist/VoidReasonValue"
BEGIN = "<bu-base:beginLifespanVersion>2020-01-01T00:00:00Z</bu-base:beginLifespanVersion>"
ACCURACY = (
    '<bu-base:horizontalGeometryEstimatedAccuracy uom="m">0.1'
    "</bu-base:horizontalGeometryEstimatedAccuracy>"
)
CONDITION = f'xlink:href="{LISTS}/ConditionOfConstructionValue/functional"'
GOOD_RING = ring(52.5, 13.001)
POLYGON = "<gml:posList>" + GOOD_RING + "</gml:posList>"


@pytest.fixture(scope="module")
def schemas(shared: Path) -> Path:
    return shared / "inspire" / "schemas"


def _codes(outcome: Validation, *, least: Severity = Severity.WARNING) -> set[str]:
    order = list(Severity)
    return {
        first.code
        for first, _, _ in outcome.findings.grouped()
        if order.index(first.severity) <= order.index(least)
    }


def _of(outcome: Validation, code: str) -> Finding:
    return next(first for first, _, _ in outcome.findings.grouped() if first.code == code)


def _gml(folder: Path, text: str | bytes, name: str = "town.gml") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def _check(folder: Path, *features: str, schemas: Path | None = None) -> Validation:
    return validate([_gml(folder, document(*features))], schemas=schemas, workers=1)


def test_sound_buildings_pass(tmp_path: Path, schemas: Path) -> None:
    outcome = _check(tmp_path, *(building(one) for one in range(1, 40)), schemas=schemas)
    assert _codes(outcome, least=Severity.INFO) == set()
    assert outcome.files[0].schema == "valid"
    assert outcome.files[0].features == {"Building": 39}


FAULTS: list[tuple[dict[str, str], str]] = [
    ({BEGIN: ""}, "VOID_OMITTED"),
    ({"<bu-base:referenceGeometry>true</bu-base:referenceGeometry>": ""}, "STRUCTURE_MISSING"),
    ({BEGIN: BEGIN + BEGIN}, "STRUCTURE_REPEATED"),
    ({BEGIN: "", "<bu-base:inspireId>": BEGIN + "<bu-base:inspireId>"}, "STRUCTURE_ORDER"),
    ({BEGIN: BEGIN + "<bu-base:colour>red</bu-base:colour>"}, "STRUCTURE_UNKNOWN"),
    (
        {
            "<base:Identifier>": '<b4:Identifier xmlns:b4="http://inspire.ec.europa.eu/schemas/'
            'base/4.0">',
            "</base:Identifier>": "</b4:Identifier>",
        },
        "STRUCTURE_OTHER_VERSION",
    ),
    ({"<bu-base:inspireId>": "<bu-base:inspireId>text"}, "STRUCTURE_TEXT"),
    ({"2020-01-01T00:00:00Z": "2020-01-01"}, "VALUE_TYPE"),
    ({">true<": ">yes<"}, "VALUE_TYPE"),
    ({' uom="m"': ""}, "ATTRIBUTE_MISSING"),
    ({"<bu-base:inspireId>": '<bu-base:inspireId xlink="x">'}, "ATTRIBUTE_UNKNOWN"),
    (
        {BEGIN: '<bu-base:beginLifespanVersion xsi:nil="true" nilReason="UNKNOWN"/>'},
        "VOID_REASON",
    ),
    (
        {
            "<bu-base:beginLifespanVersion>": "<bu-base:beginLifespanVersion "
            f'nilReason="{VOID}/Unknown">'
        },
        "VOID_REASON_WITHOUT_NIL",
    ),
    (
        {
            ">0.1</bu-base:horizontalGeometryEstimatedAccuracy>": ' xsi:nil="true">0.1'
            "</bu-base:horizontalGeometryEstimatedAccuracy>"
        },
        "VOID_NOT_EMPTY",
    ),
    (
        {
            f"<bu-base:conditionOfConstruction {CONDITION}/>": ""
            '<bu-base:conditionOfConstruction xsi:nil="true"/>'
        },
        "",
    ),
    ({">true<": ' xsi:nil="true"><'}, "VOID_NOT_ALLOWED"),
    ({BEGIN: "<bu-base:beginLifespanVersion/>"}, "ELEMENT_EMPTY"),
    ({BEGIN: "<bu-base:beginLifespanVersion> \n</bu-base:beginLifespanVersion>"}, "ELEMENT_EMPTY"),
    ({f" {CONDITION}/>": ">functional</bu-base:conditionOfConstruction>"}, "CODE_AS_TEXT"),
    ({f"{LISTS}/Cond": f"{LISTS.replace('http:', 'https:')}/Cond"}, "CODE_HTTPS"),
    ({"/codelist/Cond": "/codeList/Cond"}, "CODE_FORM"),
    ({CONDITION: 'xlink:href="functional"'}, "CODE_FORM"),
    ({"/functional": "/Functional"}, "CODE_CASE"),
    ({"/functional": "/shiny"}, "CODE_UNKNOWN"),
    ({"ConditionOfConstructionValue/functional": "CurrentUseValue/residential"}, "CODE_OTHER_LIST"),
    (
        {f"{LISTS}/ConditionOfConstructionValue/functional": "http://example.org/code/x"},
        "CODE_CLOSED",
    ),
    ({'gml:id="Building.1"': 'gml:id="1"'}, "ID_FORM"),
    ({' gml:id="g.1"': ""}, "ID_MISSING"),
    ({'gml:id="g.1"': 'gml:id="Building.1"'}, "ID_REPEATED"),
    ({"<base:localId>1<": "<base:localId>1/2<"}, "IDENTIFIER_LOCAL_ID"),
    ({"<base:localId>1<": "<base:localId><"}, "IDENTIFIER_INCOMPLETE"),
    (
        {"</base:namespace>": "</base:namespace><base:versionId>" + "x" * 26 + "</base:versionId>"},
        "IDENTIFIER_VERSION",
    ),
    ({f' srsName="{SRS}"': ""}, "CRS_MISSING"),
    ({SRS: "EPSG:4258"}, "CRS_FORM"),
    ({SRS: "urn:ogc:def:crs:EPSG::4258"}, "CRS_FORM"),
    ({SRS: SRS.replace("http:", "https:")}, "CRS_FORM"),
    ({SRS: SRS.replace("4258", "3857")}, "CRS_NOT_INSPIRE"),
    ({SRS: SRS.replace("4258", "4326")}, "CRS_NOT_INSPIRE"),
    ({SRS: SRS.replace("4258", "999999")}, "CRS_UNKNOWN"),
    ({SRS: SRS.replace("4258", "25833")}, "CRS_LEGAL_BUT_VALIDATOR_REJECTS"),
    ({'srsDimension="2"': 'srsDimension="4"'}, "CRS_DIMENSION"),
    ({GOOD_RING: GOOD_RING.replace("52.5", "12.5")}, "CRS_OUTSIDE_AREA"),
    (
        {
            GOOD_RING: " ".join(
                f"{x} {y}"
                for y, x in zip(GOOD_RING.split()[::2], GOOD_RING.split()[1::2], strict=True)
            )
        },
        "CRS_AXES_SWAPPED",
    ),
    ({GOOD_RING: GOOD_RING.rsplit(" ", 2)[0]}, "GEOMETRY_RING_OPEN"),
    (
        {GOOD_RING: " ".join(GOOD_RING.split()[:4] + GOOD_RING.split()[:2])},
        "GEOMETRY_TOO_FEW_POINTS",
    ),
    ({GOOD_RING: GOOD_RING + " 52.6"}, "GEOMETRY_ORDINATES"),
    ({GOOD_RING: GOOD_RING.replace("52.500000", "NaN", 1)}, "GEOMETRY_ORDINATES"),
    ({GOOD_RING: GOOD_RING.replace("52.500000", "52,5", 1)}, "GEOMETRY_ORDINATES"),
    (
        {GOOD_RING: "52.5 13.0 52.5005 13.0005 52.5005 13.0 52.5 13.0005 52.5 13.0"},
        "GEOMETRY_INVALID",
    ),
    ({GOOD_RING: "52.5 13 52.6 13 52.7 13 52.5 13"}, "GEOMETRY_ZERO_SIZE"),
    (
        {GOOD_RING: "52.5 13.001 52.5005 13.001 52.5005 13.0015 52.5 13.0015 52.5 13.001"},
        "GEOMETRY_RING_ORDER",
    ),
    (
        {
            POLYGON: "".join(
                f"<gml:pos>{one}</gml:pos>"
                for one in ("52.5 13", "52.5 13.1", "52.6 13", "52.5 13")
            )
        },
        "GEOMETRY_LINE_FORM",
    ),
    ({"gml:Polygon": "gml:OrientableSurface"}, "GEOMETRY_SURFACE"),
    (
        {
            BEGIN: f"{BEGIN}<bu-base:endLifespanVersion>2019-01-01T00:00:00Z"
            "</bu-base:endLifespanVersion>"
        },
        "TIME_ORDER",
    ),
    ({'uom="m"': 'uom="km"'}, "UNIT_WRONG"),
    ({'uom="m"': 'uom="urn:ogc:def:uom:EPSG::9001"'}, "UNIT_FORM"),
    ({">true<": ">false<"}, "BU_REFERENCE_GEOMETRY"),
]


@pytest.mark.parametrize(
    ("changed", "code"), FAULTS, ids=lambda one: one if isinstance(one, str) else ""
)
def test_faults_are_found(tmp_path: Path, changed: dict[str, str], code: str) -> None:
    outcome = _check(tmp_path, building(1, changed=changed), building(2))
    found = _codes(outcome)
    if code == "":
        assert found == set()
        return
    assert code in found
    if not code.startswith("CRS_"):
        first = _of(outcome, code)
        assert first.layer == "town.gml"
        assert first.fix
        assert first.feature in ("Building.1", "1")
        assert first.line == 3
        assert first.offset is not None


def test_a_time_without_zone_is_told_but_no_fault(tmp_path: Path) -> None:
    outcome = _check(tmp_path, building(1, changed={"00:00Z": "00:00"}))
    assert _codes(outcome) == set()
    assert "TIME_ZONE" in outcome.findings.codes()


def test_places_are_told_with_line_and_offset_over_chunks(tmp_path: Path) -> None:
    texts = [building(one) for one in range(3000)]
    texts[2500] = building(2500, changed={"/functional": "/shiny"})
    path = _gml(tmp_path, document(*texts))
    data = path.read_bytes()
    finding = _of(validate([path], workers=1), "CODE_UNKNOWN")
    assert finding.feature == "Building.2500"
    assert finding.offset is not None
    assert data[finding.offset :].startswith(
        b'<wfs:member><bu-core2d:Building gml:id="Building.2500"'
    )
    assert finding.line == data.count(b"\n", 0, finding.offset) + 1
    assert finding.place is not None
    assert finding.value == f"{LISTS}/ConditionOfConstructionValue/shiny"


def test_lines_are_right_behind_comments_and_cdata(tmp_path: Path) -> None:
    odd = building(1).replace(BEGIN, f"<!-- two\nlines -->{BEGIN}\n<![CDATA[\n]]>\n")
    faulty = building(2, changed={"<bu-base:inspireId>": "\n<bu-base:inspireId>", ">2<": ">2/<"})
    outcome = _check(tmp_path, odd, faulty)
    assert _of(outcome, "IDENTIFIER_LOCAL_ID").line == 9


@pytest.mark.parametrize("odd", ["<!-- </wfs:member> -->", "<![CDATA[</wfs:member>]]>"])
def test_end_tags_that_are_none_do_not_mislead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, odd: str
) -> None:
    """Cuts by end tags fail there, exact ones follow: nothing is told twice or not at all."""
    monkeypatch.setattr("commonplace.gml.members.STEP", 256)
    texts = [building(one) for one in range(8)]
    fault = building(7, changed={"/functional": "/shiny"})
    odd_one = building(3, changed={"<bu-base:inspireId>": f"<bu-base:inspireId>{odd}"})
    path = _gml(tmp_path, document(*texts[:3], odd_one, *texts[4:7], fault))
    with monkeypatch.context() as patch:
        patch.setattr("commonplace.validation.Members", partial(Members, chunk_bytes=100))
        outcome = validate([path], workers=1)
    assert outcome.files[0].features == {"Building": 8}
    assert _of(outcome, "CODE_UNKNOWN").line == 10
    assert sum(n for one, n, _ in outcome.findings.grouped() if one.code == "CODE_UNKNOWN") == 1
    assert "XML_NOT_WELL_FORMED" not in _codes(outcome)
    assert "ID_REPEATED" not in _codes(outcome)


def test_collections_in_members_are_opened(tmp_path: Path, schemas: Path) -> None:
    inner = ROOT.replace(">", ">", 1) + "".join(
        f"<wfs:member>{building(one)}</wfs:member>" for one in (2, 3)
    )
    inner += "</wfs:FeatureCollection>"
    bad = inner.replace(">true<", ">yes<", 1)
    outcome = _check(tmp_path, building(1), inner, schemas=schemas)
    assert outcome.files[0].features == {"Building": 3}
    assert _codes(outcome) == set()
    assert outcome.files[0].schema == "valid"
    outcome = _check(tmp_path, building(1), bad, schemas=schemas)
    assert _of(outcome, "SCHEMA_INVALID").feature == "Building.2"


def test_repeats_are_counted_not_repeated(tmp_path: Path) -> None:
    texts = [building(one, changed={"/functional": "/shiny"}) for one in range(1500)]
    outcome = _check(tmp_path, *texts)
    (row,) = (one for one in outcome.findings.grouped() if one[0].code == "CODE_UNKNOWN")
    assert row[1] == 1500
    assert len(row[2]) == 20


def test_ids_and_references_over_the_whole(tmp_path: Path) -> None:
    texts = [building(one) for one in range(1200)]
    texts.append(building(7, changed={'gml:id="g.7"': 'gml:id="h"', ">7<": ">other<"}))
    texts.append(building(8, changed={'"Building.8"': '"B"', '"g.8"': '"i"'}))
    outcome = _check(tmp_path, *texts)
    assert _of(outcome, "ID_REPEATED").value == "Building.7"
    assert _of(outcome, "IDENTIFIER_REPEATED").value == "DE.TEST|8"


def test_processes_find_the_same(tmp_path: Path) -> None:
    texts = [building(one) for one in range(9000)]
    texts[8000] = building(8000, changed={"/functional": "/shiny", ">true<": ">false<"})
    path = _gml(tmp_path, document(*texts))
    one, two = validate([path], workers=1), validate([path], workers=2)
    assert one.findings.grouped() == two.findings.grouped()
    assert one.files == two.files


def test_both_roots_and_a_single_feature(tmp_path: Path) -> None:
    body = building(1)
    spaces = ROOT.partition(" xsi:schemaLocation")[0].partition(" ")[2]
    texts = {
        "gml": f"{DECLARATION}<gml:FeatureCollection {spaces} gml:id='c'><gml:featureMember>{body}"
        f"</gml:featureMember><gml:featureMembers>{building(2)}{building(3)}</gml:featureMembers>"
        "</gml:FeatureCollection>",
        "single": DECLARATION
        + body.replace("<bu-core2d:Building", f"<bu-core2d:Building {spaces}", 1),
    }
    for name, text in texts.items():
        outcome = validate([_gml(tmp_path, text, f"{name}.gml")], workers=1)
        assert _codes(outcome, least=Severity.ERROR) == set(), name
        assert sum(outcome.files[0].features.values()) == (3 if name == "gml" else 1)


# -- bad input ---------------------------------------------------------------------------


def test_truncated(tmp_path: Path) -> None:
    text = document(*(building(one) for one in range(5)))
    outcome = validate([_gml(tmp_path, text[:-900])], workers=1)
    assert "XML_NOT_WELL_FORMED" in _codes(outcome)
    assert sum(outcome.files[0].features.values()) == 4


def test_one_broken_member_among_many(tmp_path: Path) -> None:
    texts = [building(one) for one in range(300)]
    texts[123] = texts[123].replace("</bu-base:geometry>", "</bu-base:geometri>")
    texts[200] = building(200, changed={"/functional": "/shiny"})
    outcome = _check(tmp_path, *texts)
    assert _of(outcome, "XML_NOT_WELL_FORMED").line == 126
    assert _of(outcome, "CODE_UNKNOWN").feature == "Building.200"
    assert outcome.files[0].features == {"Building": 299}


def test_wrong_encoding_declaration(tmp_path: Path) -> None:
    text = document(building(1, changed={"DE.TEST": "DE.TÄST"}), building(2))
    outcome = validate([_gml(tmp_path, text.encode("latin-1"))], workers=1)
    assert "ENCODING_WRONG" in _codes(outcome)
    assert outcome.files[0].features == {"Building": 2}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_other_encodings_are_told_and_read(tmp_path: Path, encoding: str) -> None:
    text = document(building(1, changed={"DE.TEST": "DE.TÄST"}))
    text = text.replace('encoding="UTF-8"', f'encoding="{encoding}"')
    outcome = validate([_gml(tmp_path, text.encode(encoding))], workers=1)
    assert _codes(outcome, least=Severity.ERROR) == {"ENCODING_NOT_UTF8"}
    assert outcome.files[0].features == {"Building": 1}


def test_billion_laughs_and_external_entities(tmp_path: Path) -> None:
    laughs = "".join(
        f'<!ENTITY l{one} "{f"&l{one - 1};" * 10 if one else "ha"}">' for one in range(10)
    )
    secret = _gml(tmp_path, "hush", "secret.txt")
    for kind in (laughs, f'<!ENTITY l9 SYSTEM "{secret.as_uri()}">'):
        text = document(building(1, changed={"DE.TEST": "&l9;"}))
        text = text.replace(
            "<wfs:FeatureCollection", f"<!DOCTYPE a [{kind}]><wfs:FeatureCollection", 1
        )
        start = time.perf_counter()
        outcome = validate([_gml(tmp_path, text)], workers=1)
        assert time.perf_counter() - start < 5
        assert _codes(outcome) == {"XML_DOCTYPE"}
        assert "hush" not in writing.json_text(outcome)


def test_an_undeclared_entity_is_no_well_formed_xml(tmp_path: Path) -> None:
    outcome = _check(tmp_path, building(1, changed={"DE.TEST": "&nope;"}))
    assert "XML_NOT_WELL_FORMED" in _codes(outcome)


def test_zip_bomb_ends_early(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("a.gml", "w", force_zip64=True) as member:
            for _ in range(300):
                member.write(b" " * (1 << 20))
        archive.writestr("good.gml", document(building(1)))
    outcome = validate([path], workers=1)
    assert _codes(outcome) == {"ARCHIVE_BOMB"}
    assert [one.name for one in outcome.files] == ["bomb.zip/good.gml"]


def test_archives_and_folders_are_opened(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    _gml(folder, document(building(1)), "sub/a.gml")
    (folder / "b.gml.gz").write_bytes(gzip.compress(document(building(2)).encode()))
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        archive.writestr("../../evil.gml", document(building(3)))
        archive.writestr("readme.txt", "nothing")
    outcome = validate([folder], workers=1)
    assert len(outcome.files) == 3
    assert _codes(outcome) == set()
    assert not (tmp_path.parent / "evil.gml").exists()


def test_nested_elements_end_well(tmp_path: Path) -> None:
    deep = "<a>" * 100_000 + "</a>" * 100_000
    outcome = _check(tmp_path, building(1, changed={BEGIN: deep}))
    assert "XML_NOT_WELL_FORMED" in _codes(outcome)


def test_wrong_and_mixed_versions(tmp_path: Path) -> None:
    wrong = document(building(1)).replace("bu-core2d/4.0", "bu-core2d/5.0")
    outcome = validate([_gml(tmp_path, wrong)], workers=1)
    assert _of(outcome, "NAMESPACE_VERSION").value == (
        "http://inspire.ec.europa.eu/schemas/bu-core2d/5.0"
    )
    spaces = (
        'xmlns:a="http://inspire.ec.europa.eu/schemas/au/4.0" '
        'xmlns:b="http://inspire.ec.europa.eu/schemas/au/5.0"'
    )
    units = [f'<{one}:AdministrativeUnit {spaces} gml:id="{one}"/>' for one in "ab"]
    assert "NAMESPACE_MIXED" in _codes(_check(tmp_path, *units))


def test_no_network_whatever_a_document_names(tmp_path: Path, schemas: Path) -> None:
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                asked.append(connection.recv(100))
                connection.close()

        done = threading.Event()
        thread = threading.Thread(target=listen)
        thread.start()
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        inner = building(
            2,
            changed={
                "<bu-base:inspireId>": "<bu-base:inspireId "
                f'xsi:schemaLocation="urn:x {address}/y.xsd">'
            },
        )
        text = document(building(1), inner, '<x:New xmlns:x="urn:x" gml:id="n"/>')
        text = text.replace("https://inspire.ec.europa.eu", address)
        outcome = validate([_gml(tmp_path, text)], schemas=schemas, workers=1)
        done.set()
        thread.join()
    assert asked == []
    assert "SCHEMA_LOCATION_UNOFFICIAL" in _codes(outcome)
    assert outcome.files[0].schema in ("valid", "invalid")


@pytest.mark.slow
def test_memory_does_not_grow(tmp_path: Path) -> None:
    """150 MB on one line, in one process."""
    path = tmp_path / "line.gml"
    part = "".join(f"<wfs:member>{building(one)}</wfs:member>" for one in range(1000))
    with path.open("w") as stream:
        stream.write(DECLARATION + ROOT)
        for _ in range(100):
            stream.write(part)
        stream.write("</wfs:FeatureCollection>")
    assert path.stat().st_size > 100e6
    validate([path], workers=1)
    before = psutil.Process().memory_info().rss
    outcome = validate([path], workers=1)
    assert psutil.Process().memory_info().rss - before < 150e6
    assert outcome.files[0].features == {"Building": 100_000}
    assert _of(outcome, "ID_REPEATED").count == 1


def test_schemas_absent_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    outcome = _check(tmp_path, building(1))
    assert "SCHEMA_NOT_CHECKED" in outcome.findings.codes()
    assert outcome.files[0].schema == "not checked"


def test_schema_faults_name_feature_and_line(tmp_path: Path, schemas: Path) -> None:
    texts = [building(one) for one in range(1100)]
    texts[1050] = building(1050, changed={">true<": ">yes<"})
    outcome = _check(tmp_path, *texts, schemas=schemas)
    finding = _of(outcome, "SCHEMA_INVALID")
    assert (finding.feature, finding.line) == ("Building.1050", 1053)
    assert outcome.files[0].schema == "invalid"


# -- flat encodings ----------------------------------------------------------------------


def _feature(number: int, **changed: object) -> dict[str, object]:
    west = 13 + number / 1000
    corners = [[west, 52.5], [west + 0.0005, 52.5], [west, 52.5005], [west, 52.5]]
    return {
        "type": "Feature",
        "id": f"b{number}",
        "geometry": {"type": "Polygon", "coordinates": [corners]},
        "properties": {"inspireId_localId": str(number), "inspireId_namespace": "DE.TEST"},
        **changed,
    }


GEOJSON: list[tuple[dict[str, object], str]] = [
    ({"id": "b1"}, "GEOJSON_ID_REPEATED"),
    ({"geometry": {"type": "Curve", "coordinates": []}}, "GEOJSON_GEOMETRY"),
    ({"geometry": {"type": "Point", "coordinates": ["a", "b"]}}, "GEOJSON_GEOMETRY"),
    ({"geometry": {"type": "Point", "coordinates": [500000, 5800000]}}, "GEOJSON_NOT_DEGREES"),
    (
        {"geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 1], [1, 1], [0, 0]]]}},
        "GEOJSON_WINDING",
    ),
    (
        {
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]],
            }
        },
        "GEOMETRY_INVALID",
    ),
    ({"properties": {"use_href": f"{LISTS}/CurrentUseValue/nonsense"}}, "CODE_UNKNOWN"),
    (
        {"properties": {"inspireId_localId": "1", "inspireId_namespace": "DE.TEST"}},
        "IDENTIFIER_REPEATED",
    ),
    ({"type": "Thing"}, "GEOJSON_FEATURE"),
    ({"geometry": {"type": "Point", "coordinates": [1, 2, 3, 4]}}, "GEOJSON_ORDINATES"),
]


@pytest.mark.parametrize(("changed", "code"), GEOJSON)
def test_geojson_faults(tmp_path: Path, changed: dict[str, object], code: str) -> None:
    path = tmp_path / "a.geojson"
    features = [_feature(1), _feature(2, **changed)]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    assert code in _codes(validate([path]))


def test_geojson_sound_broken_and_streamed(tmp_path: Path) -> None:
    path = tmp_path / "a.geojson"
    text = json.dumps(
        {"type": "FeatureCollection", "features": [_feature(one) for one in range(9000)]}, indent=1
    )
    path.write_text(text)
    outcome = validate([path])
    assert outcome.findings.codes() == set()
    assert outcome.files[0].features == {"Feature": 9000}
    for broken in (text[:-30], text + "x", "[1]", '{"type": NaN}', "\udcff"):
        path.write_bytes(broken.encode("utf-8", "surrogateescape"))
        assert _codes(validate([path])) == {"JSON_BROKEN"}, broken[-20:]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [], "crs": {}}))
    assert _codes(validate([path])) == {"GEOJSON_NO_FEATURES", "GEOJSON_CRS"}


@pytest.fixture
def geopackage(tmp_path: Path) -> Path:
    import geopandas as gpd
    from shapely.geometry import box

    path = tmp_path / "a.gpkg"
    frame = gpd.GeoDataFrame(
        {
            "inspireId_localId": ["1", "2"],
            "inspireId_namespace": "DE.TEST",
            "use_href": f"{LISTS}/CurrentUseValue/residential",
        },
        geometry=[box(13, 52, 13.1, 52.1), box(13.2, 52, 13.3, 52.1)],
        crs="EPSG:4258",
    )
    frame.to_file(path, layer="Building", driver="GPKG")
    return path


def test_geopackage_sound(geopackage: Path) -> None:
    outcome = validate([geopackage])
    assert outcome.findings.codes() == set()
    assert outcome.files[0].features == {"Building": 2}


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("PRAGMA application_id = 5", "GPKG_APPLICATION_ID"),
        ("DELETE FROM gpkg_spatial_ref_sys WHERE srs_id = 0", "GPKG_SRS"),
        ("UPDATE gpkg_contents SET max_x = 50", "GPKG_EXTENT"),
        ("DELETE FROM gpkg_geometry_columns", "GPKG_GEOMETRY_COLUMN"),
        ("UPDATE gpkg_contents SET table_name = 'Nothing'", "GPKG_TABLE_MISSING"),
        ("DROP TABLE gpkg_contents", "GPKG_TABLE_MISSING"),
        ("UPDATE Building SET inspireId_localId = '1'", "IDENTIFIER_REPEATED"),
        ("UPDATE Building SET inspireId_namespace = NULL", "IDENTIFIER_INCOMPLETE"),
        (f"UPDATE Building SET use_href = '{LISTS}/CurrentUseValue/no'", "CODE_UNKNOWN"),
        ("UPDATE Building SET geom = x'00'", "GPKG_GEOMETRY_BLOB"),
        ("DROP TABLE rtree_Building_geom", "GPKG_INDEX"),
    ],
)
def test_geopackage_faults(geopackage: Path, statement: str, code: str) -> None:
    with sqlite3.connect(geopackage) as db:
        db.execute("PRAGMA foreign_keys = OFF")
        if statement.startswith(("UPDATE Building", "DROP TABLE rtree")):
            triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in db.execute(triggers).fetchall():
                db.execute(f'DROP TRIGGER "{name}"')
        db.execute(statement)
    db.close()
    assert code in _codes(validate([geopackage]))


def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(b"nothing of the kind")
    assert _codes(validate([path])) == {"GPKG_UNREADABLE"}


# -- what comes out ----------------------------------------------------------------------


def test_outputs(tmp_path: Path) -> None:
    path = _gml(tmp_path, document(building(1, changed={"/functional": "/&lt;b&gt;"})))
    junit, html = tmp_path / "a.xml", tmp_path / "a.html"
    run = CliRunner().invoke(
        command, [str(path), "--json", "--junit", str(junit), "--html", str(html)]
    )
    assert run.exit_code == 8
    told = json.loads(run.stdout)
    (finding,) = (one for one in told["findings"] if one["severity"] == "error")
    assert finding["rule"] == "CODE_UNKNOWN"
    assert finding["examples"][0]["feature"] == "Building.1"
    suites = etree.fromstring(junit.read_bytes())
    assert suites.get("failures") == "1"
    assert len(suites.findall(".//testcase")) == len(RULES)
    text = html.read_text()
    assert "<script" not in text
    assert "/<b>" not in text
    assert "http-equiv" not in text


def test_exit_codes_and_table(tmp_path: Path) -> None:
    path = _gml(tmp_path, document(building(1, changed={BEGIN: ""})))
    runner = CliRunner()
    assert runner.invoke(command, [str(path)]).exit_code == 0
    shown = runner.invoke(command, [str(path), "--fail-on", "warning"])
    assert shown.exit_code == 8
    assert "VOID_OMITTED" in shown.stdout
    assert runner.invoke(command, [str(path), "--fail-on", "never", "-q"]).stdout == ""


def test_the_page_marks_findings(tmp_path: Path) -> None:
    texts = [building(one, changed={"/functional": "/shiny"}) for one in range(5)]
    text = page(_check(tmp_path, *texts))
    assert text.count("<circle") == 5
    assert "prefers-color-scheme: dark" in text


def test_every_rule_is_whole() -> None:
    codes = [one.code for one in RULES]
    assert len(codes) == len(set(codes))
    for one in RULES:
        assert one.title
        assert one.clause
        assert one.fix
    assert [title for title, _ in FAMILIES] == list(dict.fromkeys(title for title, _ in FAMILIES))


def test_the_documented_table_is_current(root: Path) -> None:
    text = (root / "docs" / "validate.md").read_text(encoding="utf-8")
    assert table() in text, "run: python tools/document_rules.py"


def test_jobs_outputs_pass(root: Path, shared: Path, schemas: Path, tmp_path: Path) -> None:
    """What we write ourselves has no errors but those its source has."""
    from commonplace.jobreading import read_job
    from commonplace.pipeline import run

    target = tmp_path / "out"
    job = read_job(
        root / "processing" / "jobs" / "nl-amsterdam-addresses.yaml",
        {"output.folder": str(target)},
    )
    run(job)
    outcome = validate([target], schemas=schemas)
    assert _codes(outcome, least=Severity.ERROR) == set()
    assert {one.kind for one in outcome.files} >= {"gml"}
    changed = next((target / "data").glob("*.gml"))
    changed.write_bytes(changed.read_bytes() + b"<!-- later -->")
    assert "PACKAGE_FILE_CHANGED" in _codes(validate([target]))
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for one in sorted(target.rglob("*")):
            archive.write(one, one.relative_to(target).as_posix())
        archive.writestr("../outside.gml", "nothing")
    outcome = validate([packed])
    assert _codes(outcome) >= {"PACKAGE_FILE_CHANGED", "ARCHIVE_UNREADABLE"}
    assert _of(outcome, "PACKAGE_FILE_CHANGED").layer == "packed.zip"
    assert all(one.name.startswith("packed.zip/data/") for one in outcome.files)
    assert not (tmp_path.parent / "outside.gml").exists()


def test_an_enumeration_is_written_as_text(tmp_path: Path) -> None:
    """``ps`` 4.0 has the values of a list as an enumeration; there is no place for a URI."""
    namespace = "http://inspire.ec.europa.eu/schemas/ps/4.0"
    site = (
        f'<ps:ProtectedSite xmlns:ps="{namespace}" gml:id="s1"><ps:siteProtectionClassification>'
        "natureConservation</ps:siteProtectionClassification></ps:ProtectedSite>"
    )
    assert "CODE_AS_TEXT" not in _codes(_check(tmp_path, site))
