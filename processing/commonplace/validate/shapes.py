"""Geometries: their form in GML, and whether they are valid, as whole columns."""

from __future__ import annotations

from typing import Final

import numpy as np
import shapely

from commonplace.bounds import united
from commonplace.validate import areas
from commonplace.validate.columns import GML, Column
from commonplace.validate.drawn import Seen, role_of, rows
from commonplace.validate.geometry_rules import FORBIDDEN, NOT_HERE, TOO_FEW, ZERO
from commonplace.validate.ordinates import Ints, Run, gathered, ordinates
from commonplace.validate.sheet import Sheet
from commonplace.validate.space import in_space
from commonplace.validate.srs import SWAPPED
from commonplace.validate.systems import inside, swapped_fits

_LINES: Final = frozenset({"LineString", "LineStringSegment", "LinearRing"})
_AREAS: Final = frozenset({"Polygon", "PolygonPatch"})
_PREFIX: Final = f"{{{GML}}}"
_FREE: Final = ("/cp/", "CadastralParcels", "/bu-core3d/")  # ETS d.1 to d.10 skip these


def check(sheet: Sheet) -> Seen:
    """All rules of the family."""
    seen = Seen()
    rings: dict[int, tuple[Column, list[Run]]] = {}
    for column in sheet.all():
        if not column.name.startswith(_PREFIX):
            continue
        rule = FORBIDDEN.get(column.local)
        if rule is not None and not _free(column):
            message = f"gml:{column.local} is not allowed"
            sheet.report(rule, column, range(len(column)), message)
        if column.local in _LINES or column.local == "Point":
            run = ordinates(sheet, column)
            if run is None:
                continue
            _bounds(sheet, seen, run)
            if column.local == "LinearRing":
                area = column.parent.parent if column.parent else None
                if area is not None and area.local in _AREAS and not in_space(area):
                    rings.setdefault(id(area), (area, []))[1].append(run)
            elif column.local == "Point":
                _keep(sheet, run, np.flatnonzero(run.ok), seen)
            else:
                _keep(sheet, run, _lines(sheet, run), seen)
    for area, runs in rings.values():
        areas.check(sheet, area, runs, seen)
    return seen


def _free(column: Column) -> bool:
    top = column
    while top.parent is not None:
        top = top.parent
    return any(one in top.namespace for one in _FREE)


def _bounds(sheet: Sheet, seen: Seen, run: Run) -> None:
    distinct = set(run.codes)
    for code in {one for one in distinct if one}:
        points = run.points
        if len(distinct) > 1:
            points = points[np.repeat([one == code for one in run.codes], np.diff(run.offsets))]
        if not len(points):
            continue
        low, high = points.min(axis=0), points.max(axis=0)
        box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        seen.bounds[code] = united(seen.bounds.get(code), box)
        if not inside(code, box) and not swapped_fits(code, box):
            _outliers(sheet, run, code)


def _outliers(sheet: Sheet, run: Run, code: str) -> None:
    """Geometries of their own outside; nothing where all are, the file says it then."""
    away: list[int] = []
    swapped: list[int] = []
    for at, one in enumerate(run.codes):
        points = run.points[run.offsets[at] : run.offsets[at + 1]]
        if one != code or not len(points):
            continue
        low, high = points.min(axis=0), points.max(axis=0)
        box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        if not inside(code, box):
            (swapped if swapped_fits(code, box) else away).append(at)
    if len(away) + len(swapped) == len(run.codes):
        return
    for rule, bad in ((NOT_HERE, away), (SWAPPED, swapped)):
        if bad:
            shown = [str(run.points[run.offsets[at]].tolist()) for at in bad]
            sheet.report(rule, run.column, bad, f"outside of the area of {code}", values=shown)


def _keep(sheet: Sheet, run: Run, whole: Ints, seen: Seen) -> None:
    """Keep points or lines, where a rule needs them."""
    role = role_of(run.column)
    if role is None or not len(whole):
        return
    sizes = np.diff(run.offsets)
    points, _ = gathered(run.points, sizes, whole)
    if run.column.local == "Point":
        made = shapely.points(points)
    else:
        made = shapely.linestrings(points, indices=np.repeat(np.arange(len(whole)), sizes[whole]))
    seen.drawn.append(rows(sheet, run.column, role, whole, made, run.codes))


def _lines(sheet: Sheet, run: Run) -> Ints:
    """Tell of lines too short; the others are lines indeed."""
    sizes = np.diff(run.offsets)
    few = np.flatnonzero(run.ok & (sizes < 2)).tolist()
    if few:
        sheet.report(TOO_FEW, run.column, few)
    whole = np.flatnonzero(run.ok & (sizes >= 2))
    if not len(whole):
        return whole
    owner = np.repeat(np.arange(len(sizes)), sizes)
    moved = np.zeros(len(owner), dtype=bool)
    moved[1:] = (np.diff(run.points, axis=0) != 0).any(axis=1) & (np.diff(owner) == 0)
    flat = np.setdiff1d(whole, owner[moved]).tolist()
    if flat:
        sheet.report(ZERO, run.column, flat)
    return np.setdiff1d(whole, flat)
