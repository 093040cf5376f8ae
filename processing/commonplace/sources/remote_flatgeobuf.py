"""Parts of a remote FlatGeobuf, found by its packed Hilbert R-tree.

See https://flatgeobuf.org and its ``header.fbs``: magic bytes, a header (FlatBuffers, its
size in front), the tree's nodes from the root to the leaves (four doubles and an offset
each: 40 bytes), then the features, each with its size in front. A part is written as a
whole FlatGeobuf of its own, with the same header and a tree of its own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from commonplace.bounds import Bounds
from commonplace.errors import MalformedAnswer, disk_errors
from commonplace.sources.remote_ranges import RangeFile, Span

MAGIC: Final = b"fgb\x03fgb"
LARGEST_HEADER: Final = 64 << 20
_COUNT_SLOT: Final = 8  # Header.features_count
_NODE_SIZE_SLOT: Final = 9  # Header.index_node_size
_ENVELOPE_SLOT: Final = 1
_USUAL_NODE_SIZE: Final = 16
_NODE: Final = np.dtype([("box", "<f8", 4), ("offset", "<u8")])
_READ_BYTES: Final = 256 * 1024

Nodes = npt.NDArray[np.void]
Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Head:
    """``raw`` are magic bytes and header; ``count_at`` where in it the count stands."""

    raw: bytes
    count: int
    count_at: int | None
    node_size: int

    @property
    def levels(self) -> list[int]:
        """Numbers of nodes a level, leaves first."""
        if not self.node_size or not self.count:
            return []
        sizes = [self.count]
        while sizes[-1] > 1:
            sizes.append(-(-sizes[-1] // self.node_size))
        return sizes

    @property
    def tree_bytes(self) -> int:
        return sum(self.levels) * _NODE.itemsize

    @property
    def features_at(self) -> int:
        return len(self.raw) + self.tree_bytes

    @property
    def can_search(self) -> bool:
        return bool(self.levels) and self.count_at is not None


def read_head(file: RangeFile, name: str) -> Head:
    """The header of a FlatGeobuf.

    Raises
    ------
    MalformedAnswer
        It is none.
    """
    start = file.read_at(0, 12)
    if len(start) < 12 or not start.startswith(MAGIC):
        raise MalformedAnswer(f"{name} is no FlatGeobuf")
    size = int(struct.unpack_from("<I", start, 8)[0])
    if size > LARGEST_HEADER:
        raise MalformedAnswer(f"{name} has a header of {size} bytes")
    raw = file.read_at(0, 12 + size)
    try:
        count_at = _slot(raw, _COUNT_SLOT)
        node_at = _slot(raw, _NODE_SIZE_SLOT)
        count = 0 if count_at is None else struct.unpack_from("<Q", raw, count_at)[0]
        size_at = _USUAL_NODE_SIZE if node_at is None else struct.unpack_from("<H", raw, node_at)[0]
    except struct.error as error:
        raise MalformedAnswer(f"{name} has a header that breaks off") from error
    return Head(raw, int(count), count_at, int(size_at))


def _slot(raw: bytes, number: int) -> int | None:
    """Where a field of the header's table lies; None where it has its default."""
    table = 12 + struct.unpack_from("<I", raw, 12)[0]
    vtable = table - struct.unpack_from("<i", raw, table)[0]
    place = 4 + 2 * number
    if place >= struct.unpack_from("<H", raw, vtable)[0]:
        return None
    offset = struct.unpack_from("<H", raw, vtable + place)[0]
    return int(table + offset) if offset else None


def extent_of(head: Head) -> Bounds | None:
    """The envelope that the header states."""
    at = _slot(head.raw, _ENVELOPE_SLOT)
    if at is None:
        return None
    vector = at + struct.unpack_from("<I", head.raw, at)[0]
    if struct.unpack_from("<I", head.raw, vector)[0] < 4:
        return None
    west, south, east, north = struct.unpack_from("<4d", head.raw, vector + 4)
    return west, south, east, north


def write_within(file: RangeFile, head: Head, bounds: Bounds, path: Path) -> int:
    """Write the features whose boxes meet a rectangle; how many they are.

    Where none does, the first one: GDAL doesn't open a FlatGeobuf of none that has a tree.
    """
    found, ends = _search(file, head, bounds)
    if not len(found):
        return write_first(file, head, 1, path)
    starts = found["offset"].astype(np.int64) + head.features_at
    spans = list(zip(starts.tolist(), (ends + head.features_at).tolist(), strict=True))
    boxes = found["box"]
    _write(file, head, boxes, spans, path)
    return len(spans)


def write_first(file: RangeFile, head: Head, most: int, path: Path) -> int:
    """Write the first features; how many they are."""
    spans: list[Span] = []
    at = head.features_at
    waiting, begin = b"", at
    while len(spans) < most and at < file.size:
        if at + 4 > begin + len(waiting):
            waiting, begin = file.read_at(at, _READ_BYTES), at
        size = 4 + struct.unpack_from("<I", waiting, at - begin)[0]
        spans.append((at, at + size))
        at += size
    leaves = head.levels[0] if head.levels else 0
    boxes = np.zeros((len(spans), 4))
    if leaves:
        first = (sum(head.levels) - leaves) * _NODE.itemsize + len(head.raw)
        read = file.read_at(first, len(spans) * _NODE.itemsize)
        boxes = np.frombuffer(read, _NODE)["box"]
    _write(file, head, boxes, spans, path)
    return len(spans)


