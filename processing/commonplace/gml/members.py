"""Cuts a GML document of any size into chunks of members, by scanning its bytes.

Nothing is parsed but the markup between members; inside a member only its own tag is
looked for, so that the cut is right whatever prefixes, comments, CDATA sections or
processing instructions a document holds, and as quick as the search for bytes. Memory
doesn't grow with the document: a chunk is offsets, not bytes.

A document is its :class:`Head` (all up to the root's start tag), its members, and a
*frame*: what else stands below the root (bounds, metadata). Where the root is a single
feature there are no members; the frame is all.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

BLOCK: Final = 4 * 1024 * 1024
LONGEST_TAG: Final = 1024 * 1024
LONGEST_NAME: Final = 1024
LARGEST_FRAME: Final = 64 * 1024 * 1024

MEMBERS: Final = frozenset({b"member", b"featureMember"})
WRAPPERS: Final = frozenset({b"featureMembers"})
COLLECTIONS: Final = re.compile(r".*(Collection|DataSet|Dataset)$", re.IGNORECASE)

_MARKUP: Final = re.compile(rb"[^<]*(<(?:(!--)|(!\[CDATA\[)|(\?)|(!)|(/)?([^\s/<>]+)))")
_TAG: Final = re.compile(rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_ENCODING: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)["']""")
_ENDS: Final = {2: b"-->", 3: b"]]>", 4: b"?>"}
_DTD, _END, _NAME = 5, 6, 7


class NotWhole(Exception):
    """The document breaks off, or its tags don't match. ``code`` is a stable word."""

    def __init__(self, code: str, message: str, offset: int, line: int) -> None:
        super().__init__(message)
        self.code, self.message, self.offset, self.line = code, message, offset, line


