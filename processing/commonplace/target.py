"""TargetBatch: what stands between mapping and encoders.

A mapping fills only some properties of a feature type. Which, and how, is its
:class:`Shape` (a pruned copy of the model's content tree); the values are Arrow columns
that mirror the shape. What is the same in every row is a constant of the shape, not a
column. Encoders get both and know neither mapping nor source.

Columns
-------
A batch has one struct field per :class:`Node` that isn't constant, named as the node:

========== ==========================================================
kind       Arrow type
========== ==========================================================
value      string, bool, int64, float64, date32 or timestamp[us, UTC];
           a string where the text is written as it stands
code       string: the local code, or a whole URI for a list's own values
reference  string: ``xlink:href``
geometry   int32: index into :attr:`TargetBatch.geometries`
object     struct of the object's nodes; with several possible object
           elements: ``@type`` (string) and one struct per local name
========== ==========================================================

``repeated`` makes it a list of that. A null (or, in a list, an item left out) means no
value: the encoder writes nil with the node's ``nil`` reason, or nothing. Siblings
(``name@nil``, ``name@href``, ``name@uom``, …; for list items inside an item struct) hold
what differs from row to row; a node lists which there are. A sibling column of a
repeated node is a list of the same lengths.

Two more columns stand first: ``@ordinal`` (int64, the source row's number over the whole
layer, the order features are written in) and ``@id`` (string, the local id).
"""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.model.types import Kind, Property, QName, local_name

ORDINAL: Final = "@ordinal"
LOCAL_ID: Final = "@id"
TYPE: Final = "@type"
SECTION: Final = "@section"

