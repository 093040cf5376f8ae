"""The plugin's side of the protocol, without QGIS."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from commonplace.documents import parse_document
from commonplace.jobreading import parse_job
from commonplace.worker import protocol

FAKE_WORKER = Path(__file__).with_name("fake_worker.py")


def load(path: Path) -> ModuleType:
    """A module of the plugin by its path: its folder's name is the zip's business."""
    spec = importlib.util.spec_from_file_location(f"plugin_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def engine(root: Path) -> ModuleType:
    return load(root / "qgis_plugin" / "engine.py")


@pytest.fixture(scope="module")
def jobs(root: Path) -> ModuleType:
    return load(root / "qgis_plugin" / "jobs.py")


@pytest.fixture
def python(tmp_path: Path) -> Path:
    path = tmp_path / "python"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" -I "{FAKE_WORKER}"\n')
    path.chmod(0o755)
    return path


class Watcher:
    def __init__(self, patience: int = 10**9) -> None:
        self.heard: list[Any] = []
        self.asked = 0
        self.patience = patience

    def progress(self, step: str, done: int, total: int | None) -> None:
        self.heard.append((step, done, total))

    def message(self, text: str) -> None:
        self.heard.append(text)

    def findings(self, counts: list[Any], kinds: int) -> None:
        self.heard.append(counts)

    def cancelled(self) -> bool:
        self.asked += 1
        return self.asked > self.patience


def request(play: str) -> dict[str, str]:
    return {"type": "run", "job": json.dumps({"play": play}), "folder": "/"}


def test_both_sides_speak_one_protocol(engine: ModuleType) -> None:
    assert engine.PROTOCOL == protocol.PROTOCOL
    assert engine.LARGEST_MESSAGE == protocol.LARGEST_MESSAGE


def test_request_tells_and_answers(engine: ModuleType, python: Path, tmp_path: Path) -> None:
    watcher = Watcher()
    with engine.Worker(python, tmp_path / "worker.log") as worker:
        result = worker.request(request("quick"), watcher)
        again = worker.request(request("quick"), watcher)
    assert result["done"]
    assert again["pid"] != result["pid"]
    assert watcher.heard == [("map", 1, 1), "straße"] * 2


def test_environment_is_cleaned(
    engine: ModuleType, python: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = ("PYTHONPATH", "PROJ_LIB", "GDAL_DATA", "LD_LIBRARY_PATH", "QT_PLUGIN_PATH")
    for name in foreign:
        monkeypatch.setenv(name, "/nowhere")
    monkeypatch.setenv("LANGUAGE", "kept")
    with engine.Worker(python, tmp_path / "worker.log") as worker:
        environment = worker.request(request("environment"), Watcher())["environment"]
    assert not set(foreign) & set(environment)
    assert environment["LANGUAGE"] == "kept"


def test_cancel_is_an_error_of_its_code(engine: ModuleType, python: Path, tmp_path: Path) -> None:
    with (
        engine.Worker(python, tmp_path / "worker.log") as worker,
        pytest.raises(engine.EngineError) as caught,
    ):
        worker.request(request("patient"), Watcher(patience=3))
    assert caught.value.code == "CANCELLED"


def test_a_killed_worker_is_told(engine: ModuleType, python: Path, tmp_path: Path) -> None:
    class Killer(Watcher):
        def progress(self, step: str, done: int, total: int | None) -> None:
            os.kill(worker.hello["pid"], 9)

    with (
        engine.Worker(python, tmp_path / "worker.log") as worker,
        pytest.raises(engine.WorkerFailed) as caught,
    ):
        worker.request(request("patient"), Killer())
    assert caught.value.reason == "ended"


def test_log_is_rotated(engine: ModuleType, tmp_path: Path) -> None:
    log = tmp_path / "deep" / "worker.log"
    line = b"x" * 1000 + b"\n"
    for _ in range(3 * engine.LOG_BYTES // len(line)):
        engine.append_log(log, line)
    sizes = [path.stat().st_size for path in log.parent.iterdir()]
    assert len(sizes) == 2
    assert max(sizes) <= engine.LOG_BYTES


def test_python_is_found_in_order(
    engine: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COMMONPLACE_PYTHON", raising=False)
    with pytest.raises(engine.EngineMissing):
        engine.find_python(tmp_path)
    own = engine.interpreter_of(engine.environment_folder(tmp_path))
    own.parent.mkdir(parents=True)
    own.touch()
    assert engine.find_python(tmp_path) == own
    assert engine.find_python(tmp_path, sys.executable) == Path(sys.executable)
    monkeypatch.setenv("COMMONPLACE_PYTHON", "/bin/sh")
    assert engine.find_python(tmp_path, sys.executable) == Path("/bin/sh")
    monkeypatch.setenv("COMMONPLACE_PYTHON", str(tmp_path))
    with pytest.raises(engine.EngineMissing):
        engine.find_python(tmp_path)


def choices(jobs: ModuleType, **changed: Any) -> Any:
    given = {
        "mapping": Path("/maps/buildings.yaml"),
        "title": "Houses",
        "licence": "CC BY 4.0",
        "attribution": "The town",
        "crs": "EPSG:4258",
        "formats": ("gml", "gpkg"),
        "folder": Path("/out/package"),
    }
    return jobs.Choices(**{**given, **changed})


def test_job_document_is_a_job(jobs: ModuleType) -> None:
    chosen = choices(jobs, accuracy=0.1, grids=Path("/grids"), replace=True, description="x")
    document = jobs.job_document(chosen, Path("/tmp/layers.gpkg"), {"Building": ["houses"]})
    job = parse_job(jobs.job_text(document), Path("/maps"))
    assert (job.title, job.licence, job.attribution) == ("Houses", "CC BY 4.0", "The town")
    assert (job.crs.target, job.crs.accuracy, job.crs.grids) == ("EPSG:4258", 0.1, Path("/grids"))
    assert job.datasets[0].layers == {"Building": ["houses"]}
    assert job.sources["project"].path == Path("/tmp/layers.gpkg")
    assert job.output.folder == Path("/out/package")
    assert job.output.formats == ["gml", "gpkg"]
    assert job.output.replace


@pytest.mark.parametrize(
    "title", ['"quoted" \\ back', "😀 straße", "a\tb", "no: yes", "# not a comment", "\x7f\x85\x9f",
              "\x00\x01", "\u2028", "* & ! %", "1e3", "null"]
)  # fmt: skip
def test_any_text_survives_json_as_yaml(jobs: ModuleType, title: str) -> None:
    text = jobs.job_text({"title": title})
    assert parse_document(text).tree["title"] == title


def staged(jobs: ModuleType, *names: tuple[str, ...]) -> list[Any]:
    return [jobs.StagedLayer(f"t{index}", one) for index, one in enumerate(names)]


def test_one_layer_fits_one_read_whatever_its_name(jobs: ModuleType) -> None:
    layers = staged(jobs, ("anything",))
    wanted = {"Address": ["bag"], "Building": ["bag"]}
    assert jobs.match_layers(wanted, layers) == {"Address": ["t0"], "Building": ["t0"]}
    assert jobs.match_layers({"Building": []}, layers) == {"Building": ["t0"]}


def test_layers_are_matched_by_project_name_first(jobs: ModuleType) -> None:
    layers = staged(jobs, ("other", "houses"), ("Houses", "x"))
    assert jobs.match_layers({"Building": ["houses"]}, layers) == {"Building": ["t1"]}
    assert jobs.match_layers({"Building": ["x", "other"]}, layers) == {"Building": ["t1", "t0"]}


def test_a_layer_that_was_not_chosen_is_named(jobs: ModuleType) -> None:
    with pytest.raises(jobs.NoSuchLayer) as caught:
        jobs.match_layers({"Building": ["houses"]}, staged(jobs, ("a",), ("b",)))
    assert (caught.value.wanted, caught.value.chosen) == ("houses", ("a", "b"))


def test_table_names_are_unique_and_not_reserved(jobs: ModuleType) -> None:
    names = jobs.table_names(["a", "A", "a", "gpkg_contents", "", 'b"|c', "straße"])
    assert names == ["a", "A_2", "a_3", "layer_gpkg_contents", "layer", "b__c", "straße"]
    assert len({one.casefold() for one in names}) == len(names)