@dataclass(frozen=True, slots=True)
class Head:
    """Up to the root's start tag. ``tag`` is that tag, ``doctype`` the offset of a DTD."""

    encoding: str | None = None
    root: bytes = b""
    tag: bytes = b""
    offset: int = 0
    line: int = 1
    empty: bool = False
    doctype: int | None = None

    @property
    def collection(self) -> bool:
        """The root holds features, it isn't one."""
        local = self.root.rpartition(b":")[2].decode("utf-8", "replace")
        return COLLECTIONS.match(local) is not None


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some members in a row: bytes ``start`` to ``end`` of the document.

    ``line`` is the line of ``start``, ``members`` the offset of each member, ``wrapper``
    the start tag of ``gml:featureMembers`` where the members stand in one.
    """

    number: int
    start: int
    end: int
    line: int
    members: tuple[int, ...]
    wrapper: bytes = b""


@dataclass(frozen=True, slots=True)
class Piece:
    """An element below the root that is no member."""

    start: int
    end: int
    line: int


@dataclass(slots=True)
class Members:
    """The chunks of one document. ``frame`` is whole once :meth:`chunks` has ended."""

    path: Path
    chunk_members: int = 1000
    chunk_bytes: int = 3 * 512 * 1024
    chunk_lines: int = 50_000
    frame: list[Piece] = field(default_factory=list)
    head: Head = field(default_factory=Head)

    def read_head(self) -> Head:
        """The head alone.

        Raises
        ------
        NotWhole
        """
        with self.path.open("rb") as stream:
            self.head = _head(_Window(stream))
        return self.head

    def chunks(self) -> Iterator[Chunk]:
        """The chunks in document order.

        Raises
        ------
        NotWhole
            After the last chunk that is whole.
        """
        with self.path.open("rb") as stream:
            window = _Window(stream)
            self.head = _head(window)
            if not self.head.empty and self.head.doctype is None:
                yield from self._chunks(window)
                _tail(window)

    def _chunks(self, window: _Window) -> Iterator[Chunk]:
        gathering = _Gathering(self)
        inside = MEMBERS | WRAPPERS if self.head.collection else frozenset[bytes]()
        try:
            for name, start in _children(window, self.head.root):
                local = name.rpartition(b":")[2]
                if local in inside & WRAPPERS:
                    yield from gathering.flush()
                    tag = window.start_tag(start)
                    for inner, begin in _children(window, name):
                        yield from gathering.add(_whole(window, inner, begin), tag)
                    yield from gathering.flush()
                    continue
                piece = _whole(window, name, start)
                if local in inside:
                    yield from gathering.add(piece, b"")
                    for more in window.run(name):
                        yield from gathering.add(more, b"")
                else:
                    self._keep(piece)
        except NotWhole:
            yield from gathering.flush()
            raise
        yield from gathering.flush()

    def _keep(self, piece: Piece) -> None:
        self.frame.append(piece)
        if sum(one.end - one.start for one in self.frame) > LARGEST_FRAME:
            raise NotWhole(
                "XML_TOO_LARGE",
                f"more than {LARGEST_FRAME} bytes stand outside of members",
                piece.start,
                piece.line,
            )


@dataclass(slots=True)
class _Gathering:
    """Members that will be the next chunk."""

    limits: Members
    number: int = 0
    start: int = 0
    end: int = 0
    line: int = 1
    wrapper: bytes = b""
    members: list[int] = field(default_factory=list)

    def add(self, piece: Piece, wrapper: bytes) -> Iterator[Chunk]:
        if self.members and (
            piece.end - self.start > self.limits.chunk_bytes
            or len(self.members) >= self.limits.chunk_members
            or piece.line - self.line > self.limits.chunk_lines
        ):
            yield from self.flush()
        if not self.members:
            self.start, self.line, self.wrapper = piece.start, piece.line, wrapper
        self.members.append(piece.start)
        self.end = piece.end

    def flush(self) -> Iterator[Chunk]:
        if self.members:
            yield Chunk(
                self.number, self.start, self.end, self.line, tuple(self.members), self.wrapper
            )
            self.number += 1
            self.members = []


class _Window:
    """A moving view of a file. Positions are offsets in the file; what lies before a
    position that was left behind is forgotten.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._data = b""
        self._base = 0
        self._counted = 0
        self._line = 1
        self._ended = False
        self._odd = -1
        self.at = 0
        self.empty = False  # whether the tag last passed was an empty element's

    def line_at(self, at: int) -> int:
        """The line of a position, not before the last one asked for."""
        at = max(at, self._counted)
        self._line += self._data.count(b"\n", self._counted - self._base, at - self._base)
        self._counted = at
        return self._line

    def _more(self, keep: int) -> bool:
        """Read on; all from ``keep`` stays. False at the end of the file."""
        block = self._stream.read(BLOCK)
        if not block:
            self._ended = True
            return False
        self.line_at(keep)
        self._data = self._data[keep - self._base :] + block
        self._base = keep
        self._odd = -1
        return True

    def match(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """The pattern here. What matches is whole: it isn't cut by the end of the view."""
        while True:
            found = pattern.match(self._data, self.at - self._base)
            if found is not None and (found.end() < len(self._data) or self._ended):
                return found
            if len(self._data) - (self.at - self._base) > LONGEST_TAG + BLOCK:
                return None
            if not self._more(self.at):
                return pattern.match(self._data, self.at - self._base)

    def search(self, pattern: re.Pattern[bytes]) -> re.Match[bytes] | None:
        """The pattern's next place; the view follows."""
        while True:
            found = pattern.search(self._data, self.at - self._base)
            if found is not None and (found.end() < len(self._data) or self._ended):
                return found
            end = self._base + len(self._data)
            self.at = self._base + found.start() if found else max(self.at, end - LONGEST_NAME)
            if not self._more(self.at):
                return found

    def place(self, found: re.Match[bytes], group: int = 0) -> tuple[int, int]:
        """Where a group of a match stands in the file."""
        return found.start(group) + self._base, found.end(group) + self._base

    def plain(self, name: bytes) -> int | None:
        """The end of an element named ``name`` whose content begins here, where it is in
        view and holds neither an element of the same name, nor comments and the like.
        """
        start = self.at - self._base
        end = self._data.find(b"</" + name + b">", start)
        if end < 0:
            return None
        if self._next_odd(start) < end or self._data.find(b"<" + name, start, end) >= 0:
            return None
        return end + len(name) + 3 + self._base

    def run(self, name: bytes) -> Iterator[Piece]:
        """The elements of one name that follow each other here as plainly as can be: without
        attributes, whole in view, none inside another.
        """
        opening, closing = b"<" + name + b">", b"</" + name + b">"
        data = self._data
        at = self.at - self._base
        while True:
            start = at
            while data[start : start + 1] in (b"\n", b" ", b"\t", b"\r"):
                start += 1
            if not data.startswith(opening, start):
                return
            end = data.find(closing, start)
            if end < 0 or self._next_odd(start) < end:
                return
            if data.find(opening[:-1], start + 1, end) >= 0:
                return
            at = end + len(closing)
            self.at = at + self._base
            yield Piece(start + self._base, self.at, self.line_at(start + self._base))

    def _next_odd(self, start: int) -> int:
        """Where in view the next comment, CDATA section or instruction begins."""
        if self._odd < start:
            places = (self._data.find(mark, start) for mark in (b"<!", b"<?"))
            self._odd = min((one for one in places if one >= 0), default=len(self._data))
        return self._odd

    def skip_to(self, mark: bytes) -> None:
        """Move behind the next ``mark``.

        Raises
        ------
        NotWhole
        """
        found = self.search(re.compile(re.escape(mark)))
        if found is None:
            raise self.broken(f"the document ends before {mark.decode()}")
        self.at = self.place(found)[1]

    def rest_of_tag(self, start: int) -> bool:
        """Move behind a tag whose name has been read. True where it is an empty element."""
        found = self.match(_TAG)
        if found is None:
            raise self.broken("the document ends in a tag", start)
        self.at = self.place(found)[1]
        return found.group().endswith(b"/>")

    def start_tag(self, start: int) -> bytes:
        """The start tag, just passed, that begins at ``start``."""
        if start < self._base:
            here = self._stream.tell()
            self._stream.seek(start)
            text = self._stream.read(self.at - start)
            self._stream.seek(here)
            return text
        return self._data[start - self._base : self.at - self._base]

    def broken(self, message: str, at: int | None = None) -> NotWhole:
        at = self.at if at is None else at
        return NotWhole("XML_BROKEN", message, at, self.line_at(at))


def _head(window: _Window) -> Head:
    encoding: str | None = None
    while True:
        found = window.match(_MARKUP)
        if found is None or found[_END]:
            raise window.broken("the document has no root element")
        start, after = window.place(found, 1)
        line = window.line_at(start)
        window.at = after
        if found[_DTD]:
            return Head(encoding, doctype=start, line=line, offset=start)
        if found[_NAME]:
            empty = window.rest_of_tag(start)
            return Head(encoding, found[_NAME], window.start_tag(start), start, line, empty)
        mark = next(group for group in _ENDS if found[group])
        window.skip_to(_ENDS[mark])
        declared = _ENCODING.match(window.start_tag(start)) if mark == 4 else None
        encoding = declared[1].decode() if declared else encoding


def _children(window: _Window, parent: bytes) -> Iterator[tuple[bytes, int]]:
    """Name and start of each child up to the end of ``parent``, whose start tag has been
    passed. Whoever iterates moves the window behind the child.
    """
    while True:
        found = window.match(_MARKUP)
        if found is None:
            raise window.broken(f"the document ends inside <{parent.decode(errors='replace')}>")
        start, after = window.place(found, 1)
        window.line_at(start)
        window.at = after
        if found[_DTD]:
            raise window.broken("a declaration stands among elements", start)
        if found[_END]:
            if found[_NAME] != parent:
                name = found[_NAME].decode(errors="replace")
                raise window.broken(f"</{name}> ends what {parent.decode()} began", start)
            window.rest_of_tag(start)
            return
        if found[_NAME]:
            window.empty = window.rest_of_tag(start)
            yield found[_NAME], start
        else:
            window.skip_to(_ENDS[next(group for group in _ENDS if found[group])])


def _whole(window: _Window, name: bytes, start: int) -> Piece:
    """Move behind the element whose start tag has just been passed."""
    line = window.line_at(start)
    if not window.empty:
        end = window.plain(name)
        if end is None:
            _skip(window, name, start, line)
        else:
            window.at = end
    return Piece(start, window.at, line)


def _skip(window: _Window, name: bytes, start: int, line: int) -> None:
    """Move behind the end tag that belongs to ``name``."""
    pattern = _same(name)
    depth = 1
    while depth:
        found = window.search(pattern)
        if found is None:
            message = f"the document ends inside <{name.decode(errors='replace')}>"
            raise NotWhole("XML_BROKEN", message, start, line)
        begin, window.at = window.place(found)
        if found[1]:
            window.skip_to(b"-->")
        elif found[2]:
            window.skip_to(b"]]>")
        elif found[3]:
            window.skip_to(b"?>")
        elif not window.rest_of_tag(begin):
            depth += -1 if found[4] else 1


@functools.lru_cache(maxsize=64)
def _same(name: bytes) -> re.Pattern[bytes]:
    """Comments, CDATA, instructions, and tags of one name."""
    return re.compile(rb"<(?:(!--)|(!\[CDATA\[)|(\?)|(/)?" + re.escape(name) + rb"(?=[\s/>]))")


def _tail(window: _Window) -> None:
    """What follows the root: nothing but comments and instructions."""
    while True:
        found = window.match(_MARKUP)
        if found is None:
            return
        start, after = window.place(found, 1)
        window.at = after
        mark = next((group for group in (2, 4) if found[group]), None)
        if mark is None:
            raise window.broken("something follows the root element", start)
        window.skip_to(_ENDS[mark])
