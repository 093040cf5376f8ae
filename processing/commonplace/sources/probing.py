"""Which kind of source an address is, by what answers there.

The beginning of one answer is looked at, of a second one where XML services want to be asked
for their capabilities. A new protocol is one row in :data:`SIGNS` (what its answers hold), and
one in :data:`commonplace.sources.SOURCES`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin, urlsplit

import pyarrow as pa

from commonplace.batch import Evidence, Layer, Query, Source
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Client, Response, fault, shown_url
from commonplace.job import SourceKind, SourceSpec
from commonplace.report import Finding, Observer
from commonplace.sources.connect import client_for
from commonplace.sources.ogcjson import for_machines

HEAD: Final = 256 * 1024
ACCEPT: Final = {
    "Accept": "application/json, application/geo+json;q=0.9, text/turtle;q=0.6,"
    " application/ld+json;q=0.6, application/xml;q=0.5, */*;q=0.1",
    "Range": f"bytes=0-{HEAD - 1}",
}
ASKED_AGAIN: Final = ("WFS", "CSW")
TYPES: Final = "/ngsi-ld/v1/types"


def _sign(kind: SourceKind, pattern: bytes) -> tuple[SourceKind, re.Pattern[bytes]]:
    return kind, re.compile(pattern, re.DOTALL)


# Kind, and what the beginning of an answer of that kind holds; the first that fits counts.
SIGNS: Final = (
    _sign("remote", rb"\A(SQLite format 3|PK\x03\x04|fgb[\x03\x04]|PAR1|\x1f\x8b|ARROW1)"),
    _sign("wfs", rb"<(\w+:)?WFS_Capabilities[\s>]"),
    _sign("csw", rb"<(\w+:)?Capabilities[^>]*opengis\.net/cat/csw"),
    _sign("atom", rb"<(\w+:)?feed[^>]*www\.w3\.org/2005/Atom"),
    _sign("remote", rb"\A[^{\[]*<(\w+:)?(FeatureCollection|SpatialDataSet|CityModel|kml|gpx)[\s>]"),
    _sign("ldes", rb"w3id\.org/(ldes|tree)#|\"(tree|ldes):\w+\"|[\s;](tree:relation|tree:view)\s"),
    _sign("ngsild", rb"\"EntityTypeList\""),
    _sign("ngsild", rb"uri\.etsi\.org/ngsi-ld|\A\s*\[?\s*\{\s*\"id\"\s*:\s*\"urn:ngsi-ld:"),
    _sign("sensorthings", rb"\"name\"\s*:\s*\"(Things|Datastreams|ObservedProperties)\""),
    _sign("remote", rb"\"type\"\s*:\s*\"CityJSON\""),
    _sign("records", rb"\A(?!.*\"itemType\"\s*:\s*\"feature\").*\"itemType\"\s*:\s*\"record\""),
    _sign("edr", rb"\A(?!.*\"itemType\"\s*:\s*\"feature\").*\"data_queries\"\s*:"),
    _sign("ogcapi", rb"\"rel\"\s*:\s*\"(data|items|collection)\"|ogc/1\.0/(data|items)\""),
    _sign("ogcapi", rb"opengis\.net/spec/ogcapi|\"collections\"\s*:\s*\["),
    _sign("remote", rb"\A\s*\{.*\"type\"\s*:\s*\"(FeatureCollection|Feature|Topology)\""),
)
_EXCEPTION: Final = re.compile(
    rb"<(\w+:)?(ExceptionReport|ServiceExceptionReport|ServerException)[\s>]|<TITLE>MapServer"
)
_WEB_PAGE: Final = re.compile(rb"\A\s*<(!doctype html|html)", re.IGNORECASE)


def kind_of(body: bytes) -> SourceKind | None:
    """The kind whose sign the beginning of an answer holds."""
    head = body[:HEAD]
    return next((kind for kind, pattern in SIGNS if pattern.search(head)), None)


def probe(url: str, client: Client) -> SourceKind:
    """The kind of what answers at ``url``: one request, one more where XML refuses it.

    Raises
    ------
    MalformedAnswer
        It answers as none of the kinds.
    Unreachable, ServerFault
    """
    answer = client.get(for_machines(url), headers=ACCEPT, allowed=range(400, 500))
    kind = kind_of(answer.body)
    wants_more = answer.status == 400 or _EXCEPTION.search(answer.body[:HEAD])
    if kind is None and wants_more:
        kind = _of_capabilities(url, client)
    if kind is None and urlsplit(url).path in ("", "/"):
        kind = _of_types(url, client)
    if kind is not None:
        return kind
    if answer.status >= 400:
        raise fault(answer)
    raise MalformedAnswer(
        f"{shown_url(url)} is no kind of source that is known: it answered {_said(answer)}",
        hint=f"tried: {', '.join(dict.fromkeys(kind for kind, _ in SIGNS))}; state the kind",
    )


def _of_capabilities(url: str, client: Client) -> SourceKind | None:
    """An XML service that wants to be asked for its capabilities."""
    for service in ASKED_AGAIN:
        asked = [("service", service), ("request", "GetCapabilities")]
        answer = client.get(url, asked, headers={"Range": ACCEPT["Range"]}, allowed=range(400, 500))
        kind = kind_of(answer.body)
        if kind is not None:
            return kind
    return None


def _of_types(url: str, client: Client) -> SourceKind | None:
    """A broker that says nothing at its root, but lists its entity types."""
    types = urljoin(url, TYPES)
    answer = client.get(types, headers={"Accept": "application/json"}, allowed=range(400, 600))
    return "ngsild" if kind_of(answer.body) == "ngsild" else None


def _said(answer: Response) -> str:
    media_type = answer.media_type or "no media type"
    if _WEB_PAGE.search(answer.body[:HEAD]):
        return "a web page"
    start = " ".join(answer.body[:60].decode("utf-8", "replace").split())
    return f"{media_type}, {start!r}…" if start else "nothing"


@dataclass(slots=True)
class Recognised:
    """The source at an address whose first answer tells its kind. See ``batch.Source``."""

    spec: SourceSpec
    observer: Observer
    opened_as: Callable[[SourceKind], Source]
    _source: Source | None = field(default=None)

    def layers(self) -> list[Layer]:
        return self.opened().layers()

    def layer(self, name: str | None = None) -> Layer:
        return self.opened().layer(name)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        return self.opened().batches(layer, query)

    def evidence(self) -> Evidence:
        return self.opened().evidence()

    def findings(self) -> list[Finding]:
        return [] if self._source is None else self._source.findings()

    def opened(self) -> Source:
        """The source itself.

        Raises
        ------
        SourceError
        """
        if self._source is None:
            if self.spec.url is None:
                raise SourceError("there is no address to ask")
            with client_for(self.spec, self.observer) as client:
                kind = probe(self.spec.url, client)
            self._source = self.opened_as(kind)
        return self._source
