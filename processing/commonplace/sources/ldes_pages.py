"""Pages of a linked data event stream: fetched, parsed, led on from by their relations.

TREE hypermedia (w3id.org/tree/specification): a node has members and relations to other
nodes, each of which says what the members there have in common. RDF is parsed by rdflib,
which never opens a connection here: JSON-LD contexts are fetched by our client before.
"""

from __future__ import annotations

import json
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urldefrag, urljoin

from rdflib import RDF, BNode, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.exceptions import ParserError
from rdflib.plugins.parsers.notation3 import BadSyntax
from rdflib.plugins.shared.jsonld.errors import JSONLDException

from commonplace.errors import Cancelled, MalformedAnswer, SourceError
from commonplace.http import Client, Response, shown_url
from commonplace.report import Observer
from commonplace.sources.connect import same_server
from commonplace.sources.paging import located

TREE: Final = Namespace("https://w3id.org/tree#")
LDES: Final = Namespace("https://w3id.org/ldes#")
AHEAD: Final = 3
ACCEPTED: Final = (
    "text/turtle, application/ld+json;q=0.9, application/trig;q=0.8, application/n-quads;q=0.7"
)
_FORMATS: Final = {
    "text/turtle": "turtle",
    "application/n-triples": "turtle",
    "application/trig": "trig",
    "application/n-quads": "nquads",
    "application/ld+json": "json-ld",
    "application/json": "json-ld",
}
_DEEPEST_CONTEXT: Final = 8

# What rdflib raises at nonsense; at odd JSON also what Python does.
_BROKEN: Final = (
    *(BadSyntax, ParserError, JSONLDException),
    *(ValueError, SyntaxError, AttributeError, TypeError, KeyError),
)

