"""The web application: pygeoapi's, the package's files beside it, the data set's links.

For a server of one's own (gunicorn, waitress) after ``commonplace serve --config``::

    PYGEOAPI_CONFIG=api.yml PYGEOAPI_OPENAPI=api.openapi.yml \
        waitress-serve --port 8080 --call commonplace.serving.app:create
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, abort, request, send_from_directory

from commonplace.serving.config import FILES, OURS

CONFIG: Final = "PYGEOAPI_CONFIG"
OPENAPI: Final = "PYGEOAPI_OPENAPI"


def create(config: Path | None = None, openapi: Path | None = None) -> Flask:
    """The application of a configuration; once in a process, since pygeoapi keeps it.

    Parameters
    ----------
    config, openapi
        The files that ``commonplace serve`` writes; pygeoapi's environment variables if
        they aren't given.
    """
    if config is not None and openapi is not None:
        os.environ[CONFIG], os.environ[OPENAPI] = str(config), str(openapi)
    from pygeoapi import flask_app

    ours: Mapping[str, Any] = flask_app.CONFIG.get(OURS, {})
    files: Mapping[str, str] = ours.get("files", {})
    app: Flask = flask_app.APP

    @app.get(f"/{FILES}/<path:name>")
    def package_file(name: str) -> Response:
        """A file that the manifest lists; nothing else of the folder."""
        if name not in files:
            abort(404)
        return send_from_directory(ours["package"], name, mimetype=files[name].partition(";")[0])

    @app.after_request
    def with_links(response: Response) -> Response:
        """INSPIRE wants the data set's links at ``/collections``."""
        told = {name.lower(): value for name, value in dict(response.headers).items()}
        plain = str(told.get("content-type")).startswith("application/json")
        if request.path.rstrip("/") != "/collections" or response.status_code != 200 or not plain:
            return response
        packed = told.get("content-encoding") == "gzip"
        body = response.get_data()
        document = json.loads(gzip.decompress(body) if packed else body)
        document["links"] = [*document.get("links", []), *ours.get("links", [])]
        text = json.dumps(document, ensure_ascii=False).encode()
        response.set_data(gzip.compress(text) if packed else text)
        return response

    return app
