"""OGC API Tiles (20-057): vector tiles of Web Mercator, put together to features again.

The tiles of the deepest level that the service has and that stays within :data:`MOST` cover
the ``bbox`` of the source, else the collection's extent. A feature that several tiles have a
piece of is one again where tiles carry ids; else its pieces are rows, and a finding says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import urljoin

import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from commonplace.batch import GEOMETRY, Evidence, Layer, Query
from commonplace.errors import Cancelled, MalformedAnswer, SourceError
from commonplace.http import Client, shown_url
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.celled import ACCEPT_JSON, CelledSource
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.notes import find_layer
from commonplace.sources.ogcjson import extent_of, licence_of, links_of
from commonplace.sources.rows import (
    Bounds,
    chosen_columns,
    conform,
    fields_of,
    filtered,
    known_where,
    limited,
    unified,
)

RELATION: Final = "tilesets-vector"
GRID: Final = "WebMercatorQuad"
CRS: Final = "EPSG:3857"
MVT: Final = ("application/vnd.mapbox-vector-tile", "application/x-protobuf")
MOST: Final = 2_000
DEEPEST: Final = 16
LATITUDE: Final = 85.0511287798
WORLD: Final = 40_075_016.6856
NOISE: Final = 0.01
STEPS: Final = 4_096  # a tile's own grid, as nearly all have it
ID: Final = "mvt_id"
SUBLAYER: Final = "layer"
NOTHING: Final = frozenset({204, 404})

Tile = tuple[int, int, int]  # level, column, row


@dataclass(slots=True)
class _Tileset:
    """A collection's tiles: the address of one, and the levels that there are, if it says."""

    raw: Mapping[str, Any]
    template: str
    levels: tuple[int, ...] = ()
    found: pa.Table | None = None
    area: Bounds | None = None
    level: int | None = None
    tiles: int = 0


