"""Parts on a Dask cluster: the same bytes as here, whatever happens to workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import pytest

from commonplace.clusters import DaskExecutor
from commonplace.errors import Cancelled, ClusterError, LimitExceeded
from commonplace.executor import Limits
from commonplace.jobreading import read_job
from commonplace.pipeline import run
from commonplace.report import Silent
from support.houses import write_houses, write_job

ROWS = 4_000
MORE = "limits: {part_rows: 200}"
PARTS = "support.parts"


@pytest.fixture(scope="module")
def job(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("houses")
    source = write_houses(folder / "houses.gpkg", ROWS)
    return write_job(folder, source, formats="gml, gpkg, geojson", more=MORE)


@pytest.fixture(scope="module")
def local(job: Path) -> dict[str, str]:
    """The bytes of a run without a cluster."""
    package = job.parent / "local"
    run(read_job(job, {"output.folder": str(package)}))
    return digests(package)


def digests(package: Path) -> dict[str, str]:
    files = sorted((package / "data").iterdir())
    return {one.name: sha256(one.read_bytes()).hexdigest() for one in files}


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_workers_of_this_machine(
    job: Path, local: dict[str, str], tmp_path: Path, workers: int
) -> None:
    settings = {"output.folder": str(tmp_path / "package"), "engine": "dask"}
    run(read_job(job, {**settings, "limits.workers": str(workers)}))
    assert digests(tmp_path / "package") == local


@dataclass
class Cluster:
    """A scheduler and workers as processes of their own, as on other machines."""

    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    address: str = ""

    def begin(self, workers: int) -> None:
        told = self.folder / "scheduler.json"
        self._start("scheduler", "--port", "0", "--scheduler-file", str(told))
        while not told.exists() or not told.read_text():
            assert self.processes[0].poll() is None
            time.sleep(0.05)
        self.address = json.loads(told.read_text())["address"]
        for _ in range(workers):
            self.add_worker()
        with DaskExecutor[int, int](f"{PARTS}:square", LIMITS, Silent(), self.address) as executor:
            executor.client.wait_for_workers(workers, timeout=60)

    def add_worker(self) -> subprocess.Popen[bytes]:
        local = str(self.folder / "workers")
        options = ("--nthreads", "1", "--no-nanny", "--local-directory", local)
        return self._start("worker", self.address, *options)

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        tests = str(Path(__file__).parents[1])
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *command, "--host", "127.0.0.1", "--no-dashboard"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": tests},
        )
        self.processes.append(process)
        return process

    def end(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


LIMITS = Limits(workers=2, seconds=60, memory_mb=1024)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    running = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        running.begin(2)
        yield running
    finally:
        running.end()


def test_a_scheduler_elsewhere(
    job: Path, local: dict[str, str], tmp_path: Path, cluster: Cluster
) -> None:
    command = [sys.executable, "-m", "commonplace", "run", str(job), "--quiet"]
    package = tmp_path / "package"
    subprocess.run([*command, "--output", str(package), "--scheduler", cluster.address], check=True)
    assert digests(package) == local


def test_a_worker_killed_in_the_middle(
    job: Path, local: dict[str, str], tmp_path: Path, cluster: Cluster
) -> None:
    victim = cluster.add_worker()
    package = tmp_path / "package"
    killed = threading.Event()

    def kill() -> None:
        while len(list(tmp_path.glob(".package.*.work/dataset-houses/spool/*/*.result"))) < 6:
            time.sleep(0.002)
        os.kill(victim.pid, signal.SIGKILL)
        killed.set()

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    with DaskExecutor[int, int](f"{PARTS}:square", LIMITS, Silent(), cluster.address) as executor:
        executor.client.wait_for_workers(3, timeout=60)
    settings = {"output.folder": str(package), "engine": "dask", "scheduler": cluster.address}
    run(read_job(job, settings))
    assert killed.is_set()
    assert digests(package) == local


def test_linked_objects(shared: Path, tmp_path: Path, cluster: Cluster) -> None:
    addresses = Path(__file__).parents[2] / "processing" / "jobs" / "nl-amsterdam-addresses.yaml"
    here, there = tmp_path / "here", tmp_path / "there"
    settings = {"limits.part_rows": "300", "as_of": "2026-01-01"}
    run(read_job(addresses, {**settings, "output.folder": str(here)}))
    dask = {"engine": "dask", "scheduler": cluster.address, "output.folder": str(there)}
    run(read_job(addresses, {**settings, **dask}))
    assert digests(there) == digests(here)


@dataclass
class Impatient(Silent):
    """Cancels at the tenth question."""

    asked: int = 0

    def cancelled(self) -> bool:
        self.asked += 1
        return self.asked > 10


def test_cancelling_leaves_nothing(job: Path, tmp_path: Path, cluster: Cluster) -> None:
    settings = {"engine": "dask", "scheduler": cluster.address}
    with pytest.raises(Cancelled):
        run(read_job(job, {**settings, "output.folder": str(tmp_path / "p")}), Impatient())
    assert list(tmp_path.iterdir()) == []
    with DaskExecutor[int, int](f"{PARTS}:square", LIMITS, Silent(), cluster.address) as executor:
        executor.submit(3)
        assert [one for one, _ in executor.results(block=True)] == [9]


def test_a_part_that_never_ends() -> None:
    limits = Limits(workers=1, seconds=1, memory_mb=512)
    with (
        pytest.raises(LimitExceeded),
        DaskExecutor[int, int](f"{PARTS}:sleep_for_ever", limits, Silent()) as executor,
    ):
        executor.submit(1)
        list(executor.results(block=True))


def test_a_worker_that_does_not_see_the_folder(tmp_path: Path, cluster: Cluster) -> None:
    with DaskExecutor[int, int](f"{PARTS}:square", LIMITS, Silent(), cluster.address) as executor:
        executor.share(tmp_path)
        with pytest.raises(ClusterError, match="doesn't see"):
            executor.share(tmp_path / "nowhere")


def test_no_scheduler_there(job: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("commonplace.clusters.CONNECT_SECONDS", 0.5)
    settings = {"engine": "dask", "scheduler": "tcp://127.0.0.1:1"}
    with pytest.raises(ClusterError):
        run(read_job(job, {**settings, "output.folder": str(tmp_path / "package")}))
    assert list(tmp_path.iterdir()) == []


def test_killed_run_on_a_cluster_goes_on(
    job: Path, local: dict[str, str], tmp_path: Path, cluster: Cluster
) -> None:
    package = tmp_path / "package"
    command = [sys.executable, "-m", "commonplace", "run", str(job), "--quiet", "--resume"]
    command += ["--output", str(package), "--scheduler", cluster.address]
    process = subprocess.Popen(command)
    while len(list(tmp_path.glob(".package.*.work/dataset-houses/spool/*/*.result"))) < 5:
        assert process.poll() is None
        time.sleep(0.002)
    process.kill()
    process.wait()
    subprocess.run(command, check=True)
    assert digests(package) == local
