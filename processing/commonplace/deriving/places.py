"""Geometries of a whole layer, changed together: operators that need neighbours, networks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely
from pyproj import CRS

from commonplace.batch import GEOMETRY
from commonplace.errors import LimitExceeded, MappingError
from commonplace.geometry import (
    CLIP,
    LAYER_OPERATORS,
    OPERATORS,
    Network,
    clip,
    metres_a_degree,
    network,
    node_names,
    read_column,
    scaled,
)
from commonplace.mapping.derive import DEGREE, NODE
from commonplace.mapping.geometries import TOLD_SHARE, Call, area_change, constant
from commonplace.report import Finding, Severity

Geometries = npt.NDArray[Any]

#: Points of a layer that are worked on as a whole: about 1.5 GB, most of it the operators'.
LARGEST_COORDINATES: Final = 10_000_000
#: The same where an operator takes more: GEOS's coverage_clean 700 bytes a point.
LARGEST: Final = {"coverage_clean": 3_000_000}
_CURVES: Final = 0.01  # metres that a chord may be from its arc
_DEGREE_METRES: Final = 111_320.0
_DECIMALS: Final = (3, 8)  # metres, degrees


@dataclass(frozen=True, slots=True)
class Plane:
    """Where a layer lies: what makes metres of its coordinates."""

    geographic: bool
    unit: float

    @property
    def curves(self) -> float:
        """The tolerance of curves, in the coordinates' unit."""
        return _CURVES / (_DEGREE_METRES if self.geographic else self.unit)

    @property
    def metric(self) -> bool:
        return not self.geographic and self.unit == 1.0

    @property
    def decimals(self) -> int:
        return _DECIMALS[self.geographic]

    def factors(self, geometries: Geometries) -> npt.NDArray[np.float64]:
        """Metres a unit, shape (2,): the same for the whole layer, whose borders stay shared."""
        if not self.geographic:
            return np.array([self.unit, self.unit])
        box = shapely.total_bounds(geometries)
        middle: npt.NDArray[np.float64] = metres_a_degree(np.array([(box[1] + box[3]) / 2]))[0]
        return middle


def plane_of(code: str | None) -> Plane:
    """The plane of a CRS; metres where none is said."""
    if code is None:
        return Plane(geographic=False, unit=1.0)
    known = CRS.from_user_input(code)
    return Plane(bool(known.is_geographic), float(known.axis_info[0].unit_conversion_factor or 1.0))


def gathered(batches: Iterable[pa.RecordBatch], plane: Plane) -> Geometries:
    """All geometries of a layer.

    Raises
    ------
    LimitExceeded
        More coordinates than are worked on in memory.
    """
    found, size = [np.empty(0, dtype=object)], 0
    for batch in batches:
        if GEOMETRY not in batch.schema.names:
            found.append(np.full(batch.num_rows, None, dtype=object))
            continue
        geometries = read_column(batch.column(GEOMETRY), plane.curves).geometries
        size += int(shapely.get_num_coordinates(geometries).sum())
        _refuse_more(size, LARGEST_COORDINATES)
        found.append(geometries)
    return np.concatenate(found)


def _refuse_more(points: int, largest: int) -> None:
    if points > largest:
        raise LimitExceeded(
            f"the layer has more than {largest} points, too many to be worked on as a whole",
            hint="narrow the source with bbox:, or derive smaller layers",
        )


