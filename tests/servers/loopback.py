"""A function of requests as a real server on loopback, plain or with TLS."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

App = Callable[[httpx.Request], httpx.Response]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 32

    def handle_error(self, *_: object) -> None:
        """Clients that go away, or show no certificate, are part of the tests."""


@contextmanager
def serving(app: App, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """Gives the server's address (by name, ``localhost``, where it has a certificate)."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            content = self.rfile.read(length)
            request = httpx.Request(
                self.command,
                f"{address}{self.path}",
                headers=self.headers.items(),
                content=content,
            )
            response = app(request)
            response.read()
            self.send_response(response.status_code)
            for name, value in response.headers.multi_items():
                if name not in ("content-length", "transfer-encoding"):
                    self.send_header(name, value)
            # ``body`` is as packed: what Content-Encoding says was done by the app.
            body = response.extensions.get("packed", response.content)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            return None

    server = _Server(("127.0.0.1", 0), Handler)
    port = server.server_address[1]
    address = f"http://127.0.0.1:{port}"
    if tls is not None:
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        address = f"https://localhost:{port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
