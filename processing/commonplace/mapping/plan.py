"""What a compiled mapping is: plain values that travel to the processes that map parts.

Two trees describe a feature type. Its :class:`~commonplace.target.Shape` says what comes
out, for encoders; its :class:`Part` tree says where each value comes from. Source columns
bear internal names (``c0``, ``c1`` …) in SQL, so names that differ only in case, or hold
quotes, do no harm.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Layer
from commonplace.errors import Problem
from commonplace.mapping.joins import Join
from commonplace.model.types import Kind, Property
from commonplace.target import Node, Shape


@dataclass(frozen=True, slots=True)
class ValueType:
    """How a value is held: DuckDB's type name, Arrow's, and the bounds of an integer."""

    sql: str
    name: str
    low: int | None = None
    high: int | None = None

    @property
    def arrow(self) -> pa.DataType:
        return _ARROW[self.name]


_ARROW: Final = {
    "string": pa.string(),
    "bool": pa.bool_(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "date32": pa.date32(),
    "timestamp": pa.timestamp("us", tz="UTC"),
    "int32": pa.int32(),
}

TEXT: Final = ValueType("VARCHAR", "string")
NUMBER: Final = ValueType("DOUBLE", "float64")
HANDLE: Final = ValueType("INTEGER", "int32")
_SIXTY_FOUR: Final = 2**63


def _integer(low: int, high: int) -> ValueType:
    return ValueType("BIGINT", "int64", low, high)


_XSD: Final = {
    "boolean": ValueType("BOOLEAN", "bool"),
    "double": ValueType("DOUBLE", "float64"),
    "float": ValueType("DOUBLE", "float64"),
    "decimal": ValueType("DOUBLE", "float64"),
    "date": ValueType("DATE", "date32"),
    "dateTime": ValueType("TIMESTAMPTZ", "timestamp"),
    "integer": _integer(-_SIXTY_FOUR, _SIXTY_FOUR - 1),
    "long": _integer(-_SIXTY_FOUR, _SIXTY_FOUR - 1),
    "int": _integer(-(2**31), 2**31 - 1),
    "short": _integer(-(2**15), 2**15 - 1),
    "byte": _integer(-(2**7), 2**7 - 1),
    "nonNegativeInteger": _integer(0, _SIXTY_FOUR - 1),
    "positiveInteger": _integer(1, _SIXTY_FOUR - 1),
    "nonPositiveInteger": _integer(-_SIXTY_FOUR, 0),
    "negativeInteger": _integer(-_SIXTY_FOUR, -1),
    "unsignedLong": _integer(0, _SIXTY_FOUR - 1),
    "unsignedInt": _integer(0, 2**32 - 1),
    "unsignedShort": _integer(0, 2**16 - 1),
    "unsignedByte": _integer(0, 2**8 - 1),
}


def value_type(of: Property) -> ValueType:
    """How values of a property are held; what has no type of its own is text."""
    if of.kind is Kind.GEOMETRY:
        return HANDLE
    if of.kind is Kind.VALUE and of.value_type is not None and not of.values:
        return _XSD.get(of.value_type, TEXT)
    return TEXT


def arrow_type(node: Node) -> pa.DataType:
    """The Arrow type of a node's column, as :mod:`commonplace.target` defines it."""
    if node.kind is not Kind.OBJECT:
        inner = value_type(node.property).arrow
    elif len(node.objects) == 1:
        inner = struct_type(node.objects[0])
    else:
        inner = pa.struct(
            [("@type", pa.string())] + [(one.name, struct_type(one)) for one in node.objects]
        )
    return pa.list_(inner) if node.repeated else inner


def struct_type(shape: Shape) -> pa.DataType:
    """The Arrow struct of an object's columns."""
    return pa.struct([(one.name, arrow_type(one)) for one in shape.nodes if not one.is_constant])


