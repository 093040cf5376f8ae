"""Coordinate reference systems: named everywhere, in the right form, allowed, and fitting."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from pyproj import CRS

from commonplace.bounds import Bounds
from commonplace.crs.area import horizontal, lonlat, outside_area, share_inside, widened
from commonplace.report import Finding, Severity
from commonplace.validate.columns import GML, Column
from commonplace.validate.identifiers import GEOMETRIES
from commonplace.validate.sheet import Sheet
from commonplace.validate.srs import (
    DIMENSION,
    INHERITED,
    MISSING,
    OUTSIDE,
    RULES,
    SWAPPED,
    system,
)

SMALLEST: Final = 2.0**-20

__all__ = ["RULES", "check", "fitting", "inherited", "inside", "outermost", "swapped_fits"]


def inherited(column: Column, name: str, default: str | None = None) -> list[str | None]:
    """An attribute's value for each element: its own, or that of the nearest geometry around."""
    found: list[str | None] = [None] * len(column)
    for number, value in zip(*column.attribute(name), strict=True):
        found[number] = value
    if None not in found:
        return found
    parent = column.parent
    if parent is None or not parent.name.startswith(f"{{{GML}}}"):
        return [default if one is None else one for one in found]
    above = inherited(parent, name, default)
    return [
        above[owner] if one is None else one
        for one, owner in zip(found, column.owners, strict=True)
    ]


def outermost(column: Column) -> bool:
    """A geometry that stands in a property of a feature, not in another geometry."""
    parent = column.parent
    return (
        column.local in GEOMETRIES
        and column.name.startswith(f"{{{GML}}}")
        and (parent is None or not parent.name.startswith(f"{{{GML}}}"))
    )


def check(sheet: Sheet) -> None:
    """Rules on what is written; :func:`fitting` compares with coordinates."""
    for column in sheet.all():
        for name in sorted(column.distinct("srsName")):
            found = system(name)
            if found.rule is not None:
                numbers, values = column.attribute("srsName")
                bad = [at for at, one in zip(numbers, values, strict=True) if one == name]
                shown = [name] * len(bad)
                sheet.report(found.rule, column, bad, found.message, values=shown, fix=found.fix)
        if outermost(column) and column.bearers("srsName") < len(column):
            have = set(column.attribute("srsName")[0])
            lone = [at for at in range(len(column)) if at not in have]
            if sheet.default_srs is None:
                lone = [at for at in lone if not _inside_named(sheet, column, at)]
            if lone:
                rule = MISSING if sheet.default_srs is None else INHERITED
                sheet.report(rule, column, lone)
        _dimensions(sheet, column)


def _inside_named(sheet: Sheet, column: Column, number: int) -> bool:
    """All parts name a CRS though the whole doesn't: legal, if unusual."""
    node = sheet.nodes[int(column.elements[number])]
    return any(one.get("srsName") for one in node.iter("*"))


def _dimensions(sheet: Sheet, column: Column) -> None:
    if not column.bearers("srsDimension"):
        return
    numbers, values = column.attribute("srsDimension")
    names = inherited(column, "srsName", sheet.default_srs)
    wrong: dict[str, list[int]] = {}
    for key in {(value, names[at]) for at, value in zip(numbers, values, strict=True)}:
        value, name = key
        found = system(name) if name else None
        expected = found.dimension if found and found.code else None
        if not value.isdigit() or int(value) > 3:
            message = f"srsDimension is {value}"
        elif expected is not None and int(value) < expected:
            message = f"srsDimension is {value}, the CRS has {expected} axes"
        else:
            continue
        wrong[message] = [
            at for at, one in zip(numbers, values, strict=True) if (one, names[at]) == key
        ]
    for message, bad in wrong.items():
        sheet.report(DIMENSION, column, bad, message)


@lru_cache(maxsize=256)
def limits(code: str) -> Bounds | None:
    """Where coordinates of a CRS may lie, in degrees."""
    return widened(flat(code))


@lru_cache(maxsize=256)
def flat(code: str) -> CRS:
    """The two-dimensional part of a CRS."""
    return horizontal(code)


def inside(code: str, bounds: Bounds) -> bool:
    """Bounds in a CRS (x, y) lie where it is used."""
    return _inside(code, _rounded(bounds)) or _inside(code, bounds)


def _rounded(bounds: Bounds) -> Bounds:
    """Somewhat larger bounds, of which there are few: those of neighbours are the same."""
    xmin, ymin, xmax, ymax = bounds
    step = 2.0 ** math.ceil(math.log2(max(xmax - xmin, ymax - ymin, SMALLEST)))
    return (
        math.floor(xmin / step) * step,
        math.floor(ymin / step) * step,
        math.ceil(xmax / step) * step,
        math.ceil(ymax / step) * step,
    )


@lru_cache(maxsize=4096)
def _inside(code: str, bounds: Bounds) -> bool:
    area = limits(code)
    if area is None:
        return True
    where = lonlat(flat(code), bounds)
    return where is not None and share_inside(where, area) > 1 - 1e-6


def swapped_fits(code: str, bounds: Bounds) -> bool:
    """They would if x and y were exchanged, and don't as they are."""
    xmin, ymin, xmax, ymax = bounds
    return not inside(code, bounds) and inside(code, (ymin, xmin, ymax, xmax))


def fitting(file: str, code: str, bounds: Bounds) -> list[Finding]:
    """Whether all coordinates of a file lie where their CRS is used; what they look like else."""
    if swapped_fits(code, bounds):
        shown = ", ".join(f"{one:g}" for one in bounds)
        return [
            SWAPPED.finding(file, f"with axes exchanged all lies where {code} is used", value=shown)
        ]
    return [
        OUTSIDE.finding(file, one.message, value=one.value, fix=one.fix, severity=one.severity)
        for one in outside_area(code, bounds, layer=file)
        if one.severity in (Severity.ERROR, Severity.WARNING)
    ]
