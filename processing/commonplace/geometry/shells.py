"""Shells: surfaces in space that close around a solid (ISO 19107, 6.6.42)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.target import Geometries

_MULTIPOLYGON = 6

Mask = npt.NDArray[np.bool_]


def closed(geometries: Geometries) -> Mask:
    """Which MultiPolygons with heights are shells: whose surfaces close, normals outwards.

    Every edge has its opposite exactly once, and the volume inside is more than nothing.
    Points are one where their coordinates are equal, as they come.
    """
    found: Mask = shapely.get_type_id(geometries) == _MULTIPOLYGON
    found &= shapely.has_z(geometries)
    rows = np.flatnonzero(found)
    if len(rows):
        found[rows] = _closed(geometries[rows])
    return found


def _closed(geometries: Geometries) -> Mask:
    """The same for MultiPolygons with heights alone."""
    parts, owner = shapely.get_parts(geometries, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, include_z=True, return_index=True)
    solid = owner[part[ring]]
    points = points - points[np.searchsorted(solid, np.arange(len(geometries)))][solid]
    _, vertex = np.unique(np.column_stack((solid, points)), axis=0, return_inverse=True)
    vertex = vertex.reshape(-1)
    inner = ring[:-1] == ring[1:]
    start, end = np.flatnonzero(inner), np.flatnonzero(inner) + 1
    moved = vertex[start] != vertex[end]
    start, end = start[moved], end[moved]
    size = int(vertex.max()) + 1
    forth = vertex[start] * size + vertex[end]
    edges, counts = np.unique(forth, return_counts=True)
    back = vertex[end] * size + vertex[start]
    alone = counts[np.searchsorted(edges, forth)] == 1
    matched = alone & np.isin(back, edges)
    count = len(geometries)
    open_edges = np.bincount(solid[start], weights=~matched, minlength=count)
    first = points[np.searchsorted(ring, ring[start])]
    spanned = np.cross(points[start], points[end])
    volumes = np.bincount(solid[start], np.einsum("ij,ij->i", first, spanned), minlength=count)
    return np.asarray((open_edges == 0) & (volumes > 0))
