"""Joins: a million rows to a million by keys, and points in polygons against geopandas."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any, Final

import geopandas
import numpy as np
import pyarrow as pa
import shapely

from commonplace.batch import BATCH_ROWS, Evidence, Layer, Query
from commonplace.joining import Joined, Matched, join_all
from commonplace.mapping.joins import Join
from commonplace.report import Finding
from measure import memory
from results import Result, Setting, within

MANY: Final = 1_000_000
PLACES: Final = 200_000
LARGEST_MB: Final = 1_000.0


class Table:
    """A source over one table in memory."""

    def __init__(self, table: pa.Table) -> None:
        self.table = table

    def layers(self) -> list[Layer]:
        return [self.layer()]

    def layer(self, name: str | None = None) -> Layer:
        return Layer(name or "other")

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        yield from self.table.to_batches(max_chunksize=BATCH_ROWS)

    def evidence(self) -> Evidence:
        return Evidence("table", "memory")

    def findings(self) -> list[Finding]:
        return []


def cases(setting: Setting) -> Iterator[Result]:
    """Memory of the first, time of the second."""
    peak = memory([sys.executable, __file__, str(setting.work)])
    yield within(f"join-keys-{MANY}", peak, LARGEST_MB)
    yield in_polygons(setting)


def by_keys(work: Path) -> int:
    """Addresses with a building's id, in another order than the buildings."""
    order = np.random.default_rng(7).permutation(MANY)
    buildings = pa.table(
        {
            "id": pa.array([f"B{n:08d}" for n in range(MANY)]),
            "built": pa.array(1900 + np.arange(MANY) % 120),
        }
    )
    addresses = pa.table({"building": buildings.column("id").take(pa.array(order))})
    join = Join("b", "other", "$", on=(("building", "id"),))
    joined = Joined(join, Table(buildings), Layer("other"), ("built",), "s")
    rows = addresses.to_batches(max_chunksize=BATCH_ROWS)
    matched = Matched("addresses", join)
    made = sum(int(batch.num_rows) for batch in join_all(rows, [(joined, matched)], work))
    if matched.none or made != MANY:
        raise AssertionError(f"{matched.none} of {made} rows found nothing")
    return made


def in_polygons(setting: Setting) -> Result:
    """Ours and geopandas' sjoin from the same tables, in turn."""
    side = int(np.ceil(np.sqrt(PLACES)))
    x, y = (one.ravel()[:PLACES].astype(float) for one in np.meshgrid(*[np.arange(side)] * 2))
    polygons = shapely.box(x, y, x + 0.99, y + 0.99)
    rng = np.random.default_rng(7)
    points = shapely.points(rng.uniform(0, side, (PLACES, 2)))
    names = pa.array(np.arange(PLACES))
    wkb = pa.array(shapely.to_wkb(polygons), pa.binary())
    mine = pa.table({"geometry": pa.array(shapely.to_wkb(points), pa.binary())})
    other = pa.table({"name": names, "geometry": wkb})

    def ours() -> int:
        join = Join("p", "other", "$", where="within")
        joined = Joined(join, Table(other), Layer("other"), ("name",), "s")
        matched = Matched("points", join)
        rows = mine.to_batches(max_chunksize=BATCH_ROWS)
        for _ in join_all(rows, [(joined, matched)], setting.work):
            pass
        return matched.rows - matched.none

    def theirs() -> int:
        left = geopandas.GeoDataFrame(geometry=shapely.from_wkb(mine.column(0).to_numpy()))
        right = geopandas.GeoDataFrame(
            {"name": names.to_numpy()}, geometry=shapely.from_wkb(wkb.to_numpy(False))
        )
        found = left.sjoin(right, how="left", predicate="within")
        return int(found["name"].notna().sum())

    taken: dict[str, list[float]] = {"ours": [], "theirs": []}
    counts = set()
    for _ in range(setting.repeat):
        for name, run in (("ours", ours), ("theirs", theirs)):
            seconds, count = _timed(run)
            taken[name].append(seconds)
            counts.add(count)
    if len(counts) != 1:
        raise AssertionError(f"ours and theirs differ: {counts}")
    mine_s, theirs_s = median(taken["ours"]), median(taken["theirs"])
    return Result(
        case=f"join-points-in-polygons-{PLACES}",
        ours=round(mine_s, 2),
        peer=round(theirs_s, 2),
        peer_name="geopandas sjoin",
        ratio=round(theirs_s / mine_s, 2),
        unit="s",
        goal=1.0,
    )


def _timed(run: Callable[[], int]) -> tuple[float, Any]:
    start = time.perf_counter()
    answer = run()
    return time.perf_counter() - start, answer


if __name__ == "__main__":
    by_keys(Path(sys.argv[1]))
