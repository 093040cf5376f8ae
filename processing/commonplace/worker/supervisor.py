"""The supervisor: one child process a request, relayed, cancelled and cleared away.

The main thread owns all state; reader threads only put what they read into one queue. It
also starts every child, since Linux ends a child when the *thread* that started it ends.
"""

from __future__ import annotations

import contextlib
import os
import platform
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Final

from commonplace.errors import Cancelled, ProtocolError, WorkerDied
from commonplace.worker.protocol import (
    AHEAD,
    PROTOCOL,
    WORK,
    Channel,
    Message,
    check_request,
    error_message,
    private_channel,
)

CHILD: Final = (sys.executable, "-I", "-m", "commonplace.worker.child")
MOST_CHILDREN: Final = 4
INTERRUPT_AFTER: Final = 1.0
END_AFTER: Final = 2.0
ASK_EVERY: Final = 0.05
QUEUE_LENGTH: Final = 1_000
FINAL: Final = frozenset({"result", "error"})

Read = Message | ProtocolError | None


@dataclass(slots=True)
class _Child:
    """A running request.

    ``leaving_since`` is when it was asked to end, gave its answer or closed its pipe, which
    an interpreter does some time before it has ended. ``ahead`` is the
    kind of its request, where its sender will ask again. ``stays``: it does the next one.
    """

    id: int | str
    process: subprocess.Popen[bytes]
    channel: Channel
    answered: bool = False
    closed: bool = False
    cancelled: bool = False
    interrupted: bool = False
    leaving_since: float | None = None
    ahead: str = ""
    stays: bool = False


