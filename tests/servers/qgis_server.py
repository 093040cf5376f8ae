"""A real QGIS Server on loopback (Debian's qgis-server), publishing layers by WFS."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from servers.ports import free_port, wait_for

# Run by Debian's Python: the project file is QGIS's own affair.
_PROJECT = """
import sys
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
application = QgsApplication([], False)
application.initQgis()
project = QgsProject.instance()
data, target, crs, *names = sys.argv[1:]
ids = []
for name in names:
    layer = QgsVectorLayer(f"{data}|layername={name}", name, "ogr")
    assert layer.isValid(), name
    project.addMapLayer(layer)
    ids.append(layer.id())
project.writeEntry("WFSLayers", "/", ids)
for one in ids:
    project.writeEntry("WFSLayersPrecision", f"/{one}", 8)
project.setCrs(QgsCoordinateReferenceSystem(crs))
assert project.write(target)
"""


def _environment(home: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("LANG", "LC_ALL") if name in os.environ}
    return kept | {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "QT_QPA_PLATFORM": "offscreen",
    }


@contextmanager
def serve_qgis(folder: Path, data: Path, layers: Mapping[str, str]) -> Iterator[str]:
    """Run QGIS Server over layers of a GeoPackage; gives its address."""
    server = shutil.which("qgis_mapserver", path="/usr/bin")
    if server is None:
        pytest.skip("needs Debian's qgis-server")
    environment = _environment(folder)
    project, log = folder / "town.qgs", folder / "qgis-server.log"
    crs = next(iter(layers.values()))
    with log.open("w", encoding="utf-8") as sink:
        subprocess.run(
            [
                "/usr/bin/python3",
                "-c",
                _PROJECT,
                data,
                project,
                crs,
                *layers,
            ],
            env=environment,
            stdout=sink,
            stderr=sink,
            check=True,
        )
        address = f"127.0.0.1:{free_port()}"
        process = subprocess.Popen(
            [server, "-p", project, address], env=environment, stdout=sink, stderr=sink
        )
        try:
            wait_for(f"http://{address}/?SERVICE=WFS&REQUEST=GetCapabilities", process, log)
            yield f"http://{address}/"
        finally:
            process.terminate()
            process.wait(timeout=30)
