"""Linked data event streams (LDES, on TREE): the newest version of every member, or all.

A stream is one layer. Its pages are followed by their relations; ``since`` leaves out the
pages whose relations say that nothing there is younger. Geometries are GeoSPARQL's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from itertools import chain
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from rdflib import DCTERMS, RDF, SH, BNode, Graph, Literal, URIRef

from commonplace.batch import GEOMETRY, Evidence, Field, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import MalformedAnswer, SourceError
from commonplace.http import Client, shown_url
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.ldes_members import (
    ARROW,
    GEO,
    Describer,
    Drawn,
    Member,
    Names,
    as_moment,
    batch_of,
    crs_of,
    shapes_of,
)
from commonplace.sources.ldes_pages import LDES, TREE, Page, Path, Reader, Relation, path_of, walk
from commonplace.sources.notes import find_layer
from commonplace.sources.paging import final_schema, spooled
from commonplace.sources.rows import chosen_columns, fields_of, filtered, known_where, limited
from commonplace.sources.service import ServiceSource

ROW: Final = "__row"
SAMPLE_PAGES: Final = 10
_NOT_YOUNGER: Final = {"LessThanRelation", "LessThanOrEqualToRelation", "EqualToRelation"}


@dataclass(frozen=True, slots=True)
class _Stream:
    """What the first page, and the stream's own description, say."""

    first: Page
    layer: Layer
    version_path: Path
    time_path: Path
    deletion: str | None


@dataclass(slots=True)
class _Newest:
    """The newest version of every object, by rows; deleted ones are none."""

    known: dict[bytes, tuple[dt.datetime, int, bool]] = field(default_factory=dict)
    older: int = 0

    def add(self, member: Member, row: int, *, deleted: bool) -> bool:
        """Whether the row may be kept for now."""
        key = _digest(member.object or member.name)
        moment = member.moment or _EARLIEST
        before = self.known.get(key)
        if before is not None and before[0] >= moment:
            self.older += 1
            return False
        self.older += before is not None
        self.known[key] = (moment, row, deleted)
        return not deleted

    def rows(self) -> pa.Array:
        kept = [row for _, row, deleted in self.known.values() if not deleted]
        return pa.array(np.array(kept, dtype=np.int64))


