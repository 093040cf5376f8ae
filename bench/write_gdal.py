"""The second peer: the newest GDAL that a wheel brings, and only its writing.

``write_gdal.py ROWS.arrow OUTPUT DRIVER`` prints the seconds it took to write flat Arrow
data that was reprojected and read into memory before.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyogrio
import pyproj
import shapely

OPTIONS: Final[dict[str, dict[str, str]]] = {"GML": {"FORMAT": "GML3.2"}}


def flatten(source: Path, target: Path) -> None:
    """Read a GeoPackage, reproject it to EPSG:4258, and keep it as an Arrow file."""
    _, table = pyogrio.read_arrow(source)
    index = next(i for i, name in enumerate(table.column_names) if name in ("geom", "geometry"))
    geometries = shapely.from_wkb(table.column(index).to_numpy())
    transformer = pyproj.Transformer.from_crs("EPSG:25832", "EPSG:4258", always_xy=True)
    moved = shapely.transform(geometries, transformer.transform, interleaved=False)
    wkb = pa.array(shapely.to_wkb(moved), pa.binary())
    kind = pa.field("geometry", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    table = table.set_column(index, kind, wkb)
    with pa.OSFile(str(target), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=65_536)


def write(source: Path, target: Path, driver: str) -> float:
    """Write an Arrow file with GDAL; the seconds of that alone."""
    with pa.OSFile(str(source)) as opened:
        table = pa.ipc.open_file(opened).read_all()
    start = time.perf_counter()
    pyogrio.write_arrow(
        table,
        target,
        driver=driver,
        geometry_name="geometry",
        geometry_type="Unknown",
        crs="EPSG:4258",
        layer="buildings",
        dataset_options=OPTIONS.get(driver, {}),
    )
    return time.perf_counter() - start


if __name__ == "__main__":
    print(f"{write(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]):.3f}")
