"""A real pygeoapi on loopback that serves OGC API Records from TinyDB."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from servers.ports import free_port, wait_for


@contextmanager
def serve_records(folder: Path, records: Sequence[dict[str, Any]], *, most: int) -> Iterator[str]:
    """Run pygeoapi over records (GeoJSON features); gives its landing page's address."""
    if find_spec("pygeoapi") is None or find_spec("flask") is None:
        pytest.skip("needs pygeoapi (pip install 'commonplace[demo]')")
    data = folder / "records.tinydb"
    rows = {str(number): one for number, one in enumerate(records, start=1)}
    data.write_text(json.dumps({"_default": rows}), encoding="utf-8")
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    config, openapi, log = folder / "config.yml", folder / "openapi.yml", folder / "log.txt"
    config.write_text(yaml.safe_dump(_config(url, port, data, most)), encoding="utf-8")
    environment = os.environ | {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    generate = ["from pygeoapi import cli; cli()", "openapi", "generate", str(config)]
    serve = ["--app", "pygeoapi.flask_app:APP", "run", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("w", encoding="utf-8") as sink:
        subprocess.run(
            [sys.executable, "-c", *generate, "--output-file", str(openapi)],
            env=environment,
            stdout=sink,
            stderr=sink,
            check=True,
        )
        process = subprocess.Popen(
            [sys.executable, "-m", "flask", *serve], env=environment, stdout=sink, stderr=sink
        )
        try:
            wait_for(f"{url}/conformance?f=json", process, log)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=30)


def _config(url: str, port: int, data: Path, most: int) -> dict[str, object]:
    named = {"name": "test", "url": url}
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
            "license": named,
            "provider": named,
            "contact": {"name": "test", "email": "test@example.org"},
        },
        "resources": {
            "city": {
                "type": "collection",
                "title": "City catalogue",
                "description": "test",
                "keywords": ["test"],
                "links": [{"type": "text/html", "rel": "canonical", "title": "x", "href": url}],
                "extents": {"spatial": {"bbox": [10, 50, 11, 51]}},
                "providers": [
                    {
                        "type": "record",
                        "name": "TinyDBCatalogue",
                        "data": str(data),
                        "id_field": "externalId",
                        "time_field": "created",
                        "title_field": "title",
                    }
                ],
            }
        },
    }