Geometries = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Node:
    """One property of a target object, as far as a mapping fills it.

    Parameters
    ----------
    property
        The model's property.
    repeated
        The batch holds a list.
    constant
        The value (kinds value, code, reference) where every row has the same; then
        there is no column.
    attributes
        Constant XML attributes by local name (``uom``, ``codeSpace``, ``codeList`` …).
    siblings
        Names of the per-row siblings in the batch (``nil``, ``href``, ``uom`` …).
    nil
        The void reason written where there is no value (``Unpopulated``, ``Unknown``,
        ``Withheld``); None leaves the element out.
    void
        Never filled: always nil with reason ``nil``, no column.
    objects
        For kind object: the shapes of the object elements that occur.
    """

    property: Property
    repeated: bool = False
    constant: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    siblings: tuple[str, ...] = ()
    nil: str | None = None
    void: bool = False
    objects: tuple[Shape, ...] = ()

    @builtins.property
    def name(self) -> str:
        return self.property.name

    @builtins.property
    def kind(self) -> Kind:
        return self.property.kind

    @builtins.property
    def is_constant(self) -> bool:
        """True when no column holds it: a constant, a void, or an object of only such."""
        if self.constant is not None or self.void:
            return True
        return (
            self.kind is Kind.OBJECT
            and not self.repeated
            and not self.siblings
            and len(self.objects) == 1
            and all(node.is_constant for node in self.objects[0].nodes)
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """One object element with the properties filled, in schema order.

    ``feature`` marks a feature type (it has ``@id``); ``identified`` an object element
    that needs a ``gml:id`` derived from its feature's. ``attributes`` are constant XML
    attributes of the object element itself, by local name (a ``swe:Vector`` has its
    ``referenceFrame`` there).
    """

    element: QName
    nodes: tuple[Node, ...]
    identified: bool = False
    feature: bool = False
    attributes: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return local_name(self.element)

    def node(self, name: str) -> Node | None:
        return next((one for one in self.nodes if one.name == name), None)


@dataclass(frozen=True, slots=True)
class TargetBatch:
    """Rows of one feature type: a shape, its columns, and a pool of geometries.

    ``geometries`` are shapely objects in the target CRS, x before y, repaired, oriented
    (exterior counter-clockwise) and rounded to the CRS's precision: encoders only write.
    """

    shape: Shape
    columns: pa.RecordBatch
    geometries: Geometries = field(default_factory=lambda: np.empty(0, dtype=object))

    @property
    def rows(self) -> int:
        return int(self.columns.num_rows)


@dataclass(frozen=True, slots=True)
class TargetCrs:
    """The CRS outputs are written in.

    ``swap`` says that the authority's axis order is y, x (GML follows it, the other
    encodings stay x, y); ``decimals`` is the precision ordinates are written with.
    """

    code: str
    uri: str
    swap: bool
    decimals: int
    geographic: bool
    dimension: int = 2


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is common to all objects that one mapping document makes.

    ``schema`` is the model key (``ad/4.0``); ``namespace`` the provider's identifier
    namespace; ``as_of`` an RFC 3339 time, the only clock there is; ``lineage`` what the
    mapping document says of how the data came about.
    """

    name: str
    schema: str
    namespace: str
    crs: TargetCrs
    language: str = "und"
    title: str = ""
    licence: str = ""
    attribution: str = ""
    as_of: str = "1970-01-01T00:00:00Z"
    options: Mapping[str, str] = field(default_factory=dict)
    lineage: str = ""


@dataclass(frozen=True, slots=True)
class Leaf:
    """The values of one node (or one sibling of it) over a whole batch, lists flattened."""

    path: str
    node: Node
    sibling: str | None
    values: pa.Array


def leaves(batch: TargetBatch) -> Iterator[Leaf]:
    """All columns of a batch that hold values, at any depth."""
    columns = batch.columns
    yield from _leaves(
        batch.shape, dict(zip(columns.schema.names, columns.columns, strict=True)), ""
    )


def _leaves(shape: Shape, columns: Mapping[str, pa.Array], prefix: str) -> Iterator[Leaf]:
    for node in shape.nodes:
        path = f"{prefix}{node.name}"
        for sibling in node.siblings:
            values = columns[f"{node.name}@{sibling}"]
            yield Leaf(path, node, sibling, values.flatten() if node.repeated else values)
        if node.is_constant:
            continue
        values = columns[node.name]
        if node.repeated:
            values = values.flatten()
        if node.kind is not Kind.OBJECT:
            yield Leaf(path, node, None, values)
            continue
        for child in node.objects:
            below = values if len(node.objects) == 1 else pc.struct_field(values, child.name)
            fields = {one.name: pc.struct_field(below, one.name) for one in below.type}
            yield from _leaves(child, fields, f"{path}.")


def used_geometries(batch: TargetBatch) -> Geometries:
    """The geometries of the pool that the batch's rows refer to, in no certain order."""
    handles = [
        leaf.values.drop_null()
        for leaf in leaves(batch)
        if leaf.node.kind is Kind.GEOMETRY and leaf.sibling is None
    ]
    if not handles:
        return batch.geometries[:0]
    used: Geometries = batch.geometries[
        np.unique(np.concatenate([one.to_numpy() for one in handles]))
    ]
    return used


def bounds_by_row(batch: TargetBatch) -> npt.NDArray[np.float64]:
    """(xmin, ymin, xmax, ymax) of all geometries of each row, of shape (rows, 4).

    A row without a geometry has the bounds of nothing: infinite, the wrong way round.
    """
    found = np.tile([np.inf, np.inf, -np.inf, -np.inf], (batch.rows, 1))
    columns = dict(zip(batch.columns.schema.names, batch.columns.columns, strict=True))
    for handles, rows in _handles(batch.shape, columns, pa.array(np.arange(batch.rows))):
        there = handles.is_valid()
        box = shapely.bounds(batch.geometries[handles.filter(there).to_numpy()])
        at = rows.filter(there).to_numpy()
        np.fmin.at(found[:, :2], at, box[:, :2])
        np.fmax.at(found[:, 2:], at, box[:, 2:])
    return found


def _handles(
    shape: Shape, columns: Mapping[str, pa.Array], rows: pa.Array
) -> Iterator[tuple[pa.Array, pa.Array]]:
    """Handles of geometries at any depth, and the row that each belongs to."""
    for node in shape.nodes:
        if node.is_constant or node.kind not in (Kind.GEOMETRY, Kind.OBJECT):
            continue
        values, here = columns[node.name], rows
        if node.repeated:
            here = rows.take(pc.list_parent_indices(values))
            values = values.flatten()
        if node.kind is Kind.GEOMETRY:
            yield values, here
            continue
        for child in node.objects:
            below = values if len(node.objects) == 1 else pc.struct_field(values, child.name)
            fields = {one.name: pc.struct_field(below, one.name) for one in below.type}
            yield from _handles(child, fields, here)


def references(batch: TargetBatch) -> pa.Array:
    """The distinct references (``#Type.id``) to objects of the same dataset."""
    found = [
        leaf.values
        for leaf in leaves(batch)
        if leaf.sibling == "href" or (leaf.node.kind is Kind.REFERENCE and leaf.sibling is None)
    ]
    distinct = [pc.unique(one.cast(pa.string())).drop_null() for one in found]
    merged = pc.unique(pa.concat_arrays(distinct)) if distinct else pa.array([], pa.string())
    return merged.filter(pc.starts_with(merged, "#"))
