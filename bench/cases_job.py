"""A whole run: nested INSPIRE buildings against GDAL's flat ones, in the main encodings.

Commands run in turn, so that a noisy machine disturbs all alike; figures are medians.
Memory is that of runs of their own. The second peer, the newest GDAL that a wheel brings,
only writes what was read and reprojected before.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Final

import pyogrio

from buildings import buildings
from measure import Memory, memory, reported_seconds, seconds
from results import Result, Setting
from write_gdal import flatten

HERE: Final = Path(__file__).parent
DRIVERS: Final = {"gml": "GML", "geojson": "GeoJSON", "gpkg": "GPKG"}
REACH: Final = {
    ("gml", "ogr2ogr"): 3.0,
    ("gml", "GDAL"): 1.5,
    ("geojson", "ogr2ogr"): 2.0,
    ("gpkg", "ogr2ogr"): 1.5,
    ("gpkg", "GDAL"): 0.9,
}
IDENTICAL_ROWS: Final = 21_000
GROWTH: Final = 1.15


def cases(setting: Setting) -> Iterator[Result]:
    """All encodings, one after the other."""
    for form in DRIVERS:
        peaks = [
            (rows, memory(ours(buildings(rows, setting.work), setting.work / "ours", form)))
            for rows in (setting.rows, setting.many)
        ]
        yield from speed(form, setting, peaks[0][1])
        yield from growth(form, *peaks)
        yield identical(form, setting.work)


def ours(source: Path, target: Path, form: str, *settings: str) -> list[str]:
    """The whole command, as a user types it."""
    return [
        str(Path(sys.executable).with_name("commonplace")),
        "run",
        str(HERE / "job.yaml"),
        f"--set=sources.buildings.path={source}",
        f"--set=output.formats={form}",
        *(f"--set={one}" for one in settings),
        f"--output={target}",
        "--replace",
        "--quiet",
    ]


def ogr2ogr(source: Path, target: Path, form: str) -> list[str]:
    """Debian's GDAL: reads, reprojects and writes flat features."""
    options = ["-dsco", "FORMAT=GML3.2"] if form == "gml" else []
    driver = DRIVERS[form]
    return ["ogr2ogr", "-f", driver, *options, "-t_srs", "EPSG:4258", str(target), str(source)]


def wheel_gdal(flat: Path, target: Path, form: str) -> list[str]:
    """The wheel's GDAL: writes only."""
    return [sys.executable, str(HERE / "write_gdal.py"), str(flat), str(target), DRIVERS[form]]


def speed(form: str, setting: Setting, peak: Memory) -> Iterator[Result]:
    """One format against both peers."""
    rows, work = setting.rows, setting.work
    source = buildings(rows, work)
    flat = work / f"flat-{rows}.arrow"
    if not flat.exists():
        flatten(source, flat)
    package, theirs, newest = work / "ours", work / f"theirs.{form}", work / f"newest.{form}"
    times: dict[str, list[float]] = {"ours": [], "ogr2ogr": [], "GDAL": []}
    os.sync()  # what the runs before wrote is not written now
    for _ in range(setting.repeat):
        times["ours"].append(_fresh(package, seconds, ours(source, package, form)))
        times["ogr2ogr"].append(_fresh(theirs, seconds, ogr2ogr(source, theirs, form)))
        command = wheel_gdal(flat, newest, form)
        times["GDAL"].append(_fresh(newest, reported_seconds, command))
    mine = median(times["ours"])
    version = ".".join(map(str, pyogrio.__gdal_version__))
    names = {"ogr2ogr": "ogr2ogr (Debian)", "GDAL": f"GDAL {version} (write only)"}
    for peer, file in (("ogr2ogr", theirs), ("GDAL", newest)):
        yield Result(
            case=f"{form}-{rows}",
            ours=round(mine, 2),
            peer=round(median(times[peer]), 2),
            peer_name=names[peer],
            ratio=round(median(times[peer]) / mine, 2),
            unit="s",
            peak_mb=peak.tree,
            worker_mb=peak.worker,
            ours_mb=_megabytes(package, form),
            peer_mb=round(file.stat().st_size / 1e6, 1),
            goal=REACH.get((form, peer)),
        )


def growth(form: str, small: tuple[int, Memory], large: tuple[int, Memory]) -> Iterator[Result]:
    """How a worker, and the largest process, the one that joins the pieces, grow with rows."""
    (few, lean), (many, fat) = small, large
    sizes = {
        "a worker": (lean.worker, fat.worker, round(1 / GROWTH, 3)),
        "largest process": (lean.process, fat.process, None),
    }
    for name, (before, after, goal) in sizes.items():
        yield Result(
            case=f"{form}-memory, {name}",
            ours=after,
            peer=before,
            peer_name=f"ours, {few:,} instead of {many:,}",
            ratio=round(before / after, 3),
            unit="MB",
            peak_mb=fat.tree,
            worker_mb=fat.worker,
            goal=goal,
        )


def identical(form: str, work: Path) -> Result:
    """Bytes of one part against those of two and of seven; ratio 1 when they are equal."""
    source = buildings(IDENTICAL_ROWS, work)
    digests = []
    for parts in (1, 2, 7):
        package = work / "ours"
        part_rows = -(-IDENTICAL_ROWS // parts)
        command = ours(source, package, form, f"limits.part_rows={part_rows}")
        _fresh(package, seconds, command)
        digests.append(hashlib.sha256(_output(package, form).read_bytes()).hexdigest())
    same = digests.count(digests[0])
    return Result(f"{form}-1-2-7-parts", same, len(digests), "files alike", same / 3, "files")


def _fresh(target: Path, measure: Callable[[Sequence[str]], float], command: list[str]) -> float:
    """Measure with the target absent, so that nobody pays for removing the last one."""
    if target.is_dir():
        shutil.rmtree(target)
    target.unlink(missing_ok=True)
    return measure(command)


def _output(package: Path, form: str) -> Path:
    return max(package.rglob(f"*.{form}"), key=lambda path: path.stat().st_size)


def _megabytes(package: Path, form: str) -> float:
    return round(sum(path.stat().st_size for path in package.rglob(f"*.{form}")) / 1e6, 1)
