"""Rectangles along the axes: xmin, ymin, xmax, ymax."""

from __future__ import annotations

from typing import TypeAlias, overload

Bounds: TypeAlias = tuple[float, float, float, float]


@overload
def united(one: Bounds | None, other: Bounds) -> Bounds: ...
@overload
def united(one: Bounds | None, other: Bounds | None) -> Bounds | None: ...
def united(one: Bounds | None, other: Bounds | None) -> Bounds | None:
    """The bounds around both; of one alone where the other is None."""
    if one is None or other is None:
        return one or other
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
