"""A real MapServer on loopback, WFS and OGC API: Debian's CGI program behind an HTTP server."""

from __future__ import annotations

import os
import subprocess
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

PROGRAM = Path("/usr/lib/cgi-bin/mapserv")
TEMPLATES = Path("/usr/share/mapserver/ogcapi/templates/html-plain")
_CONFIG = """CONFIG
  ENV
    MS_MAP_PATTERN "."
    OGCAPI_HTML_TEMPLATE_DIRECTORY "{templates}/"
  END
  MAPS
    town "{mapfile}"
  END
END
"""
_TYPES = {"houses": "POLYGON", "trees": "POINT"}


class MapServer:
    """WFS at ``url``, OGC API at ``ogcapi``; can be stopped and started in the same place.

    ``most`` is how many features a page of OGC API has, whatever is asked for; ``counted`` how
    many WFS hands out at once and counts at most.
    """

    def __init__(
        self,
        folder: Path,
        data: Path,
        layers: Mapping[str, str],
        most: int,
        counted: int | None,
    ) -> None:
        mapfile, config = folder / "town.map", folder / "mapserver.conf"
        config.write_text(_CONFIG.format(templates=TEMPLATES, mapfile=mapfile), encoding="utf-8")
        self._handler = _handler(config)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler)
        self._port = self._server.server_address[1]
        program = f"http://127.0.0.1:{self._port}/mapserv"
        self.url, self.ogcapi = f"{program}?map={mapfile}", f"{program}/town/ogcapi"
        text = _mapfile(program, data, layers, most)
        if counted is not None:
            text = text.replace('"ows_title"', f'"wfs_maxfeatures" "{counted}" "ows_title"', 1)
        mapfile.write_text(text, encoding="utf-8")
        self._run()

    def _run(self) -> None:
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def start(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler)
        self._run()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=30)


@contextmanager
def serve_mapserver(
    folder: Path,
    data: Path,
    layers: Mapping[str, str],
    *,
    most: int = 10_000,
    counted: int | None = None,
) -> Iterator[MapServer]:
    """Run MapServer over layers of a GeoPackage."""
    if not PROGRAM.exists():
        pytest.skip("needs Debian's cgi-mapserver")
    server = MapServer(folder, data, layers, most, counted)
    try:
        yield server
    finally:
        server.stop()


def _handler(config: Path) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path, _, query = self.path.partition("?")
            environment = {
                "PATH": os.environ["PATH"],
                "MAPSERVER_CONFIG_FILE": str(config),
                "REQUEST_METHOD": "GET",
                "QUERY_STRING": query,
                "PATH_INFO": unquote(path.removeprefix("/mapserv")),
                "SERVER_NAME": "127.0.0.1",
                "SERVER_PORT": str(self.server.server_address[1]),
                "SCRIPT_NAME": "/mapserv",
                "HTTP_ACCEPT": self.headers.get("Accept", "*/*"),
            }
            done = subprocess.run([PROGRAM], env=environment, capture_output=True, check=False)
            head, _, body = done.stdout.partition(b"\r\n\r\n")
            headers = dict(line.split(": ", 1) for line in head.decode().splitlines())
            self.send_response(int(headers.pop("Status", "200").split()[0]))
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return None

    return Handler


def _mapfile(program: str, data: Path, layers: Mapping[str, str], most: int) -> str:
    return f"""
MAP
  NAME "town"
  EXTENT 600000 5300000 800000 5400000
  SIZE 100 100
  PROJECTION "init=epsg:25832" END
  WEB METADATA
    "ows_enable_request" "*"
    "ows_title" "Town"
    "ows_fees" "CC BY 4.0"
    "ows_srs" "EPSG:25832 EPSG:3035 EPSG:4258"
    "wfs_onlineresource" "{program}?"
    "oga_onlineresource" "{program}/town/ogcapi"
    "oga_max_limit" "{most}"
  END END
  {"".join(_layer(name, crs, data) for name, crs in layers.items())}
END
"""


def _layer(name: str, crs: str, data: Path) -> str:
    return f"""
  LAYER
    NAME "{name}" TYPE {_TYPES[name]} STATUS ON TEMPLATE "x"
    CONNECTIONTYPE OGR CONNECTION "{data}" DATA "{name}"
    PROJECTION "init={crs.lower()}" END
    METADATA
      "ows_title" "{name.title()}"
      "gml_include_items" "all"
      "gml_types" "auto"
      "gml_featureid" "key"
      "wfs_use_default_extent_for_getfeature" "false"
      "ows_enable_request" "*"
    END
  END
"""
