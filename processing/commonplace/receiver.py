"""Receives notifications over HTTP on this machine: a queue with an address.

The address holds a random path, so that nobody else can put things into the queue; bodies
are bounded, and when nobody takes them out in time, senders are told to come back later.
"""

from __future__ import annotations

import hmac
import queue
import secrets
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import ClassVar, Final

from commonplace.errors import SourceError

LOOPBACK: Final = "127.0.0.1"
LARGEST_BODY: Final = 32 * 1024 * 1024
MOST_WAITING: Final = 10_000
PATIENCE: Final = 30.0  # seconds for a sender to finish its body


@dataclass(frozen=True, slots=True)
class Received:
    """A notification as it came."""

    body: bytes
    media_type: str


class Receiver:
    """A server on ``host`` that queues what is POSTed to :attr:`url`; closed by ``with``.

    Parameters
    ----------
    host, port
        Where to listen; port 0 takes any free one. Anything but loopback is reachable by
        others, who still need to know the path.
    reachable_as
        The server's address as senders see it, where that differs (containers, proxies).

    Raises
    ------
    SourceError
        When the address can't be listened on.
    """

    def __init__(
        self, host: str = LOOPBACK, port: int = 0, reachable_as: str | None = None
    ) -> None:
        self._waiting: queue.Queue[Received] = queue.Queue(MOST_WAITING)
        self._path = f"/{secrets.token_urlsafe(16)}"
        handler = type("Handler", (_Handler,), {"path_taken": self._path, "waiting": self._waiting})
        try:
            self._server = ThreadingHTTPServer((host, port), handler)
        except OSError as error:
            raise SourceError(
                f"can't listen on {host}:{port}: {error.strerror}",
                hint="state another address: --listen HOST:PORT",
            ) from error
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.1,), name="receiver", daemon=True
        )
        own = f"http://{host}:{self._server.server_address[1]}"
        self.url = (reachable_as or own).rstrip("/") + self._path

    def __enter__(self) -> Receiver:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def take(self, seconds: float) -> list[Received]:
        """What has come, waiting up to ``seconds`` for the first."""
        taken: list[Received] = []
        try:
            taken.append(self._waiting.get(timeout=seconds))
            while True:
                taken.append(self._waiting.get_nowait())
        except queue.Empty:
            return taken


class _Handler(BaseHTTPRequestHandler):
    """One request. The class attributes are set by :class:`Receiver`."""

    path_taken: ClassVar[str]
    waiting: ClassVar[queue.Queue[Received]]
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if not hmac.compare_digest(self.path.encode(), self.path_taken.encode()):
            self._answer(404)
        elif not length.isdigit():
            self._answer(411)
        elif int(length) > LARGEST_BODY:
            self._answer(413)
        else:
            body = self.rfile.read(int(length))
            kind = self.headers.get("Content-Type", "").partition(";")[0].strip()
            try:
                self.waiting.put_nowait(Received(body, kind))
            except queue.Full:
                self._answer(503)
            else:
                self._answer(204)

    def _answer(self, status: int) -> None:
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", "0")
        if status >= 400:
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()

    def log_message(self, *_: object) -> None:
        return None
