"""Geometry operators of the mapping language, each over a whole column.

Each row's result depends on that row alone; what needs the whole layer is in
:mod:`commonplace.geometry.coverage`. Results aren't rounded:
:func:`commonplace.geometry.settle` makes them ready to write.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from commonplace.geometry.extrusion import extrude
from commonplace.geometry.metres import row_factors, scaled
from commonplace.target import Geometries

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A number that an operator takes, between ``low`` and ``high``.

    ``default`` stands where none is given or it is null; NaN stands for "as the geometry says".
    """

    name: str
    low: float
    high: float
    default: float | None = None
    unit: str = "m"
    above_low: bool = False

    def fits(self, values: Numbers) -> npt.NDArray[np.bool_]:
        """Which values it takes."""
        low = values > self.low if self.above_low else values >= self.low
        fit: npt.NDArray[np.bool_] = low & (values <= self.high)
        return fit

    @property
    def bounds(self) -> str:
        more = "more than" if self.above_low else "at least"
        return f"{more} {self.low:g} and at most {self.high:g} {self.unit}"


@dataclass(frozen=True, slots=True)
class Operator:
    """A geometry operator.

    Parameters
    ----------
    function
        Takes the geometries, object array of shape (n,), and one float array of shape (n,)
        for each parameter; gives object array of shape (n,).
    parameters
        What it takes beside the geometry.
    measures
        Its parameters are distances on the ground: degrees become metres for it.
    keeps_area
        What it makes should be as large as what it was given.
    rises
        What it makes has heights.
    """

    function: Callable[..., Any]
    parameters: tuple[Parameter, ...] = ()
    measures: bool = False
    keeps_area: bool = False
    rises: bool = False

    def apply(
        self, geometries: Geometries, arguments: Sequence[Numbers] = (), *, geographic: bool = False
    ) -> Geometries:
        """The operator over a column.

        ``arguments`` are the parameters' values, shape (n,) each, in metres; ``geographic``
        says that coordinates are degrees. None where there was none, where nothing is left,
        and where an argument is beyond its bounds or, without a default, null.
        """
        numbers, able = self._arguments(arguments, len(geometries))
        given = geometries
        if not able.all():
            given = geometries.copy()
            given[~able] = None
        if not (self.measures and geographic):
            return self._run(given, numbers)
        factors = row_factors(given)
        return scaled(self._run(scaled(given, factors), numbers), 1 / factors)

    def _run(self, geometries: Geometries, numbers: Sequence[Numbers]) -> Geometries:
        """The function over all; where GEOS gives up, row by row, None where it does."""
        try:
            return _made(self.function(geometries, *numbers))
        except shapely.GEOSException:
            result = np.full(len(geometries), None, dtype=object)
        for row in range(len(geometries)):
            one = slice(row, row + 1)
            with contextlib.suppress(shapely.GEOSException):
                made = self.function(geometries[one], *(each[one] for each in numbers))
                result[row] = np.asarray(made, dtype=object)[0]
        return _made(result)

    def _arguments(
        self, arguments: Sequence[Numbers], rows: int
    ) -> tuple[list[Numbers], npt.NDArray[np.bool_]]:
        able = np.ones(rows, dtype=bool)
        numbers = []
        for place, parameter in enumerate(self.parameters):
            values = arguments[place] if place < len(arguments) else np.full(rows, np.nan)
            fits = parameter.fits(values)
            if parameter.default is not None:
                missing = np.isnan(values)
                values = np.where(missing, parameter.default, values)
                fits |= missing
            able &= fits
            numbers.append(values)
        return numbers, able


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


def largest_part(geometries: Geometries) -> Geometries:
    """Of several parts the largest: by area, else by length, else the first."""
    result = geometries.copy()
    several = np.flatnonzero(shapely.get_num_geometries(geometries) > 1)
    if not len(several):
        return result
    parts, row = shapely.get_parts(geometries[several], return_index=True)
    order = np.lexsort((-shapely.length(parts), -shapely.area(parts), row))
    first = np.searchsorted(row[order], np.arange(len(several)))
    result[several] = parts[order][first]
    return result


def repair(geometries: Geometries) -> Geometries:
    """Valid ones as they are; of others what the structure of their rings says (ISO 19107)."""
    result = geometries.copy()
    invalid = ~shapely.is_valid(geometries) & ~shapely.is_missing(geometries)
    if invalid.any():
        mended = shapely.make_valid(geometries[invalid], method="structure", keep_collapsed=False)
        result[invalid] = mended
    return result


def buffer(geometries: Geometries, distances: Numbers) -> Geometries:
    """All that is nearer than a distance, round corners; less than nought shrinks areas."""
    made: Geometries = shapely.buffer(geometries, distances, quad_segs=8)
    return made


def force_3d(geometries: Geometries, heights: Numbers) -> Geometries:
    """With one height for all points of a geometry."""
    return _made(shapely.force_3d(shapely.force_2d(geometries), heights))


def extruded(geometries: Geometries, heights: Numbers, bases: Numbers) -> Geometries:
    """A LoD1 solid over a footprint; its base is the footprint's lowest point, or nought."""
    own = np.zeros(len(geometries))
    high = np.flatnonzero(shapely.has_z(geometries) & np.isnan(bases))
    if len(high):
        points, row = shapely.get_coordinates(geometries[high], include_z=True, return_index=True)
        lowest = np.full(len(high), np.inf)
        np.minimum.at(lowest, row, np.nan_to_num(points[:, 2], nan=np.inf))
        own[high] = np.where(np.isfinite(lowest), lowest, 0.0)
    return extrude(geometries, heights, np.where(np.isnan(bases), own, bases))


_HEIGHT: Final = Parameter("height", 0, 1_000, above_low=True)
_LEVEL: Final = Parameter("z", -1_000, 10_000)
_BASE: Final = Parameter("base", -1_000, 10_000, default=math.nan)

OPERATORS: Final[Mapping[str, Operator]] = {
    "boundary": Operator(shapely.boundary),
    "buffer": Operator(buffer, (Parameter("distance", -10_000, 10_000),), measures=True),
    "centroid": Operator(shapely.centroid),
    "convex_hull": Operator(shapely.convex_hull),
    "end_point": Operator(end_point),
    "envelope": Operator(shapely.envelope),
    "extrude": Operator(extruded, (_HEIGHT, _BASE), rises=True),
    "force_2d": Operator(shapely.force_2d),
    "force_3d": Operator(force_3d, (_LEVEL,), rises=True),
    "largest_part": Operator(largest_part, keeps_area=True),
    "point_on_surface": Operator(shapely.point_on_surface),
    "repair": Operator(repair, keeps_area=True),
    "simplify": Operator(
        shapely.simplify,
        (Parameter("tolerance", 0, 1_000, above_low=True),),
        measures=True,
        keeps_area=True,
    ),
    "start_point": Operator(start_point),
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
