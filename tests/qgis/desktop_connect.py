"""Run by the desktop: connect to a service, look, add a layer, refresh it, unload."""

import contextlib
import json
import os
from pathlib import Path
from urllib.request import Request, urlopen

from commonplace_qgis.connections import Connection, saved
from desktop_steps import Play, plugin_actions
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QModelIndex, QThreadPool
from qgis.PyQt.QtWidgets import QAction, QDialog
from qgis.utils import iface, unloadPlugin  # noqa: TID251 - a script of the desktop

PLAY = Play()
URL, BROKER = os.environ["URL"], os.environ["BROKER"]
LAMP = json.loads(os.environ["LAMP"])
SECRET = "https://user:hush@example.org/"


def dialog():
    return iface.mainWindow().findChild(QDialog, "CommonplaceConnect")


def action(name):
    return iface.mainWindow().findChild(QAction, name)


def layers():
    return list(QgsProject.instance().mapLayers().values())


def send(entity):
    body, headers = json.dumps(entity).encode(), {"Content-Type": "application/json"}
    request = Request(f"{BROKER}/ngsi-ld/v1/entities", body, headers)
    urlopen(request).close()


def subscriptions():
    with urlopen(f"{BROKER}/ngsi-ld/v1/subscriptions") as answer:
        return json.load(answer)


def workers():
    """Processes of the engine that are still there."""
    found = []
    for one in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            told = (one / "environ").read_bytes() + (one / "cmdline").read_bytes()
            if os.environ["ANSWER"].encode() in told and b"commonplace.worker" in told:
                found.append(int(one.name))
    return found


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
    PLAY.until(lambda: layers()[0].featureCount() == 1200 and PLAY.answer["changed"], broker)


def broker():
    (layer,) = layers()
    PLAY.answer["same_source"] = layer.source() == PLAY.answer["source"]
    PLAY.answer["opacity"] = layer.renderer().symbol().opacity()
    action("CommonplaceConnect").trigger()
    dialog().address.setText(BROKER)
    dialog().look.click()
    PLAY.until(lambda: dialog().table.rowCount() > 0, broker_looked)


def broker_looked():
    shown = dialog()
    PLAY.answer["broker"] = [
        shown.table.item(row, 0).text() for row in range(shown.table.rowCount())
    ]
    shown.add.click()
    PLAY.until(lambda: lamps() and lamps().featureCount() == 2, follow)


def lamps():
    return next(iter(QgsProject.instance().mapLayersByName("Lamp")), None)


def signs():
    view = iface.layerTreeView()
    return view.indicators(QgsProject.instance().layerTreeRoot().findLayer(lamps()))


def follow():
    dialog().close()
    QThreadPool.globalInstance().setMaxThreadCount(1)
    PLAY.answer["loaded_as"] = lamps().source()
    iface.layerTreeView().setCurrentLayer(lamps())
    action("CommonplaceFollow").trigger()
    PLAY.until(lambda: lamps().source() != PLAY.answer["loaded_as"], following)


def following():
    PLAY.answer["follows"] = [
        *(action("CommonplaceFollow").isChecked(), lamps().readOnly()),
        *(lamps().featureCount(), len(signs()), len(subscriptions())),
    ]
    PLAY.answer["replaced"] = not Path(PLAY.answer["loaded_as"].partition("|")[0]).exists()
    send({**LAMP, "id": "urn:x:new"})
    PLAY.until(lambda: lamps().featureCount() == 3, grown)


def grown():
    send({**LAMP, "id": "urn:x:late", "power": 60})
    PLAY.until(lambda: lamps().fields().indexOf("power") >= 0, widened)


def widened():
    PLAY.answer["widened"] = sorted(
        (one["id"], one["state"]) for one in lamps().getFeatures() if one["power"] == 60
    )
    PLAY.later(500, photographed)


def photographed():
    PLAY.picture("connect-follow", None)
    (trees,) = QgsProject.instance().mapLayersByName("trees")
    iface.layerTreeView().setCurrentLayer(trees)
    PLAY.answer["trees_follow"] = action("CommonplaceFollow").isChecked()
    PLAY.answer["changed"] = False
    action("CommonplaceRefresh").trigger()
    PLAY.until(lambda: PLAY.answer["changed"] and trees.featureCount() == 1200, beside)


def beside():
    iface.layerTreeView().setCurrentLayer(lamps())
    signs()[0].clicked.emit(QModelIndex())
    PLAY.until(lambda: not signs() and not lamps().readOnly(), left)


def left():
    PLAY.answer["left"] = [action("CommonplaceFollow").isChecked(), len(subscriptions())]
    PLAY.answer["kept"] = lamps().featureCount()
    action("CommonplaceFollow").trigger()
    PLAY.until(lambda: signs() and len(subscriptions()) == 1, unloaded)


def unloaded():
    unloadPlugin("commonplace_qgis")
    PLAY.until(lambda: not (subscriptions() or lamps().readOnly() or workers()), gone)


def gone():
    PLAY.answer["signs_left"] = len(signs())
    PLAY.answer["workers_left"] = workers()
    PLAY.answer["actions_left"] = plugin_actions(iface.mainWindow())
    PLAY.end()


PLAY.later(1500, opened)
