"""Fitting geometries to the GML elements that a property takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.geometry.shells import closed
from commonplace.target import Geometries

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Family:
    """A single type and its multiple, as shapely's type ids and as GML elements."""

    single: int
    multiple: int
    singles: frozenset[str]
    multiples: frozenset[str]
    collect: Callable[..., Any]


_ANY: Final = frozenset({"MultiGeometry"})
_SOLIDS: Final = frozenset({"Solid", "CompositeSolid"})
_FAMILIES: Final = (
    _Family(0, 4, frozenset({"Point"}), frozenset({"MultiPoint"}), shapely.multipoints),
    _Family(
        1,
        5,
        frozenset({"LineString", "Curve"}),
        frozenset({"MultiCurve", "MultiLineString"}),
        shapely.multilinestrings,
    ),
    _Family(
        3,
        6,
        frozenset({"Polygon", "Surface"}),
        frozenset({"MultiSurface", "MultiPolygon"}),
        shapely.multipolygons,
    ),
)
_WORDS: Final = (
    ("points", frozenset({"Point"})),
    ("several points", frozenset({"MultiPoint"})),
    ("lines", frozenset({"LineString", "Curve"})),
    ("several lines", frozenset({"MultiCurve", "MultiLineString"})),
    ("polygons", frozenset({"Polygon", "Surface"})),
    ("several polygons", frozenset({"MultiSurface", "MultiPolygon"})),
    ("solids", _SOLIDS),
)
_LINE: Final = 1
_RING: Final = 2
_COLLECTION: Final = 7


def conform(geometries: Geometries, allowed: frozenset[str]) -> tuple[Geometries, Mask]:
    """Give geometries the type that a property takes.

    Parameters
    ----------
    geometries
        Object array, None where there is none.
    allowed
        Local names of the GML elements the property takes (``Polygon``, ``MultiSurface`` …).

    Returns
    -------
    The geometries, and a mask of those that don't fit (left as they are). A multiple of
    one part becomes single where only singles are allowed, and so do lines that follow on each
    other; a single becomes multiple where only multiples are; a collection becomes what its
    parts are.
    """
    kinds = shapely.get_type_id(geometries)
    if _RING in kinds or _COLLECTION in kinds:
        geometries = _uncollected(geometries, kinds, allowed)
        kinds = shapely.get_type_id(geometries)
    problems = kinds == _COLLECTION
    if not _ANY.isdisjoint(allowed):
        problems = np.zeros(len(geometries), dtype=bool)
    for family in _FAMILIES:
        geometries, unfit = _fitted(geometries, kinds, family, allowed)
        problems |= unfit
    if not _SOLIDS.isdisjoint(allowed) and problems.any():
        geometries = _with_normals_outwards(geometries, problems)
        problems[problems] = ~closed(geometries[problems])
    return geometries, problems


def in_words(allowed: frozenset[str]) -> str:
    """What a property takes, as people call it: ``points``, ``polygons or several polygons``."""
    words = [word for word, names in _WORDS if not names.isdisjoint(allowed)]
    return " or ".join(words) or ", ".join(sorted(allowed)[:6])


def _with_normals_outwards(geometries: Geometries, rows: Mask) -> Geometries:
    """Shells of some rows that are inside out, turned."""
    turned = shapely.reverse(geometries[rows])
    inside_out = closed(turned)
    result = geometries.copy()
    result[np.flatnonzero(rows)[inside_out]] = turned[inside_out]
    return result


def _fitted(
    geometries: Geometries, kinds: npt.NDArray[Any], family: _Family, allowed: frozenset[str]
) -> tuple[Geometries, Mask]:
    one, many = kinds == family.single, kinds == family.multiple
    takes_one = not family.singles.isdisjoint(allowed)
    takes_many = not family.multiples.isdisjoint(allowed)
    nothing = np.zeros(len(geometries), dtype=bool)
    if takes_one and takes_many:
        return geometries, nothing
    if takes_one and many.any():
        lone = many & (shapely.get_num_geometries(geometries) == 1)
        geometries = geometries.copy()
        geometries[lone] = shapely.get_geometry(geometries[lone], 0)
        several = many & ~lone
        if family.single == _LINE:
            several = _chained(geometries, several)
        return geometries, several
    if takes_many and one.any():
        geometries = geometries.copy()
        rows = np.flatnonzero(one)
        geometries[rows] = family.collect(geometries[rows], indices=np.arange(len(rows)))
        return geometries, nothing
    return geometries, nothing if takes_one or takes_many else one | many


def _chained(geometries: Geometries, rows: Mask) -> Mask:
    """Make one line of each whose parts follow on each other, in place; those that are none.

    No vertex moves and no part turns round: directions of links mean something.
    """
    lines = shapely.line_merge(geometries[rows], directed=True)
    whole = shapely.get_type_id(lines) == _LINE
    chosen = np.flatnonzero(rows)
    geometries[chosen[whole]] = lines[whole]
    left = rows.copy()
    left[chosen[whole]] = False
    return left


def _uncollected(
    geometries: Geometries, kinds: npt.NDArray[Any], allowed: frozenset[str]
) -> Geometries:
    """Rings become lines; collections of one kind of parts that kind's multiple."""
    result = geometries.copy()
    for row in np.flatnonzero(kinds == _RING):
        result[row] = shapely.linestrings(shapely.get_coordinates(geometries[row], include_z=False))
    if not _ANY.isdisjoint(allowed):
        return result
    for row in np.flatnonzero(kinds == _COLLECTION):
        parts = shapely.get_parts(shapely.get_parts(geometries[row]))
        found = set(shapely.get_type_id(parts).tolist())
        for family in _FAMILIES:
            if found == {family.single}:
                result[row] = family.collect(parts)
    return result
