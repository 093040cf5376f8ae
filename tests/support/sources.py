"""Reading a source to the end, and watching it, for tests."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import shapely

from commonplace.batch import GEOMETRY, Layer, Query, Source


def read(source: Source, layer: Layer | None = None, **query: Any) -> pa.Table:
    """All rows of a layer (the only one when none is named)."""
    batches = list(source.batches(layer or source.layer(), Query(**query)))
    assert len({str(one.schema) for one in batches}) <= 1, "batches of several schemas"
    return pa.Table.from_batches(batches) if batches else pa.table({})


def shapes(table: pa.Table) -> Any:
    """The geometries as shapely's."""
    return shapely.from_wkb(table[GEOMETRY].to_pylist())


def codes(source: Source) -> set[str]:
    """The codes of what a source noticed."""
    return {one.code for one in source.findings()}


def details(source: Source) -> dict[str, Any]:
    """What a source tells of itself for the report."""
    return dict(source.evidence().details)


class Watcher:
    """An observer that cancels after a number of questions."""

    def __init__(self, patience: int) -> None:
        self.left = patience

    def progress(self, step: str, done: int, total: int | None) -> None:
        return None

    def message(self, text: str) -> None:
        return None

    def cancelled(self) -> bool:
        self.left -= 1
        return self.left < 0
