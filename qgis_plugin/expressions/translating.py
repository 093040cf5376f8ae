"""A QGIS expression typed by habit, as the mapping document writes it, or the reason why not."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from .functions import DATE_LETTERS, EXPLAINED, GEOMETRIES, NOT_SQL, TEMPLATES
from .reading import (
    Between,
    Binary,
    Call,
    Case,
    Column,
    Index,
    Listed,
    Literal,
    Node,
    NotAnExpression,
    Unary,
    Variable,
    read,
)

_PLAIN: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_RESERVED: Final = frozenset(
    "all and any as asc between case cast check column create cross default desc distinct else end "
    "except false for foreign from group having in inner into is join left like limit natural not "
    "null offset on or order outer primary references right select some table then to true union "
    "unique user using when where with".split()
)
_GEOMETRY: Final = frozenset({"$geometry", "@geometry"})
#: Reasons to leave an expression after ``=`` to whoever knows the document's own functions.
_OURS: Final = frozenset({"FUNCTION", "PLACE", "ARGUMENTS", "GEOMETRY"})
_PLACEHOLDER: Final = re.compile(r"%(\d+)")
#: What no constant looks like: a quoted name, a call, a special word, joined texts.
_SIGNS: Final = re.compile(r"\"[^\"]+\"|\w+\s*\(|\$\w+|@\w+|\|\||^\s*case\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reason:
    """Why something has no place in a mapping document; ``name`` is the function or variable."""

    code: str
    name: str


@dataclass(frozen=True)
class Translation:
    """What became of an expression.

    ``text`` is the value as a document writes it, with ``=``; empty where ``reasons`` say
    why there is none.
    """

    text: str
    reasons: tuple[Reason, ...] = ()


def recognise(typed: str, columns: Collection[str]) -> Translation | None:
    """What was typed as a value, where it is an expression by QGIS's grammar.

    None for what the document's own rules explain: a constant, a reference, and after ``=``
    an expression that is SQL or may be (``x::date``, ``[a, b]``, ``parse_date(d)``). What
    both languages have, after ``=`` is SQL.

    Parameters
    ----------
    columns
        Those of the layer: ``"name"`` is one of them or a text in wrong quotes.
    """
    text = typed.strip()
    marked = text.startswith("=") and not text.startswith(("==", "=>"))
    if not marked and (text.startswith("=") or not _SIGNS.search(text)):
        return None
    try:
        tree = read(text[1:] if marked else text)
    except NotAnExpression:
        return None
    if not marked and not _says_something(tree, columns):
        return None
    writer = _Writer(columns)
    sql = writer.write(tree)
    if marked and (not writer.foreign or any(one.code in _OURS for one in writer.reasons)):
        return None
    if writer.reasons:
        return Translation("", tuple(writer.reasons))
    return Translation(f"={sql}")


def quoted(name: str) -> str:
    """A column in an expression: in quotes where it isn't a plain word."""
    if _PLAIN.fullmatch(name) and name.casefold() not in _RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def _says_something(tree: Node, columns: Collection[str]) -> bool:
    """Whether unmarked text is more than words that happen to parse, like ``Main (old)``."""
    if isinstance(tree, Call):
        name = tree.name
        if name.startswith("$") or any(_is_geometry(one) for one in tree.arguments):
            return True
        return name in TEMPLATES or name in EXPLAINED or name in SPECIAL or name in GEOMETRIES
    if isinstance(tree, Column):
        return tree.quoted and tree.name in columns
    return isinstance(tree, (Binary, Case, Variable, Listed, Between, Unary, Index))


