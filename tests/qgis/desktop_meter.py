"""How much of the processor QGIS's main thread uses at a stretch, in a play."""

import sys
import threading
import time
from collections import Counter

from qgis.PyQt.QtCore import QTimer

EVERY = 0.005
DEEPEST = 12


class Meter:
    """Measures from one turn of the event loop to the next.

    By the thread's own clock: on a busy machine a thread that does nothing is late, too.
    Another thread looks meanwhile what the main thread is at, so that a long turn can be
    explained.
    """

    def __init__(self):
        self.most = 0.0
        self.at = []
        self._used = time.thread_time()
        self._main = threading.get_ident()
        self._seen = Counter()
        self._on = threading.Event()
        self._timer = QTimer()
        self._timer.timeout.connect(self._turn)

    def start(self):
        """Measure from now on."""
        self._used = time.thread_time()
        self._on.set()
        threading.Thread(target=self._look, daemon=True).start()
        self._timer.start(round(1000 * EVERY))

    def stop(self):
        """Measure no more; seconds of the longest turn, and what was seen in it."""
        self._turn()
        self._timer.stop()
        self._on.clear()
        return {"most": self.most, "at": self.at}

    def skip(self, what, *arguments):
        """Do what isn't the plugin's, such as photographing it."""
        if self._on.is_set():
            self._turn()
        what(*arguments)
        self._used = time.thread_time()
        self._seen.clear()

    def _turn(self):
        used = time.thread_time()
        if used - self._used > self.most:
            self.most = used - self._used
            self.at = [f"{count} × {stack}" for stack, count in self._seen.most_common(5)]
        self._used = used
        self._seen.clear()

    def _look(self):
        while self._on.is_set():
            frame, names = sys._current_frames().get(self._main), []
            while frame is not None and len(names) < DEEPEST:
                names.append(f"{frame.f_code.co_name}:{frame.f_lineno}")
                frame = frame.f_back
            self._seen[" < ".join(names)] += 1
            time.sleep(EVERY)
