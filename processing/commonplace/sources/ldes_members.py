"""Members of an event stream as columns: a predicate a column, nested objects flattened.

Geometries are GeoSPARQL's literals (OGC 22-047, WKT and GeoJSON), or latitude and longitude
of the W3C's basic vocabulary. WKT says its CRS in front, and has that CRS's axis order.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

import numpy as np
import pyarrow as pa
import shapely
from rdflib import RDF, XSD, BNode, Graph, Literal, Namespace, URIRef

from commonplace.batch import GEOMETRY
from commonplace.crs import identify
from commonplace.errors import CrsUnknown
from commonplace.sources.crsname import CRS84, northing_first
from commonplace.sources.geojson import Geometries, column, swapped, wkb
from commonplace.sources.ldes_pages import LDES, TREE, Page, Path
from commonplace.sources.rows import unique_names

GEO: Final = Namespace("http://www.opengis.net/ont/geosparql#")
WGS: Final = Namespace("http://www.w3.org/2003/01/geo/wgs84_pos#")
INSTANT: Final = pa.timestamp("us", "UTC")
ID: Final = "id"
TYPE: Final = "type"
_DEEPEST: Final = 3
_CRS: Final = re.compile(r"^\s*<([^>]*)>\s*")
_LOCAL: Final = re.compile(r"[^/#:]+$")
_WKT: Final = (GEO.wktLiteral, URIRef("http://www.openlinksw.com/schemas/virtrdf#Geometry"))
_JSON: Final = (GEO.geoJSONLiteral, GEO.geojsonLiteral)
_GEOMETRIES: Final = {GEO.asWKT: "wkt", GEO.asGeoJSON: "json"}
_HOUSEKEEPING: Final = (TREE, LDES)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A geometry as it stands: WKT with its CRS, or GeoJSON."""

    text: str
    json: bool = False

    def parted(self) -> tuple[str, str | None]:
        """The text, and the CRS that stands in front of WKT."""
        match = None if self.json else _CRS.match(self.text)
        return (self.text[match.end() :], match[1]) if match else (self.text, None)


@dataclass(slots=True)
class Member:
    """A member: its values by column, its geometry, what it is a version of, and when."""

    name: str
    values: dict[str, Any] = field(default_factory=dict)
    drawn: Drawn | None = None
    object: str | None = None
    moment: dt.datetime | None = None
    types: tuple[str, ...] = ()


@dataclass(slots=True)
class Names:
    """Columns by predicates: their local names, made different where they are alike."""

    _known: dict[tuple[str, str], str] = field(default_factory=dict)
    _used: list[str] = field(default_factory=lambda: [ID, TYPE])

    def of(self, prefix: str, predicate: str) -> str:
        key = (prefix, predicate)
        if key not in self._known:
            match = _LOCAL.search(predicate)
            local = f"{prefix}_{match[0]}" if prefix and match else match[0] if match else predicate
            made = unique_names([*self._used, local])[-1]
            self._used.append(made)
            self._known[key] = made
        return self._known[key]


