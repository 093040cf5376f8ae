"""Run by QGIS's Python: a layer of an OGC API by the plugin, or by QGIS's own provider.

``in_qgis_service.py plugin|provider URL PAGE COUNT FOLDER`` prints as JSON the seconds to the first
thousand features in a layer, to all of them, and of the worker's start.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsApplication, QgsFeatureRequest, QgsVectorLayer

FIRST = 1_000
CHOOSING = 3.0
PATIENCE = 300


def by_plugin(url: str, _page: int, count: int, folder: str) -> dict[str, float]:
    """As Connect does: it has looked what there is, and a user has taken a moment to choose."""
    from commonplace_qgis.connections import Wanted, inspect_request
    from commonplace_qgis.engine import Worker, find_python
    from commonplace_qgis.sourcelayers import Loads
    from commonplace_qgis.standby import Standby
    from commonplace_qgis.tasks import EngineTask, start

    began = time.perf_counter()
    with Worker(find_python(Path(folder)), Path(folder, "worker.log")):
        told = {"start": time.perf_counter() - began}
    standby, looked = Standby(), []
    task = EngineTask("look", {**inspect_request(url, ""), "ahead": True}, standby=standby)
    task.succeeded.connect(looked.append)
    start(task)
    wait(lambda: looked)
    chosen = time.perf_counter() + CHOOSING
    wait(lambda: time.perf_counter() > chosen)
    loads = Loads()
    shown: list[QgsVectorLayer] = []
    wrong: list[str] = []

    def show(layer: QgsVectorLayer) -> None:
        assert sum(1 for _ in layer.getFeatures()) >= FIRST
        told.setdefault("first", time.perf_counter() - began)
        shown.append(layer)

    def end(_title: str, loaded: int) -> None:
        assert loaded == sum(1 for _ in shown[-1].getFeatures()) == count, loaded
        told["all"] = time.perf_counter() - began

    loads.added.connect(show)
    loads.loaded.connect(end)
    loads.failed.connect(wrong.append)
    began = time.perf_counter()
    loads.add(Wanted(url, "houses", "ogcapi"), "houses", standby)
    wait(lambda: "all" in told or wrong)
    assert not wrong, wrong
    return told


def wait(holds: Callable[[], object]) -> None:
    """Let QGIS go on until something holds."""
    deadline = time.perf_counter() + PATIENCE
    while not holds() and time.perf_counter() < deadline:
        QgsApplication.processEvents()
        time.sleep(0.002)


def by_provider(url: str, page: int, count: int, _folder: str) -> dict[str, float]:
    """With the page sizes that serve it best: what is wanted first in one page, then large ones."""
    told = {}
    for name, size, limit in (("first", FIRST, FIRST), ("all", page, count)):
        began = time.perf_counter()
        where = f"pagingEnabled='true' pageSize='{size}' typename='houses' url='{url}'"
        layer = QgsVectorLayer(where, "houses", "OAPIF")
        rows = sum(1 for _ in layer.getFeatures(QgsFeatureRequest().setLimit(limit)))
        assert rows == limit, rows
        told[name] = time.perf_counter() - began
    return told


def main() -> None:
    application = QgsApplication([], False)
    application.initQgis()
    way, url, page, count, folder = sys.argv[1:]
    run = {"plugin": by_plugin, "provider": by_provider}[way]
    print(json.dumps(run(url, int(page), int(count), folder)), flush=True)
    os._exit(0)


main()
