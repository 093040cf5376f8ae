"""Steps of a play in the desktop (``qgis --code``): one after the other, with an answer.

The answer goes to the file that ANSWER names, pictures to the folder PICTURES.
"""

import json
import os
import sys
import time
import traceback
from pathlib import Path

from qgis.PyQt.QtCore import QTimer

PATIENCE = 90
EVERY = 20


class Play:
    """What a script answers, and how it goes on; whatever goes wrong ends QGIS and is told."""

    def __init__(self):
        self.answer = {}
        self._pictures = Path(os.environ["PICTURES"])

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

    def _guarded(self, function):
        try:
            function()
        except Exception:  # noqa: BLE001 - the traceback is the answer
            self.answer["error"] = traceback.format_exc()
            self.end()

    def picture(self, name, widget):
        """Photograph a widget, or QGIS's window."""
        from qgis.utils import iface  # noqa: TID251 - a script of the desktop, not the plugin

        (widget or iface.mainWindow()).grab().save(str(self._pictures / f"{name}.png"))

    def end(self):
        """Hand the answer over and end QGIS at once."""
        Path(os.environ["ANSWER"]).write_text(json.dumps(self.answer, default=str))
        sys.stdout.flush()
        os._exit(0)