@dataclass(slots=True)
class Supervisor:
    """Serves one client until it closes its end or sends ``shutdown``.

    Parameters
    ----------
    client
        The channel to the client.
    child_command
        What starts a child; the supervisor's process id is added (tests put a child with
        other handlers here).
    """

    client: Channel
    child_command: Sequence[str] = CHILD
    _children: dict[int | str, _Child] = field(default_factory=dict)
    _events: queue.Queue[tuple[_Child | None, Read]] = field(
        default_factory=lambda: queue.Queue(QUEUE_LENGTH)
    )
    _stopping: bool = False
    _spare: subprocess.Popen[bytes] | None = None
    _idle: _Child | None = None

    def serve(self) -> None:
        """Answer requests. Every child has ended when this returns."""
        self.client.send(hello())
        self._follow(None, self.client)
        while not (self._stopping and not self._children):
            leaving = any(one.leaving_since for one in self._children.values())
            with contextlib.suppress(queue.Empty):
                child, read = self._events.get(timeout=ASK_EVERY if leaving else None)
                if child is None:
                    self._from_client(read)
                else:
                    self._from_child(child, read)
            for one in list(self._children.values()):
                _press(one, time.monotonic())
                if one.closed and _has_exited(one.process):
                    self._gone(one)
        self._drop_spare()
        self._drop_idle()

    def _follow(self, child: _Child | None, channel: Channel) -> None:
        def read() -> None:
            while True:
                try:
                    message: Read = channel.receive()
                except ProtocolError as error:
                    message = error
                self._events.put((child, message))
                if message is None:
                    return

        threading.Thread(target=read, daemon=True).start()

    def _from_client(self, read: Read) -> None:
        if isinstance(read, ProtocolError):
            self.client.send({"id": None, **error_message(read)})
            return
        try:
            request = read or {"type": "shutdown"}
            check_request(request)
            self._act(request)
        except ProtocolError as error:
            self.client.send({"id": request.get("id"), **error_message(error)})

    def _act(self, request: Message) -> None:
        kind = request["type"]
        if kind == "shutdown":
            self._stopping = True
            for child in self._children.values():
                _cancel(child)
        elif kind == "cancel":
            running = self._children.get(request["id"])
            if running is not None:
                _cancel(running)
        elif kind == "auth":
            running = self._children.get(request["id"])
            if running is not None:
                running.channel.send(request)
        elif kind in WORK:
            self._start(request)

    def _start(self, request: Message) -> None:
        if self._stopping:
            raise ProtocolError("the worker is shutting down")
        if request["id"] in self._children:
            raise ProtocolError(f"request {request['id']!r} is running already")
        if len(self._children) >= MOST_CHILDREN:
            raise ProtocolError(f"{MOST_CHILDREN} requests are running already")
        if request.get("stays") and self._resumed(request):
            return
        process = self._process()
        assert process.stdin is not None
        assert process.stdout is not None
        channel = Channel(process.stdout, process.stdin)
        ahead = str(request["type"]) if request.get("ahead") else ""
        stays = bool(request.get("stays"))
        child = _Child(request["id"], process, channel, ahead=ahead, stays=stays)
        self._children[child.id] = child
        child.channel.send(request)
        self._follow(child, child.channel)

    def _resumed(self, request: Message) -> bool:
        """Whether a child that has stayed does the request."""
        child = self._idle
        if child is None or _has_exited(child.process):
            return False
        self._idle = None
        child.id, child.answered, child.leaving_since = request["id"], False, None
        self._children[child.id] = child
        child.channel.send(request)
        return True

    def _stay(self, child: _Child) -> None:
        """A child that has answered waits for the next request."""
        self._drop_idle()
        del self._children[child.id]
        self._idle = child

    def _drop_idle(self) -> None:
        child, self._idle = self._idle, None
        if child is not None:
            end_tree(child.process)
            child.process.wait()

    def _process(self, *more: str) -> subprocess.Popen[bytes]:
        """A process for a request: the one that was started ahead, or a new one."""
        spare, self._spare = self._spare, None
        if spare is not None:
            if not _has_exited(spare):
                return spare
            _end(spare)
        return subprocess.Popen(
            [*self.child_command, str(os.getpid()), *more],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def _get_spare(self, kind: str) -> None:
        if self._spare is None and not self._stopping:
            self._spare = self._process(AHEAD, kind)

    def _drop_spare(self) -> None:
        spare, self._spare = self._spare, None
        if spare is not None:
            _end(spare)

    def _from_child(self, child: _Child, read: Read) -> None:
        if child is self._idle:
            self._drop_idle()  # it has ended by itself
        elif read is None:
            child.closed = True
            child.leaving_since = child.leaving_since or time.monotonic()
        elif isinstance(read, ProtocolError):
            _cancel(child)
        elif not child.answered:
            child.answered = read["type"] in FINAL
            number = child.id
            if child.answered and child.stays and not (child.cancelled or self._stopping):
                self._stay(child)
            elif child.answered:
                child.leaving_since = time.monotonic()
                if child.ahead:
                    self._get_spare(child.ahead)
            self.client.send({**read, "id": number})

    def _gone(self, child: _Child) -> None:
        """The child has ended: sweep what it left, answer in its place."""
        end_tree(child.process)
        code = child.process.wait()
        child.channel.close()
        del self._children[child.id]
        if child.answered:
            return
        error = (
            Cancelled("cancelled")
            if child.cancelled
            else WorkerDied(
                f"the engine's process ended without an answer ({_ending(code)})",
                hint="the worker's log says more",
            )
        )
        self.client.send({"id": child.id, **error_message(error)})


def hello() -> Message:
    """What a supervisor says first."""
    return {
        "type": "hello",
        "protocol": PROTOCOL,
        "engine": version("commonplace"),
        "python": platform.python_version(),
        "pid": os.getpid(),
    }


def _cancel(child: _Child) -> None:
    """Ask. :func:`_press` does the rest when asking doesn't help."""
    if not child.cancelled:
        child.cancelled = True
        child.leaving_since = child.leaving_since or time.monotonic()
        child.channel.send({"type": "cancel", "id": child.id})


def _press(child: _Child, now: float) -> None:
    """Interrupt a child that was asked to end, then end it with all its processes."""
    if child.leaving_since is None:
        return
    leaving = now - child.leaving_since
    if leaving >= END_AFTER:
        end_tree(child.process)
    elif leaving >= INTERRUPT_AFTER and not child.interrupted:
        child.interrupted = True
        if os.name == "posix":
            # Not send_signal(), which waits for a process that has ended meanwhile.
            os.kill(child.process.pid, signal.SIGINT)


def _has_exited(process: subprocess.Popen[bytes]) -> bool:
    """Whether a process has ended; on POSIX it stays to be waited for, and its id its own."""
    if os.name == "posix":
        options = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, process.pid, options) is not None
    return process.poll() is not None


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """Kill a child and its descendants. It leads a session of its own on POSIX.

    To be called before the process is waited for, while its id can't be anyone else's.
    """
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        subprocess.run(
            ["taskkill", "/T", "/F", "/PID", str(process.pid)],
            check=False,
            capture_output=True,
        )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a child that has no request."""
    end_tree(process)
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def _ending(code: int) -> str:
    if code < 0:
        return f"signal {signal.Signals(-code).name}"
    return f"exit code {code}"


def main() -> int:
    """Serve the client on stdin and stdout."""
    Supervisor(private_channel()).serve()
    return 0
