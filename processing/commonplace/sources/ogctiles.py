"""A collection of a server that can't page and answers a part only: read tile by tile.

A tile that may be cut short, by its size or by what the server counts there, is asked for in
quarters. Features on the edges come with several tiles and are kept once, by their ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from commonplace.bounds import Bounds
from commonplace.errors import CrsError, MalformedAnswer
from commonplace.http import with_parameters
from commonplace.report import Severity
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.ogcpages import Pager
from commonplace.sources.ogcservice import Collection, Page

_DEEPEST: Final = 14
_MARGIN: Final = 0.01
_FAR: Final = 1e-6  # degrees: the side of a tile that holds nothing


def read_tiles(pager: Pager, collection: Collection, first: str, most: int) -> Iterator[Page]:
    """Features with a geometry that did not come before; an answer has at most ``most``.

    Raises
    ------
    MalformedAnswer
        The server finds nothing by bbox, or too many features are in one place.
    """
    extent = _lonlat(collection)
    if extent is None or "bbox=" in first:
        raise _unreadable(collection, pager, "and by no bbox")
    far = _far_away(pager, first, extent)
    if far.rows:
        raise _unreadable(collection, pager, "and by no bbox")
    counts = far.total == 0  # MapServer sends fewer than its limit, and counts the others
    waiting: list[tuple[Bounds, int]] = [(_wider(extent), 0)]
    tiles = 0
    while waiting:
        tile, depth = waiting.pop()
        page = pager.whole(_within(first, tile))
        tiles += 1
        yield page
        if page.rows >= most or (counts and (page.total or 0) > most):
            if depth == _DEEPEST:
                raise _unreadable(collection, pager, "and too many are in one place")
            waiting.extend((one, depth + 1) for one in _quarters(tile))
    pager.notebook.note(
        "READ_BY_TILES",
        Severity.WARNING,
        "the server answers a part only: the layer was read by tiles; "
        "features without geometry are not among them",
        layer=collection.layer.name,
        fix="ask the server's owner to allow paging",
        count=tiles,
    )


def _lonlat(collection: Collection) -> Bounds | None:
    layer = collection.layer
    if layer.extent is None or layer.crs is None or layer.geometry_type is None:
        return None
    try:
        return transform_bounds(layer.extent, layer.crs, CRS84)
    except CrsError:
        return None


def _far_away(pager: Pager, first: str, extent: Bounds) -> Page:
    """What the server finds where the layer is not: nothing, if it finds by bbox."""
    x = extent[2] + 10 if extent[2] < 170 else extent[0] - 10
    y = extent[3] + 5 if extent[3] < 80 else extent[1] - 5
    return pager.whole(_within(first, (x, y, x + _FAR, y + _FAR)))


def _within(first: str, tile: Bounds) -> str:
    return with_parameters(first, [("bbox", ",".join(f"{one:.9g}" for one in tile))])


def _unreadable(collection: Collection, pager: Pager, why: str) -> MalformedAnswer:
    count = "" if pager.tally.total is None else f" of {pager.tally.total}"
    return MalformedAnswer(
        f"the server hands out a part{count} of {collection.layer.name!r} only: "
        f"not by offset, {why}",
        hint="ask its owner for paging or a larger limit, or read by bbox, part by part",
    )


def _wider(extent: Bounds) -> Bounds:
    west, south, east, north = extent
    margin = max(east - west, north - south) * _MARGIN or 1.0
    return (
        max(west - margin, -180.0),
        max(south - margin, -90.0),
        min(east + margin, 180.0),
        min(north + margin, 90.0),
    )


def _quarters(tile: Bounds) -> list[Bounds]:
    west, south, east, north = tile
    x, y = (west + east) / 2, (south + north) / 2
    return [(west, south, x, y), (x, south, east, y), (west, y, x, north), (x, y, east, north)]
