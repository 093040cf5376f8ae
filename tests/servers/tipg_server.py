"""A real tipg on loopback, serving the tables of a PostGIS database, for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from servers.ports import free_port, wait_for


@contextmanager
def serve_tipg(folder: Path, database: str, *, most: int = 10_000) -> Iterator[str]:
    """Run tipg over a database (a libpq URI); gives its landing page's address."""
    if find_spec("tipg") is None or find_spec("uvicorn") is None:
        pytest.skip("needs tipg (pip install 'commonplace[test]')")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    log = folder / "tipg.txt"
    settings = {
        "DATABASE_URL": database.replace("@", ":unused@", 1),
        "TIPG_DB_SCHEMAS": '["public"]',
        "TIPG_MAX_FEATURES_PER_QUERY": str(most),
    }
    command = ["-m", "uvicorn", "tipg.main:app", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("w", encoding="utf-8") as sink:
        process = subprocess.Popen(
            [sys.executable, *command, "--log-level", "warning"],
            env=os.environ | settings,
            cwd=folder,
            stdout=sink,
            stderr=sink,
        )
        try:
            wait_for(f"{url}/conformance", process, log)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=20)
