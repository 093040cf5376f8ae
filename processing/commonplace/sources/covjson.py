"""CoverageJSON (OGC 21-069r2) as rows: a row a cell, a column a parameter.

Domains of points, series, profiles, grids, sections and trajectories are all the same thing
here: axes whose product are the cells, or one composite axis that lists them. A cell is a point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.batch import GEOMETRY
from commonplace.crs import identify
from commonplace.errors import CrsUnknown, MalformedAnswer
from commonplace.sources.crsname import CRS84

COVERAGE: Final = "coverage"
TIME: Final = "time"
HEIGHT: Final = "z"
MOST_CELLS: Final = 20_000_000
MEDIA_TYPES: Final = ("application/prs.coverage+json", "application/vnd.cov+json")

Axis = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows with columns ``coverage``, ``time``, ``z``, the parameters', and a geometry.

    ``crs`` is that of x and y; ``incomplete`` are parameters whose values lie elsewhere.
    """

    batch: pa.RecordBatch
    crs: str
    incomplete: tuple[str, ...] = ()


def is_coverage(document: Any) -> bool:
    """Whether a JSON document is CoverageJSON with values."""
    kinds = ("Coverage", "CoverageCollection")
    return isinstance(document, dict) and document.get("type") in kinds


def cells(document: Mapping[str, Any], name: str) -> Iterator[Cells]:
    """The cells of each coverage of a document; ``name`` is the layer's, for messages.

    Raises
    ------
    MalformedAnswer
        What is no CoverageJSON, a domain that has no places, or too many cells.
    """
    shared = document if document.get("type") == "CoverageCollection" else {}
    every = shared.get("coverages", [document]) if shared else [document]
    for number, one in enumerate(every):
        try:
            yield _cells(one, shared, number)
        except (KeyError, TypeError, ValueError, AttributeError, pa.ArrowException) as error:
            raise MalformedAnswer(
                f"{name}: coverage {number} is not as CoverageJSON has it: {error!r}"
            ) from error


def _cells(one: Mapping[str, Any], shared: Mapping[str, Any], number: int) -> Cells:
    domain = one["domain"]
    if not isinstance(domain, dict):
        raise ValueError("its domain lies at another address")
    names, sizes, columns = _axes(domain["axes"])
    count = prod(sizes)
    if count > MOST_CELLS:
        raise MalformedAnswer(
            f"a coverage of {count:,} cells is too large", hint="state a bbox for the source"
        )
    arrays: dict[str, pa.Array] = {
        COVERAGE: pa.array([str(one.get("id", number))] * count, pa.string()),
        TIME: _times(columns.get("t"), count),
        HEIGHT: _heights(columns.get("z"), count),
    }
    incomplete = []
    for key, stated in one.get("ranges", {}).items():
        if not isinstance(stated, dict) or "values" not in stated:
            incomplete.append(str(key))
        else:
            arrays[str(key)] = _range(stated, names, sizes)
    x, y = _numbers(columns["x"]), _numbers(columns["y"])
    arrays[GEOMETRY] = pa.array(shapely.to_wkb(shapely.points(x, y)), pa.binary())
    batch = pa.RecordBatch.from_pydict(arrays)
    crs = _crs(domain.get("referencing") or shared.get("referencing") or [])
    return Cells(_filled(batch), crs, tuple(incomplete))


def _filled(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The cells where a parameter has a value."""
    own = [one for one in batch.schema.names if one not in (COVERAGE, TIME, HEIGHT, GEOMETRY)]
    if not own:
        return batch
    there = pc.is_valid(batch.column(own[0]))
    for name in own[1:]:
        there = pc.or_(there, pc.is_valid(batch.column(name)))
    return batch.filter(there)


def _axes(axes: Mapping[str, Any]) -> tuple[list[str], list[int], dict[str, Axis]]:
    """Names and lengths of the axes, and of each coordinate its value in every cell."""
    names = list(axes)
    values: list[Any] = [_values(axes[one]) for one in names]
    sizes = [len(one) for one in values]
    columns: dict[str, Axis] = {}
    for position, name in enumerate(names):
        shape = [1] * len(names)
        shape[position] = sizes[position]
        stated = axes[name]
        for coordinate, listed in _coordinates(name, stated, values[position]):
            spread = np.broadcast_to(np.asarray(listed, object).reshape(shape), sizes)
            columns[coordinate] = spread.reshape(-1)
    return names, sizes, columns


def _values(axis: Mapping[str, Any]) -> Sequence[Any]:
    if "values" in axis:
        found: Sequence[Any] = axis["values"]
        return found
    number = int(axis["num"])
    if number > MOST_CELLS:
        raise MalformedAnswer(f"an axis of {number:,} values is too long")
    evenly: Sequence[Any] = np.linspace(axis["start"], axis["stop"], number).tolist()
    return evenly


def _coordinates(
    name: str, axis: Mapping[str, Any], values: Sequence[Any]
) -> Iterator[tuple[str, Sequence[Any]]]:
    """One axis is one coordinate; a composite one lists tuples of several."""
    if axis.get("dataType") == "tuple":
        for position, coordinate in enumerate(axis["coordinates"]):
            yield coordinate, [one[position] for one in values]
    elif axis.get("dataType") == "polygon":
        places = [shapely.Polygon(one[0], one[1:]).representative_point() for one in values]
        yield "x", [one.x for one in places]
        yield "y", [one.y for one in places]
    else:
        yield name, values


def _range(stated: Mapping[str, Any], names: list[str], sizes: list[int]) -> pa.Array:
    """A parameter's values in the order of the cells; axes that it leaves out are one long."""
    own = list(stated.get("axisNames") or [])
    values = np.asarray(stated["values"], object).reshape([int(n) for n in stated.get("shape", [])])
    order = sorted(range(len(own)), key=lambda one: names.index(own[one]))
    there = {own[one] for one in order}
    shape = [size if name in there else 1 for name, size in zip(names, sizes, strict=True)]
    whole = np.broadcast_to(values.transpose(order).reshape(shape), sizes).reshape(-1).tolist()
    kind = {"float": pa.float64(), "integer": pa.int64()}.get(str(stated.get("dataType")))
    return pa.array(whole, kind) if kind is not None else pa.array(whole)


def _times(values: Axis | None, count: int) -> pa.Array:
    """Points in time in UTC; what is none stays away."""
    if values is None:
        return pa.nulls(count, pa.timestamp("us", "UTC"))
    texts = pa.array([None if one is None else str(one) for one in values.tolist()], pa.string())
    whole = pc.replace_substring_regex(texts, r"^(\d{4}-\d{2}-\d{2})$", r"\1T00:00:00")
    zoned = pc.replace_substring_regex(whole, r"^(.*T[^Z+-]*)$", r"\1Z")
    short = pc.replace_substring_regex(zoned, r"(\.\d{6})\d+", r"\1")
    return pc.cast(short, pa.timestamp("us", "UTC"))


def _heights(values: Axis | None, count: int) -> pa.Array:
    return pa.nulls(count, pa.float64()) if values is None else pa.array(_numbers(values))


def _numbers(values: Axis) -> npt.NDArray[np.float64]:
    return np.asarray(values.tolist(), dtype=np.float64)


def _crs(referencing: Sequence[Mapping[str, Any]]) -> str:
    """The CRS of x and y; CRS84 where none is stated or known."""
    for one in referencing:
        stated = one.get("system", {}).get("id")
        if "x" in one.get("coordinates", ()) and isinstance(stated, str):
            try:
                return identify(stated)
            except CrsUnknown:
                return CRS84
    return CRS84