class TilesSource(CelledSource):
    """The collections of vector tiles of one service. See :class:`commonplace.batch.Source`."""

    WHAT = "a source of tiles"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        self._all: dict[str, _Tileset] | None = None

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
            bounds = transform_bounds(stated.bbox, stated.bbox_crs or CRS, CRS)
        rows = (filtered(one, where, bounds) for one in table.to_batches())
        chosen = (one.select([*columns, GEOMETRY]) for one in rows)
        return limited(chosen, query.limit, self._observer)

    def evidence(self) -> Evidence:
        known = self._all or {}
        read = {name: {"level": one.level, "tiles": one.tiles} for name, one in known.items()}
        return Evidence("tiles", self._address, {**self._traffic(), "tilesets": read})

    # --- what there is ---

    def _known(self) -> dict[str, _Tileset]:
        if self._all is None:
            every = self._collections()
            found = {str(one["id"]): self._tileset(one) for one in every if _tilesets(one)}
            self._all = {name: one for name, one in found.items() if one is not None}
            if not self._all:
                raise MalformedAnswer(
                    f"{self._address} has no vector tiles of {GRID}",
                    hint="is it a service of features? state kind: ogcapi",
                )
        return self._all

    def _layer(self, one: _Tileset) -> Layer:
        extent = extent_of(one.raw.get("extent", {}).get("spatial"))
        return Layer(
            name=str(one.raw["id"]),
            title=one.raw.get("title"),
            geometry_type="Unknown",
            crs=CRS,
            extent=None if extent is None else transform_bounds(extent, CRS84, CRS),
            licence=licence_of(one.raw),
        )

    def _tileset(self, one: Mapping[str, Any]) -> _Tileset | None:
        """The collection's tiles of Web Mercator; None where it has others only."""
        address = urljoin(str(one["_at"]), str(_tilesets(one)))
        answer = self._client.get(address, headers=ACCEPT_JSON)
        listed = answer.json()
        sets = listed.get("tilesets") if isinstance(listed, dict) else None
        for each in sets or ():
            named = f"{each.get('tileMatrixSetURI', '')} {each.get('tileMatrixSetId', '')}"
            if GRID not in named:
                continue
            own = self._own(each, answer.url)
            for document in (own, each, listed):
                template = _template(document)
                if template is not None:
                    limits = own.get("tileMatrixSetLimits") or []
                    levels = sorted(int(limit["tileMatrix"]) for limit in limits)
                    return _Tileset(one, urljoin(answer.url, template), tuple(levels))
        return None

    def _own(self, stated: Mapping[str, Any], base: str) -> Mapping[str, Any]:
        """A tileset's own description, which its ``self`` link leads to."""
        for one in links_of(stated):
            if one.get("rel") in ("self", "item") and "json" in str(one.get("type", "json")):
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
        tileset, area = self._known()[layer.name], self._area(layer, bbox, crs)
        if tileset.found is None or tileset.area is None or not _within(area, tileset.area):
            tileset.found, tileset.area = self._read(layer, tileset, area), area
        return tileset.found

    def _area(self, layer: Layer, bbox: Bounds | None, crs: str | None) -> Bounds:
        if bbox is not None:
            return transform_bounds(bbox, crs or CRS, CRS84)
        if layer.extent is None:
            raise SourceError(f"{layer.name} states no extent", hint="state a bbox for the source")
        return transform_bounds(layer.extent, CRS, CRS84)

    def _read(self, layer: Layer, tileset: _Tileset, area: Bounds) -> pa.Table:
        level = self._level(tileset, area)
        tileset.level = level
        pieces: list[pa.RecordBatch] = []
        every = list(_tiles(area, level))
        with TemporaryDirectory(prefix="commonplace-tiles-") as folder:
            for number, tile in enumerate(every, start=1):
                if self._observer.cancelled():
                    raise Cancelled("cancelled between tiles")
                body = self._tile(tileset, tile)
                if body:
                    tileset.tiles += 1
                    pieces += _rows(Path(folder), tile, body)
                self._observer.progress(f"read {layer.name}", number, len(every))
        metres = WORLD / 2**level / STEPS
        message = f"coordinates are to {metres:.2g} m: tiles of level {level}"
        self._note(layer, "TILE_PRECISION", message)
        return self._together(layer, pieces)

    def _level(self, tileset: _Tileset, area: Bounds) -> int:
        """The deepest level that there is, and that needs no more tiles than :data:`MOST`."""
        bearable = [one for one in range(DEEPEST, -1, -1) if _count(area, one) <= MOST]
        if tileset.levels:
            known = [one for one in bearable if one in tileset.levels]
            if not known:
                raise SourceError("the area needs too many tiles", hint="state a smaller bbox")
            return known[0]
        middle = ((area[0] + area[2]) / 2, (area[1] + area[3]) / 2)
        for level in bearable:
            if self._tile(tileset, _at(*middle, level)):
                return level
        raise SourceError("no tile in the middle of the area", hint="state another bbox")

    def _tile(self, tileset: _Tileset, tile: Tile) -> bytes:
        level, column, row = tile
        address = tileset.template
        named = {"tileMatrixSetId": GRID, "tileMatrix": level, "tileRow": row, "tileCol": column}
        for name, value in named.items():
            address = address.replace(f"{{{name}}}", str(value))
        if "{" in address:
            raise MalformedAnswer(f"{shown_url(tileset.template)} wants what is not known")
        answer = self._client.get(address, headers={"Accept": ", ".join(MVT)}, allowed=NOTHING)
        return b"" if answer.status in NOTHING else answer.body

    def _together(self, layer: Layer, pieces: Sequence[pa.RecordBatch]) -> pa.Table:
        """Rows of all tiles in one schema, pieces of a feature united."""
        if not pieces:
            none = pa.schema([(SUBLAYER, pa.string()), (GEOMETRY, pa.binary())])
            return none.empty_table()
        schema, _ = unified([one.schema for one in pieces])
        table = pa.Table.from_batches([conform(one, schema) for one in pieces])
        if ID not in schema.names or table.column(ID).null_count:
            table = table.drop_columns([ID]) if ID in schema.names else table
            table = _without_repeats(table)
            self._note(layer, "TILES_CUT", "features have no ids: those on edges are in pieces")
            return table
        return _united(table)

    def _note(self, layer: Layer, code: str, message: str) -> None:
        self._notebook.note(code, Severity.INFO, message, layer=layer.name)


