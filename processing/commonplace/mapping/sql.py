"""Mapping expressions: SQL scalars over a row, read from a tree and written anew.

The user's text is never executed. DuckDB parses it (``json_serialize_sql``), the tree must
be one bare select item of node classes, functions and types that are listed here, and the
SQL that runs is written from that tree, with casts that give null instead of raising and
source columns under names of our own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Final

import duckdb

from commonplace.batch import GEOMETRY
from commonplace.documents import nearest
from commonplace.errors import ExpressionRefused
from commonplace.mapping.functions import (
    FUNCTIONS,
    GROWING,
    LARGEST_GROWTH,
    OPERATORS,
    OWN,
    SESSION_WORDS,
    TYPES,
)

#: The column that ``fingerprint(geometry)`` reads; the session makes it.
FINGERPRINT: Final = "@fingerprint"

#: The column that ``as_of()`` reads: when the version of the row's object began.
AS_OF: Final = "@as_of"

#: The column that ``source_date()`` reads; the source as the job opens it has it.
SOURCE_DATE: Final = "@source_date"

#: Columns that no source has.
MADE: Final = frozenset({FINGERPRINT, AS_OF})

LONGEST: Final = 4_000
DEEPEST: Final = 60

Node = dict[str, Any]

_GEOMETRY_HINT: Final = "only fingerprint(geometry) gives a text"
_NAME: Final = re.compile(r"[^\W\d]\w*")
#: Text, or a brace with what stands in it, of a template.
_PIECES: Final = re.compile(r"([^{}]+)|(\{\{|\}\}|\{[^{}]*\}|[{}])")
_INTEGER: Final = re.compile(r"-?\d+")
_NUMBER: Final = re.compile(r"-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_PLAIN_WORDS: Final = frozenset({"true", "false", "null", "default"})
#: Fields that say where a node stood, not what it means.
_PLACES: Final = frozenset(
    {"query_location", "query_location_length", "qualified_name", "is_operator"}
)
_COMPARISONS: Final = {
    "COMPARE_EQUAL": "=",
    "COMPARE_NOTEQUAL": "<>",
    "COMPARE_LESSTHAN": "<",
    "COMPARE_GREATERTHAN": ">",
    "COMPARE_LESSTHANOREQUALTO": "<=",
    "COMPARE_GREATERTHANOREQUALTO": ">=",
    "COMPARE_DISTINCT_FROM": "IS DISTINCT FROM",
    "COMPARE_NOT_DISTINCT_FROM": "IS NOT DISTINCT FROM",
}
_CONJUNCTIONS: Final = {"CONJUNCTION_AND": " AND ", "CONJUNCTION_OR": " OR "}


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that may run.

    ``columns`` are the source columns it reads, in order of first use; ``sql`` is the
    text written from the tree, in which the column at ``columns[i]`` is ``{i}``
    (braces doubled otherwise), to be filled by :meth:`over`.
    """

    text: str
    columns: tuple[str, ...]
    sql: str

    def over(self, names: Mapping[str, str]) -> str:
        """The SQL over columns renamed by ``names`` (source name → SQL identifier)."""
        return self.sql.format(*(names[one] for one in self.columns))


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
            raise ExpressionRefused("geometry is no value of SQL", hint=_GEOMETRY_HINT)
        if _NAME.fullmatch(word) and word.lower() not in _PLAIN_WORDS | SESSION_WORDS:
            return (Expression(text, (word,), "{0}"),)
        items = self._items(text)
        if only and len(items) != 1:
            raise ExpressionRefused(f"expected one expression, not {len(items)}: {_short(text)}")
        return tuple(_write(text, item) for item in items)

    def _items(self, text: str) -> list[Node]:
        if len(text) > LONGEST:
            raise ExpressionRefused(f"an expression is longer than {LONGEST} characters")
        if "\0" in text:
            raise ExpressionRefused("an expression contains the character NUL")
        statement = self._statement(text)
        items = statement.pop("select_list", None)
        if items is None or statement != self._bare:
            raise ExpressionRefused(
                f"expected a scalar expression: {_short(text)}",
                hint="no FROM, WHERE, UNION, LIMIT, … and no second statement",
            )
        return list(items)

    def _statement(self, text: str) -> Node:
        query = "SELECT json_serialize_sql(?)"
        try:
            row = self._engine.execute(query, [f"SELECT {text}"]).fetchone()
            answer = json.loads(row[0] if row else "{}")
        except (duckdb.Error, RecursionError, UnicodeError) as error:
            raise ExpressionRefused(f"not an SQL expression: {_short(text)}") from error
        if answer["error"]:
            message = str(answer["error_message"]).splitlines()[0]
            raise ExpressionRefused(f"not an SQL expression: {_short(text)} ({message})")
        if len(answer["statements"]) != 1:
            raise ExpressionRefused(
                f"expected one expression, not several statements: {_short(text)}"
            )
        statement: Node = dict(answer["statements"][0])
        node: Node = dict(statement.pop("node"))
        node["statement"] = statement
        try:
            return dict(_without_places(node))
        except RecursionError as error:
            raise ExpressionRefused(f"nested too deep: {_short(text)}") from error


