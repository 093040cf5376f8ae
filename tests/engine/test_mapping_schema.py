"""The published JSON Schema is the code's, and the documents that come along obey it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from commonplace.documents import parse_document, read_document
from commonplace.geometry import OPERATORS
from commonplace.library import FOLDER
from commonplace.mapping.compile import WARNINGS
from commonplace.mapping.functions import FUNCTIONS, GROWING
from commonplace.mapping.schema import json_schema
from commonplace.model import load_model
from support.mapping import BUILDING, problems

ROOT = Path(__file__).parents[2]
MAPPINGS = sorted(
    [*(ROOT / "processing" / "jobs" / "mappings").glob("*.yaml"), *FOLDER.glob("*/*.yaml")]
)


def errors(schema: dict[str, Any], tree: object) -> list[str]:
    found = jsonschema.Draft202012Validator(schema).iter_errors(tree)
    return [f"{one.json_path}: {one.message}" for one in found]


def test_the_published_schema_is_current() -> None:
    published = json.loads((ROOT / "docs" / "mapping.schema.json").read_text(encoding="utf-8"))
    assert published == json_schema()


@pytest.mark.parametrize("path", MAPPINGS, ids=lambda one: one.stem)
def test_documents_obey_the_outline_and_the_schema_of_their_target(path: Path) -> None:
    tree = read_document(path).tree
    assert errors(json_schema(), tree) == []
    target = tree["target"]
    assert isinstance(target, dict)
    assert errors(json_schema(load_model(), str(target["schema"])), tree) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (BUILDING.replace("target:", "targt:"), "$"),
        (BUILDING + "  numberOfFloor: =f\n", "$.Building"),
        (BUILDING.replace("Building:", "Buildings:"), "$"),
    ],
)
def test_a_mistake_breaks_it(text: str, place: str) -> None:
    schema = json_schema(load_model(), "bu-core2d/4.0")
    assert any(one.startswith(f"{place}: ") for one in errors(schema, parse_document(text).tree))


def test_the_reference_names_every_function_operator_and_finding() -> None:
    text = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    words = set(re.findall(r"`(\w+)`", text))
    assert words >= FUNCTIONS | set(GROWING) | set(OPERATORS)
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in (ROOT / "processing" / "commonplace" / "mapping").glob("*.py")
    )
    told = set(re.findall(r'"((?:CAST|EXPRESSION|CODE|GEOMETRY|ID|MANDATORY)_[A-Z]+)"', source))
    assert told - {"EXPRESSION_REFUSED", "MANDATORY_UNMAPPED", *WARNINGS} - CHECKED <= words


def test_documents_in_the_reference_are_right() -> None:
    text = (ROOT / "docs" / "mapping.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    whole = [one for one in blocks if one.startswith("target:") and re.search("^[A-Z]", one, re.M)]
    assert len(whole) >= 3
    for one in whole:
        found = problems(one)
        assert [problem for problem in found if problem.code not in WARNINGS] == [], one
        assert errors(json_schema(), parse_document(one).tree) == []


CHECKED = {"CODE_UNCHECKED", "ID_CONSTANT", "ID_ROW"}  # told by check, of the document
