"""Lines of a GTFS feed: of its shapes, or from stop to stop; gathered by route."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.report import Severity
from commonplace.sources.gtfs_feed import Feed
from commonplace.sources.notes import Notebook

_POINT: Final = ("shape_id", "shape_pt_lon", "shape_pt_lat", "shape_pt_sequence")
_CALL: Final = ("trip_id", "stop_id", "stop_sequence")

Geometries = npt.NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Lines:
    """A line an id; ids in the order of their first appearance."""

    ids: Any
    shapes: Geometries


def lines_of_shapes(feed: Feed, notebook: Notebook) -> Lines:
    """The lines of shapes.txt, points in the order of their sequence numbers."""
    table = feed.table("shapes.txt", notebook, _POINT)
    if not set(_POINT) <= set(table.column_names):
        return Lines(pa.array([], pa.string()), np.empty(0, dtype=object))
    whole = pa.compute.is_valid(table.column("shape_id"))
    for name in _POINT[1:]:
        whole = pc.and_(whole, table.column(name).is_valid())
    _note_left_out(table.num_rows - (pc.sum(whole).as_py() or 0), "shapes.txt", notebook)
    table = table.filter(whole)
    x, y, order = (table.column(name).to_numpy() for name in _POINT[1:])
    return _lines(table.column("shape_id"), x, y, order, "shapes", notebook)


def lines_of_stops(feed: Feed, trips: pa.Table, notebook: Notebook) -> tuple[pa.Table, Lines]:
    """Lines from stop to stop of each route's longest trip a direction, and those trips.

    The trips have a ``shape_id`` which is the line's: that of the trip.
    """
    if not feed.has("stop_times.txt"):
        nothing = Lines(pa.array([], pa.string()), np.empty(0, dtype=object))
        return _with_shape(trips), nothing
    calls = feed.table("stop_times.txt", notebook, _CALL)
    lengths = pc.value_counts(calls.column("trip_id"))
    at = pc.index_in(trips.column("trip_id"), lengths.field("values"))
    count = pc.fill_null(lengths.field("counts").take(at), 0).to_numpy()
    direction = (
        pc.fill_null(trips.column("direction_id"), 0).to_numpy()
        if "direction_id" in trips.column_names
        else np.zeros(trips.num_rows, dtype=np.int64)
    )
    route = pc.dictionary_encode(trips.column("route_id").combine_chunks()).indices.to_numpy()
    order = np.lexsort((np.arange(len(count)), -count, direction, route))
    keys = np.column_stack((route, direction))[order]
    first = np.concatenate(([True], (np.diff(keys, axis=0) != 0).any(axis=1)))[: len(order)]
    chosen = trips.take(pa.array(np.sort(order[first])))
    notebook.note(
        "ROUTE_LINES_FROM_STOPS",
        Severity.INFO,
        "the feed has no shapes: routes are straight lines from stop to stop",
        layer="routes",
    )
    calls = calls.filter(
        pc.is_in(calls.column("trip_id"), chosen.column("trip_id").combine_chunks())
    )
    stops = feed.table("stops.txt", Notebook(), ("stop_id", "stop_lon", "stop_lat"))
    at = pc.index_in(calls.column("stop_id"), stops.column("stop_id").combine_chunks())
    x, y = (
        pc.fill_null(stops.column(name).take(at), np.nan).to_numpy()
        for name in ("stop_lon", "stop_lat")
    )
    there = np.isfinite(x) & np.isfinite(y) & calls.column("stop_sequence").is_valid().to_numpy()
    _note_left_out(int((~there).sum()), "stop_times.txt", notebook)
    calls = calls.filter(pa.array(there))
    sequence = calls.column("stop_sequence").to_numpy()
    lines = _lines(calls.column("trip_id"), x[there], y[there], sequence, "routes", notebook)
    return _with_shape(chosen), lines


def _with_shape(trips: pa.Table) -> pa.Table:
    if "shape_id" in trips.column_names:
        trips = trips.drop_columns(["shape_id"])
    return trips.append_column("shape_id", trips.column("trip_id"))


def _lines(
    ids: Any,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    sequence: npt.NDArray[np.int64],
    layer: str,
    notebook: Notebook,
) -> Lines:
    """A line an id of two points or more, in order of sequence."""
    encoded = ids.combine_chunks().dictionary_encode()
    numbers = encoded.indices.to_numpy()
    order = np.lexsort((sequence, numbers))
    counts = np.bincount(numbers, minlength=len(encoded.dictionary))
    able = counts >= 2
    if not able.all():
        notebook.note(
            "LINE_TOO_SHORT",
            Severity.WARNING,
            "lines of less than two points were left out",
            layer=layer,
            count=int((~able).sum()),
        )
    order = order[able[numbers[order]]]
    offsets = np.concatenate(([0], np.cumsum(counts[able])))
    points = np.column_stack((x[order], y[order]))
    shapes: Geometries = (
        shapely.from_ragged_array(shapely.GeometryType.LINESTRING, points, (offsets,))
        if len(order)
        else np.empty(0, dtype=object)
    )
    return Lines(encoded.dictionary.filter(pa.array(able)), shapes)


def route_lines(routes: Any, trips: pa.Table, lines: Lines) -> Geometries:
    """The lines of each route's trips, each once, as one geometry."""
    keys = ["route_id", "shape_id"]
    pairs = trips.select(keys).group_by(keys, use_threads=False).aggregate([])
    row = pc.index_in(pairs.column("route_id"), routes)
    line = pc.index_in(pairs.column("shape_id"), lines.ids)
    both = pc.and_(row.is_valid(), line.is_valid())
    rows = row.filter(both).to_numpy()
    numbers = line.filter(both).to_numpy()
    order = np.lexsort((numbers, rows))
    shapes: Geometries = np.full(len(routes), None, dtype=object)
    if len(order):
        shapely.multilinestrings(lines.shapes[numbers[order]], indices=rows[order], out=shapes)
    return shapes


def _note_left_out(count: int, table: str, notebook: Notebook) -> None:
    if count:
        notebook.note(
            "ROW_INCOMPLETE",
            Severity.WARNING,
            f"{table}: rows without an id, a number or a place were left out",
            layer=table,
            count=count,
        )
