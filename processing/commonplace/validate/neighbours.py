"""Rules that compare the geometries of several objects: overlaps, crossings, being inside.

What chunks kept of geometries (:mod:`commonplace.validate.drawn`) is dealt out to tiles on
disk, each with as much of its neighbours as reaches into it; tiles are looked at one after
the other, so that memory depends on a tile's size. A pair belongs to the tile that holds
the lower left corner of what the two bounds share: it is found once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.crs import to_lonlat
from commonplace.report import Finding
from commonplace.spool import read_table
from commonplace.validate.drawn import BOUNDARY, CONDOMINIUM, PARCEL, UNIT
from commonplace.validate.rules import ERROR, WARNING, Rule
from commonplace.validate.traces import SCHEMAS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

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

MOST_SIDE: Final = 8  # 64 tiles: as many files are written at once
TILE_OBJECTS: Final = 4000
LEAST_SHARE: Final = 1e-4  # of the smaller one's area; less is rounding
EXAMPLES: Final = 20


@dataclass(frozen=True, slots=True)
class Tile:
    """Objects of some roles in one file and CRS that reach into a square.

    ``box`` is the square, without end where nothing lies beyond it; ``roles`` are all that
    the file has.
    """

    rows: pa.Table
    shapes: Any
    bounds: Floats
    box: tuple[float, float, float, float]
    roles: frozenset[str]

    def of(self, role: str) -> Ints:
        """Numbers of the rows of a role, or of all modes of one."""
        roles = self.rows.column("role")
        found: Ints = np.flatnonzero(pc.starts_with(roles, role).to_numpy(zero_copy_only=False))
        return found

    def holds(self, x: Floats, y: Floats) -> npt.NDArray[np.bool_]:
        """Points that belong to this tile."""
        xmin, ymin, xmax, ymax = self.box
        found: npt.NDArray[np.bool_] = (x >= xmin) & (x < xmax) & (y >= ymin) & (y < ymax)
        return found


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
        groups = [one for one in _groups(files, roles) if one.has(needed)]
        for number, group in enumerate(groups):
            counted: dict[str, int] = {}
            folder = work / "tiles" / f"{rule.code}-{number}"
            for tile in _tiles(files, roles, group, folder):
                for breach in rule_of(tile):
                    yield from _told(rule, tile, breach, group, names, counted)
            for path, count in counted.items():
                if count > EXAMPLES:
                    rest = count - EXAMPLES
                    yield rule.finding(names[group.file], attribute=path, count=rest)


@dataclass(slots=True)
class _Group:
    """Objects of one file and CRS: how many, and their bounds."""

    file: int
    code: str
    roles: set[str] = field(default_factory=set)
    count: int = 0
    box: tuple[float, float, float, float] = (math.inf, math.inf, -math.inf, -math.inf)

    def has(self, roles: Sequence[str]) -> bool:
        """There is something of each role."""
        return all(any(one.startswith(role) for one in self.roles) for role in roles)

    @property
    def side(self) -> int:
        """Tiles along each side."""
        return max(1, min(MOST_SIDE, math.ceil(math.sqrt(self.count / TILE_OBJECTS))))


def _groups(files: Sequence[Path], roles: Sequence[str]) -> list[_Group]:
    found: dict[tuple[int, str], _Group] = {}
    for path in files:
        table = _of_roles(read_table(path), roles)
        for code in pc.unique(table.column("code")).to_pylist():
            rows = table.filter(pc.equal(table.column("code"), code))
            file = rows.column("file")[0].as_py()
            group = found.setdefault((file, code), _Group(file, code))
            group.count += len(rows)
            group.roles |= set(pc.unique(rows.column("role")).to_pylist())
            low = [pc.min(rows.column(name)).as_py() for name in ("xmin", "ymin")]
            high = [pc.max(rows.column(name)).as_py() for name in ("xmax", "ymax")]
            box = group.box
            group.box = (
                min(box[0], low[0]),
                min(box[1], low[1]),
                max(box[2], high[0]),
                max(box[3], high[1]),
            )
    return [one for _, one in sorted(found.items())]


def _of_roles(table: pa.Table, roles: Sequence[str]) -> pa.Table:
    """The rows of some roles, dictionaries written out."""
    plain = table.cast(PLAIN)
    mask = None
    for role in roles:
        one = pc.starts_with(plain.column("role"), role)
        mask = one if mask is None else pc.or_(mask, one)
    return plain.filter(mask)


PLAIN: Final = pa.schema(
    [
        pa.field(one.name, pa.string() if pa.types.is_dictionary(one.type) else one.type)
        for one in SCHEMAS["shapes"]
    ]
)


def _tiles(
    files: Sequence[Path], roles: Sequence[str], group: _Group, folder: Path
) -> Iterator[Tile]:
    """The objects of a group, tile by tile; written to ``folder`` where there are several."""
    side = group.side
    writers: dict[int, pa.RecordBatchWriter] = {}
    folder.mkdir(parents=True, exist_ok=True)
    try:
        for path in files:
            table = _of_roles(read_table(path), roles)
            mine = pc.and_(
                pc.equal(table.column("code"), group.code),
                pc.equal(table.column("file"), group.file),
            )
            table = table.filter(mine)
            for number, rows in _dealt(table, group, side):
                if number not in writers:
                    target = str(folder / f"{number:03d}.arrow")
                    writers[number] = pa.ipc.new_file(target, PLAIN)
                writers[number].write_table(rows)
    finally:
        for one in writers.values():
            one.close()
    for number in sorted(writers):
        path = folder / f"{number:03d}.arrow"
        rows = read_table(path)
        shapes = shapely.from_wkb(rows.column("shape").to_numpy())
        bounds = np.column_stack([rows.column(one) for one in ("xmin", "ymin", "xmax", "ymax")])
        yield Tile(rows, shapes, bounds, _box(group, side, number), frozenset(group.roles))
        path.unlink()


def _dealt(table: pa.Table, group: _Group, side: int) -> Iterator[tuple[int, pa.Table]]:
    """Rows by the tiles that they reach into."""
    if not len(table):
        return
    lows, highs = [], []
    for axis, low, high in ((0, "xmin", "xmax"), (1, "ymin", "ymax")):
        lows.append(_index(group, side, axis, table.column(low).to_numpy()))
        highs.append(_index(group, side, axis, table.column(high).to_numpy()))
    for row in range(int(lows[1].min()), int(highs[1].max()) + 1):
        for column in range(int(lows[0].min()), int(highs[0].max()) + 1):
            mask = (lows[0] <= column) & (highs[0] >= column) & (lows[1] <= row) & (highs[1] >= row)
            if mask.any():
                yield row * side + column, table.filter(pa.array(mask))


def _index(group: _Group, side: int, axis: int, values: Floats) -> Ints:
    low, size = group.box[axis], (group.box[axis + 2] - group.box[axis]) / side
    if size <= 0:
        return np.zeros(len(values), dtype=np.int64)
    found: Ints = np.clip(np.floor((values - low) / size), 0, side - 1).astype(np.int64)
    return found


def _box(group: _Group, side: int, number: int) -> tuple[float, float, float, float]:
    """A tile's square; the outermost ones have no end."""
    edges = []
    for axis, at in ((0, number % side), (1, number // side)):
        low, size = group.box[axis], (group.box[axis + 2] - group.box[axis]) / side
        edges.append(
            (
                -math.inf if at == 0 else low + at * size,
                math.inf if at == side - 1 else low + (at + 1) * size,
            )
        )
    (xmin, xmax), (ymin, ymax) = edges
    return xmin, ymin, xmax, ymax


def _told(
    rule: Rule,
    tile: Tile,
    breach: Breach,
    group: _Group,
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
