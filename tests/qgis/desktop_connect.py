"""Run by the desktop: connect to a service, look, add a layer, refresh it, unload."""

import os
from pathlib import Path

from commonplace_qgis.connections import Connection, saved
from desktop_steps import Play
from qgis.core import QgsProject
from qgis.PyQt.QtWidgets import QAction, QDialog
from qgis.utils import iface, unloadPlugin  # noqa: TID251 - a script of the desktop

PLAY = Play()
URL = os.environ["URL"]
SECRET = "https://user:hush@example.org/"


def dialog():
    return iface.mainWindow().findChild(QDialog, "CommonplaceConnect")


def action(name):
    return iface.mainWindow().findChild(QAction, name)


def layers():
    return list(QgsProject.instance().mapLayers().values())


def opened():
    action("CommonplaceConnect").trigger()
    PLAY.until(lambda: dialog() is not None, refused)


def refused():
    shown = dialog()
    shown.address.setText(SECRET)
    shown.look.click()
    PLAY.answer["refused"] = shown.said.text()
    shown.address.setText(URL)
    shown.look.click()
    PLAY.answer["add_while_looking"] = shown.add.isEnabled()
    PLAY.until(lambda: dialog().table.rowCount() > 0 or dialog().look.isEnabled(), looked)


def texts(menu):
    return [one.text().replace("&&", "\0").replace("&", "").replace("\0", "&") for one in menu]


def looked():
    shown = dialog()
    PLAY.answer["said"] = shown.said.text()
    shown.saved.emit(Connection("Town & trees", URL))
    menu = shown.connections.menu()
    PLAY.answer["menu"] = texts(menu.actions())
    shown.address.clear()
    menu.actions()[0].trigger()
    PLAY.answer["chosen"] = [shown.address.text(), saved()[0].address, not shown.look.isEnabled()]
    PLAY.until(lambda: dialog().table.rowCount() > 0, looked_again)


def looked_again():
    shown = dialog()
    shown.connections.menu().actions()[-1].menu().actions()[0].trigger()
    PLAY.answer["forgotten"] = shown.address.text()
    PLAY.answer["menu_left"] = shown.connections.isEnabled()
    shown.say(PLAY.answer["said"])
    PLAY.answer["row"] = [shown.table.item(0, column).text() for column in range(6)]
    PLAY.answer["parts"] = []
    QgsProject.instance().layersAdded.connect(
        lambda added: PLAY.answer["parts"].append(added[0].featureCount())
    )
    PLAY.later(300, added)


def added():
    PLAY.picture("connect-dialog", dialog())
    dialog().add.click()
    PLAY.until(lambda: "1200" in dialog().said.text(), loaded)


def loaded():
    (layer,) = layers()
    about, times = layer.metadata(), layer.temporalProperties()
    PLAY.answer.update(
        name=layer.name(),
        count=layer.featureCount(),
        identifier=about.identifier(),
        history=about.history(),
        time=[times.isActive(), times.startField()],
        source=layer.source(),
        files=sorted(one.name for one in Path(layer.source().partition("|")[0]).parent.iterdir()),
    )
    dialog().close()
    iface.layerTreeView().setCurrentLayer(layer)
    layer.renderer().symbol().setOpacity(0.5)
    layer.dataSourceChanged.connect(lambda: PLAY.answer.update(changed=True))
    PLAY.later(1500, refreshed)


def refreshed():
    PLAY.picture("connect-map", None)
    PLAY.answer["changed"] = False
    action("CommonplaceRefresh").trigger()
    PLAY.until(lambda: layers()[0].featureCount() == 1200 and PLAY.answer["changed"], unloaded)


def unloaded():
    (layer,) = layers()
    PLAY.answer["same_source"] = layer.source() == PLAY.answer["source"]
    PLAY.answer["opacity"] = layer.renderer().symbol().opacity()
    unloadPlugin("commonplace_qgis")
    PLAY.later(500, gone)


def gone():
    PLAY.answer["actions_left"] = [
        one.objectName()
        for one in iface.mainWindow().findChildren(QAction)
        if one.objectName().startswith("Commonplace")
    ]
    PLAY.end()


PLAY.later(1500, opened)
