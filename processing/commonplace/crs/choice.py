"""Choosing a coordinate operation by its accuracy where the data lie.

PROJ's default order is no measure: it puts the operation of the largest area first, may
take a ballpark (134 m wrong in Great Britain), and says nothing when a missing grid makes
it worse. So all operations are asked for and the best in the data's area is taken.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyproj import CRS, Transformer
from pyproj.exceptions import ProjError
from pyproj.transformer import TransformerGroup

from commonplace.bounds import Bounds
from commonplace.crs import area as areas
from commonplace.crs.names import CRS84, identify
from commonplace.crs.operation import Operation, grids_of, use_grids
from commonplace.errors import AccuracyNotReached, CrsError
from commonplace.report import CrsOperation

if TYPE_CHECKING:
    # pyproj names the types of its answers nowhere else.
    from pyproj._crs import AreaOfUse, CoordinateOperation

DEGREE_METRES: Final = 111_319.49
COVERED: Final = 1 - 1e-6
ALTERNATIVES: Final = 5
UNKNOWN: Final = math.inf
PIVOT: Final = "EPSG:4326"
BY_GRID_EDGE: Final = 0.1


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An operation that could be used; ``definition`` is None where a grid is missing."""

    name: str
    accuracy: float
    area: Bounds
    area_name: str | None
    definition: str | None
    missing: tuple[tuple[str, str], ...] = ()
    ballpark: bool = False

    @property
    def text(self) -> str:
        needs = f", needs {', '.join(name for name, _ in self.missing)}" if self.missing else ""
        return f"{self.name}: {_metres(self.accuracy)}{needs}"


def choose(
    source: str,
    target: str,
    *,
    layer: str,
    area: Bounds | None = None,
    accuracy: float | None = None,
    grids: Path | None = None,
    allow_ballpark: bool = False,
) -> Operation:
    """Choose how to get from ``source`` to ``target``.

    Only the horizontal parts of the CRSs count: heights stay as they are.

    Parameters
    ----------
    source, target
        CRSs, written in any way :func:`commonplace.crs.identify` knows.
    layer
        The layer's name, for report and errors.
    area
        The data's extent in ``source``, x before y; None takes the CRS's area of use.
    accuracy
        The worst accuracy allowed, in metres. An unknown accuracy is worse than any.
    grids
        A folder of PROJ grids.
    allow_ballpark
        Whether an operation that ignores the datums may be used where there is no other.

    Raises
    ------
    CrsUnknown
        A CRS isn't known.
    AccuracyNotReached
        No operation is good enough, or there is only a ballpark. Says which grid is
        missing and where it can be had.
    CrsError
        The folder of grids is none, or a CRS is neither geographic nor projected.
    """
    source, target = identify(source), identify(target)
    if grids is not None and not grids.is_dir():
        raise CrsError(f"there is no folder of grids {str(grids)!r}", hint="mend crs.grids")
    use_grids(grids)
    from_crs, to_crs = areas.horizontal(source), areas.horizontal(target)
    for crs in (from_crs, to_crs):
        if not (crs.is_geographic or crs.is_projected):
            raise CrsError(f"{crs.name} can't be transformed ({crs.type_name})")
    extent = areas.lonlat(from_crs, area) or areas.area_of_use(from_crs) or areas.WORLD
    found = _candidates(from_crs, to_crs, extent)
    usable = [one for one in found if one.definition is not None]
    if not usable and allow_ballpark:
        usable = _ballparks(from_crs, to_crs)
    best = min(usable, key=lambda one: _rank(one, extent), default=None)
    better = _better(found, best, extent)
    if best is None or (accuracy is not None and best.accuracy > accuracy):
        raise _not_reached(source, target, layer, best, better, accuracy, grids)
    others = [one.text for one in _ranked(found, extent) if one is not best]
    identity = best.definition is None or best.definition.startswith("proj=noop")
    report = CrsOperation(
        layer=layer,
        source=source,
        target=target,
        name=best.name,
        accuracy=best.accuracy if math.isfinite(best.accuracy) else None,
        grids=grids_of(best.definition or ""),
        missing_grids=tuple(_where(*grid) for one in better[:1] for grid in one.missing),
        area=best.area_name,
        proj=best.definition,
        ballpark=best.ballpark,
        alternatives=tuple(others[:ALTERNATIVES]),
    )
    return Operation(
        source=source,
        target=target,
        definition=None if identity else best.definition,
        report=report,
        limits=_limits(from_crs, to_crs, best),
        source_unit=_unit(from_crs),
        demanded=accuracy,
        grids=grids,
    )


