"""Entities of an NGSI-LD broker (ETSI GS CIM 009 v1.9.1), a layer a type.

Asked for in normalized form, which alone tells kinds, units and times; read in whatever
form comes. Beside a type's own layer there are

``Type.attribute``
    all instances (``datasetId``) of an attribute that has several, a row an instance;
``Type@history``
    its temporal evolution, a row a moment, with a time axis.

There is no CRS in NGSI-LD: coordinates are WGS 84, longitude first (§4.7.1), so layers are
in OGC:CRS84. Filters of the job are applied here: brokers differ in what their geo-queries
find (3D points, for one); what the job states in ``ngsi`` goes to the broker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final

import pyarrow as pa

from commonplace.batch import GEOMETRY, Evidence, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import LayerNotFound
from commonplace.http import Client, shown_url
from commonplace.job import SourceSpec
from commonplace.report import Observer, Severity, Silent
from commonplace.sources.connect import client_for
from commonplace.sources.crsname import CRS84, transform_bounds
from commonplace.sources.ngsibroker import Broker
from commonplace.sources.ngsichecks import Checks
from commonplace.sources.ngsicolumns import Parsed
from commonplace.sources.ngsipages import Progress
from commonplace.sources.ngsisubscription import Subscription
from commonplace.sources.ngsitemporal import History
from commonplace.sources.ngsiviews import Instances, Present, Shared, View, is_of
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.paging import final_schema, spooled
from commonplace.sources.rows import chosen_columns, filtered, known_where, limited
from commonplace.sources.service import ServiceSource

PAGE_SIZE: Final = 1_000  # the most that Orion-LD and Scorpio give
DESCRIBED_AT_ONCE: Final = 30  # types: each costs a request


class NgsiLdSource(ServiceSource):
    """The entity types of one broker. See :class:`commonplace.batch.Source`."""

    WHAT = "an NGSI-LD source"

    def __init__(
        self,
        spec: SourceSpec,
        observer: Observer | None = None,
        client: Client | None = None,
    ) -> None:
        super().__init__(spec, observer, client)
        self._crs = identify(spec.crs) if spec.crs else CRS84
        self._broker = Broker(spec, self._client, self._notebook, self._crs)
        self._asking = Shared(self._broker, spec.ngsi, self._notebook, spec.page_size or PAGE_SIZE)
        self._read: dict[str, dict[str, object]] = {}

    def layers(self) -> list[Layer]:
        """All types; with fields, counts and further layers where there are not too many."""
        names = list(self._broker.listed())
        if len(names) > DESCRIBED_AT_ONCE:
            return [self._broker.plain(name) for name in names]
        found = []
        for name in names:
            kind = self._broker.described(name)
            found.append(kind.layer)
            found.extend(Instances(self._asking, kind, one).layer for one in kind.several)
            history = History(self._asking, kind)
            if history.worth_listing():
                found.append(history.layer)
        return found

    def layer(self, name: str | None = None) -> Layer:
        return self._view(name).layer

    def _view(self, name: str | None) -> View:
        """The view that a layer's name means: a type, its instances or its history."""
        names = self._broker.listed()
        known = [Layer(one) for one in names]
        if name is not None and name not in names:
            kind, at, what = name.rpartition("@")
            if at and what == History.SUFFIX and kind in names:
                return History(self._asking, self._broker.described(kind))
            kind = max((one for one in names if name.startswith(f"{one}.")), key=len, default="")
            if kind:
                return self._instances(kind, name.removeprefix(f"{kind}."))
        found = find_layer(known, name, shown_url(self._broker.asked.base))
        return Present(self._asking, self._broker.described(found.name))

    def _instances(self, kind: str, attribute: str) -> View:
        described = self._broker.described(kind)
        known = {*self._broker.listed()[kind].attributes, *described.stored.values()}
        if attribute not in known:
            raise LayerNotFound(
                f"type {kind!r} has no attribute {attribute!r}",
                hint=f"there are: {', '.join(sorted(known))}",
            )
        return Instances(self._asking, described, attribute)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        view = self._view(layer.name)
        known = view.layer.field_names
        columns = chosen_columns(layer.name, known, query.columns)
        where = known_where(layer.name, known, query.where)
        located = view.layer.geometry_type is not None
        bounds = self._bounds(query) if query.bbox is not None and located else None
        read = self._batches(view, where, bounds, query.limit)
        everything = query.columns is None
        finish = partial(self._final, view.layer, columns, everything=everything)
        step = f"read {layer.name}"
        ready = spooled(read, finish, self._observer, step, query.limit or view.layer.count)
        return limited(ready, query.limit, self._observer)

    def _bounds(self, query: Query) -> Bounds:
        assert query.bbox is not None
        return transform_bounds(query.bbox, query.bbox_crs or self._crs, self._crs)

    def _batches(
        self,
        view: View,
        where: tuple[tuple[str, str], ...],
        bounds: Bounds | None,
        limit: int | None,
    ) -> Iterator[pa.RecordBatch]:
        checks = Checks(self._notebook, view.layer.name, self._expected())
        progress = Progress()
        taken = 0
        for made in view.pages(progress):
            self._tell(view.layer.name, made, checks)
            batch = filtered(made.batch, where, bounds)
            taken += batch.num_rows
            yield batch
            if limit is not None and taken >= limit:
                break
        self._read[view.layer.name] = {
            "entities": len(progress.seen),
            "pages": progress.pages,
            "snapshot": False,
            **view.evidence(),
        }

    def _tell(self, layer: str, made: Parsed, checks: Checks) -> None:
        checks.positions(made)
        checks.unreadable(made)
        for name in made.mixed:
            checks.types_differ(name)
        checks.instances(made)

    def _expected(self) -> Bounds | None:
        """Where the job expects the data, in longitude and latitude."""
        box = self._spec.bbox
        return transform_bounds(box, self._spec.bbox_crs or self._crs, CRS84) if box else None

    def _final(
        self,
        layer: Layer,
        columns: tuple[str, ...],
        found: pa.Schema,
        texts: list[str],
        *,
        everything: bool,
    ) -> pa.Schema:
        checks = Checks(self._notebook, layer.name, None)
        for name in texts:
            checks.types_differ(name)
        late = [one for one in found.names if one not in layer.field_names and one != GEOMETRY]
        if everything and late:
            self._notebook.note(
                "COLUMNS_APPEARED",
                Severity.INFO,
                f"attributes that the broker did not announce: {', '.join(late)}",
                layer=layer.name,
            )
            columns = (*columns, *late)
        declared = {one.name: one.type for one in layer.fields}
        return final_schema(found, columns, declared, geometry=layer.geometry_type is not None)

    # --- what a watch needs ---

    def followed(self, name: str) -> Layer:
        """A layer whose changes are notified: that of an entity type.

        Raises
        ------
        LayerNotFound
            There is none, or it holds instances or history of one.
        """
        if name not in self._broker.listed():
            found = self.layer(name)
            raise LayerNotFound(
                f"{found.name!r} can't be followed: it holds instances or history of attributes",
                hint="follow the layer of the entity type",
            )
        return self.layer(name)

    def subscription(self, layers: list[str], notebook: Notebook, name: str) -> Subscription:
        """A subscription to the types of some layers, not yet made.

        Its requests don't ask the observer, so that it can be removed after cancelling.
        """
        types = [self._broker.described(one).listed.asked for one in layers]
        client = client_for(self._spec, Silent())
        return Subscription(self._broker.asked, client, notebook, types, name)

    def rows_of(
        self, layer: Layer, entities: Sequence[Mapping[str, Any]], query: Query
    ) -> tuple[pa.RecordBatch | None, list[str]]:
        """Rows of a layer from entities as they were notified, and ids that ``query`` excludes.

        None when no entity is of its type. Columns without any value are left out.
        """
        kind = self._broker.described(layer.name)
        mine = [one for one in entities if is_of(one, kind)]
        if not mine:
            return None, []
        located = kind.layer.geometry_type is not None
        made = self._broker.columns(mine, with_geometry=located, renamed=kind.renamed)
        self._tell(layer.name, made, Checks(self._notebook, layer.name, self._expected()))
        where = known_where(layer.name, kind.layer.field_names, query.where)
        bounds = self._bounds(query) if query.bbox is not None and located else None
        batch = filtered(made.batch, where, bounds)
        kept = set(batch.column("id").to_pylist())
        empty = [one.name for one in batch.schema if pa.types.is_null(one.type)]
        excluded = [one["id"] for one in mine if one["id"] not in kept]
        return batch.drop_columns(empty), excluded

    def evidence(self) -> Evidence:
        details: dict[str, object] = {
            **self._traffic(),
            "tenant": self._spec.tenant,
            "filters": "applied here",
            "layers": dict(self._read),
        }
        return Evidence("ngsild", self._address, details)
