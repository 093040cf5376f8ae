"""Rules that compare the geometries of several objects: overlaps, crossings, being inside.

What chunks kept of geometries (:mod:`commonplace.validate.drawn`) is dealt out to tiles on
disk, each with as much of its neighbours as reaches into it; tiles are looked at one after
the other, so that memory depends on a tile's size. A pair belongs to the tile that holds
the lower left corner of what the two bounds share: it is found once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import shapely

from commonplace.crs import to_lonlat
from commonplace.report import Finding
from commonplace.validate.drawn import BOUNDARY, CONDOMINIUM, PARCEL, UNIT
from commonplace.validate.rules import ERROR, WARNING, Rule
from commonplace.validate.tiles import Group, Ints, Tile, groups_of, tiles_of

AU_OVERLAP: Final = Rule(
    "AU_OVERLAP",
    ERROR,
    "administrative units of one level that share an area",
    "IR Annex I 4.2 (same level, no common areas); ETS au-dc.g.1",
    "correct the boundary that the two have in common",
)
AU_CONDOMINIUM: Final = Rule(
    "AU_CONDOMINIUM_IN_UNIT",
    ERROR,
    "a condominium whose extent is part of an administrative unit's geometry",
    "IR Annex I 4.2 (condominium no part of a unit); ETS au-dc.e.1",
    "take the condominium's area out of the unit's geometry",
)
AU_BOUNDARY: Final = Rule(
    "AU_BOUNDARY_CROSSES",
    ERROR,
    "administrative boundaries that cross or run along each other",
    "IR Annex I 4.2 (boundary is an edge of the boundary graph); ETS au-dc.f.1",
    "split the boundaries where they meet",
)
CP_OVERLAP: Final = Rule(
    "CP_PARCEL_OVERLAP",
    WARNING,
    "cadastral parcels that share an area",
    "D2.8.I.6, recommendation on topological overlaps",
    "correct the boundary that the two have in common",
)
TN_OUTSIDE: Final = Rule(
    "TN_OUTSIDE_AREA",
    WARNING,
    "a link or node that lies in none of the areas of its mode, though the file has such areas: "
    "links and nodes lie inside the area of the same object",
    "IR Annex I 7.9 (centreline and node inside the area); ETS tn-dc.a.1 to a.4",
    "correct the geometry, if the object has an area; ignore it, if not",
)

RULES: Final = (AU_OVERLAP, AU_CONDOMINIUM, AU_BOUNDARY, CP_OVERLAP, TN_OUTSIDE)

LEAST_SHARE: Final = 1e-4  # of the smaller one's area; less is rounding
EXAMPLES: Final = 20


@dataclass(frozen=True, slots=True)
class Breach:
    """Row ``one`` of a tile breaks a rule, with row ``other`` (-1: with none) at a point."""

    one: int
    other: int
    message: str
    point: tuple[float, float]


Check = Callable[[Tile], Iterator[Breach]]


def check(work: Path, names: Sequence[str]) -> Iterator[Finding]:
    """Findings over all files; ``names`` are the files' by number."""
    files = sorted((work / "shapes").glob("*.arrow"))
    if not files:
        return
    for rule, roles, needed, rule_of in _CHECKS:
        groups = [one for one in groups_of(files, roles) if one.has(needed)]
        for number, group in enumerate(groups):
            counted: dict[str, int] = {}
            folder = work / "tiles" / f"{rule.code}-{number}"
            for tile in tiles_of(files, roles, group, folder):
                for breach in rule_of(tile):
                    yield from _told(rule, tile, breach, group, names, counted)
            for path, count in counted.items():
                if count > EXAMPLES:
                    rest = count - EXAMPLES
                    yield rule.finding(names[group.file], attribute=path, count=rest)


def _told(
    rule: Rule,
    tile: Tile,
    breach: Breach,
    group: Group,
    names: Sequence[str],
    counted: dict[str, int],
) -> Iterator[Finding]:
    row = {name: tile.rows.column(name)[breach.one].as_py() for name in _TOLD}
    path = f"{row['type']}.{_PROPERTY.get(row['role'].split()[0], 'geometry')}"
    counted[path] = counted.get(path, 0) + 1
    if counted[path] > EXAMPLES:
        return
    other = None if breach.other < 0 else f"#{tile.rows.column('id')[breach.other].as_py()}"
    yield rule.finding(
        names[group.file],
        breach.message if other is None else breach.message.format(other),
        feature=row["id"] or None,
        attribute=path,
        value=other,
        line=row["line"],
        offset=row["offset"],
        place=_place(group.code, breach.point),
    )


_TOLD: Final = ("id", "type", "role", "line", "offset")
_PROPERTY: Final = {"link": "centrelineGeometry"}