@dataclass(frozen=True, slots=True)
class _Group:
    """What PROJ offers between two CRSs, as far as grids are there, and what lacks one."""

    transformers: tuple[Transformer, ...]
    unavailable_operations: tuple[CoordinateOperation, ...]


def _candidates(source: CRS, target: CRS, extent: Bounds) -> list[_Candidate]:
    """All operations but ballparks; by way of WGS 84 too where no usable one covers the data."""
    found = _direct(source, target)
    if any(one.definition and areas.share_inside(extent, one.area) >= COVERED for one in found):
        return found
    pivot = CRS.from_user_input(PIVOT)
    if pivot in (source, target):
        return found
    return found + [
        joined
        for first in _direct(source, pivot)
        for second in _direct(pivot, target)
        if (joined := _joined(first, second)) is not None
    ]


def _direct(source: CRS, target: CRS) -> list[_Candidate]:
    """Valid operations, and superseded ones only where a grid for them is at hand.

    What has no grid was superseded by better parameters, whatever accuracy it claims.
    """
    group = _group(source, target)
    usable = [_usable(one, ballpark=False) for one in group.transformers]
    valid = {one.definition for one in usable}
    old = _group(source, target, allow_superseded=True).transformers
    usable += [
        _usable(one, ballpark=False)
        for one in old
        if one.definition not in valid and grids_of(one.definition)
    ]
    return usable + [_unusable(one) for one in group.unavailable_operations]


def _ballparks(source: CRS, target: CRS) -> list[_Candidate]:
    group = _group(source, target, allow_ballpark=True)
    return [_usable(one, ballpark=True) for one in group.transformers]


def _group(
    source: CRS, target: CRS, *, allow_ballpark: bool = False, allow_superseded: bool = False
) -> _Group:
    """The operations PROJ lists; none where pyproj can't hold one of them (ED50 → ETRS89)."""
    with warnings.catch_warnings():
        # Said by us, with the grid's name and address, in report or error.
        warnings.filterwarnings("ignore", "Best transformation is not available")
        try:
            group = TransformerGroup(
                source,
                target,
                always_xy=True,
                allow_ballpark=allow_ballpark,
                allow_superseded=allow_superseded,
            )
        except ProjError:
            return _Group((), ())
    return _Group(tuple(group.transformers), tuple(group.unavailable_operations))


def _usable(transformer: Transformer, *, ballpark: bool) -> _Candidate:
    return _Candidate(
        name=_name(transformer.description),
        accuracy=UNKNOWN if ballpark else _accuracy(transformer.accuracy),
        area=_area(transformer.area_of_use),
        area_name=transformer.area_of_use.name if transformer.area_of_use else None,
        definition=transformer.definition,
        ballpark=ballpark,
    )


def _unusable(operation: CoordinateOperation) -> _Candidate:
    return _Candidate(
        name=_name(operation.name),
        accuracy=_accuracy(operation.accuracy),
        area=_area(operation.area_of_use),
        area_name=operation.area_of_use.name if operation.area_of_use else None,
        definition=None,
        missing=tuple((one.short_name, one.url) for one in operation.grids if not one.available),
    )


def _joined(first: _Candidate, second: _Candidate) -> _Candidate | None:
    """One operation after another, accuracies added (as PROJ does)."""
    common = areas.intersection(first.area, second.area)
    if common is None or first.definition is None or second.definition is None:
        return None
    steps = [_steps(first.definition), _steps(second.definition)]
    smaller = min((first, second), key=lambda one: _size(one.area))
    return _Candidate(
        name=f"{first.name} + {second.name}",
        accuracy=first.accuracy + second.accuracy,
        area=common,
        area_name=smaller.area_name,
        definition=f"proj=pipeline {' '.join(one for one in steps if one)}".strip(),
    )


