"""Shapes of city objects: surfaces in space, footprints, heights; a chunk at a time.

A footprint is the first of these that an object has: its LoD 0 surfaces, the ground
surfaces of its finest LoD, the union of all its surfaces seen from above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.sources.cityjson_objects import GROUND, Boundary, CityObject, Floats

Geometries = npt.NDArray[np.object_]
Integers = npt.NDArray[np.int64]

FROM_LOD0: Final = "lod0"
FROM_GROUND: Final = "ground surfaces"
FROM_ALL: Final = "projected surfaces"
_LEAST_AREA: Final = 1e-9  # of a projected surface in square units: less is a wall


@dataclass(frozen=True, slots=True)
class Surfaces:
    """Polygons in space, the row each belongs to (ascending), and whether it is ground.

    ``broken`` is how many had a ring of less than three vertices or an index beyond them.
    """

    polygons: Geometries
    rows: Integers
    ground: npt.NDArray[np.bool_]
    broken: int = 0


@dataclass(frozen=True, slots=True)
class Footprints:
    """A footprint a row, None without any; what it was made from."""

    shapes: Geometries
    origins: list[str | None]


def surfaces_of(boundaries: Sequence[tuple[int, int, Boundary]], vertices: Floats) -> Surfaces:
    """All surfaces of boundaries, each given as (row, base index, boundary), rows ascending."""
    rows = np.repeat(
        [row for row, _, _ in boundaries] or np.empty(0, np.int64),
        [len(one.surfaces) for _, _, one in boundaries] or np.empty(0, np.int64),
    ).astype(np.int64)
    bases = np.repeat(
        [base for _, base, _ in boundaries] or np.empty(0, np.int64),
        [len(one.surfaces) for _, _, one in boundaries] or np.empty(0, np.int64),
    ).astype(np.int64)
    surfaces = [surface for _, _, one in boundaries for surface in one.surfaces]
    ground = np.fromiter(
        (
            kind == GROUND
            for _, _, one in boundaries
            for kind in (one.semantics or [None] * len(one.surfaces))
        ),
        dtype=np.bool_,
        count=len(surfaces),
    )
    whole = np.fromiter(
        (bool(one) and all(len(ring) >= 3 for ring in one) for one in surfaces),
        dtype=np.bool_,
        count=len(surfaces),
    )
    whole &= _inside(surfaces, bases, vertices)
    kept = [surface for surface, good in zip(surfaces, whole.tolist(), strict=True) if good]
    polygons = _polygons(kept, bases[whole], vertices)
    return Surfaces(polygons, rows[whole], ground[whole], int((~whole).sum()))


def _inside(
    surfaces: Sequence[Sequence[Sequence[int]]], bases: Integers, vertices: Floats
) -> npt.NDArray[np.bool_]:
    """Whether all vertices of a surface are there."""
    lengths = np.fromiter((sum(map(len, one)) for one in surfaces), np.int64, len(surfaces))
    flat = np.fromiter(
        chain.from_iterable(chain.from_iterable(surfaces)), np.int64, int(lengths.sum())
    )
    beyond = (flat < 0) | ~_there(flat + np.repeat(bases, lengths), vertices)
    inside = np.ones(len(surfaces), dtype=np.bool_)
    inside[np.repeat(np.arange(len(surfaces)), lengths)[beyond]] = False
    return inside


def _there(indices: Integers, vertices: Floats) -> npt.NDArray[np.bool_]:
    """Which indices mean a vertex that could be read."""
    there = (indices >= 0) & (indices < len(vertices))
    there[there] = ~np.isnan(vertices[indices[there], 0])
    return there


def _polygons(
    surfaces: Sequence[Sequence[Sequence[int]]], bases: Integers, vertices: Floats
) -> Geometries:
    if not surfaces:
        return np.empty(0, dtype=object)
    rings = list(chain.from_iterable(surfaces))
    ring_counts = np.fromiter(map(len, surfaces), np.int64, len(surfaces))
    lengths = np.fromiter(map(len, rings), np.int64, len(rings))
    flat = np.fromiter(chain.from_iterable(rings), np.int64, int(lengths.sum()))
    flat += np.repeat(np.repeat(bases, ring_counts), lengths)
    ends = np.cumsum(lengths)
    closed = np.insert(flat, ends, flat[ends - lengths])  # CityJSON leaves the last vertex out
    offsets = np.concatenate(([0], ends + np.arange(1, len(ends) + 1)))
    polygons: Geometries = shapely.from_ragged_array(
        shapely.GeometryType.POLYGON,
        vertices[closed],
        (offsets, np.concatenate(([0], np.cumsum(ring_counts)))),
    )
    return polygons


def in_space(
    boundaries: Sequence[Boundary | None], bases: Sequence[int], vertices: Floats
) -> tuple[Geometries, int]:
    """One geometry with heights a row (of all shells of a solid), and how many surfaces broke."""
    shapes: Geometries = np.full(len(boundaries), None, dtype=object)
    listed = [
        (row, base, one)
        for row, (base, one) in enumerate(zip(bases, boundaries, strict=True))
        if one is not None
    ]
    found = surfaces_of(listed, vertices)
    if len(found.polygons):
        shapely.multipolygons(found.polygons, indices=found.rows, out=shapes)
    for row, base, one in listed:  # lines and points are rare in city models
        if one.lines:
            parts = [vertices[np.asarray(line) + base] for line in one.lines if len(line) > 1]
            shapes[row] = shapely.MultiLineString(parts)
        elif one.points:
            shapes[row] = shapely.multipoints(vertices[np.asarray(one.points) + base])
    return shapes, found.broken


def finest(boundaries: Sequence[Boundary]) -> Boundary | None:
    """The boundary of the highest LoD that has surfaces."""
    able = [one for one in boundaries if one.surfaces]
    return max(able, key=lambda one: lod_order(one.lod), default=None)


def lod_order(lod: str) -> float:
    """A LoD as a number, ``2.1`` above ``2``."""
    try:
        return float(lod)
    except ValueError:
        return -1.0


def footprints(families: Sequence[Sequence[CityObject]], vertices: Floats) -> Footprints:
    """The footprint of each row, made of the objects that have its geometry."""
    flat: list[tuple[int, int, Boundary]] = []
    solid: list[tuple[int, int, Boundary]] = []
    for row, family in enumerate(families):
        lowest = [
            (row, one.base, boundary)
            for one in family
            for boundary in one.boundaries
            if boundary.surfaces and lod_order(boundary.lod) < 1
        ]
        flat.extend(lowest)
        if not lowest:
            for one in family:
                best = finest(one.boundaries)
                if best is not None:
                    solid.append((row, one.base, best))
    shapes: Geometries = np.full(len(families), None, dtype=object)
    origins: list[str | None] = [None] * len(families)
    lod0 = surfaces_of(flat, vertices)
    _unite(lod0.polygons, lod0.rows, shapes, origins, FROM_LOD0)
    others = surfaces_of(solid, vertices)
    has_ground = np.zeros(len(families), dtype=np.bool_)
    has_ground[others.rows[others.ground]] = True
    chosen = others.ground
    _unite(others.polygons[chosen], others.rows[chosen], shapes, origins, FROM_GROUND)
    chosen = ~has_ground[others.rows]
    _unite(others.polygons[chosen], others.rows[chosen], shapes, origins, FROM_ALL)
    return Footprints(shapes, origins)


def _unite(
    polygons: Geometries,
    rows: Integers,
    shapes: Geometries,
    origins: list[str | None],
    origin: str,
) -> None:
    """Unite the projections of surfaces, row by row, into ``shapes``."""
    flat = shapely.force_2d(polygons)
    lying = shapely.area(flat) > _LEAST_AREA
    flat, rows = flat[lying], rows[lying]
    if not len(flat):
        return
    crossed = ~shapely.is_valid(flat)
    flat[crossed] = shapely.make_valid(flat[crossed], method="structure")
    parts, index = shapely.get_parts(flat, return_index=True)
    areal = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, rows = parts[areal], rows[index[areal]]
    present, numbers = np.unique(rows, return_inverse=True)
    together = shapely.multipolygons(parts, indices=numbers)
    shapes[present] = shapely.union_all(together[:, None], axis=1)
    for row in present.tolist():
        origins[row] = origin


def height_ranges(families: Sequence[Sequence[CityObject]], vertices: Floats) -> Floats:
    """(rows, 2) lowest and highest z of each row's objects; NaN without geometry."""
    ranges = np.full((len(families), 2), np.nan)
    rows, flat = _used(families)
    inside = _there(flat, vertices)
    rows, heights = rows[inside], vertices[flat[inside], 2]
    if len(rows):
        starts = np.flatnonzero(np.diff(rows, prepend=-1))
        ranges[rows[starts], 0] = np.minimum.reduceat(heights, starts)
        ranges[rows[starts], 1] = np.maximum.reduceat(heights, starts)
    return ranges


def bounds(families: Sequence[Sequence[CityObject]], vertices: Floats) -> Floats | None:
    """(xmin, ymin, xmax, ymax) of all vertices in use; None without any."""
    _, flat = _used(families)
    flat = flat[_there(flat, vertices)]
    if not len(flat):
        return None
    used = vertices[flat, :2]
    return np.concatenate((used.min(axis=0), used.max(axis=0)))


def _used(families: Sequence[Sequence[CityObject]]) -> tuple[Integers, Integers]:
    """(rows, indices of vertices) of all boundaries, rows ascending."""
    rows: list[Integers] = []
    used: list[Integers] = []
    for row, family in enumerate(families):
        for one in family:
            for boundary in one.boundaries:
                rings = chain.from_iterable(boundary.surfaces)
                found = np.fromiter(
                    chain(
                        chain.from_iterable(rings),
                        chain.from_iterable(boundary.lines),
                        boundary.points,
                    ),
                    np.int64,
                )
                used.append(found + one.base)
                rows.append(np.full(len(found), row, dtype=np.int64))
    if not rows:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.concatenate(rows), np.concatenate(used)
