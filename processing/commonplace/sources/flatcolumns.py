"""Flat columns, seen as the rows of one object: what stands below a property, what is left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.gml.reading.inference import Structure, inferred
from commonplace.gml.reading.shapes import Placed, Seen
from commonplace.model.types import Kind, QName
from commonplace.sources.flatvalues import as_text, built_in
from commonplace.target import Node, Shape

Array = Any
Columns = Mapping[str, Array]

_LANGUAGE: Final = re.compile(r"[a-z]{3}")
_NOT_A_NAME: Final = re.compile(r"[^\w.-]")
_BEHIND: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Related:
    """Rows of a related table: the row of the main table each belongs to, ascending.

    ``related`` are the rows related to these in turn.
    """

    parents: npt.NDArray[np.int64]
    columns: Columns
    handles: Array | None = None
    related: Mapping[str, Related] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rows:
    """Flat rows of one object. Names of columns are relative to it.

    ``handles`` are the default geometry's, of the property ``drawn``. ``related`` and
    ``reasons`` (void reasons) are by the column they go with.
    """

    count: int
    columns: Columns
    drawn: str = ""
    handles: Array | None = None
    related: Mapping[str, Related] = field(default_factory=dict)
    reasons: Columns = field(default_factory=dict)

    def below(self, name: str) -> Rows:
        """The rows of what stands in a property."""
        return Rows(
            self.count,
            _below(self.columns, name),
            "*" if self.drawn in (name, "*") and self.handles is not None else "",
            self.handles if self.drawn in (name, "*") else None,
            _below(self.related, name),
            _below(self.reasons, name),
        )


def _below(named: Mapping[str, Any], name: str) -> dict[str, Any]:
    start = f"{name}_"
    return {key[len(start) :]: one for key, one in named.items() if key.startswith(start)}


def left_over(
    element: QName, taken: set[str], rows: Rows
) -> Iterator[tuple[Placed, dict[str, Array]]]:
    """Columns that no property accounts for: each a property of its own."""
    namespace = element.rpartition("}")[0]
    for number, (name, column) in enumerate(rows.columns.items()):
        if any(belongs(name, one) for one in taken):
            continue
        plain = _NOT_A_NAME.sub("_", name)
        values = as_text(column)
        prop = inferred(f"{namespace}}}{plain}", Structure(Kind.VALUE))
        node = Node(replace(prop, value_type=built_in(values.type)))
        yield Placed(_BEHIND + number, node, inferred=True), {plain: values}


def belongs(column: str, name: str) -> bool:
    """Whether a column is a property's own, or of what stands in it."""
    return column == name or column.startswith(f"{name}_")


def name_rows(spelled: Array, inside: Rows) -> Rows:
    """A geographical name from its spelling, and its language: that of the column that
    says the same.
    """
    language = pa.nulls(inside.count, pa.string())
    for name, values in inside.columns.items():
        if _LANGUAGE.fullmatch(name):
            same = pc.fill_null(pc.equal(values, spelled), False)
            language = pc.if_else(pc.and_(same, language.is_null()), pa.scalar(name), language)
    columns = {"spelling_text": spelled}
    if language.null_count < len(language):
        columns["language"] = language
    return Rows(inside.count, columns)


def anywhere(rows: Rows) -> Array:
    """Rows in which any column, or the geometry, has something."""
    masks = [values.is_valid() for values in rows.columns.values()]
    if rows.handles is not None:
        masks.append(rows.handles.is_valid())
    there = pa.array(np.zeros(rows.count, dtype=bool))
    for mask in masks:
        there = pc.or_(there, mask)
    return there


def as_it_stands(table: str, rows: Rows) -> tuple[Seen, Columns]:
    """Columns of a table that the model knows nothing of: each a property of its own."""
    placed, columns = [], {}
    for order, (name, values) in enumerate(rows.columns.items()):
        prop = inferred(_NOT_A_NAME.sub("_", name), Structure(Kind.VALUE))
        placed.append(Placed(order, Node(replace(prop, value_type=built_in(values.type)))))
        columns[prop.name] = values
    if rows.handles is not None:
        prop = inferred(rows.drawn, Structure(Kind.GEOMETRY))
        placed.append(Placed(len(placed), Node(prop)))
        columns[rows.drawn] = rows.handles
    return Seen(Shape(table, (), identified=True, feature=True), tuple(placed)), columns
