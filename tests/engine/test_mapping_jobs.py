"""The mapping documents of the demo's job compile; those of the library are in test_library."""

from __future__ import annotations

from pathlib import Path

import pytest

from commonplace.mapping.compile import WARNINGS, check_mapping
from commonplace.mapping.document import read_mapping
from commonplace.model import load_model

FOLDER = Path(__file__).parents[2] / "processing" / "jobs" / "mappings"


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.yaml")))
def test_every_mapping_compiles_without_doubt_but_those_it_must_have(name: str) -> None:
    found = check_mapping(read_mapping(FOLDER / f"{name}.yaml"), load_model())
    assert {one.code for one in found} <= WARNINGS - {"UNUSED_COLUMN", "ID_UNSTABLE"}
