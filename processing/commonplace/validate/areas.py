"""Polygons and patches in GML: their rings, validity, parts and outlines."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.validate.columns import GML, Column, mixed_bits
from commonplace.validate.drawn import PARCEL, Seen, role_of, rows, sizes_of
from commonplace.validate.geometry_rules import INVALID, OPEN, TOO_FEW, WINDING, ZERO
from commonplace.validate.ordinates import Floats, Ints, Run, gathered
from commonplace.validate.sheet import Sheet
from commonplace.validate.srs import system
from commonplace.validate.systems import inherited

_POLYGON: Final = shapely.GeometryType.POLYGON
_PREFIX: Final = f"{{{GML}}}"


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


def check(sheet: Sheet, area: Column, runs: list[Run], seen: Seen) -> None:
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
    points, offsets = gathered(points, sizes, kept)
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
    points, offsets = gathered(run.points, sizes, whole)
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


def _ranks(owner: Ints) -> Ints:
    """Numbers without gaps for sorted owners."""
    return np.cumsum(np.r_[0, np.diff(owner) != 0]) if len(owner) else owner


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
