"""Run by the desktop: fill the algorithm's dialog, run it, look at what came.

The form comes from the environment variable FORM.
"""

import json
import os

from desktop_meter import Meter
from desktop_steps import Play
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QDockWidget, QTreeView
from qgis.utils import iface  # noqa: TID251 - a script of the desktop, not the plugin

PLAY = Play()
METER = Meter()
FORM = json.loads(os.environ["FORM"])
STATE = {}


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
                PLAY.answer["listed"] = [
                    model.index(one, 0, index).data() for one in range(model.rowCount(index))
                ]
    PLAY.later(500, filled)


def filled():
    import processing

    PLAY.picture("toolbox", None)
    layer = QgsVectorLayer(FORM.pop("layer"), "houses", "ogr")
    QgsProject.instance().addMapLayer(layer)
    dialog = processing.createAlgorithmDialog(
        "commonplace:harmoniseandexport", {**FORM, "LAYERS": [layer.id()]}
    )
    dialog.show()
    dialog.resize(1000, 700)
    STATE["dialog"] = dialog
    PLAY.later(500, started)


def started():
    PLAY.picture("dialog", STATE["dialog"])
    METER.start()
    STATE["dialog"].runAlgorithm()
    PLAY.until(lambda: STATE["dialog"].results() or len(layers()) > 1, ended)


def ended():
    PLAY.answer["turn"] = METER.stop()
    PLAY.later(1000, seen)


def layers():
    return sorted(layer.name() for layer in QgsProject.instance().mapLayers().values())


def seen():
    PLAY.answer["layers"] = layers()
    PLAY.picture("done", STATE["dialog"])
    STATE["dialog"].close()
    PLAY.picture("map", None)
    PLAY.end()


PLAY.later(2000, toolbox)
