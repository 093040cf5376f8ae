"""Whether there is an engine to work with, seen without starting anything.

Standard library only, no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from .engine import EngineMissing, environment_folder, find_python, interpreter_of
from .environment import installed_version

READY: Final = "ready"
MISSING: Final = "missing"
STATED_WRONG: Final = "stated"
OTHER_VERSION: Final = "version"


@dataclass(frozen=True)
class EngineState:
    """``kind`` is one of ``ready``, ``missing``, ``stated`` (the Python that settings or the
    environment variable name can't be started) and ``version`` (other than the plugin's).
    """

    kind: str
    python: Path | None = None
    version: str | None = None
    own: bool = False


def engine_state(profile: Path, stated: str, plugin_version: str) -> EngineState:
    """What there is: ``stated`` is the Python in the settings.

    An environment whose version can't be told is taken for ready: its worker says it.
    """
    try:
        python = find_python(profile, stated)
    except EngineMissing as error:
        if error.stated is None:
            return EngineState(MISSING)
        return EngineState(STATED_WRONG, Path(error.stated))
    version = installed_version(python)
    own = python == interpreter_of(environment_folder(profile))
    kind = READY if version in (None, plugin_version) else OTHER_VERSION
    return EngineState(kind, python, version, own)
