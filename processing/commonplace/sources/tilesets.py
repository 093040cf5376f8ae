"""What services say of their tilesets (OGC 20-057): lists, names, limits, addresses of tiles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

from commonplace.errors import CrsError
from commonplace.sources.crsname import same_crs
from commonplace.sources.ogcjson import links_of
from commonplace.sources.tilematrix import Block, crs_of, known_matrix_set

RELATION: Final = "tilesets-vector"
SCHEMES: Final = ("tiling-scheme", "tiling-schemes")
MVT: Final = ("application/vnd.mapbox-vector-tile", "application/x-protobuf")
LARGEST: Final = 2**62
# What stands for a tile's place in addresses: the standard's words, and those of XYZ tiles.
PLACES: Final[Mapping[str, tuple[str, ...]]] = {
    "level": ("{tileMatrix}", "{z}"),
    "row": ("{tileRow}", "{y}"),
    "column": ("{tileCol}", "{x}"),
}


def is_json(link: Mapping[str, Any]) -> bool:
    """Whether a link leads to JSON, or says nothing of it."""
    return "json" in str(link.get("type", "json"))


def tilesets_of(collection: Mapping[str, Any]) -> str | None:
    """The address of the vector tilesets of a collection or of all; some call it ``data``."""
    links = [
        one
        for one in links_of(collection)
        if "html" not in str(one.get("type", "")) and "{" not in str(one["href"])
    ]
    for one in links:
        if str(one.get("rel", "")).rpartition("/")[2] == RELATION:
            return str(one["href"])
    plain = [one for one in links if one.get("rel") == "data" and is_json(one)]
    found = (str(one["href"]) for one in plain)
    return next((one for one in found if urlsplit(one).path.endswith("/tiles")), None)


def set_name_of(tileset: Mapping[str, Any]) -> str:
    """What a tileset's matrix set is called: by itself, its URI, or where it is defined."""
    stated = tileset.get("tileMatrixSetId") or tileset.get("tileMatrixSetURI")
    for one in links_of(tileset):
        if not stated and str(one.get("rel", "")).rpartition("/")[2] in SCHEMES:
            stated = urlsplit(str(one["href"])).path
    return str(stated or "").rstrip("/").rpartition("/")[2]


def is_in(tileset: Mapping[str, Any], crs: str) -> bool:
    """Whether a tileset says that it is in a CRS; one that says none is in its set's."""
    known = known_matrix_set(set_name_of(tileset))
    stated = tileset.get("crs") or (None if known is None else known.crs)
    try:
        return stated is not None and same_crs(crs_of(stated), crs)
    except CrsError:
        return False


def limits_of(document: Mapping[str, Any]) -> dict[str, Block]:
    """The levels that there are, with the tiles of each."""
    return {
        str(one["tileMatrix"]): Block(
            int(one.get("minTileCol", 0)),
            int(one.get("minTileRow", 0)),
            int(one.get("maxTileCol", LARGEST)),
            int(one.get("maxTileRow", LARGEST)),
        )
        for one in document.get("tileMatrixSetLimits") or ()
    }


def template_of(document: Mapping[str, Any]) -> str | None:
    """The address of tiles, where a document links them."""
    for one in links_of(document):
        address = str(one["href"]).replace("%7B", "{").replace("%7D", "}")
        levels = any(word in address for word in PLACES["level"])
        if levels and str(one.get("type", MVT[0])) in MVT:
            return address
    return None
