"""Instances of every feature type, made from the model alone, as batches for an encoder.

A :class:`Thing` is one object with the occurrences of its properties. :class:`Maker` makes
the smallest one that the schema allows, and full ones: row ``k`` of an object fills all its
properties, each with its ``k``-th alternative (an object that may stand there, a reference,
a void, an enumeration's value …), twice where that is allowed, and takes the ``k``-th branch
of each choice. :func:`batches` turns things into shapes, columns and geometries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from commonplace.model import Model
from commonplace.model.types import (
    Attribute,
    ComplexType,
    Element,
    Form,
    Group,
    Kind,
    Particle,
    Property,
    QName,
    Wildcard,
    local_name,
)
from commonplace.target import LOCAL_ID, ORDINAL, TYPE, Node, Shape, TargetBatch

REFERENCES = ("http://example.org/1?a=1&b=2", "#Other.1")
REASONS = ("Unpopulated", "Unknown", "Withheld")
NOON = dt.datetime(2020, 5, 17, 12, tzinfo=dt.UTC)
VALUES: dict[str, tuple[Any, ...]] = {
    "boolean": (True, False),
    "date": (NOON.date(),),
    "dateTime": (NOON,),
    "time": ("12:00:00Z",),
    "duration": ("P1D",),
    "decimal": (1.5,),
    "double": (-0.00001,),
    "integer": (1,),
    "nonNegativeInteger": (0,),
    "positiveInteger": (2,),
    "anyURI": ("http://example.org/2?c=3&d",),
}
TEXTS = {
    "axisLabels": "x y",
    "interval": "1 2",
    "AllowedTimes.interval": "2020-01-01 2020-01-02",
    "TimeRange.value": "2020-01-01 2020-01-02",
    "CountRange.value": "1 2",
    "CategoryRange.value": "a b",
    "QuantityRange.value": "1 2",
    "CategoryExtent": "a b",
    "CountExtent": "1 2",
    "QuantityExtent": "1 2",
}
"""Values of lists, which the model takes for text, by element or by object and element."""

COLUMNS = {
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "dateTime": pa.timestamp("us", "UTC"),
    "decimal": pa.float64(),
    "double": pa.float64(),
    "integer": pa.int64(),
    "nonNegativeInteger": pa.int64(),
    "positiveInteger": pa.int64(),
}


@dataclass(frozen=True)
class Occurrence:
    """One occurrence of a property: exactly one of value, href, nil and thing is given."""

    property: Property
    value: Any = None
    href: str | None = None
    nil: str | None = None
    thing: Thing | None = None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Thing:
    """An object and what it holds, by the number of the property in the model's order."""

    element: QName
    occurrences: tuple[tuple[int, Occurrence], ...] = ()


class Impossible(Exception):
    """Nothing that a batch can hold satisfies the schema here."""


