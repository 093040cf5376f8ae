"""What a flat batch is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from commonplace.formats import jsontext
from commonplace.formats.flat.values import plain_values
from commonplace.gml.names import ncname, ncnames
from commonplace.gml.pieces import Array, join_or_null
from commonplace.target import Node


@dataclass(frozen=True, slots=True)
class Column:
    """A flat column: plain or dictionary-encoded values, or one scalar for all rows.

    ``json`` says that the texts are JSON (arrays and objects). ``language`` is set where
    the column exists because a name in that language occurs in the rows. ``node`` is the
    property that the values are of; ``aspect`` is empty for the value itself, else what
    the column's name adds to it (``href``, ``uom``, a language).
    """

    name: str
    values: Any
    json: bool = False
    language: str | None = None
    node: Node | None = None
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """Rows of a table related to a batch: what one row of the batch has several of.

    ``name`` is the path of the property, ``parents`` the row of the batch each belongs to,
    ascending. ``geometry`` holds int32 handles, or is None where there is none. ``within``
    are lists inside these rows; ``numbered`` says that there may be such, in other batches too.
    """

    name: str
    parents: npt.NDArray[np.int64]
    columns: tuple[Column, ...] = ()
    geometry: Array | None = None
    geometry_name: str = ""
    within: tuple[Related, ...] = ()
    numbered: bool = False

    def numbers(self) -> npt.NDArray[np.int64]:
        """The number of each row among those of the same parent, from 1."""
        first = np.searchsorted(self.parents, self.parents)
        found: npt.NDArray[np.int64] = np.arange(len(self.parents)) - first + 1
        return found


@dataclass(frozen=True, slots=True)
class Flat:
    """A batch made flat. ``geometry`` holds int32 handles, or is None where there is none.

    ``related`` and ``reasons`` are found where asked for: rows of related tables, and void
    reasons that differ from row to row, under the name of the column they explain.
    """

    rows: int
    ids: Array
    columns: tuple[Column, ...]
    geometry: Array | None
    related: tuple[Related, ...] = ()
    reasons: tuple[Column, ...] = ()


def plain(column: Column, rows: int) -> Array:
    """A column as an array without dictionary."""
    return plain_values(column.values, rows)


def column_text(column: Column) -> Any:
    """A column as JSON text: one string for all rows, or an array."""
    if isinstance(column.values, pa.Scalar):
        return jsontext.scalar(column.values)
    return column.values if column.json else jsontext.values(column.values)


def feature_ids(feature_type: str, local_ids: Array) -> Array:
    """The features' ids, the same as their ``gml:id`` in GML (rule 17)."""
    return join_or_null([f"{ncname(feature_type)}.", ncnames(local_ids)], len(local_ids))
