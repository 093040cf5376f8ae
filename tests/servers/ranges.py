"""A file server on loopback that serves ranges and counts what it sends, with faults on demand."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class FileServer:
    """Serves ``folder``. ``sent`` are bytes of bodies, ``asked`` the Range headers."""

    folder: Path
    url: str = ""
    ranges: bool = True
    token: str | None = None
    fail_next: int = 0
    sent: int = 0
    asked: list[str | None] = field(default_factory=list)

    _read: dict[tuple[Path, int, int], tuple[bytes, str]] = field(default_factory=dict)

    def content(self, path: Path) -> tuple[bytes, str]:
        """A file's bytes and ETag, read again when it has changed."""
        about = path.stat()
        key = (path, about.st_mtime_ns, about.st_size)
        if key not in self._read:
            whole = path.read_bytes()
            self._read = {key: (whole, f'"{hashlib.sha256(whole).hexdigest()[:16]}"')}
        return self._read[key]

    def reset(self) -> None:
        self.sent, self.asked = 0, []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: FileServer

    def log_message(self, *_: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        state = self.state
        asked = self.headers.get("Range")
        state.asked.append(asked)
        path = state.folder / self.path.split("?")[0].lstrip("/")
        if state.fail_next:
            state.fail_next -= 1
            self._answer(503, b"busy")
        elif state.token and self.headers.get("Authorization") != f"Bearer {state.token}":
            self._answer(401, b"who are you?")
        elif not path.is_file():
            self._answer(404, b"no such file")
        else:
            self._file(*state.content(path), asked)

    def _file(self, whole: bytes, tag: str, asked: str | None) -> None:
        same = self.headers.get("If-Range", tag) == tag
        if not (self.state.ranges and asked and same):
            self._answer(200, whole, ETag=tag)
            return
        first, last = asked.removeprefix("bytes=").split("-")
        if int(first) >= len(whole):
            self._answer(416, b"", **{"Content-Range": f"bytes */{len(whole)}"})
            return
        end = min(int(last) + 1, len(whole)) if last else len(whole)
        span = f"bytes {first}-{end - 1}/{len(whole)}"
        self._answer(206, whole[int(first) : end], ETag=tag, **{"Content-Range": span})

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Accept-Ranges", "bytes" if self.state.ranges else "none")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
            self.state.sent += len(body)


@contextmanager
def serve_files(folder: Path) -> Iterator[FileServer]:
    """Run the server until the block ends."""
    state = FileServer(folder)
    handler = type("Handler", (_Handler,), {"state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
