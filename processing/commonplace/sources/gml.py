"""GML application schemas as layers: one a feature type, nested properties made flat.

Names are joined along the path by ``_`` (``inspireId_localId``), with the object element
between where several occur (``locator_AddressLocator_level``). A property with more than
one value in any feature is a list; attributes stand beside (``…_uom``, ``…_href``, and
``…_nil``: why a value is missing). The layer's geometry is the property ``geometry``, else
the first one; others are left out, with a finding.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.batch import GEOMETRY, Evidence, Layer, Query
from commonplace.crs import identify
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.gml.pieces import unlist
from commonplace.gml.reading import Reading, TypeRead, read_head, read_into
from commonplace.job import SourceSpec
from commonplace.model.types import Kind
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources.crsname import transform_bounds
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.rows import chosen_columns, fields_of, filtered, limited, unique_names
from commonplace.target import LOCAL_ID, Geometries, Node, Shape, TargetBatch

ID: Final = "gml_id"
_SIBLINGS: Final = ("uom", "href", "nil", "indeterminatePosition")
_SUFFIXES: Final = (".gml", ".xml", ".xplan")
_INSPIRE: Final = re.compile(
    r"urn:x-inspire:specification:gmlas:"
    r"|//inspire\.(jrc\.)?ec\.europa\.eu/(draft-)?schemas/(?!common/|inspire_|geoportal/)"
)
_FIRST_BYTES: Final = 1 << 16
_NAMESPACE: Final = re.compile(r"""xmlns(?::[^\s=]+)?\s*=\s*["']([^"']+)["']""")

_KINDS: Final = {"POINT": "Point", "LINESTRING": "LineString", "POLYGON": "Polygon"}

Ints = npt.NDArray[np.int64]


def is_gml(path: Path) -> bool:
    """Whether a file is GML with features: by its head, after its suffix."""
    if path.suffix.lower() not in _SUFFIXES or not path.is_file():
        return False
    try:
        return read_head(path).is_collection
    except MalformedAnswer:
        return False


def is_inspire_gml(path: Path) -> bool:
    """Whether a file is GML of an INSPIRE schema, whatever its version."""
    return is_gml(path) and any(map(_INSPIRE.search, _namespaces(path)))


def _namespaces(path: Path) -> list[str]:
    """The namespaces that the first elements of a document declare."""
    with path.open("rb") as file:
        return _NAMESPACE.findall(file.read(_FIRST_BYTES).decode("utf-8", errors="replace"))


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A flat column in the making: items, and where each row's begin (None: one each)."""

    items: Any
    offsets: Ints | None


@dataclass(frozen=True, slots=True)
class _Table:
    """A feature type as a layer; ``single`` are columns that never have two values."""

    read: TypeRead
    layer: Layer
    schema: pa.Schema
    single: frozenset[str]


