"""GeoParquet 1.1: one file a feature type that has features, along a Hilbert curve.

Geometries are ISO WKB, coordinates x, y in the target CRS; ``bbox`` is the covering of
the default geometry (section "bbox covering encoding"), so that readers skip row groups.
Repeated values stay lists, and further geometries are geometry columns of their own.

Workers number their rows along a Hilbert curve over a fixed square (:class:`Curve`) and
sort them; what is left is to merge sorted pieces, in memory of a row group and 16 bytes a
row. Rows with the same number stay in the order they came in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.errors import DiskFull
from commonplace.formats import flat, rows
from commonplace.formats.base import Encoder, Piece, one_file_a_type
from commonplace.gml.names import ncnames
from commonplace.gml.pieces import Array, unlist
from commonplace.model.types import Kind
from commonplace.report import OutputFile
from commonplace.target import Dataset, Geometries, Node, Shape, TargetBatch, TargetCrs

VERSION: Final = "1.1.0"
ROW_GROUP: Final = 50_000
BBOX: Final = "bbox"
KEY: Final = "@hilbert"
EDGES: Final = ("xmin", "ymin", "xmax", "ymax")
LEVELS: Final = 31  # bits of a cell number, by axis
NOWHERE: Final = np.uint64(2**63)  # behind all cells
HALF_WORLD_METRES: Final = 2.0**25  # more than half the equator: every projected CRS fits

Floats = npt.NDArray[np.float64]
Keys = npt.NDArray[np.uint64]


class GeoParquet:
    """The format; see the module."""

    name = "geoparquet"
    suffix = ".parquet"
    media_type = "application/vnd.apache.parquet"

    def losses(self, shape: Shape) -> list[str]:
        lost = flat.losses(shape)
        kept = {column.path for column in _native(shape)}
        lost += [
            f"{'_'.join(path)}: not written, a geometry column can't be a list"
            for path in flat.geometry_paths(shape)
            if path != flat.default_geometry(shape) and path not in kept
        ]
        return lost

    def encoder(self, dataset: Dataset, shape: Shape, path: Path) -> Encoder:
        return GeoParquetEncoder(dataset, path)

    def finish(
        self,
        dataset: Dataset,
        shapes: Mapping[str, Shape],
        pieces: Sequence[Piece],
        folder: Path,
    ) -> list[OutputFile]:
        def write(feature_type: str, mine: Sequence[Piece], path: Path) -> None:
            _write_file(dataset, feature_type, mine, path)

        return one_file_a_type(self, dataset, shapes, pieces, folder, write)


# Pieces


class GeoParquetEncoder:
    """Writes rows along the curve to an Arrow IPC file, with their numbers on it."""

    def __init__(self, dataset: Dataset, path: Path) -> None:
        self._dataset = dataset
        self._path = path
        self._curve = Curve.of(dataset.crs)
        self._batches: list[pa.RecordBatch] = []
        self._columns: dict[str, _Extent] = {}

    def write(self, batch: TargetBatch) -> None:
        made = flat.flatten(self._dataset, batch)
        native = {one.name: one for one in _native(batch.shape)}
        builder = rows.RowsBuilder(BBOX)
        builder.add(rows.FEATURE_ID, made.ids, sort="")
        keys = np.full(made.rows, NOWHERE)
        default = flat.default_geometry(batch.shape)
        if made.geometry is not None and default is not None:
            geometries = flat.pooled(batch.geometries, made.geometry)
            wkb = rows.wkb(geometries)
            bounds = self._note(default[0], geometries, wkb)
            keys = self._curve.numbers(bounds)
            builder.add(default[0], wkb, sort=rows.GEOMETRY)
        for name, column in native.items():
            if column.holds == "geometry":
                geometries = flat.pooled(batch.geometries, column.values(batch))
                wkb = rows.wkb(geometries)
                self._note(name, geometries, wkb)
                builder.add(name, wkb, sort=f"{rows.GEOMETRY}{name}")
        for one in made.columns:
            lists = one.json and one.name in native
            values = native[one.name].values(batch) if lists else flat.plain(one, made.rows)
            builder.add(one.name, values, language=one.language or "")
        table = builder.batch()
        if made.geometry is not None and default is not None:
            field = pa.field(BBOX, _BOX, metadata={rows.SORT: "~"})
            table = table.append_column(field, _boxes(bounds))
        key = pa.field(KEY, pa.uint64(), metadata={rows.SORT: "~~"})
        self._batches.append(table.append_column(key, pa.array(keys)))

    def _note(self, name: str, geometries: Geometries, wkb: Array) -> Floats:
        """Keep types and bounds of a geometry column; the bounds of each geometry."""
        bounds: Floats = shapely.bounds(geometries)
        extent = _Extent.of(rows.kinds(wkb), bounds)
        self._columns[name] = extent.plus(self._columns.get(name))
        return bounds

    def close(self) -> Mapping[str, object]:
        if self._batches:
            schema = rows.common_schema([one.schema for one in self._batches])
            table = pa.Table.from_batches([rows.fitted(one, schema) for one in self._batches])
            keys = table.column(KEY).to_numpy()
            order = pa.array(np.argsort(keys, kind="stable"))
            rows.write_rows(table.combine_chunks().take(order).to_batches(), self._path)
        self._batches = []
        return {"columns": {name: one.details() for name, one in self._columns.items()}}


@dataclass(frozen=True, slots=True)
class _Extent:
    """Types and bounds of a geometry column."""

    kinds: frozenset[str]
    bounds: tuple[float, ...] | None

    @classmethod
    def of(cls, kinds: set[str], bounds: Floats) -> _Extent:
        known = bounds[~np.isnan(bounds[:, 0])]
        if not len(known):
            return cls(frozenset(kinds), None)
        edges = (*known[:, :2].min(axis=0).tolist(), *known[:, 2:].max(axis=0).tolist())
        return cls(frozenset(kinds), edges)

    @classmethod
    def read(cls, details: Any) -> _Extent:
        bounds = details["bounds"]
        return cls(frozenset(details["kinds"]), None if bounds is None else tuple(bounds))

    def details(self) -> dict[str, object]:
        return {
            "kinds": sorted(self.kinds),
            "bounds": None if self.bounds is None else list(self.bounds),
        }

    def plus(self, other: _Extent | None) -> _Extent:
        if other is None:
            return self
        kinds = self.kinds | other.kinds
        if self.bounds is None or other.bounds is None:
            return _Extent(kinds, self.bounds or other.bounds)
        low = map(min, self.bounds[:2], other.bounds[:2])
        high = map(max, self.bounds[2:], other.bounds[2:])
        return _Extent(kinds, (*low, *high))


_BOX: Final = pa.struct([pa.field(edge, pa.float32()) for edge in EDGES])


def _boxes(bounds: Floats) -> Array:
    """Bounds as structs of single precision, rounded outwards; null without geometry."""
    narrow = bounds.astype(np.float32)
    low, high = narrow[:, :2], narrow[:, 2:]
    low = np.where(low > bounds[:, :2], np.nextafter(low, np.float32(-np.inf)), low)
    high = np.where(high < bounds[:, 2:], np.nextafter(high, np.float32(np.inf)), high)
    edges = [pa.array(np.ascontiguousarray(edge)) for edge in (*low.T, *high.T)]
    return pa.StructArray.from_arrays(
        edges, fields=list(_BOX), mask=pa.array(np.isnan(bounds[:, 0]))
    )


# Columns that a text can't hold


@dataclass(frozen=True, slots=True)
class _Native:
    """A property that stays a list of plain values, or a geometry besides the default one.

    ``steps`` are the properties that lead to it, each with the object element to enter
    where there are several; ``field`` is the last property's column or a sibling of it.
    """

    path: tuple[str, ...]
    steps: tuple[tuple[Node, str | None], ...]
    node: Node
    field: str
    holds: Literal["values", "references", "addresses", "geometry"]

    @property
    def name(self) -> str:
        return "_".join(self.path)

    def values(self, batch: TargetBatch) -> Array:
        values = batch.columns.to_struct_array()
        for node, element in self.steps:
            values = pc.struct_field(values, node.name)
            values = _first(values) if node.repeated else values
            values = values if element is None else pc.struct_field(values, element)
        values = pc.struct_field(values, self.field)
        return values if self.holds == "geometry" else _changed(values, self)


def _native(shape: Shape) -> Iterator[_Native]:
    default = flat.default_geometry(shape)
    return (one for one in _descend(shape, (), ()) if one.path != default)


def _descend(
    shape: Shape, path: tuple[str, ...], steps: tuple[tuple[Node, str | None], ...]
) -> Iterator[_Native]:
    """Lists and geometries, through the first of several objects as MT001 has it."""
    for node in shape.nodes:
        several = len(node.objects) > 1
        here = (*path, node.name)
        for child in node.objects:
            if not node.is_constant and child.name != flat.NAME:
                below = (*here, child.name) if several else here
                step = (node, child.name if several else None)
                yield from _descend(child, below, (*steps, step))
        if node.kind is Kind.GEOMETRY:
            if not node.repeated and not node.void:
                yield _Native(here, steps, node, node.name, "geometry")
        elif node.repeated and node.kind is not Kind.OBJECT:
            yield from _lists(here, steps, node)


def _lists(
    path: tuple[str, ...], steps: tuple[tuple[Node, str | None], ...], node: Node
) -> Iterator[_Native]:
    """The lists of a repeated property: its values, the addresses of codes, its siblings."""
    if not node.is_constant:
        holds: Literal["values", "references"] = (
            "references" if node.kind is Kind.REFERENCE else "values"
        )
        yield _Native(path, steps, node, node.name, holds)
        if node.kind is Kind.CODE and node.property.element.code_list:
            yield _Native((*path, "href"), steps, node, node.name, "addresses")
    for name in node.siblings:
        if name in flat.KEPT_ATTRIBUTES:
            holds = "references" if name == "href" else "values"
            yield _Native((*path, name), steps, node, f"{node.name}@{name}", holds)


def _changed(lists: Array, column: _Native) -> Array:
    """Lists of what a column holds; items that are null left out, empty lists null."""
    items, offsets = unlist(lists)
    if column.holds == "addresses":
        codes = items.cast(pa.string()).dictionary_encode()
        addresses = [flat.code_address(column.node, one) for one in codes.dictionary.to_pylist()]
        items = pa.array(addresses, pa.string()).take(codes.indices)
    elif column.holds == "references":
        items = items.cast(pa.string())
        local = pc.fill_null(pc.starts_with(items, "#"), False)
        ids = ncnames(pc.utf8_slice_codeunits(items.filter(local), 1))
        items = pc.replace_with_mask(items, local, ids)
    elif pa.types.is_dictionary(items.type):
        items = items.dictionary_decode()
    there = items.is_valid().to_numpy(zero_copy_only=False)
    kept = np.concatenate([[0], np.cumsum(there)])[offsets].astype(np.int32)
    empty = np.append(np.diff(kept) == 0, False)
    return pa.ListArray.from_arrays(pa.array(kept, mask=empty), items.drop_null())


def _first(lists: Array) -> Array:
    """The first item of each list, null where there is none."""
    items, offsets = unlist(lists)
    return items.take(pa.array(offsets[:-1], mask=np.diff(offsets) == 0))


# The curve


@dataclass(frozen=True, slots=True)
class Curve:
    """A Hilbert curve over a square with its lower left corner at ``west``, ``south``.

    The square is that of all coordinates a CRS may have, not of those in the data: so a
    row's number depends on the row alone.
    """

    west: float
    south: float
    side: float

    @classmethod
    def of(cls, crs: TargetCrs) -> Curve:
        half = 180.0 if crs.geographic else HALF_WORLD_METRES
        return cls(-half, -half, 2 * half)

    def numbers(self, bounds: Floats) -> Keys:
        """The numbers of the cells that the middles of (n, 4) bounds lie in."""
        middles = (bounds[:, :2] + bounds[:, 2:]) / 2 - (self.west, self.south)
        here = ~np.isnan(middles[:, 0])
        share = np.clip(np.nan_to_num(middles / self.side), 0.0, 1.0)
        cells = np.minimum(share * 2**LEVELS, 2**LEVELS - 1).astype(np.uint64)
        return np.where(here, distances(cells[:, 0], cells[:, 1], LEVELS), NOWHERE)


def distances(x: Keys, y: Keys, levels: int) -> Keys:
    """How far along a Hilbert curve cells lie; the curve fills 2**levels cells a side."""
    x, y = x.copy(), y.copy()
    total = np.zeros(len(x), dtype=np.uint64)
    for level in reversed(range(levels)):
        right = (x >> np.uint64(level)) & np.uint64(1)
        upper = (y >> np.uint64(level)) & np.uint64(1)
        total = (total << np.uint64(2)) | ((right * np.uint64(3)) ^ upper)
        mask = np.uint64(2**level - 1)
        x, y = x & mask, y & mask
        turned = upper == 0
        flipped = turned & (right == 1)
        x, y = np.where(flipped, mask - x, x), np.where(flipped, mask - y, y)
        x, y = np.where(turned, y, x), np.where(turned, x, y)
    return total


# Files


def _write_file(dataset: Dataset, feature_type: str, pieces: Sequence[Piece], path: Path) -> None:
    from pyarrow.parquet import ParquetWriter  # workers need it not

    tables = [rows.read_rows(piece) for piece in pieces]
    schema = rows.common_schema(table.schema for table in tables)
    schema = schema.remove(schema.get_field_index(KEY))
    written = pa.schema(
        [pa.field(one.name, one.type) for one in schema],
        metadata=_metadata(dataset, feature_type, pieces, schema),
    )
    options = {"compression": "zstd", "write_page_index": True}
    try:
        with ParquetWriter(path, written, **options) as writer:
            for group in _row_groups(tables, schema):
                batch = pa.RecordBatch.from_arrays(group.columns, schema=written)
                writer.write_batch(batch, row_group_size=ROW_GROUP)
    except OSError as error:
        if error.errno == 28 or "No space left" in str(error):
            raise DiskFull(f"no space left while writing {path.name}") from error
        raise


def _row_groups(tables: Sequence[pa.Table], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """The rows of sorted tables, merged: each group takes a slice of each table."""
    keys = np.concatenate([table.column(KEY).to_numpy() for table in tables])
    order = np.argsort(keys, kind="stable")
    counts = np.array([table.num_rows for table in tables])
    starts = np.cumsum(counts) - counts
    done = np.zeros(len(tables), dtype=np.int64)
    for first in range(0, len(order), ROW_GROUP):
        chosen = order[first : first + ROW_GROUP]
        owner = np.searchsorted(starts, chosen, side="right") - 1
        taken = np.bincount(owner, minlength=len(tables))
        slices = [
            rows.fitted(batch, schema)
            for at in np.flatnonzero(taken).tolist()
            for batch in tables[at].slice(int(done[at]), int(taken[at])).to_batches()
        ]
        begins = np.cumsum(taken) - taken
        places = begins[owner] + chosen - starts[owner] - done[owner]
        done += taken
        together = pa.Table.from_batches(slices).combine_chunks().to_batches()[0]
        yield together.take(pa.array(places))


def _metadata(
    dataset: Dataset, feature_type: str, pieces: Sequence[Piece], schema: pa.Schema
) -> dict[str, str]:
    about = {key: getattr(dataset, key) for key in ("title", "licence", "attribution")}
    about |= {"feature_type": feature_type, "model": dataset.schema}
    metadata = {key: text for key, text in about.items() if text}
    primary = rows.geometry_column(schema)
    if primary is None:
        return metadata
    from pyproj import CRS

    extents: dict[str, _Extent] = {}
    for piece in pieces:
        columns = piece.details["columns"]
        assert isinstance(columns, Mapping)
        for name, details in columns.items():
            extents[name] = _Extent.read(details).plus(extents.get(name))
    crs = CRS(dataset.crs.code).to_json_dict()
    columns = {name: _column(extents[name], crs) for name in schema.names if name in extents}
    columns[primary]["covering"] = {BBOX: {edge: [BBOX, edge] for edge in EDGES}}
    geo = {"version": VERSION, "primary_column": primary, "columns": columns}
    return {"geo": json.dumps(geo, ensure_ascii=False)} | metadata


def _column(extent: _Extent, crs: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {
        "encoding": "WKB",
        "geometry_types": sorted(extent.kinds),
        "crs": crs,
        "orientation": "counterclockwise",
    }
    if extent.bounds is not None:
        found["bbox"] = list(extent.bounds)
    return found
