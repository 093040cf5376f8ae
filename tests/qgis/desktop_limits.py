"""Run by the desktop: the plugin loaded, all that it offers opened over a large layer, unloaded.

How long the main thread is taken by each, and what is left of the plugin in the end.
"""

import os
import sys
import time

from desktop_meter import Meter
from desktop_steps import Play, plugin_actions
from inventory import PLUGIN, inventory, more_than, running
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, Qt, QTimer, QUrl, pyqtSlot
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDockWidget
from qgis.utils import (
    iface,  # noqa: TID251 - a script of the desktop, not the plugin
    loadPlugin,
    startPlugin,
    unloadPlugin,
)

PLAY = Play()
TURNS = {}
SETTLED = 1500
MODAL_FOR = 1000


class Guides(QObject):
    """Takes the pages that would be opened in a browser."""

    def __init__(self):
        super().__init__()
        self.count = 0

    @pyqtSlot(QUrl)
    def show(self, _address):
        self.count += 1


GUIDES = Guides()


def found(name, kind=QDialog):
    return iface.mainWindow().findChild(kind, name)


def entries():
    """The object names of all that the plugin has put into menus."""
    return sorted(set(plugin_actions(iface.mainWindow())))


def windows():
    return {
        one.objectName() or type(one).__name__
        for one in QApplication.topLevelWidgets()
        if one.isVisible()
    }


def close_modal():
    """Such as a file dialog, which blocks what opened it."""
    modal = QApplication.activeModalWidget()
    if modal is not None:
        modal.reject()


def load():
    began, used = time.perf_counter(), time.thread_time()
    assert loadPlugin(PLUGIN)
    assert startPlugin(PLUGIN)
    return {"clock": time.perf_counter() - began, "processor": time.thread_time() - used}


def played():
    QDesktopServices.setUrlHandler("file", GUIDES, "show")
    layer = QgsVectorLayer(os.environ["LAYER"], "Big layer", "ogr")
    QgsProject.instance().addMapLayer(layer)
    iface.setActiveLayer(layer)
    yield 2 * SETTLED
    unloadPlugin(PLUGIN)
    yield SETTLED
    before = inventory(layer=layer)
    PLAY.answer["load"] = load()
    yield SETTLED
    PLAY.answer["faces"] = [one.__module__ for one in sys.modules[f"{PLUGIN}.faces"].FACES]
    yield from all_opened()
    yield from validated()
    yield from harmonised()
    PLAY.answer["guides"] = GUIDES.count
    with_all = Meter()
    with_all.start()
    unloadPlugin(PLUGIN)
    yield SETTLED
    TURNS["unload"] = with_all.stop()
    yield lambda: not running()
    yield SETTLED
    PLAY.answer["left"] = more_than(before, inventory(layer=layer))
    PLAY.answer["turns"] = TURNS


def all_opened():
    """Trigger every entry, and leave open what opens."""
    PLAY.answer["opened"] = {}
    for name in entries():
        there = windows()
        meter = Meter()
        meter.start()
        QTimer.singleShot(MODAL_FOR, close_modal)
        found(name, QAction).trigger()
        yield SETTLED
        TURNS[name] = meter.stop()
        PLAY.answer["opened"][name] = sorted(windows() - there)


def validated():
    """The panel of findings comes with the first validation."""
    dialog = found("CommonplaceValidate")
    (item,) = dialog.list.findItems("Big layer", Qt.MatchFlag.MatchExactly)
    item.setCheckState(Qt.CheckState.Checked)
    meter = Meter()
    meter.start()
    dialog.go.click()
    yield lambda: found("CommonplaceFindingsDock", QDockWidget) is not None
    yield found("CommonplaceFindingsDock", QDockWidget).bar.isHidden
    TURNS["validated"] = meter.stop()


def harmonised():
    """Suggestions and the first preview of a large layer."""
    seen = []
    window = found("CommonplaceHarmonise")
    window.editor.previewed.connect(seen.append)
    meter = Meter()
    meter.start()
    window.editor.stage()
    yield lambda: seen
    TURNS["harmonised"] = meter.stop()


PLAY.later(2000, lambda: PLAY.walk(played()))
