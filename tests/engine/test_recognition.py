"""Which kind of source answers at an address."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import httpx
import pytest

from commonplace import cli
from commonplace.batch import Query
from commonplace.errors import MalformedAnswer, ServerFault, SourceError
from commonplace.http import Client
from commonplace.job import SourceKind, SourceSpec
from commonplace.sources import SOURCES, open_source, recognise
from commonplace.sources.probing import SIGNS, kind_of, probe
from servers.features import ROOT, Service
from servers.loopback import serving


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"links": [{"rel": "data", "href": "collections"}]}', "ogcapi"),
        (b'{"collections": []}', "ogcapi"),
        (b'{"conformsTo": ["http://www.opengis.net/spec/ogcapi-features-1/1.0"]}', "ogcapi"),
        (b'{"collections": [{"id": "c", "itemType": "record"}]}', "records"),
        (
            b'{"collections": [{"itemType": "record"}, {"itemType": "feature"}]}',
            "ogcapi",
        ),
        (
            b'{"value": [{"name": "Things", "url": "https://s.example/v1.1/Things"}]}',
            "sensorthings",
        ),
        (b'[{"id": "urn:ngsi-ld:A:1", "type": "A"}]', "ngsild"),
        (b'{"type": "https://uri.etsi.org/ngsi-ld/errors/BadRequestData"}', "ngsild"),
        (b'<?xml version="1.0"?><!-- x -->\n<wfs:WFS_Capabilities version="2.0.0">', "wfs"),
        (b"<WFS_Capabilities>", "wfs"),
        (b'<csw:Capabilities xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">', "csw"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "atom"),
        (b"@prefix tree: <https://w3id.org/tree#> .", "ldes"),
        (b'{"@context": {}, "tree:view": {"@id": "x"}}', "ldes"),
        (b'{"type": "FeatureCollection", "features": []}', "remote"),
        (b'{"type": "CityJSON", "version": "2.0"}', "remote"),
        (b"<gml:FeatureCollection>", "remote"),
        (b"SQLite format 3\x00", "remote"),
        (b"PK\x03\x04", "remote"),
        (b"PAR1", "remote"),
        (b"<!doctype html><html><p>collections</p></html>", None),
        (b"<Capabilities xmlns='http://www.opengis.net/wmts/1.0'>", None),
        (b'{"hello": "world"}', None),
        (b"", None),
    ],
)
def test_signs(body: bytes, kind: str | None) -> None:
    assert kind_of(body) == kind


def test_every_sign_is_of_a_kind_that_can_be_opened() -> None:
    assert {kind for kind, _ in SIGNS} <= set(SOURCES)


def test_recorded_answers(shared: Path) -> None:
    recorded = shared / "data" / "services_open"
    assert kind_of((recorded / "wfs_CUZK_GetCapabilities_2_0_0.xml").read_bytes()) == "wfs"


def asked(app: httpx.MockTransport, url: str = ROOT) -> str:
    with Client(transport=app) as client:
        return probe(url, client)


def test_a_service_that_wants_to_be_asked_for_capabilities() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.params.get("service") == "CSW":
            text = '<c:Capabilities xmlns:c="http://www.opengis.net/cat/csw/2.0.2"/>'
            return httpx.Response(200, text=text)
        return httpx.Response(400, text="<ows:ExceptionReport><x/></ows:ExceptionReport>")

    assert asked(httpx.MockTransport(answer)) == "csw"


@pytest.mark.parametrize(
    ("status", "text", "kind"),
    [
        (200, "<html>Wartung</html>", MalformedAnswer),
        (200, '{"hello": "world"}', MalformedAnswer),
        (404, "<html>nothing here</html>", ServerFault),
    ],
)
def test_what_is_found_is_told(status: int, text: str, kind: type[SourceError]) -> None:
    with pytest.raises(kind) as caught:
        asked(httpx.MockTransport(lambda _: httpx.Response(status, text=text)))
    if kind is MalformedAnswer:
        assert caught.value.hint is not None
        assert "sensorthings" in caught.value.hint


def test_opened_by_its_answer() -> None:
    trees = [
        {
            "type": "Feature",
            "id": f"t{number}",
            "geometry": {"type": "Point", "coordinates": [24, 57]},
            "properties": {"n": number},
        }
        for number in range(3)
    ]

    def app(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/town":
            return httpx.Response(
                200, content=json.dumps({"type": "FeatureCollection", "features": trees})
            )
        answer = Service(trees)(request)
        body = answer.content.replace(ROOT.encode(), b"/api")
        return httpx.Response(answer.status_code, headers=answer.headers, content=body)

    with serving(app) as address:
        api = open_source(SourceSpec(url=f"{address}/api"))
        assert api.findings() == []
        assert api.layer().name == "trees"
        assert api.evidence().kind == "ogcapi"
        file = open_source(SourceSpec(url=f"{address}/town"))
        assert sum(one.num_rows for one in file.batches(file.layer(), Query())) == 3
        assert file.evidence().kind == "remote"


def test_every_kind_has_a_source() -> None:
    assert set(SOURCES) == set(get_args(SourceKind))


def test_a_kind_that_there_is_not_is_told() -> None:
    nothing: Any = "gopher"
    with pytest.raises(SourceError):
        open_source(SourceSpec(url=ROOT, kind=nothing))


def test_the_command_line_knows_every_kind() -> None:
    assert set(cli.KINDS) == set(get_args(SourceKind))


def test_certain_addresses_are_not_asked() -> None:
    assert recognise(SourceSpec(url="postgresql://gis@db/city")) == "postgis"
    assert recognise(SourceSpec(url="https://b.example/ngsi-ld/v1")) == "ngsild"
    assert recognise(SourceSpec(url="https://s.example/data")) is None
