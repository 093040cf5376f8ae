"""Expressions that the plugin translates give what QGIS itself gives."""

from __future__ import annotations

from typing import Any

import duckdb
import pyarrow as pa
import pytest

from commonplace.mapping.functions import MACROS
from commonplace.mapping.sql import Parser

COLUMNS = {"name": "text", "nr": "int", "height": "real", "built": "text", "tags": "text"}
ROWS = [
    ["rue de l'Église", 12, 3.5, "03.12.2021", "a;b;c"],
    [None, -7, 0.0, "no date", ""],
    ["A1", None, None, None, None],
]
EXPRESSIONS = [
    '"name" || \' \' || "nr"',
    "coalesce(\"name\", 'none')",
    'concat("name", \'-\', "nr")',
    'to_int("nr") + 1',
    'to_real("nr") / 2',
    "if(\"nr\" > 3, 'many', 'few')",
    "CASE WHEN \"nr\" IN (12, 13) THEN 'x' WHEN \"nr\" < 0 THEN 'y' ELSE 'z' END",
    "CASE WHEN \"nr\" > 100 THEN 'x' END",
    '"nr" * 2 + 3 * 2',
    '2 ^ 3 * "nr"',
    '- "nr" - 1',
    '"nr" % 5',
    'upper("name")',
    'length("name")',
    'left("name", 3) || right("name", 2)',
    'substr("name", 2, 3)',
    "replace(\"name\", 'e', 'E')",
    "strpos(\"name\", 'de')",
    "regexp_replace(\"name\", '[a-z]+', '#')",
    "regexp_substr(\"name\", '([0-9]+)')",
    "\"name\" ~ '^[A-Z]'",
    "\"name\" LIKE 'rue%'",
    '"name" IS NULL OR "nr" IS NULL',
    '"nr" IS NOT 12',
    'NOT "nr" > 3 AND "height" >= 0',
    "to_date(\"built\", 'dd.MM.yyyy')",
    'format(\'%1 (%2)\', "name", "nr")',
    "lpad(\"nr\", 5, '0')",
    "array_to_string(array_reverse(string_to_array(\"tags\", ';')), '/')",
    "array_get(string_to_array(\"tags\", ';'), 1)",
    "array_length(string_to_array(\"tags\", ';'))",
    'round("height")',
    'round("height" / 3, 2)',
    'floor("height") + ceil("height")',
    'max("nr", 3) - min("nr", 3)',
    'clamp(0, "nr", 10)',
    'abs("nr")',
    'nullif("height", 0)',
    "title('via roma')",
]
#: QGIS gives an empty text, an error or a list where a document gives no value.
NOTHING = (None, "", [])


def by_sql(text: str, row: list[Any]) -> Any:
    """The value of a document's expression over a row, as DuckDB gives it."""
    kinds = {"text": pa.string(), "int": pa.int64(), "real": pa.float64()}
    with Parser() as parser:
        expression = parser.expression(text.removeprefix("="))
    table = pa.table(
        {
            name: pa.array([one], kinds[kind])
            for (name, kind), one in zip(COLUMNS.items(), row, strict=True)
        }
    )
    names = {name: f'"{name}"' for name in expression.columns}
    with duckdb.connect(":memory:") as connection:
        connection.execute(MACROS)
        connection.register("rows", table)
        return connection.execute(f"SELECT {expression.over(names)} FROM rows").fetchall()[0][0]


def alike(one: Any, other: Any) -> bool:
    if one in NOTHING or other in NOTHING:
        return one in NOTHING and other in NOTHING
    if isinstance(one, bool | int | float) and not isinstance(other, str):
        return float(one) == pytest.approx(float(other))
    return str(one) == str(other)


def test_qgis_and_the_document_agree(staged: Any) -> None:
    answers = staged.script("evaluate", columns=COLUMNS, rows=ROWS, expressions=EXPRESSIONS)
    assert len(answers) == len(ROWS) * len(EXPRESSIONS)
    different = [
        (text, written, row, value, mine)
        for row, text, value, written in answers
        if not alike(value, mine := by_sql(written, row))
    ]
    assert not different, "\n".join(map(str, different))
