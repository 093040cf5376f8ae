"""Columns built as a whole equal objects built row by row, however nested and null."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from commonplace.mapping.evaluate import Session
from support.mapping import BUILDING, batch, compiled

MAPPING = compiled(
    BUILDING
    + """
  dateOfConstruction: {beginning: =begun, end: =ended}
  name:
    - {spelling: =name_a, language: deu}
    - {spelling: [{text: =name_b, script: Latn}, {text: =name_c}], language: ita}
    - Fixed
  currentUse:
    - currentUse: {value: =use, codes: {r: residential, o: office}, unmatched: void}
      percentage: =share
    - {currentUse: agriculture, percentage: =share}
    - {currentUse: trade}
  heightAboveGround[]: {value: =heights, status: measured}
  buildingNature[]: =natures
  externalReference:
    informationSystem: https://example.org
    informationSystemName: x
    reference: =reference
  numberOfDwellings: =share
"""
).types[0]

texts = st.none() | st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FFF), min_size=0, max_size=3
)
numbers = st.none() | st.integers(0, 5)
rows = st.fixed_dictionaries(
    {
        "begun": st.none() | st.dates(),
        "ended": st.none() | st.dates(),
        "name_a": texts,
        "name_b": texts,
        "name_c": texts,
        "use": st.none() | st.sampled_from(["r", "o", "x", ""]),
        "share": numbers,
        "heights": st.none() | st.lists(st.none() | st.floats(0, 9), max_size=3),
        "natures": st.none() | st.lists(st.sampled_from([None, "church", "tower"]), max_size=3),
        "reference": texts,
    }
)
TYPES = {
    "begun": pa.date32(),
    "ended": pa.date32(),
    "share": pa.int32(),
    "heights": pa.list_(pa.float64()),
    "natures": pa.list_(pa.string()),
}


def or_none(items: list[Any]) -> list[Any] | None:
    kept = [one for one in items if one is not None]
    return kept or None


def name(language: str, *spellings: tuple[str | None, str | None]) -> dict[str, Any] | None:
    kept = [{"text": text, "script": script} for text, script in spellings if text]
    return {"language": language, "spelling": kept} if kept else None


def use(code: str | None, share: int | None) -> dict[str, Any] | None:
    return None if code is None else {"currentUse": code, "percentage": share}


def date_of(value: Any) -> Any:
    return None if value is None else (value.year, value.month, value.day)


def expected(row: dict[str, Any]) -> dict[str, Any]:
    """One object, by the rules of the language, the plain way."""
    event = {"beginning": date_of(row["begun"]), "end": date_of(row["ended"])}
    share = row["share"]
    return {
        "dateOfConstruction": event if any(event.values()) else None,
        "name": or_none(
            [
                name("deu", (row["name_a"], None)),
                name("ita", (row["name_b"], "Latn"), (row["name_c"], None)),
                name("eng", ("Fixed", None)),
            ]
        ),
        "currentUse": or_none(
            [
                use({"r": "residential", "o": "office"}.get(row["use"]), share),
                use("agriculture", share) if share is not None else None,
                use("trade", None),
            ]
        ),
        "heightAboveGround": or_none(
            [None if one is None else {"value": one} for one in row["heights"] or []]
        ),
        "buildingNature": or_none(row["natures"] or []),
        "externalReference": {"reference": row["reference"]} if row["reference"] else None,
        "numberOfDwellings": share,
    }


def got(row: dict[str, Any]) -> dict[str, Any]:
    event = row["dateOfConstruction"]
    if event is not None:
        row["dateOfConstruction"] = {key: date_of(value) for key, value in event.items()}
    return {key: row[key] for key in expected({**dict.fromkeys(TYPES), **dict.fromkeys(_ALL)})}


_ALL = ("name_a", "name_b", "name_c", "use", "reference")


@settings(max_examples=150, deadline=None)
@given(st.lists(rows, min_size=1, max_size=6))
def test_columns_equal_rows(given_rows: list[dict[str, Any]]) -> None:
    columns = {
        key: pa.array([row[key] for row in given_rows], TYPES.get(key, pa.string()))
        for key in given_rows[0]
    }
    columns["id"] = pa.array([f"B{number}" for number in range(len(given_rows))])
    with Session("void") as session:
        found = session.evaluate(MAPPING, *batch(columns))
    assert found.rejected.tolist() == []
    assert [got(row) for row in found.batch.columns.to_pylist()] == [
        expected(row) for row in given_rows
    ]
    found.batch.columns.validate(full=True)
