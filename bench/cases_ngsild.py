"""NGSI-LD: normalized entities as columns, on one core; memory over the number of pages.

Ten attributes of six kinds beside the location. CPU time is measured, in this process, so
that others on the machine don't count; the peer reads the same entities as simplified
GeoJSON with GDAL, which neither sees units and times nor other kinds. Memory is that of a
whole process that reads a broker, the tests' stand-in, page by page.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

import pyogrio

from commonplace.http import Response
from commonplace.sources.ngsicolumns import parse_entities
from commonplace.sources.ngsipages import parsed
from measure import memory
from results import Result, Setting

HERE: Final = Path(__file__).parent
TESTS: Final = HERE.parent / "tests"
PAGE: Final = 1_000
PAGES: Final = 30
TO_REACH: Final = 30_000  # entities a second
FEW: Final = 10_000
MANY: Final = 50_000
MEMBERS: Final = ("value", "object", "languageMap", "vocab")
READER: Final = """
import sys
from commonplace.batch import Query
from commonplace.job import SourceSpec
from commonplace.sources import open_source
source = open_source(SourceSpec(url=sys.argv[1], kind="ngsild"))
rows = sum(one.num_rows for one in source.batches(source.layer("Streetlight"), Query()))
assert rows == int(sys.argv[2]), rows
"""


def entity(number: int) -> dict[str, Any]:
    """A street light with ten attributes beside its location, in normalized form."""
    seen = f"2026-01-{1 + number % 28:02d}T00:00:00Z"
    return {
        "id": f"urn:ngsi-ld:Streetlight:{number}",
        "type": "Streetlight",
        "location": {
            "type": "GeoProperty",
            "value": {"type": "Point", "coordinates": [24 + number / 1e5, 56.9 + number / 1e6]},
        },
        "name": {
            "type": "LanguageProperty",
            "languageMap": {"lv": f"Laterna {number}", "en": f"Lamp {number}"},
        },
        "powerState": {
            "type": "Property",
            "value": "on" if number % 2 else "off",
            "observedAt": seen,
        },
        "illuminanceLevel": {
            "type": "Property",
            "value": number / 7,
            "unitCode": "P1",
            "observedAt": seen,
        },
        "height": {"type": "Property", "value": number % 12, "unitCode": "MTR"},
        "installed": {"type": "Property", "value": {"@type": "DateTime", "@value": seen}},
        "refStreetlightGroup": {"type": "Relationship", "object": f"urn:ngsi-ld:G:{number % 9}"},
        "status": {"type": "VocabProperty", "vocab": "ok"},
        "address": {
            "type": "Property",
            "value": {"streetAddress": f"Brīvības iela {number}", "addressLocality": "Rīga"},
        },
        "description": {"type": "Property", "value": "a street light like others"},
        "lamps": {"type": "Property", "value": 1 + number % 3},
    }


def feature(number: int) -> dict[str, Any]:
    """The same as a simplified GeoJSON feature."""
    stated = entity(number)
    properties = {"type": stated.pop("type")}
    name, place = stated.pop("id"), stated.pop("location")["value"]
    for attribute, one in stated.items():
        value = next(one[each] for each in MEMBERS if each in one)
        properties[attribute] = value["@value"] if "@value" in str(value) else value
    return {"type": "Feature", "id": name, "geometry": place, "properties": properties}


def cases(setting: Setting) -> Iterator[Result]:
    numbers = [range(page * PAGE, (page + 1) * PAGE) for page in range(PAGES)]
    bodies = [json.dumps([entity(one) for one in page]).encode() for page in numbers]
    collections = [
        json.dumps({"type": "FeatureCollection", "features": [feature(one) for one in page]})
        for page in numbers
    ]
    mine, theirs = [], []
    for _ in range(max(3, setting.repeat)):
        mine.append(_cpu(lambda: [_columns(one) for one in bodies]))
        theirs.append(_cpu(lambda: [_gdal(one) for one in collections]))
    ours, count = median(mine), PAGE * PAGES
    for name, peer, goal in (
        (f"{TO_REACH} entities/s", count / TO_REACH, 1.0),
        ("GDAL, simplified GeoJSON", median(theirs), None),
    ):
        yield Result(
            case=f"ngsild-parse-{count}",
            ours=round(ours, 3),
            peer=round(peer, 3),
            peer_name=name,
            ratio=round(peer / ours, 2),
            unit="s CPU",
            goal=goal,
        )
    yield _growth(setting.work)


def _columns(body: bytes) -> int:
    page = parsed(Response("http://127.0.0.1/ngsi-ld/v1/entities", 200, (), body))
    return int(parse_entities(page.entities, with_geometry=True).batch.num_rows)


def _gdal(text: str) -> int:
    return int(pyogrio.read_arrow(text.encode())[1].num_rows)


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _growth(work: Path) -> Result:
    """Memory of reading fifty pages against that of reading five."""
    peaks = {}
    for count in (FEW, MANY):
        data = work / f"streetlights-{count}.json"
        if not data.exists():
            data.write_text(json.dumps([entity(one) for one in range(count)]), encoding="utf-8")
        with _broker(data) as url:
            peaks[count] = memory([sys.executable, "-c", READER, url, str(count)])
    return Result(
        case=f"ngsild-memory-{MANY}",
        ours=peaks[MANY].process,
        peer=peaks[FEW].process,
        peer_name=f"ours at {FEW} entities",
        ratio=round(peaks[FEW].process / peaks[MANY].process, 3),
        unit="MB",
        peak_mb=peaks[MANY].tree,
        goal=round(1 / 1.15, 3),
    )


@contextmanager
def _broker(data: Path) -> Iterator[str]:
    """The stand-in broker in a process of its own; yields its address."""
    command = [sys.executable, "-m", "servers.broker", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, cwd=TESTS, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout is not None
            yield running.stdout.readline().split()[-1]
        finally:
            running.terminate()
