"""*Commonplace* in the Browser panel: saved connections, and their layers below them.

QGIS deletes and replaces the items of its browser as it likes, also between two events. So what
was found is kept apart from them (:class:`Looks`), and items are changed by this module alone,
in the main thread and from a timer, once it is known that they are still there. They are never
asked for their children: in QGIS 3.22 ``children()`` deletes those that Python has made.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsDataCollectionItem,
    QgsDataItem,
    QgsDataItemProvider,
    QgsDataProvider,
    QgsErrorItem,
    QgsMimeDataUtils,
)
from qgis.gui import QgsCustomDropHandler, QgsDataItemGuiProvider, QgsGui
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QMenu

from ..connections import Connection, Wanted, saved, wanted_of, wanted_text
from ..desktop import ICON, NAME, Desktop
from ..looks import Looks
from ..texts import tr

ROOT: Final = "commonplace:"
GEOMETRY_ICONS: Final = {
    "Point": "/mIconPointLayer.svg",
    "LineString": "/mIconLineLayer.svg",
    "Polygon": "/mIconPolygonLayer.svg",
}

Ask = Callable[["Connection | None"], object]
Add = Callable[[Wanted, str], object]
Forget = Callable[[str], object]


def install_browser(desktop: Desktop, ask: Ask, add: Add, forget: Forget) -> Callable[[], None]:
    """Add the root; returns what shows the connections as they are saved now."""
    looks = Looks()
    items, drops = Items(looks), Drops(add)
    menus = Menus(looks, ask, add, forget)
    core, gui = QgsApplication.dataItemProviderRegistry(), QgsGui.dataItemGuiProviderRegistry()
    core.addProvider(items)
    gui.addProvider(menus)
    desktop.iface.registerCustomDropHandler(drops)
    desktop.undo(looks.stop)
    desktop.undo(lambda: core.removeProvider(items))
    desktop.undo(lambda: gui.removeProvider(menus))
    desktop.undo(lambda: desktop.iface.unregisterCustomDropHandler(drops))
    return items.later


class Items(QgsDataItemProvider):
    """Makes a root for each browser there is, and keeps it as the connections are."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self._roots: list[Branch] = []
        looks.changed.connect(self._show_layers)

    def name(self) -> str:
        """The key of the provider's items too."""
        return NAME

    def capabilities(self) -> Any:
        """Of those that QGIS asks for a root."""
        newer = getattr(Qgis, "DataItemProviderCapability", None)  # from 3.36 on
        if newer is not None:
            return newer.NetworkSources
        return int(QgsDataProvider.DataCapability.Net)

    def createDataItem(self, path: str, parent: QgsDataItem | None) -> QgsDataItem | None:
        """A root, when a browser begins."""
        if path:
            return None
        root = Branch(parent, NAME, ROOT, QIcon(ICON), self._show_connections)
        root.setState(Qgis.BrowserItemState.Populated)
        root.dataChanged.connect(self._opened)  # stateChanged can't be heard in QGIS 3.22
        self._roots.append(root)
        sip.transferto(root, None)
        self.later()
        return root

    def later(self) -> None:
        """Show the connections that are saved, as soon as QGIS has done what it is doing."""
        QTimer.singleShot(0, self._show_connections)

    def _opened(self, item: QgsDataItem) -> None:
        """A connection is opened for the first time: ask what it holds."""
        path, state = item.path(), item.state()
        if state == Qgis.BrowserItemState.Populated and path.startswith(ROOT) and path != ROOT:
            QTimer.singleShot(0, partial(self._looks.look, path[len(ROOT) :]))

    def _alive(self) -> list[Branch]:
        self._roots = [one for one in self._roots if not sip.isdeleted(one)]
        return self._roots

    def _show_connections(self) -> None:
        connections = {one.name: one for one in saved()}
        self._looks.keep(connections.values())
        for root in self._alive():
            shown = root.leaves()
            for name in shown.keys() - connections.keys():
                root.drop(name)
            for name in sorted(connections.keys() - shown.keys()):
                self._add_connection(root, connections[name])

    def _add_connection(self, root: Branch, one: Connection) -> None:
        icon = QgsApplication.getThemeIcon("/mIconConnect.svg")
        look = partial(self._looks.look, one.name, anew=True)
        item = Branch(root, one.name, f"{ROOT}{one.name}", icon, look)
        item.setToolTip(one.address)
        root.put(one.name, item)
        if self._looks.told(one.name):
            item.setState(Qgis.BrowserItemState.Populated)
            self._show_layers(one.name)

    def _show_layers(self, name: str) -> None:
        for root in self._alive():
            item = root.leaves().get(name)
            if isinstance(item, Branch):
                for path in list(item.leaves()):
                    item.drop(path)
                for one in self._layers(item, name):
                    item.put(one.path(), one)

    def _layers(self, parent: QgsDataItem, name: str) -> list[QgsDataItem]:
        looks = self._looks
        if looks.error(name):
            return [_leaf(QgsErrorItem(parent, looks.error(name), f"{parent.path()}/error"))]
        if looks.looking(name):
            return [_message(parent, tr("Looking…"))]
        found: list[QgsDataItem] = [LayerItem(parent, *one) for one in looks.layers(name)]
        return found or [_message(parent, tr("No layers"))]


