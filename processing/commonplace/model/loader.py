"""The target model, loaded a namespace at a time as it is asked for."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.resources.abc import Traversable
from typing import Final

from commonplace.documents import nearest
from commonplace.model.files import (
    Json,
    NamespaceFile,
    data_folder,
    entity_folder,
    entity_schemas,
    read_code_list,
    read_file,
    read_namespace,
    read_schema,
)
from commonplace.model.properties import object_properties
from commonplace.model.search import Hit, search_model
from commonplace.model.types import (
    CodeList,
    ComplexType,
    Element,
    Group,
    Particle,
    Property,
    QName,
    Schema,
    Wildcard,
    is_entity_schema,
    local_name,
    namespace_of,
    qname,
)

XSD: Final = "http://www.w3.org/2001/XMLSchema"


class UnknownName(LookupError):
    """Nothing in the model has this name. ``nearest`` is the most similar one known."""

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.name = name
        self.nearest = nearest(name, known)
        hint = f"; did you mean {self.nearest}?" if self.nearest else ""
        super().__init__(f"unknown {what} {name}{hint}")


class Model:
    """Schemas, elements, types and code lists. Instances share nothing; see `load_model`."""

    def __init__(self, folder: Traversable | None = None) -> None:
        self._folder = folder or data_folder()
        index = read_file(self._folder, "index")
        self.release: str = index["release"]
        self._schemas = {one["key"]: read_schema(one) for one in index["schemas"]}
        self._entities = () if folder else entity_schemas()
        self._schemas.update((one.key, one) for one in self._entities)
        self._keys = {one.namespace: one.key for one in self._schemas.values()}
        self._files: dict[str, NamespaceFile] = {}
        self._elements: dict[QName, Element] = {}
        self._types: dict[QName, ComplexType] = {}
        self._properties: dict[tuple[QName, str], tuple[Property, ...]] = {}
        self._members: dict[QName, list[tuple[QName, bool]]] = {}
        self._code_lists: dict[str, CodeList] = {}
        self._labels: dict[str, dict[str, str]] = {}

    # -- schemas and feature types -----------------------------------------------------

    def schemas(self) -> tuple[Schema, ...]:
        """The INSPIRE application schemas, without older versions and external ones."""
        return tuple(one for one in self._schemas.values() if one.theme is not None)

    def entity_schemas(self) -> tuple[Schema, ...]:
        """The entity types of Smart Data Models, each a schema of its own (``sdm/Building``)."""
        return self._entities

    def schema(self, key: str) -> Schema:
        """The schema or vocabulary of a key such as ``ad/4.0``.

        Raises
        ------
        UnknownName
            A LookupError that knows the nearest key.
        """
        try:
            return self._schemas[key]
        except KeyError:
            prefix = key.partition("/")[0]
            siblings = [one.key for one in self._schemas.values() if one.prefix == prefix]
            raise UnknownName("schema", key, siblings or self._schemas) from None

    def schema_of(self, namespace: str) -> Schema:
        """The schema that declares a namespace. See :meth:`schema`.

        Raises
        ------
        UnknownName
        """
        try:
            return self._schemas[self._keys[namespace]]
        except KeyError:
            raise UnknownName("namespace", namespace, self._keys) from None

    def feature_types(self, schema: str) -> tuple[Element, ...]:
        """The concrete feature types that a schema declares."""
        found = self.schema(schema)
        return tuple(self.element(qname(found.namespace, one)) for one in found.feature_types)

    def feature_type(self, schema: str, name: str) -> Element:
        """A concrete feature type by its local name. Raises UnknownName."""
        found = self.schema(schema)
        if name not in found.feature_types:
            raise UnknownName(f"feature type of {schema}", name, found.feature_types)
        return self.element(qname(found.namespace, name))

    # -- elements and types ------------------------------------------------------------

    def element(self, name: QName) -> Element:
        """A global element. Raises UnknownName."""
        if name not in self._elements:
            file = self._file(namespace_of(name))
            if local_name(name) not in file.elements:
                raise UnknownName(
                    "element", name, (qname(file.spaces[0], e) for e in file.elements)
                )
            self._elements[name] = file.element(local_name(name))
        return self._elements[name]

    def has_element(self, name: QName) -> bool:
        """True when ``name`` is a global element of the model."""
        namespace = namespace_of(name)
        return namespace in self._keys and local_name(name) in self._file(namespace).elements

    def has_type(self, name: QName) -> bool:
        """True when ``name`` is a type of the model."""
        namespace = namespace_of(name)
        return namespace in self._keys and local_name(name) in self._file(namespace).types

    def type(self, name: QName) -> ComplexType:
        """A type with inherited content and attributes first; a built-in is a type with only
        ``text``. Raises UnknownName.
        """
        if name not in self._types:
            self._types[name] = self._flattened(name)
        return self._types[name]

    def _flattened(self, name: QName) -> ComplexType:
        if namespace_of(name) == XSD:
            return _builtin(name)
        file = self._file(namespace_of(name))
        local = local_name(name)
        if local not in file.types:
            raise UnknownName("type", name, (qname(file.spaces[0], one) for one in file.types))
        own = file.own_type(local)
        content = self._resolved(own.content) if own.content else None
        if own.base is not None and own.text is None and not file.restricts(local):
            content = _joined(self.type(own.base).content, content)
        return replace(own, content=content)

    def _resolved(self, group: Group) -> Group:
        """The group with its references to global elements filled in."""
        items: list[Particle] = []
        for item in group.items:
            if isinstance(item, Group):
                items.append(self._resolved(item))
            elif isinstance(item, Element) and not item.type:
                items.append(self._referred(item))
            else:
                items.append(item)
        return replace(group, items=tuple(items))

    def _referred(self, particle: Element) -> Element:
        declared = self.element(particle.name)
        return replace(
            declared,
            minimum=particle.minimum,
            maximum=particle.maximum,
            voidable=particle.voidable,
            code_list=particle.code_list,
            target=particle.target,
        )

    def elements_of(self, schema: str) -> tuple[Element, ...]:
        """All global elements that a schema declares, abstract ones too."""
        namespace = self.schema(schema).namespace
        names = self._file(namespace).elements
        return tuple(self.element(qname(namespace, one)) for one in names)

    def own_particles(self, name: QName) -> tuple[Element, ...]:
        """The elements that a type itself declares, without inherited ones."""
        if namespace_of(name) == XSD:
            return ()
        content = self._file(namespace_of(name)).own_type(local_name(name)).content
        return tuple(_declared(content)) if content else ()

    def _file(self, namespace: str) -> NamespaceFile:
        if namespace not in self._files:
            key = self.schema_of(namespace).key
            folder = entity_folder() if is_entity_schema(key) else self._folder
            self._files[namespace] = read_namespace(folder, key)
        return self._files[namespace]

    # -- substitution and properties ---------------------------------------------------

    def substitutes(self, name: QName, schema: str | None = None) -> tuple[QName, ...]:
        """Concrete elements that may stand where ``name`` is asked for, itself included.

        With ``schema`` only those in namespaces that the schema's XSD reaches.
        """
        reached = set(self.schema(schema).imports) if schema else None
        found: list[QName] = [] if self.element(name).abstract else [name]
        found += [
            member
            for member, abstract in self._descendants(name)
            if not abstract and (reached is None or namespace_of(member) in reached)
        ]
        return tuple(found)

    def _descendants(self, name: QName) -> Iterator[tuple[QName, bool]]:
        if not self._members:
            for head, members in read_file(self._folder, "substitutions").items():
                self._members[head] = [(member, bool(abstract)) for member, abstract in members]
        for member, abstract in self._members.get(name, ()):
            yield member, abstract
            yield from self._descendants(member)

    def is_a(self, name: QName, head: QName) -> bool:
        """True when the element ``name`` is ``head`` or may stand for it."""
        current: QName | None = name
        while current is not None and current != head:
            current = self.element(current).substitutes_for
        return current is not None

    def properties(self, object_element: QName, schema: str) -> tuple[Property, ...]:
        """The properties of an object, in schema order, seen from documents of ``schema``.

        Parameters
        ----------
        object_element
            A global element, or the name of a type (for :attr:`Property.direct`).
        schema
            The key of the schema whose imports limit what may be substituted.
        """
        at = (object_element, schema)
        if at not in self._properties:
            is_element = self.has_element(object_element)
            type_name = self.element(object_element).type if is_element else object_element
            self._properties[at] = object_properties(self, self.type(type_name), schema)
        return self._properties[at]

    # -- code lists and search -----------------------------------------------------------

    def code_lists(self) -> tuple[CodeList, ...]:
        """All code lists known, with or without values."""
        if not self._code_lists:
            stored: list[Json] = read_file(self._folder, "codelists")
            self._code_lists.update((one["uri"], read_code_list(one)) for one in stored)
        return tuple(self._code_lists.values())

    def code_list(self, uri: str) -> CodeList | None:
        """The code list of a URI, or None when it isn't known."""
        self.code_lists()
        return self._code_lists.get(uri)

    def labels(self, feature_type: str) -> dict[str, str]:
        """Names of a feature concept by language (en, de, fr, nl), where known."""
        if not self._labels:
            self._labels.update(read_file(self._folder, "concepts"))
        return self._labels.get(feature_type, {})

    def search(self, text: str, limit: int = 20) -> tuple[Hit, ...]:
        """Feature types, data types and their properties that match ``text``, best first.

        Names, definitions and feature concepts in four languages are searched.
        """
        return search_model(self, text, limit)


def _builtin(name: QName) -> ComplexType:
    if local_name(name) == "anyType":
        anything = Group("sequence", (Wildcard("##any", 0, None),))
        return ComplexType(name, content=anything, mixed=True)
    return ComplexType(name, text=local_name(name))


def _declared(group: Group) -> Iterator[Element]:
    for item in group.items:
        if isinstance(item, Group):
            yield from _declared(item)
        elif isinstance(item, Element) and item.type:
            yield item


def _joined(inherited: Group | None, own: Group | None) -> Group | None:
    if inherited is None or own is None:
        return own or inherited
    return Group("sequence", (inherited, own))


@functools.cache
def load_model() -> Model:
    """The model, one instance a process."""
    return Model()