@dataclass
class Maker:
    """Makes the things of one schema."""

    model: Model
    schema: str
    _smallest: dict[QName, Thing] = field(default_factory=dict)
    _contents: dict[QName, _Content] = field(default_factory=dict)
    _choices: dict[tuple[QName, QName], tuple[Occurrence, ...]] = field(default_factory=dict)

    # -- the smallest ------------------------------------------------------------------

    def smallest(self, element: QName, around: tuple[QName, ...] = ()) -> Thing:
        """The object with only what the schema forces.

        Raises
        ------
        Impossible
        """
        if element not in self._smallest:
            if element in around:
                raise Impossible(f"{local_name(element)} needs itself")
            self._smallest[element] = self.with_one(element, None, None, around)
        return self._smallest[element]

    def is_possible(self, element: QName) -> bool:
        """Whether an object, or a mere text, can be written at all."""
        try:
            return self._is_text(element) or bool(self.smallest(element))
        except Impossible:
            return False

    def with_one(
        self,
        element: QName,
        number: int | None,
        given: Occurrence | None,
        around: tuple[QName, ...] = (),
    ) -> Thing:
        """The smallest object that has one certain occurrence of one property."""
        if self._is_abstract(element):
            raise Impossible(f"the type of {local_name(element)} is abstract")
        properties = self.model.properties(element, self.schema)
        within = (*around, element)

        def walk(particle: _Numbered) -> Iterator[tuple[int, Occurrence]]:
            if isinstance(particle, int):
                if particle == number and given is not None:
                    yield particle, given
                    least = properties[particle].element.minimum - 1
                else:
                    least = properties[particle].element.minimum
                for _ in range(least):
                    yield particle, self.least(properties[particle], within)
                return
            wanted = number is not None and number in particle
            for turn in range(max(particle.minimum, int(wanted))):
                if particle.kind == "sequence":
                    for item in particle.items:
                        yield from walk(item)
                elif wanted and turn == 0:
                    yield from walk(next(one for one in particle.items if _holds(one, number)))
                else:
                    yield from _first(walk, particle.items)

        return Thing(element, tuple(sorted(walk(self._content(element)), key=lambda one: one[0])))

    def least(self, prop: Property, around: tuple[QName, ...]) -> Occurrence:
        """The shortest occurrence of a property."""
        if prop.element.nillable:
            return Occurrence(prop, nil=REASONS[0])
        if prop.form is Form.BOTH:
            return self._required(Occurrence(prop, href=REFERENCES[0]))
        if prop.kind is not Kind.OBJECT or self._is_text(prop.objects[0]):
            return _any(self._alternatives(around[-1], prop), prop)
        for name in prop.objects:
            if not self._is_text(name):
                try:
                    thing = self.smallest(name, around)
                except Impossible:
                    continue
                return self._required(Occurrence(prop, thing=thing))
        raise Impossible(f"{prop.name} holds nothing that can be written")

    # -- full ones ----------------------------------------------------------------------

    def full(self, element: QName, turn: int, depth: int = 1) -> Thing:  # noqa: C901
        """The object with all its properties; see the module's text.

        Parameters
        ----------
        depth
            Objects below are full as well down to this depth, smallest from there on.
        """
        if self._is_abstract(element):
            raise Impossible(f"the type of {local_name(element)} is abstract")
        properties = self.model.properties(element, self.schema)
        clashing = _clashing(properties)

        def walk(
            particle: _Numbered, turn: int, *, many: bool = False
        ) -> Iterator[tuple[int, Occurrence]]:
            if isinstance(particle, int):
                prop = properties[particle]
                most = 1 if many else prop.element.maximum
                choices = self.choices(element, prop)
                if particle in clashing:
                    chosen, turn = _pick(clashing[particle], turn)
                    if chosen != particle:
                        return
                if not choices:
                    if prop.element.minimum:
                        raise Impossible(f"{prop.name} holds nothing that can be written")
                    return
                first, rest = _pick(choices, turn)
                for count in range(_times(prop.element.minimum, most)):
                    chosen, _ = _pick(choices, turn + count)
                    chosen = chosen if _together(first, chosen) else first
                    yield particle, self._deeper(chosen, rest, depth)
                return
            many = many or particle.maximum != 1
            for count in range(_times(particle.minimum, particle.maximum)):
                if particle.kind == "sequence":
                    for item in particle.items:
                        yield from walk(item, turn + count, many=many)
                else:
                    branches = [one for one in particle.items if self._possible(element, one)]
                    if not branches and particle.minimum:
                        raise Impossible("no branch of a choice can be written")
                    if branches:
                        chosen, rest = _pick(branches, turn + count)
                        yield from walk(chosen, rest, many=many)

        found = sorted(walk(self._content(element), turn), key=lambda one: one[0])
        return Thing(element, tuple(found))

    def may_hold(self, element: QName, number: int) -> bool:
        """Whether a shape has room for a property beside those that are forced."""
        properties = self.model.properties(element, self.schema)
        return number in _clashing(properties).get(number, (number,))

    def turns(self, element: QName) -> int:
        """How many full objects it takes for every alternative to occur."""
        properties = self.model.properties(element, self.schema)
        clashing = _clashing(properties)

        def count(particle: _Numbered) -> int:
            if isinstance(particle, int):
                prop = properties[particle]
                number = len(self.choices(element, prop))
                return number * len(clashing.get(particle, (particle,)))
            counts = [count(one) for one in particle.items]
            factor = 1
            if particle.kind == "choice":
                factor = sum(1 for one in particle.items if self._possible(element, one))
            return max(counts, default=0) * factor

        return max(1, count(self._content(element)))

    def _deeper(self, one: Occurrence, turn: int, depth: int) -> Occurrence:
        if one.thing is None or depth <= 1:
            return one
        return replace(one, thing=self.full(one.thing.element, turn, depth - 1))

    def _possible(self, element: QName, particle: _Numbered) -> bool:
        properties = self.model.properties(element, self.schema)
        if isinstance(particle, int):
            return bool(self.choices(element, properties[particle]))
        some = any if particle.kind == "choice" else all
        return some(
            self._possible(element, one)
            or (isinstance(one, int) and properties[one].element.minimum == 0)
            for one in particle.items
        )

    # -- alternatives ---------------------------------------------------------------------

    def choices(self, element: QName, prop: Property) -> tuple[Occurrence, ...]:
        """All alternatives of a property of an object: values, objects, references, voids."""
        key = (element, prop.element.name)
        if key not in self._choices:
            self._choices[key] = tuple(self._alternatives(element, prop))
        return self._choices[key]

    def _alternatives(self, element: QName, prop: Property) -> Iterator[Occurrence]:
        for one in self._inline(element, prop):
            yield self._required(one)
        if prop.form is not Form.INLINE and prop.kind not in (Kind.CODE, Kind.REFERENCE):
            for href in REFERENCES:
                yield self._required(Occurrence(prop, href=href))
        if prop.element.nillable:
            yield from (Occurrence(prop, nil=reason) for reason in REASONS)

    def _inline(self, element: QName, prop: Property) -> Iterator[Occurrence]:
        if prop.kind is Kind.CODE:
            known = self.model.code_list(prop.element.code_list or "")
            codes = [one.local for one in known.values[:2]] if known else []
            for code in [*codes, "http://example.org/code?x&y"]:
                yield Occurrence(prop, href=code)
        elif prop.kind is Kind.REFERENCE:
            yield from (Occurrence(prop, href=one) for one in REFERENCES)
        elif prop.kind is Kind.GEOMETRY:
            allowed = frozenset(local_name(one) for one in prop.objects)
            yield from (Occurrence(prop, value=one) for one in _geometries(allowed))
        elif prop.kind is Kind.ANY:
            if self.model.type(prop.element.type).mixed:
                yield Occurrence(prop, value="1 & <more>")
        elif prop.kind is Kind.VALUE:
            yield from self._values(element, prop)
            for name in prop.objects[1:]:
                inside = replace(prop, kind=Kind.OBJECT, wrapper=None)
                yield from self._object(element, inside, name)
        else:
            for name in prop.objects:
                yield from self._object(element, prop, name)

    def _object(self, element: QName, prop: Property, name: QName) -> Iterator[Occurrence]:
        """An object, or a mere text: mappings write that as a value with a wrapper."""
        if self._is_text(name):
            held = self.model.type(self.model.element(name).type)
            text = replace(
                prop,
                kind=Kind.VALUE,
                value_type=held.text,
                wrapper=name,
                attributes=held.attributes,
                objects=(),
                values=held.values,
            )
            yield from self._values(element, text)
            return
        try:
            thing = self.smallest(name)
        except Impossible:
            return
        attributes = self.model.type(prop.element.type).attributes  # not those of a wrapper
        yield Occurrence(replace(prop, attributes=attributes), thing=thing)

    def _values(self, element: QName, prop: Property) -> Iterator[Occurrence]:
        written = local_name(prop.wrapper or prop.element.name)
        text = TEXTS.get(f"{local_name(element)}.{written}", TEXTS.get(written, "1"))
        values = prop.values or VALUES.get(prop.value_type or "", (text,))
        for value in values:
            yield Occurrence(prop, value=value)
        optional = tuple(
            (local_name(one.name), _attribute(one)) for one in prop.attributes if _is_optional(one)
        )
        if optional:
            yield Occurrence(prop, value=values[0], attributes=optional)

    def _required(self, one: Occurrence) -> Occurrence:
        needed = {local_name(each.name): each for each in one.property.attributes if each.required}
        given = tuple((name, _attribute(each)) for name, each in needed.items())
        return replace(one, attributes=(*given, *one.attributes))

    # -- the model ----------------------------------------------------------------------------

    def identified(self, element: QName) -> bool:
        return self._type(element).identified

    def attributes(self, element: QName) -> tuple[tuple[str, str], ...]:
        """The attributes that the schema demands of an object element, its id apart."""
        if not self.model.has_element(element):
            return ()
        return tuple(
            (local_name(one.name), _attribute(one))
            for one in self._type(element).attributes
            if one.required and local_name(one.name) != "id"
        )

    def _type(self, name: QName) -> ComplexType:
        known = self.model.has_element(name)
        return self.model.type(self.model.element(name).type if known else name)

    def _is_abstract(self, name: QName) -> bool:
        return bool(self.model.has_element(name) and self._type(name).abstract)

    def _is_text(self, name: QName) -> bool:
        return self.model.has_element(name) and bool(self._type(name).text)

    def _content(self, element: QName) -> _Content:
        if element not in self._contents:
            self._contents[element] = self._numbers(element)
        return self._contents[element]

    def _numbers(self, element: QName) -> _Content:
        content = self._type(element).content
        if content is None:
            return _Content("sequence", (), 1, 1)
        numbered = _numbered(content, iter(range(10_000)))
        assert isinstance(numbered, _Content)
        return numbered


