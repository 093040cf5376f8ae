"""The demo's servers, as processes on loopback: a real pygeoapi and the stand-in broker."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyproj
import shapely
import yaml

from make_town import CRS, Layer

HOST: Final = "127.0.0.1"
PATIENCE: Final = 60.0
TESTS: Final = Path(__file__).parents[1] / "tests"  # where the stand-in broker lives


@contextmanager
def pygeoapi(folder: Path, layers: Mapping[str, Layer]) -> Iterator[str]:
    """Serve the GeoJSON files of a town; yields the landing page's address.

    Raises
    ------
    RuntimeError
        The server ended or did not answer in a minute; its log says why.
    """
    url = f"http://{HOST}:{free_port()}"
    config, openapi = folder / "pygeoapi.yaml", folder / "openapi.yaml"
    config.write_text(yaml.safe_dump(_config(url, folder, layers)), encoding="utf-8")
    environment = os.environ | {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
    generate = [_program("pygeoapi"), "openapi", "generate", str(config)]
    with (folder / "pygeoapi.log").open("w", encoding="utf-8") as log:
        subprocess.run(
            [*generate, "--output-file", str(openapi)],
            env=environment,
            stdout=log,
            stderr=log,
            check=True,
        )
    application = [sys.executable, "-m", "flask", "--app", "pygeoapi.flask_app:APP", "run"]
    address = ["--host", HOST, "--port", url.rpartition(":")[2]]
    with _served([*application, *address], f"{url}/?f=json", folder / "pygeoapi.log", environment):
        yield url


@contextmanager
def broker(entities: Path, log: Path) -> Iterator[str]:
    """Serve NGSI-LD entities by the tests' stand-in broker; yields its address."""
    port = free_port()
    module = [sys.executable, "-m", "servers.broker"]
    command = [*module, "--port", str(port), "--data", str(entities.resolve())]
    environment = os.environ | {"PYTHONPATH": str(TESTS)}
    url = f"http://{HOST}:{port}"
    with _served(command, f"{url}/ngsi-ld/v1/types", log, environment):
        yield url


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _served(
    command: Sequence[str], probe: str, log: Path, environment: Mapping[str, str]
) -> Iterator[None]:
    """Run a server until the block ends, whatever ends it."""
    with log.open("a", encoding="utf-8") as sink:
        process = subprocess.Popen(command, env=environment, stdout=sink, stderr=sink)
        try:
            _wait_for(probe, process, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}; see {log}")
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"no answer from {url} in {PATIENCE:.0f} s; see {log}")


def _program(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _config(url: str, folder: Path, layers: Mapping[str, Layer]) -> dict[str, object]:
    server = {
        "bind": {"host": HOST, "port": int(url.rpartition(":")[2])},
        "url": url,
        "mimetype": "application/json; charset=UTF-8",
        "encoding": "utf-8",
        "languages": ["de-DE", "it-IT"],
        "limits": {"default_items": 10, "max_items": 250},
        "map": {"url": "", "attribution": ""},
    }
    metadata = {
        "identification": {
            "title": {"de": "Lindenau: offene Daten", "it": "Tigliano: dati aperti"},
            "description": "The layers of an invented town",
            "keywords": ["demo"],
            "terms_of_service": "CC0-1.0",
            "url": url,
        },
        "license": {"name": "CC0-1.0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
        "provider": {"name": "Lindenau / Tigliano", "url": url},
        "contact": {"name": "GIS", "email": "gis@example.org"},
    }
    return {
        "server": server,
        "logging": {"level": "ERROR"},
        "metadata": metadata,
        "resources": {name: _collection(layer, folder, url) for name, layer in layers.items()},
    }


def _collection(layer: Layer, folder: Path, url: str) -> dict[str, object]:
    storage = f"http://www.opengis.net/def/crs/EPSG/0/{CRS.partition(':')[2]}"
    provider = {
        "type": "feature",
        "name": "GeoJSON",
        "data": str(folder / f"{layer.name}.geojson"),
        "id_field": layer.key,
        "crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84", storage],
        "storage_crs": storage,
    }
    return {
        "type": "collection",
        "title": layer.title,
        "description": layer.title,
        "keywords": ["demo"],
        "links": [{"type": "text/html", "rel": "canonical", "title": "town", "href": url}],
        "extents": {"spatial": {"bbox": _extent(layer)}},
        "providers": [provider],
    }


def _extent(layer: Layer) -> list[float]:
    to_lonlat = pyproj.Transformer.from_crs(CRS, "OGC:CRS84", always_xy=True)
    bounds = shapely.total_bounds([one for one in layer.geometries if one is not None])
    return [float(one) for one in to_lonlat.transform_bounds(*bounds)]
