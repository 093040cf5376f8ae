"""What an editor of mapping documents asks: trees, types, suggestions, values, previews."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as some

from commonplace.authoring.comments import note, read_comments
from commonplace.authoring.counting import count_values, with_codes
from commonplace.authoring.describing import describe_type, find_types, list_codes
from commonplace.authoring.errors import NotInModel
from commonplace.authoring.previewing import preview
from commonplace.authoring.suggesting import suggest_tree
from commonplace.authoring.trees import parse_tree, read_tree, write_tree
from commonplace.documents import parse_document
from commonplace.errors import DocumentError, ExpressionRefused
from commonplace.job import SourceSpec
from commonplace.report import Silent
from commonplace.sources import open_source

MAPPING = """\
# Houses of the town
# second line

target: {schema: bu-core2d/4.0, namespace: DE.EXAMPLE.BU, language: deu}
from: {layers: [houses]}
ignore:
  floors: not for others  # says the mayor

Building:
  # how it is called
  inspireId: =gid  # 0.95: it is called so
  geometry2D: {geometry: =geometry, referenceGeometry: true, horizontalGeometryReference: footPrint}
  conditionOfConstruction:
    value: =state
    codes:
      new: functional  # todo 0.62: perhaps
      old: ruin
      "123": declined
  name:
    - {spelling: =name, language: deu}
    - spelling: =nome  # the other
      language: ita
