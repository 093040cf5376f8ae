"""The lexicon, read once: terms of feature types, of columns and of codes, and known schemas."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from commonplace.documents import Tree, parse_document
from commonplace.suggest.names import Words, compact, words

LANGUAGES: Final = {
    "en": "English",
    "de": "German",
    "fr": "French",
    "nl": "Dutch",
    "it": "Italian",
    "es": "Spanish",
    "fi": "Finnish",
    "pl": "Polish",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of a language, as written and as words."""

    text: str
    words: Words
    whole: str
    language: str


@dataclass(frozen=True, slots=True)
class TypeEntry:
    """A feature type, ``prefix:Type``: what layers of it are called, and its geometry."""

    name: str
    geometry: str
    terms: tuple[Term, ...]
    values: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Concept:
    """What a column may be about; see the head of ``concepts.yaml``."""

    name: str
    paths: tuple[str, ...]
    values: str
    of: tuple[str, ...]
    unit: str | None
    plus: Mapping[str, str]
    link: str | None
    skip: str | None
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class KnownSchema:
    """A published schema: its layers, what its columns mean, its codes.

    ``columns`` by compact name: concepts or paths, or a reason in parentheses.
    """

    name: str
    title: str
    evidence: int
    language: str | None
    unless: tuple[str, ...]
    layers: Mapping[str, str]
    columns: Mapping[str, str]
    codes: Mapping[str, Mapping[str, str]]


@functools.cache
def feature_types() -> tuple[TypeEntry, ...]:
    """All feature types of the lexicon."""
    return tuple(
        TypeEntry(
            name=name,
            geometry=_text(entry.get("geometry")),
            terms=_terms(entry),
            values=tuple(words(one) for one in _list(entry.get("values"))),
        )
        for name, entry in _entries("types.yaml")
    )


@functools.cache
def concepts() -> Mapping[str, Concept]:
    """All concepts of columns by name."""
    return {
        name: Concept(
            name=name,
            paths=tuple(_list(entry.get("paths"))),
            values=_text(entry.get("values")),
            of=tuple(_list(entry.get("of"))),
            unit=_text(entry.get("unit")) or None,
            plus=_texts(entry.get("plus")),
            link=_text(entry.get("link")) or None,
            skip=_text(entry.get("skip")) or None,
            terms=_terms(entry),
        )
        for name, entry in _entries("concepts.yaml")
    }


@functools.cache
def known_schemas() -> tuple[KnownSchema, ...]:
    """All schemas that are published and known here."""
    return tuple(
        KnownSchema(
            name=name,
            title=_text(entry.get("title")),
            evidence=int(_text(entry.get("evidence"))),
            language=_text(entry.get("language")) or None,
            unless=tuple(_list(entry.get("unless"))),
            layers=_texts(entry.get("layers")),
            columns={compact(key): one for key, one in _texts(entry.get("columns")).items()},
            codes={compact(key): _texts(one) for key, one in _tree(entry.get("codes")).items()},
        )
        for name, entry in _entries("schemas.yaml")
    )


@functools.cache
def _code_terms() -> Mapping[str, Mapping[Words, tuple[str, str]]]:
    tree = _read("codes.yaml")
    void = {words(one): ("void", one) for one in _list(tree.get("void"))}
    found: dict[str, Mapping[Words, tuple[str, str]]] = {"": void}
    for name, entry in tree.items():
        if name != "void":
            codes = _tree(entry)
            found[name] = {
                words(term): (code, term) for code in codes for term in _list(codes[code])
            }
    return found


def code_terms(code_list: str) -> Mapping[Words, tuple[str, str]]:
    """Codes of a list and their terms as written, by words; none where the lexicon has none."""
    return _code_terms().get(code_list, {})


def void_terms() -> Mapping[Words, tuple[str, str]]:
    """What says that there is no value."""
    return _code_terms()[""]


@functools.cache
def demands() -> Mapping[str, Mapping[str, Tree]]:
    """What a feature type demands that no column says: assumptions, by type."""
    return dict(_entries("demands.yaml"))


def _read(name: str) -> dict[str, Tree]:
    text = files("commonplace.suggest.lexicon").joinpath(name).read_text(encoding="utf-8")
    return parse_document(text, name=name).tree


def _entries(name: str) -> list[tuple[str, dict[str, Tree]]]:
    return [(key, _tree(entry)) for key, entry in _read(name).items()]


def _tree(given: Tree) -> dict[str, Tree]:
    return given if isinstance(given, dict) else {}


def _text(given: Tree) -> str:
    return given if isinstance(given, str) else ""


def _texts(given: Tree) -> dict[str, str]:
    return {key: _text(one) for key, one in _tree(given).items()}


def _list(given: Tree) -> list[str]:
    if isinstance(given, list):
        return [_text(one) for one in given]
    return [one.strip() for one in _text(given).split(",") if one.strip()]


def _terms(entry: Mapping[str, Tree]) -> tuple[Term, ...]:
    return tuple(
        Term(term, words(term), "".join(words(term)), language)
        for language in LANGUAGES
        for term in _list(entry.get(language))
    )