def _search(file: RangeFile, head: Head, bounds: Bounds) -> tuple[Nodes, Integers]:
    """Leaves that meet a rectangle, in the file's order, and where their features end."""
    levels = head.levels[::-1]  # the root first
    starts = np.concatenate(([0], np.cumsum(levels))).tolist()
    chosen = np.zeros(1, dtype=np.int64)
    for depth, size in enumerate(levels):
        end = starts[depth] + size
        leaf = depth == len(levels) - 1
        nodes, numbers = _nodes(file, head, chosen, end, following=leaf)
        meets = _meets(nodes["box"], bounds)
        if leaf:
            return _with_ends(file, head, nodes, numbers, meets & np.isin(numbers, chosen), end)
        first = nodes["offset"][meets].astype(np.int64)
        last = starts[depth + 1] + levels[depth + 1]
        children = first[:, None] + np.arange(head.node_size)
        chosen = children[children < last].ravel() if len(first) else np.empty(0, np.int64)
        chosen = np.unique(chosen[(chosen >= starts[depth + 1])])
    raise AssertionError("the last level is the leaves'")


def _meets(boxes: npt.NDArray[np.float64], bounds: Bounds) -> npt.NDArray[np.bool_]:
    west, south, east, north = bounds
    found: npt.NDArray[np.bool_] = (
        (boxes[:, 0] <= east)
        & (boxes[:, 1] <= north)
        & (boxes[:, 2] >= west)
        & (boxes[:, 3] >= south)
    )
    return found


def _nodes(
    file: RangeFile, head: Head, chosen: Integers, end: int, *, following: bool
) -> tuple[Nodes, Integers]:
    """Chosen nodes (ascending), and of leaves the one after each run, which tells an end."""
    wanted = np.unique(np.concatenate((chosen, chosen + 1))) if following else chosen
    wanted = wanted[wanted < end]
    parts, numbers = [], []
    for start, stop in _runs(wanted):
        at = len(head.raw) + start * _NODE.itemsize
        parts.append(file.read_at(at, (stop - start) * _NODE.itemsize))
        numbers.append(np.arange(start, stop))
    read = b"".join(parts)
    if len(read) != len(wanted) * _NODE.itemsize:
        raise MalformedAnswer("the FlatGeobuf breaks off in its index")
    return np.frombuffer(read, _NODE), np.concatenate(numbers) if numbers else wanted


def _runs(numbers: Integers) -> Iterator[Span]:
    """Runs of nodes, begin and end; gaps that a block of the file bridges are read along."""
    if not len(numbers):
        return
    breaks = np.flatnonzero(np.diff(numbers) > 1) + 1
    for run in np.split(numbers, breaks):
        yield int(run[0]), int(run[-1]) + 1


def _with_ends(
    file: RangeFile,
    head: Head,
    nodes: Nodes,
    numbers: Integers,
    meets: npt.NDArray[np.bool_],
    end: int,
) -> tuple[Nodes, Integers]:
    at = np.flatnonzero(meets)
    ends = np.full(len(at), file.size - head.features_at, dtype=np.int64)
    inner = numbers[at] + 1 < end
    ends[inner] = nodes["offset"][at[inner] + 1].astype(np.int64)
    return nodes[at], ends


def _write(
    file: RangeFile,
    head: Head,
    boxes: npt.NDArray[np.float64],
    spans: list[Span],
    path: Path,
) -> None:
    """A FlatGeobuf of the features in ``spans`` (ascending), whose boxes are given."""
    raw = bytearray(head.raw)
    assert head.count_at is not None
    struct.pack_into("<Q", raw, head.count_at, len(spans))
    sizes = np.array([stop - start for start, stop in spans], dtype=np.int64)
    offsets = np.concatenate(([0], np.cumsum(sizes)))[:-1]
    part = path.with_name(f"{path.name}.part")
    with disk_errors(path.name), part.open("wb") as out:
        out.write(raw)
        out.write(_tree(boxes, offsets, head.node_size))
        for _, read in file.fetch_spans(spans):
            out.write(read)
    part.replace(path)


def _tree(boxes: npt.NDArray[np.float64], offsets: Integers, node_size: int) -> bytes:
    """Nodes from the root to the leaves; a node's box holds those of its children."""
    if not len(boxes) or not node_size:
        return b""
    leaves = np.empty(len(boxes), dtype=_NODE)
    leaves["box"], leaves["offset"] = boxes, offsets
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]["box"]
        starts = np.arange(0, len(below), node_size)
        level = np.empty(len(starts), dtype=_NODE)
        level["box"][:, :2] = np.minimum.reduceat(below[:, :2], starts)
        level["box"][:, 2:] = np.maximum.reduceat(below[:, 2:], starts)
        levels.append(level)
    levels.reverse()
    first = 0
    for level in levels[:-1]:
        first += len(level)
        level["offset"] = first + np.arange(len(level)) * node_size
    return b"".join(one.tobytes() for one in levels)
