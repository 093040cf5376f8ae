"""What a WFS is asked to filter: tried on a feature that is known, before it is relied upon.

Servers read a bbox in either axis order, and compare numbers as text. A filter that the
server understands otherwise would lose features without a word; so the server must first
return a feature that certainly passes. All filters are applied here again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import numpy as np
import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY
from commonplace.bounds import Bounds
from commonplace.errors import MalformedAnswer, ServerFault
from commonplace.report import Severity
from commonplace.sources.crsname import parsed
from commonplace.sources.notes import Notebook
from commonplace.sources.rows import filtered
from commonplace.sources.wfsrequest import Box, Request, boxes
from commonplace.sources.wfsservice import Kind, Service, put_right

_FILTER_PARAMETERS: Final = ("filter", "cql_filter", "bbox", "featureid", "resourceid")
_TRIED: Final = 10
_ROUNDING, _NEAR, _DEGREE = 0.2, 1.0, 111_000.0  # metres

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Selection:
    """A request that filters as much as the server can; the rest is done here."""

    request: Request
    where_here: Pairs = ()
    bbox_here: bool = False

    @property
    def pushes(self) -> bool:
        """Whether the server filters anything."""
        return bool(self.request.equals) or self.request.box is not None


def selected(service: Service, kind: Kind, where: Pairs, bounds: Bounds | None) -> Selection:
    """The selection for property = value pairs and a bbox in the layer's CRS."""
    if kind.request.name is None or _filters_already(kind.request.address):
        return Selection(kind.request, where, bounds is not None)
    pushed = tuple(pair for pair in where if _comparable(service, kind, pair[0]))
    left = tuple(pair for pair in where if pair not in pushed)
    way = None
    if bounds is not None:
        way = bbox_way(service, kind, filtered=bool(pushed))
        if way is None and kind.sample.num_rows:
            service.notebook.note(
                "BBOX_NOT_PUSHED",
                Severity.INFO,
                "the server's bbox doesn't find a feature inside: all are read and chosen here",
                layer=kind.layer.name,
            )
    box = None if way is None or bounds is None else box_of(kind, bounds, way)
    request = kind.request.selecting(box, pushed)
    return Selection(request, left, bounds is not None and box is None)


def box_of(kind: Kind, bounds: Bounds, way: int) -> Box:
    """A rectangle in the layer's CRS as the server understands it.

    A little wider, as servers round and transform what they compare; it is applied here again.
    """
    assert kind.layer.crs is not None
    wider = _widened(bounds, kind.layer.crs, _ROUNDING)
    return boxes(wider, kind.layer.crs, kind.request.srs)[way]


def bbox_way(service: Service, kind: Kind, *, filtered: bool = False) -> int | None:
    """The way to write a bbox in which the server finds the first feature; None of none.

    ``filtered`` says that it will stand in a filter, beside comparisons.
    """
    if GEOMETRY not in kind.sample.column_names or kind.layer.crs is None:
        return None
    shapes = shapely.from_wkb(kind.sample[GEOMETRY].to_numpy())
    bounds = shapely.bounds(shapes)
    known = np.flatnonzero(np.isfinite(bounds).all(axis=1))
    if not len(known):
        return None
    row = int(known[0])
    around = _widened(tuple(bounds[row].tolist()), kind.layer.crs, _NEAR)
    equals = _values(kind, row)[:1] if filtered else ()
    if filtered and not equals:
        return None
    for number, box in enumerate(boxes(around, kind.layer.crs, kind.request.srs)):
        if _finds(service, kind, kind.request.selecting(box, equals), equals, around):
            return number
    return None


def _widened(bounds: Bounds, crs: str, metres: float) -> Bounds:
    margin = metres / _DEGREE if parsed(crs).is_geographic else metres
    west, south, east, north = bounds
    return west - margin, south - margin, east + margin, north + margin


def _comparable(service: Service, kind: Kind, name: str) -> bool:
    """Whether the server finds features by a property's value."""
    if not service.capabilities.filters or name not in kind.declared.values:
        return False
    value = next((pair for pair in _column_values(kind, name)), None)
    if value is None:
        return False
    equals = ((name, value),)
    if _finds(service, kind, kind.request.selecting(None, equals), equals, None):
        return True
    service.notebook.note(
        "FILTER_NOT_PUSHED",
        Severity.INFO,
        "the server doesn't find a feature by this property: all are read and chosen here",
        layer=kind.layer.name,
        attribute=name,
    )
    return False


def _values(kind: Kind, row: int) -> Pairs:
    """Comparisons that the sample's row passes."""
    return tuple(
        (name, text)
        for name in kind.declared.values
        if name in kind.sample.column_names
        and (text := _text(kind.sample[name][row].as_py())) is not None
    )


def _column_values(kind: Kind, name: str) -> Iterator[str]:
    if name in kind.sample.column_names:
        for value in kind.sample[name].to_pylist():
            text = _text(value)
            if text is not None:
                yield text


def _text(value: object) -> str | None:
    """A value as a literal; None for those that servers write in many ways."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return str(value)


def _finds(
    service: Service, kind: Kind, request: Request, where: Pairs, bounds: Bounds | None
) -> bool:
    """Whether the server returns features that pass the filter."""
    with TemporaryDirectory(prefix="commonplace-") as folder:
        store = replace(kind, request=request).store(Path(folder))
        try:
            store.add(service.asker.ask(request.url(count=_TRIED)))
        except (ServerFault, MalformedAnswer):
            return False
        if store.layer(Notebook()) is None:
            return False
        table = pa.Table.from_batches(list(store.batches()), store.schema())
    rows = put_right(table, swap=kind.swap).combine_chunks().to_batches()
    return any(filtered(one, where, bounds).num_rows for one in rows)


def _filters_already(address: str) -> bool:
    names = {one.partition("=")[0].lower() for one in address.partition("?")[2].split("&")}
    return not names.isdisjoint(_FILTER_PARAMETERS)
