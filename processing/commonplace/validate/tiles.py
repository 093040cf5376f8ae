"""Objects with their geometries, dealt out to tiles on disk, each with as much of its
neighbours as reaches into it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.bounds import Bounds, united
from commonplace.spool import read_table
from commonplace.validate.traces import SCHEMAS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

MOST_SIDE: Final = 8  # 64 tiles: as many files are written at once
TILE_OBJECTS: Final = 4000


@dataclass(frozen=True, slots=True)
class Tile:
    """Objects of some roles in one file and CRS that reach into a square.

    ``box`` is the square, without end where nothing lies beyond it; ``roles`` are all that
    the file has.
    """

    rows: pa.Table
    shapes: Any
    bounds: Floats
    box: Bounds
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


@dataclass(slots=True)
class Group:
    """Objects of one file and CRS: how many, and their bounds."""

    file: int
    code: str
    roles: set[str] = field(default_factory=set)
    count: int = 0
    box: Bounds = (math.inf, math.inf, -math.inf, -math.inf)

    def has(self, roles: Sequence[str]) -> bool:
        """There is something of each role."""
        return all(any(one.startswith(role) for one in self.roles) for role in roles)

    @property
    def side(self) -> int:
        """Tiles along each side."""
        return max(1, min(MOST_SIDE, math.ceil(math.sqrt(self.count / TILE_OBJECTS))))


def groups_of(files: Sequence[Path], roles: Sequence[str]) -> list[Group]:
    """The objects of some roles, by file and CRS."""
    found: dict[tuple[int, str], Group] = {}
    for path in files:
        table = _of_roles(read_table(path), roles)
        for code in pc.unique(table.column("code")).to_pylist():
            rows = table.filter(pc.equal(table.column("code"), code))
            file = rows.column("file")[0].as_py()
            group = found.setdefault((file, code), Group(file, code))
            group.count += len(rows)
            group.roles |= set(pc.unique(rows.column("role")).to_pylist())
            low = [pc.min(rows.column(name)).as_py() for name in ("xmin", "ymin")]
            high = [pc.max(rows.column(name)).as_py() for name in ("xmax", "ymax")]
            group.box = united(group.box, (*low, *high))
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


def tiles_of(
    files: Sequence[Path], roles: Sequence[str], group: Group, folder: Path
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


def _dealt(table: pa.Table, group: Group, side: int) -> Iterator[tuple[int, pa.Table]]:
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


def _index(group: Group, side: int, axis: int, values: Floats) -> Ints:
    low, size = group.box[axis], (group.box[axis + 2] - group.box[axis]) / side
    if size <= 0:
        return np.zeros(len(values), dtype=np.int64)
    found: Ints = np.clip(np.floor((values - low) / size), 0, side - 1).astype(np.int64)
    return found


def _box(group: Group, side: int, number: int) -> Bounds:
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
