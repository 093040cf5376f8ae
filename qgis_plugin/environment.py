"""Makes the environment that the engine runs in: a virtual one, filled by pip, then tried.

Standard library only, no Qt; what the user reads is worded by the caller.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import queue
import re
import shutil
import subprocess  # nosec B404
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urldefrag, urljoin

from .engine import (
    EngineError,
    Worker,
    WorkerFailed,
    append_log,
    clean_environment,
    end_tree,
    environment_folder,
    interpreter_of,
    unfinished_mark,
)
from .interpreters import Interpreter

INDEX_VARIABLE: Final = "PIP_INDEX_URL"
PIP_WITH_PYTHON_OPTION: Final = (22, 3)
PIP_WHEEL: Final = re.compile(r"pip-(\d+(?:\.\d+)*)-py3-none-any\.whl\Z")
PACKAGES_EXPECTED: Final = 55
LAST_LINES: Final = 4
ASK_EVERY: Final = 0.1

MADE: Final = 0.08
COLLECTED: Final = 0.65
INSTALLED: Final = 0.92

#: What pip says, and what it means; the first that fits counts.
SIGNS: Final = (
    ("disk", r"No space left on device|Errno 28|disk is full|WinError 112"),
    (
        "network",
        r"NewConnectionError|NameResolutionError|ConnectTimeoutError|ReadTimeoutError"
        r"|ProxyError|SSLError|ConnectionResetError|ConnectionError|Max retries exceeded",
    ),
    ("access", r"Permission denied|Errno 13|WinError 5\b|being used by another process"),
    ("python", r"requires a different Python|Requires-Python"),
    ("packages", r"No matching distribution found|ResolutionImpossible|Could not find a version"),
)
PROBE_DATA: Final = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": "tried"},
                "geometry": {"type": "Point", "coordinates": [24.1, 56.9]},
            }
        ],
    }
)


class SetUpFailed(Exception):
    """The environment could not be made.

    ``reason`` is one of ``venv``, ``pip``, ``disk``, ``network``, ``access``, ``python``,
    ``packages``, ``wheels``, ``version``, ``engine`` and ``unknown``.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class SetUpCancelled(Exception):
    """The user has cancelled."""


class Teller(Protocol):
    """Who is told how far it is, and asked whether to stop."""

    def reached(self, share: float, step: str) -> None:
        """``step`` is one of ``environment``, ``collect``, ``install`` and ``try``."""

    def line(self, text: str) -> None:
        """A line of what the programs print."""

    def cancelled(self) -> bool: ...


@dataclass(frozen=True)
class Plan:
    """What to make. ``wheels`` is a folder of wheels to take instead of the package index.

    ``fetch`` answers what is at an address, for the one case in which no pip is there.
    """

    profile: Path
    interpreter: Interpreter
    engine_wheel: Path
    version: str
    log: Path
    wheels: Path | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    fetch: Callable[[str], bytes] | None = None

    @property
    def folder(self) -> Path:
        return environment_folder(self.profile)

    @property
    def python(self) -> Path:
        return interpreter_of(self.folder)


def set_up(plan: Plan, teller: Teller) -> str:
    """Make the environment, in place of an older one only when it works.

    Returns
    -------
    str
        The engine's version.

    Raises
    ------
    SetUpFailed, SetUpCancelled
    """
    before = plan.folder.with_name(f"{plan.folder.name}.old")
    mark = unfinished_mark(plan.profile)
    try:
        plan.folder.parent.mkdir(parents=True, exist_ok=True)
        if plan.folder.exists() and not mark.exists():
            _remove(before)
            plan.folder.replace(before)
        mark.touch()
        _remove(plan.folder)
    except OSError as error:
        raise SetUpFailed("access", str(error)) from error
    try:
        version = _filled(plan, teller)
    except BaseException:
        with contextlib.suppress(OSError):
            _remove(plan.folder)
            if before.exists():
                before.replace(plan.folder)
            mark.unlink()
        raise
    mark.unlink()
    shutil.rmtree(before, ignore_errors=True)
    return version


def _filled(plan: Plan, teller: Teller) -> str:
    run = _Programs(plan, teller)
    teller.reached(0.0, "environment")
    make = [str(plan.interpreter.path), "-I", "-m", "venv"]
    if not plan.interpreter.ensurepip:
        make.append("--without-pip")
    if run([*make, str(plan.folder)]) != 0:
        raise SetUpFailed(_reason(run.lines, "venv"), run.words())
    with tempfile.TemporaryDirectory() as work:
        install = [*_pip(plan, Path(work)), "install", "--no-input", "--progress-bar", "off"]
        install += ["--only-binary", ":all:", "--disable-pip-version-check"]
        if plan.wheels is not None:
            install += ["--no-index", "--find-links", str(plan.wheels)]
        teller.reached(MADE, "collect")
        if run([*install, str(plan.engine_wheel)]) != 0:
            raise SetUpFailed(_reason(run.lines, "unknown"), run.words())
    teller.reached(INSTALLED, "try")
    return try_engine(plan.python, plan.log, plan.version)


