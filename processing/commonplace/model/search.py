"""Search over names, definitions and multilingual concept labels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from commonplace.model.types import (
    Element,
    QName,
    Schema,
    local_name,
)


@dataclass(frozen=True, slots=True)
class Hit:
    """A feature type, data type or property found. ``property_name`` is None for a type.

    ``score`` is between 0 and 1; ``label`` the concept's name in the language that matched.
    """

    schema: str
    name: QName
    property_name: str | None
    definition: str | None
    score: float
    label: str | None = None

    @property
    def path(self) -> str:
        """``Building`` or ``Building.currentUse``."""
        return ".".join(filter(None, (local_name(self.name), self.property_name)))


class Searchable(Protocol):
    """The part of the model that a search asks."""

    def schemas(self) -> tuple[Schema, ...]: ...
    def entity_schemas(self) -> tuple[Schema, ...]: ...
    def elements_of(self, schema: str) -> tuple[Element, ...]: ...
    def own_particles(self, name: QName) -> tuple[Element, ...]: ...
    def labels(self, feature_type: str) -> dict[str, str]: ...


def search_model(model: Searchable, text: str, limit: int) -> tuple[Hit, ...]:
    """The best ``limit`` hits; equal scores in the order of schemas."""
    words = _words(text)
    if not words:
        return ()
    hits = [hit for hit in _candidates(model, words) if hit.score > 0]
    return tuple(sorted(hits, key=lambda hit: -hit.score)[:limit])


def _candidates(model: Searchable, words: list[str]) -> Iterator[Hit]:
    for schema in (*model.schemas(), *model.entity_schemas()):
        for element in model.elements_of(schema.key):
            name = local_name(element.name)
            score, label = _score(words, name, element.definition), None
            for text in model.labels(name).values():
                labelled = 0.95 * _score(words, text, None)
                if labelled > score:
                    score, label = labelled, text
            if name in schema.feature_types:
                score = min(1.0, score * 1.05)
            yield Hit(schema.key, element.name, None, element.definition, score, label)
            for own in model.own_particles(element.type):
                score = 0.9 * _score(words, local_name(own.name), own.definition)
                yield Hit(schema.key, element.name, local_name(own.name), own.definition, score)


def _score(words: list[str], name: str, definition: str | None) -> float:
    """The share of ``words`` found; in the name counts more than in the definition, a whole
    word more than a beginning, a name of nothing else most.
    """
    in_name = _words(name)
    in_definition = _words(definition or "")
    total = 0.0
    for word in words:
        if word in in_name or word == "".join(in_name):
            total += 0.9 if len(in_name) > len(words) else 1.0
        elif any(one.startswith(word) for one in in_name):
            total += 0.7
        elif word in in_definition:
            total += 0.4
        elif len(word) > 3 and any(one.startswith(word) for one in in_definition):
            total += 0.3
        else:
            return 0.0
    return total / len(words)


def _words(text: str) -> list[str]:
    """Words in lower case without accents; ``conditionOfConstruction`` is three."""
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    return [one.lower() for one in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[^\W\dA-Z_]+|\d+", plain)]
