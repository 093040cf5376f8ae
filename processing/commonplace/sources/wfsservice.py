"""A WFS asked for what it has: capabilities, schemas, a few features of each type, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY, Field, Layer
from commonplace.bounds import Bounds
from commonplace.crs import identify
from commonplace.errors import CrsUnknown, MalformedAnswer, ServerFault, SourceError
from commonplace.gml.reading.values import arrow_type
from commonplace.http import Response, shown_url
from commonplace.report import Severity
from commonplace.sources.axes import moved_extent
from commonplace.sources.crsname import CRS84
from commonplace.sources.geojson import swapped
from commonplace.sources.gmlflat import ID
from commonplace.sources.notes import Notebook
from commonplace.sources.rows import fields_of
from commonplace.sources.wfsaxes import Shapes, exchanged
from commonplace.sources.wfscapabilities import (
    OWN,
    VERSIONS,
    Capabilities,
    FeatureKind,
    StoredQuery,
    capabilities_of,
    chosen_format,
    stored_queries,
)
from commonplace.sources.wfsrequest import Request
from commonplace.sources.wfsschema import NOTHING, Declared, declared
from commonplace.sources.wfsstore import GmlStore, JsonStore, Store
from commonplace.sources.wfsxml import Asker, ServiceRefused, root_of, service_address

SAMPLE: Final = 10
SAMPLE_NESTED: Final = 200
STORED_QUERY: Final = "storedquery_id"


@dataclass(frozen=True, slots=True)
class Kind:
    """A feature type as described: how it is asked for, and what is known of it.

    ``swap`` says that coordinates come with x and y exchanged; ``sample`` are a few rows,
    put right. ``trusted`` says which properties the schema declares as plain values.
    """

    kind: FeatureKind
    layer: Layer
    request: Request
    swap: bool
    declared: Declared
    sample: pa.Table

    def store(self, folder: Path) -> Store:
        """What takes pages of it."""
        return _store(self.request, self.kind, self.declared, folder)


def _store(request: Request, kind: FeatureKind, schema: Declared, folder: Path) -> Store:
    if request.json:
        return JsonStore(folder)
    name = None if request.name is None else kind.local
    return GmlStore(name, folder, request.srs or kind.crs, schema.values)


@dataclass(slots=True)
class Service:
    """Asks a service for its feature types; describes each once."""

    url: str
    asker: Asker
    notebook: Notebook
    stated_crs: str | None = None
    wanted_format: str | None = None
    _base: str = ""
    _given: Mapping[str, str] = field(default_factory=dict)
    _capabilities: Capabilities | None = None
    _known: dict[str, Kind] = field(default_factory=dict)
    _stored: tuple[StoredQuery, ...] | None = None

    def __post_init__(self) -> None:
        self._base, self._given = service_address(self.url, OWN | {STORED_QUERY})

    @property
    def capabilities(self) -> Capabilities:
        """What the service says of itself; asked for once.

        Raises
        ------
        SourceError
        """
        if self._capabilities is None:
            version = self._given.get("version")
            asked = ("version", version) if version else ("acceptVersions", ",".join(VERSIONS))
            pairs = (("service", "WFS"), ("request", "GetCapabilities"))
            try:
                answer = self.asker.ask(self._base, (*pairs, asked))
            except ServiceRefused:
                answer = self.asker.ask(self._base, pairs)
            self._capabilities = capabilities_of(answer, self._base)
        return self._capabilities

    def kinds(self) -> list[FeatureKind]:
        """The feature types; only those that the address names, where it does."""
        query = self._given.get(STORED_QUERY)
        if query is not None:
            name = query.rpartition(":")[2].rpartition("/")[2] or query
            return [FeatureKind(name, query, None, None, ())]
        every = self.capabilities.kinds
        named = self._given.get("typenames") or self._given.get("typename")
        if named is None:
            return list(every.values())
        wanted = [one.strip("() ") for one in named.split(",")]
        found = [one for one in every.values() if one.name in wanted or one.local in wanted]
        if not found:
            raise SourceError(
                f"{shown_url(self.url)}: there is no feature type {named!r}",
                hint=f"there are: {', '.join(every)}",
            )
        return found

    def shown(self, kind: FeatureKind) -> str:
        """A feature type's name as a layer: without its prefix where that tells enough.

        Prefixes are the server's whim, and some change with the version that is asked for.
        """
        same = [one for one in self.capabilities.kinds.values() if one.local == kind.local]
        return kind.name if len(same) > 1 else kind.local

    def stored(self) -> tuple[StoredQuery, ...]:
        """The queries that the server keeps (WFS 2.0); asked for once."""
        if self._stored is None:
            capabilities = self.capabilities
            offered = capabilities.modern and "DescribeStoredQueries" in capabilities.addresses
            try:
                answer = self._operation("DescribeStoredQueries", ()) if offered else None
                self._stored = () if answer is None else stored_queries(answer)
            except SourceError:
                self._stored = ()
        return self._stored

    def plain(self, kind: FeatureKind) -> Layer:
        """What the capabilities themselves say."""
        crs = self.stated_crs or self._code(kind)
        return Layer(
            name=self.shown(kind),
            title=kind.title,
            geometry_type="Unknown",
            crs=crs,
            extent=None if crs is None else moved_extent(kind.extent, crs),
            licence=self.capabilities.licence,
        )

    def described(self, kind: FeatureKind) -> Kind:
        """A feature type with fields, CRS, axis order and count; asked for once."""
        if kind.name not in self._known:
            self._known[kind.name] = self._describe(kind)
        return self._known[kind.name]

    def _operation(self, name: str, pairs: tuple[tuple[str, str], ...]) -> Response:
        capabilities = self.capabilities
        asked = (("service", "WFS"), ("version", capabilities.version), ("request", name))
        return self.asker.ask(capabilities.address(name), (*asked, *pairs))

    def _describe(self, kind: FeatureKind) -> Kind:
        request = self._request(kind)
        schema = NOTHING if request.name is None else self._schema(kind)
        request = replace(request, geometry=schema.geometry)
        with TemporaryDirectory(prefix="commonplace-") as folder:
            request, store = self._sampled(request, kind, schema, Path(folder))
            seen = store.layer(Notebook())
            table = pa.table({})
            if seen is not None:
                table = pa.Table.from_batches(list(store.batches()), store.schema())
        crs, swap = self._system(kind, seen, table, json=request.json)
        if GEOMETRY in table.column_names and crs is None:
            self._note(kind, "CRS_UNKNOWN", Severity.ERROR, f"nobody knows the CRS {kind.crs!r}")
        layer = replace(
            self.plain(kind),
            fields=_fields(schema, table),
            geometry_type=_geometry_type(schema, seen),
            crs=crs,
            extent=None if crs is None else moved_extent(kind.extent, crs),
            count=self._count(request),
        )
        return Kind(kind, layer, request, swap, schema, put_right(table, swap=swap))

    def _request(self, kind: FeatureKind) -> Request:
        capabilities = self.capabilities
        query = self._given.get(STORED_QUERY)
        wanted = self.wanted_format or self._given.get("outputformat")
        chosen = chosen_format(kind.formats, wanted, capabilities.version)
        return Request(
            address=capabilities.address("GetFeature"),
            version=capabilities.version,
            name=kind.name if query is None else None,
            format=chosen,
            srs=self._given.get("srsname") or kind.crs,
            extra=() if query is None else ((STORED_QUERY, query),),
        )

    def _schema(self, kind: FeatureKind) -> Declared:
        name = "typeNames" if self.capabilities.modern else "typeName"
        try:
            answer = self._operation("DescribeFeatureType", ((name, kind.name),))
            return declared(root_of(answer.body, shown_url(answer.url)), kind.local)
        except (ServerFault, MalformedAnswer) as error:
            self._note(
                kind,
                "SCHEMA_UNAVAILABLE",
                Severity.INFO,
                f"no schema of the feature type: its values are taken as they look ({error})",
            )
            return NOTHING

    def _sampled(
        self, request: Request, kind: FeatureKind, schema: Declared, folder: Path
    ) -> tuple[Request, Store]:
        """The first features; without a CRS or a format where the server refuses them."""
        size = SAMPLE if schema.whole else SAMPLE_NESTED
        tries = [request, replace(request, srs=None), replace(request, srs=None, format=None)]
        if "srsname" in self._given:
            tries = tries[:1]
        for number, one in enumerate(dict.fromkeys(tries)):
            store = _store(one, kind, schema, folder / str(number))
            (folder / str(number)).mkdir()
            try:
                store.add(self.asker.ask(one.url(count=size)))
            except ServiceRefused:
                if one == tries[-1]:
                    raise
            else:
                return one, store
        raise AssertionError("the last try returns or raises")

    def _system(
        self, kind: FeatureKind, seen: Layer | None, table: pa.Table, *, json: bool
    ) -> tuple[str | None, bool]:
        """The CRS of the answers, and whether x and y come exchanged."""
        named = self.stated_crs or _known(seen.crs if seen else None)
        stated = named or self._code(kind)
        if GEOMETRY not in table.column_names:
            return stated, False
        shapes = shapely.from_wkb(table[GEOMETRY].to_numpy())
        if json and named is None and not _fits(shapes, stated, kind.extent):
            stated = CRS84  # RFC 7946, whatever was asked for
        if stated is None:
            return None, False
        crossed = exchanged(shapes, stated, kind.extent)
        if crossed:
            self._note(
                kind,
                "AXIS_ORDER_WRONG",
                Severity.WARNING,
                f"coordinates in {stated} come in an order that their srsName doesn't mean",
                fix="tell the server's owner; the coordinates were put right here",
            )
        return stated, bool(crossed)

    def _code(self, kind: FeatureKind) -> str | None:
        return _known(self._given.get("srsname")) or _known(kind.crs)

    def _count(self, request: Request) -> int | None:
        """How many features the server says there are (``resultType=hits``): a hint."""
        try:
            answer = self.asker.ask(replace(request, format=None).url(hits=True))
            root = root_of(answer.body, shown_url(answer.url))
        except (ServerFault, MalformedAnswer):
            return None
        stated = root.get("numberMatched") or root.get("numberOfFeatures") or ""
        return int(stated) if stated.isdigit() else None

    def hits(self, request: Request) -> int | None:
        """The same for a selection."""
        return self._count(request)

    def _note(
        self,
        kind: FeatureKind,
        code: str,
        severity: Severity,
        message: str,
        *,
        fix: str | None = None,
    ) -> None:
        self.notebook.note(code, severity, message, layer=self.shown(kind), fix=fix)


def put_right(table: pa.Table, *, swap: bool) -> pa.Table:
    """A table with x and y of its geometries exchanged, if need be."""
    if not swap or GEOMETRY not in table.column_names:
        return table
    shapes = swapped(shapely.from_wkb(table[GEOMETRY].to_numpy()))
    position = table.column_names.index(GEOMETRY)
    return table.set_column(position, GEOMETRY, pa.array(shapely.to_wkb(shapes), pa.binary()))


def _fits(shapes: Shapes, crs: str | None, extent: Bounds | None) -> bool:
    """Whether coordinates can be in a CRS, in one order of axes or the other."""
    return crs is not None and exchanged(shapes, crs, extent) is not None


def _known(name: str | None) -> str | None:
    """The code of a CRS that somebody knows."""
    try:
        return None if name is None else identify(name)
    except CrsUnknown:
        return None


def _fields(schema: Declared, table: pa.Table) -> tuple[Field, ...]:
    """The id, what the schema declares, and what else the first features have."""
    found = {one.name: one for one in fields_of(table.schema)}
    stated = {name: Field(name, str(arrow_type(kind))) for name, kind in schema.values.items()}
    lists = {name: one for name, one in found.items() if one.type.startswith("list")}
    return tuple({ID: Field(ID, "string"), **stated, **(found | stated | lists)}.values())


def _geometry_type(schema: Declared, seen: Layer | None) -> str | None:
    if seen is not None and seen.geometry_type is not None:
        return seen.geometry_type
    return None if schema.whole and schema.geometry is None else "Unknown"
