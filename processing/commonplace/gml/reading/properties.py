"""Which property of the model the elements of a path are, and whether they hold what it does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from commonplace.gml.reading.contents import HREF
from commonplace.gml.reading.geometries import is_geometry
from commonplace.gml.reading.inference import inferred, structure
from commonplace.gml.reading.names import Known, Vocabulary
from commonplace.gml.reading.tokens import Elements
from commonplace.gml.reading.troubles import TypeTroubles
from commonplace.gml.reading.values import text_at
from commonplace.model.types import Kind, Property, QName, local_name


class Properties:
    """Properties of the objects of one feature type in a chunk."""

    def __init__(self, elements: Elements, vocabulary: Vocabulary, troubles: TypeTroubles) -> None:
        self._elements = elements
        self._vocabulary = vocabulary
        self._troubles = troubles

    def meant(
        self, child: int, known: Known, schema: str | None, behind: int
    ) -> tuple[int, Property]:
        """The model's property, where its structure fits; else one as the document shows."""
        name = self._elements.paths[child].name
        found = known.find(name)
        if found is None:
            if schema is not None:
                rows = len(self._elements.of(child))
                self._troubles.add("PROPERTY_UNKNOWN", local_name(name), rows, name)
            return behind, self._inferred(child, name)
        order, prop = found
        prop = self._as_text(child, prop)
        if not self._fits(child, prop):
            rows = len(self._elements.of(child))
            self._troubles.add("STRUCTURE_DIFFERS", prop.name, rows, name)
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
        texts = text_at(self._elements, path)
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