class _Writer:
    """Writes the tree anew; ``foreign`` is whether anything in it is QGIS's and no SQL."""

    def __init__(self, columns: Collection[str]) -> None:
        self._columns = columns
        self.foreign = False
        self.reasons: list[Reason] = []

    def write(self, node: Node) -> str:
        """The SQL of a node that stands by itself."""
        return _WRITTEN_BY[type(node)](self, node)

    def literal(self, node: Literal) -> str:
        return _text(node.text) if node.kind == "text" else node.text

    def index(self, node: Index) -> str:
        # QGIS counts from 0.
        return f"{self._inner(node.operand)}[{self._inner(node.index)} + 1]"

    def _inner(self, node: Node) -> str:
        """The SQL of a node among others: in parentheses where it is an operation."""
        written = self.write(node)
        loose = (Unary, Binary, Listed, Between)
        return f"({written})" if isinstance(node, loose) else written

    # -- operations ------------------------------------------------------------------------

    def unary(self, node: Unary) -> str:
        space = " " if node.sign == "NOT" else ""
        return f"{node.sign}{space}{self._inner(node.operand)}"

    def listed(self, node: Listed) -> str:
        items = ", ".join(self.write(one) for one in node.items)
        return f"{self._inner(node.operand)} {'NOT IN' if node.negated else 'IN'} ({items})"

    def between(self, node: Between) -> str:
        low, high = self._inner(node.low), self._inner(node.high)
        written = f"{self._inner(node.operand)} BETWEEN {low} AND {high}"
        return f"NOT ({written})" if node.negated else written

    def binary(self, node: Binary) -> str:
        left, right = self._side(node, node.left), self._side(node, node.right)
        if node.sign == "~":
            self.foreign = True
            return f"regexp_matches({left}, {right})"
        if node.sign == "+" and (_is_text(node.left) or _is_text(node.right)):
            self.foreign = True
            return f"{left} || {right}"
        if node.sign in ("IS", "IS NOT") and not _is_null(node.right):
            self.foreign = True
            word = "IS DISTINCT FROM" if node.sign == "IS NOT" else "IS NOT DISTINCT FROM"
            return f"{left} {word} {right}"
        if node.sign == "!=":
            return f"{left} <> {right}"
        return f"{left} {node.sign} {right}"

    def _side(self, node: Binary, side: Node) -> str:
        """An operand; a chain of one associative operator needs no parentheses."""
        chained = node.sign in ("||", "AND", "OR", "+") and side is node.left
        if chained and isinstance(side, Binary) and side.sign == node.sign:
            return self.write(side)
        return self._inner(side)

    def case(self, node: Case) -> str:
        branches = " ".join(
            f"WHEN {self.write(when)} THEN {self.write(then)}" for when, then in node.branches
        )
        default = f" ELSE {self.write(node.default)}" if node.default is not None else ""
        return f"CASE {branches}{default} END"

    # -- names -----------------------------------------------------------------------------

    def column(self, node: Column) -> str:
        if node.name in self._columns or not self._columns:
            return quoted(node.name)
        folded = [one for one in self._columns if one.casefold() == node.name.casefold()]
        if folded:  # QGIS doesn't mind the case, the document does
            return quoted(folded[0])
        if node.quoted:  # a text in the wrong quotes
            return _text(node.name)
        return quoted(node.name)

    def variable(self, node: Variable) -> str:
        name = f"@{node.name}"
        self.foreign = True
        if name in _GEOMETRY:
            return "geometry"
        self.reasons.append(Reason(EXPLAINED.get(name, "VARIABLE"), name))
        return ""

    # -- calls -----------------------------------------------------------------------------

    def call(self, node: Call) -> str:
        name = node.name
        self.foreign = self.foreign or name in NOT_SQL or name.startswith("$") or name in EXPLAINED
        if name in _GEOMETRY:
            return "geometry"
        if name in GEOMETRIES and node.arguments and _is_geometry(node.arguments[0]):
            return self._geometry(node)
        if any(_is_geometry(one) for one in node.arguments):
            self.reasons.append(Reason(EXPLAINED.get(name, "GEOMETRY"), name))
            return ""
        if name == "attribute" and len(node.arguments) == 1 and _is_text(node.arguments[0]):
            return quoted(node.arguments[0].text)
        if name in SPECIAL:
            written = SPECIAL[name](self, node)
            if written:
                return written
        return self._by_template(node)

    def _geometry(self, node: Call) -> str:
        operator = GEOMETRIES[node.name]
        values = [self.write(one) for one in node.arguments]
        return f"{operator}({', '.join(values)})" if operator else values[0]

    def _by_template(self, node: Call) -> str:
        name, given = node.name, len(node.arguments)
        templates = TEMPLATES.get(name)
        if templates is None:
            code = EXPLAINED.get(name, "VARIABLE" if name.startswith("$") else "FUNCTION")
            self.reasons.append(Reason(code, name))
            return ""
        template = next((one for one in templates if one and _takes(one) in (given, -1)), "")
        if not template or any(node.names):
            self.reasons.append(Reason("ARGUMENTS", name))
            return ""
        values = [self.write(one) for one in node.arguments]
        listed = ", ".join(values)
        return template.replace("{*}", listed) if "{*}" in template else template.format(*values)


_WRITTEN_BY: Final = {
    Literal: _Writer.literal,
    Column: _Writer.column,
    Variable: _Writer.variable,
    Call: _Writer.call,
    Unary: _Writer.unary,
    Binary: _Writer.binary,
    Listed: _Writer.listed,
    Between: _Writer.between,
    Case: _Writer.case,
    Index: _Writer.index,
}