@dataclass(frozen=True)
class _Content:
    """A group of the content model with numbers of properties in place of elements."""

    kind: str
    items: tuple[_Numbered, ...]
    minimum: int
    maximum: int | None

    def __contains__(self, number: int) -> bool:
        return any(_holds(one, number) for one in self.items)


_Numbered = int | _Content


def _numbered(particle: Particle, numbers: Iterator[int]) -> _Numbered:
    if not isinstance(particle, Group):
        assert isinstance(particle, Element)
        return next(numbers)
    items = tuple(_numbered(one, numbers) for one in particle.items if not _is_wildcard(one))
    return _Content(particle.kind, items, particle.minimum, particle.maximum)


def _is_wildcard(particle: Particle) -> bool:
    return isinstance(particle, Wildcard)


def _holds(particle: _Numbered, number: int | None) -> bool:
    if isinstance(particle, int):
        return particle == number
    return number is not None and number in particle


def _first(walk: Any, items: Iterable[_Numbered]) -> list[tuple[int, Occurrence]]:
    """What the first branch that can be written holds."""
    for item in items:
        try:
            return list(walk(item))
        except Impossible:
            continue
    raise Impossible("no branch of a choice can be written")


def _any(found: Iterator[Occurrence], prop: Property) -> Occurrence:
    first = next(found, None)
    if first is None:
        raise Impossible(f"{prop.name} holds nothing that can be written")
    return first


