"""What a source hands over: layers and Arrow record batches.

A batch has one column per attribute and, where the layer has a geometry, one binary
column of WKB named :data:`GEOMETRY`. Coordinates are in the layer's CRS, x before y
(easting, northing; longitude, latitude), whatever the authority's axis order says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

import pyarrow as pa

from commonplace.bounds import Bounds
from commonplace.report import Finding

GEOMETRY: Final = "geometry"
#: Where QGIS keeps the styles of a GeoPackage's layers; no layer itself.
STYLES_TABLE: Final = "layer_styles"
BATCH_ROWS: Final = 16_384


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of a layer; ``type`` is the Arrow type's name."""

    name: str
    type: str
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """What is known of a layer before reading it.

    ``crs`` is an authority code (``EPSG:25832``) or WKT when no code fits; ``extent`` is
    (xmin, ymin, xmax, ymax) in ``crs``; ``count`` is None where the source doesn't say, and
    may be only about right where ``count_is_estimate``. ``time_field`` is the column with the
    time of each row, where a layer has a time axis.
    """

    name: str
    title: str | None = None
    fields: tuple[Field, ...] = ()
    geometry_type: str | None = None
    crs: str | None = None
    extent: Bounds | None = None
    count: int | None = None
    encoding: str | None = None
    licence: str | None = None
    count_is_estimate: bool = False
    time_field: str | None = None

    @property
    def field_names(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.fields)


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of a layer. ``bbox`` is in ``bbox_crs`` (default: the layer's CRS).

    ``where`` are property = value pairs, all of which must hold.
    """

    columns: Sequence[str] | None = None
    bbox: Bounds | None = None
    bbox_crs: str | None = None
    where: tuple[tuple[str, str], ...] = ()
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a source tells of how it was read, for the report; no credentials ever."""

    kind: str
    address: str
    details: dict[str, object] = field(default_factory=dict)


class Source(Protocol):
    """A place layers are read from. Nothing is opened before the first call."""

    def layers(self) -> list[Layer]: ...

    def layer(self, name: str | None = None) -> Layer:
        """The named layer, or the only one.

        Raises
        ------
        LayerNotFound
            With the names there are, and the nearest one.
        """
        ...

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        """Record batches of at most :data:`BATCH_ROWS` rows, all of one schema."""
        ...

    def evidence(self) -> Evidence: ...

    def findings(self) -> list[Finding]:
        """What was odd so far, repeats counted; whole once the batches are all read."""
        ...


@runtime_checkable
class OfThings(Protocol):
    """A source whose layers may be about SensorThings' Things."""

    def things(self, layer: Layer) -> tuple[str, str] | None:
        """The column of a layer with ids of Things, and the address of one (``{}`` is its id).

        None where its rows are no single Thing's.
        """
        ...
