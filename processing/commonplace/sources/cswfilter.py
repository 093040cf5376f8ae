"""Searches as Filter Encoding 1.1 (OGC 04-095), in the names that catalogues know."""

from __future__ import annotations

from typing import Final
from xml.sax.saxutils import escape

from commonplace.bounds import Bounds
from commonplace.sources.recordsmodel import Search
from commonplace.sources.wfsxml import Pairs

# Text anywhere, keyword, extent: in the core's names, in those of the ISO profile, bare.
VOCABULARIES: Final = (
    ("csw:AnyText", "dc:subject", "ows:BoundingBox"),
    ("apiso:AnyText", "apiso:Subject", "apiso:BoundingBox"),
    ("AnyText", "Subject", "BoundingBox"),
)
_EPSG_4326: Final = "urn:ogc:def:crs:EPSG::4326"


def filter_of(search: Search, names: tuple[str, str, str]) -> Pairs:
    """The parameters of a search in one of the vocabularies; none where nothing is asked.

    The bbox's ordinates are written as they stand.
    """
    anywhere, subject, extent = names
    parts = []
    if search.text is not None:
        parts += [_like(anywhere, one) for one in search.text.split()]
    if search.theme is not None:
        parts.append(_like(subject, search.theme))
    if search.bbox is not None:
        parts.append(_within(extent, search.bbox))
    if not parts:
        return ()
    inside = "".join(parts)
    if len(parts) > 1:
        inside = f"<ogc:And>{inside}</ogc:And>"
    text = (
        '<ogc:Filter xmlns:ogc="http://www.opengis.net/ogc" xmlns:gml="http://www.opengis.net/gml"'
        ' xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:ows="http://www.opengis.net/ows"'
        ' xmlns:apiso="http://www.opengis.net/cat/csw/apiso/1.0">'
        f"{inside}</ogc:Filter>"
    )
    return (
        ("constraintLanguage", "FILTER"),
        ("constraint_language_version", "1.1.0"),
        ("constraint", text),
    )


def _like(name: str, text: str) -> str:
    plain = escape(text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
    return (
        '<ogc:PropertyIsLike wildCard="%" singleChar="_" escapeChar="\\" matchCase="false">'
        f"<ogc:PropertyName>{name}</ogc:PropertyName><ogc:Literal>%{plain}%</ogc:Literal>"
        "</ogc:PropertyIsLike>"
    )


def _within(name: str, box: Bounds) -> str:
    return (
        f"<ogc:BBOX><ogc:PropertyName>{name}</ogc:PropertyName>"
        f'<gml:Envelope srsName="{_EPSG_4326}">'
        f"<gml:lowerCorner>{box[0]:.7f} {box[1]:.7f}</gml:lowerCorner>"
        f"<gml:upperCorner>{box[2]:.7f} {box[3]:.7f}</gml:upperCorner>"
        "</gml:Envelope></ogc:BBOX>"
    )
