"""Geometry operators in documents: ``centroid(geometry)`` and the like, never SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np

from commonplace.batch import GEOMETRY
from commonplace.errors import ExpressionRefused
from commonplace.geometry import OPERATORS, settle
from commonplace.target import Geometries

#: Unites the geometries of all rows of one key; done before a linked object is evaluated.
DISSOLVE: Final = "dissolve"

#: GML elements that a source's geometries can be written as.
WRITABLE: Final = frozenset(
    "Point LineString Curve Polygon Surface MultiPoint MultiCurve MultiSurface "
    "MultiGeometry Solid".split()
)

_CALL: Final = re.compile(r"\s*([a-z_0-9]+)\s*\((.*)\)\s*", re.DOTALL)


def parse_operators(text: str) -> tuple[str, ...] | None:
    """The operators of ``a(b(geometry))``, innermost first; None if it isn't a geometry.

    Raises
    ------
    ExpressionRefused
        An operator nobody knows around ``geometry``.
    """
    names: list[str] = []
    rest = text
    while (call := _CALL.fullmatch(rest)) is not None:
        names.append(call[1])
        rest = call[2]
    if rest.strip() != GEOMETRY:
        return None
    known = (*OPERATORS, DISSOLVE)
    for name in names:
        if name not in known:
            raise ExpressionRefused(
                f"{name}(geometry) is not in the language",
                hint=f"geometry operators are {', '.join(sorted(known))}",
            )
    return tuple(reversed(names))


def apply(operators: Sequence[str], geometries: Geometries, decimals: int | None) -> Geometries:
    """Apply operators, innermost first, and make the results ready to be written."""
    if not operators:
        return geometries
    for name in operators:
        geometries = OPERATORS[name](geometries)
    return geometries if decimals is None else settle(np.asarray(geometries), decimals)
