"""A real pygeoapi on loopback, serving GeoJSON files or tables of PostGIS, for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml

from servers.ports import free_port, wait_for

PATIENCE = 60.0
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@dataclass(frozen=True)
class Served:
    """A collection: a GeoJSON file whose coordinates are in ``storage`` (a CRS URI)."""

    data: Path
    bbox: tuple[float, float, float, float]
    id_field: str = "key"
    storage: str = CRS84

    @property
    def title(self) -> str:
        return self.data.stem


@dataclass(frozen=True)
class Table:
    """A collection: a table of a PostgreSQL database, its geometry in ``geometry``."""

    database: str
    table: str
    bbox: tuple[float, float, float, float]
    id_field: str = "id"
    geometry: str = "geom"
    storage: str = CRS84
    editable: bool = False

    @property
    def title(self) -> str:
        return self.table


@dataclass(frozen=True)
class Catalogue:
    """A collection of records, in a TinyDB file."""

    data: Path
    title: str
    bbox: tuple[float, float, float, float]
    id_field: str = "externalId"


@dataclass(frozen=True)
class Gridded:
    """A coverage: a GeoTIFF; with ``edr`` a netCDF file (x ``lon``, y ``lat``, ``time``).

    ``provider`` is a class of ours that pygeoapi asks instead of its own.
    """

    data: Path
    title: str
    bbox: tuple[float, float, float, float]
    edr: bool = False
    provider: str = "xarray-edr"


@dataclass(frozen=True)
class Tiled:
    """A collection of vector tiles: a folder ``z/x/y.pbf`` with ``metadata.json``."""

    data: Path
    title: str
    bbox: tuple[float, float, float, float]
    most: int = 10


Collection = Served | Table | Catalogue | Gridded | Tiled


@dataclass
class Running:
    """A pygeoapi that can be stopped and started again, at the same address."""

    folder: Path
    url: str
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        config, openapi = self.folder / "config.yml", self.folder / "openapi.yml"
        ours = {"PYTHONPATH": str(Path(__file__).parents[1])}  # for providers of ours
        own = {"PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(openapi)}
        return os.environ | own | ours

    def start(self) -> None:
        """Start it, and wait until it answers."""
        log = self.folder / "log.txt"
        port = self.url.rpartition(":")[2]
        program = ["-m", "flask", "--app", "pygeoapi.flask_app:APP", "run"]
        with log.open("a", encoding="utf-8") as sink:
            self.process = subprocess.Popen(
                [sys.executable, *program, "--host", "127.0.0.1", "--port", port],
                env=self.environment,
                stdout=sink,
                stderr=sink,
            )
        wait_for(f"{self.url}/conformance?f=json", self.process, log, PATIENCE)

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)
            self.process = None


@contextmanager
def serve_pygeoapi(
    folder: Path, collections: Mapping[str, Collection], *, most: int = 1000
) -> Iterator[str]:
    """Run pygeoapi; gives its landing page's address. Skips where pygeoapi isn't installed."""
    with running_pygeoapi(folder, collections, most=most) as running:
        yield running.url


@contextmanager
def running_pygeoapi(
    folder: Path, collections: Mapping[str, Collection], *, most: int = 1000
) -> Iterator[Running]:
    """Run pygeoapi; gives what stops and starts it."""
    if find_spec("pygeoapi") is None or find_spec("flask") is None:
        pytest.skip("needs pygeoapi (pip install 'commonplace[demo]')")
    port = free_port()
    running = Running(folder, f"http://127.0.0.1:{port}")
    config = folder / "config.yml"
    described = _config(running.url, port, collections, most)
    config.write_text(yaml.safe_dump(described), encoding="utf-8")
    with (folder / "log.txt").open("w", encoding="utf-8") as sink:
        generate = ["from pygeoapi import cli; cli()", "openapi", "generate", str(config)]
        subprocess.run(
            [sys.executable, "-c", *generate, "--output-file", str(folder / "openapi.yml")],
            env=running.environment,
            stdout=sink,
            stderr=sink,
            check=True,
        )
    try:
        running.start()
        yield running
    finally:
        running.stop()


def _config(
    url: str, port: int, collections: Mapping[str, Collection], most: int
) -> dict[str, object]:
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


def _collection(served: Collection, url: str) -> dict[str, object]:
    return {
        "type": "collection",
        "title": served.title,
        "description": served.title,
        "keywords": ["test"],
        "links": [{"type": "text/html", "rel": "canonical", "title": "home", "href": url}],
        "extents": {"spatial": {"bbox": list(served.bbox), "crs": CRS84}},
        "providers": [_provider(served)],
    }


def _provider(served: Collection) -> dict[str, object]:
    if isinstance(served, Gridded):
        return _coverage(served)
    if isinstance(served, Tiled):
        return {
            "type": "tile",
            "name": "MVT-tippecanoe",
            "data": str(served.data),
            "options": {"zoom": {"min": 0, "max": served.most}},
            "format": {"name": "pbf", "mimetype": "application/vnd.mapbox-vector-tile"},
        }
    if isinstance(served, Catalogue):
        fields = {"time_field": "created", "title_field": "title", "id_field": served.id_field}
        return {"type": "record", "name": "TinyDBCatalogue", "data": str(served.data), **fields}
    return {
        "type": "feature",
        "id_field": served.id_field,
        "crs": sorted({CRS84, served.storage}),
        "storage_crs": served.storage,
        **_data(served),
    }


def _coverage(served: Gridded) -> dict[str, object]:
    if not served.edr:
        tiff = {"name": "GTiff", "mimetype": "application/image+tiff"}
        return {"type": "coverage", "name": "rasterio", "data": str(served.data), "format": tiff}
    axes = {"x_field": "lon", "y_field": "lat", "time_field": "time"}
    netcdf = {"name": "netcdf", "mimetype": "application/x-netcdf"}
    return {
        "type": "edr",
        "name": served.provider,
        "data": str(served.data),
        "format": netcdf,
        **axes,
    }


def _data(served: Served | Table) -> dict[str, object]:
    """What differs between providers of features."""
    if isinstance(served, Served):
        return {"name": "GeoJSON", "data": str(served.data)}
    place = urlsplit(served.database)
    connection = {
        "host": place.hostname,
        "port": place.port,
        "user": place.username,
        "password": "",
        "dbname": place.path.strip("/"),
        "search_path": ["public"],
    }
    return {
        "name": "PostgreSQL",
        "data": connection,
        "table": served.table,
        "geom_field": served.geometry,
        "editable": served.editable,
    }
