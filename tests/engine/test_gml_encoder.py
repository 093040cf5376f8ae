"""The column-wise encoder against a row-wise one, over any shapes, values and nulls."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from commonplace.formats import gml as gml_format
from commonplace.gml.features import Writing, feature_texts
from commonplace.gml.names import GML, Prefixes
from commonplace.model.types import (
    Attribute,
    CodeList,
    CodeValue,
    Element,
    Kind,
    Property,
    Schema,
    qname,
)
from commonplace.target import LOCAL_ID, ORDINAL, TYPE, Node, Shape, TargetBatch, TargetCrs
from support.gml_reference import Reference

APP = "http://example.org/app"
GCO = "http://www.isotc211.org/2005/gco"
LIST = "http://example.org/codelist/Use&Value"
SCHEMA = Schema(
    "app/1.0",
    "app",
    "1.0",
    APP,
    "http://example.org/app.xsd",
    prefixes=((GCO, "gco"), (GML, "gml")),
)
USES = CodeList(
    LIST,
    "Use",
    "Use",
    "any",
    (CodeValue("a", f"{LIST}/a", 'the "a"'), CodeValue("b", f"{LIST}/b", "b & c")),
)
CRS = TargetCrs("EPSG:4258", "http://www.opengis.net/def/crs/EPSG/0/4258", True, 7, True)
METRES = TargetCrs("EPSG:25833", "http://www.opengis.net/def/crs/EPSG/0/25833", False, 2, False)
HEIGHTS = TargetCrs("EPSG:4937", "http://www.opengis.net/def/crs/EPSG/0/4937", True, 6, True, 3)

HOLED = shapely.Polygon(
    [(0, 0), (9, 0), (9, 9), (0, 9)],
    [[(1, 1), (1, 2), (2, 2)], [(3.5, 3), (3, 4), (4, 4.0000001)]],
)
POOL = np.array(
    [
        shapely.Point(12.5, 48.1234567),
        shapely.Point(-0.0, 1e-7),
        shapely.Point(1e16, -3),
        shapely.LineString([(-1, -0.25), (100, 1000), (10_000_000.5, 9_999.999)]),
        shapely.Polygon([(0, 0), (1, 0), (1, 1), (0, 0)]),
        HOLED,
        shapely.MultiPoint([(1, 2), (3, 4)]),
        shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3.5), (4, 4)]]),
        shapely.MultiLineString([[(0, 0), (1, 1)]]),
        shapely.MultiPolygon([HOLED, shapely.box(20, 20, 21, 21)]),
        shapely.MultiPolygon([shapely.box(20, 20, 21, 21)]),
        shapely.LinearRing([(0, 0), (1, 0), (1, 1)]),
        shapely.GeometryCollection([shapely.Point(1, 2), HOLED, shapely.MultiPoint([(1, 2)])]),
    ],
    dtype=object,
)
GEOMETRY_TYPES: list[tuple[str, ...]] = [
    (),
    ("Point", "LineString", "Curve", "Polygon", "Surface"),
    ("MultiPoint", "MultiCurve", "MultiSurface"),
    ("Surface", "Curve", "Point"),
    ("Polygon", "LineString", "Point", "MultiGeometry"),
]

TEXTS = st.sampled_from(
    [
        *("a", "b", "Straße 5", "", "x<y>&\"'", "\r\n\t", "ctl\x00\x0b\x1f", "\ufffe\uffff", " "),
        *("#Type.1", "#Type.a b/ä_x5F_", "http://example.org/a?b=1&c=2", "urn:x:y", "_x", "😀"),
    ]
)
VALUES: list[tuple[pa.DataType, str, st.SearchStrategy[Any]]] = [
    (pa.string(), "string", TEXTS),
    (pa.bool_(), "boolean", st.booleans()),
    (pa.int64(), "integer", st.integers(-(2**63), 2**63 - 1)),
    (pa.float64(), "double", st.floats() | st.sampled_from([-0.0, 1e-7, 1e16, 0.1, 3.0])),
    (pa.date32(), "date", st.dates(dt.date(1000, 1, 1))),
    (pa.date32(), "dateTime", st.dates(dt.date(1000, 1, 1))),
    (
        pa.timestamp("us", "UTC"),
        "dateTime",
        st.datetimes(dt.datetime(1000, 1, 1)).map(lambda one: one.replace(tzinfo=dt.UTC))
        | st.just(dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC)),
    ),
]
ATTRIBUTES = (
    Attribute("nilReason", "string"),
    Attribute("uom", "string", required=True),
    Attribute("{http://www.w3.org/1999/xlink}title", "string"),
)


@st.composite
def nodes(draw: st.DrawFn, name: str, depth: int) -> tuple[Node, pa.DataType]:
    """A node of any kind, and the Arrow type of its values (for kind value)."""
    kinds = [Kind.VALUE, Kind.VALUE, Kind.CODE, Kind.REFERENCE, Kind.GEOMETRY]
    kind = draw(st.sampled_from([*kinds, Kind.OBJECT, Kind.OBJECT] if depth else kinds))
    arrow, value_type, _ = draw(st.sampled_from(VALUES))
    element = Element(
        qname(APP, name),
        qname(APP, "any"),
        nillable=draw(st.booleans()),
        code_list=draw(st.sampled_from([LIST, None, "http://example.org/unknown"])),
    )
    objects: tuple[Shape, ...] = ()
    if kind is Kind.OBJECT:
        count = draw(st.sampled_from([1, 1, 2]))
        objects = tuple(draw(shapes(f"Object{index}", depth - 1)) for index in range(count))
    allowed = draw(st.sampled_from(GEOMETRY_TYPES)) if kind is Kind.GEOMETRY else ()
    prop = Property(
        element,
        kind,
        value_type=value_type if kind is Kind.VALUE else None,
        wrapper=qname(GCO, "Text") if kind is Kind.VALUE and draw(st.booleans()) else None,
        objects=tuple(qname(GML, one) for one in allowed),
        attributes=draw(st.sampled_from([(), ATTRIBUTES[:1], ATTRIBUTES])),
        direct=kind is Kind.OBJECT and len(objects) == 1 and draw(st.booleans()),
    )
    constant = None
    if kind in (Kind.VALUE, Kind.CODE, Kind.REFERENCE) and draw(st.integers(0, 5)) == 0:
        constant = draw(TEXTS)
    siblings = draw(
        st.just(set()) | st.sets(st.sampled_from(["nil", "href", "uom", "title"]), max_size=3)
    )
    void = draw(st.integers(0, 8)) == 0
    node = Node(
        prop,
        repeated=draw(st.booleans()),
        constant=constant,
        attributes=draw(st.sampled_from([(), (("codeSpace", 'a"<&'),)])),
        siblings=() if constant is not None or void else tuple(sorted(siblings)),
        nil=draw(st.sampled_from([None, "Unknown"])),
        void=void,
        objects=objects,
    )
    return node, arrow


ARROW: dict[str, pa.DataType] = {value_type: arrow for arrow, value_type, _ in VALUES}
STRATEGY = {value_type: strategy for _, value_type, strategy in VALUES}


@st.composite
def shapes(draw: st.DrawFn, name: str, depth: int) -> Shape:
    count = draw(st.integers(0, 3))
    made = tuple(draw(nodes(f"p{index}", depth))[0] for index in range(count))
    return Shape(qname(APP, name), made, identified=draw(st.booleans()))


class Columns:
    """Draws columns for a shape; under nulls, and outside of slices, lies rubbish."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw

    def struct(self, shape: Shape, alive: list[bool]) -> dict[str, pa.Array]:
        columns: dict[str, pa.Array] = {}
        for node in shape.nodes:
            if node.is_constant:
                continue
            if node.repeated:
                lengths = [self.draw(st.integers(0, 3)) for _ in alive]
                null = self._nulls(alive)
                living = [
                    one and not gone
                    for one, gone, length in zip(alive, null, lengths, strict=True)
                    for _ in range(length)
                ]
                columns[node.name] = _list(self.values(node, living), lengths, null)
                for one in node.siblings:
                    sibling = self.texts(one, len(living))
                    columns[f"{node.name}@{one}"] = _list(sibling, lengths, null)
            else:
                columns[node.name] = self.values(node, alive)
                for one in node.siblings:
                    columns[f"{node.name}@{one}"] = self.texts(one, len(alive))
        return columns

    def values(self, node: Node, alive: list[bool]) -> pa.Array:
        null = self._nulls(alive)
        if node.kind is Kind.OBJECT:
            living = [one and not gone for one, gone in zip(alive, null, strict=True)]
            return self._object(node, living, null)
        if node.kind is Kind.GEOMETRY:
            handles = [self.draw(st.integers(0, len(POOL) - 1)) if one else 10_000 for one in alive]
            return pa.array(handles, pa.int32(), mask=np.array(null, dtype=bool))
        if node.kind is Kind.VALUE:
            value_type = node.property.value_type or "string"
            values = [self.draw(STRATEGY[value_type]) for _ in alive]
            array = pa.array(values, ARROW[value_type])
        else:
            array = self.texts("value", len(alive))
        return pa.array(array.to_pylist(), array.type, mask=np.array(null, dtype=bool))

    def texts(self, name: str, rows: int) -> pa.Array:
        some = st.sampled_from(["Unknown", "Withheld"]) if name == "nil" else TEXTS
        return pa.array([self.draw(st.none() | some) for _ in range(rows)], pa.string())

    def _object(self, node: Node, alive: list[bool], null: list[bool]) -> pa.Array:
        if len(node.objects) == 1:
            return _struct(self.struct(node.objects[0], alive), null)
        names = [one.name for one in node.objects]
        kinds = [self.draw(st.sampled_from([None, *names])) for _ in alive]
        fields = {TYPE: pa.array(kinds, pa.string())}
        for shape in node.objects:
            here = [one and kind == shape.name for one, kind in zip(alive, kinds, strict=True)]
            branch = [kind != shape.name for kind in kinds]
            fields[shape.name] = _struct(self.struct(shape, here), branch)
        return _struct(fields, null)

    def _nulls(self, alive: list[bool]) -> list[bool]:
        return [self.draw(st.integers(0, 3)) == 0 for _ in alive]


