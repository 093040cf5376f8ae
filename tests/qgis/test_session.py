"""What the engine gets of a layer: filter, selection, joins, virtual fields, unsaved edits."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def test_layers_are_staged_as_they_are_in_the_project(staged: Any, tmp_path: Path) -> None:
    answer = staged.script("staging", folder=str(tmp_path))
    assert answer == [["houses", ["houses"]], ["names", ["names"]]]
    path = tmp_path / "layers.gpkg"
    houses = rows(path, "SELECT height, double_height, names_street FROM houses ORDER BY 1")
    assert houses[0] == (0, 0, "0")
    assert houses[7] == (7, 14, "7")
    assert houses[-1][:2] == (99, 198), "an unsaved feature"
    assert len(houses) == 9, "the filter, and the unsaved feature"
    assert rows(path, "SELECT count(*) FROM names") == [(3,)], "the selection"
    sql = (
        "SELECT organization, organization_coordsys_id FROM gpkg_geometry_columns "
        "JOIN gpkg_spatial_ref_sys USING (srs_id) WHERE table_name = 'houses'"
    )
    crs = rows(path, sql)
    assert crs == [("EPSG", 25832)]


def test_unload_takes_the_provider_away(staged: Any) -> None:
    assert staged.script("unload") == [True, False, True, False]
