"""Parts of a remote GeoParquet: the row groups that a bbox meets, the columns wanted.

GeoParquet 1.1 names columns that cover each row's bbox (``covering``); the statistics of a
row group say what they hold at most. A part is written as a GeoParquet of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from commonplace.bounds import Bounds
from commonplace.errors import MalformedAnswer, disk_errors
from commonplace.sources.remote_ranges import RangeFile, Seekable

ParquetFile = pq.ParquetFile
Write = Callable[[Path], object]

BATCH_ROWS: Final = 16_384
_CORNERS: Final = ("xmin", "ymin", "xmax", "ymax")


@contextmanager
def opened(file: RangeFile, name: str) -> Iterator[pq.ParquetFile]:
    """The remote file, its footer read.

    Raises
    ------
    MalformedAnswer
        It is no Parquet.
    """
    try:
        with pa.PythonFile(Seekable(file), mode="r") as source:
            yield pq.ParquetFile(source, pre_buffer=True)
    except pa.ArrowException as error:
        raise MalformedAnswer(f"{name} can't be read: {error}") from error


def geometry_of(parquet: pq.ParquetFile) -> dict[str, Any]:
    """What the file says of its geometry (``geo`` metadata), empty where it says nothing."""
    stated = (parquet.schema_arrow.metadata or {}).get(b"geo")
    if stated is None:
        return {}
    try:
        described = json.loads(stated)
        primary = described["primary_column"]
        return {"name": primary, **described["columns"][primary]}
    except (ValueError, KeyError, TypeError):
        return {}


def groups_within(parquet: pq.ParquetFile, bounds: Bounds) -> list[int] | None:
    """Row groups that may hold rows meeting a rectangle; None where that can't be told."""
    covering = (geometry_of(parquet).get("covering") or {}).get("bbox") or {}
    try:
        paths = [".".join(covering[one]) for one in _CORNERS]
    except (KeyError, TypeError):
        return None
    names = [parquet.schema.column(one).path for one in range(len(parquet.schema.names))]
    try:
        columns = [names.index(one) for one in paths]
    except ValueError:
        return None
    return [
        group
        for group in range(parquet.metadata.num_row_groups)
        if _meets(parquet.metadata.row_group(group), columns, bounds)
    ]


def _meets(group: Any, columns: Sequence[int], bounds: Bounds) -> bool:
    stated = [group.column(one).statistics for one in columns]
    if any(one is None or not one.has_min_max for one in stated):
        return True
    west, south, east, north = bounds
    xmin, ymin, xmax, ymax = stated
    return bool(xmin.min <= east and ymin.min <= north and xmax.max >= west and ymax.max >= south)


def first_groups(parquet: pq.ParquetFile, rows: int) -> list[int]:
    """The row groups that the first rows are in."""
    groups: list[int] = []
    for group in range(parquet.metadata.num_row_groups):
        if rows <= 0:
            break
        groups.append(group)
        rows -= parquet.metadata.row_group(group).num_rows
    return groups


def write_groups(
    parquet: pq.ParquetFile,
    groups: Sequence[int],
    columns: Sequence[str] | None,
    path: Path,
    *,
    rows: int | None = None,
) -> None:
    """Write row groups with some columns (the geometry always) as a file of its own."""
    schema = parquet.schema_arrow
    primary = geometry_of(parquet).get("name")
    if columns is None:
        chosen = schema.names
    else:
        chosen = [one for one in schema.names if one in columns or one == primary]
    part = path.with_name(f"{path.name}.part")
    with disk_errors(path.name):
        kept = pa.schema([schema.field(one) for one in chosen], metadata=schema.metadata)
        with pq.ParquetWriter(part, kept, compression="lz4") as writer:
            for batch in parquet.iter_batches(BATCH_ROWS, row_groups=groups, columns=chosen):
                writer.write_batch(batch.select(chosen))
                if rows is not None and (rows := rows - batch.num_rows) <= 0:
                    break
    part.replace(path)