def try_engine(python: Path, log: Path, version: str | None = None) -> str:
    """Start the engine and have it read a file, which loads its libraries.

    Returns
    -------
    str
        Its version.

    Raises
    ------
    SetUpFailed
        It can't be started, or isn't of ``version``.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "tried.geojson")
        path.write_text(PROBE_DATA, encoding="utf-8")
        try:
            with Worker(python, log) as worker:
                found = str(worker.hello["engine"])
                worker.request({"type": "inspect", "source": str(path)}, _NoWatcher())
        except WorkerFailed as error:
            raise SetUpFailed("engine", error.detail) from error
        except EngineError as error:
            raise SetUpFailed("engine", error.message) from error
    if version is not None and found != version:
        raise SetUpFailed("version", found)
    return found


def installed_version(python: Path) -> str | None:
    """The version of the engine in an environment, by the name of its folder; None: unknown.

    Nothing is started.
    """
    environment = Path(os.path.abspath(python)).parent.parent
    for pattern in ("lib/python3*/site-packages", "Lib/site-packages"):
        for folder in environment.glob(f"{pattern}/commonplace-*.dist-info"):
            return folder.name[len("commonplace-") : -len(".dist-info")]
    return None


def _pip(plan: Plan, work: Path) -> list[str]:
    """What starts pip for the new environment: its own, another Python's, or a wheel's.

    Debian's Python without the package python3-venv can make an environment, but puts no
    pip into it.
    """
    python = str(plan.python)
    if plan.interpreter.ensurepip:
        return [python, "-I", "-m", "pip"]
    if _numbers(plan.interpreter.pip)[:2] >= PIP_WITH_PYTHON_OPTION:
        return [str(plan.interpreter.path), "-I", "-m", "pip", "--python", python]
    wheel = _pip_wheel(plan, work)
    if wheel is None:
        raise SetUpFailed("pip", str(plan.interpreter.path))
    return [python, "-I", str(wheel / "pip")]


def _pip_wheel(plan: Plan, work: Path) -> Path | None:
    """A wheel of pip, which Python runs as it is: from the folder, or the index that is stated."""
    if plan.wheels is not None:
        there = [one for one in plan.wheels.glob("pip-*.whl") if PIP_WHEEL.match(one.name)]
        return max(there, key=lambda one: _numbers(one.name[len("pip-") :]), default=None)
    stated = os.environ.get(INDEX_VARIABLE)
    if plan.fetch is None or not stated:
        return None
    index = urljoin(f"{stated.rstrip('/')}/", "pip/")
    newest: tuple[tuple[int, ...], str] = ((), "")
    for link in re.findall(r'href="([^"]+)"', plan.fetch(index).decode("utf-8", "replace")):
        name = PIP_WHEEL.search(urldefrag(link)[0])
        if name:
            newest = max(newest, (_numbers(name[1]), urljoin(index, link)))
    address, digest = urldefrag(newest[1])
    body = plan.fetch(address) if address else b""
    if not digest or hashlib.sha256(body).hexdigest() != digest.partition("=")[2]:
        return None
    wheel = work / address.rpartition("/")[2]
    wheel.write_bytes(body)
    return wheel


def _numbers(text: str) -> tuple[int, ...]:
    found = re.match(r"\d+(?:\.\d+)*", text)
    return tuple(map(int, found[0].split("."))) if found else ()


class _Programs:
    """Runs programs one after the other; keeps what they printed."""

    def __init__(self, plan: Plan, teller: Teller) -> None:
        self.lines: list[str] = []
        self._plan = plan
        self._teller = teller
        self._collected = 0

    def __call__(self, command: Sequence[str]) -> int:
        """Run a program to its end, or to the user's patience's."""
        self._hear(f"$ {' '.join(command)}")
        self.lines = []
        try:
            process = subprocess.Popen(  # nosec B603
                command,
                env={**clean_environment(os.environ), **self._plan.settings},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise SetUpFailed("venv", str(error)) from error
        printed: queue.Queue[bytes | None] = queue.Queue()
        reader = threading.Thread(target=_read, args=(process, printed), daemon=True)
        reader.start()
        try:
            self._follow(printed)
        except BaseException:
            end_tree(process)
            raise
        finally:
            reader.join(timeout=5)
        return process.wait()

    def _follow(self, printed: queue.Queue[bytes | None]) -> None:
        while True:
            if self._teller.cancelled():
                raise SetUpCancelled
            with contextlib.suppress(queue.Empty):
                line = printed.get(timeout=ASK_EVERY)
                if line is None:
                    return
                self._hear(line.decode("utf-8", "replace").rstrip())

    def _hear(self, text: str) -> None:
        self.lines.append(text)
        self._teller.line(text)
        with contextlib.suppress(OSError):
            append_log(self._plan.log, text.encode() + b"\n")
        if text.startswith(("Collecting ", "Processing ")):
            self._collected += 1
            share = min(self._collected / PACKAGES_EXPECTED, 1.0)
            self._teller.reached(MADE + share * (COLLECTED - MADE), "collect")
        elif text.startswith("Installing collected packages"):
            self._teller.reached(COLLECTED, "install")

    def words(self) -> str:
        """What was printed of errors, else what was printed last."""
        errors = [one for one in self.lines if one.startswith("ERROR")]
        return "\n".join((errors or self.lines)[-LAST_LINES:])


def _read(process: subprocess.Popen[bytes], printed: queue.Queue[bytes | None]) -> None:
    assert process.stdout is not None  # nosec B101
    with process.stdout:
        for line in process.stdout:
            printed.put(line)
    printed.put(None)


def _reason(lines: Sequence[str], otherwise: str) -> str:
    text = "\n".join(lines)
    return next((name for name, sign in SIGNS if re.search(sign, text)), otherwise)


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


class _NoWatcher:
    """Watches nothing."""

    def progress(self, step: str, done: int, total: int | None) -> None:
        return None

    def message(self, text: str) -> None:
        return None

    def findings(self, counts: list[dict[str, object]], kinds: int) -> None:
        return None

    def cancelled(self) -> bool:
        return False
