"""Geometries of a batch: changed by operators, fitted to what a property takes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY
from commonplace.geometry import conform, in_words
from commonplace.mapping.frame import Frame, Place, Rows, fetch, spread
from commonplace.mapping.geometries import TOLD_SHARE, Step, apply
from commonplace.mapping.plan import Applied, Leaf
from commonplace.mapping.values import valid
from commonplace.target import Geometries

Mask = npt.NDArray[np.bool_]


def located(frame: Frame, leaf: Leaf, place: Place) -> pa.Array:
    """Positions in the pool of a geometry, changed by operators and fitted to its type."""
    assert leaf.operators is not None
    handles = spread(frame.handles, place)
    present = np.flatnonzero(valid(handles))
    if not len(present):
        return handles
    numbers = handles.drop_null().to_numpy()
    given = frame.pool[numbers]
    operators = [(one, _arguments(frame, one, leaf.path, place, present)) for one in leaf.operators]
    made, steps = apply(operators, given, frame.decimals, geographic=frame.geographic)
    for step in steps:
        _report_step(frame, step, leaf.path, place.row_of(present))
    made, wrong = conform(made, leaf.geometries)
    _report_misfits(frame, leaf, made, wrong, present, place)
    none = wrong | shapely.is_missing(made) | shapely.is_empty(made)
    positions = numbers.astype(np.int32)
    fresh = np.flatnonzero(~none) if made is not given else np.empty(0, dtype=np.int64)
    positions[fresh] = len(frame.pool) + np.arange(len(fresh), dtype=np.int32)
    if len(fresh):
        frame.pool = np.concatenate([frame.pool, made[fresh]])
    result = np.zeros(place.size, dtype=np.int32)
    empty = np.ones(place.size, dtype=bool)
    result[present] = positions
    empty[present] = none
    return pa.array(result, mask=empty)


def _arguments(
    frame: Frame, applied: Applied, path: str, place: Place, present: Rows
) -> list[npt.NDArray[np.float64]]:
    """The values of an operator's parameters, one for each geometry that is there."""
    values = []
    for number, output in zip(applied.constants, applied.outputs, strict=True):
        if output is None:
            values.append(np.full(len(present), np.nan if number is None else number))
        else:
            column = fetch(frame, output, place, path).take(pa.array(present))
            values.append(column.to_numpy(zero_copy_only=False).astype(np.float64))
    return values


def _report_step(frame: Frame, step: Step, path: str, rows: Rows) -> None:
    """What an operator made of geometries that a person would want to know."""
    name = step.applied.around(GEOMETRY)
    frame.troubles.warning(
        "GEOMETRY_VANISHED",
        f"{name} leaves nothing",
        path,
        rows[step.gone],
        fix="see what stands behind the geometry: a null or a value too large?",
    )
    frame.troubles.warning(
        "GEOMETRY_AREA_CHANGED",
        f"{name} changed the area by more than {TOLD_SHARE:.0%}",
        path,
        rows[step.changed],
        pa.array([f"{share:.1%}" for share in step.shares], pa.string()),
    )


def _report_misfits(
    frame: Frame, leaf: Leaf, made: Geometries, wrong: Mask, present: Rows, place: Place
) -> None:
    rows = np.flatnonzero(wrong)
    kinds = pa.array([one.geom_type for one in made[rows]], pa.string())
    frame.troubles.error(
        "GEOMETRY_TYPE",
        f"the property takes {in_words(leaf.geometries)}",
        leaf.path,
        place.row_of(present[rows]),
        kinds,
        fix="use an operator: centroid(geometry), boundary(geometry), buffer(geometry, 5) …",
    )
