"""A layer's time axis for QGIS's temporal controller: which columns it is, and how it is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from qgis.core import Qgis, QgsExpression, QgsVectorLayer
from qgis.PyQt.QtCore import QVariant

MOMENTS: Final = (QVariant.Type.Date, QVariant.Type.DateTime)
TEXT: Final = (QVariant.Type.String,)
#: Columns that say from when to when something holds, in INSPIRE and in Smart Data Models.
PERIODS: Final = (
    ("validFrom", "validTo"),
    ("dateObservedFrom", "dateObservedTo"),
    ("startDate", "endDate"),
    ("beginLifespanVersion", "endLifespanVersion"),
)
#: Columns, or ends of their names, that say when something was observed.
OBSERVED: Final = ("observedAt", "dateObserved", "phenomenonTime", "resultTime", "timestamp")
UP_TO_SECONDS: Final = 19  # characters of 2026-11-24T17:00:00; the zone is UTC, as QGIS reads it


@dataclass(frozen=True)
class TimeAxis:
    """The column of the time, or of its start and ``end``."""

    start: str
    end: str = ""


def time_axis(columns: Mapping[str, object], stated: str | None) -> TimeAxis | None:
    """The time axis of a layer; None when its columns tell of none.

    Parameters
    ----------
    columns
        Names and types (``QVariant.Type``).
    stated
        What the source says it is.
    """
    timely = [name for name, kind in columns.items() if kind in (*MOMENTS, *TEXT)]
    if stated in timely:
        return TimeAxis(str(stated))
    by_plain_name = {name.casefold(): name for name in timely}
    for first, last in PERIODS:
        start, end = (by_plain_name.get(one.casefold()) for one in (first, last))
        if start is not None and end is not None:
            return TimeAxis(start, end)
    for ending in OBSERVED:
        for name in timely:
            if name.casefold().endswith(ending.casefold()):
                return TimeAxis(name)
    return None


def set_times(layer: QgsVectorLayer, stated: str | None) -> None:
    """Have a layer in the temporal controller, if it has a time axis."""
    columns = {one.name(): one.type() for one in layer.fields()}
    axis = time_axis(columns, stated)
    if axis is None:
        return
    times, modes = layer.temporalProperties(), Qgis.VectorTemporalMode
    if TEXT[0] in (columns[axis.start], columns.get(axis.end)):
        times.setMode(modes.FeatureDateTimeStartAndEndFromExpressions)
        times.setStartExpression(_moment(axis.start, columns))
        times.setEndExpression(_moment(axis.end or axis.start, columns))
    elif axis.end:
        times.setMode(modes.FeatureDateTimeStartAndEndFromFields)
        times.setStartField(axis.start)
        times.setEndField(axis.end)
    else:
        times.setMode(modes.FeatureDateTimeInstantFromField)
        times.setStartField(axis.start)
    times.setIsActive(True)


def _moment(name: str, columns: Mapping[str, object]) -> str:
    column = QgsExpression.quotedColumnRef(name)
    if columns[name] not in TEXT:
        return column
    return f"try(to_datetime(substr({column}, 1, {UP_TO_SECONDS})))"
