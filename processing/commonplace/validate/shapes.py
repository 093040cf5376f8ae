"""Geometries: their form in GML, and whether they are valid, as whole columns."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.validate.columns import GML, Column, mixed_bits
from commonplace.validate.drawn import PARCEL, Sizes, role_of, rows, sizes_of
from commonplace.validate.geometry_rules import (
    FORBIDDEN,
    INVALID,
    LINE,
    NOT_HERE,
    OPEN,
    ORDINATES,
    POINT,
    RULES,
    TOO_FEW,
    TWICE,
    WINDING,
    ZERO,
)
from commonplace.validate.sheet import Sheet
from commonplace.validate.space import in_space
from commonplace.validate.srs import SWAPPED, system
from commonplace.validate.systems import inherited, inside, swapped_fits

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

__all__ = ["INVALID", "RULES", "TWICE", "WINDING", "ZERO", "Run", "Seen", "check", "united"]


_LINES: Final = frozenset({"LineString", "LineStringSegment", "LinearRing"})
_AREAS: Final = frozenset({"Polygon", "PolygonPatch"})
_PREFIX: Final = f"{{{GML}}}"
_POLYGON: Final = shapely.GeometryType.POLYGON
_FREE: Final = ("/cp/", "CadastralParcels", "/bu-core3d/")  # ETS d.1 to d.10 skip these


@dataclass(slots=True)
class Seen:
    """What geometries of a chunk leave behind for the whole: bounds (x, y) by CRS, outlines,
    and those that rules on several objects need (:mod:`commonplace.validate.drawn`).
    """

    bounds: dict[str, tuple[float, float, float, float]] = field(default_factory=dict)
    outlines: list[dict[str, Any]] = field(default_factory=list)
    drawn: list[dict[str, Any]] = field(default_factory=list)
    sizes: list[Sizes] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """Ordinates of a column: ``points`` (n, 2) as x, y; ``offsets`` of each element's; the
    CRS code of each element, None where unknown; ``ok`` where it could be read.
    """

    column: Column
    points: Floats
    offsets: Ints
    codes: list[str | None]
    ok: npt.NDArray[np.bool_]


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
            run = _run(sheet, column)
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
        _areas(sheet, area, runs, seen)
    return seen


def _free(column: Column) -> bool:
    top = column
    while top.parent is not None:
        top = top.parent
    return any(one in top.namespace for one in _FREE)


def _run(sheet: Sheet, column: Column) -> Run | None:
    """The ordinates of lines, rings or points."""
    is_point = column.local == "Point"
    wanted, other = ("pos", "posList") if is_point else ("posList", "pos")
    source = column.child(wanted)
    count = len(column)
    if source is None or len(source) != count:
        have = set(source.owners) if source else set()
        lone = [at for at in range(count) if at not in have]
        if lone:
            sheet.report(POINT if is_point else LINE, column, lone)
    if source is None:
        source = column.child(other)
    if source is None:
        return None
    return _read(sheet, column, source, is_point)


def _read(sheet: Sheet, column: Column, source: Column, is_point: bool) -> Run | None:
    texts = [""] * len(column)
    for owner, text in zip(source.owners, source.texts(), strict=True):
        texts[owner] = f"{texts[owner]} {text}" if texts[owner] else text
    names = inherited(column, "srsName", sheet.default_srs)
    dimensions = _dimensions(column, source, names)
    counts = np.array([len(one.split()) for one in texts], dtype=np.int64)
    values, good = _numbers(texts, counts)
    of = np.array(dimensions, dtype=np.int64)
    ok = good & (counts > 0) & (counts % of == 0)
    if is_point:
        ok &= counts == of
    if not ok.all():
        told = ok.copy()
        if column.local != "Point":
            told |= (counts == 0) & good
        bad = np.flatnonzero(~ok).tolist()
        sheet.report(ORDINATES, column, bad, values=[texts[at][:80] for at in bad])
    points, offsets = _points(values, counts, of, ok)
    code_of = {one: system(one).code if one else None for one in set(names)}
    codes = [code_of[one] for one in names]
    distinct = {one for one in names if one}
    for name in distinct:
        if not system(name).swap:
            continue
        if len(distinct) == 1 and None not in names:
            points = np.ascontiguousarray(points[:, ::-1])
        else:
            mask = np.repeat([one == name for one in names], np.diff(offsets))
            points[mask] = points[mask][:, ::-1]
    return Run(column, points, offsets, codes, ok)


def _dimensions(column: Column, source: Column, names: Sequence[str | None]) -> list[int]:
    told = inherited(column, "srsDimension")
    numbers, values = source.attribute("srsDimension")
    for number, value in zip(numbers, values, strict=True):
        told[source.owners[number]] = value
    kinds = {one: _dimension(*one) for one in set(zip(told, names, strict=True))}
    return [kinds[one] for one in zip(told, names, strict=True)]


def _dimension(told: str | None, name: str | None) -> int:
    if told is not None and told.isdigit() and 0 < int(told) < 10:
        return int(told)
    return system(name).dimension if name and system(name).code else 2


def _numbers(texts: list[str], counts: Ints) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """All numbers in a row; elements with what is no number count as zeros."""
    total = int(counts.sum())
    values = _parsed(" ".join(texts))
    good = np.ones(len(texts), dtype=bool)
    if len(values) == total and np.isfinite(values).all():
        return values, good
    pieces = []
    for at, text in enumerate(texts):
        one = _parsed(text)
        if len(one) != counts[at] or not np.isfinite(one).all():
            good[at] = False
            one = np.zeros(counts[at])
        pieces.append(one)
    return np.concatenate(pieces) if pieces else np.empty(0), good


def _parsed(text: str) -> Floats:
    """The numbers in a text; none where there is anything else (older numpy only warned)."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        try:
            return np.fromstring(text, dtype=np.float64, sep=" ")
        except (ValueError, DeprecationWarning):
            return np.empty(0)


