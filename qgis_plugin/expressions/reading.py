"""Reads a QGIS expression to a tree.

The grammar is that of QGIS's expression engine (``qgsexpressionparser.yy``): ``||`` binds
tightest, then ``^``, multiplication, addition, comparisons, NOT, AND, OR.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Union


class NotAnExpression(ValueError):
    """The text isn't a QGIS expression; ``position`` is where reading stopped."""

    def __init__(self, position: int) -> None:
        super().__init__(str(position))
        self.position = position


@dataclass(frozen=True)
class Literal:
    """A number, a text or a word (NULL, TRUE, FALSE); ``kind`` says which."""

    kind: str
    text: str


@dataclass(frozen=True)
class Column:
    """``"name"``, or a bare word."""

    name: str
    quoted: bool


@dataclass(frozen=True)
class Variable:
    """``@name``."""

    name: str


@dataclass(frozen=True)
class Call:
    """``name(…)`` or ``$name``, the name in lower case; ``names`` of named arguments or ""."""

    name: str
    arguments: tuple[Node, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unary:
    """``-`` or ``NOT``."""

    sign: str
    operand: Node


@dataclass(frozen=True)
class Binary:
    """Two operands; the sign in upper case."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Listed:
    """``a IN (…)`` and ``a NOT IN (…)``."""

    operand: Node
    items: tuple[Node, ...]
    negated: bool


@dataclass(frozen=True)
class Between:
    """``a BETWEEN b AND c``."""

    operand: Node
    low: Node
    high: Node
    negated: bool


@dataclass(frozen=True)
class Case:
    """``CASE WHEN a THEN b … ELSE c END``."""

    branches: tuple[tuple[Node, Node], ...]
    default: Node | None


@dataclass(frozen=True)
class Index:
    """``a[b]``."""

    operand: Node
    index: Node


Node = Union[Literal, Column, Variable, Call, Unary, Binary, Listed, Between, Case, Index]

DEEPEST: Final = 60
_TOKEN: Final = re.compile(
    r"""\s*(?:--[^\n]*\n\s*|/\*.*?\*/\s*)*(?:
      (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
    | (?P<text>'(?:[^'\\]|''|\\.)*')
    | (?P<column>"(?:[^"]|"")*")
    | (?P<variable>@\w+)
    | (?P<special>\$\w+)
    | (?P<word>[^\W\d]\w*)
    | (?P<sign>:=|\|\||<>|!=|<=|>=|//|[-+*/%^=<>~(),\[\]])
    )""",
    re.VERBOSE | re.DOTALL,
)
_COMPARING: Final = ("=", "!=", "<>", "<=", ">=", "<", ">", "~", "LIKE", "ILIKE", "IS")
#: Words of the grammar, which can't be bare columns.
_WORDS: Final = frozenset(
    "AND OR NOT IN LIKE ILIKE IS CASE WHEN THEN ELSE END BETWEEN NULL TRUE FALSE".split()
)
_END: Final = ("end", "")


def read(text: str) -> Node:
    """The tree of an expression.

    Raises
    ------
    NotAnExpression
    """
    return _Reader(text).whole()


class _Reader:
    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        found = self._expression()
        if self._kind() != "end":
            raise self._wrong()
        return found

    # -- tokens ------------------------------------------------------------------------------

    def _kind(self) -> str:
        return self._tokens[self._at][0]

    def _word(self) -> str:
        """The next token's text, words in upper case."""
        kind, text, _ = self._tokens[self._at]
        return text.upper() if kind == "word" else text if kind == "sign" else ""

    def _take(self, *wanted: str) -> str:
        """The next token's text, if it is one of those; else nothing, and it stays."""
        word = self._word()
        if word and word in wanted:
            self._at += 1
            return word
        return ""

    def _expect(self, wanted: str) -> None:
        if not self._take(wanted):
            raise self._wrong()

    def _wrong(self) -> NotAnExpression:
        return NotAnExpression(self._tokens[self._at][2])

    # -- the grammar, loosest first ------------------------------------------------------------

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._wrong()
        found = self._and()
        while self._take("OR"):
            found = Binary("OR", found, self._and())
        self._depth -= 1
        return found

    def _and(self) -> Node:
        found = self._not()
        while self._take("AND"):
            found = Binary("AND", found, self._not())
        return found

    def _not(self) -> Node:
        if self._take("NOT"):
            return Unary("NOT", self._not())
        return self._comparison()

    def _comparison(self) -> Node:
        found = self._sum()
        while True:
            sign = self._take(*_COMPARING)
            if sign == "IS" and self._take("NOT"):
                found = Binary("IS NOT", found, self._sum())
            elif sign:
                found = Binary(sign, found, self._sum())
            elif self._word() in ("NOT", "IN", "BETWEEN"):
                found = self._worded(found)
            else:
                return found

    def _worded(self, left: Node) -> Node:
        negated = bool(self._take("NOT"))
        word = self._take("IN", "BETWEEN", "LIKE", "ILIKE")
        if word == "IN":
            self._expect("(")
            return Listed(left, self._arguments()[0], negated)
        if word == "BETWEEN":
            low = self._sum()
            self._expect("AND")
            return Between(left, low, self._sum(), negated)
        if not word or not negated:
            raise self._wrong()
        return Binary(f"NOT {word}", left, self._sum())

    def _sum(self) -> Node:
        return self._left_to_right(self._product, "+", "-")

    def _product(self) -> Node:
        return self._left_to_right(self._power, "*", "/", "//", "%")

    def _left_to_right(self, inner: Callable[[], Node], *signs: str) -> Node:
        found = inner()
        while sign := self._take(*signs):
            found = Binary(sign, found, inner())
        return found

    def _power(self) -> Node:
        found = self._joined()
        if self._take("^"):
            return Binary("^", found, self._power())
        return found

    def _joined(self) -> Node:
        return self._left_to_right(self._unary, "||")

    def _unary(self) -> Node:
        if self._take("-"):
            return Unary("-", self._unary())
        if self._take("+"):
            return self._unary()
        found = self._primary()
        while self._take("["):
            found = Index(found, self._expression())
            self._expect("]")
        return found

    def _primary(self) -> Node:
        if self._take("("):
            found = self._expression()
            self._expect(")")
            return found
        if self._take("CASE"):
            return self._case()
        kind, text, _ = self._tokens[self._at]
        if kind == "word" and text.upper() in _WORDS - {"NULL", "TRUE", "FALSE"}:
            raise self._wrong()
        if kind not in ("number", "text", "column", "variable", "special", "word"):
            raise self._wrong()
        self._at += 1
        if kind == "word":
            return self._named(text)
        return _leaf(kind, text)

    def _named(self, text: str) -> Node:
        if self._take("("):
            arguments, names = self._arguments()
            return Call(text.lower(), arguments, names)
        if text.upper() in ("NULL", "TRUE", "FALSE"):
            return Literal("word", text.upper())
        return Column(text, quoted=False)

    def _arguments(self) -> tuple[tuple[Node, ...], tuple[str, ...]]:
        """Up to the closing parenthesis."""
        arguments: list[Node] = []
        names: list[str] = []
        if self._take(")"):
            return (), ()
        while True:
            names.append(self._argument_name())
            arguments.append(self._expression())
            if self._take(")"):
                return tuple(arguments), tuple(names)
            self._expect(",")

    def _argument_name(self) -> str:
        if self._kind() == "word" and self._tokens[self._at + 1][1] == ":=":
            self._at += 2
            return self._tokens[self._at - 2][1].lower()
        return ""

    def _case(self) -> Node:
        branches: list[tuple[Node, Node]] = []
        while self._take("WHEN"):
            condition = self._expression()
            self._expect("THEN")
            branches.append((condition, self._expression()))
        default = self._expression() if self._take("ELSE") else None
        self._expect("END")
        if not branches:
            raise self._wrong()
        return Case(tuple(branches), default)


def _leaf(kind: str, text: str) -> Node:
    if kind == "column":
        return Column(text[1:-1].replace('""', '"'), quoted=True)
    if kind == "variable":
        return Variable(text[1:])
    if kind == "special":
        return Call(text.lower())
    if kind == "text":
        return Literal("text", _unescaped(text[1:-1]))
    return Literal("number", text)


def _unescaped(text: str) -> str:
    kept = {"n": "\n", "t": "\t", "\\": "\\", "'": "'"}
    return re.sub(
        r"''|\\(.)",
        lambda found: kept.get(found[1], found[0]) if found[1] else "'",
        text,
        flags=re.DOTALL,
    )


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """Kind, text and position."""
    at = 0
    while text[at:].strip():
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotAnExpression(at)
        kind = str(match.lastgroup)
        yield kind, match[kind], match.start(kind)
        at = match.end()
    yield (*_END, len(text))
