"""The plugin in a real QGIS: the zip is built, staged in an empty folder and run from there."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

import build_plugin

HERE = Path(__file__).parent
FAKE_WORKER = HERE.parent / "faces" / "fake_worker.py"
QGIS_PYTHON = "/usr/bin/python3"
HOUSES = 12
BIG = 200_000
MAPPING = """\
target: {schema: bu-core2d/4.0, namespace: DE.EXAMPLE.BU, language: deu}
from: {layers: [houses]}
Building:
  inspireId: =gid
  geometry2D:
    geometry: =geometry
    referenceGeometry: true
    horizontalGeometryReference: footPrint
  conditionOfConstruction: functional
  numberOfFloorsAboveGround: =floors
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.qgis)


@dataclass(frozen=True)
class Qgis:
    """A QGIS profile with the staged plugin and nothing else."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def plugin(self) -> Path:
        return self.folder / "plugins" / build_plugin.FOLDER

    @property
    def profile(self) -> Path:
        return self.folder / "config" / "profiles" / "default"

    def environ(self, python: str | None) -> dict[str, str]:
        stated = {} if python is None else {"COMMONPLACE_PYTHON": python}
        return {
            "PATH": "/usr/bin:/bin",
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "TMPDIR": str(self.folder / "tmp"),
            "XDG_RUNTIME_DIR": str(self.folder / "run"),
            "QT_QPA_PLATFORM": "offscreen",
            "QGIS_PLUGINPATH": str(self.folder / "plugins"),
            "QGIS_CUSTOM_CONFIG_PATH": str(self.folder / "config"),
            **self.environment,
            **stated,
        }

    def process(
        self, *arguments: str, python: str | None = sys.executable
    ) -> subprocess.CompletedProcess[str]:
        """``qgis_process`` with arguments; ``python`` is the engine's, None for none."""
        return subprocess.run(
            ["qgis_process.bin", *arguments],
            env=self.environ(python),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    def run(
        self, *, python: str | None = sys.executable, **parameters: object
    ) -> subprocess.CompletedProcess[str]:
        """Run the algorithm; list values are given one by one."""
        arguments = [
            f"--{name}={one}"
            for name, value in parameters.items()
            for one in (value if isinstance(value, list) else [value])
        ]
        return self.process("run", "commonplace:harmoniseandexport", *arguments, python=python)

    def script_environ(self, python: str | None) -> dict[str, str]:
        """For QGIS's Python, which then finds Processing and the plugin."""
        paths = f"/usr/share/qgis/python/plugins:{self.folder / 'plugins'}"
        return {**self.environ(python), "PYTHONPATH": paths}

    def script(
        self, scenario: str, *, python: str | None = sys.executable, **arguments: object
    ) -> Any:
        """Run a scenario of ``in_qgis.py`` in QGIS's Python; returns what it answers."""
        answer = self.folder / "answer.json"
        answer.unlink(missing_ok=True)
        done = subprocess.run(
            [QGIS_PYTHON, str(HERE / "in_qgis.py"), scenario, str(answer), json.dumps(arguments)],
            env=self.script_environ(python),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
        assert answer.is_file(), f"{done.stdout}\n{done.stderr}"
        return json.loads(answer.read_text())

    def leftovers(self) -> list[str]:
        """What lies in the temporary folder."""
        return sorted(path.name for path in (self.folder / "tmp").glob("commonplace-*"))


@pytest.fixture(scope="session")
def plugin_zip(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip that users install."""
    return build_plugin.build(root, tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="session")
def staged(plugin_zip: Path, tmp_path_factory: pytest.TempPathFactory) -> Qgis:
    """A fresh profile with the plugin enabled."""
    if shutil.which("qgis_process.bin") is None:
        pytest.skip("needs QGIS: apt-get install qgis python3-qgis")
    folder = tmp_path_factory.mktemp("qgis")
    for name in ("plugins", "config", "tmp"):
        (folder / name).mkdir()
    (folder / "run").mkdir(mode=0o700)
    with zipfile.ZipFile(plugin_zip) as archive:
        archive.extractall(folder / "plugins")
    qgis = Qgis(folder)
    enabled = qgis.process("plugins", "enable", build_plugin.FOLDER)
    assert enabled.returncode == 0, enabled.stderr
    return qgis


@pytest.fixture(scope="session")
def fake_python(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An interpreter whose worker is the fake one."""
    return _script(tmp_path_factory.mktemp("fake"), f'exec "{sys.executable}" -I "{FAKE_WORKER}"')


@pytest.fixture
def interpreter(tmp_path: Path) -> Callable[[str], str]:
    """Makes an interpreter that is a shell script."""
    return lambda text: _script(tmp_path, text)


def _script(folder: Path, text: str) -> str:
    path = folder / "python"
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def play(tmp_path: Path) -> Callable[..., Path]:
    """A job file that the fake worker plays."""

    def write(name: str, **job: Any) -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(json.dumps({"play": name, **job}))
        return path

    return write


@pytest.fixture
def houses(tmp_path: Path) -> Path:
    """Twelve squares in EPSG:25832."""
    east = 500_000.0 + 20 * np.arange(HOUSES)
    squares = shapely.box(east, 5_500_000, east + 10, 5_500_010)
    path = tmp_path / "houses.gpkg"
    pyogrio.raw.write(
        path,
        shapely.to_wkb(squares),
        [np.array([f"h{n}" for n in range(HOUSES)]), np.arange(HOUSES)],
        ["gid", "floors"],
        layer="houses",
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:25832",
    )
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "buildings.yaml"
    path.write_text(MAPPING)
    return path


@pytest.fixture
def form(houses: Path, mapping: Path, tmp_path: Path) -> dict[str, Any]:
    """A form filled rightly."""
    return {
        "LAYERS": str(houses),
        "MAPPING": str(mapping),
        "LICENCE": "CC-BY-4.0",
        "ATTRIBUTION": "The town",
        "OUTPUT": str(tmp_path / "package"),
    }


@pytest.fixture
def big(tmp_path: Path) -> Path:
    """A layer of 200,000 squares with ten columns."""
    number = np.arange(BIG)
    east, north = 500_000.0 + 20 * (number % 1000), 5_500_000.0 + 20 * (number // 1000)
    path = tmp_path / "big.gpkg"
    names = ["gml_id", *(f"text{column}" for column in range(8))]
    texts = [np.char.add(f"{name}.", number.astype(str)).astype(object) for name in names]
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.box(east, north, east + 10, north + 10)),
        [*texts, number],
        [*names, "floors"],
        layer="big",
        driver="GPKG",
        geometry_type="Polygon",
        crs="EPSG:25832",
    )
    return path