def _steps(definition: str) -> str:
    if definition.startswith("proj=noop"):
        return ""
    if definition.startswith("proj=pipeline "):
        return definition.removeprefix("proj=pipeline ")
    return f"step {definition}"


def _rank(one: _Candidate, extent: Bounds) -> tuple[float, float, float, str]:
    """Covers the data, then most of them; then accuracy; then the smaller area."""
    share = areas.share_inside(extent, one.area)
    return (
        0.0 if share >= COVERED else 1 - round(share, 2),
        one.accuracy,
        _size(one.area),
        one.name,
    )


def _ranked(found: list[_Candidate], extent: Bounds) -> list[_Candidate]:
    return sorted(found, key=lambda one: _rank(one, extent))


def _better(found: list[_Candidate], best: _Candidate | None, extent: Bounds) -> list[_Candidate]:
    """The operations that a missing grid keeps from being chosen, best first."""
    wanting = [one for one in found if one.missing]
    if best is not None:
        rank = _rank(best, extent)[:2]
        wanting = [one for one in wanting if _rank(one, extent)[:2] < rank]
    return sorted(wanting, key=lambda one: _rank(one, extent)[:2])


def _not_reached(
    source: str,
    target: str,
    layer: str,
    best: _Candidate | None,
    better: list[_Candidate],
    accuracy: float | None,
    grids: Path | None,
) -> AccuracyNotReached:
    demand = f"; the job demands {_metres(accuracy)}" if accuracy is not None else ""
    have = f"the best usable operation is {best.text}" if best else "there is only a ballpark"
    hint = "no operation known to PROJ does better"
    if better:
        one = better[0]
        places = ", ".join(_where(*grid) for grid in one.missing)
        hint = f"{one.name} reaches {_metres(one.accuracy)} with the grid {places}; put it into "
        hint += str(grids) if grids else "a folder and name that as crs.grids"
        hint += "".join(_misnamed(name, grids) for name, _ in one.missing)
    return AccuracyNotReached(
        f"layer {layer!r}, {source[:60]} → {target}: {have}{demand}", hint=hint
    )


def _where(name: str, url: str) -> str:
    return f"{name} (from the PROJ-data package or {url})" if url else name


def _misnamed(name: str, grids: Path | None) -> str:
    """Say when the folder holds the grid under another suffix or case."""
    if grids is None:
        return ""
    stem = Path(name).stem.casefold()
    near = [one.name for one in sorted(grids.iterdir()) if one.stem.casefold() == stem]
    return f"; it holds {near[0]}, which PROJ doesn't take for it" if near else ""


def _limits(source: CRS, target: CRS, best: _Candidate) -> Bounds | None:
    own = areas.widened(source)
    limits = areas.padded(best.area, BY_GRID_EDGE)
    if own is not None:
        limits = areas.intersection(own, limits) or limits
    world = areas.intersection(limits, areas.WORLD)
    if world is None or world == areas.WORLD:
        return None
    if target.is_geographic:
        return limits
    return areas.bounds_between(CRS.from_user_input(CRS84), target, world)


def _unit(crs: CRS) -> float:
    """Metres in a unit of the first axis, along a great circle for angles."""
    factor = float(crs.axis_info[0].unit_conversion_factor)
    return math.degrees(factor) * DEGREE_METRES if crs.is_geographic else factor


def _area(area: AreaOfUse | None) -> Bounds:
    if area is None or area.west > area.east:
        return areas.WORLD
    return (area.west, area.south, area.east, area.north)


def _size(area: Bounds) -> float:
    return (area[2] - area[0]) * (area[3] - area[1])


def _accuracy(metres: float | None) -> float:
    return UNKNOWN if metres is None or metres < 0 else metres


def _metres(accuracy: float) -> str:
    return f"{accuracy:g} m" if math.isfinite(accuracy) else "unknown accuracy"


def _name(description: str) -> str:
    """An operation's name without the steps that only change the order of axes."""
    steps = [one for one in description.split(" + ") if not one.startswith("axis order change")]
    return " + ".join(steps) or "axis order change"