class GmlSource:
    """Layers of a GML document. See :class:`commonplace.batch.Source`.

    The document is read once, when the first question is asked, to a temporary folder
    that goes with the source.
    """

    def __init__(self, spec: SourceSpec, observer: Observer | None = None) -> None:
        if spec.path is None:
            raise SourceError("a GML source needs a path")
        self._path: Path = spec.path
        self._crs = identify(spec.crs) if spec.crs else None
        self._encoding = spec.encoding
        self._observer = observer or Silent()
        self._notebook = Notebook()
        self._reading: Reading | None = None
        self._tables: dict[str, _Table] = {}

    def layers(self) -> list[Layer]:
        self._open()
        return [one.layer for one in self._tables.values()]

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._path.name)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        reading = self._open()
        table = self._tables[layer.name]
        columns = chosen_columns(layer.name, layer.field_names, query.columns)
        names = chosen_columns(layer.name, layer.field_names, [name for name, _ in query.where])
        where = [(name, text) for name, (_, text) in zip(names, query.where, strict=True)]
        bounds = query.bbox
        if bounds is not None and query.bbox_crs and layer.crs:
            bounds = transform_bounds(bounds, query.bbox_crs, layer.crs)
        kept = [*columns, *([GEOMETRY] if GEOMETRY in table.schema.names else [])]

        def rows() -> Iterator[pa.RecordBatch]:
            for batch in reading.batches(table.read.type.name):
                found = filtered(_flat(batch, table.schema, table.single), where, bounds)
                yield found.select(kept)

        return limited(rows(), query.limit, self._observer)

    def evidence(self) -> Evidence:
        reading = self._open()
        details: dict[str, object] = {
            "drivers": ["GML"],
            "root": reading.head.written,
            "schemas": sorted(
                {one.type.schema for one in reading.types.values() if one.type.schema}
            ),
            "files": [
                {
                    "name": self._path.name,
                    "bytes": self._path.stat().st_size,
                    "sha256": _hash(self._path),
                }
            ],
            "stated_crs": self._crs,
            "stated_encoding": self._encoding,
        }
        return Evidence("gml", self._path.name, details)

    def findings(self) -> list[Finding]:
        return self._notebook.findings()

    def _open(self) -> Reading:
        if self._reading is None:
            folder = mkdtemp(prefix="commonplace-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            self._reading = read_into(
                self._path, Path(folder), encoding=self._encoding, crs=self._crs
            )
            self._notebook.extend(self._reading.findings())
            self._tables = {
                name: self._table(self._reading, one) for name, one in self._reading.types.items()
            }
        return self._reading

    def _table(self, reading: Reading, read: TypeRead) -> _Table:
        name = read.type.name
        left = list(_geometries(read.shape))[1:]
        for path in left:
            self._notebook.note(
                "GEOMETRY_LEFT",
                Severity.WARNING,
                "a layer has one geometry: this one is left out",
                layer=name,
                attribute="_".join(path),
            )
        most: dict[str, int] = {}
        schema = pa.schema([])
        drawn = _Drawn()
        for batch in reading.batches(name):
            leaves = _leaves(batch)
            drawn.add(_geometries_of(batch))
            for key, leaf in leaves.items():
                longest = 1 if leaf.offsets is None else int(np.diff(leaf.offsets).max(initial=0))
                most[key] = max(most.get(key, 0), longest)
            schema = _schema(leaves, batch)
        single = frozenset(key for key, longest in most.items() if longest <= 1)
        fields = [
            pa.field(one.name, one.type.value_type)
            if one.name in single and pa.types.is_list(one.type)
            else one
            for one in schema
        ]
        schema = pa.schema(fields)
        layer = Layer(
            name=name,
            fields=fields_of(schema),
            geometry_type=drawn.kind if GEOMETRY in schema.names else None,
            crs=(self._crs or reading.crs) if GEOMETRY in schema.names else None,
            extent=drawn.extent,
            count=read.count,
        )
        return _Table(read, layer, schema, single)


