"""What the desktop shows, one module a face; each has ``install(desktop)``.

A face imports its dialogs when they are first opened, so that loading the plugin is quick.
"""

from __future__ import annotations

from collections.abc import Callable

from ..desktop import Desktop
from . import connect, engine_setup, findings, guide, harmonise

FACES: tuple[Callable[[Desktop], None], ...] = (
    engine_setup.install,
    connect.install,
    findings.install,
    harmonise.install,
    guide.install,
)
