"""Surfaces in space: shells of solids, and the LoDs of bu-core3d.

Rules of the plane (direction, area, validity of rings) mean nothing to walls; instead the
surfaces around a solid must close.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import shapely

from commonplace.geometry.shells import closed
from commonplace.validate.columns import GML, Column, walk
from commonplace.validate.rules import ERROR, Rule
from commonplace.validate.sheet import Sheet

SHELL_OPEN: Final = Rule(
    "GEOMETRY_SHELL_OPEN",
    ERROR,
    "a solid whose surfaces don't close",
    "ISO 19107, 6.6.42; GML 3.2.1, 10.6.4",
    "each edge belongs to two surfaces, once in each direction, with the same coordinates",
)
RULES: Final = (SHELL_OPEN,)

_SHELL: Final = f"{{{GML}}}Shell"
_LOD: Final = "BuildingGeometry3DLoD"
_DIMENSIONS: Final = 3
_LEAST: Final = 4  # points of a ring


def in_space(column: Column) -> bool:
    """Whether a column's geometries stand in a shell, or in a LoD of a building."""
    above = column.parent
    while above is not None:
        if above.name == _SHELL or above.local.startswith(_LOD):
            return True
        above = above.parent
    return False


def check(sheet: Sheet) -> None:
    """The shells of all solids."""
    for column in sheet.all():
        if column.name == _SHELL:
            _shells(sheet, column)


def _shells(sheet: Sheet, shells: Column) -> None:
    surfaces: dict[int, dict[Any, list[Any]]] = {}
    unread: set[int] = set()
    for ring in walk(shells.children.values()):
        if ring.local == "LinearRing" and len(ring):
            _rings(shells, ring, surfaces, unread)
    numbers = [one for one in surfaces if one not in unread]
    made = np.empty(len(numbers), dtype=object)
    made[:] = [_surface(surfaces[one]) for one in numbers]
    sound = closed(made) | closed(shapely.reverse(made))  # axes may be swapped
    bad = [number for number, good in zip(numbers, sound.tolist(), strict=True) if not good]
    if bad:
        sheet.report(SHELL_OPEN, shells, sorted(bad))


def _rings(
    shells: Column, ring: Column, surfaces: dict[int, dict[Any, list[Any]]], unread: set[int]
) -> None:
    """Rings by shell and polygon, exterior ones first; shells that can't be judged."""
    source = ring.child("posList")
    texts = dict(zip(source.owners, source.texts(), strict=True)) if source else {}
    side = ring.parent
    area = side.parent if side else None
    for number in range(len(ring)):
        polygon = side.owners[ring.owners[number]] if side else -1
        shell = _owner(area, polygon, shells)
        points = _points(texts.get(number, ""))
        if points is None:
            unread.add(shell)
            continue
        held = surfaces.setdefault(shell, {}).setdefault((id(area), polygon), [])
        held.insert(0 if side and side.local == "exterior" else len(held), points)


def _owner(column: Column | None, number: int, top: Column) -> int:
    while column is not None and column is not top:
        number = column.owners[number]
        column = column.parent
    return number


def _points(text: str) -> Any:
    """A ring's points; None where these are no triples of numbers."""
    try:
        found = np.array(text.split(), dtype=np.float64)
    except ValueError:
        return None
    enough = len(found) >= _LEAST * _DIMENSIONS and len(found) % _DIMENSIONS == 0
    return found.reshape(-1, _DIMENSIONS) if enough and np.isfinite(found).all() else None


def _surface(polygons: dict[Any, list[Any]]) -> Any:
    rings = [[shapely.linearrings(one) for one in held] for held in polygons.values()]
    return shapely.multipolygons([shapely.polygons(one[0], one[1:] or None) for one in rings])
