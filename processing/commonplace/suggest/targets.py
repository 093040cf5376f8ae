"""Feature types of the target model as suggestions need them: property paths and their ends."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from commonplace.mapping.defaults import default
from commonplace.model import Model, UnknownName, load_model
from commonplace.model.types import Kind, Property, QName, is_entity_schema, local_name
from commonplace.suggest.names import compact

_DEEPEST: Final = 3
_MOST_OBJECTS: Final = 3
#: Of GML itself: names and descriptions that no one fills.
_OF_GML: Final = frozenset(
    {"metaDataProperty", "description", "descriptionReference", "identifier", "boundedBy"}
    | {"location", "gml_name", "gml_description", "gml_location"}
)
_OF_ENTITIES: Final = frozenset({"location", "description"})
_IDENTIFIED: Final = frozenset({"inspireId"})


@dataclass(frozen=True, slots=True)
class Target:
    """A feature type. ``name`` is ``prefix:Type``, ``schema`` the key with the version."""

    name: str
    schema: str
    element: QName

    @property
    def local(self) -> str:
        return local_name(self.element)


def target(name: str) -> Target:
    """A feature type by ``prefix:Type``, ``prefix/version:Type`` or ``sdm/Type``.

    Raises
    ------
    UnknownName
    """
    model = load_model()
    schema, _, local = name.partition(":")
    if is_entity_schema(schema):
        key, local = schema, local or schema.partition("/")[2]
    else:
        key = schema if "/" in schema else _newest(model, schema)
    return Target(name, key, model.feature_type(key, local).name)


def _newest(model: Model, prefix: str) -> str:
    keys = {one.prefix: one.key for one in model.schemas()}
    if prefix not in keys:
        raise UnknownName("schema", prefix, keys)
    return keys[prefix]


@functools.lru_cache(maxsize=256)
def paths(found: Target) -> Mapping[str, Property]:
    """All property paths of a type, three steps deep, without GML's own and linked features."""
    return dict(_paths(load_model(), found.schema, found.element, "", frozenset()))


def _paths(
    model: Model, schema: str, element: QName, above: str, seen: frozenset[QName]
) -> Iterator[tuple[str, Property]]:
    entity = is_entity_schema(schema)
    for one in model.properties(element, schema):
        if one.name in _OF_GML and not (entity and one.name in _OF_ENTITIES):
            continue
        path = f"{above}.{one.name}" if above else one.name
        yield path, one
        if one.kind is not Kind.OBJECT or path.count(".") + 1 >= _DEEPEST:
            continue
        for inner in one.objects[:_MOST_OBJECTS]:
            if inner in seen or _is_feature(model, inner, schema):
                continue
            yield from _paths(model, schema, inner, path, seen | {inner})


def _is_feature(model: Model, element: QName, schema: str) -> bool:
    names = {one.name for one in model.properties(element, schema)}
    return bool(names & _IDENTIFIED)


@functools.lru_cache(maxsize=256)
def compact_paths(found: Target) -> Mapping[str, str]:
    """Paths by their name without dots, case and signs."""
    return {compact(path): path for path in paths(found)}


@functools.lru_cache(maxsize=256)
def leaves(found: Target) -> Mapping[str, str]:
    """Paths by their last step, where only one path ends so."""
    ends: dict[str, str | None] = {}
    for path in paths(found):
        end = compact(path.rpartition(".")[2])
        ends[end] = None if end in ends else path
    return {end: path for end, path in ends.items() if path is not None}


def has(found: Target, path: str) -> bool:
    """Whether the type has a path; a path with a capital leads into a linked object."""
    if path[:1].isupper():
        return _linked(found, path)
    if path in paths(found) or path == identity(found):
        return True
    above = path.rpartition(".")[0]  # lists keyed by a code: designator.addressNumber
    return above.endswith("designator") and above in paths(found)


def _linked(found: Target, path: str) -> bool:
    local = path.partition(".")[0]
    return found.local == "Address" and local in load_model().schema(found.schema).feature_types


def leaf(found: Target, path: str) -> tuple[str, Property | None]:
    """The path down to the value that a text given at ``path`` fills, and its property."""
    model, known = load_model(), paths(found)
    one = known.get(path)
    while one is not None and one.kind is Kind.OBJECT and one.objects:
        inner = model.properties(one.objects[0], found.schema)
        main = default(local_name(one.objects[0])).main
        wanted = [each for each in inner if each.name == main] or [
            each
            for each in inner
            if each.mandatory and not each.element.nillable and each.name not in _OF_GML
        ]
        if len(wanted) != 1:
            return path, None
        path, one = f"{path}.{wanted[0].name}", wanted[0]
    return path, one


def identity(found: Target) -> str:
    """How the type is identified: its ``inspireId``, or ``id`` where it has none."""
    return "inspireId" if "inspireId" in paths(found) else "id"


def geometry(found: Target) -> str | None:
    """The property that takes the layer's geometry."""
    named = [path for path, one in paths(found).items() if one.kind is Kind.GEOMETRY]
    first = [path for path in named if paths(found)[path].mandatory]
    return min(first or named, key=lambda path: path.count("."), default=None)
