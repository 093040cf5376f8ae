"""Ours against its peers, side by side in one run; ``make bench``.

Commands run in turn, so that a noisy machine disturbs all alike; figures are medians.
``ratio`` is the peer's time by ours: above 1 ours is quicker. Memory is the PSS of the
process tree in runs of their own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Final

import pyogrio
from rich.console import Console
from rich.table import Table

from buildings import buildings
from measure import Memory, memory, reported_seconds, seconds
from write_gdal import flatten

HERE: Final = Path(__file__).parent
WORK: Final = HERE / "work"
DRIVERS: Final = {"gml": "GML", "geojson": "GeoJSON", "gpkg": "GPKG"}
REACH: Final = {
    ("gml", "ogr2ogr"): 3.0,
    ("gml", "GDAL"): 1.5,
    ("geojson", "ogr2ogr"): 2.0,
    ("gpkg", "ogr2ogr"): 1.5,
    ("gpkg", "GDAL"): 0.9,
}
IDENTICAL_ROWS: Final = 21_000


@dataclass(frozen=True, slots=True)
class Result:
    """One line of ``results.json``. ``goal`` is what the ratio should reach, where stated."""

    case: str
    ours: float
    peer: float
    peer_name: str
    ratio: float
    unit: str
    peak_mb: float | None = None
    worker_mb: float | None = None
    ours_mb: float | None = None
    peer_mb: float | None = None
    goal: float | None = None


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


def speed(form: str, rows: int, repeat: int, peak: Memory) -> Iterator[Result]:
    """One format against both peers."""
    source = buildings(rows, WORK)
    flat = WORK / f"flat-{rows}.arrow"
    if not flat.exists():
        flatten(source, flat)
    package, theirs, newest = WORK / "ours", WORK / f"theirs.{form}", WORK / f"newest.{form}"
    times: dict[str, list[float]] = {"ours": [], "ogr2ogr": [], "GDAL": []}
    for _ in range(repeat):
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
            worker_mb=peak.process,
            ours_mb=_megabytes(package, form),
            peer_mb=round(file.stat().st_size / 1e6, 1),
            goal=REACH.get((form, peer)),
        )


def growth(form: str, small: tuple[int, Memory], large: tuple[int, Memory]) -> Result:
    """How the largest process grows with the number of rows."""
    (few, lean), (many, fat) = small, large
    return Result(
        case=f"{form}-memory-{many}",
        ours=fat.process,
        peer=lean.process,
        peer_name=f"ours at {few} rows",
        ratio=round(lean.process / fat.process, 3),
        unit="MB",
        peak_mb=fat.tree,
        worker_mb=fat.process,
        goal=round(1 / 1.15, 3),
    )


def identical(form: str) -> Result:
    """Bytes of one part against those of two and of seven; ratio 1 when they are equal."""
    source = buildings(IDENTICAL_ROWS, WORK)
    digests = []
    for parts in (1, 2, 7):
        package = WORK / "ours"
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


def _show(results: Sequence[Result]) -> None:
    table = Table(title="Ours and its peers")
    for name in Result.__dataclass_fields__:
        table.add_column(name, justify="left" if name in ("case", "peer_name") else "right")
    for one in results:
        table.add_row(*("" if value is None else str(value) for value in asdict(one).values()))
    Console(width=170).print(table)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--many", type=int, default=1_000_000, help="rows of the memory run")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--formats", nargs="+", default=list(DRIVERS), choices=list(DRIVERS))
    parser.add_argument("--output", type=Path, default=HERE / "results.json")
    chosen = parser.parse_args()
    results: list[Result] = []
    for form in chosen.formats:
        peaks = [
            (rows, memory(ours(buildings(rows, WORK), WORK / "ours", form)))
            for rows in (chosen.rows, chosen.many)
        ]
        results += speed(form, chosen.rows, chosen.repeat, peaks[0][1])
        results.append(growth(form, *peaks))
        results.append(identical(form))
    _show(results)
    listed = [asdict(one) for one in results]
    chosen.output.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
