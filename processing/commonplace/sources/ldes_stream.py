"""What an event stream says of itself, by its first page, its shape and its first members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from rdflib import DCTERMS, RDF, SH, BNode, Graph, Literal, URIRef

from commonplace.batch import GEOMETRY, Field, Layer
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import shown_url
from commonplace.report import Observer, Severity
from commonplace.sources.crsname import CRS84
from commonplace.sources.ldes_members import (
    ARROW,
    GEO,
    Describer,
    Member,
    Names,
    batch_of,
    crs_of,
    shapes_of,
)
from commonplace.sources.ldes_pages import LDES, TREE, Page, Path, Reader, path_of, walk
from commonplace.sources.notes import Notebook
from commonplace.sources.rows import fields_of

SAMPLE_PAGES: Final = 10


@dataclass(frozen=True, slots=True)
class Stream:
    """What the first page, and the stream's own description, say."""

    first: Page
    layer: Layer
    version_path: Path
    time_path: Path
    deletion: str | None


def survey(
    url: str,
    reader: Reader,
    names: Names,
    stated_crs: str | None,
    notebook: Notebook,
    observer: Observer,
) -> Stream:
    """The stream at an address.

    Raises
    ------
    MalformedAnswer
        There is no member, relation or view.
    SourceError
    """
    return _Survey(reader, names, stated_crs, notebook, observer).described(url)


@dataclass(frozen=True, slots=True)
class _Survey:
    reader: Reader
    names: Names
    stated_crs: str | None
    notebook: Notebook
    observer: Observer

    def described(self, url: str) -> Stream:
        first = self.reader.page(url)
        stream = _stream_of(first)
        about = first.graph
        if not first.relations() and not first.members():
            first = self._entered(first)
        if stream is not None and (stream, LDES.timestampPath, None) not in about:
            about = about + first.graph
        title = _text(about, stream, DCTERMS.title)
        version_path = path_of(about, about.value(stream, LDES.versionOfPath))
        time_path = path_of(about, about.value(stream, LDES.timestampPath))
        deletion = about.value(stream, LDES.versionDeleteObject)
        describer = Describer(self.names, version_path, time_path)
        members = self._sample(first, describer)
        declared = self._declared(about, stream)
        crs = self.stated_crs or _first_crs(members)
        drawn = any(one.drawn for one in members) or GEOMETRY in declared
        declared.pop(GEOMETRY, None)
        batch, _ = batch_of(members, {}, None, by_object=False)
        seen = {one.name: one for one in fields_of(batch.schema)}
        fields = [
            declared.get(one.name) or Field(one.name, "string" if one.type == "null" else one.type)
            for one in seen.values()
        ]
        fields += [one for name, one in declared.items() if name not in seen]
        layer = Layer(
            _layer_name(stream, url),
            title=title,
            fields=tuple(fields),
            geometry_type=_geometry_type(members, crs or CRS84) if drawn else None,
            crs=(crs or CRS84) if drawn else None,
            licence=_text(about, stream, DCTERMS.license),
            time_field=None if not time_path else self.names.of("", str(time_path[-1])),
        )
        return Stream(
            first, layer, version_path, time_path, None if deletion is None else str(deletion)
        )

    def _entered(self, page: Page) -> Page:
        """The first node of a view: any one view leads to all members."""
        views = sorted(
            {str(one) for one in page.graph.objects(None, TREE.view) if isinstance(one, URIRef)}
        )
        if not views:
            raise MalformedAnswer(
                f"{shown_url(page.url)} is no event stream: no member, relation or view",
                hint="name the address of the stream or of one of its nodes",
            )
        return self.reader.page(views[0])

    def _sample(self, first: Page, describer: Describer) -> list[Member]:
        """The members of the first page that has some."""
        for number, page in enumerate(walk(first, self.reader, lambda _: False, self.observer)):
            members = list(describer.members(page))
            if members or number >= SAMPLE_PAGES:
                return members
        return []

    def _declared(self, graph: Graph, stream: Any) -> dict[str, Field]:
        """Fields that a SHACL shape tells (``tree:shape``)."""
        shape = graph.value(stream, TREE.shape)
        if isinstance(shape, URIRef) and (shape, SH.property, None) not in graph:
            try:
                graph = self.reader.page(str(shape)).graph
            except SourceError as error:
                self.notebook.note(
                    "SHAPE_UNREADABLE",
                    Severity.INFO,
                    f"the stream's shape can't be read: {error.message}"[:300],
                )
                return {}
        fields: dict[str, Field] = {}
        for one in sorted(graph.objects(shape, SH.property), key=str):
            path = path_of(graph, graph.value(one, SH.path))
            datatype = graph.value(one, SH.datatype)
            if len(path) != 1 or path[0] == RDF.type:
                continue
            if datatype in (GEO.wktLiteral, GEO.geoJSONLiteral):
                fields[GEOMETRY] = Field(GEOMETRY, "binary")
                continue
            if isinstance(graph.value(one, SH.node), BNode | URIRef):
                continue  # nested: its columns are those that members have
            name = self.names.of("", str(path[0]))
            kind = ARROW.get(URIRef(str(datatype)), "string")
            fields[name] = Field(name, kind, _text(graph, one, SH.name))
        return fields


def _stream_of(page: Page) -> Any:
    """The stream, or collection, that a page is about."""
    for kind in (LDES.EventStream, TREE.Collection):
        found = page.graph.value(None, RDF.type, kind)
        if found is not None:
            return found
    for predicate in (LDES.timestampPath, TREE.view, TREE.member):
        for subject in page.graph.subjects(predicate, None):
            return subject
    return None


def _first_crs(members: Sequence[Member]) -> str | None:
    known = (crs_of(one.drawn) for one in members if one.drawn is not None)
    return next((one for one in known if one is not None), None)


def _geometry_type(members: Sequence[Member], crs: str) -> str:
    """The one kind seen in the sample; ``Unknown`` when there are several or none."""
    shapes, _, _ = shapes_of(members, crs, stated=True)
    kinds = {one.geom_type for one in shapes if one is not None}
    return kinds.pop() if len(kinds) == 1 else "Unknown"


def _layer_name(stream: Any, url: str) -> str:
    address = str(stream) if isinstance(stream, URIRef) else url
    steps = address.partition("?")[0].rstrip("/#").replace("#", "/").split("/")
    return steps[-1] or "stream"


def _text(graph: Graph, subject: Any, predicate: URIRef) -> str | None:
    if subject is None:
        return None
    found = sorted(graph.objects(subject, predicate), key=str)
    plain = [one for one in found if not (isinstance(one, Literal) and one.language)]
    chosen = next(chain(plain, found), None)
    return None if chosen is None else str(chosen)
