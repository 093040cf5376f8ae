"""The official XSDs fetched from a server that has them as they are published."""

from __future__ import annotations

import json
import re
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from commonplace.cli import cli
from commonplace.errors import DocumentError, SourceError
from commonplace.model import load_model
from commonplace.schemafetch import SchemasIncomplete, fetch, place_of
from commonplace.validate.schemas import compiled, local_schema
from commonplace.validation import validate
from support.gml_text import document, parcels

CP = "inspire.ec.europa.eu/schemas/cp/4.0/CP.xsd"
ISO = "schemas.opengis.net/iso/19139/20070417"
ADDRESSES = {
    f"https://{CP}": CP,
    "https://inspire.ec.europa.eu/schemas/2024.2/cp/4.0/CP.xsd": CP,
    "http://inspire.jrc.ec.europa.eu/schemas/cp/4.0/CP.xsd": CP,
    "http://www.isotc211.org/2005/gmd/gmd.xsd": f"{ISO}/gmd/gmd.xsd",
    "http://www.isotc211.org/2005/gmi/gmi.xsd": "www.isotc211.org/2005/gmi/gmi.xsd",
}


@pytest.fixture(scope="module")
def published(shared: Path) -> dict[str, bytes]:
    """XSDs by host and path, locations as published."""
    found = {}
    with tarfile.open(shared / "inspire" / "by-url.tgz") as archive:
        for member in archive:
            if member.name.endswith(".xsd"):
                opened = archive.extractfile(member)
                assert opened is not None
                found[member.name.removeprefix("./")] = opened.read()
    return found


class Mirror:
    """Serves bodies by path; notes what was asked."""

    def __init__(self, bodies: dict[str, bytes]) -> None:
        self.bodies = dict(bodies)
        self.asked: list[str] = []
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = self.path.strip("/")
                mirror.asked.append(path)
                body = mirror.bodies.get(path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                return None

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def mirror(published: dict[str, bytes]) -> Iterator[Mirror]:
    made = Mirror(published)
    yield made
    made.close()


@pytest.mark.parametrize("address", ADDRESSES)
def test_addresses_of_one_schema_are_one_place(address: str) -> None:
    assert str(place_of(address)) == ADDRESSES[address]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "gml.xsd", "http://x/../y.xsd", ""])
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(SourceError):
        place_of(address)


def test_all_schemas_compile_offline(mirror: Mirror, tmp_path: Path) -> None:
    found = fetch(tmp_path / "xsd", mirror=mirror.address)
    assert found.missing == []
    assert len(mirror.asked) == len(set(mirror.asked)) == len(found.files)
    wrong = {}
    for schema in load_model().schemas():
        path = local_schema(schema.location, tmp_path / "xsd")
        assert path is not None, schema.key
        made = compiled(frozenset({(schema.namespace, path.as_uri())}))
        if not isinstance(made, etree.XMLSchema):
            wrong[schema.key] = made
    assert wrong == {}
    texts = [path.read_bytes() for path in (tmp_path / "xsd").rglob("*.xsd")]
    assert not any(re.search(rb'<[^<>]*schemaLocation="http', text) for text in texts)
    listed = json.loads((tmp_path / "xsd" / "fetched.json").read_text())
    assert len(listed["files"]) == len(texts)


def test_validation_uses_them(mirror: Mirror, tmp_path: Path) -> None:
    folder = tmp_path / "xsd"
    found = fetch(folder, ["cp/4.0"], mirror=mirror.address)
    assert 20 < len(found.files) < 120
    source = tmp_path / "in.gml"
    source.write_text(document(*parcels(2)))
    codes = validate([source], schemas=folder).findings.codes()
    assert "SCHEMA_INVALID" in codes
    assert "SCHEMA_NOT_CHECKED" not in codes


def test_what_is_missing_is_told_and_the_rest_kept(mirror: Mirror, tmp_path: Path) -> None:
    del mirror.bodies["inspire.ec.europa.eu/schemas/gn/4.0/GeographicalNames.xsd"]
    mirror.bodies["inspire.ec.europa.eu/schemas/ad/4.0/Addresses.xsd"] = b"<html>login</html>"
    arguments = ["schemas", "fetch", str(tmp_path / "xsd"), "--mirror", mirror.address]
    keys = ["--schema", "ad/4.0", "--schema", "cp/4.0", "--schema", "bu-core2d/4.0"]
    done = CliRunner().invoke(cli, [*arguments, *keys, "-q"])
    assert isinstance(done.exception, SchemasIncomplete)
    assert "Addresses.xsd" in done.exception.message
    assert "GeographicalNames.xsd" in done.exception.message
    assert local_schema(load_model().schema("cp/4.0").location, tmp_path / "xsd") is not None
    assert [path.name for path in tmp_path.iterdir()] == ["xsd"]


def test_refusals(mirror: Mirror, tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        fetch(tmp_path / "xsd", ["cp/9.0"], mirror=mirror.address)
    mirror.bodies.clear()
    with pytest.raises(SourceError):
        fetch(tmp_path / "xsd", ["cp/4.0"], mirror=mirror.address)
    assert list(tmp_path.iterdir()) == []