Path = tuple[URIRef, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation to another node. ``kind`` is its type's name, ``path`` of predicates."""

    node: str
    kind: str
    path: Path
    value: Literal | None


@dataclass(frozen=True, slots=True)
class Page:
    """A node: its triples, and of members that are named graphs their main subjects."""

    url: str
    graph: Graph
    graphs: dict[URIRef, URIRef] = field(default_factory=dict)

    def members(self) -> list[Any]:
        """The members, in the order of their names; blank ones have none."""
        found = set(self.graph.objects(None, TREE.member))
        return sorted((one for one in found if isinstance(one, URIRef | BNode)), key=str)

    def count(self) -> int:
        """How many members there are."""
        return sum(1 for _ in self.graph.objects(None, TREE.member))

    def relations(self) -> list[Relation]:
        """All relations that the page has, by their nodes' addresses."""
        found = []
        for one in set(self.graph.objects(None, TREE.relation)):
            node = self.graph.value(one, TREE.node)
            if isinstance(node, URIRef):
                kinds = [str(kind) for kind in self.graph.objects(one, RDF.type)]
                kind = next((k.rpartition("#")[2] for k in kinds if k.startswith(TREE)), "Relation")
                value = self.graph.value(one, TREE.value)
                path = path_of(self.graph, self.graph.value(one, TREE.path))
                literal = value if isinstance(value, Literal) else None
                found.append(Relation(str(node), kind, path, literal))
        return sorted(found, key=lambda each: (each.node, each.kind, str(each.value)))


def path_of(graph: Graph, term: object) -> Path:
    """A property path: one predicate, or a list of them (SHACL §2.3.1)."""
    if isinstance(term, URIRef):
        return (term,)
    if isinstance(term, BNode) and graph.value(term, RDF.first) is not None:
        listed = list(Collection(graph, term))
        steps = tuple(one for one in listed if isinstance(one, URIRef))
        return steps if len(steps) == len(listed) else ()
    return ()


@dataclass(slots=True)
class Reader:
    """Fetches and parses pages."""

    client: Client
    _contexts: dict[str, Any] = field(default_factory=dict)

    def ask(self, url: str) -> Response:
        return self.client.get(urldefrag(url).url, headers={"Accept": ACCEPTED})

    def page(self, url: str) -> Page:
        """One page.

        Raises
        ------
        SourceError
        """
        return self.parsed(self.ask(url))

    def parsed(self, answer: Response) -> Page:
        """A page of RDF.

        Raises
        ------
        MalformedAnswer
            It is no RDF in a syntax that is read.
        """
        known = _FORMATS.get(answer.media_type)
        start = answer.body[:64].lstrip()
        if known is None:
            known = "json-ld" if start.startswith((b"{", b"[")) else "turtle"
        if start[:15].lower().startswith((b"<!doctype", b"<html", b"<?xml", b"<rdf:rdf")):
            raise MalformedAnswer(
                f"{shown_url(answer.url)} answered no Turtle or JSON-LD",
                hint="open the address in a browser to see what it says",
            )
        body = self._own_contexts(answer) if known == "json-ld" else answer.body
        try:
            if known == "turtle":
                graph = Graph()
                graph.parse(data=body, format="turtle", publicID=answer.url)
                return Page(answer.url, graph)
            return _of_quads(answer.url, body, known)
        except _BROKEN as error:
            raise MalformedAnswer(
                f"{shown_url(answer.url)} answered no valid {known}: {str(error)[:300]}"
            ) from error

    def _own_contexts(self, answer: Response) -> bytes:
        """JSON-LD whose contexts stand in it: rdflib would fetch them past our client."""
        body = self._embedded(answer.json(), answer.url, 0)
        return json.dumps(body).encode()

    def _embedded(self, value: Any, base: str, depth: int) -> Any:
        if isinstance(value, list):
            return [self._embedded(one, base, depth) for one in value]
        if not isinstance(value, dict):
            return value
        return {
            name: self._context(one, base, depth)
            if name in ("@context", "@import")
            else self._embedded(one, base, depth)
            for name, one in value.items()
        }

    def _context(self, stated: Any, base: str, depth: int) -> Any:
        if isinstance(stated, list):
            return [self._context(one, base, depth) for one in stated]
        if not isinstance(stated, str):
            return self._embedded(stated, base, depth)
        if depth > _DEEPEST_CONTEXT:
            raise MalformedAnswer(f"the contexts of {shown_url(base)} name each other without end")
        url = urljoin(base, stated)
        if url not in self._contexts:
            self._contexts[url] = self._fetched(url)
        return self._context(self._contexts[url], url, depth + 1)

    def _fetched(self, url: str) -> Any:
        answer = self.client.get(url, headers={"Accept": "application/ld+json, application/json"})
        body = answer.json()
        return body.get("@context", {}) if isinstance(body, dict) else {}


def _of_quads(url: str, body: bytes, syntax: str) -> Page:
    """All graphs as one; which subject stands for which named graph is kept."""
    dataset = Dataset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's own, of itself
        dataset.parse(data=body, format=syntax, publicID=url)
        quads = list(dataset.quads())
    graph = Graph()
    inside: dict[URIRef, list[Any]] = {}
    for subject, predicate, value, name in quads:
        graph.add((subject, predicate, value))
        if isinstance(name, URIRef) and not name.startswith("urn:x-rdflib"):
            inside.setdefault(name, []).append((subject, value))
    graphs = {name: main for name, pairs in inside.items() if (main := _main(pairs)) is not None}
    return Page(url, graph, graphs)


def _main(pairs: list[tuple[Any, Any]]) -> URIRef | None:
    """The one subject that nothing else in its graph leads to."""
    led_to = {value for _, value in pairs}
    roots = {one for one, _ in pairs if isinstance(one, URIRef) and one not in led_to}
    return min(roots, key=str) if roots else None


def walk(
    first: Page,
    reader: Reader,
    pruned: Callable[[list[Relation]], bool],
    observer: Observer,
) -> Iterator[Page]:
    """All nodes that relations lead to, each once, the first in the order they were found.

    Parameters
    ----------
    pruned
        Whether the relations to one node say that nothing there is wanted.

    Raises
    ------
    SourceError
        Telling at which page.
    """
    seen = {_name(first.url)}
    queue: deque[str] = deque()
    waiting: deque[Future[Response]] = deque()

    def found(page: Page) -> None:
        by_node: dict[str, list[Relation]] = {}
        for one in page.relations():
            by_node.setdefault(_name(same_server(one.node, first.url)), []).append(one)
        for node, relations in by_node.items():
            if node not in seen and not pruned(relations):
                seen.add(node)
                queue.append(node)

    done = first.count()
    yield first
    found(first)
    with ThreadPoolExecutor(AHEAD, thread_name_prefix="nodes") as pool:
        try:
            number = 1
            while queue or waiting:
                while queue and len(waiting) < AHEAD:
                    waiting.append(pool.submit(reader.ask, queue.popleft()))
                if observer.cancelled():
                    raise Cancelled("cancelled between pages")
                number += 1
                try:
                    page = reader.parsed(waiting.popleft().result())
                except SourceError as error:
                    raise located(error, number, done) from error
                seen.add(_name(page.url))
                done += page.count()
                found(page)
                yield page
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _name(url: str) -> str:
    return urldefrag(url).url
