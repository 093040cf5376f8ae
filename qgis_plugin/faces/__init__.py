"""What the desktop shows, one module a face; each has ``install(desktop)``.

A face imports its dialogs when they are first opened, so that loading the plugin is quick.
"""

from __future__ import annotations

from collections.abc import Callable

from ..desktop import Desktop
from . import connect, engine_setup, export, findings, guide, harmonise, packages

FACES: tuple[Callable[[Desktop], None], ...] = (
    connect.install,
    packages.install,
    harmonise.install,
    export.install,
    findings.install,
    engine_setup.install,
    guide.install,
)
