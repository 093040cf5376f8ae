"""Run by the desktop: *Commonplace* in the Browser, opened, refreshed, emptied, reloaded."""

import contextlib
import faulthandler
import os
import sys
import traceback

from commonplace_qgis.connections import Connection, remove, save, saved
from desktop_steps import Play
from qgis.core import QgsMimeDataUtils, QgsProject
from qgis.gui import QgsBrowserGuiModel, QgsDataItemGuiContext, QgsGui
from qgis.PyQt.QtCore import QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QAction,
    QApplication,
    QDockWidget,
    QMenu,
    QTreeView,
)
from qgis.utils import iface, loadPlugin, startPlugin, unloadPlugin  # noqa: TID251

faulthandler.enable(open(os.environ["ANSWER"] + ".crash", "w"))  # noqa: SIM115
PLAY = Play()
FOLDER = os.environ["FOLDER"]
ROUNDS = int(os.environ.get("ROUNDS", "5"))
PLUGIN = "commonplace_qgis"
STATE = {"round": 0}


def excepted(kind, error, trace):
    """An error in a slot, which QGIS would show in a dialog."""
    PLAY.answer["error"] = "".join(traceback.format_exception(kind, error, trace))
    PLAY.end()


def dock():
    return iface.mainWindow().findChild(QDockWidget, "Browser")


def view():
    return dock().findChild(QTreeView)


def real_menu(index):
    """Open the menu as a right click does, and close it."""
    view().setCurrentIndex(index)
    view().customContextMenuRequested.emit(view().visualRect(index).center())
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QMenu) and one.isVisible():
            STATE["opened"] = [action.text().replace("&", "") for action in one.actions()]
            one.close()


def row(parent, name):
    """The index of a row of the panel by its text."""
    model = view().model()
    for number in range(model.rowCount(parent)):
        index = model.index(number, 0, parent)
        if index.data() == name:
            return index
    return None


def top():
    return row(view().rootIndex(), "Commonplace")


def texts(index):
    model = view().model()
    return [model.index(number, 0, index).data() for number in range(model.rowCount(index))]


def item_of(index):
    model = view().model()
    return iface.browserModel().dataItem(model.mapToSource(index))


def menu_of(index):
    """The entries that our menu has for a row."""
    menu = QMenu()
    for one in QgsGui.dataItemGuiProviderRegistry().providers():
        if one.name() == "Commonplace":
            one.populateContextMenu(item_of(index), menu, [], QgsDataItemGuiContext())
            STATE["menu"] = menu
    return {action.text().replace("&", ""): action for action in menu.actions()}


def begin():
    sys.excepthook = excepted
    dock().raise_()
    dock().show()
    dock().setFloating(True)
    metrics = dock().fontMetrics()
    dock().resize(60 * metrics.averageCharWidth(), 16 * metrics.lineSpacing())
    for one in saved():
        remove(one.name)
    save(Connection("Town", FOLDER))
    save(Connection("Nothing", "/no/such/folder"))
    changed()
    PLAY.until(lambda: top() is not None and texts(top()) == ["Nothing", "Town"], opened)


def changed():
    """As the dialog does when it has saved a connection."""
    unloadPlugin(PLUGIN)
    loadPlugin(PLUGIN)
    startPlugin(PLUGIN)


def opened():
    PLAY.answer["root_menu"] = list(menu_of(top()))
    view().expand(top())
    view().expand(row(top(), "Town"))
    view().expand(row(top(), "Nothing"))
    PLAY.until(lambda: "trees" in texts(row(top(), "Town")), looked)


def looked():
    PLAY.until(lambda: texts(row(top(), "Nothing")) not in ([], ["Looking…"]), both)


def both():
    PLAY.answer["layers"] = texts(row(top(), "Town"))
    PLAY.answer["missing"] = texts(row(top(), "Nothing"))
    PLAY.answer["expanded"] = view().isExpanded(row(top(), "Town"))
    PLAY.answer["connection_menu"] = list(menu_of(row(top(), "Town")))
    layer = row(row(top(), "Town"), "trees")
    PLAY.answer["layer_menu"] = list(menu_of(layer))
    PLAY.answer["dragged"] = bool(view().model().flags(layer) & 4)
    PLAY.later(500, photographed)


def photographed():
    view().scrollTo(top(), QAbstractItemView.ScrollHint.PositionAtTop)
    PLAY.picture("browser", dock())
    layer = row(row(top(), "Town"), "trees")
    view().setCurrentIndex(layer)
    view().doubleClicked.emit(layer)
    PLAY.until(lambda: len(QgsProject.instance().mapLayers()) == 1, added)


def added():
    layer = row(row(top(), "Town"), "trees")
    dropped = view().model().mimeData([layer])
    PLAY.answer["dragged_key"] = QgsMimeDataUtils.decodeUriList(dropped)[0].providerKey
    drop(dropped)
    PLAY.until(lambda: len(QgsProject.instance().mapLayers()) == 2, rounds)


def drop(data):
    """What is dragged is dropped on QGIS's window."""
    how = (
        *(Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton),
        Qt.KeyboardModifier.NoModifier,
    )
    STATE["data"] = data
    window, place = iface.mainWindow(), QPoint(5, 5)
    QApplication.sendEvent(window, QDragEnterEvent(place, *how))
    QApplication.sendEvent(window, QDragMoveEvent(place, *how))
    QApplication.sendEvent(window, QDropEvent(QPointF(place), *how))


def rounds():
    """Open, refresh, forget, look from another browser, reload, in turn and at once."""
    STATE["round"] += 1
    if STATE["round"] > ROUNDS:
        PLAY.later(500, unloaded)
        return
    number = STATE["round"]
    save(Connection(f"Round {number}", FOLDER))
    menu_of(top())
    other = QgsBrowserGuiModel()
    other.initialize()
    STATE["other"] = other if number % 2 else None
    menu_of(row(top(), "Town"))["Refresh"].trigger()
    iface.browserModel().refresh("commonplace:")
    iface.browserModel().refresh("commonplace:Town")
    if number % 3 == 0:
        iface.browserModel().reload()
    if number % 5 == 0:
        changed()
    PLAY.later(30 if number % 2 else 300, between)


def between():
    index = top()
    if index is not None:
        view().expand(index)
        for name in texts(index):
            child = row(top(), name)
            view().expand(child)
            view().collapse(child)
            view().expand(child)
    PLAY.later(30, ended)


def ended():
    number = STATE["round"]
    remove(f"Round {number}")
    index = top()
    if index is not None and row(index, "Nothing") is not None:
        menu_of(row(index, "Nothing"))["Forget"].trigger()
        save(Connection("Nothing", "/no/such/folder"))
    with contextlib.suppress(RuntimeError):
        STATE["menu"].deleteLater()
    if top() is not None:
        real_menu(top())
    dock().findChild(QAction, "mActionRefresh").trigger()
    PLAY.later(30, rounds)


def unloaded():
    PLAY.answer["rounds"] = STATE["round"] - 1
    PLAY.answer["real_menu"] = STATE["opened"]
    unloadPlugin(PLUGIN)
    PLAY.later(1000, gone)


def gone():
    PLAY.answer["root_left"] = top() is not None
    PLAY.end()


PLAY.later(1500, begin)
