"""Makes the benchmark's buildings: a GeoPackage in EPSG:25832, the same at every run.

Outlines have 7 to 15 points; about one in ten has a hole, one in twenty a second part.
Columns feed nested and repeated properties and hold nulls.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyogrio
import shapely

SEED: Final = 20_261_124
CHUNK: Final = 100_000
CORNER: Final = (650_000.0, 5_300_000.0)
PITCH: Final = 40.0
COLUMNS: Final = 1_000
USES: Final = np.array(["WOH", "BUE", "HAN", "IND", "LAN", "OEF"], dtype=object)
STATES: Final = np.array(["genutzt", "leer", "Ruine"], dtype=object)
STEMS: Final = np.array(["Linden", "Rosen", "Mühl", "Kirch", "Bach & Söhne", "Wein"], dtype=object)

NOTHING: Final = np.array(None, dtype=object)

Array = npt.NDArray[Any]


def buildings(rows: int, folder: Path) -> Path:
    """The GeoPackage with ``rows`` buildings, made if it isn't there."""
    path = folder / f"buildings-{rows}.gpkg"
    if path.exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    growing = folder / f".{path.name}"
    growing.unlink(missing_ok=True)
    for first in range(0, rows, CHUNK):
        _append(growing, first, min(CHUNK, rows - first))
    growing.rename(path)
    return path


def _append(path: Path, first: int, rows: int) -> None:
    rng = np.random.default_rng((SEED, first))
    columns = _columns(rng, first, rows)
    pyogrio.raw.write(
        path,
        shapely.to_wkb(_outlines(rng, first, rows)),
        list(columns.values()),
        list(columns),
        layer="buildings",
        driver="GPKG",
        crs="EPSG:25832",
        geometry_type="Unknown",
        append=first > 0,
        SPATIAL_INDEX="NO",
    )


def _outlines(rng: np.random.Generator, first: int, rows: int) -> Array:
    """Polygons and multipolygons around the points of a grid."""
    number = np.arange(first, first + rows)
    centres = np.column_stack(
        [CORNER[0] + PITCH * (number % COLUMNS), CORNER[1] + PITCH * (number // COLUMNS)]
    )
    shells = _rings(rng, centres, rng.integers(7, 16, rows), 6.0, 11.0)
    outlines: Array = shapely.polygons(shells)
    holed = np.flatnonzero(rng.random(rows) < 0.10)
    holes = _rings(rng, centres[holed], np.full(len(holed), 5), 1.5, 2.5)
    outlines[holed] = shapely.polygons(shells[holed], holes=holes[:, np.newaxis])
    double = np.flatnonzero(rng.random(rows) < 0.05)
    sheds = shapely.polygons(
        _rings(rng, centres[double] + [16.0, 0.0], np.full(len(double), 7), 2.0, 3.0)
    )
    pairs = np.column_stack([outlines[double], sheds])
    outlines[double] = shapely.multipolygons(pairs)
    return outlines


def _rings(
    rng: np.random.Generator, centres: Array, corners: Array, smallest: float, largest: float
) -> Array:
    """Closed rings, star-shaped about their centres; ``corners`` count the closing point."""
    owner = np.repeat(np.arange(len(centres)), corners - 1)
    starts = np.cumsum(corners - 1) - (corners - 1)
    step = np.arange(len(owner)) - np.repeat(starts, corners - 1)
    angle = (
        2 * np.pi * (step + rng.uniform(0, 0.6, len(owner))) / np.repeat(corners - 1, corners - 1)
    )
    radius = rng.uniform(smallest, largest, len(owner))
    points = centres[owner] + radius[:, np.newaxis] * np.column_stack(
        [np.cos(angle), np.sin(angle)]
    )
    rings: Array = shapely.linearrings(points.round(3), indices=owner)
    return rings


def _columns(rng: np.random.Generator, first: int, rows: int) -> dict[str, Array]:
    number = np.arange(first, first + rows)
    year = rng.integers(1850, 2024, rows)
    share = rng.integers(1, 10, rows) * 10
    second = rng.random(rows) < 0.4
    height = rng.uniform(3, 40, rows).round(2)
    return {
        "id": np.char.add("B", np.char.zfill(number.astype(str), 8)).astype(object),
        "name": _some(rng, STEMS[number % len(STEMS)] + "hof", 0.3),
        "state": _some(rng, STATES[rng.integers(0, 3, rows)], 0.95),
        "use1": USES[rng.integers(0, 6, rows)],
        "share1": np.where(second, share, 100),
        "use2": np.where(second, USES[rng.integers(0, 6, rows)], NOTHING),
        "share2": np.where(second, 100.0 - share, np.nan),
        "storeys": np.where(rng.random(rows) < 0.9, rng.integers(1, 12, rows), np.nan),
        "dwellings": rng.integers(0, 30, rows),
        "height": np.where(rng.random(rows) < 0.9, height, np.nan),
        "built": _some(rng, np.char.add(year.astype(str), "-05-17").astype(object), 0.8),
        "altered": _some(rng, np.char.add((year + 1).astype(str), "-09-30").astype(object), 0.2),
        "entered": np.char.add((year % 20 + 2004).astype(str), "-01-31T12:00:00Z").astype(object),
    }


def _some(rng: np.random.Generator, values: Array, share: float) -> Array:
    kept: Array = np.where(rng.random(len(values)) < share, values, NOTHING)
    return kept
