"""Boundaries of buildings as CityJSON has them: rings of indices into vertices, as columns.

A :class:`Level` is one LoD of a batch of buildings. Its ``boundaries`` are a list column,
surfaces of rings of indices that count within the building; ``vertices`` are whole numbers
of the transform's scale, building by building.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.gml.pieces import offsets_of
from commonplace.target import Geometries

Integers = npt.NDArray[np.int64]

MULTI_SURFACE: Final = "MultiSurface"
SOLID: Final = "Solid"
BOUNDARIES: Final = pa.list_(pa.list_(pa.list_(pa.int32())))
_POLYGON: Final = 3
_GROUND, _ROOF, _WALL = range(3)


@dataclass(frozen=True, slots=True)
class Level:
    """One LoD of n buildings.

    ``counts`` (n) are numbers of vertices, ``vertices`` (sum of counts, 3); ``boundaries``
    (n, null without geometry); ``kinds`` (n) the geometry type; ``semantics`` whether the
    surfaces are ground, roof and walls, in this order (only the number of walls differs).
    """

    counts: Integers
    vertices: Integers
    boundaries: Any
    kinds: Any
    semantics: Any


@dataclass(frozen=True, slots=True)
class _Rings:
    """Rings without their last vertex: of which building and surface, and their vertices.

    ``owner`` is the building of each polygon; ``polygon`` the polygon of each ring;
    ``lengths`` of the rings; ``points`` all vertices, ring by ring.
    """

    owner: Integers
    polygon: Integers
    lengths: Integers
    points: Integers


def quantised(coordinates: npt.NDArray[np.float64], scale: npt.NDArray[np.float64]) -> Integers:
    """Coordinates (n, 3) as whole numbers of ``scale``."""
    return np.rint(coordinates / scale).astype(np.int64)


def _rings_of(geometries: Geometries, scale: npt.NDArray[np.float64]) -> _Rings:
    parts, owner = shapely.get_parts(geometries, return_index=True)
    areal = shapely.get_type_id(parts) == _POLYGON
    parts, owner = parts[areal], owner[areal].astype(np.int64)
    if not len(parts):
        nothing = np.empty(0, np.int64)
        return _Rings(nothing, nothing, nothing, np.empty((0, 3), np.int64))
    _, coordinates, offsets = shapely.to_ragged_array(
        shapely.force_3d(parts, z=0.0), include_z=True
    )
    bounds = np.asarray(offsets[0], dtype=np.int64)
    keep = np.ones(len(coordinates), dtype=np.bool_)
    keep[bounds[1:] - 1] = False  # the last vertex of a ring is its first
    rings: Integers = np.diff(np.asarray(offsets[1], dtype=np.int64)).astype(np.int64)
    return _Rings(
        owner,
        np.repeat(np.arange(len(parts)), rings),
        np.diff(bounds) - 1,
        quantised(coordinates[keep], scale),
    )


def flat_level(geometries: Geometries, scale: npt.NDArray[np.float64]) -> Level:
    """LoD 0: polygons lying at height 0, or at their own."""
    rings = _rings_of(geometries, scale)
    owner = rings.owner[rings.polygon]
    counts = np.bincount(np.repeat(owner, rings.lengths), minlength=len(geometries))
    indices = _local(np.arange(len(rings.points)), counts)
    boundaries = _listed(
        indices, rings.lengths, np.bincount(rings.polygon, minlength=len(rings.owner)),
        np.bincount(rings.owner, minlength=len(geometries)),
    )  # fmt: skip
    return _level(counts, rings.points, boundaries, np.zeros(len(geometries), np.bool_), None)


def extruded_level(
    geometries: Geometries, heights: npt.NDArray[np.float64], scale: npt.NDArray[np.float64]
) -> Level:
    """LoD 1: footprints raised by heights (metres); null where a height is none or nought.

    A footprint of one polygon makes a solid, one of several the surfaces of each.
    """
    raised = geometries.copy()
    raised[~(heights > 0)] = None  # NaN is not above nought
    rings = _rings_of(raised, scale)
    if not len(rings.points):
        return flat_level(raised, scale)
    owner = rings.owner[rings.polygon]
    ring = np.repeat(np.arange(len(rings.lengths)), rings.lengths)
    base_counts = np.bincount(owner[ring], minlength=len(geometries))
    counts = 2 * base_counts
    top = rings.points.copy()
    top[:, 2] += np.rint(heights[owner[ring]] / scale[2]).astype(np.int64)
    order = np.lexsort((np.repeat((0, 1), len(top)), np.tile(owner[ring], 2)))
    vertices = np.concatenate((rings.points, top))[order]
    below = _local(np.arange(len(top)), base_counts)
    above = below + base_counts[owner[ring]]
    following = np.arange(1, len(ring) + 1)
    ends = np.cumsum(rings.lengths) - 1
    following[ends] = ends - rings.lengths + 1
    backwards = _reversed(rings.lengths)
    walls = np.column_stack((below, below[following], above[following], above)).ravel()
    # Each record is a ring: of the ground and the roof one a ring, of the walls one an edge.
    polygon = np.concatenate((rings.polygon, rings.polygon, rings.polygon[ring]))
    kind = np.repeat((_GROUND, _ROOF, _WALL), (len(rings.lengths), len(rings.lengths), len(ring)))
    lengths = np.concatenate((rings.lengths, rings.lengths, np.full(len(ring), 4)))
    flat = np.concatenate((below[backwards], above, walls))
    sequence = np.lexsort((np.arange(len(polygon)), kind, polygon))
    taken = pa.ListArray.from_arrays(_int32(offsets_of(lengths)), _int32(flat)).take(
        pa.array(sequence)
    )
    polygon, kind = polygon[sequence], kind[sequence]
    starts = np.concatenate(
        ([True], (np.diff(polygon) != 0) | (np.diff(kind) != 0) | (kind[1:] == _WALL))
    )
    surface_lengths = np.diff(np.append(np.flatnonzero(starts), len(polygon)))
    per_owner = np.bincount(rings.owner[polygon[starts]], minlength=len(geometries))
    surfaces = pa.ListArray.from_arrays(_int32(offsets_of(surface_lengths)), taken)
    boundaries = pa.ListArray.from_arrays(_int32(offsets_of(per_owner)), surfaces)
    single = np.bincount(rings.owner, minlength=len(geometries)) == 1
    return _level(counts, vertices, boundaries, single, single)


def surface_level(geometries: Geometries, scale: npt.NDArray[np.float64]) -> Level:
    """LoD 2 and above: surfaces in space; a solid where they close, its normals outwards."""
    rings = _rings_of(geometries, scale)
    if not len(rings.points):
        return flat_level(geometries, scale)
    owner = rings.owner[rings.polygon]
    point_owner = np.repeat(owner, rings.lengths)
    keyed = np.column_stack((point_owner, rings.points))
    unique, inverse = np.unique(keyed, axis=0, return_inverse=True)
    inverse = inverse.reshape(-1)
    ring = np.repeat(np.arange(len(rings.lengths)), rings.lengths)
    kept = _distinct_neighbours(inverse, ring)
    inverse, ring = inverse[kept], ring[kept]
    lengths = np.bincount(ring, minlength=len(rings.lengths))
    good = lengths >= 3
    first = np.concatenate(([True], np.diff(rings.polygon) != 0))
    lost = np.zeros(len(rings.owner), dtype=np.bool_)
    lost[rings.polygon[first & ~good]] = True  # a surface goes with its outer ring
    good &= ~lost[rings.polygon]
    kept = good[ring]
    inverse, lengths = inverse[kept], lengths[good]
    polygon = rings.polygon[good]
    counts = np.bincount(unique[:, 0], minlength=len(geometries))
    closed, inside_out = _solids(unique, inverse, lengths, rings.owner[polygon], len(geometries))
    flipped = np.repeat(inside_out[rings.owner[polygon]], lengths)
    inverse = np.where(flipped, inverse[_reversed(lengths)], inverse)
    starts = offsets_of(counts)[:-1]
    local = inverse - starts[unique[inverse, 0]]
    ring_counts = np.bincount(polygon, minlength=len(rings.owner))
    present = ring_counts > 0
    boundaries = _listed(
        local,
        lengths,
        ring_counts[present],
        np.bincount(rings.owner[present], minlength=len(geometries)),
    )
    return _level(counts, unique[:, 1:], boundaries, closed, None)


def _solids(
    unique: Integers, inverse: Integers, lengths: Integers, ring_owner: Integers, buildings: int
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whether each building's surfaces close, and whether their normals point inwards.

    They close when every edge has its opposite exactly once (ISO 19107's orientable shell).
    """
    following = np.arange(1, len(inverse) + 1)
    ends = np.cumsum(lengths) - 1
    following[ends] = ends - lengths + 1
    start, end = inverse, inverse[following]
    edges, count = np.unique(start * len(unique) + end, return_counts=True)
    opposite = np.isin(end * len(unique) + start, edges)
    once = count[np.searchsorted(edges, start * len(unique) + end)] == 1
    owner = np.repeat(ring_owner, lengths)
    closed = np.bincount(owner, minlength=buildings) > 0
    closed[owner[~(opposite & once)]] = False
    origin = unique[np.searchsorted(unique[:, 0], np.arange(buildings)).clip(max=len(unique) - 1)]
    points = (unique[:, 1:] - origin[unique[:, 0], 1:]).astype(np.float64)
    first = np.repeat(inverse[ends - lengths + 1], lengths)
    volume = np.einsum("ij,ij->i", points[first], np.cross(points[start], points[end]))
    return closed, np.bincount(owner, weights=volume, minlength=buildings) < 0


