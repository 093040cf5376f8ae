"""Validation against ``xmllint --stream --schema``, and its memory as documents grow.

The documents are our own INSPIRE buildings. xmllint checks the schema only; ours everything.
Needs the official XSDs: ``$COMMONPLACE_SCHEMAS`` or ``../shared/inspire/schemas``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final, TypeVar

from measure import memory, seconds

HERE: Final = Path(__file__).parent
SHARED: Final = HERE.parents[1] / "shared" / "inspire" / "schemas"
GOALS: Final = {1: round(1 / 5, 2), 2: round(1 / 3, 2)}  # xmllint's time by ours
LARGEST_MB: Final = 400.0
DRIVER: Final = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
<xs:import namespace="http://inspire.ec.europa.eu/schemas/bu-core2d/4.0"
 schemaLocation="{0}/inspire.ec.europa.eu/schemas/bu-core2d/4.0/BuildingsCore2D.xsd"/>
<xs:import namespace="http://www.opengis.net/wfs/2.0"
 schemaLocation="{0}/schemas.opengis.net/wfs/2.0/wfs.xsd"/>
</xs:schema>
"""

Line = TypeVar("Line")


def schemas() -> Path:
    """The folder of XSDs."""
    return Path(os.environ.get("COMMONPLACE_SCHEMAS", SHARED)).resolve()


def ours(document: Path, workers: int) -> list[str]:
    """The whole command, as a user types it."""
    program = str(Path(sys.executable).with_name("commonplace"))
    options = ["--schemas", str(schemas()), "--workers", str(workers), "--quiet"]
    return [program, "validate", str(document), *options, "--fail-on", "never"]


def xmllint(document: Path, work: Path) -> list[str]:
    """libxml2's streaming validation."""
    driver = work / "driver.xsd"
    driver.write_text(DRIVER.format(schemas().as_uri()), encoding="utf-8")
    return ["xmllint", "--nonet", "--noout", "--stream", "--schema", str(driver), str(document)]


def speed(document: Path, work: Path, repeat: int, make: Callable[..., Line]) -> Iterator[Line]:
    """One and two processes against xmllint, in turn; ``make`` makes a line of the results."""
    times: dict[int, list[float]] = {1: [], 2: []}
    theirs: list[float] = []
    for _ in range(repeat):
        theirs.append(seconds(xmllint(document, work)))
        for workers, taken in times.items():
            taken.append(seconds(ours(document, workers)))
    peer = median(theirs)
    for workers, taken in times.items():
        mine = median(taken)
        yield make(
            case=f"validate-{workers}-workers",
            ours=round(mine, 2),
            peer=round(peer, 2),
            peer_name="xmllint --stream --schema",
            ratio=round(peer / mine, 2),
            unit="s",
            ours_mb=round(document.stat().st_size / 1e6, 1),
            goal=GOALS[workers],
        )


def growth(documents: Sequence[Path], make: Callable[..., Line]) -> Iterator[Line]:
    """Peak memory of the process tree (PSS) over ever larger documents."""
    first: float | None = None
    for document in documents:
        peak = memory(ours(document, 2))
        first = first or peak.tree
        yield make(
            case=f"validate-memory-{document.stat().st_size // 1_000_000}-MB",
            ours=peak.tree,
            peer=LARGEST_MB,
            peer_name="the limit",
            ratio=round(LARGEST_MB / peak.tree, 2),
            unit="MB",
            peak_mb=peak.tree,
            worker_mb=peak.process,
            goal=1.0,
        )
