"""A layer as a small picture: sampled, simplified, on a grid of whole numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.bounds import Bounds

WIDE: Final = 1_000  # units along the longer side
MOST: Final = 1_500
DOT: Final = 3.0  # smaller areas and lines are drawn as dots


@dataclass(frozen=True, slots=True)
class Drawing:
    """A map as SVG path data, y downwards.

    Parameters
    ----------
    bounds
        (xmin, ymin, xmax, ymax) in the geometries' CRS; None where nothing was drawn.
    width, height
        Of the picture, in its own units.
    drawn, total
        How many geometries are in it, and how many there were to choose from.
    areas, lines, points
        Path data (SVG 1.1, section 8.3) of each kind, empty where there are none.
    """

    bounds: Bounds | None = None
    width: int = WIDE
    height: int = WIDE
    drawn: int = 0
    total: int = 0
    areas: str = ""
    lines: str = ""
    points: str = ""

    def at(self, x: float, y: float) -> tuple[float, float] | None:
        """Where a place lies in the picture; None outside it."""
        if self.bounds is None:
            return None
        xmin, ymin, xmax, ymax = self.bounds
        if not (xmin <= x <= xmax and ymin <= y <= ymax):
            return None
        across = (x - xmin) / (xmax - xmin) if xmax > xmin else 0.5
        down = (ymax - y) / (ymax - ymin) if ymax > ymin else 0.5
        return across * self.width, down * self.height


def draw(geometries: npt.NDArray[Any], limit: int = MOST) -> Drawing:
    """Draw at most ``limit`` geometries, spread evenly over the rows.

    Parameters
    ----------
    geometries
        Shapely geometries of one CRS, x before y. Degrees are recognised by their range,
        and stretched as an equirectangular map at their middle latitude.
    """
    given = np.asarray(geometries, dtype=object)
    present = given[np.isfinite(shapely.bounds(given)).all(axis=1)]
    if len(present) == 0:
        return Drawing()
    step = max(1, -(-len(present) // limit))
    chosen = shapely.force_2d(present[::step])
    xmin, ymin, xmax, ymax = (float(one) for one in shapely.total_bounds(chosen))
    across = (xmax - xmin) * _stretch(xmin, ymin, xmax, ymax)
    down = ymax - ymin
    longest = max(across, down) or 1.0
    width = max(1, round(WIDE * (across / longest if across else 0.3)))
    height = max(1, round(WIDE * (down / longest if down else 0.3)))
    scale = np.array(
        [width / (xmax - xmin) if xmax > xmin else 0.0, height / (ymax - ymin) if down else 0.0]
    )
    middle = np.array([0.0 if xmax > xmin else width / 2, 0.0 if down else height / 2])

    def onto_picture(xy: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        moved: npt.NDArray[np.float64] = (
            np.column_stack([xy[:, 0] - xmin, ymax - xy[:, 1]]) * scale + middle
        )
        return moved

    parts = shapely.get_parts(shapely.get_parts(shapely.transform(chosen, onto_picture)))
    areas, lines, points = _by_kind(shapely.simplify(parts, 0.7, preserve_topology=False), parts)
    return Drawing(
        bounds=(xmin, ymin, xmax, ymax),
        width=width,
        height=height,
        drawn=len(chosen),
        total=len(present),
        areas=_path(shapely.get_rings(shapely.get_parts(areas)), closed=True),
        lines=_path(lines, closed=False),
        points=_dots(points),
    )


def _stretch(xmin: float, ymin: float, xmax: float, ymax: float) -> float:
    degrees = max(-xmin, xmax) <= 180 and max(-ymin, ymax) <= 90
    return float(np.cos(np.radians((ymin + ymax) / 2))) if degrees else 1.0


def _by_kind(
    simple: npt.NDArray[Any], parts: npt.NDArray[Any]
) -> tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]:
    """Areas, lines, and as points what is a point or too small to see."""
    dimension = shapely.get_dimensions(parts)
    box = shapely.bounds(parts)
    small = np.maximum(box[:, 2] - box[:, 0], box[:, 3] - box[:, 1]) < DOT
    gone = shapely.is_empty(simple)
    dot = (dimension == 0) | small | gone
    return simple[(dimension == 2) & ~dot], simple[(dimension == 1) & ~dot], parts[dot]


def _path(lines: npt.NDArray[Any], *, closed: bool) -> str:
    """Relative moves in whole units; as short as a path gets."""
    pieces = []
    for line in lines:
        xy = np.rint(shapely.get_coordinates(line)).astype(int)
        steps = np.diff(xy, axis=0)
        steps = steps[np.any(steps != 0, axis=1)]
        if closed:
            steps = steps[:-1]
        if len(steps):
            moves = " ".join(f"{x} {y}" for x, y in steps.tolist())
            pieces.append(f"M{xy[0, 0]} {xy[0, 1]}l{moves}{'z' if closed else ''}")
    return "".join(pieces)


def _dots(points: npt.NDArray[Any]) -> str:
    """Moves of no length: round line caps make dots of them."""
    if len(points) == 0:
        return ""
    xy = np.rint(shapely.get_coordinates(shapely.centroid(points))).astype(int)
    return "".join(f"M{x} {y}h0" for x, y in np.unique(xy, axis=0).tolist())
