"""PostGIS: tables, views and materialised views of a PostgreSQL database as layers.

A layer is ``schema.table``; further geometry columns of a table are layers of their own,
``schema.table.column``. All layers are read as they were at one moment (a repeatable-read
snapshot that every connection shares), by binary ``COPY`` straight into Arrow columns.
Filters, columns, bbox and limit are the server's work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from commonplace.batch import GEOMETRY, Evidence, Field, Layer, Query
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.database.session import Session
from commonplace.database.user import signed_in
from commonplace.errors import AccessRefused, CrsUnknown, MalformedAnswer, SourceError
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Severity, Silent
from commonplace.sources.crsname import same_crs, transform_bounds
from commonplace.sources.notes import Notebook, find_layer
from commonplace.sources.postgis_catalogue import (
    Catalogue,
    Column,
    Relation,
    read_catalogue,
    reference_systems,
)
from commonplace.sources.postgis_columns import (
    SRID,
    Spatial,
    Statement,
    arranged,
    arrow_type,
    loses_digits,
    spatial_of,
)
from commonplace.sources.postgis_survey import Survey, seen_shapes, survey
from commonplace.sources.rows import chosen_columns, known_where, limited, unique_names, where_equal

PUBLIC: Final = "public"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A layer, and what of the database it is; ``columns`` in parallel to its fields."""

    layer: Layer
    relation: Relation
    columns: tuple[Column, ...]
    spatial: Spatial | None


@dataclass(frozen=True, slots=True)
class _Opened:
    session: Session
    catalogue: Catalogue
    entries: dict[str, _Entry]


