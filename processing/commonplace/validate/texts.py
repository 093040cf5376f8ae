"""What a task is, and its text: bytes of a document between what makes them one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from commonplace.gml.head import COLLECTIONS, MEMBERS, Head
from commonplace.gml.members import Chunk, NotWhole, Piece, member_offsets
from commonplace.model.types import local_name
from commonplace.validate.columns import Node, Tree

DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>'


@dataclass(frozen=True, slots=True)
class Task:
    """What to check: a chunk of a document, or (``chunk`` None) its frame.

    ``pieces`` are the frame's elements; ``ahead`` those that every chunk needs before its
    members to be valid.
    """

    file: int
    name: str
    path: Path
    head: Head
    work: Path
    chunk: Chunk | None = None
    pieces: tuple[Piece, ...] = ()
    ahead: tuple[Piece, ...] = ()
    schemas: Path | None = None
    default_srs: str | None = None

    @property
    def single(self) -> bool:
        """The document is a single feature."""
        return self.chunk is None and not self.head.collection

    def __str__(self) -> str:
        at = self.chunk.start if self.chunk else self.head.offset
        return f"{self.name} at byte {at}"


@dataclass(frozen=True, slots=True)
class Text:
    """XML to parse, in UTF-8: ``body`` is the members side by side, between what makes them a
    document. ``lines``, ``shift`` and ``offsets`` tell how lines and members lie in the file.
    Members stand ``depth`` levels below the root's children, behind ``ahead`` others.
    """

    before: bytes
    body: bytes
    after: bytes
    lines: int | tuple[int, ...]
    shift: int | tuple[int, ...]
    offsets: tuple[int, ...]
    ahead: int = 0
    depth: int = 0

    @property
    def data(self) -> bytes:
        return b"".join((DECLARATION, self.before, self.body, self.after))


def frame_text(task: Task) -> Text:
    """What stands beside the members, or the one feature that is the root."""
    head = task.head
    if not head.collection:
        with task.path.open("rb") as stream:
            stream.seek(head.offset)
            return Text(b"", stream.read(), b"", head.line, head.line - 1, (head.offset,))
    line = head.tag.count(b"\n") + 1
    shifts, parts = [], []
    with task.path.open("rb") as stream:
        for piece in task.pieces:
            stream.seek(piece.start)
            part = stream.read(piece.end - piece.start)
            shifts.append(piece.line - line)
            line += part.count(b"\n")
            parts.append(part)
    after = b"" if head.empty else b"</" + head.root + b">"
    offsets = tuple(one.start for one in task.pieces)
    lines = tuple(one.line for one in task.pieces)
    return Text(head.tag, b"".join(parts), after, lines, tuple(shifts), offsets)


def chunk_text(task: Task, chunk: Chunk) -> Text:
    """Members in the elements that they stand in."""
    root, *inner = chunk.around
    parts = [root]
    with task.path.open("rb") as stream:
        for piece in task.ahead:
            stream.seek(piece.start)
            parts.append(stream.read(piece.end - piece.start))
        stream.seek(chunk.start)
        body = stream.read(chunk.end - chunk.start)
    before = b"".join((*parts, *inner))
    after = b"".join(_end_tag(one) for one in reversed(chunk.around))
    shift = chunk.line - before.count(b"\n") - 1
    ahead = len(task.ahead)
    depth = len(inner)
    return Text(before, body, after, chunk.line, shift, chunk.members, ahead, depth)


def _end_tag(start_tag: bytes) -> bytes:
    return b"</" + re.split(rb"[\s/>]", start_tag[1:], maxsplit=1)[0] + b">"


def halves(task: Task, chunk: Chunk) -> Iterator[Chunk]:
    """The first and the second half of its members."""
    middle = len(chunk.members) // 2
    start = chunk.members[middle]
    with task.path.open("rb") as stream:
        stream.seek(chunk.start)
        lines = stream.read(start - chunk.start).count(b"\n")
    yield replace(chunk, end=start, members=chunk.members[:middle])
    yield replace(chunk, start=start, line=chunk.line + lines, members=chunk.members[middle:])


def offsets_in(start: int, body: bytes) -> tuple[int, ...]:
    """Where the members of a text begin in the document, its first byte standing at ``start``.

    Raises
    ------
    NotWhole
    """
    return tuple(start + one for one in member_offsets(body))


def found_offsets(chunk: Chunk, body: bytes, tree: Tree) -> tuple[int, ...]:
    """The offsets of the members of a chunk that was cut by tags.

    Raises
    ------
    NotWhole
        There is something else in it, or a collection in a member.
    """
    data = tree.data
    children = [one for top in data.top for one in data.paths[top].children]
    fits = all(local_name(data.paths[one].name) in MEMBERS for one in data.top)
    if not fits or any(local_name(data.paths[one].name) in COLLECTIONS for one in children):
        raise NotWhole("XML_BROKEN", "no row of members", chunk.start, chunk.line)
    if not tree.regular:
        return offsets_in(chunk.start, body)
    begins: list[int] = (chunk.start + data.tags.begin[data.start[tree.first]]).tolist()
    return tuple(begins)


def around_of(root: Node, text: Text) -> Node:
    """The element that members stand in."""
    found = root
    for level in range(text.depth):
        found = found[text.ahead if level == 0 else 0]
    return found


def members_of(root: Node, single: bool, text: Text) -> list[Node]:
    """libxml2's nodes of the members."""
    if single:
        return [root]
    return list(around_of(root, text)[0 if text.depth else text.ahead :])
