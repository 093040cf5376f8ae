"""Run by the desktop: the engine's set-up, from a folder of wheels, seen and photographed."""

import os
from pathlib import Path

from desktop_steps import Play
from qgis.PyQt.QtWidgets import QAction, QDialog
from qgis.utils import iface  # noqa: TID251 - a script of the desktop, not the plugin

PLAY = Play()
WHEELS = os.environ["WHEELS"]
BASE = os.environ["BASE"]


def dialog():
    return iface.mainWindow().findChild(QDialog, "CommonplaceSetup")


def opened():
    iface.mainWindow().findChild(QAction, "CommonplaceSetUpEngine").trigger()
    PLAY.until(dialog().go.isEnabled, found)


def found():
    shown = dialog()
    PLAY.answer["pythons"] = [shown.python.itemText(n) for n in range(shown.python.count())]
    known = [n for n, text in enumerate(PLAY.answer["pythons"]) if BASE in text]
    shown.python.setCurrentIndex(known[0])  # the packages are for this one
    PLAY.picture("engine-setup", shown)
    shown.wheels.setFilePath(str(Path(WHEELS) / "empty"))
    shown.go.click()
    PLAY.until(shown.go.isEnabled, refused)


def refused():
    shown = dialog()
    PLAY.answer["refused"] = shown.said.text()
    PLAY.picture("engine-setup-failed", shown)
    shown.wheels.setFilePath(WHEELS)
    shown.go.click()
    PLAY.until(lambda: shown.bar.value() > 8, under_way)


def under_way():
    PLAY.picture("engine-setup-running", dialog())
    PLAY.until(dialog().go.isEnabled, done)


def done():
    PLAY.answer["said"] = dialog().said.text()
    PLAY.picture("engine-setup-done", dialog())
    dialog().reject()
    PLAY.later(200, closed)


def closed():
    PLAY.answer["closed"] = dialog() is None
    PLAY.end()


PLAY.later(1500, opened)
