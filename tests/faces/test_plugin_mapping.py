"""The mapping editor's state: rows of a document and edits of it, without QGIS and widgets."""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import json
import sys
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from commonplace.authoring.comments import Comments, notes
from commonplace.authoring.describing import describe_type
from commonplace.authoring.trees import read_tree, write_tree
from commonplace.documents import parse_document

MAPPING = """\
target: {schema: bu-core2d/4.0, namespace: DE.EXAMPLE.BU, language: deu}
from: {layers: [houses]}

Building:
  inspireId: =gid  # 0.95: it is called so
  where: checked
  geometry2D: {geometry: =geometry, referenceGeometry: true, horizontalGeometryReference: footPrint}
  conditionOfConstruction:  # todo 0.62: perhaps
    value: =state
    codes: {new: functional, old: ruin}
    unmatched: void
  heightAboveGround: {value: =height, heightReference: generalRoof, status: measured}
  name:
    - {spelling: =name, language: deu}
    - {spelling: =nome, language: ita}
  currentUse[]: {currentUse: {value: "=[a, b]", codes: uses.csv}}
  dateOfConstruction.beginning: =built
  elevation: {void: Unknown}
  strange: {of: {own: =x}}
"""


@pytest.fixture(scope="module")
def mapping(root: Path) -> Any:
    """The plugin's package by its path: its folder's name is the zip's business."""
    package = ModuleType("plugin_parts")
    package.__path__ = [str(root / "qgis_plugin")]
    sys.modules["plugin_parts"] = package
    names = ("trees", "types", "document", "rows", "merging")
    return type(
        "Parts", (), {one: importlib.import_module(f"plugin_parts.mapping.{one}") for one in names}
    )


@pytest.fixture(scope="module")
def info(mapping: Any) -> Any:
    return mapping.types.type_info(describe_type("bu-core2d/4.0:Building"))


def answer(text: str) -> dict[str, Any]:
    """What the engine answers to ``read_document``."""
    read = read_tree(text)
    told = {path: asdict(one) for path, one in notes(read.comments.beside).items()}
    return {
        "tree": read.tree,
        "whole": read.whole,
        "comments": asdict(read.comments),
        "notes": told,
    }


@pytest.fixture
def document(mapping: Any) -> Any:
    return mapping.document.read(answer(MAPPING))


def text_of(document: Any) -> str:
    """The document as the engine writes it."""
    tree = json.loads(json.dumps(document.tree))
    return write_tree(tree, Comments(dict(document.above), dict(document.beside)))


def rows(mapping: Any, document: Any, info: Any, every: bool = False) -> dict[str, Any]:
    found = mapping.rows.rows_of(document, "Building", info, every=every)
    return {one.label: one for one in found}


def test_rows_show_every_value_of_the_document(mapping: Any, document: Any, info: Any) -> None:
    found = rows(mapping, document, info)
    assert found["where"].value == "checked"
    assert found["inspireId"].value == "=gid"
    assert found["inspireId"].note.score == 0.95
    state = found["conditionOfConstruction"]
    assert (state.value, state.codes, state.unmatched) == (
        "=state",
        {"new": "functional", "old": "ruin"},
        "void",
    )
    assert state.takes_codes
    assert state.note.todo
    assert found["heightAboveGround.value"].value == "=height"
    assert found["name[2].spelling"].value == "=nome"
    assert found["currentUse.currentUse"].code_table == "uses.csv"
    assert found["dateOfConstruction.beginning"].value == "=built"
    assert found["elevation"].value == "void: Unknown"
    assert found["strange.of.own"].value == "=x", "what the schema doesn't have is shown, too"
    assert "numberOfDwellings" not in found
    assert "beginLifespanVersion" in found, "voidable: the schema asks for it"