class Branch(QgsDataCollectionItem):
    """An item that keeps account of those below it, which others neither make nor take away."""

    def __init__(
        self,
        parent: QgsDataItem | None,
        name: str,
        path: str,
        icon: QIcon,
        refreshed: Callable[[], object],
    ) -> None:
        super().__init__(parent, name, path, NAME)
        self._leaves: dict[str, QgsDataItem] = {}
        self._refreshed = refreshed
        self.setIcon(icon)
        _leaf(self)

    def refresh(self, *_children: Any) -> None:
        """QGIS wants it anew."""
        QTimer.singleShot(0, self._refreshed)

    def leaves(self) -> dict[str, QgsDataItem]:
        """What is below, by the names it was put there with."""
        if self.rowCount() != len(self._leaves):  # QGIS has taken it away all the same
            self._leaves = {}
        return self._leaves

    def put(self, name: str, item: QgsDataItem) -> None:
        """Add an item."""
        self._leaves[name] = item
        self.addChildItem(item, True)

    def drop(self, name: str) -> None:
        """Take an item away."""
        self.deleteChildItem(self._leaves.pop(name))


def _leaf(item: QgsDataItem) -> QgsDataItem:
    """An item that QGIS doesn't empty when a browser is refreshed, nor fill in a thread."""
    item.setCapabilitiesV2(Qgis.BrowserItemCapabilities(Qgis.BrowserItemCapability.Fast))
    return item


def _message(parent: QgsDataItem, text: str) -> QgsDataItem:
    path = f"{parent.path()}/message"
    item = QgsDataItem(Qgis.BrowserItemType.Custom, parent, text, path, NAME)
    item.setState(Qgis.BrowserItemState.Populated)
    return _leaf(item)


class LayerItem(QgsDataItem):
    """A layer of a source; it can be dragged."""

    def __init__(self, parent: QgsDataItem, wanted: Wanted, title: str, geometry: str) -> None:
        path = f"{parent.path()}/{wanted.layer}"
        super().__init__(Qgis.BrowserItemType.Custom, parent, title, path, NAME)
        self._uri = QgsMimeDataUtils.Uri()
        self._uri.layerType, self._uri.providerKey = "custom", NAME
        self._uri.name, self._uri.uri = title, wanted_text(wanted)
        plain = geometry.replace("Multi", "")
        icon = GEOMETRY_ICONS.get(plain, "/mIconTableLayer.svg")
        self.setIcon(QgsApplication.getThemeIcon(icon))
        self.setToolTip(wanted.layer)
        self.setState(Qgis.BrowserItemState.Populated)
        _leaf(self)

    def hasDragEnabled(self) -> bool:
        """Yes."""
        return True

    def mimeUris(self) -> list[QgsMimeDataUtils.Uri]:
        """What a drop gets."""
        return [self._uri]


class Drops(QgsCustomDropHandler):
    """Adds the layers that are dropped on the map or among the layers."""

    def __init__(self, add: Add) -> None:
        super().__init__()
        self._add = add

    def customUriProviderKey(self) -> str:
        """Of the layers that are ours."""
        return NAME

    def handleCustomUriDrop(self, uri: QgsMimeDataUtils.Uri) -> None:
        """Add a layer, once the drop is over."""
        wanted = wanted_of(uri.uri)
        if wanted is not None:
            QTimer.singleShot(0, partial(self._add, wanted, uri.name))


class Menus(QgsDataItemGuiProvider):
    """What can be done with the items."""

    def __init__(self, looks: Looks, ask: Ask, add: Add, forget: Forget) -> None:
        super().__init__()
        self._looks, self._ask, self._add, self._forget = looks, ask, add, forget

    def name(self) -> str:
        """The provider's."""
        return NAME

    def populateContextMenu(
        self, item: QgsDataItem, menu: QMenu, _selected: list[QgsDataItem], _context: Any
    ) -> None:
        """Connections are opened, refreshed and forgotten, layers added."""
        if item.providerKey() != NAME:
            return
        wanted, path = _wanted(item), item.path()
        if path == ROOT:
            _entry(menu, tr("&New connection…"), partial(self._ask, None))
        elif wanted is not None:
            _entry(menu, tr("A&dd layer"), partial(self._add, wanted, item.name()))
        for one in saved():
            if path == f"{ROOT}{one.name}":
                _entry(menu, tr("&Connect…"), partial(self._ask, one))
                _entry(menu, tr("&Refresh"), partial(self._looks.look, one.name, anew=True))
                _entry(menu, tr("&Forget"), partial(self._forget, one.name))

    def handleDoubleClick(self, item: QgsDataItem, _context: Any) -> bool:
        """Add a layer."""
        wanted = _wanted(item) if item.providerKey() == NAME else None
        if wanted is None:
            return False
        QTimer.singleShot(0, partial(self._add, wanted, item.name()))
        return True


def _entry(menu: QMenu, text: str, act: Callable[[], object]) -> None:
    """An entry whose act begins once the menu is gone, and with it what it was opened for."""
    menu.addAction(text).triggered.connect(lambda _checked=False: QTimer.singleShot(0, act))


def _wanted(item: QgsDataItem) -> Wanted | None:
    """The layer that an item stands for."""
    uris = item.mimeUris()
    return wanted_of(uris[0].uri) if uris else None
