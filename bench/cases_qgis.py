"""In QGIS: from an open layer to valid GML, against the command line over the same file; and a
layer of an OGC API by *Connect…*, against QGIS's own provider.
"""

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
from cases_ogcapi import COUNT, PAGE, server
from measure import seconds
from results import Result, Setting, Unmeasured

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent
ROWS: Final = 20_000
#: What the way through QGIS may take more than the command line, in seconds.
ALLOWANCE: Final = 3.0
START_WITHIN: Final = 1.0
PROVIDER: Final = "QGIS (OAPIF)"
PYTHON: Final = "/usr/bin/python3"


def cases(setting: Setting) -> Iterator[Result]:
    if shutil.which("qgis_process.bin") is None:
        raise Unmeasured("needs QGIS: apt-get install qgis python3-qgis")
    with tempfile.TemporaryDirectory() as name:
        environment = _staged(Path(name))
        yield _harmonised(setting, environment, Path(name))
        yield from _connected(setting, environment, Path(name))


def _harmonised(setting: Setting, environment: dict[str, str], folder: Path) -> Result:
    """Alternately, from the same file to the same kind of package."""
    data = buildings(ROWS, setting.work)
    job = _job(setting.work, data)
    mine, theirs = [], []
    package = folder / "package"
    for _ in range(setting.repeat):
        arguments = [str(data), str(HERE / "mapping.yaml"), str(package)]
        mine.append(float(_in_qgis(environment, "in_qgis_layer.py", *arguments)))
        shutil.rmtree(setting.work / "by-line", ignore_errors=True)
        theirs.append(seconds(_commonplace("run", str(job))))
    (made,) = (package / "data").glob("*.gml")
    subprocess.run(_commonplace("validate", str(made)), check=True, stdout=subprocess.DEVNULL)
    ours, line = median(mine), median(theirs)
    return _line(
        f"qgis-open-layer-{ROWS}", ours, line + ALLOWANCE, f"command line + {ALLOWANCE:g} s", 1.0
    )


def _connected(setting: Setting, environment: dict[str, str], folder: Path) -> Iterator[Result]:
    """Alternately, each in a QGIS of its own; a provider's cache serves nobody else."""
    times: dict[str, list[dict[str, float]]] = {"plugin": [], "provider": []}
    with server() as url:
        for _ in range(setting.repeat):
            for way, found in times.items():
                arguments = [way, url, str(PAGE), str(COUNT), str(folder)]
                found.append(json.loads(_in_qgis(environment, "in_qgis_service.py", *arguments)))
    ours, peer = (
        {step: median(one[step] for one in found) for step in found[0]} for found in times.values()
    )
    yield _line(f"qgis-first-1000-of-{COUNT}", ours["first"], peer["first"], PROVIDER, 0.67)
    yield _line(f"qgis-service-{COUNT}", ours["all"], peer["all"], PROVIDER, 2.0)
    yield _line("qgis-worker-start", ours["start"], START_WITHIN, "the limit", 1.0)


def _line(case: str, ours: float, peer: float, name: str, goal: float) -> Result:
    return Result(
        case=case,
        ours=round(ours, 2),
        peer=round(peer, 2),
        peer_name=name,
        ratio=round(peer / ours, 2),
        unit="s",
        goal=goal,
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


def _in_qgis(environment: dict[str, str], script: str, *arguments: str) -> str:
    """The last line that a script prints in QGIS's Python."""
    done = subprocess.run(
        [PYTHON, str(HERE / script), *arguments],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout.strip().splitlines()[-1]
