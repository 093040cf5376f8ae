"""The scripts in processing/scripts, run as a reader would run them; and the Python face."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import pytest

import commonplace
from commonplace.errors import LayerNotFound
from support.houses import MAPPING, write_houses, write_job


def script(root: Path, name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "processing" / "scripts" / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_layers_to_csv(root: Path, tmp_path: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 4)
    done = script(root, "layers_to_csv.py", source, tmp_path / "csv")
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "csv" / "houses.csv").read_text().splitlines()
    rows = list(csv.DictReader(lines))
    assert [row["code"] for row in rows] == ["H000000", "H000001", "H000002", "H000003"]
    assert "geometry" not in rows[0]


def test_areas_by_column(root: Path, tmp_path: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 8)
    done = script(root, "areas_by_column.py", source, "houses", "dwellings")
    assert done.returncode == 0, done.stderr
    areas = {line.split()[0]: float(line.split()[1]) for line in done.stdout.splitlines()[1:]}
    one_house = 9.5 * 8.25
    assert areas["0"] == pytest.approx(2 * one_house, rel=0.001)
    assert areas["3"] == pytest.approx(one_house, rel=0.001)


def test_run_all_jobs(root: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good", tmp_path / "bad"
    for folder, mapping in ((good, MAPPING), (bad, MAPPING.replace("Building:", "Bilding:"))):
        folder.mkdir()
        write_job(folder, write_houses(folder / "houses.gpkg", 5), mapping=mapping)
        (folder / "mapping.yaml").rename(folder / "mapping.yml")
        job = (folder / "job.yaml").read_text().replace("mapping.yaml", "mapping.yml")
        (folder / "job.yaml").write_text(job)
    done = script(root, "run_all_jobs.py", good)
    assert (done.returncode, done.stdout) == (0, "job.yaml: houses:houses: 0 of 5 rejected\n")
    refused = script(root, "run_all_jobs.py", bad)
    assert refused.returncode == 1
    assert "Building" in refused.stderr
    assert not (bad / "package").exists()


def test_open_names_the_nearest_layer(tmp_path: Path) -> None:
    source = commonplace.open(write_houses(tmp_path / "houses.gpkg", 4))
    frame = source.layer("houses").to_geodataframe()
    assert (len(frame), frame.crs.to_epsg()) == (4, 25832)
    with pytest.raises(LayerNotFound) as caught:
        source.layer("hauses")
    assert "houses" in str(caught.value)


def test_run_can_be_called_twice(tmp_path: Path) -> None:
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 4))
    for _ in range(2):
        report = commonplace.run(job, overrides={"output.replace": "true"})
        assert report.types["houses:Building"].written == 4
    assert commonplace.check(job).errors == ()