def _struct(fields: dict[str, pa.Array], null: list[bool]) -> pa.Array:
    mask = pa.array(null, pa.bool_())
    if not fields:
        return pa.array([None if one else {} for one in null], pa.struct([]))
    return pa.StructArray.from_arrays(list(fields.values()), list(fields), mask=mask)


def _list(items: pa.Array, lengths: list[int], null: list[bool]) -> pa.Array:
    offsets = pa.array(np.concatenate([[0], np.cumsum(lengths)]), pa.int32())
    return pa.ListArray.from_arrays(offsets, items, mask=pa.array(null, pa.bool_()))


@st.composite
def batches(draw: st.DrawFn) -> TargetBatch:
    count = draw(st.integers(1, 4))
    made = tuple(draw(nodes(f"q{index}", 2))[0] for index in range(count))
    shape = Shape(qname(APP, "Thing"), made, feature=True)
    rows = draw(st.sampled_from([1, 2, 5]))
    before, after = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    whole = before + rows + after
    columns = {
        ORDINAL: pa.array(np.arange(whole)),
        LOCAL_ID: pa.array([draw(TEXTS) + str(index) for index in range(whole)], pa.string()),
        **Columns(draw).struct(shape, [True] * whole),
    }
    batch = pa.RecordBatch.from_pydict(columns).slice(before, rows)
    return TargetBatch(shape, batch, POOL)


