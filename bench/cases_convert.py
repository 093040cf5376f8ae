"""GML to GeoPackage against GDAL's GMLAS driver into SpatiaLite, and convert's memory.

The document is our own INSPIRE buildings. GMLAS reads the same XSDs from a local folder; it
needs GDAL with GMLAS and SpatiaLite (``gdal-bin``), and the official XSDs
(``$COMMONPLACE_SCHEMAS`` or ``../shared/inspire/schemas``), which are copied: GDAL writes beside
what it reads. Seconds are wall-clock; memory is the PSS of the process tree in runs of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

from documents import gml_buildings
from measure import memory, seconds
from results import Result, Setting, Unmeasured

HERE: Final = Path(__file__).parent
SHARED: Final = HERE.parents[1] / "shared" / "inspire" / "schemas"
XSDS: Final = (
    "inspire.ec.europa.eu/schemas/bu-core2d/4.0/BuildingsCore2D.xsd",
    "schemas.opengis.net/wfs/2.0/wfs.xsd",
)
GOAL: Final = 3.0


def cases(setting: Setting) -> Iterator[Result]:
    """Speed at half the rows (GMLAS is slow), memory at two sizes."""
    schemas = _schemas(setting.work)
    small, large = setting.rows // 20, setting.rows // 2
    documents = {rows: gml_buildings(rows, setting.work) for rows in (small, large)}
    target, theirs = setting.work / "converted.gpkg", setting.work / "gmlas.sqlite"
    mine: list[float] = []
    peer: list[float] = []
    for _ in range(setting.repeat):
        theirs.unlink(missing_ok=True)
        peer.append(seconds(_gmlas(documents[large], theirs, schemas)))
        mine.append(seconds(_convert(documents[large], target)))
    ours, other = median(mine), median(peer)
    peaks = {rows: memory(_convert(documents[rows], target)).tree for rows in documents}
    yield Result(
        case=f"gml to gpkg, {large} buildings",
        ours=round(ours, 2),
        peer=round(other, 2),
        peer_name="GMLAS into SpatiaLite",
        ratio=round(other / ours, 2),
        unit="s",
        peak_mb=peaks[large],
        goal=GOAL,
    )
    yield Result(
        case=f"convert's memory, {small} to {large} buildings",
        ours=peaks[large],
        peer=peaks[small],
        peer_name=f"{small} buildings",
        ratio=round(peaks[small] / peaks[large], 2),
        unit="MB",
    )


def _convert(document: Path, target: Path) -> list[str]:
    """The whole command, as a user types it."""
    program = str(Path(sys.executable).with_name("commonplace"))
    return [program, "convert", str(document), str(target), "--replace", "--quiet"]


def _gmlas(document: Path, target: Path, schemas: Path) -> list[str]:
    located = ",".join(str(schemas / one) for one in XSDS)
    options = ["-f", "SQLite", "-dsco", "SPATIALITE=YES", "-q", "-oo", f"XSD={located}"]
    return ["ogr2ogr", *options, str(target), f"GMLAS:{document}"]


def _schemas(work: Path) -> Path:
    """A copy of the XSDs that GDAL may write beside."""
    source = Path(os.environ.get("COMMONPLACE_SCHEMAS", SHARED))
    if not (source / XSDS[0]).is_file():
        raise Unmeasured(f"the official XSDs are not in {source}: name them: COMMONPLACE_SCHEMAS")
    formats = subprocess.run(["ogrinfo", "--formats"], capture_output=True, text=True, check=False)
    if "GMLAS" not in formats.stdout:
        raise Unmeasured("there is no GDAL with GMLAS: install gdal-bin")
    copy = work / "xsd"
    if not copy.exists():
        shutil.copytree(source, copy, copy_function=shutil.copyfile)
    return copy
