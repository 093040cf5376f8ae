"""A dialog's conversation with the engine, in QGIS's Python."""

from __future__ import annotations

from typing import Any


def test_a_worker_answers_until_it_is_killed_and_another_goes_on(staged: Any) -> None:
    found = staged.script("conversation")
    told = dict(found["told"])
    assert told["first"] == ["id", "type", "types"]
    assert "old" not in told, "out of date"
    assert "older" not in told
    assert told["latest"] == ["id", "type", "types"]
    assert "[MODEL_NAME_UNKNOWN]" in told["wrong"]
    assert "log" in told["killed"], "where to look"
    assert told["again"] == ["id", "type", "types"]
    assert "late" not in told
    assert found["workers"] == [1, 1, 0]


def test_without_an_engine_it_says_so(staged: Any) -> None:
    found = staged.script("conversation_without", python=None)
    assert "pip install" in found


def test_a_large_layer_is_looked_at_before_all_of_it_is_copied(staged: Any) -> None:
    found = staged.script("copies")
    assert found["names"][0] == "sample.gpkg"
    assert found["first"] == [5_000, -5], "with the unsaved edit"
    assert found["columns"] == ["nr"]
    assert found["selected"][0] == 7
    assert (found["older"], found["left"]) == (False, False)
    assert staged.leftovers() == []
