"""Mapping documents: every mistake is a problem with its place, the nearest word, a code."""

from __future__ import annotations

import pickle

import pytest

from commonplace.batch import Field, Layer
from commonplace.errors import DocumentError
from commonplace.mapping.document import parse_mapping
from commonplace.model.types import Kind
from support.mapping import BUILDING, HEAD, compiled, problems

AD = "target: {schema: ad/4.0, namespace: XX.AD, language: nld}\n"
STREET = AD + "ThoroughfareName: {key: =street, name: =street}\n"


def code_and_path(text: str) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in problems(text)]


MISTAKES = {
    "unknown schema": (
        "target: {schema: bu-core2d/4.1, namespace: X}\nBuilding: {id: =id}\n",
        ("UNKNOWN_SCHEMA", "$.target.schema"),
    ),
    "unknown type": (HEAD + "Buildings: {id: =id}\n", ("UNKNOWN_TYPE", "$.Buildings")),
    "unknown property": (
        BUILDING + "  numberOfFloor: =f\n",
        ("UNKNOWN_PROPERTY", "$.Building.numberOfFloor"),
    ),
    "unknown nested property": (
        BUILDING + "  dateOfConstruction.start: =d\n",
        ("UNKNOWN_PROPERTY", "$.Building.dateOfConstruction.start"),
    ),
    "unknown code": (
        BUILDING + "  conditionOfConstruction: functionnal\n",
        ("UNKNOWN_CODE", "$.Building.conditionOfConstruction"),
    ),
    "unknown code in a table": (
        BUILDING + "  conditionOfConstruction: {value: =s, codes: {a: built}}\n",
        ("UNKNOWN_CODE", "$.Building.conditionOfConstruction.codes.a"),
    ),
    "own URI in a closed list": (
        BUILDING + "  conditionOfConstruction: https://example.org/new\n",
        ("UNKNOWN_CODE", "$.Building.conditionOfConstruction"),
    ),
    "wrong number": (
        BUILDING + "  numberOfDwellings: many\n",
        ("WRONG_TYPE", "$.Building.numberOfDwellings"),
    ),
    "wrong date": (
        BUILDING + "  beginLifespanVersion: 2020-13\n",
        ("WRONG_TYPE", "$.Building.beginLifespanVersion"),
    ),
    "geometry made by SQL": (
        BUILDING.replace("=geometry", "=st_point(x)"),
        ("WRONG_TYPE", "$.Building.geometry2D.geometry"),
    ),
    "unknown operator": (
        BUILDING.replace("=geometry", "=buffer(geometry)"),
        ("EXPRESSION_REFUSED", "$.Building.geometry2D.geometry"),
    ),
    "geometry in SQL": (
        BUILDING + "  numberOfDwellings: =length(geometry)\n",
        ("EXPRESSION_REFUSED", "$.Building.numberOfDwellings"),
    ),
    "several values for one": (
        BUILDING + "  numberOfDwellings: [1, 2]\n",
        ("NOT_REPEATED", "$.Building.numberOfDwellings"),
    ),
    "mandatory left out": (
        BUILDING.replace("    referenceGeometry: true\n", ""),
        ("MANDATORY_UNMAPPED", "$.Building.geometry2D"),
    ),
    "void of what can't be": (
        BUILDING.replace("referenceGeometry: true", "referenceGeometry: {void: Unknown}"),
        ("NOT_NILLABLE", "$.Building.geometry2D.referenceGeometry"),
    ),
    "void for no known reason": (
        BUILDING + "  conditionOfConstruction: {void: Unpopulatd}\n",
        ("UNKNOWN_WORD", "$.Building.conditionOfConstruction.void"),
    ),
    "another unit than the model's": (
        BUILDING + "    horizontalGeometryEstimatedAccuracy: {value: =h, uom: cm}\n",
        ("UNIT", "$.Building.geometry2D.horizontalGeometryEstimatedAccuracy"),
    ),
    "no identity": (
        AD + "PostalDescriptor: {postCode: =p}\n",
        ("NO_ID", "$.PostalDescriptor"),
    ),
    "a row number": (
        BUILDING.replace("=id", "=fid"),
        ("ID_ROW_NUMBER", "$.Building.inspireId"),
    ),
    "a constant id": (
        BUILDING.replace("=id", "B1"),
        ("ID_CONSTANT", "$.Building.inspireId"),
    ),
    "a shaky id": (
        BUILDING.replace("=id", "=OBJECTID"),
        ("ID_UNSTABLE", "$.Building.inspireId"),
    ),
    "an id of the geometry": (
        BUILDING.replace("=id", "=fingerprint(geometry)"),
        ("ID_FROM_GEOMETRY", "$.Building.inspireId"),
    ),
    "a reference to what isn't there": (
        STREET + "PostalDescriptor: {key: =p, postCode: =p, situatedWithin: =>AdminUnit}\n",
        ("UNKNOWN_TYPE", "$.PostalDescriptor.situatedWithin"),
    ),
    "a reference where a value belongs": (
        STREET.replace("name: =street", "name: =street, validFrom: =>ThoroughfareName"),
        ("WRONG_TYPE", "$.ThoroughfareName.validFrom"),
    ),
    "a reference to the wrong type": (
        STREET.replace("name: =street", "name: =street, transportLink: =>ThoroughfareName"),
        ("WRONG_TYPE", "$.ThoroughfareName.transportLink"),
    ),
    "too few values in a reference": (
        AD + "ThoroughfareName: {key: [=a, =b], name: =a}\n"
        "PostalDescriptor: {key: =p, postCode: =p, situatedWithin: =>ThoroughfareName(a)}\n",
        ("MAPPING", "$.PostalDescriptor.situatedWithin"),
    ),
    "two branches of a choice": (
        "target: {schema: plu/4.0, namespace: X}\n"
        "ZoningElement:\n  inspireId: =id\n  geometry: =geometry\n"
        "  hilucsLandUse: 1_1_Agriculture\n  regulationNature: generallyBinding\n"
        "  plan: https://example.org/plan\n"
        "  hilucsPresence:\n    orderedList: 1_1_Agriculture\n"
        "    percentageList: {hilucsValue: 1_1_Agriculture, percentage: 100}\n",
        ("CHOICE", "$.ZoningElement.hilucsPresence"),
    ),
    "nothing given": (
        BUILDING + "  numberOfDwellings:\n",
        ("MAPPING", "$.Building.numberOfDwellings"),
    ),
    "given twice": (
        BUILDING + "  currentUse: {currentUse: office}\n  currentUse[]: {currentUse: =u}\n",
        ("MAPPING", "$.Building.currentUse[]"),
    ),
    "an unknown word beside a value": (
        BUILDING + "  conditionOfConstruction: {value: =s, code: {a: functional}}\n",
        ("UNKNOWN_WORD", "$.Building.conditionOfConstruction.code"),
    ),
    "an unknown word in the head": (
        BUILDING.replace("language:", "lang:"),
        ("DOCUMENT", "$.target.lang"),
    ),
    "dissolve without a key": (
        BUILDING.replace("=geometry", "=dissolve(geometry)"),
        ("MAPPING", "$.Building.geometry2D.geometry"),
    ),
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_a_problem(text: str, expected: tuple[str, str]) -> None:
    assert code_and_path(text) == [expected]


def test_all_problems_come_at_once_with_lines_and_the_nearest_word() -> None:
    text = BUILDING + "  curentUse: x\n  conditionOfConstruction: functionnal\n"
    with pytest.raises(DocumentError) as caught:
        compiled(text)
    found = {one.code: one for one in caught.value.problems}
    assert set(found) == {"UNKNOWN_PROPERTY", "UNKNOWN_CODE"}
    assert (found["UNKNOWN_PROPERTY"].line, found["UNKNOWN_CODE"].line) == (9, 10)
    assert "'currentUse'" in (found["UNKNOWN_PROPERTY"].hint or "")
    assert "'functional'" in (found["UNKNOWN_CODE"].hint or "")


LAYER = Layer(
    "houses", fields=(Field("id", "string"), Field("Name", "string"), Field("n", "int32"))
)


def test_columns_are_checked_where_the_layers_are_known() -> None:
    text = BUILDING + "  name: =name\nignore: [note]\n"
    found = problems(text, layers={"s": [LAYER]})
    assert {(one.code, one.path) for one in found} == {
        ("UNKNOWN_COLUMN", "$.Building.name"),
        ("UNKNOWN_COLUMN", "$.ignore.note"),
        ("UNUSED_COLUMN", "$.ignore"),
    }
    unknown = next(one for one in found if one.path == "$.Building.name")
    assert "'Name'" in (unknown.hint or "")


def test_an_expression_that_does_not_fit_its_column_is_found_before_a_run() -> None:
    text = BUILDING + "  name: =Name\n  numberOfDwellings: =upper(n)\nignore: []\n"
    found = problems(text.replace("ignore: []\n", ""), layers={"s": [LAYER]})
    assert [one.code for one in found] == ["WRONG_TYPE"]


def test_an_unknown_layer_is_named_with_the_nearest() -> None:
    text = BUILDING + "from: {layers: [house]}\n"
    found = problems(text, layers={"s": [LAYER]})
    assert [one.code for one in found] == ["UNKNOWN_LAYER"]
    assert "'houses'" in (found[0].hint or "")


def test_layers_can_be_replaced_by_the_job() -> None:
    text = BUILDING + "from: {layers: [house]}\n"
    found = problems(text, layers={"s": [LAYER]}, overrides={"Building": ["houses"]})
    assert {one.code for one in found} == {"UNUSED_COLUMN"}


def test_dotted_and_nested_spellings_mean_the_same() -> None:
    nested = BUILDING + "  dateOfConstruction: {beginning: =a, end: =b}\n"
    dotted = BUILDING + "  dateOfConstruction.beginning: =a\n  dateOfConstruction.end: =b\n"
    assert compiled(nested).types[0].shape == compiled(dotted).types[0].shape


def test_a_text_fills_the_one_thing_an_object_needs() -> None:
    street = compiled(STREET).types[0].shape
    name = street.node("name")
    assert name is not None
    geographical = name.objects[0].node("name")
    assert geographical is not None
    filled = {node.name: node for node in geographical.objects[0].nodes}
    assert filled["language"].constant == "nld"
    assert filled["nativeness"].void
    assert filled["nativeness"].nil == "Unpopulated"
    assert not filled["spelling"].is_constant


def test_a_list_keyed_by_type_is_a_list_of_objects() -> None:
    text = (
        AD + "Address:\n  inspireId: =id\n"
        "  position: {geometry: =geometry, default: true}\n"
        "  locator: {level: unitLevel, designator: {addressNumber: =n, %s: =l}}\n"
        "  component: https://example.org/street/1\n"
    )
    address = compiled(text % "addressNumberExtension").types[0].shape
    locator = address.node("locator")
    assert locator is not None
    designator = locator.objects[0].node("designator")
    assert designator is not None
    assert designator.repeated
    assert [node.name for node in designator.objects[0].nodes] == ["designator", "type"]
    assert [one.code for one in problems(text % "addressNumberExtenson")] == ["UNKNOWN_CODE"]


def test_linked_types_know_who_makes_them() -> None:
    text = (
        AD + "from: {layers: [a, b]}\n"
        "Address:\n  inspireId: =id\n"
        "  position: {geometry: =geometry, default: true}\n"
        "  locator: {level: unitLevel, designator: {addressNumber: =n}}\n"
        "  component: [=>ThoroughfareName, =>AdminUnitName]\n"
        "ThoroughfareName:\n  key: [=city, =street]\n  name: =street\n"
        "  situatedWithin: =>AdminUnitName\n"
        "AdminUnitName: {key: =city, name: =label, level: 4thOrder}\n"
    )
    address, street, city = compiled(text).types
    assert address.links == ("ThoroughfareName", "AdminUnitName")
    assert (address.reads_layers, street.reads_layers, city.reads_layers) == (True, False, False)
    assert street.layers == city.layers == ("a", "b")
    assert set(street.columns) == {"city", "street", "label"}
    assert {"label", "geometry"} <= set(address.columns)
    component = address.shape.node("component")
    assert component is not None
    assert component.kind is Kind.REFERENCE
    assert component.repeated


def test_a_compiled_mapping_travels() -> None:
    one = compiled(BUILDING)
    assert pickle.loads(pickle.dumps(one)) == one


def test_the_head_is_read() -> None:
    document = parse_mapping(
        BUILDING + "title: T\nlineage: L\nignore: {a: why, b: }\nfrom: {nulls: NO}\n", "m.yaml"
    )
    assert (document.title, document.lineage, document.language) == ("T", "L", "eng")
    assert document.ignore == {"a": "why", "b": ""}
    assert document.types[0].nulls == ("NO",)
    assert document.name == "m.yaml"