class LdesSource(ServiceSource):
    """One event stream. See :class:`commonplace.batch.Source`."""

    WHAT = "an event stream"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        self._reader = Reader(self._client)
        self._names = Names()
        self._stated_crs = identify(spec.crs) if spec.crs else None
        self._since = _moment(spec.ldes.since)
        self._stream: _Stream | None = None
        self._read: dict[str, object] = {}

    def layers(self) -> list[Layer]:
        """The stream."""
        return [self._described().layer]

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._address)

    # -- description ---------------------------------------------------------------------

    def _described(self) -> _Stream:
        if self._stream is None:
            self._stream = self._describe()
        return self._stream

    def _describe(self) -> _Stream:
        url = self._url
        first = self._reader.page(url)
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
        describer = Describer(self._names, version_path, time_path)
        members = self._sample(first, describer)
        declared = self._declared(about, stream)
        crs = self._stated_crs or _first_crs(members)
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
            time_field=None if not time_path else self._names.of("", str(time_path[-1])),
        )
        return _Stream(
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
        return self._reader.page(views[0])

    def _sample(self, first: Page, describer: Describer) -> list[Member]:
        """The members of the first page that has some."""
        for number, page in enumerate(walk(first, self._reader, lambda _: False, self._observer)):
            members = list(describer.members(page))
            if members or number >= SAMPLE_PAGES:
                return members
        return []

    def _declared(self, graph: Graph, stream: Any) -> dict[str, Field]:
        """Fields that a SHACL shape tells (``tree:shape``)."""
        shape = graph.value(stream, TREE.shape)
        if isinstance(shape, URIRef) and (shape, SH.property, None) not in graph:
            try:
                graph = self._reader.page(str(shape)).graph
            except SourceError as error:
                self._notebook.note(
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
            name = self._names.of("", str(path[0]))
            kind = ARROW.get(URIRef(str(datatype)), "string")
            fields[name] = Field(name, kind, _text(graph, one, SH.name))
        return fields

    # -- reading -------------------------------------------------------------------------

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        stream = self._described()
        known = stream.layer.field_names
        columns = chosen_columns(layer.name, known, query.columns)
        where = known_where(layer.name, known, query.where)
        bounds = None
        crs = stream.layer.crs
        if query.bbox is not None and crs is not None:
            bounds = transform_bounds(query.bbox, query.bbox_crs or crs, crs)
        newest = _Newest() if self._newest_only(stream) else None
        finish = partial(self._final, stream, columns, everything=query.columns is None)
        read = self._batches(stream, newest, where, bounds, query.limit)
        ready = spooled(read, finish, self._observer, f"read {layer.name}", query.limit)
        return limited(_chosen(ready, newest), query.limit, self._observer)

    def _newest_only(self, stream: _Stream) -> bool:
        return self._spec.ldes.versions == "newest" and bool(stream.version_path)

    def _batches(
        self,
        stream: _Stream,
        newest: _Newest | None,
        where: tuple[tuple[str, str], ...],
        bounds: Bounds | None,
        limit: int | None,
    ) -> Iterator[pa.RecordBatch]:
        """A batch a page. A limit ends it: then the newest are those of what was read."""
        describer = Describer(self._names, stream.version_path, stream.time_path)
        seen: set[bytes] = set()
        tally = {"pages": 0, "members": 0, "repeated": 0, "pruned": 0}
        latest: dt.datetime | None = None
        row = deleted = taken = 0

        def pruned(relations: list[Relation]) -> bool:
            gone = any(self._nothing_younger(stream, one) for one in relations)
            gone = gone or (bounds is not None and any(_apart(one, bounds) for one in relations))
            tally["pruned"] += gone
            return gone

        for page in walk(stream.first, self._reader, pruned, self._observer):
            tally["pages"] += 1
            kept: list[Member] = []
            rows: list[int] = []
            for one in describer.members(page):
                key = _digest(one.name)
                if key in seen:
                    tally["repeated"] += 1
                    continue
                seen.add(key)
                tally["members"] += 1
                if self._since and one.moment and one.moment < self._since:
                    continue
                if one.moment and (latest is None or one.moment > latest):
                    latest = one.moment
                gone = stream.deletion is not None and stream.deletion in one.types
                deleted += gone
                if gone if newest is None else not newest.add(one, row, deleted=gone):
                    continue
                kept.append(one)
                rows.append(row)
                row += 1
            if kept:
                batch = filtered(self._batch(stream, kept, rows), where, bounds)
                taken += batch.num_rows
                yield batch
            if limit is not None and taken >= limit:
                break
        self._read = dict(tally) | {
            "versions": "newest" if newest else "all",
            "older_versions": newest.older if newest else 0,
            "deleted": deleted,
            "latest": None if latest is None else latest.isoformat().replace("+00:00", "Z"),
        }

    def _batch(self, stream: _Stream, members: list[Member], rows: list[int]) -> pa.RecordBatch:
        shapes = None
        crs = stream.layer.crs
        name = stream.layer.name
        if crs is not None:
            shapes, bad, others = shapes_of(members, crs, stated=self._stated_crs is not None)
            self._count(name, "GEOMETRY_UNREADABLE", "a geometry can't be read", bad)
            text = f"a geometry is not in {crs}, the stream's first CRS: the row has none"
            self._count(name, "GEOMETRY_CRS_DIFFERS", text, others)
        extra = {ROW: pa.array(rows, pa.int64())}
        batch, mixed = batch_of(members, extra, shapes, by_object=self._newest_only(stream))
        for column in mixed:
            self._types_differ(name, column)
        return batch

    def _nothing_younger(self, stream: _Stream, relation: Relation) -> bool:
        """Whether all members of a node are older than ``since`` (TREE §3.2)."""
        if self._since is None or not stream.time_path or relation.path != stream.time_path:
            return False
        value = as_moment(relation.value)
        if value is None or relation.kind not in _NOT_YOUNGER:
            return False
        strictly = relation.kind == "LessThanRelation"
        return value <= self._since if strictly else value < self._since

    def _final(
        self,
        stream: _Stream,
        columns: tuple[str, ...],
        found: pa.Schema,
        texts: list[str],
        *,
        everything: bool,
    ) -> pa.Schema:
        for name in texts:
            self._types_differ(stream.layer.name, name)
        late = [one for one in found.names if one not in (*columns, GEOMETRY, ROW)]
        if everything and late:
            self._notebook.note(
                "COLUMNS_APPEARED",
                Severity.INFO,
                f"properties that the first members did not have: {', '.join(late)}",
                layer=stream.layer.name,
            )
            columns = (*columns, *late)
        declared = {one.name: one.type for one in stream.layer.fields}
        wanted = (*columns, ROW) if ROW in found.names else columns
        return final_schema(found, wanted, declared, geometry=stream.layer.crs is not None)

    def _count(self, layer: str, code: str, message: str, count: int) -> None:
        if count:
            self._notebook.note(code, Severity.ERROR, message, layer=layer, count=count)

    def _types_differ(self, layer: str, name: str) -> None:
        self._notebook.note(
            "TYPES_DIFFER",
            Severity.INFO,
            "members disagree on the property's type: it is read as text",
            layer=layer,
            attribute=name,
        )

    def evidence(self) -> Evidence:
        details: dict[str, object] = {
            **self._traffic(),
            "reused": self._client.tally.reused,
            **self._read,
        }
        return Evidence("ldes", self._address, details)


_EARLIEST: Final = dt.datetime.min.replace(tzinfo=dt.UTC)


def _chosen(batches: Iterator[pa.RecordBatch], newest: _Newest | None) -> Iterator[pa.RecordBatch]:
    """Rows of newest versions: known once the last page is read, which is before the first row."""
    rows: pa.Array | None = None
    for batch in batches:
        if ROW not in batch.schema.names:
            yield batch
            continue
        if newest is not None:
            rows = newest.rows() if rows is None else rows
            batch = batch.filter(pc.is_in(batch.column(ROW), value_set=rows))  # noqa: PLW2901
        yield batch.drop_columns([ROW])


def _apart(relation: Relation, bounds: Bounds) -> bool:
    """Whether a node's area has nothing of the rectangle (TREE, geospatial relations)."""
    if relation.kind != "GeospatiallyContainsRelation" or relation.value is None:
        return False
    drawn = Drawn(str(relation.value))
    text, _ = drawn.parted()
    area = shapely.from_wkt(text, on_invalid="ignore")
    if area is None or crs_of(drawn) != CRS84:
        return False
    return not shapely.intersects(area, shapely.box(*bounds))


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


def _moment(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    made = as_moment(Literal(text))
    if made is None:
        raise SourceError(
            f"{text!r} is no time", hint="as ISO 8601 writes it: 2026-01-31T12:00:00Z"
        )
    return made


def _digest(name: str) -> bytes:
    return blake2b(name.encode(), digest_size=12).digest()
