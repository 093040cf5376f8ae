"""OGC API Tiles (20-057): vector tiles, put together to features again.

Of the tile matrix sets that a collection is offered in, the one that the address names
(``…/tiles/NZTM2000Quad``) is read, else one of the source's ``crs``, else Web Mercator's, else
the first that can be read. The tiles of its deepest level that stays within :data:`MOST` cover
the ``bbox`` of the source, else the collection's extent. A feature that several tiles have a
piece of is one again where tiles carry ids; else its pieces are rows, and a finding says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import unquote, urljoin, urlsplit

import numpy as np
import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY, Evidence, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import Cancelled, CrsError, MalformedAnswer, ServerFault, SourceError
from commonplace.http import Client, shown_url
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.celled import ACCEPT_JSON, CelledSource
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.notes import find_layer
from commonplace.sources.ogcjson import (
    extent_of,
    for_machines,
    landing,
    licence_of,
    links_of,
)
from commonplace.sources.rows import chosen_columns, fields_of, filtered, known_where, limited
from commonplace.sources.tilematrix import (
    WEB_MERCATOR,
    Block,
    Matrix,
    MatrixSet,
    known_matrix_set,
    read_matrix_set,
)
from commonplace.sources.tilepieces import STEPS, read_tile, together
from commonplace.sources.tilesets import (
    MVT,
    PLACES,
    SCHEMES,
    is_in,
    is_json,
    limits_of,
    set_name_of,
    template_of,
    tilesets_of,
)

MOST: Final = 2_000
FINEST: Final = 8_000  # the scale beyond which tiles are of one house: level 16 of Web Mercator
NOTHING: Final = frozenset({204, 404})
_NAMED: Final = re.compile(r"/tiles/([^/?{}]+)/?$")


@dataclass(slots=True)
class _Tileset:
    """A collection's tiles: their grid, the address of one, and which there are, if it says."""

    raw: Mapping[str, Any]
    grid: MatrixSet
    template: str
    limits: Mapping[str, Block] = field(default_factory=dict)
    found: pa.Table | None = None
    area: Bounds | None = None
    level: str | None = None
    tiles: int = 0


