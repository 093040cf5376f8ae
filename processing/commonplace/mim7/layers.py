"""Facts of the layers of any source: rows read, ids, CRS, columns that look personal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY, Layer, Query, Source
from commonplace.bounds import Bounds
from commonplace.crs import outside_area
from commonplace.errors import CrsUnknown, SourceError
from commonplace.mim7.evidence import LayerFacts
from commonplace.mim7.identifiers import id_column, id_report
from commonplace.privacy import signs_of_names

MOST_LAYERS: Final = 20  # of a service: each costs several requests
PAGE: Final = 100


@dataclass(frozen=True, slots=True)
class Options:
    """How a target is looked at: its id column, which layers, how many rows a layer.

    ``rows`` 0 reads all of them.
    """

    id_column: str | None = None
    layers: tuple[str, ...] = ()
    rows: int = 0
    own_host: str | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """A layer's facts and its ids with geometries, to compare them; None without ids."""

    facts: LayerFacts
    ids: pa.Table | None = None


def chosen(layers: Sequence[Layer], options: Options) -> list[Layer]:
    """The layers to look at: the named ones, else all that are layers of their own."""
    if options.layers:
        return [one for one in layers if one.name in options.layers]
    names = {one.name for one in layers}
    return [one for one in layers if not _derived(one.name, names)]


def _derived(name: str, names: set[str]) -> bool:
    """Histories (``Type@history``) and instances (``Type.attribute``) of a broker's types."""
    return any(name[: len(one) + 1] in (f"{one}@", f"{one}.") for one in names if one != name)


def look(source: Source, layer: Layer, options: Options) -> Looked:
    """Read a layer. One that can't be read says why."""
    column = id_column(layer.field_names, options.id_column)
    limit = options.rows or None
    if limit is not None and layer.count is not None and layer.count <= limit:
        limit = None  # whole, so that the source compares its count with what came
    query = Query(columns=[] if column is None else [column], limit=limit)
    before = _requests(source)
    try:
        batches = list(source.batches(layer, query))
    except SourceError as error:
        return Looked(_facts(layer, column, problem=f"{error.code}: {error.message}"))
    rows = sum(one.num_rows for one in batches)
    after = _requests(source)
    facts = _facts(layer, column, rows=rows, pages=None if after is None else after - (before or 0))
    return _with_rows(facts, layer, column, batches, options)


def _requests(source: Source) -> int | None:
    """Requests so far, of sources that count them."""
    found = source.evidence().details.get("requests")
    return found if isinstance(found, int) else None


def _facts(
    layer: Layer,
    column: str | None,
    *,
    rows: int = 0,
    pages: int | None = None,
    problem: str | None = None,
) -> LayerFacts:
    return LayerFacts(
        name=layer.name,
        place=layer.name,
        columns=layer.field_names,
        rows=rows,
        count=layer.count,
        pages=pages,
        located=layer.geometry_type is not None,
        crs=layer.crs,
        licence=layer.licence,
        personal=tuple(
            f"{one.column}: {one.category}" for one in signs_of_names(layer.field_names)
        ),
        problem=problem,
    )


def _with_rows(
    facts: LayerFacts,
    layer: Layer,
    column: str | None,
    batches: Sequence[pa.RecordBatch],
    options: Options,
) -> Looked:
    full = [one for one in batches if one.num_columns]
    shapes = [one.column(GEOMETRY) for one in full if GEOMETRY in one.schema.names]
    geometry = pa.chunked_array(shapes, pa.binary()) if shapes else None
    extent = None if geometry is None else _extent(geometry)
    located = facts.located and not _without_geometry(facts, geometry)
    facts = replace(facts, located=located, extent=extent, crs_finding=_off(layer, extent))
    if column is None or not full:
        return Looked(facts)
    ids = pa.chunked_array([one.column(column) for one in full])
    report = id_report(column, ids, options.own_host)
    columns = {"id": ids} if geometry is None else {"id": ids, GEOMETRY: geometry}
    return Looked(replace(facts, ids=report), pa.table(columns))


def _without_geometry(facts: LayerFacts, geometry: pa.ChunkedArray | None) -> bool:
    """Whether all rows were read and none has one: a service's schema may promise more."""
    empty = geometry is not None and geometry.null_count == len(geometry)
    return empty and facts.rows > 0 and facts.count is not None and facts.whole


def _extent(geometry: pa.ChunkedArray) -> Bounds | None:
    """Where the rows that were read lie."""
    bounds = shapely.total_bounds(shapely.from_wkb(geometry.to_numpy(), on_invalid="ignore"))
    if not np.isfinite(bounds).all():
        return None
    return (float(bounds[0]), float(bounds[1]), float(bounds[2]), float(bounds[3]))


def _off(layer: Layer, extent: Bounds | None) -> str | None:
    """What is wrong with where they lie."""
    if layer.crs is None:
        return None
    try:
        found = outside_area(layer.crs, extent, layer=layer.name)
    except CrsUnknown as error:
        return f"{error.code}: {error.message}"
    if not found:
        return None
    guess = f"; {found[0].fix}" if found[0].fix and "job" not in found[0].fix else ""
    return f"{found[0].code}: {found[0].message}{guess}"