def _place(code: str, point: tuple[float, float]) -> tuple[float, float] | None:
    if not code:
        return None
    longitude, latitude = to_lonlat(code, np.array([point]))[0]
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        return None
    return round(float(longitude), 6), round(float(latitude), 6)


# -- the rules ---------------------------------------------------------------------------


def _pairs(tile: Tile, ones: Ints, others: Ints) -> tuple[Ints, Ints]:
    """Pairs of rows that meet with their interiors, each in one tile only."""
    if not len(ones) or not len(others):
        return ones[:0], others[:0]
    tree = shapely.STRtree(tile.shapes[others])
    left, right = tree.query(tile.shapes[ones], predicate="intersects")
    left, right = ones[left], others[right]
    if ones is others:
        left, right = left[left < right], right[left < right]
    ids = tile.rows.column("id").to_numpy()
    corner = np.maximum(tile.bounds[left, :2], tile.bounds[right, :2])
    keep = (ids[left] != ids[right]) & tile.holds(corner[:, 0], corner[:, 1])
    left, right = left[keep], right[keep]
    apart = shapely.touches(tile.shapes[left], tile.shapes[right])
    return left[~apart], right[~apart]


def _shared(tile: Tile, left: Ints, right: Ints, message: str) -> Iterator[Breach]:
    """Pairs whose areas have more in common than rounding makes."""
    common = shapely.intersection(tile.shapes[left], tile.shapes[right])
    areas = shapely.area(common)
    smaller = np.minimum(shapely.area(tile.shapes[left]), shapely.area(tile.shapes[right]))
    for at in np.flatnonzero(areas > LEAST_SHARE * smaller).tolist():
        point = shapely.point_on_surface(common[at])
        share = f"{areas[at] / smaller[at]:.1%}"
        text = f"it shares an area with {{}} ({share} of the smaller one); {message}"
        yield Breach(int(left[at]), int(right[at]), text, (point.x, point.y))


def _units(tile: Tile) -> Iterator[Breach]:
    rows = tile.of(UNIT)
    left, right = _pairs(tile, rows, rows)
    levels = tile.rows.column("level").to_numpy()
    same = (levels[left] == levels[right]) & (levels[left] != "")
    yield from _shared(tile, left[same], right[same], "both are of one level")


def _condominiums(tile: Tile) -> Iterator[Breach]:
    left, right = _pairs(tile, tile.of(CONDOMINIUM), tile.of(UNIT))
    yield from _shared(tile, left, right, "a condominium belongs to no unit's geometry")


def _parcels(tile: Tile) -> Iterator[Breach]:
    rows = tile.of(PARCEL)
    left, right = _pairs(tile, rows, rows)
    yield from _shared(tile, left, right, "both are current")


def _boundaries(tile: Tile) -> Iterator[Breach]:
    rows = tile.of(BOUNDARY)
    left, right = _pairs(tile, rows, rows)
    for one, other in zip(left.tolist(), right.tolist(), strict=True):
        common = shapely.intersection(tile.shapes[one], tile.shapes[other])
        point = shapely.point_on_surface(common)
        yield Breach(one, other, "it meets {} elsewhere than at its ends", (point.x, point.y))


def _inside(tile: Tile) -> Iterator[Breach]:
    """Links and nodes of a mode against the areas of that mode."""
    first = np.column_stack([tile.rows.column("x0"), tile.rows.column("y0")])
    roles = tile.rows.column("role").to_numpy()
    for mode in sorted(one.split()[1] for one in tile.roles if one.startswith("area ")):
        areas = np.flatnonzero(roles == f"area {mode}")
        mine = np.flatnonzero((roles == f"link {mode}") | (roles == f"node {mode}"))
        mine = mine[tile.holds(first[mine, 0], first[mine, 1])]
        if not len(mine):
            continue
        whole = shapely.union_all(tile.shapes[areas])
        shapely.prepare(whole)
        away = mine[~shapely.covers(whole, tile.shapes[mine])]
        for one in away.tolist():
            message = f"it lies in none of the file's areas of its mode ({mode})"
            yield Breach(one, -1, message, (float(first[one, 0]), float(first[one, 1])))


_CHECKS: Final[tuple[tuple[Rule, tuple[str, ...], tuple[str, ...], Check], ...]] = (
    (AU_OVERLAP, (UNIT,), (UNIT,), _units),
    (AU_CONDOMINIUM, (CONDOMINIUM, UNIT), (CONDOMINIUM, UNIT), _condominiums),
    (AU_BOUNDARY, (BOUNDARY,), (BOUNDARY,), _boundaries),
    (CP_OVERLAP, (PARCEL,), (PARCEL,), _parcels),
    (TN_OUTSIDE, ("area", "link", "node"), ("area",), _inside),
)