def test_every_property_can_be_asked_for(mapping: Any, document: Any, info: Any) -> None:
    found = rows(mapping, document, info, every=True)
    assert {"numberOfDwellings", "dateOfConstruction.end", "geometry2D"} <= set(found)
    assert (found["key"].value, found["key"].keys) == ("", ("Building", "key"))
    assert set(rows(mapping, document, info)) <= set(found)


def test_what_is_missing_is_told(mapping: Any, info: Any) -> None:
    bare = mapping.document.empty("bu-core2d/4.0", "Building", ["houses"])
    missing = {one.label for one in rows(mapping, bare, info).values() if one.missing}
    assert missing == {
        "inspireId",
        "geometry2D.geometry",
        "geometry2D.referenceGeometry",
        "geometry2D.horizontalGeometryReference",
    }
    keyed = mapping.document.with_value(bare, ("Building", "id"), "=gid")
    assert "inspireId" not in {
        one.label for one in rows(mapping, keyed, info).values() if one.missing
    }


def test_an_untouched_document_is_written_as_it_was_read(document: Any) -> None:
    assert parse_document(text_of(document)).tree == parse_document(MAPPING).tree


def edited(mapping: Any, document: Any, info: Any, label: str, text: str) -> Any:
    """The document with a value typed for a row."""
    row = rows(mapping, document, info, every=True)[label]
    keys = row.keys or mapping.document.place_for(document, "Building", row.path)
    node = mapping.rows.node_of(text, row.node)
    return mapping.document.with_value(document, keys, node)


@pytest.mark.parametrize(
    ("label", "text", "written"),
    [
        ("inspireId", "=nr", "  inspireId: =nr\n"),
        ("numberOfDwellings", "=flats", "  numberOfDwellings: =flats\n"),
        ("dateOfConstruction.end", "=end", "  dateOfConstruction.end: =end\n"),
        (
            "conditionOfConstruction",
            "=status",
            "{value: =status, codes: {new: functional, old: ruin}, unmatched: void}\n",
        ),
        ("conditionOfConstruction", "functional", "  conditionOfConstruction: functional\n"),
        ("elevation", "void: Withheld", "  elevation: {void: Withheld}\n"),
        ("name[2].spelling", "=name_it", "{spelling: =name_it, language: ita}]\n"),
        ("geometry2D.geometry", "=force_2d(geometry)", "geometry: =force_2d(geometry)\n"),
        ("heightAboveGround.lowReference", "lowestGroundPoint", "lowReference: lowestGroundPoint"),
    ],
)
def test_a_typed_value_goes_where_it_belongs(
    mapping: Any, document: Any, info: Any, label: str, text: str, written: str
) -> None:
    changed = edited(mapping, document, info, label, text)
    assert written in text_of(changed)
    again = mapping.document.read(answer(text_of(changed)))
    assert rows(mapping, again, info)[label].value == text
    assert document == mapping.document.read(answer(MAPPING)), "the one before is as it was"


def test_a_decision_ends_the_note(mapping: Any, document: Any, info: Any) -> None:
    assert "todo 0.62" not in text_of(
        edited(mapping, document, info, "conditionOfConstruction", "=status")
    )
    keys = ("Building", "conditionOfConstruction", "value")
    agreed = mapping.document.agreed(document, keys)
    assert "todo" not in text_of(agreed)
    assert agreed.tree == document.tree


def test_codes_are_put_and_taken(mapping: Any, document: Any, info: Any) -> None:
    row = rows(mapping, document, info)["conditionOfConstruction"]
    node = mapping.rows.with_codes(row.node, {"new": "functional"}, "error")
    assert node == {"value": "=state", "codes": {"new": "functional"}}
    assert mapping.rows.with_codes(node, {}, "error") == "=state"
    assert mapping.rows.with_codes("=x", {"a": "b"}, "keep") == {
        "value": "=x",
        "codes": {"a": "b"},
        "unmatched": "keep",
    }


