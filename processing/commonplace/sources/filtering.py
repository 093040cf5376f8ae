"""A job's CQL2 filter on a source that knows none: evaluated here, over whole batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pyarrow as pa

from commonplace.batch import GEOMETRY, Evidence, Layer, Query, Source
from commonplace.job import SourceSpec
from commonplace.report import Finding, Observer, Silent
from commonplace.sources.ogcfilter import stated_filter, to_layer
from commonplace.sources.rows import limited


@dataclass(frozen=True, slots=True)
class Filtered:
    """Another source, and only those of its rows that pass. See ``batch.Source``."""

    source: Source
    spec: SourceSpec
    observer: Observer | None = None

    def layers(self) -> list[Layer]:
        return [replace(one, count=None) for one in self.source.layers()]

    def layer(self, name: str | None = None) -> Layer:
        return replace(self.source.layer(name), count=None)

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        one = stated_filter(self.spec, layer.name, layer.field_names)
        assert one is not None
        asked = replace(query, limit=None)
        if query.columns is not None:
            needed = [name for name in one.names() if name in layer.field_names]
            asked = replace(asked, columns=tuple(dict.fromkeys((*query.columns, *needed))))
        move = to_layer(layer.crs)
        found = (batch.filter(one.mask(batch, move)) for batch in self.source.batches(layer, asked))
        chosen = (batch.select(_names(batch, query)) for batch in found)
        return limited(chosen, query.limit, self.observer or Silent())

    def findings(self) -> list[Finding]:
        return self.source.findings()

    def evidence(self) -> Evidence:
        told = self.source.evidence()
        details = {**told.details, "filter": self.spec.filter, "filter_evaluated": "here"}
        return replace(told, details=details)


def _names(batch: pa.RecordBatch, query: Query) -> list[str]:
    if query.columns is None:
        return list(batch.schema.names)
    asked = {one.casefold() for one in query.columns}
    return [one for one in batch.schema.names if one.casefold() in asked or one == GEOMETRY]
