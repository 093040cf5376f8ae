"""OGC API Features: 50,000 features of a pygeoapi over PostGIS, page size 10,000.

Ours, GDAL's OAPIF driver by pyogrio, QGIS's own provider, and bare httpx that downloads the
same bodies two at a time and reads nothing of them. Each is a process of its own that prints
the seconds from its first request to its last feature, so that neither QGIS's start nor
imports count. Memory: ours with 50 pages against ours with 5.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Final

from measure import memory, reported_seconds
from results import Result, Setting, Unmeasured

TESTS: Final = Path(__file__).parent.parent / "tests"
QGIS_PYTHON: Final = Path("/usr/bin/python3")
COUNT: Final = 50_000
PAGE: Final = 10_000

OURS: Final = """
import sys, time
from commonplace.batch import Query
from commonplace.job import SourceSpec
from commonplace.sources import open_source
url, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
source = open_source(SourceSpec(url=url, kind="ogcapi", page_size=size))
start = time.perf_counter()
rows = sum(one.num_rows for one in source.batches(source.layer("houses"), Query()))
assert rows == count, rows
print(time.perf_counter() - start)
"""
HTTPX: Final = """
import sys, time
from concurrent.futures import ThreadPoolExecutor
import httpx
url, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
start = time.perf_counter()
with httpx.Client(timeout=120) as client, ThreadPoolExecutor(2) as pool:
    def body(offset):
        asked = {"limit": size, "offset": offset, "f": "json"}
        return client.get(f"{url}/collections/houses/items", params=asked).content
    assert all(len(one) > 1000 for one in pool.map(body, range(0, count, size)))
print(time.perf_counter() - start)
"""
PYOGRIO: Final = """
import sys, time
import pyogrio
url, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
start = time.perf_counter()
table = pyogrio.read_arrow("OAPIF:" + url, layer="houses", PAGE_SIZE=size)[1]
assert table.num_rows == count, table.num_rows
print(time.perf_counter() - start)
"""
QGIS: Final = """
import os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from qgis.core import QgsApplication, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
url, size, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
start = time.perf_counter()
where = f"pagingEnabled='true' pageSize='{size}' typename='houses' url='{url}'"
layer = QgsVectorLayer(where, "houses", "OAPIF")
rows = sum(1 for _ in layer.getFeatures())
assert rows == count, rows
print(time.perf_counter() - start, flush=True)
"""
TABLE: Final = f"""
CREATE TABLE houses AS SELECT n AS id, 'house ' || n AS name, n % 12 AS floors,
  n / 7.0::float8 AS height, (ARRAY['oak','lime','elm'])[1 + n % 3] AS kind,
  n % 2 = 0 AS listed, 'street ' || n % 500 AS street, n % 99 AS nr, 'x' || n AS ref,
  timestamp '2020-01-01' + n * interval '1 minute' AS updated,
  ST_Buffer(ST_SetSRID(ST_MakePoint(24 + (n % 1000) / 1000.0, 56 + n / 100000.0), 4326),
    0.0003, 3)::geometry(Polygon, 4326) AS geom
FROM generate_series(1, {COUNT}) n;
ALTER TABLE houses ADD PRIMARY KEY (id);
"""
SERVER: Final = """
import sys, time
from pathlib import Path
from servers.geoapi import Table, serve_pygeoapi
from servers.postgis import serve_postgis
with serve_postgis() as database:
    database.run(sys.argv[2])
    table = Table(database.url(), "houses", (24, 56, 25, 56.6))
    with serve_pygeoapi(Path(sys.argv[1]), {"houses": table}, most=10_000) as url:
        print(url, flush=True)
        sys.stdin.read()
"""


def cases(setting: Setting) -> Iterator[Result]:
    with server() as url:
        times: dict[str, list[float]] = {}
        runs = {
            "ours": (sys.executable, OURS),
            "httpx, two at a time": (sys.executable, HTTPX),
            "pyogrio (OAPIF)": (sys.executable, PYOGRIO),
            "QGIS (OAPIF)": (str(QGIS_PYTHON), QGIS),
        }
        for _ in range(setting.repeat):
            for name, (python, script) in runs.items():
                command = [python, "-c", script, url, str(PAGE), str(COUNT)]
                times.setdefault(name, []).append(reported_seconds(command))
        ours = median(times["ours"])
        goals = {"httpx, two at a time": 0.9, "pyogrio (OAPIF)": 1.5, "QGIS (OAPIF)": 3.0}
        for name, goal in goals.items():
            peer = median(times[name])
            yield Result(
                case=f"ogcapi-{COUNT}",
                ours=round(ours, 2),
                peer=round(peer, 2),
                peer_name=name,
                ratio=round(peer / ours, 2),
                unit="s",
                goal=goal,
            )
        peaks = {
            size: memory([sys.executable, "-c", OURS, url, str(size), str(COUNT)])
            for size in (1_000, PAGE)
        }
        yield Result(
            case=f"ogcapi-memory-{COUNT}",
            ours=peaks[1_000].process,
            peer=peaks[PAGE].process,
            peer_name="ours, 5 pages instead of 50",
            ratio=round(peaks[PAGE].process / peaks[1_000].process, 3),
            unit="MB",
            peak_mb=peaks[1_000].tree,
            goal=1.0,
        )


@contextmanager
def server() -> Iterator[str]:
    """PostGIS and pygeoapi in a process of their own; yields pygeoapi's address."""
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(
            [sys.executable, "-c", SERVER, folder, TABLE],
            cwd=TESTS,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as running,
    ):
        assert running.stdout is not None
        assert running.stdin is not None
        url = running.stdout.readline().strip()
        try:
            if not url:
                raise Unmeasured("needs pygeoapi and PostGIS")
            yield url
        finally:
            running.stdin.close()
            running.wait(timeout=60)
