"""A forward proxy on loopback: plain requests passed on, CONNECT tunnelled; may want a password."""

from __future__ import annotations

import base64
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import httpx


@dataclass
class Proxy:
    """``seen`` are (method, target) of the requests; ``account`` is ``user:password``."""

    account: str | None = None
    seen: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""

    def admits(self, header: str | None) -> bool:
        if self.account is None:
            return True
        return header == f"Basic {base64.b64encode(self.account.encode()).decode()}"


@contextmanager
def proxying(account: str | None = None) -> Iterator[Proxy]:
    """Run a proxy."""
    proxy = Proxy(account)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _admitted(self) -> bool:
            proxy.seen.append((self.command, self.path))
            if proxy.admits(self.headers.get("proxy-authorization")):
                return True
            self.send_response(407)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return False

        def do_GET(self) -> None:
            if not self._admitted():
                return
            answer = httpx.get(self.path, trust_env=False)
            self.send_response(answer.status_code)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def do_CONNECT(self) -> None:
            if not self._admitted():
                return
            parts = urlsplit(f"//{self.path}")
            with socket.create_connection(("127.0.0.1", parts.port or 443)) as there:
                self.send_response(200)
                self.end_headers()
                back = threading.Thread(target=_pump, args=(there, self.connection), daemon=True)
                back.start()
                _pump(self.connection, there)
                back.join()
            self.close_connection = True

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    proxy.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _pump(one: socket.socket, other: socket.socket) -> None:
    try:
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        return
