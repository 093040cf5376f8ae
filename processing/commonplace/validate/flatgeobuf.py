"""FlatGeobuf: read batch by batch through GDAL."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from commonplace.crs import identify
from commonplace.errors import CrsUnknown
from commonplace.gdal import configured
from commonplace.report import Findings
from commonplace.validate.tables import COUNT, UNREADABLE, Table

BATCH: Final = 5000
# GDAL's own Arrow stream of this format (3.12) loses count behind a feature without geometry.
PLAIN_STREAM: Final = "OGR_FLATGEOBUF_STREAM_BASE_IMPL"
MAGIC: Final = b"fgb\x03fgb"


def check(
    path: Path, name: str, findings: Findings, points: list[tuple[float, float]]
) -> dict[str, int]:
    """All rules; how many features there are."""
    with path.open("rb") as stream:
        if not stream.read(len(MAGIC)).startswith(MAGIC):
            findings.add(UNREADABLE.finding(name, "no FlatGeobuf 3 (magic fgb)"))
            return {}
    try:
        info = pyogrio.read_info(path)
        table = Table(name, findings, points, _code(info["crs"]))
        with (
            configured({PLAIN_STREAM: "YES"}),
            pyogrio.open_arrow(path, batch_size=BATCH, use_pyarrow=True) as (meta, reader),
        ):
            geometry = meta["geometry_name"] or "wkb_geometry"
            for batch in reader:
                blobs = batch.column(geometry).to_pylist()
                made = shapely.from_wkb(np.array(blobs, dtype=object), on_invalid="ignore")
                table.batch(batch.drop_columns([geometry]), made)
    except (DataSourceError, DataLayerError, OSError, RuntimeError) as error:
        findings.add(UNREADABLE.finding(name, str(error)[:200]))
        return {}
    if info["features"] >= 0 and info["features"] != table.count:
        message = f"the header says {info['features']:,}, there are {table.count:,}"
        findings.add(COUNT.finding(name, message))
    table.whole()
    return {info["layer_name"]: table.count}


def _code(crs: str | None) -> str | None:
    try:
        return identify(crs) if crs else None
    except CrsUnknown:
        return None
