"""From elements to the columns of target batches, property by property.

Each path of a chunk is visited once, whatever the number of features: its elements are
an array, their values another, and where a value belongs follows from ranks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.gml.names import GML, XLINK, XSI
from commonplace.gml.pieces import Array, offsets_of
from commonplace.gml.reading.geometries import Geometries, Shapes, is_geometry
from commonplace.gml.reading.inference import guessed_type, inferred, structure
from commonplace.gml.reading.names import FeatureType, Known, Vocabulary
from commonplace.gml.reading.positions import Positions, is_gml
from commonplace.gml.reading.scan import COLLECTIONS, MEMBERS
from commonplace.gml.reading.shapes import Placed, Seen, structs
from commonplace.gml.reading.tokens import Elements, Ints
from commonplace.gml.reading.troubles import Troubles
from commonplace.gml.reading.values import (
    scattered,
    texts_of,
    typed,
    void_words,
    without_escapes,
    without_zone,
)
from commonplace.model.types import Kind, Property, QName, local_name, qname
from commonplace.target import TYPE, Node, Shape

HREF: Final = qname(XLINK, "href")
NIL: Final = qname(XSI, "nil")
GML_ID: Final = qname(GML, "id")
_IDS: Final = frozenset((GML_ID, "{http://www.opengis.net/gml}id", "fid", "gid"))
_NOT_KEPT: Final = frozenset(
    (NIL, qname(XSI, "type"), qname(XSI, "schemaLocation"), qname(XLINK, "type"))
)
_UNSTATED: Final = "Unknown"
_PRESENT: Final = "true"
_BOUNDED_BY: Final = "boundedBy"
_BEHIND: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Features:
    """The features of one type in a chunk.

    ``order`` are their numbers among all features of the chunk; ``crs`` numbers the CRS
    of each geometry of the pool. ``foreign_ids``: not all ids are of our writer's form;
    ``refers``: there are references inside the document.
    """

    type: FeatureType
    seen: Seen
    columns: dict[str, Array]
    ids: Array
    order: Ints
    geometries: Shapes
    crs: Ints
    foreign_ids: bool
    refers: bool


class ObjectReader:
    """Reads the features of one chunk. For ``declared`` see :class:`~.parts.PartTask`."""

    def __init__(
        self,
        elements: Elements,
        positions: Positions,
        vocabulary: Vocabulary,
        declared: Mapping[str, str],
    ) -> None:
        self._elements = elements
        self._positions = positions
        self._vocabulary = vocabulary
        self._declared = declared
        self._geometries = Geometries(elements, positions)
        self._pool: list[Shapes] = []
        self._crs: list[Ints] = []
        self._size = 0
        self._feature = ""
        self._refers = False
        self.troubles = Troubles()

    def features(self, *, at_top: bool) -> Iterator[Features]:
        """The features by type. ``at_top`` says that the chunk's own elements are features."""
        paths = [one for top in self._elements.top for one in self._feature_paths(top, at_top)]
        everything = [self._elements.of(path) for path in paths]
        if not everything:
            return
        order = np.argsort(np.argsort(np.concatenate(everything)))
        bounds = offsets_of(np.array([len(one) for one in everything]))
        for number, path in enumerate(paths):
            yield self._read(path, order[bounds[number] : bounds[number + 1]])

    def _feature_paths(self, path: int, is_feature: bool) -> Iterator[int]:
        """Down through members and collections to features."""
        here = self._elements.paths[path]
        local = local_name(here.name)
        if local in MEMBERS or local in COLLECTIONS:
            inside = local in MEMBERS
            for child in here.children:
                yield from self._feature_paths(child, inside)
            self._referred(path)
        elif is_feature:
            yield path

    def _referred(self, path: int) -> None:
        """Members that only refer to a feature elsewhere."""
        count = len(self._elements.attribute(path, HREF)[0])
        self.troubles.add("MEMBER_BY_REFERENCE", "", "", count)

    def _read(self, path: int, order: Ints) -> Features:
        written = self._elements.paths[path].name
        kind = self._vocabulary.feature(written)
        self._feature = kind.name
        self._pool, self._crs, self._size, self._refers = [], [], 0, False
        placed, columns = self._object(path, kind.element, kind.schema)
        for (code, element), count in self._geometries.troubles.items():
            self.troubles.add(code, self._feature, element, count)
        self._geometries.troubles.clear()
        shape = Shape(kind.element or written, (), identified=True, feature=True)
        none = np.empty(0, dtype=object)
        ids, foreign = self._ids(path, kind.name)
        return Features(
            type=kind,
            seen=Seen(shape, placed),
            columns=columns,
            ids=ids,
            order=order,
            geometries=np.concatenate([none, *self._pool]),
            crs=np.concatenate([np.empty(0, dtype=np.int64), *self._crs]),
            foreign_ids=foreign,
            refers=self._refers,
        )

    def _ids(self, path: int, feature_type: str) -> tuple[Array, bool]:
        """Local ids: what our own ``gml:id`` was made of, others as they stand."""
        rows = len(self._elements.of(path))
        found = next((one for one in self._elements.attributes(path) if one in _IDS), None)
        if found is None:
            return pa.nulls(rows, pa.string()), True
        ids = self._attribute(path, found)
        return _local_ids(ids, feature_type), not pc.all(
            pc.starts_with(ids, f"{feature_type}.")
        ).as_py()

    # -- objects -------------------------------------------------------------------------

    def _object(
        self, path: int, element: QName | None, schema: str | None
    ) -> tuple[tuple[Placed, ...], dict[str, Array]]:
        """The properties of all objects at a path, in schema order, and their columns."""
        known = self._vocabulary.properties(element, schema)
        children = self._elements.paths[path].children
        # of two of one name the schema's own wins over gml:name and gml:description
        ranked = sorted(children, key=lambda one: is_gml(self._elements.paths[one].name))
        placed: dict[str, Placed] = {}
        columns: dict[str, Array] = {}
        for child in ranked:
            name = self._elements.paths[child].name
            if local_name(name) == _BOUNDED_BY and is_gml(name):
                continue
            order, prop = self._meant(child, known, schema, _BEHIND + children.index(child))
            if prop.name in placed:
                rows = len(self._elements.of(child))
                self.troubles.add("PROPERTY_NAME_TAKEN", self._feature, prop.name, rows, name)
                continue
            node, made = self._property(path, child, prop, schema)
            placed[prop.name] = replace(node, order=order)
            columns |= made
        return tuple(sorted(placed.values(), key=lambda one: one.order)), columns

    def _meant(
        self, child: int, known: Known, schema: str | None, behind: int
    ) -> tuple[int, Property]:
        """The model's property, where its structure fits; else one as the document shows."""
        name = self._elements.paths[child].name
        found = known.find(name)
        if found is None:
            if schema is not None:
                rows = len(self._elements.of(child))
                self.troubles.add("PROPERTY_UNKNOWN", self._feature, local_name(name), rows, name)
            return behind, self._inferred(child, name)
        order, prop = found
        prop = self._as_text(child, prop)
        if not self._fits(child, prop):
            rows = len(self._elements.of(child))
            self.troubles.add("STRUCTURE_DIFFERS", self._feature, prop.name, rows, name)
            return order, self._inferred(child, prop.element.name)
        return order, prop

    def _as_text(self, child: int, prop: Property) -> Property:
        """A property of objects whose elements here are nothing but text (``gml:Boolean``)
        is one of values, in a wrapper.
        """
        if prop.kind is not Kind.OBJECT or prop.direct:
            return prop
        inside = self._elements.paths[child].children
        held = [self._vocabulary.held(self._elements.paths[one].name, prop) for one in inside]
        simple = [self._vocabulary.simple(one) if one else None for one in held]
        if not held or held[0] is None or any(one is None for one in simple):
            return prop
        kind = simple[0]
        assert kind is not None
        return replace(
            prop,
            kind=Kind.VALUE,
            value_type=kind.text,
            values=kind.values,
            attributes=kind.attributes,
            wrapper=held[0],
            objects=(),
        )

    def _inferred(self, child: int, name: QName) -> Property:
        elements = self._elements
        inside = [elements.paths[one].name for one in elements.paths[child].children]
        single = all(
            len(elements.of(one)) == len(np.unique(elements.parent[elements.of(one)]))
            for one in elements.paths[child].children
        )
        is_href = HREF in elements.attributes(child) and not self._has_text(child)
        return inferred(name, structure(inside, single=single, refers=is_href))

    def _has_text(self, path: int) -> bool:
        here = self._elements.of(path)
        texts = texts_of(self._elements.segments, self._elements.text[here])
        return bool(texts.null_count < len(texts))

    def _fits(self, child: int, prop: Property) -> bool:
        """Whether what stands in elements of a path is what the property holds."""
        inside = [self._elements.paths[one].name for one in self._elements.paths[child].children]
        if prop.kind is Kind.ANY:
            return True
        if prop.kind is Kind.GEOMETRY:
            return all(is_geometry(one) for one in inside)
        if prop.kind is Kind.OBJECT:
            if not inside:
                return not self._has_text(child)
            return prop.direct or all(
                local_name(one)[0].isupper() or one in prop.objects for one in inside
            )
        if prop.wrapper is not None:
            wrappers = {local_name(one) for one in (prop.wrapper, *prop.objects)}
            return not inside or any(local_name(one) in wrappers for one in inside)
        return not inside

    # -- properties ------------------------------------------------------------------------

    def _property(
        self, path: int, child: int, prop: Property, schema: str | None
    ) -> tuple[Placed, dict[str, Array]]:
        """A property's node, and its columns over the objects at ``path``."""
        elements = self._elements
        items = elements.of(child)
        owners = elements.rank[elements.parent[items]]
        rows = len(elements.of(path))
        placed, made = self._content(child, prop, schema)
        counts = np.bincount(owners, minlength=rows)
        most = int(counts.max(initial=0))
        repeated = prop.repeated or most > 1
        if repeated and not prop.repeated and not placed.inferred:
            over = int((counts > 1).sum())
            self.troubles.add("PROPERTY_REPEATED", self._feature, prop.name, over)
        if repeated:
            offsets = pa.array(offsets_of(counts), pa.int32())
            columns = {
                name: pa.ListArray.from_arrays(offsets, values) for name, values in made.items()
            }
        else:
            columns = {name: scattered(values, owners, rows) for name, values in made.items()}
        return replace(placed, node=replace(placed.node, repeated=repeated)), columns

    def _content(
        self, child: int, prop: Property, schema: str | None
    ) -> tuple[Placed, dict[str, Array]]:
        """What elements of a path hold, one item each: a node, its values and siblings."""
        unknown = prop.element.type == ""
        if prop.kind is Kind.OBJECT:
            placed, values = self._objects(child, prop, schema)
        else:
            read = {
                Kind.VALUE: self._values,
                Kind.CODE: self._codes,
                Kind.REFERENCE: self._references,
                Kind.GEOMETRY: self._handles,
                Kind.ANY: self._anything,
            }[prop.kind]
            values, prop = read(child, prop)
            placed = Placed(0, Node(prop), inferred=unknown)
        siblings = self._siblings(child, prop)
        columns = {} if values is None else {prop.name: values}
        columns |= {f"{prop.name}@{name}": column for name, column in siblings.items()}
        node = replace(placed.node, siblings=tuple(siblings))
        return replace(placed, node=node, inferred=unknown), columns

    def _text(self, path: int) -> Array:
        here = self._elements.of(path)
        return texts_of(self._elements.segments, self._elements.text[here])

    def _attribute(self, path: int, name: str) -> Array:
        """An attribute's values over the elements of a path."""
        ranks, segments = self._elements.attribute(path, name)
        texts = texts_of(self._elements.segments, segments)
        order = np.argsort(ranks)
        rows = len(self._elements.of(path))
        return scattered(texts.take(pa.array(order)), ranks[order], rows)

    def _siblings(self, child: int, prop: Property) -> dict[str, Array]:
        """What stands beside values: attributes, and why a value is missing."""
        attributes = self._elements.attributes(child)
        used = {HREF} if prop.kind in (Kind.CODE, Kind.REFERENCE) else set()
        found: dict[str, Array] = {}
        for name in attributes:
            local = local_name(name)
            is_title = local == "title" and prop.kind is Kind.CODE
            if name in used or name in _NOT_KEPT or name in _IDS or is_title:
                continue
            if local != "nilReason":
                values = self._attribute(child, name)
                found[local] = self._targets(values) if name == HREF else values
        if nil := self._nil(child, attributes):
            found["nil"] = nil[0]
        wrapper = self._wrapper(child, prop)
        if wrapper is not None:
            for name in self._elements.attributes(wrapper):
                values = self._attribute(wrapper, name)
                found[local_name(name)] = self._over(child, wrapper, values)
        return found

    def _targets(self, values: Array) -> Array:
        """References as batches have them: ids in the same document unescaped."""
        ours = pc.starts_with(values, "#")
        if not pc.any(ours).as_py():
            return values
        self._refers = True
        return pc.if_else(ours, without_escapes(values), values)

    def _nil(self, child: int, attributes: Sequence[str]) -> list[Array]:
        """Void reasons as words; of an element that is nil without one, ``Unknown``."""
        reasons = [one for one in attributes if local_name(one) == "nilReason"]
        if NIL not in attributes and not reasons:
            return []
        reason = pa.nulls(len(self._elements.of(child)), pa.string())
        for name in reasons:
            reason = pc.coalesce(reason, self._attribute(child, name))
        reason = void_words(reason)
        if NIL in attributes:
            is_nil = pc.is_in(self._attribute(child, NIL), pa.array(["true", "1"]))
            missing = pc.and_(is_nil, reason.is_null())
            reason = pc.if_else(missing, pa.scalar(_UNSTATED), reason)
        return [] if reason.null_count == len(reason) else [reason]

    def _wrapper(self, child: int, prop: Property) -> int | None:
        """The path of the object element that holds a value's text."""
        if prop.wrapper is None:
            return None
        wrappers = {local_name(one) for one in (prop.wrapper, *prop.objects)}
        inside = self._elements.paths[child].children
        named = [local_name(self._elements.paths[one].name) for one in inside]
        found = [one for one, name in zip(inside, named, strict=True) if name in wrappers]
        usual = [one for one in found if self._elements.paths[one].name == prop.wrapper]
        return next(iter([*usual, *found]), None)

    def _over(self, path: int, inside: int, values: Array) -> Array:
        """Values of elements inside a path's, over the path's; the first where there are more."""
        elements = self._elements
        owners, first = np.unique(
            elements.rank[elements.parent[elements.of(inside)]], return_index=True
        )
        if len(owners) < len(values):
            name = local_name(elements.paths[path].name)
            left = len(values) - len(owners)
            self.troubles.add("CONTENT_LEFT", self._feature, name, left)
            values = values.take(pa.array(first))
        return scattered(values, owners, len(elements.of(path)))

    def _values(self, child: int, prop: Property) -> tuple[Array, Property]:
        texts = self._text(child)
        wrapper = self._wrapper(child, prop)
        if wrapper is not None:
            name = self._elements.paths[wrapper].name
            if name in prop.objects:
                prop = replace(prop, wrapper=name)
            texts = pc.coalesce(self._over(child, wrapper, self._text(wrapper)), texts)
            self._left(child, [wrapper])
        if prop.value_type == "":  # an empty element: that it is there is all it says
            there = np.ones(len(texts), dtype=bool)
            there[self._elements.attribute(child, NIL)[0]] = False
            return pc.if_else(pa.array(there), texts.fill_null(_PRESENT), texts), prop
        if prop.element.type == "":
            return texts, replace(prop, value_type=self._type_of(prop.name, texts))
        values, wrong = typed(texts, prop.value_type)
        if wrong is not None:
            self.troubles.add(
                "VALUE_NOT_OF_TYPE", self._feature, prop.name, len(wrong), wrong[0].as_py()
            )
        if prop.value_type == "dateTime":
            unzoned = without_zone(texts)
            self.troubles.add("TIME_ZONE_MISSING", self._feature, prop.name, unzoned)
        return values, prop

    def _type_of(self, name: str, texts: Array) -> str | None:
        """The declared built-in, where all texts are of it; else the one that they fit."""
        declared = self._declared.get(name)
        if declared is None or typed(texts, declared)[1] is not None:
            return guessed_type(texts)
        return declared

    def _left(self, child: int, read: Sequence[int]) -> None:
        """Count elements inside a property that no column holds."""
        elements = self._elements
        left = sum(
            len(elements.of(one)) for one in elements.paths[child].children if one not in read
        )
        name = local_name(elements.paths[child].name)
        self.troubles.add("CONTENT_LEFT", self._feature, name, left)

    def _codes(self, child: int, prop: Property) -> tuple[Array, Property]:
        """Codes from ``xlink:href``, or (before version 4) from the text."""
        codes = self._text(child)
        if HREF in self._elements.attributes(child):
            codes = pc.coalesce(self._attribute(child, HREF), codes)
        code_list = prop.element.code_list
        if code_list is not None:
            address = code_list.partition("://")[2]
            codes = _distinct(codes, rf"^https?://\Q{address}\E/")
        return codes, prop

    def _references(self, child: int, prop: Property) -> tuple[Array, Property]:
        values = self._attribute(child, HREF)
        return self._targets(values), prop

    def _anything(self, child: int, prop: Property) -> tuple[Array, Property]:
        """Text, or XML as it is written."""
        if not self._elements.paths[child].children:
            return self._text(child), prop
        inside = self._elements.inner_xml(self._elements.of(child))
        return pa.array([one.strip() or None for one in inside], pa.string()), prop

    def _handles(self, child: int, prop: Property) -> tuple[Array, Property]:
        """Geometries go into the pool; their numbers are the values."""
        elements = self._elements
        rows = len(elements.of(child))
        handles = np.full(rows, -1, dtype=np.int32)
        for inside in elements.paths[child].children:
            here = elements.of(inside)
            made = self._geometries.of(inside)
            there = ~shapely.is_missing(made) & ~shapely.is_empty(made)
            owners = elements.rank[elements.parent[here]]
            handles[owners[there]] = self._size + np.arange(int(there.sum()))
            self._pool.append(made[there])
            self._crs.append(self._positions.crs_at(here[there]))
            self._size += int(there.sum())
        return pa.array(handles, mask=handles < 0), prop

    def _objects(
        self, child: int, prop: Property, schema: str | None
    ) -> tuple[Placed, Array | None]:
        """Structs of the objects that stand in a property."""
        elements = self._elements
        if prop.direct:
            return self._direct(child, prop, schema)
        seen: list[Seen] = []
        fields: dict[str, Array] = {}
        rows = len(elements.of(child))
        types = np.full(rows, None, dtype=object)
        for inside in elements.paths[child].children:
            written = elements.paths[inside].name
            element = self._vocabulary.held(written, prop)
            name = local_name(element or written)
            if element is not None and self._vocabulary.simple(element) is not None:
                here = len(elements.of(inside))  # a text among objects: no column holds it
                self.troubles.add("CONTENT_LEFT", self._feature, prop.name, here, written)
                continue
            if name in fields:
                self.troubles.add("PROPERTY_NAME_TAKEN", self._feature, prop.name, 1, written)
                continue
            placed, columns = self._object(inside, element, schema)
            identified = (
                self._vocabulary.identified(element)
                if element is not None
                else GML_ID in elements.attributes(inside)
            )
            shape = Shape(
                element or written,
                (),
                identified=identified,
                attributes=self._own_attributes(inside),
            )
            seen.append(Seen(shape, placed))
            made = structs(columns, None, len(elements.of(inside)))
            fields[name] = self._over(child, inside, made)
            types[fields[name].is_valid().to_numpy(zero_copy_only=False)] = name
        node = Placed(0, Node(prop), objects=tuple(seen))
        if not seen:
            return node, pa.nulls(rows, pa.struct([]))
        if len(seen) == 1:
            return node, next(iter(fields.values()))
        chosen = pa.array(types, pa.string())
        return node, structs({TYPE: chosen, **fields}, chosen.is_valid(), rows)

    def _own_attributes(self, path: int) -> tuple[tuple[str, str], ...]:
        """Attributes of object elements themselves; they must be the same everywhere."""
        kept = []
        for name in self._elements.attributes(path):
            if name in _IDS or name in _NOT_KEPT:
                continue
            values = pc.unique(self._attribute(path, name)).to_pylist()
            if len(values) == 1 and values[0] is not None:
                kept.append((local_name(name), values[0]))
            else:
                self.troubles.add("CONTENT_LEFT", self._feature, local_name(name), len(values))
        return tuple(kept)

    def _direct(
        self, child: int, prop: Property, schema: str | None
    ) -> tuple[Placed, Array | None]:
        """Properties that stand in the property element itself."""
        elements = self._elements
        held = prop.objects[0] if prop.objects else None
        placed, columns = self._object(child, held, schema)
        rows = len(elements.of(child))
        absent = np.zeros(rows, dtype=bool)
        for name in (NIL, HREF):
            absent[elements.attribute(child, name)[0]] = True
        for inside in elements.paths[child].children:
            absent[elements.rank[elements.parent[elements.of(inside)]]] = False
        there = ~absent
        seen = Seen(Shape(held or elements.paths[child].name, ()), placed)
        return Placed(0, Node(prop), objects=(seen,)), structs(columns, pa.array(there), rows)


def _distinct(codes: Array, prefix: str) -> Array:
    encoded = codes.dictionary_encode()
    plain = pc.replace_substring_regex(encoded.dictionary, prefix, "")
    return plain.take(encoded.indices)


def _local_ids(ids: Array, feature_type: str) -> Array:
    """Ids without the type's name that our writer puts in front."""
    ours = pc.starts_with(ids, f"{feature_type}.")
    if not pc.any(ours).as_py():
        return ids
    plain = without_escapes(pc.utf8_slice_codeunits(ids, len(feature_type) + 1))
    return pc.if_else(ours, plain, ids)
