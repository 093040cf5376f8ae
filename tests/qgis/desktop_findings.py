"""Run by the desktop: validate a file and a layer, filter, look, explain."""

import os

from desktop_meter import Meter
from desktop_steps import Play, plugin_actions
from processes import children
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction, QDialog, QDockWidget
from qgis.utils import iface, unloadPlugin  # noqa: TID251 - a script of the desktop

PLAY = Play()
FILE = os.environ["FILE"]
LAYER = os.environ["LAYER"]
METER = Meter()


def dialog():
    return iface.mainWindow().findChild(QDialog, "CommonplaceValidate")


def dock():
    return iface.mainWindow().findChild(QDockWidget, "CommonplaceFindingsDock")


def opened():
    town = QgsVectorLayer("Polygon?crs=EPSG:25832", "Town", "memory")
    square = QgsFeature()
    square.setGeometry(QgsGeometry.fromRect(QgsRectangle(499_900, 5_499_900, 500_500, 5_500_300)))
    town.dataProvider().addFeature(square)
    QgsProject.instance().addMapLayer(town)
    QgsProject.instance().setCrs(QgsCoordinateReferenceSystem("EPSG:25832"))
    iface.mainWindow().findChild(QAction, "CommonplaceValidate").trigger()
    PLAY.until(lambda: dialog() is not None, filled)


def filled():
    shown = dialog()
    shown.add([FILE])
    PLAY.answer["listed"] = shown.list.count()
    PLAY.later(300, begun)


def begun():
    PLAY.picture("validate-dialog", dialog())
    dialog().go.click()
    PLAY.until(lambda: dock() is not None and dock().list.count() > 1, looked)


def rules():
    return [dock().list.item(row).text() for row in range(dock().list.count())]


def looked():
    shown = dock()
    PLAY.answer["rules"] = rules()
    PLAY.answer["said"] = shown.said.text()
    PLAY.answer["rows"] = shown.filter.rowCount()
    shown.severities["error"].click()
    PLAY.answer["without_errors"] = shown.filter.rowCount()
    shown.severities["error"].click()
    shown.text.setText("h1")
    PLAY.answer["searched"] = shown.filter.rowCount()
    shown.text.clear()
    row = next(n for n, text in enumerate(rules()) if text.startswith("CODE_CASE"))
    shown.list.setCurrentRow(row)
    PLAY.answer["one_rule"] = shown.filter.rowCount()
    shown.table.selectRow(0)
    shown.table.clicked.emit(shown.table.currentIndex())
    PLAY.answer["current"] = shown.current().feature
    PLAY.until(lambda: dock().knows_rules, explained)


def explained():
    PLAY.answer["explanation"] = dock().explained_text.toPlainText()
    centre = iface.mapCanvas().center()
    PLAY.answer["centre"] = [centre.x(), centre.y()]
    PLAY.answer["scale"] = iface.mapCanvas().scale()
    QgsProject.instance().addMapLayer(QgsVectorLayer(FILE, "Houses", "ogr"))
    shown = dock()
    shown.table.clicked.emit(shown.table.currentIndex())
    PLAY.until(lambda: iface.mapCanvas().scale() < 900, outlined)


def outlined():
    canvas = iface.mapCanvas()
    box, centre = canvas.extent(), canvas.center()
    PLAY.answer["outlined"] = [centre.x(), centre.y()]
    PLAY.answer["whole"] = box.contains(QgsRectangle(500_000, 5_500_000, 500_010, 5_500_010))
    PLAY.answer["flashed"] = sum(isinstance(one, QgsRubberBand) for one in canvas.items())
    PLAY.picture("findings", None)
    PLAY.picture("findings-dock", dock())
    layer = QgsVectorLayer(LAYER, "Big layer", "ogr")
    QgsProject.instance().addMapLayer(layer, False)
    iface.setActiveLayer(layer)
    PLAY.later(500, lambda: layer_checked(layer))


def layer_checked(layer):
    iface.mainWindow().findChild(QAction, "CommonplaceValidate").trigger()
    PLAY.until(lambda: dialog() is not None, layer_begun)


def layer_begun():
    shown = dialog()
    item = next(iter(shown.list.findItems("Big layer", Qt.MatchFlag.MatchExactly)))
    item.setCheckState(Qt.CheckState.Checked)
    PLAY.picture("validate-layer", shown)
    PLAY.later(500, layer_started)


def layer_started():
    METER.start()
    dialog().go.click()
    PLAY.until(dock().bar.isHidden, layer_done)


def layer_done():
    PLAY.answer["turn"] = METER.stop()
    PLAY.answer["layer_said"] = dock().said.text()
    PLAY.answer["layer_rules"] = rules()
    iface.mainWindow().findChild(QAction, "CommonplaceValidate").trigger()
    PLAY.until(lambda: dialog() is not None, again)


def again():
    dialog().add([FILE])
    dialog().go.click()
    PLAY.until(children, unloaded)


def unloaded():
    PLAY.answer["children_before"] = [one.command for one in children("commonplace")]
    unloadPlugin("commonplace_qgis")
    PLAY.until(lambda: not children("commonplace"), gone)


def gone():
    PLAY.answer["dock_left"] = dock() is not None
    PLAY.answer["actions_left"] = plugin_actions(iface.mainWindow())
    PLAY.end()


PLAY.later(1500, opened)
