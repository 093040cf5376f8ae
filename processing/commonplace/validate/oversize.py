"""A member too large to be held at once: read as a stream, written down in short.

The short form keeps every element, but of a long text only its beginning and its end, so
that the usual rules can look at it; numbers left out are read on the way. Of a member with
too many elements the first ones are kept. Memory is bounded whatever the member holds.
"""

from __future__ import annotations

import codecs
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

import numpy as np

BLOCK: Final = 1024 * 1024
LONGEST_TEXT: Final = 48 * 1024
KEPT_WORDS: Final = 1200  # at each end: a multiple of 2 and 3, so that points stay points
LONGEST_TAG: Final = 16 * 1024 * 1024
MOST_KEPT: Final = 6 * 1024 * 1024
_SPLIT: Final = re.compile(r"\s+")


class Unreadable(Exception):
    """Not well-formed, not in its encoding, or beyond what can be read in bounded memory."""

    def __init__(self, message: str, offset: int, line: int, *, limit: bool = False) -> None:
        super().__init__(message)
        self.message, self.offset, self.line, self.limit = message, offset, line, limit


@dataclass(slots=True)
class Short:
    """A member in short. ``dropped`` counts characters left out, ``cut`` tells the offset from
    which on elements are missing.
    """

    body: bytes
    dropped: int
    cut: int | None


@dataclass(slots=True)
class _Long:
    """A text that may be long: its first words and its last ones."""

    begin: list[str] = field(default_factory=list)
    size: int = 0
    words: int = 0
    dropped: int = 0
    _first: list[str] = field(default_factory=list)
    _last: list[str] = field(default_factory=list)
    _rest: str = ""
    _odd: list[str] = field(default_factory=list)

    def add(self, text: str) -> None:
        self.size += len(text)
        if self.size <= LONGEST_TEXT:
            self.begin.append(text)
            return
        if self.begin:
            text, self.begin = "".join([*self.begin, text]), []
        *words, self._rest = _SPLIT.split(self._rest + text)
        if len(self._rest) > LONGEST_TEXT:  # no blank for so long: no numbers
            self.dropped += len(self._rest)
            if not self._first:
                self._first.append(self._rest[:KEPT_WORDS])
            self._rest = ""
        self._take([one for one in words if one])

    def _take(self, words: list[str]) -> None:
        self.words += len(words)
        room = KEPT_WORDS - len(self._first)
        if room > 0:
            self._first += words[:room]
            words = words[room:]
        words = self._last + words
        self._last = words[-KEPT_WORDS - 6 :]
        between = words[: -KEPT_WORDS - 6]
        if between:
            self.dropped += sum(map(len, between))
            if not self._odd and not _numbers(between):
                self._odd = [one for one in between if not _numbers([one])][:1]

    def text(self) -> str:
        """All of it, or what stands for it: as many words modulo six as there are."""
        if self.begin or not self.size:
            return "".join(self.begin)
        self._take([self._rest] if self._rest else [])
        gone = self.words - len(self._first) - len(self._last)
        last = self._last[(-gone) % 6 if gone else 0 :]
        return " ".join([*self._first, *self._odd, *last])


def _numbers(words: list[str]) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("error", DeprecationWarning)
        try:
            return len(np.fromstring(" ".join(words), dtype=np.float64, sep=" ")) == len(words)
        except (ValueError, DeprecationWarning):
            return False


class _Writer:
    """Writes elements down again as expat tells them."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self._parser = parser
        self._pieces: list[str] = []
        self._text = _Long()
        self._open: list[str] = []
        self._lost = 0  # elements open that aren't written
        self.size = 0
        self.dropped = 0
        self.cut: int | None = None

    def start(self, name: str, attributes: list[str]) -> None:
        self._flush()
        pairs = zip(attributes[::2], attributes[1::2], strict=True)
        inside = "".join(f" {key}={quoteattr(value)}" for key, value in pairs)
        self._write(f"<{name}{inside}>")
        if self.cut is None:
            self._open.append(name)
        else:
            self._lost += 1

    def end(self, name: str) -> None:
        self._flush()
        if self.cut is not None and self._lost:
            self._lost -= 1
            return
        self._pieces.append(f"</{self._open.pop()}>")

    def text(self, text: str) -> None:
        if self.cut is None:
            self._text.add(text)

    def _flush(self) -> None:
        text = self._text
        if text.size:
            self._write(escape(text.text()))
            self.dropped += text.dropped
            self._text = _Long()

    def _write(self, text: str) -> None:
        if self.cut is not None:
            return
        self._pieces.append(text)
        self.size += len(text)
        if self.size > MOST_KEPT and text.startswith("<"):
            self._pieces.pop()
            self.cut = self._parser.CurrentByteIndex

    def body(self) -> bytes:
        """What was written between the first element's tags."""
        return "".join(self._pieces[1:-1]).encode()


def shortened(path: Path, start: int, end: int, line: int, encoding: str) -> Short:
    """Bytes ``start`` to ``end`` of a document, whole elements, in short.

    Raises
    ------
    Unreadable
    """
    parser = expat.ParserCreate("UTF-8")
    parser.ordered_attributes = True
    writer = _Writer(parser)
    parser.StartElementHandler = writer.start
    parser.EndElementHandler = writer.end
    parser.CharacterDataHandler = writer.text
    lead = b"<_>"
    fed = len(lead)
    try:
        parser.Parse(lead, False)
        for block in _utf8(path, start, end, line, encoding):
            parser.Parse(block, False)
            fed += len(block)
            if fed - parser.CurrentByteIndex > LONGEST_TAG:
                at = start + parser.CurrentByteIndex - len(lead)
                told = f"a tag of more than {LONGEST_TAG >> 20} MB"
                raise Unreadable(told, at, line + parser.CurrentLineNumber - 1, limit=True)
        parser.Parse(b"</_>", True)
    except expat.ExpatError as error:
        at = start + max(parser.ErrorByteIndex - len(lead), 0)
        message = expat.ErrorString(error.code)
        raise Unreadable(message, at, line + error.lineno - 1) from error
    cut = None if writer.cut is None else start + writer.cut - len(lead)
    return Short(writer.body(), writer.dropped, cut)


def _utf8(path: Path, start: int, end: int, line: int, encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with path.open("rb") as stream:
        stream.seek(start)
        at = start
        while at < end:
            block = stream.read(min(BLOCK, end - at))
            if not block:
                return
            try:
                yield decoder.decode(block).encode()
            except UnicodeDecodeError as error:
                message = f"these bytes are not {encoding}"
                raise Unreadable(message, at + error.start, line) from error
            at += len(block)