@dataclass(frozen=True, slots=True)
class Output:
    """One SQL column to compute. ``column`` is the source column's number where it is bare."""

    sql: str
    type: ValueType
    text: str
    path: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Codes:
    """What a code may be.

    ``table`` translates texts (to None: no value); ``unmatched`` is ``error``, ``void``,
    ``keep``, ``parent`` (the longest beginning that the table has) or a default code.
    ``known`` empty means that nothing can be checked; in a ``closed`` list an unknown code
    is an error, else one that is no URI is a warning.
    """

    name: str
    table: tuple[tuple[str, str | None], ...] | None = None
    unmatched: str = "error"
    known: frozenset[str] = frozenset()
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A reference to another object: its type, and the outputs its local id is made of."""

    feature_type: str
    outputs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Applied:
    """A geometry operator as it is applied, with what stands behind the geometry.

    Each argument is a number, or the output that holds one for each row; ``texts`` are the
    arguments as written.
    """

    name: str
    constants: tuple[float | None, ...] = ()
    outputs: tuple[int | None, ...] = ()
    texts: tuple[str, ...] = ()

    def around(self, inner: str) -> str:
        """The operator as written, around a geometry."""
        return f"{self.name}({', '.join((inner, *self.texts))})"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value. Exactly one of ``constant``, ``output``, ``operators``, ``link``, ``own_id``.

    ``scale`` is the factor and offset from the source's unit to the property's; ``default``
    stands where the value is null.
    """

    path: str
    type: ValueType
    constant: str | None = None
    output: int | None = None
    operators: tuple[Applied, ...] | None = None
    link: Link | None = None
    own_id: bool = False
    codes: Codes | None = None
    nulls: tuple[str, ...] = ()
    scale: tuple[float, float] | None = None
    default: str | None = None
    geometries: frozenset[str] = frozenset()

    @property
    def dynamic(self) -> bool:
        return self.constant is None


@dataclass(frozen=True, slots=True)
class Struct:
    """One object, as the element of that name."""

    path: str
    name: str
    parts: tuple[Part, ...]

    @property
    def dynamic(self) -> bool:
        return any(item.value.dynamic for part in self.parts for item in part.items)


@dataclass(frozen=True, slots=True)
class Item:
    """One occurrence of a property. ``many``: as many as its expressions' lists are long."""

    value: Leaf | Struct
    many: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One property: its occurrences. ``required``: without a value its object is none."""

    name: str
    path: str
    items: tuple[Item, ...]
    required: bool = False


@dataclass(frozen=True, slots=True)
class TypeMapping:
    """How one feature type is made of source rows.

    Parameters
    ----------
    name, shape
        The section (the feature type, and what tells several sections of one type apart),
        and what encoders get.
    layers
        Names of the layers it reads; empty means the source's only one.
    reads_layers
        False for a linked object that is made of the rows of the types that refer to it.
    columns
        Source columns needed by it and by the objects its rows make,
        :data:`~commonplace.batch.GEOMETRY` among them where used.
    inputs
        Columns its SQL reads; the n-th is ``cn`` there.
    key
        The texts of the key expressions; objects with a key are made once per distinct key.
    links
        Keyed types that its rows make.
    unfilled
        Properties of the feature type that nothing fills.
    rises
        All its geometries get heights by operators: those of the source need none.
    makes_heights
        Some of its geometries get heights by operators: the target CRS must have them.
    """

    name: str
    shape: Shape
    layers: tuple[str, ...]
    reads_layers: bool
    columns: tuple[str, ...]
    key: tuple[str, ...]
    links: tuple[str, ...]
    unfilled: tuple[str, ...]
    parts: tuple[Part, ...]
    inputs: tuple[str, ...]
    outputs: tuple[Output, ...]
    id_outputs: tuple[int, ...]
    where: str | None = None
    nulls: tuple[str, ...] = ()
    own_layers: bool = False
    aggregates_geometry: bool = False
    rises: bool = False
    makes_heights: bool = False
    path: str = "$"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A mapping document, ready to run. Picklable."""

    name: str
    schema: str
    namespace: str
    language: str
    title: str | None
    lineage: str | None
    types: tuple[TypeMapping, ...]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    ignore: tuple[tuple[str, str], ...] = ()
    joins: tuple[Join, ...] = ()

    def type(self, name: str) -> TypeMapping:
        """The section of that name."""
        return next(one for one in self.types if one.name == name)

    def shapes(self) -> dict[str, Shape]:
        """The shapes by feature type, in the order of the document."""
        return {one.shape.name: one.shape for one in self.types}

    def unused_columns(self, layer: Layer) -> list[str]:
        """Columns of a layer that no type reads and the document doesn't ignore."""
        used = {
            column
            for one in self.types
            if not one.layers or layer.name in one.layers
            for column in one.columns
        } | {name for name, _ in self.ignore}
        used |= {mine for join in self.joins for mine, _ in join.on}
        for join in self.joins:
            if join.layer == layer.name:
                used |= {other for _, other in join.on}
                used |= {join.own(one) or "" for each in self.types for one in each.columns}
        used.add(GEOMETRY)
        names = (name for name in layer.field_names if not name.startswith("@"))
        return [name for name in names if name not in used]