def _distinct_neighbours(inverse: Integers, ring: Integers) -> npt.NDArray[np.bool_]:
    """Vertices that differ from the one before them in their ring (the last one's of the first)."""
    previous = np.roll(inverse, 1)
    starts = np.flatnonzero(np.diff(ring, prepend=-1))
    ends = np.append(starts[1:], len(ring)) - 1
    previous[starts] = inverse[ends]
    kept: npt.NDArray[np.bool_] = inverse != previous
    return kept


def _reversed(lengths: Integers) -> Integers:
    """Positions that read every run of these lengths backwards."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    starts = np.repeat(ends - lengths, lengths)
    return starts + np.repeat(ends, lengths) - 1 - np.arange(total)


def _local(positions: Integers, counts: Integers) -> Integers:
    """Positions over all buildings as positions within each."""
    return positions - np.repeat(offsets_of(counts)[:-1], counts)


def _listed(flat: Integers, *lengths: Integers) -> Any:
    """Nested lists from the innermost outwards."""
    nested: Any = _int32(flat)
    for one in lengths:
        nested = pa.ListArray.from_arrays(_int32(offsets_of(one)), nested)
    return nested


def _level(
    counts: Integers,
    vertices: Integers,
    boundaries: Any,
    solid: npt.NDArray[np.bool_],
    semantic: npt.NDArray[np.bool_] | None,
) -> Level:
    there = pc.greater(pc.list_value_length(boundaries), 0)
    kinds = pc.if_else(pa.array(solid), SOLID, MULTI_SURFACE)
    told = pa.array(np.zeros(len(counts), np.bool_) if semantic is None else semantic)
    nothing = pa.scalar(None, BOUNDARIES)
    return Level(
        counts,
        vertices,
        pc.if_else(there, boundaries.cast(BOUNDARIES), nothing),
        pc.if_else(there, kinds, pa.scalar(None, pa.string())),
        pc.and_(told, there),
    )


def _int32(values: Integers) -> Any:
    return pa.array(values, pa.int32())
