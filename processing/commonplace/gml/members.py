"""Cuts a GML document of any size into chunks of members, by its bytes alone.

There are two ways to the same chunks. :meth:`Members.cut_by_tags` seeks a member's end tag
every so often: next to no time, but whoever reads a chunk must see that it is whole. Where
it isn't, or where features stand side by side without elements of their own around them,
:meth:`Members.chunks` walks the document: inside a member only its own tag is looked for,
so that the cut is right whatever prefixes, comments, CDATA sections or processing
instructions there are. Memory doesn't grow with the document: a chunk is offsets.

A document is its :class:`Head` (the root's start tag, and what stands before the first
member), its members, and a *frame*: what else stands below the root. Where the root is a
single feature there are no members; the frame is all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from commonplace.gml.head import (
    COLLECTIONS,
    MEMBERS,
    STEP,
    WRAPPER,
    Head,
    children,
    local_name,
    read_head,
    read_root,
    root_end,
)
from commonplace.gml.window import CDATA, DTD, END, ENDS, MARKUP, NAME, NotWhole, Piece, Window

__all__ = ["Chunk", "Head", "Members", "NotWhole", "Piece", "member_offsets"]

BLOCK: Final = 4 * 1024 * 1024
LARGEST_FRAME: Final = 64 * 1024 * 1024

_NESTED: Final = re.compile(
    rb"\s*<(?:[^\s/<>:]+:)?(?:%s)[\s/>]" % "|".join(sorted(COLLECTIONS)).encode()
)
_END_TAG: Final = "</%s>"


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some members in a row: bytes ``start`` to ``end`` of the document.

    ``line`` is the line of ``start`` (0 where nobody counts), ``members`` the offset of each
    member (none where they weren't looked for), ``around`` the start tags they stand in,
    the root's first; ``features`` where the members are features themselves.
    """

    number: int
    start: int
    end: int
    line: int
    members: tuple[int, ...] = ()
    around: tuple[bytes, ...] = ()
    features: bool = False


