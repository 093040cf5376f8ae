"""Validation against ``xmllint --stream --schema``, and its memory as documents grow.

The documents are our own INSPIRE buildings. xmllint checks the schema only; ours everything.
Needs libxml2's xmllint and the official XSDs: ``$COMMONPLACE_SCHEMAS`` or
``../shared/inspire/schemas``. Seconds are wall-clock, medians of runs in turn; memory is the
PSS of the process tree in runs of its own.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Final

from documents import gml_buildings
from measure import memory, seconds
from results import Result, Setting, Unmeasured, within

SHARED: Final = Path(__file__).parents[2] / "shared" / "inspire" / "schemas"
GOALS: Final = {1: round(1 / 5, 2), 2: round(1 / 3, 2)}  # xmllint's time by ours
LARGEST_MB: Final = 400.0
FLAT: Final = 1.15
BYTES_A_BUILDING: Final = 2870
BUILDING: Final = "inspire.ec.europa.eu/schemas/bu-core2d/4.0/BuildingsCore2D.xsd"
DRIVER: Final = f"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://inspire.ec.europa.eu/schemas/bu-core2d/4.0"
 schemaLocation="{{0}}/{BUILDING}"/>
<xs:import namespace="http://www.opengis.net/wfs/2.0"
 schemaLocation="{{0}}/schemas.opengis.net/wfs/2.0/wfs.xsd"/>
</xs:schema>
"""


def cases(setting: Setting) -> Iterator[Result]:
    """Speed at half the rows on one and two cores; memory at 10 MB, 100 MB and 1 GB."""
    schemas = Path(os.environ.get("COMMONPLACE_SCHEMAS", SHARED)).resolve()
    if not (schemas / BUILDING).is_file():
        raise Unmeasured(f"the official XSDs are not in {schemas}: name them: COMMONPLACE_SCHEMAS")
    if shutil.which("xmllint") is None:
        raise Unmeasured("there is no xmllint: install libxml2-utils")
    yield from _speed(gml_buildings(setting.rows // 2, setting.work), schemas, setting)
    yield from _growth(schemas, setting.work)


def _speed(document: Path, schemas: Path, setting: Setting) -> Iterator[Result]:
    times: dict[int, list[float]] = {1: [], 2: []}
    theirs: list[float] = []
    for _ in range(setting.repeat):
        theirs.append(seconds(_xmllint(document, schemas, setting.work)))
        for workers, taken in times.items():
            taken.append(seconds(_ours(document, schemas, workers)))
    peer = median(theirs)
    for workers, taken in times.items():
        mine = median(taken)
        yield Result(
            case=f"validate on {workers} core{'s'[: workers - 1]}",
            ours=round(mine, 2),
            peer=round(peer, 2),
            peer_name="xmllint --stream --schema",
            ratio=round(peer / mine, 2),
            unit="s",
            ours_mb=round(document.stat().st_size / 1e6, 1),
            goal=GOALS[workers],
        )


def _growth(schemas: Path, work: Path) -> Iterator[Result]:
    """Peaks over ever larger documents: below the limit, and no higher than at first."""
    first: float | None = None
    for megabytes in (10, 100, 1000):
        document = gml_buildings(megabytes * 1_000_000 // BYTES_A_BUILDING, work)
        peak = memory(_ours(document, schemas, 2))
        first = first or peak.tree
        size = round(document.stat().st_size / 1e6, 1)
        limited = within(f"validate's memory, {megabytes} MB", peak, LARGEST_MB)
        yield replace(limited, worker_mb=peak.process, ours_mb=size)
        if megabytes > 10:
            yield Result(
                case=f"validate's memory, 10 to {megabytes} MB",
                ours=peak.tree,
                peer=first,
                peer_name="ours at 10 MB",
                ratio=round(first / peak.tree, 2),
                unit="MB",
                goal=round(1 / FLAT, 2),
            )


def _ours(document: Path, schemas: Path, workers: int) -> list[str]:
    """The whole command, as a user types it."""
    program = str(Path(sys.executable).with_name("commonplace"))
    options = ["--schemas", str(schemas), "--workers", str(workers), "--quiet"]
    return [program, "validate", str(document), *options, "--fail-on", "never"]


def _xmllint(document: Path, schemas: Path, work: Path) -> list[str]:
    driver = work / "driver.xsd"
    driver.write_text(DRIVER.format(schemas.as_uri()), encoding="utf-8")
    return ["xmllint", "--nonet", "--noout", "--stream", "--schema", str(driver), str(document)]
