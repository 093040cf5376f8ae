"""SQL written anew from a parsed tree, of listed node classes, functions and types only.

Casts give null instead of raising, and source columns have names of our own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from commonplace.batch import GEOMETRY
from commonplace.documents import nearest
from commonplace.errors import ExpressionRefused
from commonplace.mapping.expressions import (
    AS_OF,
    FINGERPRINT,
    GEOMETRY_HINT,
    SOURCE_DATE,
    Expression,
    quoted,
    shortened,
)
from commonplace.mapping.functions import (
    FUNCTIONS,
    GROWING,
    LARGEST_GROWTH,
    OPERATORS,
    OWN,
    SESSION_WORDS,
    TYPES,
)

DEEPEST: Final = 60

Node = dict[str, Any]

#: Text, or a brace with what stands in it, of a template.
_PIECES: Final = re.compile(r"([^{}]+)|(\{\{|\}\}|\{[^{}]*\}|[{}])")
_INTEGER: Final = re.compile(r"-?\d+")
_NUMBER: Final = re.compile(r"-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
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


def write(text: str, node: Node) -> Expression:
    """The expression of a tree, which DuckDB made of ``text``.

    Raises
    ------
    ExpressionRefused
        Something in it is not in the language.
    """
    writer = _Writer(text)
    sql = writer.write(node, 0)
    return Expression(text, tuple(writer.columns), sql)


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
        return ExpressionRefused(f"{why}: {shortened(self._text)}", hint=hint)

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
            raise self._refused("geometry is no value of SQL", hint=GEOMETRY_HINT)
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
