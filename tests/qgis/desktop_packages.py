"""Run by the desktop: open a zip of a package, a damaged package, GML; unload while one opens."""

import os
from pathlib import Path

from desktop_meter import Meter
from desktop_steps import Play, plugin_actions
from packages_told import told_of
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from qgis.PyQt.QtGui import QDragEnterEvent, QDropEvent
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog
from qgis.utils import iface, unloadPlugin  # noqa: TID251 - a script of the desktop

PLAY = Play()
ZIP, DAMAGED, GML = (os.environ[one] for one in ("ZIP", "DAMAGED", "GML"))
METER = Meter()


def dialog():
    return iface.mainWindow().findChild(QDialog, "CommonplaceOpenPackage")


def project():
    return QgsProject.instance()


def looked(path):
    iface.mainWindow().findChild(QAction, "CommonplaceOpenPackage").trigger()
    yield lambda: dialog() is not None
    dialog().path.setText(path)
    dialog().look.click()
    return (yield from found())


def dropped(path):
    """Drop it on QGIS's window."""
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile(path)])
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, files, button, key),
        QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, files, button, key),
    ):
        QApplication.sendEvent(iface.mainWindow(), event)
    yield lambda: dialog() is not None
    return (yield from found())


def found():
    """What the dialog tells, once it has looked."""
    shown = dialog()
    yield shown.look.isEnabled
    yield 300
    return {
        "title": shown.title.text(),
        "about": shown.about.text(),
        "verdict": shown.verdict.text(),
        "said": shown.said.text(),
        "rows": [
            [shown.table.item(row, column).text() for column in range(4)]
            for row in range(shown.table.rowCount())
        ],
        "findings": shown.findings.count(),
        "open": shown.open.isEnabled(),
        "report": shown.report.isEnabled(),
        "place": shown.place.filePath() if shown.place.isVisible() else "",
        "anyway": shown.anyway.isVisible(),
    }


def opened():
    """Open what was looked at, and tell what came into the project."""
    before = set(project().mapLayers())
    dialog().open.click()
    yield lambda: dialog() is None or dialog().look.isEnabled()
    said = dialog().said.text() if dialog() else ""
    return {"said": said, **told_of(set(project().mapLayers()) - before)}


def steps():
    yield 1500
    answer = PLAY.answer
    answer["zip"] = yield from looked(f'"{ZIP}"')
    PLAY.picture("package-dialog", dialog())
    METER.start()
    answer["opened"] = yield from opened()
    answer["longest"] = METER.stop()
    yield 1500
    PLAY.picture("package-map", None)
    view = iface.mapCanvas().extent()
    answer.update(
        title=project().title(),
        author=project().metadata().author(),
        crs=project().crs().authid(),
        view=[view.xMinimum(), view.yMinimum(), view.xMaximum(), view.yMaximum()],
        message=iface.messageBar().currentItem().text(),
    )
    answer["damaged"] = yield from dropped(DAMAGED)
    dialog().anyway.setChecked(True)
    answer["damaged_open"] = dialog().open.isEnabled()
    yield 300
    PLAY.picture("package-damaged", dialog())
    answer["damaged_opened"] = yield from opened()
    answer["gml"] = yield from looked(Path(GML).as_uri())
    PLAY.picture("package-gml", dialog())
    answer["gml_opened"] = yield from opened()
    yield 1500
    parcels = project().mapLayersByName("Cadastral parcel")[0]
    where = iface.mapCanvas().mapSettings().layerExtentToOutputExtent(parcels, parcels.extent())
    answer["gml_seen"] = iface.mapCanvas().extent().intersects(where)
    PLAY.picture("package-gml-map", None)
    answer["again"] = yield from looked(GML)
    dialog().place.setFilePath(answer["gml"]["place"])
    dialog().open.click()
    yield dialog().look.isEnabled
    answer["not_replaced"] = dialog().said.text()
    count = len(project().mapLayers())
    dialog().place.setFilePath(answer["again"]["place"])
    dialog().open.click()
    unloadPlugin("commonplace_qgis")
    yield 1500
    answer["layers_after_unload"] = len(project().mapLayers()) - count
    answer["actions_left"] = plugin_actions(iface.mainWindow())
    answer["dialog_left"] = dialog() is not None


PLAY.walk(steps())
