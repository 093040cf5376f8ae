"""The first table of a GeoPackage, written while later parts are still being mapped.

Columns and geometry type are those of the first piece. Where a later piece has others, or
the pieces change, what was written is thrown away and the table is written at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import pyarrow as pa

from commonplace.formats.base import Piece
from commonplace.formats.gpkg.pieces import MAIN, read_table
from commonplace.formats.gpkg.tables import Layout, Table, write_rows
from commonplace.target import Dataset


class _GivenUp(Exception):
    """Ends the writing."""


class EarlyTable:
    """Writes the table of one feature type into a file of its own, by a thread."""

    def __init__(self, dataset: Dataset, feature_type: str, path: Path) -> None:
        self._dataset = dataset
        self._feature_type = feature_type
        self._path = path
        self._layout: Layout | None = None
        self._pieces: list[Piece] = []
        self._queue: SimpleQueue[Piece | None] = SimpleQueue()
        self._thread = ThreadPoolExecutor(max_workers=1)
        self._writing: Future[None] | None = None
        self._wanted = True

    def add(self, piece: Piece) -> None:
        """Take the next piece of the table; pieces of other types are passed over."""
        if piece.feature_type != self._feature_type or not piece.count:
            return
        if self._layout is None:
            self._layout = Layout.of([piece], MAIN)
            self._writing = self._thread.submit(self._write, self._layout)
        self._pieces.append(piece)
        self._queue.put(piece)

    def discard(self) -> None:
        """Stop and remove the file; no piece is being read when this returns."""
        self._wanted = False
        self._end()
        self._path.unlink(missing_ok=True)

    def file_of(self, table: Table) -> Path | None:
        """The file, if it holds this table as it would be written now."""
        self._end()
        # Whatever ended the writing will come again, and be told, when it is done once more.
        written = self._writing is not None and self._writing.exception() is None
        same = table.suffix == MAIN and table.pieces == tuple(self._pieces)
        return self._path if written and same and table.layout == self._layout else None

    def _end(self) -> None:
        self._queue.put(None)
        self._thread.shutdown()

    def _write(self, layout: Layout) -> None:
        write_rows(self._dataset, self._feature_type, layout, self._rows(layout), self._path)

    def _rows(self, layout: Layout) -> Iterator[pa.Table]:
        while (piece := self._queue.get()) is not None:
            if not self._wanted or not layout.holds(Layout.of([piece], MAIN)):
                raise _GivenUp
            yield read_table(piece, MAIN)
