"""A document's head, and its members in chunks: what can be told without taking it apart.

A chunk is bytes of whole members (or features) side by side. Where each member has an
element of its own around it (``wfs:member``, ``gml:featureMember``), cuts are found by
its end tag alone; otherwise, and where that fails, expat walks the document.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final
from xml.parsers import expat

from commonplace.errors import MalformedAnswer
from commonplace.model.types import local_name

BLOCK: Final = 1 << 20
CHUNK: Final = 8 << 20
MOST: Final = 256 << 20
"""Bytes of a chunk at least (the last may be smaller), and of a single member at most."""

MEMBERS: Final = frozenset(
    ("member", "featureMember", "featureMembers", "observationData", "Insert", "Replace")
)
COLLECTIONS: Final = frozenset(
    ("FeatureCollection", "SimpleFeatureCollection", "SpatialDataSet", "Tuple", "additionalObjects")
)
SCHEMA_LOCATION: Final = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_HEAD_MOST: Final = 16 << 20
_SEPARATOR: Final = " "
_ENCODING: Final = re.compile(rb"^\s*<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']+)[\"']")
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN: Final = frozenset(("utf-8", "us-ascii", "ascii", "utf8"))


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says before its first member.

    ``attributes`` are the root's by expanded name; ``namespaces`` those in force around
    members, by prefix; ``crs`` the ``srsName`` of the collection's envelope;
    ``member`` the member element's name as written, None where features stand in
    a container of many or the root is a feature; ``first`` is the byte it begins at.
    """

    root: str
    written: str
    attributes: dict[str, str]
    namespaces: dict[str, str]
    crs: str | None
    member: str | None
    first: int
    is_collection: bool

    @property
    def schema_locations(self) -> dict[str, str]:
        """Addresses of schemas by namespace, as stated; nothing is fetched from there."""
        words = self.attributes.get(SCHEMA_LOCATION, "").split()
        return dict(zip(words[::2], words[1::2], strict=False))


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole elements of a document: bytes ``start`` to ``end`` of it.

    ``features`` says that they are features; otherwise members, with features in them.
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
    scan = _HeadScan(path)
    with path.open("rb") as file:
        return scan.head(file)


def without_dtd(path: Path, at: int) -> MalformedAnswer:
    """The refusal of a document type declaration."""
    return MalformedAnswer(
        f"{path.name}, byte {at}: document type declarations and entities are refused",
        hint="remove <!DOCTYPE …>; GML has no use for it",
    )


class _Done(Exception):
    pass


class _HeadScan:
    """Walks to the first member. Its parser knows the first byte of every element."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parser = _parser(path)
        self._parser.ordered_attributes = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartNamespaceDeclHandler = self._declared
        self._stack: list[str] = []
        self._declared_now: dict[str, str] = {}
        self._namespaces: dict[str, str] = {}
        self._root: tuple[str, dict[str, str], int] | None = None
        self._crs: str | None = None
        self._member: tuple[str, int] | None = None
        self._collection = False

    def head(self, file: BinaryIO) -> Head:
        try:
            while block := file.read(BLOCK):
                self._parser.Parse(block, False)
                known = self._root is not None and not self._collection
                if known and self._parser.CurrentByteIndex > _HEAD_MOST:
                    break
            else:
                self._parser.Parse(b"", True)
        except _Done:
            pass
        except expat.ExpatError as error:
            raise malformed(self._path, error) from error
        assert self._root is not None
        name, attributes, at = self._root
        file.seek(at)
        written = _written_name(file.read(1024))
        member, first = None, at
        if self._member is not None:
            first = self._member[1]
            if local_name(self._member[0]) != "featureMembers":
                file.seek(first)
                member = _written_name(file.read(1024))
        return Head(
            name,
            written,
            attributes,
            self._namespaces,
            self._crs,
            member,
            first,
            self._collection or self._member is not None,
        )

    def _declared(self, prefix: str | None, uri: str | None) -> None:
        self._declared_now[prefix or ""] = uri or ""

    def _start(self, raw: str, attributes: list[str]) -> None:
        name = _expanded(raw)
        declared, self._declared_now = self._declared_now, {}
        if self._root is None:
            pairs = zip(attributes[::2], attributes[1::2], strict=True)
            self._root = (
                name,
                {_expanded(key): value for key, value in pairs},
                self._parser.CurrentByteIndex,
            )
            self._collection = local_name(name) in COLLECTIONS
            self._namespaces.update(declared)
        elif len(self._stack) == 1 and local_name(name) in MEMBERS:
            self._member = (name, self._parser.CurrentByteIndex)
            raise _Done
        elif local_name(name) in ("Envelope", "Box") and local_name(self._stack[-1]) == "boundedBy":
            pairs = zip(attributes[::2], attributes[1::2], strict=True)
            if len(self._stack) == 2:
                self._crs = dict(pairs).get("srsName")
        self._stack.append(name)

    def _end(self, raw: str) -> None:
        self._stack.pop()


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


def _written_name(text: bytes) -> str:
    match = re.match(rb"<([^\s/>]+)", text)
    assert match is not None
    return match[1].decode()


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


# Chunks


def chunks(path: Path, head: Head, *, exact: bool = False) -> Iterator[Chunk]:
    """The document's members in chunks. ``exact`` lets expat find them all.

    Raises
    ------
    MalformedAnswer
        The document is cut off, or a member is larger than :data:`MOST`.
    """
    last = _root_end(path, head)
    if not head.is_collection:
        size = path.stat().st_size
        if size - head.first > MOST:
            raise _too_large(path, head.first)
        yield Chunk(0, head.first, size if last is None else last[1], {}, features=True)
    elif head.member is None or exact or last is None:
        yield from _walked(path, head)
    else:
        yield from _cut(path, head, last[0], f"</{head.member}>".encode())


def _too_large(path: Path, at: int) -> MalformedAnswer:
    return MalformedAnswer(
        f"{path.name}, byte {at}: a member is larger than {MOST >> 20} MB",
        hint="split the feature, or ask for a document that isn't one single element",
    )


def _cut(path: Path, head: Head, last: int, end_tag: bytes) -> Iterator[Chunk]:
    """Chunks that end behind end tags of members."""
    start, number = head.first, 0
    with path.open("rb") as file:
        while start < last:
            cut = _next_cut(file, start, last, end_tag)
            if cut - start > MOST:
                raise _too_large(path, start)
            yield Chunk(number, start, cut, head.namespaces)
            start, number = cut, number + 1


def _next_cut(file: BinaryIO, start: int, last: int, end_tag: bytes) -> int:
    """The first place of a cut at least :data:`CHUNK` bytes behind ``start``, or the end."""
    at = start + CHUNK
    file.seek(at)
    while at < last and at - start <= MOST:
        block = file.read(BLOCK)
        found = block.find(end_tag)
        if found >= 0:
            return min(at + found + len(end_tag), last)
        at += len(block)
        if at < last:  # the tag may lie across two blocks
            at -= len(end_tag) - 1
            file.seek(at)
    return last if at >= last else at


def _root_end(path: Path, head: Head) -> tuple[int, int] | None:
    """Where the root's end tag begins and ends; None where it isn't near the file's end.

    Raises
    ------
    MalformedAnswer
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(head.first, size - BLOCK))
        tail = file.read()
    found = tail.rfind(f"</{head.written}".encode())
    if found < 0:
        raise_if_malformed(path)
        return None
    parser = expat.ParserCreate("UTF-8")
    try:
        parser.Parse(f"<{head.written}>".encode() + tail[found:], True)
    except expat.ExpatError:
        raise_if_malformed(path)
        return None
    return size - len(tail) + found, size - len(tail) + tail.index(b">", found) + 1


