"""A layer of a server that can't page and answers a part only: read tile by tile.

A tile that may be cut short is asked for in quarters. Features on the edges come with
several tiles and are kept once, by their ids.
"""

from __future__ import annotations

from typing import Final

from commonplace.bounds import Bounds
from commonplace.errors import Cancelled, MalformedAnswer
from commonplace.report import Severity
from commonplace.sources.wfspages import Pager
from commonplace.sources.wfsselect import Selection, bbox_way, box_of
from commonplace.sources.wfsservice import Kind, Service
from commonplace.sources.wfsstore import Store

_DEEPEST: Final = 14
_MARGIN: Final = 0.01


def read_tiles(
    service: Service, kind: Kind, selection: Selection, pager: Pager, store: Store, most: int
) -> None:
    """Read all features that have a geometry; an answer has at most ``most``.

    Raises
    ------
    MalformedAnswer
        The server has no bbox that works, features have no ids, or too many are in one place.
    """
    extent = kind.layer.extent
    way = bbox_way(service, kind, filtered=bool(selection.request.equals))
    if way is None or extent is None or selection.request.box is not None:
        raise _unreadable(kind, pager, "and by no bbox")
    total = pager.tally.total
    pager.tally.overlapping = True
    waiting: list[tuple[Bounds, int]] = [(_wider(extent), 0)]
    while waiting:
        if pager.observer.cancelled():
            raise Cancelled("cancelled between tiles")
        tile, depth = waiting.pop()
        request = selection.request.selecting(box_of(kind, tile, way), selection.request.equals)
        page = pager.whole(request, store)
        pager.tally.total = total
        if page.rows and page.ids is None:
            raise _unreadable(kind, pager, "and its features have no ids")
        if page.rows >= most:
            if depth == _DEEPEST:
                raise _unreadable(kind, pager, "and too many are in one place")
            waiting.extend((one, depth + 1) for one in _quarters(tile))
    service.notebook.note(
        "READ_BY_TILES",
        Severity.WARNING,
        "the server answers a part only: the layer was read by tiles; "
        "features without geometry are not among them",
        layer=kind.layer.name,
        fix="ask the server's owner to allow paging (startIndex)",
        count=len(pager.tally.pages),
    )


def _unreadable(kind: Kind, pager: Pager, why: str) -> MalformedAnswer:
    count = "" if pager.tally.total is None else f" of {pager.tally.total}"
    return MalformedAnswer(
        f"the server hands out a part{count} of {kind.layer.name!r} only: not by startIndex, {why}",
        hint="ask its owner for paging or a larger limit, or read by bbox, part by part",
    )


def _wider(extent: Bounds) -> Bounds:
    west, south, east, north = extent
    margin = max(east - west, north - south) * _MARGIN or 1.0
    return west - margin, south - margin, east + margin, north + margin


def _quarters(tile: Bounds) -> list[Bounds]:
    west, south, east, north = tile
    x, y = (west + east) / 2, (south + north) / 2
    return [(west, south, x, y), (x, south, east, y), (west, y, x, north), (x, y, east, north)]