@dataclass(slots=True)
class Describer:
    """Describes the members of pages."""

    names: Names
    version_path: Path = ()
    time_path: Path = ()

    def members(self, page: Page) -> Iterator[Member]:
        """The members of a page whose description it holds."""
        members = page.members()
        others = set(members)
        for one in members:
            subject = one
            if (one, None, None) not in page.graph and one in page.graphs:
                subject = page.graphs[one]
            if (subject, None, None) in page.graph:
                yield self._member(page.graph, str(one), subject, others)

    def _member(self, graph: Graph, name: str, subject: Any, others: set[Any]) -> Member:
        made = Member(name)
        self._describe(graph, subject, made, "", frozenset((*others, subject)), 0)
        made.types = tuple(sorted(map(str, graph.objects(subject, RDF.type))))
        version = _along(graph, subject, self.version_path)
        made.object = None if version is None else str(version)
        made.moment = as_moment(_along(graph, subject, self.time_path))
        return made

    def _describe(
        self,
        graph: Graph,
        subject: Any,
        made: Member,
        prefix: str,
        closed: frozenset[Any],
        deep: int,
    ) -> None:
        found: dict[str, list[Any]] = {}
        for predicate, value in graph.predicate_objects(subject):
            if not str(predicate).startswith(_HOUSEKEEPING) and predicate != RDF.type:
                found.setdefault(str(predicate), []).append(value)
        drawn = _drawn(found)
        if drawn is not None and made.drawn is None:
            made.drawn = drawn
        for path in sorted(found):
            values = sorted(found[path], key=str)
            name = self.names.of(prefix, path)
            nested = [one for one in values if self._is_nested(graph, one, closed)]
            if len(nested) == len(values) == 1 and deep < _DEEPEST:
                inner = closed | {values[0]}
                if isinstance(values[0], URIRef):
                    made.values[name] = str(values[0])
                self._describe(graph, values[0], made, name, inner, deep + 1)
            elif not all(map(_is_drawn, values)):
                self._keep(graph, made, name, values, closed)

    def _is_nested(self, graph: Graph, value: Any, closed: frozenset[Any]) -> bool:
        """Whether a value is an object whose own properties the page tells."""
        known = isinstance(value, BNode | URIRef) and (value, None, None) in graph
        return known and value not in closed and (value, RDF.first, None) not in graph

    def _keep(
        self, graph: Graph, made: Member, name: str, values: list[Any], closed: frozenset[Any]
    ) -> None:
        languages = {one.language for one in values if isinstance(one, Literal)} - {None}
        if len(languages) > 1:
            for one in values:
                if isinstance(one, Literal):
                    made.values[f"{name}_{one.language}" if one.language else name] = str(one)
            return
        plain = [_plain(graph, one, closed) for one in values]
        made.values[name] = plain[0] if len(plain) == 1 else plain


def _plain(graph: Graph, value: Any, closed: frozenset[Any]) -> Any:
    """A value as JSON has it; times stay times."""
    if isinstance(value, Literal):
        made = value.toPython()
        if isinstance(made, Decimal):
            return float(made)
        if isinstance(made, dt.datetime):
            return as_moment(value)
        return made if isinstance(made, bool | int | float) else str(value)
    if value in closed or (value, None, None) not in graph:
        return None if isinstance(value, BNode) else str(value)
    inner = closed | {value}
    described: dict[str, Any] = {} if isinstance(value, BNode) else {"id": str(value)}
    for predicate, one in sorted(graph.predicate_objects(value), key=str):
        match = _LOCAL.search(str(predicate))
        plain = _plain(graph, one, inner)
        described[match[0] if match else str(predicate)] = (
            plain.isoformat() if isinstance(plain, dt.datetime) else plain
        )
    return described


def _along(graph: Graph, subject: Any, path: Path) -> Any:
    """The first value at the end of a path."""
    reached = [subject] if path else []
    for step in path:
        reached = [value for one in reached for value in graph.objects(one, step)]
    return min(reached, key=str) if reached else None


def as_moment(value: object) -> dt.datetime | None:
    """A time, or the beginning of a day, in UTC; those without a zone are in UTC."""
    made = value.toPython() if isinstance(value, Literal) else value
    if isinstance(made, dt.date) and not isinstance(made, dt.datetime):
        made = dt.datetime(made.year, made.month, made.day, tzinfo=dt.UTC)
    if isinstance(value, Literal) and not isinstance(made, dt.datetime):
        try:
            made = dt.datetime.fromisoformat(str(value))
        except ValueError:
            return None
    if not isinstance(made, dt.datetime):
        return None
    return made.astimezone(dt.UTC) if made.tzinfo else made.replace(tzinfo=dt.UTC)


# -- geometries ----------------------------------------------------------------------------


def _is_drawn(value: Any) -> bool:
    return isinstance(value, Literal) and value.datatype in (*_WKT, *_JSON, GEO.gmlLiteral)


def _drawn(found: Mapping[str, Sequence[Any]]) -> Drawn | None:
    """The geometry among the values of one object; WKT before the others."""
    literals = [
        (predicate, one)
        for predicate, values in found.items()
        for one in values
        if isinstance(one, Literal)
    ]
    for predicate, one in literals:
        if one.datatype in _WKT or _GEOMETRIES.get(URIRef(predicate)) == "wkt":
            return Drawn(str(one))
    for predicate, one in literals:
        if one.datatype in _JSON or _GEOMETRIES.get(URIRef(predicate)) == "json":
            return Drawn(str(one), json=True)
    position = {predicate: str(one) for predicate, one in literals}
    if str(WGS.lat) in position and str(WGS.long) in position:
        return Drawn(f"POINT ({position[str(WGS.long)]} {position[str(WGS.lat)]})")
    return None


