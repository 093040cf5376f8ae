"""Addresses of GetFeature requests (WFS 2.0, OGC 09-025r2 §11; 1.1, OGC 04-094 §9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from commonplace.bounds import Bounds
from commonplace.sources.crsname import northing_first
from commonplace.sources.wfsxml import Pairs, with_query

_FES: Final = "http://www.opengis.net/fes/2.0"
_OGC: Final = "http://www.opengis.net/ogc"
_GML: Final = {True: "http://www.opengis.net/gml/3.2", False: "http://www.opengis.net/gml"}
_DECIMALS: Final = 9


@dataclass(frozen=True, slots=True)
class Box:
    """A bbox as the server is told it: ordinates in the order in which they are written."""

    ordinates: Bounds
    srs: str | None

    def text(self) -> str:
        """As the parameter ``BBOX``."""
        numbers = ",".join(f"{one:.{_DECIMALS}f}" for one in self.ordinates)
        return f"{numbers},{self.srs}" if self.srs else numbers


@dataclass(frozen=True, slots=True)
class Request:
    """GetFeature for one feature type, or for a stored query (then ``name`` is None).

    ``equals`` are pairs that all must hold; ``geometry`` is the property that a bbox is
    about when it stands in a filter; ``sort`` the one that features are ordered by.
    """

    address: str
    version: str
    name: str | None
    format: str | None = None
    srs: str | None = None
    extra: Pairs = ()
    box: Box | None = None
    equals: Pairs = ()
    geometry: str | None = None
    sort: str | None = None

    @property
    def modern(self) -> bool:
        """Whether it is WFS 2.0."""
        return self.version.startswith("2.")

    @property
    def json(self) -> bool:
        """Whether GeoJSON is asked for."""
        return self.format is not None and "json" in self.format.lower()

    def selecting(self, box: Box | None, equals: Sequence[tuple[str, str]]) -> Request:
        """The same request for fewer features."""
        return replace(self, box=box, equals=tuple(equals))

    def url(self, *, count: int | None = None, start: int = 0, hits: bool = False) -> str:
        """The address. A first page states no start: some servers can't count from anywhere."""
        pairs = [("service", "WFS"), ("version", self.version), ("request", "GetFeature")]
        if self.name is not None:
            pairs.append(("typeNames" if self.modern else "typeName", self.name))
        if self.srs is not None:
            pairs.append(("srsName", self.srs))
        if self.format is not None:
            pairs.append(("outputFormat", self.format))
        if self.equals:
            pairs.append(("filter", self._filter()))
        elif self.box is not None:
            pairs.append(("bbox", self.box.text()))
        if self.sort is not None:
            pairs.append(("sortBy", self.sort))
        if hits:
            pairs.append(("resultType", "hits"))
        if count is not None:
            pairs.append(("count" if self.modern else "maxFeatures", str(count)))
        if start:
            pairs.append(("startIndex", str(start)))
        return with_query(self.address, (*self.extra, *pairs))

    def _filter(self) -> str:
        """Filter Encoding 2.0 (OGC 09-026r2) or 1.1 (OGC 04-095)."""
        prefix, namespace = ("fes", _FES) if self.modern else ("ogc", _OGC)
        reference = "ValueReference" if self.modern else "PropertyName"
        parts = [
            f"<{prefix}:PropertyIsEqualTo><{prefix}:{reference}>{escape(name)}"
            f"</{prefix}:{reference}><{prefix}:Literal>{escape(value)}</{prefix}:Literal>"
            f"</{prefix}:PropertyIsEqualTo>"
            for name, value in self.equals
        ]
        if self.box is not None:
            parts.append(self._box(prefix, reference, self.box))
        inside = "".join(parts)
        if len(parts) > 1:
            inside = f"<{prefix}:And>{inside}</{prefix}:And>"
        return (
            f'<{prefix}:Filter xmlns:{prefix}="{namespace}" xmlns:gml="{_GML[self.modern]}">'
            f"{inside}</{prefix}:Filter>"
        )

    def _box(self, prefix: str, reference: str, box: Box) -> str:
        geometry = ""
        if self.geometry is not None:
            geometry = f"<{prefix}:{reference}>{escape(self.geometry)}</{prefix}:{reference}>"
        srs = f" srsName={quoteattr(box.srs)}" if box.srs else ""
        west, south, east, north = (f"{one:.{_DECIMALS}f}" for one in box.ordinates)
        return (
            f"<{prefix}:BBOX>{geometry}<gml:Envelope{srs}>"
            f"<gml:lowerCorner>{west} {south}</gml:lowerCorner>"
            f"<gml:upperCorner>{east} {north}</gml:upperCorner></gml:Envelope></{prefix}:BBOX>"
        )


def boxes(bounds: Bounds, crs: str, srs: str | None) -> list[Box]:
    """A rectangle (x before y, in ``crs``) in all the ways that servers understand.

    ``srs`` is how the server spells the CRS. The way of the standards comes first: the
    authority's axis order under a URN or URI, x before y under a short name.
    """
    west, south, east, north = bounds
    crossed = (south, west, north, east)
    if not northing_first(crs):
        return [Box(bounds, srs), Box(bounds, None)]
    short = srs is not None and srs.upper().startswith("EPSG:")
    first, second = (bounds, crossed) if short else (crossed, bounds)
    return [Box(first, srs), Box(second, srs), Box(first, None), Box(second, None)]