class PostgisSource:
    """Layers of one database. See :class:`commonplace.batch.Source`."""

    def __init__(self, spec: SourceSpec, observer: Observer | None = None) -> None:
        if spec.url is None:
            raise SourceError("a database needs a url: postgresql://host/database")
        self._address = signed_in(spec)
        self._crs = identify(spec.crs) if spec.crs else None
        self._observer = observer or Silent()
        self._notebook = Notebook()
        self._all: _Opened | None = None

    def layers(self) -> list[Layer]:
        return [one.layer for one in self._opened().entries.values()]

    def layer(self, name: str | None = None) -> Layer:
        opened = self._opened()
        if name is not None and name not in opened.entries:
            name = name if "." in name else f"{PUBLIC}.{name}"
            self._explain_absence(opened.catalogue, name)
        return find_layer(self.layers(), name, self._address.shown)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        opened = self._opened()
        entry = opened.entries[layer.name]
        by_name = dict(zip(layer.field_names, entry.columns, strict=True))
        columns = chosen_columns(layer.name, layer.field_names, query.columns)
        where = known_where(layer.name, layer.field_names, query.where)
        statement = Statement(entry.relation, opened.catalogue.postgis)
        rest = [pair for pair in where if not statement.where(by_name[pair[0]], pair[1])]
        self._add_bounds(statement, entry, query)
        needed = dict.fromkeys((*columns, *(name for name, _ in rest)))
        sql = statement.sql(
            [(name, by_name[name]) for name in needed],
            entry.spatial,
            checked=entry.spatial is not None and not entry.spatial.one_srid,
            limit=None if rest else query.limit,
        )
        self._note_digits(entry, needed)
        read = self._read(opened.session, entry, sql, statement.parameters)
        names = [*columns, *([GEOMETRY] if entry.spatial is not None else [])]
        found = (where_equal(batch, rest).select(names) for batch in read)
        return limited(found, query.limit, self._observer)

    def findings(self) -> list[Finding]:
        return self._notebook.findings()

    def evidence(self) -> Evidence:
        opened = self._opened()
        details: dict[str, object] = {
            "server": f"PostgreSQL {opened.catalogue.server}",
            "postgis": opened.catalogue.version,
            "isolation": "repeatable read, read only",
            "stated_crs": self._crs,
            "keys": {
                one.layer.name: [column.name for column in one.columns if column.is_key]
                for one in opened.entries.values()
            },
        }
        return Evidence("postgis", self._address.shown, details)

    def _opened(self) -> _Opened:
        if self._all is None:
            session = Session(self._address)
            catalogue = read_catalogue(session)
            if catalogue.postgis is None:
                self._notebook.note(
                    "POSTGIS_ABSENT",
                    Severity.INFO,
                    "the database has no PostGIS: its tables have no geometry",
                    fix="CREATE EXTENSION postgis",
                )
            entries = self._entries(session, catalogue)
            self._all = _Opened(session, catalogue, entries)
        return self._all

    def _entries(self, session: Session, catalogue: Catalogue) -> dict[str, _Entry]:
        readable = [one for one in catalogue.relations if one.readable and not _is_raster(one)]
        surveyed = survey(session, catalogue.postgis, readable)
        entries: dict[str, _Entry] = {}
        for relation in readable:
            for spatial in self._geometries(session, catalogue, relation):
                entry = self._entry(relation, spatial, surveyed, further=relation.label in entries)
                entries[entry.layer.name] = entry
        for relation in catalogue.relations:
            if _is_raster(relation):
                self._note_skipped("RASTER_SKIPPED", relation, "it holds a raster")
        known = _reference_systems(session, catalogue, entries.values())
        return {name: self._with_crs(one, known) for name, one in entries.items()}

    def _geometries(
        self, session: Session, catalogue: Catalogue, relation: Relation
    ) -> Sequence[Spatial | None]:
        """Its geometry columns; what a column doesn't say is looked up in its first rows."""
        if catalogue.postgis is None or not relation.spatial:
            return [None]
        found: list[Spatial | None] = []
        for column in relation.spatial:
            spatial = spatial_of(column)
            if not spatial.one_srid or spatial.type == "Unknown":
                spatial = self._seen(session, catalogue.postgis, relation, spatial)
            found.append(spatial)
        return found

    def _seen(
        self, session: Session, postgis: str, relation: Relation, spatial: Spatial
    ) -> Spatial:
        try:
            srids, types = seen_shapes(session, postgis, relation, spatial)
        except SourceError as error:
            self._note_skipped("LAYER_UNREADABLE", relation, str(error), Severity.WARNING)
            return spatial
        if len(types) > 1:
            self._notebook.note(
                "GEOMETRY_TYPES_MIXED",
                Severity.INFO,
                f"column {spatial.column} holds several kinds: {', '.join(types)}",
                layer=relation.label,
                attribute=spatial.column,
            )
        return replace(
            spatial,
            srid=spatial.srid or next(iter(srids), 0),
            type=types[0] if len(types) == 1 and spatial.type == "Unknown" else spatial.type,
        )

    def _entry(
        self,
        relation: Relation,
        spatial: Spatial | None,
        surveyed: Survey,
        *,
        further: bool,
    ) -> _Entry:
        columns = tuple(
            one
            for one in relation.columns
            if one.may_read and not (one.is_spatial and spatial is not None)
        )
        hidden = [one.name for one in relation.columns if not one.may_read]
        if hidden and not further:
            self._notebook.note(
                "COLUMNS_REFUSED",
                Severity.WARNING,
                f"the user may not read: {', '.join(hidden)}",
                layer=relation.label,
                fix=f"GRANT SELECT ON {relation.sql} to the user",
                count=len(hidden),
            )
        names = unique_names([one.name for one in columns])
        label = relation.label
        if further and spatial is not None:
            label = f"{label}.{spatial.column}"
        extent = None
        if spatial is not None:
            extent = surveyed.extents.get((relation.label, spatial.column))
        layer = Layer(
            name=label,
            title=relation.title,
            fields=tuple(
                Field(name, arrow_type(one), one.title)
                for name, one in zip(names, columns, strict=True)
            ),
            geometry_type=None if spatial is None else spatial.type,
            extent=extent,
            count=surveyed.counts.get(relation.label),
            count_is_estimate=relation.label in surveyed.estimated,
            encoding="UTF-8",
        )
        return _Entry(layer, relation, columns, spatial)

    def _with_crs(self, entry: _Entry, known: dict[int, tuple[str | None, str | None]]) -> _Entry:
        if entry.spatial is None:
            return entry
        found = self._code(entry, known)
        if self._crs is not None and found is not None and not same_crs(found, self._crs):
            self._notebook.note(
                "CRS_STATED_DIFFERS",
                Severity.WARNING,
                f"the database says {found[:60]}, the job {self._crs}: the job's is taken",
                layer=entry.layer.name,
                value=found[:60],
                fix="take crs out of the job's source if the database is right",
            )
        return replace(entry, layer=replace(entry.layer, crs=self._crs or found))

    def _code(self, entry: _Entry, known: dict[int, tuple[str | None, str | None]]) -> str | None:
        assert entry.spatial is not None
        srid = entry.spatial.srid
        for text in known.get(srid, ()):
            if text is not None:
                try:
                    return identify(text)
                except CrsUnknown:
                    continue
        if self._crs is None:
            self._notebook.note(
                "SRID_UNKNOWN",
                Severity.WARNING,
                f"column {entry.spatial.column} has SRID {srid}"
                + ("" if srid == 0 else ", which nobody knows")
                + ": its CRS is not stated",
                layer=entry.layer.name,
                value=str(srid),
                fix="state crs in the job's source, or UpdateGeometrySRID in the database",
            )
        return None

    def _add_bounds(self, statement: Statement, entry: _Entry, query: Query) -> None:
        if query.bbox is None:
            return
        if entry.spatial is None:
            self._notebook.note(
                "BBOX_IGNORED",
                Severity.WARNING,
                "a table without geometry has no bbox",
                layer=entry.layer.name,
            )
            return
        box: Bounds = query.bbox
        if query.bbox_crs is not None and entry.layer.crs is not None:
            box = transform_bounds(box, query.bbox_crs, entry.layer.crs)
        statement.meets(entry.spatial, entry.spatial.srid, box)

    def _read(
        self, session: Session, entry: _Entry, sql: str, parameters: Sequence[str]
    ) -> Iterator[pa.RecordBatch]:
        with session.batches(sql, parameters) as reader:
            while True:
                with session.errors():
                    read = next(reader, None)
                if read is None:
                    return
                batch, infinite = arranged(read)
                for name, count in infinite.items():
                    self._notebook.note(
                        "TIME_INFINITE",
                        Severity.INFO,
                        "infinity is no time: it is read as no value",
                        layer=entry.layer.name,
                        attribute=name,
                        count=count,
                    )
                yield _checked(batch, entry)

    def _note_digits(self, entry: _Entry, names: Any) -> None:
        for name, column in zip(entry.layer.field_names, entry.columns, strict=True):
            if name in names and loses_digits(column):
                self._notebook.note(
                    "NUMERIC_AS_DOUBLE",
                    Severity.INFO,
                    "numeric is read as double precision: 15 digits",
                    layer=entry.layer.name,
                    attribute=name,
                )

    def _note_skipped(
        self, code: str, relation: Relation, why: str, severity: Severity = Severity.INFO
    ) -> None:
        self._notebook.note(code, severity, f"{relation.label}: {why}", value=relation.label)

    def _explain_absence(self, catalogue: Catalogue, name: str) -> None:
        """Raise what is truer than *not found* of a table that is there."""
        relation = next((one for one in catalogue.relations if one.label == name), None)
        if relation is None:
            return
        if not relation.readable:
            raise AccessRefused(
                f"{self._address.shown} refuses to read {name}",
                hint=f"GRANT SELECT ON {relation.sql} to the user, and USAGE on its schema",
            )
        if _is_raster(relation):
            raise SourceError(
                f"{name} holds a raster; layers are vector data",
                hint="polygonise it in the database: a view with ST_DumpAsPolygons",
            )


def _is_raster(relation: Relation) -> bool:
    return not relation.spatial and any(one.type == "raster" for one in relation.columns)


def _reference_systems(
    session: Session, catalogue: Catalogue, entries: Any
) -> dict[int, tuple[str | None, str | None]]:
    srids = {one.spatial.srid for one in entries if one.spatial is not None and one.spatial.srid}
    return reference_systems(session, catalogue.postgis or "", srids)


def _checked(batch: pa.RecordBatch, entry: _Entry) -> pa.RecordBatch:
    """The batch without its SRIDs, which must all be the layer's."""
    if SRID not in batch.schema.names:
        return batch
    assert entry.spatial is not None
    srids = np.unique(pc.drop_null(batch.column(SRID)).to_numpy()).tolist()
    if any(one != entry.spatial.srid for one in srids):
        shown = ", ".join(str(one) for one in sorted({*srids, entry.spatial.srid}))
        raise MalformedAnswer(
            f"{entry.layer.name}: geometries of several SRIDs in one column: {shown}",
            hint="make a view for each, or ST_Transform them to one",
        )
    return batch.drop_columns([SRID])
