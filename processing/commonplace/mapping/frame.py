"""The values of a batch, and the places in it where values are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.errors import MappingError
from commonplace.mapping.trouble import Troubles
from commonplace.target import Geometries

Rows = npt.NDArray[np.int64]


@dataclass(slots=True)
class Frame:
    """The values of a batch from which its columns are built.

    ``pool`` grows by the geometries that operators make; ``geographic`` says that its
    coordinates are degrees.
    """

    rows: int
    outputs: list[pa.Array]
    ids: pa.Array
    handles: pa.Array
    pool: Geometries
    decimals: int | None
    troubles: Troubles
    geographic: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where values are asked for: each row once, or row ``rows[i]``'s list item ``within[i]``."""

    size: int
    rows: Rows | None = None
    within: Rows | None = None

    def row_of(self, positions: Rows) -> Rows:
        return positions if self.rows is None else self.rows[positions]


def fetch(frame: Frame, number: int, place: Place, path: str) -> pa.Array:
    """An output's values at a place: a list's items where the place is within lists.

    Raises
    ------
    MappingError
        It is a list, and the place isn't within one.
    """
    array = frame.outputs[number]
    if not pa.types.is_list(array.type):
        return spread(array, place)
    if place.rows is None or place.within is None:
        raise MappingError(
            f"the expression for {path} gives a list",
            hint=f"write {path.rpartition('.')[2]}[]: to take all, or [1] to take the first",
        )
    offsets = array.offsets.to_numpy().astype(np.int64)
    lengths = pc.list_value_length(array).fill_null(0).to_numpy()
    there = place.within < lengths[place.rows]
    at = offsets[:-1][place.rows] + place.within
    return array.values.take(pa.array(at, mask=~there))


def spread(array: pa.Array, place: Place) -> pa.Array:
    """A column's values at a place."""
    return array if place.rows is None else array.take(pa.array(place.rows))
