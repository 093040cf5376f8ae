"""What there is in a running QGIS, by kind: to see what a plugin leaves behind."""

import gc
import re
import sys
import threading
from collections import Counter

from processes import children
from qgis.core import QgsApplication, QgsProject
from qgis.gui import QgsGui
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QTimer, qInstallMessageHandler
from qgis.PyQt.QtWidgets import QAction, QApplication, QDockWidget, QMenu, QToolBar
from qgis.utils import iface  # noqa: TID251 - of a script of the desktop

PLUGIN = "commonplace_qgis"
SIGNAL = re.compile(r"signal: (\w+)")


def inventory(**more):
    """Lists and counts by kind; ``more`` are objects whose connections count as well."""
    for _ in range(3):
        gc.collect()
    window = iface.mainWindow()
    registry = QgsApplication.processingRegistry()
    return {
        "actions": Counter(one.objectName() or one.text() for one in window.findChildren(QAction)),
        "menus": Counter(one.title() for one in window.findChildren(QMenu)),
        "toolbars": Counter(one.objectName() for one in window.findChildren(QToolBar)),
        "docks": Counter(one.objectName() for one in window.findChildren(QDockWidget)),
        "windows": Counter(
            f"{type(one).__name__} {one.objectName()}"
            for one in QApplication.topLevelWidgets()
            if type(one).__module__.startswith(PLUGIN)
        ),
        "algorithms": Counter(one.id() for one in registry.providers()),
        "data items": Counter(
            one.name() for one in QgsApplication.dataItemProviderRegistry().providers()
        ),
        "data item menus": Counter(
            one.name() for one in QgsGui.dataItemGuiProviderRegistry().providers()
        ),
        "sources": Counter(one.name() for one in QgsGui.sourceSelectProviderRegistry().providers()),
        "threads": Counter(
            one.name for one in threading.enumerate() if not one.name.startswith("Dummy")
        ),  # those are Qt's, which keeps them
        "timers": Counter(
            str(one.parent()) for one in tracked(QTimer) if one.isActive() and one.interval()
        ),
        "objects": Counter(
            f"{type(one).__module__}.{type(one).__name__}"
            for one in tracked(sip.simplewrapper)
            if type(one).__module__.startswith(PLUGIN)
        ),
        "modules": Counter(name for name in sys.modules if name.startswith(PLUGIN)),
        "tasks": Counter(one.description() for one in QgsApplication.taskManager().activeTasks()),
        "processes": Counter(one.name for one in running()),
        "connections": connections(more),
    }


def more_than(before, after):
    """What there is more of, by kind."""
    left = {kind: dict(found - before[kind]) for kind, found in after.items()}
    return {kind: found for kind, found in left.items() if found}


def tracked(kind):
    """Objects of C++ that Python knows and that are still there."""
    return [one for one in gc.get_objects() if isinstance(one, kind) and not sip.isdeleted(one)]


def running():
    """Processes that QGIS has started and that have not ended."""
    return [one for one in children() if not one.ended]


def connections(more):
    """How many are connected to each signal of what outlives a plugin, as Qt tells it."""
    project, canvas = QgsProject.instance(), iface.mapCanvas()
    owners = {
        "project": project,
        "layer tree": project.layerTreeRoot(),
        "layer tree view": iface.layerTreeView(),
        "canvas": canvas,
        "temporal": canvas.temporalController(),
        "iface": iface,
        "window": iface.mainWindow(),
        "application": QApplication.instance(),
        "tasks": QgsApplication.taskManager(),
        "processing": QgsApplication.processingRegistry(),
        "browser": iface.browserModel(),
        "messages": iface.messageBar(),
        "log": QgsApplication.messageLog(),
        **more,
    }
    lines, counts = [], Counter()
    before = qInstallMessageHandler(lambda _kind, _where, text: lines.append(text))
    for name, one in owners.items():
        lines.clear()
        one.dumpObjectInfo()
        outward = "\n".join(lines).partition("SIGNALS IN")[0]
        signal = ""
        for line in outward.splitlines():
            found = SIGNAL.search(line)
            signal = found[1] if found else signal
            if "-->" in line:
                counts[f"{name}.{signal}"] += 1
    qInstallMessageHandler(before)
    return counts
