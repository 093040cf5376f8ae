"""PostGIS, city models and remote files: time, memory, and bytes over the network.

PostgreSQL is a real one, started by the tests' fixture. Ours reads a table into an Arrow
file, Debian's ogr2ogr reads it into a FlatGeobuf without index: each its quickest file.
*opened* leaves out the start of Python and the catalogue, as in a job with several layers.
Of CityGML ours makes footprints with heights, which GDAL doesn't.
Memory is that of our whole process at few and at many rows. A remote FlatGeobuf is asked
for one hundredth of its area; the server counts what it sends.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyogrio
import shapely

from measure import memory, reported_seconds, seconds
from results import Result, Setting, Unmeasured

HERE: Final = Path(__file__).parent
TESTS: Final = HERE.parent / "tests"
BUILDINGS: Final = 20_000
TO_FILE: Final = """
import sys
import time
import pyarrow as pa
from commonplace.batch import Query
from commonplace.job import SourceSpec
from commonplace.sources import open_source
from pathlib import Path
where, name, target = sys.argv[1:4]
box = tuple(map(float, sys.argv[4].split(","))) if len(sys.argv) > 4 else None
url = where if "://" in where else None
source = open_source(SourceSpec(url=url, path=None if url else Path(where)))
layer = source.layer(name or None)
start = time.perf_counter()
batches = source.batches(layer, Query(bbox=box))
first = next(batches)
with pa.OSFile(target, "wb") as sink, pa.ipc.new_file(sink, first.schema) as writer:
    writer.write(first)
    for batch in batches:
        writer.write(batch)
print(time.perf_counter() - start)
"""
TABLE: Final = """
CREATE TABLE {name} AS SELECT g AS id, 'house ' || g AS name, (g % 100)::float8 / 3 AS height,
    g % 7 AS floors, timestamptz '2020-01-01' + g * interval '1 s' AS changed,
    (g * 1.5)::numeric(10, 2) AS area,
    ST_Buffer(ST_SetSRID(ST_MakePoint(500000 + g % 1000 * 20, 5600000 + g / 1000 * 20), 25832),
        8, 4)::geometry(Polygon, 25832) AS geom
FROM generate_series(1, {rows}) g;
ALTER TABLE {name} ADD PRIMARY KEY (id);
ANALYZE {name};
"""


def cases(setting: Setting) -> Iterator[Result]:
    if shutil.which("ogr2ogr") is None or not Path("/usr/lib/postgresql/15/bin").exists():
        raise Unmeasured("needs gdal-bin and postgresql-15-postgis-3")
    yield from _database(setting)
    yield _model(setting)
    yield from _remote(setting)


def _of_tests(path: str) -> ModuleType:
    """A module of the tests: their servers serve the benchmark too."""
    spec = spec_from_file_location(f"tests_{Path(path).stem}", TESTS / path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def _ours(*arguments: str) -> list[str]:
    return [sys.executable, "-c", TO_FILE, *arguments]


def _ogr2ogr(target: Path, *arguments: str) -> list[str]:
    """Debian's GDAL, to a FlatGeobuf that is not there yet."""
    options = ["-f", "FlatGeobuf", "-lco", "SPATIAL_INDEX=NO", "$0", "$@"]
    quoted = " ".join(f'"{one}"' if one.startswith("$") else one for one in options)
    return ["bash", "-c", f'rm -f "$0"; ogr2ogr {quoted}', str(target), *arguments]


