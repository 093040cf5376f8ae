"""Secrets in every position, a server that repeats them everywhere: none is said or kept."""

from __future__ import annotations

import base64
import json
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from commonplace.errors import CommonplaceError
from commonplace.http import Limits
from commonplace.job import HttpSpec, SourceSpec
from commonplace.sources import open_source
from servers.loopback import serving
from servers.oauth import CLIENT, SECRET, Tokens
from support.houses import MAPPING

TOKEN = "t0p/secret+token"
PASSWORD = "pass wörd&secret"
KEY = "k3y+of=secret"
NEVER = (TOKEN, PASSWORD, KEY, SECRET)
JOB = """
title: Houses
licence: CC0-1.0
attribution: Nobody
as_of: 2026-01-01
sources: {{houses: {{url: "{url}", auth: city, page_size: 2}}}}
datasets: [{{name: houses, mapping: mapping.yaml, source: houses}}]
crs: {{target: EPSG:4258}}
output: {{folder: package, formats: [gml, gpkg, geojson, csv]}}
"""


def spellings() -> set[bytes]:
    """The secrets, and what they look like in addresses, JSON and headers."""
    texts = set(NEVER)
    for one in NEVER:
        texts |= {quote(one), quote(one, safe=""), json.dumps(one)[1:-1]}
        texts.add(one.replace("&", "&amp;"))
    texts.add(base64.b64encode(f"anna:{PASSWORD}".encode()).decode())
    return {one.encode() for one in texts}


def leaks(*texts: bytes) -> list[bytes]:
    return [one for one in spellings() for text in texts if one in text]


def echo(request: httpx.Request) -> str:
    """All that a request holds, as servers quote it in messages and links."""
    pair = request.headers.get("authorization", "").partition(" ")[2]
    unpacked = ""
    if pair and "authorization" in request.headers and TOKEN not in pair:
        unpacked = base64.b64decode(pair + "==", validate=False).decode(errors="ignore")
    return " | ".join((str(request.url), *request.headers.values(), unpacked))


def guarded(request: httpx.Request) -> httpx.Response:
    """An OGC API - Features service that repeats all that it gets, wherever it can."""
    if request.url.path.startswith("/moved"):
        return httpx.Response(302, headers={"Location": str(request.url).replace("/moved", "")})
    root = f"http://{request.headers['host']}"
    query = f"?{request.url.query.decode()}" if request.url.query else ""
    link = {"rel": "items", "href": f"{root}/moved/collections/houses/items{query}"}
    collection = {
        "id": "houses",
        "title": echo(request),
        "links": [
            {**link, "type": "application/geo+json"},
            {"rel": "license", "href": root, "title": echo(request)},
        ],
    }
    path = request.url.path.rstrip("/")
    if path.endswith("/items"):
        return httpx.Response(200, json=items(request), headers={"X-Echo": "ok"})
    if path.endswith("/collections"):
        return httpx.Response(200, json={"collections": [collection]})
    if path.endswith("/houses"):
        return httpx.Response(200, json=collection)
    data = {"rel": "data", "href": f"{root}/collections{query}", "type": "application/json"}
    return httpx.Response(200 if path == "" else 404, json={"links": [data]})


def items(request: httpx.Request) -> dict[str, Any]:
    offset = int(request.url.params.get("offset", 0))
    ring = [[11, 46], [11.001, 46], [11.001, 46.001], [11, 46]]
    features = [
        {
            "type": "Feature",
            "id": f"h{one}",
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {"code": f"H{one}", "dwellings": 1, "name": echo(request)},
        }
        for one in range(offset, min(offset + 2, 6))
    ]
    body: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if offset < 4:
        following = request.url.copy_set_param("offset", str(offset + 2))
        body["links"] = [{"rel": "next", "href": str(following)}]
    return body


