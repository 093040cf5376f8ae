"""NGSI-LD: entities built from mapped rows, on one core.

Ten attributes beside id and type, as a mapping document gives them: texts, numbers with
units and times, a code, an object, a relationship, a point. CPU time is measured, in this
process. The peer does what clients commonly do, ``json.dumps`` of a dictionary an entity.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely

from commonplace.crs import target_crs
from commonplace.formats.ngsild import EntityEncoder
from commonplace.mapping.compile import compile_mapping
from commonplace.mapping.document import parse_mapping
from commonplace.mapping.evaluate import Session
from commonplace.model import load_model
from commonplace.target import Dataset, TargetBatch
from results import Result, Setting

TO_REACH: Final = 150_000  # entities a second
ROWS: Final = 8_192  # of a part
PARTS: Final = 12
MAPPING: Final = """
target: {schema: sdm/Streetlight, namespace: LV.EXAMPLE}
Streetlight:
  id: =number
  name: =name
  location: =geometry
  status: ok
  powerState: =state
  illuminanceLevel: =level
  lanternHeight: {value: =height, uom: m}
  dateServiceStarted: =installed
  refStreetlightGroup: =grouped
  address: {streetAddress: =street, addressLocality: Rīga}
  description: =about
"""


def cases(setting: Setting) -> Iterator[Result]:
    batches = [_batch(part) for part in range(PARTS)]
    rows = [_rows(batch) for batch in batches[:2]]
    with TemporaryDirectory(dir=setting.work) as folder:
        encoder = EntityEncoder(_dataset(), Path(folder) / "piece")
        ours, theirs = [], []
        for _ in range(max(3, setting.repeat)):
            ours.append(_cpu(lambda: [encoder.entities(one).lines for one in batches]))
            theirs.append(_cpu(lambda: [_dumped(one) for one in rows]) * PARTS / len(rows))
        encoder.close()
    mine, count = median(ours), ROWS * PARTS
    for name, peer, goal in (
        (f"{TO_REACH} entities/s", count / TO_REACH, 1.0),
        ("json.dumps of dictionaries", median(theirs), None),
    ):
        yield Result(
            case=f"ngsild-build-{count}",
            ours=round(mine, 3),
            peer=round(peer, 3),
            peer_name=name,
            ratio=round(peer / mine, 2),
            unit="s CPU",
            goal=goal,
        )


def _dataset() -> Dataset:
    crs = target_crs("EPSG:4258", keep_z=False)
    return Dataset("lights", "sdm/Streetlight", "LV.EXAMPLE", crs)


def _batch(part: int) -> TargetBatch:
    numbers = range(part * ROWS, (part + 1) * ROWS)
    columns: dict[str, Any] = {
        "@ordinal": pa.array(numbers, pa.int64()),
        "number": pa.array([f"L{one}" for one in numbers]),
        "name": pa.array([f"Laterna {one}" for one in numbers]),
        "state": pa.array(["on" if one % 2 else "off" for one in numbers]),
        "level": pa.array([one % 1000 / 1000 for one in numbers]),
        "height": pa.array([4 + one % 60 / 10 for one in numbers]),
        "installed": pa.array([f"20{one % 26:02d}-03-{1 + one % 28:02d}" for one in numbers]),
        "grouped": pa.array([f"urn:ngsi-ld:StreetlightGroup:{one % 90}" for one in numbers]),
        "street": pa.array([f"Brīvības iela {one}" for one in numbers]),
        "about": pa.array(["a street light like others"] * ROWS),
        "geometry": pa.array(np.arange(ROWS, dtype=np.int32)),
    }
    places = np.arange(part * ROWS, (part + 1) * ROWS)
    pool = shapely.points(24 + places / 1e6, 56.9 + places / 1e7)
    compiled = compile_mapping(parse_mapping(MAPPING), load_model())
    with Session("reject") as session:
        found = session.evaluate(compiled.types[0], pa.RecordBatch.from_pydict(columns), pool)
    assert not found.findings, found.findings[0]
    return found.batch


def _rows(batch: TargetBatch) -> list[dict[str, Any]]:
    """The batch as a client has it: a dictionary a row, the coordinates ready."""
    found: list[dict[str, Any]] = batch.columns.to_pylist()
    for row in found:
        row["location"] = [*batch.geometries[row["location"]].coords[0]]
    return found


def _dumped(rows: list[dict[str, Any]]) -> int:
    return sum(len(json.dumps(_entity(row), ensure_ascii=False)) for row in rows)


def _entity(row: dict[str, Any]) -> dict[str, Any]:
    def said(value: object, **more: str) -> dict[str, Any]:
        return {"type": "Property", "value": value, **more}

    installed = row["dateServiceStarted"].isoformat()
    return {
        "id": f"urn:ngsi-ld:Streetlight:LV.EXAMPLE:{row['@id']}",
        "type": "Streetlight",
        "name": said(row["name"]),
        "location": {
            "type": "GeoProperty",
            "value": {"type": "Point", "coordinates": row["location"]},
        },
        "status": said("ok"),
        "powerState": said(row["powerState"]),
        "illuminanceLevel": said(row["illuminanceLevel"]),
        "lanternHeight": said(row["lanternHeight"], unitCode="MTR"),
        "dateServiceStarted": said({"@type": "DateTime", "@value": installed}),
        "refStreetlightGroup": {"type": "Relationship", "object": row["refStreetlightGroup"]},
        "address": said({**row["address"], "addressLocality": "Rīga"}),
        "description": said(row["description"]),
        "@context": ["https://example.org/context.jsonld", "https://example.org/core.jsonld"],
    }


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
