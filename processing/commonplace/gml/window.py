"""A moving view of a document's bytes: finds tags without parsing what lies between them."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import BinaryIO, Final

LONGEST_TAG: Final = 1024 * 1024
LONGEST_NAME: Final = 1024

MARKUP: Final = re.compile(rb"[^<]*(<(?:(!--)|(!\[CDATA\[)|(\?)|(!)|(/)?([^\s/<>]+)))")
"""The next markup: by groups a comment, CDATA, an instruction, a declaration, an end tag's
slash, a tag's name.
"""
ENDS: Final = {2: b"-->", 3: b"]]>", 4: b"?>"}
COMMENT, CDATA, INSTRUCTION, DTD, END, NAME = 2, 3, 4, 5, 6, 7

_TAG: Final = re.compile(rb"(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_BLANKS: Final = (b"\n", b" ", b"\t", b"\r")


class NotWhole(Exception):
    """The document breaks off, or its tags don't match. ``code`` is a stable word."""

    def __init__(self, code: str, message: str, offset: int, line: int) -> None:
        super().__init__(message)
        self.code, self.message, self.offset, self.line = code, message, offset, line


@dataclass(frozen=True, slots=True)
class Piece:
    """An element: bytes ``start`` to ``end`` of the document, and the line it begins at."""

    start: int
    end: int
    line: int


class Window:
    """Positions are offsets in the file; what lies before a position that was left behind is
    forgotten.
    """

    def __init__(self, stream: BinaryIO, block: int) -> None:
        self._stream = stream
        self._block = block
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
        block = self._stream.read(self._block)
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
            if len(self._data) - (self.at - self._base) > LONGEST_TAG + self._block:
                return None
            if not self._more(self.at):
                return pattern.match(self._data, self.at - self._base)

    def begins(self, pattern: re.Pattern[bytes]) -> bool:
        """Whether a short pattern stands here."""
        while len(self._data) - (self.at - self._base) < LONGEST_NAME and not self._ended:
            self._more(self.at)
        return pattern.match(self._data, self.at - self._base) is not None

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

    def run(self, name: bytes, stranger: re.Pattern[bytes]) -> list[Piece]:
        """The elements of one name that follow each other here as plainly as can be: without
        attributes, whole in view, none inside another, none that begins with a ``stranger``.
        """
        opening, closing = b"<" + name + b">", b"</" + name + b">"
        data = self._data
        pieces = []
        at = self.at - self._base
        while True:
            start = at
            while data[start : start + 1] in _BLANKS:
                start += 1
            if not data.startswith(opening, start):
                break
            end = data.find(closing, start)
            if end < 0 or self._next_odd(start) < end or stranger.match(data, start + len(opening)):
                break
            if data.find(opening[:-1], start + 1, end) >= 0:
                break
            at = end + len(closing)
            pieces.append(
                Piece(start + self._base, at + self._base, self.line_at(start + self._base))
            )
        self.at = at + self._base
        return pieces

    def _plain(self, name: bytes) -> int | None:
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

    def _next_odd(self, start: int) -> int:
        """Where in view the next comment, CDATA section or instruction begins."""
        if self._odd < start:
            places = (
                self._data.find(b"<" + mark, start)
                for mark in (b"!", b"?")
                if self._data.find(mark, start) >= 0
            )
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

    def whole(self, name: bytes, start: int) -> Piece:
        """Move behind the element whose start tag has just been passed.

        Raises
        ------
        NotWhole
        """
        line = self.line_at(start)
        if not self.empty:
            end = self._plain(name)
            if end is None:
                self._skip(name, start, line)
            else:
                self.at = end
        return Piece(start, self.at, line)

    def _skip(self, name: bytes, start: int, line: int) -> None:
        """Move behind the end tag that belongs to ``name``."""
        pattern = _same(name)
        depth = 1
        while depth:
            found = self.search(pattern)
            if found is None:
                message = f"the document ends inside <{name.decode(errors='replace')}>"
                raise NotWhole("XML_BROKEN", message, start, line)
            begin, self.at = self.place(found)
            mark = next((group for group in (1, 2, 3) if found[group]), None)
            if mark is not None:
                self.skip_to(ENDS[mark + 1])
            elif not self.rest_of_tag(begin):
                depth += -1 if found[4] else 1

    def broken(self, message: str, at: int | None = None) -> NotWhole:
        """The error of a place, here unless told."""
        at = self.at if at is None else at
        return NotWhole("XML_BROKEN", message, at, self.line_at(at))


@functools.lru_cache(maxsize=64)
def _same(name: bytes) -> re.Pattern[bytes]:
    """Comments, CDATA, instructions, and tags of one name."""
    return re.compile(rb"<(?:(!--)|(!\[CDATA\[)|(\?)|(/)?" + re.escape(name) + rb"(?=[\s/>]))")
