"""Which Pythons this machine has, and which of them can carry the engine.

Standard library only, no Qt.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess  # nosec B404
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from .engine import clean_environment

OLDEST: Final = (3, 11)
NEWEST_TRIED: Final = (3, 14)
PROBE_WITHIN: Final = 20.0
PROBE: Final = """
import importlib.util as u, json, struct, sys
def there(name):
    return u.find_spec(name) is not None
pip = ""
if there("pip"):
    import pip as found
    pip = found.__version__
print(json.dumps({
    "version": list(sys.version_info[:3]), "bits": struct.calcsize("P") * 8, "pip": pip,
    "venv": there("venv"), "ensurepip": there("ensurepip"), "base": sys.base_prefix,
}))
"""
UNIX_FOLDERS: Final = ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin", "/opt/local/bin")
MAC_FRAMEWORKS: Final = (
    "/Library/Frameworks/Python.framework/Versions",
    "/opt/homebrew/Frameworks/Python.framework/Versions",
)
MAC_TOOLS: Final = "/Library/Developer/CommandLineTools"
_NAME: Final = re.compile(r"python3(\.\d+)?(\.exe)?\Z")


@dataclass(frozen=True)
class Interpreter:
    """A Python that was started and told of itself. ``pip`` is its version, or nothing."""

    path: Path
    version: tuple[int, int, int]
    bits: int = 64
    venv: bool = True
    ensurepip: bool = True
    pip: str = ""
    base: str = ""

    @property
    def fits(self) -> bool:
        """Whether the engine can have its environment made with it."""
        return self.version >= OLDEST and self.bits == 64 and self.venv

    @property
    def text(self) -> str:
        """``3.11.2``."""
        return ".".join(map(str, self.version))


def find_interpreters(
    environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> list[Interpreter]:
    """All Pythons found: those that fit first, the best of them first.

    Those that are newer than any that was tried come behind those that were: packages may have
    no wheels for them yet. QGIS's own comes last of its version.
    """
    found: dict[tuple[str, tuple[int, int, int]], Interpreter] = {}
    for path in candidates(environment, platform):
        one = probe(path)
        if one is not None:
            found.setdefault((one.base, one.version), one)
    return sorted(found.values(), key=_rank)


def _rank(one: Interpreter) -> tuple[bool, bool, bool, tuple[int, ...]]:
    tried = one.version[:2] <= NEWEST_TRIED
    own = Path(one.base) == Path(sys.base_prefix) and sys.platform != "linux"
    return (not one.fits, not tried, own, tuple(-part for part in one.version))


def probe(path: Path) -> Interpreter | None:
    """Start a Python and have it tell of itself; None when it is none."""
    try:
        done = subprocess.run(  # nosec B603
            [str(path), "-I", "-c", PROBE],
            env=clean_environment(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PROBE_WITHIN,
            check=False,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        told: dict[str, Any] = json.loads(done.stdout)
        major, minor, micro = told.pop("version")
        return Interpreter(path=path, version=(major, minor, micro), **told)
    except (OSError, ValueError, TypeError, AttributeError, subprocess.TimeoutExpired):
        return None


def candidates(environment: Mapping[str, str], platform: str) -> Iterator[Path]:
    """Where a Python may be, each once; nothing is started."""
    if platform == "win32":
        places: Iterable[Path] = _on_windows(environment)
    elif platform == "darwin":
        places = _on_a_mac(environment)
    else:
        places = _in_folders(_path_folders(environment))
    seen: set[str] = set()
    for path in [*places, *_qgis_own(platform)]:
        key = os.path.normcase(os.path.realpath(path))
        if key not in seen and _is_program(path):
            seen.add(key)
            yield path


def _path_folders(environment: Mapping[str, str]) -> list[str]:
    return [one for one in environment.get("PATH", "").split(os.pathsep) if one]


def _in_folders(folders: Iterable[str]) -> Iterator[Path]:
    for folder in dict.fromkeys([*folders, *UNIX_FOLDERS]):
        with contextlib.suppress(OSError):
            for name in sorted(os.listdir(folder), reverse=True):
                if _NAME.match(name):
                    yield Path(folder, name)


def _on_a_mac(environment: Mapping[str, str]) -> Iterator[Path]:
    for frameworks in MAC_FRAMEWORKS:
        for version in sorted(Path(frameworks).glob("3.*"), reverse=True):
            yield version / "bin" / "python3"
    tools = os.path.isdir(MAC_TOOLS)
    for path in _in_folders(_path_folders(environment)):
        # Without the developer tools, Apple's is a stub that asks to install them.
        if tools or path.parent != Path("/usr/bin"):
            yield path


def _on_windows(environment: Mapping[str, str]) -> Iterator[Path]:
    yield from _registered()
    for variable, pattern in (
        ("LOCALAPPDATA", "Programs/Python/Python3*/python.exe"),
        ("PROGRAMFILES", "Python3*/python.exe"),
        ("OSGEO4W_ROOT", "apps/Python3*/python.exe"),
    ):
        if environment.get(variable):
            yield from sorted(Path(environment[variable]).glob(pattern), reverse=True)
    for folder in _path_folders(environment):
        yield Path(folder, "python.exe")


def _registered() -> Iterator[Path]:
    """Pythons in the registry (PEP 514)."""
    try:
        import winreg
    except ImportError:
        return
    registry: Any = winreg  # known to type checkers on Windows only
    for root in (registry.HKEY_CURRENT_USER, registry.HKEY_LOCAL_MACHINE):
        with contextlib.suppress(OSError), registry.OpenKey(root, r"Software\Python") as companies:
            for company in _keys(registry, companies):
                with contextlib.suppress(OSError), registry.OpenKey(companies, company) as tags:
                    for tag in _keys(registry, tags):
                        yield from _executable(registry, tags, tag)


def _keys(registry: Any, key: Any) -> list[str]:
    return [registry.EnumKey(key, number) for number in range(registry.QueryInfoKey(key)[0])]


def _executable(registry: Any, tags: Any, tag: str) -> Iterator[Path]:
    with contextlib.suppress(OSError), registry.OpenKey(tags, rf"{tag}\InstallPath") as place:
        with contextlib.suppress(OSError):
            yield Path(registry.QueryValueEx(place, "ExecutablePath")[0])
            return
        yield Path(registry.QueryValue(place, None), "python.exe")


def _qgis_own(platform: str) -> list[Path]:
    """The Python that QGIS itself runs on; ``sys.executable`` may be QGIS."""
    if platform == "win32":
        return [Path(sys.base_prefix, "python.exe"), Path(sys.base_prefix, "python3.exe")]
    return [Path(sys.base_prefix, "bin", "python3")]


def _is_program(path: Path) -> bool:
    """Whether it can be started; Windows' aliases of its store are empty files."""
    try:
        return path.is_file() and os.access(path, os.X_OK) and path.stat().st_size > 0
    except OSError:
        return False
