"""The HTTP client beside bare httpx: the same bodies, two at a time, from a server on loopback.

Ours unpacks within a limit, looks for secrets, and, as in a job, records every answer on disk.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final

import httpx

from commonplace.http import Client, Credentials, Network, Record, origin_of
from results import Result, Setting

PAGES: Final = 50
FEATURES: Final = 1_000
SERVER: Final = """
import sys, gzip
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
body = open(sys.argv[1], "rb").read()
class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_GET(self):
        packed = self.path.startswith("/gzip")
        sent = packing if packed else body
        self.send_response(200)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)
    def log_message(self, *_):
        return None
packing = gzip.compress(body, 6)
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
server.serve_forever()
"""


def cases(setting: Setting) -> Iterator[Result]:
    body = setting.work / "page.json"
    body.write_text(json.dumps({"features": [_feature(one) for one in range(FEATURES)]}))
    with _serving(body) as url:
        for path, name in (("plain", "as they are"), ("gzip", "packed")):
            ours, peer = [], []
            for _ in range(setting.repeat):
                ours.append(_ours(f"{url}/{path}", setting.work / "record"))
                peer.append(_bare(f"{url}/{path}"))
            yield Result(
                case=f"{PAGES} pages of {body.stat().st_size // 1024} kB, {name}",
                ours=round(median(ours), 3),
                peer=round(median(peer), 3),
                peer_name="bare httpx, two at a time",
                ratio=round(median(peer) / median(ours), 2),
                unit="s",
            )


def _feature(number: int) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": number,
        "geometry": {"type": "Point", "coordinates": [10 + number / 7, 53 + number / 13]},
        "properties": {f"p{one}": f"value {number * one % 997}" for one in range(12)},
    }


@contextmanager
def _serving(body: Path) -> Iterator[str]:
    command = [sys.executable, "-c", SERVER, str(body)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}"
        finally:
            server.terminate()


def _ours(url: str, folder: Path) -> float:
    record = Record(folder)
    credentials = Credentials(origin_of(url), (("Authorization", "Bearer not-in-the-data"),))
    with Client(credentials, network=Network(record=record)) as client:
        client.get(f"{url}/warm")
        start = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            sizes = list(pool.map(lambda n: len(client.get(f"{url}/{n}").body), range(PAGES)))
        taken = time.perf_counter() - start
    record.remove()
    assert len(sizes) == PAGES
    return taken


def _bare(url: str) -> float:
    with httpx.Client() as client:
        client.get(f"{url}/warm")
        start = time.perf_counter()
        with ThreadPoolExecutor(2) as pool:
            sizes = list(pool.map(lambda n: len(client.get(f"{url}/{n}").content), range(PAGES)))
        taken = time.perf_counter() - start
    assert len(sizes) == PAGES
    return taken