def _hash(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _flat(batch: TargetBatch, schema: pa.Schema, single: frozenset[str]) -> pa.RecordBatch:
    leaves = _leaves(batch)
    arrays = [
        _geometry(batch) if field.name == GEOMETRY else _column(leaves[field.name], field, single)
        for field in schema
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _column(leaf: _Leaf, field: pa.Field, single: frozenset[str]) -> Any:
    if leaf.offsets is None:
        return leaf.items
    if field.name in single:
        index = pa.array(leaf.offsets[:-1], mask=np.diff(leaf.offsets) == 0)
        return leaf.items.take(index)
    return pa.ListArray.from_arrays(pa.array(leaf.offsets, pa.int32()), leaf.items)


def _schema(leaves: Mapping[str, _Leaf], batch: TargetBatch) -> pa.Schema:
    fields = [
        pa.field(name, leaf.items.type if leaf.offsets is None else pa.list_(leaf.items.type))
        for name, leaf in leaves.items()
    ]
    if next(_geometries(batch.shape), None) is not None:
        fields.append(pa.field(GEOMETRY, pa.binary()))
    return pa.schema(fields)


def _leaves(batch: TargetBatch) -> dict[str, _Leaf]:
    """All values of a batch by flat names, the feature's id first."""
    fields = dict(zip(batch.columns.schema.names, batch.columns.columns, strict=True))
    found = [(ID, _Leaf(fields[LOCAL_ID], None)), *_walk(batch.shape, fields, None, "")]
    names = unique_names([name for name, _ in found])
    return {name: leaf for name, (_, leaf) in zip(names, found, strict=True)}


def _walk(
    shape: Shape, fields: Mapping[str, Any], offsets: Ints | None, prefix: str
) -> Iterator[tuple[str, _Leaf]]:
    for node in shape.nodes:
        name = f"{prefix}{node.name}"
        for key in (node.name, *(f"{node.name}@{one}" for one in _SIBLINGS)):
            if key not in fields:
                continue
            items, begins = _items(fields[key], node, offsets)
            if key != node.name:
                yield f"{prefix}{key.replace('@', '_')}", _Leaf(items, begins)
            elif node.kind is Kind.OBJECT:
                yield from _objects(node, items, begins, name)
            elif node.kind is not Kind.GEOMETRY:
                yield name, _Leaf(items, begins)


def _objects(
    node: Node, items: Any, offsets: Ints | None, name: str
) -> Iterator[tuple[str, _Leaf]]:
    several = len(node.objects) > 1
    for child in node.objects:
        below = pc.struct_field(items, child.name) if several else items
        inner = dict(zip(below.type.names, below.flatten(), strict=True))
        prefix = f"{name}_{child.name}_" if several else f"{name}_"
        yield from _walk(child, inner, offsets, prefix)


def _items(values: Any, node: Node, offsets: Ints | None) -> tuple[Any, Ints | None]:
    """A property's items, and where those of each feature begin."""
    if not node.repeated:
        return values, offsets
    items, begins = unlist(values)
    return items, begins if offsets is None else begins[offsets]


def _geometries(shape: Shape) -> Iterator[tuple[str, ...]]:
    """Paths of the geometry properties, the one a layer is drawn with first."""
    paths = list(_geometry_paths(shape))
    yield from sorted(paths, key=lambda path: path != ("geometry",))


def _geometry_paths(shape: Shape) -> Iterator[tuple[str, ...]]:
    for node in shape.nodes:
        if node.kind is Kind.GEOMETRY:
            yield (node.name,)
        several = len(node.objects) > 1
        for child in node.objects:
            for path in _geometry_paths(child):
                yield (node.name, child.name, *path) if several else (node.name, *path)


@dataclass(slots=True)
class _Drawn:
    """The types and the extent of a layer's geometries."""

    _kinds: set[str] = field(default_factory=set)
    _edges: list[npt.NDArray[np.float64]] = field(default_factory=list)

    def add(self, geometries: Geometries) -> None:
        present = geometries[~shapely.is_missing(geometries)]
        if len(present):
            kinds = np.unique(shapely.get_type_id(present))
            self._kinds.update(shapely.GeometryType(one).name for one in kinds.tolist())
            self._edges.append(shapely.total_bounds(present))

    @property
    def kind(self) -> str:
        """``Point``, ``Polygon`` …; ``MultiPolygon`` for both kinds, ``Unknown`` for others."""
        families = {one.removeprefix("MULTI") for one in self._kinds}
        if len(families) != 1:
            return "Unknown"
        name = _KINDS.get(families.pop(), "Unknown")
        several = any(one.startswith("MULTI") for one in self._kinds)
        return f"Multi{name}" if several and name != "Unknown" else name

    @property
    def extent(self) -> tuple[float, float, float, float] | None:
        if not self._edges:
            return None
        edges = np.array(self._edges)
        west, south = edges[:, :2].min(axis=0).tolist()
        east, north = edges[:, 2:].max(axis=0).tolist()
        return west, south, east, north


def _geometry(batch: TargetBatch) -> Any:
    """The layer's geometry as WKB."""
    return pa.array(shapely.to_wkb(_geometries_of(batch)), pa.binary())


def _geometries_of(batch: TargetBatch) -> Geometries:
    """The geometry that each feature is drawn with, its first; None where it has none."""
    path = next(_geometries(batch.shape), None)
    if path is None:
        return np.full(batch.rows, None, dtype=object)
    columns = batch.columns
    fields: Mapping[str, Any] = dict(zip(columns.schema.names, columns.columns, strict=True))
    shape, offsets, items = batch.shape, None, None
    names = list(path)
    while names:
        node = shape.node(names.pop(0))
        assert node is not None
        items, offsets = _items(fields[node.name], node, offsets)
        if node.objects:
            shape = node.objects[0]
            if len(node.objects) > 1:
                chosen = names.pop(0)
                shape = next(one for one in node.objects if one.name == chosen)
                items = pc.struct_field(items, chosen)
            fields = dict(zip(items.type.names, items.flatten(), strict=True))
    handles = pc.fill_null(items, -1).to_numpy(zero_copy_only=False)
    if offsets is not None:
        handles = _first(handles, offsets)
    found = np.full(batch.rows, None, dtype=object)
    found[handles >= 0] = batch.geometries[handles[handles >= 0]]
    return found


def _first(handles: npt.NDArray[Any], offsets: Ints) -> npt.NDArray[Any]:
    """For each feature the first handle that there is."""
    rows = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    first = np.full(len(offsets) - 1, -1, dtype=np.int64)
    there = np.flatnonzero(handles >= 0)[::-1]
    first[rows[there]] = handles[there]
    return first
