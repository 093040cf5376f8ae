"""Packages as documents and files, for tests of what is done with them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from commonplace.jobreading import read_job
from commonplace.pipeline import run
from support.houses import Change, write_houses, write_job

FORM = """
metadata:
  abstract: Houses of a street.
  contact: {organisation: Town, email: geo@town.example}
  limitations: none
"""


def houses_package(
    folder: Path,
    rows: int,
    *,
    name: str = "package",
    formats: str = "gml, gpkg, geojson",
    change: Change | None = None,
    crs: str = "EPSG:4258",
    mapping: str | None = None,
    packed: bool = False,
) -> Path:
    """A package of houses; run again under another ``name`` it is a later version of it."""
    folder.mkdir(exist_ok=True)
    source = write_houses(folder / f"{name}.gpkg", rows, change)
    more = {} if mapping is None else {"mapping": mapping}
    job = write_job(folder, source, more=FORM, formats=formats, **more)
    given = {"output.folder": str(folder / name), "crs.target": crs}
    run(read_job(job, given | ({"output.zip": "true"} if packed else {})))
    return folder / name


def features_in(package: Path) -> dict[str, dict[str, Any]]:
    """Features of a package's GeoJSON files, by id."""
    return {
        one["id"]: one
        for path in sorted((package / "data").glob("*.geojson"))
        for one in json.loads(path.read_bytes())["features"]
    }


def renamed(number: int, name: str) -> Change:
    """Changes the name of one house."""

    def change(data: dict[str, list[object]]) -> None:
        data["name"][number] = name

    return change


def without(*numbers: int) -> Change:
    """Leaves houses out."""

    def change(data: dict[str, list[object]]) -> None:
        for column in data.values():
            column[:] = [one for n, one in enumerate(column) if n not in numbers]

    return change


def both(*changes: Callable[[dict[str, list[object]]], None]) -> Change:
    """One change after the other."""

    def change(data: dict[str, list[object]]) -> None:
        for one in changes:
            one(data)

    return change
