"""Documents made of documents: ``extends`` another mapping, ``parameters`` fill it in.

A city adapts a national mapping in a few lines: what its document says stands, all else is
inherited. Objects are joined key by key; a text, a list or ``{void: …}`` replaces what was
there, and a key without a value takes it away. ``$(name)`` in any text is the parameter of
that name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Final

from commonplace import library
from commonplace.documents import Document, Tree, child, did_you_mean, read_document
from commonplace.errors import DocumentError, Problem
from commonplace.mapping.beside import find_below, find_beside, with_tables

EXTENDS: Final = "extends"
PARAMETERS: Final = "parameters"
DEEPEST: Final = 5

_DOCUMENTS: Final = (".yaml", ".yml")
_PARAMETER: Final = re.compile(r"\$\((\w+)\)")
_TYPE_NAME: Final = re.compile(r"[A-Z]\w*")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document with all that it inherits, its parameters filled in.

    ``bases`` are the documents it is made of besides its own: the path it names them by,
    from its own folder, and their text.
    """

    document: Document
    bases: tuple[tuple[str, str], ...] = ()


def resolve(document: Document, parameters: Mapping[str, str] | None = None) -> Resolved:
    """Join a document with those it extends and fill in its parameters.

    Parameters
    ----------
    parameters
        Values that stand over the document's own.

    Raises
    ------
    DocumentError
        A base that isn't there, lies outside of the document's folder, or goes in a circle;
        a parameter that has no value or that nobody declares.
    """
    problems: list[Problem] = []
    bases: dict[str, str] = {}
    joined = _joined(document, PurePosixPath(), (document.name,), bases, problems)
    if not problems:
        joined = _filled(joined, parameters or {}, problems)
    if problems:
        raise DocumentError(document.name, tuple(problems))
    return Resolved(joined, tuple(bases.items()))


# -- extends ---------------------------------------------------------------------------------


def _joined(
    document: Document,
    place: PurePosixPath,
    above: tuple[str, ...],
    bases: dict[str, str],
    problems: list[Problem],
) -> Document:
    document, tables = with_tables(document, problems)
    bases |= {str(place / name): text for name, text in tables.items()}
    named = document.tree.get(EXTENDS)
    path = child("$", EXTENDS)
    if EXTENDS not in document.tree:
        return document
    if not isinstance(named, str):
        problems.append(document.problem("expected the name of a mapping document", path))
        return document
    if len(above) > DEEPEST:
        problems.append(document.problem(f"extends more than {DEEPEST} documents deep", path))
        return document
    base, key = _base(document, named, place, problems)
    if base is None:
        return document
    if key in above:
        problems.append(document.problem(f"{named} extends itself", path, code="CIRCULAR"))
        return document
    bases[key] = base.text
    below = PurePosixPath(key).parent
    whole = _joined(base, below, (*above, key), bases, problems)
    own = {name: value for name, value in document.tree.items() if name != EXTENDS}
    tree = _merged(whole.tree, own, "$")
    inherited = {
        **whole.inherited,
        **{one: (base.name, line) for one, line in whole.lines.items()},
    }
    return replace(document, tree=tree, inherited=MappingProxyType(inherited))


def _base(
    document: Document, named: str, place: PurePosixPath, problems: list[Problem]
) -> tuple[Document | None, str]:
    """The document that is extended, and the path that names it from the first one's folder."""
    path = child("$", EXTENDS)
    if library.is_library_name(named):
        inside = library.inside_library(named)
        key = f"library/{inside}"
        found = find_below(document, library.FOLDER, inside, path, _DOCUMENTS, problems)
    else:
        key = str(place / named)
        found = find_beside(document, named, path, _DOCUMENTS, problems)
    return (None if found is None else read_document(found)), key


def _merged(below: dict[str, Tree], above: dict[str, Tree], path: str) -> dict[str, Tree]:
    """``above`` over ``below``, in the order of ``below``."""
    result = dict(below)
    for written, said in above.items():
        key, value = _undotted(written, said, result) if _in_type(path) else (written, said)
        mine = result.get(key)
        if value is None:
            result.pop(key, None)
        elif isinstance(mine, dict) and isinstance(value, dict) and set(value) != {"void"}:
            result[key] = _merged(mine, value, child(path, key))
        else:
            for inner in value if isinstance(value, dict) and _in_type(path) else ():
                result.pop(f"{key}.{inner}", None)
            result[key] = value
    return result


def _in_type(path: str) -> bool:
    """Whether a path lies in the section of a feature type, where dots mean nesting."""
    return _TYPE_NAME.match(path.removeprefix("$.")) is not None


def _undotted(key: str, value: Tree, below: Mapping[str, Tree]) -> tuple[str, Tree]:
    """``a.b: x`` as ``a: {b: x}``, where ``a`` is written so below."""
    first, _, rest = key.partition(".")
    if rest and key not in below and isinstance(below.get(first), dict):
        return first, {rest: value}
    return key, value


# -- parameters ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Filling:
    """Fills parameters in."""

    document: Document
    values: Mapping[str, str | None]
    problems: list[Problem]

    def tree(self, tree: Tree, path: str) -> Tree:
        if isinstance(tree, str):
            return _PARAMETER.sub(lambda found: self._value(found[1], path), tree)
        if isinstance(tree, list):
            return [self.tree(one, child(path, index)) for index, one in enumerate(tree)]
        if isinstance(tree, dict):
            return {key: self.tree(value, child(path, key)) for key, value in tree.items()}
        return tree

    def _value(self, name: str, path: str) -> str:
        value = self.values.get(name)
        if value is None and name in self.values:
            if name not in {one.path.rpartition(".")[2] for one in self.problems}:
                hint = f"give it: parameters: {{{name}: …}}"
                self._problem(f"parameter {name!r} has no value", f"$.{PARAMETERS}.{name}", hint)
        elif value is None:
            self._problem(
                f"there is no parameter {name!r}",
                path,
                did_you_mean(name, self.values),
            )
        return value or ""

    def _problem(self, message: str, path: str, hint: str | None) -> None:
        self.problems.append(self.document.problem(message, path, hint=hint, code="PARAMETER"))


def _filled(document: Document, given: Mapping[str, str], problems: list[Problem]) -> Document:
    path = child("$", PARAMETERS)
    declared = document.tree.get(PARAMETERS)
    values: dict[str, str | None] = {}
    if isinstance(declared, dict):
        for name, value in declared.items():
            if isinstance(value, dict | list):
                problems.append(document.problem("expected a text", child(path, name)))
            else:
                values[name] = value
    elif declared is not None:
        problems.append(document.problem("expected name: value", path))
    for name in given:
        if name not in values:
            hint = did_you_mean(name, values) or "the mapping declares none such"
            problems.append(
                document.problem(
                    f"there is no parameter {name!r}", path, hint=hint, code="PARAMETER"
                )
            )
    values |= given
    filling = _Filling(document, values, problems)
    tree = {
        key: value if key == PARAMETERS else filling.tree(value, child("$", key))
        for key, value in document.tree.items()
    }
    return replace(document, tree=tree)


__all__ = ["EXTENDS", "PARAMETERS", "Resolved", "resolve"]
