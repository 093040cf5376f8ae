"""The entity sets of a SensorThings service as layers: fields and counts from a few entities."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY, Field, Layer
from commonplace.http import fault
from commonplace.sources.rows import fields_of
from commonplace.sources.sensorthings_ask import EXPANDED, LOCATED
from commonplace.sources.sensorthings_columns import Columns, entity_columns, member_columns
from commonplace.sources.sensorthings_observations import (
    LAYER as OBSERVATIONS,
)
from commonplace.sources.sensorthings_observations import (
    OWN_COLUMNS,
    STREAM_COLUMNS,
    sample_members,
)
from commonplace.sources.sensorthings_service import UNSUPPORTED, Options, Service, with_options

SAMPLE: Final = 20
STREAMS: Final = ("Datastreams", "MultiDatastreams")
_INSTANT: Final = "timestamp[us, tz=UTC]"


@dataclass(frozen=True, slots=True)
class Described:
    """An entity set as described: its layer, and the server's names of its columns."""

    layer: Layer
    paths: dict[str, str]


@dataclass(slots=True)
class Describer:
    """Describes each set once. ``at_feature``: observations are at their features."""

    service: Service
    crs: str
    at_feature: bool
    _known: dict[str, Described] = field(default_factory=dict)

    def described(self, name: str) -> Described:
        """A set, asked for once."""
        if name not in self._known:
            self._known[name] = self._describe(name)
        return self._known[name]

    def _describe(self, name: str) -> Described:
        entities, total = self._sample(name)
        geometry_type: str | None = None
        if name == OBSERVATIONS:
            columns, fields, geometry_type = self._series_described(entities)
        else:
            columns = entity_columns(entities, located=name in LOCATED)
            batch = columns.batch()
            fields = tuple(
                Field(one.name, _kind(one.type) or "string") for one in fields_of(batch.schema)
            )
            if name in LOCATED:
                geometry_type = _geometry_type(batch)
            if not entities:
                fields = tuple(Field(one, "string") for one in ("id", "name", "description"))
        layer = Layer(
            name,
            fields=fields,
            geometry_type=geometry_type,
            crs=self.crs if geometry_type else None,
            count=total,
            count_is_estimate=name == OBSERVATIONS,
            time_field={OBSERVATIONS: "phenomenonTime", "HistoricalLocations": "time"}.get(name),
        )
        return Described(layer, columns.paths)

    def _series_described(
        self, entities: list[dict[str, Any]]
    ) -> tuple[Columns, tuple[Field, ...], str | None]:
        """Of observations: what they have themselves, and of their datastreams."""
        columns = member_columns(sample_members(entities))
        kinds = {one.name: _kind(one.type) for one in fields_of(columns.batch().schema)}
        usual: dict[str, str] = {"phenomenonTime": _INSTANT, "resultTime": _INSTANT}
        stream = next((one for one in STREAMS if one in self.service.all_sets), None)
        geometry_type: str | None = "Unknown"
        if stream is not None:
            described = self.described(stream).layer
            known = {one.name: one.type for one in described.fields}
            usual["datastream_id"] = known.get("id", "string")
            usual["thing_id"] = known.get("thing_id", "string")
            if not self.at_feature:
                geometry_type = described.geometry_type
        late = [one for one in kinds if one not in (*OWN_COLUMNS, *STREAM_COLUMNS)]
        names = (*OWN_COLUMNS, *late, *STREAM_COLUMNS)
        fields = tuple(Field(one, kinds.get(one) or usual.get(one, "string")) for one in names)
        return columns, fields, geometry_type

    def _sample(self, name: str) -> tuple[list[dict[str, Any]], int | None]:
        """A few entities and the count, in the fullest way the server understands."""
        url = self.service.address(name)
        few: Options = (("$top", str(SAMPLE)),)
        if name != OBSERVATIONS or self.service.sets == [name]:
            few = (*few, ("$count", "true"))  # of all observations, counting may take minutes
        expand: Options = (("$expand", EXPANDED[name]),) if name in EXPANDED else ()
        for options in ((*few, *expand), few, ()):
            answer = self.service.tried(with_options(url, options))
            if answer is not None:
                page = self.service.parsed(answer, url)
                return page.entities[:SAMPLE], page.total
        raise fault(self.service.client.get(url, allowed=UNSUPPORTED))


def _kind(kind: str | None) -> str | None:
    return None if kind == "null" else kind


def _geometry_type(batch: pa.RecordBatch) -> str:
    """The one kind seen in the sample; ``Unknown`` when there are several or none."""
    shapes = shapely.from_wkb(batch.column(GEOMETRY).to_numpy(zero_copy_only=False))
    kinds = {one.geom_type for one in shapes if one is not None}
    return kinds.pop() if len(kinds) == 1 else "Unknown"
