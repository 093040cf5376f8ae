"""City objects as CityJSON and CityGML both have them: attributes, relatives, geometries.

Boundaries are indices into the vertices of a chunk; :mod:`.cityjson_shapes` makes shapes of
them, whole chunks at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np
import numpy.typing as npt

from commonplace.sources.notes import Notebook

Floats = npt.NDArray[np.float64]
Rings = list[Sequence[int]]

GROUND: Final = "GroundSurface"


@dataclass(slots=True)
class Boundary:
    """One geometry of an object: the rings of its surfaces, as indices of vertices.

    ``lines`` are those of a MultiLineString, ``points`` of a MultiPoint; else both are
    empty. ``semantics`` are in parallel to ``surfaces``, empty where none are stated.
    """

    lod: str
    surfaces: list[Rings] = field(default_factory=list)
    semantics: list[str | None] = field(default_factory=list)
    lines: list[Sequence[int]] = field(default_factory=list)
    points: Sequence[int] = field(default_factory=list)


@dataclass(slots=True)
class CityObject:
    """An object of a city model. ``base`` is added to all of its indices."""

    id: str
    type: str
    attributes: dict[str, Any]
    parents: list[str]
    children: list[str]
    boundaries: list[Boundary]
    base: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some whole objects, parts included, and their (n, 3) vertices, x before y."""

    objects: list[CityObject]
    vertices: Floats

    def relatives(self) -> dict[str, CityObject]:
        return {one.id: one for one in self.objects}


@dataclass(frozen=True, slots=True)
class Head:
    """What a model says of itself before its objects. ``details`` are for the evidence."""

    crs: str | None
    driver: str
    details: dict[str, object] = field(default_factory=dict)


class CityModel(Protocol):
    """A file that holds a city model."""

    path: Path

    def head(self, notebook: Notebook) -> Head:
        """Its CRS and version; oddities of the whole file are noted.

        Raises
        ------
        MalformedAnswer
        """
        ...

    def chunks(self, notebook: Notebook) -> Iterator[Chunk]:
        """All objects, in the file's order, in bounded chunks where the format allows."""
        ...


def with_parts(
    objects: Iterable[CityObject], relatives: dict[str, CityObject]
) -> list[list[CityObject]]:
    """For each object those that have its geometry: itself, else its descendants."""
    return [_with_parts(one, relatives, frozenset()) for one in objects]


def _with_parts(
    one: CityObject, relatives: dict[str, CityObject], above: frozenset[str]
) -> list[CityObject]:
    if one.boundaries or one.id in above:
        return [one]
    below = above | {one.id}
    return [
        found
        for name in one.children
        if name in relatives
        for found in _with_parts(relatives[name], relatives, below)
    ]
