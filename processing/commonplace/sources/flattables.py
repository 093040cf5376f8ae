"""FlatGeobuf, GeoParquet and CSV that hold features of the model, as flat rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyogrio
import pyogrio.errors
import shapely

from commonplace.errors import MalformedAnswer
from commonplace.sources.flatrows import (
    BATCH_ROWS,
    FEATURE_ID,
    Array,
    Attached,
    FlatLayer,
    FlatRows,
    Shapes,
    from_wkb,
    names_in,
    texts_of_ids,
)
from commonplace.sources.flatvalues import as_text
from commonplace.sources.ogr import safe_options
from commonplace.sources.pointers import refuse_pointing

WKT: Final = "WKT"
X: Final = "x"
Y: Final = "y"
_BLOCK: Final = 8 << 20
_LONGEST_HEADER: Final = 1 << 20
_CRS84: Final = "OGC:CRS84"


def flatgeobuf_layers(path: Path) -> list[FlatLayer]:
    """The one layer of a FlatGeobuf file.

    Raises
    ------
    MalformedAnswer
    """
    refuse_pointing(path)
    try:
        with safe_options():
            layers = pyogrio.list_layers(path)
    except pyogrio.errors.DataSourceError as error:
        raise MalformedAnswer(f"{path.name} can't be read: {error}") from error
    if len(layers) == 0:
        raise MalformedAnswer(f"{path.name} can't be read: it holds no layer")
    info = pyogrio.read_info(path)

    def rows(_: bool) -> Iterator[FlatRows]:
        opened = pyogrio.raw.open_arrow(path, batch_size=BATCH_ROWS, use_pyarrow=True)
        with safe_options(), opened as (meta, read):
            drawn = meta["geometry_name"] or "wkb_geometry"
            for batch in read:
                columns = dict(zip(batch.schema.names, batch.columns, strict=True))
                yield _with_wkb(columns, batch.num_rows, columns.pop(drawn, None))

    stated = info.get("crs")
    names = (str(info["layer_name"]), *names_in(path.stem))
    return [FlatLayer(names, (stated,) if stated else (), rows)]


def _with_wkb(
    columns: dict[str, Array], count: int, wkb: Array | None, drawn: str = ""
) -> FlatRows:
    ids = texts_of_ids(columns.pop(FEATURE_ID, None), count)
    geometries, broken = (None, 0) if wkb is None else from_wkb(wkb)
    return FlatRows(ids, columns, geometries, drawn, broken=broken)


# GeoParquet


def geoparquet_layers(path: Path) -> list[FlatLayer]:
    """The one layer of a Parquet file, with or without geometry.

    Raises
    ------
    MalformedAnswer
    """
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            metadata = file.schema_arrow.metadata or {}
        geo = json.loads(metadata.get(b"geo", b"{}"))
    except (pa.ArrowInvalid, OSError, ValueError) as error:
        raise MalformedAnswer(f"{path.name} can't be read: {error}") from error
    columns: Mapping[str, Any] = geo.get("columns", {})
    primary = str(geo.get("primary_column", ""))
    coverings = {
        one[0]
        for column in columns.values()
        for one in column.get("covering", {}).get("bbox", {}).values()
    }

    def rows(known: bool) -> Iterator[FlatRows]:
        with ParquetFile(path, memory_map=True) as opened:
            for batch in opened.iter_batches(BATCH_ROWS):
                yield _parquet_rows(batch, primary, set(columns) - {primary}, coverings, known)

    crs = columns.get(primary, {}).get("crs", _CRS84) if primary else None
    system = json.dumps(crs) if isinstance(crs, dict) else crs
    stated = [metadata[key].decode() for key in (b"feature_type",) if key in metadata]
    names = (*stated, *names_in(path.stem))
    model = metadata.get(b"model", b"").decode() or None
    return [FlatLayer(names, (system,) if system else (), rows, model)]


def _parquet_rows(
    batch: pa.RecordBatch, primary: str, further: set[str], coverings: set[str], known: bool
) -> FlatRows:
    columns = dict(zip(batch.schema.names, batch.columns, strict=True))
    for name in coverings:
        columns.pop(name, None)
    attached = {}
    for name in sorted(further & set(columns)):
        column = columns.pop(name)
        if known:
            geometries, _ = from_wkb(column.drop_null())
            rows = np.flatnonzero(column.is_valid().to_numpy(zero_copy_only=False))
            attached[name] = Attached(rows, geometries=geometries)
    if not known:
        columns = {name: as_text(column) for name, column in columns.items()}
    found = _with_wkb(columns, batch.num_rows, columns.pop(primary, None), primary)
    return FlatRows(
        found.ids, found.columns, found.geometries, primary, attached=attached, broken=found.broken
    )


# CSV


def csv_layers(path: Path) -> list[FlatLayer]:
    """The one layer of a CSV file with a header: RFC 4180, UTF-8.

    Raises
    ------
    MalformedAnswer
    """
    header = _header(path)

    def rows(_: bool) -> Iterator[FlatRows]:
        for batch in _csv_batches(path, header):
            yield _csv_rows(dict(zip(header, batch.columns, strict=True)), batch.num_rows)

    return [FlatLayer(names_in(path.stem), (), rows)]


def _header(path: Path) -> list[str]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            header = next(csv.reader([file.readline(_LONGEST_HEADER)]), [])
    except UnicodeDecodeError as error:
        raise MalformedAnswer(
            f"{path.name} is not in UTF-8, byte {error.start}", hint="write it in UTF-8"
        ) from error
    if not header or len(set(header)) < len(header):
        raise MalformedAnswer(
            f"{path.name}: the first line must name the columns, each once",
            hint="the columns are named as in our other flat encodings",
        )
    return header


def _csv_batches(path: Path, header: list[str]) -> Iterator[pa.RecordBatch]:
    """Columns of texts; an empty field is null, ``""`` an empty text."""
    from pyarrow import csv as arrow_csv

    try:
        with arrow_csv.open_csv(
            path,
            read_options=arrow_csv.ReadOptions(block_size=_BLOCK),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.string() for name in header},
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        ) as reader:
            yield from reader
    except pa.ArrowInvalid as error:
        raise MalformedAnswer(
            f"{path.name} can't be read: {error}",
            hint="each line needs as many fields as the header; a comma separates them",
        ) from error


def _csv_rows(columns: dict[str, Array], count: int) -> FlatRows:
    ids = texts_of_ids(columns.pop(FEATURE_ID, None), count)
    geometries: Shapes | None = None
    broken = 0
    if WKT in columns:
        texts = columns.pop(WKT)
        geometries = shapely.from_wkt(texts.to_numpy(zero_copy_only=False), on_invalid="ignore")
        broken = int(shapely.is_missing(geometries).sum()) - texts.null_count
    elif X in columns and Y in columns:
        geometries, broken = _points(columns.pop(X), columns.pop(Y))
    return FlatRows(ids, columns, geometries, broken=broken)


def _points(x: Array, y: Array) -> tuple[Shapes, int]:
    found = np.full(len(x), None, dtype=object)
    stated = pc.and_(x.is_valid(), y.is_valid())
    number = r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$"
    good = pc.and_(pc.match_substring_regex(x, number), pc.match_substring_regex(y, number))
    mask = pc.fill_null(pc.and_(stated, good), False).to_numpy(zero_copy_only=False)
    chosen = pa.array(mask)
    axes = [
        pc.utf8_trim_whitespace(axis.filter(chosen)).cast(pa.float64()).to_numpy()
        for axis in (x, y)
    ]
    found[mask] = shapely.points(*axes)
    return found, int(pc.sum(stated).as_py() or 0) - int(mask.sum())
