"""Mapping expressions: SQL scalars over a row, read from a tree and written anew.

The user's text is never executed. DuckDB parses it (``json_serialize_sql``), the tree must
be one bare select item, and the SQL that runs is written from that tree
(:mod:`commonplace.mapping.sqlwriting`).
"""

from __future__ import annotations

import json
import re
from types import TracebackType
from typing import Any, Final

import duckdb

from commonplace.batch import GEOMETRY
from commonplace.errors import ExpressionRefused
from commonplace.mapping.expressions import GEOMETRY_HINT, Expression, shortened
from commonplace.mapping.functions import SESSION_WORDS
from commonplace.mapping.sqlwriting import Node, write

LONGEST: Final = 4_000

_NAME: Final = re.compile(r"[^\W\d]\w*")
_PLAIN_WORDS: Final = frozenset({"true", "false", "null", "default"})
#: Fields that say where a node stood, not what it means.
_PLACES: Final = frozenset(
    {"query_location", "query_location_length", "qualified_name", "is_operator"}
)


class Parser:
    """Reads expressions. A context manager: it holds a DuckDB connection that only parses."""

    def __init__(self) -> None:
        self._engine = duckdb.connect(
            ":memory:",
            config={"enable_external_access": False, "threads": 1, "lock_configuration": True},
        )
        self._bare = self._statement("1")
        self._bare.pop("select_list")

    def __enter__(self) -> Parser:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._engine.close()

    def expression(self, text: str) -> Expression:
        """One scalar expression.

        Raises
        ------
        ExpressionRefused
            Not SQL, not one scalar expression, or not in the language.
        """
        return self.expressions(text, only=True)[0]

    def expressions(self, text: str, *, only: bool = False) -> tuple[Expression, ...]:
        """Expressions separated by commas (``only``: exactly one).

        Raises
        ------
        ExpressionRefused
        """
        word = text.strip()
        if word == GEOMETRY:
            raise ExpressionRefused("geometry is no value of SQL", hint=GEOMETRY_HINT)
        if _NAME.fullmatch(word) and word.lower() not in _PLAIN_WORDS | SESSION_WORDS:
            return (Expression(text, (word,), "{0}"),)
        items = self._items(text)
        if only and len(items) != 1:
            raise ExpressionRefused(f"expected one expression, not {len(items)}: {shortened(text)}")
        return tuple(write(text, item) for item in items)

    def _items(self, text: str) -> list[Node]:
        if len(text) > LONGEST:
            raise ExpressionRefused(f"an expression is longer than {LONGEST} characters")
        if "\0" in text:
            raise ExpressionRefused("an expression contains the character NUL")
        statement = self._statement(text)
        items = statement.pop("select_list", None)
        if items is None or statement != self._bare:
            raise ExpressionRefused(
                f"expected a scalar expression: {shortened(text)}",
                hint="no FROM, WHERE, UNION, LIMIT, … and no second statement",
            )
        return list(items)

    def _statement(self, text: str) -> Node:
        query = "SELECT json_serialize_sql(?)"
        try:
            row = self._engine.execute(query, [f"SELECT {text}"]).fetchone()
            answer = json.loads(row[0] if row else "{}")
        except (duckdb.Error, RecursionError, UnicodeError) as error:
            raise ExpressionRefused(f"not an SQL expression: {shortened(text)}") from error
        if answer["error"]:
            message = str(answer["error_message"]).splitlines()[0]
            raise ExpressionRefused(f"not an SQL expression: {shortened(text)} ({message})")
        if len(answer["statements"]) != 1:
            raise ExpressionRefused(
                f"expected one expression, not several statements: {shortened(text)}"
            )
        statement: Node = dict(answer["statements"][0])
        node: Node = dict(statement.pop("node"))
        node["statement"] = statement
        try:
            return dict(_without_places(node))
        except RecursionError as error:
            raise ExpressionRefused(f"nested too deep: {shortened(text)}") from error


def _without_places(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _without_places(value) for key, value in tree.items() if key not in _PLACES}
    if isinstance(tree, list):
        return [_without_places(item) for item in tree]
    return tree
