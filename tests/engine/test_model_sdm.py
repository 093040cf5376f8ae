"""Smart Data Models as schemas: the facts of the official JSON schemas, and mappings of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from build_sdm import build
from commonplace.model import load_model
from commonplace.model.types import Kind
from commonplace.ngsi.entities import UNIT_CODES
from support.mapping import compiled, problems

DATA = Path("processing/commonplace/model/sdm")
MODEL = load_model()
KEYS = [one.key for one in MODEL.entity_schemas()]
POI = "target: {schema: sdm/PointOfInterest}\nPointOfInterest:\n  id: =n\n"


def properties(key: str) -> dict[str, Any]:
    (element,) = MODEL.feature_types(key)
    return {one.name: one for one in MODEL.properties(element.name, key)}


def test_committed_files_equal_a_rebuild(root: Path, shared: Path) -> None:
    files = build(shared)
    committed = {one.name: one.read_bytes() for one in (root / DATA).glob("*.json.xz")}
    assert committed == files


def test_every_model_of_the_reference_material_is_there(shared: Path) -> None:
    found = {f"sdm/{one.parent.name}" for one in (shared / "ngsild/sdm").glob("*/*/schema.json")}
    assert set(KEYS) == found
    assert len(found) == 48


def test_they_do_not_stand_among_the_schemas_of_inspire() -> None:
    assert not {one.key for one in MODEL.schemas()} & set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_required_and_enumerations_are_the_schemas(shared: Path, key: str) -> None:
    (path,) = (shared / "ngsild/sdm").glob(f"*/{key.removeprefix('sdm/')}/schema.json")
    schema = json.loads(path.read_text(encoding="utf-8"))
    found = properties(key)
    required = {*schema.get("required", ())}.union(
        *(p.get("required", ()) for p in schema["allOf"])
    )
    assert {name for name, one in found.items() if one.mandatory} == (required & found.keys())
    for part in schema["allOf"]:
        for name, one in part.get("properties", {}).items():
            stated = one.get("enum") or ((one.get("items") or {}) and one["items"].get("enum"))
            if stated and name in found and found[name].kind is Kind.VALUE:
                assert [str(each) for each in stated] == list(found[name].values), name


def test_every_unit_has_a_code_of_un_cefact() -> None:
    units = {one.element.unit for key in KEYS for one in properties(key).values()} - {None}
    assert {"m", "kg", "mg/L", "Cel"} <= units
    assert units <= UNIT_CODES.keys()


def test_kinds() -> None:
    light = properties("sdm/Streetlight")
    assert light["location"].kind is Kind.GEOMETRY
    assert light["refStreetlightGroup"].kind is Kind.REFERENCE
    assert light["address"].kind is Kind.OBJECT
    assert light["lanternHeight"].value_type == "double"
    assert light["dateLastLampChange"].value_type == "dateTime"
    assert properties("sdm/Building")["category"].repeated


def test_a_mapping_compiles_unchanged() -> None:
    made = compiled(
        POI + "  name: =name\n  location: =centroid(geometry)\n  category: ['311']\n"
        "  address: {streetAddress: =street, addressCountry: LV}\n"
    )
    (one,) = made.types
    assert [node.name for node in one.shape.nodes] == ["address", "category", "location", "name"]
    assert one.shape.element.endswith("dataModel.PointOfInterest/PointOfInterest}PointOfInterest")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (POI + "  nmae: =n\n", "UNKNOWN_PROPERTY"),
        ("target: {schema: sdm/Bilding}\nBuilding: {id: =n}\n", "UNKNOWN_SCHEMA"),
        ("target: {schema: sdm/Building}\nBuilding: {id: =n}\n", "MANDATORY_UNMAPPED"),
        (
            "target: {schema: sdm/Streetlight}\nStreetlight:\n  id: =n\n  location: =geometry\n"
            "  status: broken\n",
            "UNKNOWN_CODE",
        ),
    ],
)
def test_what_a_model_does_not_have_is_told(text: str, code: str) -> None:
    assert code in [one.code for one in problems(text)]


def test_search_finds_them_behind_those_of_inspire() -> None:
    hits = MODEL.search("streetlight")
    assert hits[0].schema == "sdm/Streetlight"
    assert MODEL.search("building")[0].schema.startswith("bu-")
