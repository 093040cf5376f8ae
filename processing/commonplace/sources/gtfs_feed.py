"""The tables of a GTFS feed (https://gtfs.org/documentation/schedule/reference/), as columns.

A feed is a folder or a zip file of CSV tables. Everything is text in there; what a column
ought to be it is made here, and what it isn't becomes null and is told.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from commonplace.errors import MalformedAnswer, Unreachable
from commonplace.report import Severity
from commonplace.sources.notes import Notebook

INTEGERS: Final = frozenset(
    "location_type wheelchair_boarding route_type route_sort_order continuous_pickup"
    " continuous_drop_off cemv_support shape_pt_sequence stop_sequence direction_id".split()
)
REALS: Final = frozenset("stop_lat stop_lon shape_pt_lat shape_pt_lon shape_dist_traveled".split())
_INTEGER: Final = r"^[+-]?\d{1,18}$"
_REAL: Final = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
_BLOCK: Final = 4 << 20


class Feed:
    """A folder or zip file with GTFS tables, at its root or in one folder inside."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise Unreachable(f"{path} is not there")
        self.path = path
        self.members = members_of(path)
        if "stops.txt" not in self.members:
            raise MalformedAnswer(
                f"{path.name} is no GTFS feed: it has no stops.txt",
                hint=f"it has {', '.join(sorted(self.members)[:10]) or 'nothing'}",
            )

    def has(self, table: str) -> bool:
        return table in self.members

    def table(
        self, name: str, notebook: Notebook, columns: Sequence[str] | None = None
    ) -> pa.Table:
        """A whole table, or those of the columns that it has; blanks trimmed, empty is null."""
        batches = list(self.batches(name, notebook, columns))
        return pa.Table.from_batches(batches)

    def batches(
        self, name: str, notebook: Notebook, columns: Sequence[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """A table in batches; the first may be empty, so the columns are always known.

        Raises
        ------
        MalformedAnswer
        """
        broken = 0

        def skip(row: Any) -> str:
            nonlocal broken
            broken += 1
            return "skip"

        encoding = "utf8" if self._is_utf8(name) else "cp1252"
        if encoding != "utf8":
            notebook.note(
                "TEXT_NOT_UTF8",
                Severity.WARNING,
                f"{name} is not UTF-8, as GTFS demands: read as Windows-1252",
                layer=name,
            )
        names = self._header(name, encoding)
        chosen = [one for one in names if columns is None or one in columns]
        options = csv.ConvertOptions(
            include_columns=chosen,
            column_types=dict.fromkeys(chosen, pa.string()),
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            null_values=[""],
        )
        try:
            with self._opened(name) as file:
                reader = csv.open_csv(
                    file,
                    csv.ReadOptions(
                        use_threads=False,
                        block_size=_BLOCK,
                        encoding=encoding,
                        column_names=names,
                        skip_rows=1,
                    ),
                    csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
                    options,
                )
                yield _empty(reader.schema)
                for batch in reader:
                    yield _typed(batch, notebook, name)
        except (pa.ArrowException, zipfile.BadZipFile, OSError) as error:
            raise MalformedAnswer(f"{self.path.name}/{name} can't be read: {error}") from error
        if broken:
            notebook.note(
                "ROW_BROKEN",
                Severity.WARNING,
                f"{name}: rows with more or fewer values than columns were left out",
                layer=name,
                count=broken,
            )

    def _header(self, name: str, encoding: str) -> list[str]:
        with self._opened(name) as file:
            line = file.readline().decode(encoding, errors="replace").lstrip("\ufeff")
        return [one.strip().strip('"').strip() for one in line.strip().split(",")]

    def _is_utf8(self, name: str) -> bool:
        rest = b""
        with self._opened(name) as file:
            while block := rest + file.read(_BLOCK):
                cut = block.rfind(b"\n") + 1 or len(block)
                try:
                    block[:cut].decode()
                except UnicodeDecodeError:
                    return False
                rest = block[cut:]
                if len(block) < _BLOCK:
                    break
        return True

    @contextmanager
    def _opened(self, name: str) -> Iterator[IO[bytes]]:
        member = self.members[name]
        if self.path.is_dir():
            with (self.path / member).open("rb") as file:
                yield file
        else:
            with zipfile.ZipFile(self.path) as archive, archive.open(member) as file:
                yield file


def members_of(path: Path) -> dict[str, str]:
    """The tables of a feed: file name to its path inside; the least deep where several."""
    if path.is_dir():
        names = [one.relative_to(path).as_posix() for one in path.rglob("*.txt")]
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = [one for one in archive.namelist() if one.endswith(".txt")]
    else:
        return {}
    found: dict[str, str] = {}
    for name in sorted(names, key=lambda one: (one.count("/"), one)):
        found.setdefault(PurePosixPath(name).name, name)
    return found


def _typed(batch: pa.RecordBatch, notebook: Notebook, table: str) -> pa.RecordBatch:
    columns = [
        _column(column, name, notebook, table)
        for name, column in zip(batch.schema.names, batch.columns, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _empty(schema: pa.Schema) -> pa.RecordBatch:
    arrays = [pa.array([], type_of(name)) for name in schema.names]
    return pa.RecordBatch.from_arrays(arrays, names=schema.names)


def type_of(name: str) -> pa.DataType:
    """The type that a column is read as."""
    if name in INTEGERS:
        return pa.int64()
    return pa.float64() if name in REALS else pa.string()


def _column(column: pa.Array, name: str, notebook: Notebook, table: str) -> pa.Array:
    text = pc.utf8_trim_whitespace(column)
    text = pc.if_else(pc.equal(text, ""), pa.scalar(None, pa.string()), text)
    kind = type_of(name)
    if pa.types.is_string(kind):
        return text
    good = pc.match_substring_regex(text, _INTEGER if pa.types.is_integer(kind) else _REAL)
    bad = pc.sum(pc.invert(good)).as_py() or 0
    if bad:
        notebook.note(
            "VALUE_UNREADABLE",
            Severity.WARNING,
            f"{table}: texts that are no number were left out",
            layer=table,
            attribute=name,
            count=bad,
        )
        text = pc.if_else(good, text, pa.scalar(None, pa.string()))
    return text.cast(kind)