def _points(
    values: Floats, counts: Ints, dimensions: Ints, ok: npt.NDArray[np.bool_]
) -> tuple[Floats, Ints]:
    """The first two ordinates of each point, and where each element's points begin."""
    sizes = np.where(ok, counts // dimensions, 0)
    offsets = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(sizes, out=offsets[1:])
    if ok.all() and (dimensions == 2).all():
        return values.reshape(-1, 2), offsets
    starts = np.zeros(len(counts) + 1, dtype=np.int64)
    np.cumsum(counts, out=starts[1:])
    owner = np.repeat(np.arange(len(counts)), sizes)
    rank = np.arange(len(owner)) - offsets[owner]
    first = starts[owner] + rank * dimensions[owner]
    if not len(first):
        return np.empty((0, 2)), offsets
    second = np.minimum(first + 1, len(values) - 1)
    return np.column_stack([values[first], values[second]]), offsets


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
        known = seen.bounds.get(code)
        seen.bounds[code] = united(known, box) if known else box
        if not inside(code, box) and not swapped_fits(code, box):
            _outliers(sheet, run, code)


def united(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """The bounds of both."""
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )


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
    points, _ = _gathered(run.points, sizes, whole)
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


def _ranks(owner: Ints) -> Ints:
    """Numbers without gaps for sorted owners."""
    return np.cumsum(np.r_[0, np.diff(owner) != 0]) if len(owner) else owner


@dataclass(slots=True)
class _Rings:
    """Rings of polygons: coordinates one ring behind the other, each ring's polygon, whether
    it is a hole, and the sum twice its signed area (counter-clockwise positive).
    """

    points: list[Floats] = field(default_factory=list)
    sizes: list[Ints] = field(default_factory=list)
    owners: list[Ints] = field(default_factory=list)
    holes: list[npt.NDArray[np.bool_]] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)


def _areas(sheet: Sheet, area: Column, runs: list[Run], seen: Seen) -> None:
    """Closure, direction, validity and size of polygons or patches."""
    rings = _Rings()
    for run in runs:
        _rings(sheet, run, rings)
    if not rings.points:
        return
    owners, holes = np.concatenate(rings.owners), np.concatenate(rings.holes)
    points, sizes = np.concatenate(rings.points), np.concatenate(rings.sizes)
    order = np.lexsort((np.arange(len(owners)), holes, owners))
    kept = order[~np.isin(owners[order], list(rings.broken))]
    kept = kept[np.isin(owners[kept], owners[kept][~holes[kept]])]
    if not len(kept):
        return
    points, offsets = _gathered(points, sizes, kept)
    whole, first = np.unique(owners[kept], return_index=True)
    groups = np.append(first, len(kept))
    polygons = shapely.from_ragged_array(_POLYGON, points, (offsets, groups))
    _valid(sheet, area, polygons, whole)
    _multi(sheet, area, polygons, whole)
    role = role_of(area)
    if role is not None:
        names = inherited(area, "srsName", sheet.default_srs)
        codes = [system(one).code if one else None for one in names]
        if role == PARCEL:
            seen.sizes.append(sizes_of(area, whole, polygons, codes))
        seen.drawn.append(rows(sheet, area, role, whole, polygons, codes))
    _outline(sheet, area, points, offsets[np.column_stack([first, first + 1])], whole, seen)


def _gathered(points: Floats, sizes: Ints, kept: Ints) -> tuple[Floats, Ints]:
    """The points of some rings, in their order, and where each begins."""
    starts = np.zeros(len(sizes) + 1, dtype=np.int64)
    np.cumsum(sizes, out=starts[1:])
    offsets = np.zeros(len(kept) + 1, dtype=np.int64)
    np.cumsum(sizes[kept], out=offsets[1:])
    if np.array_equal(kept, np.arange(len(sizes))):
        return points, offsets
    shift = np.repeat(starts[kept] - offsets[:-1], sizes[kept])
    return points[np.arange(offsets[-1]) + shift], offsets


