"""What goes wrong is said plainly, and nothing is lost or left half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest
import shapely
from lxml import etree

from commonplace.errors import (
    AccuracyNotReached,
    Cancelled,
    CrsUnknown,
    DiskFull,
    DocumentError,
    LayerNotFound,
    LimitExceeded,
    MappingError,
    TargetExists,
    TooManyRejected,
)
from commonplace.jobreading import read_job
from commonplace.pipeline import run
from commonplace.report import Report, Silent
from support.houses import MAPPING, write_houses, write_job

BUILDING = "{http://inspire.ec.europa.eu/schemas/bu-core2d/4.0}Building"


def run_job(path: Path, **overrides: str) -> Report:
    return run(read_job(path, {key.replace("__", "."): one for key, one in overrides.items()}))


def buildings(folder: Path) -> int:
    (gml,) = (folder / "package" / "data").glob("*.gml")
    return sum(1 for _ in etree.iterparse(gml, tag=BUILDING))


def left_behind(folder: Path) -> list[str]:
    return [one.name for one in folder.iterdir() if "package" in one.name]


def test_no_crs_at_all(tmp_path: Path) -> None:
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5, crs=None))
    with pytest.raises(CrsUnknown) as caught:
        run_job(job)
    assert caught.value.exit_code == 4
    assert left_behind(tmp_path) == []


def test_a_crs_can_be_stated(tmp_path: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 5, crs=None)
    run_job(write_job(tmp_path, source, extra=", crs: 'EPSG:25832'"))
    assert buildings(tmp_path) == 5


def test_a_wrong_crs_stated_is_noticed(tmp_path: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 5, crs=None)
    report = run_job(write_job(tmp_path, source, extra=", crs: 'EPSG:28992'"))
    assert "CRS_OUTSIDE_AREA" in report.findings.codes()


@pytest.mark.parametrize(
    "name",
    ["..", ".", "../../elsewhere", "a/b", "a\\\\b", ".hidden", "a:b", "a\\x1bb", "a. ", "a" * 101],
)
def test_a_dataset_that_cannot_name_files_is_refused(tmp_path: Path, name: str) -> None:
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5))
    job.write_text(job.read_text().replace("name: houses", f'name: "{name}"'))
    with pytest.raises(DocumentError) as caught:
        read_job(job)
    assert [one.path for one in caught.value.problems] == ["$.datasets[0].name"]


def test_a_dataset_may_be_called_as_the_folder_of_the_package_in_the_making(tmp_path: Path) -> None:
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5))
    job.write_text(job.read_text().replace("name: houses", "name: package"))
    assert run_job(job).layers["package:houses"].mapped == 5
    assert buildings(tmp_path) == 5


def test_an_accuracy_that_no_operation_reaches(tmp_path: Path) -> None:
    source = write_houses(tmp_path / "houses.gpkg", 5, crs="EPSG:31467")
    job = write_job(tmp_path, source)
    with pytest.raises(AccuracyNotReached) as caught:
        run_job(job, crs__accuracy="0.001")
    assert ".tif" in str(caught.value)


def test_a_missing_layer_names_those_there_are(tmp_path: Path) -> None:
    mapping = MAPPING.replace("Building:", "from: {layers: [hauses]}\nBuilding:")
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5), mapping=mapping)
    with pytest.raises(LayerNotFound) as caught:
        run_job(job)
    assert "houses" in str(caught.value)


def test_a_target_that_exists_is_kept(tmp_path: Path) -> None:
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5))
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "mine.txt").write_text("mine")
    with pytest.raises(TargetExists):
        run_job(job)
    assert (tmp_path / "package" / "mine.txt").read_text() == "mine"


def test_a_package_is_replaced_only_when_asked(tmp_path: Path) -> None:
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5))
    run_job(job)
    with pytest.raises(TargetExists):
        run_job(job)
    run_job(job, output__replace="true")
    assert buildings(tmp_path) == 5


def test_a_value_that_does_not_cast_costs_its_row_alone(tmp_path: Path) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        data["dwellings"][17_000] = "several"

    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 20_000, spoil))
    report = run_job(job)
    (found,) = [first for first, _, _ in report.findings.grouped() if first.code == "CAST_FAILED"]
    assert (found.value, found.attribute) == ("several", "Building.numberOfDwellings")
    assert found.feature == "H017000"
    assert buildings(tmp_path) == 19_999
    (ledger,) = report.layers.values()
    assert (ledger.read, ledger.rejected, ledger.mapped) == (20_000, 1, 19_999)


def test_a_value_that_does_not_cast_becomes_void_when_asked(tmp_path: Path) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        data["dwellings"][3] = "several"

    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5, spoil))
    report = run_job(job, on_error="void")
    assert "CAST_FAILED" in report.findings.codes()
    assert buildings(tmp_path) == 5


def test_a_value_that_does_not_cast_stops_the_run_when_asked(tmp_path: Path) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        data["dwellings"][3] = "several"

    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5, spoil))
    with pytest.raises(MappingError):
        run_job(job, on_error="stop")
    assert left_behind(tmp_path) == []


def test_too_much_rejected_stops_the_run(tmp_path: Path) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        data["dwellings"][3:5] = ["x", "y"]

    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 50, spoil))
    with pytest.raises(TooManyRejected) as caught:
        run_job(job, max_rejected="1%")
    assert "CAST_FAILED" in str(caught.value)
    assert left_behind(tmp_path) == []


def test_repeated_ids_are_rejected_across_parts(tmp_path: Path) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        data["code"][90] = data["code"][10]
        data["code"][95] = data["code"][10]

    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 100, spoil))
    report = run_job(job, limits__part_rows="30")
    assert buildings(tmp_path) == 98
    counts = {first.code: count for first, count, _ in report.findings.grouped()}
    assert counts["ID_DUPLICATE"] == 2
    (ledger,) = report.layers.values()
    assert (ledger.rejected, ledger.mapped) == (2, 98)


def test_a_type_of_which_nothing_is_left(tmp_path: Path) -> None:
    parts = MAPPING.replace("Building:", "BuildingPart:").split("\n", 2)[2]
    nothing = parts.replace("=code", "=CASE WHEN code = 'none' THEN code END")
    source = write_houses(tmp_path / "houses.gpkg", 5)
    mapping = MAPPING + nothing
    job = write_job(tmp_path, source, mapping=mapping, formats="gml, gpkg, geojson, geoparquet")
    report = run_job(job, max_rejected="100%")
    assert [one.written for one in report.types.values()] == [5, 0]
    (table,) = (one for one in report.outputs if one.format == "gpkg")
    assert table.feature_types == ("Building",)


def test_a_control_character_is_replaced_and_told(tmp_path: Path, validate_gml: object) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        data["name"][2] = "bell\x07house & <co>"

    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5, spoil))
    report = run_job(job)
    assert "CONTROL_CHARACTER" in report.findings.codes()
    assert buildings(tmp_path) == 5


@pytest.mark.parametrize("column", ["code", "dwellings", "name", "geometry"])
def test_a_null_in_every_position(tmp_path: Path, column: str) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        data[column][0] = None
        data[column][4] = None

    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5, spoil))
    report = run_job(job)
    rejected = {"code": 2, "geometry": 2}.get(column, 0)
    (ledger,) = report.layers.values()
    assert (ledger.rejected, ledger.mapped) == (rejected, 5 - rejected)
    assert ledger.balances()
    assert buildings(tmp_path) == 5 - rejected


def test_a_column_of_nothing_but_nulls(tmp_path: Path) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        data["name"] = [None] * 5
        data["dwellings"] = [None] * 5

    run_job(write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 5, spoil)))
    assert buildings(tmp_path) == 5


def test_a_tiny_ordinate_is_written_without_exponent(tmp_path: Path) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        ring = [(1e-7, 45.0), (0.5, 45.0), (0.5, 45.5), (-0.0, 45.5)]
        data["geometry"][0] = shapely.to_wkb(shapely.Polygon(ring))

    source = write_houses(tmp_path / "houses.gpkg", 1, spoil, crs="EPSG:4258")
    run_job(write_job(tmp_path, source))
    (gml,) = (tmp_path / "package" / "data").glob("*.gml")
    positions = " ".join(
        element.text or ""
        for _, element in etree.iterparse(gml, tag="{http://www.opengis.net/gml/3.2}posList")
    )
    assert "e" not in positions.lower()
    assert "-0 " not in f"{positions} "
    assert "0.0000001" in positions


def test_an_expression_that_fills_memory_is_ended(tmp_path: Path) -> None:
    """Each replace makes the text ten times as long: 10 GB of e at the end."""
    swelling = "name"
    for _ in range(10):
        swelling = f"replace({swelling}, 'e', 'eeeeeeeeee')"
    mapping = MAPPING.replace("=name", f'"={swelling}"')
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 50), mapping=mapping)
    with pytest.raises(LimitExceeded):
        run_job(job, limits__part_seconds="20")
    assert left_behind(tmp_path) == []


def test_an_expression_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    """Within its memory, but the clock runs out first."""
    slow = []
    for number in range(20):
        text = f"(name || '{number}')"
        for _ in range(4):
            text = f"replace({text}, 'e', 'eeeeeeeeee')"
        slow.append(f"length({text})")
    mapping = MAPPING.replace("=name", f'"=({" + ".join(slow)})::varchar"')
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 16_000), mapping=mapping)
    with pytest.raises(LimitExceeded) as caught:
        run_job(job, limits__part_rows="1000", limits__part_seconds="0.2")
    assert "longer than 0.2 s" in str(caught.value)
    assert left_behind(tmp_path) == []


def test_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], check=False
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount a small disk")
    try:
        source = write_houses(tmp_path / "houses.gpkg", 20_000)
        job = write_job(tmp_path, source)
        with pytest.raises(DiskFull) as caught:
            run_job(job, output__folder=str(disk / "package"))
        assert caught.value.exit_code == 7
        assert list(disk.iterdir()) == []
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_killed_run_leaves_nothing_under_the_final_name(tmp_path: Path) -> None:
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 60_000))
    command = [sys.executable, "-m", "commonplace", "run", str(job), "--quiet"]
    process = subprocess.Popen(command, start_new_session=True)
    _wait_for(lambda: any(tmp_path.glob(".package.*.work/dataset-houses/spool/000/*.arrow")))
    process.kill()
    process.wait()
    assert not (tmp_path / "package").exists()
    _wait_for(lambda: _of_session(process.pid) == [])
    run_job(job)
    assert buildings(tmp_path) == 60_000
    assert left_behind(tmp_path) == ["package"]


def test_an_interrupted_run_says_so_and_cleans_up(tmp_path: Path) -> None:
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 60_000))
    command = [sys.executable, "-m", "commonplace", "run", str(job), "--quiet"]
    process = subprocess.Popen(command, start_new_session=True)
    _wait_for(lambda: any(tmp_path.glob(".package.*.work/dataset-houses/spool/000/*.arrow")))
    os.kill(process.pid, signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert left_behind(tmp_path) == []


class CancelAtSecondBatch(Silent):
    """Cancels once two batches of the layer have been read."""

    def __init__(self) -> None:
        self.batches = 0

    def progress(self, step: str, done: int, total: int | None) -> None:
        self.batches += step.startswith("read")

    def cancelled(self) -> bool:
        return self.batches >= 2


def test_cancelling_leaves_no_output(tmp_path: Path) -> None:
    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 20_000))
    with pytest.raises(Cancelled):
        run(read_job(job, {"limits.part_rows": "1000"}), CancelAtSecondBatch())
    assert left_behind(tmp_path) == []


def test_text_in_the_wrong_encoding_is_noticed(shared: Path, tmp_path: Path) -> None:
    mapping = MAPPING.replace("=code", "=ID").replace("=dwellings", "=NB_LOGTS")
    mapping = mapping.replace("=name", "=NATURE")
    job = write_job(
        tmp_path, shared / "data" / "fr_olemps_bdtopo" / "BATIMENT.shp", mapping=mapping
    )
    assert "ENCODING_SUSPECT" in run_job(job).findings.codes()


def _wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.02)
    pytest.fail("waited in vain")


def _of_session(leader: int) -> list[int]:
    """Processes still running of the session a killed process led."""
    found = []
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def test_findings_name_the_feature_where_it_has_an_id(tmp_path: Path) -> None:
    def spoil(data: dict[str, list[object]]) -> None:
        bow_tie = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])
        data["geometry"][40] = shapely.to_wkb(
            shapely.transform(bow_tie, lambda points: np.add(points, (678_000, 5_150_000)))
        )

    job = write_job(tmp_path, write_houses(tmp_path / "houses.gpkg", 50, spoil))
    report = run_job(job, limits__part_rows="20")
    (found,) = [one for one, _, _ in report.findings.grouped() if one.code == "GEOMETRY_REPAIRED"]
    assert found.feature == "H000040"