def encoded(batch: TargetBatch, crs: TargetCrs = CRS) -> bytes:
    writing = Writing(Prefixes.of(SCHEMA), crs, {LIST: USES}.get)
    array = feature_texts(writing, batch, "", "")
    assert array.null_count == 0
    return b"".join(one.as_buffer().to_pybytes() for one in array)


def expected(batch: TargetBatch, crs: TargetCrs = CRS) -> bytes:
    prefixes = Prefixes.of(SCHEMA).by_namespace
    return Reference(prefixes, crs, {LIST: USES}).features(batch)


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(batch=batches(), crs=st.sampled_from([CRS, METRES]))
def test_equals_the_row_wise_encoder(batch: TargetBatch, crs: TargetCrs) -> None:
    written = encoded(batch, crs)
    assert written == expected(batch, crs)
    assert b"".join(encoded(one, crs) for one in gml_format.slices(batch)) == written
    names = "".join(
        f' xmlns:{b}="{a}"' for a, b in Prefixes.of(SCHEMA).by_namespace.items() if b != "xml"
    )
    tree = etree.fromstring(f"<all{names}>".encode() + written + b"</all>")
    ids = tree.xpath("//@gml:id", namespaces={"gml": GML})
    assert len(ids) == len(set(ids))
    for one in ids:
        etree.QName(one)  # refuses what is no NCName