def _database(setting: Setting) -> Iterator[Result]:
    few, many = setting.rows // 10, setting.rows
    target = setting.work / "database.arrow"
    peer = setting.work / "database.fgb"
    with _of_tests("servers/postgis.py").serve_postgis() as server:
        server.run(TABLE.format(name="few", rows=few) + TABLE.format(name="many", rows=many))
        connection = f"PG:host={server.host} port={server.port} user=owner dbname=city"
        theirs = _ogr2ogr(peer, connection, "many")
        mine = _ours(server.url(), "public.many", str(target))
        times = [(seconds(mine), seconds(theirs)) for _ in range(setting.repeat)]
        assert pa.ipc.open_file(str(target)).read_all().num_rows == many
        yield _result(f"postgis-{many}", times, "ogr2ogr", "s")
        reading = [(reported_seconds(mine), peer_time) for _, peer_time in times]
        yield _result(f"postgis-{many}-opened", reading, "ogr2ogr", "s")
        small = memory(_ours(server.url(), "public.few", str(target)))
        large = memory(mine)
        yield Result(
            case=f"postgis-memory-{many}",
            ours=large.process,
            peer=small.process,
            peer_name=f"ours at {few} rows",
            ratio=round(small.process / large.process, 3),
            unit="MB",
            peak_mb=large.tree,
            goal=round(1 / 1.15, 3),
        )


def _model(setting: Setting) -> Result:
    """CityGML of solids to footprints with heights, against GDAL's reading of it as it is."""
    models = _of_tests("support/citymodels.py")
    model = models.town(origin=(100_000.0, 450_000.0, 2.0))
    house: Any = model["CityObjects"]["house"]
    model["CityObjects"] = {f"h{number}": house for number in range(BUILDINGS)}
    path = setting.work / "citymodel.gml"
    models.as_citygml(model, path)
    mine = _ours(str(path), "Building", str(setting.work / "citymodel.arrow"))
    peer = setting.work / "citymodel.fgb"
    theirs = _ogr2ogr(peer, str(path))
    times = [(seconds(mine), seconds(theirs)) for _ in range(setting.repeat)]
    return _result(f"citygml-{BUILDINGS}", times, "ogr2ogr", "s")


def _remote(setting: Setting) -> Iterator[Result]:
    """Bytes that a bbox costs, ours and GDAL's ``/vsicurl``."""
    folder = setting.work / "served"
    folder.mkdir(exist_ok=True)
    number = np.arange(setting.rows)
    x, y = 500_000 + number % 1_000 * 20.0, 5_600_000 + number // 1_000 * 20.0
    table = pa.table(
        {
            "id": number,
            "name": [f"house {one}" for one in number],
            "geometry": pa.array(shapely.to_wkb(shapely.box(x, y, x + 9, y + 9)), pa.binary()),
        }
    )
    pyogrio.write_arrow(
        table,
        folder / "houses.fgb",
        driver="FlatGeobuf",
        geometry_name="geometry",
        geometry_type="Polygon",
        crs="EPSG:25832",
    )
    width, height = (x.max() - x.min()) / 10, (y.max() - y.min()) / 10
    box = [x.min() + width, y.min() + height, x.min() + 2 * width, y.min() + 2 * height]
    with _of_tests("servers/ranges.py").serve_files(folder) as server:
        url = f"{server.url}/houses.fgb"
        target = setting.work / "remote.arrow"
        mine = _ours(url, "", str(target), ",".join(map(str, box)))
        peer = setting.work / "remote.fgb"
        theirs = _ogr2ogr(peer, "-spat", *map(str, box), f"/vsicurl/{url}")
        times, sent, asked = [], [], []
        for _ in range(setting.repeat):
            pair = []
            for command in (mine, theirs):
                server.reset()
                pair.append(seconds(command))
                sent.append(server.sent / 1e6)
                asked.append(len(server.asked))
            times.append((pair[0], pair[1]))
        yield _result("remote-bbox", times, "ogr2ogr /vsicurl", "s")
        for name, found in (("MB", sent), ("requests", asked)):
            pairs = [(float(found[at]), float(found[at + 1])) for at in range(0, len(found), 2)]
            yield _result("remote-bbox", pairs, "ogr2ogr /vsicurl", name)


def _result(case: str, pairs: list[tuple[float, float]], peer: str, unit: str) -> Result:
    ours, theirs = (median(one) for one in zip(*pairs, strict=True))
    return Result(case, round(ours, 3), round(theirs, 3), peer, round(theirs / ours, 2), unit)
