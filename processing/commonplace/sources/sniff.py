"""What a path or URL is, from its name and first bytes; needs the standard library only."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from commonplace.job import SourceKind

WEB_SCHEMES: Final = ("http", "https")
DATABASE_SCHEMES: Final = ("postgresql", "postgres")
FEED_TABLES: Final = ("stops.txt", "routes.txt")
REMOTE_SUFFIXES: Final = frozenset(
    ".fgb .parquet .geoparquet .gpkg .gml .kml .kmz .zip .gtfs .shz .geojsonl .ndjson .jsonl .csv"
    " .sqlite .dxf .arrow .feather .xlsx .ods .tgz .tar .gpx .city.json".split()
)
_BYTES: Final = 64 * 1024
_CITYJSON: Final = re.compile(rb'"type"\s*:\s*"CityJSON"|"CityObjects"\s*:\s*\{')
_CITYGML: Final = re.compile(rb"<(\w+:)?CityModel[\s>]")

#: The Dutch base map (BGT) calls itself CityGML, but its shapes are flat ones of its own.
_IMGEO: Final = re.compile(rb"geostandaarden\.nl/imgeo/")
_OF_SPACE: Final = re.compile(rb"<(\w+:)?lod[0-4]\w")


def local_kind(path: Path) -> SourceKind | None:
    """The kind of a file or folder that isn't for the file source; None for all others."""
    folded = path.name.casefold()
    if path.is_dir() or folded.endswith((".zip", ".gtfs")):
        return "gtfs" if _is_feed(path) else None
    if not path.is_file():
        return None
    if folded.endswith((".json", ".jsonl", ".jsonseq")):
        return "cityjson" if _CITYJSON.search(_ends(path)) else None
    if folded.endswith((".gml", ".xml", ".citygml")):
        return "citygml" if _is_city_model(_ends(path)) else None
    return None


def _is_city_model(ends: bytes) -> bool:
    flat = _IMGEO.search(ends) is not None and _OF_SPACE.search(ends) is None
    return _CITYGML.search(ends) is not None and not flat


def is_remote_file(url: str) -> bool:
    """Whether a URL names a file rather than a service, by its path's end alone."""
    parts = urlsplit(url)
    name = PurePosixPath(unquote(parts.path)).name.casefold()
    return parts.scheme in WEB_SCHEMES and any(name.endswith(one) for one in REMOTE_SUFFIXES)


def is_url(address: str) -> bool:
    """Whether an address is a URL rather than a path."""
    return urlsplit(address).scheme in (*WEB_SCHEMES, *DATABASE_SCHEMES) and "://" in address


def is_database(url: str) -> bool:
    """Whether a URL names a PostgreSQL database."""
    return urlsplit(url).scheme in DATABASE_SCHEMES


def _ends(path: Path) -> bytes:
    """The first and the last bytes: a JSON member may stand anywhere."""
    with path.open("rb") as file:
        head = file.read(_BYTES)
        file.seek(max(len(head), path.stat().st_size - _BYTES))
        return head + file.read()


def _is_feed(path: Path) -> bool:
    if path.is_dir():
        return all((path / one).is_file() for one in FEED_TABLES)
    try:
        with zipfile.ZipFile(path) as archive:
            names = {PurePosixPath(one).name for one in archive.namelist()}
    except (OSError, zipfile.BadZipFile):
        return False
    return names.issuperset(FEED_TABLES)
