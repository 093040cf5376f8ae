"""The encodings that a collection's items come in: GeoJSON, JSON-FG, GML.

GeoJSON is read where it is offered: every server writes it. A collection that offers only
the others, or a job that states one (``format: gml``), is read in that one. OGC 17-069r4,
§7.4 and §8; OGC 21-045 (JSON-FG), requirements class GeoJSON compatibility.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal, get_args
from urllib.parse import urljoin

from commonplace.documents import nearest
from commonplace.errors import SourceError
from commonplace.sources.ogcjson import links_of

Form = Literal["geojson", "jsonfg", "gml"]

FORMS: Final[tuple[Form, ...]] = get_args(Form)
ACCEPT: Final[Mapping[Form, str]] = {
    "geojson": "application/geo+json, application/json;q=0.8",
    "jsonfg": "application/vnd.ogc.fg+json, application/fg+json;q=0.9, application/geo+json;q=0.5",
    "gml": "application/gml+xml;version=3.2, application/gml+xml;q=0.9, application/xml;q=0.5",
}


def chosen_form(described: Mapping[str, Any], wanted: str | None) -> Form:
    """The encoding to read a collection in.

    Raises
    ------
    SourceError
        ``wanted`` is none of them.
    """
    if wanted is not None:
        word = wanted.lower().replace("-", "")
        for form in FORMS:
            if word == form:
                return form
        near = nearest(word, FORMS)
        raise SourceError(
            f"items have no format {wanted!r}",
            hint=f"did you mean {near}?" if near else f"one of {', '.join(FORMS)}",
        )
    offered = {form_of(str(one.get("type", ""))) for one in _items(described)}
    return next((form for form in FORMS if form in offered), "geojson")


def items_address(described: Mapping[str, Any], form: Form) -> str | None:
    """Where the items of a collection are in an encoding, if a link says so."""
    for one in _items(described):
        if form_of(str(one.get("type", ""))) == form:
            return urljoin(str(described["_at"]), str(one["href"]))
    return None


def form_of(media_type: str) -> Form | None:
    """The encoding of a media type; None for what isn't read (HTML)."""
    plain = media_type.lower()
    if "fg+json" in plain:
        return "jsonfg"
    if "json" in plain and "ld+json" not in plain:
        return "geojson"
    return "gml" if "gml" in plain else None


def _items(described: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one for one in links_of(described) if one.get("rel") == "items"]
