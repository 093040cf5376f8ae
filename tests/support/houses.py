"""A small layer of houses and a mapping for it: the material of tests on whole runs."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio.raw
import shapely

MAPPING = """
target: {schema: bu-core2d/4.0, namespace: XX.EXAMPLE.BU, language: eng}
Building:
  inspireId: =code
  geometry2D: {geometry: =geometry, referenceGeometry: true, horizontalGeometryReference: footPrint}
  conditionOfConstruction: functional
  numberOfDwellings: =dwellings
  name: =name
"""

JOB = """
title: Houses
licence: CC0-1.0
attribution: Nobody
as_of: 2026-01-01
sources: {{houses: {{path: {source}{extra}}}}}
datasets: [{{name: houses, mapping: mapping.yaml, source: houses}}]
crs: {{target: EPSG:4258}}
output: {{folder: package, formats: [{formats}]}}
{more}
"""

Table = pa.Table
Change = Callable[[dict[str, list[object]]], None]


def columns(rows: int) -> dict[str, list[object]]:
    """``rows`` square houses in a grid near Bolzano, EPSG:25832."""
    index = np.arange(rows)
    x, y = 678_000 + (index % 500) * 20.0, 5_150_000 + (index // 500) * 20.0
    boxes = shapely.box(x, y, x + 9.5, y + 8.25)
    return {
        "code": [f"H{number:06d}" for number in index],
        "dwellings": [str(number % 7) for number in index],
        "name": [f"House {number}" for number in index],
        "geometry": list(shapely.to_wkb(boxes)),
    }


def write_houses(
    path: Path, rows: int, change: Change | None = None, crs: str | None = "EPSG:25832"
) -> Path:
    """Write the houses as a GeoPackage, after ``change`` had its way with the columns."""
    data = columns(rows)
    if change is not None:
        change(data)
    arrays = {
        name: pa.array(values, pa.binary() if name == "geometry" else pa.string())
        for name, values in data.items()
    }
    with warnings.catch_warnings():
        if crs is None:
            warnings.simplefilter("ignore")  # pyogrio warns that there is none
        pyogrio.raw.write_arrow(
            pa.table(arrays),
            path,
            layer="houses",
            driver="GPKG",
            geometry_name="geometry",
            geometry_type="Unknown",
            crs=crs,
        )
    return path


def write_job(
    folder: Path,
    source: Path,
    *,
    extra: str = "",
    formats: str = "gml",
    more: str = "",
    mapping: str = MAPPING,
) -> Path:
    """Write a job and its mapping into ``folder``; the package will be ``folder/package``."""
    (folder / "mapping.yaml").write_text(textwrap.dedent(mapping))
    path = folder / "job.yaml"
    path.write_text(JOB.format(source=source, extra=extra, formats=formats, more=more))
    return path
