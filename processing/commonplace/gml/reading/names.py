"""Which feature type, object or property of the model a name in a document means.

A name that the model has is meant as it stands. Others (older versions, extensions)
mean what bears the same local name in the newest schema, where there is one; the rest
keep their own names, and their structure is what the document shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from commonplace.gml.names import GML
from commonplace.gml.reading.positions import is_gml
from commonplace.model import Model
from commonplace.model.types import (
    ComplexType,
    Property,
    QName,
    Schema,
    local_name,
    namespace_of,
    qname,
)

_WORD: Final = re.compile(r"[^a-z]+")


class Meaning(StrEnum):
    """How a name was understood."""

    KNOWN = "known"
    MAPPED = "mapped"  # by its local name, to another version's
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class FeatureType:
    """A feature element of a document. ``element`` is None where the model has none."""

    written: QName
    element: QName | None
    schema: str | None
    meaning: Meaning

    @property
    def name(self) -> str:
        return local_name(self.element or self.written)


@dataclass(frozen=True, slots=True)
class Known:
    """The properties of an object by full and by local name, in schema order."""

    by_name: Mapping[QName, tuple[int, Property]]
    by_local: Mapping[str, tuple[int, Property]]

    def find(self, name: QName) -> tuple[int, Property] | None:
        """The property of a name, or the one of the same local name, whatever its case."""
        found = self.by_name.get(name)
        if found is not None:
            return found
        if is_gml(name):  # of another version of GML
            return self.by_name.get(qname(GML, local_name(name)))
        return self.by_local.get(local_name(name).casefold())


NOTHING: Final = Known({}, {})


@dataclass(slots=True)
class Vocabulary:
    """The model, asked by names of a document. ``wanted`` is a schema to prefer."""

    model: Model
    wanted: str | None = None
    _features: dict[QName, FeatureType] = field(default_factory=dict)
    _objects: dict[tuple[QName, str], Known] = field(default_factory=dict)
    _by_local: dict[str, list[Schema]] = field(default_factory=dict)

    def feature(self, written: QName) -> FeatureType:
        """The feature type that an element of a document means."""
        if written not in self._features:
            self._features[written] = self._feature(written)
        return self._features[written]

    def _feature(self, written: QName) -> FeatureType:
        if self.model.has_element(written):
            key = self.model.schema_of(namespace_of(written)).key
            return FeatureType(written, written, key, Meaning.KNOWN)
        schema = self._nearest(written)
        if schema is None:
            return FeatureType(written, None, None, Meaning.INFERRED)
        element = f"{{{schema.namespace}}}{local_name(written)}"
        return FeatureType(written, element, schema.key, Meaning.MAPPED)

    def _nearest(self, written: QName) -> Schema | None:
        """The newest schema with a feature type of this local name, its namespace alike."""
        if not self._by_local:
            for schema in self.model.schemas():
                for name in schema.feature_types:
                    self._by_local.setdefault(name, []).append(schema)
        namespace = namespace_of(written).lower() if written.startswith("{") else ""
        candidates = self._by_local.get(local_name(written), [])
        if self.wanted is not None:
            return next((one for one in candidates if one.key == self.wanted), None)
        if not candidates or "inspire" not in namespace:
            return None
        return max(candidates, key=lambda one: (_likeness(one, namespace), one.version))

    def properties(self, element: QName | None, schema: str | None) -> Known:
        """The properties of an object element or type; none where the model has no such."""
        if element is None or schema is None:
            return NOTHING
        at = (element, schema)
        if at not in self._objects:
            self._objects[at] = self._properties(element, schema)
        return self._objects[at]

    def _properties(self, element: QName, schema: str) -> Known:
        if not self.model.has_element(element) and not self.model.has_type(element):
            return NOTHING
        found = list(enumerate(self.model.properties(element, schema)))
        by_local: dict[str, tuple[int, Property]] = {}
        for number, one in found:
            if not is_gml(one.element.name):
                by_local.setdefault(one.name.casefold(), (number, one))
        return Known({one.element.name: (number, one) for number, one in found}, by_local)

    def held(self, written: QName, prop: Property) -> QName | None:
        """The object element that stands in a property; None where the model has none.

        An element of another version is taken for the one that the property allows.
        """
        if written in prop.objects:
            return written
        local = local_name(written)
        fits = next((one for one in prop.objects if local_name(one) == local), None)
        return fits or (written if self.model.has_element(written) else None)

    def simple(self, element: QName) -> ComplexType | None:
        """The type of an object element that is nothing but text; None for others."""
        if not self.model.has_element(element):
            return None
        found = self.model.type(self.model.element(element).type)
        return found if found.text is not None else None

    def identified(self, element: QName) -> bool:
        """Whether objects bear a ``gml:id``."""
        if not self.model.has_element(element):
            return False
        return self.model.type(self.model.element(element).type).identified


def _likeness(schema: Schema, namespace: str) -> int:
    """How much a namespace speaks of a schema: by its prefix, or by words of its title."""
    words = [one for one in _WORD.split(namespace) if one]
    if schema.prefix.lower() in re.split(r"[/:]", namespace):
        return 100
    title = _WORD.sub("", schema.title.lower())
    return sum(len(one) for one in words if len(one) > 3 and one in title)
