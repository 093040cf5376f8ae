"""Curves in WKB (ISO 13249-3, SQL/MM) become lines: INSPIRE wants linear geometry only.

GEOS knows no curves, so their WKB is rewritten before it is read. Rows with curves are
few; they are walked one by one.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

POINT, LINE, POLYGON, MULTIPOINT, MULTILINE, MULTIPOLYGON, COLLECTION = range(1, 8)
CIRCULAR, COMPOUND, CURVE_POLYGON, MULTICURVE, MULTISURFACE = range(8, 13)
POLYHEDRAL, TIN, TRIANGLE = 15, 16, 17

CURVED: Final = frozenset({CIRCULAR, COMPOUND, CURVE_POLYGON, MULTICURVE, MULTISURFACE})
PATCHED: Final = frozenset({POLYHEDRAL, TIN, TRIANGLE})

_BECOMES: Final = {
    CURVE_POLYGON: POLYGON,
    TRIANGLE: POLYGON,
    MULTICURVE: MULTILINE,
    MULTISURFACE: MULTIPOLYGON,
    POLYHEDRAL: MULTIPOLYGON,
    TIN: MULTIPOLYGON,
}
_DEEPEST: Final = 32
_COARSEST_STEP: Final = math.pi / 4
_MOST_SEGMENTS: Final = 100_000

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A linear geometry: points, rings or members, by its kind."""

    kind: int
    dimension: int
    points: Points | None = None
    rings: tuple[Points, ...] = ()
    members: tuple[_Shape, ...] = ()


