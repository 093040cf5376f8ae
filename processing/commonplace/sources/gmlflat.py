"""Features of a GML reading as flat rows: nested properties joined along their path.

Names are joined by ``_`` (``inspireId_localId``), with the object element between where
several occur. See :mod:`commonplace.sources.gml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.batch import GEOMETRY, Layer
from commonplace.bounds import Bounds
from commonplace.gml.pieces import unlist
from commonplace.gml.reading import Reading, TypeRead
from commonplace.model.types import Kind
from commonplace.report import Severity
from commonplace.sources.notes import Notebook
from commonplace.sources.rows import fields_of, unique_names
from commonplace.target import LOCAL_ID, Geometries, Node, Shape, TargetBatch

ID: Final = "gml_id"
_SIBLINGS: Final = ("uom", "href", "nil", "indeterminatePosition")
_KINDS: Final = {"POINT": "Point", "LINESTRING": "LineString", "POLYGON": "Polygon"}

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A flat column in the making: items, and where each row's begin (None: one each)."""

    items: Any
    offsets: Ints | None


@dataclass(frozen=True, slots=True)
class Table:
    """A feature type as a layer; ``single`` are columns that never have two values."""

    read: TypeRead
    layer: Layer
    schema: pa.Schema
    single: frozenset[str]


def table_of(reading: Reading, read: TypeRead, notebook: Notebook, crs: str | None) -> Table:
    """A feature type of a document as a table: its columns found by a walk over all batches.

    ``crs`` is the one that was stated, instead of the document's. Geometries that a layer has
    no room for become findings.
    """
    name = read.type.name
    left = list(_geometries(read.shape))[1:]
    for path in left:
        notebook.note(
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
        crs=(crs or reading.crs) if GEOMETRY in schema.names else None,
        extent=drawn.extent,
        count=read.count,
    )
    return Table(read, layer, schema, single)


def flat(batch: TargetBatch, table: Table) -> pa.RecordBatch:
    """A batch of the document as one of the layer."""
    schema, single = table.schema, table.single
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
    def extent(self) -> Bounds | None:
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
