"""From a layer open in QGIS to valid GML, against the command line over the same file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Final

from buildings import buildings
from measure import seconds
from results import Result, Setting, Unmeasured

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
ROWS: Final = 20_000
#: What the way through QGIS may take more than the command line, in seconds.
ALLOWANCE: Final = 3.0
PYTHON: Final = "/usr/bin/python3"


def cases(setting: Setting) -> Iterator[Result]:
    """Alternately, from the same file to the same kind of package."""
    if shutil.which("qgis_process.bin") is None:
        raise Unmeasured("needs QGIS: apt-get install qgis python3-qgis")
    data = buildings(ROWS, setting.work)
    job = _job(setting.work, data)
    with tempfile.TemporaryDirectory() as name:
        environment = _staged(Path(name))
        mine, theirs = [], []
        for _ in range(setting.repeat):
            package = Path(name) / "package"
            mine.append(_by_qgis(environment, data, package))
            shutil.rmtree(setting.work / "by-line", ignore_errors=True)
            theirs.append(seconds(_commonplace("run", str(job))))
        (made,) = (package / "data").glob("*.gml")
        subprocess.run(_commonplace("validate", str(made)), check=True, stdout=subprocess.DEVNULL)
    ours, line = median(mine), median(theirs)
    yield Result(
        case=f"qgis-open-layer-{ROWS}",
        ours=round(ours, 2),
        peer=round(line + ALLOWANCE, 2),
        peer_name=f"command line + {ALLOWANCE:g} s",
        ratio=round((line + ALLOWANCE) / ours, 2),
        unit="s",
        goal=1.0,
    )


def _commonplace(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "commonplace", *arguments]


def _job(work: Path, data: Path) -> Path:
    path = work / "qgis-job.yaml"
    document = {
        "title": "Generated buildings",
        "licence": "CC0-1.0",
        "attribution": "Commonplace",
        "sources": {"buildings": {"path": data.name}},
        "datasets": [{"mapping": str(HERE / "mapping.yaml"), "source": "buildings"}],
        "crs": {"target": "EPSG:4258", "accuracy": "0.1"},
        "output": {"folder": "by-line", "formats": ["gml"]},
    }
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def _staged(folder: Path) -> dict[str, str]:
    """A QGIS profile with the plugin, as an environment."""
    plugin = folder / "plugins" / "commonplace_qgis"
    shutil.copytree(ROOT / "qgis_plugin", plugin)
    shutil.copy(ROOT / "metadata.txt", plugin)
    (folder / "run").mkdir(mode=0o700)
    return {
        "PATH": "/usr/bin:/bin",
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TMPDIR": str(folder),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(folder / "config"),
        "PYTHONPATH": f"/usr/share/qgis/python/plugins{os.pathsep}{folder / 'plugins'}",
        "COMMONPLACE_PYTHON": sys.executable,
    }


def _by_qgis(environment: dict[str, str], data: Path, package: Path) -> float:
    script = [PYTHON, str(HERE / "in_qgis_layer.py")]
    done = subprocess.run(
        [*script, str(data), str(HERE / "mapping.yaml"), str(package)],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return float(done.stdout.split()[-1])