def thing(*nodes: Node, **columns: pa.Array) -> TargetBatch:
    rows = len(next(iter(columns.values())))
    fixed = {
        ORDINAL: pa.array(np.arange(rows)),
        LOCAL_ID: pa.array([str(one) for one in range(rows)]),
    }
    shape = Shape(qname(APP, "Thing"), nodes, feature=True)
    return TargetBatch(shape, pa.RecordBatch.from_pydict({**fixed, **columns}), POOL)


def value(name: str, value_type: str = "string", **options: Any) -> Node:
    element = Element(qname(APP, name), qname(APP, "any"), nillable=True)
    prop = Property(element, Kind.VALUE, value_type=value_type, attributes=ATTRIBUTES[:1])
    return Node(prop, **options)


@pytest.mark.parametrize("rows", [1, 63, 64, 300, 5_000])
@pytest.mark.parametrize("distinct", [1, 3, 5_000])
@pytest.mark.parametrize("nil", [None, "Unknown"])
def test_values_that_repeat_and_values_that_do_not(
    rows: int, distinct: int, nil: str | None
) -> None:
    words = [None if row % 7 == 0 else f"w<{row % distinct}" for row in range(rows)]
    batch = thing(value("a", nil=nil), a=pa.array(words, pa.string()))
    assert encoded(batch) == expected(batch)


def test_columns_of_no_type() -> None:
    batch = thing(value("a", nil="Unknown"), a=pa.nulls(100))
    assert encoded(batch).count(b"xsi:nil") == 100


def test_a_null_loses_no_feature() -> None:
    """binary_join gives null when any part is null: a feature would vanish."""
    batch = thing(value("a"), value("b"), a=pa.nulls(3, pa.string()), b=pa.array(["x", None, ""]))
    assert encoded(batch).count(b"<app:Thing ") == 3


def test_a_list_of_only_nulls_gets_the_nil() -> None:
    lists = pa.array([[None, None], [], None, ["x", None, "y"]], pa.list_(pa.string()))
    batch = thing(value("a", repeated=True, nil="Unknown"), a=lists)
    assert encoded(batch).count(b"xsi:nil") == 3
    assert encoded(batch) == expected(batch)


def test_siblings_of_other_lengths_are_refused() -> None:
    node = value("a", repeated=True, siblings=("uom",))
    lists = {"a": pa.array([["x", "y"]]), "a@uom": pa.array([["m"]])}
    with pytest.raises(ValueError, match="a@uom"):
        encoded(thing(node, **lists))


def test_heights() -> None:
    element = Element(qname(APP, "geometry"), qname(APP, "any"))
    node = Node(Property(element, Kind.GEOMETRY))
    pool = np.array(
        [shapely.Point(1, 2, 3.25), shapely.LineString([(1, 2, 3), (4, 5, -6.5)])], dtype=object
    )
    batch = thing(node, geometry=pa.array([0, 1], pa.int32()))
    batch = TargetBatch(batch.shape, batch.columns, pool)
    written = encoded(batch, HEIGHTS)
    assert written == expected(batch, HEIGHTS)
    assert b'srsDimension="3"><gml:pos>2 1 3.25</gml:pos>' in written


def test_slices_are_cut_by_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """A string array ends at 2 GB: large features come in smaller slices."""
    batch = thing(value("a"), a=pa.array(["x" * 10_000] * 40))
    whole = encoded(batch)
    monkeypatch.setattr(gml_format, "_MOST_BYTES", 1_000_000)
    cut = list(gml_format.slices(batch))
    assert len(cut) > 10
    assert sum(one.rows for one in cut) == 40
    assert b"".join(encoded(one) for one in cut) == whole
