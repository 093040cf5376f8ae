"""Scenarios of ``in_qgis.py``: engine tasks and conversations when things go wrong."""

import json
import os
import signal
import tempfile
import time
from pathlib import Path

from processes import processes
from qgis.core import QgsApplication, QgsVectorLayer

PATIENCE = 60


def descendants(of=None):
    """Processes below this one, the nearest first: id, command."""
    parents = {}
    for one in processes():
        if not one.ended:
            parents.setdefault(one.parent, []).append((one.number, one.command))
    found, level = [], [of or os.getpid()]
    while level:
        rows = [row for one in level for row in parents.get(one, [])]
        found += rows
        level = [number for number, _ in rows]
    return found


def until(holds, within=PATIENCE):
    """Let QGIS go on until something holds; whether it came to hold."""
    deadline = time.monotonic() + within
    while not holds():
        if time.monotonic() > deadline:
            return False
        QgsApplication.processEvents()
        time.sleep(0.005)
    return True


def of_job(play):
    return {"type": "run", "job": json.dumps({"play": play}), "folder": "/"}


def outcome_of(task, act=lambda: None, once=lambda: True):
    """Start a task, do something to it once something holds; what it told, and what is left."""
    from commonplace_qgis.tasks import start

    told = []
    task.succeeded.connect(lambda result: told.append(["succeeded", sorted(result)]))
    task.failed.connect(lambda text: told.append(["failed", text]))
    task.cancelled.connect(lambda: told.append(["cancelled", ""]))
    start(task)
    reached = until(once)
    before = [number for number, _ in descendants()]
    acted = time.monotonic()
    act()
    until(lambda: told)
    took = time.monotonic() - acted
    swept = until(lambda: not descendants(), 10)
    gone = not [one for one in before if alive(one)]
    return {"told": told, "reached": reached, "took": took, "left": not (swept and gone)}


def alive(number):
    """Whether a process, or any of its threads, is there: it can't be waited for before."""
    process = Path(f"/proc/{number}")
    try:
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
        threads = len(list((process / "task").iterdir()))
    except OSError:
        return False
    return state != "Z" or threads > 1


def task_troubles(fake, scripts, silent):
    """Tasks over workers that crash, are killed, hang, are none; then one that is well."""
    from commonplace_qgis.tasks import EngineTask

    def running(count):
        return lambda: len(descendants()) >= count

    def kill(position, sign):
        return lambda: os.kill(descendants()[position][0], sign)

    answers = {}

    def trouble(name, python, play, act=None, once=None):
        os.environ["COMMONPLACE_PYTHON"] = python
        task = EngineTask(name, of_job(play))
        act = task.cancel if act == "cancel" else act
        answers[name] = outcome_of(task, act or (lambda: None), once or (lambda: True))

    trouble("crash", fake, "crash")
    trouble("noisy", fake, "noisy")
    trouble("full", fake, "full")
    trouble("worker killed", fake, "patient", kill(0, signal.SIGKILL), running(2))
    trouble("child killed", fake, "patient", kill(1, signal.SIGKILL), running(2))
    trouble("hang", fake, "stone", "cancel", running(3))
    for name, script in scripts.items():
        trouble(name, script, "quick")
    trouble("hang at start", silent, "quick", "cancel", running(1))
    trouble("well", fake, "quick")
    return answers


def task_frozen(fake):
    """A worker that is stopped while its job runs: cancel ends it."""
    from commonplace_qgis.tasks import EngineTask

    os.environ["COMMONPLACE_PYTHON"] = fake
    task = EngineTask("frozen", of_job("deaf"))

    def freeze():
        os.kill(descendants()[0][0], signal.SIGSTOP)
        task.cancel()

    return outcome_of(task, freeze, lambda: len(descendants()) >= 2)


def task_full_disk(folder, path):
    """Layers that don't fit where they cross, and a log that can't be written."""
    from commonplace_qgis.session import checking_writers
    from commonplace_qgis.staging import StagingTask, new_folder

    tempfile.tempdir = folder
    layer = QgsVectorLayer(path, "big", "ogr")
    where = new_folder()
    request = {"type": "validate", "paths": [str(where)]}
    task = StagingTask("full", where, checking_writers([layer], where), request)
    return outcome_of(task)


def task_for_ever(fake, session):
    """A job that minds nothing, by a task or a conversation; QGIS is killed meanwhile."""
    from commonplace_qgis.enginesession import EngineSession
    from commonplace_qgis.tasks import EngineTask, start

    os.environ["COMMONPLACE_PYTHON"] = fake
    if session:
        asked = EngineSession()
        asked.ask(of_job("stone"), print)
    else:
        start(EngineTask("for ever", of_job("stone")))
    until(lambda: False, 120)


def conversation_troubles(fake):
    """Conversations whose child crashes, and one closed while its job minds nothing."""
    from commonplace_qgis.enginesession import EngineSession

    os.environ["COMMONPLACE_PYTHON"] = fake
    told = []
    session = EngineSession()
    for play in ("crash", "quick", "noisy"):
        session.ask(of_job(play), lambda answer: told.append(sorted(answer)), told.append)
    until(lambda: len(told) == 3)
    session.ask(of_job("stone"), told.append, told.append)
    running = until(lambda: len(descendants()) >= 3)
    began = time.monotonic()
    session.close()
    closed = time.monotonic() - began
    session.deleteLater()
    swept = until(lambda: not descendants(), 20)
    return {"told": told, "running": running, "closed": closed, "swept": swept}


def task_standby(fake):
    """Tasks that share a worker: one after the other, after a failure, after the end."""
    from commonplace_qgis.standby import Standby
    from commonplace_qgis.tasks import EngineTask, start

    os.environ["COMMONPLACE_PYTHON"] = fake
    standby, told, workers = Standby(), [], []

    def asked(play):
        before = len(told)
        task = EngineTask(play, of_job(play), standby=standby)
        task.succeeded.connect(lambda _result: told.append("succeeded"))
        task.failed.connect(lambda _text: told.append("failed"))
        start(task)
        until(lambda: len(told) > before)
        workers.append([number for number, _ in descendants()][:1])

    for play in ("quick", "quick", "crash", "quick"):
        asked(play)
    os.kill(workers[-1][0], signal.SIGKILL)
    until(lambda: not alive(workers[-1][0]))
    asked("quick")
    standby.close()
    swept = until(lambda: not descendants(), 20)
    asked("quick")
    return {"told": told, "workers": workers, "swept": swept}


TASKS = (
    task_standby,
    task_troubles,
    task_frozen,
    task_full_disk,
    task_for_ever,
    conversation_troubles,
)
