"""Catalogue records, whatever the catalogue's protocol: what they say, and where data are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol
from urllib.parse import urlsplit

import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY, Field, Layer
from commonplace.bounds import Bounds
from commonplace.http import shown_url
from commonplace.job import SourceKind
from commonplace.sources.crsname import CRS84
from commonplace.sources.rows import fields_of
from commonplace.sources.wfsxml import service_address, with_query

_VIEWS: Final = re.compile(
    r"\b(wms|wmts|tms|wcs|wps|sos|sld|opensearch|thumbnail)\b"
    r"|www:link|text/html|^image/|information|template|metadata"
)
_FILES: Final = re.compile(
    r"\.(gpkg|geojson|gml|shp|fgb|geoparquet|parquet|csv|kml|city\.json)(\.zip|\.gz)?$|\.zip$"
)
_DOWNLOAD: Final = re.compile(
    r"www:download|^file|geopackage|geo\+json|gml|shape|flatgeobuf|parquet|application/zip"
)
_SERVICES: Final[tuple[tuple[str, SourceKind], ...]] = (
    (r"\bwfs\b|web feature service|gml\+wfs", "wfs"),
    (r"ogc[ _:-]*api[ _:-]*(-|–)?[ _:-]*feat|oapif|ogcfeat", "ogcapi"),
    (r"\bcsw\b", "csw"),
    (r"\batom\b|atom\+xml", "atom"),
    (r"ngsi-?ld", "ngsild"),
)
_WORDS: Final = re.compile(r"[^a-z0-9]+")
_OWS: Final = frozenset(("service", "request", "version", "acceptversions"))


@dataclass(frozen=True, slots=True)
class Link:
    """An address that a record gives; ``protocol`` as the record says, or a media type."""

    url: str
    protocol: str = ""
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class DataAddress:
    """Where a record's data are read: what ``inspect`` and a job's source accept."""

    kind: SourceKind | None
    url: str
    layer: str | None = None

    def to_json(self) -> dict[str, str]:
        """As keys of a job's source, and the layer's name."""
        stated = {"kind": self.kind, "url": self.url, "layer": self.layer}
        return {name: value for name, value in stated.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Record:
    """What a catalogue says of a data set or service; ``extent`` is in lon/lat."""

    id: str
    title: str = ""
    abstract: str = ""
    type: str = ""
    themes: tuple[str, ...] = ()
    modified: str = ""
    language: str = ""
    organisation: str = ""
    licence: str = ""
    extent: Bounds | None = None
    links: tuple[Link, ...] = ()

    def data(self) -> tuple[DataAddress, ...]:
        """Addresses of its data, each once; views and web pages left out."""
        found = (address_of(one) for one in self.links)
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def about(self, theme: str) -> bool:
        """Whether a theme or keyword holds the words of ``theme``."""
        wanted = theme.casefold()
        return any(wanted in one.casefold() for one in self.themes)

    def meets(self, bounds: Bounds) -> bool:
        """Whether its extent meets a rectangle in lon/lat."""
        if self.extent is None:
            return False
        west, south, east, north = self.extent
        return bool(
            west <= bounds[2] and east >= bounds[0] and south <= bounds[3] and north >= bounds[1]
        )

    def to_json(self) -> dict[str, object]:
        """For machines."""
        return {
            "id": self.id,
            "title": self.title,
            "abstract": self.abstract,
            "type": self.type,
            "themes": list(self.themes),
            "modified": self.modified,
            "language": self.language,
            "organisation": self.organisation,
            "licence": self.licence,
            "extent": list(self.extent) if self.extent else None,
            "links": [
                {"url": shown_url(one.url), "protocol": one.protocol, "name": one.name}
                for one in self.links
            ],
            "data": [one.to_json() for one in self.data()],
        }


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: words anywhere, a rectangle in lon/lat, a theme or keyword."""

    text: str | None = None
    bbox: Bounds | None = None
    theme: str | None = None
    limit: int | None = None

    def chosen(self, records: Iterable[Record]) -> Iterator[Record]:
        """Those in the rectangle and about the theme, as many as are wanted."""
        meeting = (one for one in records if self.bbox is None or one.meets(self.bbox))
        about = (one for one in meeting if self.theme is None or one.about(self.theme))
        return islice(about, self.limit)


class Catalogue(Protocol):
    """Something that is searched."""

    def search(self, search: Search) -> Iterator[Record]:
        """The records found, to the last one.

        Raises
        ------
        SourceError
        """
        ...


def address_of(link: Link) -> DataAddress | None:
    """Where a link's data are read; None for views, documents and web pages."""
    parts = urlsplit(link.url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    base, asked = service_address(link.url.strip(), _OWS)
    said = f"{link.protocol} {asked.get('service', '')}".lower()
    kind = _service(said) or _service(_WORDS.sub(" ", parts.path.lower()))
    name = link.name.strip() or None
    if kind == "wfs":
        return DataAddress(kind, with_query(base, ()), name)
    if kind == "ogcapi":
        return DataAddress(kind, link.url.strip(), name)
    if kind is not None:
        return DataAddress(kind, base if kind == "csw" else link.url.strip())
    if _FILES.search(parts.path.lower()) or _DOWNLOAD.search(said):
        return None if _VIEWS.search(said) else DataAddress(None, link.url.strip())
    return None


def _service(said: str) -> SourceKind | None:
    for pattern, kind in _SERVICES:
        if re.search(pattern, said):
            return kind
    return None


_SCHEMA: Final = pa.schema(
    [
        ("id", pa.string()),
        ("title", pa.string()),
        ("abstract", pa.string()),
        ("type", pa.string()),
        ("themes", pa.list_(pa.string())),
        ("modified", pa.string()),
        ("language", pa.string()),
        ("organisation", pa.string()),
        ("licence", pa.string()),
        ("links", pa.list_(pa.string())),
        ("data", pa.list_(pa.string())),
        (GEOMETRY, pa.binary()),
    ]
)


def fields() -> tuple[Field, ...]:
    """The columns of records as a layer."""
    return fields_of(_SCHEMA)


def records_layer(name: str, title: str | None, count: int | None, licence: str | None) -> Layer:
    """Records as a layer: their extents as polygons."""
    return Layer(
        name=name,
        title=title,
        fields=fields(),
        geometry_type="Polygon",
        crs=CRS84,
        count=count,
        licence=licence,
    )


def rows_of(records: Sequence[Record]) -> pa.RecordBatch:
    """Records as rows."""
    rows = [
        {
            "id": one.id,
            "title": one.title or None,
            "abstract": one.abstract or None,
            "type": one.type or None,
            "themes": list(one.themes),
            "modified": one.modified or None,
            "language": one.language or None,
            "organisation": one.organisation or None,
            "licence": one.licence or None,
            "links": [link.url for link in one.links],
            "data": [address.url for address in one.data()],
            GEOMETRY: None if one.extent is None else shapely.to_wkb(shapely.box(*one.extent)),
        }
        for one in records
    ]
    return pa.RecordBatch.from_pylist(rows, schema=_SCHEMA)