# the end
"""


def documents(root: Path) -> list[Path]:
    library = root / "processing" / "commonplace" / "mapping" / "library"
    return sorted(library.rglob("*.yaml"))


def test_every_document_of_the_library_survives_with_its_comments(root: Path) -> None:
    found = documents(root)
    assert len(found) > 20
    for path in found:
        text = path.read_text(encoding="utf-8")
        read = read_tree(text, path.parent)
        written = write_tree(read.tree, read.comments)
        again = parse_document(written)
        assert again.tree == read.tree, path.name
        assert read_comments(again) == read.comments, path.name
        assert written.count("# ") == text.count("# "), path.name


def test_comments_stay_where_they_belong() -> None:
    read = read_tree(MAPPING)
    assert read.comments.above["$.target"] == ["Houses of the town", "second line", ""]
    assert read.comments.above[""] == ["the end"]
    assert read.comments.beside["$.Building.inspireId"] == "0.95: it is called so"
    written = write_tree(read.tree, read.comments)
    assert written.splitlines()[:2] == MAPPING.splitlines()[:2]
    assert "  inspireId: =gid  # 0.95: it is called so" in written
    assert read_tree(written).comments == read.comments


def test_notes_say_how_sure_a_suggestion_is() -> None:
    assert (note("0.95: called so").score, note("0.95: called so").todo) == (0.95, False)
    doubtful = note("todo 0.62: perhaps")
    assert (doubtful.score, doubtful.todo, doubtful.reason) == (0.62, True, "perhaps")
    assert note("todo: is it?").reason == "is it?"
    assert note("says the mayor").score is None


texts = some.text(max_size=140)
trees = some.recursive(
    some.none() | texts,
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None)
@given(some.dictionaries(texts, trees, max_size=4))
def test_any_tree_reads_as_it_was_written_or_is_refused(tree: dict[str, Any]) -> None:
    try:
        written = write_tree(tree)
    except DocumentError:
        return  # characters that YAML has no way to write
    assert parse_document(written).tree == tree


def test_trees_hold_texts_only() -> None:
    for wrong in ("[]", '{"a": 1}', '{"a": [true]}', "{"):
        with pytest.raises(DocumentError):
            parse_tree(wrong)


def test_an_extending_document_shows_what_it_inherits(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(MAPPING)
    read = read_tree("extends: base.yaml\nBuilding: {inspireId: =nr}\n", tmp_path)
    assert read.tree == {"extends": "base.yaml", "Building": {"inspireId": "=nr"}}
    building: Any = read.whole["Building"]
    assert building["inspireId"] == "=nr"
    assert "name" in building


@pytest.mark.parametrize(
    ("text", "schema", "feature_type"),
    [
        ("building", "bu-core2d/4.0", "Building"),
        ("gebäude", "bu-core2d/4.0", "Building"),
        ("bâtiment", "bu-core2d/4.0", "Building"),
        ("gebouw", "bu-core2d/4.0", "Building"),
        ("edificio", "bu-core2d/4.0", "Building"),
        ("flurstück", "cp/4.0", "CadastralParcel"),
        ("adres", "ad/4.0", "Address"),
        ("shelter of humans", "bu-core2d/4.0", "Building"),
    ],
)
def test_types_are_found_by_words_of_many_languages(
    text: str, schema: str, feature_type: str
) -> None:
    found = find_types(text)[:6]
    assert (schema, feature_type) in [(one["schema"], one["feature_type"]) for one in found]


def test_labels_come_in_the_language_asked_for() -> None:
    assert find_types("building", "de")[0]["label"] == "Gebäude"
    assert find_types("building", "it")[0]["label"] == "Edificio"
    assert find_types("building", "fr")[0]["label"] == "Bâtiment"
    assert len(find_types("")) > 300
    assert find_types("§§§") == []


def test_a_type_is_described_with_needs_and_codes() -> None:
    described = describe_type("bu-core2d/4.0:Building")
    by_path = {one["path"]: one for one in described["properties"]}
    assert by_path["inspireId"]["need"] == "mandatory"
    assert by_path["inspireId.namespace"]["need"] == "optional", "the head's fills it"
    assert by_path["conditionOfConstruction"]["need"] == "voidable"
    assert ["ruin", "ruin"] in by_path["conditionOfConstruction"]["choices"]
    assert by_path["conditionOfConstruction"]["codes"] == "ConditionOfConstructionValue"
    assert by_path["geometry2D.referenceGeometry"]["need"] == "mandatory"
    assert by_path["currentUse"]["fills"] == "currentUse.currentUse"
    assert all(one["definition"] for one in described["properties"] if one["path"] == "geometry2D")
    codes = list_codes("bu-core2d/4.0:Building", "currentUse")
    assert "residential" in [one["code"] for one in codes["codes"]]
    for wrong in ("bu-core2d/4.0:Castle", "nothing:Building", "sdm/Nothing:Nothing"):
        with pytest.raises(NotInModel):
            describe_type(wrong)
    with pytest.raises(NotInModel):
        list_codes("bu-core2d/4.0:Building", "inspireId")


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    path = tmp_path / "houses.gpkg"
    east = 500_000.0 + 20 * np.arange(9)
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.box(east, 5_500_000, east + 10, 5_500_010)),
        [
            np.array([f"h{n}" for n in range(9)]),
            np.array(["in use"] * 5 + ["ruin"] * 2 + ["", None], dtype=object),
            np.arange(9) // 3,
        ],
        ["gid", "state", "floors"],
        layer="houses",
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:25832",
    )
    return path


def test_values_are_counted_with_what_they_may_mean(houses: Path) -> None:
    source = open_source(SourceSpec(path=houses))
    counted = count_values(source, ["houses"], "state", Silent())
    assert [(one["value"], one["count"]) for one in counted["values"]] == [
        ("in use", 5),
        ("ruin", 2),
    ]
    assert (counted["rows"], counted["empty"], counted["distinct"]) == (9, 2, 2)
    matched = with_codes(counted, "bu-core2d/4.0:Building", "conditionOfConstruction")
    codes = {one["value"]: one["code"] for one in matched["values"]}
    assert codes["ruin"] == "ruin"
    listed = count_values(source, ["houses"], "[state, upper(state)]", Silent())
    assert {one["value"] for one in listed["values"]} == {"in use", "IN USE", "ruin", "RUIN"}
    numbers = count_values(source, ["houses"], "floors", Silent())
    assert {one["value"]: one["count"] for one in numbers["values"]} == {"0": 3, "1": 3, "2": 3}
    with pytest.raises(ExpressionRefused):
        count_values(source, ["houses"], "read_text('/etc/passwd')", Silent())


PREVIEWED = (
    MAPPING.split("  name:\n", maxsplit=1)[0].replace("new: functional", "in use: functional")
    + "  numberOfFloorsAboveGround: =floors\n"
).replace("ignore:\n  floors: not for others  # says the mayor\n", "")


def test_a_preview_shows_objects_beside_all_attributes(houses: Path) -> None:
    text = PREVIEWED.replace("  numberOfFloorsAboveGround: =floors\n", "")
    found = preview(text, houses, {"Building": ["houses"]}, Silent(), rows=9)
    assert not [one for one in found["problems"] if one["severity"] == "error"]
    (layer,) = found["layers"]
    first = layer["rows"][0]
    assert (first["source"]["state"], first["source"]["floors"]) == ("in use", 0)
    assert first["objects"][0]["properties"]["conditionOfConstruction"].endswith("functional")
    assert layer["rows"][5]["findings"][0]["code"] == "CODE_UNMATCHED"
    json.dumps(found, allow_nan=False)


def test_a_preview_of_what_is_wrong_says_where(houses: Path) -> None:
    text = PREVIEWED.replace("=state", "=stat")
    found = preview(text, houses, {"Building": ["houses"]}, Silent())
    assert found["layers"] == []
    wrong = {one["code"]: one["path"] for one in found["problems"] if one["severity"] == "error"}
    assert wrong["UNKNOWN_COLUMN"] == "$.Building.conditionOfConstruction.value"
    broken = preview("target: {", houses, {}, Silent())
    assert [one["severity"] for one in broken["problems"]] == ["error"]


def test_a_preview_reads_what_lies_beside_the_document(houses: Path, tmp_path: Path) -> None:
    folder = tmp_path / "maps"
    (folder / "codes").mkdir(parents=True)
    (folder / "codes" / "state.csv").write_text("value,code\nin use,functional\nruin,ruin\n")
    base = PREVIEWED.replace("    codes:\n", "    codes: codes/state.csv\n").split("      in use")[
        0
    ]
    (folder / "base.yaml").write_text(base)
    text = "extends: base.yaml\nBuilding: {numberOfFloorsAboveGround: =floors}\n"
    found = preview(text, houses, {"Building": ["houses"]}, Silent(), folder=folder)
    assert (
        found["layers"][0]["rows"][5]["objects"][0]["properties"]["numberOfFloorsAboveGround"] == 1
    )


def test_a_suggestion_is_a_tree_with_reasons(houses: Path) -> None:
    source = open_source(SourceSpec(path=houses))
    found = suggest_tree(source, "houses", file="houses", language="de")
    assert found["types"][0]["feature_type"] == "Building"
    assert found["types"][0]["label"] == "Gebäude"
    section = found["tree"]["Building"]
    assert section["numberOfFloorsAboveGround"] == "=floors"
    assert found["notes"]["$.Building.numberOfFloorsAboveGround"]["score"] > 0.8
    assert {one["name"] for one in found["columns"]} == {"gid", "state", "floors"}
    other = suggest_tree(source, None, feature_type="ad/4.0:Address")
    assert "Address" in other["tree"]
    with pytest.raises(NotInModel):
        suggest_tree(source, None, feature_type="ad/4.0:House")
