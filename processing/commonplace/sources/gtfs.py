"""GTFS feeds: stops as points, shapes and routes as lines (longitude and latitude, WGS 84).

``stops`` are the rows of stops.txt, with the name of their parent station; ``shapes`` a
line each; ``routes`` the lines of all their trips' shapes together, or, in a feed without
shapes.txt, lines from stop to stop of each direction's longest trip. When trips run is none
of a map's business and isn't read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.batch import BATCH_ROWS, GEOMETRY, Evidence, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import SourceError
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.gtfs_feed import Feed
from commonplace.sources.gtfs_lines import Lines, lines_of_shapes, lines_of_stops, route_lines
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.rows import chosen_columns, fields_of, filtered, known_where, limited

STOPS: Final = "stops"
SHAPES: Final = "shapes"
ROUTES: Final = "routes"
_TITLES: Final = {STOPS: "Stops and stations", SHAPES: "Shapes of trips", ROUTES: "Routes"}
_KINDS: Final = {STOPS: "Point", SHAPES: "LineString", ROUTES: "MultiLineString"}

Geometries = npt.NDArray[np.object_]


class GtfsSource:
    """Layers of one feed. See :class:`commonplace.batch.Source`."""

    def __init__(self, spec: SourceSpec, observer: Observer | None = None) -> None:
        if spec.path is None:
            raise SourceError("a GTFS source needs a path")
        self._path: Path = spec.path
        self._crs = identify(spec.crs) if spec.crs else CRS84
        self._observer = observer or Silent()
        self._notebook = Notebook()
        self._feed: Feed | None = None
        self._layers: list[Layer] = []

    def layers(self) -> list[Layer]:
        if not self._layers:
            feed = self._opened()
            names = [STOPS, *([SHAPES] if feed.has("shapes.txt") else [])]
            names += [ROUTES] if feed.has("routes.txt") and feed.has("trips.txt") else []
            self._layers = [self._described(name) for name in names]
        return self._layers

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._path.name)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        columns = chosen_columns(layer.name, layer.field_names, query.columns)
        where = known_where(layer.name, layer.field_names, query.where)
        box = query.bbox
        if box is not None and query.bbox_crs is not None:
            box = transform_bounds(box, query.bbox_crs, self._crs)
        table = self._table(layer.name, self._notebook)
        found = (
            filtered(batch, where, box).select([*columns, GEOMETRY])
            for batch in table.combine_chunks().to_batches(max_chunksize=BATCH_ROWS)
        )
        return limited(found, query.limit, self._observer)

    def findings(self) -> list[Finding]:
        return self._notebook.findings()

    def evidence(self) -> Evidence:
        feed = self._opened()
        details: dict[str, object] = {"tables": sorted(feed.members)}
        if self._path.is_file():
            with self._path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            size = self._path.stat().st_size
            details["files"] = [{"name": self._path.name, "bytes": size, "sha256": digest}]
        return Evidence("gtfs", self._path.name, details)

    def _opened(self) -> Feed:
        if self._feed is None:
            self._feed = Feed(self._path)
        return self._feed

    def _described(self, name: str) -> Layer:
        table = self._table(name, Notebook())
        shapes = shapely.from_wkb(table.column(GEOMETRY).to_numpy())
        extent = shapely.total_bounds(shapes)
        return Layer(
            name=name,
            title=_TITLES[name],
            fields=fields_of(table.schema),
            geometry_type=_KINDS[name],
            crs=self._crs,
            extent=_bounds(extent),
            count=table.num_rows,
            encoding="UTF-8",
        )

    def _table(self, name: str, notebook: Notebook) -> pa.Table:
        made = {STOPS: _stops, SHAPES: _shapes, ROUTES: _routes}
        return made[name](self._opened(), notebook)


def _bounds(extent: npt.NDArray[np.float64]) -> Bounds | None:
    if not np.isfinite(extent).all():
        return None
    west, south, east, north = extent.tolist()
    return west, south, east, north


def _stops(feed: Feed, notebook: Notebook) -> pa.Table:
    table = feed.table("stops.txt", notebook)
    rows = table.num_rows
    _note_repeats(table, "stop_id", "stops.txt", notebook)
    x, y = (_numbers(table, one) for one in ("stop_lon", "stop_lat"))
    if "parent_station" in table.column_names:
        parents = pc.index_in(
            table.column("parent_station"), table.column("stop_id").combine_chunks()
        ).combine_chunks()
        stated = table.column("parent_station").is_valid()
        unknown = pc.sum(pc.and_(stated, parents.is_null())).as_py() or 0
        if unknown:
            notebook.note(
                "PARENT_UNKNOWN",
                Severity.WARNING,
                "parent stations that are no stop of the feed",
                layer=STOPS,
                attribute="parent_station",
                count=unknown,
            )
        if "stop_name" in table.column_names:
            table = table.append_column("parent_name", table.column("stop_name").take(parents))
        x, y = _inherited(x, parents), _inherited(y, parents)
    good = (np.abs(x) <= 180) & (np.abs(y) <= 90) & ~((x == 0) & (y == 0))
    if not good.all():
        notebook.note(
            "COORDINATES_BAD",
            Severity.WARNING,
            "stops without coordinates on the Earth, or at 0, 0: they have no geometry",
            layer=STOPS,
            count=int((~good).sum()),
        )
    shapes: Geometries = np.full(rows, None, dtype=object)
    shapes[good] = shapely.points(x[good], y[good])
    return table.append_column(GEOMETRY, pa.array(shapely.to_wkb(shapes), pa.binary()))


def _numbers(table: pa.Table, name: str) -> npt.NDArray[np.float64]:
    if name not in table.column_names:
        return np.full(table.num_rows, np.nan)
    found: npt.NDArray[np.float64] = pc.fill_null(table.column(name), np.nan).to_numpy()
    return found


def _inherited(values: npt.NDArray[np.float64], parents: Any) -> npt.NDArray[np.float64]:
    """Values, those missing from the parent (platforms of boarding areas have none)."""
    index = pc.fill_null(parents, 0).to_numpy()
    take = np.isnan(values) & parents.is_valid().to_numpy(zero_copy_only=False)
    return np.where(take, values[index], values) if len(values) else values


def _shapes(feed: Feed, notebook: Notebook) -> pa.Table:
    lines = lines_of_shapes(feed, notebook)
    table = pa.table(
        {
            "shape_id": lines.ids,
            "points": pa.array(shapely.get_num_coordinates(lines.shapes), pa.int64()),
        }
    )
    if feed.has("trips.txt"):
        trips = feed.table("trips.txt", Notebook(), ("route_id", "shape_id"))
        if {"route_id", "shape_id"} <= set(trips.column_names):
            grouped = trips.group_by("shape_id", use_threads=False).aggregate(
                [("route_id", "count"), ("route_id", "distinct")]
            )
            at = pc.index_in(table.column("shape_id"), grouped.column("shape_id").combine_chunks())
            count = grouped.column("route_id_count").take(at)
            table = table.append_column("trips", pc.fill_null(count, 0))
            table = table.append_column("route_ids", grouped.column("route_id_distinct").take(at))
    return table.append_column(GEOMETRY, pa.array(shapely.to_wkb(lines.shapes), pa.binary()))


def _routes(feed: Feed, notebook: Notebook) -> pa.Table:
    table = feed.table("routes.txt", notebook)
    _note_repeats(table, "route_id", "routes.txt", notebook)
    trips = feed.table("trips.txt", notebook)
    lines: Lines | None = None
    if feed.has("shapes.txt") and "shape_id" in trips.column_names:
        lines = lines_of_shapes(feed, Notebook())
    if lines is None or not len(lines.shapes):
        trips, lines = lines_of_stops(feed, trips, notebook)
    if feed.has("agency.txt"):
        table = _with_agency(table, feed)
    ids = table.column("route_id").combine_chunks()
    counts = pc.value_counts(trips.column("route_id"))
    at = pc.index_in(ids, counts.field("values"))
    table = table.append_column("trips", pc.fill_null(counts.field("counts").take(at), 0))
    shapes = route_lines(ids, trips, lines)
    missing = int(shapely.is_missing(shapes).sum())
    if missing:
        notebook.note(
            "ROUTE_WITHOUT_LINE",
            Severity.WARNING,
            "routes without a trip that has a shape or stops",
            layer=ROUTES,
            count=missing,
        )
    return table.append_column(GEOMETRY, pa.array(shapely.to_wkb(shapes), pa.binary()))


def _with_agency(table: pa.Table, feed: Feed) -> pa.Table:
    agencies = feed.table("agency.txt", Notebook())
    if "agency_name" not in agencies.column_names or not agencies.num_rows:
        return table
    names = agencies.column("agency_name")
    if {"agency_id"} <= set(table.column_names) & set(agencies.column_names):
        at = pc.index_in(table.column("agency_id"), agencies.column("agency_id").combine_chunks())
    elif agencies.num_rows == 1:  # the only one needs no id
        at = pa.array(np.zeros(table.num_rows, dtype=np.int32))
    else:
        return table
    return table.append_column("agency_name", names.take(at))


def _note_repeats(table: pa.Table, key: str, name: str, notebook: Notebook) -> None:
    if key not in table.column_names:
        raise SourceError(f"{name} has no column {key}", hint="is it a GTFS feed?")
    repeats = table.num_rows - pc.count_distinct(table.column(key)).as_py()
    if repeats:
        notebook.note(
            "ID_REPEATED",
            Severity.WARNING,
            f"{name}: ids that occur more than once",
            layer=name.removesuffix(".txt"),
            attribute=key,
            count=repeats,
        )
