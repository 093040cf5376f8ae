"""The library: mapping documents that come along, one file each in ``mapping/library/<theme>/``.

Jobs and documents name one as ``library:ad/nl-bag-addresses``; so do the commands that take
a document. Only heads are read here; what a document means is the mapping's business.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Final

from commonplace.documents import Document, Tree, did_you_mean, read_document
from commonplace.errors import DocumentError, Problem

PREFIX: Final = "library:"
FOLDER: Final = Path(__file__).parent / "mapping" / "library"

_PARAMETER: Final = re.compile(r"\$\((\w+)\)")
_WORD: Final = re.compile(r"[\w-]+")
_TYPE_NAME: Final = re.compile(r"([A-Z]\w*)(?: \(.+\))?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the library, by what its head says.

    ``name`` is how it is named after ``library:``; ``theme`` its folder; ``target`` the
    schema it maps to; ``layers`` those that it reads, where ``*`` stands for a parameter
    without a value; ``parameters`` are these, which a user must give.
    """

    name: str
    theme: str
    title: str
    target: str
    types: tuple[str, ...]
    layers: tuple[str, ...]
    source: str
    author: str
    licence: str
    description: str
    parameters: tuple[str, ...]
    text: str

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.name}.yaml"


def is_library_name(named: str) -> bool:
    """Whether a text names a document of the library."""
    return named.startswith(PREFIX)


def inside_library(named: str) -> PurePosixPath:
    """The path inside the library's folder of ``library:NAME``."""
    return PurePosixPath(f"{named.removeprefix(PREFIX)}.yaml")


def document_path(path: Path) -> Path:
    """Where a document lies: the library's, if ``path`` is ``library:NAME``, else ``path``.

    Raises
    ------
    DocumentError
        The library has none of that name.
    """
    named = path.as_posix()
    return FOLDER / f"{_known(named)}.yaml" if is_library_name(named) else path


def entries(theme: str | None = None) -> list[Entry]:
    """All documents, or those of one theme, in the order of their names."""
    return [_entry(name) for name in _names() if theme is None or name.startswith(f"{theme}/")]


def entry(name: str) -> Entry:
    """The document of a name, with or without ``library:``.

    Raises
    ------
    DocumentError
        The library has none of that name.
    """
    return _entry(_known(name))


def entries_of(layer: str, columns: Collection[str]) -> list[Entry]:
    """The documents that read a layer of this name and name most of its columns."""
    return [
        one
        for one in entries()
        if any(_fits(layer, name) for name in one.layers) and _names_most(one, columns)
    ]


def _names_most(one: Entry, columns: Collection[str]) -> bool:
    words = set(_WORD.findall(one.text))
    return sum(name in words for name in columns) > len(columns) / 2


def _fits(layer: str, pattern: str) -> bool:
    return fnmatchcase(layer.casefold(), pattern.casefold())


def _names() -> Iterator[str]:
    for path in sorted(FOLDER.glob("*/*.yaml")):
        yield path.relative_to(FOLDER).with_suffix("").as_posix()


def _known(named: str) -> str:
    name = named.removeprefix(PREFIX).removesuffix(".yaml")
    names = list(_names())
    if name in names:
        return name
    hint = did_you_mean(name, names) or "see: commonplace library list"
    raise DocumentError(named, (Problem(f"the library has no {name!r}", "$", hint=hint),))


def _entry(name: str) -> Entry:
    document = read_document(FOLDER / f"{name}.yaml")
    tree = document.tree
    given = tree.get("parameters")
    parameters = given if isinstance(given, dict) else {}
    types = [found[1] for key in tree if (found := _TYPE_NAME.fullmatch(key))]
    return Entry(
        name=name,
        theme=name.partition("/")[0],
        title=_text(tree.get("title")),
        target=_text(_inner(tree.get("target"), "schema")),
        types=tuple(dict.fromkeys(types)),
        layers=tuple(dict.fromkeys(_named(one, parameters) for one in _layers(document))),
        source=_text(tree.get("source")),
        author=_text(tree.get("author")),
        licence=_text(tree.get("licence")),
        description=_text(tree.get("description")),
        parameters=tuple(one for one, value in parameters.items() if value is None),
        text=document.text,
    )


def _layers(document: Document) -> Iterator[str]:
    for part in (document.tree, *document.tree.values()):
        layers = _inner(_inner(part, "from"), "layers")
        if isinstance(layers, str):
            yield layers
        elif isinstance(layers, list):
            yield from (one for one in layers if isinstance(one, str))


def _named(layer: str, parameters: dict[str, Tree]) -> str:
    return _PARAMETER.sub(lambda found: _text(parameters.get(found[1])) or "*", layer)


def _inner(tree: Tree, key: str) -> Tree:
    return tree.get(key) if isinstance(tree, dict) else None


def _text(tree: Tree) -> str:
    return " ".join(tree.split()) if isinstance(tree, str) else ""


__all__ = [
    "FOLDER",
    "PREFIX",
    "Entry",
    "document_path",
    "entries",
    "entries_of",
    "entry",
    "inside_library",
    "is_library_name",
]