class TilesSource(CelledSource):
    """The vector tiles of one service: of its collections, and of all of them together.

    See :class:`commonplace.batch.Source`.
    """

    WHAT = "a source of tiles"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        parts = urlsplit(self._url)
        named = _NAMED.search(parts.path)
        self._wanted = unquote(named[1]) if named else None
        if named is not None:
            self._url = parts._replace(path=parts.path[: named.start()]).geturl()
        self._crs = identify(spec.crs) if spec.crs else None
        self._all: dict[str, _Tileset] | None = None
        self._grids: dict[str, MatrixSet] = {}

    def layers(self) -> list[Layer]:
        """A layer a collection; its fields are known once its tiles are read."""
        return [self._layer(one) for one in self._known().values()]

    def layer(self, name: str | None = None) -> Layer:
        found = find_layer(self.layers(), name, self._address)
        table = self._table(found, self._spec.bbox, self._spec.bbox_crs)
        return replace(found, fields=fields_of(table.schema), count=table.num_rows)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        stated = query if query.bbox is not None else self._spec
        table = self._table(layer, stated.bbox, stated.bbox_crs)
        names = [one for one in table.schema.names if one != GEOMETRY]
        columns = chosen_columns(layer.name, names, query.columns)
        where = known_where(layer.name, names, query.where)
        bounds = None
        if stated.bbox is not None:
            crs = self._known()[layer.name].grid.crs
            bounds = transform_bounds(stated.bbox, stated.bbox_crs or crs, crs)
        rows = (filtered(one, where, bounds) for one in table.to_batches())
        chosen = (one.select([*columns, GEOMETRY]) for one in rows)
        return limited(chosen, query.limit, self._observer)

    def evidence(self) -> Evidence:
        known = self._all or {}
        read = {
            name: {"matrix_set": one.grid.name, "level": one.level, "tiles": one.tiles}
            for name, one in known.items()
        }
        return Evidence("tiles", self._address, {**self._traffic(), "tilesets": read})

    # --- what there is ---

    def _known(self) -> dict[str, _Tileset]:
        if self._all is None:
            every = self._offered()
            found = {str(one["id"]): self._tileset(one) for one in every if tilesets_of(one)}
            self._all = {name: one for name, one in found.items() if one is not None}
            if not self._all:
                told = [one.message for one in self._notebook.findings()]
                raise MalformedAnswer(
                    f"{self._address} has no vector tiles that can be read",
                    hint="; ".join(told) or "is it a service of features? state kind: ogcapi",
                )
        return self._all

    def _offered(self) -> list[dict[str, Any]]:
        """What may have tiles: the service as a whole, and its collections."""
        base, only = landing(for_machines(self._url))
        if only is not None:
            return self._collections()
        answer = self._client.get(base, headers=ACCEPT_JSON)
        page = answer.json()
        if not (isinstance(page, dict) and tilesets_of(page)):
            return self._collections()
        name = urlsplit(base).path.rstrip("/").rpartition("/")[2] or "tiles"
        whole = {**page, "id": name, "_at": answer.url}
        try:
            return [whole, *self._collections()]
        except ServerFault:
            return [whole]  # there is nothing but tiles

    def _layer(self, one: _Tileset) -> Layer:
        extent = extent_of(one.raw.get("extent", {}).get("spatial"))
        return Layer(
            name=str(one.raw["id"]),
            title=one.raw.get("title"),
            geometry_type="Unknown",
            crs=one.grid.crs,
            extent=None if extent is None else _moved(extent, one.grid),
            licence=licence_of(one.raw),
        )

    def _tileset(self, one: Mapping[str, Any]) -> _Tileset | None:
        """The collection's tiles in the set that is wanted; None where it has no such."""
        address = urljoin(str(one["_at"]), str(tilesets_of(one)))
        answer = self._client.get(address, headers=ACCEPT_JSON)
        listed = answer.json()
        sets = listed.get("tilesets") if isinstance(listed, dict) else None
        offered = [each for each in sets or () if each.get("dataType", "vector") == "vector"]
        for each in self._preferred(offered):
            own = self._own(each, answer.url)
            template = next(filter(None, map(template_of, (own, each, listed))), None)
            if template is None:
                continue
            grid = self._grid(each, answer.url, layer=str(one["id"]))
            if grid is not None:
                place = urljoin(answer.url, template).replace("{tileMatrixSetId}", grid.name)
                return _Tileset(one, grid, place, limits_of(own) or limits_of(each))
        return None

    def _preferred(self, offered: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The sets that come into question, the wanted ones or Web Mercator's first."""
        if self._wanted is not None:
            return [each for each in offered if set_name_of(each) == self._wanted]
        if self._crs is not None:
            return [each for each in offered if is_in(each, self._crs)]
        return sorted(offered, key=lambda each: set_name_of(each) != WEB_MERCATOR)

    def _grid(self, stated: Mapping[str, Any], base: str, *, layer: str) -> MatrixSet | None:
        """A set by the server's own definition, else as everyone knows it."""
        name = set_name_of(stated)
        if name not in self._grids:
            try:
                self._grids[name] = self._defined(stated, base, name)
            except SourceError as error:
                known = known_matrix_set(name)
                if known is None:
                    self._notebook.note(
                        "TILES_NOT_READ", Severity.WARNING, error.message, layer=layer, value=name
                    )
                    return None
                self._grids[name] = known
        return self._grids[name]

    def _defined(self, stated: Mapping[str, Any], base: str, name: str) -> MatrixSet:
        for one in links_of(stated):
            if str(one.get("rel", "")).rpartition("/")[2] in SCHEMES and is_json(one):
                answer = self._client.get(urljoin(base, str(one["href"])), headers=ACCEPT_JSON)
                return read_matrix_set(answer.json(), name)
        raise MalformedAnswer(f"the service doesn't define its tile matrix set {name!r}")

    def _own(self, stated: Mapping[str, Any], base: str) -> Mapping[str, Any]:
        """A tileset's own description, which its ``self`` link leads to."""
        for one in links_of(stated):
            if one.get("rel") in ("self", "item") and is_json(one):
                answer = self._client.get(
                    urljoin(base, str(one["href"])), headers=ACCEPT_JSON, allowed=range(400, 600)
                )
                try:
                    found = answer.json() if answer.status == 200 else None
                except MalformedAnswer:
                    found = None
                return found if isinstance(found, dict) else {}
        return {}

    # --- reading ---

    def _table(self, layer: Layer, bbox: Bounds | None, crs: str | None) -> pa.Table:
        """The features of an area, or of a larger one that was read already."""
        tileset = self._known()[layer.name]
        area = layer.extent
        if bbox is not None:
            area = transform_bounds(bbox, crs or tileset.grid.crs, tileset.grid.crs)
        if area is None:
            raise SourceError(f"{layer.name} states no extent", hint="state a bbox for the source")
        if tileset.found is None or tileset.area is None or not _within(area, tileset.area):
            tileset.found, tileset.area = self._read(layer, tileset, area), area
        return tileset.found

    def _read(self, layer: Layer, tileset: _Tileset, area: Bounds) -> pa.Table:
        matrix = self._level(tileset, area)
        tileset.level = matrix.name
        block = _wanted(tileset, matrix, area)
        pieces: list[pa.RecordBatch] = []
        number = 0
        with TemporaryDirectory(prefix="commonplace-tiles-") as folder:
            for row in range(block.top, block.bottom + 1):
                for column in range(block.left, block.right + 1):
                    if self._observer.cancelled():
                        raise Cancelled("cancelled between tiles")
                    body = self._tile(tileset, matrix, column, row)
                    if body:
                        tileset.tiles += 1
                        pieces += read_tile(Path(folder), matrix, column, row, body)
                    number += 1
                    self._observer.progress(f"read {layer.name}", number, len(block))
        message = f"coordinates are to {matrix.metres / STEPS:.2g} m: tiles of level {matrix.name}"
        self._note(layer, "TILE_PRECISION", message)
        table, identified = together(pieces, matrix)
        if not identified:
            self._note(layer, "TILES_CUT", "features have no ids: those on edges are in pieces")
        return table

    def _level(self, tileset: _Tileset, area: Bounds) -> Matrix:
        """The deepest level that there is, and that needs no more tiles than :data:`MOST`."""
        bearable = [
            one
            for one in reversed(tileset.grid.levels)
            if one.scale >= FINEST and len(_wanted(tileset, one, area)) <= MOST
        ]
        if tileset.limits:
            known = [one for one in bearable if one.name in tileset.limits]
            if not known:
                raise SourceError("the area needs too many tiles", hint="state a smaller bbox")
            return known[0]
        middle = ((area[0] + area[2]) / 2, (area[1] + area[3]) / 2)
        for matrix in bearable:
            place = matrix.block(middle * 2)
            if len(place) and self._tile(tileset, matrix, place.left, place.top):
                return matrix
        raise SourceError("no tile in the middle of the area", hint="state another bbox")

    def _tile(self, tileset: _Tileset, matrix: Matrix, column: int, row: int) -> bytes:
        address = tileset.template
        values = {"level": matrix.name, "row": str(row), "column": str(column)}
        for name, words in PLACES.items():
            for word in words:
                address = address.replace(word, values[name])
        if "{" in address:
            raise MalformedAnswer(f"{shown_url(tileset.template)} wants what is not known")
        answer = self._client.get(address, headers={"Accept": ", ".join(MVT)}, allowed=NOTHING)
        return b"" if answer.status in NOTHING else answer.body

    def _note(self, layer: Layer, code: str, message: str) -> None:
        self._notebook.note(code, Severity.INFO, message, layer=layer.name)


def _within(one: Bounds, other: Bounds) -> bool:
    return bool(shapely.covers(shapely.box(*other), shapely.box(*one)))


def _wanted(tileset: _Tileset, matrix: Matrix, area: Bounds) -> Block:
    """The tiles of a level that meet an area, and that there are."""
    block = matrix.block(area)
    limits = tileset.limits.get(matrix.name)
    return block if limits is None else block.within(limits)


def _moved(extent: Bounds, grid: MatrixSet) -> Bounds:
    """A collection's extent in the CRS of its tiles, no larger than these reach."""
    whole = grid.levels[0].extent
    try:
        reach = transform_bounds(whole, grid.crs, CRS84)
        if np.isfinite(reach).all() and reach[0] < reach[2]:
            extent = _common(extent, reach)
        moved = transform_bounds(extent, CRS84, grid.crs)
    except CrsError:
        return whole
    return _common(moved, whole) if np.isfinite(moved).all() else whole


def _common(one: Bounds, other: Bounds) -> Bounds:
    return (
        max(one[0], other[0]),
        max(one[1], other[1]),
        min(one[2], other[2]),
        min(one[3], other[3]),
    )
