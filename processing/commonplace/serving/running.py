"""From a package to a server that runs, or to files that another server runs from."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import yaml

from commonplace.errors import OutputError, SourceError, disk_errors
from commonplace.report import Observer
from commonplace.serving.contents import Contents
from commonplace.serving.store import build_store

NEEDED: Final = ("pygeoapi", "flask", "waitress")
THREADS: Final = 8


@dataclass(frozen=True, slots=True)
class Written:
    """What a server needs, and how many features it will give."""

    config: Path
    openapi: Path
    store: Path
    features: int


def require_server() -> None:
    """Stop with what to install where pygeoapi isn't.

    Raises
    ------
    SourceError
    """
    missing = [one for one in NEEDED if find_spec(one) is None]
    if missing:
        raise SourceError(
            f"to serve a package {', '.join(missing)} must be installed",
            hint="pip install 'commonplace[serve]'",
        )


def write_config(
    contents: Contents,
    config: Path,
    url: str,
    *,
    host: str,
    port: int,
    observer: Observer | None = None,
) -> Written:
    """Write ``config``, and beside it the OpenAPI document and the features.

    Raises
    ------
    SourceError, OutputError
    """
    require_server()
    from pygeoapi.openapi import get_oas

    from commonplace.serving.config import pygeoapi_config

    openapi = config.with_suffix(".openapi.yml")
    store = config.with_suffix(".sqlite")
    config.parent.mkdir(parents=True, exist_ok=True)
    count = build_store(contents.layers, store, observer)
    document = pygeoapi_config(contents, store, url, host, port)
    with disk_errors(config.name):
        _write(config, document)
        _write(openapi, get_oas(document))
    return Written(config, openapi, store, count)


def _write(path: Path, document: Any) -> None:
    temporary = path.with_name(f".{path.name}.part")
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket that is bound before anything else is done; port 0 is any that is free.

    Raises
    ------
    OutputError
        Another program has the port.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host, port))
        except OSError as error:
            raise OutputError(
                f"port {port} of {host} can't be used: {error.strerror}",
                hint="choose another with --port; --port 0 takes any that is free",
            ) from error
        yield bound


def address_of(bound: socket.socket, host: str) -> str:
    """The address under which this machine reaches a bound socket."""
    port = bound.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


@contextmanager
def application(
    contents: Contents,
    bound: socket.socket,
    url: str,
    observer: Observer | None = None,
) -> Iterator[tuple[Any, Written]]:
    """A server that is set up, and what was written for it into a folder that goes with it."""
    require_server()
    import waitress

    from commonplace.serving.app import create

    host, port = bound.getsockname()[:2]
    with TemporaryDirectory(prefix="commonplace-serve-") as folder:
        written = write_config(
            contents, Path(folder) / "api.yml", url, host=host, port=port, observer=observer
        )
        app = create(written.config, written.openapi)
        server = waitress.create_server(app, sockets=[bound], threads=THREADS, ident="")
        try:
            yield server, written
        finally:
            server.close()
