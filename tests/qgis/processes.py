"""Processes below QGIS, as Linux tells of them."""

import os
from collections import namedtuple
from pathlib import Path

Process = namedtuple("Process", "number parent name command ended")


def processes():
    """All processes of the machine; ``ended`` are those that nobody has waited for yet."""
    found = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            fields = dict(line.split(":\t", 1) for line in status.read_text().splitlines())
            command = status.with_name("cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError):
            continue
        number, parent = int(fields["Pid"]), int(fields["PPid"])
        found.append(
            Process(number, parent, fields["Name"], command, fields["State"].startswith("Z"))
        )
    return found


def children(named=""):
    """Processes that this one has started, in whose command something is named."""
    return [one for one in processes() if one.parent == os.getpid() and named in one.command]


def workers():
    """The ids of the engine's processes that this one has started."""
    return [one.number for one in children("commonplace.worker")]
