"""A document's head and its members in chunks, as the reader needs them.

The cuts are :mod:`commonplace.gml.members`'s; here their context is made out: namespaces
in force, the collection's CRS. What is no XML is refused with the place.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

from commonplace.errors import MalformedAnswer
from commonplace.gml import members
from commonplace.gml.head import COLLECTIONS, MEMBERS, root_end
from commonplace.gml.members import Members, NotWhole
from commonplace.model.types import local_name

__all__ = [
    "COLLECTIONS",
    "MEMBERS",
    "Chunk",
    "Head",
    "chunks",
    "malformed",
    "raise_if_malformed",
    "read_head",
    "without_dtd",
]

BLOCK: Final = 1 << 20
CHUNK: Final = 4 << 20
MOST: Final = 256 << 20
"""Bytes of a chunk at least (the last may be smaller), and of a single member at most."""

SCHEMA_LOCATION: Final = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_SEPARATOR: Final = " "


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says before its first member.

    ``attributes`` are the root's by expanded name; ``crs`` the ``srsName`` of the
    collection's envelope.
    """

    root: str
    written: str
    attributes: dict[str, str]
    crs: str | None
    is_collection: bool

    @property
    def schema_locations(self) -> dict[str, str]:
        """Addresses of schemas by namespace, as stated; nothing is fetched from there."""
        words = self.attributes.get(SCHEMA_LOCATION, "").split()
        return dict(zip(words[::2], words[1::2], strict=False))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole elements of a document: bytes ``start`` to ``end`` of it.

    ``namespaces`` are those in force around them. ``features`` says that they are features;
    otherwise members, with features in them.
    """

    number: int
    start: int
    end: int
    namespaces: dict[str, str]
    features: bool = False


def read_head(path: Path) -> Head:
    """The head of a document in UTF-8.

    Raises
    ------
    MalformedAnswer
        It isn't XML, or it has a document type declaration.
    """
    found = _head_of(path, Members(path))
    tag = _tags(path, (found.tag,), found.empty)
    if not tag.elements:
        raise_if_malformed(path)
        raise MalformedAnswer(f"{path.name} has no root element")
    root, attributes = tag.elements[0]
    crs = None
    with path.open("rb") as file:
        for piece in found.ahead:
            file.seek(piece.start)
            text = file.read(min(piece.end - piece.start, BLOCK))
            crs = crs or _envelope_crs(path, found.tag, text)
    return Head(root, found.root.decode(), attributes, crs, found.collection)


def _head_of(path: Path, document: Members) -> members.Head:
    try:
        found = document.read_head()
    except NotWhole as fault:
        raise_if_malformed(path)
        raise MalformedAnswer(
            f"{path.name}, byte {fault.offset}, line {fault.line}: {fault.message}",
            hint="ask its maker for a well-formed one",
        ) from fault
    if found.doctype is not None:
        raise without_dtd(path, found.doctype)
    return found


def without_dtd(path: Path, at: int) -> MalformedAnswer:
    """The refusal of a document type declaration."""
    return MalformedAnswer(
        f"{path.name}, byte {at}: document type declarations and entities are refused",
        hint="remove <!DOCTYPE …>; GML has no use for it",
    )


class _Tags:
    """Elements begun, with their attributes, and the namespaces declared on the way."""

    def __init__(self) -> None:
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.namespaces: dict[str, str] = {}

    def declared(self, prefix: str | None, uri: str | None) -> None:
        self.namespaces[prefix or ""] = uri or ""

    def start(self, name: str, attributes: list[str]) -> None:
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        self.elements.append((_expanded(name), {_expanded(key): value for key, value in pairs}))


def _tags(path: Path, tags: tuple[bytes, ...], whole: bool = False) -> _Tags:
    """Start tags that follow each other, taken apart."""
    found = _Tags()
    parser = _parser(path)
    parser.ordered_attributes = True
    parser.StartElementHandler = found.start
    parser.StartNamespaceDeclHandler = found.declared
    try:
        for tag in tags:
            parser.Parse(tag, False)
        parser.Parse(b"", whole)
    except expat.ExpatError as error:
        raise_if_malformed(path)
        raise malformed(path, error) from error
    return found


def _envelope_crs(path: Path, root: bytes, text: bytes) -> str | None:
    """The ``srsName`` of an envelope, where the text is a ``boundedBy``."""
    _, *inside = _tags(path, (root, text)).elements
    if len(inside) < 2 or local_name(inside[0][0]) != "boundedBy":
        return None
    name, attributes = inside[1]
    return attributes.get("srsName") if local_name(name) in ("Envelope", "Box") else None


def _parser(path: Path) -> expat.XMLParserType:
    parser = expat.ParserCreate("UTF-8", _SEPARATOR)

    def refuse(*_: object) -> None:
        raise without_dtd(path, parser.CurrentByteIndex)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    return parser


def _expanded(name: str) -> str:
    uri, separator, local = name.rpartition(_SEPARATOR)
    return f"{{{uri}}}{local}" if separator else name


def malformed(path: Path, error: expat.ExpatError, offset: int | None = None) -> MalformedAnswer:
    """The error of a document that is no well-formed XML."""
    what = expat.ErrorString(error.code)
    hint = "ask its maker for a well-formed one"
    if what == "no element found" or "unclosed" in what:
        hint = "the file is cut off: fetch it again"
    elif "invalid token" in what or "encoding" in what:
        hint = "if the file isn't in the encoding that it declares, state the encoding"
    where = f"line {error.lineno}, column {error.offset + 1}"
    if offset is not None:
        where = f"byte {offset}, {where}"
    return MalformedAnswer(f"{path.name}, {where}: {what}", hint=hint)


def raise_if_malformed(path: Path) -> None:
    """Look for the first error of a document.

    Raises
    ------
    MalformedAnswer
        It is no well-formed XML: names byte and line.
    """
    parser = _parser(path)
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                parser.Parse(block, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise malformed(path, error, max(parser.ErrorByteIndex, 0)) from error


# Chunks


def chunks(path: Path, *, exact: bool = False) -> Iterator[Chunk]:
    """The document's members in chunks. ``exact`` finds each member; otherwise whoever reads
    a chunk must see that it is whole.

    Raises
    ------
    MalformedAnswer
        The document is cut off, or a member is larger than :data:`MOST`.
    """
    document = Members(path, chunk_bytes=CHUNK, chunk_members=CHUNK, chunk_lines=MOST, lines=False)
    head = _head_of(path, document)
    end = root_end(path, head)
    if end is None:
        raise_if_malformed(path)
    if not head.collection:
        size = path.stat().st_size
        if size - head.first > MOST:
            raise _too_large(path, head.first)
        yield Chunk(0, head.first, size if end is None else end[1], {}, features=True)
        return
    quick = None if exact else document.cut_by_tags()
    try:
        for one in quick or document.chunks():
            if one.end - one.start > MOST + CHUNK:
                raise _too_large(path, one.start)
            yield Chunk(one.number, one.start, one.end, _namespaces(path, one.around), one.features)
    except NotWhole as fault:
        raise_if_malformed(path)
        raise MalformedAnswer(
            f"{path.name}, byte {fault.offset}, line {fault.line}: {fault.message}",
            hint="report this, please",
        ) from fault


@functools.lru_cache(maxsize=16)
def _namespaces(path: Path, around: tuple[bytes, ...]) -> dict[str, str]:
    return _tags(path, around).namespaces


def _too_large(path: Path, at: int) -> MalformedAnswer:
    return MalformedAnswer(
        f"{path.name}, byte {at}: a member is larger than {MOST >> 20} MB",
        hint="split the feature, or ask for a document that isn't one single element",
    )
