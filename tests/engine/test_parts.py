"""The number of parts and workers changes no byte of the data files."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from commonplace.jobreading import read_job
from commonplace.pipeline import run
from support.houses import write_houses, write_job

ROWS = 700


def digests(job: Path, folder: Path, **overrides: str) -> dict[str, str]:
    settings = {key.replace("__", "."): value for key, value in overrides.items()}
    run(read_job(job, {"output.folder": str(folder), **settings}))
    files = sorted((folder / "data").iterdir())
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in files}


@pytest.mark.parametrize("parts", [2, 7])
def test_parts_change_no_byte(tmp_path: Path, parts: int) -> None:
    source = write_houses(tmp_path / "houses.gpkg", ROWS)
    job = write_job(tmp_path, source, formats="gml, gpkg, geojson")
    whole = digests(job, tmp_path / "one", limits__part_rows=str(ROWS))
    cut = digests(job, tmp_path / "many", limits__part_rows=str(-(-ROWS // parts)))
    assert len(whole) == 3
    assert cut == whole


def test_workers_change_no_byte(tmp_path: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", ROWS)
    job = write_job(tmp_path, source, formats="gml, gpkg, geojson")
    one = digests(job, tmp_path / "one", limits__part_rows="100", limits__workers="1")
    three = digests(job, tmp_path / "three", limits__part_rows="100", limits__workers="3")
    assert one == three


def test_linked_objects_do_not_depend_on_parts(shared: Path, tmp_path: Path) -> None:
    job = Path(__file__).parents[2] / "processing" / "jobs" / "nl-amsterdam-addresses.yaml"
    whole = digests(job, tmp_path / "one")
    cut = digests(job, tmp_path / "many", limits__part_rows="300")
    assert cut == whole
