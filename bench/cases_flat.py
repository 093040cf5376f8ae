"""GeoParquet and FlatGeobuf writing against their peers, from the same batches.

Both sides begin with batches as a mapping hands them over (columns, and geometries of
shapely), and end with a file; both make WKB of the geometries first. Ours does in one process
what a run does in as many as there are cores. ``join`` is our second half alone, which no
other process can share: from flat Arrow rows to the file, against a peer that has WKB already.

FlatGeobuf's peer is GDAL by pyogrio. No GDAL of Debian or of a wheel writes Parquet;
GeoParquet's peers are geopandas, asked for the same (1.1, bbox covering, zstd), and pyarrow,
which leaves out sorting, covering and metadata. Seconds are those of the processor (user and
system), the medians of the runs: a machine that others use too disturbs them least.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from statistics import median
from typing import Any, Final

import geopandas
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyogrio
import shapely

from buildings import buildings
from commonplace.formats import FORMATS
from commonplace.formats.base import Piece
from commonplace.model.types import Element, Kind, Property, qname
from commonplace.target import Dataset, Node, Shape, TargetBatch, TargetCrs
from results import Result, Setting
from write_gdal import flatten

NS: Final = "http://example.eu/bench"
PART_ROWS: Final = 8_192
CRS: Final = TargetCrs(
    "EPSG:4258",
    "http://www.opengis.net/def/crs/EPSG/0/4258",
    swap=True,
    decimals=7,
    geographic=True,
)
DATASET: Final = Dataset("bench", "bu-core2d/4.0", "EU.EXAMPLE", CRS)
REACH: Final = {"GDAL by pyogrio": 0.8, "geopandas": 0.8}


def batches(table: pa.Table) -> Iterator[TargetBatch]:
    """The rows as parts, as a mapping would hand them over."""
    names = [name for name in table.column_names if name != "geometry"]
    nodes = [_node(name, Kind.VALUE) for name in names] + [_node("geometry", Kind.GEOMETRY)]
    shape = Shape(qname(NS, "Building"), tuple(nodes), feature=True)
    for start in range(0, table.num_rows, PART_ROWS):
        part = table.slice(start, PART_ROWS).combine_chunks()
        rows = part.num_rows
        columns: dict[str, Any] = {
            "@ordinal": pa.array(range(start, start + rows), pa.int64()),
            "@id": part.column("id").combine_chunks(),
            **{name: part.column(name).combine_chunks() for name in names},
            "geometry": pa.array(range(rows), pa.int32()),
        }
        pool = shapely.from_wkb(part.column("geometry").to_numpy())
        yield TargetBatch(shape, pa.RecordBatch.from_pydict(columns), pool)


def _node(name: str, kind: Kind) -> Node:
    return Node(Property(Element(qname(NS, name), qname(NS, "T")), kind))


def encode(form: str, parts: list[TargetBatch], folder: Path) -> list[Piece]:
    pieces = []
    for number, part in enumerate(parts):
        path = folder / f"{number:06d}.piece"
        encoder = FORMATS[form].encoder(DATASET, part.shape, path)
        encoder.write(part)
        pieces.append(Piece(path, part.shape.name, part.rows, None, encoder.close()))
    return pieces


def ours(form: str, parts: list[TargetBatch], folder: Path) -> tuple[float, float]:
    """Seconds of the whole, and of joining alone."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    start = time.process_time()
    pieces = encode(form, parts, folder)
    middle = time.process_time()
    FORMATS[form].finish(DATASET, {"Building": parts[0].shape}, pieces, folder)
    end = time.process_time()
    return end - start, end - middle


def flat_table(parts: list[TargetBatch]) -> pa.Table:
    """The batches as a peer takes them: ids, columns, WKB."""
    kind = pa.field("geometry", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    made = []
    for part in parts:
        columns = dict(zip(part.columns.schema.names, part.columns.columns, strict=True))
        ids = pc.binary_join_element_wise("Building", columns.pop("@id"), ".")
        columns.pop("@ordinal")
        wkb = shapely.to_wkb(part.geometries, flavor="iso")
        columns["geometry"] = pa.array(wkb, pa.binary())
        fields = [pa.field(name, one.type) for name, one in columns.items() if name != "geometry"]
        schema = pa.schema([pa.field("gml_id", pa.string()), *fields, kind])
        made.append(pa.RecordBatch.from_arrays([ids, *columns.values()], schema=schema))
    return pa.Table.from_batches(made)


def by_gdal(table: pa.Table, path: Path) -> None:
    pyogrio.write_arrow(
        table,
        path,
        driver="FlatGeobuf",
        geometry_name="geometry",
        geometry_type="Unknown",
        crs=CRS.code,
        layer="buildings",
    )


def by_geopandas(table: pa.Table, path: Path) -> None:
    frame = geopandas.GeoDataFrame.from_arrow(table).set_crs(CRS.code)
    frame.to_parquet(
        path, compression="zstd", schema_version="1.1.0", write_covering_bbox=True, index=False
    )


def by_pyarrow(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, compression="zstd", row_group_size=50_000)


PEERS: Final[Mapping[str, Mapping[str, Callable[[pa.Table, Path], None]]]] = {
    "flatgeobuf": {"GDAL by pyogrio": by_gdal},
    "geoparquet": {"geopandas": by_geopandas, "pyarrow alone": by_pyarrow},
}


def cases(setting: Setting) -> Iterator[Result]:
    """Both encodings."""
    flat = setting.work / f"flat-{setting.rows}.arrow"
    if not flat.exists():
        flatten(buildings(setting.rows, setting.work), flat)
    with pa.OSFile(str(flat)) as opened:
        parts = list(batches(pa.ipc.open_file(opened).read_all()))
    for form in PEERS:
        yield from compare(form, parts, setting)


def compare(form: str, parts: list[TargetBatch], setting: Setting) -> Iterator[Result]:
    """One line a peer, and one of joining."""
    peer_file = setting.work / f"peer{FORMATS[form].suffix}"
    mine: list[tuple[float, float]] = []
    theirs: dict[str, list[tuple[float, float]]] = {name: [] for name in PEERS[form]}
    for _ in range(setting.repeat):
        mine.append(ours(form, parts, setting.work / "flat"))
        for name, write in PEERS[form].items():
            peer_file.unlink(missing_ok=True)
            start = time.process_time()
            table = flat_table(parts)
            middle = time.process_time()
            write(table, peer_file)
            end = time.process_time()
            theirs[name].append((end - start, end - middle))
    whole, join = (median(one) for one in zip(*mine, strict=True))
    case = f"{form}-{setting.rows}"
    for name, taken in theirs.items():
        peer, peer_join = (median(one) for one in zip(*taken, strict=True))
        goal = REACH.get(name)
        yield _line(case, whole, peer, name, goal)
        yield _line(f"{case}-join", join, peer_join, name, goal)


def _line(case: str, mine: float, peer: float, name: str, goal: float | None) -> Result:
    return Result(
        case, round(mine, 3), round(peer, 3), name, round(peer / mine, 2), "s CPU", goal=goal
    )
