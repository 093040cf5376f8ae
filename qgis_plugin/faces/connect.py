"""*Connect…*, the layers loaded by it and their *Refresh*, and *Commonplace* in the Browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from qgis.core import Qgis, QgsApplication, QgsMapLayerType, QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QAction

from ..addresses import refusal
from ..connections import Connection, Wanted, inspect_request, remove, save, saved
from ..desktop import NAME, Desktop
from ..standby import Standby
from ..tasks import EngineTask, start
from ..texts import tr
from .browser import install_browser
from .engine_setup import when_ready
from .following import FollowFace

if TYPE_CHECKING:
    from ..dialogs.connect import ConnectDialog
    from ..sourcelayers import Loads


def install(desktop: Desktop) -> None:
    """The menu's entry, *Refresh* in the layers' menu."""
    face = ConnectFace(desktop)
    desktop.action(
        "CommonplaceConnect",
        tr("&Connect…"),
        face.ask,
        icon=QgsApplication.getThemeIcon("/mActionAddLayer.svg"),
        tip=tr("Look what an address, a file or a folder holds, and add layers of it"),
        toolbar=True,
    )
    face.install_refresh()
    face.connections_changed = install_browser(desktop, face.ask, face.add, face.forget)
    desktop.undo(face.stop)


class ConnectFace:
    """Opens the dialog, looks and loads in tasks."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._task: EngineTask | None = None
        self._loading: Loads | None = None
        self._refresh: QAction | None = None
        self._follow = FollowFace(desktop)
        self.connections_changed: Any = lambda: None

    def ask(self, one: Connection | None = None) -> None:
        """Open the dialog, once there is an engine; with a connection it looks at once."""
        when_ready(self._desktop, lambda: self._ask(one))

    def add(self, wanted: Wanted, title: str) -> None:
        """Add a layer to the project."""
        when_ready(self._desktop, lambda: self._loads().add(wanted, title))

    def forget(self, name: str) -> None:
        """Drop a saved connection."""
        remove(name)
        self.connections_changed()

    def stop(self) -> None:
        """End what is under way."""
        if self._loading is not None:
            self._loading.stop()
        self._cancel_look()

    def install_refresh(self) -> None:
        """*Refresh* in the context menu of the layers that came from a source."""
        iface, project = self._desktop.iface, QgsProject.instance()
        action = QAction(
            QgsApplication.getThemeIcon("/mActionRefresh.svg"),
            tr("Refresh from its source"),
            self._desktop.window,
        )
        action.setObjectName("CommonplaceRefresh")
        action.triggered.connect(lambda _checked=False: self._refresh_selected())
        iface.addCustomActionForLayerType(action, "", QgsMapLayerType.VectorLayer, False)
        self._refresh = action
        self._follow.install()
        self._offer(project.mapLayers().values())
        project.layersAdded.connect(self._offer)
        self._desktop.undo(action.deleteLater)
        self._desktop.undo(lambda: iface.removeCustomActionForLayerType(action))
        self._desktop.undo(lambda: project.layersAdded.disconnect(self._offer))

    def _offer(self, layers: Any) -> None:
        from ..sourcelayers import source_of

        self._follow.offer(layers)
        for layer in layers:
            if source_of(layer) is not None:
                self._desktop.iface.addCustomActionForLayer(self._refresh, layer)

    def _refresh_selected(self) -> None:
        from ..sourcelayers import source_of

        layers = self._desktop.iface.layerTreeView().selectedLayers()
        ours = [
            one for one in layers if source_of(one) is not None and not self._follow.follows(one)
        ]
        when_ready(self._desktop, lambda: [self._loads().refresh(one) for one in ours])

    def _ask(self, one: Connection | None) -> None:
        from ..dialogs.connect import ConnectDialog

        settings = self._desktop.iface.mapCanvas().mapSettings()
        dialog = ConnectDialog(
            settings.visibleExtent(), settings.destinationCrs(), self._desktop.window
        )
        standby = Standby()
        dialog.looked.connect(
            lambda address, authcfg: self._look(dialog, address, authcfg, standby)
        )
        dialog.wanted.connect(lambda wanted, title: self._loads(dialog).add(wanted, title, standby))
        dialog.saved.connect(lambda connection: self._save(dialog, connection))
        dialog.forgotten.connect(lambda name: self._forget(dialog, name))
        dialog.show_saved(saved())
        dialog.finished.connect(lambda _result: self._cancel_look())
        dialog.finished.connect(lambda _result: standby.close())
        self._desktop.show(dialog)
        if one is not None:
            dialog.open_connection(one)

    def _look(self, dialog: ConnectDialog, address: str, authcfg: str, standby: Standby) -> None:
        self._cancel_look()
        description = tr("Look at {source}").format(source=address)
        request = {**inspect_request(address, authcfg), "ahead": True}
        task = EngineTask(description, request, standby=standby)
        task.succeeded.connect(lambda found: _if_open(dialog, "show_found", found))
        task.failed.connect(lambda text: _if_open(dialog, "failed", text))
        self._task = task
        start(task)

    def _cancel_look(self) -> None:
        if self._task is not None and not sip.isdeleted(self._task):
            self._task.cancel()
        self._task = None

    def _save(self, dialog: ConnectDialog, one: Connection) -> None:
        try:
            save(one)
        except ValueError:
            dialog.say(refusal(one.address))
            return
        dialog.show_saved(saved())
        dialog.say(tr("Connection “{name}” is saved.").format(name=one.name))
        self.connections_changed()

    def _forget(self, dialog: ConnectDialog, name: str) -> None:
        self.forget(name)
        dialog.show_saved(saved())
        dialog.say(tr("Connection “{name}” is forgotten.").format(name=name))

    def _loads(self, dialog: ConnectDialog | None = None) -> Loads:
        from ..sourcelayers import Loads

        if self._loading is None:
            self._loading = Loads()
            self._loading.loaded.connect(self._loaded)
            self._loading.failed.connect(self._failed)
            self._loading.added.connect(self._added)
        if dialog is not None:
            self._loading.loaded.connect(
                lambda title, count: _if_open(dialog, "say", _loaded_text(title, count))
            )
            self._loading.failed.connect(lambda text: _if_open(dialog, "say", text))
        return self._loading

    def _added(self, layer: Any) -> None:
        if len(QgsProject.instance().mapLayers()) == 1:  # else the user has chosen the view
            self._desktop.iface.setActiveLayer(layer)
            self._desktop.iface.zoomToActiveLayer()

    def _loaded(self, title: str, count: int) -> None:
        text = _loaded_text(title, count)
        self._desktop.iface.messageBar().pushMessage(NAME, text, Qgis.MessageLevel.Success, 5)

    def _failed(self, text: str) -> None:
        self._desktop.iface.messageBar().pushMessage(NAME, text, Qgis.MessageLevel.Critical, 0)


def _loaded_text(title: str, count: int) -> str:
    return tr("{layer} is loaded, features: {count}").format(layer=title, count=count)


def _if_open(dialog: ConnectDialog, method: str, value: Any) -> None:
    if not sip.isdeleted(dialog):
        getattr(dialog, method)(value)