def _within(one: Bounds, other: Bounds) -> bool:
    return bool(shapely.covers(shapely.box(*other), shapely.box(*one)))


def _tilesets(collection: Mapping[str, Any]) -> str | None:
    """The address of a collection's list of vector tilesets."""
    for one in links_of(collection):
        if str(one.get("rel", "")).rpartition("/")[2] == RELATION and "html" not in str(
            one.get("type", "")
        ):
            return str(one["href"])
    return None


def _template(document: Mapping[str, Any]) -> str | None:
    for one in links_of(document):
        if "{tileMatrix}" in str(one["href"]) and str(one.get("type", MVT[0])) in MVT:
            return str(one["href"])
    return None


def _at(lon: float, lat: float, level: int) -> Tile:
    """The tile that a place lies in."""
    size = 2**level
    bounded = math.radians(max(-LATITUDE, min(LATITUDE, lat)))
    column = int((lon + 180) / 360 * size)
    row = int((1 - math.asinh(math.tan(bounded)) / math.pi) / 2 * size)
    return level, min(max(column, 0), size - 1), min(max(row, 0), size - 1)


def _count(area: Bounds, level: int) -> int:
    _, left, bottom = _at(area[0], area[1], level)
    _, right, top = _at(area[2], area[3], level)
    return (right - left + 1) * (bottom - top + 1)


def _tiles(area: Bounds, level: int) -> Iterator[Tile]:
    _, left, bottom = _at(area[0], area[1], level)
    _, right, top = _at(area[2], area[3], level)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            yield level, column, row


def _rows(folder: Path, tile: Tile, body: bytes) -> Iterator[pa.RecordBatch]:
    """A tile's rows, by GDAL, which takes the tile's place from its path."""
    level, column, row = tile
    path = folder / str(level) / str(column) / f"{row}.pbf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    for name, _ in pyogrio.list_layers(path):
        _, table = pyogrio.read_arrow(path, layer=str(name))
        geometry = table.schema.names[-1]
        columns = {SUBLAYER: pa.array([str(name)] * table.num_rows, pa.string())}
        for column_name in table.schema.names:
            if column_name != geometry:
                columns[column_name] = table.column(column_name).combine_chunks()
        columns[GEOMETRY] = table.column(geometry).combine_chunks().cast(pa.binary())
        yield pa.RecordBatch.from_pydict(columns)
    path.unlink()


def _without_repeats(table: pa.Table) -> pa.Table:
    """Rows that two tiles have alike, as points on an edge are, once."""
    seen: dict[tuple[Any, ...], int] = {}
    columns = [one.to_pylist() for one in table.columns]
    for number, row in enumerate(zip(*columns, strict=True)):
        seen.setdefault(tuple(str(one) for one in row), number)
    return table.take(list(seen.values()))


def _united(table: pa.Table) -> pa.Table:
    """One row a feature: all pieces that have its id and its values.

    The id alone is not enough: some services number the features of each tile anew.
    """
    values = [one.to_pylist() for one in table.drop_columns([GEOMETRY]).columns]
    rows: dict[tuple[str, ...], list[int]] = {}
    for number, row in enumerate(zip(*values, strict=True)):
        rows.setdefault(tuple(str(one) for one in row), []).append(number)
    shapes = shapely.from_wkb(table.column(GEOMETRY).to_numpy())
    whole = [_one(shapes[numbers]) for numbers in rows.values()]
    first = table.take([numbers[0] for numbers in rows.values()])
    at = first.schema.get_field_index(GEOMETRY)
    return first.set_column(at, GEOMETRY, pa.array(shapely.to_wkb(whole), pa.binary()))


def _one(pieces: Sequence[Any]) -> Any:
    if len(pieces) == 1:
        return pieces[0]
    # Edges of neighbours differ by what a float rounds: a hundredth of a metre joins them.
    found = shapely.union_all(np.asarray(pieces, object), grid_size=NOISE)
    return shapely.line_merge(found) if shapely.get_dimensions(found) == 1 else found
