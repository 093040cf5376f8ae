"""Reading the model's data files. Their making is tools/build_models.py."""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from commonplace.model.types import (
    Attribute,
    CodeList,
    CodeValue,
    ComplexType,
    Element,
    Group,
    Particle,
    QName,
    Schema,
    Wildcard,
)

Json = dict[str, Any]

GML_ID = "{http://www.opengis.net/gml/3.2}id"


def data_folder() -> Traversable:
    """The folder of the data files inside the package."""
    return files("commonplace.model") / "data"


def entity_folder() -> Traversable:
    """The folder of the entity types of Smart Data Models."""
    return files("commonplace.model") / "sdm"


def entity_schemas() -> tuple[Schema, ...]:
    """The entity types of Smart Data Models. Their making is tools/build_sdm.py."""
    index = read_file(entity_folder(), "index")
    return tuple(read_schema({**one, "theme": None}) for one in index["schemas"])


def read_file(folder: Traversable, name: str) -> Any:
    """The content of one data file, by its name without endings."""
    return json.loads(lzma.decompress((folder / f"{name}.json.xz").read_bytes()))


@dataclass(frozen=True, slots=True)
class NamespaceFile:
    """The elements and own (not inherited) types of one namespace, as stored."""

    spaces: tuple[str, ...]
    elements: Json
    types: Json
    attributes: tuple[tuple[Attribute, ...], ...]

    def name(self, short: str) -> QName:
        """``number:local`` as an expanded name."""
        number, _, local = short.partition(":")
        space = self.spaces[int(number)]
        return f"{{{space}}}{local}" if space else local

    def element(self, local: str) -> Element:
        stored = self.elements[local]
        head = stored.get("for")
        return Element(
            name=f"{{{self.spaces[0]}}}{local}",
            type=self.name(stored["type"]),
            nillable=stored.get("nillable", False),
            abstract=stored.get("abstract", False),
            definition=stored.get("definition"),
            substitutes_for=self.name(head) if head else None,
        )

    def own_type(self, local: str) -> ComplexType:
        """A type without what it inherits, save attributes and text, which are whole.

        References to global elements are particles with an empty ``type``.
        """
        stored = self.types[local]
        number = stored.get("attributes")
        attributes = () if number is None else self.attributes[number]
        base = stored.get("base")
        content = self._particle(stored["content"]) if "content" in stored else None
        return ComplexType(
            name=f"{{{self.spaces[0]}}}{local}",
            base=self.name(base) if base else None,
            abstract=stored.get("abstract", False),
            content=content if isinstance(content, Group) else None,
            text=stored.get("text"),
            attributes=attributes,
            values=tuple(stored.get("values", ())),
            identified=any(one.name == GML_ID for one in attributes),
            mixed=stored.get("mixed", False),
        )

    def restricts(self, local: str) -> bool:
        return bool(self.types[local].get("restricts", False))

    def _particle(self, stored: Json) -> Particle:
        minimum: int = stored.get("min", 1)
        highest: int = stored.get("max", 1)
        maximum = None if highest < 0 else highest
        for kind in ("sequence", "choice"):
            if kind in stored:
                items = tuple(self._particle(one) for one in stored[kind])
                return Group(kind, items, minimum, maximum)
        if "any" in stored:
            return Wildcard(stored["any"], minimum, maximum)
        target = stored.get("target")
        return Element(
            name=self.name(stored["ref"] if "ref" in stored else stored["name"]),
            type="" if "ref" in stored else self.name(stored["type"]),
            minimum=minimum,
            maximum=maximum,
            nillable=stored.get("nillable", False),
            voidable=stored.get("voidable", False),
            code_list=stored.get("code_list"),
            definition=stored.get("definition"),
            target=self.name(target) if target else None,
            unit=stored.get("unit"),
        )


def read_namespace(folder: Traversable, key: str) -> NamespaceFile:
    """The file of one schema or vocabulary, by its key."""
    stored = read_file(folder, key.replace("/", "-"))
    return NamespaceFile(
        spaces=tuple(stored["namespaces"]),
        elements=stored["elements"],
        types=stored["types"],
        attributes=tuple(tuple(Attribute(*one) for one in table) for table in stored["attributes"]),
    )


def read_schema(stored: Json) -> Schema:
    """One record of the index."""
    prefix, version = stored["key"].split("/")
    return Schema(
        key=stored["key"],
        prefix=prefix,
        version=version,
        namespace=stored["namespace"],
        location=stored["location"],
        title=stored["title"],
        theme=stored.get("theme"),
        feature_types=tuple(stored["feature_types"]),
        abstract_feature_types=tuple(stored["abstract_feature_types"]),
        prefixes=tuple(stored["prefixes"].items()),
        locations=tuple(stored["locations"].items()),
        imports=tuple(stored["imports"]),
    )


def read_code_list(stored: Json) -> CodeList:
    """One record of the code lists' file."""
    uri = stored["uri"]
    return CodeList(
        uri=uri,
        name=stored["name"],
        label=stored.get("label") or stored["name"],
        extensibility=stored.get("extensibility"),
        values=tuple(_code_value(one, uri) for one in stored["values"]),
        definition=stored.get("definition"),
        doubt=stored.get("doubt"),
        governed_at=stored.get("governed_at"),
        origin=stored.get("origin"),
    )


def _code_value(stored: Json, list_uri: str) -> CodeValue:
    return CodeValue(
        local=stored["id"],
        uri=stored.get("uri") or f"{list_uri}/{stored['id']}",
        label=stored.get("label") or stored["id"],
        definition=stored.get("definition"),
        parent=stored.get("parent"),
    )