class _Reader:
    """A position in WKB; every read is checked against the length."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0
        self.kinds: set[int] = set()

    def header(self) -> tuple[str, int, int, bool]:
        """Byte order, kind, ordinates a point, and whether the last of them is M.

        Raises
        ------
        ValueError
            It is no WKB.
        """
        order = {0: ">", 1: "<"}.get(self._take(1)[0])
        if order is None:
            raise ValueError("no byte order")
        (code,) = struct.unpack(order + "I", self._take(4))
        if code & 0x20000000:
            self._take(4)
        z, m = bool(code & 0x80000000), bool(code & 0x40000000)
        thousands, kind = divmod(code & 0x0FFFFFFF, 1000)
        z, m = z or thousands in (1, 3), m or thousands in (2, 3)
        self.kinds.add(kind)
        return order, kind, 2 + z + m, m

    def count(self, order: str, least_bytes: int) -> int:
        """A number of items, each of which takes some bytes.

        Raises
        ------
        ValueError
            There are more than can be there.
        """
        (number,) = struct.unpack(order + "I", self._take(4))
        if number * least_bytes > len(self._data) - self._at:
            raise ValueError("more items than bytes")
        return int(number)

    def points(self, order: str, number: int, size: int, measured: bool) -> Points:
        raw = np.frombuffer(self._take(8 * size * number), dtype=order + "f8")
        points = raw.reshape(number, size).astype(np.float64)
        return points[:, : size - 1] if measured else points

    def _take(self, number: int) -> bytes:
        taken = self._data[self._at : self._at + number]
        if len(taken) < number:
            raise ValueError("ends too early")
        self._at += number
        return taken


def linearised(wkb: bytes, tolerance: float) -> tuple[bytes, frozenset[int]]:
    """Rewrite WKB without curves, patches and measures.

    Parameters
    ----------
    wkb
        ISO WKB or EWKB, in either byte order.
    tolerance
        The largest distance between a curve and its lines, in the coordinates' unit.

    Returns
    -------
    ISO WKB of simple features, and the geometry kinds that were found in it.

    Raises
    ------
    ValueError
        It is no WKB.

    Notes
    -----
    An arc and the same arc drawn the other way get the same vertices, so neighbours that
    share one still meet.
    """
    reader = _Reader(wkb)
    shape = _read(reader, tolerance, 0)
    return b"".join(_written(shape)), frozenset(reader.kinds)


def _read(reader: _Reader, tolerance: float, depth: int) -> _Shape:
    if depth > _DEEPEST:
        raise ValueError("nested too deep")
    order, kind, size, measured = reader.header()
    dimension = size - measured
    if kind == POINT:
        return _Shape(POINT, dimension, reader.points(order, 1, size, measured))
    if kind in (LINE, CIRCULAR):
        points = reader.points(order, reader.count(order, 8 * size), size, measured)
        line = points if kind == LINE else _arcs(points, tolerance)
        return _Shape(LINE, dimension, line)
    if kind in (POLYGON, TRIANGLE):
        rings = tuple(
            reader.points(order, reader.count(order, 8 * size), size, measured)
            for _ in range(reader.count(order, 4))
        )
        return _Shape(POLYGON, dimension, rings=rings)
    if not (MULTIPOINT <= kind <= MULTISURFACE or kind in (POLYHEDRAL, TIN)):
        raise ValueError(f"no geometry of kind {kind}")
    members = tuple(_read(reader, tolerance, depth + 1) for _ in range(reader.count(order, 5)))
    if kind == COMPOUND:
        return _Shape(LINE, dimension, _joined(members, dimension))
    if kind == CURVE_POLYGON:
        return _Shape(POLYGON, dimension, rings=tuple(_points(one) for one in members))
    return _Shape(_BECOMES.get(kind, kind), dimension, members=members)


def _points(shape: _Shape) -> Points:
    if shape.points is None:
        raise ValueError("a curve was expected")
    return shape.points


def _joined(members: tuple[_Shape, ...], dimension: int) -> Points:
    """The lines of a compound curve as one; where they meet the point stands once."""
    lines = [_points(one) for one in members if len(_points(one))]
    if not lines:
        return np.empty((0, dimension))
    return np.concatenate([lines[0], *(one[1:] for one in lines[1:])])


def _arcs(points: Points, tolerance: float) -> Points:
    """A circular string: start, a point on the arc, end, which starts the next arc …"""
    if len(points) < 3:
        return points
    if len(points) % 2 == 0:
        raise ValueError("an arc without an end")
    arcs = [
        _arc(points[at], points[at + 1], points[at + 2], tolerance)[1:]
        for at in range(0, len(points) - 2, 2)
    ]
    return np.concatenate([points[:1], *arcs])


def _arc(start: Points, through: Points, end: Points, tolerance: float) -> Points:
    if (end[0], end[1]) < (start[0], start[1]):
        return _arc(end, through, start, tolerance)[::-1]
    circle = _circle(start, through, end)
    if circle is None:
        return np.stack([start, through, end])
    x, y, radius, first, middle, sweep = circle
    share = min(1.0, tolerance / radius) if radius > 0 else 1.0
    step = min(2 * math.acos(1 - share), _COARSEST_STEP)
    number = min(max(2, math.ceil(abs(sweep) / step)), _MOST_SEGMENTS)
    turned = sweep * np.arange(number + 1) / number
    result = np.empty((number + 1, len(start)))
    result[:, 0] = x + radius * np.cos(first + turned)
    result[:, 1] = y + radius * np.sin(first + turned)
    if len(start) > 2:
        at = np.abs([0.0, middle, sweep])
        result[:, 2] = np.interp(np.abs(turned), at, [start[2], through[2], end[2]])
    result[0], result[-1] = start, end
    return result


def _circle(
    start: Points, through: Points, end: Points
) -> tuple[float, float, float, float, float, float] | None:
    """Centre, radius, first angle, and the turns to ``through`` and ``end``; None for a line.

    Where start and end are the same it is a whole circle, ``through`` opposite.
    """
    bx, by = through[0] - start[0], through[1] - start[1]
    cx, cy = end[0] - start[0], end[1] - start[1]
    if cx == 0 and cy == 0:
        ux, uy, turn = bx / 2, by / 2, 2 * math.pi
        first = math.atan2(-uy, -ux)
        return start[0] + ux, start[1] + uy, math.hypot(ux, uy), first, math.pi, turn
    bb, cc = bx * bx + by * by, cx * cx + cy * cy
    twice = 2 * (bx * cy - by * cx)
    if abs(twice) <= 1e-12 * (bb + cc):
        return None
    ux, uy = (cy * bb - by * cc) / twice, (bx * cc - cx * bb) / twice
    first = math.atan2(-uy, -ux)
    sign = 1 if twice > 0 else -1
    middle, last = (
        sign * ((sign * (math.atan2(y - uy, x - ux) - first)) % (2 * math.pi))
        for x, y in ((bx, by), (cx, cy))
    )
    return start[0] + ux, start[1] + uy, math.hypot(ux, uy), first, middle, last


def _written(shape: _Shape) -> list[bytes]:
    code = shape.kind + (1000 if shape.dimension == 3 else 0)
    pieces = [struct.pack("<BI", 1, code)]
    if shape.kind == POINT:
        return [*pieces, _points(shape).astype("<f8").tobytes()]
    if shape.kind == LINE:
        return [*pieces, *_counted(_points(shape))]
    if shape.kind == POLYGON:
        pieces.append(struct.pack("<I", len(shape.rings)))
        return pieces + [piece for ring in shape.rings for piece in _counted(ring)]
    pieces.append(struct.pack("<I", len(shape.members)))
    return pieces + [piece for member in shape.members for piece in _written(member)]


def _counted(points: Points) -> list[bytes]:
    return [struct.pack("<I", len(points)), points.astype("<f8").tobytes()]
