"""A made-up town for WFS: houses in EPSG:25832 and trees in EPSG:3035 (northing first)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
import pyproj
import shapely

LAYERS = {"houses": "EPSG:25832", "trees": "EPSG:3035"}
ROW = 100
ORIGIN = (690_000.0, 5_335_000.0)


@dataclass(frozen=True)
class Town:
    """Where the data lie, and how many features a layer has."""

    path: Path
    count: int

    def keys(self, layer: str) -> list[int]:
        """What the database holds."""
        with closing(sqlite3.connect(self.path)) as database:
            return [row[0] for row in database.execute(f"SELECT key FROM {layer} ORDER BY key")]

    def shape(self, layer: str, key: int) -> shapely.Geometry:
        """A feature's geometry, x before y, in the layer's CRS."""
        found = pyogrio.read_dataframe(self.path, layer=layer, where=f"key = {key}")
        return found.geometry.iloc[0]


def write_town(folder: Path, count: int) -> Town:
    path = folder / "town.gpkg"
    number = np.arange(count)
    x = ORIGIN[0] + number % ROW * 20.0
    y = ORIGIN[1] + number // ROW * 20.0
    houses = {
        "key": number,
        "postcode": [f"0{one % 100:04d}" for one in number],
        "name": [f"Haus {one} Straße <&>" for one in number],
        "height": number / 8,
    }
    _write(path, "houses", houses, shapely.box(x, y, x + 10.5, y + 8.25), "Polygon")
    east, north = pyproj.Transformer.from_crs(25832, 3035, always_xy=True).transform(x, y)
    trees = {"key": number, "kind": ["oak" if one % 2 else "lime" for one in number]}
    _write(path, "trees", trees, shapely.points(east, north), "Point")
    return Town(path, count)


def _write(path: Path, layer: str, columns: dict, shapes: np.ndarray, kind: str) -> None:
    table = pa.table({**columns, "geometry": pa.array(shapely.to_wkb(shapes))})
    pyogrio.write_arrow(
        table,
        path,
        layer=layer,
        driver="GPKG",
        geometry_name="geometry",
        geometry_type=kind,
        crs=LAYERS[layer],
        append=path.exists(),
        dataset_options={} if path.exists() else {"VERSION": "1.2"},
    )
