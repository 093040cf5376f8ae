"""GeoParquet and FlatGeobuf writing against their peers, from the same batches.

Both sides begin with the benchmark's flat rows in memory and end with a file. Ours counts
twice: ``whole`` encodes geometries and columns to pieces in one process and joins them
(a run does the first part in as many processes as there are cores), ``join`` is the second
part alone: from flat Arrow rows to the file, which is all that the peers do.

FlatGeobuf's peer is GDAL by pyogrio. No GDAL of Debian or of a wheel writes Parquet;
GeoParquet's peers are geopandas, asked for the same (1.1, bbox covering, zstd), and
pyarrow, which leaves out sorting, covering and metadata. Figures are the best of the runs.
"""

from __future__ import annotations

import argparse
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
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
from write_gdal import flatten

WORK: Final = Path(__file__).parent / "work"
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
REACH: Final = 0.8


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


def ours(form: str, parts: list[TargetBatch]) -> tuple[float, float]:
    """Seconds of the whole, and of joining alone."""
    folder = WORK / "flat"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    start = time.perf_counter()
    pieces = encode(form, parts, folder)
    middle = time.perf_counter()
    FORMATS[form].finish(DATASET, {"Building": parts[0].shape}, pieces, folder)
    end = time.perf_counter()
    return end - start, end - middle


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


def compare(form: str, rows: int, repeat: int) -> Iterator[dict[str, object]]:
    """One line a peer; ``ratio_*`` is the peer's time by ours: above 1 ours is quicker."""
    flat = WORK / f"flat-{rows}.arrow"
    if not flat.exists():
        flatten(buildings(rows, WORK), flat)
    with pa.OSFile(str(flat)) as opened:
        table = pa.ipc.open_file(opened).read_all()
    parts = list(batches(table))
    ids = pc.binary_join_element_wise("Building", table.column("id"), ".")
    table = table.append_column("gml_id", ids)  # as ours have
    mine: list[tuple[float, float]] = []
    theirs: dict[str, list[float]] = {name: [] for name in PEERS[form]}
    for _ in range(repeat):
        mine.append(ours(form, parts))
        for name, write in PEERS[form].items():
            path = WORK / f"peer{FORMATS[form].suffix}"
            path.unlink(missing_ok=True)
            start = time.perf_counter()
            write(table, path)
            theirs[name].append(time.perf_counter() - start)
    whole, join = (min(one) for one in zip(*mine, strict=True))
    for name, seconds in theirs.items():
        peer = min(seconds)
        yield {
            "case": f"{form}-{rows}",
            "whole": round(whole, 2),
            "join": round(join, 2),
            "peer": round(peer, 2),
            "peer_name": name,
            "ratio_whole": round(peer / whole, 2),
            "ratio_join": round(peer / join, 2),
            "goal": REACH,
        }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--repeat", type=int, default=7)
    chosen = parser.parse_args()
    for form in PEERS:
        for line in compare(form, chosen.rows, chosen.repeat):
            print(line)


if __name__ == "__main__":
    main()
