"""GML cut into several documents, by number of features or by size.

Workers leave, beside each piece, how many bytes each feature takes, its ``gml:id`` and its
bounds. From these follows which document a feature stands in, and the document's own bounds;
references to features of another document get its name before the ``#`` (GML 3.2.1, 7.2.3.7;
RFC 3986, 4.1).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.bounds import Bounds
from commonplace.formats.base import Piece
from commonplace.gml.pieces import Array
from commonplace.spool import read_table, write_table
from commonplace.target import Dataset

FEATURES: Final = "gml.split.features"
SIZE: Final = "gml.split.size_mb"
BLOCK: Final = 8 << 20
_SIZES, _IDS = "size", "id"
_CORNERS: Final = ("xmin", "ymin", "xmax", "ymax")
_MEMBERS: Final = pa.schema(
    [(_SIZES, pa.int64()), (_IDS, pa.string()), *((name, pa.float64()) for name in _CORNERS)]
)
_REFERENCE: Final = re.compile(rb'(?<=\sxlink:href=")#([^"]+)(?=")')

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Most:
    """The most that a document holds: ``features``, or ``size`` bytes of features."""

    features: int | None = None
    size: int | None = None

    @classmethod
    def of(cls, dataset: Dataset) -> Most | None:
        """What a data set's options ask for; None where it is one document."""
        if FEATURES in dataset.options:
            return cls(features=int(dataset.options[FEATURES]))
        if SIZE in dataset.options:
            return cls(size=max(1, int(float(dataset.options[SIZE]) * 1_000_000)))
        return None

    def ends(self, sizes: Ints) -> list[int]:
        """Where documents end, by the sizes of all features; each holds one at least."""
        count = len(sizes)
        if self.features is not None:
            return [*range(self.features, count, self.features), count]
        assert self.size is not None
        until = np.cumsum(sizes)
        ends: list[int] = []
        start = written = 0
        while start < count:
            start = max(start + 1, int(np.searchsorted(until, written + self.size, "right")))
            written = int(until[start - 1])
            ends.append(start)
        return ends


@dataclass(frozen=True, slots=True)
class Slice:
    """Features of a piece that stand in one document, from the piece's feature ``first``.

    ``limits`` are the bytes of the piece where they begin and end.
    """

    piece: Piece
    first: int
    limits: Ints

    @property
    def count(self) -> int:
        return len(self.limits) - 1


@dataclass(frozen=True, slots=True)
class Part:
    """One document."""

    name: str
    slices: tuple[Slice, ...]

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for one in self.slices:
            name = one.piece.feature_type
            found[name] = found.get(name, 0) + one.count
        return found

    def bounds(self) -> Bounds | None:
        """(xmin, ymin, xmax, ymax) of all geometries in the document."""
        corners = pa.concat_tables(
            read_table(_beside(one.piece.path)).select(_CORNERS).slice(one.first, one.count)
            for one in self.slices
        )
        west, south = (pc.min(corners.column(name)).as_py() for name in _CORNERS[:2])
        east, north = (pc.max(corners.column(name)).as_py() for name in _CORNERS[2:])
        return (west, south, east, north) if west <= east else None


class Sidecar:
    """Collects what a piece's features are, while it is written."""

    def __init__(self, piece: Path) -> None:
        self._path = _beside(piece)
        self._batches: list[pa.RecordBatch] = []

    def add(self, texts: Array, ids: Array, bounds: npt.NDArray[np.float64]) -> None:
        """Features as they are written, with their ``gml:id`` and bounds (n, 4)."""
        sizes = pc.binary_length(texts).cast(pa.int64())
        columns = [sizes, ids.cast(pa.string()), *map(pa.array, bounds.T)]
        self._batches.append(pa.RecordBatch.from_arrays(columns, schema=_MEMBERS))

    def close(self) -> None:
        write_table(pa.Table.from_batches(self._batches, _MEMBERS), self._path)


def _beside(piece: Path) -> Path:
    return piece.with_name(f"{piece.name}.members")


def documents(dataset: Dataset, pieces: Sequence[Piece], most: Most, suffix: str) -> list[Part]:
    """Which features stand in which document, in the order of the pieces."""
    sizes = [read_table(_beside(one.path)).column(_SIZES).to_numpy() for one in pieces]
    ends = most.ends(np.concatenate([np.empty(0, dtype=np.int64), *sizes]))
    width = max(2, len(str(len(ends))))
    first = np.cumsum([0, *map(len, sizes)])
    parts = []
    start = 0
    for number, end in enumerate(ends, start=1):
        name = f"{dataset.name}_{number:0{width}d}{suffix}"
        parts.append(Part(name, tuple(_slices(pieces, sizes, first, start, end))))
        start = end
    return parts


def _slices(
    pieces: Sequence[Piece], sizes: Sequence[Ints], first: Ints, start: int, end: int
) -> Iterator[Slice]:
    for at, piece in enumerate(pieces):
        begin, stop = max(start, int(first[at])), min(end, int(first[at + 1]))
        if begin < stop:
            limits = np.concatenate([[0], np.cumsum(sizes[at])])
            here = begin - int(first[at])
            yield Slice(piece, here, limits[here : stop - int(first[at]) + 1])


def whereabouts(parts: Sequence[Part]) -> dict[bytes, str]:
    """The documents of all features that are referred to, by ``gml:id``."""
    named: set[bytes] = set()
    for _, text in _texts(parts):
        named.update(_REFERENCE.findall(text))
    if not named:
        return {}
    wanted = pa.array(sorted(one.decode() for one in named), pa.string())
    found: dict[bytes, str] = {}
    for part in parts:
        for one in part.slices:
            ids = read_table(_beside(one.piece.path)).column(_IDS).slice(one.first, one.count)
            here = ids.filter(pc.is_in(ids, wanted)).to_pylist()
            found |= dict.fromkeys((local.encode() for local in here), part.name)
    return found


def write_document(
    path: Path, head: bytes, part: Part, foot: bytes, places: Mapping[bytes, str]
) -> str:
    """Write a document; the SHA-256 of it."""
    digest = hashlib.sha256()

    def elsewhere(match: re.Match[bytes]) -> bytes:
        name = places.get(match[1], part.name)
        return match[0] if name == part.name else name.encode() + match[0]

    with path.open("wb") as file:
        for text in _document(head, part, foot):
            ready = _REFERENCE.sub(elsewhere, text) if places else text
            file.write(ready)
            digest.update(ready)
    return digest.hexdigest()


def _document(head: bytes, part: Part, foot: bytes) -> Iterator[bytes]:
    yield head
    for _, text in _texts([part]):
        yield text
    yield foot


def _texts(parts: Sequence[Part]) -> Iterator[tuple[Part, bytes]]:
    """The features of documents, in blocks of whole ones."""
    for part in parts:
        for one in part.slices:
            with one.piece.path.open("rb") as file:
                file.seek(int(one.limits[0]))
                at = 0
                while at < one.count:
                    most = int(one.limits[at]) + BLOCK
                    end = max(at + 1, int(np.searchsorted(one.limits, most, "right")) - 1)
                    yield part, file.read(int(one.limits[end] - one.limits[at]))
                    at = end