def _short(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:79] + "…")


def _without_places(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _without_places(value) for key, value in tree.items() if key not in _PLACES}
    if isinstance(tree, list):
        return [_without_places(item) for item in tree]
    return tree


def _write(text: str, node: Node) -> Expression:
    writer = _Writer(text)
    sql = writer.write(node, 0)
    return Expression(text, tuple(writer.columns), sql)


def quoted(text: str) -> str:
    """An SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


class _Writer:
    """Writes SQL from a tree; refuses what isn't listed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._parameters: list[str] = []
        self._own: str | None = None
        self.columns: list[str] = []
        self._classes: Mapping[str, Callable[[Node, int], str]] = {
            "COLUMN_REF": self._column,
            "CONSTANT": self._constant,
            "FUNCTION": self._function,
            "OPERATOR": self._operator,
            "COMPARISON": self._comparison,
            "CONJUNCTION": self._conjunction,
            "BETWEEN": self._between,
            "CASE": self._case,
            "CAST": self._cast,
        }
        self._special: Mapping[str, Callable[[list[Node]], str]] = {
            "as_of": lambda inner: self._made("as_of", AS_OF, inner),
            "fingerprint": self._fingerprint,
            "source_date": lambda inner: self._made("source_date", SOURCE_DATE, inner),
            "template": self._template,
        }

    def write(self, node: Node, depth: int) -> str:
        if depth > DEEPEST:
            raise self._refused(f"nested deeper than {DEEPEST} levels")
        write = self._classes.get(node["class"])
        if write is None:
            raise self._refused(f"{node['class'].lower().replace('_', ' ')} is not in the language")
        if node.get("alias"):
            raise self._refused("an expression has no name (AS …)")
        return write(node, depth + 1)

    def _refused(self, why: str, hint: str | None = None) -> ExpressionRefused:
        return ExpressionRefused(f"{why}: {_short(self._text)}", hint=hint)

    def _only(self, node: Node, *fields: str) -> None:
        """Every field besides ``fields`` must be empty."""
        for name, value in node.items():
            if name in fields or name in ("class", "type", "alias"):
                continue
            if value == {"type": "ORDER_MODIFIER", "orders": []}:
                continue
            if value:
                raise self._refused(f"{name.replace('_', ' ')} is not in the language")

    def _column(self, node: Node, depth: int) -> str:
        self._only(node, "column_names")
        names = node["column_names"]
        if len(names) > 2:
            raise self._refused(
                f"{'.'.join(names)} is not a column",
                hint=f'a column with a dot in its name is written "{".".join(names)}"',
            )
        name = ".".join(map(str, names))  # of a join: the other layer's column
        if name in self._parameters:
            return f"p{self._parameters.index(name)}"
        if name.lower() in SESSION_WORDS:
            raise self._refused(f"{name} is not in the language (clock and session are not data)")
        if name == GEOMETRY:
            raise self._refused("geometry is no value of SQL", hint=_GEOMETRY_HINT)
        return self._read(name)

    def _read(self, name: str) -> str:
        if name not in self.columns:
            self.columns.append(name)
        return f"{{{self.columns.index(name)}}}"

    def _constant(self, node: Node, depth: int) -> str:
        self._only(node, "literal")
        kind, value = node["literal"]["kind"], str(node["literal"]["text"])
        if kind == "STRING":
            return quoted(value).replace("{", "{{").replace("}", "}}")
        if kind == "NULL_LITERAL":
            return "NULL"
        if kind == "BOOLEAN" and value in ("true", "false"):
            return value.upper()
        if kind in ("INTEGER", "NUMERIC") and _NUMBER.fullmatch(value):
            return f"({value})"
        raise self._refused(f"a {kind.lower()} literal is not in the language")

    def _function(self, node: Node, depth: int) -> str:
        self._only(node, "function_name", "arguments")
        name = str(node["function_name"]).lower()
        arguments = node["arguments"]
        if any(one["name"] for one in arguments):
            raise self._refused("named arguments are not in the language")
        inner = [one["expression"] for one in arguments]
        if name in self._special:
            return self._special[name](inner)
        if name in OPERATORS:
            return self._infix(name, inner, depth)
        if name in GROWING:
            self._check_growth(name, inner)
        elif name not in FUNCTIONS:
            close = nearest(name, FUNCTIONS | set(GROWING))
            hint = f"did you mean {close}()?" if close else None
            raise self._refused(f"function {name}() is not in the language", hint)
        if not inner and name not in {"pi", "list_value"}:
            raise self._refused(f"function {name}() needs arguments")
        if name in OWN:
            return self._own_function(name, inner, depth)
        written = ", ".join(self._argument(name, one, depth) for one in inner)
        if name == "list_distinct":  # the only one whose order isn't defined
            return f'list_sort("list_distinct"({written}))'
        return f'"{name}"({written})'

    def _own_function(self, name: str, inner: list[Node], depth: int) -> str:
        """One of ours, which repeats its argument: inside each other they would grow for ever."""
        if self._own is not None:
            raise self._refused(f"{name}() can't stand inside {self._own}()")
        if len(inner) != 1:
            raise self._refused(f"{name}() takes one value")
        self._own = name
        written = self.write(inner[0], depth)
        self._own = None
        return f'"{name}"({written})'

    def _fingerprint(self, inner: list[Node]) -> str:
        """``fingerprint(geometry)``: a column that is made of the geometry before SQL runs."""
        if [one.get("column_names") for one in inner] != [[GEOMETRY]]:
            raise self._refused("expected fingerprint(geometry)")
        return self._read(FINGERPRINT)

    def _made(self, name: str, column: str, inner: list[Node]) -> str:
        """A column that no source has, as a function without arguments."""
        if inner:
            raise self._refused(f"{name}() takes no arguments")
        return self._read(column)

    def _template(self, inner: list[Node]) -> str:
        """``template('{street} {number}')``: columns in a text, null where any of them is."""
        literal = inner[0].get("literal") if len(inner) == 1 else None
        if literal is None or literal["kind"] != "STRING":
            raise self._refused(
                "template() takes one literal text", "template('{street} {number}')"
            )
        pieces = []
        for text, brace in _PIECES.findall(str(literal["text"])):
            column = brace[1:-1]
            if not brace:
                pieces.append(quoted(text).replace("{", "{{").replace("}", "}}"))
            elif brace in ("{{", "}}"):
                pieces.append("'{{'" if brace == "{{" else "'}}'")
            elif not column or column == GEOMETRY:
                raise self._refused(
                    f"{brace} in a template is no column", "double a brace that is meant"
                )
            else:
                pieces.append(f"CAST({self._read(column)} AS VARCHAR)")
        return f"({' || '.join(pieces) or quoted('')})"

    def _infix(self, name: str, inner: list[Node], depth: int) -> str:
        if len(inner) == 1 and name in ("-", "+"):
            return f"({name} {self.write(inner[0], depth)})"
        left, right = (self.write(one, depth) for one in inner)
        return f"({left} {OPERATORS[name]} {right})"

    def _argument(self, function: str, node: Node, depth: int) -> str:
        if node["class"] != "LAMBDA":
            return self.write(node, depth)
        if function not in ("list_transform", "list_filter") or self._parameters:
            raise self._refused("a lambda stands only in list_transform() or list_filter()")
        self._only(node, "lhs", "expr", "syntax_type")
        left = node["lhs"]
        if left["class"] != "COLUMN_REF" or len(left["column_names"]) != 1:
            raise self._refused("a lambda has one parameter")
        self._parameters.append(str(left["column_names"][0]))
        body = self.write(node["expr"], depth)
        self._parameters.pop()
        return f"lambda p0: {body}"

    def _check_growth(self, name: str, inner: list[Node]) -> None:
        position = GROWING[name]
        literal = inner[position].get("literal") if len(inner) > position else None
        if (
            literal is None
            or not _INTEGER.fullmatch(literal["text"])
            or int(literal["text"]) > LARGEST_GROWTH
        ):
            raise self._refused(
                f"{name}() needs a literal length of at most {LARGEST_GROWTH}",
            )

    def _operator(self, node: Node, depth: int) -> str:
        self._only(node, "children")
        inner = [self.write(one, depth) for one in node["children"]]
        kind = node["type"]
        if kind == "OPERATOR_COALESCE":
            return f"coalesce({', '.join(inner)})"
        if kind == "OPERATOR_NOT":
            return f"(NOT {inner[0]})"
        if kind in ("OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL"):
            return f"({inner[0]} {kind.removeprefix('OPERATOR_').replace('_', ' ')})"
        if kind in ("COMPARE_IN", "COMPARE_NOT_IN"):
            word = "IN" if kind == "COMPARE_IN" else "NOT IN"
            return f"({inner[0]} {word} ({', '.join(inner[1:])}))"
        if kind == "ARRAY_EXTRACT":
            return f"({inner[0]}[{inner[1]}])"
        if kind == "ARRAY_SLICE" and len(inner) == 3:
            return f"({inner[0]}[{inner[1]}:{inner[2]}])"
        raise self._refused(f"{kind.lower().replace('_', ' ')} is not in the language")

    def _comparison(self, node: Node, depth: int) -> str:
        self._only(node, "left", "right")
        sign = _COMPARISONS.get(node["type"])
        if sign is None:
            raise self._refused(f"{node['type'].lower()} is not in the language")
        return f"({self.write(node['left'], depth)} {sign} {self.write(node['right'], depth)})"

    def _conjunction(self, node: Node, depth: int) -> str:
        self._only(node, "children")
        word = _CONJUNCTIONS[node["type"]]
        return f"({word.join(self.write(one, depth) for one in node['children'])})"

    def _between(self, node: Node, depth: int) -> str:
        self._only(node, "input", "lower", "upper")
        value, low, high = (self.write(node[one], depth) for one in ("input", "lower", "upper"))
        return f"({value} BETWEEN {low} AND {high})"

    def _case(self, node: Node, depth: int) -> str:
        self._only(node, "case_checks", "else_expr")
        branches = " ".join(
            f"WHEN {self.write(one['when_expr'], depth)} THEN {self.write(one['then_expr'], depth)}"
            for one in node["case_checks"]
        )
        return f"(CASE {branches} ELSE {self.write(node['else_expr'], depth)} END)"

    def _cast(self, node: Node, depth: int) -> str:
        self._only(node, "child", "try_cast", "type_expr")
        return f"TRY_CAST({self.write(node['child'], depth)} AS {self._type(node['type_expr'])})"

    def _type(self, node: Node) -> str:
        self._only(node, "type_name", "children")
        name, inner = str(node["type_name"]), node["children"]
        if name.lower() == "list" and len(inner) == 1 and inner[0]["class"] == "TYPE":
            return f"{self._type(inner[0])}[]"
        if name.upper() not in TYPES:
            raise self._refused(f"type {name} is not in the language")
        if not inner:
            return name.upper()
        sizes = [one.get("literal", {}).get("text", "") for one in inner]
        if name.upper() != "DECIMAL" or not all(one.isdigit() for one in sizes):
            raise self._refused(f"type {name} takes no parameters")
        return f"DECIMAL({', '.join(sizes)})"
