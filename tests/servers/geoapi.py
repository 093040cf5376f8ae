"""A real pygeoapi on loopback, serving GeoJSON files, for tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import httpx
import pytest
import yaml

PATIENCE = 60.0
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@dataclass(frozen=True)
class Served:
    """A collection: a GeoJSON file whose coordinates are in ``storage`` (a CRS URI)."""

    data: Path
    bbox: tuple[float, float, float, float]
    id_field: str = "key"
    storage: str = CRS84


@contextmanager
def serve_pygeoapi(
    folder: Path, collections: Mapping[str, Served], *, most: int = 1000
) -> Iterator[str]:
    """Run pygeoapi; gives its landing page's address. Skips where pygeoapi isn't installed."""
    if find_spec("pygeoapi") is None or find_spec("flask") is None:
        pytest.skip("needs pygeoapi (pip install 'commonplace[demo]')")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}"
    config, openapi, log = folder / "config.yml", folder / "openapi.yml", folder / "log.txt"
    config.write_text(yaml.safe_dump(_config(url, port, collections, most)), encoding="utf-8")
    env = os.environ | {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    with log.open("w", encoding="utf-8") as sink:
        generate = ["from pygeoapi import cli; cli()", "openapi", "generate", str(config)]
        subprocess.run(
            [sys.executable, "-c", *generate, "--output-file", str(openapi)],
            env=env,
            stdout=sink,
            stderr=sink,
            check=True,
        )
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "flask",
                "--app",
                "pygeoapi.flask_app:APP",
                "run",
                "--host",
                "127.0.0.1",
                "--port",
                str(port),
            ],
            env=env,
            stdout=sink,
            stderr=sink,
        )
        try:
            _wait(url, process, log)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"pygeoapi ended: {log.read_text(encoding='utf-8')[-2000:]}")
        try:
            httpx.get(f"{url}/conformance?f=json", timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("pygeoapi did not answer")


def _config(url: str, port: int, collections: Mapping[str, Served], most: int) -> dict[str, object]:
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": url,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": {"default_items": 10, "max_items": most},
            "map": {"url": "", "attribution": ""},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "test",
                "description": "test",
                "keywords": ["test"],
                "terms_of_service": "none",
                "url": url,
            },
            "license": {"name": "CC0-1.0", "url": url},
            "provider": {"name": "test", "url": url},
            "contact": {"name": "test", "email": "test@example.org"},
        },
        "resources": {name: _collection(one, url) for name, one in collections.items()},
    }


def _collection(served: Served, url: str) -> dict[str, object]:
    return {
        "type": "collection",
        "title": served.data.stem,
        "description": served.data.stem,
        "keywords": ["test"],
        "links": [{"type": "text/html", "rel": "canonical", "title": "home", "href": url}],
        "extents": {"spatial": {"bbox": list(served.bbox), "crs": CRS84}},
        "providers": [
            {
                "type": "feature",
                "name": "GeoJSON",
                "data": str(served.data),
                "id_field": served.id_field,
                "crs": sorted({CRS84, served.storage}),
                "storage_crs": served.storage,
            }
        ],
    }
