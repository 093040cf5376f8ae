"""Suggested values as a mapping document writes them."""

from __future__ import annotations

import re
from typing import Final

from commonplace.documents import Tree
from commonplace.model.types import Property, local_name
from commonplace.suggest.columns import Column

_PLAIN_COLUMN: Final = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_PLAIN_TEXT: Final = re.compile(r"[^\W_][^:#\[\]{},&*!|>'\"%@`\n]*|=[^:#\n{}\[\],]*|\$\w+")
_FIRST_YEAR: Final = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}.*")
_DATES: Final = ("date", "dateTime")
#: Words of SQL that can't stand for a column without quotes.
_RESERVED: Final = frozenset(
    "all and any as asc between case cast check column create cross default desc distinct else end "
    "except false for foreign from group having in inner into is join left like limit natural not "
    "null offset on or order outer primary references right select some table then to true union "
    "unique user using when where with".split()
)


def column(name: str) -> str:
    """A column in an expression: quoted where it isn't a plain word."""
    if _PLAIN_COLUMN.fullmatch(name) and name.casefold() not in _RESERVED:
        return name
    return '"' + name.replace('"', '""') + '"'


def expression(one: Column, filled: Property | None) -> str:
    """``=`` and the column, read as a date where the property is one; of a list the first item."""
    name = column(one.name)
    if one.type.startswith("list"):
        return f"={name}[1]"
    if filled is None or filled.value_type not in _DATES or one.type.startswith(("date", "time")):
        return f"={name}"
    if all(_FIRST_YEAR.fullmatch(text) for text in one.values):
        return f"={name}"
    return (
        f"=parse_date({name})" if one.type.endswith("string") else f"=parse_date({name}::VARCHAR)"
    )


def needs_unit(filled: Property | None) -> bool:
    """Whether the property has an attribute ``uom`` that the model doesn't fill."""
    if filled is None or filled.element.unit:
        return False
    return any(local_name(one.name) == "uom" and one.required for one in filled.attributes)


def scalar(text: str) -> str:
    """A text as YAML, in quotes where it needs them."""
    if _PLAIN_TEXT.fullmatch(text) and text == text.strip() and text not in ("null", "~"):
        return text
    return "'" + text.replace("'", "''").replace("\n", " ") + "'"


def flow(tree: Tree) -> str:
    """A tree on one line."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(one)}" for key, one in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(flow(one) for one in tree) + "]"
    return scalar(tree or "")


def comment(text: str) -> str:
    """A comment on one line."""
    return " ".join(text.split())