def _times(minimum: int, maximum: int | None) -> int:
    return max(minimum, 2 if maximum is None else min(2, maximum))


def _together(left: Occurrence, right: Occurrence) -> bool:
    """Whether one node can hold both."""
    same = left.property.kind is right.property.kind
    same &= left.property.wrapper == right.property.wrapper
    if not same or left.thing is None or right.thing is None:
        return same
    names = {left.thing.element, right.thing.element}
    return len({local_name(one) for one in names}) == len(names)


def _pick(choices: Sequence[Any], turn: int) -> tuple[Any, int]:
    return choices[turn % len(choices)], turn // len(choices)


def _clashing(properties: Sequence[Property]) -> dict[int, tuple[int, ...]]:
    """Properties that share a local name take turns, for a shape holds only one of them; a
    forced one leaves the others none.
    """
    named: dict[str, list[int]] = {}
    for number, one in enumerate(properties):
        named.setdefault(one.name, []).append(number)
    result = {}
    for numbers in named.values():
        forced = [one for one in numbers if properties[one].mandatory]
        if len(numbers) > 1:
            result.update({one: tuple(forced or numbers) for one in numbers})
    return result


_ATTRIBUTES = {"codeListValue": "1", "uom": "m", "unit": "day", "byteOrder": "bigEndian"}
_BY_TYPE = {"anyURI": "http://example.org/3", "boolean": "true", "positiveInteger": "2"}
_BY_TYPE |= {"NCName": "n1", "integer": "1", "date": "2020-01-01"}


