"""The worker as an editor of mapping documents uses it: many small questions, one after another."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pyogrio
import pytest
import shapely

from commonplace.worker.handlers import HANDLERS
from commonplace.worker.protocol import EDITING, WORK
from faces.worker_client import REAL, Client

MAPPING = """\
target: {schema: bu-core2d/4.0, namespace: DE.EXAMPLE.BU, language: deu}

Building:
  inspireId: =gid  # kept
  geometry2D: {geometry: =geometry, referenceGeometry: true, horizontalGeometryReference: footPrint}
"""


@pytest.fixture
def houses(tmp_path: Path) -> str:
    path = tmp_path / "houses.gpkg"
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.box(500_000, 5_500_000, 500_010, 5_500_010 + np.arange(1, 4))),
        [np.array(["h1", "h2", "h3"])],
        ["gid"],
        layer="houses",
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:25832",
    )
    return str(path)


@pytest.fixture
def editor(start: Callable[..., Client]) -> Client:
    client = start(REAL)
    client.hear()
    return client


def asked(client: Client, number: int, kind: str, **fields: Any) -> dict[str, Any]:
    client.say({"type": kind, "id": number, "stays": True, **fields})
    answer = client.answer(number)
    assert answer["type"] == "result", answer
    return answer


def stayed(client: Client) -> psutil.Process:
    """The child that answered and waits for the next request."""
    (found,) = psutil.Process(client.process.pid).children()
    return found


def test_every_request_has_a_handler() -> None:
    assert set(HANDLERS) == WORK
    assert EDITING <= WORK


def test_an_editors_questions_are_answered_by_one_child(editor: Client, houses: str) -> None:
    found = asked(editor, 1, "types", text="gebouw", language="nl")
    assert found["types"][0]["label"] == "Gebouw"
    child = stayed(editor)
    described = asked(editor, 2, "describe", target="bu-core2d/4.0:Building")
    assert described["properties"]
    tables = json.dumps({"Building": ["houses"]})
    shown = asked(editor, 3, "preview", document=MAPPING, source=houses, tables=tables)
    assert [len(one["rows"]) for one in shown["layers"]] == [3]
    assert stayed(editor) == child
    editor.say({"type": "inspect", "id": 4, "source": houses})
    assert editor.answer(4)["type"] == "result"
    assert child.is_running(), "another request has a child of its own"
    assert editor.end() == 0
    assert not child.is_running()


def test_a_child_that_stayed_and_was_killed_is_replaced(editor: Client) -> None:
    asked(editor, 1, "types", text="road")
    child = stayed(editor)
    child.kill()
    psutil.wait_procs([child], timeout=10)
    assert asked(editor, 2, "types", text="road")["types"]
    assert stayed(editor) != child


def test_after_an_error_the_child_stays_and_after_a_cancel_it_goes(
    editor: Client, houses: str
) -> None:
    asked(editor, 1, "types", text="road")
    child = stayed(editor)
    editor.say({"type": "describe", "id": 2, "stays": True, "target": "ad/4.0:Castle"})
    assert editor.answer(2)["code"] == "MODEL_NAME_UNKNOWN"
    assert stayed(editor) == child
    slow = "len(list_filter(string_split(repeat(gid, 1000), ''), lambda x: x > repeat(x, 1000)))"
    question = {"type": "values", "source": houses, "layers": ["houses"] * 2_000}
    editor.say({**question, "id": 3, "stays": True, "expression": slow})
    editor.say({"type": "cancel", "id": 3})
    assert editor.answer(3)["code"] == "CANCELLED"
    psutil.wait_procs([child], timeout=10)
    assert asked(editor, 4, "types", text="road")["types"]


def test_documents_go_to_trees_and_back(editor: Client, houses: str) -> None:
    read = asked(editor, 1, "read_document", document=MAPPING)
    read["tree"]["Building"]["numberOfDwellings"] = "2"
    again = asked(
        editor,
        2,
        "write_document",
        tree=json.dumps(read["tree"]),
        comments=json.dumps(read["comments"]),
    )
    assert again["document"] == MAPPING + "  numberOfDwellings: 2\n"
    suggested = asked(editor, 3, "suggest_tree", source=houses, file="houses")
    assert suggested["tree"]["Building"]
    values = asked(editor, 4, "values", source=houses, layers=["houses"], expression="gid")
    assert values["rows"] == 3
    codes = asked(editor, 5, "codes", target="bu-core2d/4.0:Building", path="currentUse")
    assert codes["closed"] is False or codes["codes"]


def test_what_is_wrong_is_an_error(editor: Client) -> None:
    for number, (kind, fields) in enumerate(
        [
            ("describe", {"target": "bu-core2d/4.0:Castle"}),
            ("read_document", {"document": "a: ["}),
            ("write_document", {"tree": "[]"}),
            ("write_document", {"tree": "{}", "comments": "nonsense"}),
        ]
    ):
        editor.say({"type": kind, "id": number, **fields})
        answer = editor.answer(number)
        assert answer["type"] == "error"
        assert answer["code"] != "WORKER_DIED"
