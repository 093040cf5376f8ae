"""Linked data event streams (LDES, on TREE): the newest version of every member, or all.

A stream is one layer. Its pages are followed by their relations; ``since`` leaves out the
pages whose relations say that nothing there is younger. Geometries are GeoSPARQL's.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import blake2b
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from rdflib import Literal

from commonplace.batch import GEOMETRY, Evidence, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import SourceError
from commonplace.http import Client
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.ldes_members import (
    Describer,
    Drawn,
    Member,
    Names,
    as_moment,
    batch_of,
    crs_of,
    shapes_of,
)
from commonplace.sources.ldes_pages import Reader, Relation, walk
from commonplace.sources.ldes_stream import Stream, survey
from commonplace.sources.notes import find_layer
from commonplace.sources.paging import final_schema, spooled
from commonplace.sources.rows import chosen_columns, filtered, known_where, limited
from commonplace.sources.service import ServiceSource

ROW: Final = "__row"
_NOT_YOUNGER: Final = {"LessThanRelation", "LessThanOrEqualToRelation", "EqualToRelation"}


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
        self._stream: Stream | None = None
        self._read: dict[str, object] = {}

    def layers(self) -> list[Layer]:
        """The stream."""
        return [self._described().layer]

    def layer(self, name: str | None = None) -> Layer:
        return find_layer(self.layers(), name, self._address)

    # -- description ---------------------------------------------------------------------

    def _described(self) -> Stream:
        if self._stream is None:
            self._stream = survey(
                self._url,
                self._reader,
                self._names,
                self._stated_crs,
                self._notebook,
                self._observer,
            )
        return self._stream

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

    def _newest_only(self, stream: Stream) -> bool:
        return self._spec.ldes.versions == "newest" and bool(stream.version_path)

    def _batches(
        self,
        stream: Stream,
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

    def _batch(self, stream: Stream, members: list[Member], rows: list[int]) -> pa.RecordBatch:
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

    def _nothing_younger(self, stream: Stream, relation: Relation) -> bool:
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
        stream: Stream,
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