@dataclass(slots=True)
class Members:
    """The chunks of one document. ``frame`` is whole once the chunks have ended.

    ``lines`` asks for the line that each chunk of :meth:`cut_by_tags` begins at.
    """

    path: Path
    chunk_members: int = 1000
    chunk_bytes: int = 3 * 512 * 1024
    chunk_lines: int = 50_000
    lines: bool = True
    frame: list[Piece] = field(default_factory=list)
    head: Head = field(default_factory=Head)
    _kept: int = 0

    def read_head(self) -> Head:
        """The head alone.

        Raises
        ------
        NotWhole
        """
        with self.path.open("rb") as stream:
            self.head = read_head(Window(stream, BLOCK))
        self.frame = list(self.head.ahead)
        return self.head

    def cut_by_tags(self) -> Iterator[Chunk] | None:
        """Chunks that end behind the end tag of a member; None where there is no such tag, or
        the document's end isn't as it should be. The head must have been read.
        """
        name = self.head.member
        if name is None or local_name(name) == WRAPPER:
            return None
        end = root_end(self.path, self.head)
        if end is None:
            return None
        written = name.decode("utf-8", "surrogateescape")
        end_tag = (_END_TAG % written).encode("utf-8", "surrogateescape")
        return self._cut_by_tags(end_tag, end[0])

    def _cut_by_tags(self, end_tag: bytes, last: int) -> Iterator[Chunk]:
        start, line, number = self.head.first, self.head.first_line, 0
        with self.path.open("rb") as file:
            while start < last:
                end = _next_cut(file, start + self.chunk_bytes, last, end_tag)
                yield Chunk(number, start, end, line if self.lines else 0, (), (self.head.tag,))
                if self.lines:
                    line += _newlines(file, start, end)
                start, number = end, number + 1

    def chunks(self) -> Iterator[Chunk]:
        """The chunks in document order, each member found.

        Raises
        ------
        NotWhole
            After the last chunk that is whole.
        """
        self.read_head()
        if self.head.empty or self.head.doctype is not None:
            return
        self.frame = []
        with self.path.open("rb") as stream:
            window = Window(stream, BLOCK)
            read_root(window)
            gathering = _Gathering(self, around=(self.head.tag,))
            try:
                yield from self._inside(window, self.head.root, gathering)
            except NotWhole:
                yield from gathering.flush()
                raise
            yield from gathering.flush()
            _tail(window)

    def _inside(self, window: Window, name: bytes, gathering: _Gathering) -> Iterator[Chunk]:
        """The members of the element whose start tag has been passed."""
        features = local_name(name) == WRAPPER
        at_root = len(gathering.around) == 1
        for child, start in children(window, name):
            local = local_name(child)
            if not window.empty and not features and self.head.collection:
                if local == WRAPPER or local in COLLECTIONS:
                    tags = (window.start_tag(start),)
                    yield from self._nested(window, child, tags, gathering)
                    continue
                if local in MEMBERS and window.begins(_NESTED):
                    yield from self._nested_member(window, child, start, gathering)
                    continue
            piece = window.whole(child, start)
            if features or (local in MEMBERS and self.head.collection):
                yield from gathering.add(piece)
                if not features:
                    for more in window.run(child, _NESTED):
                        yield from gathering.add(more)
            elif at_root:
                yield from gathering.flush()
                self._keep(piece)

    def _nested(
        self, window: Window, name: bytes, tags: tuple[bytes, ...], gathering: _Gathering
    ) -> Iterator[Chunk]:
        yield from gathering.flush()
        outer = gathering.around, gathering.features
        gathering.around, gathering.features = (*outer[0], *tags), local_name(name) == WRAPPER
        yield from self._inside(window, name, gathering)
        yield from gathering.flush()
        gathering.around, gathering.features = outer

    def _nested_member(
        self, window: Window, name: bytes, start: int, gathering: _Gathering
    ) -> Iterator[Chunk]:
        """A member that holds a collection."""
        tag = window.start_tag(start)
        for inner, begin in children(window, name):
            if window.empty or local_name(inner) not in COLLECTIONS:
                window.whole(inner, begin)
            else:
                tags = (tag, window.start_tag(begin))
                yield from self._nested(window, inner, tags, gathering)

    def _keep(self, piece: Piece) -> None:
        self.frame.append(piece)
        self._kept += piece.end - piece.start
        if self._kept > LARGEST_FRAME and self.head.collection:
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
    around: tuple[bytes, ...]
    features: bool = False
    number: int = 0
    start: int = 0
    end: int = 0
    line: int = 1
    members: list[int] = field(default_factory=list)

    def add(self, piece: Piece) -> Iterator[Chunk]:
        if self.members and (
            piece.end - self.start > self.limits.chunk_bytes
            or len(self.members) >= self.limits.chunk_members
            or piece.line - self.line > self.limits.chunk_lines
        ):
            yield from self.flush()
        if not self.members:
            self.start, self.line = piece.start, piece.line
        self.members.append(piece.start)
        self.end = piece.end

    def flush(self) -> Iterator[Chunk]:
        if self.members:
            yield Chunk(
                self.number,
                self.start,
                self.end,
                self.line,
                tuple(self.members),
                self.around,
                self.features,
            )
            self.number += 1
            self.members = []


def member_offsets(text: bytes) -> list[int]:
    """Where elements side by side begin.

    Raises
    ------
    NotWhole
    """
    window = Window(BytesIO(text + b"</>"), BLOCK)
    found: list[int] = []
    while True:
        mark = window.match(MARKUP)
        if mark is None:
            return found
        start, window.at = window.place(mark, 1)
        if mark[NAME] == b">" or mark[DTD]:
            raise window.broken("a declaration stands among elements", start)
        if mark[END]:
            raise window.broken("an end tag without start tag", start)
        if mark[NAME]:
            window.empty = window.rest_of_tag(start)
            window.whole(mark[NAME], start)
            found.append(start)
        else:
            window.skip_to(ENDS[next(group for group in ENDS if mark[group])])


def _tail(window: Window) -> None:
    """What follows the root: nothing but comments and instructions."""
    while True:
        found = window.match(MARKUP)
        if found is None:
            return
        start, after = window.place(found, 1)
        window.at = after
        mark = next((group for group in ENDS if found[group] and group != CDATA), None)
        if mark is None:
            raise window.broken("something follows the root element", start)
        window.skip_to(ENDS[mark])


def _next_cut(file: BinaryIO, at: int, last: int, end_tag: bytes) -> int:
    """The first end of an end tag that lies wholly behind a place; else ``last``."""
    if at >= last:
        return last
    file.seek(at)
    while at < last:
        block = file.read(STEP)
        found = block.find(end_tag)
        if found >= 0:
            return min(at + found + len(end_tag), last)
        at += len(block)
        if at < last:  # the tag may lie across two blocks
            at -= len(end_tag) - 1
            file.seek(at)
    return last


def _newlines(file: BinaryIO, start: int, end: int) -> int:
    """How many lines end between two places."""
    file.seek(start)
    count = 0
    while start < end:
        block = file.read(min(BLOCK, end - start))
        count += block.count(b"\n")
        start += len(block)
    return count
