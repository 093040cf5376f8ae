"""An event stream (LDES on TREE) as a function of requests, in Turtle, JSON-LD or TriG."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
from rdflib import Graph

HOST = "https://city.example"
ROOT = f"{HOST}/ldes/trees"
CONTEXT = f"{HOST}/context.jsonld"
PREFIXES = """
@prefix tree: <https://w3id.org/tree#> .
@prefix ldes: <https://w3id.org/ldes#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix locn: <http://www.w3.org/ns/locn#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix ex: <https://city.example/ns#> .
"""
TERMS = {
    "tree": "https://w3id.org/tree#",
    "ldes": "https://w3id.org/ldes#",
    "dct": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "sh": "http://www.w3.org/ns/shacl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ex": "https://city.example/ns#",
    "member": {"@id": "tree:member", "@type": "@id"},
    "created": {"@id": "dct:created", "@type": "xsd:dateTime"},
    "isVersionOf": {"@id": "dct:isVersionOf", "@type": "@id"},
    "asWKT": {"@id": "geo:asWKT", "@type": "geo:wktLiteral"},
}
SHAPE = f"""
<{ROOT}> tree:shape <{HOST}/shape> .
<{HOST}/shape> a sh:NodeShape ;
  sh:property [ sh:path ex:height ; sh:datatype xsd:double ; sh:name "Height" ] ,
    [ sh:path ex:planted ; sh:datatype xsd:dateTime ; sh:name "Planted" ] .
"""


@dataclass(frozen=True)
class Version:
    """One version of a tree: of ``tree`` at minute ``minute`` of 2026."""

    tree: int
    minute: int
    height: float | None = None
    place: str | None = None
    kind: str = "Tree"
    extra: str = ""

    @property
    def name(self) -> str:
        return f"{HOST}/tree/{self.tree}/{self.minute}"

    @property
    def time(self) -> str:
        days, rest = divmod(self.minute, 1440)
        return f"2026-01-{days + 1:02d}T{rest // 60:02d}:{rest % 60:02d}:00Z"

    def turtle(self) -> str:
        wkt = self.place or f"POINT ({10 + self.tree / 100} 53)"
        height = "" if self.height is None else f"ex:height {self.height:.2f} ;"
        return (
            f"<{ROOT}> tree:member <{self.name}> .\n"
            f"<{self.name}> a ex:{self.kind} ; dct:isVersionOf <{HOST}/tree/{self.tree}> ;\n"
            f'  dct:created "{self.time}"^^xsd:dateTime ; {height} {self.extra}\n'
            f'  ex:owner [ ex:name "City" ; ex:since 1900 ] ;\n'
            f'  locn:geometry [ a geo:Geometry ; geo:asWKT "{wkt}"^^geo:wktLiteral ] .\n'
        )

    def json(self) -> dict[str, Any]:
        wkt = self.place or f"POINT ({10 + self.tree / 100} 53)"
        made = {
            "@id": self.name,
            "@type": f"ex:{self.kind}",
            "isVersionOf": f"{HOST}/tree/{self.tree}",
            "created": self.time,
            "ex:owner": {"ex:name": "City", "ex:since": 1900},
            "locn:geometry": {"@type": "geo:Geometry", "asWKT": wkt},
        }
        return made if self.height is None else made | {"ex:height": self.height}


@dataclass
class Stream:
    """Versions, ``size`` a page, oldest page first; each page says how young it is.

    ``syntax`` is ``turtle``, ``json-ld`` or ``trig`` (members as named graphs);
    ``loops``: every page leads back to all others; ``overlap``: a page repeats so many
    members of the one before; ``paths``: whether the stream names its paths.
    """

    versions: list[Version]
    size: int = 10
    syntax: str = "turtle"
    loops: bool = False
    overlap: int = 0
    paths: bool = True
    shape: str = ""
    fails: int = 0
    deletion: bool = False
    about: str = ""
    requests: list[httpx.Request] = field(default_factory=list)
    failed: dict[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> list[list[Version]]:
        starts = range(0, len(self.versions), self.size)
        return [self.versions[max(0, one - self.overlap) : one + self.size] for one in starts]

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        url = str(request.url)
        if self.failed.setdefault(url, 0) < self.fails:
            self.failed[url] += 1
            return httpx.Response(503)
        if url == CONTEXT:
            return httpx.Response(200, json={"@context": TERMS})
        if url == f"{HOST}/shape":
            return self._graph(SHAPE)
        if url == ROOT:
            return self._graph(self._root())
        number = int(url.rpartition("/")[2])
        if number >= len(self.pages):
            return httpx.Response(404)
        return self._page(number)

    def asked(self) -> list[str]:
        return [str(one.url).removeprefix(f"{ROOT}/") for one in self.requests]

    def _root(self) -> str:
        paths = "ldes:timestampPath dct:created ; ldes:versionOfPath dct:isVersionOf ;"
        gone = "ldes:versionDeleteObject ex:Gone ;" if self.deletion else ""
        links = self._relations(ROOT, range(len(self.pages)))
        return (
            f"<{ROOT}> a ldes:EventStream ; {paths if self.paths else ''} {gone} {self.about}\n"
            f'  dct:title "Trees of the city" ; dct:license "CC0" ; tree:view <{ROOT}> .\n{links}'
            f"{self.shape}"
        )

    def _relations(self, node: str, targets: range) -> str:
        parts = []
        for one in targets:
            page = self.pages[one]
            after = Version(0, max(version.minute for version in page) + 1).time
            parts.append(
                f"<{node}> tree:relation [ a tree:LessThanRelation ; tree:node <{ROOT}/{one}> ;\n"
                f'  tree:path dct:created ; tree:value "{after}"^^xsd:dateTime ] .\n'
            )
        return "".join(parts)

    def _page(self, number: int) -> httpx.Response:
        page = self.pages[number]
        links = self._relations(f"{ROOT}/{number}", range(len(self.pages))) if self.loops else ""
        if self.syntax == "json-ld":
            body: dict[str, Any] = {
                "@context": ["../../context.jsonld", {"height": "ex:height"}],
                "@id": ROOT,
                "member": [one.json() for one in page],
            }
            media = "application/ld+json; charset=utf-8"
            return httpx.Response(200, content=json.dumps(body), headers={"Content-Type": media})
        if self.syntax == "trig":
            text = "".join(
                one.turtle().replace("> .\n<", "> .\nGRAPH <" + one.name + "> { <", 1) + "}\n"
                for one in page
            )
            headers = {"Content-Type": "application/trig"}
            return httpx.Response(200, text=PREFIXES + text, headers=headers)
        return self._graph("".join(one.turtle() for one in page) + links)

    def _graph(self, text: str) -> httpx.Response:
        if self.syntax == "json-ld":
            made = Graph().parse(data=PREFIXES + text, format="turtle").serialize(format="json-ld")
            headers = {"Content-Type": "application/ld+json"}
            return httpx.Response(200, text=made, headers=headers)
        headers = {"Content-Type": "text/turtle"}
        return httpx.Response(200, text=PREFIXES + text, headers=headers)
