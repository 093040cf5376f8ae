"""Nodes of a network, from the ends of its lines."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.geometry.anchors import anchors
from commonplace.target import Geometries

_LINE, _MULTILINE = 1, 5


@dataclass(frozen=True, slots=True)
class Network:
    """Lines and the nodes at their ends.

    ``lines`` are object array of shape (n,), their ends moved to the nodes; ``starts`` and
    ``ends`` the node of each (-1 where there is none); ``nodes`` places of shape (m, 2), from
    west to east; ``degrees`` how many ends of lines meet in each.
    """

    lines: Geometries
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    nodes: npt.NDArray[np.float64]
    degrees: npt.NDArray[np.int64]


def network(geometries: Geometries, tolerance: float) -> Network:
    """The network of lines, of which ends nearer than the tolerance meet in one node.

    A line of several parts that join end to end is one; other multiple lines, and geometries
    that are no lines, get no nodes.
    """
    lines = _lines(geometries)
    rows = np.flatnonzero(shapely.get_type_id(lines) == _LINE)
    starts = np.full(len(lines), -1, dtype=np.int64)
    ends = starts.copy()
    if not len(rows):
        return Network(lines, starts, ends, np.empty((0, 2)), np.empty(0, dtype=np.int64))
    sizes = shapely.get_num_coordinates(lines[rows])
    first = np.cumsum(sizes) - sizes
    last = np.cumsum(sizes) - 1
    points = shapely.get_coordinates(lines[rows])
    places, index = anchors(np.concatenate([points[first], points[last]]), tolerance)
    starts[rows], ends[rows] = np.split(index, 2)
    return Network(
        lines=_moved(lines, rows, first, last, places[index]),
        starts=starts,
        ends=ends,
        nodes=places,
        degrees=np.bincount(index, minlength=len(places)),
    )


def _lines(geometries: Geometries) -> Geometries:
    """Multiple lines made single, where their parts join."""
    lines = geometries.copy()
    multiple = np.flatnonzero(shapely.get_type_id(lines) == _MULTILINE)
    merged = shapely.line_merge(lines[multiple])
    single = shapely.get_type_id(merged) == _LINE
    lines[multiple[single]] = merged[single]
    return lines


def _moved(
    lines: Geometries,
    rows: npt.NDArray[np.int64],
    first: npt.NDArray[np.int64],
    last: npt.NDArray[np.int64],
    ends: npt.NDArray[np.float64],
) -> Geometries:
    result = lines.copy()
    chosen = lines[rows]
    high = bool(shapely.has_z(chosen).any())
    points = shapely.get_coordinates(chosen, include_z=high)
    points[first, :2], points[last, :2] = np.split(ends, 2)
    if not high:
        result[rows] = shapely.set_coordinates(chosen, points)
        return result
    flat = ~shapely.has_z(chosen)
    made = shapely.set_coordinates(shapely.force_3d(chosen), points)
    made[flat] = shapely.force_2d(made[flat])
    result[rows] = made
    return result


def node_names(nodes: npt.NDArray[np.float64], decimals: int) -> npt.NDArray[Any]:
    """A short text for each node that stays the same while its place does."""
    texts = [f"{x:.{decimals}f} {y:.{decimals}f}" for x, y in nodes.tolist()]
    names = [hashlib.sha256(text.encode()).hexdigest()[:16] for text in texts]
    return np.array(names, dtype=object)
