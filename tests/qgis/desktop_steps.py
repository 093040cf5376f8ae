"""Steps of a play in the desktop (``qgis --code``): one after the other, with an answer.

The answer goes to the file that ANSWER names, pictures to the folder PICTURES. TRAIL names a file
for the steps that were done, and after STACKS_AFTER seconds for what all threads are at.
"""

import faulthandler
import json
import os
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtGui import QImage
from qgis.PyQt.QtWidgets import QAction, QApplication

PATIENCE = 90
EVERY = 20
COLOURS = 255


class Play:
    """What a script answers, and how it goes on; whatever goes wrong ends QGIS and is told."""

    def __init__(self):
        self.answer = {}
        self._pictures = Path(os.environ["PICTURES"])
        self._trail = Path(os.environ["TRAIL"]).open("a", encoding="utf-8")  # noqa: SIM115
        self._began = time.monotonic()
        faulthandler.dump_traceback_later(float(os.environ["STACKS_AFTER"]), file=self._trail)
        self._went = iter(())

    def later(self, after, step):
        """Do a step after some milliseconds."""
        QTimer.singleShot(after, lambda: self._guarded(step))

    def until(self, holds, step, deadline=None):
        """Do a step once something holds."""
        self.later(EVERY, lambda: self._wait(holds, step, deadline))

    def _wait(self, holds, step, deadline):
        deadline = deadline or time.monotonic() + PATIENCE
        if holds():
            self.later(EVERY, step)
        elif time.monotonic() > deadline:
            self.picture("stuck", None)
            raise TimeoutError(f"{step.__name__} never came")
        else:
            self.until(holds, step, deadline)

    def walk(self, steps):
        """Go through a generator: a number it yields is a pause (ms), a function is waited for."""
        self._went = steps
        self.later(0, lambda: self._go_on(None))

    def _go_on(self, error):
        try:
            wanted = self._went.throw(error) if error else next(self._went)
        except StopIteration:
            self.end()
            return
        if callable(wanted):
            self._wait_for(wanted, time.monotonic() + PATIENCE)
        else:
            self.later(wanted, lambda: self._go_on(None))

    def _wait_for(self, holds, deadline):
        if holds():
            self.later(EVERY, lambda: self._go_on(None))
        elif time.monotonic() > deadline:
            self.picture("stuck", None)
            self._go_on(TimeoutError("it never came"))
        else:
            self.later(EVERY, lambda: self._wait_for(holds, deadline))

    def _guarded(self, function):
        if function.__name__ != "<lambda>":
            self._trail.write(f"{time.monotonic() - self._began:.2f} {function.__name__}\n")
            self._trail.flush()
        try:
            function()
        except Exception:  # noqa: BLE001 - the traceback is the answer
            self.answer["error"] = traceback.format_exc()
            self.end()

    def picture(self, name, widget):
        """Photograph a widget, or QGIS's window."""
        from qgis.utils import iface  # noqa: TID251 - a script of the desktop, not the plugin

        self.keep(name, (widget or iface.mainWindow()).grab().toImage())

    def screen(self, name, part):
        """Photograph a part (QRect) of all that is on the screen, open menus too."""
        grabbed = QApplication.primaryScreen().grabWindow(
            0, part.x(), part.y(), part.width(), part.height()
        )
        self.keep(name, grabbed.toImage())

    def keep(self, name, image):
        """Keep a picture."""
        palette_picture(image).save(str(self._pictures / f"{name}.png"))

    def end(self):
        """Hand the answer over and end QGIS at once."""
        Path(os.environ["ANSWER"]).write_text(json.dumps(self.answer, default=str))
        sys.stdout.flush()
        os._exit(0)


def palette_picture(image):
    """A picture of its commonest colours, a third of the bytes: pictures go into the guide."""
    formats = QImage.Format
    image = image.convertToFormat(formats.Format_RGB16).convertToFormat(formats.Format_RGB32)
    pixels = memoryview(image.constBits().asstring(image.sizeInBytes())).cast("I")
    common = [one | 0xFF000000 for one, _ in Counter(pixels).most_common(COLOURS)]
    return image.convertToFormat(formats.Format_Indexed8, common)


def plugin_actions(window):
    """The object names of all that the plugin has put into menus and bars."""
    names = [one.objectName() for one in window.findChildren(QAction)]
    return [one for one in names if one.startswith("Commonplace")]
