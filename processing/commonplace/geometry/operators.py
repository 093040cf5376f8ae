"""Geometry operators of the mapping language, each over a whole column.

Results aren't rounded: :func:`commonplace.geometry.settle` makes them ready to write.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.target import Geometries

Operator = Callable[[Geometries], Geometries]


def centroid(geometries: Geometries) -> Geometries:
    """The centre of gravity, which may lie outside; None for None."""
    return _made(shapely.centroid(geometries))


def point_on_surface(geometries: Geometries) -> Geometries:
    """A point that lies on the geometry; None for None."""
    return _made(shapely.point_on_surface(geometries))


def boundary(geometries: Geometries) -> Geometries:
    """The boundary; None where there is none (points, closed lines)."""
    return _made(shapely.boundary(geometries))


def envelope(geometries: Geometries) -> Geometries:
    """The bounding box as a polygon."""
    return _made(shapely.envelope(geometries))


def force_2d(geometries: Geometries) -> Geometries:
    """Without Z."""
    return _made(shapely.force_2d(geometries))


def start_point(geometries: Geometries) -> Geometries:
    """The first point of a line, or of a multiple line's first part; None for others."""
    return _end(geometries, 0)


def end_point(geometries: Geometries) -> Geometries:
    """The last point of a line, or of a multiple line's last part; None for others."""
    return _end(geometries, -1)


def _end(geometries: Geometries, at: int) -> Geometries:
    multiple = shapely.get_type_id(geometries) == shapely.GeometryType.MULTILINESTRING
    lines = np.where(multiple, shapely.get_geometry(geometries, at), geometries)
    return _made(shapely.get_point(lines, at))


OPERATORS: Final[Mapping[str, Operator]] = {
    "boundary": boundary,
    "centroid": centroid,
    "end_point": end_point,
    "envelope": envelope,
    "force_2d": force_2d,
    "point_on_surface": point_on_surface,
    "start_point": start_point,
}


def dissolve(geometries: Geometries, groups: npt.NDArray[Any]) -> Geometries:
    """Unite the geometries of each group.

    Parameters
    ----------
    geometries
        Object array of shape (n,); None counts for nothing.
    groups
        Integers of shape (n,), the group of each geometry, from 0 without gaps.

    Returns
    -------
    Object array, one geometry a group (None for a group of none). The result doesn't
    depend on the order the geometries came in.
    """
    number = int(groups.max()) + 1 if len(groups) else 0
    result = np.full(number, None, dtype=object)
    present = ~shapely.is_missing(geometries)
    geometries, groups = geometries[present], groups[present]
    if len(geometries) == 0:
        return result
    # Sorted by group, then by WKB: the union's vertices start where its input's did.
    order = sorted(range(len(groups)), key=_by(groups, shapely.to_wkb(geometries)))
    geometries, groups = geometries[order], groups[order]
    edges = np.flatnonzero(np.diff(groups)) + 1
    for members, group in zip(
        np.split(geometries, edges), groups[np.concatenate([[0], edges])], strict=True
    ):
        result[group] = shapely.normalize(shapely.union_all(members))
    return _made(result)


def _by(groups: npt.NDArray[Any], keys: npt.NDArray[Any]) -> Callable[[int], tuple[int, bytes]]:
    return lambda row: (int(groups[row]), keys[row])


def _made(geometries: Any) -> Geometries:
    result: Geometries = np.asarray(geometries, dtype=object)
    empty = shapely.is_empty(result)
    if empty.any():
        result = result.copy()
        result[empty] = None
    return result
