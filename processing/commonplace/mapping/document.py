"""The mapping document as it is written, before the model is asked what it means.

A document has a head (``target``, ``from``, ``ignore``, ``lineage``, …) and one section a
feature type. Values are text: a constant, ``=`` and an expression, or ``=>`` and the
feature type of another object. The language is described in ``docs/mapping.md``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from commonplace import library
from commonplace.documents import Document, child, parse_document, read_document, suggestion
from commonplace.errors import DocumentError, Problem
from commonplace.mapping.derive import DERIVE, Derived, read_derived
from commonplace.mapping.given import Given
from commonplace.mapping.inheritance import EXTENDS, PARAMETERS, Resolved, resolve
from commonplace.mapping.joins import JOIN, Join, read_joins

ABOUT: Final = ("title", "description", "author", "licence", "source", "version", "lineage")
HEAD: Final = ("target", "from", DERIVE, JOIN, "ignore", *ABOUT, PARAMETERS, EXTENDS)
TARGET: Final = ("schema", "namespace", "language")
FROM: Final = ("layers", "nulls")
TYPE_WORDS: Final = ("from", "where", "key", "id")

#: A feature type; in parentheses what tells several sections of one type apart.
_TYPE_NAME: Final = re.compile(r"([A-Z]\w*)(?: \((.+)\))?")


@dataclass(frozen=True, slots=True)
class TypeSection:
    """The section of one feature type. A type may have several: ``Building (farms)``.

    ``layers`` empty means those of the head; ``own_layers`` that the section states its
    own. ``key`` and ``id`` are the texts as written (``=`` and an expression, or a constant).
    """

    name: str
    path: str
    body: Given
    layers: tuple[str, ...]
    own_layers: bool
    nulls: tuple[str, ...]
    where: str | None
    key: tuple[str, ...]
    id: tuple[str, ...]

    @property
    def feature_type(self) -> str:
        return self.name.partition(" (")[0]


@dataclass(frozen=True, slots=True)
class MappingDocument:
    """A mapping document, with all it inherits.

    ``ignore`` maps columns left out on purpose to the reason. ``about`` holds the texts that
    say what the document is and whose (:data:`ABOUT`); ``bases`` the documents it extends,
    by their path from its folder, as text.
    """

    name: str
    text: str
    document: Document
    schema: str
    namespace: str
    language: str
    about: Mapping[str, str]
    layers: tuple[str, ...]
    ignore: Mapping[str, str]
    types: tuple[TypeSection, ...]
    bases: tuple[tuple[str, str], ...] = ()
    joins: tuple[Join, ...] = ()
    derived: tuple[Derived, ...] = ()

    @property
    def title(self) -> str | None:
        return self.about.get("title")

    @property
    def lineage(self) -> str | None:
        return self.about.get("lineage")


def read_mapping(path: Path, parameters: Mapping[str, str] | None = None) -> MappingDocument:
    """Read a mapping document and those it extends.

    Parameters
    ----------
    parameters
        Values of the document's parameters, over its own.

    Raises
    ------
    DocumentError
        With all problems found in its head and the outline of its sections.
    """
    document = read_document(path)
    if path.is_relative_to(library.FOLDER):  # named as documents that extend it name it
        inside = path.relative_to(library.FOLDER).as_posix()
        document = replace(document, name=f"library/{inside}")
    return mapping_of(resolve(document, parameters))


def parse_mapping(text: str, name: str = "mapping") -> MappingDocument:
    """Parse a mapping document. See :func:`read_mapping`.

    Raises
    ------
    DocumentError
    """
    return mapping_of(resolve(parse_document(text, name=name)))


def mapping_of(resolved: Resolved) -> MappingDocument:
    """A document whose inheritance is resolved. See :func:`read_mapping`.

    Raises
    ------
    DocumentError
    """
    reader = _Reader(resolved.document)
    mapping = reader.mapping(resolved.bases)
    if reader.problems:
        raise DocumentError(resolved.document.name, tuple(reader.problems))
    return mapping


class _Reader:
    """Reads the head and the outline; collects problems."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.problems: list[Problem] = []

    def mapping(self, bases: tuple[tuple[str, str], ...]) -> MappingDocument:
        root = Given(self._document.tree, "$")
        self._check_words(root, HEAD, "the head of a mapping", but=_TYPE_NAME)
        target = self._section(root, "target", TARGET)
        source = self._section(root, "from", FROM)
        layers = self._texts(source, "layers")
        nulls = self._texts(source, "nulls")
        if "schema" not in target.words:
            self._problem("a mapping needs target.schema, such as bu-core2d/4.0", "$.target")
        types = tuple(
            self._type(Given(body, child("$", name)), name, layers, nulls)
            for name, body in self._document.tree.items()
            if _TYPE_NAME.fullmatch(name)
        )
        if not types:
            self._problem("a mapping needs at least one feature type", "$")
        return MappingDocument(
            name=self._document.name,
            text=self._document.text,
            document=self._document,
            schema=self._text(target, "schema") or "",
            namespace=self._text(target, "namespace") or "",
            language=self._text(target, "language") or "und",
            about={one: text for one in ABOUT if (text := self._text(root, one))},
            layers=layers,
            ignore=self._ignore(root),
            types=types,
            bases=bases,
            joins=tuple(read_joins(root.field(JOIN), self._problem)),
            derived=tuple(read_derived(root.field(DERIVE), self._problem)),
        )

    def _type(
        self, given: Given, name: str, layers: tuple[str, ...], nulls: tuple[str, ...]
    ) -> TypeSection:
        if not isinstance(given.value, dict):
            self._problem(f"expected the properties of {name}", given.path)
        source = given.field("from")
        own = self._section(given, "from", FROM) if source is not None else Given({}, given.path)
        own_layers = self._texts(own, "layers")
        return TypeSection(
            name=name,
            path=given.path,
            body=given,
            layers=own_layers or layers,
            own_layers=bool(own_layers),
            nulls=self._texts(own, "nulls") if "nulls" in own.words else nulls,
            where=self._text(given, "where"),
            key=self._texts(given, "key"),
            id=self._texts(given, "id"),
        )

    def _section(self, given: Given, key: str, words: tuple[str, ...]) -> Given:
        section = given.field(key)
        if section is None or section.value is None:
            return Given({}, child(given.path, key))
        if not isinstance(section.value, dict):
            self._problem(f"expected {', '.join(words)}", section.path)
            return Given({}, section.path)
        self._check_words(section, words, key)
        return section

    def _check_words(
        self, given: Given, words: tuple[str, ...], place: str, but: re.Pattern[str] | None = None
    ) -> None:
        for key in given.words:
            if key in words or (but is not None and but.fullmatch(key)):
                continue
            hint = suggestion(key, words)
            self._problem(f"{place} has no {key!r}", child(given.path, key), hint)

    def _text(self, given: Given, key: str) -> str | None:
        value = given.field(key)
        if value is None or value.value is None:
            return None
        if value.text is None:
            self._problem("expected a text", value.path)
        return value.text

    def _texts(self, given: Given, key: str) -> tuple[str, ...]:
        value = given.field(key)
        if value is None or value.value is None:
            return ()
        if value.text is not None:
            return (value.text,)
        texts = [item.text for item in value.items()]
        if not texts or None in texts:
            self._problem("expected a text or a list of texts", value.path)
        return tuple(one for one in texts if one is not None)

    def _ignore(self, root: Given) -> dict[str, str]:
        given = root.field("ignore")
        if given is None or not isinstance(given.value, dict):
            return dict.fromkeys(self._texts(root, "ignore"), "")
        reasons: dict[str, str] = {}
        for key, value in given.value.items():
            if isinstance(value, list | dict):
                self._problem("expected the reason, as text", child(given.path, key))
            else:
                reasons[key] = value or ""
        return reasons

    def _problem(self, message: str, path: str, hint: str | None = None) -> None:
        self.problems.append(self._document.problem(message, path, hint=hint))
