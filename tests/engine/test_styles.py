"""Styles: derived from the portrayal catalogue, valid SLD, files as the builder writes them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

import build_styles
from commonplace.model import load_model
from commonplace.styles import known_styles, qml, sld, style_of


def test_the_facts_are_those_of_the_catalogue(shared: Path) -> None:
    derived = build_styles.derive(shared / "inspire" / "portrayal.json")
    assert json.loads(build_styles.FACTS.read_text(encoding="utf-8")) == derived
    assert len(derived) >= 60


def test_the_files_are_what_the_builder_writes(root: Path) -> None:
    made = dict(build_styles.files())
    there = {
        path.relative_to(root / "styles"): path.read_text(encoding="utf-8")
        for kind in ("qml", "sld")
        for path in (root / "styles").rglob(f"*.{kind}")
    }
    assert there == made


def test_colours_and_sizes_are_read() -> None:
    text = (
        "The geometry is rendered for points as a square with a size of 6 pixels, with a red "
        "(#FF0000) fill and a black outline; for curves as a dashed red (#FF0000) line with a "
        "stroke width of 2 pixels; and for surfaces using a red (#FF0000) fill with a "
        "transparency of 50% and a solid blue (#0000FF) outline with a stroke width of 3 pixels."
    )
    assert build_styles.parse(text) == {
        "point": {"shape": "square", "size": 6.0, "fill": "#ff0000", "stroke": "#000000"},
        "line": {"stroke": "#ff0000", "width": 2.0, "dashed": True},
        "area": {"fill": "#ff0000", "opacity": 0.5, "stroke": "#0000ff", "width": 3.0},
    }


def test_every_style_is_of_a_feature_type() -> None:
    known = {name for schema in load_model().schemas() for name in schema.feature_types}
    assert [one.feature_type for one in known_styles() if one.feature_type not in known] == []


def test_codes_of_categories_are_codes() -> None:
    model = load_model()
    lists = {"currentUse_currentUse": "CurrentUseValue", "hilucsLandUse": "HILUCSValue"}
    checked = set()
    for style in known_styles():
        name = lists.get(style.attribute or "")
        if name is None:
            continue
        checked.add(name)
        found = model.code_list(f"http://inspire.ec.europa.eu/codelist/{name}")
        assert found is not None
        codes = {value.local for value in found.values}
        assert {value for one in style.categories for value in one.values} - codes == set()
    assert checked == set(lists.values())


@pytest.mark.parametrize("kind", ["point", "line", "area"])
def test_sld_is_valid(shared: Path, kind: str) -> None:
    folder = shared / "inspire" / "schemas" / "schemas.opengis.net" / "sld" / "1.1.0"
    schema = etree.XMLSchema(etree.parse(folder / "StyledLayerDescriptor.xsd"))
    for style in known_styles():
        document = etree.fromstring(sld(style, kind).encode())
        assert schema.validate(document), f"{style.feature_type}: {schema.error_log}"


def test_a_profile_has_the_style_of_its_theme() -> None:
    found = style_of("bu-core2d", "Building")
    assert found is not None
    assert found.theme == "bu"
    assert style_of("bu-core2d", "Nothing") is None
    assert 'type="fill"' in qml(found, "area")
    assert 'type="marker"' in qml(found, "point")
