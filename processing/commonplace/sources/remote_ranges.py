"""A file on a server, read in ranges of bytes (RFC 9110 §14) by our own HTTP client.

What was read is kept in blocks, up to a bound, so that small reads near each other ask once.
All answers must be of the same version of the file: its strong ``ETag`` goes along as
``If-Range``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from commonplace.errors import MalformedAnswer, ServerFault, disk_errors
from commonplace.http import Client, Response, shown_url

FIRST_BYTES: Final = 64 * 1024
BLOCK_BYTES: Final = 16 * 1024
GAP_BYTES: Final = 64 * 1024
DOWNLOAD_BYTES: Final = 8 * 1024 * 1024
LARGE_READ: Final = 1024 * 1024  # not kept: nobody reads a column twice
MOST_BLOCKS: Final = 4_096
_WHOLE: Final = {"Accept-Encoding": "identity"}  # a range of packed bytes is of no use
_CONTENT_RANGE: Final = re.compile(r"bytes (\d+)-(\d+)/(\d+)")
_NO_RANGE: Final = 416

Span = tuple[int, int]


@dataclass(slots=True, eq=False)
class RangeFile:
    """A remote file. ``ranges`` is False when the server sent it whole instead.

    Nothing is asked before the first use.
    """

    client: Client
    url: str
    size: int = 0
    ranges: bool = True
    version: str | None = None
    changed: str | None = None
    _whole: bytes | None = None
    _blocks: dict[int, bytes] = field(default_factory=dict)
    _begun: bool = False

    def begin(self) -> None:
        """Ask for the first bytes, which tell the size and whether ranges are served."""
        if self._begun:
            return
        response = self._ask(0, FIRST_BYTES)
        if response.status == _NO_RANGE:  # an empty file has no first byte
            response = self.client.get(self.url, headers=_WHOLE)
        self._begun = True
        tag = response.header("etag")
        self.version = tag if tag and not tag.startswith("W/") else None
        self.changed = response.header("last-modified")
        found = _CONTENT_RANGE.fullmatch(response.header("content-range") or "")
        if response.status == 206 and found is not None and found[1] == "0":
            self.size = int(found[3])
            self._keep(0, response.body)
        elif response.status == 200:
            self.ranges = False
            self._whole = response.body
            self.size = len(response.body)
        else:
            raise MalformedAnswer(
                f"{shown_url(self.url)} answered a range with status {response.status}"
                f" and Content-Range {response.header('content-range')!r}"
            )

    def read_at(self, start: int, length: int) -> bytes:
        """Bytes of the file, fewer at its end."""
        self.begin()
        end = min(start + length, self.size)
        if end <= start:
            return b""
        if self._whole is not None:
            return self._whole[start:end]
        if end - start > LARGE_READ:
            return self.fetch(start, end)
        first, last = start // BLOCK_BYTES, (end - 1) // BLOCK_BYTES
        wanted = range(first, last + 1)
        found = {one: self._blocks[one] for one in wanted if one in self._blocks}
        for run in _runs([one for one in wanted if one not in found]):
            begin = run[0] * BLOCK_BYTES
            found |= self._keep(begin, self.fetch(begin, (run[1] + 1) * BLOCK_BYTES))
        joined = b"".join(found[one] for one in wanted)
        return joined[start - first * BLOCK_BYTES : end - first * BLOCK_BYTES]

    def fetch(self, start: int, end: int) -> bytes:
        """Bytes from ``start`` to before ``end``, asked for and not kept.

        Raises
        ------
        MalformedAnswer
            The server sent something else: mostly, the file has changed.
        """
        end = min(end, self.size)
        response = self._ask(start, end)
        found = _CONTENT_RANGE.fullmatch(response.header("content-range") or "")
        sent = None if found is None else (int(found[1]), int(found[2]) + 1, int(found[3]))
        if sent != (start, end, self.size) or len(response.body) != end - start:
            raise MalformedAnswer(
                f"{shown_url(self.url)} changed while it was read, or its server cuts ranges",
                hint="run the job again",
            )
        return response.body

    def fetch_spans(self, spans: Iterable[Span]) -> Iterator[tuple[Span, bytes]]:
        """Ascending spans (start, end) with their bytes; near ones are asked for together."""
        for group in _gathered(spans):
            start, end = group[0][0], group[-1][1]
            read = self.fetch(start, end)
            for one in group:
                yield one, read[one[0] - start : one[1] - start]

    def download(self, path: Path) -> None:
        """Write the whole file, piece by piece, under its name when it is whole."""
        self.begin()
        part = path.with_name(f"{path.name}.part")
        with disk_errors(path.name), part.open("wb") as file:
            if self._whole is not None:
                file.write(self._whole)
                self._whole = None
            else:
                for start in range(0, self.size, DOWNLOAD_BYTES):
                    file.write(self.fetch(start, start + DOWNLOAD_BYTES))
        part.replace(path)

    def _ask(self, start: int, end: int) -> Response:
        headers = {**_WHOLE, "Range": f"bytes={start}-{end - 1}"}
        if self.version is not None:
            headers["If-Range"] = self.version
        response = self.client.get(self.url, headers=headers, allowed=(_NO_RANGE,))
        if response.status == _NO_RANGE and self._begun:
            raise ServerFault(f"{shown_url(self.url)} became shorter while it was read")
        return response

    def _keep(self, start: int, read: bytes) -> dict[int, bytes]:
        """Keep the whole blocks that were read, and let the oldest go; returns the new ones."""
        blocks = {
            (start + at) // BLOCK_BYTES: read[at : at + BLOCK_BYTES]
            for at in range(0, len(read), BLOCK_BYTES)
            if at + BLOCK_BYTES <= len(read) or start + len(read) == self.size
        }
        self._blocks |= blocks
        while len(self._blocks) > MOST_BLOCKS:
            del self._blocks[next(iter(self._blocks))]
        return blocks


class Seekable(io.RawIOBase):
    """A remote file as Python's libraries read files."""

    def __init__(self, file: RangeFile) -> None:
        super().__init__()
        file.begin()
        self._file = file
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._file.size}[whence]
        self._at = base + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        length = self._file.size - self._at if size < 0 else size
        read = self._file.read_at(self._at, length)
        self._at += len(read)
        return read


def _runs(numbers: list[int]) -> Iterator[Span]:
    """First and last of each run of consecutive numbers."""
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            yield numbers[start], numbers[at - 1]
            start = at


def _gathered(spans: Iterable[Span]) -> Iterator[list[Span]]:
    """Spans in groups with small gaps, none beyond :data:`DOWNLOAD_BYTES` but single ones."""
    group: list[Span] = []
    for one in spans:
        near = group and one[0] - group[-1][1] <= GAP_BYTES
        if group and (not near or one[1] - group[0][0] > DOWNLOAD_BYTES):
            yield group
            group = []
        group.append(one)
    if group:
        yield group
