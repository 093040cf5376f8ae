"""A source whose rows know the date of the source: what is stated, or that of its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pyarrow as pa

from commonplace.batch import Evidence, Field, Layer, Query, Source
from commonplace.job import SourceSpec
from commonplace.report import Finding

TIME: Final = pa.timestamp("us", "UTC")


@dataclass(frozen=True, slots=True)
class Dated:
    """Another source, with a column of the same time in all rows. See ``batch.Source``."""

    source: Source
    column: str
    date: datetime | None

    def layers(self) -> list[Layer]:
        return [self._with_column(one) for one in self.source.layers()]

    def layer(self, name: str | None = None) -> Layer:
        return self._with_column(self.source.layer(name))

    def batches(self, layer: Layer, query: Query) -> Iterator[pa.RecordBatch]:
        asked = query
        if query.columns is not None:
            asked = replace(
                query, columns=tuple(one for one in query.columns if one != self.column)
            )
        own = tuple(one for one in layer.fields if one.name != self.column)
        for batch in self.source.batches(replace(layer, fields=own), asked):
            if query.columns is None or self.column in query.columns:
                dates = pa.repeat(pa.scalar(self.date, TIME), batch.num_rows)
                yield batch.append_column(self.column, dates)
            else:
                yield batch

    def findings(self) -> list[Finding]:
        return self.source.findings()

    def evidence(self) -> Evidence:
        told = self.source.evidence()
        date = self.date.isoformat() if self.date is not None else None
        return replace(told, details={**told.details, "date": date})

    def _with_column(self, layer: Layer) -> Layer:
        if not layer.fields:
            return layer
        return replace(layer, fields=(*layer.fields, Field(self.column, "timestamp[us, tz=UTC]")))


def date_of(spec: SourceSpec) -> datetime | None:
    """The date that the job states of a source, else when its newest file was last changed."""
    if spec.date is not None:
        stated = datetime.fromisoformat(spec.date)
        return stated if stated.tzinfo is not None else stated.replace(tzinfo=UTC)
    if spec.path is None:
        return None
    return max(map(_changed, _files(spec.path)), default=None)


def _files(path: Path) -> Iterator[Path]:
    if path.is_dir():
        yield from (one for one in path.rglob("*") if one.is_file())
    elif path.exists():
        yield path


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