def raise_if_malformed(path: Path) -> None:
    """Look for the first error of a document.

    Raises
    ------
    MalformedAnswer
        It is no well-formed XML: names byte and line.
    """
    parser = _parser(path)
    done = 0
    with path.open("rb") as file:
        try:
            while block := file.read(BLOCK):
                parser.Parse(block, False)
                done += len(block)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise malformed(path, error, max(parser.ErrorByteIndex, 0)) from error


def _walked(path: Path, head: Head) -> Iterator[Chunk]:
    walk = _Walk(path)
    number = 0
    with path.open("rb") as file:
        while True:
            block = file.read(BLOCK)
            walk.feed(block)
            for start, end, namespaces, features in walk.found:
                yield Chunk(number, start, end, namespaces, features)
                number += 1
            walk.found.clear()
            if not block:
                return


@dataclass(slots=True)
class _Container:
    """An open collection or ``featureMembers``, whose children are found."""

    depth: int
    namespaces: dict[str, str]
    features: bool


class _Walk:
    """Notes where a document may be cut: between the children of collections."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._parser = _parser(path)
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartNamespaceDeclHandler = self._declared
        self._depth = 0
        self._open: list[_Container] = []
        self._declared_now: dict[str, str] = {}
        self._begun: int | None = None
        self._member: tuple[int, dict[str, str]] | None = None
        self.found: list[tuple[int, int, dict[str, str], bool]] = []

    def feed(self, block: bytes) -> None:
        try:
            self._parser.Parse(block, not block)
        except expat.ExpatError as error:
            raise malformed(self._path, error, max(self._parser.ErrorByteIndex, 0)) from error
        if self._begun is not None and self._parser.CurrentByteIndex - self._begun > MOST:
            raise _too_large(self._path, self._begun)

    def _declared(self, prefix: str | None, uri: str | None) -> None:
        self._declared_now[prefix or ""] = uri or ""

    def _start(self, raw: str, attributes: object) -> None:
        self._depth += 1
        declared, self._declared_now = self._declared_now, {}
        below = self._depth - len(self._open)
        if below == 1:
            self._child(raw.rpartition(_SEPARATOR)[2], declared)
        elif below == 2 and self._member is not None:
            local = raw.rpartition(_SEPARATOR)[2]
            at, outer = self._member
            self._member = None
            if local in COLLECTIONS:
                self._flush(at)
                self._enter(self._depth - 1, outer, features=False)
                self._enter(self._depth, declared, features=False)

    def _child(self, local: str, declared: dict[str, str]) -> None:
        """A child of an open container, or the root."""
        at = self._parser.CurrentByteIndex
        self._member = None
        if not self._open or local in COLLECTIONS or local == "featureMembers":
            self._flush(at)
            self._enter(self._depth, declared, features=local == "featureMembers")
            return
        if self._begun is not None and at - self._begun >= CHUNK:
            self._flush(at)
        if self._begun is None:
            self._begun = at
        if local in MEMBERS:
            self._member = (at, declared)

    def _enter(self, depth: int, declared: dict[str, str], *, features: bool) -> None:
        around = self._open[-1].namespaces if self._open else {}
        self._open.append(_Container(depth, {**around, **declared}, features))

    def _end(self, raw: str) -> None:
        if self._open and self._open[-1].depth == self._depth:
            self._flush(self._parser.CurrentByteIndex)
            self._open.pop()
        self._depth -= 1

    def _flush(self, at: int) -> None:
        if self._begun is not None and self._begun < at:
            container = self._open[-1]
            self.found.append((self._begun, at, container.namespaces, container.features))
        self._begun = None
