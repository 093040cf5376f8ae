"""The engine as seen from QGIS: where it is, and how to talk to its worker process.

Standard library only, no Qt: what the user reads is worded by the caller. The protocol is
described in ``docs/worker-protocol.md``.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess  # nosec B404
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, Protocol

PROTOCOL: Final = 1
LARGEST_MESSAGE: Final = 16 * 1024 * 1024
HELLO_WITHIN: Final = 30.0
CANCEL_WITHIN: Final = 5.0
ASK_EVERY: Final = 0.1
LOG_BYTES: Final = 1024 * 1024
LOG_TAIL: Final = 12

PYTHON_VARIABLE: Final = "COMMONPLACE_PYTHON"
FOREIGN_VARIABLES: Final = (
    "PROJ_LIB",
    "PROJ_DATA",
    "PROJ_NETWORK",
    "GDAL_DATA",
    "GDAL_DRIVER_PATH",
    "GDAL_CONFIG_FILE",
    "LD_LIBRARY_PATH",
    "LD_PRELOAD",
    "DYLD_LIBRARY_PATH",
    "DYLD_INSERT_LIBRARIES",
    "QT_PLUGIN_PATH",
    "QGIS_PREFIX_PATH",
    "__PYVENV_LAUNCHER__",
)

Message = dict[str, Any]
#: Answers an ``auth_request``: what to send back, nothing when the name isn't known.
Answerer = Callable[[Message], Message]


class EngineError(Exception):
    """The engine's answer to a request was an error; see its ``errors.py`` for the codes."""

    def __init__(
        self, code: str, message: str, hint: str | None = None, exit_code: int = 1
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint
        self.exit_code = exit_code


class EngineMissing(Exception):
    """There is no usable engine. ``stated`` is an interpreter named by the user that isn't one."""

    def __init__(self, stated: str | None = None) -> None:
        super().__init__(stated or "no engine")
        self.stated = stated


class WorkerFailed(Exception):
    """The worker could not be started, spoke another protocol, or it or its child ended.

    ``reason`` is one of ``start``, ``hello``, ``protocol``, ``ended`` and ``died``; ``detail``
    is what is known, such as the last lines of its log.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Watcher(Protocol):
    """Who is told of a request's progress and asked whether to cancel it."""

    def progress(self, step: str, done: int, total: int | None) -> None: ...

    def message(self, text: str) -> None: ...

    def findings(self, counts: list[Message], kinds: int) -> None: ...

    def cancelled(self) -> bool: ...


def environment_folder(profile: Path) -> Path:
    """Where the engine's own environment lies in a QGIS profile."""
    return profile / "commonplace" / "env"


def interpreter_of(environment: Path) -> Path:
    """The Python of a virtual environment."""
    windows = os.name == "nt"
    return environment / ("Scripts/python.exe" if windows else "bin/python")


def unfinished_mark(profile: Path) -> Path:
    """A file that is there while the environment in a QGIS profile is being made."""
    return profile / "commonplace" / "env.unfinished"


def find_python(profile: Path, setting: str = "") -> Path:
    """The Python that has the engine.

    The environment variable COMMONPLACE_PYTHON, then ``setting``, then the environment in
    the profile folder.

    Raises
    ------
    EngineMissing
    """
    stated = os.environ.get(PYTHON_VARIABLE) or setting
    if stated:
        if not os.access(stated, os.X_OK) or os.path.isdir(stated):
            raise EngineMissing(stated)
        return Path(stated)
    own = interpreter_of(environment_folder(profile))
    if not own.is_file() or unfinished_mark(profile).exists():
        raise EngineMissing
    return own


def clean_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Without what makes another Python find QGIS's libraries and data."""
    return {
        name: value
        for name, value in environment.items()
        if name not in FOREIGN_VARIABLES and not name.startswith("PYTHON")
    }


class Worker:
    """A running worker. Use as a context manager; leaving it ends the worker's processes.

    Parameters
    ----------
    python
        An interpreter that has the engine.
    log
        Takes what the worker prints; kept below twice :data:`LOG_BYTES` (``log`` and
        ``log.1``).
    settings
        Environment variables for the worker: the proxy and authorities of QGIS's settings.
    stopped
        Asked while the worker starts, which may hang: whether nobody waits for it any more.

    Attributes
    ----------
    hello
        The worker's versions.
    """

    def __init__(
        self,
        python: Path,
        log: Path,
        settings: Mapping[str, str] | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.hello: Message = {}
        self._stopped = stopped
        self._python = python
        self._log = log
        self._settings = dict(settings or {})
        self._tail: deque[str] = deque(maxlen=LOG_TAIL)
        self._inbox: queue.Queue[Message | None] = queue.Queue()
        self._process: subprocess.Popen[bytes] | None = None
        self._threads: list[threading.Thread] = []
        self._requests = 0

    def __enter__(self) -> Worker:
        """Start the worker and hear its hello.

        Raises
        ------
        WorkerFailed
        EngineError
            ``CANCELLED``
        """
        command = [str(self._python), "-I", "-m", "commonplace.worker"]
        try:
            self._process = subprocess.Popen(  # nosec B603
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={**clean_environment(os.environ), **self._settings},
                start_new_session=True,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise WorkerFailed("start", str(error)) from error
        for work in (self._read, self._drain):
            thread = threading.Thread(target=work, daemon=True)
            thread.start()
            self._threads.append(thread)
        try:
            self._greet()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def request(
        self,
        message: Message,
        watcher: Watcher,
        *,
        answerer: Answerer | None = None,
        heard: Callable[[Message], object] | None = None,
    ) -> Message:
        """Send a request and wait for its result, telling ``watcher`` what comes before.

        Parameters
        ----------
        answerer
            Asked for credentials, where the request says ``asks``.
        heard
            Told of the messages that only some requests have (``part``, ``changed``).

        Raises
        ------
        EngineError
            The engine's error; ``CANCELLED`` when the watcher cancelled.
        WorkerFailed
            The worker, or the process that did the request, ended without an answer.
        """
        self._requests += 1
        number = self._requests
        self._send({**message, "id": number})
        give_up: float | None = None
        while True:
            if give_up is None and watcher.cancelled():
                self._send({"type": "cancel", "id": number})
                give_up = time.monotonic() + CANCEL_WITHIN
            if give_up is not None and time.monotonic() > give_up:
                raise cancelled()
            with contextlib.suppress(queue.Empty):
                answer = self._inbox.get(timeout=ASK_EVERY)
                if answer is None:
                    raise WorkerFailed("ended", self._last_words())
                if answer.get("code") == "WORKER_DIED":
                    raise WorkerFailed("died", f"{answer['message']}\n{self._last_words()}")
                if answer.get("id") not in (number, None):
                    continue
                if answer.get("type") == "auth_request":
                    given = answerer(answer) if answerer else {}
                    told = {"type": "auth", "id": number, "question": answer["question"]}
                    self._send({**given, **told})
                elif _tell(answer, watcher):
                    return answer
                elif heard is not None:
                    heard(answer)

    def runs(self) -> bool:
        """Whether the worker's process is there."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """End the worker: ask it by closing its stdin, end its processes when it doesn't."""
        process = self._process
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(timeout=CANCEL_WITHIN)
        except subprocess.TimeoutExpired:
            end_tree(process)
        self._process = None
        for thread in self._threads:
            thread.join(timeout=1)

    def _greet(self) -> None:
        hello = self._first_message()
        if hello is None or hello.get("type") != "hello":
            raise WorkerFailed("hello", self._last_words())
        if hello.get("protocol") != PROTOCOL:
            raise WorkerFailed("protocol", f"{hello.get('protocol')} != {PROTOCOL}")
        self.hello = hello

    def _first_message(self) -> Message | None:
        give_up = time.monotonic() + HELLO_WITHIN
        while time.monotonic() < give_up:
            if self._stopped():
                raise cancelled()
            with contextlib.suppress(queue.Empty):
                return self._inbox.get(timeout=ASK_EVERY)
        return None

    def _send(self, message: Message) -> None:
        line = json.dumps(message, ensure_ascii=False, allow_nan=False).encode() + b"\n"
        if len(line) > LARGEST_MESSAGE:
            raise EngineError("WORKER_PROTOCOL", f"a request of {len(line)} bytes is too large")
        try:
            self._process.stdin.write(line)
            self._process.stdin.flush()
        except OSError as error:
            raise WorkerFailed("ended", self._last_words()) from error

    def _read(self) -> None:
        """In a thread: put messages into the inbox, None at the end."""
        stream = self._process.stdout
        with stream:
            while line := stream.readline(LARGEST_MESSAGE + 1):
                try:
                    message = json.loads(line)
                except ValueError:
                    break
                if isinstance(message, dict):
                    self._inbox.put(message)
        self._inbox.put(None)

    def _drain(self) -> None:
        """In a thread: copy the worker's stderr to the log."""
        stream = self._process.stderr
        with stream:
            for line in iter(lambda: stream.readline(LOG_BYTES), b""):
                self._tail.append(line.decode("utf-8", "replace").rstrip())
                with contextlib.suppress(OSError):
                    append_log(self._log, line)

    def _last_words(self) -> str:
        """The end of the log, once what was printed last has been read."""
        self._threads[1].join(timeout=0.5)
        return "\n".join(self._tail)


def cancelled() -> EngineError:
    """What a request ends with that nobody waits for any more."""
    return EngineError("CANCELLED", "cancelled", exit_code=130)


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and what it started; it leads a session of its own."""
    if os.name == "nt":
        subprocess.run(  # nosec B603 B607
            ["taskkill", "/T", "/F", "/PID", str(process.pid)], check=False, capture_output=True
        )
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def append_log(log: Path, line: bytes) -> None:
    """Append to a log; a full one becomes ``log.1``, the log before that is dropped."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size + len(line) > LOG_BYTES:
        log.replace(log.with_name(log.name + ".1"))
    with log.open("ab") as file:
        file.write(line)


def _tell(message: Message, watcher: Watcher) -> bool:
    """Pass a message on; whether it is the result.

    Raises
    ------
    EngineError
    """
    kind = message.get("type")
    if kind == "progress":
        watcher.progress(message["step"], message["done"], message["total"])
    elif kind == "message":
        watcher.message(message["text"])
    elif kind == "findings":
        watcher.findings(message["counts"], message["kinds"])
    elif kind == "error":
        raise EngineError(
            message["code"], message["message"], message.get("hint"), message["exit_code"]
        )
    return kind == "result"


def python_hint() -> str:
    """How this system calls Python on the command line."""
    return "py -3" if sys.platform == "win32" else "python3"