def _rings(sheet: Sheet, run: Run, rings: _Rings) -> None:
    """Add the rings that are whole; tell of the others, and of those drawn the wrong way."""
    parent = run.column.parent
    assert parent is not None
    hole = parent.local != "exterior"
    sizes = np.diff(run.offsets)
    owners = np.asarray(parent.owners, dtype=np.int64)[run.column.owners]
    few = run.ok & (sizes < 4)
    if few.any():
        sheet.report(TOO_FEW, run.column, np.flatnonzero(few).tolist())
    enough = np.flatnonzero(run.ok & (sizes >= 4))
    first, last = run.points[run.offsets[enough]], run.points[run.offsets[enough + 1] - 1]
    closed = (first == last).all(axis=1)
    if not closed.all():
        sheet.report(OPEN, run.column, enough[~closed].tolist())
    whole = enough[closed]
    rings.broken.update(np.setdiff1d(owners, owners[whole]).tolist())
    lost = np.setdiff1d(np.arange(len(sizes)), whole)
    rings.broken.update(owners[lost].tolist())
    if not len(whole):
        return
    points, offsets = _gathered(run.points, sizes, whole)
    doubled = _twice_area(points, offsets)
    wrong = whole[doubled > 0 if hole else doubled < 0].tolist()
    if wrong:
        kind = "interior" if hole else "exterior"
        sheet.report(WINDING, run.column, wrong, f"the {kind} ring is drawn the wrong way")
    rings.points.append(points)
    rings.sizes.append(sizes[whole])
    rings.owners.append(owners[whole])
    rings.holes.append(np.full(len(whole), hole))


def _twice_area(points: Floats, offsets: Ints) -> Floats:
    """Signed double area of closed rings, reckoned from each ring's first point."""
    starts = offsets[:-1]
    base = np.repeat(points[starts], np.diff(offsets), axis=0)
    x, y = (points - base).T
    cross = np.zeros(len(points))
    cross[:-1] = x[:-1] * y[1:] - x[1:] * y[:-1]
    cross[offsets[1:] - 1] = 0.0
    found: Floats = np.add.reduceat(cross, starts)
    return found


def _valid(sheet: Sheet, area: Column, polygons: Any, whole: Ints) -> None:
    zero = np.flatnonzero(shapely.area(polygons) == 0)
    zero = zero[shapely.area(shapely.convex_hull(polygons[zero])) == 0]  # no figure of eight
    if len(zero):
        sheet.report(ZERO, area, whole[zero].tolist())
    bad = np.setdiff1d(np.flatnonzero(~shapely.is_valid(polygons)), zero)
    if len(bad):
        reasons = shapely.is_valid_reason(polygons[bad])
        sheet.report(INVALID, area, whole[bad].tolist(), values=list(reasons))


def _multi(sheet: Sheet, area: Column, polygons: Any, whole: Ints) -> None:
    """Parts of a MultiSurface that overlap."""
    above, groups = area, whole
    while above.parent is not None and above.local != "MultiSurface":
        groups = np.asarray(above.owners, dtype=np.int64)[groups]
        above = above.parent
        if not above.name.startswith(_PREFIX):
            return
    if above.local != "MultiSurface" or area.local == "PolygonPatch":
        return
    several, counts = np.unique(groups, return_counts=True)
    keep = np.flatnonzero(np.isin(groups, several[counts > 1]))
    keep = keep[np.argsort(groups[keep], kind="stable")]
    if not len(keep):
        return
    parts = polygons[keep]
    chosen = np.unique(groups[keep])
    ranks = _ranks(groups[keep])
    multis = shapely.multipolygons(parts, indices=ranks)
    unfit = np.unique(ranks[~shapely.is_valid(parts)])
    bad = np.setdiff1d(np.flatnonzero(~shapely.is_valid(multis)), unfit)
    if len(bad):
        reasons = shapely.is_valid_reason(multis[bad])
        sheet.report(INVALID, above, chosen[bad].tolist(), values=list(reasons))


def _outline(
    sheet: Sheet, area: Column, points: Floats, shells: Ints, whole: Ints, seen: Seen
) -> None:
    """Fingerprints of the outlines, to find the same ones across the whole set."""
    top, members, ids = sheet.features_of(area)
    marks = _fingerprints(points, shells)
    seen.outlines.append(
        {
            "fingerprint": marks,
            "type": f"{top.local} {area.path}",
            "id": [ids[at] for at in whole.tolist()],
            "offset": sheet.offset_of(members[whole]),
        }
    )


def _fingerprints(points: Floats, shells: Ints) -> Ints:
    """A number of 64 bits for each row of points: a sum of its ordinates' bits, each mixed
    with its rank (splitmix64).
    """
    sizes = shells[:, 1] - shells[:, 0]
    chosen = np.repeat(shells[:, 0] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
    rank = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    bits = np.ascontiguousarray(points[chosen] + 0.0).view(np.uint64)
    mixed = mixed_bits(bits[:, 0], 2 * rank) ^ mixed_bits(bits[:, 1], 2 * rank + 1)
    found: Ints = np.add.reduceat(mixed, np.cumsum(sizes) - sizes).view(np.int64)
    return found
