"""Tile matrix sets (OGC 17-083r4): where the tiles of each level lie.

A set is read from the definition that a server publishes; the two that nearly all have are
known here as well. Rows of different widths (``variableMatrixWidths``) are not read.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import CrsUnknown, MalformedAnswer, SourceError
from commonplace.sources.crsname import CRS84, northing_first, parsed

PIXEL: Final = 0.00028  # metres, of the standard's rendering device
RADIUS: Final = 6_378_137.0
WEB_MERCATOR: Final = "WebMercatorQuad"
WORLD_CRS84: Final = "WorldCRS84Quad"
LEVELS: Final = 25
TILE: Final = 256
_NORTHING: Final = frozenset({"y", "n", "lat", "latitude", "north", "northing"})


@dataclass(frozen=True, slots=True)
class Block:
    """A rectangle of tiles, its last column and row included."""

    left: int
    top: int
    right: int
    bottom: int

    def __len__(self) -> int:
        return max(0, self.right - self.left + 1) * max(0, self.bottom - self.top + 1)

    def within(self, other: Block) -> Block:
        """What it has in common with another."""
        return Block(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Matrix:
    """One level: ``columns`` × ``rows`` tiles of ``width`` × ``height`` CRS units.

    Rows count down from ``origin`` (x, y), or up where ``upward``. ``scale`` is the
    denominator.
    """

    name: str
    scale: float
    origin: tuple[float, float]
    width: float
    height: float
    columns: int
    rows: int
    upward: bool = False
    pixels: int = TILE

    @property
    def extent(self) -> Bounds:
        x, y = self.origin
        far = y + (1 if self.upward else -1) * self.rows * self.height
        return (x, min(y, far), x + self.columns * self.width, max(y, far))

    @property
    def metres(self) -> float:
        """The width of a tile, about."""
        return self.scale * PIXEL * self.pixels

    def block(self, area: Bounds) -> Block:
        """The tiles that meet an area."""
        x, y = self.origin
        above, below = (area[1] - y, area[3] - y) if self.upward else (y - area[3], y - area[1])
        every = Block(0, 0, self.columns - 1, self.rows - 1)
        return Block(
            math.floor((area[0] - x) / self.width),
            math.floor(above / self.height),
            math.floor((area[2] - x) / self.width),
            math.floor(below / self.height),
        ).within(every)


@dataclass(frozen=True, slots=True)
class MatrixSet:
    """A set: its CRS, and its levels from coarse to fine."""

    name: str
    crs: str
    levels: tuple[Matrix, ...]


def read_matrix_set(document: Any, name: str) -> MatrixSet:
    """The set that a definition states; ``name`` is for messages, and where it states none.

    The draft's words of 2019 (``supportedCRS``, ``tileMatrix``, ``topLeftCorner``) are
    understood too.

    Raises
    ------
    MalformedAnswer
        What is no definition.
    SourceError
        Rows of different widths.
    CrsUnknown
    """
    try:
        crs = crs_of(document.get("crs") or document["supportedCRS"])
        stated = document.get("tileMatrices") or document["tileMatrix"]
        swapped = _northing_first(document.get("orderedAxes"), crs)
        levels = [_matrix(one, crs, swapped=swapped) for one in stated]
        name = str(document.get("id") or document.get("identifier") or name)
    except CrsUnknown:
        raise
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise MalformedAnswer(f"{name} is no tile matrix set as OGC 17-083r4 has it") from error
    if any(one.get("variableMatrixWidths") for one in stated):
        raise SourceError(f"{name} has rows of different widths, which are not read")
    return MatrixSet(name, crs, tuple(sorted(levels, key=lambda one: -one.scale)))


def known_matrix_set(name: str) -> MatrixSet | None:
    """One of the two sets that everyone knows."""
    if name == WEB_MERCATOR:
        half = math.pi * RADIUS
        return _quad(name, "EPSG:3857", (-half, half), 2 * half, 1)
    if name == WORLD_CRS84:
        return _quad(name, CRS84, (-180.0, 90.0), 180.0, 2)
    return None


def _quad(name: str, crs: str, origin: tuple[float, float], size: float, columns: int) -> MatrixSet:
    levels = []
    for level in range(LEVELS):
        width, number = size / 2**level, 2**level
        scale = width / TILE * _metres_per_unit(crs) / PIXEL
        levels.append(Matrix(str(level), scale, origin, width, width, columns * number, number))
    return MatrixSet(name, crs, tuple(levels))


def crs_of(stated: Any) -> str:
    """A CRS as the documents of OGC API Tiles state it: a URI, WKT or PROJJSON, or in an object.

    Raises
    ------
    CrsUnknown
    """
    if isinstance(stated, Mapping):
        stated = stated.get("uri") or stated.get("wkt") or stated
    return identify(stated if isinstance(stated, str) else json.dumps(stated))


def _northing_first(axes: Any, crs: str) -> bool:
    """Whether points are y, x: by the axes that the set names, else by its CRS."""
    if isinstance(axes, Sequence) and not isinstance(axes, str) and axes:
        return str(axes[0]).lower() in _NORTHING
    return northing_first(crs)


def _matrix(stated: Mapping[str, Any], crs: str, *, swapped: bool) -> Matrix:
    scale = float(stated["scaleDenominator"])
    cell = float(stated.get("cellSize") or scale * PIXEL / _metres_per_unit(crs))
    point = stated.get("pointOfOrigin") or stated["topLeftCorner"]
    x, y = float(point[0]), float(point[1])
    pixels = int(stated["tileWidth"])
    return Matrix(
        name=str(stated["id"] if "id" in stated else stated["identifier"]),
        scale=scale,
        origin=(y, x) if swapped else (x, y),
        width=cell * pixels,
        height=cell * int(stated["tileHeight"]),
        columns=int(stated["matrixWidth"]),
        rows=int(stated["matrixHeight"]),
        upward=stated.get("cornerOfOrigin") == "bottomLeft",
        pixels=pixels,
    )


def _metres_per_unit(crs: str) -> float:
    found = parsed(crs)
    factor = float(found.axis_info[0].unit_conversion_factor)
    return factor * RADIUS if found.is_geographic else factor