def _takes(template: str) -> int:
    """How many arguments a template takes; -1 for any number."""
    if "{*}" in template:
        return -1
    numbers = [int(one) for one in re.findall(r"\{(\d)\}", template)]
    return max(numbers) + 1 if numbers else 0


# -- functions that need more than a template ------------------------------------------------------


def _padded(writer: _Writer, node: Call) -> str:
    """``lpad`` and ``rpad``: QGIS cuts nothing off and wants a width; so does SQL."""
    if len(node.arguments) != 3:
        return ""
    values = [writer.write(one) for one in node.arguments]
    return f"{node.name}(CAST({values[0]} AS VARCHAR), {values[1]}, {values[2]})"


def _formatted(writer: _Writer, node: Call) -> str:
    """``format('%1 to %2', a, b)`` as joined texts; without a value there is none at all."""
    if not node.arguments or not _is_text(node.arguments[0]):
        return ""
    pieces: list[str] = []
    pattern = node.arguments[0].text
    at = 0
    for match in _PLACEHOLDER.finditer(pattern):
        number = int(match[1])
        if not 0 < number < len(node.arguments):
            return ""
        if match.start() > at:
            pieces.append(_text(pattern[at : match.start()]))
        pieces.append(f"CAST({writer.write(node.arguments[number])} AS VARCHAR)")
        at = match.end()
    if at < len(pattern):
        pieces.append(_text(pattern[at:]))
    return " || ".join(pieces)


def _date_written(writer: _Writer, node: Call) -> str:
    """``format_date(d, 'dd.MM.yyyy')``."""
    if len(node.arguments) != 2 or not _is_text(node.arguments[1]):
        return ""
    pattern = _strftime(node.arguments[1].text)
    return f"strftime(CAST({writer.write(node.arguments[0])} AS TIMESTAMP), {_text(pattern)})"


def _date_read(writer: _Writer, node: Call) -> str:
    """``to_date(t, 'dd.MM.yyyy')``; what doesn't fit is null, as in QGIS."""
    if len(node.arguments) != 2 or not _is_text(node.arguments[1]):
        return ""
    kind = "DATE" if "datetime" not in node.name else "TIMESTAMP"
    pattern = _text(_strftime(node.arguments[1].text))
    return f"CAST(try_strptime({writer.write(node.arguments[0])}, {pattern}) AS {kind})"


def _found(writer: _Writer, node: Call) -> str:
    """``regexp_substr``: the first group, or the whole where there is none."""
    if len(node.arguments) != 2 or not _is_text(node.arguments[1]):
        return ""
    grouped = re.search(r"(?<!\\)\((?!\?)", node.arguments[1].text)
    text, pattern = (writer.write(one) for one in node.arguments)
    return f"regexp_extract({text}, {pattern}, {1 if grouped else 0})"


def _element(writer: _Writer, node: Call) -> str:
    """``array_get(list, 0)``: QGIS counts from 0."""
    if len(node.arguments) != 2:
        return ""
    listed, index = node.arguments
    if isinstance(index, Literal) and index.text.isdigit():
        return f"list_element({writer.write(listed)}, {int(index.text) + 1})"
    return f"list_element({writer.write(listed)}, {writer.write(index)} + 1)"


SPECIAL: Final = {
    "lpad": _padded,
    "rpad": _padded,
    "format": _formatted,
    "format_date": _date_written,
    "to_date": _date_read,
    "todate": _date_read,
    "to_datetime": _date_read,
    "todatetime": _date_read,
    "regexp_substr": _found,
    "array_get": _element,
}


def _strftime(pattern: str) -> str:
    """Qt's date pattern as ``strftime``'s; what stands in single quotes is itself."""
    written, at = "", 0
    while at < len(pattern):
        if pattern[at] == "'":
            end = pattern.find("'", at + 1)
            end = len(pattern) if end < 0 else end
            written += pattern[at + 1 : end].replace("%", "%%") or "'"
            at = end + 1
            continue
        letters = next((one for one in DATE_LETTERS if pattern.startswith(one[0], at)), None)
        written += letters[1] if letters else pattern[at].replace("%", "%%")
        at += len(letters[0]) if letters else 1
    return written


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _is_text(node: Node) -> bool:
    return isinstance(node, Literal) and node.kind == "text"


def _is_null(node: Node) -> bool:
    return isinstance(node, Literal) and node.text == "NULL"


def _is_geometry(node: Node) -> bool:
    if isinstance(node, Variable):
        return node.name == "geometry"
    if not isinstance(node, Call):
        return False
    within = node.name in GEOMETRIES and node.arguments and _is_geometry(node.arguments[0])
    return node.name in _GEOMETRY or bool(within)
