"""A worker whose jobs are small plays, to see what a real one does when things go wrong.

``fake_worker.py`` is the supervisor, ``fake_worker.py child PARENT`` its child.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from commonplace.errors import Cancelled, DiskFull, TooManyRejected
from commonplace.report import Observer
from commonplace.worker import child
from commonplace.worker.protocol import LARGEST_MESSAGE, Message, private_channel
from commonplace.worker.supervisor import Supervisor

DONE: Message = {
    "type": "result",
    "done": True,
    "package": "/nowhere/package",
    "report": "/nowhere/package/report.html",
    "counts": {
        "read": 1,
        "rejected": 0,
        "written": {"Building": 1},
        "findings": {"error": 0, "warning": 0, "info": 0},
    },
    "outputs": [],
}


def play(request: Message, observer: Observer) -> list[Message]:
    """Do what the job says: ``{"play": NAME, …}``."""
    job = json.loads(request["job"])
    return PLAYS[job["play"]](job, observer)


def quick(job: Message, observer: Observer) -> list[Message]:
    observer.progress("map", 1, 1)
    observer.message("straße")
    return [{**DONE, "arguments": sys.argv, "flags": sys.flags.isolated, "pid": os.getpid()}]


def patient(job: Message, observer: Observer) -> list[Message]:
    """Ends when it is asked to."""
    while not observer.cancelled():
        observer.progress("wait", 1, None)
        time.sleep(0.02)
    raise Cancelled("cancelled")


def deaf(job: Message, observer: Observer) -> list[Message]:
    """Does not ask; ends when it is interrupted."""
    observer.message("begun")
    time.sleep(60)
    return [DONE]


def stone(job: Message, observer: Observer) -> list[Message]:
    """Neither asks nor minds interrupts, and has a child of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    grandchild = subprocess.Popen(["sleep", "60"])
    observer.message(f"{os.getpid()} {grandchild.pid}")
    while True:
        time.sleep(60)


def noisy(job: Message, observer: Observer) -> list[Message]:
    """Prints as a native library does."""
    os.write(1, b'{"type": "result", "forged": true}\n')
    subprocess.run(["echo", "also a child's"], check=True)
    return [DONE]


def crash(job: Message, observer: Observer) -> list[Message]:
    os.kill(os.getpid(), signal.SIGSEGV)
    return [DONE]


def bug(job: Message, observer: Observer) -> list[Message]:
    return [{"type": "result", "share": 1 / int(job.get("rows", 0))}]


def tardy(job: Message, observer: Observer) -> list[Message]:
    """Closes its pipe some time before it ends, as an interpreter with much to clear does."""
    os.closerange(3, 64)
    time.sleep(0.5)
    os._exit(3)


def full(job: Message, observer: Observer) -> list[Message]:
    raise DiskFull("no space left", hint="free some")


def rejected(job: Message, observer: Observer) -> list[Message]:
    raise TooManyRejected("too many")


def chatty(job: Message, observer: Observer) -> list[Message]:
    for done in range(20_001):
        observer.progress("map", done, 20_000)
    return [DONE]


def huge(job: Message, observer: Observer) -> list[Message]:
    return [{**DONE, "text": "x" * LARGEST_MESSAGE}]


def lingering(job: Message, observer: Observer) -> list[Message]:
    """Leaves a process behind."""
    left = subprocess.Popen(["sleep", "60"])
    return [{**DONE, "left": left.pid}]


def environment(job: Message, observer: Observer) -> list[Message]:
    return [{**DONE, "environment": dict(os.environ)}]


PLAYS = {
    one.__name__: one
    for one in (
        quick, patient, deaf, stone, noisy, crash, bug, tardy, full, rejected, chatty, huge,
        lingering, environment,
    )
}  # fmt: skip


def main() -> int:
    if sys.argv[1:2] == ["child"]:
        del sys.argv[1]
        return child.main({"run": play})
    command = (sys.executable, "-I", str(Path(__file__).resolve()), "child")
    Supervisor(private_channel(), command).serve()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
