"""What stands in properties: values, codes, references, geometries, and attributes beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from commonplace.gml.names import GML, XLINK, XSI
from commonplace.gml.pieces import Array
from commonplace.gml.reading.geometries import Geometries, Shapes
from commonplace.gml.reading.inference import guessed_type
from commonplace.gml.reading.positions import Positions
from commonplace.gml.reading.tokens import Elements, Ints
from commonplace.gml.reading.troubles import TypeTroubles
from commonplace.gml.reading.values import (
    attribute_at,
    scattered,
    text_at,
    typed,
    void_words,
    without_escapes,
    without_zone,
)
from commonplace.model.types import Kind, Property, local_name, qname

HREF: Final = qname(XLINK, "href")
NIL: Final = qname(XSI, "nil")
GML_ID: Final = qname(GML, "id")
IDS: Final = frozenset((GML_ID, "{http://www.opengis.net/gml}id", "fid", "gid"))
NOT_KEPT: Final = frozenset(
    (NIL, qname(XSI, "type"), qname(XSI, "schemaLocation"), qname(XLINK, "type"))
)
_UNSTATED: Final = "Unknown"
_PRESENT: Final = "true"


class Contents:
    """Contents of the properties of one feature type in a chunk. Geometries go into a pool.

    ``refers`` says, once all has been read, whether there are references inside the document.
    """

    def __init__(
        self,
        elements: Elements,
        positions: Positions,
        declared: Mapping[str, str],
        geometries: Geometries,
        troubles: TypeTroubles,
    ) -> None:
        self._elements = elements
        self._positions = positions
        self._declared = declared
        self._geometries = geometries
        self._troubles = troubles
        self._pool: list[Shapes] = []
        self._crs: list[Ints] = []
        self._size = 0
        self.refers = False

    def pool(self) -> tuple[Shapes, Ints]:
        """All geometries, and the numbers of their CRSs."""
        none = np.empty(0, dtype=object)
        return (
            np.concatenate([none, *self._pool]),
            np.concatenate([np.empty(0, dtype=np.int64), *self._crs]),
        )

    def of(self, child: int, prop: Property) -> tuple[Array, Property]:
        """Values of a property's elements, and the property as they show it."""
        return {
            Kind.VALUE: self._values,
            Kind.CODE: self._codes,
            Kind.REFERENCE: self._references,
            Kind.GEOMETRY: self._handles,
            Kind.ANY: self._anything,
        }[prop.kind](child, prop)

    def siblings(self, child: int, prop: Property) -> dict[str, Array]:
        """What stands beside values: attributes, and why a value is missing."""
        attributes = self._elements.attributes(child)
        used = {HREF} if prop.kind in (Kind.CODE, Kind.REFERENCE) else set()
        found: dict[str, Array] = {}
        for name in attributes:
            local = local_name(name)
            is_title = local == "title" and prop.kind is Kind.CODE
            if name in used or name in NOT_KEPT or name in IDS or is_title:
                continue
            if local != "nilReason":
                values = attribute_at(self._elements, child, name)
                found[local] = self._targets(values) if name == HREF else values
        if nil := self._nil(child, attributes):
            found["nil"] = nil[0]
        wrapper = self._wrapper(child, prop)
        if wrapper is not None:
            for name in self._elements.attributes(wrapper):
                values = attribute_at(self._elements, wrapper, name)
                found[local_name(name)] = self.over(child, wrapper, values)
        return found

    def _targets(self, values: Array) -> Array:
        """References as batches have them: ids in the same document unescaped."""
        ours = pc.starts_with(values, "#")
        if not pc.any(ours).as_py():
            return values
        self.refers = True
        return pc.if_else(ours, without_escapes(values), values)

    def _nil(self, child: int, attributes: Sequence[str]) -> list[Array]:
        """Void reasons as words; of an element that is nil without one, ``Unknown``."""
        reasons = [one for one in attributes if local_name(one) == "nilReason"]
        if NIL not in attributes and not reasons:
            return []
        reason = pa.nulls(len(self._elements.of(child)), pa.string())
        for name in reasons:
            reason = pc.coalesce(reason, attribute_at(self._elements, child, name))
        reason = void_words(reason)
        if NIL in attributes:
            is_nil = pc.is_in(attribute_at(self._elements, child, NIL), pa.array(["true", "1"]))
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

    def over(self, path: int, inside: int, values: Array) -> Array:
        """Values of elements inside a path's, over the path's; the first where there are more."""
        elements = self._elements
        owners, first = np.unique(
            elements.rank[elements.parent[elements.of(inside)]], return_index=True
        )
        if len(owners) < len(values):
            name = local_name(elements.paths[path].name)
            left = len(values) - len(owners)
            self._troubles.add("CONTENT_LEFT", name, left)
            values = values.take(pa.array(first))
        return scattered(values, owners, len(elements.of(path)))

    def _values(self, child: int, prop: Property) -> tuple[Array, Property]:
        texts = text_at(self._elements, child)
        wrapper = self._wrapper(child, prop)
        if wrapper is not None:
            name = self._elements.paths[wrapper].name
            if name in prop.objects:
                prop = replace(prop, wrapper=name)
            texts = pc.coalesce(self.over(child, wrapper, text_at(self._elements, wrapper)), texts)
            self._left(child, [wrapper])
        if prop.value_type == "":  # an empty element: that it is there is all it says
            there = np.ones(len(texts), dtype=bool)
            there[self._elements.attribute(child, NIL)[0]] = False
            return pc.if_else(pa.array(there), texts.fill_null(_PRESENT), texts), prop
        if prop.element.type == "":
            return texts, replace(prop, value_type=self._type_of(prop.name, texts))
        values, wrong = typed(texts, prop.value_type)
        if wrong is not None:
            self._troubles.add("VALUE_NOT_OF_TYPE", prop.name, len(wrong), wrong[0].as_py())
        if prop.value_type == "dateTime":
            unzoned = without_zone(texts)
            self._troubles.add("TIME_ZONE_MISSING", prop.name, unzoned)
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
        self._troubles.add("CONTENT_LEFT", name, left)

    def _codes(self, child: int, prop: Property) -> tuple[Array, Property]:
        """Codes from ``xlink:href``, or (before version 4) from the text."""
        codes = text_at(self._elements, child)
        if HREF in self._elements.attributes(child):
            codes = pc.coalesce(attribute_at(self._elements, child, HREF), codes)
        code_list = prop.element.code_list
        if code_list is not None:
            address = code_list.partition("://")[2]
            codes = _distinct(codes, rf"^https?://\Q{address}\E/")
        return codes, prop

    def _references(self, child: int, prop: Property) -> tuple[Array, Property]:
        values = attribute_at(self._elements, child, HREF)
        return self._targets(values), prop

    def _anything(self, child: int, prop: Property) -> tuple[Array, Property]:
        """Text, or XML as it is written."""
        if not self._elements.paths[child].children:
            return text_at(self._elements, child), prop
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


def _distinct(codes: Array, prefix: str) -> Array:
    encoded = codes.dictionary_encode()
    plain = pc.replace_substring_regex(encoded.dictionary, prefix, "")
    return plain.take(encoded.indices)