def run(folder: Path, url: str, words: dict[str, str]) -> list[bytes]:
    """All that a run leaves behind, on disk and on the terminal."""
    folder.mkdir(exist_ok=True)
    (folder / "mapping.yaml").write_text(MAPPING)
    (folder / "job.yaml").write_text(JOB.format(url=url))
    named = {f"COMMONPLACE_CITY_{word}": value for word, value in words.items()}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "commonplace", "run", "job.yaml"],
        cwd=folder,
        env=os.environ | named,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    files = [one.read_bytes() for one in folder.rglob("*") if one.is_file()]
    assert len(files) > 8
    return [done.stdout, done.stderr, *files]


@pytest.mark.parametrize(
    "words",
    [
        {"USER": "anna", "PASSWORD": PASSWORD, "KEY": KEY, "KEY_PARAMETER": "api_key"},
        {"TOKEN": TOKEN, "KEY": KEY},
    ],
    ids=["basic and key parameter", "bearer and key header"],
)
def test_nothing_is_left_of_secrets(tmp_path: Path, words: dict[str, str]) -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return guarded(request)

    with serving(answer) as url:
        left = run(tmp_path / "job", url, words)
    # Every request carried them, and the server did repeat them.
    assert all("authorization" in one.headers for one in sent)
    assert all(KEY in (one.url.params.get("api_key"), one.headers.get("x-api-key")) for one in sent)
    assert leaks(*(guarded(one).content for one in sent))
    assert any(b"***" in one for one in left)
    assert leaks(*left) == []


def test_nothing_is_left_of_oauth(tmp_path: Path) -> None:
    tokens = Tokens(refreshes=True, guarded=guarded)
    with serving(tokens) as url:
        words = {"TOKEN_URL": f"{url}/token", "CLIENT_ID": CLIENT, "CLIENT_SECRET": SECRET}
        left = run(tmp_path / "job", url, words)
    assert leaks(*left) == []
    assert not any(b"token-number-1" in one for one in left)


def html(request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, html=f"<html>{echo(request)}</html>")


def problem(status: int) -> Callable[[httpx.Request], httpx.Response]:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, json={"title": echo(request), "detail": echo(request)})

    return answer


def circles(request: httpx.Request) -> httpx.Response:
    return httpx.Response(302, headers={"Location": f"{request.url}&again={echo(request)[:50]}"})


def elsewhere(request: httpx.Request) -> httpx.Response:
    return httpx.Response(302, headers={"Location": f"ftp://anna:{KEY}@h/{request.url.query!r}"})


def xml(request: httpx.Request) -> httpx.Response:
    text = echo(request).replace("&", "&amp;").replace("<", "&lt;")
    body = f"<ExceptionReport><Exception><ExceptionText>{text}</ExceptionText></Exception>"
    return httpx.Response(
        400, text=f"{body}</ExceptionReport>", headers={"Content-Type": "text/xml"}
    )


@pytest.mark.parametrize(
    "answer",
    [
        *(problem(status) for status in (400, 401, 403, 404, 500)),
        *(html, circles, elsewhere, xml),
    ],
)
@pytest.mark.parametrize("kind", ["ogcapi", "ngsild", "wfs"])
def test_errors_say_nothing(
    answer: Callable[[httpx.Request], httpx.Response],
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("COMMONPLACE_CITY_USER", "anna")
    monkeypatch.setenv("COMMONPLACE_CITY_PASSWORD", PASSWORD)
    monkeypatch.setenv("COMMONPLACE_CITY_KEY", KEY)
    monkeypatch.setenv("COMMONPLACE_CITY_KEY_PARAMETER", "api_key")
    with serving(answer) as url:
        spec = SourceSpec(url=f"{url}/api", auth="city", kind=kind, http=HttpSpec(retries=0))
        source = open_source(spec)
        with pytest.raises(CommonplaceError) as caught:
            source.layers()
        said = "".join(traceback.format_exception(caught.value))
        told = repr(source.findings()) + repr(vars(source))
    assert any("/api" in one for one in caplog.messages)
    assert leaks(said.encode(), told.encode(), caplog.text.encode()) == []


def test_limits_are_those_of_the_client() -> None:
    assert Limits() == Limits(retries=HttpSpec().retries, read_seconds=HttpSpec().read_seconds)