def _attribute(one: Attribute) -> str:
    name = local_name(one.name)
    if one.fixed or one.default:
        return one.fixed or one.default or ""
    if name == "byteEncoding":
        return "base64"
    return _ATTRIBUTES.get(name) or _BY_TYPE.get(one.type, "1")


def _is_optional(one: Attribute) -> bool:
    return not one.required and local_name(one.name) in ("uom", "codeSpace", "codeList")


def _geometries(allowed: frozenset[str]) -> Iterator[Any]:
    """What a property that takes these GML elements can get from a geometry pool."""
    square = shapely.Polygon(
        [(7, 50), (8, 50), (8, 51), (7, 51)], [[(7.2, 50.2), (7.2, 50.4), (7.4, 50.2)]]
    )
    line = shapely.LineString([(7, 50), (7.5, 50.25), (8, 50)])
    point = shapely.Point(7.25, 50.5)
    several = shapely.MultiPolygon([square, shapely.box(9, 50, 10, 51)])
    for one, elements in (
        (point, {"Point", "MultiPoint"}),
        (line, {"LineString", "Curve", "MultiCurve"}),
        (square, {"Polygon", "Surface", "MultiSurface"}),
        (shapely.MultiPoint([(7, 50), (8, 51)]), {"MultiPoint"}),
        (shapely.MultiLineString([line, [(8, 50), (8, 51)]]), {"Curve", "MultiCurve"}),
        (several, {"Surface", "MultiSurface"}),
        (shapely.GeometryCollection([point, line, square]), {"MultiGeometry"}),
    ):
        if not allowed.isdisjoint({*elements, "MultiGeometry"}):
            yield one


# -- shapes and columns ------------------------------------------------------------------


def batches(maker: Maker, things: Sequence[Thing], ids: Iterator[int]) -> Iterator[TargetBatch]:
    """Things of one feature type as few batches; what clashes comes to different ones."""
    rest = list(things)
    while rest:
        held, left = _fitting(rest)
        yield _batch(_shape(maker, held, feature=True), held, ids)
        rest = left


def _fitting(things: list[Thing]) -> tuple[list[Thing], list[Thing]]:
    """Those that one shape holds, and the others."""
    held: list[Thing] = []
    left: list[Thing] = []
    taken: dict[tuple[str, ...], object] = {}
    for one in things:
        wanted = dict(_variants(one))
        if all(taken.get(path, variant) == variant for path, variant in wanted.items()):
            taken |= wanted
            held.append(one)
        else:
            left.append(one)
    return held, left