def test_one_value_only_may_stand_above_another(mapping: Any, document: Any) -> None:
    place = mapping.document.place_for
    for path in ("inspireId.localId", "dateOfConstruction", "elevation.elevationValue"):
        with pytest.raises(mapping.document.Taken):
            place(document, "Building", path)
    assert place(document, "Building", "geometry2D.verticalGeometryReference") == (
        "Building",
        "geometry2D",
        "verticalGeometryReference",
    )


def test_taking_away_leaves_no_empty_objects(mapping: Any, document: Any, info: Any) -> None:
    found = rows(mapping, document, info)
    changed = mapping.document.without(document, found["strange.of.own"].keys)
    assert "strange" not in changed.tree["Building"]
    for label in ("name[1].spelling", "name[1].language"):
        row = rows(mapping, changed, info)[label]
        changed = mapping.document.without(changed, row.keys)
    assert [one["spelling"] for one in changed.tree["Building"]["name"]] == ["=nome"]
    gone = mapping.document.without(changed, ("Building",))
    assert gone.sections == ()


def test_what_is_inherited_is_shown_and_taken_away_by_a_bare_key(
    mapping: Any, info: Any, tmp_path: Path
) -> None:
    (tmp_path / "base.yaml").write_text(MAPPING.replace(", codes: uses.csv", ""))
    text = "extends: base.yaml\nBuilding: {inspireId: =nr}\n"
    read = read_tree(text, tmp_path)
    document = mapping.document.read(
        {"tree": read.tree, "whole": read.whole, "comments": asdict(read.comments), "notes": {}}
    )
    found = rows(mapping, document, info)
    assert found["dateOfConstruction.beginning"].inherited
    assert not found["inspireId"].inherited
    assert document.schema == "bu-core2d/4.0"
    row = found["dateOfConstruction.beginning"]
    changed = mapping.document.without(document, row.keys)
    assert changed.tree["Building"] == {"inspireId": "=nr", "dateOfConstruction.beginning": None}
    whole = edited(mapping, document, info, "numberOfDwellings", "3")
    assert whole.tree["Building"] == {"inspireId": "=nr", "numberOfDwellings": "3"}


def test_layers_are_those_of_the_section_or_the_head(mapping: Any, document: Any) -> None:
    merged = mapping.merging.merged(
        document,
        mapping.document.read(answer(f"{MAPPING}ignore: {{label: a number}}\n")),
        "farms",
    )
    assert merged.tree["ignore"] == {"label": "a number"}
    assert merged.sections == ("Building", "Building (farms)")
    assert mapping.document.wanted_layers(merged) == {
        "Building": ("houses",),
        "Building (farms)": ("farms",),
    }
    assert mapping.document.with_layers(document, "Building", ["a", "b"]).tree["from"] == {
        "layers": ["a", "b"]
    }
    other = mapping.document.with_layers(merged, "Building", ["a"])
    assert mapping.document.layers_of(other, "Building") == ("a",)
    assert other.tree["from"] == {"layers": ["houses"]}
    keyed = mapping.document.with_section(merged, "BuildingPart", {"key": "=x"})
    assert "BuildingPart" not in mapping.document.wanted_layers(keyed)


def test_another_type_takes_the_place_of_a_section(mapping: Any, document: Any) -> None:
    other = mapping.document.read(
        answer("target: {schema: ad/4.0, namespace: X, language: und}\nAddress: {inspireId: =a}\n")
    )
    changed = mapping.merging.retyped(document, "Building", other, ["houses"])
    assert changed.sections == ("Address",)
    assert changed.tree["target"] == {
        "schema": "ad/4.0",
        "namespace": "DE.EXAMPLE.BU",
        "language": "deu",
    }


def test_a_suggestion_reads_the_layer_by_its_name_in_the_project(mapping: Any) -> None:
    found = mapping.merging.suggested(answer(MAPPING), "My houses")
    assert found.tree["from"] == {"layers": ["My houses"]}
    assert found.notes["$.Building.inspireId"].score == 0.95
