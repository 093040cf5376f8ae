"""Layers of a few rows, in a GeoPackage."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio.raw
import shapely


def write_layer(
    path: Path,
    layer: str,
    columns: Mapping[str, Any],
    kind: str = "Polygon",
    crs: str = "EPSG:25832",
) -> None:
    """Write or add a layer; a column ``geometry`` holds shapely's, without it there is none."""
    table = pa.table({name: one for name, one in columns.items() if name != "geometry"})
    drawn = columns.get("geometry")
    if drawn is not None:
        table = table.append_column("geometry", pa.array(shapely.to_wkb(drawn), pa.binary()))
    pyogrio.raw.write_arrow(
        table,
        path,
        layer=layer,
        driver="GPKG",
        geometry_name=None if drawn is None else "geometry",
        geometry_type=None if drawn is None else kind,
        crs=None if drawn is None else crs,
    )