@dataclass(slots=True)
class Placing:
    """Operators over the geometries of one layer; what happened is told in findings."""

    layer: str
    plane: Plane
    areas: dict[str, Geometries]
    findings: list[Finding] = field(default_factory=list)

    def apply(self, calls: Iterable[Call], geometries: Geometries) -> Geometries:
        """Apply operators, innermost first. ``areas`` are the geometries that clip.

        Raises
        ------
        MappingError
            An operator fails.
        LimitExceeded
            There are too many points for one.
        """
        factors = self.plane.factors(geometries)
        for call in calls:
            points = int(shapely.get_num_coordinates(geometries).sum())
            _refuse_more(points, LARGEST.get(call.name, LARGEST_COORDINATES))
            before = geometries
            try:
                geometries = self._applied(call, geometries, factors)
            except shapely.GEOSException as error:
                raise MappingError(
                    f"{call} fails on {self.layer}: {error}",
                    hint="snap(geometry, …) with a smaller or larger tolerance may help",
                ) from error
            self._tell(call, before, geometries)
        return geometries

    def _applied(
        self, call: Call, geometries: Geometries, factors: npt.NDArray[np.float64]
    ) -> Geometries:
        if call.name == CLIP:
            return clip(geometries, self.areas[call.arguments[0]])
        numbers = [number for text in call.arguments if (number := constant(text)) is not None]
        operator = {**OPERATORS, **LAYER_OPERATORS}[call.name]
        if self.plane.metric or not operator.measures:
            return _run(call, geometries, numbers)
        each = np.tile(factors, (len(geometries), 1))
        return scaled(_run(call, scaled(geometries, each), numbers), 1 / each)

    def _tell(self, call: Call, before: Geometries, after: Geometries) -> None:
        gone = shapely.is_missing(after) & ~shapely.is_missing(before)
        if call.name == CLIP:
            self._add("CLIPPED_AWAY", Severity.INFO, int(gone.sum()), f"{call}: rows lie outside")
            return
        self._add("GEOMETRY_VANISHED", Severity.WARNING, int(gone.sum()), f"{call} leaves nothing")
        if not {**OPERATORS, **LAYER_OPERATORS}[call.name].keeps_area:
            return
        changed = (area_change(before, after) > TOLD_SHARE) & ~gone
        if changed.any():
            old, new = shapely.area(before[changed]).sum(), shapely.area(after[changed]).sum()
            message = (
                f"{call} changed areas by more than {TOLD_SHARE:.0%}: together "
                f"{new / old - 1 if old else 0:+.2%}"
            )
            self._add("GEOMETRY_AREA_CHANGED", Severity.WARNING, int(changed.sum()), message)

    def _add(self, code: str, severity: Severity, count: int, message: str) -> None:
        if count:
            attribute = GEOMETRY
            self.findings.append(
                Finding(code, severity, message, layer=self.layer, attribute=attribute, count=count)
            )


def _run(call: Call, geometries: Geometries, numbers: list[float]) -> Geometries:
    if call.name in LAYER_OPERATORS:
        made: Geometries = LAYER_OPERATORS[call.name].function(geometries, *numbers)
        return made
    columns = [np.full(len(geometries), number) for number in numbers]
    return OPERATORS[call.name].apply(geometries, columns)


def joined_lines(geometries: Geometries, tolerance: float, plane: Plane) -> Network:
    """The network of a layer's lines; ``tolerance`` in metres."""
    if plane.metric:
        return network(geometries, tolerance)
    factors = plane.factors(geometries)
    each = np.tile(factors, (len(geometries), 1))
    made = network(scaled(geometries, each), tolerance)
    return Network(
        scaled(made.lines, 1 / each),
        made.starts,
        made.ends,
        made.nodes * (1 / factors),
        made.degrees,
    )


def end_columns(made: Network, plane: Plane) -> tuple[pa.Array, pa.Array]:
    """The names of the nodes at which each line starts and ends; null where there is none."""
    names = pa.array(node_names(made.nodes, plane.decimals), pa.string())
    starts, ends = (names.take(pa.array(one, mask=one < 0)) for one in (made.starts, made.ends))
    return starts, ends


def node_rows(made: Network, plane: Plane) -> pa.RecordBatch:
    """A row for each node: its name, how many ends meet there, a point."""
    columns = {
        NODE: pa.array(node_names(made.nodes, plane.decimals), pa.string()),
        DEGREE: pa.array(made.degrees, pa.int64()),
        GEOMETRY: pa.array(shapely.to_wkb(shapely.points(made.nodes)), pa.binary()),
    }
    return pa.RecordBatch.from_pydict(columns)


def replaced(
    batches: Iterable[pa.RecordBatch],
    geometries: Geometries,
    more: dict[str, pa.Array],
    keep: npt.NDArray[np.bool_],
) -> Iterator[pa.RecordBatch]:
    """Rows with other geometries and more columns; those to keep."""
    at = 0
    for batch in batches:
        here = slice(at, at + batch.num_rows)
        kept = [name for name in batch.schema.names if name != GEOMETRY]
        columns = {name: batch.column(name) for name in kept}
        columns |= {name: column.slice(at, batch.num_rows) for name, column in more.items()}
        columns[GEOMETRY] = pa.array(shapely.to_wkb(geometries[here]), pa.binary())
        at += batch.num_rows
        yield pa.RecordBatch.from_pydict(columns).filter(pa.array(keep[here]))