def crs_of(drawn: Drawn) -> str | None:
    """The CRS of a geometry; None when nobody knows the one it names."""
    _, stated = drawn.parted()
    if stated is None:
        return CRS84
    try:
        return identify(stated)
    except CrsUnknown:
        return None


def shapes_of(members: Sequence[Member], crs: str, *, stated: bool) -> tuple[Geometries, int, int]:
    """Geometries in one CRS, x before y.

    Parameters
    ----------
    stated
        The job says the CRS: what stands in front of WKT is passed over.

    Returns
    -------
    tuple
        The geometries, how many could not be read, and how many are in another CRS.
    """
    shapes: Geometries = np.full(len(members), None, dtype=object)
    for syntax in (False, True):
        rows = [n for n, one in enumerate(members) if one.drawn and one.drawn.json is syntax]
        texts = [members[n].drawn.parted()[0] for n in rows]  # type: ignore[union-attr]
        if rows:
            made = shapely.from_geojson if syntax else shapely.from_wkt
            shapes[rows] = made(texts, on_invalid="ignore")
    there = np.array([one.drawn is not None for one in members], dtype=bool)
    unreadable = int(np.sum(there & shapely.is_missing(shapes)))
    if stated:
        return shapes, unreadable, 0
    known: dict[str | None, str | None] = {}
    others = 0
    turn = []
    for row, one in enumerate(members):
        if one.drawn is None or shapes[row] is None:
            continue
        written = one.drawn.parted()[1]
        if written not in known:
            known[written] = crs_of(one.drawn)
        if known[written] != crs:
            shapes[row] = None
            others += 1
        elif written is not None and northing_first(crs):
            turn.append(row)
    if turn:
        shapes[turn] = swapped(shapes[turn])
    return shapes, unreadable, others


# -- columns -------------------------------------------------------------------------------


def batch_of(
    members: Sequence[Member],
    extra: Mapping[str, pa.Array],
    shapes: Geometries | None,
    *,
    by_object: bool,
) -> tuple[pa.RecordBatch, list[str]]:
    """Members as a batch, and the columns whose values have no type in common.

    ``by_object``: rows are called by what they are versions of.
    """
    names = list(dict.fromkeys(name for one in members for name in one.values))
    arrays: dict[str, pa.Array] = {
        ID: pa.array([(by_object and one.object) or one.name for one in members], pa.string()),
        TYPE: pa.array([_types(one.types) for one in members], pa.string()),
    }
    mixed = []
    for name in names:
        made, alike = _column([one.values.get(name) for one in members])
        arrays[name] = made
        if not alike:
            mixed.append(name)
    arrays |= extra
    if shapes is not None:
        arrays[GEOMETRY] = wkb(shapes, swap=False)
    return pa.RecordBatch.from_pydict(arrays), mixed


def _types(types: Sequence[str]) -> str | None:
    return None if not types else types[0] if len(types) == 1 else json.dumps(list(types))


def _column(values: list[Any]) -> tuple[pa.Array, bool]:
    there = [one for one in values if one is not None]
    if there and all(isinstance(one, dt.datetime) for one in there):
        return pa.array(values, INSTANT), True
    return column([_json(one) for one in values])


def _json(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return [_json(one) for one in value] if isinstance(value, list) else value


#: Arrow types of XML Schema's, as shapes name them.
ARROW: Final[Mapping[URIRef, str]] = {
    XSD.integer: "int64",
    XSD.int: "int64",
    XSD.long: "int64",
    XSD.short: "int64",
    XSD.nonNegativeInteger: "int64",
    XSD.positiveInteger: "int64",
    XSD.decimal: "double",
    XSD.double: "double",
    XSD.float: "double",
    XSD.boolean: "bool",
    XSD.dateTime: "timestamp[us, tz=UTC]",
}
