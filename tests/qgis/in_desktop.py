"""Run by the desktop (``qgis --code``): fill the algorithm's dialog, run it, look at what came.

The form comes from the environment variable FORM, the answer goes to ANSWER, pictures to
PICTURES.
"""

import json
import os
import sys
import time
import traceback
from pathlib import Path

from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QDockWidget, QTreeView
from qgis.utils import iface  # noqa: TID251 - a script of the desktop, not the plugin

FORM = json.loads(os.environ["FORM"])
PICTURES = Path(os.environ["PICTURES"])
ANSWER = {"longest_pause": 0.0}
PATIENCE = 60
STATE = {}


def step(after, function):
    """Do the next step later; whatever goes wrong ends QGIS with its traceback."""

    def guarded():
        try:
            function()
        except Exception:  # noqa: BLE001 - the traceback is the answer
            ANSWER["error"] = traceback.format_exc()
            end()

    QTimer.singleShot(after, guarded)


def picture(name, widget):
    widget.grab().save(str(PICTURES / f"{name}.png"))


def toolbox():
    dock = iface.mainWindow().findChild(QDockWidget, "ProcessingToolbox")
    dock.show()
    for tree in dock.findChildren(QTreeView):
        model = tree.model()
        for row in range(model.rowCount()):
            index = model.index(row, 0)
            if index.data() == "Commonplace":
                tree.expand(index)
                tree.scrollTo(index)
                ANSWER["listed"] = [
                    model.index(one, 0, index).data() for one in range(model.rowCount(index))
                ]
    step(500, fill)


def fill():
    import processing

    picture("toolbox", iface.mainWindow())
    layer = QgsVectorLayer(FORM.pop("layer"), "houses", "ogr")
    QgsProject.instance().addMapLayer(layer)
    dialog = processing.createAlgorithmDialog(
        "commonplace:harmoniseandexport", {**FORM, "LAYERS": [layer.id()]}
    )
    dialog.show()
    dialog.resize(1000, 700)
    STATE["dialog"] = dialog
    step(500, start)


def start():
    picture("dialog", STATE["dialog"])
    STATE["deadline"] = time.monotonic() + PATIENCE
    STATE["tick"] = time.monotonic()
    STATE["dialog"].runAlgorithm()
    ANSWER["to_start"] = time.monotonic() - STATE["tick"]
    STATE["tick"] = time.monotonic()
    step(10, watch)


def watch():
    """Every 10 ms: how long was the main thread away, and is the run at its end?"""
    now = time.monotonic()
    ANSWER["longest_pause"] = max(ANSWER["longest_pause"], now - STATE["tick"])
    STATE["tick"] = now
    if STATE["dialog"].results() or now > STATE["deadline"] or len(layers()) > 1:
        step(1000, look)
    else:
        step(10, watch)


def layers():
    return sorted(layer.name() for layer in QgsProject.instance().mapLayers().values())


def look():
    ANSWER["layers"] = layers()
    picture("done", STATE["dialog"])
    STATE["dialog"].close()
    picture("map", iface.mainWindow())
    end()


def end():
    Path(os.environ["ANSWER"]).write_text(json.dumps(ANSWER))
    sys.stdout.flush()
    os._exit(0)


step(2000, toolbox)