def _variants(thing: Thing, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """What a shape must have at its places for a thing to fit in."""
    for number, one in thing.occurrences:
        below = (*path, one.property.name)
        yield below, (number, one.property.kind, one.property.wrapper)
        if one.thing is not None:
            branch = (*below, local_name(one.thing.element))
            yield (*branch, ""), one.thing.element
            yield from _variants(one.thing, branch)


def _shape(maker: Maker, things: Sequence[Thing], *, feature: bool = False) -> Shape:
    element = things[0].element
    held: dict[int, list[list[Occurrence]]] = {}
    for thing in things:
        for number in dict.fromkeys(number for number, _ in thing.occurrences):
            found = [one for other, one in thing.occurrences if other == number]
            held.setdefault(number, []).append(found)
    nodes = [_node(maker, held[number], len(things)) for number in sorted(held)]
    return Shape(
        element,
        tuple(nodes),
        identified=maker.identified(element),
        feature=feature,
        attributes=maker.attributes(element),
    )


def _node(maker: Maker, held: Sequence[Sequence[Occurrence]], things: int) -> Node:
    """The node of a property: ``held`` are the occurrences of each thing that has any."""
    every = [one for some in held for one in some]
    prop = every[0].property
    in_all = len(held) == things and all(len(some) == 1 for some in held)
    if in_all and all(one.nil == every[0].nil is not None for one in every):
        return Node(prop, void=True, nil=every[0].nil)
    inside: dict[QName, list[Thing]] = {}
    for one in every:
        if one.thing is not None:
            inside.setdefault(one.thing.element, []).append(one.thing)
    constant = {item for one in every if one.nil is None for item in one.attributes}
    names = {name for name, _ in constant}
    varying = {
        name
        for name in names
        if len({value for other, value in constant if other == name}) > 1
        or any(name not in dict(one.attributes) for one in every)
    }
    by_href = prop.kind not in (Kind.CODE, Kind.REFERENCE)
    siblings = [
        *(["href"] if by_href and any(one.href is not None for one in every) else []),
        *(["nil"] if any(one.nil is not None for one in every) else []),
        *sorted(varying),
    ]
    node = Node(
        prop,
        repeated=any(len(some) > 1 for some in held),
        siblings=tuple(siblings),
        attributes=tuple(sorted(one for one in constant if one[0] not in varying)),
        objects=tuple(_shape(maker, some) for some in inside.values()),
    )
    if node.is_constant and not in_all:  # a column of nothing but presence
        return replace(node, siblings=("href",))
    return node


def _batch(shape: Shape, things: Sequence[Thing], ids: Iterator[int]) -> TargetBatch:
    pool: list[Any] = []
    rows = [
        {ORDINAL: number, LOCAL_ID: f"ä {next(ids)}", **_row(shape, one, pool)}
        for number, one in enumerate(things)
    ]
    fields = [pa.field(ORDINAL, pa.int64()), pa.field(LOCAL_ID, pa.string()), *_fields(shape)]
    columns = pa.RecordBatch.from_pylist(rows, pa.schema(fields))
    geometries = np.empty(len(pool), dtype=object)
    geometries[:] = pool
    return TargetBatch(shape, columns, geometries)


def _row(shape: Shape, thing: Thing, pool: list[Any]) -> dict[str, Any]:
    held: dict[QName, list[Occurrence]] = {}
    for _, one in thing.occurrences:
        held.setdefault(one.property.element.name, []).append(one)
    row: dict[str, Any] = {}
    for node in shape.nodes:
        found = held.get(node.property.element.name)
        if found is None:
            continue
        if not node.is_constant:
            values = [_value(node, one, pool) for one in found]
            row[node.name] = values if node.repeated else values[0]
        for name in node.siblings:
            texts = [_sibling(one, name) for one in found]
            row[f"{node.name}@{name}"] = texts if node.repeated else texts[0]
    return row


def _value(node: Node, one: Occurrence, pool: list[Any]) -> Any:
    if one.nil is not None:
        return None
    if node.kind in (Kind.CODE, Kind.REFERENCE):
        return one.href
    if node.kind is Kind.GEOMETRY and one.value is not None:
        pool.append(one.value)
        return len(pool) - 1
    if one.thing is None:
        return one.value
    shape = next(each for each in node.objects if each.element == one.thing.element)
    row = _row(shape, one.thing, pool)
    return row if len(node.objects) == 1 else {TYPE: shape.name, shape.name: row}


def _sibling(one: Occurrence, name: str) -> str | None:
    if name == "nil":
        return one.nil
    return one.href if name == "href" else dict(one.attributes).get(name)


def _fields(shape: Shape) -> list[pa.Field]:
    fields = []
    for node in shape.nodes:
        named = [] if node.is_constant else [(node.name, _type(node))]
        named += [(f"{node.name}@{one}", pa.string()) for one in node.siblings]
        fields += [
            pa.field(name, pa.list_(kind) if node.repeated else kind) for name, kind in named
        ]
    return fields


def _type(node: Node) -> pa.DataType:
    if node.kind is Kind.GEOMETRY:
        return pa.int32()
    if node.kind is Kind.VALUE:
        written = None if node.property.values else COLUMNS.get(node.property.value_type or "")
        return written or pa.string()
    if node.kind is not Kind.OBJECT:
        return pa.string()
    if len(node.objects) == 1:
        return pa.struct(_fields(node.objects[0]))
    branches = [pa.field(one.name, pa.struct(_fields(one))) for one in node.objects]
    return pa.struct([pa.field(TYPE, pa.string()), *branches])
